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
	// tall is how many lines of text it holds.
	tall int
	y, h float64
}

// fold decides how many of each group's rows are shown in a list of at most
// lines lines: headings (where present), rows, and one "other" line for each
// group whose rows do not all fit. Rows go from whichever group shows most.
// shown[g] is -1 for a group without room even for its heading.
func fold(groups []listGroup, lines int) (shown []int) {
	total := 0
	for _, g := range groups {
		shown = append(shown, len(g.sizes))
		total += g.need(len(g.sizes))
	}
	for total > lines {
		g := most(shown)
		if g < 0 {
			break
		}
		total -= groups[g].need(shown[g])
		size := len(groups[g].sizes)
		switch {
		case shown[g] == 0, size == 1:
			shown[g] = -1
		case shown[g] == size && groups[g].need(size) == groups[g].need(size-1):
			shown[g] -= 2 // the "other" line takes one line itself
		default:
			shown[g]--
		}
		total += groups[g].need(shown[g])
	}
	refill(groups, shown, lines-total)
	return shown
}

// refill gives what is left over to groups that it is enough for: rows that are taller
// than a line leave more over than one.
func refill(groups []listGroup, shown []int, left int) {
	for g := range groups {
		for shown[g] >= 0 && shown[g] < len(groups[g].sizes) {
			more := groups[g].need(shown[g]+1) - groups[g].need(shown[g])
			if more > left {
				break
			}
			left -= more
			shown[g]++
		}
	}
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
	// tall is how many lines of text each row takes; nil for one each.
	tall []int
}

// need is how many lines the group takes with n of its rows shown, -1 for none of it.
func (g listGroup) need(n int) int {
	if n < 0 {
		return 0
	}
	lines := 0
	if n < len(g.sizes) {
		lines++
	}
	if g.heading {
		lines++
	}
	for _, r := range largest(g.sizes, n) {
		lines += g.lines(r)
	}
	return lines
}

func (g listGroup) lines(row int) int {
	if row < len(g.tall) {
		return g.tall[row]
	}
	return 1
}

// lay gives each line of a grouped list its place between the heights top and
// bottom; prefer is the line height where there is room, in units of Type.
// missing counts the rows of groups without any room.
func (p *pen) lay(groups []listGroup, top, bottom, prefer float64) (lines []listLine, missing int) {
	least := math.Ceil(p.Type * leading)
	for g, n := range fold(groups, int(max(0, bottom-top)/least)) {
		group := groups[g]
		if n < 0 {
			missing += len(group.sizes)
			continue
		}
		if group.heading {
			lines = append(lines, listLine{kind: lineHeading, group: g, tall: 1})
		}
		for _, r := range largest(group.sizes, n) {
			lines = append(lines, listLine{kind: lineRow, group: g, row: r, tall: group.lines(r)})
		}
		if n < len(group.sizes) {
			lines = append(lines, listLine{kind: lineOther, group: g, hidden: len(group.sizes) - n, tall: 1})
		}
	}
	p.space(lines, top, bottom, prefer)
	return lines, missing
}

// space sets the lines' heights and puts what is left over before headings.
func (p *pen) space(lines []listLine, top, bottom, prefer float64) {
	if len(lines) == 0 {
		return
	}
	count, breaks := 0, 0
	for i, l := range lines {
		count += l.tall
		if i > 0 && l.kind == lineHeading {
			breaks++
		}
	}
	// Lines of text beyond a row's first take no more than they need.
	extra := math.Ceil(p.Type * leading)
	h := math.Floor((bottom - top) / float64(count))
	if room := bottom - top - extra*float64(count-len(lines)); room > 0 {
		h = max(h, math.Floor(room/float64(len(lines))))
	}
	h = min(p.em(prefer), h)
	high := func(l listLine) float64 { return h + min(extra, h)*float64(l.tall-1) }
	air := 0.0
	if breaks > 0 {
		used := 0.0
		for _, l := range lines {
			used += high(l)
		}
		air = max(0, min(p.em(0.9), math.Floor((bottom-top-used)/float64(breaks))))
	}
	y := top
	for i := range lines {
		if i > 0 && lines[i].kind == lineHeading {
			y += air
		}
		lines[i].y, lines[i].h = y, high(lines[i])
		y += lines[i].h
	}
}
