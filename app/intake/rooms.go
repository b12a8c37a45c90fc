package intake

import (
	"time"

	"taizhang/app/ledger"
)

// said is what a text says of one site's rooms on one day.
type said struct {
	stated map[class]int64
	twice  bool // one of them was said twice, and differently
}

// sitesOf finds the site that each candidate speaks of: the last one named in its
// sentence.
func (p *proposer) sitesOf() []int {
	list := make([]int, len(p.candidates))
	var names []string
	for _, s := range p.names.Sites {
		names = append(names, s.Value.Name)
	}
	s := newSheet(string(p.text))
	mentions := s.mentions(names)
	next, ended, at := 0, 0, 0 // the mention to come; where the last sentence ended; how far it was looked for
	for i, c := range p.candidates {
		for next < len(mentions) && s.at[mentions[next].end-1] < c.End {
			next++
		}
		for ; at < c.End; at++ {
			if endsSentence(p.text[at]) {
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

// room adds a count of rooms to the report of its site and day.
func (p *proposer) room(i int, c Candidate) {
	site := p.names.Sites[p.sites[i]]
	key := group{Isolation, site.ID, p.day(c)}
	at, ok := p.open[key]
	if !ok {
		at = len(p.list)
		p.open[key] = at
		p.list = append(p.list, Proposal{Record: &ledger.Reserve{Site: site.ID, At: p.moment(key.day)}})
		if p.rooms == nil {
			p.rooms = map[int]*said{}
		}
		p.rooms[i] = &said{stated: map[class]int64{}}
	}
	p.list[at].From = append(p.list[at].From, i)
	told := p.rooms[p.list[at].From[0]]
	kind := p.role(ofRooms)
	if kind&(kind-1) != 0 || kind == 0 {
		kind = roomsAll
	}
	if before, ok := told.stated[kind]; ok && before != c.Quantity.Value {
		told.twice = true
	}
	told.stated[kind] = c.Quantity.Value
}

// moment is when a report of a day is of: now, or the end of a day that is past.
func (p *proposer) moment(day ledger.Day) time.Time {
	if day == ledger.DayOf(p.terms.Now) {
		return p.terms.Now.Truncate(time.Second)
	}
	return (day + 1).Time(p.terms.Now.Location()).Add(-time.Second)
}

// addUp fills a report in, when what is stated adds up to the rooms: what is not
// stated then is none. Otherwise it says what is missing, because a room that
// nobody has spoken of is not empty.
func (p *proposer) addUp(r *ledger.Reserve, told *said) *ledger.Error {
	site := p.site(r.Site)
	all, ok := told.stated[roomsAll]
	if !ok && site.Rooms.Known {
		all, ok = site.Rooms.N, true
	}
	r.Rooms, r.Ready, r.Occupied = all, told.stated[roomsReady], told.stated[roomsOccupied]
	r.Cleaning, r.Unavailable = told.stated[roomsCleaning], told.stated[roomsUnavailable]
	sum := r.Ready + r.Occupied + r.Cleaning + r.Unavailable
	switch {
	case !ok || told.twice || sum != all:
		return ledger.Refuse(ledger.CodeIntakeRooms, "site", site.Name, "stated", sum, "rooms", all)
	case site.Rooms.Known && site.Rooms.N != all:
		return ledger.Refuse(ledger.CodeRoomsNotSite, "site", site.Name, "stated", site.Rooms.N, "rooms", all,
			"difference", all-site.Rooms.N)
	}
	return nil
}

func (p *proposer) site(id ledger.ID) ledger.Site {
	for _, s := range p.names.Sites {
		if s.ID == id {
			return s.Value
		}
	}
	return ledger.Site{}
}
