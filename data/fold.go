package data

import (
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"

	"taizhang/app/ledger"
)

// units, items and sites read every row of their kind, voided ones too, in an
// order that is the same in every ledger with the same revisions, and with Same
// set.

func (s *Store) units(ctx context.Context, q querier) ([]ledger.Row[ledger.Unit], error) {
	return named(ctx, s, q, ledger.KindUnit, ledger.FoldUnits)
}

func (s *Store) items(ctx context.Context, q querier) ([]ledger.Row[ledger.Item], error) {
	return named(ctx, s, q, ledger.KindItem, ledger.FoldItems)
}

func (s *Store) sites(ctx context.Context, q querier) ([]ledger.Row[ledger.Site], error) {
	return named(ctx, s, q, ledger.KindSite, ledger.FoldSites)
}

func named[T any, P record[T]](ctx context.Context, s *Store, q querier, kind ledger.Kind,
	fold func([]ledger.Row[T], ledger.Order)) ([]ledger.Row[T], error) {
	list, err := rowsOf[T, P](ctx, q, kind, "1 ORDER BY d.id")
	if err != nil {
		return nil, err
	}
	b := births{desks: s.desks}
	if severalDesks(list) {
		if err := b.read(ctx, q, kind, "1"); err != nil {
			return nil, err
		}
		slices.SortFunc(list, func(x, y ledger.Row[T]) int { return b.age(x.ID, y.ID) })
	}
	fold(list, b.order)
	eldestFirst(list)
	return list, nil
}

// eldestFirst moves each canonical row to where the first of the same stands: a
// township keeps its place in the lists of an office when its own record arrives.
func eldestFirst[T any](list []ledger.Row[T]) {
	folds := ledger.FoldsOf(list)
	if folds == nil {
		return
	}
	first := make(map[ledger.ID]int, len(list))
	place := make(map[ledger.ID]int, len(list))
	for i := range list {
		id := list[i].ID
		to := folds.Of(id)
		if _, ok := first[to]; !ok {
			first[to] = i
		}
		place[id] = 2 * i
	}
	for to, i := range first {
		place[to] = 2*i - 1 // before the row that it displaces
	}
	slices.SortFunc(list, func(a, b ledger.Row[T]) int { return cmp.Compare(place[a.ID], place[b.ID]) })
}

// severalDesks reports whether rows in the order of their ids were created on
// more chains than the catalogue's and one other.
func severalDesks[T any](list []ledger.Row[T]) bool {
	chains := 0
	for i := range list {
		if i == 0 || list[i].ID.Desk() != list[i-1].ID.Desk() {
			chains++
		}
	}
	return chains > 2 || chains == 2 && list[0].ID.Desk() != catalogueNumber
}

// catalogueNumber is the local number of the catalogue's chain: the first that a
// new ledger takes.
const catalogueNumber = 1

// birth is when a record was created, and the hash of the revision that did.
type birth struct {
	clock ledger.Clock
	hash  ledger.Hash
}

// births orders records by what every ledger knows of them alike.
type births struct {
	desks *deskTable
	of    map[ledger.ID]birth
}

// read adds the births of a kind's records.
func (b *births) read(ctx context.Context, q querier, kind ledger.Kind, where string, args ...any) error {
	rows, err := q.QueryContext(ctx, "SELECT d.id, r.clock, r.hash FROM "+tables[kind].name+
		" AS d JOIN revision AS r ON r.k = d.id WHERE "+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if b.of == nil {
		b.of = map[ledger.ID]birth{}
	}
	for rows.Next() {
		var id ledger.ID
		var born birth
		var hash []byte
		if err := rows.Scan(&id, &born.clock, &hash); err != nil {
			return err
		}
		copy(born.hash[:], hash)
		b.of[id] = born
	}
	return rows.Err()
}

// order is a ledger.Order: by desk and sequence number. The catalogue comes first:
// an item of its own name must not take its channel from elsewhere. The hash decides
// between the branches of a desk that two PCs wrote.
func (b *births) order(x, y ledger.ID) int {
	if x.Desk() == y.Desk() {
		return cmp.Compare(x.Seq(), y.Seq())
	}
	dx, dy := b.desks.lookup(x.Desk()), b.desks.lookup(y.Desk())
	if dx != dy && (dx == ledger.CatalogueDesk || dy == ledger.CatalogueDesk) {
		if dx == ledger.CatalogueDesk {
			return -1
		}
		return 1
	}
	hx, hy := b.of[x].hash, b.of[y].hash
	return cmp.Or(bytes.Compare(dx[:], dy[:]), cmp.Compare(x.Seq(), y.Seq()), bytes.Compare(hx[:], hy[:]))
}

// age orders by creation, the earliest first.
func (b *births) age(x, y ledger.ID) int {
	return cmp.Or(cmp.Compare(b.of[x].clock, b.of[y].clock), b.order(x, y))
}

// last returns the id of the record created last among those of a condition.
func (s *Store) last(ctx context.Context, q querier, kind ledger.Kind, where string, args ...any) (ledger.ID, error) {
	b := births{desks: s.desks}
	if err := b.read(ctx, q, kind, where, args...); err != nil {
		return 0, err
	}
	var top ledger.ID
	for id := range b.of {
		if top == 0 || b.age(id, top) > 0 {
			top = id
		}
	}
	return top, nil
}

// ever is later than any report.
const ever = math.MaxInt64

// latestReserve returns the newest standing report of sites that are the same, of
// those before a moment in seconds since 1970. Reports of one second are as new as
// they were recorded.
func (s *Store) latestReserve(ctx context.Context, q querier, sites []ledger.ID, before int64) (ledger.Row[ledger.Reserve], bool, error) {
	var top ledger.Row[ledger.Reserve]
	found := 0
	for _, site := range sites {
		// One site at a time, so that the index gives its newest without a sort.
		list, err := rowsOf[ledger.Reserve](ctx, q, ledger.KindReserve,
			"d.site = ? AND d.void = 0 AND d.at < ? ORDER BY d.at DESC, d.id DESC LIMIT 2", int64(site), before)
		if err != nil {
			return top, false, err
		}
		for _, r := range list {
			switch {
			case found == 0 || r.Value.At.After(top.Value.At):
				top, found = r, 1
			case r.Value.At.Equal(top.Value.At):
				found++
			}
		}
	}
	if found < 2 {
		return top, found == 1, nil
	}
	id, err := s.last(ctx, q, ledger.KindReserve, "d.site IN ("+idList(sites)+") AND d.void = 0 AND d.at = ?", top.Value.At.Unix())
	if err != nil {
		return top, false, err
	}
	list, err := rowsOf[ledger.Reserve](ctx, q, ledger.KindReserve, "d.id = ?", int64(id))
	if err != nil || len(list) == 0 {
		return top, false, err
	}
	return list[0], true, nil
}

// latestCases returns the newest standing number of cases of those before a moment
// in seconds since 1970, nil when there is none.
func (s *Store) latestCases(ctx context.Context, q querier, before int64) (*ledger.Row[ledger.Cases], error) {
	list, err := rowsOf[ledger.Cases](ctx, q, ledger.KindCases, "d.void = 0 AND d.at < ? ORDER BY d.at DESC, d.id DESC LIMIT 2", before)
	if err == nil && len(list) == 2 && list[0].Value.At.Equal(list[1].Value.At) {
		var id ledger.ID
		if id, err = s.last(ctx, q, ledger.KindCases, "d.void = 0 AND d.at = ?", list[0].Value.At.Unix()); err == nil {
			list, err = rowsOf[ledger.Cases](ctx, q, ledger.KindCases, "d.id = ?", int64(id))
		}
	}
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// whole adds to units every record that is the same as one of them.
func (s *Store) whole(ctx context.Context, units []ledger.ID) ([]ledger.ID, error) {
	if len(units) == 0 {
		return units, nil
	}
	list, err := s.units(ctx, s.reader)
	return ledger.FoldsOf(list).All(units), err
}

// unfolded is f with its units and items standing for every record that is the
// same; items tells which those are.
func (s *Store) unfolded(ctx context.Context, f ledger.PublicityFilter) (_ ledger.PublicityFilter, items ledger.Folds, err error) {
	list, err := s.items(ctx, s.reader)
	if err != nil {
		return f, nil, err
	}
	items = ledger.FoldsOf(list)
	asks := len(f.Units) > 0
	for _, m := range f.Text {
		asks = asks || len(m.Units) > 0
	}
	var units ledger.Folds
	if asks {
		rows, err := s.units(ctx, s.reader)
		if err != nil {
			return f, nil, err
		}
		units = ledger.FoldsOf(rows)
	}
	f.Units, f.Items = units.All(f.Units), items.All(f.Items)
	f.Text = slices.Clone(f.Text)
	for i := range f.Text {
		f.Text[i].Units, f.Text[i].Items = units.All(f.Text[i].Units), items.All(f.Text[i].Items)
	}
	return f, items, nil
}
