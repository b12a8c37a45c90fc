package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
)

// lineField is one line of text whose keys are offered to its owner first, and
// whose other keys are not lost to the window.
type lineField struct {
	widget.Entry

	onKey      func(*fyne.KeyEvent) bool // true: taken
	onShortcut func(fyne.Shortcut) bool  // true: taken
	onFocus    func(has bool)
	home       fyne.Canvas // where the field is, before it was drawn for the first time
	shift      bool
}

func newLineField(placeholder string) *lineField {
	f := &lineField{}
	f.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	f.ExtendBaseWidget(f)
	f.SetPlaceHolder(placeholder)
	return f
}

// AcceptsTab makes Tab come to TypedKey: it accepts a name before it moves on.
func (f *lineField) AcceptsTab() bool { return true }

// KeyDown remembers Shift, which Fyne does not tell with a typed key.
func (f *lineField) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		f.shift = true
	}
	f.Entry.KeyDown(ev)
}

// KeyUp is part of desktop.Keyable.
func (f *lineField) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		f.shift = false
	}
	f.Entry.KeyUp(ev)
}

// backwards reports whether Shift is held, also when it went down elsewhere.
func (f *lineField) backwards() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok &&
		d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		return true
	}
	return f.shift
}

// TypedKey offers the key to the owner, then to the text, then to the window.
func (f *lineField) TypedKey(ev *fyne.KeyEvent) {
	if f.onKey != nil && f.onKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyTab:
		if c := f.canvas(); c != nil && f.backwards() {
			c.FocusPrevious()
		} else if c != nil {
			c.FocusNext()
		}
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		forwardKey(f, ev)
	default:
		f.Entry.TypedKey(ev)
	}
}

// TypedShortcut passes the window's shortcuts on: an entry swallows them.
func (f *lineField) TypedShortcut(s fyne.Shortcut) {
	if f.onShortcut != nil && f.onShortcut(s) {
		return
	}
	if belongsToWindow(s) {
		forwardShortcut(f, s)
		return
	}
	f.Entry.TypedShortcut(s)
}

// FocusGained selects the text, so that typing replaces it as in a cell.
func (f *lineField) FocusGained() {
	f.shift = false
	f.Entry.FocusGained()
	if f.Text != "" {
		f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	if f.onFocus != nil {
		f.onFocus(true)
	}
}

// FocusLost is part of fyne.Focusable.
func (f *lineField) FocusLost() {
	f.Entry.FocusLost()
	if f.onFocus != nil {
		f.onFocus(false)
	}
}

func (f *lineField) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(f)
}

// grab puts the caret into the field, if it is on a canvas.
func (f *lineField) grab() {
	if c := f.canvas(); c != nil {
		c.Focus(f)
	} else if f.home != nil {
		f.home.Focus(f)
	}
}

// suggestion is one name that a completer offers.
type suggestion struct {
	ID   ledger.ID
	Name string
	Hint string // quieter, at the right: a measure word, a parent unit
}

// completer is a field in which a name is found by Chinese, pinyin or initials.
// While typing, a list of names stands below; Up and Down move in it, Enter and
// Tab take the name that is marked. The list is an object of its own, to be put
// last into whatever holds the field so that it is drawn above its neighbours.
type completer struct {
	field *lineField
	list  *suggestionList
	// find gives names for what was typed, best first; everything for "".
	find func(text string) []suggestion
	// onAccept is told of a name taken, onNext that Enter or Tab goes on.
	onAccept func(suggestion)
	onNext   func()
	onBack   func()
	onEdit   func()
	// onUnknown is told when Enter or Tab would go on from what is no name; nil
	// lets them go on.
	onUnknown func()

	chosen  suggestion
	setting bool // SetText is ours, not the person's
}

func newCompleter(placeholder string, find func(string) []suggestion) *completer {
	c := &completer{field: newLineField(placeholder), find: find}
	c.list = newSuggestionList(func(s suggestion) {
		c.accept(s)
		c.next()
	})
	c.field.OnChanged = func(string) { c.edited() }
	c.field.onKey = c.key
	c.field.onFocus = func(has bool) {
		if !has {
			c.leave()
		}
	}
	return c
}

// set shows a name as chosen; the zero suggestion empties the field.
func (c *completer) set(s suggestion) {
	c.chosen = s
	c.write(s.Name)
	c.list.close()
}

func (c *completer) write(text string) {
	c.setting = true
	c.field.SetText(text)
	c.field.CursorColumn = len([]rune(text))
	c.field.Refresh()
	c.setting = false
}

// id is the chosen name's, 0 while what stands in the field is no name.
func (c *completer) id() ledger.ID { return c.chosen.ID }

func (c *completer) edited() {
	if c.setting {
		return
	}
	c.chosen = suggestion{}
	if c.field.Text == "" {
		c.list.close()
	} else {
		c.offer(c.find(c.field.Text))
	}
	if c.onEdit != nil {
		c.onEdit()
	}
}

func (c *completer) offer(names []suggestion) {
	c.list.show(names, c.field)
}

func (c *completer) accept(s suggestion) {
	c.set(s)
	if c.onAccept != nil {
		c.onAccept(s)
	}
}

// settle takes the best name for what was typed, if there is any.
func (c *completer) settle() {
	if c.chosen.ID != 0 || c.field.Text == "" {
		c.list.close()
		return
	}
	if s, ok := c.list.current(); ok {
		c.accept(s)
		return
	}
	if names := c.find(c.field.Text); len(names) > 0 {
		c.accept(names[0])
	}
}

// leave closes the list; what was typed in full is taken as chosen.
func (c *completer) leave() {
	if c.chosen.ID == 0 {
		for _, s := range c.find(c.field.Text) {
			if s.Name == c.field.Text {
				c.accept(s)
				break
			}
		}
	}
	c.list.close()
}

func (c *completer) next() {
	if c.onNext != nil {
		c.onNext()
	}
}

func (c *completer) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown, fyne.KeyUp:
		if !c.list.isOpen() {
			c.offer(c.find(""))
		} else if ev.Name == fyne.KeyDown {
			c.list.move(1)
		} else {
			c.list.move(-1)
		}
	case fyne.KeyPageDown, fyne.KeyPageUp:
		if !c.list.isOpen() {
			return false
		}
		step := suggestionsShown
		if ev.Name == fyne.KeyPageUp {
			step = -step
		}
		c.list.move(step)
	case fyne.KeyEscape:
		if !c.list.isOpen() {
			return false
		}
		c.list.close()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		return c.goOn(ev.Name == fyne.KeyTab && c.field.backwards())
	default:
		return false
	}
	return true
}

// goOn answers Enter and Tab.
func (c *completer) goOn(back bool) bool {
	if s, ok := c.list.current(); ok && c.list.isOpen() {
		c.accept(s)
	}
	c.list.close()
	if !back {
		if c.onUnknown != nil && c.chosen.ID == 0 && strings.TrimSpace(c.field.Text) != "" {
			c.settle() // closed by Esc the list still knows the best name
			if c.chosen.ID == 0 {
				c.onUnknown()
				return true
			}
		}
		c.next()
		return c.onNext != nil
	}
	if c.onBack == nil {
		return false
	}
	c.onBack()
	return true
}
