package grid

// selection is a run of rows from anchor to cursor, whichever comes first.
type selection struct {
	anchor, cursor int // -1: nothing selected
	all            bool
	last           int // last row while all is set
}

var noSelection = selection{anchor: -1, cursor: -1}

// rows gives the first and last selected row, -1 and -1 for none.
func (s selection) rows() (first, last int) {
	if s.all {
		return 0, s.last
	}
	return min(s.anchor, s.cursor), max(s.anchor, s.cursor)
}

func (s selection) has(row int) bool {
	first, last := s.rows()
	return row >= 0 && row >= first && row <= last
}

// within gives the selection for a table that has only so many rows now.
func (s selection) within(rows int) selection {
	if rows == 0 || s.cursor < 0 {
		return noSelection
	}
	s.anchor, s.cursor = min(s.anchor, rows-1), min(s.cursor, rows-1)
	s.last = rows - 1
	return s
}

// Selected is the row with the cursor, -1 for none.
func (g *Grid) Selected() int { return g.sel.cursor }

// SelectionRange gives the first and last selected row, -1 and -1 for none.
func (g *Grid) SelectionRange() (first, last int) { return g.sel.rows() }

// Select puts the cursor on one row and shows it, without calling OnSelect; -1 selects
// nothing. A row beyond the end selects the last one.
func (g *Grid) Select(row int) {
	g.sel = noSelection
	if row >= 0 && g.scroll.rows > 0 {
		row = min(row, g.scroll.rows-1)
		g.sel.anchor, g.sel.cursor = row, row
		g.scroll.reveal(row)
	}
	g.showRows()
}

// SelectAll selects every row. The cursor stays where it is, on the first row when there
// was none.
func (g *Grid) SelectAll() {
	if g.scroll.rows == 0 {
		return
	}
	g.sel.cursor = max(0, g.sel.cursor)
	g.sel.anchor = g.sel.cursor
	g.sel.all, g.sel.last = true, g.scroll.rows-1
	g.showRows()
}

// moveTo is what keys and clicks do: the cursor goes to a row, with extend the rows since
// the anchor are selected, and OnSelect is told.
func (g *Grid) moveTo(row int, extend bool) {
	if g.scroll.rows == 0 {
		return
	}
	row = max(0, min(row, g.scroll.rows-1))
	before := g.sel
	g.sel.cursor, g.sel.all = row, false
	if !extend || g.sel.anchor < 0 {
		g.sel.anchor = row
	}
	if !g.scroll.reveal(row) && before == g.sel {
		return
	}
	g.showRows()
	if before.cursor != row && g.OnSelect != nil {
		g.OnSelect(row)
	}
}
