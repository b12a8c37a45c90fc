package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// headCell is what a column has besides its title: an arrow and the edge that resizes it.
type headCell struct {
	tint  *canvas.Rectangle // under the pointer
	arrow *canvas.RegularPolygon
	edge  *edge
}

func (g *Grid) buildHeader() {
	g.headCells = make([]headCell, len(g.cols))
	g.head.Objects = nil
	var edges []fyne.CanvasObject
	for i := range g.cols {
		h := headCell{
			tint:  canvas.NewRectangle(nil),
			arrow: canvas.NewRegularPolygon(3, nil),
			edge:  newEdge(g, i),
		}
		g.headCells[i] = h
		g.head.Objects = append(g.head.Objects, h.tint, h.arrow)
		edges = append(edges, h.edge)
	}
	g.titles = newLettering(g, len(g.cols))
	g.head.Objects = append(g.head.Objects, g.titles.box)
	// Edges reach into the next column, so they lie above all titles.
	g.head.Objects = append(g.head.Objects, edges...)
}

// showHeader writes the titles and places everything in the header.
func (g *Grid) showHeader() {
	for i := range g.headCells {
		h, col := &g.headCells[i], &g.cols[i]
		h.tint.FillColor = g.colors.hover
		h.tint.Hidden = i != g.hoverCol || !col.Sortable
		h.tint.Move(fyne.NewPos(col.x, 0))
		h.tint.Resize(fyne.NewSize(col.w, g.headH))
		g.showTitle(i)
		h.edge.Move(fyne.NewPos(col.x+col.w-(edgeWide+1)/2, 0))
		h.edge.Resize(fyne.NewSize(edgeWide, g.headH))
		h.edge.line.FillColor = g.colors.line
		h.edge.line.Hidden = col.x+col.w >= g.bodyW && g.total <= g.bodyW // the end is seen anyway
	}
	g.showTitles()
	g.headLine.FillColor = g.colors.line
	high := float32(1)
	if g.focused {
		g.headLine.FillColor, high = g.colors.structure, 2
	}
	g.headLine.Move(fyne.NewPos(0, g.headH-high))
	g.headLine.Resize(fyne.NewSize(g.size.Width, high))
}

// showTitle places a title and its arrow; the arrow follows the title on the side that
// leaves figures and their title at one edge.
func (g *Grid) showTitle(i int) {
	h, col := &g.headCells[i], &g.cols[i]
	sorted := col.ID == g.sortID && g.sortID != ""
	var kept float32
	if sorted {
		kept = arrowWide
	}
	room := col.w - 2*cellPad - kept
	shown, width := g.meter.fit(oneLine(col.Title), headStyle, room)
	x := col.x + cellPad
	arrowX := x + width + suffixGap
	switch col.Align {
	case Trailing:
		x += room + kept - width
		arrowX = x - arrowWide
	case Center:
		x += max(0, (room-width)/2)
		arrowX = x + width + suffixGap
	}
	ink := g.colors.quiet
	if sorted {
		ink = g.colors.text
	}
	g.titles.set(i, word{shown, headStyle, headStyle, ink, x, (g.headH - g.meter.high[headStyle]) / 2, width})
	h.arrow.Hidden = !sorted
	h.arrow.FillColor = g.colors.structure
	h.arrow.Angle = 0
	if g.sortDesc {
		h.arrow.Angle = 180
	}
	const side = 9
	h.arrow.Move(fyne.NewPos(arrowX, (g.headH-side)/2))
	h.arrow.Resize(fyne.NewSize(side, side))
}

// showTitles draws the titles where the columns are now.
func (g *Grid) showTitles() {
	g.titles.show(g.frame(g.bodyW))
}

// clickHeader sorts by a column: upwards first, the other way on the next click.
func (g *Grid) clickHeader(i int) {
	col := &g.cols[i]
	if !col.Sortable {
		return
	}
	g.sortDesc = g.sortID == col.ID && !g.sortDesc
	g.sortID = col.ID
	g.showHeader()
	g.repaint()
	if g.OnSort != nil {
		g.OnSort(g.sortID, g.sortDesc)
	}
}

// fillFooter writes the sums.
func (g *Grid) fillFooter() {
	shown := g.footer != nil
	g.footClip.Hidden, g.footGround.Hidden, g.footLine.Hidden = !shown, !shown, !shown
	if !shown {
		return
	}
	if g.foot == nil {
		g.foot = newSlot(g)
		g.feet.Objects = []fyne.CanvasObject{g.foot.box}
	}
	g.foot.line.Hidden = true
	g.fill(g.foot, g.footer, g.rowH)
	g.showFooter()
}

// showFooter draws the sums where the columns are now.
func (g *Grid) showFooter() {
	if g.foot != nil {
		g.foot.letters.show(g.frame(g.bodyW))
	}
}

// edge is the place between two headers that is dragged to make a column wider; a double
// click makes it as wide as its content. It is a widget of its own, for a cursor changes
// only between widgets.
type edge struct {
	widget.BaseWidget

	grid    *Grid
	col     int
	line    *canvas.Rectangle
	dragged bool
	start   float32 // width when the drag began
	moved   float32
	clicked time.Time
}

var (
	_ desktop.Cursorable = (*edge)(nil)
	_ desktop.Mouseable  = (*edge)(nil)
	_ fyne.Draggable     = (*edge)(nil)
)

func newEdge(g *Grid, col int) *edge {
	e := &edge{grid: g, col: col, line: canvas.NewRectangle(nil)}
	e.ExtendBaseWidget(e)
	return e
}

// Cursor is part of desktop.Cursorable.
func (e *edge) Cursor() desktop.Cursor { return desktop.HResizeCursor }

// MouseDown is part of desktop.Mouseable.
func (e *edge) MouseDown(ev *desktop.MouseEvent) {
	if ev.Button != desktop.MouseButtonPrimary {
		return
	}
	now := e.grid.now()
	double := now.Sub(e.clicked) < fyne.CurrentApp().Driver().DoubleTapDelay()
	e.clicked = now
	if double {
		e.clicked = time.Time{}
		e.grid.autosize(e.col)
	}
}

// MouseUp is part of desktop.Mouseable.
func (e *edge) MouseUp(*desktop.MouseEvent) {}

// Dragged is part of fyne.Draggable.
func (e *edge) Dragged(ev *fyne.DragEvent) {
	if !e.dragged {
		e.dragged, e.moved = true, 0
		e.start = e.grid.cols[e.col].w
	}
	e.moved += ev.Dragged.DX
	e.grid.resizeColumn(e.col, e.start+e.moved)
}

// DragEnd is part of fyne.Draggable.
func (e *edge) DragEnd() {
	if e.dragged {
		e.dragged = false
		e.grid.resized(e.col)
	}
}

// MinSize keeps the edge from being measured.
func (e *edge) MinSize() fyne.Size { return fyne.NewSize(edgeWide, edgeWide) }

// CreateRenderer is part of fyne.Widget.
func (e *edge) CreateRenderer() fyne.WidgetRenderer { return &edgeRenderer{edge: e} }

type edgeRenderer struct{ edge *edge }

func (r *edgeRenderer) Layout(size fyne.Size) {
	high := float32(int(size.Height / 2))
	r.edge.line.Move(fyne.NewPos(edgeWide/2, (size.Height-high)/2))
	r.edge.line.Resize(fyne.NewSize(1, high))
}
func (r *edgeRenderer) MinSize() fyne.Size           { return r.edge.MinSize() }
func (r *edgeRenderer) Refresh()                     {}
func (r *edgeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.edge.line} }
func (r *edgeRenderer) Destroy()                     {}
