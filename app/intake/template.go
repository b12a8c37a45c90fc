package intake

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"taizhang/app/export"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// Latest is what the ledger knows last of the units and sites of a template: shown
// beside the cells to fill, and never taken in as if it were said again.
type Latest struct {
	Entries     []ledger.Row[ledger.Publicity] // newest of each unit and item
	Reserves    map[ledger.ID]ledger.Reserve   // by site
	Inspections map[ledger.ID]ledger.Inspection
}

// Template writes a workbook to fill in for a ledger: KindPublicity (units down, items
// across), KindReserve or KindInspection. Its sheets are read without questions. It
// returns the errors of export.File.
func Template(kind ledger.Kind, n Names, l Latest, path string, replace bool) error {
	t := &template{book: excelize.NewFile(), names: n, latest: l}
	defer t.book.Close()
	t.style()
	switch kind {
	case ledger.KindPublicity:
		t.publicity()
	case ledger.KindReserve:
		t.reserve()
	default:
		t.inspections()
	}
	t.notes(kind)
	if t.err != nil {
		return ledger.Refuse(ledger.CodeFileWrite, "path", path, "detail", t.err.Error()).Because(t.err)
	}
	return export.Save(t.book, path, replace)
}

// template is a workbook that is being written; the first error sticks.
type template struct {
	book   *excelize.File
	names  Names
	latest Latest
	sheet  string
	err    error

	head, fill, grey, day int // styles
}

func (t *template) do(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *template) style() {
	border := []excelize.Border{{Type: "left", Color: "BFBFBF", Style: 1}, {Type: "right", Color: "BFBFBF", Style: 1},
		{Type: "top", Color: "BFBFBF", Style: 1}, {Type: "bottom", Color: "BFBFBF", Style: 1}}
	days := "yyyy-mm-dd"
	for to, style := range map[*int]*excelize.Style{
		&t.head: {Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Border: border,
			Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}},
			Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "center", WrapText: true}},
		&t.fill: {Border: border},
		&t.grey: {Font: &excelize.Font{Color: "7F7F7F"}},
		&t.day:  {Border: border, CustomNumFmt: &days},
	} {
		var err error
		*to, err = t.book.NewStyle(style)
		t.do(err)
	}
}

// begin begins the next sheet: the first is there already.
func (t *template) begin(name string) {
	if t.sheet == "" {
		t.do(t.book.SetSheetName(t.book.GetSheetName(0), name))
	} else {
		_, err := t.book.NewSheet(name)
		t.do(err)
	}
	t.sheet = name
}

func (t *template) row(number, style int, cells ...any) {
	t.do(t.book.SetSheetRow(t.sheet, CellName(0, number), &cells))
	if len(cells) > 0 && style > 0 {
		t.do(t.book.SetCellStyle(t.sheet, CellName(0, number), CellName(len(cells)-1, number), style))
	}
}

// headings writes the headings, and keeps them in sight.
func (t *template) headings(number int, texts ...string) {
	cells := make([]any, len(texts))
	for i, text := range texts {
		cells[i] = text
		t.do(t.book.SetColWidth(t.sheet, ColumnName(i), ColumnName(i), max(12, float64(len([]rune(text)))*1.6+4)))
	}
	t.row(number, t.head, cells...)
	t.do(t.book.SetRowHeight(t.sheet, number, 32))
	t.do(t.book.SetPanes(t.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: number,
		TopLeftCell: CellName(1, number+1), ActivePane: "bottomRight"}))
}

// choices lets the cells of a column be chosen from a list. A cell may still say
// something else: the reading of the sheet judges that, and says why.
func (t *template) choices(column, from, to int, list []string) {
	v := excelize.NewDataValidation(true)
	v.SetSqref(CellName(column, from) + ":" + CellName(column, to))
	v.ShowErrorMessage = false
	t.do(v.SetDropList(list))
	t.do(t.book.AddDataValidation(t.sheet, v))
}

// spareRows are rows below those that are filled, for more.
const spareRows = 200

// units lets a column be chosen from the units, which the sheet of notes lists.
func (t *template) units(column, from, to int) {
	if len(t.names.Units) == 0 {
		return
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(CellName(column, from) + ":" + CellName(column, to))
	v.ShowErrorMessage = false
	v.SetSqrefDropList(fmt.Sprintf("'%s'!$C$2:$C$%d", words.T("template.notes"), len(t.names.Units)+1))
	t.do(t.book.AddDataValidation(t.sheet, v))
}

func (t *template) publicity() {
	t.begin(words.T("sheet.publicity"))
	t.row(1, t.head, words.T("column.day"))
	t.do(t.book.SetCellStyle(t.sheet, "B1", "B1", t.day))
	titles := []string{words.T("column.unit")}
	for _, item := range t.names.Items {
		titles = append(titles, item.Value.Name+"（"+item.Value.Measure+"）")
	}
	titles = append(titles, words.T("column.note"))
	t.headings(2, titles...)
	for i, u := range t.names.Units {
		cells := make([]any, len(titles))
		cells[0] = u.Value.Name
		t.row(i+3, t.fill, cells...)
	}
	t.units(0, 3, len(t.names.Units)+2+spareRows)
	t.begin(words.T("template.latest"))
	t.headings(1, words.T("column.unit"), words.T("column.item"), words.T("template.lastday"), words.T("template.last"), words.T("column.measure"))
	units, items := map[ledger.ID]string{}, map[ledger.ID]ledger.Item{}
	for _, u := range t.names.Units {
		units[u.ID] = u.Value.Name
	}
	for _, i := range t.names.Items {
		items[i.ID] = i.Value
	}
	for i, e := range t.latest.Entries {
		item := items[e.Value.Item]
		t.row(i+2, t.grey, units[e.Value.Unit], item.Name, e.Value.Day.String(), words.Quantity(e.Value.Quantity), item.Measure)
	}
}

func (t *template) reserve() {
	t.begin(words.T("sheet.reserve"))
	t.headings(1, words.T("column.site"), words.T("column.rooms"), words.T("column.ready"), words.T("column.occupied"),
		words.T("column.cleaning"), words.T("column.unavailable"), words.T("column.at"), words.T("column.note"), words.T("template.last"))
	for i, s := range t.names.Sites {
		cells := make([]any, 9)
		if cells[0] = s.Value.Name; s.Value.Rooms.Known {
			cells[1] = s.Value.Rooms.N
		}
		if r, ok := t.latest.Reserves[s.ID]; ok {
			cells[8] = words.T("template.rooms", "at", r.At, "ready", r.Ready, "occupied", r.Occupied, "cleaning", r.Cleaning,
				"unavailable", r.Unavailable)
		}
		t.row(i+2, t.fill, cells...)
		t.do(t.book.SetCellStyle(t.sheet, CellName(8, i+2), CellName(8, i+2), t.grey))
	}
	t.do(t.book.SetColWidth(t.sheet, "I", "I", 60))
}

func (t *template) inspections() {
	t.begin(words.T("sheet.inspections"))
	t.headings(1, words.T("column.unit"), words.T("column.day"), words.T("column.form"), words.T("column.visits"),
		words.T("column.problems"), words.T("column.directives"), words.T("column.note"), words.T("template.last"))
	for i, u := range t.names.Units {
		cells := make([]any, 8)
		cells[0] = u.Value.Name
		if r, ok := t.latest.Inspections[u.ID]; ok {
			cells[7] = words.T("template.visits", "day", r.Day, "form", words.Form(r.Form), "visits", r.Visits, "problems", r.Problems,
				"directives", r.Directives)
		}
		t.row(i+2, t.fill, cells...)
		t.do(t.book.SetCellStyle(t.sheet, CellName(1, i+2), CellName(1, i+2), t.day))
		t.do(t.book.SetCellStyle(t.sheet, CellName(7, i+2), CellName(7, i+2), t.grey))
	}
	last := len(t.names.Units) + 1 + spareRows
	t.units(0, 2, last)
	forms := make([]string, len(ledger.Forms))
	for i, f := range ledger.Forms {
		forms[i] = words.Form(f)
	}
	t.choices(2, 2, last, forms)
	t.do(t.book.SetColWidth(t.sheet, "H", "H", 50))
}

// notes writes the last sheet: how to fill the others in, and the names to choose
// from. Its columns have gaps, so that nobody takes it for a table.
func (t *template) notes(kind ledger.Kind) {
	t.begin(words.T("template.notes"))
	keys := map[ledger.Kind][]string{
		ledger.KindPublicity:  {"template.note.publicity", "template.note.quantity", "template.note.blank", "template.note.names"},
		ledger.KindReserve:    {"template.note.reserve", "template.note.blank"},
		ledger.KindInspection: {"template.note.inspections", "template.note.blank", "template.note.names"},
	}[kind]
	for i, key := range keys {
		t.do(t.book.SetCellStr(t.sheet, CellName(0, i+1), words.T(key)))
	}
	if kind != ledger.KindReserve { // whose rows are sites
		t.do(t.book.SetCellStr(t.sheet, "C1", words.T("template.units")))
		for i, u := range t.names.Units {
			t.do(t.book.SetCellStr(t.sheet, CellName(2, i+2), u.Value.Name))
		}
	}
	t.do(t.book.SetColWidth(t.sheet, "A", "A", 90))
	t.do(t.book.SetColWidth(t.sheet, "C", "C", 24))
	t.book.SetActiveSheet(0)
}
