package ui

import (
	"context"
	"time"

	"taizhang/app/ledger"
)

// feedPause is the least time between two computations. A burst of commits is
// shown at this pace; a single commit is shown at once.
const feedPause = 40 * time.Millisecond

// feed computes figures once for each change and hands the same value to
// everybody. All methods are called on the UI goroutine.
type feed struct {
	reader  ledger.Reader
	tasks   *Runner
	scope   func() ledger.Scope
	deliver func(ledger.Figures)
	failed  func(error)

	running bool
	again   bool // something changed while figures were computed
	closed  bool
	last    time.Time
	asked   uint64 // counts scopes, so that figures of an old one are dropped
}

// changed asks for fresh figures. Calls while figures are being computed are
// answered together by one more computation.
func (f *feed) changed() {
	if f.running {
		f.again = true
		return
	}
	if !f.closed {
		f.start()
	}
}

// rescoped asks for figures of another period or unit: those under way are of
// no use any more.
func (f *feed) rescoped() {
	f.asked++
	f.changed()
}

func (f *feed) start() {
	f.running, f.again = true, false
	scope, asked := f.scope(), f.asked
	pause := time.Until(f.last.Add(feedPause))
	var figures ledger.Figures
	var err error
	f.tasks.Do(func() {
		if pause > 0 && !f.tasks.Inline {
			time.Sleep(pause)
		}
		figures, err = f.reader.Figures(context.Background(), scope)
	}, func() { f.done(asked, figures, err) })
}

func (f *feed) done(asked uint64, figures ledger.Figures, err error) {
	f.last = time.Now()
	if !f.closed && asked == f.asked {
		if err != nil {
			f.failed(err)
		} else {
			f.deliver(figures)
		}
	}
	// Only now: what a delivery asks for is answered by the same next computation as
	// what changed meanwhile, never by two at once.
	f.running = false
	if !f.closed && (f.again || asked != f.asked) {
		f.start()
	}
}

// listen turns the store's change events into calls of changed, until the
// channel or the feed is closed.
func (f *feed) listen(changes <-chan struct{}, stop <-chan struct{}) {
	if changes == nil || f.tasks.Inline {
		return
	}
	f.tasks.Do(func() {
		for {
			select {
			case <-stop:
				return
			case _, ok := <-changes:
				if !ok {
					return
				}
				f.tasks.UI(f.changed)
			}
		}
	}, nil)
}
