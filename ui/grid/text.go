package grid

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

const ellipsis = "…"

// style is one of the few ways in which the grid writes.
type style int

const (
	plain style = iota
	boldText
	struckText
	suffixStyle
	headStyle
	styleCount
)

func styleOf(c Cell) style {
	switch {
	case c.Tone == Struck:
		return struckText
	case c.Bold:
		return boldText
	}
	return plain
}

func (s style) text() fyne.TextStyle {
	return fyne.TextStyle{Bold: s == boldText || s == headStyle, Strikethrough: s == struckText}
}

// meter measures text by adding up the widths of its characters, each measured once.
// Shaping every long note only to find where to cut it would cost more than drawing it;
// the sum is exact for a typeface without kerning, as the embedded one is.
type meter struct {
	size, small float32       // text sizes
	face        fyne.Resource // what the widths were measured with
	ascii       [styleCount][utf8.RuneSelf]float32
	others      [styleCount]map[rune]float32
	high        [styleCount]float32 // height of a line
	base        [styleCount]float32 // baseline from the top of the line
}

// follow measures anew when the theme's text is another one, and says whether it did.
func (m *meter) follow(th fyne.Theme) bool {
	size, small := th.Size(theme.SizeNameText), th.Size(theme.SizeNameCaptionText)
	face := th.Font(fyne.TextStyle{})
	if size == m.size && small == m.small && face == m.face {
		return false
	}
	*m = meter{size: size, small: small, face: face}
	for s := range m.others {
		m.others[s] = map[rune]float32{}
		box, base := fyne.CurrentApp().Driver().RenderedTextSize("Ag字", m.sizeOf(style(s)), style(s).text(), nil)
		m.high[s], m.base[s] = box.Height, base
	}
	return true
}

func (m *meter) sizeOf(s style) float32 {
	if s == suffixStyle || s == headStyle {
		return m.small
	}
	return m.size
}

// measured is how often a character is written to be measured: an average over several
// is finer than the rounding of one.
const measured = 8

func (m *meter) measure(r rune, s style) float32 {
	return fyne.MeasureText(strings.Repeat(string(r), measured), m.sizeOf(s), s.text()).Width / measured
}

func (m *meter) advance(r rune, s style) float32 {
	if r >= 0x4E00 && r <= 0x9FFF {
		r = '字' // Chinese characters are all as wide as each other
	}
	if r < utf8.RuneSelf {
		w := m.ascii[s][r]
		if w == 0 {
			w = m.measure(r, s)
			m.ascii[s][r] = w
		}
		return w
	}
	w, ok := m.others[s][r]
	if !ok {
		w = m.measure(r, s)
		m.others[s][r] = w
	}
	return w
}

// width is how wide a text will be.
func (m *meter) width(text string, s style) (w float32) {
	for _, r := range text {
		w += m.advance(r, s)
	}
	return w
}

// fit cuts a text that is wider than room and puts "…" at its end; it gives the text to
// show and its width. Nothing is shown in less room than the "…" needs.
func (m *meter) fit(text string, s style, room float32) (string, float32) {
	var w float32
	dots := m.advance('…', s)
	cut, cutW := 0, float32(0)
	for i, r := range text {
		if w+dots <= room {
			cut, cutW = i, w
		}
		w += m.advance(r, s)
		if w > room {
			if dots > room {
				return "", 0
			}
			return text[:cut] + ellipsis, cutW + dots
		}
	}
	return text, w
}

// oneLine makes a text fit for a row: line breaks and tabs become spaces.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\r\n\t") {
		return text
	}
	return strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ").Replace(text)
}
