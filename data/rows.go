package data

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"

	"taizhang/app/ledger"
)

// read runs work on one committed state of the ledger.
func (s *Store) read(ctx context.Context, work func(q querier) error) error {
	if err := s.reach(); err != nil {
		return err
	}
	return inTx(ctx, s.reader, func(tx *sql.Tx) error { return work(tx) })
}

// readTwice runs work with two connections that see the same committed state,
// so that it can read on both at once.
func (s *Store) readTwice(ctx context.Context, work func(a, b querier) error) error {
	for {
		same := false
		err := s.read(ctx, func(a querier) error {
			return s.read(ctx, func(b querier) (err error) {
				if same, err = sameState(ctx, a, b); err != nil || !same {
					return err
				}
				return work(a, b)
			})
		})
		if err != nil || same {
			return err
		}
	}
}

// sameState reports whether two transactions began on the same state: every
// commit moves the head of a chain.
func sameState(ctx context.Context, a, b querier) (bool, error) {
	one, err := readHeads(ctx, a)
	if err != nil {
		return false, err
	}
	two, err := readHeads(ctx, b)
	if err != nil || len(one) != len(two) {
		return false, err
	}
	for n, h := range one {
		if other := two[n]; other == nil || other.point() != h.point() {
			return false, nil
		}
	}
	return true, nil
}

// record is a pointer to a domain type that is a Record.
type record[T any] interface {
	*T
	ledger.Record
}

// rowsOf reads rows of one kind: where filters and orders the derived table d,
// and each row's content comes from the revision r that states it.
func rowsOf[T any, P record[T]](ctx context.Context, q querier, kind ledger.Kind, where string, args ...any) ([]ledger.Row[T], error) {
	rows, err := q.QueryContext(ctx, "SELECT d.id, r.k, d.void, r.clock, r.author, r.fields FROM "+tables[kind].name+
		" AS d JOIN revision AS r ON r.k = coalesce(d.rev, d.id) WHERE "+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ledger.Row[T]
	for rows.Next() {
		var row ledger.Row[T]
		var fields sql.RawBytes
		if err := rows.Scan(&row.ID, &row.Revision, &row.Voided, &row.Clock, &row.Author, &fields); err != nil {
			return nil, err
		}
		decoded, err := ledger.DecodeFields(kind, fields)
		if err != nil {
			return nil, err
		}
		row.Value = *(decoded.(P))
		list = append(list, row)
	}
	return list, rows.Err()
}

// Units lists every unit, voided ones too, in the order they were created.
func (s *Store) Units(ctx context.Context) ([]ledger.Row[ledger.Unit], error) {
	list, err := s.units(ctx, s.reader)
	return list, s.fault(err)
}

// Items lists every item, voided ones too: the catalogue, then as they were
// created.
func (s *Store) Items(ctx context.Context) ([]ledger.Row[ledger.Item], error) {
	list, err := s.items(ctx, s.reader)
	return list, s.fault(err)
}

// Sites lists every isolation site, voided ones too, by plan, then as they were
// created.
func (s *Store) Sites(ctx context.Context) ([]ledger.Row[ledger.Site], error) {
	list, err := s.sites(ctx, s.reader)
	slices.SortStableFunc(list, func(a, b ledger.Row[ledger.Site]) int { return cmp.Compare(a.Value.Plan, b.Value.Plan) })
	return list, s.fault(err)
}

// where collects conditions and their arguments.
type where struct {
	terms []string
	args  []any
}

func (w *where) add(term string, args ...any) {
	w.terms = append(w.terms, term)
	w.args = append(w.args, args...)
}

func (w *where) in(column string, ids []ledger.ID) {
	if len(ids) == 0 {
		return
	}
	w.add(column + " IN (" + idList(ids) + ")")
}

func (w *where) period(column string, p *ledger.Period) {
	if p != nil {
		w.add(column+" BETWEEN ? AND ?", int64(p.From), int64(p.To))
	}
}

func (w *where) standing(voided bool) {
	if !voided {
		w.add("d.void = 0")
	}
}

func (w *where) String() string {
	if len(w.terms) == 0 {
		return "1"
	}
	return strings.Join(w.terms, " AND ")
}

// idList writes ids as literals: they are integers, and a subtree of units may
// hold more than SQLite takes parameters for.
func idList(ids []ledger.ID) string {
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(itoa(int64(id)))
	}
	return b.String()
}

// Reserves lists the newest reports of a site and of those that are the same as
// it, newest first; site 0 is every site.
func (s *Store) Reserves(ctx context.Context, site ledger.ID, limit int) ([]ledger.Row[ledger.Reserve], error) {
	var w where
	if site != 0 {
		sites, err := s.sites(ctx, s.reader)
		if err != nil {
			return nil, s.fault(err)
		}
		w.in("d.site", ledger.FoldsOf(sites).All([]ledger.ID{site}))
	}
	list, err := rowsOf[ledger.Reserve](ctx, s.reader, ledger.KindReserve, w.String()+
		" ORDER BY d.at DESC, (SELECT clock FROM revision WHERE k = d.id) DESC, d.id DESC LIMIT ?", append(w.args, limit)...)
	return list, s.fault(err)
}

// Inspections lists inspections, newest first.
func (s *Store) Inspections(ctx context.Context, f ledger.InspectionFilter) ([]ledger.Row[ledger.Inspection], error) {
	units, err := s.whole(ctx, f.Units)
	if err != nil {
		return nil, s.fault(err)
	}
	var w where
	w.standing(f.Voided)
	w.period("d.day", f.Period)
	w.in("d.unit", units)
	list, err := rowsOf[ledger.Inspection](ctx, s.reader, ledger.KindInspection,
		w.String()+" ORDER BY d.day DESC, d.id DESC", w.args...)
	return list, s.fault(err)
}

// Problems lists listed problems, the earliest deadline first.
func (s *Store) Problems(ctx context.Context, f ledger.ProblemFilter) ([]ledger.Row[ledger.Problem], error) {
	var err error
	if f.Units, err = s.whole(ctx, f.Units); err != nil {
		return nil, s.fault(err)
	}
	list, err := problems(ctx, s.reader, f)
	return list, s.fault(err)
}

func problems(ctx context.Context, q querier, f ledger.ProblemFilter) ([]ledger.Row[ledger.Problem], error) {
	var w where
	w.standing(f.Voided)
	if f.Inspection != 0 {
		w.add("d.inspection = ?", int64(f.Inspection))
	}
	w.in("d.unit", f.Units)
	if len(f.States) > 0 {
		states := make([]ledger.ID, len(f.States))
		for i, st := range f.States {
			states[i] = ledger.ID(st)
		}
		w.in("d.state", states)
	}
	if f.Period != nil {
		w.add("d.inspection IN (SELECT id FROM inspection WHERE day BETWEEN ? AND ?)", int64(f.Period.From), int64(f.Period.To))
	}
	return rowsOf[ledger.Problem](ctx, q, ledger.KindProblem, w.String()+" ORDER BY d.deadline, d.id", w.args...)
}
