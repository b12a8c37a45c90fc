package chart

import "math"

// Days shows, day by day, how much each series had, one band of columns a
// series, with the period before as a quiet stepped line. Bands are zero-based
// and each has a scale of its own, with its peak and its last day written on
// it: the question is how a series runs over time, not which of them is larger.
//
// A day without a figure is a gap with a faint tick below the baseline. A day
// known to be 0 has a flat stroke on the baseline.
type Days struct {
	// Labels names each day (10-24); as many as fit are written, counted back
	// from Today.
	Labels []string
	// Today is the index of the day to highlight, -1 for none.
	Today  int
	Series []DaySeries
	Words  Words
	// Over writes names and notes above their bands instead of beside them, for a
	// frame that is narrow and high.
	Over bool
}

// DaySeries is one band.
type DaySeries struct {
	// Name and Note stand at the left, the note quietly beneath.
	Name, Note string
	// Key opens all rows of the series; it may be empty.
	Key, Label string
	Role       Role
	// Days has one element for each of Days.Labels; missing ones are unknown.
	Days []Day
}

// Day is one column.
type Day struct {
	Key, Label string
	Now, Last  Amount
	// Changed marks the column; Delta (＋3) is written above it where it fits.
	Changed bool
	Delta   string
}

func (s DaySeries) day(i int) Day {
	if i < len(s.Days) {
		return s.Days[i]
	}
	return Day{}
}

// dayGrid is the geometry that all bands share.
type dayGrid struct {
	x, step float64
	days    int
	today   int
}

// edge is the left edge of column i, on a whole unit.
func (g dayGrid) edge(i int) float64 { return math.Round(g.x + float64(i)*g.step) }

func (g dayGrid) middle(i int) float64 { return (g.edge(i) + g.edge(i+1)) / 2 }

// Layout lays the bands out. Bands that would be too low to read are left out
// and counted in Picture.Missing.
func (d Days) Layout(f Frame) Picture {
	p := newPen(f)
	foot := math.Ceil(p.small()*leading) + p.em(0.2)
	least := math.Ceil(p.Type * 2.8)
	n := min(len(d.Series), int(max(0, p.H-foot)/least))
	p.pic.Missing = len(d.Series) - n
	if n == 0 || len(d.Labels) == 0 {
		return p.pic
	}
	g := d.grid(p, n)
	if g.step < 1 {
		p.pic.Missing = len(d.Series)
		return p.pic
	}
	height := math.Floor((p.H - foot) / float64(n))
	if g.today >= 0 {
		p.add(Shape{Kind: KindRect, X: g.edge(g.today), Y: 0, W: g.edge(g.today+1) - g.edge(g.today),
			H: height * float64(n), Role: RoleStructure, Opacity: 0.08})
	}
	for i, s := range d.Series[:n] {
		d.band(p, g, s, height*float64(i), height)
	}
	d.dates(p, g, height*float64(n)+p.em(0.2)+p.small()*leading/2)
	return p.pic
}

func (d Days) grid(p *pen, n int) dayGrid {
	names := 0.0
	for _, s := range d.Series[:n] {
		if d.Over {
			break
		}
		names = max(names, p.ink(s.Name, p.Type, false, RoleText).w, p.ink(s.Note, p.small(), false, RoleQuiet).w)
	}
	g := dayGrid{days: len(d.Labels), today: d.Today}
	if d.Today < 0 || d.Today >= len(d.Labels) {
		g.today = -1
	}
	if names = math.Ceil(min(names, p.W*0.26)); names > 0 {
		g.x = names + p.em(0.9)
	}
	g.step = (p.W - g.x) / float64(g.days)
	return g
}

// band draws one series between y and y+h: a strip for labels, the plot, and
// the baseline with room for the ticks of missing days.
func (d Days) band(p *pen, g dayGrid, s DaySeries, y, h float64) {
	tick := p.em(0.3)
	strip := math.Ceil(p.small() * leading)
	base := y + h - tick - p.em(0.35)
	top := y + p.em(0.3) + strip
	unit := 0.0
	if most := s.most(g.days); most > 0 {
		unit = (base - top) / most
	}
	var taken []span
	if d.Over {
		taken = append(taken, d.title(p, s, top-strip/2))
	} else {
		d.names(p, g, s, top, base)
	}
	for i := range g.days {
		d.column(p, g, s, i, base, unit, tick)
	}
	p.hair(g.x, base, p.W, RoleLine, 1)
	d.before(p, g, s, base, unit)
	d.peaks(p, g, s, top-strip/2, taken)
	for i := range g.days {
		day, x := s.day(i), g.edge(i)
		if day.Changed {
			p.mark(x, top-1, g.edge(i+1)-x, base+2-top) // not over the figure above it
		}
		p.hit(x, y, g.edge(i+1)-x, h, day.Key, day.Label)
	}
}

func (s DaySeries) most(days int) float64 {
	most := 0.0
	for i := range days {
		most = max(most, s.day(i).Now.size(), s.day(i).Last.size())
	}
	return most
}

// names writes the series' name and note in the left column.
func (d Days) names(p *pen, g dayGrid, s DaySeries, top, base float64) {
	w := g.x - p.em(0.9)
	if w <= 0 {
		return
	}
	name := p.fit(p.ink(s.Name, p.Type, false, RoleText), w)
	note := p.fit(p.ink(s.Note, p.small(), false, RoleQuiet), w)
	cy := base - p.Type*leading/2
	if note.text != "" && base-top >= p.Type*leading*0.9 {
		p.left(note, 0, base-note.tall()/2)
		cy = base - note.tall() - name.tall()/2
	}
	p.left(name, 0, cy)
	p.hit(0, top, w, base-top, s.Key, s.Label)
}

func (d Days) column(p *pen, g dayGrid, s DaySeries, i int, base, unit, tick float64) {
	x0, x1 := g.edge(i), g.edge(i+1)
	if air := math.Round((x1 - x0) * 0.3); air >= 1 {
		x0 += math.Floor(air / 2)
		x1 -= math.Ceil(air / 2)
	}
	now := s.day(i).Now
	if !now.Known {
		p.bar(math.Floor(g.middle(i)), base+2, math.Floor(g.middle(i))+1, tick, RoleQuiet, 1)
		return
	}
	if now.size() == 0 {
		p.hair(x0, base-1, x1, s.Role, 0.7)
		return
	}
	top := min(math.Round(base-now.size()*unit), base-1)
	p.bar(x0, top, x1, base-top, s.Role, 1)
}

// before draws the period before as a stroke across each day, with a gap where
// it is unknown. Risers between the days would say nothing and cross the bars.
func (d Days) before(p *pen, g dayGrid, s DaySeries, base, unit float64) {
	thick := max(1, math.Round(p.Type/14))
	for i := range g.days {
		last := s.day(i).Last
		if !last.Known {
			continue
		}
		x, y := g.edge(i), min(math.Round(base-last.size()*unit), base-thick)
		p.add(Shape{Kind: KindRect, X: x, Y: y, W: g.edge(i+1) - x, H: thick, Role: RoleQuiet})
	}
}

// title writes the series' name and note above its band.
func (d Days) title(p *pen, s DaySeries, cy float64) span {
	name := p.fit(p.ink(s.Name, p.small(), true, s.Role), p.W)
	p.left(name, 0, cy)
	right := name.w
	note := p.ink(s.Note, p.small(), false, RoleQuiet)
	if right+p.em(0.5)+note.w <= p.W*0.8 {
		p.left(note, right+p.em(0.5), cy)
		right += p.em(0.5) + note.w
	}
	p.hit(0, cy-p.Type*leading/2, right, p.Type*leading, s.Key, s.Label)
	return span{0, right}
}

// peaks writes today's figure and, where it keeps clear of that and of what is taken
// already, the peak.
func (d Days) peaks(p *pen, g dayGrid, s DaySeries, cy float64, taken []span) {
	if g.today >= 0 {
		day := s.day(g.today)
		text := d.Words.format(day.Now)
		role, bold := RoleText, true
		if !day.Now.Known {
			role, bold = RoleQuiet, false
		} else if day.Changed && day.Delta != "" {
			text, role = day.Delta, RoleHighlight
		}
		taken = d.over(p, g, p.ink(text, p.small(), bold, role), g.today, cy, taken)
	}
	peak := -1
	for i := range g.days {
		if v := s.day(i).Now.size(); v > 0 && (peak < 0 || v > s.day(peak).Now.size()) {
			peak = i
		}
	}
	if peak >= 0 && peak != g.today {
		text := d.Words.format(s.day(peak).Now)
		d.over(p, g, p.ink(text, p.small(), false, RoleQuiet), peak, cy, taken)
	}
}

// span is a stretch of the x axis.
type span struct{ from, to float64 }

// over writes t above column i, inside the plot, unless it meets what is taken.
func (d Days) over(p *pen, g dayGrid, t ink, i int, cy float64, taken []span) []span {
	x := min(max(g.middle(i)-t.w/2, g.x), p.W-t.w)
	if t.text == "" || t.w > p.W-g.x {
		return taken
	}
	for _, s := range taken {
		if x < s.to+p.em(0.3) && x+t.w+p.em(0.3) > s.from {
			return taken
		}
	}
	p.left(t, x, cy)
	return append(taken, span{x, x + t.w})
}

// dates writes as many day labels as keep clear of one another.
func (d Days) dates(p *pen, g dayGrid, cy float64) {
	anchor := g.today
	if anchor < 0 {
		anchor = g.days - 1
	}
	widest := 0.0
	for _, label := range d.Labels {
		widest = max(widest, p.ink(label, p.small(), true, RoleQuiet).w)
	}
	need := widest + p.em(0.8)
	if anchor == g.days-1 {
		// The last label is pushed in from the edge, towards its neighbour.
		need += max(0, (widest-g.step)/2)
	}
	every := g.days
	for _, n := range [...]int{1, 2, 5, 7, 10, 15, 30} {
		if float64(n)*g.step >= need {
			every = n
			break
		}
	}
	spans := make([]span, 0, g.days/every+2)
	for k := range g.days {
		for _, i := range [...]int{anchor - k*every, anchor + (k+1)*every} {
			if i >= 0 && i < g.days {
				spans = d.date(p, g, i, cy, spans)
			}
		}
	}
}

func (d Days) date(p *pen, g dayGrid, i int, cy float64, taken []span) []span {
	role, bold := RoleQuiet, false
	if i == g.today {
		role, bold = RoleStructure, true
	}
	t := p.ink(d.Labels[i], p.small(), bold, role)
	x := min(max(g.middle(i)-t.w/2, g.x), p.W-t.w)
	if x < g.x-0.5 || t.text == "" {
		return taken
	}
	for _, s := range taken {
		if x < s.to+p.em(0.3) && x+t.w+p.em(0.3) > s.from {
			return taken
		}
	}
	p.left(t, x, cy)
	return append(taken, span{x, x + t.w})
}
