package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

func (b *pubBench) rowTexts(p *publicityScreen, row int) []string {
	b.t.Helper()
	cells := make([]grid.Cell, len(publicityColumns()))
	if !p.rows.Row(row, cells) {
		b.t.Fatalf("row %d is not loaded", row)
	}
	var out []string
	for _, c := range cells {
		out = append(out, c.Text+c.Suffix)
	}
	return out
}

func TestPictureOfPublicity(t *testing.T) {
	for name, v := range map[string]look.Variant{"publicity-light": look.Light, "publicity-dark": look.Dark} {
		b := newPubBench(t, v)
		first := b.some()
		b.wait(time.Hour)
		b.author = "李四"
		if err := b.session.Book.Correct(context.Background(), first, &ledger.Publicity{Unit: b.units["桥东街道"],
			Item: b.items["宣传条幅"], Day: ledger.DayOf(testNow), Quantity: ledger.Quantity{Value: 3700},
			Note: "主干道两侧"}, "核实后更正"); err != nil {
			t.Fatal(err)
		}
		p := b.publicity(1278, 712)
		p.focus()
		b.key(fyne.KeyDown, fyne.KeyDown)
		test.AssertImageMatches(t, name+".png", b.window.Canvas().Capture())
	}
}

func TestRowsOfTheScopeAreShown(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	if got := p.rows.Len(); got != 7 {
		t.Fatalf("%d rows of this month, want 7", got)
	}
	want := []string{"2026-11-22", "桥西街道", "宣传单", "社会宣传", "35万份", "", "张三", "11-22 17:05", b.pub.IDText(p.current())}
	p.table.Select(0)
	want[8] = b.pub.IDText(p.current())
	if got := b.rowTexts(p, 0); !slices.Equal(got, want) {
		t.Errorf("row 0 is %q, want %q", got, want)
	}
	b.mustSay("7 条记录", "宣传条幅", "3,681", "约10,000", "350,000")
}

func TestSearchFindsInitialsNotesAndAllWords(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.open(Opening{})
	for _, c := range []struct {
		text string
		want int
	}{
		{"xctf", 2}, {"宣传条幅", 2}, {"tiaofu", 2}, {"桥东", 3}, {"qdjd xctf", 2}, {"桥东 上月", 1}, {"推送", 1}, {"张三", 8},
		{"桥东 网络", 0}, {"", 8},
	} {
		p.find.SetText(c.text)
		if got := p.rows.Len(); got != c.want {
			t.Errorf("%q finds %d rows, want %d", c.text, got, c.want)
		}
	}
	p.search()
	b.typed("xctf")
	b.mustSay("搜索：xctf")
	b.key(fyne.KeyEscape)
	if p.rows.Len() != 8 {
		t.Errorf("after Esc %d rows, want 8", p.rows.Len())
	}
}

func TestOpeningFiltersAndChipsTakeFiltersAway(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	day := ledger.Today(ledger.DayOf(testNow))
	p.open(Opening{Period: &day, Unit: b.units["桥东街道"], Item: b.items["宣传条幅"], Channel: ledger.ChannelCommunity})
	if p.rows.Len() != 1 || len(p.chips.Objects) != 5 {
		t.Fatalf("%d rows, %d chips and buttons", p.rows.Len(), len(p.chips.Objects))
	}
	b.mustSay("时段：2026-11-22", "单位：桥东街道", "渠道：社会宣传", "条目：宣传条幅")
	test.Tap(p.chips.Objects[0].(*pressable))
	if p.rows.Len() != 2 {
		t.Errorf("without the period %d rows, want 2", p.rows.Len())
	}
	p.clearFilter()
	if p.rows.Len() != 8 || p.chips.Visible() {
		t.Errorf("without filters %d rows, want 8", p.rows.Len())
	}
}

func TestDistrictIncludesWhatIsBelow(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.open(Opening{Unit: b.units["宁江区"]})
	if p.rows.Len() != 8 {
		t.Errorf("the district has %d rows, want 8", p.rows.Len())
	}
	p.open(Opening{Channel: ledger.ChannelNews})
	if p.rows.Len() != 0 {
		t.Errorf("a channel without entries has %d rows", p.rows.Len())
	}
}

func TestOpeningForARecordSelectsItEvenWhenVoided(t *testing.T) {
	b := newPubBench(t, look.Light)
	first := b.some()
	if err := b.session.Book.Void(context.Background(), first, "重复录入"); err != nil {
		t.Fatal(err)
	}
	p := b.publicity(1278, 712)
	p.open(Opening{Record: first})
	if p.current() != first || !p.filter.voided {
		t.Error("the record is not selected")
	}
	b.mustSay("作废", "重复录入")
}

func TestScopeChosenAboveReplacesTheFilterUnlessOpened(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	f, _ := b.figures()
	f.Scope = ledger.Scope{Kind: ledger.PeriodToday, Period: ledger.Today(ledger.DayOf(testNow)), Unit: b.units["桥东街道"]}
	p.update(f)
	if p.rows.Len() != 1 {
		t.Errorf("today at 桥东街道 has %d rows, want 1", p.rows.Len())
	}
}

func TestCorrectByKeyboard(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.focus()
	b.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyF2)
	if !b.sheetOpen() {
		t.Fatal("F2 opens no form")
	}
	id := p.current()
	b.typed("1.2万余")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatalf("still open: %s", b.texts())
	}
	revisions := b.ledger.revisions[id]
	last := revisions[len(revisions)-1]
	if last.Op != ledger.OpCorrect || last.Reason != "录入错误" {
		t.Fatalf("the last revision is %+v", last)
	}
	if q := last.Fields.(*ledger.Publicity).Quantity; q.String() != "1.2万余" {
		t.Errorf("the quantity is %v", q)
	}
	if p.current() != id {
		t.Error("the cursor left its record")
	}
	if !drawn(p.table, "1.2万余") {
		t.Error("the table still shows what it was")
	}
}

// drawn reports whether a table shows a text.
func drawn(table *grid.Grid, text string) bool {
	first, last := table.VisibleRange()
	for row := first; row <= last; row++ {
		if slices.Contains(table.RowTexts(row), text) {
			return true
		}
	}
	return false
}

func TestCorrectionIsRefusedInTheForm(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.focus()
	b.key(fyne.KeyDown, fyne.KeyReturn)
	b.key(fyne.KeyReturn)
	b.mustSay("没有任何改动")
	b.typed("-3")
	b.key(fyne.KeyReturn)
	b.mustSay("负数")
	b.key(fyne.KeyEscape)
	if b.sheetOpen() {
		t.Error("Esc does not close the form")
	}
}

func TestVoidWithReasonAndBack(t *testing.T) {
	b := newPubBench(t, look.Light)
	first := b.some()
	p := b.publicity(1278, 712)
	var undo func()
	b.session.Notify = func(_ string, u func()) { undo = u }
	p.wanted = first
	p.selectWanted(0)
	p.focus()
	b.key(fyne.KeyDelete)
	b.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // open the usual reasons, take the second
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatalf("the form is still open: %s", b.texts())
	}
	row := b.ledger.records[first]
	if !row.Voided {
		t.Fatal("not voided")
	}
	if p.rows.Len() != 6 {
		t.Errorf("%d rows are shown, want 6", p.rows.Len())
	}
	if next := p.current(); next == 0 || next == first || p.history.record != next {
		t.Error("the cursor did not go on to the next row")
	}
	p.filter.voided = true
	p.filtered()
	if p.rows.Len() != 7 {
		t.Errorf("with voided ones %d rows, want 7", p.rows.Len())
	}
	for i := range p.rows.Len() {
		if got := b.rowTexts(p, i); got[1] == "桥东街道" && got[2] == "宣传条幅" && !strings.Contains(got[5], "已作废") {
			t.Errorf("the voided row says %q", got)
		}
	}
	undo()
	if b.ledger.records[first].Voided {
		t.Error("undo does not restore")
	}
}

func TestSeveralAreVoidedWithOneReason(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.focus()
	p.table.SelectAll()
	b.key(fyne.KeyDelete, fyne.KeyReturn)
	if p.rows.Len() != 0 {
		t.Errorf("%d rows are left", p.rows.Len())
	}
}

// TestNewRowsDoNotMoveWhatIsLookedAt: commits of others come in above.
func TestNewRowsDoNotMoveWhatIsLookedAt(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.many(300)
	p := b.publicity(1278, 712)
	p.focus()
	p.table.ScrollTo(150)
	first, _ := p.table.VisibleRange()
	top, _ := p.rows.id(first)
	p.table.Select(first + 3)
	selected := p.current()
	for range 25 {
		b.entry("新城镇", "宣传车", 0, "1", "")
	}
	b.refresh()
	first, _ = p.table.VisibleRange()
	if now, _ := p.rows.id(first); now != top {
		t.Errorf("the top row was %d and is %d", top.Seq(), now.Seq())
	}
	if p.current() != selected {
		t.Error("the cursor moved to another record")
	}
}

func TestAtTheTopNewRowsAreSeen(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.many(100)
	p := b.publicity(1278, 712)
	id := b.entry("新城镇", "宣传车", 0, "1", "")
	b.refresh()
	first, _ := p.table.VisibleRange()
	if top, _ := p.rows.id(first); top != id {
		t.Error("the new row is not on top")
	}
}

func TestSortByHeader(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.table.OnSort(columnQuantity, true)
	if got := b.rowTexts(p, 0)[4]; got != "35万份" {
		t.Errorf("the largest is %s", got)
	}
	p.table.Select(0)
	id := p.current()
	p.table.OnSort(columnQuantity, false)
	if p.current() != id {
		t.Error("sorting moved the cursor to another record")
	}
	if got := b.rowTexts(p, 0)[4]; got != "148辆" {
		t.Errorf("the smallest is %s", got)
	}
}

func TestWidthsAreRemembered(t *testing.T) {
	b := newPubBench(t, look.Light)
	p := b.publicity(1278, 712)
	p.table.SetWidths(map[string]float32{columnUnit: 222})
	p.table.OnResize(columnUnit, 222)
	again := newPublicity(b.session)
	if got := again.table.Widths()[columnUnit]; got != 222 {
		t.Errorf("the next time the width is %v", got)
	}
}

func TestCopyHasTitlesAndMeasureWords(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	p.table.Select(0)
	p.copySelected()
	lines := strings.Split(strings.TrimSpace(fyne.CurrentApp().Clipboard().Content()), "\r\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines", len(lines))
	}
	if !strings.HasPrefix(lines[0], "日期\t单位\t条目\t渠道\t数量\t量词\t备注") ||
		!strings.HasPrefix(lines[1], "2026-11-22\t桥西街道\t宣传单\t社会宣传\t35万\t份\t") {
		t.Errorf("copied %q", lines)
	}
}

func TestExportWritesWhatIsShown(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	file := filepath.Join(t.TempDir(), "a.xlsx")
	var got Sheet
	var rows [][]any
	b.session.Services.ExportXLSX = func(_ context.Context, name string, s Sheet) error {
		got = s
		err := s.Rows(func(cells []any) error { rows = append(rows, slices.Clone(cells)); return nil })
		return errors.Join(err, os.WriteFile(name, nil, 0o600))
	}
	p := b.publicity(1278, 712)
	p.export()
	for range 200 {
		b.key(fyne.KeyBackspace)
	}
	b.typed(file)
	b.key(fyne.KeyReturn)
	if len(rows) != 7 || len(got.Columns) != len(rows[0]) {
		t.Fatalf("%d rows, %d columns", len(rows), len(got.Columns))
	}
	if rows[0][4] != int64(350000) || rows[0][5] != "份" || rows[2][6] != "余" {
		t.Errorf("the first row is %v", rows[0])
	}
	if len(b.notices) == 0 || !strings.Contains(b.notices[len(b.notices)-1], file) {
		t.Errorf("nobody was told where the file is: %q", b.notices)
	}
	if err := newFile(p.s, "", "", "x", ".xlsx").check(file); ledger.CodeOf(err) != ledger.CodeFileExists {
		t.Errorf("a file that exists: %v", err)
	}
}

func TestEmptyAndFailingStatesSayWhatToDo(t *testing.T) {
	b := newPubBench(t, look.Light)
	p := b.publicity(1278, 712)
	if got := p.emptySentence(); !strings.Contains(got, "没有符合条件") {
		t.Errorf("no match: %s", got)
	}
	p.clearFilter()
	if got := p.emptySentence(); !strings.Contains(got, "Ctrl+N") {
		t.Errorf("empty: %s", got)
	}
	b.some()
	p.rows.again()
	b.ledger.failing = ledger.Refuse(ledger.CodeDriveGone, "path", "/media/x")
	p.rows.again()
	if p.rows.Len() != 0 || p.rows.err == nil {
		t.Error("the error is not shown")
	}
	b.ledger.failing = nil
	p.rows.again()
	if p.rows.Len() != 8 {
		t.Errorf("after the error went %d rows", p.rows.Len())
	}
}

func TestSecondaryClickOffersWhatFitsTheRow(t *testing.T) {
	b := newPubBench(t, look.Light)
	first := b.some()
	p := b.publicity(1278, 712)
	p.menu(0, fyne.NewPos(300, 300))
	if !b.sheetOpen() {
		t.Fatal("no menu")
	}
	b.window.Canvas().Overlays().Remove(b.window.Canvas().Overlays().Top())
	if err := b.session.Book.Void(context.Background(), first, "重复录入"); err != nil {
		t.Fatal(err)
	}
	p.restoreRecord(first)
	if b.ledger.records[first].Voided {
		t.Error("not restored")
	}
}

// TestSortingReadsNoSums: at a million rows they cost as much as the order.
func TestSortingReadsNoSums(t *testing.T) {
	b := newPubBench(t, look.Light)
	b.some()
	p := b.publicity(1278, 712)
	before := b.pub.summed
	p.table.OnSort(columnQuantity, true)
	if b.pub.summed != before {
		t.Error("sorting read the sums again")
	}
	b.entry("新城镇", "宣传车", 0, "2", "")
	b.refresh()
	b.mustSay("150")
	if b.pub.summed == before {
		t.Error("a new entry left the sums as they were")
	}
}

// TestRecordIsChosenOnAFreshScreen: the reading for a record may overtake the first
// one of the screen, so that it is the first to come back.
func TestRecordIsChosenOnAFreshScreen(t *testing.T) {
	b := newPubBench(t, look.Light)
	first := b.some()
	p := newPublicity(b.session)
	p.rows.started = true // and not done
	b.window.SetContent(p.content())
	b.window.Resize(fyne.NewSize(1278, 712))
	p.open(Opening{Place: PlacePublicity, Record: first})
	if p.current() != first || !p.history.content().Visible() {
		t.Errorf("record %d is chosen, want %d with its history", p.current(), first)
	}
}
