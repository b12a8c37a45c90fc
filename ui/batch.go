package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// The size of the sheet with a report's text.
const (
	sourceWide float32 = 640
	sourceHigh float32 = 420
)

// showSource shows the text that a batch was taken from.
func showSource(s *Session, row ledger.Row[ledger.Batch]) {
	var pop *widget.PopUp
	shut := look.NewButton(words.T("shell.help.shut"), nil, look.Primary, func() { pop.Hide() })
	head := container.NewBorder(nil, nil, nil, shut, look.Text(words.Source(row.Value.Source), look.SizeHeading, true, look.ColourText).Truncated())
	roll := container.NewVScroll(newParagraph(row.Value.Text, look.SizeBody, look.ColourText))
	roll.SetMinSize(fyne.NewSize(sourceWide, sourceHigh))
	pop = widget.NewModalPopUp(look.Inset(stacked(look.Unit, head, roll), look.Gap), s.Window.Canvas())
	pop.Show()
}

// askVoidBatch asks for the reason and takes back all that a batch brought.
func askVoidBatch(s *Session, row ledger.Row[ledger.Batch]) {
	title := words.T("history.batch.undo.title", "source", words.Source(row.Value.Source), "n", row.Value.Count)
	sh := newSheet(s, s.Window.Canvas(), title, []sheetField{reasonField()}, words.T("history.batch.undo"))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		work := func() error { return s.Book.VoidBatch(context.Background(), row.ID, v["reason"]) }
		return work, func() { revised(s, words.T("history.batch.undone", "n", row.Value.Count)) }, nil
	}
	sh.show()
}

// undoBatch takes back what a page has just recorded as one batch.
func undoBatch(s *Session, batch ledger.ID) {
	var err error
	s.Tasks.Do(func() { err = s.Book.VoidBatch(context.Background(), batch, words.T("shell.undo.reason")) }, func() {
		if err != nil {
			s.Refuse(err)
			return
		}
		s.Changed()
		s.Notify(words.T("paste.undone"), nil)
	})
}

// showBatch opens the entries of a batch with the history of the last; of a batch without
// entries, its last record. New items come first.
func showBatch(s *Session, batch ledger.Row[ledger.Batch]) {
	of := batch.Value.Records(batch.ID)
	var entries []ledger.ID
	var list []ledger.Revision
	var err error
	s.Tasks.Do(func() {
		entries, err = s.Reader.PublicityIDs(s.context(), ledger.PublicityFilter{Range: &of, Voided: true, Sort: ledger.SortRecorded})
		if err == nil && len(entries) == 0 {
			list, err = s.Reader.History(s.context(), of.Last)
		}
	}, func() {
		switch {
		case err != nil:
			s.Refuse(err)
		case len(entries) > 0:
			s.Open(Opening{Place: PlacePublicity, Batch: &batch, Record: entries[0]})
		case len(list) > 0:
			s.Open(Opening{Place: placeOf(list[0].Fields), Record: of.Last})
		}
	})
}

// whenTakenBack looks aside whether a batch still stands, and does something when it was
// taken back: by Ctrl+Z, or from the history of one of its records.
func whenTakenBack(s *Session, batch ledger.ID, do func()) {
	var list []ledger.Row[ledger.Batch]
	var err error
	s.Tasks.Do(func() { list, err = s.Reader.Batches(s.context(), ledger.BatchFilter{Record: batch - 1}) }, func() {
		if err == nil && !slices.ContainsFunc(list, func(r ledger.Row[ledger.Batch]) bool { return r.ID == batch }) {
			do()
		}
	})
}
