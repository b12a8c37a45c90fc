package chart

import (
	"math"
	"slices"
)

// States is one stacked bar of counts that make up a whole, such as problems
// by state, each part labelled beneath with its count and name. A marked share
// of a part (overdue among open) is drawn in its own role at the part's left
// and labelled above the bar.
type States struct {
	Parts []State
	Words Words
	// Empty is written on an empty bar when all counts are 0 or unknown.
	Empty string
}

// State is one part of the bar.
type State struct {
	Key, Label string
	Name       string
	Role       Role
	Now        Amount
	// Marked is the share of Now that is marked; no more than Now is drawn.
	Marked Mark
	// Changed marks the part; Delta (＋1) is written beside the count.
	Changed bool
	Delta   string
}

// Mark is a part of a part.
type Mark struct {
	Key, Label string
	Name       string
	Role       Role
	Now        Amount
}

// part is a State with its place in the bar.
type part struct {
	State
	from, to float64
}

// Layout lays the bar out at the top of the frame, at its full width. Labels
// keep clear of one another; where even that has no room, the smallest parts
// lose theirs, which is why every part has its tooltip too.
func (s States) Layout(f Frame) Picture {
	p := newPen(f)
	above := 0.0
	if s.marked() {
		above = math.Ceil(p.small()*leading) + p.em(0.2)
	}
	// The labels say what the bar shows, so it gives way to them, as far as it can.
	labels := p.em(0.35) + math.Ceil(p.Type*leading)
	bar := min(p.em(1.9), p.H-above)
	if short := p.H - above - labels; short >= p.em(0.8) {
		bar = min(bar, math.Floor(short))
	}
	if p.W < p.em(1) || bar < p.em(0.3) {
		p.pic.Missing = len(s.Parts)
		return p.pic
	}
	parts, total := s.place(p.W)
	if total == 0 {
		p.add(Shape{Kind: KindRoundRect, W: p.W, H: bar, Y: above, Role: RoleLine, Radius: p.em(0.2), Opacity: 0.5})
		if bar >= p.Type*leading*0.9 {
			p.center(p.fit(p.ink(s.Empty, p.Type, false, RoleQuiet), p.W-p.em(1)), p.W/2, above+bar/2)
		}
		return p.pic
	}
	for _, part := range parts {
		s.draw(p, part, above, bar)
	}
	s.above(p, parts, above)
	s.beneath(p, parts, above+bar+p.em(0.35))
	return p.pic
}

func (s States) marked() bool {
	for _, part := range s.Parts {
		if part.Marked.Now.size() > 0 {
			return true
		}
	}
	return false
}

func (s States) place(w float64) (parts []part, total float64) {
	for _, state := range s.Parts {
		total += state.Now.size()
	}
	sum := 0.0
	for _, state := range s.Parts {
		q := part{State: state}
		if total > 0 {
			q.from = sum / total * w
			sum += state.Now.size()
			q.to = sum / total * w
		}
		parts = append(parts, q)
	}
	return parts, total
}

// share is the right edge of the marked stretch of the part.
func (q part) share() float64 {
	n := q.Now.size()
	if n == 0 {
		return q.from
	}
	return q.from + (q.to-q.from)*min(1, q.Marked.Now.size()/n)
}

func (s States) draw(p *pen, q part, y, h float64) {
	if q.to <= q.from {
		return
	}
	p.bar(q.from, y, q.to, h, q.Role, 1)
	p.hit(math.Round(q.from), y, max(1, math.Round(q.to)-math.Round(q.from)), h, q.Key, q.Label)
	if x := q.share(); x > q.from {
		p.bar(q.from, y, x, h, q.Marked.Role, 1)
		p.hit(math.Round(q.from), y, max(1, math.Round(x)-math.Round(q.from)), h, q.Marked.Key, q.Marked.Label)
	}
	if q.Changed {
		p.mark(q.from, y, q.to-q.from, h)
	}
}

// label is a figure with its name, as wide as both, wished for at x.
type label struct {
	name       ink
	value      figure
	x, w       float64
	count      float64
	role       Role
	key, hover string
}

func (s States) label(p *pen, name, key, hover string, a Amount, delta string, role Role, x float64) label {
	l := label{name: p.ink(name, p.small(), false, RoleQuiet),
		x: x, count: a.size(), role: role, key: key, hover: hover}
	l.value = p.figure(s.Words, a, "", delta, p.Type)
	l.w = p.em(0.6) + p.em(0.35) + l.name.w + p.em(0.35) + l.value.w
	return l
}

// above writes the labels of marked shares over the bar.
func (s States) above(p *pen, parts []part, h float64) {
	var labels []label
	for _, q := range parts {
		if q.Marked.Now.size() > 0 {
			labels = append(labels, s.label(p, q.Marked.Name, q.Marked.Key, q.Marked.Label, q.Marked.Now, "", q.Marked.Role, q.from))
		}
	}
	p.labels(labels, 0, h-p.em(0.2))
}

// beneath writes the labels of the parts under the bar.
func (s States) beneath(p *pen, parts []part, y float64) {
	h := math.Ceil(p.Type * leading)
	if y+h > p.H {
		return
	}
	var labels []label
	for _, q := range parts {
		delta := ""
		if q.Changed {
			delta = q.Delta
		}
		labels = append(labels, s.label(p, q.Name, q.Key, q.Label, q.Now, delta, q.Role, q.from))
	}
	p.labels(labels, y, h)
}

// labels writes labels on one line, each at its wish or pushed aside by its
// neighbours. When they are wider than the line the smallest counts go first.
func (p *pen) labels(labels []label, y, h float64) {
	gap := p.em(1)
	for len(labels) > 0 {
		w := -gap
		for _, l := range labels {
			w += l.w + gap
		}
		if w <= p.W {
			break
		}
		least := 0
		for i, l := range labels {
			if l.count < labels[least].count {
				least = i
			}
		}
		labels = slices.Delete(labels, least, least+1)
	}
	right := p.W
	for i := len(labels) - 1; i >= 0; i-- {
		labels[i].x = min(labels[i].x, right-labels[i].w)
		right = labels[i].x - gap
	}
	left := 0.0
	for _, l := range labels {
		l.x = max(l.x, left)
		left = l.x + l.w + gap
		p.label(l, y, h)
	}
}

func (p *pen) label(l label, y, h float64) {
	cy, dot := y+h/2, p.em(0.6)
	p.add(Shape{Kind: KindRoundRect, X: math.Floor(l.x), Y: math.Round(cy - dot/2 + p.Type*0.06), W: dot, H: dot, Role: l.role, Radius: p.em(0.15)})
	x := l.x + dot + p.em(0.35)
	v := l.value.parts[partValue]
	p.put(l.name, x, cy-v.h/2+v.h*baseline-l.name.h*baseline, AlignLeft)
	l.value.put(p, x+l.name.w+p.em(0.35), cy)
	p.hit(l.x, y, min(l.w, p.W-l.x), h, l.key, l.hover)
}
