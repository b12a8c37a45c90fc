package wall

import (
	"math"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// figure is a number to be read from afar: 41 of 52 rooms. of and unit are written
// smaller and quieter behind it.
type figure struct {
	value, of, unit string
	role            chart.Role // of the value; RoleText unless it is a state
	known           bool
}

// stated is the figure of a count, 未报 where it is not known.
func stated(c ledger.Count, unit string) figure {
	return figure{value: words.Count(c), unit: unit, role: chart.RoleText, known: c.Known}
}

// share is the figure n of all.
func share(n, all ledger.Count, unit string) figure {
	f := stated(n, unit)
	if n.Known {
		f.of = "/" + words.Count(all)
	}
	return f
}

// figureInk is a figure measured.
type figureInk struct {
	value, of, unit ink
	gap             float64
}

func (t figureInk) width() float64 {
	w := t.value.w + t.of.w
	if t.of.text != "" {
		w += t.gap / 2
	}
	if t.unit.text != "" {
		w += t.gap + t.unit.w
	}
	return w
}

func (b *brush) figureInk(f figure, size float64) figureInk {
	role := f.role
	if !f.known {
		role = chart.RoleQuiet
	}
	t := figureInk{value: b.ink(f.value, size, true, role), gap: math.Round(size * 0.12)}
	if f.known {
		t.of = b.ink(f.of, max(b.least(), math.Round(size*0.56)), true, chart.RoleQuiet)
		t.unit = b.ink(f.unit, max(b.least(), math.Round(size*0.25)), false, chart.RoleQuiet)
	}
	return t
}

// fitted is the figure at the largest size up to most that is no wider than w. It
// is never cut: where even the smallest text is too wide its companions go.
func (b *brush) fitted(f figure, most, w float64) figureInk {
	size := most
	if !f.known {
		size = most * 0.6 // a word, and never as loud as a number
	}
	t := b.figureInk(f, size)
	for t.width() > w && size > b.least() {
		size = max(b.least(), size-max(1, math.Round(b.H/270)))
		t = b.figureInk(f, size)
	}
	if t.width() > w {
		t.unit = ink{}
	}
	return t
}

// figure writes a figure as high as its digits, and returns its part of the page.
func (c *column) figure(f figure, most float64) rect {
	t := c.fitted(f, most, c.w)
	high := math.Round(most * capHigh)
	line := c.y + high
	if !f.known {
		line = c.y + math.Round((high+t.value.size*(hanHigh-hanDeep))/2)
	}
	c.putFigure(t, c.x, line)
	r := rect{c.x, c.y, c.w, high}
	c.y += high
	return r
}

// putFigure draws a measured figure on a baseline and returns its right end.
func (b *brush) putFigure(t figureInk, x, line float64) float64 {
	b.put(t.value, x, line)
	x += t.value.w
	if t.of.text != "" {
		x += t.gap / 2
		b.put(t.of, x, line)
		x += t.of.w
	}
	if t.unit.text != "" {
		x += t.gap
		b.put(t.unit, x, line)
		x += t.unit.w
	}
	return x
}

// tilePicture draws a tile's small picture where its notes leave room for it: bars
// thin, a line as high as the room.
func (b *brush) tilePicture(c *column, t tile) {
	room := c.room() - c.least()*lead*float64(len(t.notes)) - b.H*0.012
	high := b.of(0.018)
	if _, ok := t.picture.(chart.Spark); ok {
		high = min(room, b.of(0.06))
	}
	if t.picture == nil || room < high || high < b.H*0.017 {
		return
	}
	b.chart(t.picture, rect{c.x, c.y, c.w, high}, b.of(0.036))
	c.y += high
	c.skip(0.012)
}

// parts is a bar of counts that make up a whole, too thin for words: those stand in
// the notes.
type parts []struct {
	n    float64
	role chart.Role
}

// Layout lays the bar out over the frame; nothing at all is an empty track.
func (p parts) Layout(f chart.Frame) chart.Picture {
	pic := chart.Picture{W: f.W, H: f.H}
	sum := 0.0
	for _, part := range p {
		sum += part.n
	}
	bar := func(from, to float64, role chart.Role) {
		if to > from {
			pic.Shapes = append(pic.Shapes, chart.Shape{Kind: chart.KindRect, X: from, W: to - from, H: f.H, Role: role})
		}
	}
	if sum <= 0 {
		bar(0, f.W, chart.RoleLine)
		return pic
	}
	at := 0.0
	for _, part := range p {
		bar(math.Round(at/sum*f.W), math.Round((at+part.n)/sum*f.W), part.role)
		at += part.n
	}
	return pic
}

// versus says how a figure stands to yesterday's.
func versus(now, before ledger.Count) string {
	switch {
	case !before.Known || !now.Known:
		return words.T("wall.yesterday.unknown")
	case now.N > before.N:
		return words.T("wall.yesterday.up", "n", now.N-before.N)
	case now.N < before.N:
		return words.T("wall.yesterday.down", "n", before.N-now.N)
	}
	return words.T("wall.yesterday.same")
}

// note is a line under a figure; its role says the state that its words name.
type note struct {
	text string
	role chart.Role
}

func plain(text string) note { return note{text, chart.RoleQuiet} }

// notes writes lines under a figure.
func (c *column) notes(list ...note) {
	for _, n := range list {
		if n.text != "" {
			c.write(n.text, c.least(), n.role != chart.RoleQuiet, n.role)
		}
	}
}

// tile is a figure with its name, what stands under it and a small picture.
type tile struct {
	key, label string
	name       string
	figure     figure
	notes      []note
	picture    layouter // a bar as wide as the tile; nil for none
	// aged is the age of a figure that no longer counts as live; "" while it does.
	aged string
}

// tile draws one figure of several in r, its digits up to size high.
func (b *brush) tile(r rect, t tile, size float64) {
	b.rule(r.x, r.y, r.w)
	at := len(b.pic.Shapes)
	c := b.column(r)
	c.skip(0.012)
	c.caption(t.name)
	air := 0.022
	if r.h < b.H*0.24 {
		air = 0.012
	}
	c.skip(air)
	if t.aged != "" {
		t.figure.role = chart.RoleQuiet
		t.notes = append([]note{{t.aged, chart.RoleWarn}}, t.notes...)
	}
	c.figure(t.figure, size)
	c.skip(air + 0.006)
	b.tilePicture(c, t)
	c.notes(t.notes...)
	if b.moot[t.key] {
		out, high := b.of(0.012), r.h
		if high > b.H*0.45 { // a column of its own
			high = c.y + out - r.y
		}
		b.markUnder(at, rect{r.x - out, r.y, r.w + 2*out, high})
	}
	b.hit(r, t.key, t.label)
}
