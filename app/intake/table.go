package intake

// A table flattened to text has a line for each row and a tab or | between
// cells. Where a heading says the measure word (横幅（条）), the numbers below it
// count what the heading says.

// longestRow is how long a row may be, in characters.
const longestRow = 2000

func endsLine(r rune) bool { return r == '\n' || r == paragraph }

// heading is the cell at the top of a column.
type heading struct {
	start, end int    // of what is counted, in the sheet
	measure    string // as written
	kind       class
}

// maxMeasure is the longest measure word, in characters.
const maxMeasure = 4

// headings finds, for each line of a table, the headings that stand over it.
func (s *sheet) headings() map[int]map[int]heading {
	over := map[int]map[int]heading{}
	var current map[int]heading
	for start := 0; start < len(s.runes); {
		end, cells := s.row(start)
		if len(cells) < 2 {
			current = nil
		} else if heads := s.headingsOf(cells); heads != nil {
			current = heads
		} else if current != nil {
			over[start] = current
		}
		if s.peek(end) == paragraph {
			current = nil
		}
		start = end + 1
	}
	return over
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

// headingsOf are the cells that end with a measure word in brackets, by column.
func (s *sheet) headingsOf(cells [][2]int) map[int]heading {
	var heads map[int]heading
	for column, cell := range cells {
		start, kind := s.bracketed(cell[0], cell[1])
		if kind == 0 || start == cell[0] {
			continue
		}
		if heads == nil {
			heads = map[int]heading{}
		}
		heads[column] = heading{start: cell[0], end: start, measure: tidyMeasure(s.written(start+1, cell[1]-1)), kind: kind}
	}
	return heads
}

// bracketed finds the measure word in brackets at the end of a cell.
func (s *sheet) bracketed(from, end int) (start int, kind class) {
	if end-from < 3 || s.peek(end-1) != ')' {
		return 0, 0
	}
	for start = end - 3; start >= max(from, end-maxMeasure-2); start-- {
		if s.peek(start) != '(' {
			continue
		}
		if at, kind := known().measures.longest(s.runes, start+1); at == end-1 && kind&nothing == 0 {
			return start, kind
		}
	}
	return 0, 0
}

// underHeading makes a count of a number alone in its cell, by the heading of
// its column.
func (s *sheet) underHeading(t token) token {
	if len(s.over) == 0 || !s.borders(t.end) {
		return t
	}
	column, start := 0, t.start
	for ; start > 0 && !endsLine(s.runes[start-1]); start-- {
		if r := s.runes[start-1]; r == '\t' || r == '|' {
			column++
		} else if column == 0 || t.start-start > longestRow {
			return t // it is not alone, or in no table that a person made
		}
	}
	if head, ok := s.over[start][column]; ok {
		t.kind, t.head = count, head
		t.measure = measure{end: t.end, text: head.measure, kind: head.kind}
	}
	return t
}
