package ui

import (
	"fyne.io/fyne/v2/container"

	"taizhang/ui/look"
)

// refusalStrip is the line at the head of a page that says why something cannot be done.
type refusalStrip struct {
	paragraph *paragraph
	lay       func() // lays the page's head out with it or without
}

func newRefusalStrip(lay func()) *refusalStrip {
	return &refusalStrip{newParagraph("", look.SizeBody, look.ColourRedText), lay}
}

// say shows a sentence; "" takes it away.
func (s *refusalStrip) say(sentence string) {
	if sentence != "" {
		sentence = "× " + sentence
	}
	if sentence != s.paragraph.text {
		s.paragraph.SetText(sentence)
		s.lay()
	}
}

// text is what is said now, "" for nothing.
func (s *refusalStrip) text() string { return s.paragraph.text }

// under lays a page's head out: lines, then the sentence if there is one.
func (s *refusalStrip) under(lines ...fyneObject) []fyneObject {
	if s.text() != "" {
		lines = append(lines, container.NewStack(look.NewSurface(look.ColourRedTint, look.ColourRed, 6),
			container.New(insets{look.Gap, 6, look.Gap, 5}, s.paragraph)))
	}
	return append(lines, fixedHeight(look.Half, space(0)))
}
