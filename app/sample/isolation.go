package sample

import (
	"context"

	"taizhang/app/ledger"
)

// place is an isolation site with what it reports today.
type place struct {
	name                            string
	plan                            ledger.Plan
	rooms                           ledger.Count
	occupied, cleaning, unavailable int64
}

// places are the published sites. Their rooms are published, the state of the
// rooms is made up.
var places = []place{
	{"四姑娘山镇卫生院", ledger.PlanReady, ledger.Stated(6), 1, 0, 0},
	{"美兴镇卫生院", ledger.PlanReady, ledger.Stated(7), 1, 1, 0},
	{"县委党校", ledger.PlanReady, ledger.Stated(39), 5, 2, 1},
	{"同心宾馆", ledger.PlanStandby, ledger.Count{}, 0, 0, 0},
}

// current are the current cases, by days before today.
var current = []struct {
	ago   ledger.Day
	count int64
	note  string
}{
	{54, 0, ""}, {41, 1, "首例"}, {33, 2, ""}, {26, 4, ""}, {19, 5, ""}, {9, 4, "1 例治愈"}, {1, 3, "1 例治愈"},
}

// isolation plans the sites, a report a day from each that states its rooms, and
// the current cases.
func (w *writer) isolation() {
	first := w.today - Days + 1
	for _, p := range places {
		id := w.create(w.moment(first, .01), w.clerk(first), &ledger.Site{Name: p.name, Plan: p.plan, Rooms: p.rooms})
		if p.rooms.Known {
			w.reserves(p, id)
		}
	}
	for _, c := range current {
		at := w.moment(w.today-c.ago, .6)
		w.create(at, w.clerk(w.today-c.ago), &ledger.Cases{At: at, Count: c.count, Note: c.note})
	}
}

// reserves plans one site's reports, which end with what places says.
func (w *writer) reserves(p place, site *ledger.ID) {
	for day := w.today - Days + 1; day <= w.today; day++ {
		at := w.moment(day, .06+.05*w.random.Float64())
		r := &ledger.Reserve{At: at, Rooms: p.rooms.N, Occupied: p.occupied, Cleaning: p.cleaning, Unavailable: p.unavailable}
		if day < w.today {
			w.vary(r, day)
		}
		r.Ready = r.Rooms - r.Occupied - r.Cleaning - r.Unavailable
		id := new(ledger.ID)
		w.events = append(w.events, event{at: at, author: w.clerk(day), needs: day == w.today-Days+1,
			make: func() ledger.Record { r.Site = *site; return r },
			made: func(made ledger.ID) { *id = made }})
		if p.rooms.N == 39 && day == w.today-12 {
			w.recount(day, r, site, id)
		}
	}
}

// vary moves the rooms of an earlier day: fewer were taken at the beginning.
func (w *writer) vary(r *ledger.Reserve, day ledger.Day) {
	passed := float64(day-(w.today-Days)) / Days
	most := int64(float64(r.Rooms) * (.05 + .2*passed))
	r.Occupied = w.random.Int64N(most + 1)
	r.Cleaning = w.random.Int64N(1 + min(2, r.Rooms/6))
	r.Unavailable = 0
	if r.Rooms > 30 {
		r.Unavailable = w.random.Int64N(3)
	}
}

// recount plans the correction of a report by a count on the spot.
func (w *writer) recount(day ledger.Day, r *ledger.Reserve, site, id *ledger.ID) {
	w.change(w.moment(day, .5), w.clerk(day), func(ctx context.Context, b *ledger.Book) error {
		next := *r
		next.Site = *site
		next.Occupied++
		next.Ready--
		return b.Correct(ctx, *id, &next, "现场复核，在住多 1 间")
	})
}
