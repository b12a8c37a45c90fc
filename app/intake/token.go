package intake

import (
	"strconv"
	"strings"

	"taizhang/app/ledger"
)

// kind is what a token is to the grammar.
type kind uint8

const (
	plain  kind = iota // characters of no known word
	word               // a word of the vocabulary
	count              // a number with its measure word
	figure             // any other number: a date, a blank, money
	stop               // 。 or an empty line
	semi               // ；
	comma              // ，
	colon              // ：
	list               // 、
	cell               // a border of a table, or a line of a list
	open               // (
	shut               // )
)

// token is a piece of the sheet.
type token struct {
	kind       kind
	start, end int
	class      class // of a word
	number     number
	head       heading // over a count alone in its cell
	measure    measure
}

// has reports whether t is a word of any of the classes.
func (t token) has(c class) bool { return t.kind == word && t.class&c != 0 }

var signs = map[rune]kind{
	'。': stop, '!': stop, '?': stop, ';': semi, ',': comma, ':': colon, '、': list, '|': cell, '\t': cell, '\n': cell, paragraph: stop,
	'(': open, ')': shut, '[': open, ']': shut,
}

// tokens cuts the sheet into pieces. It goes over each rune once, but for the
// length of the longest word.
func (s *sheet) tokens() []token {
	list := make([]token, 0, len(s.runes)/2)
	for i := 0; i < len(s.runes); {
		if a, b, ok := s.pair(i); ok {
			list, i = append(list, a, b), b.end
			continue
		}
		t := s.token(i)
		if n := len(list); t.kind == plain && n > 0 && list[n-1].kind == plain && list[n-1].end == i {
			list[n-1].end = t.end
		} else if t.kind == count && n > 0 && t.start < i {
			list = append(shorten(list, t.start), t)
		} else {
			list = append(list, t)
		}
		i = t.end
	}
	return list
}

// pair reads two numbers of one cell with their two measure words: 12/900 场/人.
func (s *sheet) pair(i int) (a, b token, ok bool) {
	if !isDigit(s.runes[i]) || isDigit(s.peek(i-1)) {
		return a, b, false
	}
	first := s.digits(i)
	second := s.digits(first + 1)
	at := second
	for s.peek(at) == ' ' || s.peek(at) == '|' || s.peek(at) == '\t' {
		at++
	}
	if s.peek(first) != '/' || second == first+1 {
		return a, b, false
	}
	middle, one := known().measures.longest(s.runes, at)
	end, two := known().measures.longest(s.runes, middle+1)
	if s.peek(middle) != '/' || (one|two)&nothing != 0 || one == 0 || two == 0 {
		return a, b, false
	}
	a = token{kind: count, start: i, end: first, number: s.digitsOnly(i, first), measure: measure{end: end, text: s.written(at, middle), kind: one}}
	b = token{kind: count, start: first, end: end, number: s.digitsOnly(first+1, second), measure: measure{end: end, text: s.written(middle+1, end), kind: two}}
	b.number.start = i // the span of both is the whole
	return a, b, true
}

// digitsOnly is the number that plain digits write.
func (s *sheet) digitsOnly(start, end int) number {
	n := number{start: start, end: end, core: s.written(start, end)}
	n.read()
	return n
}

// shorten takes back what was read past end: the 约 before a number.
func shorten(list []token, end int) []token {
	for n := len(list); n > 0 && list[n-1].end > end; n = len(list) {
		if list[n-1].start >= end {
			list = list[:n-1]
			continue
		}
		list[n-1].end = end
	}
	return list
}

// token reads the piece that begins at i.
func (s *sheet) token(i int) token {
	r := s.runes[i]
	if k, ok := signs[r]; ok {
		return token{kind: k, start: i, end: i + 1}
	}
	if end := s.name(i); end > i {
		return token{kind: plain, start: i, end: end}
	}
	if end := s.date(i); end > i {
		return token{kind: figure, start: i, end: end}
	}
	if r == '第' {
		if end := s.ordinal(i + 1); end > i+1 {
			return token{kind: plain, start: i, end: end}
		}
	}
	if t, ok := s.percent(i); ok {
		return t
	}
	if end, c := known().words.longest(s.runes, i); c != 0 && !isDigit(r) {
		return token{kind: word, start: i, end: end, class: c}
	}
	if t, ok := s.counted(i); ok {
		return t
	}
	return token{kind: plain, start: i, end: i + 1}
}

// percent reads 百分之九十五; one with a fraction is left alone.
func (s *sheet) percent(i int) (token, bool) {
	const words = "百分之"
	if s.runes[i] != '百' || !s.startsWith(i, words) {
		return token{}, false
	}
	at := i + len([]rune(words))
	end, core := s.core(at)
	if end == at || s.peek(end) == '点' {
		return token{}, false
	}
	n := number{start: i, end: end, core: core}
	n.read()
	n.core = strconv.FormatInt(n.value, 10)
	return token{kind: count, start: i, end: end, number: n, measure: measure{end: end, text: "%", kind: sizes}}, n.whole && n.max == 0
}

// ordinal goes past the numbers behind 第, of which there may be a list: 第一、二批.
func (s *sheet) ordinal(i int) int {
	end, core := s.core(i)
	for core != "" && s.peek(end) == '、' {
		at := end + 1
		if end, core = s.core(at); core == "" {
			return at - 1
		}
	}
	return end
}

// longestName bounds what is skipped as a name: a longer quotation is text.
const longestName = 24

// name goes past 《…》 and short “…” that hold a numeral or a list: what stands
// inside is a title or a slogan. It returns i when there is none.
func (s *sheet) name(i int) int {
	shutting := map[rune]rune{'《': '》', '“': '”'}[s.runes[i]]
	if shutting == 0 {
		return i
	}
	inner := false
	for at := i + 1; at < len(s.runes) && at-i <= longestName; at++ {
		r := s.runes[at]
		if r == shutting {
			if inner {
				return at + 1
			}
			return i
		}
		if r == '。' || r == '\n' {
			return i
		}
		inner = inner || r == '、' || isDigit(r) || strings.ContainsRune(simpleNumerals, r)
	}
	return i
}

// counted reads a number and what it counts.
func (s *sheet) counted(i int) (token, bool) {
	n, ok := s.numberAt(i)
	if !ok {
		return token{}, false
	}
	t := token{kind: figure, start: i, end: n.end, number: n}
	if n.core == "" {
		return t, true
	}
	m, ok := s.measureAt(n.end)
	if !ok {
		m, ok = s.measureBeyond(n.start, n.end)
	}
	if !ok {
		return s.cellCount(t), true
	}
	t.end, t.measure = m.end, m
	if m.kind&nothing != 0 {
		return t, true
	}
	t.kind, t.start = count, n.start
	if n.approx == ledger.Exact {
		t.number.approx = m.approx
	}
	return s.underHeading(t), true
}

// measureBeyond reads the measure word that a line break or the border of a
// cell parts from its number, which begins at start and ends at i.
func (s *sheet) measureBeyond(start, i int) (measure, bool) {
	switch r := s.peek(i); r {
	case ' ', '\n':
		if before := s.peek(start - 1); r == '\n' && (before == '\t' || before == '|') {
			return measure{}, false // the next row begins
		}
		return s.measureAt(i + 1)
	case '\t', '|':
		m, ok := s.measureAt(i + 1)
		return m, ok && s.borders(m.end)
	}
	return measure{}, false
}

// borders reports whether a cell, or the text, ends at i.
func (s *sheet) borders(i int) bool {
	r := s.peek(i)
	return r == 0 || r == '\t' || r == '|' || endsLine(r)
}

// cellCount makes a count of a number alone in its cell when the cell before
// says the measure word: 宣传单 | 份 | 300, or 宣传单（份） | 300.
func (s *sheet) cellCount(t token) token {
	border := t.start - 1
	if r := s.peek(border); r != '\t' && r != '|' || !s.borders(t.end) {
		return t
	}
	if start, m := s.bracketed(max(0, border-maxMeasure-2), border); m.kind != 0 {
		t.measure = measure{end: t.end, text: m.text, kind: m.kind}
		t.kind, t.start = count, start
		return t
	}
	for start := border - 1; start >= max(0, border-maxMeasure); start-- {
		if m, ok := s.measureAt(start); ok && m.end == border && m.kind&nothing == 0 && s.borders(start-1) {
			t.measure = measure{end: t.end, text: m.text, kind: m.kind}
			t.kind, t.start = count, start
			return t
		}
	}
	return s.underHeading(t)
}
