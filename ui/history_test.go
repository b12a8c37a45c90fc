package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// describe is what the panel says of a record, a line a revision's field.
func (b *pubBench) describe(id ledger.ID) string {
	b.t.Helper()
	h := newHistoryPanel(b.session)
	b.window.SetContent(h.content())
	h.show(id)
	return b.texts()
}

func TestHistorySaysWhoWhenWhatAndWhy(t *testing.T) {
	b := newPubBench(t, look.Light)
	ctx := context.Background()
	id := b.entry("桥东街道", "宣传条幅", 1, "3681", "")
	b.wait(time.Hour)
	b.author = "李四"
	next := &ledger.Publicity{Unit: b.units["桥西街道"], Item: b.items["宣传条幅"], Day: ledger.DayOf(testNow) - 1,
		Quantity: ledger.Quantity{Value: 12000, Wan: true, Approx: ledger.Over}, Note: "补报"}
	if err := b.session.Book.Correct(ctx, id, next, "单位报错"); err != nil {
		t.Fatal(err)
	}
	b.wait(time.Hour)
	if err := b.session.Book.Void(ctx, id, "重复录入"); err != nil {
		t.Fatal(err)
	}
	b.wait(time.Hour)
	if err := b.session.Book.Restore(ctx, id, "误作废"); err != nil {
		t.Fatal(err)
	}
	all := b.describe(id)
	at := -1
	for _, part := range []string{"2026-11-22 17:05:00", "新增", "张三 · 工位 指挥部-01", "桥东街道", "3,681 幅",
		"18:05:00", "更正", "李四", "桥东街道 → 桥西街道", "3,681 幅 → 1.2万余 幅", "– → 补报", "单位报错",
		"19:05:00", "作废", "重复录入", "20:05:00", "恢复", "误作废"} {
		i := strings.Index(all[at+1:], part)
		if i < 0 {
			t.Fatalf("%q is missing or out of order in:\n%s", part, all)
		}
		at += i + 1
	}
	if strings.Contains(all, "日期\n2026-11-21 →") {
		t.Error("a field that did not change is shown")
	}
}

// TestEveryKindIsDescribedInWords: no field of any kind shows an id, a code name
// or a key without text.
func TestEveryKindIsDescribedInWords(t *testing.T) {
	b := newPubBench(t, look.Light)
	unit := b.units["桥东街道"]
	site := b.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	reserve := b.record(&ledger.Reserve{Site: site, At: testNow.Add(-time.Hour), Rooms: 39, Ready: 39})
	inspection := b.record(&ledger.Inspection{Unit: unit, Day: ledger.DayOf(testNow), Form: ledger.FormUnannounced, Visits: 1, Problems: 1})
	problem := b.record(&ledger.Problem{Inspection: inspection, Text: "未戴口罩", Directive: "立即整改", Deadline: ledger.DayOf(testNow) + 3})
	cases := b.record(&ledger.Cases{Count: 5, At: testNow.Add(-time.Hour)})
	for id, parts := range map[ledger.ID][]string{
		unit: {"桥东街道", "宁江区"}, b.items["宣传条幅"]: {"宣传条幅", "幅", "社会宣传"}, site: {"县委党校", "第一方案", "39"},
		reserve: {"县委党校", "39", "2026-11-22 16:05"}, inspection: {"桥东街道", "暗访", "2026-11-22"},
		problem: {"未戴口罩", "立即整改", "2026-11-25", "待整改"}, cases: {"5"},
	} {
		all := b.describe(id)
		for _, p := range parts {
			if !strings.Contains(all, p) {
				t.Errorf("%q is missing in:\n%s", p, all)
			}
		}
		if strings.Contains(all, "⟨") {
			t.Errorf("a key without text:\n%s", all)
		}
	}
}

func TestHistoryThatCannotBeReadSaysSo(t *testing.T) {
	b := newPubBench(t, look.Light)
	id := b.entry("桥东街道", "宣传条幅", 1, "3681", "")
	b.ledger.failing = ledger.Refuse(ledger.CodeDriveGone, "path", "/media/x")
	if all := b.describe(id); !strings.Contains(all, "/media/x") {
		t.Errorf("the panel says:\n%s", all)
	}
}

// TestASiteHeldReadyIsNotCalledUnused: whether it is in use is asked of plan 2 only,
// and is never a bare word.
func TestASiteHeldReadyIsNotCalledUnused(t *testing.T) {
	b := newPubBench(t, look.Light)
	lines := &planLines{s: b.session, dir: emptyDirectory()}
	for plan, want := range map[ledger.Plan]string{ledger.PlanReady: "县委党校 · 第一方案 · 房间数 39", ledger.PlanStandby: "县委党校 · 第二方案 · 房间数 39 · 已启用 否"} {
		site := &ledger.Site{Name: "县委党校", Plan: plan, Rooms: ledger.Stated(39)}
		if got := lines.summary(&ledger.Revision{Fields: site}); got != want {
			t.Errorf("%v is %q", plan, got)
		}
		id, err := b.session.Book.Record(context.Background(), site)
		if err != nil {
			t.Fatal(err)
		}
		if said := b.describe(id); strings.Contains(said, "已启用") != (plan == ledger.PlanStandby) {
			t.Errorf("%v: the history says\n%s", plan, said)
		}
		if err := b.session.Book.Void(context.Background(), id, "换方案"); err != nil {
			t.Fatal(err)
		}
	}
}
