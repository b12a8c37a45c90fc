package ledger

import (
	"cmp"
	"slices"
	"time"
)

// Scope is what a reader asks figures for.
type Scope struct {
	Kind   PeriodKind
	Period Period
	Unit   ID // the unit and all below it; 0 for the whole ledger
	// Daily asks for what only the wall shows as well: who has entered what today
	// (Publicity.Today, hundreds of cells in a large district) and how yesterday ended
	// (Figures.Yesterday).
	Daily bool
}

// Before returns the period that the scope is compared with: the last one, to
// the same number of days elapsed. ok is false for PeriodAll.
func (s Scope) Before(today Day) (p Period, ok bool) {
	switch s.Kind {
	case PeriodAll:
		return Period{}, false
	case PeriodCustom:
		return s.Period.Before(), true
	}
	return Previous(s.Kind, today)
}

// SeriesDays is the length of the day series, in days up to the scope's last.
const SeriesDays = 30

// Tally is one cell of the roll-ups: entries, their quantity, and how many of
// them are approximate, for a unit, item or day (zero where summed over).
type Tally struct {
	Unit, Item ID
	Day        Day
	Entries    int64
	Quantity   int64
	Approx     int64
}

// Facts is what a store reads to make Figures. Every slice is small: its length
// depends on units, items, sites and days, never on the number of entries. Units,
// items and sites have their Same set; what points to them need not be canonical,
// except the keys of Reserves.
type Facts struct {
	Now   time.Time
	Units []Row[Unit]
	Items []Row[Item]
	Sites []Row[Site]

	ItemTotals, ItemBefore []Tally // by item, in the period and the one before
	UnitTotals, UnitBefore []Tally // by unit
	DayTotals, DayBefore   []Tally // by day and item, SeriesDays each

	Heard    []ID                // units with an entry dated today
	Reserves map[ID]Row[Reserve] // by canonical site: the newest of all that are the same
	Cases    *Row[Cases]

	Inspected                      []ID // units inspected in the period
	Supervision, SupervisionBefore SupervisionSums
	Problems                       []Row[Problem] // listed problems of inspections in the period
	Live                           []Row[Problem] // every problem not closed

	Clashes int64 // records that several desks state differently

	TodayCells []Tally      // by unit and item, of today; for Scope.Daily
	Earlier    EarlierFacts // for Scope.Daily
}

// SupervisionSums are sums over inspections.
type SupervisionSums struct{ Visits, Problems, Directives int64 }

// Figures is every number the screens, the wall and the brief show, computed
// once a change from Facts.
type Figures struct {
	District string // its name; "" while there is none
	Scope    Scope
	Before   Period // the period compared with: the same days elapsed
	Compared bool   // false for the whole ledger, which has no period before it
	AsOf     time.Time
	Today    Day

	Yesterday   Yesterday // for Scope.Daily
	Heard       Coverage  // units with an entry today
	Publicity   PublicityFigures
	Isolation   IsolationFigures
	Supervision SupervisionFigures
	Alerts      []Alert
}

// Coverage is so many units of all that should.
type Coverage struct {
	Reached, All int
	Missing      []Row[Unit]
}

// PublicityFigures are the figures of the publicity ledger.
type PublicityFigures struct {
	Entries, Before int64
	Items           []ItemFigure    // with entries in either period, by channel, then catalogue order
	Channels        []ChannelFigure // every channel, in display order
	Units           []UnitFigure    // every reporting unit, most entries first
	Days            []DayFigure     // SeriesDays, oldest first
	DaysBefore      []DayFigure     // the SeriesDays before them
	Today           []Tally         // today's entries by reporting unit and item, for Scope.Daily
}

// ItemFigure is one item's sum; sums of different items are never added.
type ItemFigure struct {
	ID            ID
	Item          Item
	Entries       int64
	Sum           Sum
	Before        Sum
	EntriesBefore int64
}

// ChannelFigure counts entries, the only thing items of a channel share.
type ChannelFigure struct {
	Channel         Channel
	Entries, Before int64
}

// UnitFigure counts a unit's entries.
type UnitFigure struct {
	ID              ID
	Name            string
	Entries, Before int64
}

// DayFigure counts a day's entries by channel (Channels order). A day without
// any entry is unknown, not zero: Entries is empty.
type DayFigure struct {
	Day     Day
	Known   bool
	Entries [3]int64
	Items   []Tally // by item, for the day
}

// IsolationFigures are the live reserve.
type IsolationFigures struct {
	Sites   []SiteFigure
	Plans   []PlanFigure // plan 1, plan 2
	Cases   Count
	CasesAt time.Time
	Reserve Count // rooms of the sites in use
	Ready   Count
}

// SiteFigure is one site's newest report. Counts are unknown without one.
type SiteFigure struct {
	ID                                            ID
	Site                                          Site
	Rooms, Ready, Occupied, Cleaning, Unavailable Count
	At                                            time.Time // of the report; zero without one
	Report                                        ID
}

// PlanFigure sums the sites of a plan. A sum is unknown when no site states it;
// Unstated says how many sites are missing from it.
type PlanFigure struct {
	Plan                                          Plan
	Sites, Unstated                               int
	Rooms, Ready, Occupied, Cleaning, Unavailable Count
}

// SupervisionFigures are the figures of the supervision ledger.
type SupervisionFigures struct {
	Visits, Problems, Directives       int64
	Before                             SupervisionSums
	Open, Rectified, Closed, Overdue   int64        // of the period's listed problems
	LiveOpen, LiveOverdue, LiveDueSoon int64        // of all problems not closed
	Coverage                           Coverage     // units inspected in the period
	Units                              []UnitFigure // problems by responsible unit, most first
}

// ClosureRate is closed problems of the listed, in percent; unknown when none
// is listed.
func (s SupervisionFigures) ClosureRate() Count {
	listed := s.Open + s.Rectified + s.Closed
	if listed == 0 {
		return Count{}
	}
	return Stated(s.Closed * 100 / listed)
}

// Compute makes the figures of a scope. It is pure: the same facts give the
// same figures.
func Compute(scope Scope, f Facts) Figures {
	today := DayOf(f.Now)
	f.foldItems()
	fig := Figures{Scope: scope, AsOf: f.Now, Today: today}
	if district, ok := District(f.Units); ok {
		fig.District = district.Value.Name
	}
	fig.Before, fig.Compared = scope.Before(today)
	reporting := ReportingUnits(f.Units, scope.Unit)
	fig.Heard = coverage(f.Units, reporting, f.Heard)
	fig.Publicity = publicityFigures(f, scope, reporting)
	fig.Isolation = isolationFigures(f)
	fig.Supervision = supervisionFigures(f, reporting, today)
	if scope.Daily {
		fig.Yesterday = yesterday(f, reporting, today)
	}
	fig.Alerts = alerts(fig, f)
	return fig
}

// foldItems gives what counts items of other records to the canonical ones. Units
// need none of it: what they count is taken by the subtrees they belong to.
func (f *Facts) foldItems() {
	folds := FoldsOf(f.Items)
	if folds == nil {
		return
	}
	for _, list := range []*[]Tally{&f.ItemTotals, &f.ItemBefore, &f.DayTotals, &f.DayBefore} {
		*list = folds.tallies(*list)
	}
}

func publicityFigures(f Facts, scope Scope, reporting []Row[Unit]) PublicityFigures {
	p := PublicityFigures{Channels: make([]ChannelFigure, len(Channels))}
	for i, c := range Channels {
		p.Channels[i].Channel = c
	}
	now, before := byItem(f.ItemTotals), byItem(f.ItemBefore)
	channel := make(map[ID]Channel, len(f.Items))
	for _, it := range f.Items {
		channel[it.ID] = it.Value.Channel
		a, b := now[it.ID], before[it.ID]
		p.Entries += a.Entries
		p.Before += b.Entries
		if i := int(it.Value.Channel) - 1; i >= 0 && i < len(p.Channels) {
			p.Channels[i].Entries += a.Entries
			p.Channels[i].Before += b.Entries
		}
		if a.Entries == 0 && b.Entries == 0 {
			continue
		}
		p.Items = append(p.Items, ItemFigure{ID: it.ID, Item: it.Value, Entries: a.Entries,
			Sum: a.sum(), Before: b.sum(), EntriesBefore: b.Entries})
	}
	slices.SortStableFunc(p.Items, func(a, b ItemFigure) int { return cmp.Compare(a.Item.Channel, b.Item.Channel) })
	p.Units = unitFigures(f, reporting)
	p.Today = todayCells(f, reporting)
	last := scope.Period.To
	p.Days = dayFigures(f.DayTotals, channel, last)
	p.DaysBefore = dayFigures(f.DayBefore, channel, last-SeriesDays)
	return p
}

func (t Tally) sum() Sum { return Sum{Value: t.Quantity, Approx: t.Approx > 0} }

func byItem(tallies []Tally) map[ID]Tally {
	m := make(map[ID]Tally, len(tallies))
	for _, t := range tallies {
		c := m[t.Item]
		c.Entries += t.Entries
		c.Quantity += t.Quantity
		c.Approx += t.Approx
		m[t.Item] = c
	}
	return m
}

func unitFigures(f Facts, reporting []Row[Unit]) []UnitFigure {
	to := reporter(f.Units, reporting)
	now, before := map[ID]int64{}, map[ID]int64{}
	for _, t := range f.UnitTotals {
		now[to[t.Unit]] += t.Entries
	}
	for _, t := range f.UnitBefore {
		before[to[t.Unit]] += t.Entries
	}
	list := make([]UnitFigure, 0, len(reporting))
	for _, u := range reporting {
		list = append(list, UnitFigure{ID: u.ID, Name: u.Value.Name, Entries: now[u.ID], Before: before[u.ID]})
	}
	slices.SortStableFunc(list, func(a, b UnitFigure) int { return cmp.Compare(b.Entries, a.Entries) })
	return list
}

func dayFigures(tallies []Tally, channel map[ID]Channel, last Day) []DayFigure {
	days := make([]DayFigure, SeriesDays)
	first := last - SeriesDays + 1
	for i := range days {
		days[i].Day = first + Day(i)
	}
	for _, t := range tallies {
		i := int(t.Day - first)
		c := int(channel[t.Item]) - 1
		if i < 0 || i >= len(days) || c < 0 || c >= len(days[i].Entries) || t.Entries == 0 {
			continue
		}
		days[i].Known = true
		days[i].Entries[c] += t.Entries
		days[i].Items = append(days[i].Items, t)
	}
	return days
}

func isolationFigures(f Facts) IsolationFigures {
	iso := IsolationFigures{Plans: []PlanFigure{{Plan: PlanReady}, {Plan: PlanStandby}}}
	for _, s := range f.Sites {
		if s.Voided || s.Same != 0 {
			continue
		}
		s.Value = SiteOf(f.Sites, s.ID)
		sf := SiteFigure{ID: s.ID, Site: s.Value, Rooms: s.Value.Rooms}
		if r, ok := f.Reserves[s.ID]; ok {
			v := r.Value
			sf.Rooms, sf.Ready, sf.Occupied = Stated(v.Rooms), Stated(v.Ready), Stated(v.Occupied)
			sf.Cleaning, sf.Unavailable, sf.At, sf.Report = Stated(v.Cleaning), Stated(v.Unavailable), v.At, r.ID
		}
		iso.Sites = append(iso.Sites, sf)
		if s.Value.Plan == PlanReady || s.Value.Plan == PlanStandby {
			iso.Plans[s.Value.Plan-1].add(sf) // a merged ledger may hold a plan of a later version
		}
		if s.Value.InUse() {
			iso.Reserve = iso.Reserve.plus(sf.Rooms)
			iso.Ready = iso.Ready.plus(sf.Ready)
		}
	}
	slices.SortStableFunc(iso.Sites, func(a, b SiteFigure) int { return cmp.Compare(a.Site.Plan, b.Site.Plan) })
	if f.Cases != nil {
		iso.Cases, iso.CasesAt = Stated(f.Cases.Value.Count), f.Cases.Value.At
	}
	return iso
}

// plus adds what is known; a sum of unknowns stays unknown.
func (c Count) plus(d Count) Count {
	if !d.Known {
		return c
	}
	return Stated(c.N + d.N)
}

func (p *PlanFigure) add(s SiteFigure) {
	p.Sites++
	if !s.Ready.Known {
		p.Unstated++
	}
	p.Rooms = p.Rooms.plus(s.Rooms)
	p.Ready = p.Ready.plus(s.Ready)
	p.Occupied = p.Occupied.plus(s.Occupied)
	p.Cleaning = p.Cleaning.plus(s.Cleaning)
	p.Unavailable = p.Unavailable.plus(s.Unavailable)
}

func supervisionFigures(f Facts, reporting []Row[Unit], today Day) SupervisionFigures {
	s := SupervisionFigures{Visits: f.Supervision.Visits, Problems: f.Supervision.Problems,
		Directives: f.Supervision.Directives, Before: f.SupervisionBefore}
	byUnit := map[ID]int64{}
	to := reporter(f.Units, reporting)
	for _, p := range f.Problems {
		switch p.Value.State {
		case StateRectified:
			s.Rectified++
		case StateClosed:
			s.Closed++
		default:
			s.Open++
		}
		if p.Value.Overdue(today) {
			s.Overdue++
		}
		byUnit[to[p.Value.Unit]]++
	}
	for _, p := range f.Live {
		s.LiveOpen++
		if p.Value.Overdue(today) {
			s.LiveOverdue++
		}
		if p.Value.DueSoon(today) {
			s.LiveDueSoon++
		}
	}
	s.Coverage = coverage(f.Units, reporting, f.Inspected)
	for _, u := range reporting {
		if n := byUnit[u.ID]; n > 0 {
			s.Units = append(s.Units, UnitFigure{ID: u.ID, Name: u.Value.Name, Entries: n})
		}
	}
	slices.SortStableFunc(s.Units, func(a, b UnitFigure) int { return cmp.Compare(b.Entries, a.Entries) })
	return s
}
