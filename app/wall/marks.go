package wall

import (
	"slices"
	"strings"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// MarkTime is how long a change stays marked.
const MarkTime = 10 * time.Second

// Change is one thing that is different since the figures before.
type Change struct {
	// Text says what, in the language of now: ＋35 宣传单 临江街道.
	Text string
	// Keys are the parts of pages that show it.
	Keys []string
}

// Compare lists what is different in now, at most one change a figure: publicity by
// item and unit, reports by site, cases, problems by state, and units heard. Figures
// of different scopes are never compared, and midnight alone changes nothing.
func Compare(old, now ledger.Figures) []Change {
	if old.Scope != now.Scope || old.Today != now.Today {
		return nil
	}
	var list []Change
	list = append(list, compareItems(old, now)...)
	list = append(list, compareSites(old.Isolation, now.Isolation)...)
	if a, b := old.Isolation.Cases, now.Isolation.Cases; a != b {
		list = append(list, changed(countDelta(a, b), words.T("wall.cases"), "", keyCases))
	}
	list = append(list, compareProblems(old.Supervision, now.Supervision)...)
	if d := int64(now.Heard.Reached - old.Heard.Reached); d != 0 {
		list = append(list, changed(words.Signed(d), words.T("wall.change.heard"), newlyHeard(old, now), keyHeard, keyUnheard))
	}
	return append(list, compareAlerts(old.Alerts, now.Alerts)...)
}

// compareAlerts tells of red alerts that were not there: those of amber follow from
// what is said already.
func compareAlerts(old, now []ledger.Alert) []Change {
	stood := map[string]bool{}
	for _, a := range old {
		stood[redKey(a)] = true
	}
	keys := []string{keyAlerts}
	for _, a := range now {
		if a.Level == ledger.LevelRed && !stood[redKey(a)] {
			keys = append(keys, alertKey(a))
		}
	}
	if len(keys) == 1 {
		return nil
	}
	return []Change{changed(words.Signed(int64(len(keys)-1)), words.T("wall.change.alert"), "", keys...)}
}

// redKey names an alert from one figures to the next.
func redKey(a ledger.Alert) string { return string(a.Kind) + " " + alertKey(a) }

// changed makes the sentence of a change of what, by whom where that is known.
func changed(delta, what, who string, keys ...string) Change {
	var parts []string
	for _, s := range []string{delta, what, who} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return Change{Text: strings.Join(parts, " "), Keys: keys}
}

// cellKey names a cell of today's entries.
type cellKey struct{ unit, item ledger.ID }

func cellsOf(list []ledger.Tally) map[cellKey]ledger.Tally {
	m := make(map[cellKey]ledger.Tally, len(list))
	for _, t := range list {
		m[cellKey{t.Unit, t.Item}] = t
	}
	return m
}

// compareItems says by which unit an item has grown: today's cells tell it, and for
// entries of other days a unit that is the only one to have changed.
func compareItems(old, now ledger.Figures) []Change {
	before, after := cellsOf(old.Publicity.Today), cellsOf(now.Publicity.Today)
	names := map[ledger.ID]string{}
	for _, u := range now.Publicity.Units {
		names[u.ID] = u.Name
	}
	rest := itemDeltas(old.Publicity, now.Publicity)
	var list []Change
	for _, it := range now.Publicity.Items {
		for _, u := range now.Publicity.Units {
			k := cellKey{u.ID, it.ID}
			if d := after[k].Quantity - before[k].Quantity; d != 0 {
				rest[it.ID] -= d
				list = append(list, publicityChange(it, d, u.Name, u.ID, now.Today))
			}
		}
		if d := rest[it.ID]; d != 0 {
			unit := onlyUnit(old.Publicity, now.Publicity)
			list = append(list, publicityChange(it, d, names[unit], unit, 0))
		}
	}
	return list
}

func publicityChange(it ledger.ItemFigure, d int64, unit string, id ledger.ID, day ledger.Day) Change {
	keys := []string{chart.KeyOf(keyItem, int64(it.ID)), keyUnits}
	if id != 0 {
		keys = append(keys, chart.KeyOf(keyUnit, int64(id)))
	}
	if day != 0 {
		keys = append(keys, keyToday, chart.KeyOf(keyDay, int64(it.Item.Channel), int64(day)))
	}
	return changed(words.Signed(d), it.Item.Name, unit, keys...)
}

// itemDeltas are the differences of the sums of the period.
func itemDeltas(old, now ledger.PublicityFigures) map[ledger.ID]int64 {
	d := map[ledger.ID]int64{}
	for _, it := range now.Items {
		d[it.ID] += it.Sum.Value
	}
	for _, it := range old.Items {
		d[it.ID] -= it.Sum.Value
	}
	return d
}

// onlyUnit is the one unit whose number of entries has changed, 0 for several.
func onlyUnit(old, now ledger.PublicityFigures) (unit ledger.ID) {
	before := map[ledger.ID]int64{}
	for _, u := range old.Units {
		before[u.ID] = u.Entries
	}
	for _, u := range now.Units {
		if u.Entries == before[u.ID] {
			continue
		}
		if unit != 0 {
			return 0
		}
		unit = u.ID
	}
	return unit
}

func compareSites(old, now ledger.IsolationFigures) []Change {
	before := map[ledger.ID]ledger.SiteFigure{}
	for _, s := range old.Sites {
		before[s.ID] = s
	}
	var list []Change
	for _, s := range now.Sites {
		was, ok := before[s.ID]
		if ok && was.Report == s.Report && was.Ready == s.Ready && was.Rooms == s.Rooms {
			continue
		}
		keys := []string{chart.KeyOf(keySite, int64(s.ID))}
		if was.Ready != s.Ready {
			keys = append(keys, keyRooms)
		}
		what := words.T("wall.change.report")
		delta := ""
		if was.Ready != s.Ready {
			what, delta = words.T("overview.rooms"), countDelta(was.Ready, s.Ready)
		}
		list = append(list, changed(delta, what, s.Site.Name, keys...))
	}
	return list
}

func compareProblems(old, now ledger.SupervisionFigures) []Change {
	var list []Change
	add := func(d int64, s ledger.State, keys ...string) {
		if d != 0 {
			list = append(list, changed(words.Signed(d), words.State(s), "", append(keys, chart.KeyOf(keyState, int64(s)))...))
		}
	}
	add(now.Open-old.Open, ledger.StateOpen, keyOpen)
	add(now.Rectified-old.Rectified, ledger.StateRectified)
	add(now.Closed-old.Closed, ledger.StateClosed, keyOpen, keyClosure)
	if d := now.LiveOpen - old.LiveOpen; d != 0 && len(list) == 0 {
		list = append(list, changed(words.Signed(d), words.T("wall.problems"), "", keyOpen))
	}
	if d := int64(now.Coverage.Reached - old.Coverage.Reached); d != 0 {
		list = append(list, changed(words.Signed(d), words.T("wall.coverage"), "", keyCoverage))
	}
	return list
}

// newlyHeard names the unit that was heard, when it was one.
func newlyHeard(old, now ledger.Figures) string {
	missing := map[ledger.ID]bool{}
	for _, u := range now.Heard.Missing {
		missing[u.ID] = true
	}
	name := ""
	for _, u := range old.Heard.Missing {
		if missing[u.ID] {
			continue
		}
		if name != "" {
			return ""
		}
		name = u.Value.Name
	}
	return name
}

// countDelta is the difference of two counts, or the new one where either is unknown.
func countDelta(a, b ledger.Count) string {
	if a.Known && b.Known {
		return words.Signed(b.N - a.N)
	}
	return words.Count(b)
}

// Marks keeps changes for MarkTime. Times are monotonic: durations since any fixed
// moment, such as the program's start, so that setting the clock moves none of them.
type Marks struct {
	standing []markedChange
}

type markedChange struct {
	Change
	until time.Duration
}

// Note adds changes that were seen at a time.
func (m *Marks) Note(list []Change, at time.Duration) {
	for _, c := range list {
		m.standing = slices.Insert(m.standing, 0, markedChange{c, at + MarkTime})
	}
}

// Standing lists the changes still marked at a time, newest first, and forgets the
// others.
func (m *Marks) Standing(at time.Duration) []Change {
	m.standing = slices.DeleteFunc(m.standing, func(c markedChange) bool { return c.until <= at })
	var list []Change
	for _, c := range m.standing {
		list = append(list, c.Change)
	}
	return list
}

// Due is when the next mark goes; ok is false when none stands.
func (m *Marks) Due() (at time.Duration, ok bool) {
	for _, c := range m.standing {
		if !ok || c.until < at {
			at, ok = c.until, true
		}
	}
	return at, ok
}
