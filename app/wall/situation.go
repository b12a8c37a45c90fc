package wall

import (
	"math"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// shape is how a page is arranged: by the width of its body against its height.
type shape uint8

const (
	shapeNarrow shape = iota // 4:3
	shapeNormal              // 16:9
	shapeWide                // 21:9
	shapeUltra               // 32:9
)

func (b *brush) shape() shape {
	switch a := b.W / b.H; {
	case a < 1.55:
		return shapeNarrow
	case a < 2.1:
		return shapeNormal
	case a < 2.9:
		return shapeWide
	}
	return shapeUltra
}

// heroAir is the air between the name of a page's main figure and its digits.
const heroAir = 0.028

// situation is the page for who has ten seconds: who was heard, five figures and
// whether anybody is needed.
func (b *brush) situation(r rect) {
	gap := b.gap()
	switch b.shape() {
	case shapeNarrow:
		parts := r.rows(b.of(0.024), 0.36, 0.64)
		b.heard(parts[0], true, 0.165)
		b.tiles(parts[1], 0.098)
	case shapeNormal:
		parts := r.columns(gap, 0.36, 0.64)
		b.heard(parts[0], false, 0.215)
		b.tiles(parts[1], 0.125)
	case shapeWide:
		parts := r.columns(gap, 0.26, 0.41, 0.33)
		b.heard(parts[0], false, 0.215)
		b.tiles(parts[1], 0.125)
		b.urgent(parts[2])
	default:
		parts := r.columns(gap*1.4, 0.24, 0.42, 0.34)
		b.heard(parts[0], false, 0.27)
		b.tiles(parts[1], 0.17)
		b.urgent(parts[2])
	}
}

// heard is the figure of the page: from how many units something came today. Aside
// places what is missing beside it, for want of height.
func (b *brush) heard(r rect, aside bool, most float64) {
	h := b.Figures.Heard
	left, names := r, r
	if aside {
		parts := r.columns(b.gap(), 0.5, 0.5)
		left, names = parts[0], parts[1]
	}
	b.rule(r.x, r.y, r.w)
	c := b.column(left)
	c.skip(0.012)
	c.caption(words.T("overview.heard"))
	c.skip(heroAir)
	f := figure{value: words.T("count.unstated")}
	if h.All > 0 {
		f = share(ledger.Stated(int64(h.Reached)), ledger.Stated(int64(h.All)), words.T("overview.heard.measure"))
	}
	if b.stale() {
		f.role = chart.RoleQuiet
	}
	b.figureMarked(c, keyHeard, f, most)
	c.skip(heroAir)
	if h.All > 0 {
		role := chart.RoleStructure
		if h.Reached == h.All {
			role = chart.RoleGood
		}
		b.chart(chart.Proportion{N: chart.Known(float64(h.Reached)), Whole: chart.Known(float64(h.All)), Role: role},
			rect{c.x, c.y, c.w, b.of(0.022)}, b.of(0.044))
		c.y += b.of(0.022)
		c.skip(0.016)
	}
	against := plain(versus(ledger.Stated(int64(h.Reached)), b.Figures.Yesterday.Heard))
	if aside {
		n := b.column(names)
		n.skip(0.012)
		n.notes(against)
		names = names.below(n.y - b.of(0.012))
	} else {
		c.notes(against)
	}
	b.hit(rect{left.x, left.y, left.w, c.y - left.y}, keyHeard, words.T("overview.tip.heard"))
	if !aside {
		c.skip(0.02)
		names = left.below(c.y)
	}
	b.unheard(names, h)
}

// unheard names the units that are missing today.
func (b *brush) unheard(r rect, h ledger.Coverage) {
	c := b.column(r)
	c.skip(0.012)
	switch {
	case h.All == 0:
		c.caption(words.T("overview.heard.nounits"))
		return
	case len(h.Missing) == 0:
		c.notes(note{words.T("overview.heard.all"), chart.RoleGood})
		return
	}
	c.caption(words.T("wall.unheard", "n", len(h.Missing)))
	c.skip(0.006)
	var list []string
	for _, u := range h.Missing {
		list = append(list, u.Value.Name)
	}
	c.names(list, func(n int) string { return words.T("wall.more.units", "n", n) }, chart.RoleText)
	b.hit(r, keyUnheard, words.T("wall.unheard", "n", len(h.Missing)))
}

// figureMarked writes a page's main figure, marked where it has just changed. Its
// digits are most of the display's height at best.
func (b *brush) figureMarked(c *column, key string, f figure, most float64) {
	at := len(b.pic.Shapes)
	r := c.figure(f, b.of(most))
	if !b.moot[key] {
		return
	}
	right := r.x // the mark is only as wide as the figure
	for _, s := range b.pic.Shapes[at:] {
		right = max(right, s.X+s.W)
	}
	out, deep := b.of(0.018), b.of(heroAir-0.004) // the stroke of 18/23 goes below the line
	b.markUnder(at, rect{r.x - out, r.y - out, right - r.x + 2*out, r.h + out + deep})
}

// tiles are the five figures and the alerts, three beside three.
func (b *brush) tiles(r rect, most float64) {
	size := b.of(most)
	list := []tile{b.todayTile(), b.roomsTile(), b.casesTile(), b.openTile(), b.overdueTile(), b.alertsTile()}
	for i, row := range r.rows(b.of(0.024), 1, 1) {
		for k, cell := range row.columns(b.of(0.04), 1, 1, 1) {
			b.tile(cell, list[i*3+k], size)
		}
	}
}

func (b *brush) todayTile() tile {
	p := b.Figures.Publicity
	now := ledger.Count{}
	for _, t := range p.Today {
		now = ledger.Stated(now.N + t.Entries)
	}
	return tile{key: keyToday, label: words.T("overview.tip.heard"), name: words.T("wall.today"),
		figure: stated(now, words.T("wall.entries.measure")), aged: b.agedToday(),
		notes: []note{plain(versus(now, b.Figures.Yesterday.Entries))}, picture: b.run()}
}

// run is how many entries each of the last days had.
func (b *brush) run() chart.Spark {
	s := chart.Spark{Role: chart.RoleStructure}
	for _, d := range b.Figures.Publicity.Days {
		p := chart.Point{Label: d.Day.String()}
		if d.Known {
			p.Now = chart.Known(float64(d.Entries[0] + d.Entries[1] + d.Entries[2]))
		}
		s.Points = append(s.Points, p)
	}
	return s
}

// agedToday says how old the figures are once they no longer count as live.
func (b *brush) agedToday() string {
	if !b.stale() {
		return ""
	}
	return words.T("overview.aged", "age", words.Age(b.Now.Sub(b.Figures.AsOf)))
}

func (b *brush) roomsTile() tile {
	iso := b.Figures.Isolation
	t := tile{key: keyRooms, label: words.T("overview.tip.rooms"), name: words.T("overview.rooms"),
		figure: share(iso.Ready, iso.Reserve, words.T("overview.rooms.measure")), aged: b.agedRooms(),
		notes: []note{plain(versus(iso.Ready, b.Figures.Yesterday.Ready))}}
	bar := chart.Proportion{Role: chart.RoleGood}
	if iso.Ready.Known && iso.Reserve.Known {
		bar.N, bar.Whole = chart.Known(float64(iso.Ready.N)), chart.Known(float64(iso.Reserve.N))
	}
	t.picture = bar
	return t
}

// agedRooms is the age of the oldest report in the reserve, once that is stale.
func (b *brush) agedRooms() string {
	var oldest ledger.SiteFigure
	for _, s := range b.Figures.Isolation.Sites {
		if s.Site.InUse() && !s.At.IsZero() && (oldest.At.IsZero() || s.At.Before(oldest.At)) {
			oldest = s
		}
	}
	if oldest.At.IsZero() || b.age(oldest) <= ledger.StaleReserve {
		return b.agedToday()
	}
	return words.T("wall.aged.oldest", "age", words.Age(b.age(oldest)))
}

func (b *brush) casesTile() tile {
	iso := b.Figures.Isolation
	t := tile{key: keyCases, label: words.T("wall.cases"), name: words.T("wall.cases"), aged: b.agedToday(),
		figure: stated(iso.Cases, words.T("wall.cases.measure")),
		notes:  []note{plain(versus(iso.Cases, b.Figures.Yesterday.Cases))}}
	if bar, over := casesBar(iso); bar != nil {
		t.picture = bar
		if over {
			t.figure.role = chart.RoleBad
			t.notes = append([]note{{words.T("wall.cases.over"), chart.RoleBad}}, t.notes...)
		}
	}
	return t
}

// casesBar holds the cases against the line of the reserve rule; nil where either is
// unknown.
func casesBar(iso ledger.IsolationFigures) (bar layouter, over bool) {
	if !iso.Cases.Known || !iso.Reserve.Known || iso.Reserve.N == 0 {
		return nil, false
	}
	over = ledger.NeedsSupport(iso.Cases.N, iso.Reserve.N)
	limit := float64(caseLimit(iso))
	p := chart.Proportion{N: chart.Known(float64(iso.Cases.N)), Role: chart.RoleStructure,
		Whole: chart.Known(math.Max(limit*2, math.Max(float64(iso.Cases.N), 1))), Target: chart.Known(limit)}
	if over {
		p.Role = chart.RoleBad
	}
	return p, over
}

// caseLimit is the number of cases that the reserve still covers.
func caseLimit(iso ledger.IsolationFigures) int64 { return iso.Reserve.N * ledger.ReserveShare / 100 }

// supervised is a count of problems, unknown where nothing was ever inspected.
func (b *brush) supervised(n int64) ledger.Count {
	s := b.Figures.Supervision
	if n == 0 && s.Visits == 0 && s.Before.Visits == 0 && !b.Figures.Yesterday.Open.Known {
		return ledger.Count{}
	}
	return ledger.Stated(n)
}

func (b *brush) openTile() tile {
	s := b.Figures.Supervision
	open := b.supervised(s.LiveOpen)
	return tile{key: keyOpen, label: words.T("wall.problems"), name: words.T("wall.problems"), aged: b.agedToday(),
		figure: stated(open, words.T("overview.problems.measure")),
		notes:  []note{plain(versus(open, b.Figures.Yesterday.Open))}, picture: parts{
			{float64(s.LiveOverdue), chart.RoleBad}, {float64(s.LiveDueSoon), chart.RoleWarn},
			{float64(s.LiveOpen - s.LiveOverdue - s.LiveDueSoon), chart.RoleStructure}}}
}

func (b *brush) overdueTile() tile {
	late := b.supervised(b.Figures.Supervision.LiveOverdue)
	t := tile{key: keyOverdue, label: words.T("overview.overdue"), name: words.T("wall.overdue"), aged: b.agedToday(),
		figure: stated(late, words.T("overview.problems.measure")),
		notes:  []note{plain(versus(late, b.Figures.Yesterday.Overdue))}}
	if late.N > 0 {
		t.figure.role = chart.RoleBad
	}
	if soon := b.Figures.Supervision.LiveDueSoon; soon > 0 {
		t.notes = append(t.notes, note{words.T("overview.problems.soon", "n", soon), chart.RoleWarn})
	}
	return t
}

func (b *brush) alertsTile() tile {
	red, amber := countAlerts(b.Figures.Alerts)
	t := tile{key: keyAlerts, label: Title(PageAlerts), name: Title(PageAlerts), aged: b.agedToday(),
		figure:  stated(ledger.Stated(red+amber), words.T("wall.alerts.measure")),
		picture: parts{{float64(red), chart.RoleBad}, {float64(amber), chart.RoleWarn}}}
	switch {
	case red > 0:
		t.figure.role = chart.RoleBad
		t.notes = []note{{words.T("wall.alerts.red", "n", red), chart.RoleBad}, plain(versus(ledger.Stated(red), b.Figures.Yesterday.Red))}
	case amber > 0:
		t.figure.role = chart.RoleWarn
		t.notes = []note{{words.T("wall.alerts.amber", "n", amber), chart.RoleWarn}}
	default:
		t.notes = []note{{words.T("wall.alerts.none"), chart.RoleGood}}
	}
	return t
}

func countAlerts(list []ledger.Alert) (red, amber int64) {
	for _, a := range list {
		if a.Level == ledger.LevelRed {
			red++
		} else {
			amber++
		}
	}
	return red, amber
}

// urgent lists what needs somebody, beside the figures.
func (b *brush) urgent(r rect) {
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	c.caption(words.T("wall.urgent"))
	c.skip(0.012)
	if len(b.Figures.Alerts) == 0 {
		c.notes(note{words.T("wall.alerts.none"), chart.RoleGood})
		return
	}
	b.list(c.below(c.y), b.alertRows(b.Figures.Alerts), b.of(0.046), keyAlerts)
}
