// Package sample makes the sample district that ships with the program, and
// entries in any number for trials. Everything it makes is deterministic: the
// same day gives the same ledger.
//
// Sources of the figures: a published report of Ningjiang district (publicity,
// supervision) and of Xiaojin county (isolation). The reports give totals only;
// their spread over days, units and people is made up.
package sample

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"taizhang/app/ledger"
)

// District is the name of the sample's district.
const District = "宁江区"

// Desk is the name of the desk that writes the sample.
const Desk = "指挥部-01"

// Days is how many days the sample covers, the last being today.
const Days = 60

// seed fixes the spread of the sample.
const seed = 20260101

// Store is what the sample is written into.
type Store interface {
	ledger.Store
	// Append adds records without checks, in one transaction.
	Append(ctx context.Context, batch []ledger.Record, author string, at func(i int) time.Time) ([]ledger.ID, error)
}

// Clock is the store's clock while the sample is written: it stands at the
// moment of what is being recorded. Give its Now to the store.
type Clock struct{ at time.Time }

// NewClock returns a clock at the start of the sample that ends at now.
func NewClock(now time.Time) *Clock {
	first := ledger.DayOf(now) - Days + 1
	return &Clock{at: first.Time(now.Location()).Add(7 * time.Hour)}
}

// Now is the moment being recorded.
func (c *Clock) Now() time.Time { return c.at }

// event is one thing that somebody did at a moment: either a new record or a
// change of one.
type event struct {
	at     time.Time
	author string
	make   func() ledger.Record
	made   func(ledger.ID) // may be nil
	change func(context.Context, *ledger.Book) error
	// needs says that make or change uses the id of an earlier record, so that
	// it must be written before.
	needs bool
}

// writer gathers the events of the sample.
type writer struct {
	now    time.Time
	today  ledger.Day
	random *rand.Rand
	units  map[string]ledger.ID
	items  map[string]ledger.ID
	events []event
}

// Write fills a new ledger, whose district is District, with the sample up to
// now. The store must read its time from clock.
func Write(ctx context.Context, store Store, clock *Clock, now time.Time) error {
	w := &writer{now: now, today: ledger.DayOf(now), random: rand.New(rand.NewPCG(seed, 1))}
	if err := w.catalogue(ctx, store, clock); err != nil {
		return err
	}
	w.publicity()
	w.isolation()
	w.supervision()
	slices.SortStableFunc(w.events, func(a, b event) int { return a.at.Compare(b.at) })
	return w.play(ctx, store, clock)
}

// catalogue adds the units and learns the ids of units and items.
func (w *writer) catalogue(ctx context.Context, store Store, clock *Clock) error {
	var err error
	if w.units, err = addUnits(ctx, store, roster[0], clock.Now()); err != nil {
		return err
	}
	items, err := store.Items(ctx)
	w.items = make(map[string]ledger.ID, len(items))
	for _, i := range items {
		w.items[i.Value.Name] = i.ID
	}
	return err
}

// addUnits adds those of Units that the ledger does not have under its district
// and returns all their ids by name.
func addUnits(ctx context.Context, store Store, author string, at time.Time) (map[string]ledger.ID, error) {
	present, err := store.Units(ctx)
	if err != nil {
		return nil, err
	}
	ids := map[string]ledger.ID{}
	for _, u := range present {
		if !u.Voided {
			ids[u.Value.Name] = u.ID
		}
	}
	district, _ := ledger.District(present)
	var batch []ledger.Record
	for _, u := range Units {
		if ids[u.Name] == 0 {
			batch = append(batch, &ledger.Unit{Name: u.Name, Parent: district.ID, Initials: u.Initials})
		}
	}
	made, err := store.Append(ctx, batch, author, func(int) time.Time { return at })
	for i, id := range made {
		ids[batch[i].(*ledger.Unit).Name] = id
	}
	return ids, err
}

// play writes the events in order, new records of one author together.
func (w *writer) play(ctx context.Context, store Store, clock *Clock) error {
	author := ""
	book := ledger.NewBook(store, func() string { return author })
	var run []event
	flush := func() error {
		err := appendRun(ctx, store, run)
		run = run[:0]
		return err
	}
	for _, e := range w.events {
		if e.needs || e.author != author {
			if err := flush(); err != nil {
				return err
			}
		}
		author, clock.at = e.author, e.at
		if e.change == nil {
			run = append(run, e)
		} else if err := e.change(ctx, book); err != nil {
			return err
		}
	}
	if err := flush(); err != nil {
		return err
	}
	clock.at = w.now
	return nil
}

func appendRun(ctx context.Context, store Store, run []event) error {
	if len(run) == 0 {
		return nil
	}
	batch := make([]ledger.Record, len(run))
	for i, e := range run {
		batch[i] = e.make()
	}
	ids, err := store.Append(ctx, batch, run[0].author, func(i int) time.Time { return run[i].at })
	for i, id := range ids {
		if run[i].made != nil {
			run[i].made(id)
		}
	}
	return err
}

// create plans a new record; it returns where its id will be.
func (w *writer) create(at time.Time, author string, r ledger.Record) *ledger.ID {
	id := new(ledger.ID)
	w.events = append(w.events, event{at: at, author: author,
		make: func() ledger.Record { return r }, made: func(made ledger.ID) { *id = made }})
	return id
}

// change plans a change of an earlier record.
func (w *writer) change(at time.Time, author string, do func(context.Context, *ledger.Book) error) {
	w.events = append(w.events, event{at: at, author: author, change: do, needs: true})
}

func (w *writer) correct(at time.Time, author string, id *ledger.ID, fields ledger.Record, reason string) {
	w.change(at, author, func(ctx context.Context, b *ledger.Book) error {
		return b.Correct(ctx, *id, fields, reason)
	})
}

func (w *writer) void(at time.Time, author string, id *ledger.ID, reason string) {
	w.change(at, author, func(ctx context.Context, b *ledger.Book) error { return b.Void(ctx, *id, reason) })
}

// moment is a time of day within working hours, at share 0..1 of them. Today's
// are pressed into what has passed of it: nothing is recorded ahead of now.
func (w *writer) moment(day ledger.Day, share float64) time.Time {
	midnight := day.Time(w.now.Location())
	from, to := midnight.Add(8*time.Hour+20*time.Minute), midnight.Add(17*time.Hour+40*time.Minute)
	if day == w.today {
		if to = earlier(to, w.now); to.Before(from.Add(time.Hour)) {
			from, to = midnight, w.now
		}
	}
	return from.Add(time.Duration(share * float64(to.Sub(from)))).Truncate(time.Second)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// clerk is the person on duty on a day.
func (w *writer) clerk(day ledger.Day) string { return roster[int(day)%len(roster)] }

// share splits total into one part of at least 1 for each weight, by weight.
// There must not be more weights than total.
func share(total int64, weights []float64) []int64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts := make([]int64, len(weights))
	rest := total - int64(len(weights))
	left := rest
	for i, w := range weights {
		n := int64(float64(rest) * w / sum)
		parts[i] = 1 + n
		left -= n
	}
	// What rounding left goes to the heaviest, where one more is least seen.
	order := make([]int, len(weights))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weights[b], weights[a]) })
	for i := 0; left > 0; i, left = (i+1)%len(order), left-1 {
		parts[order[i]]++
	}
	return parts
}
