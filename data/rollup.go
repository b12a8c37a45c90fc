package data

import (
	"cmp"
	"context"
	"slices"

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

// cells collects changes until the transaction writes them: by day, and within
// it by unit and item. Every other roll-up is a sum of these, made once at the
// end; entries that come day by day stay within one small map.
type cells struct {
	days map[ledger.Day]map[int64]cell
	day  ledger.Day
	of   map[int64]cell // those of day
	n    int            // of all days
}

// maxCells is how many changed cells a transaction holds before it writes them: some
// five megabytes, however large the merge. A merge of fewer days, units and items
// writes every roll-up once.
const maxCells = 32_768

// add moves what p counts in; sign is 1 to count it, -1 to take it out.
func (c *cells) add(p *ledger.Publicity, unit, item, sign int64) {
	if c.of == nil || c.day != p.Day {
		c.turn(p.Day)
	}
	at := unit<<aliasBits | item
	v, ok := c.of[at]
	if !ok {
		c.n++
	}
	v.n += sign
	v.q += sign * p.Quantity.Value
	if p.Quantity.IsApprox() {
		v.a += sign
	}
	c.of[at] = v
}

func (c *cells) turn(day ledger.Day) {
	if c.days == nil {
		c.days = map[ledger.Day]map[int64]cell{}
	}
	if c.days[day] == nil {
		c.days[day] = map[int64]cell{}
	}
	c.day, c.of = day, c.days[day]
}

// moved is a roll-up and its change.
type moved struct {
	k int64
	cell
}

// rollups sums the changes up to every roll-up they move, in the order of keys.
func (c *cells) rollups() []moved {
	list := make([]moved, 0, c.n+c.n/8)
	sums := map[int64]cell{}
	move := func(k int64, change cell) {
		v := sums[k]
		sums[k] = cell{v.n + change.n, v.q + change.q, v.a + change.a}
	}
	for day, of := range c.days {
		month := monthOf(day)
		for at, change := range of {
			if change == (cell{}) {
				continue
			}
			unit, item := keyUnit(at), keyItem(at)
			// By far the most of them, and nothing else moves it: the map needs not know.
			list = append(list, moved{cellKey(maskBoth, levelDay, int64(day), unit, item), change})
			for _, period := range [3][2]int64{{levelDay, int64(day)}, {levelMonth, month}, {levelYear, month / 12}} {
				move(cellKey(maskItem, period[0], period[1], 0, item), change)
				move(cellKey(maskUnit, period[0], period[1], unit, 0), change)
				if period[0] != levelDay {
					move(cellKey(maskBoth, period[0], period[1], unit, item), change)
				}
			}
		}
	}
	for k, v := range sums {
		if v != (cell{}) {
			list = append(list, moved{k, v})
		}
	}
	slices.SortFunc(list, func(a, b moved) int { return cmp.Compare(a.k, b.k) })
	return list
}

const moveRollups = "INSERT INTO rollup (k, n, q, a) SELECT c0, c1, c2, c3 FROM rows_of(?, 4) WHERE true" +
	" ON CONFLICT (k) DO UPDATE SET n = n + excluded.n, q = q + excluded.q, a = a + excluded.a"

// flush writes the collected changes in key order.
func (t *tx) flush() error {
	list := t.cells.rollups()
	t.cells = cells{}
	var rows packer
	for i := range list {
		for _, n := range [...]int64{list[i].k, list[i].n, list[i].q, list[i].a} {
			rows.int(n)
		}
		if rows.full() {
			if err := rows.put(t, moveRollups); err != nil {
				return err
			}
		}
	}
	return rows.put(t, moveRollups)
}

// alias returns the small number of a unit or item, giving it one when it has
// none yet.
func (t *tx) alias(record ledger.ID) (int64, error) {
	if n, ok := t.s.kept.aliases[record]; ok {
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
	t.s.kept.aliases[record] = n
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
