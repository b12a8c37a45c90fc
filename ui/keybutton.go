package ui

import (
	"fyne.io/fyne/v2"

	"taizhang/ui/look"
)

// keyButton is a look.Button that lets its surroundings see the keys it has no
// use for: Esc in a sheet, arrows and digits on a card.
type keyButton struct {
	look.Button

	onTapped func()
	onKey    func(*fyne.KeyEvent) bool
	onRune   func(rune) bool
}

func newKeyButton(text string, style look.Style, onTapped func()) *keyButton {
	b := &keyButton{onTapped: onTapped}
	b.ExtendBaseWidget(b)
	b.SetText(text)
	b.SetStyle(style)
	return b
}

// Tapped presses the button.
func (b *keyButton) Tapped(*fyne.PointEvent) { b.press() }

func (b *keyButton) press() {
	if !b.Disabled() && b.onTapped != nil {
		b.onTapped()
	}
}

// TypedKey presses on Enter and passes on the rest.
func (b *keyButton) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter {
		b.press()
	} else if b.onKey == nil || !b.onKey(k) {
		forwardKey(b, k)
	}
}

// TypedRune presses on a space and passes on the rest.
func (b *keyButton) TypedRune(r rune) {
	if r == ' ' {
		b.press()
	} else if b.onRune == nil || !b.onRune(r) {
		look.PassRune(b, r)
	}
}

// keySegments is look.Segments in the same way.
type keySegments struct {
	look.Segments

	onChange func(int)
	onKey    func(*fyne.KeyEvent) bool
}

func newKeySegments(options []string, selected int, onChange func(int)) *keySegments {
	s := &keySegments{onChange: onChange}
	s.ExtendBaseWidget(s)
	s.SetOptions(options)
	s.SetSelected(selected)
	s.MouseOut() // nothing is under the pointer yet
	return s
}

// Tapped chooses the word under the pointer.
func (s *keySegments) Tapped(e *fyne.PointEvent) { s.watch(func() { s.Segments.Tapped(e) }) }

// TypedKey moves the choice and passes on the rest.
func (s *keySegments) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyLeft || k.Name == fyne.KeyRight {
		s.watch(func() { s.Segments.TypedKey(k) })
	} else if s.onKey == nil || !s.onKey(k) {
		forwardKey(s, k)
	}
}

// TypedRune passes the rune on.
func (s *keySegments) TypedRune(r rune) { look.PassRune(s, r) }

func (s *keySegments) watch(act func()) {
	before := s.Selected()
	act()
	if after := s.Selected(); after != before && s.onChange != nil {
		s.onChange(after)
	}
}
