package ui

import (
	"fmt"
	"math"
	"strings"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
	"taizhang/ui/plot"
)

// layouter is any chart of package chart.
type layouter interface {
	Layout(chart.Frame) chart.Picture
}

// typed lays a chart out in body text, a step larger where there is much room
// and a step smaller where rows would be folded away.
func typed(l layouter) plot.Layout {
	return func(w, h float64, m chart.Measure) chart.Picture {
		size := float64(look.SizeBody)
		switch {
		case w > 640 && h > 380:
			size += 2
		case h < 250:
			size--
		}
		return l.Layout(chart.Frame{W: w, H: h, Type: size, Measure: m})
	}
}

func chartWords() chart.Words {
	return chart.Words{
		About:   strings.TrimSuffix(words.T("quantity.about", "n", "#"), "#"),
		Missing: words.T("count.unstated"),
		Other:   func(n int) string { return words.T("overview.other", "n", n) },
	}
}

func amount(s ledger.Sum, entries int64) chart.Amount {
	return chart.Amount{Value: float64(s.Value), Known: entries > 0, About: s.Approx}
}

// publicityBars are the items by channel with the period before.
func publicityBars(f ledger.Figures, c *figureChanges) chart.Bars {
	bars := chart.Bars{Words: chartWords()}
	for i, channel := range f.Publicity.Channels {
		group := chart.BarGroup{Name: words.Channel(channel.Channel), Role: chart.Series(i), Key: chart.KeyOf("channel", int64(channel.Channel)),
			Note:  words.T("overview.entries", "n", channel.Entries),
			Label: words.T("overview.open.channel", "name", words.Channel(channel.Channel), "n", channel.Entries)}
		for _, it := range f.Publicity.Items {
			if it.Item.Channel == channel.Channel {
				group.Rows = append(group.Rows, itemBar(f, it, c.items[it.ID]))
			}
		}
		if len(group.Rows) > 0 {
			bars.Groups = append(bars.Groups, group)
		}
	}
	if group := strangeBars(f, c); len(group.Rows) > 0 {
		bars.Groups = append(bars.Groups, group)
	}
	return bars
}

// strangeBars are the items whose records have not come yet: nobody here knows
// their channel.
func strangeBars(f ledger.Figures, c *figureChanges) chart.BarGroup {
	group := chart.BarGroup{Name: words.Channel(0), Role: chart.RoleQuiet, Label: words.Channel(0)}
	n := int64(0)
	for _, it := range f.Publicity.Items {
		if it.Item.Channel == 0 {
			group.Rows = append(group.Rows, itemBar(f, it, c.items[it.ID]))
			n += it.Entries
		}
	}
	group.Note = words.T("overview.entries", "n", n)
	return group
}

func itemBar(f ledger.Figures, it ledger.ItemFigure, delta int64) chart.Bar {
	b := chart.Bar{Key: chart.KeyOf("item", int64(it.ID)), Name: it.Item.Name, Unit: it.Item.Measure,
		Now: amount(it.Sum, it.Entries), Changed: delta != 0, Delta: signed(delta)}
	before := ""
	if f.Compared {
		b.Last = amount(it.Before, it.EntriesBefore)
		before = words.T("overview.bar.before", "sum", it.Before, "measure", it.Item.Measure)
	}
	b.Label = words.T("overview.bar", "name", it.Item.Name, "sum", it.Sum, "measure", it.Item.Measure, "n", it.Entries, "before", before)
	return b
}

// publicityDays are the entries of each of the last days by channel.
func publicityDays(f ledger.Figures, c *figureChanges) chart.Days {
	p := f.Publicity
	d := chart.Days{Today: -1, Words: chartWords()}
	for i, day := range p.Days {
		d.Labels = append(d.Labels, day.Day.Short())
		if day.Day == f.Today {
			d.Today = i
		}
	}
	for k, channel := range ledger.Channels {
		s := chart.DaySeries{Name: words.Channel(channel), Key: chart.KeyOf("channel", int64(channel)), Role: chart.Series(k)}
		sum := int64(0)
		for i, day := range p.Days {
			sum += day.Entries[k]
			s.Days = append(s.Days, dayColumn(p, i, k, c))
		}
		s.Note = words.T("overview.entries", "n", sum)
		s.Label = words.T("overview.open.channel", "name", s.Name, "n", sum)
		d.Series = append(d.Series, s)
	}
	return d
}

func dayColumn(p ledger.PublicityFigures, i, k int, c *figureChanges) chart.Day {
	day, channel := p.Days[i], ledger.Channels[k]
	delta := c.days[dayChannel{day.Day, channel}]
	col := chart.Day{Key: chart.KeyOf("day", int64(channel), int64(day.Day)), Changed: delta != 0, Delta: signed(delta)}
	col.Label = words.T("overview.day.none", "day", day.Day, "name", words.Channel(channel))
	if day.Known {
		col.Now = chart.Known(float64(day.Entries[k]))
		col.Label = words.T("overview.day", "day", day.Day, "name", words.Channel(channel), "n", day.Entries[k])
	}
	if i < len(p.DaysBefore) && p.DaysBefore[i].Known {
		col.Last = chart.Known(float64(p.DaysBefore[i].Entries[k]))
	}
	return col
}

// siteBars are the rooms of each site by state, plan 1 and plan 2 apart.
func siteBars(f ledger.Figures, c *figureChanges) chart.Sites {
	s := chart.Sites{Words: chartWords(), States: []chart.SiteState{
		{Name: words.T("overview.rooms.ready"), Role: chart.RoleGood},
		{Name: words.T("overview.rooms.occupied"), Role: chart.RoleStructure},
		{Name: words.T("overview.rooms.cleaning"), Role: chart.RoleWarn},
		{Name: words.T("overview.rooms.unavailable"), Role: chart.RoleQuiet}}}
	for _, plan := range f.Isolation.Plans {
		if plan.Sites == 0 {
			continue
		}
		group := chart.SiteGroup{Name: words.Plan(plan.Plan), Key: chart.KeyOf("plan", int64(plan.Plan)), Label: words.Plan(plan.Plan)}
		if plan.Ready.Known {
			group.Note = words.T("overview.rooms.note", "ready", plan.Ready, "rooms", plan.Rooms)
		}
		for _, site := range f.Isolation.Sites {
			if site.Site.Plan == plan.Plan {
				group.Sites = append(group.Sites, siteBar(f, site, c.sites[site.ID]))
			}
		}
		s.Groups = append(s.Groups, group)
	}
	return s
}

func siteBar(f ledger.Figures, site ledger.SiteFigure, changed bool) chart.Site {
	key := chart.KeyOf("site", int64(site.ID))
	b := chart.Site{Key: key, Name: site.Site.Name, Changed: changed, Reported: site.Report != 0}
	if !b.Reported {
		b.Label = words.T("overview.site.none", "name", site.Site.Name)
		return b
	}
	age := f.AsOf.Sub(site.At)
	b.Stale = age > ledger.StaleReserve
	b.Age = words.Age(age)
	if b.Stale {
		b.Age = words.T("overview.site.stale", "age", b.Age)
	}
	b.Total = fmt.Sprintf("%d/%d", site.Ready.N, site.Rooms.N)
	b.Label = words.T("overview.site", "name", site.Site.Name, "ready", site.Ready, "occupied", site.Occupied,
		"cleaning", site.Cleaning, "unavailable", site.Unavailable, "rooms", site.Rooms, "time", site.At)
	for _, n := range []ledger.Count{site.Ready, site.Occupied, site.Cleaning, site.Unavailable} {
		b.Rooms = append(b.Rooms, chart.Rooms{Key: key, Label: b.Label, Now: chart.Known(float64(n.N))})
	}
	return b
}

// problemStates are the listed problems of the period by state.
func problemStates(f ledger.Figures, c *figureChanges) chart.States {
	s := f.Supervision
	part := func(state ledger.State, n int64, role chart.Role) chart.State {
		return chart.State{Key: chart.KeyOf("state", int64(state)), Name: words.State(state), Role: role,
			Label: words.T("overview.problems.label", "state", words.State(state), "n", n),
			Now:   chart.Known(float64(n)), Changed: c.states[state] != 0, Delta: signed(c.states[state])}
	}
	open := part(ledger.StateOpen, s.Open, chart.RoleWarn)
	open.Marked = chart.Mark{Key: "overdue", Name: words.T("overview.overdue"), Role: chart.RoleBad,
		Label: words.T("overview.problems.label", "state", words.T("overview.overdue"), "n", s.Overdue),
		Now:   chart.Known(math.Min(float64(s.Overdue), float64(s.Open)))}
	return chart.States{Words: chartWords(), Empty: words.T("overview.problems.none"), Parts: []chart.State{
		open, part(ledger.StateRectified, s.Rectified, chart.Series(4)), part(ledger.StateClosed, s.Closed, chart.RoleGood)}}
}

// leading is the item with the most entries in the period, the first of equals;
// ok is false when the period has none.
func leading(p ledger.PublicityFigures) (item ledger.ItemFigure, ok bool) {
	for _, it := range p.Items {
		if it.Entries > item.Entries {
			item, ok = it, true
		}
	}
	return item, ok
}

// itemSpark is how an item ran over the last days.
func itemSpark(p ledger.PublicityFigures, item ledger.ID) chart.Spark {
	s := chart.Spark{Role: chart.RoleStructure}
	for _, day := range p.Days {
		point := chart.Point{Key: "item", Label: day.Day.String()}
		if day.Known {
			point.Now = chart.Known(0)
		}
		for _, t := range day.Items {
			if t.Item == item {
				point.Now = chart.Known(float64(t.Quantity))
			}
		}
		s.Points = append(s.Points, point)
	}
	return s
}

// openingFor is what a part of the overview's charts opens.
func openingFor(key string, f ledger.Figures) (Opening, bool) {
	word, ids := chart.SplitKey(key)
	period := f.Scope.Period
	o := Opening{Unit: f.Scope.Unit, Period: &period}
	switch word {
	case "item":
		o.Place, o.Item = PlacePublicity, ledger.ID(ids[0])
	case "channel":
		o.Place, o.Channel = PlacePublicity, ledger.Channel(ids[0])
	case "day":
		o.Place, o.Channel = PlacePublicity, ledger.Channel(ids[0])
		o.Period = &ledger.Period{From: ledger.Day(ids[1]), To: ledger.Day(ids[1])}
	case "site":
		return Opening{Place: PlaceIsolation, Record: ledger.ID(ids[0])}, true
	case "plan":
		return Opening{Place: PlaceIsolation}, true
	case "state":
		o.Place, o.State = PlaceSupervision, ledger.State(ids[0])
	case "overdue":
		return Opening{Place: PlaceSupervision, Overdue: true, Unit: f.Scope.Unit}, true
	case "problem":
		return Opening{Place: PlaceSupervision, Record: ledger.ID(ids[0])}, true
	default:
		return Opening{}, false
	}
	return o, true
}
