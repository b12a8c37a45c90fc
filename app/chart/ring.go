package chart

import "math"

// Ring is States as a ring for a square space, the total in its middle and the
// parts clockwise from the top. Its parts have no labels of their own.
type Ring States

// Layout lays the ring out in the middle of the frame.
func (r Ring) Layout(f Frame) Picture {
	p := newPen(f)
	d := math.Floor(min(p.W, p.H))
	if d < p.em(2) {
		p.pic.Missing = len(r.Parts)
		return p.pic
	}
	x, y := math.Floor((p.W-d)/2), math.Floor((p.H-d)/2)
	parts, total := States(r).place(360)
	arc := func(from, to float64, role Role) {
		p.add(Shape{Kind: KindArc, X: x, Y: y, W: d, H: d, From: from, To: to, Hole: ringHole, Role: role})
	}
	if total == 0 {
		arc(0, 360, RoleLine)
	}
	for _, q := range parts {
		if q.to <= q.from {
			continue
		}
		arc(q.from, q.to, q.Role)
		if s := q.share(); s > q.from {
			arc(q.from, s, q.Marked.Role)
		}
		p.ringHit(q, x+d/2, y+d/2, d/2)
	}
	middle := p.ink(r.Words.format(Known(total)), d*0.24, true, RoleText)
	if total > 0 && middle.w <= d*ringHole*0.85 {
		p.center(middle, x+d/2, y+d/2)
	}
	return p.pic
}

// ringHole is the empty share of the ring's radius.
const ringHole = 0.66

// ringHit covers a part with squares along its arc, since hits are rectangles.
func (p *pen) ringHit(q part, cx, cy, radius float64) {
	thick := radius * (1 - ringHole)
	along := radius - thick/2
	steps := int(math.Ceil((q.to - q.from) / 360 * 2 * math.Pi * along / thick))
	for i := range steps {
		a := (q.from + (q.to-q.from)*(float64(i)+0.5)/float64(steps)) * math.Pi / 180
		p.hit(cx+along*math.Sin(a)-thick/2, cy-along*math.Cos(a)-thick/2, thick, thick, q.Key, q.Label)
	}
}
