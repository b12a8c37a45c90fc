package data

import (
	"slices"

	"taizhang/app/ledger"
)

// yesterday reads how the ledger stood at the end of yesterday, and today's
// entries by unit: a few looks into indexes.
func (g *gatherer) yesterday() error {
	if !g.scope.Daily {
		return nil
	}
	for _, step := range []func() error{g.todayCells, g.heardYesterday, g.isolationYesterday, g.supervisionYesterday} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// midnight is the end of yesterday, in seconds since 1970.
func (g *gatherer) midnight() int64 {
	now := g.facts.Now
	return ledger.DayOf(now).Time(now.Location()).Unix()
}

// inside are the aliases of the scope's units; nil for every unit.
func (g *gatherer) inside() map[int64]bool {
	if g.subtree == nil {
		return nil
	}
	units := make(map[int64]bool, len(g.subtree))
	for _, id := range g.subtree {
		units[g.aliases[id]] = true
	}
	return units
}

func (g *gatherer) todayCells() error {
	today := int64(ledger.DayOf(g.facts.Now))
	inside := g.inside()
	first, last := cellKey(maskBoth, levelDay, today, 0, 0), cellKey(maskBoth, levelDay, today, maxAlias, maxAlias)
	return g.scan(cellsQuery, first, last, func(k int64, c cell) {
		if inside == nil || inside[keyUnit(k)] {
			g.facts.TodayCells = append(g.facts.TodayCells, ledger.Tally{Unit: g.records[keyUnit(k)],
				Item: g.records[keyItem(k)], Entries: c.n, Quantity: c.q, Approx: c.a})
		}
	})
}

func (g *gatherer) heardYesterday() error {
	day := int64(ledger.DayOf(g.facts.Now)) - 1
	e, inside := &g.facts.Earlier, g.inside()
	return g.cells(maskUnit, cellRange{levelDay, day, day}, func(k int64, c cell) {
		if inside == nil || inside[keyUnit(k)] {
			e.Heard = append(e.Heard, g.records[keyUnit(k)])
			e.Entries += c.n
		}
	})
}

func (g *gatherer) isolationYesterday() (err error) {
	e := &g.facts.Earlier
	if e.Reserves, err = g.reserves(g.midnight()); err != nil {
		return err
	}
	e.Cases, err = g.s.latestCases(g.ctx, g.q, g.midnight())
	return err
}

// supervisionYesterday reads the problems that were not closed: those that are not
// now, without the ones written today, and those closed today.
func (g *gatherer) supervisionYesterday() error {
	e := &g.facts.Earlier
	var w where
	w.standing(false)
	w.add("d.day < ?", int64(ledger.DayOf(g.facts.Now)))
	w.in("d.unit", g.subtree)
	err := g.q.QueryRowContext(g.ctx, "SELECT EXISTS (SELECT 1 FROM inspection AS d WHERE "+w.String()+")", w.args...).Scan(&e.Supervised)
	if err != nil || !e.Supervised {
		return err
	}
	young, err := readIDs(g.ctx, g.q, "SELECT id FROM problem WHERE state <> 3 AND void = 0 AND (SELECT clock FROM revision WHERE k = id) >= ?", g.clock())
	if err != nil {
		return err
	}
	for _, p := range g.facts.Live {
		if !slices.Contains(young, p.ID) {
			e.Problems = append(e.Problems, p)
		}
	}
	closed, err := g.closedToday()
	e.Problems = append(e.Problems, closed...)
	return err
}

// clock is the least clock of what was written today.
func (g *gatherer) clock() int64 { return g.midnight() * 1000 << 16 }

// closedToday reads the problems of earlier days that were closed today. Clocks
// rise along a chain, so the newest end of each chain that moved today has them all.
func (g *gatherer) closedToday() ([]ledger.Row[ledger.Problem], error) {
	chains, err := readIDs(g.ctx, g.q, "SELECT number FROM desk WHERE clock >= ?", g.clock())
	if err != nil {
		return nil, err
	}
	var found []ledger.ID
	for _, n := range chains {
		ids, err := g.closedOn(int64(n))
		if err != nil {
			return nil, err
		}
		found = append(found, ids...)
	}
	if len(found) == 0 {
		return nil, nil
	}
	var w where
	w.in("d.id", found)
	w.in("d.unit", g.subtree)
	list, err := rowsOf[ledger.Problem](g.ctx, g.q, ledger.KindProblem, w.String(), w.args...)
	today := ledger.DayOf(g.facts.Now)
	// A problem closed earlier whose words were corrected today was closed before.
	return slices.DeleteFunc(list, func(p ledger.Row[ledger.Problem]) bool { return p.Value.StateDay < today }), err
}

const closedOnChain = `SELECT d.id, r.clock, b.clock FROM problem AS d
	JOIN revision AS r ON r.k = coalesce(d.rev, d.id) JOIN revision AS b ON b.k = d.id
	WHERE d.state = 3 AND d.void = 0 AND coalesce(d.rev, d.id) BETWEEN ? AND ? ORDER BY coalesce(d.rev, d.id) DESC`

// closedOn lists the closed problems that a chain has stated today and that are older.
func (g *gatherer) closedOn(chain int64) (list []ledger.ID, err error) {
	rows, err := g.q.QueryContext(g.ctx, closedOnChain, int64(ledger.MakeID(chain, 0)), int64(ledger.MakeID(chain+1, 0))-1)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	midnight := g.clock()
	for rows.Next() {
		var id ledger.ID
		var stated, born int64
		if err := rows.Scan(&id, &stated, &born); err != nil {
			return nil, err
		}
		if stated < midnight {
			break
		}
		if born < midnight {
			list = append(list, id)
		}
	}
	return list, rows.Err()
}
