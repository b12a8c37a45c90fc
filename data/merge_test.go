package data_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/data"
)

// TestThereAndBack takes a township's figures to the district and the receipt
// home.
func TestThereAndBack(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	first := town.record(town.entry("宣传条幅", "3681", 0))
	bundle := town.export(stick, district, handoff.ScopeByUnit, false)
	plan := district.merge(bundle)
	if plan.New != 4 || plan.Corrected+plan.Voided+plan.Clashing+plan.Here != 0 || plan.Merge != 1 {
		t.Errorf("the first merge brings %+v", plan)
	}
	if got := district.sum("宣传条幅"); got != "3,681" {
		t.Errorf("the district says %s", got)
	}
	if st, err := town.store.Standing(ctx); err != nil || st.Sent < first.Seq() || st.Delivered != 0 {
		t.Errorf("before the receipt: %+v, %v", st, err)
	}
	taken, err := town.x.Receipts(ctx, stick)
	if err != nil || len(taken) != 1 || !taken[0].News || !taken[0].Receipt.Merged {
		t.Fatalf("receipts: %+v, %v", taken, err)
	}
	if st, err := town.store.Standing(ctx); err != nil || st.Delivered < first.Seq() {
		t.Errorf("after the receipt: %+v, %v", st, err)
	}
	if path := town.export(stick, district, handoff.ScopeByUnit, false); path != "" {
		t.Errorf("what was delivered is sent again: %s", path)
	}
	if err := town.book.Correct(ctx, first, town.entry("宣传条幅", "3682", 0), "数错"); err != nil {
		t.Fatal(err)
	}
	second := town.export(stick, district, handoff.ScopeByUnit, false)
	if plan := district.merge(second); plan.New != 0 || plan.Corrected != 1 || plan.Carried != 1 {
		t.Errorf("the second bundle carries %d and brings %+v", plan.Carried, plan)
	}
	if got := district.sum("宣传条幅"); got != "3,682" {
		t.Errorf("after the correction the district says %s", got)
	}
	district.verify()
	district.origin(t, first)
}

// origin wants every revision of the township's entry to say how it came.
func (o *office) origin(t *testing.T, first ledger.ID) {
	t.Helper()
	ctx := context.Background()
	ids, err := o.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil || len(ids) != 1 {
		t.Fatalf("%d entries, %v", len(ids), err)
	}
	history, err := o.store.History(ctx, ids[0])
	if err != nil || len(history) != 2 {
		t.Fatalf("%d revisions, %v", len(history), err)
	}
	origins, err := o.store.Origins(ctx, []ledger.ID{history[0].ID, history[1].ID})
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range history {
		if got := origins[r.ID]; got.Merge != int64(i+1) || got.Sender != "临江-01" || got.File == "" {
			t.Errorf("revision %d came by %+v", i+1, got)
		}
	}
}

// TestAgainChangesNothing merges a bundle twice: the file of the ledger is the
// same, byte for byte.
func TestAgainChangesNothing(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "3681", 0))
	bundle := town.export(t.TempDir(), district, handoff.ScopeByUnit, false)
	district.merge(bundle)
	district.reopen()
	before := district.content()
	if plan := district.merge(bundle); !plan.Done() || plan.Merge != 0 || plan.Here != 4 {
		t.Errorf("again: %+v", plan)
	}
	if _, err := district.x.Preview(context.Background(), bundle, "", nil); err != nil {
		t.Error(err)
	}
	district.reopen()
	district.untouched(before, "merged again")
}

// TestGapIsNamed merges the second of two bundles first.
func TestGapIsNamed(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	town.record(town.entry("宣传条幅", "3681", 0))
	first := town.export(stick, district, handoff.ScopeByUnit, false)
	district.merge(first)
	if _, err := town.x.Receipts(context.Background(), stick); err != nil {
		t.Fatal(err)
	}
	town.record(town.entry("宣传条幅", "5", 0))
	second := town.export(stick, district, handoff.ScopeByUnit, false)
	if _, err := district.store.UndoMerge(context.Background()); err != nil {
		t.Fatal(err)
	}
	_, err := district.x.Merge(context.Background(), handoff.Merge{Path: second})
	if ledger.CodeOf(err) != ledger.CodeBundleGap {
		t.Fatalf("a gap: %v", err)
	}
	for name, want := range map[string]any{"first": int64(1), "last": int64(4), "since": int64(0)} {
		if got := argOf(err, name); got != want {
			t.Errorf("the gap's %s is %v, want %v", name, got, want)
		}
	}
	district.merge(first)
	district.merge(second)
	if got := district.sum("宣传条幅"); got != "3,686" {
		t.Errorf("the district says %s", got)
	}
}

func argOf(err error, name string) any {
	e, ok := err.(*ledger.Error)
	if !ok {
		return nil
	}
	for i := 0; i+1 < len(e.Args); i += 2 {
		if e.Args[i] == name {
			return e.Args[i+1]
		}
	}
	return nil
}

// TestUnknownDeskIsAskedAbout refuses a stranger's bundle until a person accepts
// the fingerprint, and asks again once it is withdrawn.
func TestUnknownDeskIsAskedAbout(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	card, err := district.x.Card(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := town.store.Pair(ctx, card, "", handoff.ScopeByUnit); err != nil {
		t.Fatal(err)
	}
	stick := t.TempDir()
	bundle := town.export(stick, district, handoff.ScopeByUnit, false)
	before := district.revisions()
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: bundle}); ledger.CodeOf(err) != ledger.CodeDeskUnknown {
		t.Fatalf("an unknown desk: %v", err)
	}
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: bundle, Accept: []string{"0000-0000-0000-0000"}}); ledger.CodeOf(err) != ledger.CodeDeskUnknown {
		t.Fatalf("another fingerprint: %v", err)
	}
	if after := district.revisions(); len(after) != len(before) {
		t.Error("something of an unknown desk was merged")
	}
	plan, err := district.x.Preview(ctx, bundle, "", nil)
	if err != nil || len(plan.Unknown) != 1 || plan.Unknown[0].Name != "临江-01" {
		t.Fatalf("the plan names %+v, %v", plan, err)
	}
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: bundle, Accept: []string{plan.Unknown[0].Fingerprint()}}); err != nil {
		t.Fatal(err)
	}
	if err := district.store.Unpair(ctx, plan.Unknown[0].Key); err != nil {
		t.Fatal(err)
	}
	town.record(town.entry("宣传条幅", "5", 0))
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: town.export(stick, district, 0, false)}); ledger.CodeOf(err) != ledger.CodeDeskUnknown {
		t.Errorf("withdrawn: %v", err)
	}
}

// TestUndoMerge wants the ledger to say after an undone merge what it said
// before, and refuses once something newer stands on it.
func TestUndoMerge(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	if _, err := district.store.UndoMerge(ctx); ledger.CodeOf(err) != ledger.CodeUndoNone {
		t.Errorf("nothing merged: %v", err)
	}
	entry := town.record(town.entry("宣传条幅", "3681", 0))
	district.merge(town.export(stick, district, 0, true))
	said, held := district.said(), district.revisions()
	if err := town.book.Void(ctx, entry, "重复"); err != nil {
		t.Fatal(err)
	}
	batch := make([]ledger.Record, 300)
	for i := range batch {
		batch[i] = town.entry("网络信息", fmt.Sprint(i+1), i%40)
	}
	if _, err := town.store.Append(ctx, batch, "导入", nil); err != nil {
		t.Fatal(err)
	}
	site := town.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	town.record(&ledger.Reserve{Site: site, Rooms: 39, Ready: -1, Occupied: 4})
	bundle := town.export(stick, district, 0, true)
	district.merge(bundle)
	full := district.said()
	if _, err := district.store.UndoMerge(ctx); err != nil {
		t.Fatal(err)
	}
	if district.said() != said || len(district.revisions()) != len(held) {
		t.Errorf("after the undo the ledger says\n%s\nbefore the merge it said\n%s", district.said(), said)
	}
	district.verify()
	district.merge(bundle)
	if district.said() != full {
		t.Error("merged again after the undo, the ledger says something else")
	}
	district.record(&ledger.Cases{Count: 2})
	if _, err := district.store.UndoMerge(ctx); ledger.CodeOf(err) != ledger.CodeUndoStands {
		t.Errorf("with an entry on it: %v", err)
	}
}

// TestCopiedDesk lets two PCs write as one desk, as when an office's PC is
// cloned: both branches stay, everywhere, and the copy becomes a desk of its own.
func TestCopiedDesk(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "100", 0))
	clone := town.clone(t)
	a := town.record(town.entry("宣传条幅", "20", 0))
	b := clone.record(clone.entry("宣传条幅", "3", 0))
	clone.record(clone.entry("电子屏", "4", 0))
	if town.store.IDText(a) != clone.store.IDText(b) {
		t.Fatalf("the clone writes %s, not %s: there is no fork to find", clone.store.IDText(b), town.store.IDText(a))
	}
	stick := t.TempDir()
	district.merge(town.export(stick, district, 0, false))
	plan := district.merge(clone.export(stick, district, 0, false))
	if len(plan.Forks) != 1 || plan.Forks[0].Own || plan.Forks[0].Seq != a.Seq() || plan.New != 2 {
		t.Errorf("the plan does not name the fork: %+v", plan)
	}
	if got := district.sum("宣传条幅") + " " + district.sum("电子屏"); got != "123 4" {
		t.Errorf("with both branches the district says %s", got)
	}
	district.verify()
	back := district.export(stick, town, handoff.ScopeAll, true)
	for _, o := range []*office{town, clone} {
		plan := o.merge(back)
		if len(plan.Forks) != 1 || !plan.Forks[0].Own {
			t.Errorf("a copied desk is not told: %+v", plan.Forks)
		}
		before := ownOf(t, o)
		o.record(o.entry("宣传单", "1", 0))
		if after := ownOf(t, o); after.ID == before.ID || after.Desk.PublicKey.Equal(before.Desk.PublicKey) {
			t.Error("the desk goes on writing with the key that another PC has")
		}
		o.verify()
	}
	pair(t, town, clone, district)
	settleAll(t, stick, town, clone, district)
	equal(t, town, clone, district)
	if got := district.sum("宣传单"); got != "2" {
		t.Errorf("after the fork the two PCs wrote %s", got)
	}
}

func ownOf(t *testing.T, o *office) ledger.DeskInfo {
	t.Helper()
	desks, err := o.store.Desks(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range desks {
		if d.Own {
			return d
		}
	}
	t.Fatal("no own desk")
	return ledger.DeskInfo{}
}

// clone copies an office's whole folder to another PC.
func (o *office) clone(t testing.TB) *office {
	t.Helper()
	if err := o.store.Close(); err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	if err := os.CopyFS(home, os.DirFS(o.home)); err != nil {
		t.Fatal(err)
	}
	c := &office{desk: &desk{t: t, home: home, path: filepath.Join(home, "ledger.db"), now: o.now, items: map[string]ledger.ID{}}}
	for _, d := range []*office{o, c} {
		s, err := data.Open(context.Background(), d.path, d.options())
		if err != nil {
			t.Fatal(err)
		}
		d.use(s)
		d.ready()
	}
	return c
}

// settleAll carries everything everywhere until nobody learns anything.
func settleAll(t testing.TB, stick string, offices ...*office) {
	t.Helper()
	for round := 0; ; round++ {
		news := false
		for _, from := range offices {
			for _, to := range offices {
				if from == to {
					continue
				}
				if path := from.export(stick, to, handoff.ScopeAll, true); path != "" && !to.merge(path).Done() {
					news = true
				}
			}
		}
		if !news {
			return
		}
		if round > len(offices) {
			t.Fatal("the offices go on learning from each other")
		}
	}
}

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
