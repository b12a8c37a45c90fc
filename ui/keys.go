package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"taizhang/app/words"
)

// command is one thing the keyboard can do anywhere in the window. The list of
// them drives the shortcuts, the tooltips and the help sheet, so that the three
// cannot disagree.
type command struct {
	name string // translation key under "shell.key.", and of desk.run
	keys string // as written for people
	mod  fyne.KeyModifier
	key  fyne.KeyName
}

var commands = []command{
	{"record", "Ctrl+N", fyne.KeyModifierControl, fyne.KeyN},
	{"paste", "Ctrl+Shift+V", fyne.KeyModifierControl | fyne.KeyModifierShift, fyne.KeyV},
	{"openreport", "Ctrl+O", fyne.KeyModifierControl, fyne.KeyO},
	{"undo", "Ctrl+Z", fyne.KeyModifierControl, fyne.KeyZ},
	{"redo", "Ctrl+Y", fyne.KeyModifierControl, fyne.KeyY},
	{"search", "Ctrl+F", fyne.KeyModifierControl, fyne.KeyF},
	{"overview", "Ctrl+1", fyne.KeyModifierControl, fyne.Key1},
	{"publicity", "Ctrl+2", fyne.KeyModifierControl, fyne.Key2},
	{"isolation", "Ctrl+3", fyne.KeyModifierControl, fyne.Key3},
	{"supervision", "Ctrl+4", fyne.KeyModifierControl, fyne.Key4},
	{"handoff", "Ctrl+5", fyne.KeyModifierControl, fyne.Key5},
	{"settings", "Ctrl+6", fyne.KeyModifierControl, fyne.Key6},
	{"settings", "Ctrl+,", fyne.KeyModifierControl, fyne.KeyComma},
	{"alerts", "Ctrl+B", fyne.KeyModifierControl, fyne.KeyB},
	{"unit", "Ctrl+U", fyne.KeyModifierControl, fyne.KeyU},
	{"period", "Ctrl+P", fyne.KeyModifierControl, fyne.KeyP},
	{"wall", "F11", 0, fyne.KeyF11},
	{"back", "Alt+←", fyne.KeyModifierAlt, fyne.KeyLeft},
	{"help", "F1", 0, fyne.KeyF1},
	{"refresh", "F5", 0, fyne.KeyF5},
	{"close", "Esc", 0, fyne.KeyEscape},
}

// run does what a command's name says. While a sheet waits for an answer the
// window behind it takes no commands: it would change unseen.
func (d *desk) run(name string) {
	d.shell.tips.hide()
	if name != "close" && name != "help" && d.modal() {
		return
	}
	switch name {
	case "record":
		d.showEntry()
	case "paste":
		d.pasteReport()
	case "openreport":
		d.openReport()
	case "undo":
		d.undo()
	case "redo":
		d.redoLast()
	case "search":
		d.search()
	case "alerts":
		d.top.bell.open()
	case "unit":
		d.top.openUnits()
	case "period":
		d.nextPeriod()
	case "wall":
		d.wall()
	case "back":
		d.back()
	case "help":
		d.help()
	case "refresh":
		d.refresh()
	case "close":
		d.escape()
	default:
		d.goTo(Place(name))
	}
}

// modal reports whether a sheet lies over the window.
func (d *desk) modal() bool {
	return sheetOpen(d.shell.win.Canvas()) != nil || d.sheet != nil && d.sheet.Visible()
}

// shortcutOf is how the keys of a command are written, for tooltips.
func shortcutOf(name string) string {
	for _, c := range commands {
		if c.name == name {
			return c.keys
		}
	}
	return ""
}

// tipOf is the tooltip of a command: what it does and its keys.
func tipOf(name string) string {
	return words.T("shell.key."+name) + "  " + shortcutOf(name)
}

func (d *desk) bindKeys() {
	c := d.shell.win.Canvas()
	for _, cmd := range commands {
		if cmd.mod == 0 {
			continue
		}
		run := func(fyne.Shortcut) { d.run(cmd.name) }
		switch cmd.name { // Fyne has names of its own for these
		case "undo":
			c.AddShortcut(&fyne.ShortcutUndo{}, run)
			continue
		case "redo":
			c.AddShortcut(&fyne.ShortcutRedo{}, run)
			continue
		}
		c.AddShortcut(&desktop.CustomShortcut{KeyName: cmd.key, Modifier: cmd.mod}, run)
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { d.key(e) })
}

// key answers the plain keys of the list.
func (d *desk) key(e *fyne.KeyEvent) bool {
	for _, cmd := range commands {
		if cmd.mod == 0 && cmd.key == e.Name {
			d.run(cmd.name)
			return true
		}
	}
	return false
}

// wall opens the meeting-room display.
func (d *desk) wall() {
	if d.session.Services.Wall != nil {
		d.session.Services.Wall()
	}
}

func (d *desk) search() {
	if s, ok := d.screens[d.place].(searcher); ok {
		s.search()
	}
}

func (d *desk) refresh() {
	d.fresh = map[Place]bool{}
	d.feed.rescoped()
}

// escape closes the topmost thing that is open.
func (d *desk) escape() {
	d.shell.tips.hide()
	c := d.shell.win.Canvas()
	if top := c.Overlays().Top(); top != nil {
		if sh := sheetOpen(c); sh != nil && sh.overlay == top {
			sh.close() // not while it is saving
			return
		}
		c.Overlays().Remove(top)
		if d.sheet != nil {
			d.sheet.Hide() // the help must know that it is gone, or F1 would only put it away
		}
		return
	}
	if d.hideEntry() {
		return
	}
	if c, ok := d.screens[d.place].(closer); ok && c.closeOpened() {
		return
	}
	d.shell.notices.hide()
}

// onDigits makes the keys 1 to n, as do(0) to do(n-1), a screen's own while it is
// shown and nothing lies over it, whatever has the keyboard and no use for them.
// Screens bind once: what was bound before goes on for the others.
func onDigits(w fyne.Window, n int, shown func() bool, do func(int)) {
	c := w.Canvas()
	before := c.OnTypedRune()
	c.SetOnTypedRune(func(r rune) {
		if i := int(r - '1'); i >= 0 && i < n && shown() && c.Overlays().Top() == nil {
			do(i)
		} else if before != nil {
			before(r)
		}
	})
}
