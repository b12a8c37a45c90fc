package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// fingerprints collects a flag that is given once for each desk.
type fingerprints []string

func (f *fingerprints) String() string { return strings.Join(*f, ",") }

// Set is part of flag.Value.
func (f *fingerprints) Set(text string) error {
	*f = append(*f, strings.FieldsFunc(text, func(r rune) bool { return r == ',' })...)
	return nil
}

// outcome is what became of one file of a merge.
type outcome struct {
	path string
	plan *handoff.Plan
	out  *handoff.Outcome
	err  error
}

// runHandoffMerge merges bundles, or says what they would bring.
func runHandoffMerge(ctx context.Context, p *program, args []string) error {
	fs := p.flags("handoff merge")
	dry := fs.Bool("dry-run", false, "")
	secret := fs.String("passphrase-file", "", "")
	var accept fingerprints
	fs.Var(&accept, "accept-desk", "")
	files, err := p.parse(fs, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usage("usage.argument", "name", "FILE")
	}
	passphrase, err := readPassphrase(*secret)
	if err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	x := p.exchange(s)
	results := make([]outcome, len(files))
	for i, path := range files {
		results[i].path = path
	}
	each(results, func(o *outcome) {
		if *dry {
			o.plan, o.err = x.Preview(ctx, o.path, passphrase, p.progress("handoff.progress"))
			return
		}
		o.out, o.err = x.Merge(ctx, handoff.Merge{Path: o.path, Passphrase: passphrase, Accept: accept, Progress: p.progress("handoff.progress")})
		if o.err == nil {
			o.plan = o.out.Plan
		}
	})
	return p.printOutcomes(results, *dry)
}

// each does every file in the order given, and those that lacked what another
// brought once more.
func each(results []outcome, do func(*outcome)) {
	for i := range results {
		do(&results[i])
	}
	for progress := true; progress; {
		progress = false
		for i := range results {
			if o := &results[i]; len(results) > 1 && ledger.CodeOf(o.err) == ledger.CodeBundleGap {
				do(o)
				progress = progress || o.err == nil
			}
		}
	}
}

func (p *program) printOutcomes(results []outcome, dry bool) error {
	var refused []error
	list := make([]object, 0, len(results))
	for i := range results {
		o := &results[i]
		if o.err != nil {
			refused = append(refused, o.err)
		}
		list = append(list, outcomeObject(o, dry))
		if !p.json && o.err == nil {
			p.printPlan(o, dry)
		}
	}
	if p.json {
		if err := p.printJSON(list); err != nil {
			return err
		}
	}
	if len(refused) == 0 {
		return nil
	}
	for _, err := range refused[:len(refused)-1] {
		fmt.Fprintln(p.stderr, words.Sentence(err))
	}
	return refused[len(refused)-1]
}

func outcomeObject(o *outcome, dry bool) object {
	if o.err != nil {
		obj := object{{"file", o.path}, {"merged", false}, {"error", string(ledger.CodeOf(o.err))}, {"sentence", words.Sentence(o.err)}}
		var e *ledger.Error
		if errors.As(o.err, &e) {
			for i := 0; i+1 < len(e.Args); i += 2 {
				if name, ok := e.Args[i].(string); ok && name != "path" {
					obj = append(obj, member{name, e.Args[i+1]})
				}
			}
		}
		return obj
	}
	obj := planObject(o.plan)
	head := object{{"file", o.path}, {"merged", !dry && !o.plan.Done()}, {"dry_run", dry}}
	if o.out != nil {
		obj = append(obj, member{"receipt", o.out.Receipt})
	}
	return append(head, obj...)
}

func planObject(plan *handoff.Plan) object {
	chains := make([]object, 0, len(plan.Chains))
	for _, c := range plan.Chains {
		chains = append(chains, object{{"desk", c.Desk.Short()}, {"name", c.Name}, {"unit", c.Unit}, {"fingerprint", c.Fingerprint},
			{"first", c.First}, {"last", c.Last}, {"new", c.New}, {"vouched", c.Vouched}})
	}
	unknown := make([]object, 0, len(plan.Unknown))
	for _, c := range plan.Unknown {
		unknown = append(unknown, cardObject(c))
	}
	forks := make([]object, 0, len(plan.Forks))
	for _, f := range plan.Forks {
		forks = append(forks, object{{"desk", f.Desk.Short()}, {"name", f.Name}, {"at", f.Seq}, {"own", f.Own}})
	}
	ahead := make([]object, 0, len(plan.Ahead))
	for _, c := range plan.Ahead {
		ahead = append(ahead, object{{"name", c.Name}, {"latest", stamp(c.Latest)}})
	}
	lines := make([]object, 0, len(plan.Lines))
	for _, l := range plan.Lines {
		lines = append(lines, object{{"revision", l.Text}, {"record", l.Record}, {"op", opName[l.Revision.Op]},
			{"kind", l.Revision.Fields.Kind().String()}, {"desk", l.Desk}, {"author", l.Revision.Author},
			{"recorded", stamp(l.Revision.Clock.Time())}, {"clash", l.Clash}, {"waits", l.Waits}})
	}
	return object{{"bundle", plan.Bundle.String()}, {"merge", plan.Merge}, {"sender", cardObject(plan.Sender)}, {"created", stamp(plan.Created)},
		{"carried", plan.Carried}, {"new", plan.New}, {"corrected", plan.Corrected}, {"voided", plan.Voided},
		{"clashing", plan.Clashing}, {"here", plan.Here}, {"waiting", plan.Waiting}, {"damaged", plan.Damaged}, {"chains", chains},
		{"unknown", unknown}, {"forks", forks}, {"ahead", ahead}, {"lines", lines}}
}

// printPlan says in a few lines what a bundle brought, or would.
func (p *program) printPlan(o *outcome, dry bool) {
	plan := o.plan
	key := "handoff.merged"
	switch {
	case plan.Done():
		key = "handoff.here"
	case dry:
		key = "handoff.planned"
	}
	fmt.Fprintln(p.stdout, words.T(key, "file", filepath.Base(o.path), "name", plan.Sender.Name, "new", plan.New,
		"corrected", plan.Corrected, "voided", plan.Voided, "clashing", plan.Clashing, "here", plan.Here))
	if plan.Damaged {
		fmt.Fprintln(p.stdout, "  "+words.T("handoffui.warn.damaged"))
	}
	for _, c := range plan.Unknown {
		if dry {
			fmt.Fprintln(p.stdout, "  "+words.T("handoff.unknown", "name", c.Name, "unit", c.Unit, "fingerprint", c.Fingerprint()))
		}
	}
	for _, f := range plan.Forks {
		key := "handoff.fork"
		if f.Own {
			key = "handoff.forkown"
		}
		fmt.Fprintln(p.stdout, "  "+words.T(key, "name", f.Name, "seq", f.Seq))
	}
	for _, c := range plan.Ahead {
		fmt.Fprintln(p.stdout, "  "+words.T("handoff.ahead", "name", c.Name, "at", c.Latest.Format("2006-01-02 15:04")))
	}
	if plan.Waiting > 0 {
		fmt.Fprintln(p.stdout, "  "+words.T("handoff.waiting", "n", plan.Waiting))
	}
	if o.out != nil && o.out.NoReceipt != nil {
		fmt.Fprintln(p.stdout, "  "+words.T("handoff.noreceipt", "why", words.Sentence(o.out.NoReceipt)))
	}
}

// runHandoffClashes lists the records that several desks state differently.
func runHandoffClashes(ctx context.Context, p *program, args []string) error {
	_, s, err := p.begin(ctx, p.openToRead, p.flags("handoff clashes"), args)
	if err != nil {
		return err
	}
	defer s.Close()
	clashes, err := s.Clashes(ctx)
	if err != nil {
		return err
	}
	d, err := newDirectory(ctx, s)
	if err != nil {
		return err
	}
	list := make([]object, 0, len(clashes))
	for _, c := range clashes {
		heads := make([]object, 0, len(c.Heads))
		if !p.json {
			fmt.Fprintln(p.stdout, s.IDText(c.Record))
		}
		for i, r := range c.Heads {
			fields := d.describe(r.Fields)
			heads = append(heads, object{{"revision", s.IDText(r.ID)}, {"op", opName[r.Op]}, {"desk", d.desks[r.ID.Desk()]},
				{"author", r.Author}, {"recorded", stamp(r.Clock.Time())}, {"reason", r.Reason}, {"stands", i == 0}, {"fields", fields}})
			if !p.json {
				fmt.Fprintf(p.stdout, "    %s  %s  %s  %s  %s\n", s.IDText(r.ID), words.Op(r.Op), r.Author, d.desks[r.ID.Desk()], fields.line())
			}
		}
		list = append(list, object{{"record", s.IDText(c.Record)}, {"kind", c.Heads[0].Fields.Kind().String()}, {"heads", heads}})
	}
	if p.json {
		return p.printJSON(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(p.stdout, words.T("handoff.noclashes"))
	}
	return nil
}

// runHandoffResolve ends a clash with the statement that a person picks.
func runHandoffResolve(ctx context.Context, p *program, args []string) error {
	fs := p.flags("handoff resolve")
	take := fs.String("take", "", "")
	reason := fs.String("reason", "", "")
	rest, err := p.arguments(fs, args, "RECORD")
	if err != nil {
		return err
	}
	if err := require(fs, "take"); err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	record, err := s.ParseID(rest[0])
	if err != nil {
		return err
	}
	revision, err := s.ParseID(*take)
	if err != nil {
		return err
	}
	if *reason == "" {
		*reason = words.T("clash.reason")
	}
	book, err := p.book(ctx, s)
	if err != nil {
		return err
	}
	if err := book.Resolve(ctx, record, revision, *reason); err != nil {
		return err
	}
	return p.print(map[string]string{"id": rest[0], "taken": *take}, words.T("handoff.resolved", "id", rest[0], "take", *take))
}

// runHandoffUndo takes the newest merge back.
func runHandoffUndo(ctx context.Context, p *program, args []string) error {
	_, s, err := p.begin(ctx, p.open, p.flags("handoff undo"), args)
	if err != nil {
		return err
	}
	defer s.Close()
	m, err := s.UndoMerge(ctx)
	if err != nil {
		return err
	}
	return p.print(object{{"merge", m.Number}, {"file", m.File}}, words.T("handoff.undone", "n", m.Number, "file", m.File))
}
