package plot

import (
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/ui/look"
)

// shown puts a chart of 400 by 240 at the window's corner.
func shown(t testing.TB, l Layout) (*Chart, fyne.Window) {
	t.Helper()
	test.NewApp()
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Light))
	c := NewChart(l)
	w := test.NewWindow(container.NewWithoutLayout(c))
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(420, 260))
	c.Resize(fyne.NewSize(400, 240))
	return c, w
}

func middle(c *Chart, key string) fyne.Position {
	for _, h := range c.Picture().Hits {
		if h.Key == key {
			return fyne.NewPos(float32(h.X+h.W/2), float32(h.Y+h.H/2))
		}
	}
	return fyne.NewPos(-1, -1)
}

func TestClickOpensThePart(t *testing.T) {
	c, w := shown(t, in(sampleSites(), 14))
	var got []string
	c.OnOpen = func(key string) { got = append(got, key) }
	for _, key := range []string{"c0", "b", "d"} {
		at := middle(c, key)
		if key == "b" {
			at.X = 2 // its name: the middle lies on one of its parts
		}
		test.TapCanvas(w.Canvas(), at)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(2, 2)) // the legend opens nothing
	if fmt.Sprint(got) != "[c0 b d]" {
		t.Fatalf("opened %v", got)
	}
}

func TestPointerShowsHandAndTip(t *testing.T) {
	c, w := shown(t, in(sampleBars(), 14))
	c.OnOpen = func(string) {}
	if c.Cursor() != desktop.DefaultCursor {
		t.Fatal("a hand over nothing")
	}
	test.MoveMouse(w.Canvas(), middle(c, "省市报刊"))
	if c.Cursor() != desktop.PointerCursor || c.shown.words.Hidden || c.shown.words.Text != "省市报刊 61 篇" {
		t.Fatalf("tip %q, hidden %v", c.shown.words.Text, c.shown.words.Hidden)
	}
	if p, s := c.shown.tip.Position(), c.shown.tip.Size(); p.X < 0 || p.Y < 0 || p.X+s.Width > 400 || p.Y+s.Height > 240 {
		t.Fatalf("the tip lies outside: %v %v", p, s)
	}
	c.MouseOut()
	if !c.shown.tip.Hidden || !c.shown.veil.Hidden || c.Cursor() != desktop.DefaultCursor {
		t.Fatal("the marks stay after the pointer has left")
	}
}

func TestKeyboardWalksAndOpens(t *testing.T) {
	c, w := shown(t, in(sampleDays(), 14))
	var got []string
	c.OnOpen = func(key string) { got = append(got, key) }
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != c || c.shown.ring.Hidden {
		t.Fatal("Tab does not reach the chart")
	}
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn, fyne.KeyLeft, fyne.KeySpace} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if fmt.Sprint(got) != "[网络宣传1 网络宣传0]" {
		t.Fatalf("opened %v", got)
	}
	w.Canvas().Unfocus()
	if !c.shown.ring.Hidden {
		t.Fatal("the ring stays without focus")
	}
}

func TestUnusedKeysGoOnToTheWindow(t *testing.T) {
	c, w := shown(t, in(sampleDays(), 14))
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { got = append(got, k.Name) })
	w.Canvas().Focus(c)
	for _, k := range []fyne.KeyName{fyne.KeyF1, fyne.KeyRight, fyne.KeyEnd, fyne.KeyF5, fyne.KeySpace, fyne.KeyEscape} {
		c.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if fmt.Sprint(got) != "[F1 F5 Escape]" {
		t.Errorf("the chart passes on %v", got)
	}
	if _, ok := any(c).(fyne.Shortcutable); ok {
		t.Error("the chart takes shortcuts away from the window")
	}
}

func TestUpdateKeepsObjectsAndPlace(t *testing.T) {
	bars := sampleBars()
	c, _ := shown(t, in(bars, 14))
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	key := c.key(c.cursor)
	before := map[fyne.CanvasObject]bool{}
	for _, o := range c.shown.Objects() {
		before[o] = true
	}
	for range 50 {
		c.SetLayout(in(bars, 14))
	}
	for _, o := range c.shown.Objects() {
		if !before[o] {
			t.Fatalf("a new %T for the same picture", o)
		}
	}
	if len(before) != len(c.shown.Objects()) || c.key(c.cursor) != key {
		t.Fatalf("%d objects became %d; at %q, was %q", len(before), len(c.shown.Objects()), c.key(c.cursor), key)
	}
	c.SetLayout(nil)
	if c.cursor != -1 || c.hover != -1 || len(c.Picture().Hits) != 0 {
		t.Fatal("an empty chart keeps a place")
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestThemeChangeRepaints(t *testing.T) {
	test.NewApp()
	c := NewChart(in(sampleStates(), 14))
	light := shoot(t, c, 300, 100, false)
	dark := shoot(t, c, 300, 100, true)
	again := shoot(t, c, 300, 100, false)
	if same(light, dark) {
		t.Fatal("the dark theme changed nothing")
	}
	if !same(light, again) {
		t.Fatal("the chart does not come back to the light colours")
	}
}

func same(a, b image.Image) bool {
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// TestWordsCanBeRead checks text on its ground and on every fill it can stand
// on: 4.5:1 on desks, 7:1 on the wall for text on the ground.
func TestWordsCanBeRead(t *testing.T) {
	for name, c := range map[string]*colours{"light": lightColours, "dark": darkColours} {
		least := map[string]float64{"light": 4.5, "dark": 7}[name]
		for _, r := range []chart.Role{chart.RoleText, chart.RoleQuiet, chart.RoleGood, chart.RoleWarn, chart.RoleBad, chart.RoleStructure, chart.RoleHighlight} {
			if got := contrast(c.word[r], c.fill[chart.RoleGround]); got < least {
				t.Errorf("%s: word of role %d has %.1f:1 on the ground", name, r, got)
			}
		}
		for r := range chart.Roles {
			if got := contrast(c.ink[r], c.fill[r]); got < 4.5 {
				t.Errorf("%s: text on a fill of role %d has %.1f:1", name, r, got)
			}
		}
	}
}

func BenchmarkUpdateFourCharts(b *testing.B) {
	test.NewApp()
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Light))
	var charts []*Chart
	box := container.NewWithoutLayout()
	for _, l := range []layouter{sampleBars(), sampleDays(), sampleSites(), sampleStates()} {
		c := NewChart(in(l, 14))
		box.Add(c)
		charts = append(charts, c)
	}
	w := test.NewWindow(box)
	defer w.Close()
	for _, c := range charts {
		c.Resize(fyne.NewSize(560, 300))
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, c := range charts {
			c.Refresh()
		}
	}
}
