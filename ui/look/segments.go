package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Segments is one choice out of a few short words in a row: 今日 本周 本月. Left and Right
// move the choice from the keyboard.
type Segments struct {
	widget.BaseWidget

	options  []string
	selected int
	onChange func(int)
	hovered  int // under the pointer, -1 for none
	focused  bool
}

var (
	_ fyne.Focusable    = (*Segments)(nil)
	_ fyne.Tappable     = (*Segments)(nil)
	_ desktop.Hoverable = (*Segments)(nil)
)

// NewSegments returns a choice of options with one selected (-1 for none). onChange gets the
// new index after a person chose; it may be nil.
func NewSegments(options []string, selected int, onChange func(int)) *Segments {
	s := &Segments{options: options, selected: selected, onChange: onChange, hovered: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Selected is the index of the choice, -1 for none.
func (s *Segments) Selected() int { return s.selected }

// SetSelected changes the choice without telling onChange.
func (s *Segments) SetSelected(i int) {
	if i != s.selected && i < len(s.options) {
		s.selected = i
		s.Refresh()
	}
}

// SetOptions changes the words, for a change of language. The choice keeps its index.
func (s *Segments) SetOptions(options []string) {
	s.options = options
	s.selected = min(s.selected, len(options)-1)
	s.Refresh()
}

func (s *Segments) choose(i int) {
	if i < 0 || i >= len(s.options) || i == s.selected {
		return
	}
	s.selected = i
	s.Refresh()
	if s.onChange != nil {
		s.onChange(i)
	}
}

// Tapped chooses the word under the pointer.
func (s *Segments) Tapped(e *fyne.PointEvent) { s.choose(s.at(e.Position.X)) }

// TypedKey moves the choice and passes on what it has no use for.
func (s *Segments) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyLeft:
		s.choose(s.selected - 1)
	case fyne.KeyRight:
		s.choose(s.selected + 1)
	default:
		PassKey(s, k)
	}
}

// TypedRune passes the rune on.
func (s *Segments) TypedRune(r rune) { PassRune(s, r) }

// FocusGained is part of fyne.Focusable.
func (s *Segments) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is part of fyne.Focusable.
func (s *Segments) FocusLost() { s.focused = false; s.Refresh() }

// MouseIn is part of desktop.Hoverable.
func (s *Segments) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (s *Segments) MouseMoved(e *desktop.MouseEvent) { s.hover(s.at(e.Position.X)) }

// MouseOut is part of desktop.Hoverable.
func (s *Segments) MouseOut() { s.hover(-1) }

func (s *Segments) hover(i int) {
	if i != s.hovered {
		s.hovered = i
		s.Refresh()
	}
}

// widths is each segment's width: its word and 12 on either side.
func (s *Segments) widths() []float32 {
	widths := make([]float32, len(s.options))
	for i, word := range s.options {
		// Measured bold, so that nothing moves when the choice changes.
		text := fyne.MeasureText(word, scaled(s, SizeBody), fyne.TextStyle{Bold: true})
		widths[i] = text.Width + scaled(s, 24)
	}
	return widths
}

// at is the index of the segment at x, -1 beyond the last.
func (s *Segments) at(x float32) int {
	for i, w := range s.widths() {
		if x < w {
			return i
		}
		x -= w
	}
	return -1
}

// CreateRenderer is part of fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	r := &segmentsRenderer{segments: s, ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	r.apply()
	return r
}

type segmentsRenderer struct {
	segments     *Segments
	ground, mark *canvas.Rectangle
	words        []*canvas.Text
}

func (r *segmentsRenderer) apply() {
	s := r.segments
	for len(r.words) < len(s.options) {
		word := canvas.NewText("", nil)
		word.Alignment = fyne.TextAlignCenter
		r.words = append(r.words, word)
	}
	r.words = r.words[:len(s.options)]
	r.ground.CornerRadius, r.mark.CornerRadius = scaled(s, 6), scaled(s, 6)
	r.ground.FillColor = colourFor(s, ColourSurface)
	r.ground.StrokeColor, r.ground.StrokeWidth = colourFor(s, ColourLine), Rule
	if s.focused {
		r.ground.StrokeColor, r.ground.StrokeWidth = colourFor(s, ColourAccent), 2
	}
	r.mark.FillColor = colourFor(s, ColourAccent)
	for i, word := range r.words {
		ink := ColourText
		switch i {
		case s.selected:
			ink = ColourOnAccent
		case s.hovered:
			ink = ColourAccent
		}
		word.Text, word.TextSize = s.options[i], scaled(s, SizeBody)
		word.TextStyle.Bold = i == s.selected
		word.Color = colourFor(s, ink)
	}
}

func (r *segmentsRenderer) Layout(size fyne.Size) {
	s := r.segments
	high := scaled(s, RowHigh)
	y := (size.Height - high) / 2
	r.ground.Move(fyne.NewPos(0, y))
	r.ground.Resize(fyne.NewSize(r.MinSize().Width, high))
	r.mark.Hidden = s.selected < 0
	x := float32(0)
	for i, w := range s.widths() {
		r.words[i].Move(fyne.NewPos(x, y))
		r.words[i].Resize(fyne.NewSize(w, high))
		if i == s.selected {
			r.mark.Move(fyne.NewPos(x+2, y+2))
			r.mark.Resize(fyne.NewSize(w-4, high-4))
		}
		x += w
	}
}

func (r *segmentsRenderer) MinSize() fyne.Size {
	wide := float32(0)
	for _, w := range r.segments.widths() {
		wide += w
	}
	return fyne.NewSize(wide, scaled(r.segments, RowHigh))
}

func (r *segmentsRenderer) Refresh() {
	r.apply()
	r.Layout(r.segments.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

func (r *segmentsRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground, r.mark}
	for _, word := range r.words {
		objects = append(objects, word)
	}
	return objects
}
func (r *segmentsRenderer) Destroy() {}
