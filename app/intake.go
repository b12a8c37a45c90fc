package main

import (
	"context"
	"fmt"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// runIntake lists what a report counts. It records nothing.
func runIntake(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("intake"), args, "FILE")
	if err != nil {
		return err
	}
	text, err := intake.ReadFile(rest[0])
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
	items, err := s.Items(ctx)
	if err != nil {
		return nil, err
	}
	units, err := s.Units(ctx)
	if err != nil {
		return nil, err
	}
	r.Items = live(items)
	for _, u := range live(units) {
		r.Units = append(r.Units, u.Name)
	}
	return r, nil
}

// live are the values of the rows that count: neither voided nor the same
// as another.
func live[T any](rows []ledger.Row[T]) []T {
	var list []T
	for _, r := range rows {
		if !r.Voided && r.Same == 0 {
			list = append(list, r.Value)
		}
	}
	return list
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
			{"count", countOf(c)}, {"unit", unitOf(r, c)}, {"date", dateOf(c)}}.line()
		if _, err := fmt.Fprintln(p.stdout, line); err != nil {
			return err
		}
	}
	return nil
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
