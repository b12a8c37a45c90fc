package data

import (
	"context"
	"encoding/hex"
	"slices"

	"taizhang/app/ledger"
)

// Batches lists what was taken in as one, the newest first.
func (s *Store) Batches(ctx context.Context, f ledger.BatchFilter) ([]ledger.Row[ledger.Batch], error) {
	w := &where{}
	w.standing(f.Voided)
	if f.Hash != nil {
		w.add("d.hash = ?", hex.EncodeToString(f.Hash))
	}
	if f.Record != 0 {
		// Batches do not overlap: the first after the record is the only one that may
		// cover it.
		w.add("d.id = (SELECT min(id) FROM batch WHERE id > ?) AND d.id - d.count <= ?", int64(f.Record), int64(f.Record))
	}
	order := " ORDER BY d.id DESC"
	if f.Limit > 0 {
		order += " LIMIT " + itoa(int64(f.Limit))
	}
	var list []ledger.Row[ledger.Batch]
	err := s.read(ctx, func(q querier) (err error) {
		list, err = rowsOf[ledger.Batch](ctx, q, ledger.KindBatch, w.String()+order, w.args...)
		return err
	})
	if err != nil {
		return nil, s.fault(err)
	}
	// By when it was taken in: numbers of desks are in no order.
	slices.SortStableFunc(list, func(a, b ledger.Row[ledger.Batch]) int { return int(min(max(int64(b.Clock)-int64(a.Clock), -1), 1)) })
	return list, nil
}

// said is what two entries have alike when they say the same.
type said struct {
	unit, item ledger.ID
	day        ledger.Day
	value      int64
}

// Alike finds the newest entry that says the same as each of list. It goes once
// through the entries of the days in question.
func (s *Store) Alike(ctx context.Context, list []ledger.Publicity) ([]ledger.ID, error) {
	found := make([]ledger.ID, len(list))
	if len(list) == 0 {
		return found, nil
	}
	err := s.read(ctx, func(q querier) error {
		units, err := s.units(ctx, q)
		if err != nil {
			return err
		}
		items, err := s.items(ctx, q)
		if err != nil {
			return err
		}
		sameUnit, sameItem := ledger.FoldsOf(units), ledger.FoldsOf(items)
		wanted, period := map[said][]int{}, ledger.Period{From: list[0].Day, To: list[0].Day}
		for i, p := range list {
			at := said{sameUnit.Of(p.Unit), sameItem.Of(p.Item), p.Day, p.Quantity.Value}
			wanted[at] = append(wanted[at], i)
			period.From, period.To = min(period.From, p.Day), max(period.To, p.Day)
		}
		rows, err := q.QueryContext(ctx, "SELECT id, unit, item, day, value FROM publicity WHERE void = 0 AND day BETWEEN ? AND ?",
			int64(period.From), int64(period.To))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var id ledger.ID
			var at said
			if err := rows.Scan(&id, &at.unit, &at.item, &at.day, &at.value); err != nil {
				return err
			}
			at.unit, at.item = sameUnit.Of(at.unit), sameItem.Of(at.item)
			for _, i := range wanted[at] {
				found[i] = max(found[i], id)
			}
		}
		return rows.Err()
	})
	return found, s.fault(err)
}
