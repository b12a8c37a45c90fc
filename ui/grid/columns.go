package grid

import (
	"math"

	"fyne.io/fyne/v2"
)

const (
	cellPad       = 8   // free space left and right in a cell
	suffixGap     = 4   // between a figure and its measure word
	defaultWidth  = 120 // of a column that says nothing
	leastWidth    = 40
	widestAuto    = 640 // autosizing stops here: one long note must not fill the screen
	arrowWide     = 14
	barWide       = 12 // the lane of a scroll bar
	edgeWide      = 9  // what can be caught at a column's edge
	slideStep     = 64 // Left and Right
	rowsPerNotch  = 3  // of the wheel
	notch         = 25 // what Fyne reports for one notch
	rowPadding    = 12 // above and below a row's text together
	headerPadding = 14
	markerWide    = 3
)

// column is a Column with what the user and the layout made of it.
type column struct {
	Column
	width float32 // wanted
	fixed bool    // the user chose it: it does not flex any more
	x, w  float32 // as laid out
}

// SetColumns shows other columns, with their first widths.
func (g *Grid) SetColumns(columns []Column) {
	g.cols = make([]column, len(columns))
	for i, c := range columns {
		if c.Width <= 0 {
			c.Width = defaultWidth
		}
		if c.MinWidth <= 0 {
			c.MinWidth = leastWidth
		}
		g.cols[i] = column{Column: c, width: max(c.Width, c.MinWidth)}
	}
	g.cells = make([]Cell, len(columns))
	g.pad = make([]float32, len(columns))
	g.dropSlots()
	g.buildHeader()
	g.Refresh()
}

// Columns gives the columns as they were set.
func (g *Grid) Columns() []Column {
	out := make([]Column, len(g.cols))
	for i, c := range g.cols {
		out[i] = c.Column
	}
	return out
}

// Widths gives the widths that the user chose, by column id; columns never touched are
// not in it, so that they can go on following the program's own widths.
func (g *Grid) Widths() map[string]float32 {
	out := map[string]float32{}
	for _, c := range g.cols {
		if c.fixed {
			out[c.ID] = c.width
		}
	}
	return out
}

// SetWidths sets remembered widths; ids that are no columns any more are passed over.
func (g *Grid) SetWidths(widths map[string]float32) {
	for i := range g.cols {
		c := &g.cols[i]
		if w, ok := widths[c.ID]; ok && w > 0 {
			c.width, c.fixed = max(w, c.MinWidth), true
		}
	}
	g.relayout()
}

// flex is the column that takes the spare width, -1 for none.
func (g *Grid) flex() int {
	flex := len(g.cols) - 1
	for i, c := range g.cols {
		if c.Flex {
			flex = i
			break
		}
	}
	if flex >= 0 && g.cols[flex].fixed {
		return -1
	}
	return flex
}

// placeColumns lays the columns out in the visible width.
func (g *Grid) placeColumns() {
	var sum float32
	for i := range g.cols {
		c := &g.cols[i]
		c.w = float32(math.Round(float64(c.width)))
		sum += c.w
	}
	if f := g.flex(); f >= 0 && sum < g.bodyW {
		g.cols[f].w += g.bodyW - sum
		sum = g.bodyW
	}
	var x float32
	for i := range g.cols {
		g.cols[i].x = x
		x += g.cols[i].w
	}
	g.total = sum
	g.left = max(0, min(g.left, float64(g.total-g.bodyW)))
}

// resizeColumn is what dragging an edge does.
func (g *Grid) resizeColumn(i int, width float32) {
	c := &g.cols[i]
	width = max(float32(math.Round(float64(width))), c.MinWidth)
	if c.fixed && c.width == width {
		return
	}
	c.width, c.fixed = width, true
	g.relayout()
}

func (g *Grid) resized(i int) {
	if g.OnResize != nil {
		g.OnResize(g.cols[i].ID, g.cols[i].width)
	}
}

// autosize makes a column as wide as what is on screen needs.
func (g *Grid) autosize(i int) {
	c := &g.cols[i]
	need := g.meter.width(c.Title, headStyle) + arrowWide
	measure := func(cell Cell) {
		w := g.meter.width(cell.Text, styleOf(cell))
		if g.pad[i] > 0 {
			w += g.pad[i]
		}
		need = max(need, w)
	}
	first, last := g.VisibleRange()
	for row := first; row <= last; row++ {
		if g.load(row) {
			measure(g.cells[i])
		}
	}
	if i < len(g.footer) {
		measure(g.footer[i])
	}
	// One unit more than measured: rounding must not cost a letter.
	g.resizeColumn(i, min(need+2*cellPad+1, widestAuto))
	g.resized(i)
}

// columnAt gives the column under a horizontal position in the widget, -1 for none.
func (g *Grid) columnAt(x float32) int {
	if x >= g.bodyW {
		return -1
	}
	x += float32(g.left)
	for i, c := range g.cols {
		if x >= c.x && x < c.x+c.w {
			return i
		}
	}
	return -1
}

// load asks the source for a row into g.cells.
func (g *Grid) load(row int) bool {
	clear(g.cells)
	return g.source != nil && g.source.Row(row, g.cells)
}

// ShowColumn slides as little as needed to show a column whole; of one wider than the
// grid its beginning is shown.
func (g *Grid) ShowColumn(id string) {
	for _, c := range g.cols {
		if c.ID != id {
			continue
		}
		left, right := float64(c.x), float64(c.x+c.w)
		switch wide := float64(g.bodyW); {
		case left < g.left || right-left > wide:
			g.slide(left)
		case right > g.left+wide:
			g.slide(right - wide)
		}
		return
	}
}

// HeadPosition is where a column's head ends below, absolute on the canvas: the place of
// a list that belongs to it.
func (g *Grid) HeadPosition(id string) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	for _, c := range g.cols {
		if c.ID == id {
			at = at.AddXY(max(0, min(c.x-float32(g.left), g.bodyW)), 0)
		}
	}
	return at.AddXY(0, g.headH)
}
