package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Panel puts content on a surface that looks like a card's, without space round
// it, for tables as large as the window. Software drawing takes half as long again
// for every pixel of a rectangle with round corners, so only two low strips at the
// head and foot have them and the rest is plain.
func Panel(content fyne.CanvasObject) fyne.CanvasObject {
	p := &panelGround{}
	p.ExtendBaseWidget(p)
	return container.NewStack(p, Inset(content, Rule))
}

type panelGround struct{ widget.BaseWidget }

// CreateRenderer is part of fyne.Widget.
func (p *panelGround) CreateRenderer() fyne.WidgetRenderer {
	r := &panelRenderer{panel: p}
	for _, o := range []**canvas.Rectangle{&r.head, &r.foot, &r.middle, &r.left, &r.right} {
		*o = canvas.NewRectangle(nil)
		r.objects = append(r.objects, *o)
	}
	r.apply()
	return r
}

type panelRenderer struct {
	panel                           *panelGround
	head, foot, middle, left, right *canvas.Rectangle
	objects                         []fyne.CanvasObject
}

func (r *panelRenderer) apply() {
	fill, line, radius := colourFor(r.panel, ColourSurface), colourFor(r.panel, ColourLine), scaled(r.panel, Radius)
	for _, strip := range []*canvas.Rectangle{r.head, r.foot} {
		strip.FillColor, strip.StrokeColor, strip.StrokeWidth, strip.CornerRadius = fill, line, Rule, radius
	}
	r.middle.FillColor, r.left.FillColor, r.right.FillColor = fill, line, line
}

func (r *panelRenderer) Layout(size fyne.Size) {
	radius := scaled(r.panel, Radius)
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	// The middle covers the edges that the strips have where they meet it.
	high := max(size.Height-2*radius, 0)
	place(r.head, 0, 0, size.Width, 2*radius)
	place(r.foot, 0, size.Height-2*radius, size.Width, 2*radius)
	place(r.middle, Rule, radius, max(size.Width-2*Rule, 0), high)
	place(r.left, 0, radius, Rule, high)
	place(r.right, size.Width-Rule, radius, Rule, high)
}

func (r *panelRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *panelRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *panelRenderer) Destroy()                     {}

func (r *panelRenderer) Refresh() {
	r.apply()
	r.Layout(r.panel.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}
