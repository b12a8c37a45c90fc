package chart

import "math"

// Bars is a list of horizontal bars in groups: how much of each item there is
// in this period, with the period before as a thin quiet bar beneath.
//
// Items are counted in different measure words (幅, 份, 人次), and lengths in
// different measure words mean nothing beside each other. So one scale serves
// all rows of one measure word, from zero, and no other row: the longest bar of
// each measure word fills the track. A row that is alone with its measure word
// thus shows how this period stands to the last. No scale is logarithmic: twice
// as long is always twice as much.
type Bars struct {
	Groups []BarGroup
	Words  Words
}

// BarGroup is a heading with its rows.
type BarGroup struct {
	// Name is the heading; a group without a name has no heading.
	Name string
	// Note stands quietly at the right of the heading.
	Note string
	// Key opens the group's rows, from the heading and from the line that
	// stands for rows without room. Label is its tooltip. Key may be empty.
	Key, Label string
	Role       Role
	Rows       []Bar
}

// Bar is one row.
type Bar struct {
	Key, Label string
	Name       string
	// Now and Last are this period's figure and the one of the period before.
	Now, Last Amount
	// Unit is the measure word.
	Unit string
	// Scale names the rows drawn to one scale; empty means Unit. Give it where
	// one measure word counts things too unlike to compare.
	Scale string
	// Changed marks the row; Delta (＋35) is written after the figure then.
	Changed bool
	Delta   string
}

func (b Bar) scale() string {
	if b.Scale != "" {
		return b.Scale
	}
	return b.Unit
}

// barColumns are the widths shared by all lines.
type barColumns struct {
	name, track, figure, gap float64
	top                      map[string]float64
}

// Layout lays the bars out, rows from the top. Where there is no room for all
// rows each group keeps its largest and sums up the others in one line.
func (b Bars) Layout(f Frame) Picture {
	p := newPen(f)
	groups := make([]listGroup, len(b.Groups))
	names := b.nameRoom(p)
	for g, group := range b.Groups {
		groups[g].heading = group.Name != ""
		for _, r := range group.Rows {
			groups[g].sizes = append(groups[g].sizes, r.Now.size())
			groups[g].tall = append(groups[g].tall, p.tall(r.Name, names))
		}
	}
	lines, missing := p.lay(groups, 0, p.H, 1.85)
	p.pic.Missing = missing
	cols := b.columns(p, lines, names)
	for _, l := range lines {
		group := b.Groups[l.group]
		switch l.kind {
		case lineHeading:
			p.heading(group.Name, group.Note, group.Key, group.Label, l)
		case lineRow:
			b.row(p, cols, group, group.Rows[l.row], l)
		case lineOther:
			p.other(b.Words.other(l.hidden), group.Key, group.Label, l)
		}
	}
	return p.pic
}

// barNames is the share of the width that names take at most.
const barNames = 0.36

// nameRoom is the width that names take at most. Names so long that they would take
// three lines beside the bars get the bars' room as well: the figures say the same.
func (b Bars) nameRoom(p *pen) float64 {
	figures := b.widest(p)
	w := p.nameRoom(barNames, figures+2*p.em(0.6), p.em(3.5))
	for _, group := range b.Groups {
		for _, r := range group.Rows {
			if p.tall(r.Name, w) > 2 {
				return max(w, math.Floor(p.W-figures-p.em(0.6)))
			}
		}
	}
	return w
}

// widest is the width of the widest figure.
func (b Bars) widest(p *pen) float64 {
	w := 0.0
	for _, group := range b.Groups {
		for _, r := range group.Rows {
			w = max(w, b.figure(p, r).w)
		}
	}
	return w
}

func (b Bars) columns(p *pen, lines []listLine, names float64) barColumns {
	c := barColumns{gap: p.em(0.6), top: map[string]float64{}}
	for _, group := range b.Groups {
		for _, r := range group.Rows {
			c.top[r.scale()] = max(c.top[r.scale()], r.Now.size(), r.Last.size())
		}
	}
	for _, l := range lines {
		if l.kind != lineRow {
			continue
		}
		r := b.Groups[l.group].Rows[l.row]
		c.name = max(c.name, p.ink(r.Name, p.Type, false, RoleText).w)
		c.figure = max(c.figure, b.figure(p, r).w)
	}
	c.name = math.Ceil(min(c.name, names))
	c.track = math.Floor(p.W - c.name - c.figure - 2*c.gap)
	if least := p.em(2); c.track < least {
		// A bar too short to compare says nothing: the words get its room.
		c.track = 0
		if !p.Wrap { // lines were counted for the width that names have
			c.name = math.Ceil(min(c.name, max(p.W-c.figure-c.gap, p.W*0.3)))
		}
	}
	return c
}

func (b Bars) figure(p *pen, r Bar) figure {
	delta := ""
	if r.Changed {
		delta = r.Delta
	}
	return p.figure(b.Words, r.Now, r.Unit, delta, p.Type)
}

func (b Bars) row(p *pen, c barColumns, group BarGroup, r Bar, l listLine) {
	if r.Changed {
		p.markRow(l)
	}
	cy := l.y + l.h/2
	p.name(p.ink(r.Name, p.Type, false, RoleText), c.name, cy)
	x := c.name + c.gap
	end := x
	if c.track > 0 {
		end = x + b.pair(p, c, group.Role, r, x, l) + c.gap
	}
	b.figure(p, r).within(p, p.W-end).put(p, end, cy)
	p.hit(0, l.y, p.W, l.h, r.Key, r.Label)
}

// pair draws this period's bar with the last one beneath and returns the length
// of the longer.
func (b Bars) pair(p *pen, c barColumns, role Role, r Bar, x float64, l listLine) float64 {
	unit := 0.0
	if top := c.top[r.scale()]; top > 0 {
		unit = c.track / top
	}
	now, last := r.Now.size()*unit, r.Last.size()*unit
	high := min(l.h, p.em(1.85)) // a row is taller for its name only
	thick, thin := max(2, math.Round(high*0.36)), 0.0
	if last > 0 {
		thin = max(1, math.Round(high*0.12))
	}
	y := l.y + math.Floor((l.h-thick-thin)/2)
	p.bar(x, y, x+now, thick, role, 1)
	p.bar(x, y+thick, x+last, thin, RoleQuiet, 0.55)
	if now == 0 && r.Now.Known {
		// A reported nothing is a stroke at zero; an unknown figure has none.
		p.bar(x, y, x+1, thick, RoleLine, 1)
	}
	// A length that division left a hair above a whole unit must not cost the
	// next one: the measure word stands right behind.
	return math.Ceil(max(now, last) - 1e-6)
}

// heading draws a group's name, with its note at the right.
func (p *pen) heading(name, note, key, label string, l listLine) {
	cy := l.y + l.h/2
	n := p.fit(p.ink(name, p.small(), true, RoleStructure), p.W)
	p.left(n, 0, cy)
	t := p.ink(note, p.small(), false, RoleQuiet)
	if n.w+p.em(1)+t.w <= p.W {
		p.right(t, p.W, cy)
	}
	p.hit(0, l.y, p.W, l.h, key, label)
}

// other draws the line that stands for rows without room.
func (p *pen) other(text, key, label string, l listLine) {
	t := p.fit(p.ink(text, p.small(), false, RoleQuiet), p.W)
	p.left(t, 0, l.y+l.h/2)
	p.hit(0, l.y, p.W, l.h, key, label)
}
