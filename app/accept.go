package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/words"
	"taizhang/data"
)

// taking is how intake was asked to take something in.
type taking struct {
	accept, newItems, again, goodRows bool
	unit, date, marked, sheet         string
}

// accepter takes one source into the ledger.
type accepter struct {
	p      *program
	s      *data.Store
	asked  taking
	source intake.Source
}

// terms are what the flags state: the unit, 0 for none, and the day.
func (a accepter) terms(ctx context.Context) (t intake.Terms, err error) {
	t = intake.Terms{Now: a.p.now(), Initials: pinyin.Initials}
	if a.asked.unit != "" {
		if t.Unit, err = unitNamed(ctx, a.s, a.asked.unit); err != nil {
			return t, err
		}
	}
	if a.asked.date != "" {
		t.Dated = true
		t.Day, err = ledger.ParseDay(a.asked.date, a.p.today())
	}
	return t, err
}

// acceptReport records what a report counts for the three ledgers as one batch.
func (p *program) acceptReport(ctx context.Context, path string, asked taking) error {
	source, err := intake.ReadSource(path)
	if err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	a := accepter{p: p, s: s, asked: asked, source: source}
	terms, err := a.terms(ctx)
	if err != nil {
		return err
	}
	if err := a.fresh(ctx); err != nil {
		return err
	}
	names, err := intake.ReadNames(ctx, s)
	if err != nil {
		return err
	}
	candidates := names.Reader(p.today()).Read(source.Text)
	proposals := intake.Propose(source.Text, candidates, names, terms)
	if err := a.known(proposals); err != nil {
		return err
	}
	return a.report(ctx, candidates, proposals)
}

// fresh refuses a source that was taken in before, unless it was asked for again.
func (a accepter) fresh(ctx context.Context) error {
	if a.asked.again {
		return nil
	}
	return intake.TakenBefore(ctx, a.s, a.source)
}

// known refuses items that the ledger does not have, unless they are to be added.
func (a accepter) known(proposals []intake.Proposal) error {
	var unknown []string
	for _, made := range proposals {
		if made.New != nil {
			unknown = append(unknown, made.New.Name+"/"+made.New.Measure)
		}
	}
	if len(unknown) == 0 || a.asked.newItems {
		return nil
	}
	return ledger.Refuse(ledger.CodeIntakeNewItems, "names", unknown)
}

// report records the proposals and prints what became of each.
func (a accepter) report(ctx context.Context, candidates []intake.Candidate, proposals []intake.Proposal) error {
	records, of := intake.Records(proposals)
	if len(records) == 0 {
		return ledger.Refuse(ledger.CodeIntakeNothing, "left", len(proposals))
	}
	batch, ids, alike, err := a.record(ctx, records)
	if err != nil {
		return err
	}
	d, err := newDirectory(ctx, a.s)
	if err != nil {
		return err
	}
	out := intakeOutcome{p: a.p, s: a.s, d: d, batch: batch, source: a.source}
	text := []rune(a.source.Text)
	for at, r := range records {
		if r.Kind() != ledger.KindItem { // those are told with their first entry
			out.take(ids, at, r, spanOf(text, candidates, proposals[of[at]].From), alike[at])
		}
	}
	for _, made := range proposals {
		if made.Left != nil {
			out.left = append(out.left, object{{"span", spanOf(text, candidates, made.From)}, {"code", string(made.Left.Code)}, {"why", words.Sentence(made.Left)}})
		}
	}
	return out.print()
}

// record records the batch. It returns the entries that say the same as each record,
// as they stood before.
func (a accepter) record(ctx context.Context, records []ledger.Record) (batch ledger.ID, ids, alike []ledger.ID, err error) {
	book, err := a.p.book(ctx, a.s)
	if err != nil {
		return 0, nil, nil, err
	}
	if alike, err = intake.Alike(ctx, a.s, records); err != nil {
		return 0, nil, nil, err
	}
	batch, ids, err = book.RecordBatch(ctx, a.source.Batch(), records)
	return batch, ids, alike, err
}

// spanOf is the text from the first of some candidates to the end of the last.
func spanOf(text []rune, candidates []intake.Candidate, from []int) string {
	start, end := len(text), 0
	for _, i := range from {
		start, end = min(start, candidates[i].Start), max(end, candidates[i].End)
	}
	return strings.Join(strings.Fields(string(text[start:max(start, end)])), " ") // of a table or a list, on one line
}

// intakeOutcome is what became of a source that was taken in.
type intakeOutcome struct {
	p           *program
	s           *data.Store
	d           *directory
	source      intake.Source
	batch       ledger.ID
	taken, left []object
}

// take notes a record that was taken in as ids[at].
func (o *intakeOutcome) take(ids []ledger.ID, at int, r ledger.Record, span string, alike ledger.ID) {
	if entry, ok := r.(*ledger.Publicity); ok && entry.Item < 0 {
		added := *entry
		added.Item = ids[ledger.Earlier(0)-entry.Item]
		r = &added
	}
	one := append(object{{"id", o.s.IDText(ids[at])}, {"kind", r.Kind().String()}}, o.d.describe(r)...)
	one = append(one, member{"span", span}, member{"alike", nil})
	if alike != 0 {
		one[len(one)-1].value = o.s.IDText(alike)
	}
	o.taken = append(o.taken, one)
}

func (o *intakeOutcome) print() error {
	if o.p.json {
		list := func(objects []object) []object { return append([]object{}, objects...) }
		return o.p.printJSON(object{{"batch", o.s.IDText(o.batch)}, {"source", o.source.Name},
			{"sha256", hex.EncodeToString(o.source.Hash[:])}, {"taken", list(o.taken)}, {"left", list(o.left)}})
	}
	for _, one := range o.taken {
		n := len(one)
		line := one[0].text() + "  " + one[2:n-2].line()
		if alike := one[n-1].text(); alike != "" {
			line += "  " + words.T("intake.alike", "id", alike)
		}
		fmt.Fprintln(o.p.stdout, line)
	}
	for _, one := range o.left {
		fmt.Fprintln(o.p.stdout, words.T("intake.left", "span", one[0].text(), "why", one[2].text()))
	}
	_, err := fmt.Fprintln(o.p.stdout, words.T("intake.taken", "n", len(o.taken), "left", len(o.left), "batch", o.s.IDText(o.batch)))
	return err
}

// listBatches lists what was taken in as one, the newest first.
func listBatches(ctx context.Context, l *lister, asked listing) error {
	rows, err := l.s.Batches(ctx, ledger.BatchFilter{Voided: asked.voided})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if at := r.Clock.Time(); asked.period != nil && !asked.period.Contains(ledger.DayOf(at.In(time.Local))) {
			continue
		}
		if err := l.row(r.ID, r.Revision, &r.Value, trace(r)...); err != nil {
			return err
		}
	}
	return nil
}
