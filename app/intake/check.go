package intake

import (
	"context"
	"slices"
	"strings"
	"time"

	"taizhang/app/ledger"
)

// Place is a cell of a sheet.
type Place struct {
	Sheet  string
	Column int // from 0
	Row    int // from 1
}

// Cell is the cell as the sheet names it: C14.
func (p Place) Cell() string { return CellName(p.Column, p.Row) }

// Entry is a record that a row makes, and the cell that states it.
type Entry struct {
	Place
	Record ledger.Record // *ledger.Publicity, *ledger.Reserve or *ledger.Inspection
}

// Fault is a cell that keeps its row from being taken, and why. package words makes
// the sentence of Err, which says what to do.
type Fault struct {
	Place
	Err *ledger.Error
}

// AsideKind is why a row is none that is taken.
type AsideKind string

// The kinds of row that are recognised and left aside.
const (
	AsideTotal    AsideKind = "total"    // a sum of others
	AsideFootnote AsideKind = "footnote" // who filled it in, remarks
	AsideHeading  AsideKind = "heading"  // the headings again, on a new page
)

// Aside is a row that is shown and not taken.
type Aside struct {
	Row  int
	Kind AsideKind
	Text string // what its first cell says
}

// The bounds of what a check keeps: of a sheet that was mapped wrongly every row is
// a fault.
const (
	MaxFaults = 10_000
	maxAsides = 1_000
)

// Checked is what a whole sheet says.
type Checked struct {
	Rows   int // below the headings, that hold something
	Good   []Entry
	Faults []Fault // the first MaxFaults
	More   int     // faults beyond
	Asides []Aside // the first of them
	Blank  int     // rows and cells that state nothing; they are no zeros
	Zero   int     // cells that state 0: nothing happened, which is no entry
}

// Check reads a whole sheet by a mapping and judges every row: nothing is recorded.
// t says what the sheet does not: the unit and the day, where neither a column nor the
// mapping names them. progress, which may be nil, is told how much of all has been
// read. It returns an *ledger.Error with CodeBookColumn or CodeBookNoDay for a mapping
// that misses something, or what Workbook.Rows ends with.
func (w *Workbook) Check(ctx context.Context, m Mapping, n Names, t Terms, progress func(done, all int64)) (*Checked, error) {
	if m.Sheet < 0 || m.Sheet >= len(w.Sheets) {
		return nil, ledger.Refuse(ledger.CodeBookLayout, "path", w.Path)
	}
	c := &checker{mapping: m, index: newIndex(n), terms: t, today: ledger.DayOf(t.Now), from04: w.reader.epoch1904(),
		sheet: w.Sheets[m.Sheet], out: &Checked{}, headed: map[int]bool{}}
	if err := c.prepare(); err != nil {
		return nil, err
	}
	return c.out, w.Rows(ctx, m.Sheet, progress, func(r SheetRow) error {
		c.row(r)
		return nil
	})
}

// checker judges the rows of one sheet.
type checker struct {
	mapping Mapping
	index   *index
	terms   Terms
	today   ledger.Day
	from04  bool
	sheet   string
	out     *Checked

	unitAt, dateAt, itemAt, quantityAt, measureAt, noteAt, siteAt, timeAt int
	counts                                                                []countColumn
	unit                                                                  ledger.ID  // of all rows; 0 when a column names it
	day                                                                   ledger.Day // likewise
	headed                                                                map[int]bool
}

// countColumn is a column of a cross-tab.
type countColumn struct {
	at   int
	name string
	item int // index of the item, -1 when it is not known
}

// prepare finds out what the rows need, and refuses a mapping that misses some of it.
func (c *checker) prepare() error {
	m := &c.mapping
	if m.column(RoleUnit) < 0 && m.Unit == "" && c.terms.Unit != 0 {
		c.unit = c.terms.Unit
		m.Unit = "-" // stated, by id
	} else if m.column(RoleUnit) < 0 && m.Unit != "" {
		id, ok := c.index.unit(m.Unit)
		if !ok {
			return c.index.unknown(ledger.CodeUnitUnknown, m.Unit)
		}
		c.unit = id
	}
	if c.day = m.Day; m.column(RoleDay) < 0 && !m.Dated && c.terms.Dated {
		c.day, m.Dated = c.terms.Day, true
	}
	if missing := m.Missing(); len(missing) > 0 {
		if missing[0] == RoleDay {
			return ledger.Refuse(ledger.CodeBookNoDay)
		}
		return ledger.Refuse(ledger.CodeBookColumn, "column", string(missing[0]))
	}
	c.find()
	return nil
}

// find finds the columns of the mapping.
func (c *checker) find() {
	for role, at := range map[Role]*int{RoleUnit: &c.unitAt, RoleDay: &c.dateAt, RoleItem: &c.itemAt, RoleQuantity: &c.quantityAt,
		RoleMeasure: &c.measureAt, RoleNote: &c.noteAt, RoleSite: &c.siteAt, RoleAt: &c.timeAt} {
		*at = c.mapping.column(role)
	}
	for i, column := range c.mapping.Columns {
		if column.Role != RoleCount {
			continue
		}
		item, ok := c.index.item(column.Item)
		if !ok {
			item = -1
		}
		c.counts = append(c.counts, countColumn{i, column.Item, item})
	}
}

// row judges one row.
func (c *checker) row(r SheetRow) {
	if r.Number <= c.mapping.Header {
		return
	}
	c.out.Rows++
	if kind := c.aside(r); kind != "" {
		if len(c.out.Asides) < maxAsides {
			c.out.Asides = append(c.out.Asides, Aside{Row: r.Number, Kind: kind, Text: leading(r).Text})
		}
		return
	}
	switch {
	case c.mapping.Kind == ledger.KindReserve:
		c.reserve(r)
	case c.mapping.Kind == ledger.KindInspection:
		c.inspection(r)
	case len(c.counts) > 0:
		c.across(r)
	default:
		c.entry(r)
	}
}

// leading is the first cell of a row that holds something.
func leading(r SheetRow) Cell {
	for _, cell := range r.Cells {
		if cell.Text != "" {
			return cell
		}
	}
	return Cell{}
}

// aside tells a row that is a total, a footnote or the headings again.
func (c *checker) aside(r SheetRow) AsideKind {
	for _, at := range []int{c.unitAt, c.itemAt, c.siteAt, 0} {
		cell := r.at(at)
		if cell.Kind != CellText || cell.Text == "" || len(cell.Text) > maxLabel {
			continue
		}
		if _, known := c.index.units[cell.Text]; known {
			continue
		}
		if isTotal(folded(cell.Text)) {
			return AsideTotal
		}
		if at == c.unitAt && roleOf[whole(folded(cell.Text))] == RoleUnit {
			return AsideHeading
		}
	}
	if _, known := c.index.units[leading(r).Text]; !known && (isFootnote(leading(r)) || c.alone(r)) {
		return AsideFootnote
	}
	return ""
}

// maxLabel is the longest name of a row of sums, in bytes.
const maxLabel = 60

// alone reports whether a row holds one text and nothing else, which names none of
// what the rows are about.
func (c *checker) alone(r SheetRow) bool {
	n := 0
	for _, cell := range r.Cells {
		if cell.Text != "" && !cell.Merged {
			n++
		}
	}
	if n != 1 || leading(r).Kind != CellText {
		return false
	}
	text := leading(r).Text
	_, unit := c.index.unit(text)
	_, item := c.index.item(text)
	_, site := c.index.site(text)
	return !unit && !item && !site
}

func isTotal(text string) bool {
	if whole(text)&totals != 0 {
		return true
	}
	for _, ending := range []string{"合计", "小计", "总计", "共计"} {
		if strings.HasSuffix(text, ending) {
			return true
		}
	}
	return false
}

// isFootnote reports whether a cell begins like a remark on the sheet.
func isFootnote(cell Cell) bool {
	if cell.Kind != CellText {
		return false
	}
	runes := []rune(folded(string([]rune(cell.Text)[:min(len([]rune(cell.Text)), maxHeading)])))
	end, kind := columnWords().longest(runes, 0)
	if kind&footnotes == 0 {
		return false
	}
	return end == len(runes) || runes[end] == ':' || !isWordRune(runes[end-1])
}

// isWordRune tells the words of a footnote from its signs.
func isWordRune(r rune) bool { return r > 0x2fff && r < 0xff00 }

func (c *checker) fault(column, row int, err error) {
	if len(c.out.Faults) >= MaxFaults {
		c.out.More++
		return
	}
	c.out.Faults = append(c.out.Faults, Fault{Place{c.sheet, max(column, 0), row}, shortened(refusal(err))})
}

// maxShown is how much of a cell a refusal shows, in characters.
const maxShown = 60

// shortened is a refusal in which no text is longer than a person reads: a cell may
// hold thirty thousand characters.
func shortened(e *ledger.Error) *ledger.Error {
	args := slices.Clone(e.Args)
	for i, arg := range args {
		if text, ok := arg.(string); ok && len(text) > maxShown {
			if runes := []rune(text); len(runes) > maxShown {
				args[i] = string(runes[:maxShown]) + "…"
			}
		}
	}
	return &ledger.Error{Code: e.Code, Args: args, Cause: e.Cause}
}

// keep takes a record, or the fault that no ledger would take it.
func (c *checker) keep(column int, r SheetRow, record ledger.Record) {
	if err := ledger.Check(record); err != nil {
		c.fault(column, r.Number, err)
		return
	}
	c.out.Good = append(c.out.Good, Entry{Place{c.sheet, column, r.Number}, record})
}

// filled is the cell of a row that must say something; ok is false when a fault was noted.
func (c *checker) filled(r SheetRow, at int, role Role) (cell Cell, ok bool) {
	if cell = r.at(at); isBlank(cell) {
		c.blank(r, at, role)
		return cell, false
	}
	return cell, true
}

// blank notes that a row does not say what it must.
func (c *checker) blank(r SheetRow, at int, role Role) {
	c.fault(at, r.Number, ledger.Refuse(ledger.CodeBookBlank, "column", string(role)))
}

// unitOf is the unit of a row; ok is false when a fault was noted.
func (c *checker) unitOf(r SheetRow) (ledger.ID, bool) {
	if c.unitAt < 0 {
		return c.unit, true
	}
	cell, ok := c.filled(r, c.unitAt, RoleUnit)
	if !ok {
		return 0, false
	}
	id, ok := c.index.unit(cell.Text)
	if !ok {
		c.fault(c.unitAt, r.Number, c.index.unknown(ledger.CodeUnitUnknown, cell.Text))
	}
	return id, ok
}

func (c *checker) dayOf(r SheetRow) (ledger.Day, bool) {
	if c.dateAt < 0 {
		return c.day, true
	}
	cell, ok := c.filled(r, c.dateAt, RoleDay)
	if !ok {
		return 0, false
	}
	day, err := dayOf(cell, c.today, c.from04)
	if err != nil {
		c.fault(c.dateAt, r.Number, err)
	}
	return day, err == nil
}

// momentOf is when a reserve report is of: what its row says, else the day stated,
// else now. A day without a time is meant to its end.
func (c *checker) momentOf(r SheetRow) (time.Time, bool) {
	now, zone := c.terms.Now, c.terms.Now.Location()
	at := r.at(c.timeAt)
	day, clock := c.today, time.Duration(0)
	if c.timeAt >= 0 && !isBlank(at) {
		stated, err := dayOf(at, c.today, c.from04)
		if err != nil {
			c.fault(c.timeAt, r.Number, err)
			return time.Time{}, false
		}
		day, clock = stated, clockOf(at)
	} else if c.mapping.Dated {
		day = c.day
	}
	switch moment := day.Time(zone).Add(clock); {
	case clock > 0 && moment.Before(now):
		return moment.Truncate(time.Second), true
	case day == c.today:
		return now.Truncate(time.Second), true
	}
	return (day + 1).Time(zone).Add(-time.Second), true
}
