package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

func (b *metBench) clashes(width, height float32) *clashScreen {
	c := newClashScreen(b.session, func() {})
	c.appear()
	b.put(c, width, height)
	return c
}

func TestPictureOfClashes(t *testing.T) {
	for name, v := range map[string]look.Variant{"clash-light": look.Light, "clash-dark": look.Dark} {
		b := newMetBench(t, v)
		_, second := b.clashing()
		c := b.clashes(1278, 712)
		if v == look.Dark {
			c.open(Opening{Place: PlaceClashes, Record: second})
		}
		test.AssertImageMatches(t, name+".png", b.window.Canvas().Capture())
	}
}

func TestStatementsStandSideBySide(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.clashing()
	b.clashes(1278, 712)
	b.mustSay("冲突 2 条", "1  桥东-01", "2  指挥部-01", "暂时算数", "3,681 幅", "3,700 幅", "3,618 幅", "≠ 数量", "≠ 备注",
		"数字抄反了", "核实后更正", "第 3 次并入 · 宁江区-桥东街道-20261122-1640.tzb · 来自 桥东-01", "本台录入")
	if all := b.texts(); strings.Contains(all, "≠ 单位") || strings.Contains(all, "≠ 做法") {
		t.Errorf("what both say alike is marked:\n%s", all)
	}
}

func TestVoidAgainstCorrectionIsMarked(t *testing.T) {
	b := newMetBench(t, look.Light)
	_, second := b.clashing()
	c := b.clashes(1278, 712)
	c.open(Opening{Place: PlaceClashes, Record: second})
	b.mustSay("1  指挥部-01", "2  桥东-01", "≠ 做法", "作废", "更正", "与宣传单重复")
}

// TestChoosingByKeys: a digit and Enter settle a clash, and the next one is there.
func TestChoosingByKeys(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, second := b.clashing()
	c := b.clashes(1278, 712)
	town := b.ledger.revisions[first][2]
	if town.ID.Desk() != townDesk {
		t.Fatal("the third revision is not the town's")
	}
	b.typed("1")
	if !b.sheetOpen() {
		t.Fatal("1 asks nothing")
	}
	b.mustSay("以“桥东-01”的为准", "3,618 幅")
	b.key(fyne.KeyReturn)
	heads, _ := memTx{b.ledger}.Heads(first)
	if len(heads) != 1 || heads[0].Fields.(*ledger.Publicity).Quantity.Value != 3618 || len(heads[0].Base) != 2 || heads[0].Reason != "两方核对后选定" {
		t.Fatalf("after choosing: %+v", heads)
	}
	if all := b.describe(first); !strings.Contains(all, "选定") {
		t.Errorf("the history does not say that a person chose:\n%s", all)
	}
	b.put(c, 1278, 712)
	c.focus()
	if c.chosen != second {
		t.Errorf("record %v is shown after the first was settled, want %v", c.chosen, second)
	}
	b.typed("2") // the void
	b.mustSay("这条记录作废")
	b.key(fyne.KeyReturn)
	if row := b.ledger.records[second]; !row.Voided {
		t.Error("the void was chosen, but the record counts")
	}
	b.mustSay("没有冲突")
	if len(b.refusals) > 0 {
		t.Errorf("refused: %v", b.refusals)
	}
}

// TestAChoiceNeedsAReason: without one nothing is written.
func TestAChoiceNeedsAReason(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, _ := b.clashing()
	b.clashes(1278, 712)
	b.typed("2")
	sh := b.root()
	for _, o := range test.LaidOutObjects(sh) {
		if e, ok := o.(*lineField); ok {
			e.SetText("")
		}
	}
	b.key(fyne.KeyReturn)
	if heads, _ := (memTx{b.ledger}).Heads(first); len(heads) != 2 {
		t.Error("a choice without a reason was written")
	}
	if !b.sheetOpen() {
		t.Error("the sheet is gone")
	}
}

// TestADigitBeyondTheStatementsDoesNothing, and neither does one with nothing to
// choose.
func TestADigitBeyondTheStatementsDoesNothing(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, second := b.clashing()
	b.clashes(1278, 712)
	b.typed("3")
	if b.sheetOpen() {
		t.Error("3 asks for a reason, but there are two statements")
	}
	for _, id := range []ledger.ID{first, second} {
		heads, _ := memTx{b.ledger}.Heads(id)
		if err := b.session.Book.Resolve(context.Background(), id, heads[0].ID, "已核对"); err != nil {
			t.Fatal(err)
		}
	}
	b.refresh()
	b.mustSay("没有冲突")
	b.window.Canvas().OnTypedRune()('1')
	if b.sheetOpen() {
		t.Error("1 asks for a reason with nothing to choose")
	}
}

func TestClashesThatCannotBeReadSaySo(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.clashing()
	c := newClashScreen(b.session, nil)
	b.ledger.failing = ledger.Refuse(ledger.CodeDriveGone, "path", "/media/x")
	b.put(c, 1278, 712)
	c.read()
	b.mustSay("/media/x")
}

func TestHistorySaysWhichBundleBroughtARevision(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, _ := b.clashing()
	all := b.describe(first)
	if got := strings.Count(all, "第 3 次并入 · 宁江区-桥东街道-20261122-1640.tzb · 来自 桥东-01 · 2026-11-22 16:55"); got != 1 {
		t.Errorf("one revision came in a bundle, %d say so:\n%s", got, all)
	}
}

func TestPictureOfRowsAndHistoryAfterAMerge(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.some()
	first, _ := b.clashing()
	b.met.reach[hereDesk] = reachOf(first)
	p := b.publicity(1278, 712)
	p.open(Opening{Place: PlacePublicity, Record: first})
	test.AssertImageMatches(t, "publicity-met.png", b.window.Canvas().Capture())
}

// TestFiguresDoNotTakeTheKeyboard: while a person types elsewhere, new figures show
// the clashes anew and nothing else.
func TestFiguresDoNotTakeTheKeyboard(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.clashing()
	c := b.clashes(1278, 712)
	if b.focused() != fyne.Focusable(c.table) {
		t.Fatal("the list has no keyboard at first")
	}
	elsewhere := newField("")
	b.window.SetContent(elsewhere)
	b.window.Canvas().Focus(elsewhere)
	b.refresh()
	if b.focused() != fyne.Focusable(elsewhere) {
		t.Error("new figures took the keyboard away")
	}
}

// TestThreeDesks stand side by side too, and the third can be chosen.
func TestThreeDesks(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, _ := b.clashing()
	base := b.ledger.revisions[first][0].ID
	b.came(olderDesk, ledger.Revision{Record: first, Op: ledger.OpVoid, Base: []ledger.ID{base}, Author: "赵六", Reason: "重复",
		Fields: b.fields(first, 3681, "主干道两侧")}, 4, testNow.Add(3*60e9))
	b.clashes(1278, 712)
	b.mustSay("3  指挥部-01", "赵六", "≠ 做法")
	b.typed("3")
	b.mustSay("这条记录作废")
	b.key(fyne.KeyReturn)
	if heads, _ := (memTx{b.ledger}).Heads(first); len(heads) != 1 || heads[0].Op != ledger.OpVoid || len(heads[0].Base) != 3 {
		t.Errorf("after choosing the third: %+v", heads)
	}
}

// TestTheAlertOpensTheClashes, and Esc leads back.
func TestTheAlertOpensTheClashes(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	if o := openingOf(ledger.Alert{Kind: ledger.AlertClashes}); o.Place != PlaceClashes {
		t.Fatalf("the alert opens %q", o.Place)
	}
	d.showClashes()
	if d.place != PlaceClashes || !d.rail.items[PlaceHandoff].isChosen {
		t.Errorf("place %q is shown and the rail lights another", d.place)
	}
	b.press(fyne.KeyEscape, 0)
	if d.place != PlaceOverview {
		t.Errorf("Esc leads to %q", d.place)
	}
}

// TestBeforeIsFoundThroughSeveralCorrections: one desk has corrected twice before
// the two met; what both set out from still stands beside them.
func TestBeforeIsFoundThroughSeveralCorrections(t *testing.T) {
	b := newMetBench(t, look.Light)
	first, _ := b.clashing()
	own := b.ledger.revisions[first][1]
	if err := b.session.Book.Resolve(context.Background(), first, own.ID, "核实"); err != nil {
		t.Fatal(err)
	}
	town := b.ledger.revisions[first][2]
	b.came(townDesk, ledger.Revision{Record: first, Op: ledger.OpCorrect, Base: []ledger.ID{town.ID}, Author: "王五", Fields: b.fields(first, 3600, "")}, 4, testNow.Add(5*time.Hour))
	clashes, err := b.met.Clashes(context.Background())
	if err != nil || len(clashes) == 0 || clashes[0].Record != first {
		t.Fatal(clashes, err)
	}
	if base := commonBase(clashes[0].Heads, b.ledger.revisions[first]); base == nil || base.ID != town.ID {
		t.Errorf("before is %+v, want the town's statement, which both have seen", base)
	}
	c := b.clashes(1278, 712)
	c.open(Opening{Place: PlaceClashes, Record: first})
	b.mustSay("改动之前", "3,618 幅", "3,600 幅")
}
