package ui

import (
	"math"
	"strconv"
	"time"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
)

// rowColumn is the column of the sheet's own row numbers.
const rowColumn = "row"

// previewRows are the first rows of a sheet, as they are.
type previewRows struct {
	page   *workbookPage
	chosen int // the column that the keyboard is at
	wrong  map[intake.Place]bool
	again  map[intake.Place]bool
	aside  map[int]intake.AsideKind
}

// note keeps what a check found in the rows shown.
func (p *previewRows) note(c *intake.Checked, again []bool, sheet string) {
	p.wrong, p.again, p.aside = map[intake.Place]bool{}, map[intake.Place]bool{}, map[int]intake.AsideKind{}
	for i, entry := range c.Good {
		if again[i] {
			p.again[entry.Place] = true
		}
	}
	for _, f := range c.Faults {
		p.wrong[intake.Place{Sheet: sheet, Column: f.Column, Row: f.Row}] = true
	}
	for _, a := range c.Asides {
		p.aside[a.Row] = a.Kind
	}
}

// Len is part of grid.Source.
func (p *previewRows) Len() int { return len(p.page.layout().Preview) }

// Row is part of grid.Source. Rows that are not taken are quiet and say why.
func (p *previewRows) Row(i int, cells []grid.Cell) bool {
	row := p.page.layout().Preview[i]
	head := row.Number <= p.page.mapping.Header
	aside, left := p.aside[row.Number]
	left = left && p.page.checked != nil
	cells[0] = grid.Cell{Text: strconv.Itoa(row.Number), Tone: grid.Quiet}
	switch {
	case head && row.Number == p.page.mapping.Header:
		cells[0].Suffix = words.T("book.aside.heading")
	case left:
		cells[0].Suffix = words.T("book.aside." + string(aside))
	}
	for at, cell := range row.Cells {
		if at+1 >= len(cells) {
			break
		}
		out := grid.Cell{Text: p.text(at, cell), Bold: head && row.Number == p.page.mapping.Header}
		place := intake.Place{Sheet: p.page.layout().Sheet, Column: at, Row: row.Number}
		switch {
		case p.page.checked != nil && p.wrong[place]:
			out.Tone = grid.Bad
			if out.Text == "" {
				out.Text = "×"
			}
		case p.page.checked != nil && p.again[place] && p.page.batch == 0:
			out.Tone, out.Text = grid.Warn, "▲ "+out.Text
		case cell.Merged, left, head && row.Number < p.page.mapping.Header, !head && p.page.role(at) == intake.RoleIgnored:
			out.Tone = grid.Quiet
		}
		cells[at+1] = out
	}
	return true
}

// text is a cell as a person reads it: days are stored as numbers.
func (p *previewRows) text(column int, cell intake.Cell) string {
	if cell.Kind != intake.CellNumber {
		return cell.Text
	}
	n, err := strconv.ParseFloat(cell.Text, 64)
	if err != nil {
		return cell.Text
	}
	if role := p.page.role(column); (role == intake.RoleDay || role == intake.RoleAt) && n > 20_000 && n < 80_000 {
		return ledger.DayOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n))).String()
	}
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return ledger.GroupDigits(int64(n))
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// indexOf is where a row of the sheet is among those shown, -1 for none of them.
func (p *previewRows) indexOf(number int) int {
	for i, row := range p.page.layout().Preview {
		if row.Number == number {
			return i
		}
	}
	return -1
}

// faultRows are the faults of the whole sheet.
type faultRows struct {
	page *workbookPage
	list []intake.Fault
}

// Len is part of grid.Source.
func (f *faultRows) Len() int {
	if f.page.checked == nil {
		return 0
	}
	return len(f.list)
}

// Row is part of grid.Source.
func (f *faultRows) Row(i int, cells []grid.Cell) bool {
	cells[0] = grid.Cell{Text: f.list[i].Cell(), Tone: grid.Bad}
	cells[1] = grid.Cell{Text: words.Sentence(f.list[i].Err)}
	return true
}

// selected says a fault in full below the list.
func (b *workbookPage) selected(i int) {
	if i < 0 || i >= len(b.faults.list) {
		b.fault.SetText("")
		return
	}
	f := b.faults.list[i]
	b.fault.SetText(words.T("paste.row", "item", f.Cell(), "sentence", words.Sentence(f.Err)))
	relayout(b.side)
}

// showFault goes to the cell of a fault, when its row is shown. What is wrong at a
// heading is put right by saying what its column is: that is asked at once.
func (b *workbookPage) showFault(i int) {
	if i < 0 || i >= len(b.faults.list) {
		return
	}
	f := b.faults.list[i]
	at := b.preview.indexOf(f.Row)
	if at < 0 {
		b.s.Notify(words.T("book.faraway", "row", f.Row), nil)
		return
	}
	b.move(f.Column)
	b.sheet.Select(at)
	if f.Row == b.mapping.Header {
		b.focus()
		b.chooseRole()
	}
}

// showColumns puts at the head of each column what it is taken for.
func (b *workbookPage) showColumns() {
	b.faults.list = nil
	if b.checked != nil {
		b.faults.list = b.checked.Faults
	}
	at, widths := b.sheet.Selected(), b.sheet.Widths()
	columns := []grid.Column{{ID: rowColumn, Title: words.T("book.column.row"), Width: 86, Align: grid.Trailing}}
	for i := range b.width() {
		columns = append(columns, grid.Column{ID: strconv.Itoa(i), Title: b.headOf(i), Width: b.columnWide(i), Sortable: true})
	}
	b.sheet.SetColumns(columns)
	b.sheet.SetWidths(widths)
	b.sheet.SetSource(b.preview)
	b.sheet.Select(at)
}

// headOf is what stands above a column, marked where the keyboard is.
func (b *workbookPage) headOf(i int) string {
	if i == b.preview.chosen {
		return headMark + b.titleOf(i)
	}
	return b.titleOf(i)
}

// headMark stands before the head of the column with the keyboard.
const headMark = "▸ "

// titleOf is a column's letter, its role, and ? while the role is guessed.
func (b *workbookPage) titleOf(i int) string {
	text := intake.ColumnName(i) + " " + b.columnName(i)
	unread := b.checked != nil && b.preview.wrong[intake.Place{Sheet: b.layout().Sheet, Column: i, Row: b.mapping.Header}]
	if !b.settled[i] && b.role(i) != intake.RoleIgnored || unread {
		text += " ?"
	}
	return text
}
