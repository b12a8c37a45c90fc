package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// slot is the objects of one row on screen. It shows one row after another: row i always
// stands in slot i modulo their number, so that a step of scrolling changes only the
// slots of the rows that come into view.
type slot struct {
	row    int // -1: none, or to be asked for again
	loaded bool
	box    *fyne.Container
	line   *canvas.Rectangle
	wait   *canvas.Rectangle // stands for a row that is not loaded
	text   []*canvas.Text
	suffix []*canvas.Text // nil until a cell has one
}

func newSlot(columns int) *slot {
	s := &slot{
		row:    -1,
		line:   canvas.NewRectangle(nil),
		wait:   canvas.NewRectangle(nil),
		text:   make([]*canvas.Text, columns),
		suffix: make([]*canvas.Text, columns),
	}
	s.wait.CornerRadius = 3
	s.wait.Hide()
	s.box = container.New(still{}, s.line, s.wait)
	for i := range s.text {
		s.text[i] = canvas.NewText("", nil)
		s.box.Objects = append(s.box.Objects, s.text[i])
	}
	return s
}

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
		s := newSlot(len(g.cols))
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
	s.line.FillColor = g.colors.line
	s.line.Move(fyne.NewPos(0, g.rowH-1))
	s.line.Resize(fyne.NewSize(max(g.total, g.rowsW), 1))
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
	col, text := &g.cols[i], s.text[i]
	kept := g.keepForSuffix(i, cell)
	st := styleOf(cell)
	room := col.w - 2*cellPad - kept
	whole := oneLine(cell.Text)
	shown, width := g.meter.fit(whole, st, room)
	if col.Align == Trailing && shown != whole && shown != "" {
		// Part of a figure reads as another figure: better none.
		shown, width = ellipsis, g.meter.advance('…', st)
	}
	text.Text, text.TextSize, text.TextStyle = shown, g.meter.size, st.text()
	text.Color = g.colors.tone(cell.Tone)
	x := col.x + cellPad
	switch col.Align {
	case Trailing:
		x += room - width
	case Center:
		x += max(0, (room-width)/2)
	}
	placeText(text, x, (height-g.meter.high[st])/2, col.w, g.meter.high[st])
	g.fillSuffix(s, i, cell, x+width, height)
}

// placeText gives a text its place. Texts are always written from their top left, other
// alignments being worked out here: Fyne's painters do not agree on where to strike a text
// through that stands in the middle of a higher place. Their size is the column's, not their own: a
// text that changes size is queued for a refresh by Fyne, and would be at every step.
func placeText(t *canvas.Text, x, y, width, height float32) {
	t.Move(fyne.NewPos(x, y))
	t.Resize(fyne.NewSize(width, height))
}

// keepForSuffix gives the room that a column keeps for measure words: for figures that
// stand at the right the widest so far, so that they end at one edge.
func (g *Grid) keepForSuffix(i int, cell Cell) float32 {
	var need float32
	if cell.Suffix != "" {
		need = g.meter.width(cell.Suffix, suffixStyle) + suffixGap
		need = min(need, g.cols[i].w/2)
	}
	if g.cols[i].Align != Trailing {
		return need
	}
	if need > g.pad[i] {
		g.pad[i], g.padGrew = need, true
	}
	return g.pad[i]
}

func (g *Grid) fillSuffix(s *slot, i int, cell Cell, x, height float32) {
	text := s.suffix[i]
	if cell.Suffix == "" {
		if text != nil {
			text.Text = ""
		}
		return
	}
	if text == nil {
		text = canvas.NewText("", nil)
		s.suffix[i] = text
		s.box.Objects = append(s.box.Objects, text)
	}
	m := &g.meter
	shown, _ := m.fit(oneLine(cell.Suffix), suffixStyle, g.cols[i].w/2)
	text.Text, text.TextSize, text.Color = shown, m.small, g.colors.quiet
	st := styleOf(cell)
	// On the figure's baseline.
	y := (height-m.high[st])/2 + m.base[st] - m.base[suffixStyle]
	placeText(text, x+suffixGap, y, g.cols[i].w, m.high[suffixStyle])
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
