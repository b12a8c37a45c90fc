package data

import (
	"context"
	"database/sql"
	"errors"
	"sort"

	"taizhang/app/ledger"
)

// Figures reads the roll-ups and the small tables on one committed state and
// computes the figures of a scope. Its cost depends on units, items and days,
// not on entries.
func (s *Store) Figures(ctx context.Context, scope ledger.Scope) (ledger.Figures, error) {
	var facts ledger.Facts
	err := s.read(ctx, func(q querier) error {
		g := gatherer{ctx: ctx, s: s, q: q, scope: scope, facts: &facts}
		facts.Now = s.options.now()
		return g.gather()
	})
	if err != nil {
		return ledger.Figures{}, s.fault(err)
	}
	return ledger.Compute(scope, facts), nil
}

// gatherer reads the facts of one scope.
type gatherer struct {
	ctx     context.Context
	s       *Store
	q       querier
	scope   ledger.Scope
	facts   *ledger.Facts
	aliases map[ledger.ID]int64
	records map[int64]ledger.ID
	subtree []ledger.ID // nil for every unit
	window  ledger.Period
}

func (g *gatherer) gather() error {
	for _, step := range []func() error{g.names, g.series, g.publicity, g.heard, g.isolation, g.supervision, g.yesterday, g.clashes, g.strangers} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) clashes() error {
	return g.q.QueryRowContext(g.ctx, "SELECT count(*) FROM clash").Scan(&g.facts.Clashes)
}

func (g *gatherer) names() (err error) {
	f := g.facts
	if f.Units, err = g.s.units(g.ctx, g.q); err != nil {
		return err
	}
	if f.Items, err = g.s.items(g.ctx, g.q); err != nil {
		return err
	}
	if f.Sites, err = g.s.sites(g.ctx, g.q); err != nil {
		return err
	}
	g.subtree = ledger.Subtree(f.Units, g.scope.Unit)
	g.aliases, g.records, err = readAliases(g.ctx, g.q)
	return err
}

func (g *gatherer) publicity() (err error) {
	f := g.facts
	if f.ItemTotals, err = g.itemTotals(g.scope.Period); err != nil {
		return err
	}
	if f.UnitTotals, err = g.totals(maskUnit, g.scope.Period); err != nil {
		return err
	}
	before, ok := g.scope.Before(ledger.DayOf(f.Now))
	if !ok {
		return nil
	}
	if f.ItemBefore, err = g.itemTotals(before); err != nil {
		return err
	}
	f.UnitBefore, err = g.totals(maskUnit, before)
	return err
}

// itemTotals sums by item over a period, for the subtree when one is chosen.
// The day series has most periods' days already.
func (g *gatherer) itemTotals(p ledger.Period) ([]ledger.Tally, error) {
	if g.window.From <= p.From && p.To <= g.window.To {
		return sumByItem(p, g.facts.DayBefore, g.facts.DayTotals), nil
	}
	if g.subtree == nil {
		return g.totals(maskItem, p)
	}
	return g.totals(maskBoth, p)
}

// sumByItem sums the tallies of a period's days.
func sumByItem(p ledger.Period, lists ...[]ledger.Tally) []ledger.Tally {
	place := map[ledger.ID]int{}
	var sums []ledger.Tally
	for _, list := range lists {
		for i := range list {
			t := &list[i]
			if !p.Contains(t.Day) {
				continue
			}
			at, ok := place[t.Item]
			if !ok {
				at = len(sums)
				place[t.Item] = at
				sums = append(sums, ledger.Tally{Item: t.Item})
			}
			sums[at].Entries += t.Entries
			sums[at].Quantity += t.Quantity
			sums[at].Approx += t.Approx
		}
	}
	return sums
}

// cellRange is a run of roll-up periods at one level.
type cellRange struct{ level, first, last int64 }

// ranges covers a period with years, months and days, the fewest cells first.
func ranges(p ledger.Period) []cellRange {
	if p.From < 0 {
		p.From = 0
	}
	var list []cellRange
	push := func(level, first, last int64) {
		if n := len(list); n > 0 && list[n-1].level == level && list[n-1].last == first-1 {
			list[n-1].last = last
			return
		}
		list = append(list, cellRange{level, first, last})
	}
	spans := ledger.Cover(p)
	for i := 0; i < len(spans); i++ {
		sp := spans[i]
		if !sp.Whole {
			push(levelDay, int64(sp.From), int64(sp.To))
			continue
		}
		month := monthOf(sp.From)
		if month%12 == 0 && i+11 < len(spans) && spans[i+11].Whole {
			push(levelYear, month/12, month/12)
			i += 11
			continue
		}
		push(levelMonth, month, month)
	}
	return list
}

func (g *gatherer) totals(mask int64, p ledger.Period) ([]ledger.Tally, error) {
	sum := map[[2]int64]cell{}
	var order [][2]int64
	for _, r := range ranges(p) {
		err := g.cells(mask, r, func(k int64, c cell) {
			at := [2]int64{0, keyItem(k)}
			if mask == maskUnit {
				at = [2]int64{keyUnit(k), 0}
			}
			v, ok := sum[at]
			if !ok {
				order = append(order, at)
			}
			sum[at] = cell{v.n + c.n, v.q + c.q, v.a + c.a}
		})
		if err != nil {
			return nil, err
		}
	}
	list := make([]ledger.Tally, 0, len(order))
	for _, at := range order {
		c := sum[at]
		list = append(list, ledger.Tally{Unit: g.records[at[0]], Item: g.records[at[1]], Entries: c.n, Quantity: c.q, Approx: c.a})
	}
	return list, nil
}

// The queries of cells. Those that sum give keys without the parts summed over
// (262143 is maxAlias; SQLite's bit operators all bind alike, hence the brackets).
const (
	cellsQuery      = "SELECT k, n, q, a FROM rollup WHERE k BETWEEN ? AND ?"
	cellsOfUnits    = "SELECT k & (262143 << 18) AS cell, sum(n), 0, 0 FROM rollup WHERE k BETWEEN ? AND ? GROUP BY cell"
	cellsWithin     = "SELECT k & ~(262143 << 18) AS cell, sum(n), sum(q), sum(a) FROM rollup WHERE k BETWEEN ? AND ? AND (k >> 18) & 262143 IN ("
	cellsWithinTail = ") GROUP BY cell ORDER BY cell"
)

// cells reads the roll-ups of a mask over a range: summed over the days for
// maskUnit, over the subtree for maskBoth.
func (g *gatherer) cells(mask int64, r cellRange, visit func(k int64, c cell)) error {
	first, last := cellKey(mask, r.level, r.first, 0, 0), cellKey(mask, r.level, r.last, maxAlias, maxAlias)
	switch {
	case mask == maskUnit:
		return g.scan(cellsOfUnits, first, last, visit)
	case mask == maskItem:
		return g.scan(cellsQuery, first, last, visit)
	case len(g.subtree) > 1:
		units := make([]ledger.ID, 0, len(g.subtree))
		for _, id := range g.subtree {
			units = append(units, ledger.ID(g.aliases[id]))
		}
		return g.scan(cellsWithin+idList(units)+cellsWithinTail, first, last, visit)
	}
	// One unit's cells of a day lie together: 60 small looks beat one over all units.
	unit, ok := g.aliases[g.subtree[0]]
	for period := r.first; ok && period <= r.last; period++ {
		if err := g.scan(cellsQuery, cellKey(mask, r.level, period, unit, 0), cellKey(mask, r.level, period, unit, maxAlias), visit); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) scan(query string, first, last int64, visit func(k int64, c cell)) error {
	rows, err := g.q.QueryContext(g.ctx, query, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var k int64
		var c cell
		if err := rows.Scan(&k, &c.n, &c.q, &c.a); err != nil {
			return err
		}
		if c.n != 0 {
			visit(k, c)
		}
	}
	return rows.Err()
}

// series reads the day series up to the scope's last day, and the one before.
func (g *gatherer) series() (err error) {
	last := g.scope.Period.To
	g.window = ledger.Period{From: last - 2*ledger.SeriesDays + 1, To: last}
	all, err := g.days(g.window)
	half := sort.Search(len(all), func(i int) bool { return all[i].Day > last-ledger.SeriesDays })
	g.facts.DayBefore, g.facts.DayTotals = all[:half:half], all[half:]
	return err
}

func (g *gatherer) days(p ledger.Period) ([]ledger.Tally, error) {
	mask := int64(maskItem)
	if g.subtree != nil {
		mask = maskBoth
	}
	list := make([]ledger.Tally, 0, 1024)
	err := g.cells(mask, cellRange{levelDay, max(0, int64(p.From)), int64(p.To)}, func(k int64, c cell) {
		list = append(list, ledger.Tally{Item: g.records[keyItem(k)], Day: ledger.Day(keyPeriod(k)), Entries: c.n, Quantity: c.q, Approx: c.a})
	})
	return list, err
}

// heard lists the units with an entry dated today.
func (g *gatherer) heard() error {
	today := int64(ledger.DayOf(g.facts.Now))
	return g.cells(maskUnit, cellRange{levelDay, today, today}, func(k int64, _ cell) {
		g.facts.Heard = append(g.facts.Heard, g.records[keyUnit(k)])
	})
}

func (g *gatherer) isolation() (err error) {
	if g.facts.Reserves, err = g.reserves(ever); err != nil {
		return err
	}
	g.facts.Cases, err = g.s.latestCases(g.ctx, g.q, ever)
	return err
}

// reserves reads each site's newest report of those before a moment.
func (g *gatherer) reserves(before int64) (map[ledger.ID]ledger.Row[ledger.Reserve], error) {
	sites := g.facts.Sites
	found := make(map[ledger.ID]ledger.Row[ledger.Reserve], len(sites))
	folds := ledger.FoldsOf(sites)
	for i := range sites {
		id := sites[i].ID
		if sites[i].Same != 0 {
			continue
		}
		r, ok, err := g.s.latestReserve(g.ctx, g.q, folds.All([]ledger.ID{id}), before)
		if err != nil {
			return nil, err
		}
		if ok {
			found[id] = r
		}
	}
	return found, nil
}

func (g *gatherer) supervision() (err error) {
	f := g.facts
	period := g.scope.Period
	if f.Supervision, f.Inspected, err = g.inspections(period); err != nil {
		return err
	}
	if before, ok := g.scope.Before(ledger.DayOf(f.Now)); ok {
		if f.SupervisionBefore, _, err = g.inspections(before); err != nil {
			return err
		}
	}
	if f.Problems, err = problems(g.ctx, g.q, ledger.ProblemFilter{Units: g.subtree, Period: &period}); err != nil {
		return err
	}
	var w where
	w.add("d.void = 0 AND d.state <> 3")
	w.in("d.unit", g.subtree)
	f.Live, err = rowsOf[ledger.Problem](g.ctx, g.q, ledger.KindProblem, w.String()+
		" ORDER BY d.deadline, (SELECT clock FROM revision WHERE k = d.id), d.id", w.args...)
	return err
}

// strangers names what figures count or tell of but this ledger has no record of
// yet: the bundle of the desk that made it has not come. Their number has to do.
func (g *gatherer) strangers() error {
	f := g.facts
	known := make(map[ledger.ID]bool, len(f.Units)+len(f.Items))
	for i := range f.Units {
		known[f.Units[i].ID] = true
	}
	for i := range f.Items {
		known[f.Items[i].ID] = true
	}
	for _, list := range [][]ledger.Tally{f.ItemTotals, f.ItemBefore} {
		for i := range list {
			if id := list[i].Item; !known[id] {
				known[id] = true
				f.Items = append(f.Items, ledger.Row[ledger.Item]{ID: id, Voided: true, Value: ledger.Item{Name: g.s.IDText(id)}})
			}
		}
	}
	for i := range f.Live {
		if id := f.Live[i].Value.Unit; !known[id] {
			known[id] = true
			f.Units = append(f.Units, ledger.Row[ledger.Unit]{ID: id, Voided: true, Value: ledger.Unit{Name: g.s.IDText(id)}})
		}
	}
	return nil
}

func (g *gatherer) inspections(p ledger.Period) (sums ledger.SupervisionSums, units []ledger.ID, err error) {
	var w where
	w.standing(false)
	w.period("d.day", &p)
	w.in("d.unit", g.subtree)
	rows, err := g.q.QueryContext(g.ctx, "SELECT d.unit, sum(d.visits), sum(d.problems), sum(d.directives) FROM inspection AS d WHERE "+
		w.String()+" GROUP BY d.unit", w.args...)
	if errors.Is(err, sql.ErrNoRows) {
		return sums, nil, nil
	}
	if err != nil {
		return sums, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var unit ledger.ID
		var v ledger.SupervisionSums
		if err := rows.Scan(&unit, &v.Visits, &v.Problems, &v.Directives); err != nil {
			return sums, nil, err
		}
		units = append(units, unit)
		sums.Visits += v.Visits
		sums.Problems += v.Problems
		sums.Directives += v.Directives
	}
	return sums, units, rows.Err()
}
