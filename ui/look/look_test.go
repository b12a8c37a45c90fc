package look

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func newApp(t *testing.T, v Variant) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(v))
	return app
}

// golden compares a picture of content with testdata/name.png. After a wanted change look
// at testdata/failed/name.png and copy it over the old one.
func golden(t *testing.T, name string, content fyne.CanvasObject, size fyne.Size) {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(size)
	test.AssertImageMatches(t, name+".png", w.Canvas().Capture())
}

func sampleCard() fyne.CanvasObject {
	foot := container.NewHBox(NewBadge(Good, "已报"), Quiet("截至 17:05 · 18/23 单位已报"))
	body := container.NewVBox(NewFigure("3,681", "幅", SizeFigure), foot)
	return OnGround(Inset(CardTitled("宣传条幅", NewButton("更多", nil, Plain, nil), body), Gap))
}

func TestPictureOfCard(t *testing.T) {
	for name, v := range map[string]Variant{"card-light": Light, "card-dark": Dark} {
		newApp(t, v)
		golden(t, name, sampleCard(), fyne.NewSize(320, 192))
	}
}

func TestPictureOfSmallPieces(t *testing.T) {
	for name, v := range map[string]Variant{"pieces-light": Light, "pieces-dark": Dark} {
		newApp(t, v)
		badges := container.NewHBox(NewBadge(Neutral, "未报"), NewBadge(Info, "核对"),
			NewBadge(Good, "已报"), NewBadge(Warn, "迟报"), NewBadge(Bad, "超期"))
		off := NewButton("停用", nil, Secondary, nil)
		off.Disable()
		buttons := container.NewHBox(NewButton("录入", theme.ContentAddIcon(), Primary, nil),
			NewButton("导出", nil, Secondary, nil), NewButton("作废", nil, Danger, nil), off,
			NewIconButton(theme.SearchIcon(), "查找", nil))
		short := container.NewGridWrap(fyne.NewSize(120, 24), Body("宁江区新冠肺炎疫情防控指挥部").Truncated())
		stale := NewFigure("未报", "", SizeTitle)
		stale.SetStale(true)
		figures := container.NewHBox(NewFigure("35万", "份", SizeTitle), stale)
		column := container.NewVBox(badges, buttons,
			NewSegments([]string{"今日", "本周", "本月", "本年"}, 2, nil), short, figures)
		golden(t, name, OnGround(Inset(column, Gap)), fyne.NewSize(400, 240))
	}
}

func TestFacesAreEmbeddedForEveryStyle(t *testing.T) {
	th := New(Light)
	for _, style := range []fyne.TextStyle{{}, {Monospace: true}, {Italic: true}} {
		if th.Font(style) != RegularFace() {
			t.Errorf("%+v is not the embedded regular", style)
		}
	}
	for _, style := range []fyne.TextStyle{{Bold: true}, {Bold: true, Monospace: true}} {
		if th.Font(style) != BoldFace() {
			t.Errorf("%+v is not the embedded bold", style)
		}
	}
}

func TestDigitsHaveOneWidth(t *testing.T) {
	newApp(t, Light)
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		want := fyne.MeasureText("00000000", 100, style).Width
		for _, digits := range []string{"11111111", "88888888", "12345679"} {
			if got := fyne.MeasureText(digits, 100, style).Width; got != want {
				t.Errorf("%s is %v wide, 00000000 is %v", digits, got, want)
			}
		}
	}
}

// TestSignsAreInTheTypeface: a missing sign would come from whatever font the PC has.
func TestSignsAreInTheTypeface(t *testing.T) {
	newApp(t, Light)
	for _, face := range []fyne.Resource{RegularFace(), BoldFace()} {
		box := drawnIn(t, face, "\uE000") // in no face: drawn as the replacement sign
		for _, sign := range "▲▼●○◆■□✓✕×＋－…·→←↑↓⏎√≥≤△▽◎★☆①⑩㎡℃‰、。《》“”" {
			if drawnIn(t, face, string(sign)) == box {
				t.Errorf("%c is not in %s", sign, face.Name())
			}
		}
	}
}

// drawnIn is a picture of one sign as a string, to be compared with others.
func drawnIn(t *testing.T, face fyne.Resource, s string) string {
	t.Helper()
	text := &canvas.Text{Text: s, TextSize: 20, Color: color.Black, FontSource: face}
	w := test.NewTempWindow(t, text)
	w.Resize(fyne.NewSize(40, 40))
	img := w.Canvas().Capture()
	var out []byte
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, _, _, _ := img.At(x, y).RGBA()
			out = append(out, byte(r>>8))
		}
	}
	return string(out)
}

func TestThemeFollowsSystemOnlyWhenAsked(t *testing.T) {
	for _, c := range []struct {
		v      Variant
		system fyne.ThemeVariant
		want   bool
	}{
		{FollowSystem, theme.VariantDark, true}, {FollowSystem, theme.VariantLight, false},
		{Light, theme.VariantDark, false}, {Dark, theme.VariantLight, true},
	} {
		want := In(c.want, ColourGround)
		if got := New(c.v).Color(theme.ColorNameBackground, c.system); got != want {
			t.Errorf("variant %d on system %d: ground %v, want %v", c.v, c.system, got, want)
		}
	}
}

func TestEveryFyneColourIsOurs(t *testing.T) {
	for name := range aliases {
		if New(Light).Color(name, theme.VariantLight) == rgb(0xFF00FF) {
			t.Errorf("%s is aliased to a colour that does not exist", name)
		}
	}
}

func TestLabelFollowsTheTheme(t *testing.T) {
	app := newApp(t, Light)
	l := Body("总览")
	w := test.NewTempWindow(t, l)
	drawn := test.WidgetRenderer(l).Objects()[0].(*canvas.Text)
	if drawn.Color != In(false, ColourText) {
		t.Fatalf("light text is %v", drawn.Color)
	}
	app.Settings().SetTheme(New(Dark))
	if drawn.Color != In(true, ColourText) {
		t.Errorf("after the change to dark text is %v", drawn.Color)
	}
	_ = w
}

func TestLabelUnderItsOwnTheme(t *testing.T) {
	newApp(t, Light)
	l := Body("大屏")
	least := l.MinSize().Height
	test.NewTempWindow(t, container.NewThemeOverride(l, New(Dark).Scaled(3)))
	drawn := test.WidgetRenderer(l).Objects()[0].(*canvas.Text)
	if drawn.Color != In(true, ColourText) {
		t.Errorf("text under a dark override is %v", drawn.Color)
	}
	if got := l.MinSize().Height; got < 2.9*least {
		t.Errorf("text three times as large is %v high, was %v", got, least)
	}
}

func TestShorten(t *testing.T) {
	newApp(t, Light)
	whole := "宁江区疫情防控指挥部"
	wide := fyne.MeasureText(whole, SizeBody, fyne.TextStyle{}).Width
	if got := Shorten(whole, SizeBody, false, wide); got != whole {
		t.Errorf("text that fits became %q", got)
	}
	if got := Shorten(whole, SizeBody, false, 5*SizeBody); got != "宁江区疫…" {
		t.Errorf("five characters wide gave %q", got)
	}
	if got := Shorten(whole, SizeBody, false, 1); got != "…" {
		t.Errorf("no room gave %q", got)
	}
	if got := Shorten("", SizeBody, false, 0); got != "" {
		t.Errorf("nothing gave %q", got)
	}
}

func TestTruncatedLabelShowsItAllAgainWhenWider(t *testing.T) {
	newApp(t, Light)
	l := Body("宁江区疫情防控指挥部").Truncated()
	test.NewTempWindow(t, container.NewWithoutLayout(l))
	drawn := test.WidgetRenderer(l).Objects()[0].(*canvas.Text)
	l.Resize(fyne.NewSize(60, 20))
	if drawn.Text == l.Text() {
		t.Error("not shortened at 60")
	}
	l.Resize(fyne.NewSize(400, 20))
	if drawn.Text != l.Text() {
		t.Errorf("at 400 still %q", drawn.Text)
	}
}

func TestButtonIsPressedByPointerAndKeyboardUnlessDisabled(t *testing.T) {
	newApp(t, Light)
	pressed := 0
	b := NewButton("录入", nil, Primary, func() { pressed++ })
	test.NewTempWindow(t, b)
	test.Tap(b)
	b.TypedRune(' ')
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
	b.Disable()
	test.Tap(b)
	b.TypedRune(' ')
	if pressed != 3 {
		t.Error("a disabled button was pressed")
	}
}

func TestSegmentsChoose(t *testing.T) {
	newApp(t, Light)
	var chosen []int
	s := NewSegments([]string{"今日", "本周", "本月"}, 0, func(i int) { chosen = append(chosen, i) })
	test.NewTempWindow(t, s)
	third := s.widths()[0] + s.widths()[1] + 5
	test.TapAt(s, fyne.NewPos(third, 5))
	test.TapAt(s, fyne.NewPos(third, 5))
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	s.SetSelected(0)
	if len(chosen) != 2 || chosen[0] != 2 || chosen[1] != 1 || s.Selected() != 0 {
		t.Errorf("told %v, selected %d", chosen, s.Selected())
	}
}

func TestPiecesWorkUnderForeignTheme(t *testing.T) {
	test.NewTempApp(t)
	test.NewTempWindow(t, container.NewVBox(sampleCard(), widget.NewEntry()))
}

// TestUnusedKeysGoOnToTheWindow presses keys on focused pieces: those that a
// piece has no use for must reach the window, the others must not.
func TestUnusedKeysGoOnToTheWindow(t *testing.T) {
	newApp(t, Light)
	button, icon := NewButton("录入", nil, Primary, nil), NewIconButton(theme.SearchIcon(), "查找", nil)
	segments := NewSegments([]string{"今日", "本周"}, 0, nil)
	w := test.NewTempWindow(t, container.NewHBox(button, icon, segments))
	var keys []fyne.KeyName
	var runes []rune
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) { keys = append(keys, k.Name) })
	w.Canvas().SetOnTypedRune(func(r rune) { runes = append(runes, r) })
	own := map[fyne.Focusable]fyne.KeyName{button: fyne.KeyReturn, icon: fyne.KeyEnter, segments: fyne.KeyRight}
	for piece, used := range own {
		keys, runes = nil, nil
		w.Canvas().Focus(piece)
		for _, k := range []fyne.KeyName{fyne.KeyF1, used, fyne.KeyF5, fyne.KeyEscape} {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
		w.Canvas().Focused().TypedRune('2')
		if want := []fyne.KeyName{fyne.KeyF1, fyne.KeyF5, fyne.KeyEscape}; !slices.Equal(keys, want) {
			t.Errorf("%T passes on %v, want %v", piece, keys, want)
		}
		if string(runes) != "2" {
			t.Errorf("%T passes on the runes %q", piece, string(runes))
		}
		if _, ok := piece.(fyne.Shortcutable); ok {
			t.Errorf("%T takes shortcuts away from the window", piece)
		}
	}
}
