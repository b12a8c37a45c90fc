package plot

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/chart"
)

// renderer turns a picture into Fyne objects. Objects are kept by kind and used
// again: a wall that changes every second for weeks makes no garbage.
type renderer struct {
	chart   *Chart
	rects   pool[*canvas.Rectangle]
	texts   pool[*canvas.Text]
	lines   pool[*canvas.Line]
	circles pool[*canvas.Circle]
	arcs    pool[*canvas.Arc]
	objects []fyne.CanvasObject
	size    fyne.Size

	veil, ring, tip *canvas.Rectangle
	words           *canvas.Text
}

// pool hands out objects in order, making those it lacks.
type pool[T any] struct {
	all  []T
	used int
	make func() T
}

func (p *pool[T]) next() T {
	if p.used == len(p.all) {
		p.all = append(p.all, p.make())
	}
	p.used++
	return p.all[p.used-1]
}

func newRenderer(c *Chart) *renderer {
	r := &renderer{chart: c}
	r.rects.make = func() *canvas.Rectangle { return &canvas.Rectangle{} }
	r.texts.make = func() *canvas.Text { return &canvas.Text{} }
	r.lines.make = func() *canvas.Line { return &canvas.Line{} }
	r.circles.make = func() *canvas.Circle { return &canvas.Circle{} }
	r.arcs.make = func() *canvas.Arc { return &canvas.Arc{} }
	r.veil, r.ring, r.tip = &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}
	r.words = &canvas.Text{}
	r.size = c.Size()
	c.relayout(r.size)
	r.draw()
	return r
}

// Destroy is called by Fyne; there is nothing to give back.
func (r *renderer) Destroy() {}

// MinSize is the chart's.
func (r *renderer) MinSize() fyne.Size { return r.chart.min }

// Objects are the shapes, then the marks above them.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// Layout makes the picture for a new size.
func (r *renderer) Layout(size fyne.Size) {
	if size == r.size {
		return
	}
	r.size = size
	r.chart.relayout(size)
	r.draw()
	canvas.Refresh(r.chart)
}

// Refresh makes the picture anew, with the theme's colours of now.
func (r *renderer) Refresh() {
	r.chart.relayout(r.size)
	r.draw()
	canvas.Refresh(r.chart)
}

// draw rebuilds the list of objects from the picture.
func (r *renderer) draw() {
	r.rects.used, r.texts.used, r.lines.used, r.circles.used, r.arcs.used = 0, 0, 0, 0, 0
	clear(r.objects)
	r.objects = r.objects[:0]
	palette, scale := coloursFor(r.chart), r.scale()
	for _, s := range r.chart.picture.Shapes {
		r.objects = append(r.objects, r.object(s, palette.of(s), scale))
	}
	r.objects = append(r.objects, r.veil, r.ring, r.tip, r.words)
	r.marks(palette)
}

// scale is device pixels a Fyne unit.
func (r *renderer) scale() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.chart); c != nil && c.Scale() > 0 {
		return c.Scale()
	}
	return 1
}

// object fills a pooled object with one shape.
func (r *renderer) object(s chart.Shape, c color.NRGBA, scale float32) fyne.CanvasObject {
	x, y, w, h := float32(s.X), float32(s.Y), float32(s.W), float32(s.H)
	switch s.Kind {
	case chart.KindText:
		t := r.texts.next()
		t.Text, t.TextSize, t.TextStyle, t.Color = s.Text, float32(s.Size), fyne.TextStyle{Bold: s.Bold}, c
		t.Alignment = [...]fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignCenter, fyne.TextAlignTrailing}[min(s.Align, chart.AlignRight)]
		place(t, snap(x, scale), snap(y, scale), w, h)
		return t
	case chart.KindLine:
		l := r.lines.next()
		l.StrokeColor, l.StrokeWidth = c, float32(s.Stroke)
		l.Position1, l.Position2 = fyne.NewPos(x, y), fyne.NewPos(x+w, y+h)
		return l
	case chart.KindCircle:
		o := r.circles.next()
		o.FillColor = c
		place(o, x, y, w, h)
		return o
	case chart.KindArc:
		a := r.arcs.next()
		a.FillColor, a.StartAngle, a.EndAngle, a.CutoutRatio = c, float32(s.From), float32(s.To), float32(s.Hole)
		place(a, x, y, w, h)
		return a
	}
	o := r.rects.next()
	o.FillColor, o.StrokeColor, o.StrokeWidth, o.CornerRadius = c, nil, 0, 0
	if s.Stroke > 0 {
		o.FillColor, o.StrokeColor, o.StrokeWidth = color.Transparent, c, float32(s.Stroke)
	}
	if s.Kind == chart.KindRoundRect {
		o.CornerRadius = float32(s.Radius)
	}
	left, top := snap(x, scale), snap(y, scale)
	place(o, left, top, max(snap(x+w, scale)-left, 1/scale), max(snap(y+h, scale)-top, 1/scale))
	return o
}

// snap moves an edge to the nearest device pixel.
func snap(v, scale float32) float32 {
	return float32(math.Round(float64(v*scale))) / scale
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// overlay redraws only the marks.
func (c *Chart) overlay() {
	if c.shown != nil {
		c.shown.marks(coloursFor(c))
		canvas.Refresh(c)
	}
}

// marks places the veil over the part under the pointer, the ring around the
// one that the keyboard is at, and the tip of either.
func (r *renderer) marks(palette *colours) {
	c := r.chart
	text := palette.word[chart.RoleText]
	text.A = 0x16
	r.veil.FillColor, r.veil.CornerRadius = text, 3
	r.around(r.veil, c.hover, 0)
	r.ring.FillColor, r.ring.StrokeColor = color.Transparent, palette.word[chart.RoleStructure]
	r.ring.StrokeWidth, r.ring.CornerRadius = 2, 4
	cursor := -1
	if c.focused || c.walked {
		cursor = c.cursor
	}
	r.around(r.ring, cursor, 1)
	at := c.hover
	if at < 0 {
		at = cursor
	}
	r.tooltip(at, palette)
}

// around puts the rectangle around hit i, grown on all sides, or hides it.
func (r *renderer) around(o *canvas.Rectangle, i int, grow float32) {
	if i < 0 || i >= len(r.chart.picture.Hits) {
		o.Hidden = true
		return
	}
	h := r.chart.picture.Hits[i]
	o.Hidden = false
	place(o, float32(h.X)-grow, float32(h.Y)-grow, float32(h.W)+2*grow, float32(h.H)+2*grow)
}

// tooltip writes the label of hit i beside it, within the chart.
func (r *renderer) tooltip(i int, palette *colours) {
	hits := r.chart.picture.Hits
	if i < 0 || i >= len(hits) || hits[i].Label == "" || r.chart.wall {
		r.tip.Hidden, r.words.Hidden = true, true
		return
	}
	h := hits[i]
	const padX, padY, gap = 8, 4, 6
	r.words.Text, r.words.TextSize = h.Label, theme.SizeForWidget(theme.SizeNameCaptionText, r.chart)
	r.words.Color = palette.fill[chart.RoleGround]
	r.tip.FillColor, r.tip.CornerRadius = palette.word[chart.RoleText], 4
	r.tip.Hidden, r.words.Hidden = false, false
	size := r.words.MinSize()
	w, high := size.Width+2*padX, size.Height+2*padY
	x := min(max(float32(h.X+h.W/2)-w/2, 0), max(r.size.Width-w, 0))
	y := float32(h.Y) - gap - high
	if y < 0 {
		y = float32(h.Y+h.H) + gap
	}
	if y+high > r.size.Height { // the part is as tall as the chart
		y = max(min(float32(h.Y)+gap, r.size.Height-high), 0)
	}
	scale := r.scale()
	place(r.tip, snap(x, scale), snap(y, scale), w, high)
	place(r.words, snap(x+padX, scale), snap(y+padY, scale), size.Width, size.Height)
}
