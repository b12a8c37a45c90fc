package main

import (
	"context"
	"fmt"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// runIntake lists what a report counts or a workbook states and records nothing, or
// with --accept records it.
func runIntake(ctx context.Context, p *program, args []string) error {
	var asked taking
	fs := p.flags("intake")
	fs.BoolVar(&asked.accept, "accept", false, "")
	fs.BoolVar(&asked.newItems, "new-items", false, "")
	fs.BoolVar(&asked.again, "again", false, "")
	fs.BoolVar(&asked.goodRows, "good-rows", false, "")
	fs.StringVar(&asked.marked, "marked", "", "")
	fs.StringVar(&asked.sheet, "sheet", "", "")
	fs.StringVar(&asked.unit, "unit", "", "")
	fs.StringVar(&asked.date, "date", "", "")
	rest, err := p.arguments(fs, args, "FILE")
	if err != nil {
		return err
	}
	given := givenFlags(fs)
	if intake.IsWorkbook(rest[0]) {
		if given["new-items"] {
			return usage("usage.report", "name", "new-items")
		}
		return p.workbook(ctx, rest[0], asked)
	}
	for _, name := range []string{"good-rows", "marked", "sheet"} {
		if given[name] {
			return usage("usage.book", "name", name)
		}
	}
	if asked.accept {
		return p.acceptReport(ctx, rest[0], asked)
	}
	for _, name := range []string{"new-items", "again", "unit", "date"} {
		if given[name] {
			return usage("usage.accept", "name", name)
		}
	}
	return p.listReport(ctx, rest[0])
}

// listReport lists what a report counts.
func (p *program) listReport(ctx context.Context, path string) error {
	text, err := intake.ReadFile(path)
	if err != nil {
		return err
	}
	reader, err := p.intakeReader(ctx)
	if err != nil {
		return err
	}
	candidates := reader.Read(text)
	if p.json {
		return p.printJSON(candidateObjects(reader, []rune(text), candidates))
	}
	return p.printCandidates(reader, candidates)
}

// intakeReader knows the items and units of the ledger. Where none has been set
// up it knows the catalogue, so that a report can be looked at before.
func (p *program) intakeReader(ctx context.Context) (*intake.Reader, error) {
	r := &intake.Reader{Items: ledger.Catalogue, Today: p.today()}
	s, err := p.openToRead(ctx)
	if ledger.CodeOf(err) == ledger.CodeNotSetUp {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	defer s.Close()
	names, err := intake.ReadNames(ctx, s)
	if err != nil {
		return nil, err
	}
	return names.Reader(p.today()), nil
}

func candidateObjects(r *intake.Reader, text []rune, candidates []intake.Candidate) []object {
	list := make([]object, 0, len(candidates))
	for _, c := range candidates {
		list = append(list, object{{"ledger", c.Ledger.String()}, {"item", itemOf(r, c)}, {"quantity", c.Number()},
			{"approx", c.Approx()}, {"measure", c.Measure}, {"start", c.Start}, {"span", string(text[c.Start:c.End])},
			{"unit", unitOf(r, c)}, {"date", dateOf(c)}})
	}
	return list
}

// itemOf is the known item of a candidate, or what the report calls it.
func itemOf(r *intake.Reader, c intake.Candidate) string {
	if c.Known >= 0 {
		return r.Items[c.Known].Name
	}
	return c.Item
}

// unitOf is the unit that the report names, "" when it names none.
func unitOf(r *intake.Reader, c intake.Candidate) string {
	if c.Unit < 0 {
		return ""
	}
	return r.Units[c.Unit]
}

// dateOf is the last day of what the report names, "" when it names none.
func dateOf(c intake.Candidate) string {
	if c.Date.Empty() {
		return ""
	}
	return c.Date.To.String()
}

func (p *program) printCandidates(r *intake.Reader, candidates []intake.Candidate) error {
	if len(candidates) == 0 {
		_, err := fmt.Fprintln(p.stdout, words.T("intake.none"))
		return err
	}
	for _, c := range candidates {
		line := object{{"ledger", words.T("intake.ledger." + c.Ledger.String())}, {"item", itemOf(r, c)},
			{"count", countOf(c)}, {"unit", unitOf(r, c)}, {"date", dateOf(c)}, {"doubt", doubtsOf(c)}}.line()
		if _, err := fmt.Fprintln(p.stdout, line); err != nil {
			return err
		}
	}
	return nil
}

// doubtsOf are the words of what a person should look at twice; "" for nothing.
func doubtsOf(c intake.Candidate) string {
	var list []string
	add := func(yes bool, key string) {
		if yes {
			list = append(list, words.T("paste.doubt."+key))
		}
	}
	add(c.Ledger == intake.Publicity && c.Known < 0, "new")
	add(c.Doubt&intake.Cumulative != 0, "cumulative")
	add(c.Doubt&intake.UnsureLedger != 0, "ledger")
	add(c.Part, "part")
	add(c.Total, "total")
	add(c.Date.From != c.Date.To, "period")
	if len(list) == 0 {
		return ""
	}
	return "[" + strings.Join(list, "] [") + "]"
}

// countOf writes the quantity with its measure word: 3,681幅, 300–400份, 92.6%.
func countOf(c intake.Candidate) string {
	switch {
	case c.Measure == "%":
		return fmt.Sprintf("%g%%", c.Percent)
	case c.Max > 0:
		return ledger.GroupDigits(c.Quantity.Value) + "–" + ledger.GroupDigits(c.Max) + c.Measure
	}
	return c.Quantity.String() + c.Measure
}
