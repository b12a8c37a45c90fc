package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// pressable makes any content something that can be pressed, by pointer or,
// once Tab has reached it, by Enter and Space. Keys it has no use for go on to
// the window.
type pressable struct {
	widget.BaseWidget

	content fyne.CanvasObject
	ground  *look.Surface
	ring    *canvas.Rectangle
	// fills at rest, under the pointer and while chosen
	rest, over, chosen fyne.ThemeColorName

	tip       string
	tips      *tips
	onTap     func()
	onKey     func(*fyne.KeyEvent) bool // sees keys first; may be nil
	isChosen  bool
	isHovered bool
	isFocused bool
}

var (
	_ fyne.Focusable     = (*pressable)(nil)
	_ fyne.Tappable      = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
)

// newPressable wraps content; radius and line are those of its ground, a line
// of "" is none.
func newPressable(content fyne.CanvasObject, rest, over, line fyne.ThemeColorName, radius float32, onTap func()) *pressable {
	p := &pressable{content: content, ground: look.NewSurface(rest, line, radius), ring: canvas.NewRectangle(color.Transparent),
		rest: rest, over: over, chosen: over, onTap: onTap}
	p.ring.StrokeWidth, p.ring.CornerRadius = 2, radius
	p.ring.Hide()
	p.ExtendBaseWidget(p)
	return p
}

// withTip gives the thing a tooltip and returns it.
func (p *pressable) withTip(t *tips, text string) *pressable {
	p.tips, p.tip = t, text
	return p
}

// choose marks the thing as the chosen one of several.
func (p *pressable) choose(on bool) {
	p.isChosen = on
	p.show()
}

func (p *pressable) show() {
	fill := p.rest
	switch {
	case p.isChosen:
		fill = p.chosen
	case p.isHovered:
		fill = p.over
	}
	p.ground.SetFill(fill)
	p.ring.StrokeColor = theme.Color(look.ColourAccent)
	p.ring.Hidden = !p.isFocused
	p.ring.Refresh()
}

func (p *pressable) press() {
	if p.tips != nil {
		p.tips.hide()
	}
	if p.onTap != nil {
		p.onTap()
	}
}

func (p *pressable) Tapped(*fyne.PointEvent) { p.press() }
func (p *pressable) FocusGained()            { p.isFocused = true; p.show() }
func (p *pressable) FocusLost()              { p.isFocused = false; p.show() }

func (p *pressable) TypedRune(r rune) {
	if r == ' ' {
		p.press()
	} else {
		look.PassRune(p, r)
	}
}

func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	if p.onKey != nil && p.onKey(e) {
		return
	}
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		p.press()
		return
	}
	forwardKey(p, e)
}

func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.isHovered = true
	p.show()
	if p.tips != nil {
		p.tips.soon(p, p.tip)
	}
}

func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

func (p *pressable) MouseOut() {
	p.isHovered = false
	p.show()
	if p.tips != nil {
		p.tips.hide()
	}
}

func (p *pressable) Cursor() desktop.Cursor {
	if p.onTap == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (p *pressable) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.ground, p.content, p.ring))
}

// forwardKey hands a key that o has no use for to the window.
func forwardKey(o fyne.CanvasObject, e *fyne.KeyEvent) { look.PassKey(o, e) }

// forwardShortcut hands a shortcut that o has no use for to the window.
func forwardShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// field is a text entry that hands on to the window what it has no use for,
// which Fyne's entry swallows: F1, F5, Esc and the window's own shortcuts.
type field struct {
	widget.Entry

	// onKey sees each key first and reports whether it was for the form; nil: none.
	onKey func(*fyne.KeyEvent) bool
	// self is the widget that the field is part of, by which its canvas knows it; nil is
	// the field itself.
	self fyne.CanvasObject
}

// known is the field as its canvas knows it.
func (f *field) known() fyne.CanvasObject {
	if f.self != nil {
		return f.self
	}
	return f
}

func newField(placeholder string) *field {
	f := &field{}
	f.PlaceHolder = placeholder
	f.ExtendBaseWidget(f)
	return f
}

func (f *field) TypedKey(e *fyne.KeyEvent) {
	if f.onKey != nil && f.onKey(e) {
		return
	}
	switch e.Name {
	case fyne.KeyF1, fyne.KeyF5, fyne.KeyEscape:
		forwardKey(f.known(), e)
	default:
		f.Entry.TypedKey(e)
	}
}

func (f *field) TypedShortcut(s fyne.Shortcut) {
	_, undo := s.(*fyne.ShortcutUndo)
	_, redo := s.(*fyne.ShortcutRedo)
	if belongsToWindow(s) || ((undo || redo) && f.Text == "") {
		forwardShortcut(f.known(), s)
		return
	}
	f.Entry.TypedShortcut(s)
}

// belongsToWindow tells the window's shortcuts from those of text editing.
func belongsToWindow(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	if c.Modifier == fyne.KeyModifierAlt {
		return true
	}
	switch c.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd,
		fyne.KeyBackspace, fyne.KeyDelete:
		return false
	}
	return c.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierControl
}
