package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

type fyneObject = fyne.CanvasObject

// Runner is the one place where this package starts goroutines: work runs off
// the UI goroutine, its outcome on it. Inline runs both at once, for tests,
// because Fyne's test driver has no UI goroutine of its own.
type Runner struct {
	Inline bool

	wg sync.WaitGroup

	mu     sync.Mutex // held while a callback runs
	closed bool
}

// Close drops every callback from now on. Once Fyne's loop has ended it would run them
// on the goroutines that ask for them, beside what is left of the program.
func (r *Runner) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
}

// onUI runs f on the UI goroutine, one at a time: also in the moment in which Fyne's
// loop has ended and Close was not called yet.
func (r *Runner) onUI(f func()) {
	fyne.Do(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !r.closed {
			f()
		}
	})
}

// Do runs work aside and then done on the UI goroutine. Either may be nil.
func (r *Runner) Do(work func(), done func()) {
	if r.Inline {
		if work != nil {
			work()
		}
		if done != nil {
			done()
		}
		return
	}
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		if work != nil {
			work()
		}
		if done != nil {
			r.onUI(done)
		}
	}()
}

// Latest returns a starter that cancels the work it started before: only the
// newest outcome reaches the screen. It is called on the UI goroutine.
func (r *Runner) Latest() func(work func(ctx context.Context), done func()) {
	var cancel context.CancelFunc
	return func(work func(ctx context.Context), done func()) {
		if cancel != nil {
			cancel()
		}
		ctx, stop := context.WithCancel(context.Background())
		cancel = stop
		r.Do(func() { work(ctx) }, func() {
			if ctx.Err() == nil {
				stop()
				done()
			}
		})
	}
}

// UI runs f on the UI goroutine, from work that Do has started.
func (r *Runner) UI(f func()) {
	if r.Inline {
		f()
		return
	}
	r.onUI(f)
}

// After runs f on the UI goroutine once d has passed, unless stop is closed
// before. Inline it does nothing: tests move time themselves.
func (r *Runner) After(d time.Duration, stop <-chan struct{}, f func()) {
	if r.Inline {
		return
	}
	r.wg.Add(1)
	go func() {
		defer r.wg.Done()
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-stop:
		case <-t.C:
			r.onUI(f)
		}
	}()
}

// Later is After for timers that are set and taken back all the time, such as those of
// the wall: none of them costs a goroutine while it waits. cancel may be called at any
// time; f runs nevertheless when its moment had already come.
func (r *Runner) Later(d time.Duration, f func()) (cancel func()) {
	if r.Inline {
		return func() {}
	}
	r.wg.Add(1)
	t := time.AfterFunc(d, func() {
		defer r.wg.Done()
		r.onUI(f)
	})
	return func() {
		if t.Stop() {
			r.wg.Done()
		}
	}
}

// Wait blocks until all started work has ended, for a clean exit.
func (r *Runner) Wait() { r.wg.Wait() }
