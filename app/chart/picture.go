// Package chart lays charts out as plain values: a Picture is a list of
// rectangles, lines and texts with the regions that open the rows behind them.
// It draws nothing itself, so the same picture serves the window, the wall and
// paper. It uses the standard library only.
//
// All lengths are in the caller's unit (pixels on screen, points on paper) and
// derive from Frame.Type, the size of body text: nothing is hard-coded. Edges
// fall on whole units so that bars stay sharp. Words that do not fit are
// shortened with "…"; figures are never shortened, they are left out whole,
// because a cut figure is a wrong figure.
package chart

// Kind says what a Shape is.
type Kind uint8

// The kinds of Shape.
const (
	// KindRect is a filled rectangle, or an outline when Stroke is not 0.
	KindRect Kind = iota
	// KindRoundRect is a KindRect whose corners have the radius Radius.
	KindRoundRect
	// KindLine runs from (X, Y) to (X+W, Y+H); W and H may be negative.
	KindLine
	// KindText is one line of text; X, Y, W, H are its measured box.
	KindText
	// KindCircle is the filled circle inscribed in its box.
	KindCircle
	// KindArc is a filled ring segment of the circle inscribed in its box,
	// from From to To degrees, clockwise from the top.
	KindArc
)

// Role names what a colour means; whoever draws the picture has the palette.
type Role uint8

// The roles of colours. Series(i) gives the colours of data series.
const (
	// RoleGround is the colour behind the chart.
	RoleGround Role = iota
	// RoleText is for figures and names.
	RoleText
	// RoleQuiet is for measure words, ages and the period before.
	RoleQuiet
	// RoleLine is for baselines and ticks.
	RoleLine
	// RoleGood, RoleWarn and RoleBad are states, always beside a word.
	RoleGood
	RoleWarn
	RoleBad
	// RoleStructure is the one deep blue of headings and today's mark.
	RoleStructure
	// RoleHighlight marks a figure that has just changed.
	RoleHighlight

	roleSeries
)

// SeriesCount is how many different series colours there are.
const SeriesCount = 8

// Roles is one more than the largest role, for palettes kept in arrays.
const Roles = int(roleSeries) + SeriesCount

// Series returns the role of data series i; it repeats after SeriesCount.
func Series(i int) Role {
	i %= SeriesCount
	if i < 0 {
		i += SeriesCount
	}
	return roleSeries + Role(i)
}

// Align is the side of its box that a text keeps to.
type Align uint8

// The alignments of text. Boxes are as wide as their text, so the alignment
// only matters to a drawer whose font measures a little differently.
const (
	AlignLeft Align = iota
	AlignCenter
	AlignRight
)

// Shape is one thing to draw. Later shapes lie on top of earlier ones.
type Shape struct {
	Kind       Kind
	X, Y, W, H float64
	Role       Role
	// Opacity is above 0 and up to 1; the zero value means 1.
	Opacity float64
	// Stroke is the width of a line or outline; 0 fills the shape.
	Stroke float64
	// Radius rounds the corners of KindRoundRect.
	Radius float64
	// From and To are degrees, Hole the empty share of the radius (KindArc).
	From, To, Hole float64

	// Text, Size, Bold and Align belong to KindText.
	Text  string
	Size  float64
	Bold  bool
	Align Align
	// On is the role of the fill beneath a text, RoleGround for none. A drawer
	// takes whichever of ground and text colour contrasts more with that fill.
	On Role
}

// Ink returns the part of a text's box that its characters can darken. Fonts
// report taller boxes than that; the boxes of two lines may overlap, and poke
// out of the picture, where their ink does not.
func (s Shape) Ink() (x, y, w, h float64) {
	h = min(s.H, s.Size*leading)
	return s.X, s.Y + (s.H-h)/2, s.W, h
}

// Hit is a region that opens the rows behind what is drawn there.
type Hit struct {
	X, Y, W, H float64
	// Key is the caller's own name for those rows, handed back when opened.
	Key string
	// Label is one line for a tooltip and for screen readers.
	Label string
}

// Contains reports whether the point (x, y) lies in the region.
func (h Hit) Contains(x, y float64) bool {
	return x >= h.X && x < h.X+h.W && y >= h.Y && y < h.Y+h.H
}

// Picture is a chart laid out, ready to be drawn.
type Picture struct {
	W, H float64
	// Shapes lie within the picture, but for RoleHighlight marks of changed rows,
	// which reach up to 0.4 × Frame.Type out at the sides.
	Shapes []Shape
	// Hits are in reading order. Where two overlap the later one is on top.
	Hits []Hit
	// Missing counts the data for which there was no room at all, not even in
	// a row that sums up the others; 0 when everything is represented.
	Missing int
}

// At returns the index of the topmost hit at (x, y), or -1.
func (p Picture) At(x, y float64) int {
	for i := len(p.Hits) - 1; i >= 0; i-- {
		if p.Hits[i].Contains(x, y) {
			return i
		}
	}
	return -1
}

// Step returns the hit nearest to hit from in the direction (dx, dy), each of
// them -1, 0 or 1, or from itself when there is none. A from outside the list
// yields the first hit, or -1 when there are no hits.
func (p Picture) Step(from, dx, dy int) int {
	if len(p.Hits) == 0 {
		return -1
	}
	if from < 0 || from >= len(p.Hits) {
		return 0
	}
	cx, cy := p.Hits[from].center()
	best, bestCost := from, 0.0
	for i, h := range p.Hits {
		x, y := h.center()
		along := (x-cx)*float64(dx) + (y-cy)*float64(dy)
		across := abs((x-cx)*float64(dy)) + abs((y-cy)*float64(dx))
		if along <= 0.5 || (dx != 0 && across > h.H/2+p.Hits[from].H/2) {
			continue
		}
		// Going up or down, a hit in line counts more than a near one aside.
		if cost := along + 2*across; best == from || cost < bestCost {
			best, bestCost = i, cost
		}
	}
	return best
}

func (h Hit) center() (x, y float64) { return h.X + h.W/2, h.Y + h.H/2 }

// Place adds what q shows to p, its corner at (x, y).
func (p *Picture) Place(q Picture, x, y float64) {
	for _, s := range q.Shapes {
		s.X, s.Y = s.X+x, s.Y+y
		p.Shapes = append(p.Shapes, s)
	}
	for _, h := range q.Hits {
		h.X, h.Y = h.X+x, h.Y+y
		p.Hits = append(p.Hits, h)
	}
	p.Missing += q.Missing
}

// Measure returns the size of a text drawn on one line.
type Measure func(text string, size float64, bold bool) (w, h float64)

// Frame is the space a chart is laid out in.
type Frame struct {
	// W and H are the space available; negative counts as none.
	W, H float64
	// Type is the size of body text, above 0. All other lengths follow it.
	Type float64
	// Measure must be given.
	Measure Measure
	// Least is the smallest size of any text; 0 for none. Give Type at least as much.
	Least float64
	// Wrap breaks names that are too long into lines, and makes rows taller for
	// them, where they would otherwise be shortened: nobody points at a wall.
	Wrap bool
}
