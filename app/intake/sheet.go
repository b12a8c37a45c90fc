package intake

import (
	"slices"
	"strings"
	"unicode"
)

// sheet is a text made ready for reading: simplified, half width, and without
// the spaces and line breaks that layout has put into words and numbers.
type sheet struct {
	text  []rune // as written
	runes []rune // as read
	at    []int  // at[i] is where runes[i] stands in text; one more for the end

	over map[int]map[int]heading // of tables: the headings by column, by where a line begins
	tops [][2]int                // the lines of headings, by where they begin and end
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
	column, cells := 0, false // of the line: how far it goes, whether it is a row
	for i := 0; i < len(s.text); i++ {
		r := plainRune(s.text[i])
		column++
		switch r {
		case '\n':
			end, blank := s.skipBreaks(i)
			if after := s.pageLine(end); after > end {
				end, _ = s.skipBreaks(after)
				blank = false
			}
			joins := !blank && (column > wrapped && !cells && s.joins(end) || s.cutsNumber(end))
			s.lay(i, r, blank, joins)
			i, column, cells = end-1, 0, false
			continue
		case '\t', '|':
			cells = true
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
	s.over, s.tops = s.headings()
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
	return inLine(before) && inLine(after) && !s.numbered(end)
}

// numbered reports whether the line that begins at i has a number of its own, as
// in a list: 2.检查情况, 三、下一步.
func (s *sheet) numbered(i int) bool {
	end := i
	for end < len(s.text) && strings.ContainsRune("0123456789一二三四五六七八九十", plainRune(s.text[end])) {
		end++
	}
	if end == i || end+1 >= len(s.text) || end-i > 2 {
		return false
	}
	sign := plainRune(s.text[end])
	return sign == '、' || (sign == '.' || sign == ')') && !isDigit(plainRune(s.text[end+1]))
}

// cutsNumber reports whether a line break at end parts a number from its 余.
func (s *sheet) cutsNumber(end int) bool {
	n := len(s.runes)
	return n > 0 && end < len(s.text) && (isDigit(s.runes[n-1]) || strings.ContainsRune(scales, s.runes[n-1])) &&
		strings.ContainsRune("余多", plainRune(s.text[end]))
}

// pageLine returns where the line that begins at i ends when it is only the
// number of a page, which a copy from a printed document has in the midst of a
// sentence: - 3 -, 第3页 共8页. Else it returns i.
func (s *sheet) pageLine(i int) int {
	const longest = 20
	var line strings.Builder
	end := i
	for ; end < len(s.text) && s.text[end] != '\n'; end++ {
		if end-i > longest {
			return i
		}
		if r := plainRune(s.text[end]); r != ' ' {
			line.WriteRune(r)
		}
	}
	text := line.String()
	inner := strings.Trim(text, "-")
	switch {
	case inner == "":
		return i
	case len(text)-len(inner) >= 2 && strings.Trim(inner, "0123456789") == "":
		return end
	case strings.HasPrefix(text, "第") && strings.HasSuffix(text, "页") && strings.Trim(text, "第页共,/0123456789") == "":
		return end
	}
	return i
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
