package data_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"testing"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// reportBatch is a report of three counts, as it is taken in.
func (d *desk) reportBatch() (*ledger.Batch, []ledger.Record) {
	text := "制作宣传条幅 12 幅，发放宣传单 300 份，发布网络信息 2 条。"
	return &ledger.Batch{Source: "日报.docx", Hash: sha256.Sum256([]byte(text)), Text: text},
		[]ledger.Record{d.entry("宣传条幅", "12", 0), d.entry("宣传单", "300", 0), d.entry("网络信息", "2", 1)}
}

func TestBatchIsOne(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	before := d.record(d.entry("宣传单", "7", 0))
	batch, records := d.reportBatch()
	id, ids, err := d.book.RecordBatch(ctx, batch, records)
	if err != nil || len(ids) != 3 || batch.Count != 3 {
		t.Fatalf("%v, %d records, %+v", err, len(ids), batch)
	}
	after := d.record(d.entry("宣传单", "9", 0))
	for record, want := range map[ledger.ID]bool{before: false, ids[0]: true, ids[2]: true, id: false, after: false} {
		list, err := d.store.Batches(ctx, ledger.BatchFilter{Record: record})
		if err != nil || (len(list) == 1 && list[0].ID == id) != want {
			t.Errorf("record %d is in %v, %v; want one: %v", record, list, err, want)
		}
	}
	list, err := d.store.Batches(ctx, ledger.BatchFilter{Hash: batch.Hash[:]})
	if err != nil || len(list) != 1 || list[0].Value != *batch || list[0].Author == "" {
		t.Errorf("by its source: %+v, %v", list, err)
	}
	if list, err := d.store.Batches(ctx, ledger.BatchFilter{Hash: make([]byte, 32)}); err != nil || len(list) != 0 {
		t.Errorf("by another source: %v, %v", list, err)
	}
	// One of it was voided already, and a second one corrected.
	if err := d.book.Void(ctx, ids[0], "数错"); err != nil {
		t.Fatal(err)
	}
	next := *records[1].(*ledger.Publicity)
	next.Quantity.Value = 301
	if err := d.book.Correct(ctx, ids[1], &next, "多一份"); err != nil {
		t.Fatal(err)
	}
	if err := d.book.VoidBatch(ctx, id, "报错了单位"); err != nil {
		t.Fatal(err)
	}
	if got := d.sum("宣传单"); got != "16" {
		t.Errorf("after the batch was taken back there are %s, want 16", got)
	}
	wantCode(t, d.book.VoidBatch(ctx, id, "再来"), ledger.CodeRecordVoided)
	wantCode(t, d.book.VoidBatch(ctx, after, "不是"), ledger.CodeRecordKind)
	wantCode(t, d.book.VoidBatch(ctx, id, " "), ledger.CodeReasonEmpty)
	if list, err := d.store.Batches(ctx, ledger.BatchFilter{Record: ids[1]}); err != nil || len(list) != 0 {
		t.Errorf("a batch that was taken back is listed: %v, %v", list, err)
	}
	d.verify()
}

// TestBatchAllOrNone: a record that is refused keeps all the others out, and is named.
func TestBatchAllOrNone(t *testing.T) {
	ctx := context.Background()
	d := newDesk(t)
	batch, records := d.reportBatch()
	bad := *records[1].(*ledger.Publicity)
	bad.Day = d.today() + 1
	records[1] = &bad
	_, _, err := d.book.RecordBatch(ctx, batch, records)
	var row *ledger.RowError
	if !errors.As(err, &row) || row.Row != 1 || ledger.CodeOf(err) != ledger.CodeDayFuture {
		t.Errorf("refused by %v", err)
	}
	if list, err := d.store.Batches(ctx, ledger.BatchFilter{}); err != nil || len(list) != 0 || d.sum("宣传条幅") != "" {
		t.Errorf("of a refused batch %v stays, %v", list, err)
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	batch, records = d.reportBatch()
	if _, _, err := d.book.RecordBatch(stopped, batch, records); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, _, err := d.book.RecordBatch(ctx, batch, nil); ledger.CodeOf(err) != ledger.CodeCountAbsurd {
		t.Errorf("a batch of nothing: %v", err)
	}
	d.verify()
}

// TestBatchTravels: at the district an entry of the township still says from which
// report it came.
func TestBatchTravels(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	batch, records := town.reportBatch()
	if _, _, err := town.book.RecordBatch(ctx, batch, records); err != nil {
		t.Fatal(err)
	}
	district.merge(town.export(t.TempDir(), district, handoff.ScopeByUnit, true))
	ids, err := district.store.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil || len(ids) != 3 {
		t.Fatalf("%d entries, %v", len(ids), err)
	}
	for _, id := range ids {
		list, err := district.store.Batches(ctx, ledger.BatchFilter{Record: id})
		if err != nil || len(list) != 1 || list[0].Value != *batch {
			t.Errorf("record %d came with %+v, %v", id, list, err)
		}
	}
	district.verify()
}

// TestAlike finds what two people have both taken from one report.
func TestAlike(t *testing.T) {
	d := newDesk(t)
	first := d.record(d.entry("宣传单", "300", 0))
	second := d.record(d.entry("宣传单", "300", 0))
	voided := d.record(d.entry("宣传条幅", "5", 0))
	if err := d.book.Void(t.Context(), voided, "重复"); err != nil {
		t.Fatal(err)
	}
	asked := []ledger.Publicity{*d.entry("宣传单", "300", 0), *d.entry("宣传单", "300", 1), *d.entry("宣传单", "301", 0), *d.entry("宣传条幅", "5", 0)}
	found, err := d.store.Alike(t.Context(), asked)
	if err != nil || len(found) != 4 || found[0] != second || found[1]+found[2]+found[3] != 0 || first >= second {
		t.Errorf("found %v, %v", found, err)
	}
	if found, err := d.store.Alike(t.Context(), nil); err != nil || len(found) != 0 {
		t.Errorf("of nothing: %v, %v", found, err)
	}
}
