package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// askUndo asks once more and takes the newest merge back. done may be nil.
func askUndo(sc *handoffScreen, done func()) {
	s := sc.session
	m, ok := lastMerge(sc.facts.merged)
	if !ok {
		return
	}
	receipts, about := undoneReceipts(sc.watch.sticks, &m)
	sh := newSheet(s, s.Window.Canvas(), words.T("handoffui.undo.title"), nil, words.T("handoffui.undo"))
	sh.head.Objects = []fyne.CanvasObject{
		newParagraph(words.T("handoffui.undo.about", "file", m.File, "name", m.Sender.Name, "at", minute(m.At)), look.SizeBody, look.ColourText),
		gapAbove(newParagraph(about, look.SizeBody, look.ColourText))}
	sh.ok.SetStyle(look.Danger)
	sh.working = words.T("handoffui.undo.working")
	sh.start = func(map[string]string) (func() error, func(), error) {
		var left error // why a receipt is still on a stick
		work := func() error {
			if _, err := s.Handoff.UndoMerge(s.context()); err != nil {
				return err
			}
			for _, path := range receipts {
				if err := s.Handoff.WithdrawReceipt(s.context(), path); err != nil {
					left = err
				}
			}
			return nil
		}
		return work, func() { undone(sc, left, done) }, nil
	}
	sh.show()
}

// undone shows that the merge was taken back. left is why its receipt was not.
func undone(sc *handoffScreen, left error, done func()) {
	s := sc.session
	s.Changed()
	s.Notify(words.T("handoffui.undone"), nil)
	if left != nil {
		s.Refuse(left)
	}
	sc.read()
	sc.watch.again()
	if done != nil {
		done()
	}
}

// undoneReceipts are the receipts of a merge on the sticks that are here, and what
// a person should know of them: the sender takes one for the proof of delivery.
func undoneReceipts(sticks []stick, m *handoff.Merged) (paths []string, about string) {
	for i := range sticks {
		found := sticks[i].found
		for _, f := range found {
			if !f.Bundle || f.Log == nil || f.Log.Number != m.Number {
				continue
			}
			receipt := f.Path + handoff.ReceiptExt
			if slices.ContainsFunc(found, func(r handoff.Found) bool { return r.Path == receipt }) {
				paths = append(paths, receipt)
				about = words.T("handoffui.undo.receipt", "name", orElse(sticks[i].Label, sticks[i].Path))
			}
		}
	}
	if len(paths) == 0 {
		about = words.T("handoffui.undo.receipt.gone", "name", m.Sender.Name)
	}
	return paths, about
}
