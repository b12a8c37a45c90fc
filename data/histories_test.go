package data_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/data"
)

// histories sets how many random histories TestRandomHistories goes through,
// unless -rapid.checks says so.
const histories = "20"

// TestRandomHistories lets two townships, a district and a city record, correct,
// void and carry bundles about at random: old ones, repeated ones, through
// others, with clocks off by days. In the end all hold the same and say the same.
func TestRandomHistories(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := f.Value.Set(histories); err != nil {
			t.Fatal(err)
		}
	}
	first := newWorld(t)
	rapid.Check(t, func(rt *rapid.T) {
		w := first.copied(t, rt)
		defer w.close()
		rt.Repeat(map[string]func(*rapid.T){
			"record": w.record, "correct": w.correct, "void": w.void, "clock": w.clock,
			"export": w.export, "merge": w.merge, "undo": w.undo,
		})
		for _, o := range w.offices {
			o.now = first.offices[0].now.Add(100 * 24 * time.Hour) // the clocks are set right
		}
		settleAll(within{t, rt}, w.stick, w.offices...)
		equal(within{t, rt}, w.offices...)
	})
}

// world is the offices and the sticks that lie about.
type world struct {
	offices []*office
	stick   string
	bundles []string
	to      map[string]*office
}

func newWorld(t *testing.T) *world {
	w := &world{}
	for _, names := range [][3]string{{"宁江区", "临江街道", "临江-01"}, {"宁江区", "河口镇", "河口-01"}, {"宁江区", "", "指挥部-01"}, {"宁州市", "", "市指挥部-01"}} {
		w.offices = append(w.offices, newOffice(t, names[0], names[1], names[2]))
	}
	pair(t, w.offices...)
	for _, o := range w.offices {
		if err := o.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// copied is the world again, on files of its own.
func (w *world) copied(t *testing.T, rt *rapid.T) *world {
	c := &world{stick: t.TempDir(), to: map[string]*office{}}
	for _, o := range w.offices {
		home := t.TempDir()
		if err := os.CopyFS(home, os.DirFS(o.home)); err != nil {
			rt.Fatal(err)
		}
		d := &desk{t: within{t, rt}, home: home, path: filepath.Join(home, "ledger.db"), now: o.now, items: map[string]ledger.ID{}}
		s, err := data.Open(context.Background(), d.path, d.options())
		if err != nil {
			rt.Fatal(err)
		}
		d.use(s)
		one := &office{desk: d}
		one.ready()
		c.offices = append(c.offices, one)
	}
	return c
}

func (w *world) close() {
	for _, o := range w.offices {
		o.store.Close()
		os.RemoveAll(o.home)
	}
	os.RemoveAll(w.stick)
}

func (w *world) office(rt *rapid.T) *office { return rapid.SampledFrom(w.offices).Draw(rt, "office") }

// refused passes over what the rules of the ledger refuse: the histories are
// random.
func refused(rt *rapid.T, err error) {
	if err != nil && ledger.CodeOf(err) == ledger.CodeInternal {
		rt.Fatal(err)
	}
}

func (w *world) record(rt *rapid.T) {
	o := w.office(rt)
	o.now = o.now.Add(time.Minute)
	switch rapid.IntRange(0, 6).Draw(rt, "kind") {
	case 0:
		o.try(rt, &ledger.Unit{Name: rapid.SampledFrom([]string{"一社区", "二社区", "临江街道"}).Draw(rt, "name"), Parent: o.anyUnit(rt)})
	case 1:
		o.try(rt, &ledger.Item{Name: rapid.SampledFrom([]string{"横幅", "标语"}).Draw(rt, "name"), Measure: "条", Channel: ledger.ChannelCommunity})
	case 2:
		o.try(rt, &ledger.Site{Name: rapid.SampledFrom([]string{"党校", "宾馆"}).Draw(rt, "name"), Plan: ledger.PlanReady, Rooms: ledger.Stated(40)})
	case 3:
		if site := o.anySite(rt); site != 0 {
			o.try(rt, &ledger.Reserve{Site: site, Rooms: 40, Ready: -1, Occupied: rapid.Int64Range(0, 40).Draw(rt, "occupied"), At: o.now})
		}
	case 4:
		o.try(rt, &ledger.Inspection{Unit: o.anyUnit(rt), Day: o.today(), Form: ledger.FormSpecial, Visits: 2, Problems: 1, Directives: 1})
	case 5:
		o.try(rt, &ledger.Cases{Count: rapid.Int64Range(0, 9).Draw(rt, "cases"), At: o.now})
	default:
		o.try(rt, &ledger.Publicity{Unit: o.anyUnit(rt), Item: o.anyItem(rt), Day: o.today() - ledger.Day(rapid.IntRange(0, 40).Draw(rt, "day")),
			Quantity: ledger.Quantity{Value: rapid.Int64Range(1, 9999).Draw(rt, "quantity")}})
	}
}

func (o *office) try(rt *rapid.T, r ledger.Record) {
	_, err := o.book.Record(context.Background(), r)
	refused(rt, err)
}

func (o *office) anyUnit(rt *rapid.T) ledger.ID {
	units, err := o.store.Units(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	return units[rapid.IntRange(0, len(units)-1).Draw(rt, "unit")].ID
}

func (o *office) anyItem(rt *rapid.T) ledger.ID {
	items, err := o.store.Items(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	return items[rapid.IntRange(0, len(items)-1).Draw(rt, "item")].ID
}

func (o *office) anySite(rt *rapid.T) ledger.ID {
	sites, err := o.store.Sites(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	if len(sites) == 0 {
		return 0
	}
	return sites[rapid.IntRange(0, len(sites)-1).Draw(rt, "site")].ID
}

// anyEntry is one of the entries that the office knows, its own or not.
func (o *office) anyEntry(rt *rapid.T) (ledger.Row[ledger.Publicity], bool) {
	ids, err := o.store.PublicityIDs(context.Background(), ledger.PublicityFilter{Voided: true})
	if err != nil {
		rt.Fatal(err)
	}
	if len(ids) == 0 {
		return ledger.Row[ledger.Publicity]{}, false
	}
	rows, err := o.store.PublicityRows(context.Background(), []ledger.ID{ids[rapid.IntRange(0, len(ids)-1).Draw(rt, "entry")]})
	if err != nil || len(rows) != 1 {
		rt.Fatal(len(rows), err)
	}
	return rows[0], true
}

func (w *world) correct(rt *rapid.T) {
	o := w.office(rt)
	row, ok := o.anyEntry(rt)
	if !ok {
		return
	}
	next := row.Value
	next.Quantity.Value = rapid.Int64Range(1, 9999).Draw(rt, "quantity")
	refused(rt, o.book.Correct(context.Background(), row.ID, &next, "更正"))
}

func (w *world) void(rt *rapid.T) {
	o := w.office(rt)
	row, ok := o.anyEntry(rt)
	if !ok {
		return
	}
	if row.Voided {
		refused(rt, o.book.Restore(context.Background(), row.ID, "恢复"))
		return
	}
	refused(rt, o.book.Void(context.Background(), row.ID, "作废"))
}

// clock sets a PC's clock wrong by days.
func (w *world) clock(rt *rapid.T) {
	o := w.office(rt)
	o.now = o.now.Add(time.Duration(rapid.IntRange(-72, 72).Draw(rt, "hours")) * time.Hour)
}

func (w *world) export(rt *rapid.T) {
	from, to := w.office(rt), w.office(rt)
	if from == to {
		return
	}
	scope := rapid.SampledFrom([]handoff.Scope{handoff.ScopeByUnit, handoff.ScopeAll}).Draw(rt, "scope")
	if path := from.export(w.stick, to, scope, rapid.Bool().Draw(rt, "since start")); path != "" {
		w.bundles = append(w.bundles, path)
		w.to[path] = to
	}
}

// merge merges any bundle that lies about, where it belongs: maybe an old one,
// maybe again.
func (w *world) merge(rt *rapid.T) {
	if len(w.bundles) == 0 {
		return
	}
	path := rapid.SampledFrom(w.bundles).Draw(rt, "bundle")
	to := w.to[path]
	plan, err := to.x.Preview(context.Background(), path, "", nil)
	done, mergeErr := to.x.Merge(context.Background(), handoff.Merge{Path: path})
	if ledger.CodeOf(mergeErr) == ledger.CodeBundleGap {
		return // its time comes
	}
	if err != nil || mergeErr != nil {
		rt.Fatal(err, mergeErr)
	}
	got := done.Plan
	if plan.New != got.New || plan.Corrected != got.Corrected || plan.Voided != got.Voided || plan.Clashing != got.Clashing || plan.Here != got.Here {
		rt.Fatalf("planned %+v, merged %+v", plan, got)
	}
}

func (w *world) undo(rt *rapid.T) {
	o := w.office(rt)
	_, err := o.store.UndoMerge(context.Background())
	if err != nil && ledger.CodeOf(err) != ledger.CodeUndoNone && ledger.CodeOf(err) != ledger.CodeUndoStands {
		rt.Fatal(err)
	}
	o.verify()
}

// within is a random run as the helpers of offices want it: what fails, fails
// the run, so that it is made smaller.
type within struct {
	testing.TB
	run *rapid.T
}

func (w within) Helper()                           {}
func (w within) Cleanup(func())                    {} // the world closes its offices
func (w within) Fatal(args ...any)                 { w.run.Fatal(args...) }
func (w within) Fatalf(format string, args ...any) { w.run.Fatalf(format, args...) }
func (w within) Errorf(format string, args ...any) { w.run.Errorf(format, args...) }
