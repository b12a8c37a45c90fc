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
