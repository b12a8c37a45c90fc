package grid

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Text 14 high stands in rows 32 high; larger type has higher rows in proportion.
const rowPerText = 32.0 / 14

// CreateRenderer is part of fyne.Widget.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.restyle()
	// There is no ground: filling a whole window takes software drawing longer than all the
	// texts on it. The grid stands on whatever card or window it is put.
	return &renderer{grid: g, objects: []fyne.CanvasObject{
		g.rowClip, g.empty, g.headGround, g.headClip, g.headLine,
		g.footGround, g.footLine, g.footClip, g.vbar, g.hbar,
	}}
}

// renderer only passes on: the objects belong to the grid, for Fyne throws the renderer
// of a hidden widget away after a minute.
type renderer struct {
	grid    *Grid
	objects []fyne.CanvasObject
}

func (r *renderer) Layout(size fyne.Size) {
	if size != r.grid.size {
		r.grid.size = size
		r.grid.relayout()
	}
}
func (r *renderer) MinSize() fyne.Size           { return r.grid.MinSize() }
func (r *renderer) Refresh()                     { r.grid.restyle(); r.grid.relayout() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *renderer) Destroy()                     {}

// restyle follows the theme.
func (g *Grid) restyle() {
	th := g.Theme()
	g.colors = paletteOf(th)
	g.vbar.colors, g.hbar.colors = &g.colors, &g.colors
	if g.meter.follow(th) {
		g.pen = newPen(&g.meter, typeface(th.Font(fyne.TextStyle{})), typeface(th.Font(fyne.TextStyle{Bold: true})))
		g.pen.rescale(g.pixelScale())
		size := float64(g.meter.size)
		g.rowH = float32(math.Max(math.Round(size*rowPerText), math.Ceil(float64(g.meter.high[plain])+4)))
		g.headH = g.rowH
		clear(g.pad)
	}
	g.headGround.FillColor = g.colors.header
	g.footGround.FillColor = g.colors.header
	g.footLine.FillColor = g.colors.line
	g.empty.Color = g.colors.quiet
	g.empty.TextSize = g.meter.size
}

// relayout places everything anew and asks for all visible rows again.
func (g *Grid) relayout() {
	if g.rowH == 0 || g.size.IsZero() {
		return
	}
	g.countRows()
	g.placeParts()
	g.fitSlots()
	g.showHeader()
	g.fillFooter()
	g.forget()
	g.moveAcross()
	g.showRows()
}

// countRows takes over how many rows there are now.
func (g *Grid) countRows() {
	g.scroll.rows = 0
	if g.source != nil {
		g.scroll.rows = g.source.Len()
	}
	g.sel = g.sel.within(g.scroll.rows)
	if g.hoverRow >= g.scroll.rows {
		g.hoverRow = -1
	}
}

// placeParts lays out header, rows, footer and scroll bars.
func (g *Grid) placeParts() {
	w, h := g.size.Width, g.size.Height
	g.bodyW = max(0, w-barWide)
	g.bodyY = g.headH
	g.placeColumns()
	bottom := h
	g.rowsW = w
	if g.total > g.bodyW {
		bottom -= barWide
		g.rowsW = g.bodyW
	}
	g.hbar.Hidden = g.total <= g.bodyW
	put(g.hbar, 0, bottom, g.bodyW, barWide)
	put(g.headGround, 0, 0, w, g.headH)
	put(g.headClip, 0, 0, g.bodyW, g.headH)
	if g.footer != nil {
		bottom -= g.rowH
		put(g.footGround, 0, bottom, w, g.rowH)
		put(g.footLine, 0, bottom, w, 1)
		put(g.footClip, 0, bottom, g.bodyW, g.rowH)
	}
	body := max(0, bottom-g.bodyY)
	put(g.rowClip, 0, g.bodyY, g.rowsW, body)
	put(g.vbar, g.bodyW, g.bodyY, barWide, body)
	g.scroll.rowH, g.scroll.height = float64(g.rowH), float64(body)
	g.scroll.scrollTo(g.scroll.offset)
	g.empty.Hidden = g.scroll.rows > 0
	put(g.empty, 0, g.bodyY, w, min(body, 5*g.rowH))
}

// moveAcross shows header, footer and bar at the horizontal offset; rows do it themselves.
func (g *Grid) moveAcross() {
	at := fyne.NewPos(-float32(g.left), 0)
	g.head.Move(at)
	g.feet.Move(at)
	g.hbar.set(float64(g.total), float64(g.bodyW), g.left)
	g.showTitles()
	g.showFooter()
}

// pixelScale is how many pixels one of Fyne's units has where the grid is shown.
func (g *Grid) pixelScale() float32 {
	const far = 1 << 16 // the answer is in whole pixels
	c := g.canvas()
	if c == nil {
		if g.pen != nil {
			return g.pen.scale
		}
		return 1
	}
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(far, 0))
	return float32(x) / far
}

// rescale follows the scale of the canvas.
func (g *Grid) rescale() {
	g.pen.rescale(g.pixelScale())
	g.showTitles()
	g.showFooter()
	g.showRows()
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// Refresh follows the theme, asks how many rows there are and asks for all that are on
// screen again. The offset and the selected row numbers stay as far as there are rows.
func (g *Grid) Refresh() {
	g.restyle()
	g.relayout()
	canvas.Refresh(g)
}
