package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// listing is what list was asked for.
type listing struct {
	period *ledger.Period
	units  []ledger.ID
	voided bool
}

// runList prints the rows of a ledger.
func runList(ctx context.Context, p *program, args []string) error {
	fs := p.flags("list")
	from, to, unit := fs.String("from", "", ""), fs.String("to", "", ""), fs.String("unit", "", "")
	voided := fs.Bool("voided", false, "")
	rest, err := p.arguments(fs, args, "publicity|sites|inspections|problems|batches")
	if err != nil {
		return err
	}
	lists := map[string]func(context.Context, *lister, listing) error{
		"publicity": listPublicity, "sites": listSites, "inspections": listInspections, "problems": listProblems,
		"batches": listBatches}
	each, ok := lists[rest[0]]
	if !ok {
		return usage("usage.list", "name", rest[0])
	}
	asked := listing{voided: *voided}
	if asked.period, err = p.period(*from, *to); err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if asked.units, err = subtree(ctx, s, *unit); err != nil {
		return err
	}
	d, err := newDirectory(ctx, s)
	if err != nil {
		return err
	}
	standing, err := s.Standing(ctx)
	if err != nil {
		return err
	}
	l := &lister{p: p, d: d, s: s, standing: standing, out: bufio.NewWriter(p.stdout)}
	if err := each(ctx, l, asked); err != nil {
		return err
	}
	return l.end()
}

// subtree lists the unit of a name and all below it; nil for an empty name.
func subtree(ctx context.Context, s *data.Store, name string) ([]ledger.ID, error) {
	if name == "" {
		return nil, nil
	}
	id, err := unitNamed(ctx, s, name)
	if err != nil {
		return nil, err
	}
	units, err := s.Units(ctx)
	return ledger.Subtree(units, id), err
}

// lister writes rows one by one, so that a large ledger needs no memory.
type lister struct {
	p        *program
	d        *directory
	s        *data.Store
	standing handoff.Standing
	out      *bufio.Writer
	rows     int64
}

// row writes one record: its id, its fields, where it comes from and how far the
// revision that states it has travelled.
func (l *lister) row(id, revision ledger.ID, r ledger.Record, more ...member) error {
	fields := l.d.describe(r)
	if !l.p.json {
		l.rows++
		_, err := fmt.Fprintf(l.out, "%s  %s%s\n", l.s.IDText(id), fields.line(), l.travelled(revision))
		return err
	}
	more = append(more, member{"desk", l.d.desks[revision.Desk()]}, member{"travel", l.standing.Travel(revision)})
	all := append(object{{"id", l.s.IDText(id)}}, fields...)
	text, err := json.Marshal(append(all, more...))
	if err != nil {
		return err
	}
	before := ",\n"
	if l.rows++; l.rows == 1 {
		before = "[\n"
	}
	_, err = fmt.Fprintf(l.out, "%s%s", before, text)
	return err
}

// travelled says how far a revision has travelled, in a ledger that has met
// another; a lone desk's list stays as it is.
func (l *lister) travelled(revision ledger.ID) string {
	if !l.standing.Exchanged {
		return ""
	}
	stage := l.standing.Travel(revision)
	return "  " + words.T("travel."+string(stage), "name", l.d.desks[revision.Desk()])
}

func (l *lister) end() error {
	switch {
	case !l.p.json && l.rows == 0:
		fmt.Fprintln(l.out, words.T("list.none"))
	case l.p.json && l.rows == 0:
		fmt.Fprintln(l.out, "[]")
	case l.p.json:
		fmt.Fprintln(l.out, "\n]")
	}
	return l.out.Flush()
}

// trace says who recorded a row, when, and whether it counts.
func trace[T any](r ledger.Row[T]) []member {
	return []member{{"author", r.Author}, {"recorded", stamp(r.Clock.Time())}, {"voided", r.Voided}}
}

// pageRows is how many rows are read at a time.
const pageRows = 500

func listPublicity(ctx context.Context, l *lister, asked listing) error {
	return eachEntry(ctx, l.s, ledger.PublicityFilter{Period: asked.period, Units: asked.units, Voided: asked.voided},
		func(r ledger.Row[ledger.Publicity]) error { return l.row(r.ID, r.Revision, &r.Value, trace(r)...) })
}

// eachEntry visits the entries of a filter page by page.
func eachEntry(ctx context.Context, s *data.Store, f ledger.PublicityFilter, visit func(ledger.Row[ledger.Publicity]) error) error {
	ids, err := s.PublicityIDs(ctx, f)
	for err == nil && len(ids) > 0 {
		n := min(pageRows, len(ids))
		var rows []ledger.Row[ledger.Publicity]
		if rows, err = s.PublicityRows(ctx, ids[:n]); err != nil {
			return err
		}
		for _, r := range rows {
			if err := visit(r); err != nil {
				return err
			}
		}
		ids = ids[n:]
	}
	return err
}

func listSites(ctx context.Context, l *lister, asked listing) error {
	sites, err := l.s.Sites(ctx)
	if err != nil {
		return err
	}
	for _, r := range sites {
		if r.Voided && !asked.voided || r.Same != 0 {
			continue
		}
		site := r.Value
		if !r.Voided {
			site = ledger.SiteOf(sites, r.ID)
		}
		if err := l.row(r.ID, r.Revision, &site, trace(r)...); err != nil {
			return err
		}
	}
	return nil
}

func listInspections(ctx context.Context, l *lister, asked listing) error {
	rows, err := l.s.Inspections(ctx, ledger.InspectionFilter{Period: asked.period, Units: asked.units, Voided: asked.voided})
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := l.row(r.ID, r.Revision, &r.Value, trace(r)...); err != nil {
			return err
		}
	}
	return nil
}

func listProblems(ctx context.Context, l *lister, asked listing) error {
	rows, err := l.s.Problems(ctx, ledger.ProblemFilter{Period: asked.period, Units: asked.units, Voided: asked.voided})
	if err != nil {
		return err
	}
	for _, r := range rows {
		more := append([]member{{"overdue", !r.Voided && r.Value.Overdue(l.p.today())}}, trace(r)...)
		if err := l.row(r.ID, r.Revision, &r.Value, more...); err != nil {
			return err
		}
	}
	return nil
}
