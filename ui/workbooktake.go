package ui

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/container"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// confirm records the rows that are good as one batch. While rows are faulty it does
// so only by choice.
func (b *workbookPage) confirm() {
	if len(b.known) > 0 || b.stop != nil || b.batch != 0 || !b.unsettled() {
		return
	}
	switch {
	case len(b.mapping.Missing()) > 0:
		b.say(b.lacking())
	case b.running: // what comes of it is seen first
	case b.checked == nil:
		b.checkNow()
	case b.faultCount() > 0 && !b.onlyGood:
		b.say(words.T("book.refuse", "n", b.faultCount()))
	case len(b.checked.Good) == 0:
		b.say(words.T("book.nothing"))
	case b.fresh() == 0:
		b.say(words.T("book.nothing.new"))
	default:
		b.record()
	}
}

// toggleGood takes the good rows without the faulty ones, or waits for all.
func (b *workbookPage) toggleGood() {
	b.onlyGood = !b.onlyGood
	b.say("")
	at := b.list.Selected()
	b.showChecked()
	b.list.Select(at)
	b.selected(at)
	if b.s.Window != nil {
		b.s.Window.Canvas().Focus(b.choice)
	}
}

// toggleBoth takes what is said again too, or leaves it.
func (b *workbookPage) toggleBoth() {
	b.takeBoth = !b.takeBoth
	b.say("")
	b.showChecked()
	if b.s.Window != nil {
		b.s.Window.Canvas().Focus(b.both)
	}
}

// record writes the batch aside.
func (b *workbookPage) record() {
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	b.say("")
	b.take.Disable()
	b.writing.begin()
	good, source := b.chosen(), b.source
	var batch ledger.ID
	var err error
	b.s.Tasks.Do(func() { batch, _, err = b.s.Book.RecordBatch(ctx, source.Batch(), recordsOf(good)) }, func() {
		b.writing.end()
		stop()
		b.stop = nil
		if err != nil {
			b.refused(good, err)
			return
		}
		b.recorded(batch, len(good))
	})
}

// refused says at its cell why the ledger did not take a row. Nothing was recorded.
func (b *workbookPage) refused(good []intake.Entry, err error) {
	b.showChecked()
	var row *ledger.RowError
	if errors.As(err, &row) && row.Row < len(good) {
		b.say(words.T("paste.row", "item", good[row.Row].Cell(), "sentence", words.Sentence(row.Err)))
		return
	}
	b.say(told(err))
}

// recorded shows what went into the ledger, with a way back, and remembers how sheets
// with these headings are read.
func (b *workbookPage) recorded(batch ledger.ID, n int) {
	b.batch, b.touched = batch, false
	for i := range b.width() {
		b.settled[i] = true
	}
	b.remember()
	b.show()
	b.s.Recorded(batch)
	b.s.Changed()
	b.s.Notify(words.T("paste.done", "n", n), func() { undoBatch(b.s, batch) })
	b.focus()
}

func (b *workbookPage) remember() {
	print := b.layout().FingerprintAt(b.mapping.Header)
	mapping, err := json.Marshal(b.mapping)
	if print == "" || err != nil {
		return
	}
	if err := b.s.Settings.Change(func(v *settings.Values) { v.Remember(print, mapping) }); err != nil {
		b.s.Refuse(err)
	}
}

// update looks whether what this page recorded still stands; what was taken back is
// offered again.
func (b *workbookPage) update() {
	if batch := b.batch; batch != 0 {
		whenTakenBack(b.s, batch, func() {
			if batch == b.batch {
				b.batch = 0
				b.changed()
			}
		})
	}
}

// saveMarked asks for a new file and saves a copy with the faults marked in place.
func (b *workbookPage) saveMarked() {
	if b.faultCount() == 0 || b.s.Window == nil {
		return
	}
	base := strings.TrimSuffix(filepath.Base(b.path), filepath.Ext(b.path))
	c := newFile(b.s, words.T("book.mark.title"), words.T("publicity.export.save"), words.T("book.mark.file", "name", base), ".xlsx")
	c.start = func(file string) (func() error, func(), error) {
		return nil, func() { b.writeMarked(file) }, nil
	}
	c.show()
}

// writeMarked writes the copy aside; it can be cancelled.
func (b *workbookPage) writeMarked(file string) {
	ctx, stop := context.WithCancel(context.Background())
	b.stop = stop
	path, faults := b.path, b.checked.Faults
	b.writing.begin()
	var err error
	b.s.Tasks.Do(func() { err = intake.MarkErrors(ctx, path, file, false, faults) }, func() {
		b.writing.end()
		stop()
		b.stop = nil
		if err != nil {
			b.say(told(err))
			return
		}
		b.s.Notify(words.T("book.marked", "n", len(faults), "file", file), nil)
	})
}

// knownBefore says that the same file was taken in, when and by whom.
func (b *workbookPage) knownBefore() fyneObject {
	batch := b.known[0]
	said := words.T("book.known", "day", ledger.DayOf(batch.Clock.Time().In(b.s.Now().Location())).Short(),
		"desk", b.dir.deskName(batch.ID.Desk()), "n", batch.Value.Count)
	b.showBatch = newKeyButton(words.T("paste.known.show"), look.Primary, func() { showBatch(b.s, batch) })
	again := newKeyButton(words.T("paste.known.anyway"), look.Secondary, func() {
		b.known = nil
		b.checkNow()
		b.focus()
	})
	lines := newColumn(320, look.Unit, container.NewHBox(look.NewBadge(look.Warn, words.T("paste.known.word"))),
		newParagraph(said, look.SizeBody, look.ColourText), newParagraph(words.T("paste.known.next"), look.SizeBody, look.ColourQuiet),
		container.NewHBox(inRow(look.Unit, b.showBatch, again)))
	return container.NewCenter(container.New(&wideLayout{340}, lines))
}
