package wall

import (
	"math"
	"slices"

	"taizhang/app/chart"
)

// Sizes of text against the height of the display.
const (
	leastShare = 1.0 / 29 // measure words, ages, captions: digits of 1/40
	bodyShare  = 1.0 / 27
	titleShare = 1.0 / 14
)

// What the typeface's glyphs take of their size.
const (
	// capHigh is the height of digits and capitals.
	capHigh = 0.733
	// hanHigh and hanDeep are how far Chinese characters reach above and below the
	// baseline.
	hanHigh = 0.86
	hanDeep = 0.10
	// inBox is where the baseline lies in the box a font reports, from its top.
	inBox = 0.801
	// lead is the distance of two lines.
	lead = 1.36
)

// rect is a part of the page.
type rect struct{ x, y, w, h float64 }

func (r rect) right() float64  { return r.x + r.w }
func (r rect) bottom() float64 { return r.y + r.h }

// columns parts r into columns of the given shares, gap between them.
func (r rect) columns(gap float64, shares ...float64) []rect {
	sum := 0.0
	for _, s := range shares {
		sum += s
	}
	room := r.w - gap*float64(len(shares)-1)
	list := make([]rect, 0, len(shares))
	x := r.x
	for _, s := range shares {
		w := room * s / sum
		left, right := math.Round(x), math.Round(x+w)
		list = append(list, rect{left, r.y, right - left, r.h})
		x += w + gap
	}
	return list
}

// rows parts r into rows of the given shares.
func (r rect) rows(gap float64, shares ...float64) []rect {
	list := rect{r.y, r.x, r.h, r.w}.columns(gap, shares...)
	for i, c := range list {
		list[i] = rect{c.y, c.x, c.h, c.w}
	}
	return list
}

// below is r without its uppermost part.
func (r rect) below(y float64) rect { return rect{r.x, y, r.w, max(0, r.bottom()-y)} }

// brush collects the shapes of one page.
type brush struct {
	View
	chart.Frame
	pic  chart.Picture
	moot map[string]bool // keys of what has changed
}

func newBrush(v View, f chart.Frame) *brush {
	f.W, f.H = math.Floor(max(f.W, 0)), math.Floor(max(f.H, 0))
	b := &brush{View: v, Frame: f, pic: chart.Picture{W: f.W, H: f.H}, moot: map[string]bool{}}
	for _, c := range v.Changes {
		for _, key := range c.Keys {
			b.moot[key] = true
		}
	}
	return b
}

// finish puts the ground under everything, and everything aside by the shift.
func (b *brush) finish() chart.Picture {
	page := chart.Picture{W: b.W, H: b.H}
	page.Shapes = append(page.Shapes, chart.Shape{Kind: chart.KindRect, W: b.W, H: b.H, Role: chart.RoleGround})
	page.Place(b.pic, b.Shift.X, b.Shift.Y)
	return page
}

// of is a share of the display's height, in whole pixels, at least 1.
func (b *brush) of(share float64) float64 { return max(1, math.Round(b.H*share)) }

// least, body and title are sizes of text; never rounded down, or digits would be
// smaller than they may.
func (b *brush) least() float64 { return math.Ceil(b.H * leastShare) }
func (b *brush) text() float64  { return math.Ceil(b.H * bodyShare) }
func (b *brush) gap() float64   { return b.of(0.05) }
func (b *brush) edge() float64  { return b.of(0.05) }

func (b *brush) add(s chart.Shape) { b.pic.Shapes = append(b.pic.Shapes, s) }

func (b *brush) hit(r rect, key, label string) {
	if key == "" || r.w < 1 || r.h < 1 {
		return
	}
	b.pic.Hits = append(b.pic.Hits, chart.Hit{X: math.Floor(r.x), Y: math.Floor(r.y), W: math.Ceil(r.w), H: math.Ceil(r.h), Key: key, Label: label})
}

func (b *brush) fill(r rect, role chart.Role, opacity float64) {
	b.add(chart.Shape{Kind: chart.KindRect, X: math.Round(r.x), Y: math.Round(r.y), W: max(1, math.Round(r.w)),
		H: max(1, math.Round(r.h)), Role: role, Opacity: opacity})
}

// rule is the thin line above a part of the page.
func (b *brush) rule(x, y, w float64) {
	b.fill(rect{x, y, w, max(1, math.Round(b.H/540))}, chart.RoleLine, 1)
}

// mark shows that what lies in r has just changed: a veil under its text, and a bar
// before it.
func (b *brush) mark(r rect) {
	b.fill(r, chart.RoleHighlight, chart.MarkVeil)
	b.fill(rect{r.x, r.y, b.of(0.005), r.h}, chart.RoleHighlight, 1)
}

// markUnder is mark beneath the shapes from number at on.
func (b *brush) markUnder(at int, r rect) {
	above := slices.Clone(b.pic.Shapes[at:])
	b.pic.Shapes = b.pic.Shapes[:at]
	b.mark(r)
	b.pic.Shapes = append(b.pic.Shapes, above...)
}

// chart puts a chart into r. Its type is as large as leaves no row folded away, up
// to most, and no smaller than the least.
func (b *brush) chart(l layouter, r rect, most float64) chart.Picture {
	f := chart.Frame{W: r.w, H: r.h, Measure: b.Measure, Least: b.least(), Wrap: true}
	var p chart.Picture
	for f.Type = math.Round(most); ; f.Type = max(b.least(), f.Type-max(1, math.Round(b.H/270))) {
		p = l.Layout(f)
		if f.Type <= b.least() || !folded(p, l) {
			break
		}
	}
	b.pic.Place(p, r.x, r.y)
	return p
}

// foldedAt reports whether a chart in r folds rows away even in the smallest type.
func (b *brush) foldedAt(l layouter, r rect) bool {
	f := chart.Frame{W: r.w, H: r.h, Type: b.least(), Measure: b.Measure, Least: b.least(), Wrap: true}
	return folded(l.Layout(f), l)
}

// layouter is any chart of package chart.
type layouter interface {
	Layout(chart.Frame) chart.Picture
}

// folded reports whether rows of a chart found no room of their own.
func folded(p chart.Picture, l layouter) bool {
	if p.Missing > 0 {
		return true
	}
	want := 0
	switch l := l.(type) {
	case chart.Bars:
		for _, g := range l.Groups {
			want += len(g.Rows)
		}
	case chart.Sites:
		for _, g := range l.Groups {
			want += len(g.Sites)
		}
	default:
		return false
	}
	return rowsShown(p, l) < want
}

// rowsShown counts the rows of a chart that are in its picture, by their keys.
func rowsShown(p chart.Picture, l layouter) (n int) {
	seen := map[string]bool{}
	for _, h := range p.Hits {
		seen[h.Key] = true
	}
	count := func(key string) {
		if seen[key] {
			n++
		}
	}
	switch l := l.(type) {
	case chart.Bars:
		for _, g := range l.Groups {
			for _, r := range g.Rows {
				count(r.Key)
			}
		}
	case chart.Sites:
		for _, g := range l.Groups {
			for _, s := range g.Sites {
				count(s.Key)
			}
		}
	}
	return n
}
