package data_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/ledger"
	"taizhang/data"
)

// twins are two ledgers of the same work. In the second one several offices have
// written down the same units, items and sites, and everybody records on whichever
// he knows.
type twins struct {
	t             *rapid.T
	single, twice *desk
	// The records of each name: one in single, any number in twice.
	one  map[string]ledger.ID
	many map[string][]ledger.ID
}

// twinUnits are the units by their parents, parents first.
var twinUnits = [][2]string{{"宁江区", ""}, {"临江街道", "宁江区"}, {"河口镇", "宁江区"}, {"一社区", "临江街道"}, {"二社区", "临江街道"},
	{"一社区 ", "河口镇"}}

var twinItems = []ledger.Item{{Name: "宣传条幅", Measure: "幅", Channel: ledger.ChannelCommunity},
	{Name: "横幅", Measure: "条", Channel: ledger.ChannelNews}, {Name: "横幅", Measure: "米", Channel: ledger.ChannelCommunity}}

var twinSites = []ledger.Site{{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)}, {Name: "同心宾馆", Plan: ledger.PlanStandby}}

func TestTwiceCountsOnce(t *testing.T) {
	first := newDesk(t)
	if err := first.store.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(first.path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	run := 0
	rapid.Check(t, func(rt *rapid.T) {
		if run++; run > 15 {
			return // each opens two ledgers on the drive
		}
		w := &twins{t: rt, one: map[string]ledger.ID{}, many: map[string][]ledger.ID{}}
		for i, d := range []**desk{&w.single, &w.twice} {
			path := fmt.Sprintf("%s/%d-%d.db", folder, run, i)
			if err := os.WriteFile(path, content, 0o600); err != nil {
				rt.Fatal(err)
			}
			*d = &desk{t: t, home: first.home, path: path, now: first.now, items: map[string]ledger.ID{}}
			s, err := data.Open(context.Background(), path, (*d).options())
			if err != nil {
				rt.Fatal(err)
			}
			defer s.Close()
			(*d).store, (*d).book = s, ledger.NewBook(s, func() string { return "张三" })
		}
		w.begin()
		for range rapid.IntRange(5, 30).Draw(rt, "steps") {
			w.step()
		}
		w.compare()
	})
}

func (w *twins) must(err error) {
	if err != nil {
		w.t.Fatal(err)
	}
}

// append writes a record past the checks of the book, as a merge does.
func (w *twins) append(d *desk, r ledger.Record) (id ledger.ID) {
	w.must(d.store.Write(context.Background(), func(tx ledger.Tx) error {
		rev := ledger.Revision{Op: ledger.OpCreate, Author: "张三", Fields: r}
		err := tx.Append(&rev)
		id = rev.ID
		return err
	}))
	return id
}

// begin takes what new ledgers have, and writes down the rest once in each.
func (w *twins) begin() {
	for _, d := range []*desk{w.single, w.twice} {
		units, err := d.store.Units(context.Background())
		w.must(err)
		items, err := d.store.Items(context.Background())
		w.must(err)
		for _, u := range units {
			w.note(d, "unit "+u.Value.Name, u.ID)
		}
		for _, i := range items {
			w.note(d, "item "+i.Value.Name+i.Value.Measure, i.ID)
		}
	}
	for i := range twinUnits {
		w.again(i, true)
	}
	for i := range twinItems {
		w.item(i, true)
	}
	for i := range twinSites {
		w.site(i, true)
	}
}

func (w *twins) note(d *desk, name string, id ledger.ID) {
	if d == w.single {
		w.one[name] = id
	} else {
		w.many[name] = append(w.many[name], id)
	}
}

// add writes a record of a name: in both when it is the first, else in twice.
func (w *twins) add(name string, first bool, r func(pick func(string) ledger.ID) ledger.Record) {
	if first && len(w.many[name]) > 0 {
		return
	}
	if first {
		w.note(w.single, name, w.append(w.single, r(func(n string) ledger.ID { return w.one[n] })))
	}
	w.note(w.twice, name, w.append(w.twice, r(w.pick)))
}

// pick is any record of a name.
func (w *twins) pick(name string) ledger.ID {
	if name == "unit " {
		return 0
	}
	return rapid.SampledFrom(w.many[name]).Draw(w.t, name)
}

func (w *twins) again(i int, first bool) {
	name, parent := twinUnits[i][0], twinUnits[i][1]
	w.add("unit "+name, first, func(pick func(string) ledger.ID) ledger.Record {
		return &ledger.Unit{Name: name, Parent: pick("unit " + parent)}
	})
}

func (w *twins) item(i int, first bool) {
	v := twinItems[i]
	w.add("item "+v.Name+v.Measure, first, func(func(string) ledger.ID) ledger.Record {
		if !first {
			v.Channel = rapid.SampledFrom(ledger.Channels).Draw(w.t, "channel")
		}
		return &v
	})
}

func (w *twins) site(i int, first bool) {
	v := twinSites[i]
	w.add("site "+v.Name, first, func(func(string) ledger.ID) ledger.Record {
		if !first && rapid.Bool().Draw(w.t, "rooms not stated") {
			v.Rooms = ledger.Count{}
		}
		return &v
	})
}

// both writes a record in both ledgers.
func (w *twins) both(r func(pick func(string) ledger.ID) ledger.Record) {
	name := fmt.Sprint("record ", len(w.one))
	w.add(name, true, r)
}

func (w *twins) unit() string {
	return "unit " + rapid.SampledFrom(twinUnits).Draw(w.t, "unit")[0]
}

// step writes one more record of a name, or one thing in both.
func (w *twins) step() {
	for _, d := range []*desk{w.single, w.twice} {
		d.now = d.now.Add(time.Second)
	}
	day := w.single.today() - ledger.Day(rapid.IntRange(0, 70).Draw(w.t, "ago")*rapid.IntRange(0, 1).Draw(w.t, "not today"))
	unit := w.unit()
	switch rapid.IntRange(0, 8).Draw(w.t, "step") {
	case 0, 1:
		w.again(rapid.IntRange(0, len(twinUnits)-1).Draw(w.t, "which"), false)
	case 2:
		w.item(rapid.IntRange(0, len(twinItems)-1).Draw(w.t, "which"), false)
	case 3:
		w.site(rapid.IntRange(0, len(twinSites)-1).Draw(w.t, "which"), false)
	case 4:
		site := "site " + rapid.SampledFrom(twinSites).Draw(w.t, "site").Name
		ready := rapid.Int64Range(0, 39).Draw(w.t, "ready")
		at := w.single.now.Truncate(time.Second).Add(-time.Duration(rapid.IntRange(0, 3).Draw(w.t, "seconds")) * time.Second)
		w.both(func(pick func(string) ledger.ID) ledger.Record {
			return &ledger.Reserve{Site: pick(site), At: at, Rooms: 39, Ready: ready, Occupied: 39 - ready}
		})
	case 5:
		w.both(func(pick func(string) ledger.ID) ledger.Record {
			return &ledger.Inspection{Unit: pick(unit), Day: day, Form: ledger.FormAnnounced, Visits: 2, Problems: 3, Directives: 1}
		})
		in, other := fmt.Sprint("record ", len(w.one)-1), w.unit()
		w.both(func(pick func(string) ledger.ID) ledger.Record {
			return &ledger.Problem{Inspection: pick(in), Unit: pick(other), Text: "无人值守", Directive: "补齐", Deadline: day + 5, State: ledger.StateOpen}
		})
	default:
		v := rapid.SampledFrom(twinItems).Draw(w.t, "item")
		q := ledger.Quantity{Value: rapid.Int64Range(1, 9).Draw(w.t, "value"), Approx: ledger.Approx(rapid.IntRange(0, 1).Draw(w.t, "approx"))}
		w.both(func(pick func(string) ledger.ID) ledger.Record {
			return &ledger.Publicity{Unit: pick(unit), Item: pick("item " + v.Name + v.Measure), Day: day, Quantity: q, Note: v.Name}
		})
	}
}

func (w *twins) compare() {
	for _, kind := range []ledger.PeriodKind{ledger.PeriodToday, ledger.PeriodMonth, ledger.PeriodAll} {
		scope := ledger.Scope{Kind: kind, Period: ledger.PeriodOf(kind, w.single.today())}
		w.compareFigures("", scope)
		w.compareFigures(w.unit(), scope)
	}
	unit, item := w.unit(), rapid.SampledFrom(twinItems).Draw(w.t, "item filter")
	name := "item " + item.Name + item.Measure
	for i, f := range []func(func(string) ledger.ID) ledger.PublicityFilter{
		func(pick func(string) ledger.ID) ledger.PublicityFilter {
			return ledger.PublicityFilter{Units: []ledger.ID{pick(unit)}, Sort: ledger.SortItem}
		},
		func(pick func(string) ledger.ID) ledger.PublicityFilter {
			return ledger.PublicityFilter{Items: []ledger.ID{pick(name)}, Sort: ledger.SortUnit, Ascending: true}
		},
		func(pick func(string) ledger.ID) ledger.PublicityFilter {
			return ledger.PublicityFilter{Text: []ledger.Match{{Word: "?", Units: []ledger.ID{pick(unit)}, Items: []ledger.ID{pick(name)}}}}
		},
		func(func(string) ledger.ID) ledger.PublicityFilter {
			return ledger.PublicityFilter{Sort: ledger.SortItem}
		},
	} {
		a, b := w.list(w.single, f(func(n string) ledger.ID { return w.one[n] })), w.list(w.twice, f(w.pick))
		if !slices.Equal(a, b) {
			w.t.Fatalf("filter %d on %s and %s\nonce:  %v\ntwice: %v", i, unit, name, a, b)
		}
	}
	w.compareRows(unit)
}

func (w *twins) compareFigures(unit string, scope ledger.Scope) {
	var texts [2]ledger.Figures
	for i, d := range []*desk{w.single, w.twice} {
		scope.Unit = 0
		if unit != "" && i == 0 {
			scope.Unit = w.one[unit]
		} else if unit != "" {
			scope.Unit = w.pick(unit)
		}
		fig, err := d.store.Figures(context.Background(), scope)
		w.must(err)
		texts[i] = nameless(fig)
	}
	if !reflect.DeepEqual(texts[0], texts[1]) {
		w.t.Fatalf("of %q in %v\nonce:  %+v\ntwice: %+v", unit, scope.Period, texts[0], texts[1])
	}
}

// nameless takes the ids out of figures, which differ where the names are equal.
func nameless(f ledger.Figures) ledger.Figures {
	f.Scope.Unit = 0
	for i := range f.Publicity.Items {
		f.Publicity.Items[i].ID = 0
	}
	for _, list := range [][]ledger.UnitFigure{f.Publicity.Units, f.Supervision.Units} {
		for i := range list {
			list[i].ID = 0
		}
	}
	for _, c := range []*ledger.Coverage{&f.Heard, &f.Supervision.Coverage} {
		for i := range c.Missing {
			c.Missing[i] = ledger.Row[ledger.Unit]{Value: ledger.Unit{Name: c.Missing[i].Value.Name}}
		}
	}
	for i := range f.Publicity.Today {
		f.Publicity.Today[i].Unit, f.Publicity.Today[i].Item = 0, 0
	}
	for _, days := range [][]ledger.DayFigure{f.Publicity.Days, f.Publicity.DaysBefore} {
		for i := range days {
			for j := range days[i].Items {
				days[i].Items[j].Item = 0
			}
			slices.SortFunc(days[i].Items, func(a, b ledger.Tally) int {
				return cmp.Or(cmp.Compare(a.Entries, b.Entries), cmp.Compare(a.Quantity, b.Quantity), cmp.Compare(a.Approx, b.Approx))
			})
		}
	}
	for i := range f.Isolation.Sites {
		f.Isolation.Sites[i].ID, f.Isolation.Sites[i].Report = 0, 0
	}
	for i := range f.Alerts {
		f.Alerts[i].Record = 0
	}
	return f
}

// list tells the entries of a filter by name, in order, and their sums.
func (w *twins) list(d *desk, f ledger.PublicityFilter) []string {
	ctx := context.Background()
	names := map[ledger.ID]string{}
	for name, id := range w.one {
		if d == w.single {
			names[id] = name
		}
	}
	for name, list := range w.many {
		for _, id := range list {
			if d == w.twice {
				names[id] = name
			}
		}
	}
	ids, err := d.store.PublicityIDs(ctx, f)
	w.must(err)
	rows, err := d.store.PublicityRows(ctx, ids)
	w.must(err)
	var list []string
	for _, r := range rows {
		list = append(list, names[r.Value.Unit]+" "+names[r.Value.Item]+" "+r.Value.Day.String()+" "+r.Value.Quantity.String())
	}
	sums, err := d.store.PublicitySums(ctx, f)
	w.must(err)
	for _, s := range sums {
		list = append(list, fmt.Sprint(names[s.Item], s.Entries, s.Sum))
	}
	return list
}

func (w *twins) compareRows(unit string) {
	ctx := context.Background()
	var counts [2][4]int64
	for i, d := range []*desk{w.single, w.twice} {
		pick := w.pick
		if d == w.single {
			pick = func(n string) ledger.ID { return w.one[n] }
		}
		units := []ledger.ID{pick(unit)}
		inspections, err := d.store.Inspections(ctx, ledger.InspectionFilter{Units: units})
		w.must(err)
		problems, err := d.store.Problems(ctx, ledger.ProblemFilter{Units: units})
		w.must(err)
		reserves, err := d.store.Reserves(ctx, pick("site 县委党校"), 100)
		w.must(err)
		counts[i] = [4]int64{int64(len(inspections)), int64(len(problems)), int64(len(reserves))}
		if len(reserves) > 0 {
			counts[i][3] = reserves[0].Value.Ready
		}
		fig := d.figures()
		if len(reserves) > 0 && fig.Isolation.Sites[0].Ready != ledger.Stated(reserves[0].Value.Ready) {
			w.t.Fatalf("the list begins with %+v, the figure is %+v", reserves[0], fig.Isolation.Sites[0])
		}
	}
	if counts[0] != counts[1] {
		w.t.Fatalf("rows of %s: once %v, twice %v", unit, counts[0], counts[1])
	}
}
