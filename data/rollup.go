package data

import (
	"context"
	"slices"
	"strings"

	"taizhang/app/ledger"
)

// A roll-up key packs, from the top: mask (2 bits), level (2), period (22),
// unit alias (18), item alias (18). Mask before period before unit keeps the
// cells that today's entries touch together on a few pages at the right edge.
const (
	maskItem = 1 // by item, all units
	maskUnit = 2 // by unit, all items; only n is meaningful
	maskBoth = 3 // by unit and item

	levelDay   = 0 // period = ledger.Day
	levelMonth = 1 // period = months since January 2000
	levelYear  = 2 // period = years since 2000

	aliasBits = 18
	maxAlias  = 1<<aliasBits - 1
)

func cellKey(mask, level, period, unit, item int64) int64 {
	return mask<<60 | level<<58 | period<<36 | unit<<aliasBits | item
}

func keyPeriod(k int64) int64 { return k >> 36 & (1<<22 - 1) }
func keyUnit(k int64) int64   { return k >> aliasBits & maxAlias }
func keyItem(k int64) int64   { return k & maxAlias }

func monthOf(d ledger.Day) int64 {
	y, m, _ := d.Date()
	return int64(y-2000)*12 + int64(m) - 1
}

// cell is one roll-up's content, or a change of it.
type cell struct{ n, q, a int64 }

// cells collects changes until the transaction writes them.
type cells map[int64]cell

// periods caches the month of the day last added: bulk loads come day by day.
type monthCache struct {
	day   ledger.Day
	month int64
	set   bool
}

func (m *monthCache) of(d ledger.Day) int64 {
	if !m.set || m.day != d {
		m.day, m.month, m.set = d, monthOf(d), true
	}
	return m.month
}

// add moves every roll-up that p counts in; sign is 1 to count it, -1 to take
// it out.
func (c cells) add(p *ledger.Publicity, unit, item, month, sign int64) {
	change := cell{n: sign, q: sign * p.Quantity.Value}
	if p.Quantity.IsApprox() {
		change.a = sign
	}
	day, year := int64(p.Day), month/12
	for _, at := range [3][2]int64{{levelDay, day}, {levelMonth, month}, {levelYear, year}} {
		c.move(cellKey(maskItem, at[0], at[1], 0, item), change)
		c.move(cellKey(maskUnit, at[0], at[1], unit, 0), change)
		c.move(cellKey(maskBoth, at[0], at[1], unit, item), change)
	}
}

func (c cells) move(k int64, change cell) {
	v := c[k]
	c[k] = cell{v.n + change.n, v.q + change.q, v.a + change.a}
}

// rollupRows is how many cells one statement moves.
const rollupRows = 64

const rollupUpsert = " ON CONFLICT (k) DO UPDATE SET n = n + excluded.n, q = q + excluded.q, a = a + excluded.a"

// flush writes the collected changes in key order and empties c.
func (t *tx) flush(c cells) error {
	keys := make([]int64, 0, len(c))
	for k, v := range c {
		if v != (cell{}) {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	args := make([]any, 0, rollupRows*4)
	for chunk := range slices.Chunk(keys, rollupRows) {
		args = args[:0]
		for _, k := range chunk {
			v := c[k]
			args = append(args, k, v.n, v.q, v.a)
		}
		if err := t.exec("INSERT INTO rollup (k, n, q, a) VALUES "+tuples(4, len(chunk))+rollupUpsert, args...); err != nil {
			return err
		}
	}
	clear(c)
	return nil
}

// tuples is "(?,?),(?,?)": n tuples of width places.
func tuples(width, n int) string {
	one := "(?" + strings.Repeat(",?", width-1) + ")"
	return one + strings.Repeat(","+one, n-1)
}

// alias returns the small number of a unit or item, giving it one when it has
// none yet.
func (t *tx) alias(record ledger.ID) (int64, error) {
	if n, ok := t.s.aliases[record]; ok {
		return n, nil
	}
	var n int64
	err := t.sql.QueryRowContext(t.ctx, `INSERT INTO alias (n, record) VALUES ((SELECT coalesce(max(n), 0) + 1 FROM alias), ?)
		ON CONFLICT (record) DO UPDATE SET record = excluded.record RETURNING n`, int64(record)).Scan(&n)
	if err != nil {
		return 0, err
	}
	if n > maxAlias {
		return 0, ledger.Refuse(ledger.CodeInternal, "detail", "more units and items than roll-ups can hold")
	}
	t.s.aliases[record] = n
	return n, nil
}

// readAliases reads the aliases both ways.
func readAliases(ctx context.Context, q querier) (byRecord map[ledger.ID]int64, byAlias map[int64]ledger.ID, err error) {
	rows, err := q.QueryContext(ctx, "SELECT n, record FROM alias")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	byRecord, byAlias = map[ledger.ID]int64{}, map[int64]ledger.ID{}
	for rows.Next() {
		var n, record int64
		if err := rows.Scan(&n, &record); err != nil {
			return nil, nil, err
		}
		byRecord[ledger.ID(record)], byAlias[n] = n, ledger.ID(record)
	}
	return byRecord, byAlias, rows.Err()
}
