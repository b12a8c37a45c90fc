package intake

import (
	"slices"
	"unicode"
)

// sheet is a text made ready for reading: simplified, half width, and without
// the spaces and line breaks that layout has put into words and numbers.
type sheet struct {
	text  []rune // as written
	runes []rune // as read
	at    []int  // at[i] is where runes[i] stands in text; one more for the end

	over map[int]map[int]heading // of tables: the headings by column, by where a line begins
}

// paragraph is read where an empty line stands.
const paragraph = '\u2029'

// lay puts down the line break at i, unless it joins.
func (s *sheet) lay(i int, r rune, blank, joins bool) {
	if joins {
		return
	}
	if blank {
		r = paragraph
	}
	s.runes, s.at = append(s.runes, r), append(s.at, i)
}

// wrapped is how many characters a line must have for its end to be taken as
// layout: shorter ones are rows of a list.
const wrapped = 16

func newSheet(text string) *sheet {
	s := &sheet{text: []rune(text)}
	s.runes = make([]rune, 0, len(s.text))
	s.at = make([]int, 0, len(s.text)+1)
	column := 0
	for i := 0; i < len(s.text); i++ {
		r := plainRune(s.text[i])
		column++
		switch r {
		case '\n':
			end, blank := s.skipBreaks(i)
			joins := !blank && column > wrapped && s.joins(end)
			s.lay(i, r, blank, joins)
			i, column = end-1, 0
			continue
		case ' ':
			first := i
			for i+1 < len(s.text) && plainRune(s.text[i+1]) == ' ' {
				i++
			}
			if s.drops(i) {
				continue
			}
			s.runes, s.at = append(s.runes, r), append(s.at, first)
			continue
		}
		s.runes, s.at = append(s.runes, r), append(s.at, i)
	}
	s.at = append(s.at, len(s.text))
	s.over = s.headings()
	return s
}

// skipBreaks goes past a line break and the spaces around it. blank tells that
// an empty line stands there.
func (s *sheet) skipBreaks(i int) (end int, blank bool) {
	breaks := 0
	for end = i; end < len(s.text) && (unicode.IsSpace(s.text[end]) && s.text[end] != '\t'); end++ {
		if s.text[end] == '\n' {
			breaks++
		}
	}
	return end, breaks > 1
}

// joins reports whether what was read so far and what follows at end are one
// sentence that a line break happens to cut.
func (s *sheet) joins(end int) bool {
	if len(s.runes) == 0 || end >= len(s.text) {
		return false
	}
	before, after := s.runes[len(s.runes)-1], plainRune(s.text[end])
	return inLine(before) && inLine(after)
}

func inLine(r rune) bool {
	return unicode.Is(unicode.Han, r) || isDigit(r) || r == ',' || r == '、' || r == '.'
}

// drops reports whether the space that ends at i is mere layout. One between
// two digits stays: whether it groups thousands is for the reader of numbers.
func (s *sheet) drops(i int) bool {
	if len(s.runes) == 0 || i+1 == len(s.text) {
		return true
	}
	before, after := s.runes[len(s.runes)-1], plainRune(s.text[i+1])
	return !(isDigit(before) && isDigit(after)) && !(isLatin(before) && isLatin(after))
}

// spaces are what people and programs put between characters.
var spaces = []rune{'\u00a0', '\u3000', '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060', '\r', '\v', '\f', '\u0085'}

// punctuation gives signs of one meaning one shape.
var punctuation = map[rune]rune{
	'﹐': ',', '。': '。', '｡': '。', '﹒': '.', '•': '·', '—': '-', '–': '-', '−': '-', '－': '-', '～': '~', '〜': '~', '∼': '~',
	'「': '“', '」': '”', '『': '“', '』': '”', '〈': '《', '〉': '》', '﹪': '%', '％': '%', '│': '|', '┃': '|', '〔': '[', '〕': ']', '【': '[', '】': ']',
	'\u2028': '\n', '\u2029': '\n', 'Ｘ': 'X', '✕': '×', '╳': '×',
}

// plainRune gives the one shape under which a character is read.
func plainRune(r rune) rune {
	switch {
	case r < 0x80 && r != '\r' && r != '\v' && r != '\f':
		return r
	case slices.Contains(spaces, r):
		return ' '
	}
	if plain, ok := punctuation[r]; ok {
		return plain
	}
	if plain, ok := known().folds[r]; ok {
		return plain
	}
	if r >= '！' && r <= '～' { // full-width ASCII
		return r - '！' + '!'
	}
	if unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// written is the text that runes[start:end] was made from.
func (s *sheet) written(start, end int) string {
	if start >= end {
		return ""
	}
	return string(s.text[s.at[start] : s.at[end-1]+1])
}

// peek is the rune at i, 0 outside.
func (s *sheet) peek(i int) rune {
	if i < 0 || i >= len(s.runes) {
		return 0
	}
	return s.runes[i]
}
