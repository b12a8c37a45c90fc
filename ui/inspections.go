package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// The columns of the table of inspections.
const (
	inspectionDay        = "day"
	inspectionUnit       = "unit"
	inspectionForm       = "form"
	inspectionVisits     = "visits"
	inspectionProblems   = "problems"
	inspectionDirectives = "directives"
	inspectionNote       = "note"
	inspectionAuthor     = "author"
)

// inspectionTable is the table of inspections, sorted as the person chose.
type inspectionTable struct {
	session *Session
	rows    []ledger.Row[ledger.Inspection]
	listed  map[ledger.ID]int64
	dir     *directory
	travel  handoff.Standing
	met     bool // the table says how far rows have travelled

	sortBy string
	desc   bool
	table  *grid.Grid
	box    fyneObject
}

func newInspectionTable(s *Session, onChoose func(ledger.ID), onActivate func()) *inspectionTable {
	t := &inspectionTable{session: s, dir: emptyDirectory(), sortBy: inspectionDay, desc: true}
	t.table = grid.New(inspectionColumns())
	t.table.SetEmpty(words.T("supervision.no-inspections"))
	t.table.SetSort(t.sortBy, t.desc)
	t.table.SetSource(t)
	t.table.OnSort = func(id string, desc bool) { t.sortBy, t.desc = id, desc; t.sorted() }
	t.table.OnSelect = func(row int) { onChoose(t.rows[row].ID) }
	t.table.OnActivate = func(int) { onActivate() }
	keepWidths(s, "inspections", t.table)
	t.box = look.Panel(t.table)
	return t
}

func inspectionColumns() []grid.Column {
	column := func(id string, width float32, align grid.Align) grid.Column {
		return grid.Column{ID: id, Title: words.T("supervision.column." + id), Width: width, Align: align, Sortable: true}
	}
	note := column(inspectionNote, 120, grid.Leading)
	note.Flex = true
	return []grid.Column{column(inspectionDay, 104, grid.Leading), column(inspectionUnit, 152, grid.Leading),
		column(inspectionForm, formWidth(), grid.Leading), column(inspectionVisits, 64, grid.Trailing),
		column(inspectionProblems, 112, grid.Trailing), column(inspectionDirectives, 84, grid.Trailing), note,
		column(inspectionAuthor, 80, grid.Leading)}
}

// meet shows how far rows have travelled once this ledger has met another.
func (t *inspectionTable) meet(met bool) {
	if met == t.met {
		return
	}
	t.met = met
	columns := inspectionColumns()
	if met {
		columns = append(columns, travelColumn(travelWide(t.dir)))
	}
	t.table.SetColumns(columns)
	t.table.SetWidths(t.session.Settings.Get().Widths["inspections"])
}

// formWidth fits the longest name of a form of inspection.
func formWidth() float32 {
	wide := float32(0)
	for _, f := range ledger.Forms {
		wide = max(wide, fyne.MeasureText(words.Form(f), look.SizeBody, fyne.TextStyle{}).Width)
	}
	return wide + 3*look.Unit
}

// keepWidths remembers a table's column widths in the settings.
func keepWidths(s *Session, name string, g *grid.Grid) {
	g.SetWidths(s.Settings.Get().Widths[name])
	g.OnResize = func(string, float32) {
		err := s.Settings.Change(func(v *settings.Values) {
			widths := map[string]map[string]float32{}
			for table, of := range v.Widths {
				widths[table] = of // a fresh map: others may be reading the old one
			}
			widths[name] = g.Widths()
			v.Widths = widths
		})
		if err != nil {
			s.Refuse(err)
		}
	}
}

// Len is part of grid.Source.
func (t *inspectionTable) Len() int { return len(t.rows) }

// Row is part of grid.Source.
func (t *inspectionTable) Row(i int, cells []grid.Cell) bool {
	r := t.rows[i]
	v := r.Value
	listed := t.listed[r.ID]
	problems := grid.Cell{Text: ledger.GroupDigits(v.Problems)}
	if v.Problems > 0 {
		problems.Suffix = words.T("supervision.listed", "listed", listed)
		if listed < v.Problems {
			problems.Tone = grid.Warn
		}
	}
	n := copy(cells, []grid.Cell{{Text: v.Day.String()}, {Text: t.dir.unitName(v.Unit)}, {Text: words.Form(v.Form)},
		{Text: ledger.GroupDigits(v.Visits)}, problems, {Text: ledger.GroupDigits(v.Directives)},
		{Text: v.Note, Tone: grid.Quiet}, {Text: r.Author, Tone: grid.Quiet}})
	if n < len(cells) {
		cells[n] = travelCell(t.travel, t.dir, r.Revision)
	}
	return true
}

// set shows other rows and keeps the cursor on its record and the view in place.
func (t *inspectionTable) set(rows []ledger.Row[ledger.Inspection], read *supervisionRows) {
	kept := t.chosen()
	t.rows, t.listed, t.dir, t.travel = slices.Clone(rows), read.listed, read.dir, read.travel
	t.meet(t.travel.Exchanged)
	t.sort()
	t.table.Refresh()
	t.put(kept)
	t.foot()
}

func (t *inspectionTable) sorted() {
	kept := t.chosen()
	t.sort()
	t.table.Refresh()
	t.put(kept)
	t.table.ScrollTo(max(0, t.table.Selected()))
}

// put moves the cursor to a record without scrolling.
func (t *inspectionTable) put(id ledger.ID) {
	first, last := t.table.VisibleRange()
	row := t.index(id)
	if row != t.table.Selected() {
		t.table.Select(row)
		if row >= 0 && (row < first || row > last) {
			t.table.ScrollTo(row)
		}
	}
}

// chosen is the record under the cursor, 0 for none.
func (t *inspectionTable) chosen() ledger.ID {
	if at := t.table.Selected(); at >= 0 && at < len(t.rows) {
		return t.rows[at].ID
	}
	return 0
}

func (t *inspectionTable) index(id ledger.ID) int {
	if id == 0 {
		return -1
	}
	return slices.IndexFunc(t.rows, func(r ledger.Row[ledger.Inspection]) bool { return r.ID == id })
}

func (t *inspectionTable) sort() {
	slices.SortStableFunc(t.rows, func(a, b ledger.Row[ledger.Inspection]) int {
		c := t.compare(a, b)
		if t.desc {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(b.ID, a.ID))
	})
}

func (t *inspectionTable) compare(a, b ledger.Row[ledger.Inspection]) int {
	switch t.sortBy {
	case inspectionUnit:
		return cmp.Compare(t.dir.unitName(a.Value.Unit), t.dir.unitName(b.Value.Unit))
	case inspectionForm:
		return cmp.Compare(a.Value.Form, b.Value.Form)
	case inspectionVisits:
		return cmp.Compare(a.Value.Visits, b.Value.Visits)
	case inspectionProblems:
		return cmp.Compare(a.Value.Problems, b.Value.Problems)
	case inspectionDirectives:
		return cmp.Compare(a.Value.Directives, b.Value.Directives)
	case inspectionNote:
		return cmp.Compare(a.Value.Note, b.Value.Note)
	case inspectionAuthor:
		return cmp.Compare(a.Author, b.Author)
	}
	return cmp.Compare(a.Value.Day, b.Value.Day)
}

// foot sums what may be added up.
func (t *inspectionTable) foot() {
	if len(t.rows) == 0 {
		t.table.SetFooter(nil)
		return
	}
	var visits, problems, directives, listed int64
	for _, r := range t.rows {
		visits += r.Value.Visits
		problems += r.Value.Problems
		directives += r.Value.Directives
		listed += t.listed[r.ID]
	}
	sum := func(n int64, suffix string) grid.Cell {
		return grid.Cell{Text: ledger.GroupDigits(n), Suffix: suffix, Bold: true}
	}
	t.table.SetFooter([]grid.Cell{{Text: words.T("supervision.rows", "count", len(t.rows)), Tone: grid.Quiet}, {}, {},
		sum(visits, ""), sum(problems, words.T("supervision.listed", "listed", listed)), sum(directives, ""), {}, {}})
}

// sheet is the table as shown, for a spreadsheet.
func (t *inspectionTable) sheet() Sheet {
	rows, dir, listed := slices.Clone(t.rows), t.dir, t.listed
	sh := Sheet{Name: words.T("supervision.view.inspections")}
	for _, id := range []string{inspectionDay, inspectionUnit, inspectionForm, inspectionVisits, inspectionProblems,
		"listed", inspectionDirectives, inspectionNote, inspectionAuthor, "number"} {
		sh.Columns = append(sh.Columns, words.T("supervision.column."+id))
	}
	sh.Rows = func(yield func([]any) error) error {
		for _, r := range rows {
			v := r.Value
			if err := yield([]any{v.Day.String(), dir.unitName(v.Unit), words.Form(v.Form), v.Visits, v.Problems,
				listed[r.ID], v.Directives, v.Note, r.Author, t.session.Reader.IDText(r.ID)}); err != nil {
				return err
			}
		}
		return nil
	}
	return sh
}

// copy puts the selected rows on the clipboard, or all when none are selected,
// headed by the column titles. It returns how many.
func (t *inspectionTable) copy() int {
	first, last := t.table.SelectionRange()
	if first < 0 {
		first, last = 0, len(t.rows)-1
	}
	columns := t.table.Columns()
	titles := make([]string, len(columns))
	for i, c := range columns {
		titles[i] = c.Title
	}
	var cells [][]grid.Cell
	for i := first; i <= last; i++ {
		line := make([]grid.Cell, len(columns))
		t.Row(i, line)
		line[4].Suffix = "" // counted; what is listed has no column of its own here
		cells = append(cells, line)
	}
	fyne.CurrentApp().Clipboard().SetContent(grid.TSV(titles, cells))
	return len(cells)
}
