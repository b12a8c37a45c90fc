package ui

import (
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// recorded tells the window of a record just written, which Ctrl+Z takes back.
func recorded(s *Session, id ledger.ID, sentence string) {
	s.Recorded(id)
	s.Changed()
	s.Notify(sentence, func() {
		if c, ok := s.Window.Canvas().(fyne.Shortcutable); ok {
			c.TypedShortcut(&fyne.ShortcutUndo{})
		}
	})
}

// revised tells the window of a correction, a change of state or a void.
func revised(s *Session, sentence string) {
	s.Changed()
	s.Notify(sentence, nil)
}

// stacked puts objects below each other with a gap.
func stacked(gap float32, objects ...fyneObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// inRow puts objects beside each other with a gap.
func inRow(gap float32, objects ...fyneObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// shares is a layout that shares the height out among its objects, with a Gap
// between: an object of share 0 takes what it needs, the rest share what is left.
type shares []float32

// MinSize is part of fyne.Layout.
func (s shares) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, c := range o {
		least := c.MinSize()
		size.Width = max(size.Width, least.Width)
		size.Height += least.Height + look.Gap
	}
	size.Height = max(0, size.Height-look.Gap)
	return size
}

// Layout is part of fyne.Layout.
func (s shares) Layout(o []fyne.CanvasObject, size fyne.Size) {
	free, sum := size.Height+look.Gap, float32(0)
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		free -= look.Gap
		if s[i] == 0 {
			// Twice: its width decides how paragraphs in it break.
			c.Resize(fyne.NewSize(size.Width, c.MinSize().Height))
			free -= c.MinSize().Height
		}
		sum += s[i]
	}
	y := float32(0)
	for i, c := range o {
		if !c.Visible() {
			continue
		}
		high := c.MinSize().Height
		if s[i] > 0 {
			high = max(float32(int(free*s[i]/sum)), high)
		}
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(size.Width, high))
		y += high + look.Gap
	}
}

// sided is a layout of two objects: the second keeps its width at the right,
// the first takes the rest.
type sided struct{ wide float32 }

// MinSize is part of fyne.Layout.
func (l sided) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+look.Gap+l.wide, max(a.Height, b.Height))
}

// Layout is part of fyne.Layout.
func (l sided) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := size.Width - l.wide - look.Gap
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[1].Move(fyne.NewPos(left+look.Gap, 0))
	o[1].Resize(fyne.NewSize(l.wide, size.Height))
}

// capital begins a label with a capital: names of fields are written for the
// middle of a sentence.
func capital(text string) string {
	for i, c := range text {
		return string(unicode.ToUpper(c)) + text[i+utf8.RuneLen(c):]
	}
	return text
}

// relayout lays o and everything in it out again after texts have changed:
// a container does not notice that what it holds needs another size. Twice,
// because widths decide how paragraphs break and so the heights.
func relayout(o fyneObject) {
	layoutWithin(o)
	layoutWithin(o)
}

func layoutWithin(o fyneObject) {
	c, ok := o.(*fyne.Container)
	if !ok {
		return
	}
	if c.Layout != nil {
		c.Layout.Layout(c.Objects, c.Size())
	}
	for _, child := range c.Objects {
		layoutWithin(child)
	}
}

// emptyState says in one sentence what is missing, with the next step as a
// button.
func emptyState(sentence, button string, onTap func()) fyneObject {
	label := look.Text(sentence, look.SizeBody, false, look.ColourQuiet).Aligned(fyne.TextAlignCenter)
	objects := []fyneObject{label}
	if button != "" {
		objects = append(objects, container.NewCenter(newKeyButton(button, look.Primary, onTap)))
	}
	return container.NewCenter(stacked(look.Gap, objects...))
}

// tryAgain is the state of a screen whose rows could not be read.
func tryAgain(err error, again func()) fyneObject {
	return emptyState(words.Sentence(err), words.T("forms.again"), again)
}
