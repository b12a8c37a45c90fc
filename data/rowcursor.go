package data

import (
	"database/sql"
	"strings"

	"taizhang/app/ledger"
)

// rowCursor walks one derived table in record order beside the revisions.
type rowCursor struct {
	v      *verifier
	table  *table
	rows   *sql.Rows
	more   bool
	id     int64
	rev    sql.NullInt64
	void   int64
	values []any // pointers to sql.NullInt64 or *string by column
	dest   []any
}

func (v *verifier) openRows() error {
	v.rows = map[ledger.Kind]*rowCursor{}
	for kind, t := range tables {
		if kind == ledger.KindPublicity {
			continue // by far the longest: see entryCursor
		}
		rows, err := v.derived.QueryContext(v.ctx, "SELECT id, rev, void, "+strings.Join(t.columns, ", ")+" FROM "+t.name+" ORDER BY id")
		if err != nil {
			return err
		}
		c := &rowCursor{v: v, table: t, rows: rows}
		c.dest = []any{&c.id, &c.rev, &c.void}
		c.values = make([]any, len(t.columns))
		for i := range c.values {
			c.dest = append(c.dest, &c.values[i])
		}
		v.rows[kind] = c
		if err := c.next(); err != nil {
			return err
		}
	}
	return nil
}

func (v *verifier) closeRows() {
	for _, c := range v.rows {
		c.rows.Close()
	}
}

func (c *rowCursor) next() error {
	if c.more = c.rows.Next(); !c.more {
		return c.rows.Err()
	}
	return c.rows.Scan(c.dest...)
}

// match compares the next row with the revision that should stand there.
func (c *rowCursor) match(top *ledger.Revision) error {
	name := c.table.name
	id := c.v.s.IDText(top.Record)
	if !c.more || c.id > int64(top.Record) {
		return differ("%s %s: its row is missing", name, id)
	}
	if c.id < int64(top.Record) {
		return differ("%s %s: a row without a revision", name, c.v.s.IDText(ledger.ID(c.id)))
	}
	var want sql.NullInt64
	if top.ID != top.Record {
		want = sql.NullInt64{Int64: int64(top.ID), Valid: true}
	}
	if c.rev != want {
		return differ("%s %s: its row does not name the revision that stands", name, id)
	}
	if c.void != asInt(top.Op == ledger.OpVoid) {
		return differ("%s %s: its row is wrong about being voided", name, id)
	}
	for i, want := range c.table.values(top.Fields) {
		if c.values[i] != want {
			return differ("%s %s: %s is %v, the revisions say %v", name, id, c.table.columns[i], c.values[i], want)
		}
	}
	return c.next()
}

// leftOver finds rows that no revision made.
func (v *verifier) leftOver() error {
	for _, c := range v.rows {
		if c.more {
			return differ("%s %s: a row without a revision", c.table.name, v.s.IDText(ledger.ID(c.id)))
		}
	}
	return v.entries.leftOver()
}
