package intake

import (
	"context"
	"time"

	"taizhang/app/ledger"
)

// Names are the records that what is taken in points to: each once, and only those
// that count.
type Names struct {
	Units []ledger.Row[ledger.Unit]
	Items []ledger.Row[ledger.Item]
	Sites []ledger.Row[ledger.Site]
}

// NamesOf leaves out the rows that are voided or the same as another.
func NamesOf(units []ledger.Row[ledger.Unit], items []ledger.Row[ledger.Item], sites []ledger.Row[ledger.Site]) Names {
	return Names{Units: standing(units), Items: standing(items), Sites: standing(sites)}
}

func standing[T any](rows []ledger.Row[T]) []ledger.Row[T] {
	var list []ledger.Row[T]
	for _, r := range rows {
		if !r.Voided && r.Same == 0 {
			list = append(list, r)
		}
	}
	return list
}

// ReadNames reads the names of a ledger.
func ReadNames(ctx context.Context, r ledger.Reader) (Names, error) {
	units, err := r.Units(ctx)
	if err != nil {
		return Names{}, err
	}
	items, err := r.Items(ctx)
	if err != nil {
		return Names{}, err
	}
	sites, err := r.Sites(ctx)
	return NamesOf(units, items, sites), err
}

// Reader reads texts with these names; Unit and Known of its candidates are
// indexes of n.Units and n.Items.
func (n Names) Reader(today ledger.Day) *Reader {
	r := &Reader{Today: today}
	for _, row := range n.Items {
		r.Items = append(r.Items, row.Value)
	}
	for _, row := range n.Units {
		r.Units = append(r.Units, row.Value.Name)
	}
	return r
}

// Terms are what a clerk states for a whole report.
type Terms struct {
	Unit     ledger.ID // of what the text names no unit for; 0 leaves that out
	Day      ledger.Day
	Dated    bool // Day is stated; otherwise it is today
	Now      time.Time
	Initials func(name string) string // for items that are added; may be nil
}

// Proposal is one record that rows make, or why they make none.
type Proposal struct {
	From   []int         // the rows, by index
	Record ledger.Record // *ledger.Publicity, *ledger.Reserve or *ledger.Inspection; nil when left out
	New    *ledger.Item  // the item that the entry is of, when the ledger has none; its Item is then 0
	Left   *ledger.Error // why no record was made, nil when one was
}

// Propose makes the records of a text's candidates as they stand, without what is
// part of a count before it. Every candidate is in exactly one proposal.
func Propose(text string, candidates []Candidate, n Names, t Terms) []Proposal {
	rows := Rows(text, candidates, n, ledger.DayOf(t.Now))
	return assemble(rows, n, t, func(r Row) *ledger.Error {
		if r.Part {
			return ledger.Refuse(ledger.CodeIntakePart, "item", r.Found.Item)
		}
		return nil
	})
}

// Assemble makes the records that rows stand for: an entry for each result of
// publicity; a reserve report for each site and day whose rooms add up; an inspection
// for the visits, problems and directives of one unit and day. Every row is in exactly
// one proposal. Nothing is recorded: Records makes a batch of proposals.
func Assemble(rows []Row, n Names, t Terms) []Proposal {
	return assemble(rows, n, t, func(Row) *ledger.Error { return nil })
}

// assemble is Assemble without the rows that passed says something of.
func assemble(rows []Row, n Names, t Terms, passed func(Row) *ledger.Error) []Proposal {
	a := &assembler{names: n, terms: t, open: map[group]int{}, rooms: map[int]*said{}}
	for i, r := range rows {
		if why := passed(r); why != nil {
			a.leave(i, why)
			continue
		}
		a.place(i, r)
	}
	for i := range a.list {
		a.close(&a.list[i])
	}
	return a.list
}

// assembler makes proposals out of rows.
type assembler struct {
	names Names
	terms Terms
	list  []Proposal
	open  map[group]int  // the report or inspection that further rows belong to, by index in list
	rooms map[int]*said  // what a report's rows say, by the first of them
	items map[string]int // the known items by folded name, once one is asked for
}

// group is what rows of one record have alike.
type group struct {
	ledger Ledger
	of     ledger.ID // site or unit
	day    ledger.Day
}

// place puts one row into a proposal.
func (a *assembler) place(i int, r Row) {
	if why := a.lacks(r); why != nil {
		a.leave(i, why)
		return
	}
	switch r.Ledger {
	case Isolation:
		a.room(i, r)
	case Supervision:
		a.inspected(i, r)
	default:
		a.publicity(i, r)
	}
}

func (a *assembler) leave(i int, why *ledger.Error) {
	a.list = append(a.list, Proposal{From: []int{i}, Left: why})
}

// lacks says what a row itself needs before it can be recorded; the unit, which one
// statement gives to all rows, comes last.
func (a *assembler) lacks(r Row) *ledger.Error {
	refuse := func(code ledger.Code) *ledger.Error { return ledger.Refuse(code, "item", r.Found.Item) }
	switch {
	case r.Ledger == Other:
		return refuse(ledger.CodeIntakeOther)
	case r.Quantity.Value == 0 && r.Found.Measure == "%":
		return refuse(ledger.CodeIntakeRate)
	case r.Quantity.Value == 0:
		return ledger.Refuse(ledger.CodeQuantityZero)
	case r.Ledger == Isolation && r.Site == 0:
		return refuse(ledger.CodeIntakeNoSite)
	case r.Ledger == Supervision && r.Tally == NoTally:
		return refuse(ledger.CodeIntakeUnplaced)
	case r.Ledger != Isolation && a.terms.UnitOf(r) == 0:
		return refuse(ledger.CodeIntakeNoUnit)
	}
	return nil
}

// UnitOf is the unit of a row: its own, or the one stated for the report; 0 for none.
func (t Terms) UnitOf(r Row) ledger.ID {
	if r.Unit != 0 {
		return r.Unit
	}
	return t.Unit
}

// DayOf is the day of a row: its own, or the one stated for the report, or today.
func (t Terms) DayOf(r Row) ledger.Day {
	switch {
	case r.Dated:
		return r.Day
	case t.Dated:
		return t.Day
	}
	return ledger.DayOf(t.Now)
}

func (a *assembler) publicity(i int, r Row) {
	made := Proposal{From: []int{i}}
	entry := &ledger.Publicity{Unit: a.terms.UnitOf(r), Item: r.Item, Day: a.terms.DayOf(r), Quantity: r.Quantity}
	if r.Item == 0 {
		entry.Item, made.New, made.Left = a.itemNamed(r.New)
	}
	made.Record = entry
	a.list = append(a.list, made)
}

// itemNamed is the known item of a name, or the item to add. One name in two measure
// words would be two items that nobody tells apart: that is refused.
func (a *assembler) itemNamed(item ledger.Item) (ledger.ID, *ledger.Item, *ledger.Error) {
	if a.items == nil {
		a.items = make(map[string]int, len(a.names.Items))
		for i, known := range a.names.Items {
			first(a.items, known.Value.Name, i)
		}
	}
	if at, ok := a.items[folded(item.Name)]; ok {
		known := a.names.Items[at]
		if folded(known.Value.Measure) == folded(item.Measure) {
			return known.ID, nil, nil
		}
		return 0, nil, ledger.Refuse(ledger.CodeIntakeMeasure, "item", item.Name, "measure", item.Measure, "counted", known.Value.Measure)
	}
	if a.terms.Initials != nil {
		item.Initials = a.terms.Initials(item.Name)
	}
	return 0, &item, nil
}

// inspected adds a count to the inspection of its unit and day. Visits of two forms are
// two inspections; what was found is of the visits last told.
func (a *assembler) inspected(i int, r Row) {
	key := group{Supervision, a.terms.UnitOf(r), a.terms.DayOf(r)}
	if at, ok := a.open[key]; ok && r.Tally == Visits {
		made := a.list[at].Record.(*ledger.Inspection)
		if made.Visits == 0 {
			made.Form = r.Form
		} else if made.Form != r.Form {
			delete(a.open, key)
		}
	}
	at := a.joined(i, key, func() ledger.Record { return &ledger.Inspection{Unit: key.of, Day: key.day, Form: r.Form} })
	made := a.list[at].Record.(*ledger.Inspection)
	to := &made.Visits
	switch r.Tally {
	case Problems:
		to = &made.Problems
	case Directives:
		to = &made.Directives
	}
	*to = min(*to+r.Quantity.Value, ledger.MaxQuantity)
	if r.Visits.Known && r.Tally != Visits {
		made.Visits = min(made.Visits+r.Visits.N, ledger.MaxQuantity)
	}
}

// joined adds a row to the proposal of its group, which is begun with first.
func (a *assembler) joined(i int, key group, first func() ledger.Record) int {
	at, ok := a.open[key]
	if !ok {
		at = len(a.list)
		a.open[key] = at
		a.list = append(a.list, Proposal{Record: first()})
	}
	a.list[at].From = append(a.list[at].From, i)
	return at
}

// close ends a proposal when all rows have been placed: what no ledger would take is
// left out with the reason.
func (a *assembler) close(made *Proposal) {
	if report, ok := made.Record.(*ledger.Reserve); ok {
		made.Left = a.addUp(report, a.rooms[made.From[0]])
	}
	if made.Record != nil && made.Left == nil {
		made.Left = refusal(ledger.Check(made.Record))
	}
	if made.New != nil && made.Left == nil {
		made.Left = refusal(ledger.Check(made.New))
	}
	if made.Left != nil {
		made.Record, made.New = nil, nil
	}
}

func refusal(err error) *ledger.Error {
	own, _ := err.(*ledger.Error)
	return own
}

// Records lists what a batch of proposals records: the items to add, each once, then
// the records. Record k comes of proposal of[k], an item of the first that needs it.
func Records(proposals []Proposal) (records []ledger.Record, of []int) {
	added := map[string]ledger.ID{}
	for i, p := range proposals {
		if p.New == nil {
			continue
		}
		if name := folded(p.New.Name); added[name] == 0 {
			added[name] = ledger.Earlier(len(records))
			records, of = append(records, p.New), append(of, i)
		}
	}
	for i, p := range proposals {
		if p.Record == nil {
			continue
		}
		r := p.Record
		if p.New != nil {
			entry := *r.(*ledger.Publicity)
			entry.Item = added[folded(p.New.Name)]
			r = &entry
		}
		records, of = append(records, r), append(of, i)
	}
	return records, of
}
