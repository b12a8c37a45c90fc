package ui

import (
	"time"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// intakeTop is what the top of the page gives to rows that say nothing themselves.
type intakeTop struct {
	unit ledger.ID
	day  ledger.Day
}

func (t intakeTop) unitOf(p *proposal) ledger.ID {
	if p.unit != 0 {
		return p.unit
	}
	return t.unit
}

func (t intakeTop) dayOf(p *proposal) ledger.Day {
	if p.dated {
		return p.day
	}
	return t.day
}

// entry is the publicity entry that a row stands for.
func (t intakeTop) entry(p *proposal) ledger.Publicity {
	return ledger.Publicity{Unit: t.unitOf(p), Item: p.item, Day: t.dayOf(p), Quantity: p.amount}
}

// missing says why a taken row cannot be recorded yet; "" when it can.
func (t intakeTop) missing(p *proposal) string {
	if key := p.lacks(); key != "" {
		return words.T("paste.lacks." + key)
	}
	if t.lacksUnit(p) {
		return words.T("paste.lacks.unit")
	}
	return ""
}

// lacksUnit reports whether a unit is all that a row needs.
func (t intakeTop) lacksUnit(p *proposal) bool {
	return p.lacks() == "" && p.ledger != intake.Isolation && t.unitOf(p) == 0
}

// intakePlan is what confirming records as one batch: new items first, then the
// records, each with the rows it comes from.
type intakePlan struct {
	items   []*ledger.Item
	fresh   map[*ledger.Item][]*ledger.Publicity // wait for the item's id
	records []ledger.Record
	rows    [][]int
}

// visit is what makes several rows one inspection.
type visit struct {
	unit ledger.ID
	day  ledger.Day
}

// plan makes the records of the taken rows. row is the first one that cannot be
// recorded, and sentence says why; row is -1 when all can.
func (t intakeTop) plan(rows []*proposal, now time.Time) (plan *intakePlan, row int, sentence string) {
	plan = &intakePlan{fresh: map[*ledger.Item][]*ledger.Publicity{}}
	visits := map[visit]int{}
	for i, p := range rows {
		if !p.taken {
			continue
		}
		if sentence = t.missing(p); sentence != "" {
			return nil, i, sentence
		}
		switch p.ledger {
		case intake.Publicity:
			entry := t.entry(p)
			plan.add(i, &entry)
			if p.item == 0 {
				plan.wait(&entry, p.fresh)
			}
		case intake.Isolation:
			plan.add(i, t.report(p, now))
		case intake.Supervision:
			plan.visit(i, p, visit{t.unitOf(p), t.dayOf(p)}, visits)
		}
	}
	for _, at := range visits {
		if in := plan.records[at].(*ledger.Inspection); in.Visits == 0 {
			return nil, plan.rows[at][0], words.T("paste.lacks.visits")
		}
	}
	return plan, -1, ""
}

func (plan *intakePlan) add(row int, r ledger.Record) {
	plan.records, plan.rows = append(plan.records, r), append(plan.rows, []int{row})
}

// wait lets an entry wait for its new item, which several rows may share.
func (plan *intakePlan) wait(entry *ledger.Publicity, fresh ledger.Item) {
	for _, item := range plan.items {
		if item.Name == fresh.Name && item.Measure == fresh.Measure {
			plan.fresh[item] = append(plan.fresh[item], entry)
			return
		}
	}
	plan.items = append(plan.items, &fresh)
	plan.fresh[&fresh] = []*ledger.Publicity{entry}
}

// visit adds a row's count to the inspection of its unit and day.
func (plan *intakePlan) visit(row int, p *proposal, v visit, visits map[visit]int) {
	at, ok := visits[v]
	if !ok {
		at = len(plan.records)
		visits[v] = at
		plan.add(row, &ledger.Inspection{Unit: v.unit, Day: v.day, Form: p.as.form})
	} else {
		plan.rows[at] = append(plan.rows[at], row)
	}
	in := plan.records[at].(*ledger.Inspection)
	switch p.as.tally {
	case tallyVisits:
		in.Visits += p.amount.Value
		in.Form = p.as.form
	case tallyProblems:
		in.Problems += p.amount.Value
	case tallyDirectives:
		in.Directives += p.amount.Value
	}
}

// report is the reserve report of a row: of now, or of the end of an earlier day.
func (t intakeTop) report(p *proposal, now time.Time) *ledger.Reserve {
	r := &ledger.Reserve{Site: p.as.site, Rooms: p.amount.Value, Ready: -1, Occupied: p.as.occupied.N}
	if day := t.dayOf(p); day < ledger.DayOf(now) {
		year, month, date := day.Date()
		r.At = time.Date(year, month, date, 23, 59, 0, 0, now.Location())
	}
	return r
}
