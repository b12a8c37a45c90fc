package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// wallBench is the wall over a ledger in memory, with time that the test moves.
type wallBench struct {
	*shellBench
	wall     *Wall
	passed   time.Duration
	displays []Display
	opening  error // what opening the ledger answers with
	opened   int
	closed   int
}

func newWallBench(t *testing.T) *wallBench {
	t.Helper()
	b := &wallBench{shellBench: newShellBench(t, look.Dark)}
	b.sample()
	b.wall = NewWall(b.shell.app, b.shell.tasks, b.shell.settings, WallPlace{Open: b.open, Now: func() time.Time { return b.ledger.now },
		Displays: func() []Display { return b.displays }})
	b.passed = time.Second // later than it was made
	b.wall.passed = func() time.Duration { return b.passed }
	return b
}

func (b *wallBench) open(context.Context) (WallLedger, error) {
	b.opened++
	return WallLedger{Reader: b.ledger, Close: func() error { b.closed++; return nil }}, b.opening
}

func (b *wallBench) show() {
	b.wall.Show()
	b.t.Cleanup(b.wall.Close)
	b.wall.win.Resize(fyne.NewSize(1366, 768))
}

// wait lets time pass, as the wall's timers would notice it.
func (b *wallBench) wait(d time.Duration) {
	for d > 0 {
		step := min(d, time.Second)
		b.passed += step
		b.ledger.now = b.ledger.now.Add(step)
		d -= step
		b.wall.tick()
	}
}

func (b *wallBench) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		b.wall.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k})
	}
}

// texts are all words on the wall.
func (b *wallBench) texts() string {
	var list []string
	for _, s := range b.wall.page.Picture().Shapes {
		if s.Kind == chart.KindText {
			list = append(list, s.Text)
		}
	}
	return strings.Join(list, " ")
}

func (b *wallBench) mustSay(parts ...string) {
	b.t.Helper()
	for _, part := range parts {
		if !strings.Contains(b.texts(), part) {
			b.t.Errorf("the wall does not say %q: %s", part, b.texts())
		}
	}
}

func (b *wallBench) mustShow(p wall.Page) {
	b.t.Helper()
	if b.wall.list != nil || b.wall.turning.Page() != p || !strings.HasPrefix(b.texts(), wall.Title(p)) {
		b.t.Errorf("the wall shows %v, rows %v, want %v: %s", b.wall.turning.Page(), b.wall.list != nil, p, b.texts())
	}
}

func TestWallTurns(t *testing.T) {
	b := newWallBench(t)
	b.show()
	for _, p := range append(wall.Pages, wall.PageSituation) {
		b.mustShow(p)
		b.wait(wall.DefaultEvery)
	}
	b.press(fyne.KeySpace)
	b.wait(10 * wall.DefaultEvery)
	b.mustShow(wall.PagePublicity)
	b.press(fyne.KeySpace, fyne.KeyPageDown)
	b.mustShow(wall.PageIsolation)
	b.press(fyne.KeyLeft)
	b.mustShow(wall.PagePublicity)
	b.wall.win.Canvas().OnTypedRune()('4')
	b.mustShow(wall.PageSupervision)
	b.press(fyne.KeyEscape)
	if !b.wall.closed || b.closed != 1 {
		t.Errorf("after Esc closed %v, the ledger closed %d times", b.wall.closed, b.closed)
	}
}

func TestWallShowsTheRowsBehind(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.press(fyne.KeyPageDown, fyne.KeyReturn)
	if b.wall.list == nil {
		t.Fatal("Enter shows no rows")
	}
	b.mustSay(words.T("wall.entries"), "文化街道")
}

func TestWallReturnsByItself(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.press(fyne.KeyPageDown)
	for _, h := range b.wall.page.Picture().Hits {
		if strings.HasPrefix(h.Key, "item:") {
			b.wall.open(h.Key)
			break
		}
	}
	if b.wall.list == nil {
		t.Fatal("a bar shows no rows")
	}
	b.wait(40 * time.Second)
	b.press(fyne.KeyDown, fyne.KeyDown)
	if b.wall.list.at != 2 {
		t.Errorf("the chosen row is %d, want 2", b.wall.list.at)
	}
	b.wait(59 * time.Second)
	if b.wall.list == nil {
		t.Error("the rows went while somebody looked at them")
	}
	b.wait(2 * time.Second)
	b.mustShow(wall.PagePublicity)
	b.press(fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn)
	if b.wall.list == nil {
		t.Error("Tab and Enter show no rows")
	}
	b.press(fyne.KeyEscape)
	b.mustShow(wall.PagePublicity)
}

func TestWallMarksWhatChanged(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.entry(b.units[0], "宣传单", ledger.DayOf(testNow), 35)
	b.wall.link.feed.changed()
	b.mustSay("＋35 宣传单 文化街道")
	b.wait(9 * time.Second)
	b.mustSay("＋35 宣传单 文化街道")
	b.wait(2 * time.Second)
	if strings.Contains(b.texts(), "＋35") {
		t.Errorf("after ten seconds it is still marked: %s", b.texts())
	}
}

func TestWallCallsForARedAlert(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.mustShow(wall.PageSituation)
	b.record(&ledger.Cases{Count: 40})
	b.wall.link.feed.changed()
	b.mustShow(wall.PageAlerts)
}

// TestWallWithoutItsLedger: the last figures stay with what is wrong, and the wall goes
// on by itself once the ledger can be read.
func TestWallWithoutItsLedger(t *testing.T) {
	b := newWallBench(t)
	b.show()
	gone := ledger.Refuse(ledger.CodeDriveGone, "path", "/media/ledger.db")
	b.ledger.failing, b.opening = gone, gone
	b.wall.link.feed.changed()
	b.mustSay("宁江区", "17:05")
	if b.wall.view.Trouble == "" || b.wall.link != nil || b.closed != 1 {
		t.Fatalf("trouble %q, ledger %v, closed %d", b.wall.view.Trouble, b.wall.link, b.closed)
	}
	if !strings.Contains(strings.ReplaceAll(b.texts(), " ", ""), words.Sentence(gone)[:12]) {
		t.Errorf("the wall does not say what is wrong: %s", b.texts())
	}
	b.wait(wall.DefaultEvery)
	b.mustShow(wall.PagePublicity) // goes on turning
	b.wall.connect()               // as its timer does
	if b.wall.link != nil || b.opened != 2 {
		t.Errorf("opened %d times", b.opened)
	}
	b.ledger.failing, b.opening = nil, nil
	b.entry(b.units[0], "宣传单", ledger.DayOf(testNow), 35)
	b.wall.connect()
	if b.wall.view.Trouble != "" || len(b.wall.view.Changes) != 0 {
		t.Errorf("back: trouble %q, marked %v", b.wall.view.Trouble, b.wall.view.Changes)
	}
}

// TestWallClock: minutes, midnight and a clock that somebody sets are noticed, and
// none of them turns a page.
func TestWallClock(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.press(fyne.KeySpace)
	reads := len(b.ledger.scopes)
	b.wait(time.Minute)
	if n := len(b.ledger.scopes) - reads; n != 1 {
		t.Errorf("%d reads in a minute, want 1", n)
	}
	b.mustSay("17:06")
	for _, set := range []time.Duration{-3 * time.Hour, 50 * time.Hour, -400 * 24 * time.Hour, 24 * time.Hour * 40} {
		b.ledger.now = b.ledger.now.Add(set)
		b.wall.tick()
		if got, want := b.wall.view.Figures.Today, ledger.DayOf(b.ledger.now); got != want {
			t.Errorf("after the clock was set by %v the figures are of %v, want %v", set, got, want)
		}
		b.mustShow(wall.PageSituation)
		b.mustSay(b.ledger.now.Format("15:04"))
	}
	b.ledger.now = time.Date(2026, 12, 31, 23, 59, 58, 0, time.Local)
	b.wall.tick()
	b.wait(4 * time.Second)
	if got := b.wall.view.Figures.Scope.Period.From.String(); got != "2027-01-01" {
		t.Errorf("after the year's end the month begins on %s", got)
	}
}

// TestWallFollowsItsDisplay: unplugged the wall goes to another one, plugged in again
// it comes back, and it takes another resolution.
func TestWallFollowsItsDisplay(t *testing.T) {
	b := newWallBench(t)
	desk := Display{Name: "eDP-1", Width: 1366, Height: 768, Primary: true}
	beam := Display{Name: "HDMI-1", X: 1366, Width: 1920, Height: 1080}
	tv := Display{Name: "HDMI-2", X: 3286, Width: 3840, Height: 2160}
	b.displays = []Display{desk, beam, tv}
	b.wall.place.Display = "3"
	if err := b.wall.CheckDisplay(); err != nil {
		t.Fatal(err)
	}
	if got := b.shell.settings.Get().WallDisplay; got != "HDMI-2" {
		t.Errorf("remembered is %q", got)
	}
	b.show()
	small := tv
	small.Width, small.Height = 1920, 1080
	for i, c := range []struct {
		there []Display
		want  Display
	}{
		{[]Display{desk, beam, tv}, tv}, {[]Display{desk, beam}, beam}, {[]Display{desk}, desk}, {nil, desk},
		{[]Display{desk, tv}, tv}, {[]Display{desk, small}, small},
	} {
		before := b.wall.win
		moved := b.wall.display != c.want
		b.displays = c.there
		b.wall.lookAtDisplays()
		if b.wall.display != c.want || (b.wall.win != before) != moved {
			t.Errorf("%d: on %v with a new window %v, want %v", i, b.wall.display, b.wall.win != before, c.want)
		}
	}
	b.wall.place.Display = "HDMI-9"
	err := b.wall.CheckDisplay()
	if ledger.CodeOf(err) != ledger.CodeDisplayUnknown || !strings.Contains(words.Sentence(err), "HDMI-2 (1920×1080)") {
		t.Errorf("an unknown display: %v", words.Sentence(err))
	}
}

// TestWallIsStill: nothing is drawn while nothing changes.
func TestWallIsStill(t *testing.T) {
	b := newWallBench(t)
	b.show()
	b.press(fyne.KeySpace)
	b.wait(5 * time.Second)
	stamp := b.wall.drawn
	drawn := 0
	whole := b.wall.page
	whole.SetLayout(func(w, h float64, m chart.Measure) chart.Picture {
		drawn++
		return b.wall.layout(w, h, m)
	})
	drawn = 0
	b.wait(30 * time.Second)
	if drawn != 0 || b.wall.drawn != stamp {
		t.Errorf("drawn %d times in half a minute of nothing", drawn)
	}
}
