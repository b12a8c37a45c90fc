package data_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/data"
)

func (o *office) standing() handoff.Standing {
	o.t.Helper()
	st, err := o.store.Standing(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	return st
}

// travels wants a revision at a stage.
func (o *office) travels(what string, id ledger.ID, want handoff.Travel) {
	o.t.Helper()
	if got := o.standing().Travel(id); got != want {
		o.t.Errorf("%s: %s is %q, want %q", what, o.store.IDText(id), got, want)
	}
}

// TestHowFarARevisionHasTravelled follows one entry there and back, and asks the
// receiver too.
func TestHowFarARevisionHasTravelled(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	if town.standing().Exchanged {
		t.Error("a desk that never met another has exchanged something")
	}
	first := town.record(town.entry("宣传条幅", "3681", 0))
	town.travels("before any bundle", first, handoff.TravelUnsent)
	pair(t, town, district)
	if !town.standing().Exchanged {
		t.Error("a desk with a card of another is as before")
	}
	stick := t.TempDir()
	plan := district.merge(town.export(stick, district, handoff.ScopeByUnit, false))
	town.travels("in a bundle", first, handoff.TravelSent)
	second := town.record(town.entry("宣传单", "1", 0))
	town.travels("after the bundle", second, handoff.TravelUnsent)
	if _, err := town.x.Receipts(ctx, stick); err != nil {
		t.Fatal(err)
	}
	town.travels("after the receipt", first, handoff.TravelDelivered)
	town.travels("after the receipt", second, handoff.TravelUnsent)
	if plan.New == 0 {
		t.Fatal("nothing was merged")
	}
	ids, err := district.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil || len(ids) != 1 {
		t.Fatalf("the district has %v, %v", ids, err)
	}
	district.travels("at the district", ids[0], handoff.TravelReceived)
}

// TestTravelAfterARestore: restoring a backup begins another chain; what the older
// one has delivered stays delivered, and is still this desk's.
func TestTravelAfterARestore(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	first := town.record(town.entry("宣传条幅", "3681", 0))
	district.merge(town.export(stick, district, handoff.ScopeByUnit, false))
	if _, err := town.x.Receipts(ctx, stick); err != nil {
		t.Fatal(err)
	}
	late := town.record(town.entry("宣传单", "1", 0))
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := town.store.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	if err := town.store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := data.Restore(ctx, town.path, backup, town.options()); err != nil {
		t.Fatal(err)
	}
	s, err := data.Open(ctx, town.path, town.options())
	if err != nil {
		t.Fatal(err)
	}
	town.use(s)
	town.ready()
	next := town.record(town.entry("电子屏", "4", 0))
	if next.Desk() == first.Desk() {
		t.Fatal("the restored desk goes on with its chain")
	}
	town.travels("of the older chain", first, handoff.TravelDelivered)
	town.travels("of the older chain", late, handoff.TravelUnsent)
	town.travels("of the new chain", next, handoff.TravelUnsent)
	town.export(stick, district, handoff.ScopeByUnit, false)
	town.travels("of the older chain, sent", late, handoff.TravelSent)
	town.travels("of the new chain, sent", next, handoff.TravelSent)
	if st := town.standing(); st.Own != next.Desk() || st.Sent != next.Seq() {
		t.Errorf("the own chain: %+v", st)
	}
}

// TestTravelOfACopiedDesk: both PCs take what was written before the copy for
// their own, and the ledger goes on being read.
func TestTravelOfACopiedDesk(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	first := town.record(town.entry("宣传条幅", "100", 0))
	clone := town.clone(t)
	town.record(town.entry("宣传条幅", "20", 0))
	clone.record(clone.entry("宣传条幅", "3", 0))
	stick := t.TempDir()
	district.merge(town.export(stick, district, 0, false))
	district.merge(clone.export(stick, district, 0, false))
	back := district.export(stick, town, handoff.ScopeAll, true)
	for _, o := range []*office{town, clone} {
		o.merge(back)
		o.travels("before the copy", first, handoff.TravelDelivered)
		next := o.record(o.entry("宣传单", "1", 0))
		o.travels("of its new chain", next, handoff.TravelUnsent)
		if _, err := o.store.Desks(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

// TestEntriesOfADesk: a filter by desk goes by who states an entry now.
func TestEntriesOfADesk(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "100", 0))
	town.record(town.entry("宣传单", "5", 0))
	stick := t.TempDir()
	district.merge(town.export(stick, district, 0, false))
	all, err := district.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	rows, err := district.store.PublicityRows(ctx, all[:1])
	if err != nil {
		t.Fatal(err)
	}
	v := rows[0].Value
	v.Quantity.Value = 7
	if err := district.book.Correct(ctx, all[0], &v, "核对"); err != nil {
		t.Fatal(err)
	}
	own := district.standing().Own
	for desk, want := range map[int64]ledger.ID{own: all[0], all[1].Desk(): all[1]} {
		f := ledger.PublicityFilter{Desks: []int64{desk}}
		ids, err := district.store.PublicityIDs(ctx, f)
		if err != nil || len(ids) != 1 || ids[0] != want {
			t.Errorf("of desk %d: %v, %v; want %v", desk, ids, err, want)
		}
		sums, err := district.store.PublicitySums(ctx, f)
		if err != nil || len(sums) != 1 || sums[0].Entries != 1 {
			t.Errorf("sums of desk %d: %+v, %v", desk, sums, err)
		}
	}
}

// TestClashesAreAnAlert until a person has chosen.
func TestClashesAreAnAlert(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	first := town.record(town.entry("宣传条幅", "100", 0))
	stick := t.TempDir()
	district.merge(town.export(stick, district, 0, false))
	ids, err := district.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if err := district.book.Void(ctx, ids[0], "重复"); err != nil {
		t.Fatal(err)
	}
	if err := town.book.Correct(ctx, first, town.entry("宣传条幅", "120", 0), "数错"); err != nil {
		t.Fatal(err)
	}
	district.merge(town.export(stick, district, 0, false))
	if n := clashAlerts(district); n != 1 {
		t.Fatalf("the alert says %d clashes, want 1", n)
	}
	clashes, err := district.store.Clashes(ctx)
	if err != nil || len(clashes) != 1 {
		t.Fatalf("%+v, %v", clashes, err)
	}
	if err := district.book.Resolve(ctx, clashes[0].Record, clashes[0].Heads[0].ID, "核对"); err != nil {
		t.Fatal(err)
	}
	if n := clashAlerts(district); n != 0 {
		t.Errorf("the clash is settled, but the alert says %d", n)
	}
}

// clashAlerts is what the alert of clashes counts; 0 without one.
func clashAlerts(o *office) int64 {
	for _, a := range o.figures().Alerts {
		if a.Kind == ledger.AlertClashes {
			return a.Args[1].(int64)
		}
	}
	return 0
}
