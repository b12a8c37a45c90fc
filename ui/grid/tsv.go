package grid

import (
	"strings"

	"fyne.io/fyne/v2"
)

// MaxCopy is how many rows Ctrl+C copies at most when there is no OnCopy.
const MaxCopy = 10_000

// TSV gives the selected rows as tab-separated text for a spreadsheet, maxRows at most,
// headed by the titles when there is more than one. A column with measure words is
// followed by a column of them, so that figures stay figures. whole is false when rows
// are missing: there were more than maxRows, or some were not loaded.
func (g *Grid) TSV(maxRows int) (text string, whole bool) {
	first, last := g.sel.rows()
	if first < 0 {
		return "", true
	}
	whole = last-first < maxRows
	last = min(last, first+maxRows-1)
	var rows [][]Cell
	for row := first; row <= last; row++ {
		if !g.load(row) {
			whole = false
			continue
		}
		rows = append(rows, append([]Cell(nil), g.cells...))
	}
	titles := make([]string, len(g.cols))
	for i, c := range g.cols {
		titles[i] = c.Title
	}
	if last == first {
		titles = nil
	}
	return TSV(titles, rows), whole
}

// TSV writes rows as tab-separated text, each line ended with \r\n as spreadsheets put it
// on the clipboard; titles may be nil. See Grid.TSV for measure words.
func TSV(titles []string, rows [][]Cell) string {
	var measured []bool
	for _, row := range rows {
		for i, c := range row {
			for len(measured) <= i {
				measured = append(measured, false)
			}
			measured[i] = measured[i] || c.Suffix != ""
		}
	}
	var b strings.Builder
	line := func(n int, at func(i int) (text, suffix string)) {
		for i := range n {
			if i > 0 {
				b.WriteByte('\t')
			}
			text, suffix := at(i)
			b.WriteString(TSVField(text))
			if i < len(measured) && measured[i] {
				b.WriteByte('\t')
				b.WriteString(TSVField(suffix))
			}
		}
		b.WriteString("\r\n")
	}
	if titles != nil {
		line(len(titles), func(i int) (string, string) { return titles[i], "" })
	}
	for _, row := range rows {
		line(len(row), func(i int) (string, string) { return row[i].Text, row[i].Suffix })
	}
	return b.String()
}

// TSVField writes one text so that a spreadsheet takes it as one cell of text: quoted when
// it has tabs, line breaks or quotes, and with an apostrophe before it when it would be
// run as a formula. Notes come from other desks; pasting one must not start anything.
func TSVField(text string) string {
	if isFormula(text) {
		text = "'" + text
	}
	if strings.ContainsAny(text, "\t\r\n\"") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// isFormula says whether a spreadsheet would reckon with a text. Signed numbers are only
// numbers.
func isFormula(text string) bool {
	if text == "" {
		return false
	}
	switch text[0] {
	case '=', '@':
		return true
	case '+', '-':
		return strings.Trim(text[1:], "0123456789.,%") != ""
	}
	return false
}

// copy answers Ctrl+C.
func (g *Grid) copy() {
	first, last := g.sel.rows()
	if first < 0 {
		return
	}
	if g.OnCopy != nil {
		g.OnCopy(first, last)
		return
	}
	text, _ := g.TSV(MaxCopy)
	fyne.CurrentApp().Clipboard().SetContent(text)
}
