package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// checkedBook is a workbook that was checked whole, and what became of it.
type checkedBook struct {
	accepter
	book   *intake.Workbook
	layout intake.Layout
	others []string // sheets that could be read too
	*intake.Checked
	batch ledger.ID
	alike []object
}

// workbook checks a workbook whole and says what is wrong where; with --accept it
// records the rows as one batch, if none is wrong or the good ones were asked for.
func (p *program) workbook(ctx context.Context, path string, asked taking) error {
	book, err := intake.OpenWorkbook(path)
	if err != nil {
		return err
	}
	defer book.Close()
	open := p.openToRead
	if asked.accept {
		open = p.open
	}
	s, err := open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c := &checkedBook{accepter: accepter{p: p, s: s, asked: asked, source: book.Source}, book: book}
	if err := c.check(ctx); err != nil {
		return err
	}
	if err := c.mark(ctx); err != nil {
		return err
	}
	if len(c.Faults) > 0 && !asked.goodRows {
		if err := c.print(); err != nil {
			return err
		}
		return ledger.Refuse(ledger.CodeBookFaults, "n", len(c.Faults)+c.More, "good", len(c.Good))
	}
	if asked.accept {
		if err := c.take(ctx); err != nil {
			return err
		}
	}
	return c.print()
}

// check finds out how the workbook is read, and reads it.
func (c *checkedBook) check(ctx context.Context) error {
	terms, err := c.terms(ctx)
	if err != nil {
		return err
	}
	if c.asked.accept {
		if err := c.fresh(ctx); err != nil {
			return err
		}
	}
	names, err := intake.ReadNames(ctx, c.s)
	if err != nil {
		return err
	}
	layouts, err := c.book.Layouts(ctx, names, c.p.today())
	if err != nil {
		return err
	}
	if err := c.choose(layouts); err != nil {
		return err
	}
	if terms.Unit != 0 {
		c.layout.Mapping.Unit = "" // what is said counts for more than what a title seems to say
	}
	if terms.Dated {
		c.layout.Mapping.Day, c.layout.Mapping.Dated = terms.Day, true
	}
	c.Checked, err = c.book.Check(ctx, c.layout.Mapping, names, terms, c.progress())
	if isTerminal(os.Stderr) {
		fmt.Fprintln(c.p.stderr)
	}
	return err
}

// choose takes the sheet that was named, or the one that is understood best, and reads
// it as a clerk has said for sheets with its headings.
func (c *checkedBook) choose(layouts []intake.Layout) error {
	var names []string
	chosen := -1
	for i, l := range layouts {
		names = append(names, l.Sheet)
		if c.asked.sheet == "" && i == 0 || l.Sheet == c.asked.sheet {
			chosen = i
		} else if len(l.Headings) > 0 {
			c.others = append(c.others, l.Sheet)
		}
	}
	if chosen < 0 {
		return ledger.Refuse(ledger.CodeBookSheet, "name", c.asked.sheet, "sheets", names)
	}
	l := layouts[chosen]
	if len(l.Headings) == 0 {
		return ledger.Refuse(ledger.CodeBookLayout, "path", c.book.Path)
	}
	c.layout = l.Remembering(func(print string) []byte { return c.p.settings.Get().Remembered(print) })
	return nil
}

// progress tells a person at a terminal how far the reading is.
func (c *checkedBook) progress() func(done, all int64) {
	if !isTerminal(os.Stderr) {
		return nil
	}
	return func(done, all int64) {
		fmt.Fprintf(c.p.stderr, "\r%s", words.T("intake.progress", "percent", min(100, done*100/max(all, 1))))
	}
}

// mark saves a copy with the faults marked in place.
func (c *checkedBook) mark(ctx context.Context) error {
	if c.asked.marked == "" || len(c.Faults) == 0 {
		return nil
	}
	return intake.MarkErrors(ctx, c.book.Path, c.asked.marked, false, c.Faults)
}

// take records the good rows as one batch.
func (c *checkedBook) take(ctx context.Context) error {
	if len(c.Good) == 0 {
		return ledger.Refuse(ledger.CodeIntakeNothing, "left", c.Rows)
	}
	records := make([]ledger.Record, len(c.Good))
	for i, entry := range c.Good {
		records[i] = entry.Record
	}
	batch, _, alike, err := c.record(ctx, records)
	var row *ledger.RowError
	if errors.As(err, &row) {
		place := c.Good[row.Row].Place
		fmt.Fprintln(c.p.stdout, words.T("intake.fault", "sheet", place.Sheet, "cell", place.Cell(), "why", words.Sentence(row.Err)))
	}
	if err != nil {
		return err
	}
	c.batch = batch
	for i, id := range alike {
		if id != 0 && len(c.alike) < maxAlike {
			c.alike = append(c.alike, object{{"sheet", c.Good[i].Sheet}, {"cell", c.Good[i].Cell()}, {"alike", c.s.IDText(id)}})
		}
	}
	return nil
}

// maxAlike is how many rows are named that the ledger had already.
const maxAlike = 100

func (c *checkedBook) print() error {
	if c.p.json {
		return c.p.printJSON(c.object())
	}
	out := c.p.stdout
	for _, f := range c.Faults {
		fmt.Fprintln(out, words.T("intake.fault", "sheet", f.Sheet, "cell", f.Cell(), "why", words.Sentence(f.Err)))
	}
	if c.More > 0 {
		fmt.Fprintln(out, words.T("intake.more", "n", c.More))
	}
	for _, a := range c.Asides {
		fmt.Fprintln(out, words.T("intake.aside."+string(a.Kind), "row", a.Row, "text", a.Text))
	}
	for _, one := range c.alike {
		fmt.Fprintln(out, one[1].text()+"  "+words.T("intake.alike", "id", one[2].text()))
	}
	fmt.Fprintln(out, words.T("intake.checked", "sheet", c.layout.Sheet, "rows", c.Rows, "good", len(c.Good), "faults", len(c.Faults)+c.More,
		"blank", c.Blank, "zero", c.Zero))
	if len(c.others) > 0 {
		fmt.Fprintln(out, words.T("intake.sheets", "sheets", c.others))
	}
	if c.batch == 0 {
		return nil
	}
	_, err := fmt.Fprintln(out, words.T("intake.taken", "n", len(c.Good), "left", len(c.Faults)+c.More, "batch", c.s.IDText(c.batch)))
	return err
}

// object is the outcome as JSON.
func (c *checkedBook) object() object {
	faults, asides := []object{}, []object{}
	for _, f := range c.Faults {
		faults = append(faults, object{{"sheet", f.Sheet}, {"cell", f.Cell()}, {"code", string(f.Err.Code)}, {"why", words.Sentence(f.Err)}})
	}
	for _, a := range c.Asides {
		asides = append(asides, object{{"row", a.Row}, {"kind", string(a.Kind)}, {"text", a.Text}})
	}
	columns := []object{}
	for i, column := range c.layout.Mapping.Columns {
		columns = append(columns, object{{"column", intake.ColumnName(i)}, {"heading", c.heading(i)}, {"role", string(column.Role)}, {"item", column.Item}})
	}
	var batch, marked any
	if c.batch != 0 {
		batch = c.s.IDText(c.batch)
	}
	if c.asked.marked != "" && len(c.Faults) > 0 {
		marked = c.asked.marked
	}
	return object{{"source", c.source.Name}, {"sheet", c.layout.Sheet}, {"others", append([]string{}, c.others...)}, {"kind", c.layout.Mapping.Kind.String()}, {"columns", columns},
		{"rows", c.Rows}, {"good", len(c.Good)}, {"faults", faults}, {"more", c.More}, {"aside", asides}, {"blank", c.Blank},
		{"zero", c.Zero}, {"alike", append([]object{}, c.alike...)}, {"marked", marked}, {"batch", batch}}
}

func (c *checkedBook) heading(column int) string {
	if column < len(c.layout.Headings) {
		return c.layout.Headings[column]
	}
	return ""
}

// runTemplate writes a workbook to fill in.
func runTemplate(ctx context.Context, p *program, args []string) error {
	fs := p.flags("template")
	force := fs.Bool("force", false, "")
	rest, err := p.arguments(fs, args, "publicity|reserve|inspections", "OUT.xlsx")
	if err != nil {
		return err
	}
	kind, ok := map[string]ledger.Kind{"publicity": ledger.KindPublicity, "reserve": ledger.KindReserve, "inspections": ledger.KindInspection}[rest[0]]
	if !ok {
		return usage("usage.template", "name", rest[0])
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	names, err := intake.ReadNames(ctx, s)
	if err != nil {
		return err
	}
	latest, err := latestOf(ctx, s, kind, names)
	if err != nil {
		return err
	}
	if err := intake.Template(kind, names, latest, rest[1], *force); err != nil {
		return err
	}
	return p.print(map[string]string{"file": rest[1]}, words.T("template.done", "path", rest[1]))
}

// latestRows is how many of the newest entries are looked at for the latest values.
const latestRows = 5_000

// latestOf is what a template shows beside the cells to fill.
func latestOf(ctx context.Context, s *data.Store, kind ledger.Kind, n intake.Names) (l intake.Latest, err error) {
	switch kind {
	case ledger.KindPublicity:
		l.Entries, err = latestEntries(ctx, s)
	case ledger.KindReserve:
		l.Reserves = map[ledger.ID]ledger.Reserve{}
		for _, site := range n.Sites {
			rows, err := s.Reserves(ctx, site.ID, 1)
			if err != nil {
				return l, err
			}
			if len(rows) > 0 && !rows[0].Voided {
				l.Reserves[site.ID] = rows[0].Value
			}
		}
	default:
		l.Inspections = map[ledger.ID]ledger.Inspection{}
		var rows []ledger.Row[ledger.Inspection]
		rows, err = s.Inspections(ctx, ledger.InspectionFilter{})
		for _, r := range rows {
			if last, ok := l.Inspections[r.Value.Unit]; !ok || r.Value.Day > last.Day {
				l.Inspections[r.Value.Unit] = r.Value
			}
		}
	}
	return l, err
}

// latestEntries are the newest entries, one of each unit and item.
func latestEntries(ctx context.Context, s *data.Store) ([]ledger.Row[ledger.Publicity], error) {
	ids, err := s.PublicityIDs(ctx, ledger.PublicityFilter{})
	if err != nil {
		return nil, err
	}
	rows, err := s.PublicityRows(ctx, ids[:min(len(ids), latestRows)])
	if err != nil {
		return nil, err
	}
	seen := map[[2]ledger.ID]bool{}
	var list []ledger.Row[ledger.Publicity]
	for _, r := range rows {
		key := [2]ledger.ID{r.Value.Unit, r.Value.Item}
		if !seen[key] {
			seen[key] = true
			list = append(list, r)
		}
	}
	return list, nil
}
