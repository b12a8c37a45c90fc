package ui

import (
	"taizhang/app/words"
	"taizhang/ui/look"
)

// working is the export or merge under way; nil for none.
func (sc *handoffScreen) working() *handoffWork {
	switch {
	case sc.export.work.busy():
		return sc.export.work
	case sc.page != nil && sc.page.work.busy():
		return sc.page.work
	}
	return nil
}

// handoffWork is what must not be torn off by closing the window; nil for nothing.
func (d *desk) handoffWork() *handoffWork {
	if sc, ok := d.screens[PlaceHandoff].(*handoffScreen); ok {
		return sc.working()
	}
	return nil
}

// askToLeave asks before work is stopped for the window to close, and closes it once
// the work has ended.
func (d *desk) askToLeave() {
	if sh := sheetOpen(d.shell.win.Canvas()); sh != nil {
		return // asked already, or something else waits for an answer
	}
	sh := newSheet(d.session, d.shell.win.Canvas(), words.T("handoffui.leave.title"), nil, words.T("handoffui.leave"))
	sh.head.Add(newParagraph(words.T("handoffui.leave.about"), look.SizeBody, look.ColourText))
	sh.ok.SetStyle(look.Danger)
	sh.start = func(map[string]string) (func() error, func(), error) {
		return nil, func() {
			if work := d.handoffWork(); work != nil {
				work.after = d.shell.close
				work.abort()
				return
			}
			d.shell.close() // it has ended meanwhile
		}, nil
	}
	if work := d.handoffWork(); work != nil {
		work.after = sh.close // nothing is left to ask
	}
	sh.show()
}
