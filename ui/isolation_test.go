package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// testNow is the clock of these tests: Sunday 2026-11-22, 17:05.
var testNow = time.Date(2026, 11, 22, 17, 5, 0, 0, time.Local)

// bench is one screen in a test window over a ledger in memory.
type bench struct {
	t       *testing.T
	ledger  *memLedger
	session *Session
	window  fyne.Window
	screen  screen

	notices  []string
	refusals []error
	recorded []ledger.ID
	author   string
}

func newBench(t *testing.T, v look.Variant) *bench {
	t.Helper()
	words.Use(words.Simplified)
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.New(v))
	b := &bench{t: t, ledger: newMemLedger(testNow), author: "张三"}
	b.window = test.NewTempWindow(t, look.NewSurface(look.ColourGround, "", 0))
	b.window.SetPadded(false)
	b.session = &Session{Reader: b.ledger, Book: ledger.NewBook(b.ledger, func() string { return b.author }),
		Settings: settings.Load(""), Tasks: &Runner{Inline: true}, Now: func() time.Time { return b.ledger.now },
		Open: func(Opening) {}, Window: b.window, Scope: b.scope,
		Notify:   func(s string, _ func()) { b.notices = append(b.notices, s) },
		Refuse:   func(err error) { b.refusals = append(b.refusals, err) },
		Recorded: func(ids ...ledger.ID) { b.recorded = append(b.recorded, ids...) },
		Changed:  func() { b.refresh() },
		Figures:  func() (ledger.Figures, bool) { f, err := b.figures(); return f, err == nil },
	}
	return b
}

func (b *bench) scope() ledger.Scope {
	today := ledger.DayOf(b.ledger.now)
	return ledger.Scope{Kind: ledger.PeriodMonth, Period: ledger.ThisMonth(today)}
}

func (b *bench) figures() (ledger.Figures, error) {
	return b.ledger.Figures(context.Background(), b.scope())
}

func (b *bench) refresh() {
	f, err := b.figures()
	if err == nil && b.screen != nil {
		b.screen.update(f)
	}
}

// put shows a screen at a size.
func (b *bench) put(sc screen, width, height float32) {
	b.screen = sc
	b.window.SetContent(look.OnGround(sc.content()))
	b.window.Resize(fyne.NewSize(width, height))
	b.refresh()
}

func (b *bench) record(r ledger.Record) ledger.ID {
	b.t.Helper()
	id, err := b.session.Book.Record(context.Background(), r)
	if err != nil {
		b.t.Fatalf("record %v: %v", r.Kind(), err)
	}
	return id
}

func (b *bench) focused() fyne.Focusable { return b.window.Canvas().Focused() }

func (b *bench) key(names ...fyne.KeyName) {
	for _, n := range names {
		b.focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func (b *bench) typed(text string) {
	for _, r := range text {
		b.focused().TypedRune(r)
	}
}

func (b *bench) tab() { b.window.Canvas().FocusNext() }

// sheetOpen reports whether a sheet lies over the screen.
func (b *bench) sheetOpen() bool { return b.window.Canvas().Overlays().Top() != nil }

// texts joins every text on the canvas, the top overlay's when there is one.
func (b *bench) texts() string {
	var all []string
	for _, o := range test.LaidOutObjects(b.root()) {
		switch o := o.(type) {
		case *look.Label:
			all = append(all, o.Text())
		case *paragraph:
			all = append(all, o.text)
		case *look.Badge:
			all = append(all, o.AccessibilityLabel())
		case *look.Figure:
			all = append(all, o.AccessibilityLabel())
		}
	}
	return strings.Join(all, "\n")
}

func (b *bench) root() fyne.CanvasObject {
	if top := b.window.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return b.window.Content()
}

func (b *bench) mustSay(parts ...string) {
	b.t.Helper()
	all := b.texts()
	for _, p := range parts {
		if !strings.Contains(all, p) {
			b.t.Errorf("%q is not on the screen, which says:\n%s", p, all)
		}
	}
}

// xiaojin is the reserve of the county plan in the sample: 52 rooms on plan 1.
func (b *bench) xiaojin() (clinic, town, school, hotel ledger.ID) {
	clinic = b.record(&ledger.Site{Name: "四姑娘山镇卫生院", Plan: ledger.PlanReady, Rooms: ledger.Stated(6)})
	town = b.record(&ledger.Site{Name: "美兴镇卫生院", Plan: ledger.PlanReady, Rooms: ledger.Stated(7)})
	school = b.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	hotel = b.record(&ledger.Site{Name: "同心宾馆", Plan: ledger.PlanStandby})
	b.record(&ledger.Reserve{Site: clinic, At: testNow.Add(-3 * time.Hour), Rooms: 6, Ready: 5, Cleaning: 1})
	b.record(&ledger.Reserve{Site: school, At: testNow.Add(-50 * time.Hour), Rooms: 39, Ready: 33, Occupied: 2, Unavailable: 4})
	b.record(&ledger.Reserve{Site: school, At: testNow.Add(-26 * time.Hour), Rooms: 39, Ready: 31, Occupied: 3, Cleaning: 1, Unavailable: 4})
	b.record(&ledger.Cases{Count: 5, At: testNow.Add(-2 * time.Hour)})
	return clinic, town, school, hotel
}

func TestPictureOfIsolation(t *testing.T) {
	for name, v := range map[string]look.Variant{"isolation-light": look.Light, "isolation-dark": look.Dark} {
		b := newBench(t, v)
		b.xiaojin()
		b.put(newIsolationScreen(b.session), 1278, 712)
		test.AssertImageMatches(t, name+".png", b.window.Canvas().Capture())
	}
}

func TestPictureOfReserveForm(t *testing.T) {
	b := newBench(t, look.Light)
	b.xiaojin()
	b.put(newIsolationScreen(b.session), 1278, 712)
	b.screen.focus()
	b.key(fyne.KeyReturn)
	b.typed("9")
	test.AssertImageMatches(t, "reserve-form.png", b.window.Canvas().Capture())
}

func (b *bench) card(name string) *siteCard {
	for _, c := range b.screen.(*isolationScreen).cards {
		if c.figure.Site.Name == name {
			return c
		}
	}
	b.t.Fatalf("no card of %s", name)
	return nil
}

func (b *bench) site(id ledger.ID) ledger.SiteFigure {
	f, _ := b.figures()
	for _, s := range f.Isolation.Sites {
		if s.ID == id {
			return s
		}
	}
	b.t.Fatal("no such site")
	return ledger.SiteFigure{}
}

func newIsolationBench(t *testing.T) (b *bench, clinic, town, school, hotel ledger.ID) {
	b = newBench(t, look.Light)
	clinic, town, school, hotel = b.xiaojin()
	b.put(newIsolationScreen(b.session), 1278, 712)
	b.screen.focus()
	return b, clinic, town, school, hotel
}

func TestDigitsMoveOneRoom(t *testing.T) {
	b, clinic, _, _, _ := newIsolationBench(t)
	b.typed("1")
	if s := b.site(clinic); s.Ready.N != 4 || s.Occupied.N != 1 {
		t.Errorf("after 入住: ready %d, occupied %d", s.Ready.N, s.Occupied.N)
	}
	b.typed("2")
	if s := b.site(clinic); s.Occupied.N != 0 || s.Cleaning.N != 2 {
		t.Errorf("after 退房: occupied %d, cleaning %d", s.Occupied.N, s.Cleaning.N)
	}
	b.typed("３")
	if s := b.site(clinic); s.Cleaning.N != 1 || s.Ready.N != 5 {
		t.Errorf("after 消毒完成: cleaning %d, ready %d", s.Cleaning.N, s.Ready.N)
	}
	if len(b.recorded) != 3 {
		t.Errorf("%d records are kept for undo, not 3", len(b.recorded))
	}
	if c := b.card("四姑娘山镇卫生院"); c.bar.counts.by != [4]int64{5, 0, 1, 0} || b.focused() != fyne.Focusable(c) {
		t.Errorf("the card shows %v and has the keyboard: %v", c.bar.counts.by, b.focused() == fyne.Focusable(c))
	}
}

func TestImpossibleStepIsOffAndSaysWhy(t *testing.T) {
	b, clinic, _, _, _ := newIsolationBench(t)
	c := b.card("四姑娘山镇卫生院")
	if !c.steps[1].Disabled() || !strings.Contains(c.tips[1].text, "没有在住的房间") {
		t.Errorf("退房: disabled %v, tooltip %q", c.steps[1].Disabled(), c.tips[1].text)
	}
	b.typed("2")
	if len(b.refusals) != 1 || ledger.CodeOf(b.refusals[0]) != ledger.CodeNoRoomOccupied {
		t.Errorf("refusals: %v", b.refusals)
	}
	if b.site(clinic).Cleaning.N != 1 || len(b.recorded) != 0 {
		t.Error("something was written")
	}
	hotel := b.card("同心宾馆")
	if !hotel.steps[0].Disabled() || !strings.Contains(hotel.tips[0].text, "未报") {
		t.Errorf("入住 where rooms are not stated: disabled %v, %q", hotel.steps[0].Disabled(), hotel.tips[0].text)
	}
}

func TestReserveFormSaysByHowMuch(t *testing.T) {
	b, clinic, _, _, _ := newIsolationBench(t)
	b.key(fyne.KeyReturn)
	b.mustSay("储备上报：四姑娘山镇卫生院", "可用 5 间，四项合计正好 6 间")
	b.typed("4") // the caret is in 在住, whose text is marked
	b.mustSay("可用 1 间")
	b.tab()
	b.key(fyne.KeyBackspace)
	b.typed("7")
	b.mustSay("合计 11 间", "多 5 间")
	b.key(fyne.KeyReturn)
	if !b.sheetOpen() {
		t.Fatal("a report that does not add up was taken")
	}
	b.mustSay("比总数 6 间多 5 间")
	b.key(fyne.KeyBackspace)
	b.typed("２")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatal("the report was not taken:", b.texts())
	}
	if s := b.site(clinic); s.Ready.N != 0 || s.Occupied.N != 4 || s.Cleaning.N != 2 {
		t.Errorf("reported %+v", s)
	}
}

func TestEscapeLeavesTheSheetWithoutWriting(t *testing.T) {
	b, _, _, _, _ := newIsolationBench(t)
	before := len(b.ledger.order)
	b.key(fyne.KeyReturn)
	b.typed("3")
	b.key(fyne.KeyEscape)
	if b.sheetOpen() || len(b.ledger.order) != before {
		t.Errorf("sheet open %v, %d records more", b.sheetOpen(), len(b.ledger.order)-before)
	}
	if b.focused() != fyne.Focusable(b.card("四姑娘山镇卫生院")) {
		t.Error("the keyboard is not back on the card")
	}
}

func TestReserveRuleStandsFromTheSixthCase(t *testing.T) {
	b, _, _, _, _ := newIsolationBench(t)
	b.mustSay("再有 1 例（第 6 例）", "到线")
	b.record(&ledger.Cases{Count: 6})
	b.refresh()
	b.mustSay("现有 6 例，超过储备 52 间的 10%（5 例）", "需支援")
	b.record(&ledger.Cases{Count: 3})
	b.refresh()
	b.mustSay("第 6 例起需请求上级支援", "储备足够")
}

func TestArrowsMoveAmongCards(t *testing.T) {
	b, _, _, _, _ := newIsolationBench(t)
	for _, step := range []struct {
		key  fyne.KeyName
		want string
	}{{fyne.KeyRight, "美兴镇卫生院"}, {fyne.KeyLeft, "四姑娘山镇卫生院"}, {fyne.KeyDown, "县委党校"},
		{fyne.KeyDown, "同心宾馆"}, {fyne.KeyDown, "同心宾馆"}, {fyne.KeyHome, "四姑娘山镇卫生院"}, {fyne.KeyEnd, "同心宾馆"}} {
		b.key(step.key)
		if c, ok := b.focused().(*siteCard); !ok || c.figure.Site.Name != step.want {
			t.Fatalf("%s leads to %v, not %s", step.key, b.focused(), step.want)
		}
	}
}

func TestActivatedStandbySiteCountsAsReserve(t *testing.T) {
	b, _, _, _, hotel := newIsolationBench(t)
	b.key(fyne.KeyEnd)
	b.typed("4")
	b.mustSay("启用备用点：同心宾馆")
	b.key(fyne.KeyReturn)
	b.mustSay("没有写原因")
	b.typed("病例增加")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() || !b.site(hotel).Site.Activated {
		t.Fatalf("not activated: %s", b.texts())
	}
	b.mustSay("已启用")
}

func TestUnreportedIsNotZero(t *testing.T) {
	b, _, _, _, _ := newIsolationBench(t)
	c := b.card("美兴镇卫生院")
	if got := c.rooms.AccessibilityLabel(); got != "未报" {
		t.Errorf("the card without a report shows %q", got)
	}
	if got := c.bar.AccessibilityLabel(); got != "未报" {
		t.Errorf("its bar reads %q", got)
	}
}

func TestUpdateKeepsCardAndReport(t *testing.T) {
	b, clinic, _, school, _ := newIsolationBench(t)
	b.key(fyne.KeyEnd, fyne.KeyUp)
	sc := b.screen.(*isolationScreen)
	sc.reports.table.Select(1)
	kept := sc.reports.rows[1].ID
	b.record(&ledger.Reserve{Site: school, Rooms: 39, Ready: 30, Occupied: 9})
	b.record(&ledger.Reserve{Site: clinic, Rooms: 6, Ready: 6})
	b.refresh()
	if sc.chosen != school || b.focused() != fyne.Focusable(b.card("县委党校")) {
		t.Error("the chosen card has changed")
	}
	if at := sc.reports.table.Selected(); at != 2 || sc.reports.rows[at].ID != kept {
		t.Errorf("the report chosen is row %d", at)
	}
}

func TestEmptyReserveOffersTheFirstSite(t *testing.T) {
	b := newBench(t, look.Light)
	b.put(newIsolationScreen(b.session), 1278, 712)
	b.mustSay("还没有隔离点")
	showSiteForm(b.session, ledger.PlanReady)
	b.typed("县委党校")
	b.tab()
	b.tab()
	b.typed("三十九")
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Fatal(b.texts())
	}
	if c := b.card("县委党校"); c.figure.Rooms != ledger.Stated(39) {
		t.Errorf("the new site has %v rooms", c.figure.Rooms)
	}
	b.mustSay("第一方案")
}

func TestVoidedReportIsShownStruckAndNotChanged(t *testing.T) {
	b, _, _, school, _ := newIsolationBench(t)
	b.key(fyne.KeyEnd, fyne.KeyUp)
	sc := b.screen.(*isolationScreen)
	if err := b.session.Book.Void(t.Context(), sc.reports.rows[0].ID, "记错了"); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	if s := b.site(school); s.Ready.N != 33 {
		t.Errorf("the voided report still counts: %d ready", s.Ready.N)
	}
	cells := make([]grid.Cell, 5)
	if sc.reports.Row(0, cells); cells[1].Tone != grid.Struck {
		t.Errorf("the voided report is drawn as %v", cells[1].Tone)
	}
	sc.reports.correct(sc.reports.rows[0])
	if b.sheetOpen() || len(b.refusals) != 1 || ledger.CodeOf(b.refusals[0]) != ledger.CodeRecordVoided {
		t.Errorf("correcting it: %v", b.refusals)
	}
}
