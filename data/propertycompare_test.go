package data_test

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"taizhang/app/ledger"
)

// compare asks both the same questions.
func (m *model) compare() {
	_, err := m.d.store.Verify(context.Background(), nil)
	m.must(err)
	for range 3 {
		m.compareFigures()
	}
	for _, key := range []ledger.SortKey{"", ledger.SortDay, ledger.SortUnit, ledger.SortItem, ledger.SortQuantity, ledger.SortRecorded} {
		m.compareLists(ledger.PublicityFilter{Sort: key, Voided: true})
		m.compareLists(ledger.PublicityFilter{Sort: key, Ascending: true})
		m.compareLists(m.filter(key))
	}
}

func (m *model) within(root, unit ledger.ID) bool {
	return root == 0 || slices.Contains(ledger.Subtree(m.units, root), unit)
}

func (m *model) scope() ledger.Scope {
	today := m.d.today()
	s := ledger.Scope{Kind: ledger.PeriodKind(rapid.IntRange(0, 6).Draw(m.t, "kind"))}
	s.Period = ledger.PeriodOf(s.Kind, today)
	if s.Kind == ledger.PeriodCustom {
		from := today - ledger.Day(rapid.IntRange(0, 440).Draw(m.t, "from"))
		s.Period = ledger.Period{From: from, To: from + ledger.Day(rapid.IntRange(0, 400).Draw(m.t, "length"))}
	}
	if rapid.Bool().Draw(m.t, "one unit") {
		s.Unit = rapid.SampledFrom(m.units).Draw(m.t, "scope unit").ID
	}
	return s
}

func (m *model) compareFigures() {
	scope := m.scope()
	got, err := m.d.store.Figures(context.Background(), scope)
	m.must(err)
	before, _ := scope.Before(m.d.today())
	if !got.Compared {
		before = ledger.Period{From: 0, To: -1}
	}
	m.compareItems(scope, before, got.Publicity)
	m.compareUnits(scope, before, got)
	m.compareDays(scope, got.Publicity.Days, scope.Period.To)
	m.compareDays(scope, got.Publicity.DaysBefore, scope.Period.To-ledger.SeriesDays)
	m.compareSupervision(scope, got.Supervision)
}

// sum counts and adds the standing entries that pick picks.
func (m *model) sum(pick func(*modelEntry) bool) (n int64, sum ledger.Sum) {
	for _, e := range m.entries {
		if !e.voided && pick(e) {
			n++
			sum.Value += e.Quantity.Value
			sum.Approx = sum.Approx || e.Quantity.Approx != ledger.Exact
		}
	}
	return n, sum
}

func (m *model) compareItems(scope ledger.Scope, before ledger.Period, got ledger.PublicityFigures) {
	for _, item := range m.items {
		var want, has ledger.ItemFigure
		for _, p := range []struct {
			period ledger.Period
			n      *int64
			sum    *ledger.Sum
		}{{scope.Period, &want.Entries, &want.Sum}, {before, &want.EntriesBefore, &want.Before}} {
			*p.n, *p.sum = m.sum(func(e *modelEntry) bool {
				return e.Item == item.ID && p.period.Contains(e.Day) && m.within(scope.Unit, e.Unit)
			})
		}
		for _, i := range got.Items {
			if i.ID == item.ID {
				has = i
			}
		}
		has.ID, has.Item = 0, ledger.Item{}
		if has != want {
			m.t.Fatalf("%s in %+v: figures say %+v, want %+v", item.Value.Name, scope, has, want)
		}
	}
}

func (m *model) compareUnits(scope ledger.Scope, before ledger.Period, got ledger.Figures) {
	count := func(p ledger.Period, root ledger.ID) int64 {
		n, _ := m.sum(func(e *modelEntry) bool { return p.Contains(e.Day) && m.within(root, e.Unit) })
		return n
	}
	reached := 0
	for _, u := range got.Publicity.Units {
		if a, b := count(scope.Period, u.ID), count(before, u.ID); u.Entries != a || u.Before != b {
			m.t.Fatalf("%s in %+v: figures say %d and %d, want %d and %d", u.Name, scope, u.Entries, u.Before, a, b)
		}
		if count(ledger.Today(m.d.today()), u.ID) > 0 {
			reached++
		}
	}
	if got.Heard.Reached != reached || got.Heard.All != len(got.Publicity.Units) {
		m.t.Fatalf("heard %+v, want %d of %d", got.Heard, reached, len(got.Publicity.Units))
	}
}

func (m *model) compareDays(scope ledger.Scope, got []ledger.DayFigure, last ledger.Day) {
	if len(got) != ledger.SeriesDays || got[len(got)-1].Day != last {
		m.t.Fatalf("%d days to %v, want %d to %v", len(got), got[len(got)-1].Day, ledger.SeriesDays, last)
	}
	for _, day := range got {
		seen := map[ledger.ID]bool{}
		for _, tally := range day.Items {
			if seen[tally.Item] {
				m.t.Fatalf("%v names an item twice: %+v", day.Day, day.Items)
			}
			seen[tally.Item] = true
			n, sum := m.sum(func(e *modelEntry) bool {
				return e.Day == day.Day && e.Item == tally.Item && m.within(scope.Unit, e.Unit)
			})
			if tally.Entries != n || tally.Quantity != sum.Value {
				m.t.Fatalf("%v in %+v: figures say %+v, want %d and %d", day.Day, scope, tally, n, sum.Value)
			}
		}
		n, _ := m.sum(func(e *modelEntry) bool { return e.Day == day.Day && m.within(scope.Unit, e.Unit) })
		if total := day.Entries[0] + day.Entries[1] + day.Entries[2]; total != n || day.Known != (n > 0) {
			m.t.Fatalf("%v in %+v: figures say %d entries, want %d", day.Day, scope, total, n)
		}
	}
}

func (m *model) compareSupervision(scope ledger.Scope, got ledger.SupervisionFigures) {
	var want ledger.SupervisionFigures
	days := map[ledger.ID]ledger.Day{}
	for _, v := range m.visits {
		days[v.id] = v.Day
		if scope.Period.Contains(v.Day) && m.within(scope.Unit, v.Unit) {
			want.Visits += v.Visits
			want.Problems += v.Problems
		}
	}
	for _, p := range m.problems {
		if !m.within(scope.Unit, p.Unit) {
			continue
		}
		overdue := p.State != ledger.StateClosed && p.Deadline < m.d.today()
		if p.State != ledger.StateClosed {
			want.LiveOpen++
			want.LiveOverdue += count(overdue)
		}
		if scope.Period.Contains(days[p.Inspection]) {
			want.Open += count(p.State == ledger.StateOpen)
			want.Rectified += count(p.State == ledger.StateRectified)
			want.Closed += count(p.State == ledger.StateClosed)
			want.Overdue += count(overdue)
		}
	}
	got.Before, got.LiveDueSoon, got.Coverage, got.Units = want.Before, 0, want.Coverage, nil
	if !reflect.DeepEqual(got, want) {
		m.t.Fatalf("supervision in %+v: figures say %+v, want %+v", scope, got, want)
	}
}

func count(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func (m *model) filter(key ledger.SortKey) ledger.PublicityFilter {
	f := ledger.PublicityFilter{Voided: rapid.Bool().Draw(m.t, "voided"), Ascending: rapid.Bool().Draw(m.t, "ascending"), Sort: key}
	if rapid.Bool().Draw(m.t, "by period") {
		p := m.scope().Period
		f.Period = &p
	}
	if rapid.Bool().Draw(m.t, "by unit") {
		f.Units = ledger.Subtree(m.units, rapid.SampledFrom(m.units).Draw(m.t, "filter unit").ID)
	}
	if rapid.Bool().Draw(m.t, "by item") {
		f.Items = []ledger.ID{m.items[0].ID, m.items[2].ID}
	}
	if ids := m.allIDs(); len(ids) > 0 && rapid.Bool().Draw(m.t, "by range") {
		f.Range = &ledger.Range{First: rapid.SampledFrom(ids).Draw(m.t, "first"), Last: rapid.SampledFrom(ids).Draw(m.t, "last")}
	}
	if rapid.Bool().Draw(m.t, "by text") {
		word := rapid.SampledFrom([]string{"入户", "0%", "_", "导入", "张三", "x'); --"}).Draw(m.t, "word")
		f.Text = []ledger.Match{{Word: word, Units: []ledger.ID{m.units[1].ID}}}
	}
	return f
}

func (m *model) matches(f ledger.PublicityFilter, e *modelEntry, author string) bool {
	for _, t := range f.Text {
		if !strings.Contains(e.Note, t.Word) && !strings.Contains(author, t.Word) &&
			!slices.Contains(t.Units, e.Unit) && !slices.Contains(t.Items, e.Item) {
			return false
		}
	}
	if f.Range != nil && !f.Range.Contains(e.id) {
		return false
	}
	return (f.Voided || !e.voided) && (f.Period == nil || f.Period.Contains(e.Day)) &&
		(f.Units == nil || slices.Contains(f.Units, e.Unit)) && (f.Items == nil || slices.Contains(f.Items, e.Item))
}

// before orders entries as a filter says.
func (m *model) before(f ledger.PublicityFilter, a, b *modelEntry) int {
	unit := func(e *modelEntry) string {
		return m.units[slices.IndexFunc(m.units, func(u ledger.Row[ledger.Unit]) bool { return u.ID == e.Unit })].Value.Name
	}
	channel := func(e *modelEntry) ledger.Channel {
		return m.items[slices.IndexFunc(m.items, func(i ledger.Row[ledger.Item]) bool { return i.ID == e.Item })].Value.Channel
	}
	newest := cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(b.id, a.id))
	order := 0
	switch f.Sort {
	case ledger.SortUnit:
		if order = cmp.Compare(unit(a), unit(b)); order == 0 {
			return newest
		}
	case ledger.SortItem:
		if order = cmp.Or(cmp.Compare(channel(a), channel(b)), cmp.Compare(a.Item, b.Item)); order == 0 {
			return newest
		}
	case ledger.SortQuantity:
		order = cmp.Or(cmp.Compare(a.Quantity.Value, b.Quantity.Value), cmp.Compare(a.id, b.id))
	case ledger.SortRecorded:
		order = cmp.Or(cmp.Compare(a.clock, b.clock), cmp.Compare(a.id, b.id))
	default:
		order = -newest
	}
	if f.Ascending {
		return order
	}
	return -order
}

func (m *model) compareLists(f ledger.PublicityFilter) {
	ids, err := m.d.store.PublicityIDs(context.Background(), f)
	m.must(err)
	rows, err := m.d.store.PublicityRows(context.Background(), ids)
	m.must(err)
	authors := map[ledger.ID]string{}
	all, err := m.d.store.PublicityRows(context.Background(), m.allIDs())
	m.must(err)
	for _, r := range all {
		authors[r.ID] = r.Author
	}
	var want []*modelEntry
	for _, e := range m.entries {
		if m.matches(f, e, authors[e.id]) {
			want = append(want, e)
		}
	}
	slices.SortFunc(want, func(a, b *modelEntry) int { return m.before(f, a, b) })
	if len(rows) != len(want) || len(ids) != len(want) {
		m.t.Fatalf("%+v lists %d entries, reads %d, want %d", f, len(ids), len(rows), len(want))
	}
	for i, e := range want {
		if r := rows[i]; r.ID != e.id || ids[i] != e.id || r.Value != e.Publicity || r.Voided != e.voided {
			m.t.Fatalf("%+v: row %d is %+v, want %+v", f, i, r, e)
		}
	}
	m.compareSums(f, want)
}

func (m *model) allIDs() []ledger.ID {
	ids := make([]ledger.ID, len(m.entries))
	for i, e := range m.entries {
		ids[i] = e.id
	}
	return ids
}

func (m *model) compareSums(f ledger.PublicityFilter, listed []*modelEntry) {
	got, err := m.d.store.PublicitySums(context.Background(), f)
	m.must(err)
	want := map[ledger.ID]ledger.ItemSum{}
	for _, e := range listed {
		if e.voided {
			continue
		}
		s := want[e.Item]
		s.Item = e.Item
		s.Entries++
		s.Sum = s.Sum.Add(e.Quantity)
		want[e.Item] = s
	}
	if len(got) != len(want) {
		m.t.Fatalf("%+v: %d sums, want %d", f, len(got), len(want))
	}
	for _, s := range got {
		if s != want[s.Item] {
			m.t.Fatalf("%+v: sum %+v, want %+v", f, s, want[s.Item])
		}
	}
}
