package intake

import (
	"strings"

	"taizhang/app/ledger"
)

// measure is the measure word of a number.
type measure struct {
	end    int    // in the sheet
	text   string // as written, half-width brackets, without 余: 个(条), 人次
	kind   class  // of the measure sections; 0 when there is none
	approx ledger.Approx
	least  bool // 以上 stands behind it
}

// measureAt reads the measure word at i, where a number ends.
func (s *sheet) measureAt(i int) (m measure, ok bool) {
	if s.peek(i) == '%' {
		return measure{end: i + 1, text: "%", kind: sizes}, true
	}
	if m, ok := s.inBrackets(i); ok {
		return m, true
	}
	end, kind := known().measures.longest(s.runes, i)
	if kind == 0 {
		return measure{}, false
	}
	m = measure{end: end, kind: kind}
	var text strings.Builder
	text.WriteString(s.written(i, end))
	if kind&nothing == 0 {
		s.occasions(&m, &text)
		s.alternative(&m, &text)
	}
	for _, b := range behind {
		if s.startsWith(m.end, b.word) && !(b.word == "余" && s.numeralAt(m.end+1)) {
			m.end, m.approx = m.end+len([]rune(b.word)), b.approx
			m.least = b.word == "以上"
			break
		}
	}
	if s.peek(m.end) == '/' && strings.ContainsRune("年月日天周时", s.peek(m.end+1)) {
		m.kind = nothing // 4次/年 is how often
	}
	m.text = tidyMeasure(text.String())
	if m.text == "人/次" {
		m.text = "人次" // two ways of writing one word
	}
	return m, true
}

// inBrackets reads the measure word of 15（家）.
func (s *sheet) inBrackets(i int) (m measure, ok bool) {
	if s.peek(i) != '(' {
		return measure{}, false
	}
	end, kind := known().measures.longest(s.runes, i+1)
	if kind == 0 || kind&nothing != 0 || s.peek(end) != ')' {
		return measure{}, false
	}
	return measure{end: end + 1, kind: kind, text: tidyMeasure(s.written(i+1, end))}, true
}

// occasions reads the 次 of 家次 and 人余次.
func (s *sheet) occasions(m *measure, text *strings.Builder) {
	at := m.end
	if m.kind&occasions != 0 {
		return
	}
	if r := s.peek(at); (r == '余' || r == '/') && s.peek(at+1) == '次' {
		if at++; r == '余' {
			m.approx = ledger.Over
		} else {
			text.WriteString("/")
		}
	}
	if s.peek(at) == '次' && s.peek(at+1) != '密' && s.peek(at+1) != '要' {
		text.WriteString(s.written(at, at+1))
		m.end = at + 1
	}
}

// alternative reads the second measure word of 个（条） and 个/条.
func (s *sheet) alternative(m *measure, text *strings.Builder) {
	open := s.peek(m.end)
	if open != '(' && open != '/' {
		return
	}
	end, kind := known().measures.longest(s.runes, m.end+1)
	if s.peek(m.end+1) == '次' {
		end, kind = m.end+2, occasions
	}
	if kind == 0 || kind&nothing != 0 {
		return
	}
	if s.peek(end) == '次' && end > m.end+2 {
		end++
	}
	if open == '(' {
		if s.peek(end) != ')' {
			return
		}
		end++
	}
	text.WriteString(s.written(m.end, end))
	m.end = end
}

var tidyMeasure = strings.NewReplacer("（", "(", "）", ")", "／", "/", " ", "", "\u3000", "", "\n", "", "\r", "").Replace
