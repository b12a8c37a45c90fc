package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
)

// confirm records all taken rows as one batch. On the empty page it reads what was
// typed.
func (p *intakeScreen) confirm() {
	switch {
	case p.blank():
		if text := p.typed.Text; strings.TrimSpace(text) != "" {
			p.start(report{text: text})
		} else {
			p.focus()
		}
		return
	case len(p.known) > 0, p.stop != nil:
		return
	case p.toTake() == 0:
		p.say(words.T("paste.lacks.rows"))
		return
	}
	t, ok := p.settleTop()
	if !ok {
		return
	}
	plan, row, why := p.plan(t)
	if why != nil {
		p.refuse(row, why)
		return
	}
	p.record(t, plan)
}

// settleTop takes the unit that was typed and not yet chosen. ok is false when it or
// the day is none; that is then said, and asked for.
func (p *intakeScreen) settleTop() (t intake.Terms, ok bool) {
	p.unit.settle()
	if text := strings.TrimSpace(p.unit.field.Text); text != "" && p.unit.id() == 0 {
		p.say(words.Sentence(ledger.Refuse(ledger.CodeUnitUnknown, "name", text, "nearest", p.dir.unitNames.nearest(text))))
		p.unit.field.grab()
		return t, false
	}
	t, err := p.terms()
	if err != nil {
		p.say(words.Sentence(err))
		p.day.grab()
	}
	return t, err == nil
}

// refuse goes to the row that cannot be recorded and says why; to the unit at the
// top when that is what it lacks.
func (p *intakeScreen) refuse(row *intakeRow, why *ledger.Error) {
	p.goTo(row)
	if !row.lacks() && why.Code == ledger.CodeIntakeNoUnit {
		p.say(whySentence(why))
		p.unit.field.grab()
		return
	}
	p.say(words.T("paste.row", "item", row.title(p.dir), "sentence", whySentence(why)))
	p.focus()
}

func (p *intakeScreen) goTo(row *intakeRow) {
	at := slices.Index(p.rows, row)
	p.table.Select(at)
	p.chosen(at)
}

// intakePlan is what confirming records as one batch.
type intakePlan struct {
	proposals []intake.Proposal
	records   []ledger.Record
	of        []int        // the proposal that each record comes of
	rows      []*intakeRow // those taken, which From of a proposal counts
}

// plan makes the records of the taken rows, or names the first row that cannot be
// recorded, and why.
func (p *intakeScreen) plan(t intake.Terms) (*intakePlan, *intakeRow, *ledger.Error) {
	plan := &intakePlan{}
	plan.proposals, plan.rows = p.assemble(t, func(r *intakeRow) bool { return r.taken })
	for _, made := range plan.proposals {
		if made.Left != nil {
			return nil, plan.rows[made.From[0]], made.Left
		}
	}
	plan.records, plan.of = intake.Records(plan.proposals)
	return plan, nil, nil
}

// rowsOf are the rows that a record of the batch comes from.
func (plan *intakePlan) rowsOf(record int) (list []*intakeRow) {
	for _, i := range plan.proposals[plan.of[record]].From {
		list = append(list, plan.rows[i])
	}
	return list
}

// items counts the items that the batch adds. They stand before its other records.
func (plan *intakePlan) items() int { return len(plan.records) - len(plan.proposals) }

// recording is what came of confirming.
type recording struct {
	items []ledger.ID // made for it
	batch ledger.ID
	err   error
}

func (p *intakeScreen) record(t intake.Terms, plan *intakePlan) {
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	p.say("")
	p.take.Disable()
	p.writing.begin()
	batch := &ledger.Batch{Source: p.report.source(), Hash: p.report.hash, Text: kept(p.report.text)}
	var made recording
	p.s.Tasks.Do(func() { made = plan.record(ctx, p.s.Book, batch) }, func() {
		p.writing.end()
		stop()
		p.stop = nil
		if made.err != nil {
			p.refused(plan, made.err)
			return
		}
		p.learn(plan, made.items)
		p.recorded(t, plan, made)
	})
}

// kept is the text that a batch keeps of a report.
func kept(text string) string {
	if len([]rune(text)) > ledger.MaxSource {
		return ""
	}
	return text
}

// record writes new items and the records as one batch.
func (plan *intakePlan) record(ctx context.Context, book *ledger.Book, batch *ledger.Batch) (made recording) {
	var ids []ledger.ID
	made.batch, ids, made.err = book.RecordBatch(ctx, batch, plan.records)
	if made.err == nil {
		made.items = ids[:plan.items()]
	}
	return made
}

// learn gives the rows the items that were made for them, for what is recorded next.
func (p *intakeScreen) learn(plan *intakePlan, items []ledger.ID) {
	for i, id := range items {
		item := plan.records[i].(*ledger.Item)
		for _, row := range p.rows {
			if row.Ledger == intake.Publicity && row.Item == 0 && row.New.Name == item.Name && row.New.Measure == item.Measure {
				row.Item = id
			}
		}
		p.dir.item[id] = ledger.Row[ledger.Item]{ID: id, Value: *item}
	}
}

// refused says at its row why the ledger did not take it. Nothing was recorded.
func (p *intakeScreen) refused(plan *intakePlan, err error) {
	var at *ledger.RowError
	switch {
	case errors.Is(err, context.Canceled):
		p.say(words.T("paste.stopped"))
	case errors.As(err, &at):
		rows, sentence := plan.rowsOf(at.Row), words.Sentence(at.Err)
		for _, row := range rows {
			row.refused = sentence
		}
		p.goTo(rows[0])
		p.say(words.T("paste.row", "item", rows[0].title(p.dir), "sentence", sentence))
		p.focus()
	default:
		p.say(words.Sentence(err))
	}
	p.showRows()
}

// recorded shows what went into the ledger, with a way back.
func (p *intakeScreen) recorded(t intake.Terms, plan *intakePlan, made recording) {
	p.made = made
	for _, row := range plan.rows {
		row.batch, row.taken, row.refused = made.batch, false, ""
	}
	p.showRows()
	p.rememberUnit(t.Unit)
	p.s.Recorded(made.batch)
	p.s.Changed()
	p.s.Notify(plan.said(), func() { undoBatch(p.s, made.batch) })
	p.s.Window.Canvas().Focus(p.other)
}

// said tells how many records came of it; an inspection joins several rows.
func (plan *intakePlan) said() string {
	said := words.T("paste.done", "n", len(plan.rows))
	if len(plan.rows) != len(plan.proposals) {
		said = words.T("paste.done.joined", "rows", len(plan.rows), "n", len(plan.proposals))
	}
	if n := plan.items(); n > 0 {
		said = words.T("paste.done.items", "said", said, "n", n)
	}
	return said
}

func (p *intakeScreen) rememberUnit(unit ledger.ID) {
	if unit == 0 || p.s.Settings.Get().Unit == int64(unit) {
		return
	}
	if err := p.s.Settings.Change(func(v *settings.Values) { v.Unit = int64(unit) }); err != nil {
		p.s.Refuse(err)
	}
}

// takenBack offers the rows of a batch again that does not stand any more. The items
// that were made for it went with it.
func (p *intakeScreen) takenBack() {
	made := p.made
	p.made = recording{}
	for _, row := range p.rows {
		if row.batch == made.batch {
			row.batch, row.taken = 0, true
		}
		if slices.Contains(made.items, row.Item) {
			row.Item = 0
		}
	}
	p.showRows()
}
