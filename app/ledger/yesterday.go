package ledger

import (
	"cmp"
	"slices"
	"time"
)

// EarlierFacts is how the ledger stood at the end of yesterday, as far as it is
// known now: what was written today about yesterday counts.
type EarlierFacts struct {
	Heard    []ID  // units with an entry dated yesterday
	Entries  int64 // entries dated yesterday, of the scope's unit
	Reserves map[ID]Row[Reserve]
	Cases    *Row[Cases]
	Problems []Row[Problem] // those not closed then; their State may be a later one
	// Supervised says that there was anything to supervise by: no inspection before
	// today means that nobody counted problems, not that there were none.
	Supervised bool
}

// Yesterday is what today's figures are held against: the same figures as they
// stood at the end of yesterday. What nobody had reported then is unknown, not 0.
type Yesterday struct {
	Day Day
	// Heard counts units, Entries publicity entries of that day; both are unknown
	// when the day has no entry.
	Heard, Entries Count
	// Ready and Reserve are rooms of the sites in use, Cases the current cases.
	Ready, Reserve, Cases Count
	// Plan1 is the ready rooms of plan 1 alone.
	Plan1 Count
	// Open and Overdue are problems not closed, and those of them past their deadline.
	Open, Overdue Count
	// Red counts the red alerts that stood; unknown where nothing could raise one.
	Red Count
}

// yesterday computes the day before from the facts about it.
func yesterday(f Facts, reporting []Row[Unit], today Day) Yesterday {
	e := f.Earlier
	y := Yesterday{Day: today - 1}
	if e.Entries > 0 {
		y.Entries = Stated(e.Entries)
		y.Heard = Stated(int64(coverage(f.Units, reporting, e.Heard).Reached))
	}
	// One second before midnight, not 24 hours before now: days have 23 or 25 hours
	// where clocks are changed.
	end := today.Time(f.Now.Location()).Add(-time.Second)
	iso := isolationFigures(Facts{Now: end, Sites: f.Sites, Reserves: e.Reserves, Cases: e.Cases})
	y.Ready, y.Plan1, y.Cases = iso.Ready, iso.Plans[PlanReady-1].Ready, iso.Cases
	if iso.Ready.Known {
		y.Reserve = iso.Reserve
	}
	if e.Supervised {
		live := asOfYesterday(e.Problems)
		y.Open, y.Overdue = Stated(int64(len(live))), Stated(overdue(live, y.Day))
	}
	y.Red = redAlerts(iso, y)
	return y
}

// asOfYesterday takes back what happened to problems today: one that is closed
// now was not then.
func asOfYesterday(list []Row[Problem]) []Row[Problem] {
	list = slices.Clone(list)
	for i := range list {
		if list[i].Value.State == StateClosed {
			list[i].Value.State = StateOpen
		}
	}
	return list
}

func overdue(list []Row[Problem], day Day) (n int64) {
	for i := range list {
		if list[i].Value.Overdue(day) {
			n++
		}
	}
	return n
}

// redAlerts counts what was red: the reserve rule, and each overdue problem.
func redAlerts(iso IsolationFigures, y Yesterday) Count {
	red := y.Overdue
	if iso.Cases.Known && iso.Reserve.Known {
		red = Stated(red.N)
		if NeedsSupport(iso.Cases.N, iso.Reserve.N) {
			red.N++
		}
	}
	return red
}

// todayCells gives today's cells by unit to the units that report: what a village
// enters is said of its township. They are in the order of units, then items.
func todayCells(f Facts, reporting []Row[Unit]) []Tally {
	if len(f.TodayCells) == 0 {
		return nil
	}
	to := reporter(f.Units, reporting)
	folds := FoldsOf(f.Items)
	cells := make([]Tally, 0, len(f.TodayCells))
	for _, t := range f.TodayCells {
		if unit, ok := to[t.Unit]; ok {
			t.Unit = unit
		}
		t.Day = 0
		cells = append(cells, t)
	}
	cells = folds.tallies(cells)
	units, items := places(reporting), places(f.Items)
	slices.SortStableFunc(cells, func(a, b Tally) int {
		return cmp.Or(cmp.Compare(units[a.Unit], units[b.Unit]), cmp.Compare(items[a.Item], items[b.Item]))
	})
	return cells
}

// places says where each record stands in a list, from 1.
func places[T any](rows []Row[T]) map[ID]int {
	at := make(map[ID]int, len(rows))
	for i := range rows {
		at[rows[i].ID] = i + 1
	}
	return at
}
