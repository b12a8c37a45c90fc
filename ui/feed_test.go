package ui

import (
	"context"
	"testing"

	"taizhang/app/ledger"
)

// slowReader answers only when the test says so.
type slowReader struct {
	ledger.Reader
	scopes []ledger.Scope
}

func (r *slowReader) Figures(_ context.Context, s ledger.Scope) (ledger.Figures, error) {
	r.scopes = append(r.scopes, s)
	return ledger.Figures{Scope: s}, nil
}

func TestFeedAnswersABurstOnce(t *testing.T) {
	r := &slowReader{}
	delivered := 0
	f := &feed{reader: r, tasks: &Runner{Inline: true}, scope: func() ledger.Scope { return ledger.Scope{} },
		deliver: func(ledger.Figures) { delivered++ }, failed: func(err error) { t.Error(err) }}
	f.changed()
	f.running = true // as while figures are being computed
	for range 50 {
		f.changed()
	}
	f.done(f.asked, ledger.Figures{}, nil)
	if len(r.scopes) != 2 || delivered != 3 {
		t.Errorf("%d reads and %d deliveries, want 2 and 3", len(r.scopes), delivered)
	}
}

func TestFeedDropsFiguresOfAnOldScope(t *testing.T) {
	r := &slowReader{}
	scope := ledger.Scope{Kind: ledger.PeriodMonth}
	var shown []ledger.PeriodKind
	f := &feed{reader: r, tasks: &Runner{Inline: true}, scope: func() ledger.Scope { return scope },
		deliver: func(g ledger.Figures) { shown = append(shown, g.Scope.Kind) }}
	f.running = true
	asked := f.asked
	scope.Kind = ledger.PeriodWeek
	f.rescoped()
	f.done(asked, ledger.Figures{Scope: ledger.Scope{Kind: ledger.PeriodMonth}}, nil)
	if len(shown) != 1 || shown[0] != ledger.PeriodWeek {
		t.Errorf("showed %v, want the week alone", shown)
	}
}

func TestClosedFeedDeliversNothing(t *testing.T) {
	f := &feed{reader: &slowReader{}, tasks: &Runner{Inline: true}, scope: func() ledger.Scope { return ledger.Scope{} },
		deliver: func(ledger.Figures) { t.Error("delivered after closing") }}
	f.running, f.closed = true, true
	f.changed()
	f.done(f.asked, ledger.Figures{}, nil)
}

// TestFeedAsksOnceForWhatADeliveryChanges: the wall notices by figures that came that
// the clock has gone on, and asks anew. Two computations at once would each ask for two.
func TestFeedAsksOnceForWhatADeliveryChanges(t *testing.T) {
	r := &slowReader{}
	f := &feed{reader: r, tasks: &Runner{Inline: true}, scope: func() ledger.Scope { return ledger.Scope{} }}
	delivered := 0
	f.deliver = func(ledger.Figures) {
		if delivered++; delivered == 1 {
			f.rescoped()
		}
	}
	f.changed()
	if len(r.scopes) != 2 || delivered != 2 {
		t.Errorf("%d reads and %d deliveries, want 2 of each", len(r.scopes), delivered)
	}
}
