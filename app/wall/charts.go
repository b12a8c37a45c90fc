package wall

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// The charts of the wall are those of the overview, with marks instead of tooltips:
// nobody has a pointer over there.

func chartWords() chart.Words {
	return chart.Words{
		About:   strings.TrimSuffix(words.T("quantity.about", "n", "#"), "#"),
		Missing: words.T("count.unstated"),
		Other:   func(n int) string { return words.T("wall.more", "n", n) },
	}
}

// amount is a sum of entries; without any entry nobody has reported it.
func amount(s ledger.Sum, entries int64) chart.Amount {
	return chart.Amount{Value: float64(s.Value), Known: entries > 0, About: s.Approx}
}

// itemGroups are the items of each channel with the period before.
func (b *brush) itemGroups() []chart.BarGroup {
	p := b.Figures.Publicity
	var groups []chart.BarGroup
	for i, c := range p.Channels {
		g := chart.BarGroup{Name: words.Channel(c.Channel), Role: chart.Series(i), Key: chart.KeyOf(keyChannel, int64(c.Channel)),
			Note: words.T("overview.entries", "n", c.Entries), Label: words.Channel(c.Channel)}
		b.addItems(&g, c.Channel)
		groups = append(groups, g)
	}
	strange := chart.BarGroup{Name: words.Channel(0), Role: chart.RoleQuiet, Label: words.Channel(0)}
	b.addItems(&strange, 0)
	groups = append(groups, strange)
	var some []chart.BarGroup
	for _, g := range groups {
		if len(g.Rows) > 0 {
			some = append(some, g)
		}
	}
	return some
}

func (b *brush) addItems(g *chart.BarGroup, c ledger.Channel) {
	for _, it := range b.Figures.Publicity.Items {
		if it.Item.Channel != c {
			continue
		}
		key := chart.KeyOf(keyItem, int64(it.ID))
		row := chart.Bar{Key: key, Name: it.Item.Name, Unit: it.Item.Measure, Now: amount(it.Sum, it.Entries), Changed: b.moot[key]}
		if b.Figures.Compared {
			row.Last = amount(it.Before, it.EntriesBefore)
		}
		row.Label = words.T("overview.bar", "name", it.Item.Name, "sum", it.Sum, "measure", it.Item.Measure, "n", it.Entries, "before", "")
		g.Rows = append(g.Rows, row)
	}
}

// days are the entries of each of the last days by channel.
func (b *brush) days() chart.Days {
	p := b.Figures.Publicity
	d := chart.Days{Today: -1, Words: chartWords()}
	for i, day := range p.Days {
		d.Labels = append(d.Labels, day.Day.Short())
		if day.Day == b.Figures.Today {
			d.Today = i
		}
	}
	for k, c := range ledger.Channels {
		s := chart.DaySeries{Name: words.Channel(c), Key: chart.KeyOf(keyChannel, int64(c)), Role: chart.Series(k)}
		sum := int64(0)
		for i, day := range p.Days {
			sum += day.Entries[k]
			s.Days = append(s.Days, b.dayColumn(i, k))
		}
		s.Note = words.T("overview.entries", "n", sum)
		s.Label = s.Name + " " + s.Note
		d.Series = append(d.Series, s)
	}
	return d
}

func (b *brush) dayColumn(i, k int) chart.Day {
	p := b.Figures.Publicity
	day, c := p.Days[i], ledger.Channels[k]
	key := chart.KeyOf(keyDay, int64(c), int64(day.Day))
	col := chart.Day{Key: key, Changed: b.moot[key], Label: words.T("overview.day.none", "day", day.Day, "name", words.Channel(c))}
	if day.Known {
		col.Now = chart.Known(float64(day.Entries[k]))
		col.Label = words.T("overview.day", "day", day.Day, "name", words.Channel(c), "n", day.Entries[k])
	}
	if i < len(p.DaysBefore) && p.DaysBefore[i].Known {
		col.Last = chart.Known(float64(p.DaysBefore[i].Entries[k]))
	}
	return col
}

// unitBars rank the reporting units by their entries.
func (b *brush) unitBars() chart.Bars {
	g := chart.BarGroup{Role: chart.RoleStructure, Key: keyUnits}
	for _, u := range b.Figures.Publicity.Units {
		key := chart.KeyOf(keyUnit, int64(u.ID))
		row := chart.Bar{Key: key, Label: u.Name, Name: u.Name, Now: chart.Amount{Value: float64(u.Entries), Known: u.Entries > 0},
			Changed: b.moot[key]}
		if b.Figures.Compared && u.Before > 0 {
			row.Last = chart.Known(float64(u.Before))
		}
		g.Rows = append(g.Rows, row)
	}
	return chart.Bars{Groups: []chart.BarGroup{g}, Words: unitWords()}
}

// unitWords are chartWords for rows that are units.
func unitWords() chart.Words {
	w := chartWords()
	w.Other = func(n int) string { return words.T("wall.more.units", "n", n) }
	return w
}

// siteBars are the rooms of the sites of some plans by state.
func (b *brush) siteBars(plans ...ledger.Plan) chart.Sites {
	s := chart.Sites{Words: chartWords(), States: []chart.SiteState{
		{Name: words.T("overview.rooms.ready"), Role: chart.RoleGood},
		{Name: words.T("overview.rooms.occupied"), Role: chart.RoleStructure},
		{Name: words.T("overview.rooms.cleaning"), Role: chart.RoleWarn},
		{Name: words.T("overview.rooms.unavailable"), Role: chart.RoleQuiet}}}
	for _, plan := range b.Figures.Isolation.Plans {
		g := chart.SiteGroup{Name: words.Plan(plan.Plan), Key: chart.KeyOf(keyPlan, int64(plan.Plan)), Label: words.Plan(plan.Plan)}
		if plan.Ready.Known {
			g.Note = words.T("overview.rooms.note", "ready", plan.Ready, "rooms", plan.Rooms)
		}
		for _, site := range b.Figures.Isolation.Sites {
			if site.Site.Plan == plan.Plan {
				g.Sites = append(g.Sites, b.siteBar(site))
			}
		}
		if len(g.Sites) == 0 || !slices.Contains(plans, plan.Plan) {
			continue
		}
		if len(plans) == 1 {
			g.Name = "" // the part of the page has it
		}
		s.Groups = append(s.Groups, g)
	}
	if !anyReported(s) {
		s.States = nil
	}
	return s
}

func anyReported(s chart.Sites) bool {
	for _, g := range s.Groups {
		for _, site := range g.Sites {
			if site.Reported {
				return true
			}
		}
	}
	return false
}

func (b *brush) siteBar(site ledger.SiteFigure) chart.Site {
	key := chart.KeyOf(keySite, int64(site.ID))
	row := chart.Site{Key: key, Name: site.Site.Name, Label: site.Site.Name, Changed: b.moot[key], Reported: site.Report != 0}
	if !row.Reported {
		return row
	}
	age := b.age(site)
	row.Stale = age > ledger.StaleReserve
	row.Age = words.Age(age)
	if row.Stale {
		row.Age = words.T("wall.aged", "age", row.Age)
	}
	row.Total = fmt.Sprintf("%d/%d", site.Ready.N, site.Rooms.N)
	for _, n := range []ledger.Count{site.Ready, site.Occupied, site.Cleaning, site.Unavailable} {
		row.Rooms = append(row.Rooms, chart.Rooms{Key: key, Label: row.Label, Now: chart.Known(float64(n.N))})
	}
	return row
}

// states are the listed problems of the period by state.
func (b *brush) states() chart.States {
	s := b.Figures.Supervision
	part := func(state ledger.State, n int64, role chart.Role) chart.State {
		key := chart.KeyOf(keyState, int64(state))
		return chart.State{Key: key, Name: words.State(state), Label: words.State(state), Role: role,
			Now: chart.Known(float64(n)), Changed: b.moot[key]}
	}
	open := part(ledger.StateOpen, s.Open, chart.RoleWarn)
	open.Marked = chart.Mark{Key: keyOverdue, Name: words.T("overview.overdue"), Label: words.T("overview.overdue"), Role: chart.RoleBad,
		Now: chart.Known(math.Min(float64(s.Overdue), float64(s.Open)))}
	return chart.States{Words: chartWords(), Empty: words.T("overview.problems.none"), Parts: []chart.State{
		open, part(ledger.StateRectified, s.Rectified, chart.Series(4)), part(ledger.StateClosed, s.Closed, chart.RoleGood)}}
}
