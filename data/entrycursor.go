package data

import (
	"context"
	"database/sql"
	"math"

	"taizhang/app/ledger"
)

// entryRow is a row of table publicity.
type entryRow struct {
	id                            int64
	rev                           sql.NullInt64
	void                          int64
	unit, item, day, value, flags int64
	note                          string
}

const entryColumns = "id, rev, void, unit, item, day, value, flags, note"

// unpack reads the columns of a packed row.
func (e *entryRow) unpack(u *unpacker) error {
	e.id, e.rev, e.void = u.int(), u.nullInt(), u.int()
	e.unit, e.item, e.day, e.value, e.flags = u.int(), u.int(), u.int(), u.int(), u.int()
	u.text(&e.note)
	return u.err
}

// readEntries reads the rows of the publicity entries in record order.
func (v *verifier) readEntries(ctx context.Context) <-chan batch[entryRow] {
	return readInBatches(ctx, func(put func(*entryRow) error) error {
		var e entryRow
		r := packedReader{ctx: ctx, q: v.derived, table: "publicity", key: "id", columns: entryColumns, visit: func(u *unpacker) (int64, error) {
			if err := e.unpack(u); err != nil {
				return 0, err
			}
			return e.id, put(&e)
		}}
		return r.read(math.MinInt64, math.MaxInt64)
	})
}

// entryCursor walks the rows of the entries beside the revisions. It is
// rowCursor without boxed values: there are as many entries as revisions.
type entryCursor struct {
	v    *verifier
	from <-chan batch[entryRow]
	list []entryRow
	err  error
}

// next returns the row that follows, nil after the last.
func (c *entryCursor) next() (*entryRow, error) {
	for len(c.list) == 0 {
		if c.err != nil {
			return nil, c.err
		}
		b, ok := <-c.from
		if !ok {
			return nil, c.v.ctx.Err()
		}
		c.list, c.err = b.list, b.err
	}
	e := &c.list[0]
	c.list = c.list[1:]
	return e, nil
}

// match compares the next row with the revision that should stand there.
func (c *entryCursor) match(top *ledger.Revision, p *ledger.Publicity) error {
	e, err := c.next()
	if err != nil {
		return err
	}
	id := c.v.s.IDText
	if e == nil || e.id > int64(top.Record) {
		return differ("publicity %s: its row is missing", id(top.Record))
	}
	if e.id < int64(top.Record) {
		return differ("publicity %s: a row without a revision", id(ledger.ID(e.id)))
	}
	want := entryRow{id: e.id, void: asInt(top.Op == ledger.OpVoid), unit: int64(p.Unit), item: int64(p.Item), day: int64(p.Day),
		value: p.Quantity.Value, flags: int64(p.Quantity.Flags()), note: p.Note}
	if top.ID != top.Record {
		want.rev = sql.NullInt64{Int64: int64(top.ID), Valid: true}
	}
	if *e != want {
		return differ("publicity %s: its row says %+v, the revisions say %+v", id(top.Record), *e, want)
	}
	return nil
}

func (c *entryCursor) leftOver() error {
	e, err := c.next()
	if err == nil && e != nil {
		err = differ("publicity %s: a row without a revision", c.v.s.IDText(ledger.ID(e.id)))
	}
	return err
}
