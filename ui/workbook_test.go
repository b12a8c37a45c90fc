package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"github.com/xuri/excelize/v2"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// longSheet is one entry a row, with a total and a footnote; two rows are faulty.
const longSheet = `单位,日期,条目,数量,备注
滨江街道,2026-11-20,宣传条幅,20,主干道
新城镇,2026-11-20,宣传单,1.2万余,
新城,2026-11-20,宣传车,3,
桥东街道,2026-11-21,宣传条幅,3张,
合计,,,35,
填表人：王芳,,,,
`

// crossSheet has units down and items across, and no fault.
const crossSheet = `宣传工作统计表,,,
日期：2026-11-20,,,
单位,宣传条幅,宣传单,宣传车
滨江街道,20,1.2万余,2
新城镇,5,,0
合计,25,1.2万,2
`

// oddSheet has a heading that no list of words knows.
const oddSheet = `单位,日期,条目,本周情况
滨江街道,2026-11-20,宣传条幅,20
新城镇,2026-11-20,宣传单,300
`

// table opens a .csv on the page.
func (b *intakeBench) table(name, text string) *workbookPage {
	b.t.Helper()
	file := filepath.Join(b.t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return b.workbook(file)
}

func (b *intakeBench) workbook(file string) *workbookPage {
	b.t.Helper()
	b.page.accept(report{file: file})
	if b.page.book == nil {
		b.t.Fatalf("no workbook is on the page, which says %q", b.page.refusal.text())
	}
	return b.page.book
}

func TestWorkbookOfUnitsAndItemsTakesOneConfirm(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	file := filepath.Join(t.TempDir(), "日报.xlsx")
	x := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(crossSheet), "\n") {
		row := []any{}
		for _, cell := range strings.Split(line, ",") {
			row = append(row, cell)
		}
		if err := x.SetSheetRow("Sheet1", intake.CellName(0, i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	book := b.workbook(file)
	if !book.mapping.Cross() || book.toTake() != 4 {
		t.Fatalf("cross %v, %d are taken: %s", book.mapping.Cross(), book.toTake(), b.texts())
	}
	book.confirm()
	if n := len(b.entries()); n != 4 {
		t.Fatalf("%d entries; the page says %q", n, book.refusal.text())
	}
	batches := rowsOf[ledger.Batch](b.ledger, false)
	if len(batches) != 1 || batches[0].Value.Source != "日报.xlsx" || batches[0].Value.Hash != book.source.Hash {
		t.Errorf("the batches are %+v", batches)
	}
	b.undo()
	if n := len(b.entries()); n != 0 {
		t.Errorf("%d entries stand after the batch was taken back", n)
	}
	book.update()
	if book.toTake() != 4 {
		t.Error("the rows are not offered again")
	}
}

// TestFaultyRowsWaitUnlessLeftByChoice fails when anything of a faulty sheet is
// recorded unasked.
func TestFaultyRowsWaitUnlessLeftByChoice(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("周报.csv", longSheet)
	if len(book.checked.Good) != 2 || book.faultCount() != 2 || len(book.checked.Asides) != 2 {
		t.Fatalf("checked %+v", book.checked)
	}
	book.confirm()
	if len(b.entries()) != 0 || !strings.Contains(book.refusal.text(), "2 处有问题") {
		t.Fatalf("%d entries, the page says %q", len(b.entries()), book.refusal.text())
	}
	book.list.OnActivate(1)
	if row := book.layout().Preview[book.sheet.Selected()].Number; row != 5 || book.preview.chosen != book.checked.Faults[1].Column {
		t.Errorf("the fault is shown at row %d, column %d", row, book.preview.chosen)
	}
	book.toggleGood()
	book.confirm()
	if n := len(b.entries()); n != 2 {
		t.Errorf("%d entries, want the two good ones", n)
	}
}

func TestColumnIsSetByKeysAndRemembered(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("一周.csv", oddSheet)
	if book.checked != nil || len(book.mapping.Missing()) != 1 {
		t.Fatalf("missing is %v", book.mapping.Missing())
	}
	b.key(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn)
	if !b.sheetOpen() {
		t.Fatal("Enter does not ask what the column is")
	}
	b.typed("数量")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() || book.role(3) != intake.RoleQuantity || book.toTake() != 2 {
		t.Fatalf("the column is %q, %d are taken", book.role(3), book.toTake())
	}
	book.confirm()
	if n := len(b.entries()); n != 2 {
		t.Fatalf("%d entries", n)
	}
	if head := book.headOf(0); strings.Contains(head, "?") {
		t.Errorf("after the confirm a head still asks: %q", head)
	}
	var kept intake.Mapping
	if err := json.Unmarshal(b.session.Settings.Get().Remembered(book.layout().Fingerprint), &kept); err != nil || roleColumn(kept, intake.RoleQuantity) != 3 {
		t.Errorf("remembered is %+v: %v", kept, err)
	}
	book = b.table("下周.csv", strings.ReplaceAll(oddSheet, "11-20", "11-21"))
	if book.toTake() != 2 || strings.Contains(book.headOf(3), "?") {
		t.Errorf("the next week takes %d, its head is %q", book.toTake(), book.headOf(3))
	}
}

func TestItemOfAColumnIsFoundByInitials(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("表.csv", strings.ReplaceAll(crossSheet, "宣传车", "出车"))
	book.move(3)
	b.page.focus()
	b.focused().TypedRune('x')
	b.typed("cc")
	b.key(fyne.KeyReturn)
	if c := book.mapping.Columns[3]; c.Role != intake.RoleCount || c.Item != "宣传车" {
		t.Errorf("the column is %+v", c)
	}
	b.key(fyne.KeyDelete)
	if book.role(3) != intake.RoleIgnored {
		t.Error("Delete does not leave the column out")
	}
}

func TestUnitAndDayOfTheWholeSheet(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("本单位.csv", "条目,数量\n宣传条幅,20\n宣传单,300\n")
	if book.unitBox.Hidden || book.dayBox.Hidden || !strings.Contains(b.texts(), "还不知道") {
		t.Fatalf("nothing asks for the unit and the day: %s", b.texts())
	}
	b.window.Canvas().Focus(book.unit.field)
	b.typed("bjjd")
	b.key(fyne.KeyReturn)
	book.day.SetText("11-20")
	book.confirm()
	book.confirm()
	list := b.entries()
	if len(list) != 2 || list[0].Value.Unit != b.units["滨江街道"] || list[0].Value.Day.Short() != "11-20" {
		t.Errorf("recorded %+v, the page says %q", list, book.refusal.text())
	}
}

func TestSameWorkbookIsRecognised(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.table("日报.csv", crossSheet).confirm()
	book := b.table("另一个名字.csv", crossSheet)
	if said := b.texts(); !strings.Contains(said, "这个表格已于 11-22 由 指挥部-01 录入，共 4 条") {
		t.Fatalf("the page says %s", said)
	}
	book.confirm()
	if n := len(b.entries()); n != 4 {
		t.Fatalf("%d entries stand", n)
	}
	b.key(fyne.KeyTab)
	book.known = nil
	book.changed()
	if book.agains() != 4 || book.toTake() != 0 || !strings.Contains(book.summaryText(), "4 条与台账里已有的") {
		t.Errorf("%d are said again: %s", book.agains(), book.summaryText())
	}
	book.confirm()
	if n := len(b.entries()); n != 4 || !strings.Contains(book.refusal.text(), "没有新的行") {
		t.Fatalf("%d entries stand, the page says %q", n, book.refusal.text())
	}
	book.toggleBoth()
	book.confirm()
	if n := len(b.entries()); n != 8 {
		t.Errorf("%d entries, want all again by choice", n)
	}
}

// TestCorrectedSheetBringsOnlyWhatIsNew: the good rows were taken while others waited.
func TestCorrectedSheetBringsOnlyWhatIsNew(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("周报.csv", longSheet)
	book.toggleGood()
	book.confirm()
	corrected := strings.ReplaceAll(strings.ReplaceAll(longSheet, "新城,", "新城镇,"), "3张", "3")
	book = b.table("周报改.csv", corrected+"桥东街道,2026-11-21,宣传条幅,3,\n")
	if book.faultCount() != 0 || book.toTake() != 2 || book.agains() != 3 {
		t.Fatalf("%d faults, %d to take, %d said again", book.faultCount(), book.toTake(), book.agains())
	}
	book.confirm()
	if n := len(b.entries()); n != 4 {
		t.Errorf("%d entries stand, want each once", n)
	}
}

func TestMarkedCopyIsSaved(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("周报.csv", longSheet)
	file := filepath.Join(t.TempDir(), "标出.xlsx")
	book.writeMarked(file)
	x, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if comments, err := x.GetComments(x.GetSheetName(0)); err != nil || len(comments) != 2 {
		t.Errorf("%d comments: %v", len(comments), err)
	}
}

func TestLeavingAWorkbookShowsTheReport(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.table("日报.csv", crossSheet)
	b.page.closeOpened()
	if b.page.book != nil || b.left != 1 || len(b.entries()) != 0 {
		t.Error("Esc does not leave the workbook")
	}
	b.paste("滨江街道悬挂条幅3幅。")
	if b.page.toTake() != 1 || b.page.stage.Objects[0] != fyneObject(b.page.root) {
		t.Error("a report after a workbook is not shown")
	}
}

// TestHeadingsOfUnknownWordsAreRemembered: the clerk says once what they mean.
func TestHeadingsOfUnknownWordsAreRemembered(t *testing.T) {
	const sheet = "甲列,乙列,丙列,丁列\n滨江街道,11-20,宣传条幅,20\n新城镇,11-20,宣传单,300\n"
	b := newIntakeBench(t, look.Light)
	book := b.table("怪表.csv", sheet)
	if book.mapping.Header != 1 || book.role(0) != intake.RoleUnit {
		t.Fatalf("the headings are row %d, column A is %q", book.mapping.Header, book.role(0))
	}
	for i, role := range []intake.Role{intake.RoleUnit, intake.RoleDay, intake.RoleItem, intake.RoleQuantity} {
		book.set(i, intake.Column{Role: role})
	}
	book.confirm()
	if n := len(b.entries()); n != 2 {
		t.Fatalf("%d entries", n)
	}
	if book = b.table("下周怪表.csv", strings.ReplaceAll(sheet, "11-20", "11-21")); book.toTake() != 2 {
		t.Errorf("the next week takes %d, missing %v", book.toTake(), book.mapping.Missing())
	}
}

// TestHeadingsThatAClerkPointedAtAreRemembered: of two rows that could be them.
func TestHeadingsThatAClerkPointedAtAreRemembered(t *testing.T) {
	const sheet = "单位,日期,条目\n乡镇,哪天,什么,多少\n滨江街道,11-20,宣传条幅,20\n"
	b := newIntakeBench(t, look.Light)
	book := b.table("两行.csv", sheet)
	book.header.SetText("2")
	book.setHeader()
	if book.role(0) != intake.RoleUnit || book.role(2) == intake.RoleItem {
		t.Errorf("the other row of headings is read as %v", book.mapping.Columns)
	}
	for i, role := range []intake.Role{intake.RoleUnit, intake.RoleDay, intake.RoleItem} {
		book.set(i, intake.Column{Role: role})
	}
	book.set(3, intake.Column{Role: intake.RoleQuantity})
	book.confirm()
	if n := len(b.entries()); n != 1 {
		t.Fatalf("%d entries: %s", n, book.refusal.text())
	}
	book = b.table("两行.csv", strings.ReplaceAll(strings.ReplaceAll(sheet, "11-20", "11-21"), "单位,日期,条目", "某表,第二期,"))
	if book.toTake() != 1 || book.mapping.Header != 2 {
		t.Errorf("the next week takes %d below row %d", book.toTake(), book.mapping.Header)
	}
}

// TestColumnWithNumbersIsAskedAbout: nothing of a sheet is passed over without a word,
// and Enter on what is said of it asks what the column is.
func TestColumnWithNumbersIsAskedAbout(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("日报.csv", "填报日期：2026-11-20,,,\n单位,条幅,展板,备注\n滨江街道,20,4,晴\n新城镇,5,,\n")
	if book.faultCount() != 1 || book.headOf(1) != "B 宣传条幅 ?" || book.headOf(2) != "C 不取 ?" {
		t.Fatalf("%d faults, the heads are %q and %q", book.faultCount(), book.headOf(1), book.headOf(2))
	}
	book.confirm()
	if len(b.entries()) != 0 {
		t.Fatal("recorded without the column")
	}
	book.list.OnActivate(0)
	if !b.sheetOpen() {
		t.Fatal("Enter does not ask what the column is")
	}
	b.typed("不取")
	b.key(fyne.KeyReturn)
	if book.faultCount() != 0 || book.headOf(2) != "▸ C 不取" {
		t.Fatalf("%d faults, the head is %q", book.faultCount(), book.headOf(2))
	}
	book.confirm()
	if n := len(b.entries()); n != 2 {
		t.Errorf("%d entries: %s", n, book.refusal.text())
	}
}

// TestLeavingASheetThatWasSetAsks fails when what a clerk has just set is lost without
// a word.
func TestLeavingASheetThatWasSetAsks(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("一周.csv", oddSheet)
	book.set(3, intake.Column{Role: intake.RoleQuantity})
	b.page.closeOpened()
	if b.left != 0 || !strings.Contains(b.texts(), "丢掉就要重设") {
		t.Fatalf("the sheet says %s", b.texts())
	}
	b.key(fyne.KeyReturn)
	if b.page.book != book {
		t.Fatal("the workbook is gone")
	}
	book.confirm()
	b.page.closeOpened()
	if b.left != 1 {
		t.Error("a recorded sheet asks")
	}
}

// TestDroppedWorkbookSurvivesAChangeOfLanguage is the way from a drop to the page, and
// what a clerk has set there is kept when the window is built anew.
func TestDroppedWorkbookSurvivesAChangeOfLanguage(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office("滨江街道", "新城镇")
	d := b.show()
	file := filepath.Join(t.TempDir(), "一周.csv")
	if err := os.WriteFile(file, []byte(oddSheet), 0o600); err != nil {
		t.Fatal(err)
	}
	d.dropped([]fyne.URI{storage.NewFileURI(file)})
	book := d.screens[PlaceIntake].(*intakeScreen).book
	if d.place != PlaceIntake || book == nil {
		t.Fatalf("at %s", d.place)
	}
	book.set(3, intake.Column{Role: intake.RoleQuantity})
	d.rebuild()
	again := d.screens[PlaceIntake].(*intakeScreen).book
	if again == nil || again == book || again.toTake() != 2 {
		t.Fatal("the workbook is lost")
	}
	again.confirm()
	if n := len(rowsOf[ledger.Publicity](b.ledger.memLedger, false)); n != 2 {
		t.Fatalf("%d entries are recorded: %q", n, again.refusal.text())
	}
	b.press(fyne.KeyZ, fyne.KeyModifierControl)
	if n := len(rowsOf[ledger.Publicity](b.ledger.memLedger, false)); n != 0 || again.toTake() != 2 {
		t.Errorf("Ctrl+Z leaves %d entries, %d rows are offered again", n, again.toTake())
	}
}

// TestRecordedSheetStaysAsItWas: a column that is set after the confirm would no longer
// say what was recorded.
func TestRecordedSheetStaysAsItWas(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	book := b.table("日报.csv", crossSheet)
	book.confirm()
	book.setCross(false)
	book.setKind(1)
	book.header.SetText("1")
	book.setHeader()
	b.page.focus()
	if !book.mapping.Cross() || book.mapping.Kind != ledger.KindPublicity || book.header.Text != "3" || book.chooseRole() != nil {
		t.Errorf("the mapping is %+v", book.mapping)
	}
}

func TestPicturesOfWorkbook(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.table("周报.csv", longSheet)
	test.AssertImageMatches(t, "workbook-light.png", b.window.Canvas().Capture())
}

// TestWorkbookFitsInEveryLanguage fails when a word of the page is cut off.
func TestWorkbookFitsInEveryLanguage(t *testing.T) {
	defer words.Use(words.Simplified)
	b := newIntakeBench(t, look.Light)
	for _, language := range words.Languages {
		words.Use(language)
		b.show()
		for _, text := range []string{longSheet, crossSheet, "条目,数量\n宣传条幅,20\n宣传单,300\n"} {
			book := b.table("表.csv", text)
			for _, o := range test.LaidOutObjects(book.root) {
				if l, ok := o.(*look.Label); ok && l.Cut() {
					t.Errorf("%s: %q is cut", language, l.Text())
				}
			}
			if right := book.bar.Position().X + book.bar.MinSize().Width; right > 1278-2*look.Gap {
				t.Errorf("%s: the fields need %.0f", language, right)
			}
		}
	}
}

// TestBusyStripIsDrawnTheFirstTime fails when the strip hides as a whole: what was never
// shown belongs to no canvas, and nothing would draw it.
func TestBusyStripIsDrawnTheFirstTime(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	strip := b.table("日报.csv", crossSheet).busy
	if !strip.content().Visible() || strip.box.Visible() {
		t.Errorf("the ground is shown: %v, the strip: %v", strip.content().Visible(), strip.box.Visible())
	}
}
