package intake

import (
	"cmp"
	"slices"
	"strings"
)

// A table flattened to text has a line for each row and a tab or | between
// cells. What a column is stands at its top, sometimes with the measure word of the
// numbers below: 横幅（条）.

// longestRow is how long a row may be, in characters.
const longestRow = 2000

func endsLine(r rune) bool { return r == '\n' || r == paragraph }

// heading is the cell at the top of a column.
type heading struct {
	start, end int    // of what is counted, in the sheet
	measure    string // as written; "" when the heading has none
	kind       class  // of the measure word
}

// maxMeasure is the longest measure word, in characters.
const maxMeasure = 4

// headings finds, for each line of a table, the headings that stand over it, and where
// the lines of headings themselves stand.
func (s *sheet) headings() (over map[int]map[int]heading, tops [][2]int) {
	over = map[int]map[int]heading{}
	var current map[int]heading
	begun := false // a row of the table was read
	for start := 0; start < len(s.runes); {
		end, cells := s.row(start)
		if len(cells) < 2 {
			current, begun = nil, false
		} else if heads := s.headingsOf(cells, !begun); heads != nil {
			current, begun = heads, true
			tops = append(tops, [2]int{start, end})
		} else if begun = true; current != nil {
			over[start] = current
		}
		if s.peek(end) == paragraph {
			current, begun = nil, false
		}
		start = end + 1
	}
	return over, tops
}

// row cuts the line that begins at start into cells, each by where it begins
// and ends.
func (s *sheet) row(start int) (end int, cells [][2]int) {
	from := start
	for end = start; end < len(s.runes) && !endsLine(s.runes[end]); end++ {
		if r := s.runes[end]; r == '\t' || r == '|' {
			cells, from = append(cells, [2]int{from, end}), end+1
		}
	}
	return end, append(cells, [2]int{from, end})
}

// headingsOf are the headings that cells make, by column: cells that end with a measure
// word in brackets, and the others beside them; at the top of a table also cells without
// any number. nil when the cells are a row like any other.
func (s *sheet) headingsOf(cells [][2]int, top bool) map[int]heading {
	heads, measured := map[int]heading{}, false
	for column, cell := range cells {
		start, m := s.bracketed(cell[0], cell[1])
		if m.kind != 0 && start > cell[0] {
			heads[column] = heading{start: cell[0], end: start, measure: m.text, kind: m.kind}
			measured = true
			continue
		}
		for _, r := range s.runes[cell[0]:cell[1]] {
			top = top && !isDigit(r)
		}
		if s.titled(cell) {
			heads[column] = heading{start: cell[0], end: cell[1]}
		}
	}
	if !measured && (!top || len(heads) < 2) {
		return nil
	}
	return heads
}

// longestTitle is how long the heading of a column may be, in characters.
const longestTitle = 16

// titled reports whether a cell has text that may be a heading.
func (s *sheet) titled(cell [2]int) bool {
	text := strings.TrimSpace(string(s.runes[cell[0]:cell[1]]))
	return text != "" && len([]rune(text)) <= longestTitle && !strings.ContainsAny(text, "0123456789,。;")
}

// bracketed finds the measure word in brackets at the end of a cell.
func (s *sheet) bracketed(from, end int) (start int, m measure) {
	if end-from < 3 || s.peek(end-1) != ')' {
		return 0, m
	}
	for start = end - 3; start >= max(from, end-maxMeasure-2); start-- {
		if s.peek(start) != '(' {
			continue
		}
		if m, ok := s.measureAt(start + 1); ok && m.end == end-1 && m.kind&nothing == 0 {
			return start, m
		}
	}
	return 0, measure{}
}

// underHeading gives a number alone in its cell the heading of its column. Without a
// measure word of its own it is a count when the heading has one.
func (s *sheet) underHeading(t token) token {
	end := t.end
	for s.peek(end) == ' ' {
		end++
	}
	if len(s.over) == 0 || !s.borders(end) {
		return t
	}
	column, start := 0, t.start
	for ; start > 0 && !endsLine(s.runes[start-1]); start-- {
		if r := s.runes[start-1]; r == '\t' || r == '|' {
			column++
		} else if column == 0 && r != ' ' || t.start-start > longestRow {
			return t // it is not alone, or in no table that a person made
		}
	}
	head, ok := s.over[start][column]
	switch {
	case !ok:
	case t.kind == count:
		t.head = head
	case head.kind != 0:
		t.kind, t.head = count, head
		t.measure = measure{end: t.end, text: head.measure, kind: head.kind}
	}
	return t
}

// isTop reports whether position i stands in a line of headings.
func (s *sheet) isTop(i int) bool {
	at, _ := slices.BinarySearchFunc(s.tops, i, func(top [2]int, i int) int { return top[1] - i })
	return at < len(s.tops) && s.tops[at][0] <= i
}

// under is the phrase of a count under a heading that says what it is, and ok. A heading
// that says only what was done leaves the thing to the first cell of the row.
func (w *walk) under(i int) (p phrase, ok bool) {
	head := w.tokens[i].head
	if head.end == head.start {
		return p, false
	}
	p = w.heading(head)
	if p.noun == 0 {
		row := w.rowName(i)
		if row.noun&(publicity|output|isolation|supervision|finding) != 0 || row.noun&other != 0 && p.verb&spread != 0 {
			row.verb, row.away = p.verb, true
			return row, true
		}
	}
	return p, head.kind != 0 || p.noun&^thing != 0 || p.verb != 0
}

// rowBegins is the token at which the table's row of the one at token i begins.
func (w *walk) rowBegins(i int) int {
	for i > 0 && (w.tokens[i-1].kind != cell && w.tokens[i-1].kind != stop || !endsLine(w.sheet.runes[w.tokens[i-1].start])) {
		i--
	}
	return i
}

// rowName is the phrase of the first cell that says something in the row of token i.
func (w *walk) rowName(i int) phrase {
	first := w.rowBegins(i)
	for first < i && w.tokens[first].kind == cell {
		first++
	}
	end := first
	for end < i && w.tokens[end].kind != cell {
		end++
	}
	return w.between(first, end)
}

// columnTitle is the heading under which a count stands, as written.
func (w *walk) columnTitle(t token) string {
	return strings.TrimSpace(w.sheet.written(t.head.start, t.head.end))
}

// headed reports whether the heading of a count has a word of a class.
func (w *walk) headed(t token, c class) bool {
	if t.head.end == t.head.start {
		return false
	}
	for j := w.tokenAt(t.head.start); j < len(w.tokens) && w.tokens[j].start < t.head.end; j++ {
		if w.tokens[j].has(c) {
			return true
		}
	}
	return false
}

// tokenAt is the first token that begins at a place of the sheet or behind it.
func (w *walk) tokenAt(start int) int {
	at, _ := slices.BinarySearchFunc(w.tokens, start, func(t token, at int) int { return cmp.Compare(t.start, at) })
	return at
}

// heading reads the phrase of a column's heading.
func (w *walk) heading(head heading) phrase {
	first := w.tokenAt(head.start)
	p := phrase{first: first, at: first, away: true, headed: true}
	end := first
	for ; end < len(w.tokens) && w.tokens[end].start < head.end; end++ {
		w.take(&p, end, w.tokens[end])
	}
	w.trim(&p, end)
	return p
}

// sums reports whether the count at token i is called a sum: right before it, or in the
// first cell of its row.
func (w *walk) sums(i int) bool {
	if i == 0 || w.tokens[i].head.end == 0 {
		return i > 0 && w.tokens[i-1].has(sum)
	}
	for j := w.rowBegins(i); j < i && w.tokens[j].kind != count; j++ {
		if w.tokens[j].has(sum) {
			return true
		}
	}
	return false
}
