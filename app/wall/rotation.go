package wall

import (
	"slices"
	"time"

	"taizhang/app/ledger"
)

// DefaultEvery is how long a page stays when nothing else is set.
const DefaultEvery = 20 * time.Second

// leastEvery is the shortest stay: faster than this nobody can read.
const leastEvery = time.Second

// ReturnAfter is how long drilled rows stay untouched before the rotation goes on.
const ReturnAfter = 60 * time.Second

// Rotation decides which page is shown. It reads no clock: every method is told the
// time as a duration since one fixed moment, by a clock that nobody can set
// (time.Since of the start is monotonic). After each call Due says when to call Tick
// next. It is for one goroutine.
type Rotation struct {
	every   time.Duration
	page    Page
	order   []Page
	held    bool
	drilled bool
	due     time.Duration // when the page turns, or the rows go
	turns   int
	red     map[string]bool // red alerts seen
	known   bool            // figures have come before
	called  bool            // a red alert waits for drilled rows to go
}

// NewRotation starts at a page. every below a second counts as one.
func NewRotation(first Page, every, at time.Duration) *Rotation {
	r := &Rotation{every: max(every, leastEvery), page: first, order: []Page{first}}
	r.due = at + r.every
	return r
}

// Page is the page shown.
func (r *Rotation) Page() Page { return r.page }

// Pages lists the pages that take turns.
func (r *Rotation) Pages() []Page { return slices.Clone(r.order) }

// Held reports whether the rotation stands still.
func (r *Rotation) Held() bool { return r.held }

// Drilled reports whether rows are shown instead of a page.
func (r *Rotation) Drilled() bool { return r.drilled }

// Turns counts how often the page has changed, for ShiftOf.
func (r *Rotation) Turns() int { return r.turns }

// Due is when Tick has something to do; ok is false while the page is held, or the
// only one.
func (r *Rotation) Due() (at time.Duration, ok bool) {
	if r.drilled {
		return r.due, true
	}
	return r.due, !r.held && (len(r.order) > 1 || !slices.Contains(r.order, r.page))
}

// Tick turns the page if its time has come and reports whether what is shown changed.
// The next page is due one stay after this one was, not after the call, so that late
// calls add up to nothing; a call later than a whole stay (the PC slept) turns one page
// and begins anew.
func (r *Rotation) Tick(at time.Duration) bool {
	due, ok := r.Due()
	if !ok || at < due {
		return false
	}
	if r.drilled {
		return r.Return(at)
	}
	r.step(1)
	r.due = due + r.every
	if at >= r.due {
		r.due = at + r.every
	}
	return true
}

// step moves n places along the order, or to the neighbour of a page outside of it.
func (r *Rotation) step(n int) {
	i := slices.Index(r.order, r.page)
	if i < 0 {
		i = slices.IndexFunc(r.order, func(p Page) bool { return p > r.page })
		if i < 0 {
			i = 0
		}
		if n < 0 {
			i--
		}
	} else {
		i += n
	}
	r.show(r.order[(i+len(r.order))%len(r.order)])
}

func (r *Rotation) show(p Page) bool {
	if p == r.page {
		return false
	}
	r.page = p
	r.turns++
	return true
}

// Next and Previous turn by hand; the page then has its whole stay. They leave drilled
// rows.
func (r *Rotation) Next(at time.Duration) { r.byHand(1, at) }

// Previous is the other direction of Next.
func (r *Rotation) Previous(at time.Duration) { r.byHand(-1, at) }

func (r *Rotation) byHand(n int, at time.Duration) {
	r.drilled, r.called = false, false
	r.step(n)
	r.due = at + r.every
}

// Turn shows a page by hand, also one that has nothing to say.
func (r *Rotation) Turn(p Page, at time.Duration) {
	r.drilled, r.called = false, false
	r.show(p)
	r.due = at + r.every
}

// Hold stops the rotation at this page, or lets it go on with a whole stay.
func (r *Rotation) Hold(at time.Duration) {
	r.held = !r.held
	if !r.drilled {
		r.due = at + r.every
	}
}

// Drill says that rows are shown, Touch that somebody is still looking at them.
func (r *Rotation) Drill(at time.Duration) {
	r.drilled, r.due = true, at+ReturnAfter
}

// Touch puts the return from drilled rows off; without rows it does nothing.
func (r *Rotation) Touch(at time.Duration) {
	if r.drilled {
		r.due = at + ReturnAfter
	}
}

// Return leaves drilled rows for the page they were opened from, or for the alerts
// where a red one came in between. It reports whether there were rows to leave.
func (r *Rotation) Return(at time.Duration) bool {
	if !r.drilled {
		return false
	}
	r.drilled, r.due = false, at+r.every
	if r.called {
		r.called = false
		r.show(PageAlerts)
	}
	return true
}

// Figures takes new figures: pages that now have something to say join, others leave,
// and a red alert that was not there brings the alerts page up, held or not; drilled
// rows are left in peace until they go. It reports whether another page is shown.
func (r *Rotation) Figures(f ledger.Figures, at time.Duration) bool {
	r.order = r.order[:0]
	for _, p := range Pages {
		if HasSomething(p, f) {
			r.order = append(r.order, p)
		}
	}
	if !r.newRed(f.Alerts) {
		return false
	}
	if r.drilled {
		r.called = true
		return false
	}
	r.due = at + r.every
	return r.show(PageAlerts)
}

// newRed remembers the red alerts and reports whether one of them is new. Those that
// stood when the wall began are not.
func (r *Rotation) newRed(list []ledger.Alert) bool {
	red := map[string]bool{}
	fresh := false
	for _, a := range list {
		if a.Level != ledger.LevelRed {
			continue
		}
		key := redKey(a)
		red[key] = true
		fresh = fresh || !r.red[key]
	}
	fresh = fresh && r.known
	r.red, r.known = red, true
	return fresh
}
