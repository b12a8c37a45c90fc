package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"taizhang/app/ledger"
)

// memLedger is a ledger in memory for tests of screens: it keeps the rules of
// ledger.Book, without SQL, hashes or publicity lists.
type memLedger struct {
	now       time.Time
	seq       int64
	order     []ledger.ID
	records   map[ledger.ID]ledger.Row[ledger.Record]
	revisions map[ledger.ID][]ledger.Revision
	failing   error // every read answers with it when set
	reads     int
}

var _ ledger.Store = (*memLedger)(nil)

func newMemLedger(now time.Time) *memLedger {
	return &memLedger{now: now, records: map[ledger.ID]ledger.Row[ledger.Record]{}, revisions: map[ledger.ID][]ledger.Revision{}}
}

func (m *memLedger) Write(_ context.Context, change func(ledger.Tx) error) error {
	before := *m
	before.records = map[ledger.ID]ledger.Row[ledger.Record]{}
	for k, v := range m.records {
		before.records[k] = v
	}
	before.order = slices.Clone(m.order)
	if err := change(memTx{m}); err != nil {
		m.records, m.order, m.seq = before.records, before.order, before.seq
		return err
	}
	return nil
}

type memTx struct{ *memLedger }

func (t memTx) Now() time.Time { return t.now }
func (t memTx) Desk() int64    { return 1 }

func (t memTx) Current(id ledger.ID) (ledger.Row[ledger.Record], error) {
	row, ok := t.records[id]
	if !ok {
		return row, ledger.Refuse(ledger.CodeRecordUnknown, "id", t.IDText(id))
	}
	return row, nil
}

func (t memTx) Append(r *ledger.Revision) error {
	t.seq++
	r.ID = ledger.MakeID(1, t.seq)
	if r.Op == ledger.OpCreate {
		r.Record = r.ID
		t.order = append(t.order, r.ID)
	}
	r.Clock = ledger.NextClock(0, t.now)
	t.records[r.Record] = ledger.Row[ledger.Record]{ID: r.Record, Revision: r.ID, Voided: r.Op == ledger.OpVoid,
		Clock: r.Clock, Author: r.Author, Value: r.Fields}
	t.revisions[r.Record] = append(t.revisions[r.Record], *r)
	return nil
}

// Heads are the revisions of a record that are in no other's base.
func (t memTx) Heads(record ledger.ID) ([]ledger.Revision, error) {
	seen := map[ledger.ID]bool{}
	for _, r := range t.revisions[record] {
		for _, b := range r.Base {
			seen[b] = true
		}
	}
	var heads []ledger.Revision
	for _, r := range t.revisions[record] {
		if !seen[r.ID] {
			heads = append(heads, r)
		}
	}
	return heads, nil
}

// rowsOf lists the records of one kind, oldest first.
func rowsOf[T any, P interface {
	*T
	ledger.Record
}](m *memLedger, voided bool) []ledger.Row[T] {
	var list []ledger.Row[T]
	for _, id := range m.order {
		row := m.records[id]
		if v, ok := row.Value.(P); ok && (voided || !row.Voided) {
			list = append(list, ledger.Row[T]{ID: row.ID, Revision: row.Revision, Voided: row.Voided, Clock: row.Clock,
				Author: row.Author, Value: *v})
		}
	}
	return list
}

func (t memTx) Units() ([]ledger.Row[ledger.Unit], error) {
	return rowsOf[ledger.Unit](t.memLedger, true), nil
}
func (t memTx) Items() ([]ledger.Row[ledger.Item], error) {
	return rowsOf[ledger.Item](t.memLedger, true), nil
}
func (t memTx) Sites() ([]ledger.Row[ledger.Site], error) {
	return rowsOf[ledger.Site](t.memLedger, true), nil
}

func (t memTx) ListedProblems(id ledger.ID) (int64, error) {
	n := int64(0)
	for _, p := range rowsOf[ledger.Problem](t.memLedger, false) {
		if p.Value.Inspection == id {
			n++
		}
	}
	return n, nil
}

func (t memTx) LatestReserve(site ledger.ID) (ledger.Row[ledger.Reserve], bool, error) {
	list, _ := t.Reserves(context.Background(), site, len(t.order))
	for _, r := range list {
		if !r.Voided {
			return r, true, nil
		}
	}
	return ledger.Row[ledger.Reserve]{}, false, nil
}

func (t memTx) Uses(id ledger.ID) (int64, error) { return t.ListedProblems(id) }

func (m *memLedger) Units(context.Context) ([]ledger.Row[ledger.Unit], error) {
	return rowsOf[ledger.Unit](m, true), m.failing
}
func (m *memLedger) Items(context.Context) ([]ledger.Row[ledger.Item], error) {
	return rowsOf[ledger.Item](m, true), m.failing
}
func (m *memLedger) Sites(context.Context) ([]ledger.Row[ledger.Site], error) {
	return rowsOf[ledger.Site](m, true), m.failing
}
func (m *memLedger) Desks(context.Context) ([]ledger.DeskInfo, error) {
	return []ledger.DeskInfo{{Number: 1, Desk: ledger.Desk{Name: "值班台"}, Own: true}}, m.failing
}

func (m *memLedger) Batches(_ context.Context, f ledger.BatchFilter) ([]ledger.Row[ledger.Batch], error) {
	var list []ledger.Row[ledger.Batch]
	for _, r := range rowsOf[ledger.Batch](m, f.Voided) {
		if (f.Hash == nil || string(f.Hash) == string(r.Value.Hash[:])) && (f.Record == 0 || r.Value.Records(r.ID).Contains(f.Record)) {
			list = append(list, r)
		}
	}
	slices.Reverse(list)
	return list, m.failing
}

func (m *memLedger) Alike(_ context.Context, asked []ledger.Publicity) ([]ledger.ID, error) {
	found := make([]ledger.ID, len(asked))
	for _, r := range rowsOf[ledger.Publicity](m, false) {
		for i, p := range asked {
			if p.Unit == r.Value.Unit && p.Item == r.Value.Item && p.Day == r.Value.Day && p.Quantity.Value == r.Value.Quantity.Value {
				found[i] = r.ID
			}
		}
	}
	return found, m.failing
}

func (m *memLedger) Reserves(_ context.Context, site ledger.ID, limit int) ([]ledger.Row[ledger.Reserve], error) {
	var list []ledger.Row[ledger.Reserve]
	for _, r := range rowsOf[ledger.Reserve](m, true) {
		if r.Value.Site == site {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Row[ledger.Reserve]) int {
		if c := b.Value.At.Compare(a.Value.At); c != 0 {
			return c
		}
		return int(b.ID - a.ID)
	})
	return list[:min(len(list), limit)], m.failing
}

func (m *memLedger) Inspections(_ context.Context, f ledger.InspectionFilter) ([]ledger.Row[ledger.Inspection], error) {
	m.reads++
	var list []ledger.Row[ledger.Inspection]
	for _, r := range rowsOf[ledger.Inspection](m, f.Voided) {
		if (f.Period == nil || f.Period.Contains(r.Value.Day)) && (f.Units == nil || slices.Contains(f.Units, r.Value.Unit)) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Row[ledger.Inspection]) int { return int(b.Value.Day - a.Value.Day) })
	return list, m.failing
}

func (m *memLedger) Problems(_ context.Context, f ledger.ProblemFilter) ([]ledger.Row[ledger.Problem], error) {
	var list []ledger.Row[ledger.Problem]
	for _, r := range rowsOf[ledger.Problem](m, f.Voided) {
		day := m.records[r.Value.Inspection].Value.(*ledger.Inspection).Day
		if (f.Inspection == 0 || f.Inspection == r.Value.Inspection) && (f.Period == nil || f.Period.Contains(day)) &&
			(f.Units == nil || slices.Contains(f.Units, r.Value.Unit)) &&
			(f.States == nil || slices.Contains(f.States, r.Value.State)) {
			list = append(list, r)
		}
	}
	return list, m.failing
}

func (m *memLedger) History(_ context.Context, id ledger.ID) ([]ledger.Revision, error) {
	return m.revisions[id], m.failing
}

func (m *memLedger) PublicityIDs(context.Context, ledger.PublicityFilter) ([]ledger.ID, error) {
	return nil, m.failing
}
func (m *memLedger) PublicityRows(context.Context, []ledger.ID) ([]ledger.Row[ledger.Publicity], error) {
	return nil, m.failing
}
func (m *memLedger) PublicitySums(context.Context, ledger.PublicityFilter) ([]ledger.ItemSum, error) {
	return nil, m.failing
}

func (m *memLedger) IDText(id ledger.ID) string { return "a1b2c3d4-" + strconv.FormatInt(id.Seq(), 10) }
func (m *memLedger) ParseID(string) (ledger.ID, error) {
	return 0, errors.New("not used")
}

func (m *memLedger) Figures(_ context.Context, scope ledger.Scope) (ledger.Figures, error) {
	if m.failing != nil {
		return ledger.Figures{}, m.failing
	}
	f := ledger.Facts{Now: m.now, Units: rowsOf[ledger.Unit](m, false), Sites: rowsOf[ledger.Site](m, false),
		Reserves: map[ledger.ID]ledger.Row[ledger.Reserve]{}}
	for _, s := range f.Sites {
		if r, ok, _ := (memTx{m}).LatestReserve(s.ID); ok {
			f.Reserves[s.ID] = r
		}
	}
	for _, c := range rowsOf[ledger.Cases](m, false) {
		f.Cases = &c
	}
	period := &scope.Period
	inspections, _ := m.Inspections(context.Background(), ledger.InspectionFilter{Period: period})
	for _, i := range inspections {
		f.Inspected = append(f.Inspected, i.Value.Unit)
		f.Supervision.Visits += i.Value.Visits
		f.Supervision.Problems += i.Value.Problems
		f.Supervision.Directives += i.Value.Directives
	}
	f.Problems, _ = m.Problems(context.Background(), ledger.ProblemFilter{Period: period})
	f.Live, _ = m.Problems(context.Background(), ledger.ProblemFilter{States: []ledger.State{ledger.StateOpen, ledger.StateRectified}})
	return ledger.Compute(scope, f), nil
}
