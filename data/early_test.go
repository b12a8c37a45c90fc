package data_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// TestCorrectionBeforeItsRecord brings another township the district's correction
// of an entry that the township does not have: it waits, counts nowhere, and
// stands as soon as the entry comes.
func TestCorrectionBeforeItsRecord(t *testing.T) {
	ctx := context.Background()
	town, river, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "河口镇", "河口-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, river, district)
	stick := t.TempDir()
	entry := town.record(town.entry("宣传条幅", "3681", 0))
	fromTown := town.export(stick, district, 0, true)
	district.merge(fromTown)
	id, err := district.store.ParseID(town.store.IDText(entry))
	if err != nil {
		t.Fatal(err)
	}
	if err := district.book.Correct(ctx, id, district.entry("宣传条幅", "3680", 0), "核对"); err != nil {
		t.Fatal(err)
	}
	plan := river.merge(district.export(stick, river, handoff.ScopeOwn, true))
	if plan.Corrected != 1 || plan.Waiting != 1 {
		t.Errorf("the correction does not wait: %+v", plan)
	}
	if got := river.sum("宣传条幅"); got != "" {
		t.Errorf("what waits counts already: %s", got)
	}
	river.verify()
	plan = river.merge(town.export(stick, river, handoff.ScopeOwn, true))
	if plan.Waiting != 0 || river.sum("宣传条幅") != "3,680" {
		t.Errorf("after the entry came: %s, %+v", river.sum("宣传条幅"), plan)
	}
	river.verify()
	if _, err := river.store.UndoMerge(ctx); err != nil {
		t.Fatal(err)
	}
	if got := river.sum("宣传条幅"); got != "" {
		t.Errorf("after the undo the correction counts without its entry: %s", got)
	}
	river.verify()
}

// TestClockAheadIsFlagged merges entries of a PC that is days ahead: they are
// taken, named, and cannot keep later corrections from standing.
func TestClockAheadIsFlagged(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	if plan := district.merge(town.export(stick, district, 0, false)); len(plan.Ahead) != 0 {
		t.Errorf("a right clock is flagged: %+v", plan.Ahead)
	}
	town.now = town.now.Add(72 * time.Hour)
	entry := town.record(town.entry("宣传条幅", "3681", 4))
	plan := district.merge(town.export(stick, district, 0, false))
	if len(plan.Ahead) != 1 || plan.Ahead[0].Name != "临江-01" {
		t.Errorf("a clock three days ahead is not flagged: %+v", plan.Ahead)
	}
	id, err := district.store.ParseID(town.store.IDText(entry))
	if err != nil {
		t.Fatal(err)
	}
	if err := district.book.Correct(ctx, id, district.entry("宣传条幅", "3680", 1), "核对"); err != nil {
		t.Fatal(err)
	}
	if got := district.sum("宣传条幅"); got != "3,680" {
		t.Errorf("the correction of a PC with the right date does not stand: %s", got)
	}
}

// TestClashIsShown has two desks correct one entry, neither knowing of the other:
// both statements stay, the newer counts, and a choice ends it everywhere.
func TestClashIsShown(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	entry := town.record(town.entry("宣传条幅", "100", 0))
	district.merge(town.export(stick, district, 0, true))
	id, err := district.store.ParseID(town.store.IDText(entry))
	if err != nil {
		t.Fatal(err)
	}
	town.now, district.now = town.now.Add(time.Hour), district.now.Add(2*time.Hour)
	if err := town.book.Correct(ctx, entry, town.entry("宣传条幅", "101", 0), "数错"); err != nil {
		t.Fatal(err)
	}
	if err := district.book.Void(ctx, id, "重复"); err != nil {
		t.Fatal(err)
	}
	plan := district.merge(town.export(stick, district, 0, true))
	if plan.Clashing != 1 || len(plan.Clashes) != 1 || plan.Clashes[0] != id {
		t.Fatalf("the clash is not told: %+v", plan)
	}
	if got := district.sum("宣传条幅"); got != "" {
		t.Errorf("the newer statement, the void, does not count: %s", got)
	}
	clashes, err := district.store.Clashes(ctx)
	if err != nil || len(clashes) != 1 || len(clashes[0].Heads) != 2 || clashes[0].Heads[0].Op != ledger.OpVoid {
		t.Fatalf("%+v, %v", clashes, err)
	}
	if err := district.book.Resolve(ctx, id, clashes[0].Heads[1].ID, "电话核对"); err != nil {
		t.Fatal(err)
	}
	town.merge(district.export(stick, town, 0, true))
	for _, o := range []*office{town, district} {
		if n, err := o.store.ClashCount(ctx); err != nil || n != 0 || o.sum("宣传条幅") != "101" {
			t.Errorf("after the choice: %d clashes, %s, %v", n, o.sum("宣传条幅"), err)
		}
		o.verify()
	}
}

// TestSameUnitOfTwoOffices counts a unit that two offices have recorded once.
func TestSameUnitOfTwoOffices(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	root := district.unit("宁江区")
	district.record(&ledger.Unit{Name: "临江街道", Parent: root})
	district.record(district.entry("宣传条幅", "1", 0))
	town.record(town.entry("宣传条幅", "20", 0))
	district.merge(town.export(t.TempDir(), district, 0, true))
	units := district.figures().Publicity.Units
	for _, u := range units {
		if u.Name == "临江街道" && u.Entries != 2 {
			t.Errorf("%+v: the entries of one unit are counted apart", u)
		}
	}
	if heard := district.figures().Heard; heard.All != 1 || heard.Reached != 1 {
		t.Errorf("heard of %d units of %d, want 1 of 1", heard.Reached, heard.All)
	}
}

// TestRenamedUnitStaysOne renames and voids a unit of which two offices have
// records: they stay one.
func TestRenamedUnitStaysOne(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	root := district.unit("宁江区")
	id := district.record(&ledger.Unit{Name: "临江街道", Parent: root})
	district.merge(town.export(t.TempDir(), district, 0, true))
	if err := district.book.Correct(ctx, id, &ledger.Unit{Name: "滨江街道", Parent: root}, "更名"); err != nil {
		t.Fatal(err)
	}
	if names := district.unitNames(); names != "宁江区 滨江街道" {
		t.Errorf("after the new name the units are %s", names)
	}
	if err := district.book.Void(ctx, id, "撤并"); err != nil {
		t.Fatal(err)
	}
	if names := district.unitNames(); names != "宁江区" {
		t.Errorf("after the void the units are %s", names)
	}
	if err := district.book.Restore(ctx, id, "恢复"); err != nil {
		t.Fatal(err)
	}
	units, err := district.store.Units(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if u.Voided {
			t.Errorf("%s of another office stays voided after the undo", u.Value.Name)
		}
	}
	if names := district.unitNames(); names != "宁江区 滨江街道" {
		t.Errorf("after the undo the units are %s", names)
	}
	district.verify()
}

// TestRestoreTakesNoOther brings back what one act voided, and nothing of the same
// name that was voided before.
func TestRestoreTakesNoOther(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	void := func(id ledger.ID) {
		t.Helper()
		if err := d.book.Void(ctx, id, "重复"); err != nil {
			t.Fatal(err)
		}
	}
	first := d.record(&ledger.Unit{Name: "江心镇", Parent: d.unit("宁江区")})
	void(first)
	second := d.record(&ledger.Unit{Name: "江心镇", Parent: d.unit("宁江区")})
	void(second)
	if err := d.book.Restore(ctx, second, "恢复"); err != nil {
		t.Fatal(err)
	}
	units, err := d.store.Units(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range units {
		if u.Value.Name == "江心镇" && u.Voided != (u.ID == first) {
			t.Errorf("record %d of 江心镇: voided %v", u.ID, u.Voided)
		}
	}
}

// TestSiteInUseByAnotherOffice counts the rooms of a standby site that the township
// has taken into use under a record of its own, and takes it out of use again.
func TestSiteInUseByAnotherOffice(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	hotel := ledger.Site{Name: "同心宾馆", Plan: ledger.PlanStandby, Rooms: ledger.Stated(20)}
	here := district.record(&hotel)
	there := hotel
	theirs := town.record(&there)
	there.Activated = true
	if err := town.book.Correct(ctx, theirs, &there, "启用"); err != nil {
		t.Fatal(err)
	}
	district.merge(town.export(t.TempDir(), district, 0, true))
	if iso := district.figures().Isolation; len(iso.Sites) != 1 || !iso.Sites[0].Site.Activated || iso.Reserve != ledger.Stated(20) {
		t.Fatalf("the site in use is %+v, the reserve %v", iso.Sites, iso.Reserve)
	}
	if err := district.book.Correct(ctx, here, &hotel, "停用"); err != nil {
		t.Fatal(err)
	}
	if iso := district.figures().Isolation; iso.Sites[0].Site.Activated || iso.Reserve.Known {
		t.Errorf("out of use the site is %+v, the reserve %v", iso.Sites, iso.Reserve)
	}
	wantCode(t, district.book.Correct(ctx, here, &hotel, "停用"), ledger.CodeUnchanged)
	district.verify()
}

// unitNames are the units as screens list them.
func (o *office) unitNames() string {
	o.t.Helper()
	units, err := o.store.Units(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	var names []string
	for _, u := range units {
		if !u.Voided && u.Same == 0 {
			names = append(names, u.Value.Name)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
