package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Style is how much a button asks to be pressed.
type Style int

// The styles.
const (
	Secondary Style = iota // an edge, no fill: the ordinary button
	Primary                // filled: the one thing this screen is for
	Plain                  // neither, until the pointer is over it: in rows and heads
	Danger                 // red words: voids, removes
)

// Button is a text button, an icon button or both. It takes the keyboard: Tab reaches it,
// Space and Enter press it.
type Button struct {
	widget.DisableableWidget

	text     string
	icon     fyne.Resource
	name     string
	style    Style
	onTapped func()

	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*Button)(nil)
	_ fyne.Tappable      = (*Button)(nil)
	_ fyne.Disableable   = (*Button)(nil)
	_ desktop.Hoverable  = (*Button)(nil)
	_ fyne.Accessible    = (*Button)(nil)
	_ desktop.Cursorable = (*Button)(nil)
)

// NewButton returns a button with a text; icon may be nil. onTapped may be nil.
func NewButton(text string, icon fyne.Resource, style Style, onTapped func()) *Button {
	b := &Button{text: text, icon: icon, name: text, style: style, onTapped: onTapped}
	b.ExtendBaseWidget(b)
	return b
}

// NewIconButton returns a square button with only an icon. name says in words what it does,
// for screen readers.
func NewIconButton(icon fyne.Resource, name string, onTapped func()) *Button {
	b := &Button{icon: icon, name: name, style: Plain, onTapped: onTapped}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the text.
func (b *Button) SetText(text string) {
	if text != b.text {
		b.text, b.name = text, text
		b.Refresh()
	}
}

// SetStyle changes the style.
func (b *Button) SetStyle(style Style) {
	if style != b.style {
		b.style = style
		b.Refresh()
	}
}

// Tapped presses the button.
func (b *Button) Tapped(*fyne.PointEvent) { b.press() }

func (b *Button) press() {
	if !b.Disabled() && b.onTapped != nil {
		b.onTapped()
	}
}

// FocusGained is part of fyne.Focusable.
func (b *Button) FocusGained() { b.focused = true; b.Refresh() }

// FocusLost is part of fyne.Focusable.
func (b *Button) FocusLost() { b.focused = false; b.Refresh() }

// TypedRune presses on a space and passes on the rest.
func (b *Button) TypedRune(r rune) {
	if r == ' ' {
		b.press()
	} else {
		PassRune(b, r)
	}
}

// TypedKey presses on Enter and passes on the rest.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	case fyne.KeySpace: // comes again as a rune
	default:
		PassKey(b, k)
	}
}

// MouseIn is part of desktop.Hoverable.
func (b *Button) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved is part of desktop.Hoverable.
func (b *Button) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (b *Button) MouseOut() { b.hovered = false; b.Refresh() }

// Cursor is a hand over a button that can be pressed.
func (b *Button) Cursor() desktop.Cursor {
	if b.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// AccessibilityLabel says what the button does.
func (b *Button) AccessibilityLabel() string { return b.name }

// AccessibilityRole says that this is a button.
func (b *Button) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{
		button: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil), icon: &canvas.Image{},
	}
	r.icon.FillMode = canvas.ImageFillContain
	r.apply()
	return r
}

type buttonRenderer struct {
	button *Button
	ground *canvas.Rectangle
	text   *canvas.Text
	icon   *canvas.Image
}

// colours says how the button looks now; line "" is no edge.
func (b *Button) colours() (fill, line, ink fyne.ThemeColorName) {
	fill, line, ink = ColourSurface, ColourLine, ColourText
	switch b.style {
	case Primary:
		fill, line, ink = ColourAccent, "", ColourOnAccent
	case Plain:
		fill, line, ink = "", "", ColourAccent
	case Danger:
		ink = ColourRedText
	}
	switch {
	case b.Disabled():
		fill, ink = ColourInset, ColourFaint
	case b.hovered && b.style == Primary:
		fill = ColourAccentHover
	case b.hovered:
		fill = ColourHover
	}
	if b.focused {
		line = ColourAccent
		if b.style == Primary {
			line = ColourText
		}
	}
	return fill, line, ink
}

func (r *buttonRenderer) apply() {
	b := r.button
	fill, line, ink := b.colours()
	r.ground.CornerRadius = scaled(b, 6)
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = nil, nil, 0
	if fill != "" {
		r.ground.FillColor = colourFor(b, fill)
	}
	if line != "" {
		r.ground.StrokeColor, r.ground.StrokeWidth = colourFor(b, line), Rule
	}
	if b.focused {
		r.ground.StrokeWidth = 2
	}
	r.text.Text, r.text.TextSize = b.text, scaled(b, SizeBody)
	r.text.TextStyle.Bold = b.style == Primary
	r.text.Color = colourFor(b, ink)
	r.icon.Hidden = b.icon == nil
	if b.icon != nil {
		r.icon.Resource = theme.NewColoredResource(b.icon, ink)
	}
}

func (r *buttonRenderer) parts() (iconWide, gap, textWide float32) {
	if r.button.icon != nil {
		iconWide = scaled(r.button, 18)
	}
	if r.button.text != "" {
		textWide = r.text.MinSize().Width
	}
	if iconWide > 0 && textWide > 0 {
		gap = scaled(r.button, 6)
	}
	return iconWide, gap, textWide
}

func (r *buttonRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	iconWide, gap, textWide := r.parts()
	x := (size.Width - iconWide - gap - textWide) / 2
	r.icon.Move(fyne.NewPos(x, (size.Height-iconWide)/2))
	r.icon.Resize(fyne.NewSquareSize(iconWide))
	high := r.text.MinSize().Height
	r.text.Move(fyne.NewPos(x+iconWide+gap, (size.Height-high)/2))
	r.text.Resize(fyne.NewSize(textWide, high))
}

func (r *buttonRenderer) MinSize() fyne.Size {
	high := scaled(r.button, RowHigh)
	iconWide, gap, textWide := r.parts()
	if textWide == 0 {
		return fyne.NewSquareSize(high)
	}
	return fyne.NewSize(iconWide+gap+textWide+scaled(r.button, 28), high)
}

func (r *buttonRenderer) Refresh() {
	r.apply()
	r.Layout(r.button.Size())
	r.ground.Refresh()
	r.text.Refresh()
	r.icon.Refresh()
}

func (r *buttonRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.text}
}
func (r *buttonRenderer) Destroy() {}
