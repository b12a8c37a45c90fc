// Package grid shows very long tables: a million rows scroll as lightly as fifty, because
// only the rows on screen exist as canvas objects, and those are used again for the rows
// that come next.
//
// A Grid asks its Source for a row when that row comes into view, on Fyne's goroutine, so
// a Source answers from memory; Pages helps with rows that must be loaded first. All
// methods must be called on Fyne's goroutine.
package grid

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Align is where text stands in its column.
type Align int

// The alignments.
const (
	Leading Align = iota
	Trailing
	Center
)

// Tone is how a cell's text is coloured. The text itself must say the state too: colour
// alone is not seen by everybody.
type Tone int

// The tones.
const (
	Normal Tone = iota
	Quiet       // less important
	Good
	Warn
	Bad
	Struck // quiet and struck through: voided
)

// Column is a column as a screen declares it.
type Column struct {
	ID       string  // names the column in callbacks and remembered widths
	Title    string  // shown in the header
	Width    float32 // first width in Fyne's units; 0 means 120
	MinWidth float32 // the user cannot make it narrower; 0 means 40
	Align    Align
	Sortable bool // a click on the header sorts
	// Flex lets the column take the width that is left over, until the user resizes it.
	// When no column says so, the last one does.
	Flex bool
}

// Cell is what one column shows in one row. Suffix follows Text smaller and quieter: the
// measure word of a figure. In one column all suffixes begin at the same place, so that
// figures keep a common edge.
type Cell struct {
	Text   string
	Suffix string
	Tone   Tone
	Bold   bool
}

// Source has the rows.
type Source interface {
	// Len is how many rows there are.
	Len() int
	// Row fills cells, one a column and all empty before, for row i in 0..Len()-1. It must
	// be quick, for it is called while scrolling. It returns false when the row is not
	// loaded yet: a placeholder is drawn until Refresh or RefreshRows asks again.
	Row(i int, cells []Cell) bool
}

// Grid is the table widget. Set the callbacks before it is shown.
type Grid struct {
	widget.BaseWidget

	// OnSort is called when a header was clicked; the arrow is already changed.
	OnSort func(columnID string, descending bool)
	// OnSelect is called when the user moved the cursor to a row, by key or click.
	OnSelect func(row int)
	// OnActivate is called on Enter or double click.
	OnActivate func(row int)
	// OnHover is called when the pointer came over another row; -1 when it left them.
	OnHover func(row int)
	// OnPress is called after OnSelect when a row was clicked, with the column under the
	// pointer. It reports whether the click was for it alone: that is never the first one
	// of a double click.
	OnPress func(row int, columnID string) bool
	// OnResize is called after the user changed a column's width.
	OnResize func(columnID string, width float32)
	// OnContext is called on a secondary click on a row; at is absolute on the canvas.
	OnContext func(row int, at fyne.Position)
	// OnKey sees a key before the grid does and reports whether it had a use for it; nil
	// leaves all keys to the grid.
	OnKey func(ev *fyne.KeyEvent) bool
	// OnCopy is called on Ctrl+C with the selected rows. When nil, the grid copies the
	// rows that are loaded, MaxCopy at most, to the clipboard itself.
	OnCopy func(first, last int)

	source Source
	cols   []column
	scroll viewport
	left   float64 // horizontal offset
	total  float32 // width of all columns
	bodyW  float32 // width in which columns are seen
	rowsW  float32 // width of row lines and marks: bodyW, and the scroll bar's lane if that is free
	bodyY  float32 // where rows begin
	size   fyne.Size

	sortID   string
	sortDesc bool
	sel      selection

	focused, shift bool
	hoverRow       int // -1: none
	hoverCol       int // column of the header under the pointer, -1: none
	press          press
	now            func() time.Time

	colors palette
	meter  meter
	pen    *pen
	rowH   float32
	headH  float32

	cells     []Cell // scratch for Source.Row
	slots     []*slot
	footer    []Cell
	foot      *slot
	titles    *lettering
	headCells []headCell
	pad       []float32 // per column: room kept for suffixes
	padGrew   bool

	headGround, headLine, footGround, footLine *canvas.Rectangle
	hover, chosen, marker                      *canvas.Rectangle
	empty                                      *canvas.Text
	head, rows, feet                           *fyne.Container
	headClip, rowClip, footClip                *container.Clip
	vbar, hbar                                 *bar
}

// New returns an empty grid.
func New(columns []Column) *Grid {
	g := &Grid{hoverRow: -1, hoverCol: -1, sel: noSelection, now: time.Now}
	g.press.row, g.press.col = -1, -1
	g.pen = newPen(&g.meter, nil, nil)
	g.ExtendBaseWidget(g)
	g.build()
	g.SetColumns(columns)
	return g
}

// build makes the objects that exist once.
func (g *Grid) build() {
	for _, r := range []**canvas.Rectangle{
		&g.headGround, &g.headLine, &g.footGround, &g.footLine, &g.hover, &g.chosen, &g.marker,
	} {
		*r = canvas.NewRectangle(nil)
	}
	g.empty = canvas.NewText("", nil)
	g.empty.Alignment = fyne.TextAlignCenter
	g.head = container.New(still{})
	g.rows = container.New(still{}, g.hover, g.chosen, g.marker)
	g.feet = container.New(still{})
	g.headClip = container.NewClip(g.head)
	g.rowClip = container.NewClip(g.rows)
	g.footClip = container.NewClip(g.feet)
	g.vbar = newBar(true, func(offset float64) { g.scrollTo(offset) })
	g.hbar = newBar(false, func(offset float64) { g.slide(offset) })
}

// still is a layout that leaves everything where it is and needs no room. A container
// with it costs nothing when a text in it changes, one without a layout measures all its
// texts in every frame.
type still struct{}

func (still) Layout([]fyne.CanvasObject, fyne.Size)        {}
func (still) MinSize([]fyne.CanvasObject) (none fyne.Size) { return }

// SetSource shows other rows, from the top and with nothing selected.
func (g *Grid) SetSource(s Source) {
	g.source = s
	g.sel = noSelection
	g.scroll.offset = 0
	clear(g.pad)
	g.Refresh()
}

// SetEmpty sets the sentence shown when there are no rows: what is missing and what to do.
func (g *Grid) SetEmpty(text string) {
	g.empty.Text = text
	g.Refresh()
}

// SetFooter shows cells, one a column, fixed below the rows: the sums. nil takes the
// footer away.
func (g *Grid) SetFooter(cells []Cell) {
	g.footer = cells
	g.Refresh()
}

// SetSort shows the arrow at a column without calling OnSort; "" shows none.
func (g *Grid) SetSort(columnID string, descending bool) {
	g.sortID, g.sortDesc = columnID, descending
	g.Refresh()
}

// RefreshRows asks the source again for those of the rows first..last that are on screen.
// Use Refresh when the number of rows may have changed.
func (g *Grid) RefreshRows(first, last int) {
	for _, s := range g.slots {
		if s.row >= first && s.row <= last {
			s.row = -1
		}
	}
	g.showRows()
}

// ScrollTo moves as little as needed to show a row whole. The selection stays.
func (g *Grid) ScrollTo(row int) {
	if row >= 0 && row < g.scroll.rows && g.scroll.reveal(row) {
		g.showRows()
	}
}

// VisibleRange gives the first and last row of which at least a part is on screen; 0 and
// -1 when there is none.
func (g *Grid) VisibleRange() (first, last int) { return g.scroll.visible() }

// MinSize leaves room for a few rows; the grid takes whatever it is given.
func (g *Grid) MinSize() fyne.Size {
	return fyne.NewSize(160, g.headH+3*g.rowH)
}

// AccessibilityLabel is what the row with the cursor says.
func (g *Grid) AccessibilityLabel() string { return strings.Join(g.RowTexts(g.sel.cursor), " ") }

// RowTexts gives what a row on screen says: for each column its text as it is shown, cut
// when there is no room, then its suffix if there is one. It is nil for all other rows.
func (g *Grid) RowTexts(row int) []string {
	if row < 0 || len(g.slots) == 0 {
		return nil
	}
	s := g.slots[row%len(g.slots)]
	if s.row != row || s.box.Hidden {
		return nil
	}
	var texts []string
	for i := range g.cols {
		texts = append(texts, s.text(i).text)
		if suffix := s.suffix(i).text; suffix != "" {
			texts = append(texts, suffix)
		}
	}
	return texts
}

func (g *Grid) scrollTo(offset float64) {
	if g.scroll.scrollTo(offset) {
		g.showRows()
	}
}

// slide scrolls horizontally.
func (g *Grid) slide(offset float64) {
	old := g.left
	g.left = max(0, min(offset, float64(g.total-g.bodyW)))
	if g.left == old {
		return
	}
	g.moveAcross()
	g.showRows()
}
