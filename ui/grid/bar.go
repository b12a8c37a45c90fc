package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// bar is a scroll bar in float64: dragging the thumb to the end of its track shows the
// very last row, however many there are.
type bar struct {
	widget.BaseWidget

	vertical              bool
	content, view, offset float64
	onScroll              func(offset float64)

	knob     *canvas.Rectangle
	colors   *palette
	over     bool
	dragging bool
	grab     float64 // where within the thumb it was caught
}

var (
	_ desktop.Hoverable = (*bar)(nil)
	_ desktop.Mouseable = (*bar)(nil)
	_ fyne.Draggable    = (*bar)(nil)
)

func newBar(vertical bool, onScroll func(offset float64)) *bar {
	b := &bar{vertical: vertical, onScroll: onScroll, knob: canvas.NewRectangle(nil), colors: &palette{}}
	b.ExtendBaseWidget(b)
	return b
}

// set shows how much there is, how much of it is seen, and from where.
func (b *bar) set(content, view, offset float64) {
	b.content, b.view, b.offset = content, view, offset
	b.place()
}

func (b *bar) track() float64 { return float64(b.along(b.Size().Width, b.Size().Height)) }

// along picks the value in the bar's direction.
func (b *bar) along(x, y float32) float32 {
	if b.vertical {
		return y
	}
	return x
}

func (b *bar) thumb() (start, length float64) {
	return thumb(b.content, b.view, b.offset, b.track())
}

func (b *bar) place() {
	start, length := b.thumb()
	b.knob.Hidden = length == 0
	thick, aside := float32(6), float32(3)
	b.knob.FillColor = b.colors.bar
	if b.over || b.dragging {
		thick, aside = 8, 2
		b.knob.FillColor = b.colors.barHover
	}
	b.knob.CornerRadius = thick / 2
	pos, size := fyne.NewPos(aside, float32(start)), fyne.NewSize(thick, float32(length))
	if !b.vertical {
		pos, size = fyne.NewPos(pos.Y, pos.X), fyne.NewSize(size.Height, size.Width)
	}
	b.knob.Move(pos)
	b.knob.Resize(size)
}

func (b *bar) light() {
	b.place()
	canvas.Refresh(b.knob)
}

// MouseIn is part of desktop.Hoverable.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.over = true; b.light() }

// MouseMoved is part of desktop.Hoverable.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (b *bar) MouseOut() { b.over = false; b.light() }

// MouseDown catches the thumb, or on the track goes one page towards the pointer; with
// Shift or the middle button it goes to that very place.
func (b *bar) MouseDown(ev *desktop.MouseEvent) {
	start, length := b.thumb()
	if length == 0 || ev.Button == desktop.MouseButtonSecondary {
		return
	}
	at := float64(b.along(ev.Position.X, ev.Position.Y))
	b.grab = at - start
	onThumb := at >= start && at < start+length
	switch {
	case ev.Button == desktop.MouseButtonTertiary || ev.Modifier&fyne.KeyModifierShift != 0:
		b.grab = length / 2
		b.to(at - b.grab)
	case onThumb:
	case at < start:
		b.onScroll(b.offset - b.view*0.9)
		b.grab = length / 2
	default:
		b.onScroll(b.offset + b.view*0.9)
		b.grab = length / 2
	}
}

// MouseUp is part of desktop.Mouseable.
func (b *bar) MouseUp(*desktop.MouseEvent) {}

// Dragged is part of fyne.Draggable.
func (b *bar) Dragged(ev *fyne.DragEvent) {
	b.dragging = true
	b.to(float64(b.along(ev.Position.X, ev.Position.Y)) - b.grab)
}

// DragEnd is part of fyne.Draggable.
func (b *bar) DragEnd() { b.dragging = false; b.light() }

// to scrolls so that the thumb begins at start.
func (b *bar) to(start float64) {
	if _, length := b.thumb(); length > 0 {
		b.onScroll(thumbOffset(b.content, b.view, start, length, b.track()))
	}
}

// Cursor is the ordinary one, also above a grid that has another.
func (b *bar) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// MinSize is part of fyne.CanvasObject.
func (b *bar) MinSize() fyne.Size { return fyne.NewSize(barWide, barWide) }

// CreateRenderer is part of fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer { return &barRenderer{bar: b} }

type barRenderer struct{ bar *bar }

func (r *barRenderer) Layout(fyne.Size)             { r.bar.place() }
func (r *barRenderer) MinSize() fyne.Size           { return r.bar.MinSize() }
func (r *barRenderer) Refresh()                     { r.bar.light() }
func (r *barRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.bar.knob} }
func (r *barRenderer) Destroy()                     {}
