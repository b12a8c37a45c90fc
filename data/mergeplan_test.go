package data_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// TestClashingLinesComeFirst: also when there are more lines than are listed.
func TestClashingLinesComeFirst(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	entry := town.record(town.entry("宣传条幅", "30", 0))
	district.merge(town.export(stick, district, 0, false))
	ids, err := district.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	correct := func(o *office, id ledger.ID, quantity string) {
		o.t.Helper()
		if err := o.book.Correct(ctx, id, o.corrected(id, quantity), "核实"); err != nil {
			t.Fatal(err)
		}
	}
	correct(district, ids[0], "31")
	batch := make([]ledger.Record, handoff.MaxLines+10)
	for i := range batch {
		batch[i] = town.entry("网络信息", "1", 0)
	}
	if _, err := town.store.Append(ctx, batch, "导入", nil); err != nil {
		t.Fatal(err)
	}
	town.now = town.now.Add(time.Minute)
	correct(town, entry, "32")
	plan, err := district.x.Preview(ctx, town.export(stick, district, 0, false), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if plan.Clashing != 1 || len(plan.Lines) != handoff.MaxLines {
		t.Fatalf("%d clash, %d lines", plan.Clashing, len(plan.Lines))
	}
	if first := plan.Lines[0]; !first.Clash || first.Revision.Op != ledger.OpCorrect || first.Desk != "临江-01" || plan.Lines[1].Clash {
		t.Errorf("the first line is %+v", first)
	}
}

// corrected is an entry of this ledger with another quantity.
func (o *office) corrected(id ledger.ID, quantity string) *ledger.Publicity {
	o.t.Helper()
	rows, err := o.store.PublicityRows(context.Background(), []ledger.ID{id})
	if err != nil || len(rows) != 1 {
		o.t.Fatal(rows, err)
	}
	v := rows[0].Value
	if v.Quantity, err = ledger.ParseQuantity(quantity); err != nil {
		o.t.Fatal(err)
	}
	return &v
}

// TestPassphraseBundleArrives: once somebody who knows the passphrase has sent a
// receipt, the bundle is not still on its way to somebody unknown.
func TestPassphraseBundleArrives(t *testing.T) {
	ctx, secret := context.Background(), "青山绿水看夕阳红叶秋"
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	path := filepath.Join(stick, "a.tzb")
	if _, err := town.x.Export(ctx, handoff.Export{Passphrase: secret, Path: path}); err != nil {
		t.Fatal(err)
	}
	sent := func() []handoff.Delivery {
		list, err := town.store.SentLog(ctx)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0].To
	}
	if to := sent(); len(to) != 1 || !to[0].Delivered.IsZero() {
		t.Errorf("sent to %+v", to)
	}
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: path, Passphrase: secret}); err != nil {
		t.Fatal(err)
	}
	if _, err := town.x.Receipts(ctx, stick); err != nil {
		t.Fatal(err)
	}
	if to := sent(); len(to) != 1 || to[0].Delivered.IsZero() || to[0].Name != "指挥部-01" {
		t.Errorf("after the receipt, sent to %+v", to)
	}
}

// TestDaysOfCorrections: a bundle that corrects or voids dated records is of the
// days of what it corrects; reports and inspections have days too.
func TestDaysOfCorrections(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	today := ledger.DayOf(town.now)
	entry, other := town.record(town.entry("宣传条幅", "30", 5)), town.record(town.entry("宣传条幅", "30", 9))
	days := func(what string, first, last ledger.Day) {
		t.Helper()
		b, err := district.x.Open(town.export(stick, district, 0, false), "")
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if b.Manifest.First != first || b.Manifest.Last != last {
			t.Errorf("%s: of %v to %v, want %v to %v", what, b.Manifest.First, b.Manifest.Last, first, last)
		}
		town.now = town.now.Add(time.Minute)
	}
	settled := func() {
		district.merge(town.export(stick, district, 0, false))
		if _, err := town.x.Receipts(ctx, stick); err != nil {
			t.Fatal(err)
		}
		town.now = town.now.Add(time.Minute)
	}
	days("entries", today-9, today-5)
	settled()
	if err := town.book.Correct(ctx, entry, town.corrected(entry, "31"), "核实"); err != nil {
		t.Fatal(err)
	}
	days("a correction", today-5, today-5)
	if err := town.book.Void(ctx, other, "重复"); err != nil {
		t.Fatal(err)
	}
	days("a void too", today-9, today-5)
	settled()
	site := town.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	days("a site", -1, -1)
	town.record(&ledger.Reserve{Site: site, Rooms: 39, Ready: -1, Occupied: 4})
	days("a reserve report", today, today)
	town.record(&ledger.Inspection{Unit: town.unit("临江街道"), Day: today - 3, Form: ledger.FormUnannounced, Visits: 1})
	days("an inspection", today-3, today)
}
