package intake

import (
	"cmp"
	"strings"

	"taizhang/app/ledger"
)

// Tally is what a number is of a site's rooms or of an inspection.
type Tally uint8

// The tallies. NoTally is for a person to settle.
const (
	NoTally Tally = iota
	Visits
	Problems
	Directives
	Rooms // all of a site's
	RoomsReady
	RoomsOccupied
	RoomsCleaning
	RoomsUnavailable
)

// The tallies of each ledger, in the order in which a form asks for them.
var (
	InspectionTallies = []Tally{Visits, Problems, Directives}
	RoomTallies       = []Tally{Rooms, RoomsReady, RoomsOccupied, RoomsCleaning, RoomsUnavailable}
)

// String is the name of the field that the number goes to; "" for NoTally.
func (t Tally) String() string {
	return [...]string{"", "visits", "problems", "directives", "rooms", "ready", "occupied", "cleaning", "unavailable"}[t]
}

// tallyOf are the tallies by the words that tell them.
var tallyOf = map[class]Tally{visits: Visits, problems: Problems, directives: Directives, roomsAll: Rooms, roomsReady: RoomsReady,
	roomsOccupied: RoomsOccupied, roomsCleaning: RoomsCleaning, roomsUnavailable: RoomsUnavailable}

// Row is one candidate as it is to be recorded: as the text has it at first, then as a
// person corrected it.
type Row struct {
	Found    Candidate
	Ledger   Ledger
	Unit     ledger.ID // 0: the one that Terms state
	Day      ledger.Day
	Dated    bool      // Day is the row's own; otherwise that of Terms counts
	Item     ledger.ID // publicity; 0: New is to be added
	New      ledger.Item
	Quantity ledger.Quantity // empty for a rate
	Tally    Tally           // supervision and isolation
	Form     ledger.Form     // supervision
	Site     ledger.ID       // isolation; 0 for none
	Part     bool            // part of a row before it, or its sum: recorded as well, it would count twice
	// Visits is, of Problems and Directives, at how many visits they were found, as a
	// person states it where the text does not.
	Visits ledger.Count
	// Occupied is how many of all Rooms of a site are, as a person states it beside
	// what the text says: the rest is then ready.
	Occupied ledger.Count
}

// Rows says of each candidate of a text what is to be recorded, a row each.
func Rows(text string, candidates []Candidate, n Names, today ledger.Day) []Row {
	r := &rowMaker{text: []rune(text), names: n, today: today}
	sites := r.sitesOf(candidates)
	rows := make([]Row, len(candidates))
	from := 0
	for i, c := range candidates {
		rows[i] = r.row(c, sites[i], from)
		from = max(from, c.End)
	}
	unsettleUnits(rows)
	return rows
}

// rowMaker makes the rows of one text.
type rowMaker struct {
	text  []rune
	names Names
	today ledger.Day
}

// row is the row of a candidate; site is an index of the names, -1 for none; from is
// where the candidate before it ended.
func (r *rowMaker) row(c Candidate, site, from int) Row {
	row := Row{Found: c, Ledger: c.Ledger, Unit: r.unit(c), New: c.Proposed, Quantity: c.Quantity, Form: r.form(c, from)}
	if row.New.Name == "" {
		row.New = ledger.Item{Name: c.Item, Measure: c.Measure, Channel: ledger.ChannelCommunity}
	}
	if c.Max > 0 && !c.Approx() {
		row.Quantity.Approx = ledger.About // the lower end of a range
	}
	if c.Known >= 0 {
		row.Item = r.names.Items[c.Known].ID
	}
	if !c.Date.Empty() {
		// What was done in a month is of its last day, in this one of today.
		row.Day, row.Dated = max(c.Date.From, min(c.Date.To, r.today)), true
	}
	// Rooms of a site are of the isolation ledger, whatever the text calls them.
	if site >= 0 && folded(c.Measure) == "间" && c.Ledger != Publicity {
		row.Ledger, row.Site = Isolation, r.names.Sites[site].ID
	}
	// Rooms in use and empty make up a site's report; the sum of all sites is of none.
	row.Part = (c.Part || c.Total) && row.Ledger != Isolation || c.Total && row.Site == 0
	switch row.Ledger {
	case Isolation:
		row.Tally = tallyOf[role(r.text, from, c, ofRooms)]
		if row.Tally == NoTally {
			row.Tally = Rooms
		}
	case Supervision:
		row.Tally = inspectionTally(c.Measure, role(r.text, from, c, ofInspections))
	}
	return row
}

// inspectionTally is what a count of the supervision ledger is, by the word before it
// or else by its measure word. How many people inspected is in no ledger.
func inspectionTally(measure string, kind class) Tally {
	switch {
	case kindOf(measure) == people:
		return NoTally
	case kind == 0 && kindOf(measure)&(units|occasions) != 0:
		return Visits
	}
	return tallyOf[kind]
}

// unsettleUnits leaves open what shops and sites were counted for, where a report
// counts its inspections themselves: 检查112次，检查药店46家 are not 158 visits.
func unsettleUnits(rows []Row) {
	type visit struct {
		unit ledger.ID
		day  ledger.Day
	}
	of := func(r Row) visit { return visit{r.Unit, r.Day} }
	isVisit := func(r Row) bool { return r.Ledger == Supervision && r.Tally == Visits }
	counted := map[visit]bool{}
	for _, r := range rows {
		if isVisit(r) && kindOf(r.Found.Measure)&occasions != 0 {
			counted[of(r)] = true
		}
	}
	for i, r := range rows {
		if isVisit(r) && counted[of(r)] && kindOf(r.Found.Measure)&occasions == 0 {
			rows[i].Tally = NoTally
		}
	}
}

// unit is the unit of a candidate, 0 when the text names none for it.
func (r *rowMaker) unit(c Candidate) ledger.ID {
	if c.Unit >= 0 && c.Doubt&UnsureUnit == 0 {
		return r.names.Units[c.Unit].ID
	}
	if whole := r.district(); whole != 0 && wholeDistrict(r.sentence(c)) {
		return whole
	}
	if c.Unit >= 0 {
		return r.names.Units[c.Unit].ID
	}
	return 0
}

// district is the one unit that stands under none, 0 where there are several.
func (r *rowMaker) district() ledger.ID {
	var found ledger.ID
	for _, u := range r.names.Units {
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
func (r *rowMaker) sentence(c Candidate) string {
	text := folded(string(r.text[max(0, c.Start-lookBack):c.End]))
	if i := strings.LastIndexAny(text, "。;\n"); i >= 0 {
		return text[i:]
	}
	return text
}

// form is how visits were made, by the words since the count before, which ended at
// from, or else in the sentence: announced unless the text says otherwise.
func (r *rowMaker) form(c Candidate, from int) ledger.Form {
	own := folded(string(r.text[min(max(from, c.Start-lookBack), c.Start):c.End]))
	if form := formIn(own); form != 0 {
		return form
	}
	return cmp.Or(formIn(r.sentence(c)), ledger.FormAnnounced)
}

// formIn is the form that a text names, 0 for none.
func formIn(text string) ledger.Form {
	switch {
	case strings.Contains(text, "明察"), strings.Contains(text, "明查"):
		return ledger.FormAnnounced
	case strings.Contains(text, "暗访"), strings.Contains(text, "暗查"):
		return ledger.FormUnannounced
	case strings.Contains(text, "专项"):
		return ledger.FormSpecial
	}
	return 0
}

// sitesOf finds the site that each candidate speaks of, by index: the last one named
// in its sentence, -1 for none.
func (r *rowMaker) sitesOf(candidates []Candidate) []int {
	list := make([]int, len(candidates))
	var names []string
	for _, s := range r.names.Sites {
		names = append(names, s.Value.Name)
	}
	s := newSheet(string(r.text))
	mentions := s.mentions(names)
	next, ended, at := 0, 0, 0 // the mention to come; where the last sentence ended; how far it was looked for
	for i, c := range candidates {
		for next < len(mentions) && s.at[mentions[next].end-1] < c.End {
			next++
		}
		for ; at < c.End; at++ {
			if endsSentence(r.text[at]) {
				ended = at
			}
		}
		list[i] = -1
		if next > 0 && s.at[mentions[next-1].end-1] >= ended {
			list[i] = mentions[next-1].unit
		}
	}
	return list
}

func endsSentence(r rune) bool { return r == '。' || r == '\n' || r == ';' || r == '；' }
