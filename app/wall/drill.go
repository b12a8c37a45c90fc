package wall

import (
	"context"
	"slices"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// Query says which rows a part of a page opens.
type Query struct {
	Key   string // that was opened
	Title string // of the list
	kind  queryKind
	// One of these picks the rows, by kind.
	publicity ledger.PublicityFilter
	problems  ledger.ProblemFilter
	record    ledger.ID // the site, or the problem that comes first
	plan      ledger.Plan
	channel   ledger.Channel
	keep      func(ledger.Problem) bool
}

type queryKind uint8

const (
	queryPublicity queryKind = iota
	queryProblems
	queryReports
	queryUnits
	queryAlerts
)

// OpenPage reads a key of the page dots; ok is false for any other.
func OpenPage(key string) (p Page, ok bool) {
	const dot = "page:"
	if len(key) <= len(dot) || key[:len(dot)] != dot {
		return 0, false
	}
	return ParsePage(key[len(dot):])
}

// Open says what a part of a page opens, by the key of its hit, in the scope of the
// figures shown; ok is false for a key that opens nothing.
func Open(key string, f ledger.Figures) (q Query, ok bool) {
	word, ids := chart.SplitKey(key)
	q = Query{Key: key}
	if f.Scope.Unit != 0 {
		q.publicity.Units, q.problems.Units = []ledger.ID{f.Scope.Unit}, []ledger.ID{f.Scope.Unit}
	}
	period, today := f.Scope.Period, ledger.Today(f.Today)
	q.publicity.Period, q.problems.Period = &period, &period
	switch word {
	case keyItem:
		q.Title, q.publicity.Items = itemName(f, ledger.ID(ids[0])), []ledger.ID{ledger.ID(ids[0])}
	case keyChannel:
		q.Title = q.openChannel(f, ids[0])
	case keyDay:
		day := ledger.Day(ids[1])
		q.publicity.Period = &ledger.Period{From: day, To: day}
		q.Title = q.openChannel(f, ids[0]) + " " + day.String()
	case keyUnit:
		q.Title, q.publicity.Units = unitName(f, ledger.ID(ids[0])), []ledger.ID{ledger.ID(ids[0])}
	case keyUnits:
		q.Title = words.T("wall.entries")
	case keyToday, keyHeard:
		q.Title, q.publicity.Period = words.T("wall.today"), &today
	default:
		return q.other(word, ids, f)
	}
	return q, true
}

// other opens what is no publicity.
func (q Query) other(word string, ids [2]int64, f ledger.Figures) (Query, bool) {
	switch word {
	case keyUnheard:
		q.kind, q.Title = queryUnits, words.T("wall.unheard", "n", len(f.Heard.Missing))
	case keyCoverage:
		q.kind, q.Title = queryUnits, words.T("wall.coverage.missing", "n", len(f.Supervision.Coverage.Missing))
	case keySite:
		q.kind, q.record, q.Title = queryReports, ledger.ID(ids[0]), siteName(f, ledger.ID(ids[0]))
	case keyPlan:
		q.kind, q.plan, q.Title = queryReports, ledger.Plan(ids[0]), words.Plan(ledger.Plan(ids[0]))
	case keyRooms, keyCases:
		q.kind, q.Title = queryReports, words.T("overview.card.sites")
	case keyAlerts:
		q.kind, q.Title = queryAlerts, Title(PageAlerts)
	default:
		return q.openProblems(word, ids, f)
	}
	return q, true
}

// openProblems opens listed problems: those of the period by state or unit, and of any
// time by what is still to be done.
func (q Query) openProblems(word string, ids [2]int64, f ledger.Figures) (Query, bool) {
	q.kind = queryProblems
	today := f.Today
	live := []ledger.State{ledger.StateOpen, ledger.StateRectified}
	switch word {
	case keyState:
		q.Title, q.problems.States = words.State(ledger.State(ids[0])), []ledger.State{ledger.State(ids[0])}
	case keyClosure:
		q.Title = words.T("overview.card.problems")
	case keyProblems:
		q.Title, q.problems.Units = unitName(f, ledger.ID(ids[0])), []ledger.ID{ledger.ID(ids[0])}
	case keyOpen:
		q.Title, q.problems.States, q.problems.Period = words.T("wall.problems"), live, nil
	case keyOverdue:
		q.Title, q.problems.States, q.problems.Period = words.T("wall.overdue"), live, nil
		q.keep = func(p ledger.Problem) bool { return p.Overdue(today) }
	case keyProblem:
		q.problems.States, q.problems.Period = live, nil
		q.Title, q.record = words.T("wall.problems"), ledger.ID(ids[0])
	default:
		return Query{}, false
	}
	return q, true
}

// openChannel picks the items of a channel, also those whose sum is 0 now.
func (q *Query) openChannel(f ledger.Figures, channel int64) string {
	q.channel = ledger.Channel(channel)
	return words.Channel(q.channel)
}

func itemName(f ledger.Figures, id ledger.ID) string {
	for _, it := range f.Publicity.Items {
		if it.ID == id {
			return it.Item.Name
		}
	}
	return words.T("wall.entries")
}

func unitName(f ledger.Figures, id ledger.ID) string {
	for _, u := range f.Publicity.Units {
		if u.ID == id {
			return u.Name
		}
	}
	return words.T("wall.entries")
}

func siteName(f ledger.Figures, id ledger.ID) string {
	for _, s := range f.Isolation.Sites {
		if s.ID == id {
			return s.Site.Name
		}
	}
	return words.T("overview.card.sites")
}

// List is rows to be read on the wall. Words stand in the language of when it was read.
type List struct {
	Title   string
	Columns []Column
	Rows    []Line
	// More counts the rows beyond those read.
	More int
}

// Column is one column of a list.
type Column struct {
	Title string
	// Right aligns figures; Flex takes what the others leave, and may wrap.
	Right, Flex bool
}

// Line is one row of a list: a text a column.
type Line struct {
	Cells []string
	// Bad marks a row that is past its deadline; its words say so too.
	Bad bool
}

// MostRows is how many rows Read reads: nobody scrolls further on a wall.
const MostRows = 200

// Read reads the rows of a query as they stand now; f are the figures shown. Errors are
// the reader's.
func Read(ctx context.Context, r ledger.Reader, q Query, f ledger.Figures) (List, error) {
	n := names{reader: r, ctx: ctx}
	if err := n.read(); err != nil {
		return List{}, err
	}
	switch q.kind {
	case queryProblems:
		return n.problems(q, f)
	case queryReports:
		return n.reports(q, f)
	case queryUnits:
		return unitList(q, f), nil
	case queryAlerts:
		return alertList(q, f), nil
	}
	return n.publicity(q, f)
}

// names are the names that rows refer to.
type names struct {
	reader ledger.Reader
	ctx    context.Context
	units  []ledger.Row[ledger.Unit]
	items  map[ledger.ID]ledger.Item
	unit   map[ledger.ID]string
	all    []ledger.Row[ledger.Item]
}

func (n *names) read() (err error) {
	if n.units, err = n.reader.Units(n.ctx); err != nil {
		return err
	}
	if n.all, err = n.reader.Items(n.ctx); err != nil {
		return err
	}
	n.unit, n.items = map[ledger.ID]string{}, map[ledger.ID]ledger.Item{}
	for _, u := range n.units {
		n.unit[u.ID] = u.Value.Name
	}
	for _, it := range n.all {
		n.items[it.ID] = it.Value
	}
	return nil
}

// within widens picked units to all below them: what a village did is its township's.
func (n *names) within(units []ledger.ID) []ledger.ID {
	var all []ledger.ID
	for _, u := range units {
		all = append(all, ledger.Subtree(n.units, u)...)
	}
	return all
}

func (n *names) nameOf(unit ledger.ID) string {
	if name, ok := n.unit[unit]; ok {
		return name
	}
	return words.T("unknown.unit", "id", n.reader.IDText(unit))
}

func (n *names) publicity(q Query, f ledger.Figures) (List, error) {
	filter := q.publicity
	filter.Units = n.within(filter.Units)
	if q.channel != 0 {
		for _, it := range n.all {
			if it.Value.Channel == q.channel {
				filter.Items = append(filter.Items, it.ID)
			}
		}
	}
	ids, err := n.reader.PublicityIDs(n.ctx, filter)
	if err != nil {
		return List{}, err
	}
	rows, err := n.reader.PublicityRows(n.ctx, ids[:min(len(ids), MostRows)])
	if err != nil {
		return List{}, err
	}
	l := List{Title: q.Title, More: len(ids) - len(rows), Columns: []Column{{Title: words.T("wall.column.day")},
		{Title: words.T("history.field.unit")}, {Title: words.T("history.field.item"), Flex: true}, {Title: words.T("wall.column.quantity"), Right: true}}}
	for _, r := range rows {
		it, ok := n.items[r.Value.Item]
		if !ok {
			it.Name = words.T("unknown.item", "id", n.reader.IDText(r.Value.Item))
		}
		l.Rows = append(l.Rows, Line{Cells: []string{dayText(r.Value.Day, f.Today), n.nameOf(r.Value.Unit), it.Name,
			words.Quantity(r.Value.Quantity) + " " + it.Measure}})
	}
	return l, nil
}

// dayText leaves out the year of days of this year.
func dayText(d, today ledger.Day) string {
	year, _, _ := d.Date()
	if now, _, _ := today.Date(); now == year {
		return d.Short()
	}
	return d.String()
}

func (n *names) problems(q Query, f ledger.Figures) (List, error) {
	filter := q.problems
	filter.Units = n.within(filter.Units)
	rows, err := n.reader.Problems(n.ctx, filter)
	if err != nil {
		return List{}, err
	}
	rows = slices.DeleteFunc(rows, func(p ledger.Row[ledger.Problem]) bool { return q.keep != nil && !q.keep(p.Value) })
	if q.record != 0 { // one problem: it first, then the others of its unit
		slices.SortStableFunc(rows, func(a, b ledger.Row[ledger.Problem]) int { return first(a.ID == q.record, b.ID == q.record) })
	}
	l := List{Title: q.Title, Columns: []Column{{Title: words.T("history.field.unit")}, {Title: words.T("history.field.text"), Flex: true},
		{Title: words.T("wall.column.state")}, {Title: words.T("wall.column.deadline"), Right: true}}}
	for _, p := range rows[:min(len(rows), MostRows)] {
		l.Rows = append(l.Rows, Line{Cells: []string{n.nameOf(p.Value.Unit), p.Value.Text, words.State(p.Value.State),
			deadlineText(p.Value, f.Today)}, Bad: p.Value.Overdue(f.Today)})
	}
	l.More = len(rows) - len(l.Rows)
	return l, nil
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func deadlineText(p ledger.Problem, today ledger.Day) string {
	switch left := int(p.Deadline - today); {
	case p.State == ledger.StateClosed:
		return dayText(p.StateDay, today)
	case left < 0:
		return words.T("overview.due.over", "n", -left)
	case left == 0:
		return words.T("overview.due.today")
	default:
		return words.T("overview.due.in", "n", left)
	}
}

func (n *names) reports(q Query, f ledger.Figures) (List, error) {
	rows, err := n.reader.Reserves(n.ctx, q.record, MostRows)
	if err != nil {
		return List{}, err
	}
	sites, err := n.reader.Sites(n.ctx)
	if err != nil {
		return List{}, err
	}
	site := map[ledger.ID]ledger.Site{}
	for _, s := range sites {
		site[s.ID] = s.Value
	}
	l := List{Title: q.Title, Columns: []Column{{Title: words.T("wall.column.time")}, {Title: words.T("history.field.site"), Flex: true},
		{Title: words.T("overview.rooms.ready"), Right: true}, {Title: words.T("overview.rooms.occupied"), Right: true},
		{Title: words.T("overview.rooms.cleaning"), Right: true}, {Title: words.T("wall.column.rooms"), Right: true}}}
	for _, r := range rows {
		v := r.Value
		if r.Voided || (q.plan != 0 && site[v.Site].Plan != q.plan) {
			continue
		}
		l.Rows = append(l.Rows, Line{Cells: []string{momentText(v.At, f.Today), site[v.Site].Name, count(v.Ready),
			count(v.Occupied), count(v.Cleaning), count(v.Rooms)}})
	}
	return l, nil
}

func count(n int64) string { return ledger.GroupDigits(n) }

func momentText(t time.Time, today ledger.Day) string {
	if ledger.DayOf(t) == today {
		return t.Format("15:04")
	}
	return dayText(ledger.DayOf(t), today) + t.Format(" 15:04")
}

func unitList(q Query, f ledger.Figures) List {
	missing := f.Heard.Missing
	if q.Key == keyCoverage {
		missing = f.Supervision.Coverage.Missing
	}
	l := List{Title: q.Title, Columns: []Column{{Title: words.T("history.field.unit"), Flex: true}}}
	for _, u := range missing[:min(len(missing), MostRows)] {
		l.Rows = append(l.Rows, Line{Cells: []string{u.Value.Name}})
	}
	l.More = len(missing) - len(l.Rows)
	return l
}

func alertList(q Query, f ledger.Figures) List {
	l := List{Title: q.Title, Columns: []Column{{Title: words.T("wall.column.level")}, {Title: words.T("wall.urgent"), Flex: true}}}
	for _, a := range f.Alerts[:min(len(f.Alerts), MostRows)] {
		level := words.T("shell.alerts.amber")
		if a.Level == ledger.LevelRed {
			level = words.T("shell.alerts.red")
		}
		l.Rows = append(l.Rows, Line{Cells: []string{level, words.Alert(a)}, Bad: a.Level == ledger.LevelRed})
	}
	l.More = len(f.Alerts) - len(l.Rows)
	return l
}
