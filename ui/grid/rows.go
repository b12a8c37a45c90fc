package grid

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// slot is the objects of one row on screen. It shows one row after another: row i always
// stands in slot i modulo their number, so that a step of scrolling changes only the
// slots of the rows that come into view.
type slot struct {
	row     int // -1: none, or to be asked for again
	loaded  bool
	box     *fyne.Container
	line    *canvas.Raster
	wait    *canvas.Rectangle // stands for a row that is not loaded
	letters *lettering        // two words a column: text and suffix
}

func newSlot(g *Grid) *slot {
	s := &slot{
		row:     -1,
		line:    newRule(&g.colors.line),
		wait:    canvas.NewRectangle(nil),
		letters: newLettering(g, 2*len(g.cols)),
	}
	s.wait.CornerRadius = 3
	s.wait.Hide()
	s.box = container.New(still{}, s.line, s.wait, s.letters.box)
	return s
}

// newRule makes a line between rows. It is one pixel of colour, stretched: for a thin
// rectangle, software drawing takes five times as long.
func newRule(ink *color.Color) *canvas.Raster {
	r := canvas.NewRaster(func(int, int) image.Image { return image.NewUniform(*ink) })
	r.ScaleMode = canvas.ImageScalePixels
	return r
}

// text and suffix give what a column says.
func (s *slot) text(column int) word   { return s.letters.words[2*column] }
func (s *slot) suffix(column int) word { return s.letters.words[2*column+1] }

// dropSlots forgets the row objects, for other columns need others.
func (g *Grid) dropSlots() {
	g.slots, g.foot = nil, nil
	g.rows.Objects = g.rows.Objects[:3]
	g.feet.Objects = nil
}

// fitSlots makes enough slots for the height there is. Slots are never taken away: a
// window that was large once may be so again.
func (g *Grid) fitSlots() {
	need := int(g.scroll.height/g.scroll.rowH) + 2
	if len(g.slots) >= need {
		return
	}
	for len(g.slots) < need {
		s := newSlot(g)
		s.box.Hide()
		g.slots = append(g.slots, s)
		g.rows.Objects = append(g.rows.Objects, s.box)
	}
	g.forget()
}

// forget makes showRows ask for every row again.
func (g *Grid) forget() {
	for _, s := range g.slots {
		s.row = -1
	}
}

// showRows brings the slots in line with the offset. Only rows that were not on screen
// before are asked for.
func (g *Grid) showRows() {
	g.bindVisible()
	if g.padGrew {
		// A wider measure word came: figures already drawn must keep the common edge.
		g.padGrew = false
		g.forget()
		g.bindVisible()
		g.padGrew = false
		g.fillFooter()
	}
	g.showMarks()
	g.vbar.set(float64(g.scroll.rows)*g.scroll.rowH, g.scroll.height, g.scroll.offset)
	g.repaint()
}

func (g *Grid) bindVisible() {
	first, last := g.scroll.visible()
	n := len(g.slots)
	if n == 0 {
		return
	}
	for row := first; row <= last; row++ {
		s := g.slots[row%n]
		if s.row != row {
			g.bind(s, row)
		}
		g.placeLine(s)
		s.letters.show(g.frame(g.rowsW))
		s.box.Move(fyne.NewPos(-float32(g.left), g.scroll.top(row)))
		s.box.Hidden = false
	}
	for _, s := range g.slots {
		if s.row < first || s.row > last {
			s.box.Hidden = true
		}
	}
}

// bind shows a row in a slot.
func (g *Grid) bind(s *slot, row int) {
	s.row = row
	s.loaded = g.load(row)
	if !s.loaded {
		clear(g.cells)
	}
	s.wait.Hidden = s.loaded
	g.fill(s, g.cells, g.rowH)
	if !s.loaded {
		g.placeWait(s)
	}
}

// placeLine puts the line at the bottom of a row. It is so many whole pixels high that the
// lines of all rows look alike.
func (g *Grid) placeLine(s *slot) {
	high := float32(max(1, pixels(1, g.pen.scale))) / g.pen.scale
	s.line.Move(fyne.NewPos(0, g.rowH-high))
	s.line.Resize(fyne.NewSize(max(g.total, g.rowsW), high))
}

// frame is the part of a line of words that is seen in a width.
func (g *Grid) frame(width float32) frame {
	return frame{left: float32(g.left), width: width, scale: g.pen.scale, pen: g.pen}
}

func (g *Grid) placeWait(s *slot) {
	if len(g.cols) == 0 {
		return
	}
	s.wait.FillColor = g.colors.line
	s.wait.Move(fyne.NewPos(cellPad, g.rowH/2-4))
	s.wait.Resize(fyne.NewSize(max(8, min(g.cols[0].w-2*cellPad, 96)), 8))
}

// fill writes cells into a slot of the given height.
func (g *Grid) fill(s *slot, cells []Cell, height float32) {
	for i := range g.cols {
		var cell Cell
		if i < len(cells) {
			cell = cells[i]
		}
		g.fillCell(s, i, cell, height)
	}
}

func (g *Grid) fillCell(s *slot, i int, cell Cell, height float32) {
	col := &g.cols[i]
	kept := g.keepForSuffix(i, cell)
	st := styleOf(cell)
	room := col.w - 2*cellPad - kept
	whole := oneLine(cell.Text)
	shown, width := g.meter.fit(whole, st, room)
	if own := g.suffixRoom(i, cell); col.Align == Trailing && shown != whole && own < kept {
		// A figure that needs the room kept for longer measure words than its own has it.
		room = col.w - 2*cellPad - own
		shown, width = g.meter.fit(whole, st, room)
	}
	if col.Align == Trailing && shown != whole && shown != "" {
		// Part of a figure reads as another figure: better none.
		shown, width = ellipsis, g.meter.advance('…', st)
	}
	x := col.x + cellPad
	switch col.Align {
	case Trailing:
		x += room - width
	case Center:
		x += max(0, (room-width)/2)
	}
	s.letters.set(2*i, word{shown, st, st, g.colors.tone(cell.Tone), x, (height - g.meter.high[st]) / 2, width})
	s.letters.set(2*i+1, g.suffixWord(i, cell, x+width, height))
}

// keepForSuffix gives the room that a column keeps for measure words: for figures that
// stand at the right the widest so far, so that they end at one edge.
func (g *Grid) keepForSuffix(i int, cell Cell) float32 {
	need := g.suffixRoom(i, cell)
	if g.cols[i].Align != Trailing {
		return need
	}
	if need > g.pad[i] {
		g.pad[i], g.padGrew = need, true
	}
	return g.pad[i]
}

// suffixRoom is what a cell's own measure word needs.
func (g *Grid) suffixRoom(i int, cell Cell) float32 {
	if cell.Suffix == "" {
		return 0
	}
	return min(g.meter.width(cell.Suffix, suffixStyle)+suffixGap, g.cols[i].w/2)
}

// suffixWord is the measure word after a figure that ends at x.
func (g *Grid) suffixWord(i int, cell Cell, x, height float32) word {
	if cell.Suffix == "" {
		return word{}
	}
	m, st := &g.meter, styleOf(cell)
	shown, width := m.fit(oneLine(cell.Suffix), suffixStyle, g.cols[i].w/2)
	return word{shown, suffixStyle, st, g.colors.quiet, x + suffixGap, (height - m.high[st]) / 2, width}
}

// showMarks places the hover tint, the selection and its marker.
func (g *Grid) showMarks() {
	place := func(r *canvas.Rectangle, first, last int, x, w float32, fill color.Color) {
		top, bottom := g.scroll.top(first), g.scroll.top(last+1)-1
		top, bottom = max(top, -g.rowH), min(bottom, float32(g.scroll.height)+g.rowH)
		r.Hidden = first < 0 || bottom <= top
		r.FillColor = fill
		r.Move(fyne.NewPos(x, top))
		r.Resize(fyne.NewSize(w, max(0, bottom-top)))
	}
	hover := g.hoverRow
	if g.sel.has(hover) {
		hover = -1
	}
	place(g.hover, hover, hover, 0, g.rowsW, g.colors.hover)
	first, last := g.sel.rows()
	place(g.chosen, first, last, 0, g.rowsW, g.colors.selected)
	mark := g.colors.structure
	if !g.focused {
		mark = g.colors.idle
	}
	place(g.marker, g.sel.cursor, g.sel.cursor, 0, markerWide, mark)
}

// repaint has the canvas drawn again. The line stands for all of the grid: the texts
// need no refresh of their own, being drawn from what they say at that moment.
func (g *Grid) repaint() { canvas.Refresh(g.headLine) }
