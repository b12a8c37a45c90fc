package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

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

// TestAgainChangesNothing merges a bundle twice: nothing is committed that another
// window would notice, and the file of the ledger is the same, byte for byte.
func TestAgainChangesNothing(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "3681", 0))
	bundle := town.export(t.TempDir(), district, handoff.ScopeByUnit, false)
	district.merge(bundle)
	district.reopen()
	before := district.content()
	version, done := district.watched()
	first := version()
	if plan := district.merge(bundle); !plan.Done() || plan.Merge != 0 || plan.Here != 4 {
		t.Errorf("again: %+v", plan)
	}
	if now := version(); now != first {
		t.Errorf("another window notices a commit: data_version %d after %d", now, first)
	}
	done()
	if _, err := district.x.Preview(context.Background(), bundle, "", nil); err != nil {
		t.Error(err)
	}
	district.reopen()
	district.untouched(before, "merged again")
}

// watched opens the ledger once more: version is what tells that connection of
// others' commits.
func (o *office) watched() (version func() int64, done func() error) {
	o.t.Helper()
	db, err := sql.Open("sqlite3", o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return func() (v int64) {
		o.t.Helper()
		if err := db.QueryRow("PRAGMA data_version").Scan(&v); err != nil {
			o.t.Fatal(err)
		}
		return v
	}, db.Close
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
