package wall

import (
	"math"
	"strconv"

	"taizhang/app/chart"
	"taizhang/app/words"
)

// LayoutList lays drilled rows out as a page, the row selected in sight: first is the
// index of the uppermost row shown, and shown how many are, for Home, End and paging.
// Hits carry "row:<index>".
func LayoutList(l List, selected int, v View, f chart.Frame) (pic chart.Picture, first, shown int) {
	b := newBrush(v, f)
	if b.W < 16 || b.H < 16 {
		return b.pic, 0, 0
	}
	b.listHead(l)
	t := table{brush: b, list: l, rect: b.body(), size: b.text()}
	t.measure()
	first, shown = t.draw(selected)
	b.listFoot(l, first, shown)
	return b.finish(), first, shown
}

// listHead is the head of a page with the list's title.
func (b *brush) listHead(l List) {
	left, right, line := b.edge(), b.W-b.edge(), b.of(titleLine)
	clock := ink{}
	if !b.Now.IsZero() {
		clock = b.ink(b.Now.Format("15:04"), b.of(titleShare), true, chart.RoleText)
		b.putRight(clock, right, line)
	}
	b.fitting(b.ink(l.Title, b.of(titleShare), true, chart.RoleText), left, right-clock.w-b.of(0.03), line)
	b.putRight(b.asOf(), right, b.of(asOfLine))
	b.put(b.quiet(words.T("wall.rows", "n", len(l.Rows)+l.More)), left, b.of(asOfLine))
}

// listFoot says which of the rows are in sight, and how to get back.
func (b *brush) listFoot(l List, first, shown int) {
	line := b.of(footLine)
	if shown > 0 {
		b.put(b.quiet(words.T("wall.rows.shown", "from", first+1, "to", first+shown, "all", len(l.Rows)+l.More)), b.edge(), line)
	}
	b.putRight(b.quiet(words.T("wall.rows.back")), b.W-b.edge(), line)
}

// table lays rows out in columns.
type table struct {
	*brush
	rect
	list   List
	size   float64
	widths []float64
	gap    float64
}

// measure gives each column the width of its widest text; the flexible one gets the
// rest, and where that is too little all texts wrap in shares of the width.
func (t *table) measure() {
	t.gap = math.Round(t.size * 0.9)
	t.widths = make([]float64, len(t.list.Columns))
	taken, flex := t.gap*float64(len(t.widths)-1), 0
	for i, c := range t.list.Columns {
		w := t.ink(c.Title, t.least(), false, chart.RoleQuiet).w
		for _, r := range t.list.Rows {
			w = max(w, t.ink(r.Cells[i], t.size, c.Right, chart.RoleText).w)
		}
		t.widths[i] = math.Ceil(w)
		if c.Flex {
			flex = i
		} else {
			t.widths[i] = min(t.widths[i], math.Floor(t.w*0.34))
			taken += t.widths[i]
		}
	}
	t.widths[flex] = max(t.size*6, math.Floor(t.w-taken))
}

// high is the height of a row, with its air.
func (t *table) high(i int) float64 {
	lines := 1
	for k, cell := range t.list.Rows[i].Cells {
		lines = max(lines, len(t.lines(cell, t.size, t.list.Columns[k].Right, t.widths[k])))
	}
	return float64(lines)*t.size*lead + math.Round(t.size*0.35)
}

// draw writes the head of the columns and the rows around the selected one.
func (t *table) draw(selected int) (first, shown int) {
	y := t.y
	t.rule(t.x, y, t.w)
	y += math.Round(t.size * 0.3)
	x := t.x
	for k, c := range t.list.Columns {
		title := t.quiet(c.Title)
		if c.Right {
			t.putRight(title, x+t.widths[k], base(y, title.size))
		} else {
			t.put(title, x, base(y, title.size))
		}
		x += t.widths[k] + t.gap
	}
	y += t.least()*lead + math.Round(t.size*0.2)
	if len(t.list.Rows) == 0 {
		t.empty(t.below(y), words.T("wall.rows.none"))
		return 0, 0
	}
	selected = min(max(selected, 0), len(t.list.Rows)-1)
	first, shown = t.window(selected, t.bottom()-y)
	for i := first; i < first+shown; i++ {
		high := t.high(i)
		t.line(i, rect{t.x, y, t.w, high}, i == selected)
		y += high
	}
	return first, shown
}

// window is the run of rows that finds room and holds the selected one, beginning at
// the top of the list as long as it can.
func (t *table) window(selected int, room float64) (first, shown int) {
	used := 0.0
	for first = selected; first >= 0; first-- {
		if used += t.high(first); used > room && first < selected {
			break
		}
	}
	first++
	used = 0
	for i := first; i < len(t.list.Rows); i++ {
		if used += t.high(i); used > room+0.5 && i > first {
			break
		}
		shown++
	}
	return first, shown
}

func (t *table) line(i int, r rect, selected bool) {
	row := t.list.Rows[i]
	if selected {
		out := t.of(0.012)
		t.add(chart.Shape{Kind: chart.KindRoundRect, X: r.x - out, Y: r.y, W: r.w + 2*out, H: r.h, Radius: t.of(0.008),
			Role: chart.RoleStructure, Opacity: 0.16})
	}
	x, top := r.x, r.y+math.Round(t.size*0.17)
	for k, cell := range row.Cells {
		c := t.list.Columns[k]
		role := chart.RoleText
		if row.Bad && (c.Right || k == 0 && len(row.Cells) == 2) {
			role = chart.RoleBad
		}
		y := top
		for _, text := range t.lines(cell, t.size, c.Right, t.widths[k]) {
			piece := t.ink(text, t.size, c.Right, role)
			if c.Right {
				t.putRight(piece, x+t.widths[k], base(y, t.size))
			} else {
				t.put(piece, x, base(y, t.size))
			}
			y += t.size * lead
		}
		x += t.widths[k] + t.gap
	}
	t.hit(r, "row:"+strconv.Itoa(i), row.Cells[0])
}
