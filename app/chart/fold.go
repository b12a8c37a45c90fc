package chart

import (
	"math"
	"sort"
)

// lineKind says what stands on one line of a grouped list.
type lineKind uint8

const (
	lineHeading lineKind = iota
	lineRow
	lineOther
)

// listLine is one line of a grouped list.
type listLine struct {
	kind       lineKind
	group, row int
	// hidden is how many rows an "other" line stands for.
	hidden int
	y, h   float64
}

// fold decides how many of each group's rows are shown in a list of at most
// lines lines: headings (where present), rows of tall lines each, and one "other"
// line for each group whose rows do not all fit. Rows go from whichever group
// shows most. shown[g] is -1 for a group without room even for its heading.
func fold(sizes []int, heading []bool, lines, tall int) (shown []int) {
	shown = append(shown, sizes...)
	need := func(g int) int {
		if shown[g] < 0 {
			return 0
		}
		n := shown[g] * tall
		if shown[g] < sizes[g] {
			n++
		}
		if heading[g] {
			n++
		}
		return n
	}
	total := 0
	for g := range sizes {
		total += need(g)
	}
	for total > lines {
		g := most(shown)
		if g < 0 {
			break
		}
		total -= need(g)
		switch {
		case shown[g] == 0, sizes[g] == 1:
			shown[g] = -1
		case shown[g] == sizes[g] && tall == 1:
			shown[g] -= 2 // the "other" line takes one line itself
		default:
			shown[g]--
		}
		total += need(g)
	}
	return shown
}

// most returns the last group that shows the most rows, -1 when none is left.
func most(shown []int) int {
	best := -1
	for g, n := range shown {
		if n >= 0 && (best < 0 || n >= shown[best]) {
			best = g
		}
	}
	return best
}

// largest returns the indexes of the n largest sizes, in their given order, so
// that rows keep their accustomed places when others are folded away.
func largest(sizes []float64, n int) []int {
	order := make([]int, len(sizes))
	for i := range order {
		order[i] = i
	}
	if n >= len(order) {
		return order
	}
	sort.SliceStable(order, func(a, b int) bool { return sizes[order[a]] > sizes[order[b]] })
	order = order[:max(n, 0)]
	sort.Ints(order)
	return order
}

// listGroup is what lay needs to know of one group.
type listGroup struct {
	heading bool
	sizes   []float64
}

// lay gives each line of a grouped list its place between the heights top and
// bottom; prefer is the line height where there is room, in units of Type, and tall
// how many lines of text a row has. missing counts the rows of groups without any
// room.
func (p *pen) lay(groups []listGroup, top, bottom, prefer float64, tall int) (lines []listLine, missing int) {
	sizes, heads := make([]int, len(groups)), make([]bool, len(groups))
	for g := range groups {
		sizes[g], heads[g] = len(groups[g].sizes), groups[g].heading
	}
	least := math.Ceil(p.Type * leading)
	shown := fold(sizes, heads, int(max(0, bottom-top)/least), tall)
	for g, n := range shown {
		if n < 0 {
			missing += sizes[g]
			continue
		}
		if heads[g] {
			lines = append(lines, listLine{kind: lineHeading, group: g})
		}
		for _, r := range largest(groups[g].sizes, n) {
			lines = append(lines, listLine{kind: lineRow, group: g, row: r})
		}
		if n < sizes[g] {
			lines = append(lines, listLine{kind: lineOther, group: g, hidden: sizes[g] - n})
		}
	}
	p.space(lines, top, bottom, prefer, tall)
	return lines, missing
}

// space sets the lines' heights and puts what is left over before headings.
func (p *pen) space(lines []listLine, top, bottom, prefer float64, tall int) {
	if len(lines) == 0 {
		return
	}
	count, breaks := 0, 0
	for i, l := range lines {
		count += l.tall(tall)
		if i > 0 && l.kind == lineHeading {
			breaks++
		}
	}
	h := min(p.em(prefer), math.Floor((bottom-top)/float64(count)))
	air := 0.0
	if breaks > 0 {
		air = min(p.em(0.9), math.Floor((bottom-top-h*float64(count))/float64(breaks)))
	}
	y := top
	for i := range lines {
		if i > 0 && lines[i].kind == lineHeading {
			y += air
		}
		lines[i].y, lines[i].h = y, h*float64(lines[i].tall(tall))
		y += lines[i].h
	}
}

// tall is how many lines of text the line takes where rows take so many.
func (l listLine) tall(row int) int {
	if l.kind == lineRow {
		return row
	}
	return 1
}
