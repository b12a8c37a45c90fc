package chart

import (
	"math"
	"unicode"
)

// mostLines is how many lines a name may be broken into; more is no name.
const mostLines = 6

// Wrap breaks text into lines of at most w, between words, or between any two
// characters of a script that writes without spaces, or within a word that is longer
// than a line. "" has no lines.
func Wrap(m Measure, text string, size float64, bold bool, w float64) []string {
	width := func(s []rune) float64 {
		n, _ := m(string(s), size, bold)
		return n
	}
	var lines []string
	rest := trim([]rune(text))
	for len(rest) > 0 {
		n := longest(len(rest), func(n int) bool { return width(rest[:n]) <= w })
		at := n
		if n < len(rest) {
			at = breakBefore(rest, n)
		}
		lines = append(lines, string(trim(rest[:at])))
		rest = trim(rest[at:])
	}
	return lines
}

// Balance breaks text as Wrap does, into as few lines, but lines of nearly the same
// length: no character is left over on a line of its own.
func Balance(m Measure, text string, size float64, bold bool, w float64) []string {
	lines := Wrap(m, text, size, bold, w)
	if len(lines) < 2 {
		return lines
	}
	for narrow := w - size/2; narrow > size; narrow -= size / 2 {
		next := Wrap(m, text, size, bold, narrow)
		if len(next) > len(lines) || wider(m, next, size, bold, w) {
			break
		}
		lines = next
	}
	return lines
}

// wider reports whether any of the lines is wider than w, which a word of its own may be.
func wider(m Measure, lines []string, size float64, bold bool, w float64) bool {
	for _, line := range lines {
		if n, _ := m(line, size, bold); n > w {
			return true
		}
	}
	return false
}

// longest is the largest n from 1 to most for which fits holds, which holds for all
// smaller ones too; 1 when it holds for none.
func longest(most int, fits func(int) bool) int {
	low, high := 1, most
	for low < high {
		if mid := (low + high + 1) / 2; fits(mid) {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return low
}

// breakBefore is the last place up to n where a line may end.
func breakBefore(text []rune, n int) int {
	for at := n; at > 0; at-- {
		if mayBreak(text[at-1], text[at]) {
			return at
		}
	}
	return n
}

// mayBreak reports whether a line may end between a and b: not before what closes,
// not after what opens.
func mayBreak(a, b rune) bool {
	switch {
	case unicode.IsSpace(b), unicode.IsSpace(a):
		return true
	case unicode.In(b, unicode.Pe, unicode.Pf) || isStop(b), unicode.In(a, unicode.Ps, unicode.Pi):
		return false
	}
	return wide(a) || wide(b) || a == '-'
}

func isStop(r rune) bool {
	switch r {
	case '，', '。', '、', '；', '：', '！', '？', '%', '％':
		return true
	}
	return false
}

// wide reports whether r is of a script that writes without spaces.
func wide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || (r >= 0x3000 && r < 0x3040) || (r >= 0xff00 && r < 0xff60)
}

func trim(text []rune) []rune {
	for len(text) > 0 && unicode.IsSpace(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && unicode.IsSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// nameRoom is the width that names take at most: their share of the frame, or, where
// they are wrapped, all that others and bars of a length of track leave: a second line
// costs a row of height.
func (p *pen) nameRoom(share, others, track float64) float64 {
	if !p.Wrap {
		return p.W * share
	}
	return math.Ceil(max(p.W*share, math.Floor(p.W-others-track)))
}

// tall is how many lines a name takes within w: 1 where it is shortened instead.
func (p *pen) tall(name string, w float64) int {
	return max(1, len(p.wrapped(p.ink(name, p.Type, false, RoleText), w)))
}

// wrapped breaks a name into its lines; nil for one that stands or is cut on one.
func (p *pen) wrapped(t ink, w float64) []string {
	if !p.Wrap || t.w <= w || w < t.size {
		return nil
	}
	lines := Balance(p.Measure, t.text, t.size, t.bold, w)
	return lines[:min(len(lines), mostLines)]
}

// name draws a row's name at its left, around the height cy.
func (p *pen) name(t ink, w, cy float64) {
	lines := p.wrapped(t, w)
	if lines == nil {
		p.left(p.fit(t, w), 0, cy)
		return
	}
	step := t.size * leading
	y := cy - step*float64(len(lines)-1)/2
	for i, line := range lines {
		p.left(p.fit(p.ink(line, t.size, t.bold, t.role), w+1), 0, y+step*float64(i))
	}
}
