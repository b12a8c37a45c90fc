package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// handoffCommands are the subcommands of handoff.
func handoffCommands() []command {
	return []command{
		{"export", "--to PEER[,PEER] | --passphrase-file FILE [--since-start] [--scope own|all] [--slip FILE.html] FILE|FOLDER", runHandoffExport},
		{"inspect", "FILE [--passphrase-file FILE]", runHandoffInspect},
		{"merge", "FILE... [--dry-run] [--accept-desk FINGERPRINT] [--passphrase-file FILE]", runHandoffMerge},
		{"receipts", "FOLDER", runHandoffReceipts},
		{"clashes", "", runHandoffClashes},
		{"resolve", "RECORD --take REVISION [--reason TEXT]", runHandoffResolve},
		{"log", "", runHandoffLog},
		{"undo", "", runHandoffUndo},
	}
}

// runHandoff runs one of the subcommands of handoff.
func runHandoff(ctx context.Context, p *program, args []string) error {
	list := handoffCommands()
	if len(args) == 0 {
		return usage("usage.argument", "name", "export|inspect|merge|receipts|clashes|resolve|log|undo")
	}
	i := slices.IndexFunc(list, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return usage("usage.command", "name", "handoff "+args[0])
	}
	return list[i].run(ctx, p, args[1:])
}

// runHandoffExport writes a bundle.
func runHandoffExport(ctx context.Context, p *program, args []string) error {
	fs := p.flags("handoff export")
	to := fs.String("to", "", "")
	secret := fs.String("passphrase-file", "", "")
	slip := fs.String("slip", "", "")
	scope := fs.String("scope", "", "")
	e := handoff.Export{}
	fs.BoolVar(&e.SinceStart, "since-start", false, "")
	rest, err := p.arguments(fs, args, "FILE|FOLDER")
	if err != nil {
		return err
	}
	if (*to == "") == (*secret == "") {
		return usage("usage.receiver")
	}
	if e.Scope, err = parseScope(*scope); err != nil {
		return err
	}
	e.Path = rest[0]
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	x := p.exchange(s)
	if e.Passphrase, err = readPassphrase(*secret); err != nil {
		return err
	}
	for _, name := range strings.FieldsFunc(*to, func(r rune) bool { return r == ',' || r == '，' }) {
		peer, err := x.Find(ctx, name)
		if err != nil {
			return err
		}
		e.To = append(e.To, peer)
	}
	e.Progress = p.progress("handoff.progress")
	done, err := x.Export(ctx, e)
	if err != nil {
		return err
	}
	if *slip != "" {
		if _, err := writeSlip(ctx, x, done, e.To, *slip); err != nil {
			return err
		}
	}
	return p.printExported(done, e.To)
}

// progress shows how far long work is, where somebody watches.
func (p *program) progress(key string) func(done, total int64) {
	if !isTerminal(os.Stderr) {
		return nil
	}
	return func(done, total int64) {
		fmt.Fprintf(p.stderr, "\r%s", words.T(key, "done", done, "all", total))
		if done == total {
			fmt.Fprintln(p.stderr)
		}
	}
}

// readPassphrase reads the first line of a file; "" for no file.
func readPassphrase(path string) (string, error) {
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", usage("usage.passphrase", "path", path)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(line), nil
}

// writeSlip writes the page that travels with the stick on paper, and returns
// its path.
func writeSlip(ctx context.Context, x *handoff.Exchange, done *handoff.Exported, to []handoff.Peer, path string) (string, error) {
	d, err := x.SlipData(done, to)
	if err != nil {
		return "", err
	}
	return writeSmall(ctx, path, func(w io.Writer) error { return handoff.Slip(w, d, words.T) })
}

// writeSmall writes a small file with the care of a bundle; it never overwrites,
// and returns the path that it wrote.
func writeSmall(ctx context.Context, path string, write func(io.Writer) error) (string, error) {
	paths, _, err := handoff.WriteFile(ctx, filepath.Dir(path), filepath.Base(path), 0, 0, write)
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

func (p *program) printExported(done *handoff.Exported, to []handoff.Peer) error {
	m := &done.Manifest
	names := []string{}
	for i := range to {
		names = append(names, to[i].Name())
	}
	if p.json {
		return p.printJSON(object{{"file", done.Paths[0]}, {"files", done.Paths}, {"size", done.Size}, {"bundle", m.Bundle.String()},
			{"revisions", m.Revisions}, {"to", names}, {"first", dayText(m.First)}, {"last", dayText(m.Last)},
			{"chains", rangeObjects(m)}, {"left_out", append([]string{}, done.LeftOut...)}})
	}
	fmt.Fprintln(p.stdout, words.T("handoff.exported", "path", done.Paths[0], "n", m.Revisions, "size", handoff.Bytes(done.Size).String()))
	if len(done.LeftOut) > 0 {
		fmt.Fprintln(p.stdout, words.T("handoff.leftout", "names", strings.Join(done.LeftOut, words.T("list.comma"))))
	}
	return nil
}

func dayText(d ledger.Day) any {
	if d < 0 {
		return nil
	}
	return d.String()
}

func rangeObjects(m *handoff.Manifest) []object {
	list := make([]object, 0, len(m.Ranges))
	for i := range m.Ranges {
		r := &m.Ranges[i]
		list = append(list, object{{"desk", r.Desk().Short()}, {"first", r.After.Seq + 1}, {"last", r.Head.Seq}, {"head", r.Head.Hash.String()}})
	}
	return list
}

// runHandoffInspect says what a bundle is, without a look at the ledger.
func runHandoffInspect(ctx context.Context, p *program, args []string) error {
	fs := p.flags("handoff inspect")
	secret := fs.String("passphrase-file", "", "")
	rest, err := p.arguments(fs, args, "FILE")
	if err != nil {
		return err
	}
	passphrase, err := readPassphrase(*secret)
	if err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := p.exchange(s).Open(rest[0], passphrase)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := b.CheckWhole(ctx); err != nil {
		return err
	}
	m := &b.Manifest
	if p.json {
		return p.printJSON(object{{"file", rest[0]}, {"bundle", m.Bundle.String()}, {"version", b.Header.Version},
			{"suite", b.Header.Suite}, {"passphrase", b.Header.Passphrase}, {"sender", cardObject(m.Sender)}, {"to", append([]string{}, m.To...)},
			{"created", stamp(m.Created)}, {"first", dayText(m.First)}, {"last", dayText(m.Last)}, {"revisions", m.Revisions}, {"chains", rangeObjects(m)}})
	}
	fmt.Fprintln(p.stdout, words.T("handoff.inspected", "path", filepath.Base(rest[0]), "name", m.Sender.Name, "unit", m.Sender.Unit,
		"fingerprint", m.Sender.Fingerprint(), "created", m.Created.Format("2006-01-02 15:04"), "n", m.Revisions))
	for i := range m.Ranges {
		r := &m.Ranges[i]
		fmt.Fprintf(p.stdout, "  %s  %d–%d\n", r.Desk().Short(), r.After.Seq+1, r.Head.Seq)
	}
	return nil
}

// runHandoffReceipts takes the receipts that lie in a folder.
func runHandoffReceipts(ctx context.Context, p *program, args []string) error {
	rest, s, err := p.begin(ctx, p.open, p.flags("handoff receipts"), args, "FOLDER")
	if err != nil {
		return err
	}
	defer s.Close()
	taken, err := p.exchange(s).Receipts(ctx, rest[0])
	if err != nil {
		return err
	}
	list := make([]object, 0, len(taken))
	for i := range taken {
		list = append(list, receiptObject(&taken[i]))
		if !p.json {
			fmt.Fprintln(p.stdout, receiptLine(&taken[i]))
		}
	}
	if p.json {
		return p.printJSON(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(p.stdout, words.T("handoff.noreceipts", "path", rest[0]))
	}
	return nil
}

func receiptObject(t *handoff.Taken) object {
	r := &t.Receipt
	o := object{{"file", filepath.Base(t.Path)}, {"bundle", r.File}, {"by", r.From.Name}, {"fingerprint", ""}, {"at", stamp(r.At)},
		{"delivered", r.Merged}, {"refused", r.Code}, {"new", r.New}, {"corrected", r.Corrected}, {"voided", r.Voided}, {"here", r.Here},
		{"news", t.News}, {"error", string(ledger.CodeOf(t.Err))}}
	if len(r.From.Key) > 0 {
		o[3].value = r.From.Fingerprint()
	}
	return o
}

func receiptLine(t *handoff.Taken) string {
	switch r := &t.Receipt; {
	case t.Err != nil:
		return words.Sentence(t.Err)
	case r.Merged:
		return words.T("handoff.delivered", "file", r.File, "name", r.From.Name, "at", r.At.Format("2006-01-02 15:04"))
	default:
		refusal := ledger.Refuse(ledger.Code(r.Code), "path", r.File, "name", r.From.Name)
		return words.T("handoff.refused", "file", r.File, "name", r.From.Name, "why", words.Sentence(refusal))
	}
}

// runHandoffLog lists what came in and what went out.
func runHandoffLog(ctx context.Context, p *program, args []string) error {
	_, s, err := p.begin(ctx, p.openToRead, p.flags("handoff log"), args)
	if err != nil {
		return err
	}
	defer s.Close()
	merged, err := s.MergeLog(ctx)
	if err != nil {
		return err
	}
	sent, err := s.SentLog(ctx)
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(object{{"merged", mergedObjects(merged)}, {"sent", sentObjects(sent)}})
	}
	for i := range merged {
		fmt.Fprintln(p.stdout, mergedLine(&merged[i]))
	}
	for i := range sent {
		fmt.Fprintln(p.stdout, sentLine(&sent[i]))
	}
	if len(merged)+len(sent) == 0 {
		fmt.Fprintln(p.stdout, words.T("handoff.nolog"))
	}
	return nil
}

func mergedObjects(log []handoff.Merged) []object {
	list := make([]object, 0, len(log))
	for i := range log {
		m := &log[i]
		list = append(list, object{{"merge", m.Number}, {"bundle", m.Bundle.String()}, {"file", m.File}, {"desk", m.Sender.Name},
			{"unit", m.Sender.Unit}, {"fingerprint", m.Sender.Fingerprint()}, {"at", stamp(m.At)}, {"new", m.New}, {"corrected", m.Corrected},
			{"voided", m.Voided}, {"clashing", m.Clashing}, {"here", m.Here}, {"waiting", m.Waiting}, {"undone", momentOrNil(m.Undone)}})
	}
	return list
}

func momentOrNil(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return stamp(t)
}

func mergedLine(m *handoff.Merged) string {
	line := words.T("handoff.mergedline", "n", m.Number, "at", m.At.Format("2006-01-02 15:04"), "file", m.File, "name", m.Sender.Name,
		"new", m.New, "corrected", m.Corrected, "voided", m.Voided, "clashing", m.Clashing)
	if !m.Undone.IsZero() {
		line += "  " + words.T("handoff.undoneat", "at", m.Undone.Format("2006-01-02 15:04"))
	}
	return line
}

func sentObjects(log []handoff.Sent) []object {
	list := make([]object, 0, len(log))
	for i := range log {
		s := &log[i]
		var to []object
		for _, d := range s.To {
			to = append(to, object{{"name", d.Name}, {"fingerprint", d.Fingerprint}, {"delivered", momentOrNil(d.Delivered)}, {"refused", string(d.Code)}})
		}
		list = append(list, object{{"bundle", s.Bundle.String()}, {"file", s.File}, {"size", s.Size}, {"at", stamp(s.At)},
			{"revisions", s.Revisions}, {"to", to}})
	}
	return list
}

func sentLine(s *handoff.Sent) string {
	var to []string
	for _, d := range s.To {
		state := words.T("handoff.state.sent")
		switch {
		case d.Code != "":
			state = words.T("handoff.state.refused")
		case !d.Delivered.IsZero():
			state = words.T("handoff.state.delivered")
		}
		to = append(to, strings.TrimSpace(d.Name+" "+state))
	}
	return words.T("handoff.sentline", "at", s.At.Format("2006-01-02 15:04"), "file", s.File, "n", s.Revisions,
		"to", strings.Join(to, words.T("list.comma")))
}
