package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/words"
)

// opened is what the beginning of a workbook tells.
type opened struct {
	source  intake.Source
	dir     *directory
	names   intake.Names
	layouts []intake.Layout
	known   []ledger.Row[ledger.Batch]
}

// open looks at a workbook aside and shows it; failed is told why it cannot be read.
func (b *workbookPage) open(path string, done func(), failed func(error)) {
	var o opened
	var err error
	b.load(func(ctx context.Context) { o, err = b.read(ctx, path) }, func() {
		if err != nil {
			failed(err)
			return
		}
		b.path, b.source, b.dir, b.names, b.layouts, b.known = path, o.source, o.dir, o.names, o.layouts, o.known
		b.batch = 0
		b.choose(0)
		done()
		b.focus()
	})
}

func (b *workbookPage) read(ctx context.Context, path string) (o opened, err error) {
	w, err := intake.OpenWorkbook(path)
	if err != nil {
		return o, err
	}
	defer w.Close()
	o.source = w.Source
	if o.dir, err = readDirectory(ctx, b.s.Reader); err != nil {
		return o, err
	}
	o.names = o.dir.intakeNames()
	if o.known, err = b.s.Reader.Batches(ctx, ledger.BatchFilter{Hash: o.source.Hash[:]}); err != nil {
		return o, err
	}
	o.layouts, err = w.Layouts(ctx, o.names, b.today())
	return o, err
}

func (b *workbookPage) today() ledger.Day { return ledger.DayOf(b.s.Now()) }

// choose shows a sheet, read as sheets with its headings were before.
func (b *workbookPage) choose(at int) {
	b.at = at
	l := b.layout().Remembering(func(print string) []byte { return b.s.Settings.Get().Remembered(print) })
	b.mapping = l.Mapping
	b.settle(l)
	b.unit.set(suggestion{})
	b.day.SetText("")
	b.preview.chosen, b.onlyGood, b.touched = 0, false, false
	b.say("")
	b.checked, b.again, b.takeBoth = nil, nil, false
	b.checkNow()
}

// settle says of each column of a guess whether a person should look at it.
func (b *workbookPage) settle(l intake.Layout) {
	b.settled = map[int]bool{}
	for i := range b.width() {
		b.settled[i] = i >= len(l.Guessed) || !l.Guessed[i]
	}
	b.mapping.Columns = slices.Grow(slices.Clone(b.mapping.Columns), 1)
	for len(b.mapping.Columns) < b.width() {
		b.mapping.Columns = append(b.mapping.Columns, intake.Column{})
	}
}

// width is how many columns the beginning of the sheet has.
func (b *workbookPage) width() (n int) {
	l := b.layout()
	n = len(l.Headings)
	for _, row := range l.Preview {
		n = max(n, len(row.Cells))
	}
	return n
}

// changed checks the sheet as it is mapped now.
func (b *workbookPage) changed() {
	b.touched = true
	b.checked, b.again, b.takeBoth, b.onlyGood = nil, nil, false, false
	b.say("")
	b.checkNow()
}

// closed reports whether nothing can be changed any more, and shows what stands.
func (b *workbookPage) closed() bool {
	if b.batch == 0 && len(b.known) == 0 && b.stop == nil {
		return false
	}
	b.show()
	return true
}

// checkNow shows the sheet and checks the whole of it aside. A check that runs is given
// up.
func (b *workbookPage) checkNow() {
	b.giveUp()
	b.running = len(b.mapping.Missing()) == 0 && len(b.known) == 0 && b.batch == 0
	b.show()
	if !b.running {
		return
	}
	b.busy.begin()
	path, mapping, names := b.path, b.mapping, b.names
	mapping.Columns = slices.Clone(mapping.Columns)
	terms := intake.Terms{Now: b.s.Now(), Initials: pinyin.Initials}
	var out *intake.Checked
	var source intake.Source
	var again []bool
	var err error
	b.check(func(ctx context.Context) {
		source, out, err = b.checkAside(ctx, path, mapping, names, terms)
		if err == nil {
			again, err = saidAgain(ctx, b.s.Reader, out.Good)
		}
	}, func() {
		b.busy.end()
		b.running = false
		if err != nil {
			b.showChecked()
			b.say(words.Sentence(err))
			return
		}
		b.source, b.checked, b.again = source, out, again
		b.preview.note(out, again, b.layout().Sheet)
		b.show()
	})
}

// checkAside opens the file anew: a workbook is not to be read by two at once.
func (b *workbookPage) checkAside(ctx context.Context, path string, m intake.Mapping, n intake.Names, t intake.Terms) (intake.Source, *intake.Checked, error) {
	w, err := intake.OpenWorkbook(path)
	if err != nil {
		return intake.Source{}, nil, err
	}
	defer w.Close()
	last := int64(-1)
	out, err := w.Check(ctx, m, n, t, func(done, all int64) {
		if percent := min(100, done*100/max(all, 1)); percent != last && ctx.Err() == nil {
			last = percent
			b.s.Tasks.UI(func() { b.busy.say(words.T("book.checking.part", "percent", percent)) })
		}
	})
	return w.Source, out, err
}

// saidAgain tells which rows say what the ledger, or a row above, has said already.
func saidAgain(ctx context.Context, r ledger.Reader, good []intake.Entry) ([]bool, error) {
	found, err := intake.Alike(ctx, r, recordsOf(good))
	again := make([]bool, len(found))
	seen := map[ledger.Publicity]bool{}
	for i, id := range found {
		again[i] = id != 0
		if entry, ok := good[i].Record.(*ledger.Publicity); ok {
			key := countedBy(*entry)
			again[i] = again[i] || seen[key]
			seen[key] = true
		}
	}
	return again, err
}

func recordsOf(good []intake.Entry) []ledger.Record {
	records := make([]ledger.Record, len(good))
	for i, entry := range good {
		records[i] = entry.Record
	}
	return records
}

// giveUp ends a check that runs.
func (b *workbookPage) giveUp() {
	b.check(func(context.Context) {}, func() {})
	b.busy.end()
	b.running = false
}

// cancel gives a check up because a person wants it, and says that it is not finished.
func (b *workbookPage) cancel() {
	b.giveUp()
	b.showChecked()
}

// close gives up what runs, for the page is left.
func (b *workbookPage) close() {
	b.load(func(context.Context) {}, func() {})
	b.giveUp()
}

// setHeader takes another row as the last one of headings.
func (b *workbookPage) setHeader() {
	if b.closed() {
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(b.header.Text))
	if err != nil || n < 0 || n > intake.MaxRows {
		b.say(words.T("book.header.wrong"))
		return
	}
	stated := b.mapping
	l := b.layout().Headed(b.names, b.today(), n)
	b.mapping = l.Mapping
	if stated.Unit != "" && !b.has(intake.RoleUnit) {
		b.mapping.Unit = stated.Unit
	}
	if stated.Dated && !b.has(intake.RoleDay) {
		b.mapping.Day, b.mapping.Dated = stated.Day, true
	}
	b.settle(l)
	b.changed()
}

// setDay takes a day for all rows.
func (b *workbookPage) setDay() {
	if b.closed() {
		return
	}
	text := strings.TrimSpace(b.day.Text)
	if text == "" {
		b.mapping.Dated = false
		b.changed()
		return
	}
	day, err := ledger.ParseDay(text, b.today())
	if err != nil {
		b.say(words.Sentence(err))
		return
	}
	b.mapping.Day, b.mapping.Dated = day, true
	b.changed()
}

// setUnit takes a unit for all rows.
func (b *workbookPage) setUnit() {
	if b.closed() {
		return
	}
	b.mapping.Unit = b.unit.chosen.Name
	b.changed()
}

// unsettled takes a unit and a day that were typed and not yet taken. ok is false when
// one of them is none.
func (b *workbookPage) unsettled() (ok bool) {
	if !b.dayBox.Hidden && b.day.Text != "" && (!b.mapping.Dated || b.day.Text != b.mapping.Day.String()) {
		if b.setDay(); b.refusal.text() != "" {
			b.day.grab()
			return false
		}
	}
	if !b.unitBox.Hidden && b.unit.field.Text != b.mapping.Unit {
		b.unit.settle()
		if text := b.unit.field.Text; text != "" && b.unit.id() == 0 {
			b.say(words.Sentence(ledger.Refuse(ledger.CodeUnitUnknown, "name", text, "nearest", b.dir.unitNames.nearest(text))))
			b.unit.field.grab()
			return false
		}
	}
	return true
}

// told is what to say of an error of work that could be stopped.
func told(err error) string {
	if errors.Is(err, context.Canceled) {
		return words.T("paste.stopped")
	}
	return words.Sentence(err)
}
