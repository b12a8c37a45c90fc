package ui

import (
	"slices"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/words"
)

// intakeRow is one countable result of a text, as a clerk sees it and may change it.
type intakeRow struct {
	intake.Row
	taken bool
	why   *ledger.Error // why the row cannot be recorded as it is; nil when it can

	alike   ledger.ID // an entry that says the same
	twice   bool      // a row before it says the same
	refused string    // why the ledger did not take it
	batch   ledger.ID // that recorded it; 0 for none
	edited  bool
}

// found reads a text and makes the rows of what it counts.
func found(text string, names intake.Names, today ledger.Day) []*intakeRow {
	candidates := names.Reader(today).Read(text)
	rows := make([]*intakeRow, len(candidates))
	for i, r := range intake.Rows(text, candidates, names, today) {
		// An item that is new is for a person to agree to: it stays in the catalogue.
		fresh := r.Ledger == intake.Publicity && r.Item == 0
		rows[i] = &intakeRow{Row: r, taken: !r.Part && !fresh}
	}
	return rows
}

// terms are what the top of the page states for rows that say nothing themselves.
func (p *intakeScreen) terms() (t intake.Terms, err error) {
	day, err := p.readDay()
	return intake.Terms{Unit: p.unit.id(), Day: day, Dated: true, Now: p.s.Now(), Initials: pinyin.Initials}, err
}

// assess says of each row why it cannot be recorded: of those that are taken, as what
// they are together; of the others, as if all were taken.
func (p *intakeScreen) assess() {
	t, _ := p.terms()
	p.assessSome(t, func(r *intakeRow) bool { return r.batch == 0 })
	together := map[*intakeRow]*ledger.Error{}
	for _, r := range p.rows {
		together[r] = r.why
	}
	p.assessSome(t, func(r *intakeRow) bool { return r.taken })
	for _, r := range p.rows {
		if r.why != nil && together[r] != nil {
			r.why = together[r] // what all of them say tells more than what those taken do
		}
	}
}

func (p *intakeScreen) assessSome(t intake.Terms, which func(*intakeRow) bool) {
	proposals, rows := p.assemble(t, which)
	for _, made := range proposals {
		for _, i := range made.From {
			rows[i].why = made.Left
		}
	}
}

// assemble makes the records of some rows; From of a proposal are indexes of rows.
func (p *intakeScreen) assemble(t intake.Terms, which func(*intakeRow) bool) ([]intake.Proposal, []*intakeRow) {
	var list []intake.Row
	var rows []*intakeRow
	for _, r := range p.rows {
		if which(r) {
			list, rows = append(list, r.Row), append(rows, r)
		}
	}
	return intake.Assemble(list, p.names, t), rows
}

// settle leaves what cannot be recorded untaken. What only lacks a unit stays taken:
// one unit at the top of the page is enough for all of it.
func (p *intakeScreen) settle() {
	p.assess()
	for _, r := range p.rows {
		if r.lacks() {
			r.taken = false
		}
	}
}

// takeWhole takes a row, and with it those it makes one record with when only all of
// them together can be recorded: the rooms of a site add up.
func (p *intakeScreen) takeWhole(row *intakeRow) {
	row.taken = true
	if p.assess(); !row.lacks() {
		return
	}
	t, _ := p.terms()
	proposals, rows := p.assemble(t, func(r *intakeRow) bool { return r == row || r.batch == 0 && !r.Part })
	for _, made := range proposals {
		if made.Left != nil || !slices.ContainsFunc(made.From, func(i int) bool { return rows[i] == row }) {
			continue
		}
		for _, i := range made.From {
			rows[i].taken = true
		}
	}
	p.assess()
}

// lacks reports whether a row itself must be changed before it can be recorded.
func (r *intakeRow) lacks() bool { return r.why != nil && r.why.Code != ledger.CodeIntakeNoUnit }

// lackKeys are the page's own words for refusals: they name the key that helps.
var lackKeys = map[ledger.Code]string{
	ledger.CodeIntakeOther: "other", ledger.CodeIntakeRate: "rate", ledger.CodeQuantityZero: "quantity",
	ledger.CodeNameEmpty: "item", ledger.CodeMeasureEmpty: "measure", ledger.CodeIntakeMeasure: "counted",
	ledger.CodeIntakeNoSite: "site", ledger.CodeIntakeUntold: "untold", ledger.CodeIntakeRooms: "rooms", ledger.CodeRoomsNotSite: "notsite",
	ledger.CodeIntakeUnplaced: "tally", ledger.CodeVisitsNone: "visits", ledger.CodeIntakeNoUnit: "unit",
}

// whySentence says why a row cannot be recorded and what to do.
func whySentence(why *ledger.Error) string {
	if key, own := lackKeys[why.Code]; own {
		return words.T("paste.lacks."+key, why.Args...)
	}
	return words.Sentence(why)
}

// whyShort is that for the width of a column.
func whyShort(why *ledger.Error) string {
	if key, own := lackKeys[why.Code]; own {
		return words.T("paste.short." + key)
	}
	return words.Sentence(why)
}

// doubts are the words of what a person should look at twice. unit is the row's or
// that at the top, which filled says no person has stated; several says that the text
// names more units than one.
func (r *intakeRow) doubts(unit ledger.ID, several, filled bool) (list []string) {
	add := func(yes bool, key string) {
		if yes {
			list = append(list, words.T("paste.doubt."+key))
		}
	}
	publicity := r.Ledger == intake.Publicity
	add(r.alike != 0 || r.twice, "alike")
	add(r.Ledger != intake.Isolation && unit == 0, "unit")
	add(r.Unit == 0 && unit != 0 && filled && r.Ledger != intake.Isolation, "filled")
	add(r.Found.Doubt&intake.Cumulative != 0 && !r.edited, "cumulative")
	add(several && r.Ledger != intake.Isolation && r.Found.Doubt&intake.UnsureUnit != 0 && r.Unit != 0 && !r.edited, "unsure")
	add(publicity && r.Item == 0, "new")
	add(r.Found.Doubt&intake.UnsureLedger != 0 && !r.edited && r.Site == 0, "ledger")
	add(r.Quantity.IsApprox(), "approx")
	add(r.Part && !r.Found.Total, "part")
	add(r.Part && r.Found.Total, "total")
	add(r.Dated && r.Found.Date.From != r.Found.Date.To && !r.edited, "period")
	return list
}

// measure is what a row's number counts.
func (r *intakeRow) measure(dir *directory) string {
	switch {
	case r.Ledger == intake.Publicity && r.Item != 0:
		return dir.item[r.Item].Value.Measure
	case r.Ledger == intake.Publicity:
		return r.New.Measure
	}
	return r.Found.Measure
}

// title is what a row counts, in the ledger's words where it has some.
func (r *intakeRow) title(dir *directory) string {
	switch {
	case r.Ledger == intake.Publicity && r.Item != 0:
		return dir.itemName(r.Item)
	case r.Ledger == intake.Publicity:
		return r.New.Name
	case r.Ledger == intake.Isolation && r.Site != 0 && r.Tally == intake.Rooms:
		return dir.siteName(r.Site)
	case r.Ledger == intake.Isolation && r.Site != 0:
		return words.T("paste.rooms", "site", dir.siteName(r.Site), "state", tallyName(r.Tally))
	case r.Ledger == intake.Supervision && r.Tally == intake.Visits && r.Form != ledger.FormAnnounced:
		return words.T("paste.rooms", "site", tallyName(r.Tally), "state", words.Form(r.Form))
	case r.Ledger == intake.Supervision && r.Tally != intake.NoTally:
		return tallyName(r.Tally)
	}
	return r.Found.Item
}

// tallyName is how the ledger's own forms call a count.
func tallyName(t intake.Tally) string {
	if t > intake.Rooms {
		return words.T("isolation.room." + t.String())
	}
	return capital(words.T("field." + t.String()))
}
