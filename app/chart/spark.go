package chart

import "math"

// Spark is a line small enough for a tile: how a figure ran, without numbers.
// It is zero-based; an unknown point is a gap; the last known point has a dot.
type Spark struct {
	Points []Point
	Role   Role
}

// Point is one value of a Spark.
type Point struct {
	Key, Label string
	Now        Amount
}

// Layout lays the line out over the whole frame, on a faint baseline.
func (s Spark) Layout(f Frame) Picture {
	p := newPen(f)
	thick := max(1, math.Round(p.Type/9))
	dot := math.Round(p.Type*0.22) + thick
	if len(s.Points) == 0 || p.W < 4*dot || p.H < 2*dot+1 {
		p.pic.Missing = len(s.Points)
		return p.pic
	}
	most, last := 0.0, -1
	for i, v := range s.Points {
		most = max(most, v.Now.size())
		if v.Now.Known {
			last = i
		}
	}
	base := p.H - 1
	p.hair(0, base, p.W, RoleLine, 1)
	at := func(i int) (x, y float64) {
		x = p.W / 2
		if n := len(s.Points) - 1; n > 0 {
			x = dot + (p.W-2*dot)*float64(i)/float64(n)
		}
		if most > 0 {
			return x, base - (base-dot)*s.Points[i].Now.size()/most
		}
		return x, base
	}
	s.line(p, at, thick, last)
	if last >= 0 {
		x, y := at(last)
		y = min(y, p.H-dot)
		p.add(Shape{Kind: KindCircle, X: x - dot, Y: y - dot, W: 2 * dot, H: 2 * dot, Role: s.Role})
	}
	step := p.W / float64(len(s.Points))
	for i, v := range s.Points {
		x0, x1 := math.Round(float64(i)*step), math.Round(float64(i+1)*step)
		p.hit(x0, 0, x1-x0, p.H, v.Key, v.Label)
	}
	return p.pic
}

// line joins neighbouring known points; one between two gaps is a dot.
func (s Spark) line(p *pen, at func(int) (x, y float64), thick float64, last int) {
	known := func(i int) bool { return i >= 0 && i < len(s.Points) && s.Points[i].Now.Known }
	for i := range s.Points {
		if !known(i) {
			continue
		}
		x, y := at(i)
		if known(i - 1) {
			x0, y0 := at(i - 1)
			p.line(x0, y0, x, y, s.Role, 1, thick)
		} else if !known(i+1) && i != last {
			y = min(y, p.H-thick)
			p.add(Shape{Kind: KindCircle, X: x - thick, Y: y - thick, W: 2 * thick, H: 2 * thick, Role: s.Role})
		}
	}
}

// Proportion is a small bar of n out of a whole, such as units that have
// reported. An unknown n or whole leaves the track empty and dashed.
type Proportion struct {
	Key, Label string
	N, Whole   Amount
	Role       Role
	// Target is a tick between 0 and the whole; unknown for none.
	Target Amount
}

// Layout lays the bar out in the middle of the frame's height, at most as high
// as half a line of text.
func (r Proportion) Layout(f Frame) Picture {
	p := newPen(f)
	h := min(p.em(0.5), p.H)
	if h < 1 || p.W < 2 {
		p.pic.Missing = 1
		return p.pic
	}
	y := math.Floor((p.H - h) / 2)
	p.hit(0, 0, p.W, p.H, r.Key, r.Label)
	if !r.N.Known || r.Whole.size() == 0 {
		p.dashed(0, y, p.W, h)
		return p.pic
	}
	p.add(Shape{Kind: KindRect, Y: y, W: p.W, H: h, Role: RoleLine})
	p.bar(0, y, p.W*min(1, r.N.size()/r.Whole.size()), h, r.Role, 1)
	if r.Target.Known {
		w := min(p.em(0.1), p.W)
		x := min(p.W-w, math.Round(p.W*min(1, r.Target.size()/r.Whole.size())))
		top := max(0, y-2)
		p.add(Shape{Kind: KindRect, X: x, Y: top, W: w, H: min(y+h+2, p.H) - top, Role: RoleText})
	}
	return p.pic
}
