package intake

import (
	"time"

	"taizhang/app/ledger"
)

// said is what rows say of one site's rooms on one day.
type said struct {
	stated map[Tally]int64
	twice  bool // one of them was said twice, and differently
	rest   bool // what nobody spoke of is ready
}

func (s *said) state(t Tally, rooms int64) {
	before, ok := s.stated[t]
	s.twice = s.twice || ok && before != rooms
	s.stated[t] = rooms
}

// room adds a count of rooms to the report of its site and day.
func (a *assembler) room(i int, r Row) {
	key := group{Isolation, r.Site, a.terms.DayOf(r)}
	at := a.joined(i, key, func() ledger.Record {
		a.rooms[i] = &said{stated: map[Tally]int64{}}
		return &ledger.Reserve{Site: r.Site, At: a.moment(key.day)}
	})
	told := a.rooms[a.list[at].From[0]]
	told.state(r.Tally, r.Quantity.Value)
	if r.Tally == Rooms && r.Occupied.Known {
		told.state(RoomsOccupied, r.Occupied.N)
		told.rest = true
	}
}

// moment is when a report of a day is of: now, or the end of a day that is past.
func (a *assembler) moment(day ledger.Day) time.Time {
	if day == ledger.DayOf(a.terms.Now) {
		return a.terms.Now.Truncate(time.Second)
	}
	return (day + 1).Time(a.terms.Now.Location()).Add(-time.Second)
}

// addUp fills a report in, when what is stated adds up to the rooms: what is not
// stated then is none. Otherwise it says what is missing, because a room that
// nobody has spoken of is not empty.
func (a *assembler) addUp(r *ledger.Reserve, told *said) *ledger.Error {
	site := a.site(r.Site)
	all, ok := told.stated[Rooms]
	if !ok && site.Rooms.Known {
		all, ok = site.Rooms.N, true
	}
	r.Rooms, r.Ready, r.Occupied = all, told.stated[RoomsReady], told.stated[RoomsOccupied]
	r.Cleaning, r.Unavailable = told.stated[RoomsCleaning], told.stated[RoomsUnavailable]
	sum := r.Ready + r.Occupied + r.Cleaning + r.Unavailable
	if _, known := told.stated[RoomsReady]; told.rest && !known && sum < all {
		r.Ready, sum = all-sum, all
	}
	switch {
	case !ok || !told.twice && sum < all:
		return untold(site.Name, sum, all)
	case told.twice || sum != all:
		return ledger.Refuse(ledger.CodeIntakeRooms, "site", site.Name, "stated", sum, "rooms", all)
	case site.Rooms.Known && site.Rooms.N != all:
		return ledger.Refuse(ledger.CodeRoomsNotSite, "site", site.Name, "stated", site.Rooms.N, "rooms", all,
			"difference", all-site.Rooms.N)
	}
	return nil
}

// untold refuses rooms of which the text tells only some; all is 0 when it is not known.
func untold(site string, stated, all int64) *ledger.Error {
	e := ledger.Refuse(ledger.CodeIntakeUntold, "site", site, "stated", stated)
	if all > 0 {
		e.Args = append(e.Args, "rooms", all)
	}
	return e
}

func (a *assembler) site(id ledger.ID) ledger.Site {
	for _, s := range a.names.Sites {
		if s.ID == id {
			return s.Value
		}
	}
	return ledger.Site{}
}
