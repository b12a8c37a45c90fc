package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// district is seven townships, five of them inspected this month, with problems
// in every state.
func (b *bench) district() (towns map[string]ledger.ID, inspections, problems []ledger.ID) {
	root := b.record(&ledger.Unit{Name: "宁江区"})
	towns = map[string]ledger.ID{}
	for _, name := range []string{"城关街道", "伯都乡", "大洼镇", "毛都站镇", "善友镇", "兴原乡", "民主街道"} {
		towns[name] = b.record(&ledger.Unit{Name: name, Parent: root})
	}
	today := ledger.DayOf(testNow)
	inspect := func(town string, ago int, form ledger.Form, visits, count int64) ledger.ID {
		id := b.record(&ledger.Inspection{Unit: towns[town], Day: today - ledger.Day(ago), Form: form, Visits: visits,
			Problems: count, Directives: count})
		inspections = append(inspections, id)
		return id
	}
	find := func(in ledger.ID, text, directive string, deadline int) ledger.ID {
		id := b.record(&ledger.Problem{Inspection: in, Text: text, Directive: directive, Deadline: today + ledger.Day(deadline)})
		problems = append(problems, id)
		return id
	}
	a := inspect("城关街道", 12, ledger.FormAnnounced, 4, 3)
	c := inspect("大洼镇", 8, ledger.FormUnannounced, 2, 2)
	d := inspect("善友镇", 5, ledger.FormSpecial, 1, 1)
	inspect("伯都乡", 3, ledger.FormAnnounced, 3, 0)
	inspect("兴原乡", 1, ledger.FormUnannounced, 2, 4)
	find(a, "农贸市场入口没有查验健康码，进出人员未登记，登记本停在三天前", "入口设专人查验登记，当日整改", -3)
	find(a, "卫生服务站发热病人转诊记录不全", "补齐转诊记录", 2)
	find(c, "返乡人员告知书未送达 3 户", "逐户补送并签收", 9)
	e := find(c, "隔离观察户门前没有小区提示板", "补设提示板", 0)
	g := find(d, "学校晨检记录缺 2 天", "补记并每日抽查", -1)
	must := func(err error) {
		b.t.Helper()
		if err != nil {
			b.t.Fatal(err)
		}
	}
	must(b.session.Book.Rectify(b.t.Context(), e, "已补设 6 块"))
	must(b.session.Book.Close(b.t.Context(), g, "现场查看晨检本，连续 5 天完整", "李四"))
	return towns, inspections, problems
}

func TestPictureOfSupervision(t *testing.T) {
	for name, v := range map[string]look.Variant{"supervision-light": look.Light, "supervision-dark": look.Dark} {
		b := newBench(t, v)
		b.district()
		b.put(newSupervisionScreen(b.session), 1278, 712)
		b.screen.focus()
		test.AssertImageMatches(t, name+".png", b.window.Canvas().Capture())
	}
}

func TestPictureOfInspections(t *testing.T) {
	b := newBench(t, look.Light)
	_, inspections, _ := b.district()
	b.put(newSupervisionScreen(b.session), 1278, 712)
	b.screen.open(Opening{Place: PlaceSupervision, Record: inspections[0]})
	test.AssertImageMatches(t, "inspections.png", b.window.Canvas().Capture())
}

func newSupervisionBench(t *testing.T) (*bench, *supervisionScreen, []ledger.ID, []ledger.ID) {
	b := newBench(t, look.Light)
	_, inspections, problems := b.district()
	sc := newSupervisionScreen(b.session).(*supervisionScreen)
	b.put(sc, 1278, 712)
	sc.focus()
	return b, sc, inspections, problems
}

func (b *bench) problemAt(id ledger.ID) *ledger.Problem {
	return b.ledger.records[id].Value.(*ledger.Problem)
}

func TestBoardSortsByUrgency(t *testing.T) {
	b, sc, _, problems := newSupervisionBench(t)
	open := sc.board.columns[0]
	if len(open.rows) != 3 || open.rows[0].ID != problems[0] || open.rows[2].ID != problems[2] {
		t.Errorf("open problems: %v", open.rows)
	}
	b.mustSay("超期 3 天", "还有 2 天", "12-01 到期", "今天到期", "11-22 销号", "未检查单位 2 · 已检查 5/7")
	if sc.board.chosen != problems[0] {
		t.Error("the most urgent problem is not chosen")
	}
}

func TestRectifyAndCloseByKeyboard(t *testing.T) {
	b, sc, _, problems := newSupervisionBench(t)
	b.key(fyne.KeyReturn)
	b.mustSay("登记整改情况", "农贸市场入口")
	b.typed("已设 2 名查验员")
	b.key(fyne.KeyReturn)
	if p := b.problemAt(problems[0]); p.State != ledger.StateRectified {
		t.Fatalf("state %v; %s", p.State, b.texts())
	}
	if sc.board.chosen != problems[0] {
		t.Error("the problem is not chosen any more")
	}
	sc.focus()
	b.typed("2")
	b.mustSay("单位称：已设 2 名查验员")
	b.key(fyne.KeyReturn)
	b.mustSay("销号要有核查依据")
	b.typed("现场查看，两人值守")
	b.key(fyne.KeyReturn)
	b.mustSay("销号要有第二人确认")
	b.tab()
	b.typed("张三")
	b.key(fyne.KeyReturn)
	b.mustSay("第二人不能是记录人自己")
	b.key(fyne.KeyBackspace, fyne.KeyBackspace)
	b.typed("李四")
	b.key(fyne.KeyReturn)
	if p := b.problemAt(problems[0]); p.State != ledger.StateClosed || p.Second != "李四" {
		t.Fatalf("%+v; %s", p, b.texts())
	}
}

func TestListedProblemsNeverExceedTheCount(t *testing.T) {
	b, sc, inspections, _ := newSupervisionBench(t)
	sc.open(Opening{Place: PlaceSupervision, Record: inspections[2]})
	b.focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.mustSay("添加问题", "这次检查记了 1 个问题，逐条列出的却有 2 个")
	b.typed("又一个问题")
	b.tab()
	b.typed("整改")
	b.key(fyne.KeyReturn)
	if !b.sheetOpen() || len(sc.problemsOf(inspections[2])) != 1 {
		t.Error("a problem beyond the count was listed")
	}
}

func TestAddProblemTakesTheUnitOfTheInspection(t *testing.T) {
	b, sc, inspections, _ := newSupervisionBench(t)
	sc.open(Opening{Place: PlaceSupervision, Record: inspections[4]})
	b.typed("3")
	b.typed("值班记录不全")
	b.tab()
	b.typed("补齐")
	b.tab()
	b.tab()
	for range "2026-11-29" {
		b.key(fyne.KeyBackspace)
	}
	b.typed("+3")
	b.key(fyne.KeyReturn)
	list := sc.problemsOf(inspections[4])
	if b.sheetOpen() || len(list) != 1 {
		t.Fatal(b.texts())
	}
	v := list[0].Value
	if sc.rows.dir.unitName(v.Unit) != "兴原乡" || v.Deadline != ledger.DayOf(testNow)+3 {
		t.Errorf("%+v", v)
	}
}

func TestUncoveredUnitIsRecordedInOneForm(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	chip := sc.top.chips.Objects[0].(*keyButton)
	chip.Tapped(nil)
	b.mustSay("记一次检查")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatal(b.texts())
	}
	b.mustSay("未检查单位 1 · 已检查 6/7")
}

func TestUnknownUnitIsRefusedWithTheNearest(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	sc.key(&fyne.KeyEvent{Name: fyne.KeyInsert})
	b.typed("没有这个镇")
	b.key(fyne.KeyReturn)
	b.key(fyne.KeyReturn)
	if !b.sheetOpen() {
		t.Fatal("an inspection of no unit was recorded")
	}
	b.mustSay("台账里没有这个单位")
}

func TestUnitIsFoundByInitials(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	sc.key(&fyne.KeyEvent{Name: fyne.KeyInsert})
	b.typed("dwz")
	b.key(fyne.KeyReturn, fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatal(b.texts())
	}
	if rows := sc.rows.inspections; sc.rows.dir.unitName(rows[0].Value.Unit) != "大洼镇" || rows[0].Value.Visits != 1 {
		t.Errorf("recorded %+v", rows[0].Value)
	}
}

func TestOpeningFiltersTheBoard(t *testing.T) {
	b, sc, _, problems := newSupervisionBench(t)
	sc.open(Opening{Place: PlaceSupervision, Overdue: true})
	if n := len(sc.board.columns[0].rows); n != 1 || sc.board.columns[0].rows[0].ID != problems[0] {
		t.Errorf("overdue: %d problems", n)
	}
	sc.open(Opening{Place: PlaceSupervision, State: ledger.StateRectified})
	if sc.board.columns[0].box.Visible() || !sc.board.columns[1].box.Visible() {
		t.Error("not only the rectified column is shown")
	}
	if !sc.closeOpened() || !sc.board.columns[0].box.Visible() {
		t.Error("Esc does not take the filter away")
	}
	sc.search()
	b.typed("dwz")
	if a, c := len(sc.board.columns[0].rows), len(sc.board.columns[1].rows); a != 1 || c != 1 {
		t.Errorf("大洼镇 by initials: %d open, %d rectified", a, c)
	}
	sc.open(Opening{Place: PlaceSupervision, Record: problems[4]})
	if sc.board.chosen != problems[4] {
		t.Error("the problem the screen was opened for is not chosen")
	}
	b.mustSay("现场查看晨检本")
}

func TestUpdateKeepsTheChosenInspection(t *testing.T) {
	b, sc, inspections, _ := newSupervisionBench(t)
	sc.open(Opening{Place: PlaceSupervision, Record: inspections[1]})
	at := sc.table.table.Selected()
	in := b.ledger.records[inspections[0]].Value.(*ledger.Inspection)
	b.record(&ledger.Inspection{Unit: in.Unit, Day: ledger.DayOf(testNow), Form: ledger.FormSpecial, Visits: 1})
	b.refresh()
	if got := sc.table.table.Selected(); got != at+1 || sc.table.chosen() != inspections[1] {
		t.Errorf("row %d is chosen, not %d", got, at+1)
	}
	b.mustSay("已检查 5/7")
}

func TestInspectionsSortAndCopy(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	sc.showView(viewTable)
	sc.table.table.OnSort(inspectionVisits, true)
	if sc.table.rows[0].Value.Visits != 4 {
		t.Errorf("most visits first gives %d", sc.table.rows[0].Value.Visits)
	}
	sc.copy()
	text := fyne.CurrentApp().Clipboard().Content()
	if lines := strings.Split(strings.TrimSpace(text), "\r\n"); len(lines) != 6 || !strings.HasPrefix(lines[1], "2026-11-10\t城关街道\t明察\t4") {
		t.Errorf("copied %q", text)
	}
	if len(b.notices) == 0 || !strings.Contains(b.notices[len(b.notices)-1], "5 行") {
		t.Errorf("notices %v", b.notices)
	}
}

func TestUnreadableRowsOfferAnotherTry(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	b.ledger.failing = ledger.Refuse(ledger.CodeDriveGone, "path", "/media/u/a.db")
	sc.read()
	b.mustSay("找不到存放台账的磁盘")
	b.ledger.failing = nil
	sc.read()
	b.mustSay("待整改")
}

func TestInspectionIsNotVoidedUnderItsProblems(t *testing.T) {
	b, sc, inspections, _ := newSupervisionBench(t)
	sc.open(Opening{Place: PlaceSupervision, Record: inspections[0]})
	sc.key(&fyne.KeyEvent{Name: fyne.KeyDelete})
	b.typed("记错了")
	b.key(fyne.KeyReturn)
	b.mustSay("还列着 2 个问题")
	b.key(fyne.KeyEscape)
	if b.ledger.records[inspections[0]].Voided {
		t.Error("voided all the same")
	}
}

func TestBoardGrowsByPages(t *testing.T) {
	b, sc, _, _ := newSupervisionBench(t)
	unit := b.ledger.records[sc.rows.inspections[0].ID].Value.(*ledger.Inspection).Unit
	in := b.record(&ledger.Inspection{Unit: unit, Day: ledger.DayOf(testNow), Form: ledger.FormSpecial, Visits: 1, Problems: 100})
	for range 100 {
		b.record(&ledger.Problem{Inspection: in, Text: "问题", Directive: "整改", Deadline: ledger.DayOf(testNow) + 20})
	}
	b.refresh()
	column := sc.board.columns[0]
	if n := len(column.shown()); n != boardPage {
		t.Fatalf("%d cards at first", n)
	}
	sc.focus()
	b.key(fyne.KeyEnd)
	if len(column.shown()) != 103 || sc.board.chosen != column.rows[102].ID {
		t.Errorf("End shows %d cards", len(column.shown()))
	}
}
