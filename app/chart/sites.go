package chart

import "math"

// Sites shows rooms by state, one stacked bar a site, all on one scale from
// zero. A site that has not reported is a dashed outline with Words.Missing in
// it, of a fixed length that stands for no number.
type Sites struct {
	// States are the parts of every bar, in the order they are stacked; their
	// names are written once, on top.
	States []SiteState
	Groups []SiteGroup
	Words  Words
}

// SiteState is one part of the bars.
type SiteState struct {
	Name string
	Role Role
}

// SiteGroup is a heading with its sites: one plan.
type SiteGroup struct {
	Name, Note string
	Key, Label string
	Sites      []Site
}

// Site is one row.
type Site struct {
	// Key opens the site's rows wherever no part of the bar lies.
	Key, Label string
	Name       string
	// Reported is false for a site without any report.
	Reported bool
	// Rooms has one element for each of Sites.States.
	Rooms []Rooms
	// Total is written after the bar as given (41/52).
	Total string
	// Age says how old the report is; Stale turns it amber and bold. The
	// words must say it too.
	Age   string
	Stale bool
	// Changed marks the row.
	Changed bool
}

// Rooms is one part of a site's bar.
type Rooms struct {
	Key, Label string
	Now        Amount
}

func (s Site) sum(states int) float64 {
	sum := 0.0
	for i := range min(states, len(s.Rooms)) {
		sum += s.Rooms[i].Now.size()
	}
	return sum
}

// siteColumns are the widths shared by all rows.
type siteColumns struct {
	name, track, total, age, gap float64
	unit                         float64
}

// Layout lays the sites out from the top: the names of the states, then the
// groups. Where there is no room for all, the last sites of a group are summed
// up in one line; the caller puts the important ones first.
func (s Sites) Layout(f Frame) Picture {
	p := newPen(f)
	top := s.legend(p)
	groups := make([]listGroup, len(s.Groups))
	names := s.nameRoom(p)
	for g, group := range s.Groups {
		groups[g].heading = group.Name != ""
		for i := range group.Sites {
			groups[g].sizes = append(groups[g].sizes, float64(-i))
			groups[g].tall = append(groups[g].tall, p.tall(group.Sites[i].Name, names))
		}
	}
	lines, missing := p.lay(groups, top, p.H, 2.1)
	p.pic.Missing = missing
	cols := s.columns(p, lines, names)
	for _, l := range lines {
		group := s.Groups[l.group]
		switch l.kind {
		case lineHeading:
			p.heading(group.Name, group.Note, group.Key, group.Label, l)
		case lineRow:
			s.row(p, cols, group.Sites[l.row], l)
		case lineOther:
			p.other(s.Words.other(l.hidden), group.Key, group.Label, l)
		}
	}
	return p.pic
}

// siteNames is the share of the width that names take at most.
const siteNames = 0.3

// nameRoom is the width that names take at most: more of it, at the bars' cost, where
// they would else take three lines.
func (s Sites) nameRoom(p *pen) float64 {
	others := s.besides(p)
	w := p.nameRoom(siteNames, others, p.em(6))
	for _, group := range s.Groups {
		for _, site := range group.Sites {
			if p.tall(site.Name, w) > 2 {
				return max(w, math.Floor(p.W-others-p.em(3)))
			}
		}
	}
	return w
}

// besides is the width of what stands beside names and bars.
func (s Sites) besides(p *pen) float64 {
	total, age := 0.0, 0.0
	for _, group := range s.Groups {
		for _, site := range group.Sites {
			total, age = max(total, s.total(p, site).w), max(age, s.age(p, site).w)
		}
	}
	return math.Ceil(total) + math.Ceil(age) + 3*p.em(0.6)
}

// legend names the states and returns where the rows begin. It is left out
// where the frame has fewer lines than a legend, a heading and two rows.
func (s Sites) legend(p *pen) float64 {
	h := math.Ceil(p.Type * leading)
	if p.H < 4*h || len(s.States) == 0 {
		return 0
	}
	box, x, y := p.em(0.65), 0.0, 0.0
	for _, state := range s.States {
		t := p.ink(state.Name, p.small(), false, RoleQuiet)
		w := box + p.em(0.35) + t.w
		if x+w > p.W && x > 0 {
			if !p.Wrap {
				break
			}
			x, y = 0, y+h
		}
		if w > p.W {
			break
		}
		p.add(Shape{Kind: KindRoundRect, X: x, Y: y + math.Round((h-box)/2), W: box, H: box,
			Role: state.Role, Radius: p.em(0.15)})
		p.left(t, x+box+p.em(0.35), y+h/2)
		x = math.Ceil(x + w + p.em(1))
	}
	return y + h + p.em(0.35)
}

func (s Sites) columns(p *pen, lines []listLine, names float64) siteColumns {
	c := siteColumns{gap: p.em(0.6)}
	most := 0.0
	for _, group := range s.Groups {
		for _, site := range group.Sites {
			most = max(most, site.sum(len(s.States)))
		}
	}
	for _, l := range lines {
		if l.kind != lineRow {
			continue
		}
		site := s.Groups[l.group].Sites[l.row]
		c.name = max(c.name, p.ink(site.Name, p.Type, false, RoleText).w)
		c.total = max(c.total, s.total(p, site).w)
		c.age = max(c.age, s.age(p, site).w)
	}
	c.name = math.Ceil(min(c.name, names))
	c.age = math.Ceil(c.age)
	if !p.Wrap {
		c.age = min(c.age, math.Ceil(p.W*0.25))
	}
	c.track = math.Floor(p.W - c.name - c.total - c.age - 3*c.gap)
	if c.track < p.em(3) {
		c.age = 0 // the age goes first: it is in the tooltip as well
		c.track = max(0, math.Floor(p.W-c.name-c.total-2*c.gap))
	}
	if most > 0 {
		c.unit = c.track / most
	}
	return c
}

func (s Sites) total(p *pen, site Site) ink {
	if !site.Reported {
		return ink{}
	}
	return p.ink(site.Total, p.Type, true, RoleText)
}

func (s Sites) age(p *pen, site Site) ink {
	if site.Stale {
		return p.ink(site.Age, p.small(), true, RoleWarn)
	}
	return p.ink(site.Age, p.small(), false, RoleQuiet)
}

func (s Sites) row(p *pen, c siteColumns, site Site, l listLine) {
	if site.Changed {
		p.markRow(l)
	}
	p.hit(0, l.y, p.W, l.h, site.Key, site.Label)
	cy := l.y + l.h/2
	p.name(p.ink(site.Name, p.Type, false, RoleText), c.name, cy)
	if c.age > 0 {
		p.right(p.fit(s.age(p, site), c.age), p.W, cy)
	}
	x := c.name + c.gap
	if !site.Reported {
		s.unreported(p, x, c.track, l)
		return
	}
	end := s.stack(p, c, site, x, l)
	room := p.W
	if c.age > 0 {
		room -= c.age + c.gap
	}
	if t := s.total(p, site); end+c.gap+t.w <= room {
		p.left(t, end+c.gap, cy)
	}
}

// stack draws the parts of one bar and returns its right end.
func (s Sites) stack(p *pen, c siteColumns, site Site, x float64, l listLine) float64 {
	h := min(p.em(1.35), l.h-2)
	y := l.y + math.Floor((l.h-h)/2)
	sum := 0.0
	for i := range min(len(s.States), len(site.Rooms)) {
		part, role := site.Rooms[i], s.States[i].Role
		from, to := x+sum*c.unit, x+(sum+part.Now.size())*c.unit
		sum += part.Now.size()
		if to <= from {
			continue
		}
		p.bar(from, y, to, h, role, 1)
		t := p.ink(s.Words.format(part.Now), p.small(), true, RoleText)
		t.on = role
		if t.w+p.em(0.3) <= math.Floor(to-from) && t.size*1.1 <= h {
			p.center(t, (from+to)/2, l.y+l.h/2)
		}
		p.hit(math.Round(from), y, math.Round(to)-math.Round(from), h, part.Key, part.Label)
	}
	return math.Round(x + sum*c.unit)
}

// unreported draws the dashed outline of a site without a report.
func (s Sites) unreported(p *pen, x, track float64, l listLine) {
	t := p.ink(s.Words.Missing, p.small(), false, RoleQuiet)
	w := math.Ceil(t.w) + p.em(1.6)
	if w > track {
		p.left(p.fit(t, track), x, l.y+l.h/2)
		return
	}
	h := min(p.em(1.35), l.h-2)
	y := l.y + math.Floor((l.h-h)/2)
	p.dashed(x, y, w, h)
	p.center(t, x+w/2, l.y+l.h/2)
}

// dashed draws a dashed outline within the box.
func (p *pen) dashed(x, y, w, h float64) {
	dash, gap := p.em(0.3), p.em(0.22)
	for at := 0.0; at < w; at += dash + gap {
		n := min(dash, w-at)
		p.add(Shape{Kind: KindRect, X: x + at, Y: y, W: n, H: 1, Role: RoleQuiet, Opacity: 0.7})
		p.add(Shape{Kind: KindRect, X: x + at, Y: y + h - 1, W: n, H: 1, Role: RoleQuiet, Opacity: 0.7})
	}
	for at := dash; at < h-1; at += dash + gap {
		n := min(dash, h-1-at)
		p.add(Shape{Kind: KindRect, X: x, Y: y + at, W: 1, H: n, Role: RoleQuiet, Opacity: 0.7})
		p.add(Shape{Kind: KindRect, X: x + w - 1, Y: y + at, W: 1, H: n, Role: RoleQuiet, Opacity: 0.7})
	}
}
