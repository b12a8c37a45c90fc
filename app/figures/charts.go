// Package figures draws a ledger's figures as charts, for every place that shows them: the
// overview, and the wall.
package figures

import (
	"fmt"
	"math"
	"strings"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// The words of the keys of the charts' parts, which chart.KeyOf writes.
const (
	KeyItem    = "item"
	KeyChannel = "channel"
	KeyDay     = "day" // channel, day
	KeySite    = "site"
	KeyPlan    = "plan"
	KeyState   = "state"
	KeyOverdue = "overdue"
)

// Charts makes charts of figures.
type Charts struct {
	Figures ledger.Figures
	Now     time.Time // by which reports are so old
	Words   chart.Words

	// Marked says of a part, by its key, whether it has just changed, and by how much
	// where that is to be written beside it.
	Marked func(key string) (delta string, changed bool)
}

// Words are those of charts of figures; other says how many parts had no room.
func Words(other func(n int) string) chart.Words {
	return chart.Words{
		About:   strings.TrimSuffix(words.T("quantity.about", "n", "#"), "#"),
		Missing: words.T("count.unstated"),
		Other:   other,
	}
}

// amount is a sum of entries; without any entry nobody has reported it.
func amount(s ledger.Sum, entries int64) chart.Amount {
	return chart.Amount{Value: float64(s.Value), Known: entries > 0, About: s.Approx}
}

// Items are the sums of the items by channel, with those of the period before.
func (c Charts) Items() chart.Bars {
	bars := chart.Bars{Words: c.Words}
	for i, channel := range c.Figures.Publicity.Channels {
		bars.Groups = c.addItems(bars.Groups, chart.BarGroup{Role: chart.Series(i),
			Key: chart.KeyOf(KeyChannel, int64(channel.Channel))}, channel.Channel)
	}
	// The items whose records have not come yet: nobody here knows their channel.
	bars.Groups = c.addItems(bars.Groups, chart.BarGroup{Role: chart.RoleQuiet}, 0)
	return bars
}

// addItems adds the group of a channel, if it has items.
func (c Charts) addItems(groups []chart.BarGroup, g chart.BarGroup, channel ledger.Channel) []chart.BarGroup {
	n := int64(0)
	for _, it := range c.Figures.Publicity.Items {
		if it.Item.Channel == channel {
			g.Rows = append(g.Rows, c.item(it))
			n += it.Entries
		}
	}
	if len(g.Rows) == 0 {
		return groups
	}
	g.Name, g.Note = words.Channel(channel), words.T("overview.entries", "n", n)
	g.Label = g.Name
	if channel != 0 {
		g.Label = words.T("overview.open.channel", "name", g.Name, "n", n)
	}
	return append(groups, g)
}

func (c Charts) item(it ledger.ItemFigure) chart.Bar {
	b := chart.Bar{Key: chart.KeyOf(KeyItem, int64(it.ID)), Name: it.Item.Name, Unit: it.Item.Measure, Now: amount(it.Sum, it.Entries)}
	b.Delta, b.Changed = c.Marked(b.Key)
	before := ""
	if c.Figures.Compared {
		b.Last = amount(it.Before, it.EntriesBefore)
		before = words.T("overview.bar.before", "sum", it.Before, "measure", it.Item.Measure)
	}
	b.Label = words.T("overview.bar", "name", it.Item.Name, "sum", it.Sum, "measure", it.Item.Measure, "n", it.Entries, "before", before)
	return b
}

// Days are the entries of each of the last days by channel.
func (c Charts) Days() chart.Days {
	p := c.Figures.Publicity
	d := chart.Days{Today: -1, Words: c.Words}
	for i, day := range p.Days {
		d.Labels = append(d.Labels, day.Day.Short())
		if day.Day == c.Figures.Today {
			d.Today = i
		}
	}
	for k, channel := range ledger.Channels {
		s := chart.DaySeries{Name: words.Channel(channel), Key: chart.KeyOf(KeyChannel, int64(channel)), Role: chart.Series(k)}
		sum := int64(0)
		for i, day := range p.Days {
			sum += day.Entries[k]
			s.Days = append(s.Days, c.day(i, k))
		}
		s.Note = words.T("overview.entries", "n", sum)
		s.Label = words.T("overview.open.channel", "name", s.Name, "n", sum)
		d.Series = append(d.Series, s)
	}
	return d
}

func (c Charts) day(i, k int) chart.Day {
	p := c.Figures.Publicity
	day, channel := p.Days[i], ledger.Channels[k]
	col := chart.Day{Key: chart.KeyOf(KeyDay, int64(channel), int64(day.Day))}
	col.Delta, col.Changed = c.Marked(col.Key)
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

// Sites are the rooms of each site by state, a group for each plan that has sites.
func (c Charts) Sites() chart.Sites {
	s := chart.Sites{Words: c.Words, States: []chart.SiteState{
		{Name: words.T("overview.rooms.ready"), Role: chart.RoleGood},
		{Name: words.T("overview.rooms.occupied"), Role: chart.RoleStructure},
		{Name: words.T("overview.rooms.cleaning"), Role: chart.RoleWarn},
		{Name: words.T("overview.rooms.unavailable"), Role: chart.RoleQuiet}}}
	for _, plan := range c.Figures.Isolation.Plans {
		g := chart.SiteGroup{Name: words.Plan(plan.Plan), Key: chart.KeyOf(KeyPlan, int64(plan.Plan)), Label: words.Plan(plan.Plan)}
		if plan.Ready.Known {
			g.Note = words.T("overview.rooms.note", "ready", plan.Ready, "rooms", plan.Rooms)
		}
		for _, site := range c.Figures.Isolation.Sites {
			if site.Site.Plan == plan.Plan {
				g.Sites = append(g.Sites, c.site(site))
			}
		}
		if len(g.Sites) > 0 {
			s.Groups = append(s.Groups, g)
		}
	}
	return s
}

func (c Charts) site(site ledger.SiteFigure) chart.Site {
	s := chart.Site{Key: chart.KeyOf(KeySite, int64(site.ID)), Name: site.Site.Name, Reported: site.Report != 0}
	_, s.Changed = c.Marked(s.Key)
	if !s.Reported {
		s.Label = words.T("overview.site.none", "name", site.Site.Name)
		return s
	}
	age := max(0, c.Now.Sub(site.At))
	s.Stale = age > ledger.StaleReserve
	s.Age = words.Age(age)
	if s.Stale {
		s.Age = words.T("overview.aged", "age", s.Age)
	}
	s.Total = fmt.Sprintf("%d/%d", site.Ready.N, site.Rooms.N)
	s.Label = words.T("overview.site", "name", site.Site.Name, "ready", site.Ready, "occupied", site.Occupied,
		"cleaning", site.Cleaning, "unavailable", site.Unavailable, "rooms", site.Rooms, "time", site.At)
	for _, n := range []ledger.Count{site.Ready, site.Occupied, site.Cleaning, site.Unavailable} {
		s.Rooms = append(s.Rooms, chart.Rooms{Key: s.Key, Label: s.Label, Now: chart.Known(float64(n.N))})
	}
	return s
}

// States are the listed problems of the period by state.
func (c Charts) States() chart.States {
	s := c.Figures.Supervision
	part := func(state ledger.State, n int64, role chart.Role) chart.State {
		p := chart.State{Key: chart.KeyOf(KeyState, int64(state)), Name: words.State(state), Role: role,
			Label: words.T("overview.problems.label", "state", words.State(state), "n", n), Now: chart.Known(float64(n))}
		p.Delta, p.Changed = c.Marked(p.Key)
		return p
	}
	open := part(ledger.StateOpen, s.Open, chart.RoleWarn)
	open.Marked = chart.Mark{Key: KeyOverdue, Name: words.T("overview.overdue"), Role: chart.RoleBad,
		Label: words.T("overview.problems.label", "state", words.T("overview.overdue"), "n", s.Overdue),
		Now:   chart.Known(math.Min(float64(s.Overdue), float64(s.Open)))}
	return chart.States{Words: c.Words, Empty: words.T("overview.problems.none"), Parts: []chart.State{
		open, part(ledger.StateRectified, s.Rectified, chart.Series(4)), part(ledger.StateClosed, s.Closed, chart.RoleGood)}}
}
