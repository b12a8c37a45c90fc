package ui

import (
	"context"
	"errors"
	"slices"
	"strings"

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
		p.learn(plan, made.items)
		if made.err != nil {
			p.refused(plan, made.err)
			return
		}
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

// record writes new items, then all records as one batch. The items come first,
// because an entry names its item by the record it was made with; when the batch is
// refused they are taken back.
func (plan *intakePlan) record(ctx context.Context, book *ledger.Book, batch *ledger.Batch) (made recording) {
	items := make([]ledger.Record, len(plan.items))
	for i, item := range plan.items {
		item.Initials = pinyin.Initials(item.Name)
		items[i] = item
	}
	if len(items) > 0 {
		if made.items, made.err = book.RecordAll(ctx, items); made.err != nil {
			return made
		}
	}
	for i, item := range plan.items {
		for _, entry := range plan.fresh[item] {
			entry.Item = made.items[i]
		}
	}
	if made.batch, _, made.err = book.RecordBatch(ctx, batch, plan.records); made.err != nil {
		made.voidItems(book)
		made.items = nil
	}
	return made
}

// voidItems takes back the items that were made, but those that others count by now.
func (made *recording) voidItems(book *ledger.Book) {
	for _, item := range made.items {
		_ = book.Void(context.Background(), item, words.T("shell.undo.reason"))
	}
}

// learn gives the rows the items that were made for them.
func (p *intakeScreen) learn(plan *intakePlan, items []ledger.ID) {
	if len(items) == 0 {
		return
	}
	for i, r := range plan.records {
		if entry, ok := r.(*ledger.Publicity); ok {
			p.rows[plan.rows[i][0]].item = entry.Item
		}
	}
	for i, item := range plan.items {
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
		for _, i := range plan.rows[row.Row] {
			p.rows[i].refused = words.Sentence(row.Err)
		}
		p.refuse(plan.rows[row.Row][0], words.Sentence(row.Err))
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
	p.s.Notify(words.T("paste.done", "n", len(plan.records)), func() { p.undo(made) })
	p.s.Window.Canvas().Focus(p.other)
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
// that were made for it go with it.
func (p *intakeScreen) takenBack() {
	made := p.made
	p.made = recording{}
	for _, row := range p.rows {
		if row.batch != made.batch {
			continue
		}
		row.batch, row.taken = 0, true
		if slices.Contains(made.items, row.item) {
			row.item = 0
		}
	}
	p.showRows()
	p.s.Tasks.Do(func() { made.voidItems(p.s.Book) }, nil)
}
