package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
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
	top, ok := p.settleTop()
	if !ok {
		return
	}
	plan, row, sentence := top.plan(p.rows, p.s.Now())
	if row >= 0 {
		p.refuse(row, sentence)
		return
	}
	p.record(top, plan)
}

// settleTop takes the unit that was typed and not yet chosen. ok is false when it or
// the day is none; that is then said, and asked for.
func (p *intakeScreen) settleTop() (top intakeTop, ok bool) {
	p.unit.settle()
	if text := strings.TrimSpace(p.unit.field.Text); text != "" && p.unit.id() == 0 {
		p.say(words.Sentence(ledger.Refuse(ledger.CodeUnitUnknown, "name", text, "nearest", p.dir.unitNames.nearest(text))))
		p.unit.field.grab()
		return top, false
	}
	top, err := p.readTop()
	if err != nil {
		p.say(words.Sentence(err))
		p.day.grab()
	}
	return top, err == nil
}

// refuse goes to the row that cannot be recorded and says why; to the unit at the
// top when that is what all rows lack.
func (p *intakeScreen) refuse(row int, sentence string) {
	p.table.Select(row)
	p.chosen(row)
	p.say(words.T("paste.row", "item", p.rows[row].title(p.dir), "sentence", sentence))
	if top, err := p.readTop(); err == nil && top.lacksUnit(p.rows[row]) {
		p.say(sentence)
		p.unit.field.grab()
		return
	}
	p.focus()
}

// recording is what came of confirming.
type recording struct {
	items []ledger.ID // made for it
	batch ledger.ID
	err   error
}

func (p *intakeScreen) record(top intakeTop, plan *intakePlan) {
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
		p.recorded(top, plan, made)
	})
}

// kept is the text that a batch keeps of a report.
func kept(text string) string {
	if len([]rune(text)) > ledger.MaxSource {
		return ""
	}
	return text
}

// record writes new items and the records as one batch. The items come first, because
// an entry names its item by the record it was made with.
func (plan *intakePlan) record(ctx context.Context, book *ledger.Book, batch *ledger.Batch) (made recording) {
	records := make([]ledger.Record, 0, len(plan.items)+len(plan.records))
	for i, item := range plan.items {
		item.Initials = pinyin.Initials(item.Name)
		records = append(records, item)
		for _, entry := range plan.fresh[item] {
			entry.Item = ledger.Earlier(i)
		}
	}
	var ids []ledger.ID
	made.batch, ids, made.err = book.RecordBatch(ctx, batch, append(records, plan.records...))
	if made.err == nil {
		made.items = ids[:len(plan.items)]
	}
	return made
}

// rowsOf are the rows that the record at index at of the batch comes from.
func (plan *intakePlan) rowsOf(at int) []int {
	if at >= len(plan.items) {
		return plan.rows[at-len(plan.items)]
	}
	for i, r := range plan.records {
		if entry, ok := r.(*ledger.Publicity); ok && slices.Contains(plan.fresh[plan.items[at]], entry) {
			return plan.rows[i]
		}
	}
	return nil
}

// learn gives the rows the items that were made for them, for what is recorded next.
func (p *intakeScreen) learn(plan *intakePlan, items []ledger.ID) {
	for i, item := range plan.items {
		for _, row := range p.rows {
			if row.ledger == intake.Publicity && row.item == 0 && row.fresh.Name == item.Name && row.fresh.Measure == item.Measure {
				row.item = items[i]
			}
		}
		p.dir.item[items[i]] = ledger.Row[ledger.Item]{ID: items[i], Value: *item}
	}
}

// refused says at its row why the ledger did not take it. Nothing was recorded.
func (p *intakeScreen) refused(plan *intakePlan, err error) {
	var row *ledger.RowError
	switch {
	case errors.Is(err, context.Canceled):
		p.say(words.T("paste.stopped"))
	case errors.As(err, &row):
		rows := plan.rowsOf(row.Row)
		for _, i := range rows {
			p.rows[i].refused = words.Sentence(row.Err)
		}
		p.refuse(rows[0], words.Sentence(row.Err))
	default:
		p.say(words.Sentence(err))
	}
	p.showRows()
}

// recorded shows what went into the ledger, with a way back.
func (p *intakeScreen) recorded(top intakeTop, plan *intakePlan, made recording) {
	p.made = made
	for _, rows := range plan.rows {
		for _, i := range rows {
			p.rows[i].batch, p.rows[i].taken, p.rows[i].refused = made.batch, false, ""
		}
	}
	p.showRows()
	p.rememberUnit(top.unit)
	p.s.Recorded(made.batch)
	p.s.Changed()
	p.s.Notify(plan.said(), func() { p.undo(made) })
	p.s.Window.Canvas().Focus(p.other)
}

// said tells how many records came of it; an inspection joins several rows.
func (plan *intakePlan) said() string {
	rows := 0
	for _, of := range plan.rows {
		rows += len(of)
	}
	if rows != len(plan.records) {
		return words.T("paste.done.joined", "rows", rows, "n", len(plan.records))
	}
	return words.T("paste.done", "n", rows)
}

func (p *intakeScreen) rememberUnit(unit ledger.ID) {
	if unit == 0 || p.s.Settings.Get().Unit == int64(unit) {
		return
	}
	if err := p.s.Settings.Change(func(v *settings.Values) { v.Unit = int64(unit) }); err != nil {
		p.s.Refuse(err)
	}
}

// undo takes the whole batch back.
func (p *intakeScreen) undo(made recording) {
	var err error
	p.s.Tasks.Do(func() {
		err = p.s.Book.VoidBatch(context.Background(), made.batch, words.T("shell.undo.reason"))
	}, func() {
		if err != nil {
			p.s.Refuse(err)
			return
		}
		p.s.Changed()
		p.s.Notify(words.T("paste.undone"), nil)
	})
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
		if slices.Contains(made.items, row.item) {
			row.item = 0
		}
	}
	p.showRows()
}
