package wall_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"taizhang/app/chart"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	"taizhang/app/words"
)

// displays are the sizes that pages are tried at, 4:3 to 32:9.
var displays = [][2]float64{{1024, 768}, {1366, 768}, {1920, 1080}, {2560, 1080}, {3840, 1080}, {3840, 2160}}

// eachPage lays every page out, on every display, in every language and state.
func eachPage(t *testing.T, f *typeface, check func(t *testing.T, p wall.Page, v wall.View, pic chart.Picture)) {
	t.Helper()
	defer words.Use(words.Current())
	for _, l := range words.Languages {
		words.Use(l)
		for _, c := range trial.Cases() {
			for _, d := range displays {
				for i, p := range wall.Pages {
					t.Run(fmt.Sprintf("%s/%s/%vx%v/%s", l, c.Name, d[0], d[1], p), func(t *testing.T) {
						v := c.View
						v.Shift = wall.ShiftOf(i+2, d[1])
						check(t, p, v, wall.Layout(p, v, chart.Frame{W: d[0], H: d[1], Measure: f.measure}))
					})
				}
			}
		}
	}
}

// TestPagesAreSound is what a room cannot forgive: text that is cut, outside, on other
// text, too small, or on a fill that it was not coloured for.
func TestPagesAreSound(t *testing.T) {
	f := newTypeface(t)
	eachPage(t, f, func(t *testing.T, p wall.Page, v wall.View, pic chart.Picture) {
		texts := textsOf(t, f, pic)
		for i, a := range texts {
			for _, b := range texts[:i] {
				if a.ink.meets(b.ink, 0) {
					t.Errorf("%q at %v meets %q at %v", a.Text, a.ink, b.Text, b.ink)
				}
			}
			if !(box{0, 0, pic.W, pic.H}).holds(a.ink) {
				t.Errorf("%q at %v is outside of %v x %v", a.Text, a.ink, pic.W, pic.H)
			}
			if strings.ContainsAny(a.Text, "…⟨⟩") {
				t.Errorf("%q is cut or has no text", a.Text)
			}
			grounded(t, a, pic)
		}
		for _, h := range pic.Hits {
			if h.X < -8 || h.Y < -8 || h.X+h.W > pic.W+8 || h.Y+h.H > pic.H+8 {
				t.Errorf("hit %+v is outside", h)
			}
			_, dot := wall.OpenPage(h.Key)
			if _, ok := wall.Open(h.Key, v.Figures); !ok && !dot {
				t.Errorf("%q opens nothing", h.Key)
			}
		}
		if pic.Missing > 0 {
			t.Errorf("%d data have no place at all", pic.Missing)
		}
	})
}

// TestSizesCarryEightMetres: ink of at least 1/40 of the height in every text, and of
// 1/10 in the main figure.
func TestSizesCarryEightMetres(t *testing.T) {
	f := newTypeface(t)
	eachPage(t, f, func(t *testing.T, p wall.Page, v wall.View, pic chart.Picture) {
		main := 0.0
		for _, s := range textsOf(t, f, pic) {
			if s.ink.high() < pic.H/40 && strings.ContainsFunc(s.Text, tall) {
				t.Errorf("%q of size %v is %.1f high, below %.1f", s.Text, s.Size, s.ink.high(), pic.H/40)
			}
			main = max(main, s.ink.high())
		}
		if main < pic.H/10 && wall.HasSomething(p, v.Figures) {
			t.Errorf("the main figure is %.1f high, below %.1f", main, pic.H/10)
		}
	})
}

// tall reports whether a character is one that is as high as its size allows: a digit,
// a capital or Chinese.
func tall(r rune) bool {
	return r != '一' && (unicode.IsDigit(r) || unicode.IsUpper(r) || unicode.Is(unicode.Han, r))
}

type text struct {
	chart.Shape
	ink box
	at  int // in the picture
}

func textsOf(t *testing.T, f *typeface, pic chart.Picture) (list []text) {
	t.Helper()
	for i, s := range pic.Shapes {
		if s.Kind != chart.KindText {
			continue
		}
		b, ok := f.ink(s)
		if !ok {
			t.Errorf("%+v has no ink", s)
			continue
		}
		list = append(list, text{s, b, i})
	}
	return list
}

// grounded checks that a text lies wholly on the fill that it says it does, and on no
// other: its colour was chosen for that. Veils are thin enough for any text.
func grounded(t *testing.T, a text, pic chart.Picture) {
	t.Helper()
	on := chart.RoleGround
	for _, s := range pic.Shapes[:a.at] {
		if s.Kind == chart.KindText || s.Kind == chart.KindLine || s.Stroke > 0 || veil(s) || s.Role == chart.RoleGround {
			continue
		}
		b := box{s.X, s.Y, s.X + s.W, s.Y + s.H}
		switch {
		case !a.ink.meets(b, 0):
		case s.Role == a.On && b.holds(a.ink):
			on = s.Role
		default:
			t.Errorf("%q at %v lies partly on %+v", a.Text, a.ink, s)
		}
	}
	for _, s := range pic.Shapes {
		for _, edge := range edges(s) {
			if a.ink.meets(edge, 0) {
				t.Errorf("%q at %v is crossed by an edge of %+v", a.Text, a.ink, s)
			}
		}
	}
	for _, s := range pic.Shapes[a.at+1:] {
		if b := (box{s.X, s.Y, s.X + s.W, s.Y + s.H}); s.Kind != chart.KindText && s.Kind != chart.KindLine && s.Stroke == 0 && !veil(s) && a.ink.meets(b, 0) {
			t.Errorf("%q at %v lies under %+v", a.Text, a.ink, s)
		}
	}
	if a.On != on {
		t.Errorf("%q is coloured for a fill of role %d, which is not there", a.Text, a.On)
	}
}

// veil reports whether a shape is thin enough for any text under or on it.
func veil(s chart.Shape) bool { return s.Opacity > 0 && s.Opacity < 0.2 }

// edges are the four strokes of an outline.
func edges(s chart.Shape) []box {
	if s.Stroke == 0 || s.Kind == chart.KindLine {
		return nil
	}
	w, right, bottom := s.Stroke, s.X+s.W, s.Y+s.H
	return []box{{s.X, s.Y, right, s.Y + w}, {s.X, bottom - w, right, bottom}, {s.X, s.Y, s.X + w, bottom}, {right - w, s.Y, right, bottom}}
}

// TestNothingReadPromisesNothing: before the first figures no page says that all is
// well, nor that anybody has not reported.
func TestNothingReadPromisesNothing(t *testing.T) {
	f := newTypeface(t)
	for _, p := range wall.Pages {
		for trouble, want := range map[string]string{"": words.T("wall.reading"), "找不到磁盘": words.T("wall.unread")} {
			pic := wall.Layout(p, wall.View{Now: trial.Now, Trouble: trouble, Since: trial.Now}, chart.Frame{W: 1920, H: 1080, Measure: f.measure})
			said := ""
			for _, s := range pic.Shapes {
				said += s.Text
			}
			if !strings.Contains(said, want) || strings.Contains(said, words.T("wall.alerts.none")) || strings.Contains(said, words.T("count.unstated")) {
				t.Errorf("%v with nothing read says %s", p, said)
			}
			if trouble != "" && !strings.Contains(said, trouble) {
				t.Errorf("%v does not say %s: %s", p, trouble, said)
			}
		}
	}
}
