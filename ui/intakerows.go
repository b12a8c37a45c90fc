package ui

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// tally is which count of an inspection a number of the supervision ledger is.
type tally int

// The counts of an inspection; tallyNone is for a person to say.
const (
	tallyNone tally = iota
	tallyVisits
	tallyProblems
	tallyDirectives
)

// tallies name them, as the fields of an inspection are named.
var tallies = []string{"", "visits", "problems", "directives"}

// proposal is one countable result of a text, as a clerk sees it and may change it.
type proposal struct {
	found  intake.Candidate
	ledger intake.Ledger
	taken  bool
	unit   ledger.ID // 0: the one given at the top of the page
	day    ledger.Day
	dated  bool      // day is the row's own; otherwise that at the top counts
	item   ledger.ID // publicity; 0: fresh is to be added
	fresh  ledger.Item
	amount ledger.Quantity
	as     written // of supervision and isolation

	alike   ledger.ID // an entry that says the same
	twice   bool      // a row before it says the same
	refused string    // why the ledger did not take it
	batch   ledger.ID // that recorded it; 0 for none
	part    bool      // of a row before it: 其中
	edited  bool
}

// written is what only one of the ledgers asks for.
type written struct {
	tally    tally
	form     ledger.Form
	site     ledger.ID
	occupied ledger.Count
}

// proposals makes the rows of what a reader has found in a text.
func proposals(text []rune, found []intake.Candidate, names intakeNames, today ledger.Day) []*proposal {
	rows := make([]*proposal, len(found))
	whole := "" // the measure word of the row that parts are of
	for i, c := range found {
		p := newProposal(c, names, today)
		p.place(names.siteIn(text, c))
		// Quantities of different measure words are never parts of each other: what
		// comes behind 其中 need not belong to it.
		if p.part = c.Part && c.Measure == whole; !p.part {
			whole = c.Measure
		}
		p.taken = !p.part && p.lacks() == ""
		rows[i] = p
	}
	return rows
}

func newProposal(c intake.Candidate, names intakeNames, today ledger.Day) *proposal {
	p := &proposal{found: c, ledger: c.Ledger, fresh: c.Proposed, amount: c.Quantity}
	if p.fresh.Name == "" {
		p.fresh = ledger.Item{Name: c.Item, Measure: c.Measure, Channel: ledger.ChannelCommunity}
	}
	if c.Known >= 0 {
		p.item = names.items[c.Known]
	}
	if c.Unit >= 0 {
		p.unit = names.units[c.Unit]
	}
	if !c.Date.Empty() {
		// What was done in a month is entered on its last day, in this one today.
		p.day, p.dated = max(c.Date.From, min(c.Date.To, today)), true
	}
	p.as.tally, p.as.form = tallyOf(c.Item), formOf(c.Item)
	return p
}

// place takes the isolation site whose name stands at a number. Rooms of a site are
// of the isolation ledger, whatever the text calls them.
func (p *proposal) place(site ledger.ID) {
	rooms := strings.HasPrefix(p.found.Measure, "间") || strings.HasPrefix(p.found.Measure, "間")
	if site != 0 && rooms {
		p.as.site, p.ledger = site, intake.Isolation
	}
}

// siteIn is the site whose name ends in what was found, the longest of several; 0 for
// none. It may begin before: of 四姑娘山镇卫生院6间 the 四 was read as a number.
func (n intakeNames) siteIn(text []rune, c intake.Candidate) (site ledger.ID) {
	longest := 0
	for i, name := range n.siteNames {
		size := utf8.RuneCountInString(name)
		around := string(text[max(0, c.Start-size+1):c.End])
		if size > longest && strings.Contains(around, name) {
			site, longest = n.sites[i], size
		}
	}
	return site
}

// intakeNames are the records behind the names that a reader knows, by its indexes.
type intakeNames struct {
	items, units, sites []ledger.ID
	siteNames           []string
}

// readerOf makes the reader of a directory.
func readerOf(dir *directory, today ledger.Day) (*intake.Reader, intakeNames) {
	r, names := &intake.Reader{Today: today}, intakeNames{}
	for _, i := range dir.items {
		if !i.Voided && i.Same == 0 {
			r.Items, names.items = append(r.Items, i.Value), append(names.items, i.ID)
		}
	}
	for _, u := range dir.units {
		if !u.Voided && u.Same == 0 {
			r.Units, names.units = append(r.Units, u.Value.Name), append(names.units, u.ID)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(dir.site)) {
		if s := dir.site[id]; !s.Voided && s.Same == 0 {
			names.siteNames, names.sites = append(names.siteNames, s.Value.Name), append(names.sites, s.ID)
		}
	}
	return r, names
}

// tallyWords tell the counts of an inspection by what a report calls them, the
// most telling first.
var tallyWords = []struct {
	tally tally
	words []string
}{
	{tallyDirectives, []string{"意见", "通知书", "建议", "整改单"}},
	{tallyProblems, []string{"问题", "隐患", "違規", "违规", "問題", "隱患"}},
	{tallyVisits, []string{"检查", "督查", "督导", "巡查", "暗访", "明察", "检", "檢查", "督查", "督導", "暗訪"}},
}

func tallyOf(item string) tally {
	for _, t := range tallyWords {
		for _, word := range t.words {
			if strings.Contains(item, word) {
				return t.tally
			}
		}
	}
	return tallyNone
}

// formOf is how a visit was made, announced unless the report says otherwise.
func formOf(item string) ledger.Form {
	switch {
	case strings.Contains(item, "暗访"), strings.Contains(item, "暗訪"):
		return ledger.FormUnannounced
	case strings.Contains(item, "专项"), strings.Contains(item, "專項"):
		return ledger.FormSpecial
	}
	return ledger.FormAnnounced
}

// lacks names what a row itself needs before it can be recorded, by the key of the
// sentence; "" for nothing. Unit and day may come from the top of the page.
func (p *proposal) lacks() string {
	switch {
	case p.ledger == intake.Other:
		return "other"
	case p.found.Measure == "%" && !p.edited:
		return "rate"
	case p.amount.Value == 0:
		return "quantity"
	case p.ledger == intake.Publicity && p.item == 0 && strings.TrimSpace(p.fresh.Name) == "":
		return "item"
	case p.ledger == intake.Publicity && p.item == 0 && strings.TrimSpace(p.fresh.Measure) == "":
		return "measure"
	case p.ledger == intake.Isolation && p.as.site == 0:
		return "site"
	case p.ledger == intake.Isolation && !p.as.occupied.Known:
		return "occupied"
	case p.ledger == intake.Isolation && p.as.occupied.N > p.amount.Value:
		return "rooms"
	case p.ledger == intake.Supervision && p.as.tally == tallyNone:
		return "tally"
	}
	return ""
}

// doubts are the words of what a person should look at twice. unit is the row's or
// that at the top; several says that the text names more units than one.
func (p *proposal) doubts(unit ledger.ID, several bool) (list []string) {
	add := func(yes bool, key string) {
		if yes {
			list = append(list, words.T("paste.doubt."+key))
		}
	}
	publicity := p.ledger == intake.Publicity
	add(p.alike != 0 || p.twice, "alike")
	add(p.ledger != intake.Isolation && unit == 0, "unit")
	add(several && p.found.Doubt&intake.UnsureUnit != 0 && p.unit != 0 && !p.edited, "unsure")
	add(publicity && p.item == 0, "new")
	add(p.found.Doubt&intake.UnsureLedger != 0 && !p.edited, "ledger")
	add(p.amount.IsApprox() || p.found.Max > 0 && !p.edited, "approx")
	add(p.part, "part")
	add(p.dated && p.found.Date.From != p.found.Date.To && !p.edited, "period")
	return list
}

// measure is what a row's number counts.
func (p *proposal) measure(dir *directory) string {
	switch {
	case p.ledger == intake.Publicity && p.item != 0:
		return dir.item[p.item].Value.Measure
	case p.ledger == intake.Publicity:
		return p.fresh.Measure
	}
	return p.found.Measure
}

// title is what a row counts, in the ledger's words where it has some.
func (p *proposal) title(dir *directory) string {
	switch {
	case p.ledger == intake.Publicity && p.item != 0:
		return dir.itemName(p.item)
	case p.ledger == intake.Publicity:
		return p.fresh.Name
	case p.ledger == intake.Isolation && p.as.site != 0:
		return dir.siteName(p.as.site)
	case p.ledger == intake.Supervision && p.as.tally != tallyNone:
		return capital(words.T("field." + tallies[p.as.tally]))
	}
	return p.found.Item
}
