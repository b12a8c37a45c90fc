package wall

import (
	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// supervision is the page of problems: how many stand, in which state, which are
// overdue, and how far inspection has come.
func (b *brush) supervision(r rect) {
	if !HasSomething(PageSupervision, b.Figures) {
		b.empty(r, words.T("wall.supervision.none"))
		return
	}
	gap := b.gap()
	switch b.shape() {
	case shapeNarrow:
		parts := r.rows(b.of(0.024), 0.335, 0.665)
		top := parts[0].columns(gap, 0.42, 0.58)
		b.standing(top[0], 0.17)
		cells := top[1].columns(b.of(0.04), 1, 1)
		b.tile(cells[0], b.closureTile(), b.of(0.098))
		b.tile(cells[1], b.coverageTile(), b.of(0.098))
		low := parts[1].rows(b.of(0.02), 0.48, 0.52)
		b.problemStates(low[0])
		b.overdueList(low[1])
	case shapeNormal:
		parts := r.columns(gap, 0.36, 0.64)
		left := parts[0].rows(b.of(0.024), 0.60, 0.40)
		b.standing(left[0], 0.215)
		cells := left[1].columns(b.of(0.04), 1, 1)
		b.tile(cells[0], b.closureTile(), b.of(0.11))
		b.tile(cells[1], b.coverageTile(), b.of(0.11))
		right := parts[1].rows(b.of(0.024), 0.37, 0.63)
		b.problemStates(right[0])
		b.overdueList(right[1])
	case shapeWide:
		parts := r.columns(gap, 0.27, 0.27, 0.46)
		b.standing(parts[0], 0.215)
		middle := parts[1].rows(b.of(0.03), 1, 1)
		b.tile(middle[0], b.closureTile(), b.of(0.13))
		b.tile(middle[1], b.coverageTile(), b.of(0.13))
		right := parts[2].rows(b.of(0.024), 0.37, 0.63)
		b.problemStates(right[0])
		b.overdueList(right[1])
	default:
		parts := r.columns(gap*1.3, 0.19, 0.17, 0.30, 0.34)
		b.standing(parts[0], 0.27)
		middle := parts[1].rows(b.of(0.03), 1, 1)
		b.tile(middle[0], b.closureTile(), b.of(0.16))
		b.tile(middle[1], b.coverageTile(), b.of(0.16))
		third := parts[2].rows(b.of(0.03), 0.36, 0.64)
		b.problemStates(third[0])
		b.byUnit(third[1])
		b.overdueList(parts[3])
	}
}

// standing is the figure of the page: problems that are not closed.
func (b *brush) standing(r rect, most float64) {
	s := b.Figures.Supervision
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	c.caption(words.T("wall.problems"))
	c.skip(heroAir)
	open := b.supervised(s.LiveOpen)
	f := stated(open, words.T("overview.problems.measure"))
	if b.stale() {
		f.role = chart.RoleQuiet
	}
	b.figureMarked(c, keyOpen, f, most)
	c.skip(heroAir)
	if s.LiveOverdue > 0 {
		c.notes(note{words.T("wall.overdue.n", "n", s.LiveOverdue), chart.RoleBad})
	} else {
		c.notes(note{words.T("overview.problems.fine"), chart.RoleGood})
	}
	if s.LiveDueSoon > 0 {
		c.notes(note{words.T("overview.problems.soon", "n", s.LiveDueSoon), chart.RoleWarn})
	}
	c.notes(plain(versus(open, b.Figures.Yesterday.Open)))
	if aged := b.agedToday(); aged != "" {
		c.notes(note{aged, chart.RoleWarn})
	}
	b.hit(rect{r.x, r.y, r.w, c.y - r.y}, keyOpen, words.T("wall.problems"))
}

func (b *brush) closureTile() tile {
	s := b.Figures.Supervision
	rate := s.ClosureRate()
	t := tile{key: keyClosure, label: words.T("wall.closure"), name: words.T("wall.closure"), aged: b.agedToday(),
		figure: stated(rate, "")}
	if rate.Known {
		t.figure.of = "%"
		t.picture = chart.Proportion{N: chart.Known(float64(rate.N)), Whole: chart.Known(100), Role: chart.RoleGood}
		t.notes = []note{plain(words.T("wall.closure.of", "closed", s.Closed, "listed", s.Open+s.Rectified+s.Closed))}
	} else {
		t.notes = []note{plain(words.T("wall.closure.none"))}
	}
	return t
}

func (b *brush) coverageTile() tile {
	c := b.Figures.Supervision.Coverage
	t := tile{key: keyCoverage, label: words.T("wall.coverage"), name: words.T("wall.coverage"), aged: b.agedToday(),
		figure: figure{value: words.T("count.unstated")}}
	if c.All == 0 {
		return t
	}
	t.figure = share(ledger.Stated(int64(c.Reached)), ledger.Stated(int64(c.All)), words.T("overview.heard.measure"))
	role := chart.RoleStructure
	if c.Reached == c.All {
		role = chart.RoleGood
		t.notes = []note{{words.T("wall.coverage.full"), chart.RoleGood}}
	} else {
		t.notes = []note{plain(words.T("wall.coverage.missing", "n", c.All-c.Reached))}
	}
	t.picture = chart.Proportion{N: chart.Known(float64(c.Reached)), Whole: chart.Known(float64(c.All)), Role: role}
	return t
}

func (b *brush) problemStates(r rect) {
	s := b.Figures.Supervision
	at := r
	if b.shape() == shapeNarrow {
		b.rule(r.x, r.y, r.w) // the parts name themselves
		at = r.below(r.y + b.of(0.02))
	} else {
		at = b.section(r, words.T("overview.card.problems"), words.T("wall.problems.note", "visits", s.Visits, "problems", s.Problems))
	}
	b.chart(b.charts().States(), at, b.least()*1.05)
}

// overdueList names the problems past their deadline, the longest overdue first, and
// after them those that soon will be.
func (b *brush) overdueList(r rect) {
	at := r
	if b.shape() == shapeNarrow {
		b.rule(r.x, r.y, r.w) // each row says by its last word what it is
		at = r.below(r.y + b.of(0.02))
	} else {
		at = b.section(r, words.T("wall.overdue.list"), "")
	}
	var late, soon []row
	for _, a := range b.Figures.Alerts {
		key := alertKey(a)
		t := row{key: key, name: argText(a, "unit"), text: argText(a, "text"), changed: b.moot[key]}
		days := argInt(a, "days")
		switch {
		case a.Kind == ledger.AlertOverdue:
			t.tail, t.role = words.T("overview.due.over", "n", days), chart.RoleBad
			late = append(late, t)
		case a.Kind == ledger.AlertDueSoon && days == 0:
			t.tail, t.role = words.T("overview.due.today"), chart.RoleWarn
			soon = append(soon, t)
		case a.Kind == ledger.AlertDueSoon:
			t.tail, t.role = words.T("overview.due.in", "n", days), chart.RoleWarn
			soon = append(soon, t)
		}
	}
	if len(late)+len(soon) == 0 {
		b.column(at).notes(note{words.T("overview.problems.fine"), chart.RoleGood})
		return
	}
	b.list(at, append(late, soon...), b.of(0.052), keyOverdue)
}

// byUnit ranks units by the problems they have to put right.
func (b *brush) byUnit(r rect) {
	at := b.section(r, words.T("wall.problems.units"), "")
	g := chart.BarGroup{Role: chart.RoleWarn, Key: keyOpen}
	for _, u := range b.Figures.Supervision.Units {
		g.Rows = append(g.Rows, chart.Bar{Key: chart.KeyOf(keyProblems, int64(u.ID)), Label: u.Name, Name: u.Name,
			Now: chart.Known(float64(u.Entries)), Unit: words.T("overview.problems.measure")})
	}
	if len(g.Rows) == 0 {
		b.column(at).caption(words.T("overview.problems.none"))
		return
	}
	b.chart(chart.Bars{Groups: []chart.BarGroup{g}, Words: unitWords()}, at, b.of(0.044))
}

// argText and argInt read an argument of an alert's sentence.
func argText(a ledger.Alert, name string) string {
	s, _ := arg(a, name).(string)
	return s
}

func argInt(a ledger.Alert, name string) int {
	n, _ := arg(a, name).(int)
	return n
}

func arg(a ledger.Alert, name string) any {
	for i := 0; i+1 < len(a.Args); i += 2 {
		if a.Args[i] == name {
			return a.Args[i+1]
		}
	}
	return nil
}
