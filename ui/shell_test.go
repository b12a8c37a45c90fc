package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// shellLedger is pubLedger with the publicity part of the figures.
type shellLedger struct {
	*pubLedger
	scopes []ledger.Scope
}

func (l *shellLedger) Figures(ctx context.Context, scope ledger.Scope) (ledger.Figures, error) {
	l.scopes = append(l.scopes, scope)
	fig, err := l.memLedger.Figures(ctx, scope)
	if err != nil {
		return fig, err
	}
	facts := ledger.Facts{Now: l.now, Units: rowsOf[ledger.Unit](l.memLedger, false), Items: rowsOf[ledger.Item](l.memLedger, false)}
	today := ledger.DayOf(l.now)
	before, _ := scope.Before(today)
	last := scope.Period.To
	facts.ItemTotals, facts.ItemBefore = l.tallies(scope.Period), l.tallies(before)
	facts.UnitTotals, facts.UnitBefore = facts.ItemTotals, facts.ItemBefore
	facts.DayTotals = l.tallies(ledger.Period{From: last - ledger.SeriesDays + 1, To: last})
	facts.DayBefore = l.tallies(ledger.Period{From: last - 2*ledger.SeriesDays + 1, To: last - ledger.SeriesDays})
	for _, t := range l.tallies(ledger.Today(today)) {
		facts.Heard = append(facts.Heard, t.Unit)
	}
	more := ledger.Compute(scope, facts)
	fig.Publicity, fig.Heard = more.Publicity, more.Heard
	var alerts []ledger.Alert
	for _, a := range fig.Alerts {
		if a.Kind != ledger.AlertUnheard { // the base knows of no entries
			alerts = append(alerts, a)
		}
	}
	for _, a := range more.Alerts {
		if a.Kind == ledger.AlertUnheard {
			alerts = append(alerts, a)
		}
	}
	fig.Alerts = alerts
	return fig, nil
}

// tallies gives every entry of a period as a tally of its own.
func (l *shellLedger) tallies(p ledger.Period) []ledger.Tally {
	var list []ledger.Tally
	for _, row := range rowsOf[ledger.Publicity](l.memLedger, false) {
		v := row.Value
		if p.Contains(v.Day) {
			t := ledger.Tally{Unit: v.Unit, Item: v.Item, Day: v.Day, Entries: 1, Quantity: v.Quantity.Value}
			if v.Quantity.IsApprox() {
				t.Approx = 1
			}
			list = append(list, t)
		}
	}
	return list
}

// shellBench is the whole window over a ledger in memory.
type shellBench struct {
	t      *testing.T
	ledger *shellLedger
	shell  *Shell
	book   *ledger.Book
	items  map[string]ledger.ID
	units  []ledger.ID
}

func newShellBench(t *testing.T, v look.Variant) *shellBench {
	t.Helper()
	words.Use(words.Simplified)
	name := "light"
	if v == look.Dark {
		name = "dark"
	}
	s := settings.Load("")
	if err := s.Change(func(v *settings.Values) { v.Theme, v.Width, v.Height = name, 1366, 768 }); err != nil {
		t.Fatal(err)
	}
	b := &shellBench{t: t, ledger: &shellLedger{pubLedger: &pubLedger{memLedger: newMemLedger(testNow)}}, items: map[string]ledger.ID{}}
	b.book = ledger.NewBook(b.ledger, func() string { return "张三" })
	b.shell = NewShell(test.NewTempApp(t), s, &Runner{Inline: true}, func() time.Time { return b.ledger.now })
	t.Cleanup(b.shell.win.Close)
	return b
}

func (b *shellBench) record(r ledger.Record) ledger.ID {
	b.t.Helper()
	id, err := b.book.Record(context.Background(), r)
	if err != nil {
		b.t.Fatalf("record %+v: %v", r, err)
	}
	return id
}

func (b *shellBench) office(units ...string) {
	district := b.record(&ledger.Unit{Name: "宁江区"})
	for _, name := range units {
		b.units = append(b.units, b.record(&ledger.Unit{Name: name, Parent: district, Initials: pinyin.Initials(name)}))
	}
	for _, item := range ledger.Catalogue {
		b.items[item.Name] = b.record(&item)
	}
}

// sample fills in a small district whose figures can be followed by hand.
func (b *shellBench) sample() {
	b.office("文化街道", "建设街道", "和平街道", "哈达山镇", "区卫生健康局")
	today := ledger.DayOf(testNow)
	for i := range 60 {
		for k, name := range []string{"宣传条幅", "网络信息", "宣传单", "电视稿件", "广播喇叭"} {
			if (i+k)%3 == 0 {
				b.entry(b.units[(i+k)%len(b.units)], name, today-ledger.Day(i), int64(20+(i*7+k*13)%40))
			}
		}
	}
	clinic := b.record(&ledger.Site{Name: "四姑娘山镇卫生院", Plan: ledger.PlanReady, Rooms: ledger.Stated(6)})
	school := b.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	b.record(&ledger.Site{Name: "同心宾馆", Plan: ledger.PlanStandby})
	b.record(&ledger.Reserve{Site: clinic, At: testNow.Add(-time.Hour), Rooms: 6, Ready: 5, Occupied: 1})
	b.record(&ledger.Reserve{Site: school, At: testNow.Add(-2 * time.Hour), Rooms: 39, Ready: 31, Occupied: 5, Cleaning: 2, Unavailable: 1})
	visit := b.record(&ledger.Inspection{Unit: b.units[0], Day: today - 12, Form: ledger.FormUnannounced, Visits: 6, Problems: 3, Directives: 3})
	b.record(&ledger.Problem{Inspection: visit, Unit: b.units[0], Text: "棋牌室未按要求暂停营业", Directive: "立即停业", Deadline: today - 4, State: ledger.StateOpen, StateDay: today - 12})
	b.record(&ledger.Problem{Inspection: visit, Unit: b.units[1], Text: "建筑工地人员底数不清", Directive: "三日内摸清", Deadline: today + 2, State: ledger.StateOpen, StateDay: today - 12})
}

func (b *shellBench) entry(unit ledger.ID, item string, day ledger.Day, n int64) ledger.ID {
	return b.record(&ledger.Publicity{Unit: unit, Item: b.items[item], Day: day, Quantity: ledger.Quantity{Value: n}})
}

// show opens the ledger in the window.
func (b *shellBench) show() *desk {
	b.shell.ShowLedger(&Session{Reader: b.ledger, Book: b.book, Services: Services{LedgerPath: "/var/lib/taizhang/ledger.db",
		Version: "0.1.0", Backups: func() ([]BackupFile, error) { return nil, nil }}})
	b.shell.win.Resize(fyne.NewSize(1366, 768))
	return b.shell.desk
}

func (b *shellBench) picture(name string) {
	b.t.Helper()
	test.AssertImageMatches(b.t, name+".png", b.shell.win.Canvas().Capture())
}

func (b *shellBench) press(key fyne.KeyName, mod fyne.KeyModifier) {
	c := b.shell.win.Canvas()
	if mod == 0 {
		c.OnTypedKey()(&fyne.KeyEvent{Name: key})
		return
	}
	// The test canvas keeps no shortcuts.
	for _, cmd := range commands {
		if cmd.key == key && cmd.mod == mod {
			b.shell.desk.run(cmd.name)
		}
	}
}

func TestOverviewOfNewLedger(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office()
	b.show()
	b.picture("overview-empty")
}

func TestOverviewOfSample(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	b.show()
	b.picture("overview-sample")
}

func TestOverviewInAlert(t *testing.T) {
	b := newShellBench(t, look.Dark)
	b.sample()
	b.record(&ledger.Cases{Count: 6, At: testNow.Add(-time.Minute)})
	d := b.show()
	b.entry(b.units[2], "宣传条幅", ledger.DayOf(testNow), 35)
	d.feed.changed()
	b.picture("overview-alert")
}

func TestFirstStartPicture(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.shell.ShowFirstStart(FirstStart{Path: "/var/lib/taizhang/ledger.db"})
	b.shell.win.Resize(fyne.NewSize(1366, 768))
	b.shell.win.Canvas().Unfocus() // the caret blinks
	b.picture("first-start")
}

func TestChangeIsMarkedAndUnmarked(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	o := d.screens[PlaceOverview].(*overview)
	if o.changes.any() {
		t.Fatal("the first figures count as a change")
	}
	b.entry(b.units[0], "宣传条幅", ledger.DayOf(testNow), 35)
	b.entry(b.units[0], "宣传条幅", ledger.DayOf(testNow), 5)
	d.feed.changed()
	if got := o.changes.items[b.items["宣传条幅"]]; got != 40 {
		t.Errorf("marked %d more, want 40", got)
	}
	d.setPeriod(ledger.PeriodWeek, ledger.Period{})
	if o.changes.any() {
		t.Error("another period counts as a change of figures")
	}
	b.entry(b.units[0], "宣传条幅", ledger.DayOf(testNow), 1)
	d.feed.changed()
	o.unmark()
	if o.changes.any() {
		t.Error("marks stay after their time")
	}
}

func TestShortcutsShowPlaces(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	for i, key := range []fyne.KeyName{fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key1} {
		b.press(key, fyne.KeyModifierControl)
		if want := places[(i+1)%len(places)]; d.place != want {
			t.Errorf("Ctrl+%s shows %s, want %s", key, d.place, want)
		}
	}
	b.press(fyne.KeyN, fyne.KeyModifierControl)
	if !d.entries.Visible() {
		t.Error("Ctrl+N shows no entry line")
	}
	b.press(fyne.KeyEscape, 0)
	if d.entries.Visible() {
		t.Error("Esc leaves the entry line open")
	}
	b.press(fyne.KeyF1, 0)
	if b.shell.win.Canvas().Overlays().Top() == nil {
		t.Error("F1 shows no help")
	}
	b.press(fyne.KeyEscape, 0)
	if b.shell.win.Canvas().Overlays().Top() != nil {
		t.Error("Esc leaves the help open")
	}
	if got := b.shell.settings.Get().Place; got != string(PlaceOverview) {
		t.Errorf("remembered place %q, want the overview", got)
	}
}

func TestFigureOpensItsRowsAndBack(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	o := d.screens[PlaceOverview].(*overview)
	o.bars.chart.OnOpen(chart.KeyOf("item", int64(b.items["宣传条幅"])))
	if d.place != PlacePublicity || d.at.Item != b.items["宣传条幅"] || *d.at.Period != d.scope().Period {
		t.Errorf("an item's bar opens %+v", d.at)
	}
	b.press(fyne.KeyLeft, fyne.KeyModifierAlt)
	if d.place != PlaceOverview {
		t.Errorf("Alt+Left shows %s, want the overview", d.place)
	}
	test.Tap(o.tiles.rooms.box)
	if d.place != PlaceIsolation {
		t.Errorf("the rooms tile opens %s", d.place)
	}
	d.top.bell.open()
	for _, a := range d.figures.Alerts {
		if opening := openingOf(a); !opening.Place.works() {
			t.Errorf("alert %s opens nothing", a.Kind)
		}
	}
}

func TestEveryPartOfTheChartsOpens(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	o := b.show().screens[PlaceOverview].(*overview)
	for name, c := range map[string]*chartCard{"items": o.bars, "days": o.days, "sites": o.sites, "states": o.states} {
		if len(c.chart.Picture().Hits) == 0 {
			t.Errorf("%s: no part can be opened", name)
		}
		for _, hit := range c.chart.Picture().Hits {
			if _, ok := openingFor(hit.Key, o.figures); !ok {
				t.Errorf("%s: %q opens nothing", name, hit.Key)
			}
			if hit.Label == "" || strings.Contains(hit.Label, "⟨") {
				t.Errorf("%s: %q has the tooltip %q", name, hit.Key, hit.Label)
			}
		}
	}
}

func TestMidnightMovesThePeriod(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	d.setPeriod(ledger.PeriodToday, ledger.Period{})
	b.ledger.now = testNow.Add(8 * time.Hour)
	d.feed.rescoped()
	tomorrow := ledger.DayOf(testNow) + 1
	if d.figures.Today != tomorrow || d.figures.Scope.Period.From != tomorrow {
		t.Errorf("after midnight the figures are of %v", d.figures.Scope.Period)
	}
}

func TestFailedReadSaysWhy(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	b.ledger.failing = ledger.Refuse(ledger.CodeDriveGone, "path", "E:/台账.db")
	d.feed.changed()
	sentence := words.Sentence(b.ledger.failing)
	if !strings.Contains(texts(b.shell.win.Content()), sentence[:12]) {
		t.Errorf("the window does not say %q", sentence)
	}
	b.ledger.failing = nil
	d.feed.changed()
	if strings.Contains(texts(b.shell.win.Content()), sentence[:12]) {
		t.Error("the window still shows the error after it has gone")
	}
}

// texts is everything that stands in o, for searching.
func texts(o fyne.CanvasObject) string {
	var b strings.Builder
	for _, part := range test.LaidOutObjects(o) {
		if s, ok := part.(interface{ AccessibilityLabel() string }); ok && part.Visible() {
			fmt.Fprintln(&b, s.AccessibilityLabel())
		}
	}
	return b.String()
}

func TestEveryLanguageHasEveryText(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	for _, l := range words.Languages {
		b.shell.setLanguage(string(l))
		for _, p := range places {
			d.goTo(p)
			if all := texts(b.shell.win.Content()); strings.Contains(all, "⟨") {
				t.Errorf("%s %s lacks %s", l, p, all[strings.Index(all, "⟨"):][:60])
			}
		}
		d.help()
		if all := texts(b.shell.win.Canvas().Overlays().Top()); strings.Contains(all, "⟨") {
			t.Errorf("%s: the help lacks %s", l, all[strings.Index(all, "⟨"):][:60])
		}
		d.help()
	}
	words.Use(words.Simplified)
}

func TestEnterThreeTimesMakesALedger(t *testing.T) {
	b := newShellBench(t, look.Light)
	var got []FirstAnswers
	fail := ledger.Refuse(ledger.CodeDiskFull, "path", "/x")
	b.shell.ShowFirstStart(FirstStart{Path: "/x", Create: func(_ context.Context, a FirstAnswers) (*Session, error) {
		got = append(got, a)
		if len(got) == 1 {
			return nil, fail
		}
		return &Session{Reader: b.ledger, Book: b.book}, nil
	}})
	enter := func() { b.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	enter()
	enter()
	enter()
	if len(got) != 1 || got[0].Office == "" || got[0].Desk == "" || got[0].Sample {
		t.Fatalf("three times Enter answered %+v", got)
	}
	if !strings.Contains(texts(b.shell.win.Content()), words.Sentence(fail)) {
		t.Error("a refusal is not shown")
	}
	b.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	enter()
	if len(got) != 2 || !got[1].Sample || b.shell.desk == nil {
		t.Errorf("Right and Enter answered %+v", got)
	}
}

func TestDamagedLedgerOffersItsBackup(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office()
	restored := 0
	b.shell.ShowTrouble(Trouble{Err: ledger.Refuse(ledger.CodeLedgerDamaged, "path", "/x/ledger.db", "detail", "page 3"), Path: "/x/ledger.db",
		Backup: &BackupFile{Path: "/x/b.db", At: testNow.Add(-5 * time.Hour), Bytes: 459000},
		Restore: func(context.Context) (*Session, error) {
			restored++
			return &Session{Reader: b.ledger, Book: b.book}, nil
		},
	})
	b.shell.win.Resize(fyne.NewSize(1366, 768))
	b.picture("trouble-damaged")
	all := texts(b.shell.win.Content())
	if !strings.Contains(all, words.T("shell.trouble.restore")) || !strings.Contains(all, "459.0 kB") {
		t.Errorf("no backup is offered in:\n%s", all)
	}
	for _, o := range test.LaidOutObjects(b.shell.win.Content()) {
		if button, ok := o.(*look.Button); ok && button.AccessibilityLabel() == words.T("shell.trouble.restore") {
			test.Tap(button)
			break
		}
	}
	if restored != 1 || b.shell.desk == nil {
		t.Errorf("restored %d times", restored)
	}
}

func TestUnitPickerFindsByInitials(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	p := d.top.openUnits()
	p.find.SetText("jsjd")
	p.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if d.unit != b.units[1] || d.figures.Scope.Unit != b.units[1] {
		t.Errorf("jsjd chose %v", d.unit)
	}
}
