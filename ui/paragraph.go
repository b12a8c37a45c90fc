package ui

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// paragraph is text that breaks into lines at its width: Chinese anywhere but
// before closing signs, other scripts between words. It is much cheaper than a
// wrapping widget.Label.
type paragraph struct {
	widget.BaseWidget

	text   string
	size   float32
	colour fyne.ThemeColorName
	bold   bool
	most   int // lines; the last ends in "…" when there is more; 0 is no limit
}

func newParagraph(text string, size float32, colour fyne.ThemeColorName) *paragraph {
	p := &paragraph{text: text, size: size, colour: colour}
	p.ExtendBaseWidget(p)
	return p
}

// limited sets the most lines shown and returns the paragraph itself.
func (p *paragraph) limited(lines int) *paragraph {
	p.most = lines
	return p
}

// SetText changes the text.
func (p *paragraph) SetText(text string) {
	if text != p.text {
		p.text = text
		p.Refresh()
	}
}

// SetColour changes the colour to another name.
func (p *paragraph) SetColour(name fyne.ThemeColorName) {
	if name != p.colour {
		p.colour = name
		p.Refresh()
	}
}

// AccessibilityLabel is the whole text.
func (p *paragraph) AccessibilityLabel() string { return p.text }

// AccessibilityRole says that this is text.
func (p *paragraph) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// lineHigh is the height of one line.
func (p *paragraph) lineHigh() float32 { return float32(int(p.size*1.5 + 0.5)) }

// CreateRenderer is part of fyne.Widget.
func (p *paragraph) CreateRenderer() fyne.WidgetRenderer { return &paragraphRenderer{p: p} }

type paragraphRenderer struct {
	p     *paragraph
	lines []*canvas.Text
	wide  float32 // the width the lines are broken for
}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	r.wide = size.Width
	r.apply()
}

func (r *paragraphRenderer) apply() {
	p := r.p
	broken := breakLines(p.text, p.size, p.bold, r.wide, p.most)
	for len(r.lines) < len(broken) {
		r.lines = append(r.lines, canvas.NewText("", nil))
	}
	r.lines = r.lines[:len(broken)]
	high := p.lineHigh()
	for i, t := range r.lines {
		t.Text, t.TextSize, t.TextStyle.Bold, t.Color = broken[i], p.size, p.bold, look.Colour(p.colour)
		t.Move(fyne.NewPos(0, float32(i)*high))
		t.Resize(fyne.NewSize(r.wide, high))
	}
}

func (r *paragraphRenderer) MinSize() fyne.Size {
	lines := 1
	if r.wide > 0 {
		lines = max(len(breakLines(r.p.text, r.p.size, r.p.bold, r.wide, r.p.most)), 1)
	}
	return fyne.NewSize(2*r.p.size, float32(lines)*r.p.lineHigh())
}

func (r *paragraphRenderer) Refresh() {
	r.apply()
	canvas.Refresh(r.p)
}

func (r *paragraphRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		objects[i] = l
	}
	return objects
}

func (r *paragraphRenderer) Destroy() {}

// breakLines breaks text into lines no wider than width, most at most (0 for
// no limit). Line breaks in the text are kept.
func breakLines(text string, size float32, bold bool, width float32, most int) []string {
	if text == "" {
		return nil
	}
	var lines []string
	rest := []rune(text)
	for len(rest) > 0 {
		if most > 0 && len(lines) == most-1 {
			return append(lines, look.Shorten(flat(rest), size, bold, width))
		}
		n := lineEnd(rest, size, bold, width)
		line := rest[:n]
		rest = rest[n:]
		if len(line) > 0 && line[len(line)-1] == '\n' {
			line = line[:len(line)-1]
		}
		lines = append(lines, string(line))
		for len(rest) > 0 && rest[0] == ' ' {
			rest = rest[1:]
		}
	}
	return lines
}

func flat(text []rune) string {
	out := make([]rune, len(text))
	for i, c := range text {
		if c == '\n' {
			c = ' '
		}
		out[i] = c
	}
	return string(out)
}

// lineEnd is how many runes of text go on one line, at least one.
func lineEnd(text []rune, size float32, bold bool, width float32) int {
	style := fyne.TextStyle{Bold: bold}
	return lineEndBy(text, width, func(c rune) float32 { return fyne.MeasureText(string(c), size, style).Width })
}

// lineEndBy is lineEnd with the widths of characters given.
func lineEndBy(text []rune, width float32, advance func(rune) float32) int {
	var sum float32
	end := len(text)
	for i, c := range text {
		if c == '\n' {
			return i + 1
		}
		// No kerning in the typeface: widths of characters add up.
		sum += advance(c)
		if sum > width+0.5 && i > 0 {
			end = i
			break
		}
	}
	if end == len(text) {
		return end
	}
	return max(1, breakBefore(text, end))
}

// breakBefore moves a break at end back to where a line may end.
func breakBefore(text []rune, end int) int {
	for i := end; i > 0 && i > end-24; i-- {
		before, after := text[i-1], text[i]
		if before == ' ' || (!closes(after) && (wide(before) || wide(after))) {
			return i
		}
	}
	return end
}

func wide(c rune) bool { return c >= 0x2E80 }

// closes reports signs that must not begin a line.
func closes(c rune) bool {
	switch c {
	case '，', '。', '、', '；', '：', '？', '！', '）', '》', '”', '’', '】', '」', '』', '%', ',', '.', ')':
		return true
	}
	return unicode.Is(unicode.Pe, c)
}
