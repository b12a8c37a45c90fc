package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// publishedReport states the thirteen published counts of the sample district as an
// office would write them.
const publishedReport = `宁江区新冠肺炎疫情防控宣传工作情况

全区迅速掀起宣传热潮。在新闻宣传方面，播发电视稿件35条，刊发省市报刊61篇；在网络宣传方面，发布网络信息1157条，被新媒体刊载71条。在社会宣传方面，共制作宣传条幅3681幅，利用电子屏宣传304处，发放宣传单35万份，出动宣传车148辆，启用广播喇叭782个，张贴政府公告4158份，发放居家隔离观察告知书1万余份、居家医学观察告知书200份，设置小区提示板约700个。`

// publishedCounts are the same figures as the ledger states them.
var publishedCounts = map[string]string{
	"电视稿件": "35", "省市报刊": "61", "网络信息": "1,157", "新媒体刊载": "71", "宣传条幅": "3,681", "电子屏": "304", "宣传单": "35万",
	"宣传车": "148", "广播喇叭": "782", "政府公告": "4,158", "居家隔离观察告知书": "1万余", "居家医学观察告知书": "200", "小区提示板": "约700",
}

// dailyReport has something of every ledger, and what belongs to none.
const dailyReport = `滨江街道11月20日疫情防控工作情况
一、宣传。悬挂宣传条幅20幅，发放宣传单1.2万余份，其中入户发放3000份，发放防疫香囊500个，出动宣传车12辆。
二、隔离。四姑娘山镇卫生院6间、县委党校39间。
三、督导。开展暗访112次，发现问题27个，下达整改意见27条，检查药店46家。
四、其他。接种疫苗1.3万剂次，组织志愿者300人。新城镇悬挂条幅35幅。`

// intakeBench is the intake page in a window.
type intakeBench struct {
	*pubBench
	page *intakeScreen
	left int // how often the page was left
	undo func()
}

func newIntakeBench(t *testing.T, v look.Variant) *intakeBench {
	t.Helper()
	b := &intakeBench{pubBench: newPubBench(t, v)}
	b.record(&ledger.Site{Name: "四姑娘山镇卫生院", Plan: ledger.PlanReady, Rooms: ledger.Stated(6)})
	b.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(38)})
	b.session.OpenReport, b.session.PasteReport = func() {}, func() {}
	b.session.Notify = func(s string, undo func()) { b.notices, b.undo = append(b.notices, s), undo }
	b.show()
	return b
}

func (b *intakeBench) show() {
	b.page = newIntakeScreen(b.session, func() { b.left++ })
	b.put(b.page, 1278, 711)
}

// paste takes a text onto the page.
func (b *intakeBench) paste(text string) { b.page.accept(report{text: text}) }

func (b *intakeBench) entries() []ledger.Row[ledger.Publicity] {
	return rowsOf[ledger.Publicity](b.ledger, false)
}

// counts are what the ledger holds, by the names of items.
func (b *intakeBench) counts() map[string]string {
	out := map[string]string{}
	for _, e := range b.entries() {
		out[b.page.dir.itemName(e.Value.Item)] = e.Value.Quantity.String()
	}
	return out
}

// find selects the row of an item and gives it the keyboard.
func (b *intakeBench) find(item string) *intakeRow {
	b.t.Helper()
	at := slices.IndexFunc(b.page.rows, func(p *intakeRow) bool { return p.title(b.page.dir) == item })
	if at < 0 {
		b.t.Fatalf("no row says %s", item)
	}
	b.page.table.Select(at)
	b.page.focus()
	return b.page.rows[at]
}

// space presses the space bar on the table.
func (b *intakeBench) space() { b.focused().TypedRune(' ') }

// f2 presses F2, which the table hands to the window.
func (b *intakeBench) f2() { b.key(fyne.KeyF2) }

// field puts the keyboard into a field of the open sheet and replaces its text.
func (b *intakeBench) field(sheet *intakeEdit, key, text string) {
	b.t.Helper()
	for _, in := range sheet.sheet.fields {
		if in.key() == key {
			b.window.Canvas().Focus(in.focusable())
			if e, ok := in.focusable().(*sheetEntry); ok && text == "" {
				e.SetText("")
			}
			b.typed(text) // what was there is selected
			return
		}
	}
	b.t.Fatalf("the sheet has no field %s", key)
}

func (b *intakeBench) mustSay(part string) {
	b.t.Helper()
	if !strings.Contains(b.page.refusal.text(), part) {
		b.t.Errorf("the page says %q, want something with %q", b.page.refusal.text(), part)
	}
}

func TestThirteenPublishedCountsTakeOneConfirm(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	if n := b.page.toTake(); n != len(publishedCounts) || len(b.page.rows) != n {
		t.Fatalf("%d of %d rows are taken, want %d", n, len(b.page.rows), len(publishedCounts))
	}
	b.page.confirm()
	got := b.counts()
	for item, want := range publishedCounts {
		if got[item] != want {
			t.Errorf("%s is %q, want %q", item, got[item], want)
		}
	}
	if len(got) != len(publishedCounts) {
		t.Errorf("the ledger holds %v", got)
	}
	if last := b.notices[len(b.notices)-1]; !strings.Contains(last, "13 条（一批）") {
		t.Errorf("the notice says %q", last)
	}
	if batches := rowsOf[ledger.Batch](b.ledger, false); len(batches) != 1 || batches[0].Value.Text != publishedReport {
		t.Errorf("the batches are %v", batches)
	}
	b.undo()
	if n := len(b.entries()); n != 0 {
		t.Errorf("%d entries stand after the batch was taken back", n)
	}
	if n := b.page.toTake(); n != len(publishedCounts) {
		t.Errorf("%d rows are offered again, want all", n)
	}
}

// TestWhatIsProposed fails when a count lands in another ledger, at another unit, or
// is taken although it must wait for a person.
func TestWhatIsProposed(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(dailyReport)
	var got []string
	top, _ := b.page.terms()
	for i := range b.page.rows {
		row := b.page.rows[i]
		mark := leftMark
		if row.taken {
			mark = takenMark
		}
		got = append(got, strings.TrimSpace(strings.Join([]string{mark, row.Ledger.String(), row.title(b.page.dir), row.number() + row.measure(b.page.dir),
			b.page.dir.unitName(top.UnitOf(row.Row)), top.DayOf(row.Row).Short(), b.page.doubtCell(top, row).Text}, " ")))
	}
	want := []string{
		"√ publicity 宣传条幅 20幅 滨江街道 11-20 ▲ 单位存疑",
		"√ publicity 宣传单 1.2万余份 滨江街道 11-20 ▲ 单位存疑 · 约数",
		"○ publicity 入户发放 3,000份 滨江街道 11-20 ▲ 单位存疑 · 新条目 · 其中",
		"○ publicity 防疫香囊 500个 滨江街道 11-20 ▲ 单位存疑 · 新条目",
		"√ publicity 宣传车 12辆 滨江街道 11-20 ▲ 单位存疑",
		"○ isolation 四姑娘山镇卫生院 6间 滨江街道 11-20 × 房间没写全",
		"○ isolation 县委党校 39间 滨江街道 11-20 × 房间没写全",
		"√ supervision 检查次数 · 暗访 112次 滨江街道 11-20 ▲ 单位存疑",
		"√ supervision 问题数 27个 滨江街道 11-20 ▲ 单位存疑",
		"√ supervision 整改意见数 27条 滨江街道 11-20 ▲ 单位存疑",
		"○ supervision 药店 46家 滨江街道 11-20 × 次数还是问题？",
		"○ other 疫苗 1.3万剂次 滨江街道 11-20 归哪本？",
		"○ other 志愿者 300人 滨江街道 11-20 归哪本？",
		"√ publicity 宣传条幅 35幅 新城镇 11-20",
	}
	if !slices.Equal(got, want) {
		t.Errorf("proposed:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOneConfirmRecordsAllLedgers(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(dailyReport)
	b.find("防疫香囊")
	b.space() // a new item waits for a person
	clinic := b.find("四姑娘山镇卫生院")
	b.f2()
	b.field(b.editing(), "occupied", "2")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() || !clinic.taken {
		t.Fatal("the clinic is not taken once its occupied rooms are said")
	}
	b.page.confirm()
	reserves := rowsOf[ledger.Reserve](b.ledger, false)
	if len(reserves) != 1 || reserves[0].Value.Rooms != 6 || reserves[0].Value.Occupied != 2 || reserves[0].Value.Ready != 4 ||
		ledger.DayOf(reserves[0].Value.At).Short() != "11-20" {
		t.Errorf("the reserve reports are %+v", reserves)
	}
	visits := rowsOf[ledger.Inspection](b.ledger, false)
	if len(visits) != 1 || visits[0].Value.Visits != 112 || visits[0].Value.Problems != 27 || visits[0].Value.Directives != 27 ||
		visits[0].Value.Unit != b.units["滨江街道"] || visits[0].Value.Form != ledger.FormUnannounced {
		t.Errorf("the inspections are %+v", visits)
	}
	if got := b.counts()["防疫香囊"]; got != "500" {
		t.Errorf("the new item has %q entries of 500", got)
	}
	if n := rowsOf[ledger.Batch](b.ledger, false)[0].Value.Count; n != 8 {
		t.Errorf("the batch covers %d records, want an item, 5 entries, a report and an inspection", n)
	}
	if last := b.notices[len(b.notices)-1]; last != "9 行录入为 7 条（一批），新增条目 1 个" {
		t.Errorf("the notice says %q", last)
	}
	items := len(rowsOf[ledger.Item](b.ledger, false))
	b.undo()
	if len(b.entries())+len(rowsOf[ledger.Reserve](b.ledger, false))+len(rowsOf[ledger.Inspection](b.ledger, false)) != 0 {
		t.Error("something of the batch stands")
	}
	if n := len(rowsOf[ledger.Item](b.ledger, false)); n != items-1 {
		t.Errorf("%d items stand, want the new one taken back", n)
	}
	b.page.confirm()
	if got := b.counts()["防疫香囊"]; got != "500" {
		t.Errorf("confirmed again, the new item has %q; the page says %s", got, b.page.refusal.text())
	}
}

func TestKeysChooseTakeAndLeave(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	b.key(fyne.KeyDown, fyne.KeyDown)
	if b.page.table.Selected() != 2 || b.page.text.chosen != 2 {
		t.Fatalf("row %d is chosen and span %d ringed", b.page.table.Selected(), b.page.text.chosen)
	}
	b.space()
	if b.page.rows[2].taken || b.page.toTake() != 12 {
		t.Error("Space did not leave the row")
	}
	b.space()
	if !b.page.rows[2].taken {
		t.Error("Space did not take the row again")
	}
	b.find("宣传单")
	b.page.table.OnPress(b.page.table.Selected(), columnTake)
	b.page.confirm()
	if got := b.counts(); len(got) != 12 || got["宣传单"] != "" {
		t.Errorf("recorded are %v", got)
	}
}

func TestRowsAndWordsShowEachOther(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	text := b.page.text
	for i, row := range b.page.rows {
		said := string(text.text[row.Found.Start:row.Found.End])
		if digits := strings.ReplaceAll(row.number(), ",", ""); !strings.Contains(said, strings.Trim(digits, "约")) {
			t.Errorf("row %d says %s, its words %q", i, digits, said)
		}
		line := text.lineOf(row.Found.Start)
		at := fyne.NewPos(text.across(text.lines[line], row.Found.Start)+2, (float32(line)+0.5)*spanLine)
		if text.spanAt(at) != i {
			t.Errorf("at the words of row %d lies span %d", i, text.spanAt(at))
		}
		text.Tapped(&fyne.PointEvent{Position: at})
		if b.page.table.Selected() != i || text.chosen != i {
			t.Errorf("a click on the words of row %d chooses %d", i, b.page.table.Selected())
		}
	}
	b.page.table.OnHover(3)
	if text.hovered != 3 {
		t.Error("the pointer on a row does not ring its words")
	}
}

func TestLongTextScrollsToTheRow(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(strings.Repeat("全区各级各部门认真落实各项防控措施，守土有责、守土尽责。\n", 200) + "悬挂宣传条幅20幅。")
	if len(b.page.rows) != 1 {
		t.Fatalf("%d rows", len(b.page.rows))
	}
	roll := b.page.text.roll
	line := float32(b.page.text.lineOf(b.page.rows[0].Found.Start)) * spanLine
	if line < roll.Offset.Y || line+spanLine > roll.Offset.Y+roll.Size().Height {
		t.Errorf("the words are at %.0f, in sight is %.0f and %.0f below", line, roll.Offset.Y, roll.Size().Height)
	}
}

func TestFilesThatCannotBeReadSaySo(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	old := filepath.Join(t.TempDir(), "旧.doc")
	if err := os.WriteFile(old, []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1..."), 0o600); err != nil {
		t.Fatal(err)
	}
	b.page.accept(report{file: old})
	b.mustSay("旧版 Word")
	if !b.page.blank() {
		t.Error("there is something on the page")
	}
	b.paste("拟悬挂条幅20幅。")
	if said := b.texts(); !strings.Contains(said, "没有找到可以记的数字") {
		t.Errorf("the page says %s", said)
	}
	b.ledger.failing = ledger.Refuse(ledger.CodeFileWrite, "path", "x", "detail", "y")
	b.paste("悬挂条幅20幅。")
	if b.page.typed.Text != "悬挂条幅20幅。" {
		t.Error("the text that could not be read is lost")
	}
}

func TestLeavingAsksWhatWouldBeLost(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.page.closeOpened()
	if b.left != 1 || b.sheetOpen() {
		t.Fatal("an empty page asks")
	}
	b.paste(publishedReport)
	b.page.closeOpened()
	if b.left != 1 || !strings.Contains(b.texts(), "还有 13 条") {
		t.Fatalf("the sheet says %s", b.texts())
	}
	b.key(fyne.KeyReturn) // go on checking
	if b.sheetOpen() || b.page.toTake() != 13 {
		t.Error("the rows are gone")
	}
	b.paste(publishedReport)
	if b.sheetOpen() || b.page.toTake() != 13 {
		t.Error("the way back to the page by the same key asks")
	}
	b.page.confirm()
	b.page.closeOpened()
	if b.left != 2 {
		t.Error("a recorded page asks")
	}
}

func TestTypedTextIsRead(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.page.focus()
	b.typed("滨江街道悬挂条幅3幅。")
	b.page.confirm()
	if n := b.page.toTake(); n != 1 {
		t.Errorf("%d rows are taken", n)
	}
}

func TestPicturesOfIntake(t *testing.T) {
	for name, v := range map[string]look.Variant{"light": look.Light, "dark": look.Dark} {
		b := newIntakeBench(t, v)
		test.AssertImageMatches(t, "intake-empty-"+name+".png", b.window.Canvas().Capture())
		b.entry("滨江街道", "宣传条幅", 2, "20", "")
		b.paste(dailyReport)
		b.key(fyne.KeyDown)
		test.AssertImageMatches(t, "intake-"+name+".png", b.window.Canvas().Capture())
	}
}

// TestIntakeFitsInEveryLanguage fails when a word of the page is cut off.
func TestIntakeFitsInEveryLanguage(t *testing.T) {
	defer words.Use(words.Simplified)
	b := newIntakeBench(t, look.Light)
	for _, language := range words.Languages {
		words.Use(language)
		b.show()
		b.paste(dailyReport)
		for _, o := range test.LaidOutObjects(b.page.root) {
			if l, ok := o.(*look.Label); ok && l.Cut() {
				t.Errorf("%s: %q is cut", language, l.Text())
			}
		}
		top, _ := b.page.terms()
		for i, c := range b.page.table.Columns() {
			if wide := fyne.MeasureText(c.Title, look.SizeSmall, fyne.TextStyle{Bold: true}).Width; wide+2*look.Unit > c.Width {
				t.Errorf("%s: the head of column %d needs %.0f of %.0f", language, i, wide, c.Width)
			}
		}
		for _, row := range b.page.rows {
			text := b.page.doubtCell(top, row).Text
			if wide := fyne.MeasureText(text, look.SizeBody, fyne.TextStyle{}).Width; wide > 235 {
				t.Errorf("%s: %q needs %.0f", language, text, wide)
			}
		}
	}
}

// TestEscLeavesTheReportField fails when the field swallows it.
func TestEscLeavesTheReportField(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office("滨江街道")
	d := b.show()
	d.open(Opening{Place: PlaceIntake})
	page := d.screens[PlaceIntake].(*intakeScreen)
	page.focus()
	field, ok := d.shell.win.Canvas().Focused().(*reportField)
	if !ok {
		t.Fatalf("the keyboard is at %T", d.shell.win.Canvas().Focused())
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.place == PlaceIntake {
		t.Error("Esc does not leave the page")
	}
}

// TestReportsComeInByKeysAndDrops is the way from the window's own keys to the page.
func TestReportsComeInByKeysAndDrops(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office("滨江街道")
	d := b.show()
	fyne.CurrentApp().Clipboard().SetContent("滨江街道悬挂条幅3幅。")
	b.press(fyne.KeyV, fyne.KeyModifierControl|fyne.KeyModifierShift)
	page := d.screens[PlaceIntake].(*intakeScreen)
	if d.place != PlaceIntake || page.toTake() != 1 {
		t.Fatalf("at %s with %d rows", d.place, page.toTake())
	}
	page.confirm()
	if n := len(rowsOf[ledger.Publicity](b.ledger.memLedger, false)); n != 1 {
		t.Fatalf("%d entries", n)
	}
	b.press(fyne.KeyZ, fyne.KeyModifierControl)
	if n := len(rowsOf[ledger.Publicity](b.ledger.memLedger, false)); n != 0 || page.toTake() != 1 {
		t.Errorf("Ctrl+Z leaves %d entries, %d rows are offered again", n, page.toTake())
	}
	b.press(fyne.KeySpace, 0)
	page.rows[0].taken = false
	file := filepath.Join(t.TempDir(), "日报.txt")
	if err := os.WriteFile(file, []byte("滨江街道发放宣传单300份，出动宣传车2辆。"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.dropped([]fyne.URI{storage.NewFileURI(file)})
	if page.toTake() != 2 || page.titleOf() != "日报.txt" {
		t.Errorf("%d rows of %s", page.toTake(), page.titleOf())
	}
	d.rebuild() // as a change of language does
	if again := d.screens[PlaceIntake].(*intakeScreen); again == page || again.toTake() != 2 {
		t.Error("a change of language loses the rows")
	}
}
