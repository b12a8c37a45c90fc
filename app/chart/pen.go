package chart

import (
	"math"
	"unicode/utf8"
)

const (
	// small is the size of measure words and notes against body text.
	small = 0.86
	// leading is the least distance of two lines of text against their size.
	// Fonts report taller boxes (1.45 for Noto CJK), but their ink is this tall.
	leading = 1.3
	// baseline is where a text's baseline lies in its box, from the top: near
	// enough for the Latin and CJK faces in use to align two sizes by it.
	baseline = 0.8
)

// pen collects the shapes of one picture.
type pen struct {
	Frame
	pic Picture
}

func newPen(f Frame) *pen {
	f.W, f.H = math.Floor(max(f.W, 0)), math.Floor(max(f.H, 0))
	return &pen{Frame: f, pic: Picture{W: f.W, H: f.H}}
}

// em returns n times the body text size, rounded, at least 1.
func (p *pen) em(n float64) float64 { return max(1, math.Round(n*p.Type)) }

// small is the size of measure words and notes.
func (p *pen) small() float64 { return max(p.Type*small, p.Least) }

func (p *pen) add(s Shape) { p.pic.Shapes = append(p.pic.Shapes, s) }

func (p *pen) hit(x, y, w, h float64, key, label string) {
	if key == "" {
		return
	}
	x0, y0 := max(0, math.Floor(x)), max(0, math.Floor(y))
	x1, y1 := min(p.W, math.Ceil(x+w)), min(p.H, math.Ceil(y+h))
	if x1 > x0 && y1 > y0 {
		p.pic.Hits = append(p.pic.Hits, Hit{X: x0, Y: y0, W: x1 - x0, H: y1 - y0, Key: key, Label: label})
	}
}

// bar fills from x0 to x1. Rounding both edges, not the length, keeps stacked
// bars free of seams; a length above zero is never rounded to nothing.
func (p *pen) bar(x0, y, x1, h float64, role Role, opacity float64) {
	if x1 <= x0 || h <= 0 {
		return
	}
	left, right := math.Round(x0), math.Round(x1)
	if right <= left {
		left = min(math.Floor(x0), p.W-1)
		right = left + 1
	}
	p.add(Shape{Kind: KindRect, X: left, Y: y, W: right - left, H: h, Role: role, Opacity: opacity})
}

func (p *pen) line(x0, y0, x1, y1 float64, role Role, opacity, stroke float64) {
	p.add(Shape{Kind: KindLine, X: x0, Y: y0, W: x1 - x0, H: y1 - y0, Role: role, Opacity: opacity, Stroke: stroke})
}

// hair is a one-unit horizontal rule, drawn as a rectangle to stay sharp.
func (p *pen) hair(x0, y, x1 float64, role Role, opacity float64) {
	p.bar(x0, math.Round(y), x1, 1, role, opacity)
}

// bleed is how far, against the body text size, the mark of a changed row
// reaches out of the picture at its sides, to keep clear of the row's text.
const bleed = 0.4

// MarkVeil is the opacity of the mark under a changed row of a wall: more would cost
// the quiet words on it their contrast.
const MarkVeil = 0.16

// mark draws the passing highlight of a changed datum around a region.
func (p *pen) mark(x, y, w, h float64) {
	out := p.em(bleed)
	x0, y0 := max(-out, math.Round(x)), max(0, math.Round(y))
	x1, y1 := min(p.W+out, math.Round(x+w)), min(p.H, math.Round(y+h))
	if x1 <= x0 || y1 <= y0 {
		return
	}
	s := Shape{Kind: KindRoundRect, X: x0, Y: y0, W: x1 - x0, H: y1 - y0,
		Role: RoleHighlight, Radius: p.em(0.25), Opacity: 0.12}
	p.add(s)
	s.Opacity, s.Stroke = 0.7, max(1, math.Round(p.Type/12))
	p.add(s)
}

// markRow is mark for a line of a list, with room at both ends. Where rows stand as
// close as on a wall an outline would cross what hangs below its line: there a bar
// stands before the row instead.
func (p *pen) markRow(l listLine) {
	out := p.em(bleed)
	if p.Wrap {
		y, h := math.Round(l.y), math.Round(l.h)
		p.add(Shape{Kind: KindRect, X: -out, Y: y, W: math.Round(p.W + 2*out), H: h, Role: RoleHighlight, Opacity: MarkVeil})
		p.add(Shape{Kind: KindRect, X: -out, Y: y, W: p.em(0.14), H: h, Role: RoleHighlight})
		return
	}
	p.mark(-out, l.y, p.W+2*out, l.h)
}

// ink is one measured piece of text.
type ink struct {
	text string
	size float64
	bold bool
	role Role
	on   Role
	w, h float64
}

func (p *pen) ink(text string, size float64, bold bool, role Role) ink {
	t := ink{text: text, size: size, bold: bold, role: role}
	if text != "" {
		t.w, t.h = p.Measure(text, size, bold)
	}
	return t
}

// fit shortens t with "…" until it is at most w wide; a text of which not even
// one character fits becomes empty.
func (p *pen) fit(t ink, w float64) ink {
	if t.w <= w || t.text == "" {
		return t
	}
	runes := []rune(t.text)
	cut := func(n int) ink {
		c := p.ink(string(runes[:n])+"…", t.size, t.bold, t.role)
		c.on = t.on
		return c
	}
	low, high := 0, utf8.RuneCountInString(t.text)-1
	for low < high {
		if mid := (low + high + 1) / 2; cut(mid).w <= w {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return ink{}
	}
	return cut(low)
}

// tall is the height that the ink of a text really takes.
func (t ink) tall() float64 { return t.size * leading }

// put draws t with its box at (x, y), moved inside the picture when the box
// pokes out by a rounding; a text that cannot be inside is left out.
func (p *pen) put(t ink, x, y float64, align Align) {
	if t.text == "" || t.w > p.W+0.5 || t.tall() > p.H+0.5 {
		return
	}
	x = min(max(x, 0), max(p.W-t.w, 0))
	slack := max(0, (t.h-t.tall())/2)
	y = min(max(y, -slack), max(p.H-t.h+slack, -slack))
	p.add(Shape{Kind: KindText, X: x, Y: y, W: t.w, H: t.h, Role: t.role,
		Text: t.text, Size: t.size, Bold: t.bold, Align: align, On: t.on})
}

// left, right and center put t beside or around x, its middle at the height cy.
func (p *pen) left(t ink, x, cy float64)  { p.put(t, x, cy-t.h/2, AlignLeft) }
func (p *pen) right(t ink, x, cy float64) { p.put(t, x-t.w, cy-t.h/2, AlignRight) }

func (p *pen) center(t ink, cx, cy float64) { p.put(t, cx-t.w/2, cy-t.h/2, AlignCenter) }

// figure is a value with its quieter companions: about, value, measure word,
// and what it has just grown by.
type figure struct {
	parts [4]ink
	w     float64
}

const (
	partAbout = iota
	partValue
	partUnit
	partDelta
)

func (p *pen) figure(words Words, a Amount, unit, delta string, size float64) figure {
	var f figure
	companion := max(size*small, p.Least)
	if !a.Known {
		f.parts[partValue] = p.ink(words.Missing, companion, false, RoleQuiet)
	} else {
		if a.About {
			f.parts[partAbout] = p.ink(words.About, companion, false, RoleQuiet)
		}
		f.parts[partValue] = p.ink(words.format(a), size, true, RoleText)
		f.parts[partUnit] = p.ink(unit, companion, false, RoleQuiet)
	}
	f.parts[partDelta] = p.ink(delta, companion, true, RoleHighlight)
	f.w = f.width(p)
	return f
}

func (f figure) width(p *pen) float64 {
	w := 0.0
	for i, t := range f.parts {
		if t.text == "" {
			continue
		}
		if w > 0 {
			w += p.gap(i)
		}
		w += t.w
	}
	return w
}

func (p *pen) gap(part int) float64 {
	if part == partDelta {
		return p.em(0.5)
	}
	return p.em(0.15)
}

// within leaves out companions, then the value, until the figure is at most w
// wide. The value is never shortened, and never stands without its "about".
func (f figure) within(p *pen, w float64) figure {
	for _, i := range [...]int{partDelta, partUnit, partValue} {
		if f.w <= w {
			return f
		}
		f.parts[i] = ink{}
		if i == partValue {
			f.parts[partAbout] = ink{}
		}
		f.w = f.width(p)
	}
	return f
}

// put draws the figure from x on, all parts on the baseline of its value.
func (f figure) put(p *pen, x, cy float64) {
	v := f.parts[partValue]
	line := cy - v.h/2 + v.h*baseline
	first := true
	for i, t := range f.parts {
		if t.text == "" {
			continue
		}
		if !first {
			x += p.gap(i)
		}
		first = false
		p.put(t, x, line-t.h*baseline, AlignLeft)
		x += t.w
	}
}
