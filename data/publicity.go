package data

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/app/ledger"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// PublicityIDs lists the entries of a filter in its order: 8 bytes an entry, so
// that a table of a million rows knows all its places and reads only what is
// on the screen.
func (s *Store) PublicityIDs(ctx context.Context, f ledger.PublicityFilter) ([]ledger.ID, error) {
	f, folds, err := s.unfolded(ctx, f)
	if err != nil {
		return nil, s.fault(err)
	}
	w := publicityWhere(f)
	from := "publicity AS d"
	if needsAuthor(f) || f.Sort == ledger.SortRecorded {
		from += " JOIN revision AS r ON r.k = coalesce(d.rev, d.id)"
	}
	rows, err := s.reader.QueryContext(ctx, "SELECT d.id FROM "+from+" WHERE "+w.String()+" ORDER BY "+publicityOrder(f, folds), w.args...)
	if err != nil {
		return nil, s.fault(err)
	}
	defer rows.Close()
	var ids []ledger.ID
	for rows.Next() {
		var id ledger.ID
		if err := rows.Scan(&id); err != nil {
			return nil, s.fault(err)
		}
		ids = append(ids, id)
	}
	return ids, s.fault(rows.Err())
}

func publicityWhere(f ledger.PublicityFilter) *where {
	w := &where{}
	w.standing(f.Voided)
	w.period("d.day", f.Period)
	w.in("d.unit", f.Units)
	w.in("d.item", f.Items)
	w.in("coalesce(d.rev, d.id) >> 40", numbers(f.Desks))
	if f.Range != nil {
		w.add("d.id BETWEEN ? AND ?", int64(f.Range.First), int64(f.Range.Last))
	}
	for _, m := range f.Text {
		terms := []string{"d.note LIKE ? ESCAPE '\\'", "r.author LIKE ? ESCAPE '\\'"}
		if len(m.Units) > 0 {
			terms = append(terms, "d.unit IN ("+idList(m.Units)+")")
		}
		if len(m.Items) > 0 {
			terms = append(terms, "d.item IN ("+idList(m.Items)+")")
		}
		like := "%" + likeEscape.Replace(m.Word) + "%"
		w.add("("+strings.Join(terms, " OR ")+")", like, like)
	}
	return w
}

// numbers are desk numbers as where.in takes them.
func numbers(desks []int64) []ledger.ID {
	list := make([]ledger.ID, len(desks))
	for i, n := range desks {
		list[i] = ledger.ID(n)
	}
	return list
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func needsAuthor(f ledger.PublicityFilter) bool { return len(f.Text) > 0 }

func publicityOrder(f ledger.PublicityFilter, items ledger.Folds) string {
	dir := " DESC"
	if f.Ascending {
		dir = ""
	}
	switch f.Sort {
	case ledger.SortUnit:
		return "(SELECT name FROM unit WHERE unit.id = d.unit)" + dir + ", d.day DESC, d.id DESC"
	case ledger.SortItem:
		item := canonical("d.item", items)
		return "(SELECT channel FROM item WHERE item.id = " + item + ")" + dir + ", " + item + dir + ", d.day DESC, d.id DESC"
	case ledger.SortQuantity:
		return "d.value" + dir + ", d.id" + dir
	case ledger.SortRecorded:
		return "r.clock" + dir + ", d.id" + dir
	}
	return "d.day" + dir + ", d.id" + dir
}

// canonical is a column of ids with those that fold replaced.
func canonical(column string, folds ledger.Folds) string {
	if len(folds) == 0 {
		return column
	}
	var b strings.Builder
	b.WriteString("CASE " + column)
	for id, to := range folds {
		b.WriteString(" WHEN " + itoa(int64(id)) + " THEN " + itoa(int64(to)))
	}
	return b.String() + " ELSE " + column + " END"
}

// PublicityRows reads entries by id, in the order asked.
func (s *Store) PublicityRows(ctx context.Context, ids []ledger.ID) ([]ledger.Row[ledger.Publicity], error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := rowsOf[ledger.Publicity](ctx, s.reader, ledger.KindPublicity, "d.id IN ("+idList(ids)+")")
	if err != nil {
		return nil, s.fault(err)
	}
	place := make(map[ledger.ID]int, len(ids))
	for i, id := range ids {
		place[id] = i
	}
	slices.SortFunc(list, func(a, b ledger.Row[ledger.Publicity]) int { return place[a.ID] - place[b.ID] })
	return list, nil
}

// PublicitySums sums the entries of a filter by canonical item; voided ones never
// count.
func (s *Store) PublicitySums(ctx context.Context, f ledger.PublicityFilter) ([]ledger.ItemSum, error) {
	f.Voided = false
	f, folds, err := s.unfolded(ctx, f)
	if err != nil {
		return nil, s.fault(err)
	}
	w := publicityWhere(f)
	from := "publicity AS d"
	if needsAuthor(f) {
		from += " JOIN revision AS r ON r.k = coalesce(d.rev, d.id)"
	}
	item := canonical("d.item", folds)
	rows, err := s.reader.QueryContext(ctx, "SELECT "+item+", count(*), sum(d.value), sum(d.flags & 15 <> 0) FROM "+from+
		" WHERE "+w.String()+" GROUP BY 1 ORDER BY 1", w.args...)
	if err != nil {
		return nil, s.fault(err)
	}
	defer rows.Close()
	var sums []ledger.ItemSum
	for rows.Next() {
		var sum ledger.ItemSum
		var approx int64
		if err := rows.Scan(&sum.Item, &sum.Entries, &sum.Sum.Value, &approx); err != nil {
			return nil, s.fault(err)
		}
		sum.Sum.Approx = approx > 0
		sums = append(sums, sum)
	}
	return sums, s.fault(rows.Err())
}
