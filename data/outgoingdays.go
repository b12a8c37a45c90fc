package data

import (
	"database/sql"
	"time"

	"taizhang/app/ledger"
)

// dated are the tables whose rows are of a day: its number, or a moment in it.
var dated = []struct{ table, column string }{
	{"publicity", "day"}, {"inspection", "day"}, {"reserve", "at"}, {"cases", "at"},
}

// days finds which days the bundle is of: those of the dated records that it
// carries, corrects or voids, as they stand.
func (out *outgoing) days() error {
	out.manifest.First, out.manifest.Last = -1, -1
	for _, d := range dated {
		for _, r := range out.ranges {
			if err := out.daysOf(d.table, d.column, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// daysOf takes the days of one table's rows in. Corrections are few, and are found
// by the index that has only them.
func (out *outgoing) daysOf(table, column string, r outRange) error {
	first, last := int64(ledger.MakeID(r.number, r.first)), int64(ledger.MakeID(r.number, r.last))
	for _, from := range []string{
		table + " WHERE id BETWEEN ? AND ?",
		"revision INDEXED BY revision_record JOIN " + table + " ON id = record WHERE record IS NOT NULL AND k BETWEEN ? AND ?",
	} {
		var low, high sql.NullInt64
		query := "SELECT min(" + column + "), max(" + column + ") FROM " + from
		if err := out.q.QueryRowContext(out.ctx, query, first, last).Scan(&low, &high); err != nil {
			return err
		}
		if low.Valid {
			out.takeDays(dayIn(column, low.Int64), dayIn(column, high.Int64))
		}
	}
	return nil
}

// dayIn is the day of what a column holds.
func dayIn(column string, value int64) ledger.Day {
	if column == "at" {
		return ledger.DayOf(time.Unix(value, 0))
	}
	return ledger.Day(value)
}

func (out *outgoing) takeDays(first, last ledger.Day) {
	m := &out.manifest
	if m.First < 0 || first < m.First {
		m.First = first
	}
	m.Last = max(m.Last, last)
}
