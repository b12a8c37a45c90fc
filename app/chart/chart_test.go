package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// fakeMeasure is a font whose CJK characters are square, with the tall boxes
// that CJK fonts report.
func fakeMeasure(text string, size float64, bold bool) (w, h float64) {
	for _, r := range text {
		if r < 0x2000 {
			w += size * 0.55
		} else {
			w += size
		}
	}
	return w, size * 1.45
}

func frame(w, h, size float64) Frame { return Frame{W: w, H: h, Type: size, Measure: fakeMeasure} }

var testWords = Words{About: "约", Missing: "未报", Other: func(n int) string { return fmt.Sprintf("其他 %d 项 →", n) }}

func drawFrame(t *rapid.T) Frame {
	size := rapid.Float64Range(6, 60).Draw(t, "type")
	f := frame(rapid.Float64Range(0, 1200).Draw(t, "w"), rapid.Float64Range(0, 700).Draw(t, "h"), size)
	f.Wrap = rapid.Bool().Draw(t, "wrap")
	f.Least = size * rapid.SampledFrom([]float64{0, 0.9, 1}).Draw(t, "least")
	return f
}

func drawText(t *rapid.T, name string) string {
	return rapid.StringOfN(rapid.RuneFrom([]rune("宣传条幅网络信息ab 1")), 0, 14, -1).Draw(t, name)
}

func drawAmount(t *rapid.T, name string) Amount {
	return Amount{
		Value: float64(rapid.OneOf(rapid.Just(0), rapid.IntRange(0, 500), rapid.IntRange(0, 400000)).Draw(t, name)),
		Known: rapid.IntRange(0, 4).Draw(t, name+" known") > 0,
		About: rapid.Bool().Draw(t, name+" about"),
	}
}

func drawBars(t *rapid.T) Bars {
	b := Bars{Words: testWords}
	for g := range rapid.IntRange(0, 4).Draw(t, "groups") {
		group := BarGroup{Name: drawText(t, "group"), Note: drawText(t, "note"), Key: fmt.Sprint("g", g), Role: Series(g)}
		for r := range rapid.IntRange(0, 12).Draw(t, "rows") {
			group.Rows = append(group.Rows, Bar{Key: fmt.Sprint(g, ".", r), Name: drawText(t, "name"),
				Now: drawAmount(t, "now"), Last: drawAmount(t, "last"), Unit: rapid.SampledFrom([]string{"条", "份", "人次"}).Draw(t, "unit"),
				Changed: rapid.Bool().Draw(t, "changed"), Delta: "＋35"})
		}
		b.Groups = append(b.Groups, group)
	}
	return b
}

func drawDays(t *rapid.T) Days {
	n := rapid.IntRange(0, 40).Draw(t, "days")
	d := Days{Today: rapid.IntRange(-2, n).Draw(t, "today"), Words: testWords,
		Over: rapid.Bool().Draw(t, "over")}
	for i := range n {
		d.Labels = append(d.Labels, fmt.Sprintf("11-%02d", i))
	}
	for s := range rapid.IntRange(0, 4).Draw(t, "series") {
		series := DaySeries{Name: drawText(t, "name"), Note: drawText(t, "note"), Key: fmt.Sprint("s", s), Role: Series(s)}
		for i := range rapid.IntRange(0, n).Draw(t, "known days") {
			series.Days = append(series.Days, Day{Key: fmt.Sprint(s, ".", i), Now: drawAmount(t, "now"), Last: drawAmount(t, "last"),
				Changed: i%7 == 3, Delta: "＋3"})
		}
		d.Series = append(d.Series, series)
	}
	return d
}

func drawSites(t *rapid.T) Sites {
	s := Sites{Words: testWords, States: []SiteState{{"可用", RoleGood}, {"在住", RoleStructure}, {"消毒", RoleWarn}}}
	for g := range rapid.IntRange(0, 3).Draw(t, "groups") {
		group := SiteGroup{Name: drawText(t, "group"), Note: drawText(t, "note"), Key: fmt.Sprint("g", g)}
		for i := range rapid.IntRange(0, 8).Draw(t, "sites") {
			site := Site{Key: fmt.Sprint(g, ".", i), Name: drawText(t, "name"), Total: "4/6", Age: drawText(t, "age"),
				Reported: rapid.Bool().Draw(t, "reported"), Stale: i%2 == 0, Changed: i%3 == 0}
			for r := range 3 {
				site.Rooms = append(site.Rooms, Rooms{Key: fmt.Sprint(g, ".", i, ".", r), Now: drawAmount(t, "rooms")})
			}
			group.Sites = append(group.Sites, site)
		}
		s.Groups = append(s.Groups, group)
	}
	return s
}

func drawStates(t *rapid.T) States {
	s := States{Words: testWords, Empty: "没有问题"}
	for i := range rapid.IntRange(0, 6).Draw(t, "parts") {
		part := State{Key: fmt.Sprint("p", i), Name: drawText(t, "name"), Role: Series(i), Now: drawAmount(t, "now"),
			Changed: i == 1, Delta: "＋1"}
		part.Marked = Mark{Key: fmt.Sprint("m", i), Name: "超期", Role: RoleBad, Now: drawAmount(t, "marked")}
		s.Parts = append(s.Parts, part)
	}
	return s
}

type layouter interface{ Layout(Frame) Picture }

func TestPicturesAreSound(t *testing.T) {
	draws := map[string]func(*rapid.T) layouter{
		"bars":   func(t *rapid.T) layouter { return drawBars(t) },
		"days":   func(t *rapid.T) layouter { return drawDays(t) },
		"sites":  func(t *rapid.T) layouter { return drawSites(t) },
		"states": func(t *rapid.T) layouter { return drawStates(t) },
		"spark": func(t *rapid.T) layouter {
			s := Spark{Role: Series(0)}
			for i := range rapid.IntRange(0, 40).Draw(t, "points") {
				s.Points = append(s.Points, Point{Key: fmt.Sprint(i), Now: drawAmount(t, "now")})
			}
			return s
		},
		"proportion": func(t *rapid.T) layouter {
			return Proportion{Key: "k", N: drawAmount(t, "n"), Whole: drawAmount(t, "whole"), Target: drawAmount(t, "target")}
		},
		"ring": func(t *rapid.T) layouter { return Ring(drawStates(t)) },
	}
	for name, draw := range draws {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				f := drawFrame(t)
				sound(t, f, draw(t).Layout(f))
			})
		})
	}
}

// sound fails when a shape or hit lies outside, texts meet, a text is not the
// size it is said to be, or a coordinate is not a number.
func sound(t *rapid.T, f Frame, p Picture) {
	var texts []Shape
	for _, s := range p.Shapes {
		x, y, w, h := s.X, s.Y, s.W, s.H
		if s.Kind == KindLine {
			x, y, w, h = min(x, x+w), min(y, y+h), math.Abs(w), math.Abs(h)
		}
		side := 0.0
		if s.Role == RoleHighlight && (s.Kind == KindRoundRect || s.Kind == KindRect) {
			side = f.Type*bleed + 1
		}
		if s.Kind == KindText {
			x, y, w, h = s.Ink()
			texts = append(texts, s)
			if tw, th := f.Measure(s.Text, s.Size, s.Bold); s.Text == "" || tw != s.W || th != s.H {
				t.Fatalf("text %q has box %v x %v, measured %v x %v", s.Text, s.W, s.H, tw, th)
			}
		} else if s.Kind != KindLine && (w <= 0 || h <= 0) {
			t.Fatalf("%+v is empty", s)
		}
		const e = 0.51 // less than a unit: texts are not on the grid
		if !(x >= -side-e && y >= -e && x+w <= p.W+side+e && y+h <= p.H+e) {
			t.Fatalf("%+v lies outside %v x %v", s, p.W, p.H)
		}
		if (s.Kind == KindRect) && (s.X != math.Round(s.X) || s.Y != math.Round(s.Y) || s.W != math.Round(s.W) || s.H != math.Round(s.H)) {
			t.Fatalf("%+v is off the grid", s)
		}
	}
	for i, a := range texts {
		for _, b := range texts[:i] {
			if meet(a, b) {
				t.Fatalf("texts meet:\n%+v\n%+v", a, b)
			}
		}
	}
	for _, h := range p.Hits {
		if h.Key == "" || h.W <= 0 || h.H <= 0 || h.X < 0 || h.Y < 0 || h.X+h.W > p.W || h.Y+h.H > p.H {
			t.Fatalf("hit %+v is outside %v x %v or empty", h, p.W, p.H)
		}
	}
}

func meet(a, b Shape) bool {
	ax, ay, aw, ah := a.Ink()
	bx, by, bw, bh := b.Ink()
	// Rounding rows to units may bring ink boxes, which are generous, this close.
	const e = 1.01
	return ax+aw > bx+0.01 && bx+bw > ax+0.01 && ay+ah > by+e && by+bh > ay+e
}

func rects(p Picture, role Role) (out []Shape) {
	for _, s := range p.Shapes {
		if s.Kind == KindRect && s.Role == role && (s.Opacity == 0 || s.Opacity == 1) {
			out = append(out, s)
		}
	}
	return out
}

func hitFor(p Picture, key string) (Hit, bool) {
	for _, h := range p.Hits {
		if h.Key == key {
			return h, true
		}
	}
	return Hit{}, false
}

func TestBarsAreProportionalWithinAMeasureWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBars(t)
		for g := range b.Groups {
			b.Groups[g].Role = Series(g)
		}
		p := b.Layout(frame(900, 2000, 14))
		unit := map[string]float64{}
		for g, group := range b.Groups {
			bars := rects(p, Series(g))
			at := 0
			for _, r := range group.Rows {
				if r.Now.size() == 0 {
					continue
				}
				bar := bars[at]
				at++
				h, ok := hitFor(p, r.Key)
				if !ok || bar.X < h.X || bar.Y < h.Y || bar.X+bar.W > h.X+h.W || bar.Y+bar.H > h.Y+h.H {
					t.Fatalf("hit %+v does not cover bar %+v", h, bar)
				}
				if u := bar.W / r.Now.size(); bar.W > 40 && unit[r.Unit] == 0 {
					unit[r.Unit] = u
				} else if u := unit[r.Unit]; u > 0 && math.Abs(bar.W-u*r.Now.size()) > 1.2+u*r.Now.size()/40 {
					t.Fatalf("%v %s is %v long, want about %v", r.Now.Value, r.Unit, bar.W, u*r.Now.size())
				}
			}
			if at != len(bars) {
				t.Fatalf("group %d has %d bars for %d figures above 0", g, len(bars), at)
			}
		}
	})
}

func TestBarsShareOneZero(t *testing.T) {
	b := Bars{Groups: []BarGroup{{Role: Series(0), Rows: []Bar{
		{Name: "a", Now: Known(10), Last: Known(5), Unit: "条"}, {Name: "b", Now: Known(100), Unit: "份"}}}}}
	p := b.Layout(frame(400, 100, 14))
	bars := rects(p, Series(0))
	if len(bars) != 2 || bars[0].X != bars[1].X || bars[0].W != bars[1].W {
		t.Fatalf("the largest of each measure word should fill the track from one zero: %+v", bars)
	}
	for _, s := range p.Shapes {
		if s.Kind == KindRect && s.Role == RoleQuiet && (s.X != bars[0].X || math.Abs(s.W*2-bars[0].W) > 2) {
			t.Fatalf("last period's bar %+v should be half of %+v", s, bars[0])
		}
	}
}

func TestBarsFoldTheSmallest(t *testing.T) {
	group := BarGroup{Name: "社会宣传", Key: "all"}
	for i := range 20 {
		group.Rows = append(group.Rows, Bar{Key: fmt.Sprint(i), Name: fmt.Sprint("row", i), Now: Known(float64(i * i % 17)), Unit: "条"})
	}
	p := Bars{Groups: []BarGroup{group}, Words: testWords}.Layout(frame(400, 19*6, 14))
	var names []string
	for _, s := range p.Shapes {
		if s.Kind == KindText && (strings.HasPrefix(s.Text, "row") || strings.HasPrefix(s.Text, "其他")) {
			names = append(names, s.Text)
		}
	}
	if got := strings.Join(names, " "); got != "row4 row7 row10 row13 其他 16 项 →" || p.Missing != 0 {
		t.Fatalf("%s, missing %d", got, p.Missing)
	}
}

func TestMissingDayHasNoBar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDays(t)
		f := frame(900, 500, 14)
		p := d.Layout(f)
		for s, series := range d.Series {
			bars := rects(p, Series(s))
			want := 0
			for i, day := range series.Days {
				h, ok := hitFor(p, day.Key)
				if p.Missing > 0 {
					continue
				}
				if !ok {
					t.Fatalf("day %d has no hit", i)
				}
				inside := 0
				for _, b := range bars {
					if b.X >= h.X && b.X < h.X+h.W {
						inside++
						if b.X+b.W > h.X+h.W || b.Y < h.Y || b.Y+b.H > h.Y+h.H {
							t.Fatalf("bar %+v sticks out of hit %+v", b, h)
						}
					}
				}
				for _, shape := range p.Shapes {
					if !day.Now.Known && shape.Role == Series(s) && shape.Kind != KindText && shape.X >= h.X && shape.X < h.X+h.W {
						t.Fatalf("unknown day %d is drawn as %+v", i, shape)
					}
				}
				if day.Now.size() > 0 {
					want++
				}
				if (inside > 0) != (day.Now.size() > 0) {
					t.Fatalf("day %d, %+v, has %d bars", i, day.Now, inside)
				}
			}
			if p.Missing == 0 && want != len(bars) {
				t.Fatalf("%d bars for %d days", len(bars), want)
			}
		}
	})
}

func TestDaysAreProportional(t *testing.T) {
	d := Days{Labels: []string{"1", "2", "3", "4"}, Today: -1, Series: []DaySeries{{Role: Series(0),
		Days: []Day{{Now: Known(100)}, {Now: Known(50)}, {}, {Now: Known(25)}}}}}
	bars := rects(d.Layout(frame(400, 300, 14)), Series(0))
	if len(bars) != 3 {
		t.Fatalf("%d bars", len(bars))
	}
	foot := bars[0].Y + bars[0].H
	for i, share := range []float64{1, 0.5, 0.25} {
		if math.Abs(bars[i].H-bars[0].H*share) > 1 || bars[i].Y+bars[i].H != foot {
			t.Fatalf("bar %d: %+v", i, bars[i])
		}
	}
}

func TestSitePartsAreSeamlessAndProportional(t *testing.T) {
	rooms := []Rooms{{Key: "x", Now: Known(32)}, {Key: "y", Now: Known(3)}, {Key: "z", Now: Known(4)}}
	s := Sites{States: []SiteState{{"a", RoleGood}, {"b", RoleStructure}, {"c", RoleWarn}}, Words: testWords,
		Groups: []SiteGroup{{Sites: []Site{{Key: "s", Name: "县委党校", Reported: true, Rooms: rooms}, {Key: "n", Name: "同心宾馆"}}}}}
	p := s.Layout(frame(500, 200, 14))
	good, structure, warn := rects(p, RoleGood)[0], rects(p, RoleStructure)[0], rects(p, RoleWarn)[0]
	if good.X+good.W != structure.X || structure.X+structure.W != warn.X {
		t.Fatalf("seams: %+v %+v %+v", good, structure, warn)
	}
	if total := good.W + structure.W + warn.W; math.Abs(good.W/total-32.0/39) > 0.01 {
		t.Fatalf("32 of 39 is %v of %v", good.W, total)
	}
	if len(rects(p, RoleGood)) != 1 {
		t.Fatal("a site without a report must have no bar")
	}
	if i := p.At(structure.X+1, structure.Y+1); p.Hits[i].Key != "y" {
		t.Fatalf("the part should lie over its site, got %+v", p.Hits[i])
	}
}

func TestFiguresAreNeverCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, s := range drawBars(t).Layout(drawFrame(t)).Shapes {
			if s.Kind == KindText && s.Role == RoleText && s.Bold && strings.Contains(s.Text, "…") {
				t.Fatalf("%q", s.Text)
			}
		}
	})
}

// apart fails when two texts of a picture meet.
func apart(t *testing.T, p Picture) {
	t.Helper()
	for i, a := range p.Shapes {
		for _, b := range p.Shapes[:i] {
			if a.Kind == KindText && b.Kind == KindText && meet(a, b) {
				t.Errorf("%q meets %q", a.Text, b.Text)
			}
		}
	}
}

func texts(p Picture) string {
	var out []string
	for _, s := range p.Shapes {
		if s.Kind == KindText {
			out = append(out, s.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestPeakGivesWayToToday(t *testing.T) {
	d := Days{Labels: make([]string, 30), Today: 29, Words: testWords, Series: []DaySeries{{Days: make([]Day, 30)}}}
	d.Series[0].Days[29].Now = Known(700)
	for peak, want := range map[int]string{28: "700", 20: "700 9,000"} {
		d.Series[0].Days[peak].Now = Known(9000)
		p := d.Layout(frame(500, 100, 14))
		apart(t, p)
		if got := texts(p); got != want {
			t.Errorf("peak on day %d: %s, want %s", peak, got, want)
		}
		d.Series[0].Days[peak].Now = Amount{}
	}
}

func TestStateLabelsPushOneAnother(t *testing.T) {
	s := States{Words: testWords, Parts: []State{{Name: "待整改", Now: Known(1)}, {Name: "已整改待核", Now: Known(1)}, {Name: "已销号", Now: Known(400)}}}
	for w := 100.0; w < 500; w += 7 {
		p := s.Layout(frame(w, 100, 14))
		apart(t, p)
		if got := texts(p); w > 280 && got != "待整改 1 已整改待核 1 已销号 400" {
			t.Errorf("%v wide: %s", w, got)
		}
	}
}

func TestFitKeepsWholeCharacters(t *testing.T) {
	p := newPen(frame(100, 100, 10))
	for w := 0.0; w < 80; w++ {
		got := p.fit(p.ink("居家隔离告知书", 10, false, RoleText), w)
		if got.w > w || !utf8.ValidString(got.text) || got.text == "…" {
			t.Fatalf("width %v: %q is %v wide", w, got.text, got.w)
		}
	}
}

func TestGroup(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1157: "1,157", 350000: "350,000", -1000: "-1,000",
		math.MinInt64: "-9,223,372,036,854,775,808"} {
		if got := Group(n); got != want {
			t.Errorf("Group(%d) = %s, want %s", n, got, want)
		}
	}
}

func TestStepWalksTheGrid(t *testing.T) {
	var p Picture
	for y := range 3 {
		for x := range 4 {
			p.Hits = append(p.Hits, Hit{X: float64(x * 10), Y: float64(y * 20), W: 10, H: 20, Key: fmt.Sprint(x, y)})
		}
	}
	for _, c := range []struct{ from, dx, dy, want int }{
		{-1, 1, 0, 0}, {0, 1, 0, 1}, {3, 1, 0, 3}, {5, 0, 1, 9}, {5, 0, -1, 1}, {4, -1, 0, 4}, {11, 0, 1, 11}} {
		if got := p.Step(c.from, c.dx, c.dy); got != c.want {
			t.Errorf("Step(%d, %d, %d) = %d, want %d", c.from, c.dx, c.dy, got, c.want)
		}
	}
	if got := (Picture{}).Step(0, 1, 0); got != -1 {
		t.Errorf("no hits: %d", got)
	}
}
