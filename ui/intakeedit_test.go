package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// editing is the sheet that is open: the page makes it, and keeps none.
func (b *intakeBench) editing() *intakeEdit {
	b.t.Helper()
	if !b.sheetOpen() || b.page.editing == nil {
		b.t.Fatal("no sheet is open")
	}
	return b.page.editing
}

func TestEditedRowIsRecordedAsEdited(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道发放防疫香囊500个。")
	b.key(fyne.KeyReturn)
	b.field(b.editing(), "unit", "xcz")
	b.key(fyne.KeyReturn)
	b.field(b.editing(), "item", "xctf")
	b.key(fyne.KeyReturn)
	b.field(b.editing(), "quantity", "1.2万余")
	b.field(b.editing(), "day", "11-18")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatalf("the sheet says %q", b.editing().sheet.sentence.text)
	}
	b.page.confirm()
	list := b.entries()
	if len(list) != 1 || list[0].Value.Item != b.items["宣传条幅"] || list[0].Value.Unit != b.units["新城镇"] ||
		list[0].Value.Quantity.String() != "1.2万余" || list[0].Value.Day.Short() != "11-18" {
		t.Errorf("recorded %+v", list)
	}
}

// TestNewItemIsAskedItsMeasureWord: an item that is in no list becomes one, with its
// measure word and channel, in the same confirm.
func TestNewItemIsAskedItsMeasureWord(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道悬挂宣传条幅20幅。")
	b.key(fyne.KeyReturn)
	b.field(b.editing(), "item", "防疫锦旗")
	b.page.editing.sheet.submit()
	b.field(b.editing(), "measure", "")
	b.page.editing.sheet.submit()
	if said := b.editing().sheet.sentence.text; !strings.Contains(said, "量词") {
		t.Errorf("the sheet says %q", said)
	}
	b.field(b.editing(), "measure", "面")
	b.page.editing.sheet.submit()
	b.page.confirm()
	if got := b.counts(); got["防疫锦旗"] != "20" {
		t.Errorf("recorded %v", got)
	}
	if item := b.page.dir.item[b.entries()[0].Value.Item].Value; item.Measure != "面" || item.Initials != "fyjq" {
		t.Errorf("the item is %+v", item)
	}
}

func TestOtherResultsCanBePlaced(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道组织志愿者300人。")
	row := b.page.rows[0]
	b.space()
	if row.taken {
		t.Error("a result of no ledger is taken")
	}
	b.mustSay("归哪本台账")
	b.key(fyne.KeyReturn)
	b.key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyLeft) // to the first ledger
	if e := b.editing(); e.draft.Ledger != intake.Publicity || len(e.sheet.fields) < 5 {
		t.Fatalf("the sheet asks %d fields of %s", len(e.sheet.fields), e.draft.Ledger)
	}
	b.page.editing.sheet.submit()
	if !row.taken || row.Ledger != intake.Publicity {
		t.Errorf("the row is %+v", row)
	}
}

func TestWhatIsMissingIsSaidWhereItIs(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("悬挂宣传条幅20幅。")
	b.page.confirm()
	b.mustSay("请填单位")
	if b.focused() != fyne.Focusable(b.page.unit.field) || len(b.entries()) != 0 {
		t.Error("the keyboard is not where the unit is asked")
	}
	b.typed("bjjd")
	b.key(fyne.KeyReturn)
	b.page.day.SetText("2026-13-40")
	b.page.confirm()
	if b.focused() != fyne.Focusable(b.page.day) || len(b.entries()) != 0 {
		t.Error("the keyboard is not where the day is")
	}
	b.page.day.SetText("11-21")
	b.page.confirm()
	if list := b.entries(); len(list) != 1 || list[0].Value.Unit != b.units["滨江街道"] || list[0].Value.Day.Short() != "11-21" {
		t.Errorf("recorded %+v", list)
	}
	if ledger.ID(b.session.Settings.Get().Unit) != b.units["滨江街道"] {
		t.Error("the unit is not remembered")
	}
}

func TestProblemsWithoutVisitsWait(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道开展检查112次，发现问题27个。")
	b.find("检查次数")
	b.space()
	b.page.confirm()
	b.mustSay("没有检查次数")
	if b.page.table.Selected() != 1 || len(rowsOf[ledger.Inspection](b.ledger, false)) != 0 {
		t.Errorf("row %d is chosen", b.page.table.Selected())
	}
}

// TestRefusalOfTheLedgerIsAtItsRow: the school states 38 rooms, the report 39.
func TestRefusalOfTheLedgerIsAtItsRow(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(dailyReport)
	row := b.find("县委党校")
	b.f2()
	b.field(b.editing(), "occupied", "5")
	b.key(fyne.KeyReturn)
	top, _ := b.page.terms()
	if row.taken || b.page.doubtCell(top, row).Text != "× 与登记不符" {
		t.Fatalf("taken %v, %q", row.taken, b.page.doubtCell(top, row).Text)
	}
	b.space()
	b.mustSay("38 间")
	items := len(rowsOf[ledger.Item](b.ledger, false))
	b.page.confirm()
	b.mustSay("县委党校")
	if n := len(rowsOf[ledger.Item](b.ledger, false)); n != items {
		t.Errorf("%d items stand after the refusal, want %d", n, items)
	}
	if b.page.rows[b.page.table.Selected()] != row || len(b.entries()) != 0 {
		t.Errorf("%d entries stand", len(b.entries()))
	}
	b.space()
	b.page.confirm()
	if len(b.entries()) == 0 {
		t.Errorf("without the refused row the others are not recorded: %s %v", b.page.refusal.text(), row.taken)
	}
}

func TestSameReportIsRecognised(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	b.page.confirm()
	b.paste(publishedReport)
	if said := b.texts(); !strings.Contains(said, "11-22 由 指挥部-01 录入，共 13 条") {
		t.Fatalf("the page says %s", said)
	}
	b.page.confirm()
	if n := len(b.entries()); n != 13 {
		t.Fatalf("%d entries stand", n)
	}
	var opened Opening
	b.session.Open = func(o Opening) { opened = o }
	b.page.showKnown()
	if opened.Place != PlacePublicity || opened.Record == 0 {
		t.Errorf("opened %+v", opened)
	}
	b.page.anyway()
	if n := b.page.toTake(); n != 0 {
		t.Errorf("%d rows are taken that stand in the ledger already", n)
	}
}

func TestNearDuplicatesAreMarked(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.entry("滨江街道", "宣传条幅", 2, "20", "")
	b.paste(dailyReport)
	row := b.find("宣传条幅")
	top, _ := b.page.terms()
	if row.taken || !strings.Contains(b.page.doubtCell(top, row).Text, "重复?") {
		t.Errorf("taken %v, %q", row.taken, b.page.doubtCell(top, row).Text)
	}
	b.space()
	b.find("防疫香囊")
	b.space()
	b.page.confirm()
	if n := len(b.entries()); n != 6 {
		t.Errorf("%d entries stand, want the one taken on purpose too", n)
	}
}

// TestEarlierBatchIsShown fails when the way to a batch ends at rows of which none is
// chosen, or at others too.
func TestEarlierBatchIsShown(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office("滨江街道")
	d := b.show()
	take := func(text string) {
		fyne.CurrentApp().Clipboard().SetContent(text)
		d.pasteReport()
		d.screens[PlaceIntake].(*intakeScreen).confirm()
	}
	take("滨江街道悬挂条幅3幅，发放宣传单20份。")
	take("滨江街道出动宣传车2辆。")
	fyne.CurrentApp().Clipboard().SetContent("滨江街道悬挂条幅3幅，发放宣传单20份。")
	d.pasteReport()
	d.screens[PlaceIntake].(*intakeScreen).showKnown()
	p, ok := d.screens[d.place].(*publicityScreen)
	if !ok {
		t.Fatalf("at %s", d.place)
	}
	batch := rowsOf[ledger.Batch](b.ledger.memLedger, false)[0]
	of := batch.Value.Records(batch.ID)
	if got := p.current(); !of.Contains(got) || !p.history.content().Visible() {
		t.Errorf("record %d is chosen, history shown: %v", got, p.history.content().Visible())
	}
	if rows := p.rows.list(); len(rows) != 2 || !of.Contains(rows[0]) || !of.Contains(rows[1]) {
		t.Errorf("the batch %v is shown as %v", of, rows)
	}
	p.filter.batch = nil
	p.filtered()
	if rows := p.rows.list(); len(rows) != 3 {
		t.Errorf("without its chip %v are shown, want all three", rows)
	}
}

// TestUnitTypedAndNotChosen: Ctrl+Enter may come before a name was taken from the list.
func TestUnitTypedAndNotChosen(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("悬挂宣传条幅20幅。")
	b.window.Canvas().Focus(b.page.unit.field)
	b.typed("没有这个镇")
	b.page.confirm()
	b.mustSay("没有这个镇")
	if len(b.entries()) != 0 {
		t.Fatal("recorded at another unit")
	}
	b.page.unit.field.SetText("")
	b.typed("bjjd")
	b.page.confirm()
	if list := b.entries(); len(list) != 1 || list[0].Value.Unit != b.units["滨江街道"] {
		t.Errorf("recorded %+v", list)
	}
}

func TestWhatAReportSaysTwiceIsTakenOnce(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道悬挂宣传条幅20幅。滨江街道发放宣传单300份。滨江街道共悬挂宣传条幅20幅。")
	top, _ := b.page.terms()
	if last := b.page.rows[2]; last.taken || !strings.Contains(b.page.doubtCell(top, last).Text, "重复?") || !b.page.rows[0].taken {
		t.Errorf("taken %v, %q", last.taken, b.page.doubtCell(top, last).Text)
	}
}

// TestStoppedRecordingLeavesNothing: what the strip's button does while rows are written.
func TestStoppedRecordingLeavesNothing(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道发放防疫香囊500个，悬挂宣传条幅20幅。")
	b.find("防疫香囊")
	b.space()
	top, _ := b.page.terms()
	plan, _, _ := b.page.plan(top)
	items := len(rowsOf[ledger.Item](b.ledger, false))
	ctx, stop := context.WithCancel(context.Background())
	stop()
	made := plan.record(ctx, b.session.Book, &ledger.Batch{})
	b.page.refused(plan, made.err)
	b.mustSay("什么都没有录入")
	if n := len(rowsOf[ledger.Item](b.ledger, false)); n != items || len(b.entries()) != 0 || b.page.toTake() != 2 {
		t.Errorf("%d items and %d entries stand, %d rows are taken", n, len(b.entries()), b.page.toTake())
	}
}

// TestRoomsOfASiteAreOneReport: what a text says of a site's rooms in several places is
// taken together, or not at all.
func TestRoomsOfASiteAreOneReport(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("县委党校有隔离房间38间，已使用5间，正在消毒2间，空余31间。")
	if n := b.page.toTake(); n != 4 {
		t.Fatalf("%d rows are taken, want the site's four: %v", n, b.page.rows[0].why)
	}
	ready := b.find("县委党校 · 可用")
	b.space()
	if top, _ := b.page.terms(); ready.taken || b.page.doubtCell(top, b.page.rows[0]).Text != "× 房间没写全" {
		t.Errorf("without the ready rooms the others say %q", b.page.doubtCell(top, b.page.rows[0]).Text)
	}
	b.page.confirm()
	b.mustSay("其余没有写")
	for _, row := range b.page.rows {
		row.taken = false
	}
	b.find("县委党校 · 在住")
	b.space() // brings the rows with it that it makes a report with
	b.page.confirm()
	list := rowsOf[ledger.Reserve](b.ledger, false)
	if len(list) != 1 || list[0].Value.Ready != 31 || list[0].Value.Occupied != 5 || list[0].Value.Cleaning != 2 || list[0].Value.Rooms != 38 {
		t.Errorf("recorded %+v", list)
	}
}

// TestWhatRoomsAreCanBeChanged: the sheet of a row asks what the rooms are, and asks for
// those occupied only of all of them.
func TestWhatRoomsAreCanBeChanged(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("县委党校有隔离房间38间。")
	b.f2()
	b.field(b.editing(), "occupied", "8")
	b.editing().sheet.submit()
	b.page.confirm()
	if list := rowsOf[ledger.Reserve](b.ledger, false); len(list) != 1 || list[0].Value.Ready != 30 {
		t.Fatalf("recorded %+v", list)
	}
	b.paste("县委党校已使用5间。")
	b.f2()
	for _, in := range b.editing().sheet.fields {
		if in.key() == "occupied" {
			t.Error("the sheet asks for occupied rooms of occupied rooms")
		}
	}
}

// TestMeasureOfAKnownItemIsItsOwn: the sheet neither asks for another nor passes over it.
func TestMeasureOfAKnownItemIsItsOwn(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道出动宣传车3辆次。")
	row := b.page.rows[0]
	b.key(fyne.KeyReturn)
	b.editing().sheet.submit()
	if !b.sheetOpen() || !strings.Contains(b.editing().sheet.sentence.text, "辆次") || row.taken {
		t.Fatalf("taken %v: %q", row.taken, b.editing().sheet.sentence.text)
	}
	for _, in := range b.editing().sheet.fields {
		if in.key() == "measure" {
			t.Error("the sheet asks for the measure word of a known item")
		}
	}
	b.editing().sheet.submit()
	if b.sheetOpen() || row.Item != b.items["宣传车"] || row.Quantity.Value != 3 {
		t.Errorf("the row is %+v", row.Row)
	}
}

// TestProblemsAloneGetTheirVisits: what the text does not say can be stated.
func TestProblemsAloneGetTheirVisits(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("滨江街道发现问题3个。")
	b.key(fyne.KeyReturn)
	b.field(b.editing(), "visits", "2")
	b.editing().sheet.submit()
	b.page.confirm()
	if list := rowsOf[ledger.Inspection](b.ledger, false); len(list) != 1 || list[0].Value.Visits != 2 || list[0].Value.Problems != 3 {
		t.Errorf("recorded %+v: %s", list, b.page.refusal.text())
	}
}

// TestUnitOfTheLastReportIsDoubted: it is filled in, and nobody has said that it holds.
func TestUnitOfTheLastReportIsDoubted(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste("悬挂宣传条幅20幅。")
	b.page.unit.field.grab()
	b.typed("bjjd")
	b.key(fyne.KeyReturn)
	said := func() string {
		top, _ := b.page.terms()
		return b.page.doubtCell(top, b.page.rows[0]).Text
	}
	if said() != "" {
		t.Errorf("a unit that was stated is doubted: %q", said())
	}
	b.page.confirm()
	b.paste("发放宣传单30份。")
	if b.page.unit.id() == 0 || said() != "▲ 单位是上次的" {
		t.Errorf("the next report says %q", said())
	}
}

// TestKnownReportIsLeftWithoutAsking: nothing of it is offered, so nothing is lost.
func TestKnownReportIsLeftWithoutAsking(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	b.page.confirm()
	b.paste(publishedReport)
	b.page.closeOpened()
	if b.left != 1 || b.sheetOpen() {
		t.Errorf("left %d times; the sheet says %s", b.left, b.texts())
	}
}
