package intake

import (
	"strings"
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

// Proposal is one record that candidates of a text make, or why they make none.
type Proposal struct {
	From   []int         // the candidates, by index
	Record ledger.Record // *ledger.Publicity, *ledger.Reserve or *ledger.Inspection; nil when left out
	New    *ledger.Item  // the item that the entry is of, when the ledger has none; its Item is then 0
	Left   *ledger.Error // why no record was made, nil when one was
}

// Propose makes the records that can be made of a text's candidates: an entry for
// each result of publicity; a reserve report for each site and day whose rooms add
// up; an inspection for the visits, problems and directives of one unit and day.
// Every candidate is in exactly one proposal. Nothing is recorded: Records makes a
// batch of what was chosen.
func Propose(text string, candidates []Candidate, n Names, t Terms) []Proposal {
	p := &proposer{text: []rune(text), candidates: candidates, names: n, terms: t, open: map[group]int{}}
	p.sites = p.sitesOf()
	from := 0
	for i, c := range candidates {
		p.role = func(wanted class) class { return role(p.text, from, c, wanted) }
		p.place(i, c)
		from = max(from, c.End)
	}
	for i := range p.list {
		p.close(&p.list[i])
	}
	return p.list
}

// proposer makes proposals out of one text.
type proposer struct {
	text       []rune
	candidates []Candidate
	names      Names
	terms      Terms
	sites      []int // the site that each candidate speaks of, -1 for none
	list       []Proposal
	open       map[group]int // the report or inspection that further candidates belong to, by index in list
	rooms      map[int]*said
	role       func(wanted class) class // of the candidate in hand
}

// group is what candidates of one record have alike.
type group struct {
	ledger Ledger
	of     ledger.ID // site or unit
	day    ledger.Day
}

// place puts one candidate into a proposal.
func (p *proposer) place(i int, c Candidate) {
	switch {
	case c.Measure == "%":
		p.leave(i, ledger.Refuse(ledger.CodeIntakeRate, "item", c.Item))
	case p.sites[i] >= 0 && folded(c.Measure) == "间" && c.Ledger != Publicity:
		p.room(i, c)
	case c.Ledger == Isolation:
		p.leave(i, ledger.Refuse(ledger.CodeIntakeNoSite, "item", c.Item))
	case c.Ledger == Other:
		p.leave(i, ledger.Refuse(ledger.CodeIntakeOther, "item", c.Item))
	case c.Part:
		p.leave(i, ledger.Refuse(ledger.CodeIntakePart, "item", c.Item))
	case c.Ledger == Supervision:
		p.inspected(i, c)
	default:
		p.publicity(i, c)
	}
}

func (p *proposer) leave(i int, why *ledger.Error) {
	p.list = append(p.list, Proposal{From: []int{i}, Left: why})
}

// unit is the unit of a candidate, or the one stated for the report; 0 for none.
func (p *proposer) unit(c Candidate) ledger.ID {
	if c.Unit >= 0 && c.Doubt&UnsureUnit == 0 {
		return p.names.Units[c.Unit].ID
	}
	if whole := p.district(); whole != 0 && wholeDistrict(p.sentence(c)) {
		return whole
	}
	if c.Unit >= 0 {
		return p.names.Units[c.Unit].ID
	}
	return p.terms.Unit
}

// district is the one unit that stands under none, 0 where there are several.
func (p *proposer) district() ledger.ID {
	var found ledger.ID
	for _, u := range p.names.Units {
		if u.Value.Parent != 0 {
			continue
		}
		if found != 0 {
			return 0
		}
		found = u.ID
	}
	return found
}

// wholeDistrict reports whether a sentence speaks of the whole district: its counts
// are of none of the units that were named before it.
func wholeDistrict(sentence string) bool {
	for _, word := range []string{"全区", "全县", "全市", "全州", "全旗"} {
		if strings.Contains(sentence, word) {
			return true
		}
	}
	return false
}

// sentence is what stands before a count in its sentence, and the count, as it is read.
func (p *proposer) sentence(c Candidate) string {
	text := folded(string(p.text[max(0, c.Start-lookBack):c.End]))
	if i := strings.LastIndexAny(text, "。;\n"); i >= 0 {
		return text[i:]
	}
	return text
}

// day is the last day of what the text names, today at the latest; else the day
// stated for the report.
func (p *proposer) day(c Candidate) ledger.Day {
	today := ledger.DayOf(p.terms.Now)
	switch {
	case !c.Date.Empty():
		return min(c.Date.To, today)
	case p.terms.Dated:
		return p.terms.Day
	}
	return today
}

func (p *proposer) publicity(i int, c Candidate) {
	unit := p.unit(c)
	if unit == 0 {
		p.leave(i, ledger.Refuse(ledger.CodeIntakeNoUnit, "item", c.Item))
		return
	}
	made := Proposal{From: []int{i}}
	entry := &ledger.Publicity{Unit: unit, Day: p.day(c), Quantity: c.Quantity}
	if c.Max > 0 && !c.Approx() {
		entry.Quantity.Approx = ledger.About // the lower end of a range
	}
	if c.Known >= 0 {
		entry.Item = p.names.Items[c.Known].ID
	} else if made.New, made.Left = p.fresh(c); made.Left != nil {
		p.leave(i, made.Left)
		return
	}
	made.Record = entry
	p.list = append(p.list, made)
}

// fresh is the item to add for a candidate, unless the ledger counts that name in
// another measure word.
func (p *proposer) fresh(c Candidate) (*ledger.Item, *ledger.Error) {
	item := c.Proposed
	for _, known := range p.names.Items {
		if folded(known.Value.Name) == folded(item.Name) {
			return nil, ledger.Refuse(ledger.CodeIntakeMeasure, "item", item.Name, "measure", item.Measure, "counted", known.Value.Measure)
		}
	}
	if p.terms.Initials != nil {
		item.Initials = p.terms.Initials(item.Name)
	}
	return &item, nil
}

// inspected adds a count to the inspection of its unit and day.
func (p *proposer) inspected(i int, c Candidate) {
	unit, kind := p.unit(c), p.role(ofInspections)
	if kind == 0 && kindOf(c.Measure)&(units|occasions) != 0 {
		kind = visits
	}
	switch {
	case unit == 0:
		p.leave(i, ledger.Refuse(ledger.CodeIntakeNoUnit, "item", c.Item))
		return
	case kind != visits && kind != problems && kind != directives, kindOf(c.Measure) == people:
		p.leave(i, ledger.Refuse(ledger.CodeIntakeUnplaced, "item", c.Item))
		return
	}
	key := group{Supervision, unit, p.day(c)}
	at, ok := p.open[key]
	if !ok {
		at = len(p.list)
		p.open[key] = at
		p.list = append(p.list, Proposal{Record: &ledger.Inspection{Unit: unit, Day: key.day, Form: p.form(c)}})
	}
	made := p.list[at].Record.(*ledger.Inspection)
	to := map[class]*int64{visits: &made.Visits, problems: &made.Problems, directives: &made.Directives}[kind]
	*to = min(*to+c.Quantity.Value, ledger.MaxQuantity)
	p.list[at].From = append(p.list[at].From, i)
}

// form is how the visits were made, by the words before the first count of them:
// announced unless the text says otherwise.
func (p *proposer) form(c Candidate) ledger.Form {
	text := p.sentence(c)
	switch {
	case strings.Contains(text, "暗访") && !strings.Contains(text, "明察"):
		return ledger.FormUnannounced
	case strings.Contains(text, "专项"):
		return ledger.FormSpecial
	}
	return ledger.FormAnnounced
}

// close ends a proposal when all candidates have been placed: what no ledger would
// take is left out with the reason.
func (p *proposer) close(made *Proposal) {
	if report, ok := made.Record.(*ledger.Reserve); ok {
		made.Left = p.addUp(report, p.rooms[made.From[0]])
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
// the records. at[i] is where the record of proposal i stands, -1 when it has none.
func Records(proposals []Proposal) (records []ledger.Record, at []int) {
	added := map[string]ledger.ID{}
	for _, p := range proposals {
		if p.New == nil {
			continue
		}
		if name := folded(p.New.Name); added[name] == 0 {
			added[name] = ledger.Earlier(len(records))
			records = append(records, p.New)
		}
	}
	for _, p := range proposals {
		if p.Record == nil {
			at = append(at, -1)
			continue
		}
		r := p.Record
		if p.New != nil {
			entry := *r.(*ledger.Publicity)
			entry.Item = added[folded(p.New.Name)]
			r = &entry
		}
		at = append(at, len(records))
		records = append(records, r)
	}
	return records, at
}
