package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// lineSign is how a span is underlined, so that its kind is seen without colour.
type lineSign int

// The signs.
const (
	signSolid  lineSign = iota
	signDouble          // two thin lines
	signDashed
	signDotted
)

// textSpan is a part of a text that is marked.
type textSpan struct {
	start, end int // in characters
	series     int // which of the chart colours; -1: none, only the line
	sign       lineSign
	strong     bool // filled; otherwise only underlined
}

// spanText shows a long text, broken as our paragraphs are, with marked spans. It
// is read-only: a span under the pointer is told to onHover, a pressed one to onTap.
// Only the lines on screen exist as objects.
type spanText struct {
	widget.BaseWidget

	onHover func(span int) // -1: none any more
	onTap   func(span int)

	text            []rune
	spans           []textSpan
	chosen, hovered int // -1: none
	lines           []textLine
	wide            float32
	roll            *container.Scroll
	box             fyneObject
	advance         map[rune]float32
}

// textLine is a line on screen: the characters from start to before end.
type textLine struct{ start, end int }

// The heights of a line and of the signs below its characters.
const (
	spanLine  float32 = 27
	spanBase  float32 = 22 // from the top of a line to its underline
	spanInset float32 = 3  // from the top of a line to the top of a mark
)

var (
	_ desktop.Hoverable = (*spanText)(nil)
	_ fyne.Tappable     = (*spanText)(nil)
)

func newSpanText() *spanText {
	t := &spanText{chosen: -1, hovered: -1, advance: map[rune]float32{}}
	t.ExtendBaseWidget(t)
	t.roll = container.NewVScroll(t)
	t.roll.OnScrolled = func(fyne.Position) { t.Refresh() }
	t.box = container.New(spanFrame{t}, t.roll)
	return t
}

// content is the text with its scroll bar.
func (t *spanText) content() fyneObject { return t.box }

// set shows a text from its top, with nothing chosen.
func (t *spanText) set(text string, spans []textSpan) {
	t.text, t.spans, t.chosen, t.hovered = shown(text), spans, -1, -1
	t.breakLines()
	t.roll.ScrollToTop()
	t.relay()
}

// mark changes the spans of the same text.
func (t *spanText) mark(spans []textSpan) {
	t.spans = spans
	t.Refresh()
}

// shown gives every character of a text a shape of the same place: spans are
// counted in characters.
func shown(text string) []rune {
	runes := []rune(text)
	for i, r := range runes {
		switch r {
		case '\t':
			runes[i] = '\u3000'
		case '\r', '\v', '\f', '\ufeff':
			runes[i] = ' '
		}
	}
	return runes
}

// choose rings a span and scrolls to it; -1 rings none.
func (t *spanText) choose(span int) {
	t.chosen = span
	t.reveal(span)
	t.Refresh()
}

// hover rings a span lightly.
func (t *spanText) hover(span int) {
	if span != t.hovered {
		t.hovered = span
		t.reveal(span)
		t.Refresh()
	}
}

// reveal scrolls as little as shows a span with a line around it.
func (t *spanText) reveal(span int) {
	if span < 0 || span >= len(t.spans) || len(t.lines) == 0 {
		return
	}
	first, last := t.lineOf(t.spans[span].start), t.lineOf(t.spans[span].end-1)
	top, bottom := float32(first-1)*spanLine, float32(last+2)*spanLine
	y, high := t.roll.Offset.Y, t.roll.Size().Height
	switch {
	case top < y:
		y = top
	case bottom > y+high:
		y = bottom - high
	default:
		return
	}
	y = max(0, min(y, float32(len(t.lines))*spanLine-high))
	t.roll.ScrollToOffset(fyne.NewPos(0, y))
}

// lineOf is the line on which a character stands.
func (t *spanText) lineOf(at int) int {
	low, high := 0, len(t.lines)-1
	for low < high {
		middle := (low + high + 1) / 2
		if t.lines[middle].start <= at {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}

// breakLines breaks the text for its width.
func (t *spanText) breakLines() {
	t.lines = t.lines[:0]
	if t.wide <= 0 {
		return
	}
	for start := 0; start < len(t.text); {
		n := lineEndBy(t.text[start:], t.wide, t.runeWide)
		end := start + n
		if t.text[end-1] == '\n' {
			end--
		}
		t.lines = append(t.lines, textLine{start, end})
		start += n
	}
}

func (t *spanText) runeWide(r rune) float32 {
	w, ok := t.advance[r]
	if !ok {
		w = fyne.MeasureText(string(r), look.SizeBody, fyne.TextStyle{}).Width
		t.advance[r] = w
	}
	return w
}

// across is how far the character at lies from the beginning of its line.
func (t *spanText) across(line textLine, at int) (x float32) {
	for _, r := range t.text[line.start:min(max(at, line.start), line.end)] {
		x += t.runeWide(r)
	}
	return x
}

// spanAt is the span under a position, the shortest of several; -1 for none.
func (t *spanText) spanAt(pos fyne.Position) int {
	n := int(pos.Y / spanLine)
	if pos.Y < 0 || n >= len(t.lines) {
		return -1
	}
	found := -1
	for i, s := range t.spans {
		from, to, ok := t.onLine(s, t.lines[n])
		if ok && pos.X >= from && pos.X < to && (found < 0 || s.end-s.start < t.spans[found].end-t.spans[found].start) {
			found = i
		}
	}
	return found
}

// onLine is where a part of a span lies on a line.
func (t *spanText) onLine(s textSpan, line textLine) (from, to float32, ok bool) {
	if s.end <= line.start || s.start >= line.end {
		return 0, 0, false
	}
	return t.across(line, s.start), t.across(line, s.end), true
}

// MouseIn is part of desktop.Hoverable.
func (t *spanText) MouseIn(ev *desktop.MouseEvent) { t.MouseMoved(ev) }

// MouseMoved is part of desktop.Hoverable.
func (t *spanText) MouseMoved(ev *desktop.MouseEvent) { t.point(t.spanAt(ev.Position)) }

// MouseOut is part of desktop.Hoverable.
func (t *spanText) MouseOut() { t.point(-1) }

// point rings the span under the pointer without scrolling: the text must not run
// away from it.
func (t *spanText) point(span int) {
	if span == t.hovered {
		return
	}
	t.hovered = span
	t.Refresh()
	if t.onHover != nil {
		t.onHover(span)
	}
}

// Tapped is part of fyne.Tappable.
func (t *spanText) Tapped(ev *fyne.PointEvent) {
	if i := t.spanAt(ev.Position); i >= 0 && t.onTap != nil {
		t.onTap(i)
	}
}

// relay lays the text out for its lines.
func (t *spanText) relay() {
	t.roll.Refresh()
	t.Refresh()
}

// spanFrame tells the text its width before the scroll asks for its height.
type spanFrame struct{ t *spanText }

// MinSize is part of fyne.Layout.
func (f spanFrame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 3*spanLine) }

// Layout is part of fyne.Layout.
func (f spanFrame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if wide := size.Width - historyLane; wide != f.t.wide {
		f.t.wide = wide
		f.t.breakLines()
	}
	o[0].Resize(size)
	f.t.relay()
}

// CreateRenderer is part of fyne.Widget.
func (t *spanText) CreateRenderer() fyne.WidgetRenderer {
	return &spanRenderer{t: t}
}

type spanRenderer struct {
	t     *spanText
	marks []fyne.CanvasObject // under the lines
	lines []fyne.CanvasObject
	rings []fyne.CanvasObject
}

// MinSize is as high as all lines.
func (r *spanRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, float32(len(r.t.lines))*spanLine)
}

// Layout is part of fyne.WidgetRenderer.
func (r *spanRenderer) Layout(fyne.Size) { r.apply() }

// Refresh is part of fyne.WidgetRenderer.
func (r *spanRenderer) Refresh() {
	r.apply()
	canvas.Refresh(r.t)
}

// Objects is part of fyne.WidgetRenderer.
func (r *spanRenderer) Objects() []fyne.CanvasObject {
	all := append([]fyne.CanvasObject{}, r.marks...)
	return append(append(all, r.lines...), r.rings...)
}

// Destroy is part of fyne.WidgetRenderer.
func (r *spanRenderer) Destroy() {}

// apply draws the lines in sight.
func (r *spanRenderer) apply() {
	t := r.t
	r.marks, r.lines, r.rings = nil, nil, nil
	first := max(0, int(t.roll.Offset.Y/spanLine)-1)
	last := min(len(t.lines)-1, int((t.roll.Offset.Y+t.roll.Size().Height)/spanLine)+1)
	for n := first; n <= last; n++ {
		line, y := t.lines[n], float32(n)*spanLine
		for i, s := range t.spans {
			if from, to, ok := t.onLine(s, line); ok {
				r.markSpan(i, s, from, to, y)
			}
		}
		text := canvas.NewText(string(t.text[line.start:line.end]), look.Colour(look.ColourText))
		text.TextSize = look.SizeBody
		text.Move(fyne.NewPos(0, y))
		text.Resize(fyne.NewSize(t.wide, spanLine-3))
		r.lines = append(r.lines, text)
	}
}

// markSpan draws a part of a span on one line.
func (r *spanRenderer) markSpan(i int, s textSpan, from, to, y float32) {
	ink := look.Colour(look.ColourQuiet)
	if s.series >= 0 {
		ink = look.Series(s.series)
	}
	if s.strong {
		r.marks = append(r.marks, box(from, y+spanInset, to-from, spanBase-spanInset, thinned(ink)))
	}
	r.marks = append(r.marks, underline(s.sign, from, to, y+spanBase, ink)...)
	if i == r.t.chosen || i == r.t.hovered {
		ring := canvas.NewRectangle(color.Transparent)
		ring.StrokeColor, ring.StrokeWidth, ring.CornerRadius = look.Colour(look.ColourAccent), 1, 3
		if i == r.t.chosen {
			ring.StrokeWidth = 2
		}
		ring.Move(fyne.NewPos(from-2, y+spanInset-2))
		ring.Resize(fyne.NewSize(to-from+4, spanLine-spanInset+1))
		r.rings = append(r.rings, ring)
	}
}

// thinned is a colour as a ground for words: they stay as readable as without.
func thinned(c color.Color) color.Color {
	red, green, blue, _ := c.RGBA()
	return color.NRGBA{R: uint8(red >> 8), G: uint8(green >> 8), B: uint8(blue >> 8), A: 0x2e}
}

func box(x, y, wide, high float32, fill color.Color) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	r.Move(fyne.NewPos(x, y))
	r.Resize(fyne.NewSize(wide, high))
	return r
}

// underline draws the sign of a kind from x to x.
func underline(sign lineSign, from, to, y float32, ink color.Color) (lines []fyne.CanvasObject) {
	dash := func(long, gap float32) {
		for x := from; x < to; x += long + gap {
			lines = append(lines, box(x, y, min(long, to-x), 2, ink))
		}
	}
	switch sign {
	case signDouble:
		return []fyne.CanvasObject{box(from, y-1, to-from, 1, ink), box(from, y+2, to-from, 1, ink)}
	case signDashed:
		dash(6, 3)
	case signDotted:
		dash(2, 3)
	default:
		return []fyne.CanvasObject{box(from, y, to-from, 2, ink)}
	}
	return lines
}
