package wall

import (
	"math"
	"strings"

	"taizhang/app/chart"
	"taizhang/app/words"
)

// ink is one measured piece of text.
type ink struct {
	text string
	size float64
	bold bool
	role chart.Role
	w, h float64
}

func (b *brush) ink(text string, size float64, bold bool, role chart.Role) ink {
	t := ink{text: text, size: size, bold: bold, role: role}
	if text != "" {
		t.w, t.h = b.Measure(text, size, bold)
	}
	return t
}

// quiet is a piece of the smallest text.
func (b *brush) quiet(text string) ink { return b.ink(text, b.least(), false, chart.RoleQuiet) }

// put draws t from x on, on a baseline.
func (b *brush) put(t ink, x, base float64) {
	if t.text == "" {
		return
	}
	b.add(chart.Shape{Kind: chart.KindText, X: x, Y: base - t.h*inBox, W: t.w, H: t.h, Role: t.role,
		Text: t.text, Size: t.size, Bold: t.bold})
}

// putRight draws t so that it ends at x.
func (b *brush) putRight(t ink, x, base float64) { b.put(t, x-t.w, base) }

// base is the baseline of a line of text whose slot begins at y.
func base(y, size float64) float64 { return math.Round(y + size*(lead/2+(hanHigh-hanDeep)/2)) }

// lines breaks text into lines no wider than w.
func (b *brush) lines(text string, size float64, bold bool, w float64) []string {
	return chart.Wrap(b.Measure, text, size, bold, w)
}

// pieces draws texts one after another with air between them, those that find room
// before right, and returns how many.
func (b *brush) pieces(list []ink, x, base, air, right float64) int {
	for i, t := range list {
		if x+t.w > right+0.5 {
			return i
		}
		b.put(t, x, base)
		x += t.w + air
	}
	return len(list)
}

// column writes from top to bottom within a part of the page.
type column struct {
	*brush
	rect
	y float64
}

func (b *brush) column(r rect) *column { return &column{brush: b, rect: r, y: r.y} }

// room is the height that is left.
func (c *column) room() float64 { return c.bottom() - c.y }

func (c *column) skip(share float64) { c.y += math.Round(c.H * share) }

// write puts text into as many lines as it takes, none of them where not all find
// room, and reports whether they did.
func (c *column) write(text string, size float64, bold bool, role chart.Role) bool {
	lines := c.lines(text, size, bold, c.w)
	if c.room() < size*lead*float64(len(lines))-0.5 {
		return false
	}
	for _, line := range lines {
		c.put(c.ink(line, size, bold, role), c.x, base(c.y, size))
		c.y += size * lead
	}
	return true
}

// caption is the quiet name above a figure.
func (c *column) caption(text string) bool {
	return c.write(text, c.least(), false, chart.RoleQuiet)
}

// names writes a list of names in as many lines as there are, and what finds no room
// as a number at the end. No name is broken off, nor broken into two lines that fits
// on one.
func (c *column) names(list []string, more func(n int) string, role chart.Role) {
	size := c.least()
	lines := int((c.room() + 0.5) / (size * lead))
	for shown := len(list); shown > 0; shown-- {
		rest := ""
		if shown < len(list) {
			rest = more(len(list) - shown)
		}
		if set := c.set(list[:shown], rest, size); len(set) <= lines {
			for _, line := range set {
				c.put(c.ink(line, size, false, role), c.x, base(c.y, size))
				c.y += size * lead
			}
			return
		}
	}
	if len(list) > 0 {
		c.write(more(len(list)), size, false, role)
	}
}

// set breaks a list into lines between its names, and what follows it.
func (c *column) set(list []string, rest string, size float64) (lines []string) {
	comma := words.T("wall.comma")
	line := ""
	add := func(piece string) {
		if w := c.ink(strings.TrimRight(line+piece, " "), size, false, chart.RoleText).w; line != "" && w > c.w {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += piece
		if broken := c.lines(line, size, false, c.w); len(broken) > 1 {
			lines = append(lines, broken[:len(broken)-1]...)
			line = broken[len(broken)-1]
			if strings.HasSuffix(piece, " ") {
				line += " "
			}
		}
	}
	for i, name := range list {
		switch {
		case i < len(list)-1:
			name += comma
		case rest != "":
			name += " "
		}
		add(name)
	}
	if rest != "" {
		add(rest)
	}
	return append(lines, strings.TrimRight(line, " "))
}
