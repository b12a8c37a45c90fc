package grid

import (
	"errors"
	"fmt"
	"testing"
)

// loads records what Pages loads; runs are kept until done is called.
type loads struct {
	firsts  []int
	pending []func()
	told    int
	fail    error
}

func (l *loads) load(first, n int) ([]int, error) {
	l.firsts = append(l.firsts, first)
	if l.fail != nil {
		return nil, l.fail
	}
	out := make([]int, n)
	for i := range out {
		out[i] = first + i
	}
	return out, nil
}

func (l *loads) later(work, done func()) {
	l.pending = append(l.pending, func() { work(); done() })
}

func (l *loads) inline(work, done func()) { work(); done() }

// finish runs what waits, also what comes up meanwhile.
func (l *loads) finish() {
	for len(l.pending) > 0 {
		next := l.pending[0]
		l.pending = l.pending[1:]
		next()
	}
}

func TestPagesInline(t *testing.T) {
	l := &loads{}
	p := NewPages(l.load, l.inline, func() { l.told++ })
	if _, ok := p.Get(0); ok {
		t.Error("a row of nothing")
	}
	p.Reset(1000)
	for _, i := range []int{0, 127, 128, 500, 999} {
		if row, ok := p.Get(i); !ok || row != i {
			t.Errorf("row %d is %d, %v", i, row, ok)
		}
	}
	if _, ok := p.Get(1000); ok {
		t.Error("a row beyond the end")
	}
	if l.told != 0 {
		t.Errorf("told %d times about rows that were given at once", l.told)
	}
}

func TestPagesLoadLater(t *testing.T) {
	l := &loads{}
	p := NewPages(l.load, l.later, func() { l.told++ })
	p.Reset(1_000_000)
	for i := 60; i < 70; i++ {
		if _, ok := p.Get(i); ok {
			t.Fatal("a row before it was loaded")
		}
	}
	l.finish()
	if got := fmt.Sprint(l.firsts); got != "[0]" || l.told != 1 {
		t.Errorf("loaded %s, told %d times", got, l.told)
	}
	if row, ok := p.Get(63); !ok || row != 63 {
		t.Errorf("row 63 is %d, %v", row, ok)
	}
	p.Get(100)
	l.finish()
	if got := fmt.Sprint(l.firsts); got != "[0 128]" {
		t.Errorf("loaded %s: the next page should come before it is needed", got)
	}
}

func TestPagesForgetWhatWasScrolledPast(t *testing.T) {
	l := &loads{}
	p := NewPages(l.load, l.later, func() { l.told++ })
	p.Reset(1_000_000)
	for n := range 500 {
		p.Get(n*PageRows + 64)
	}
	l.finish()
	if len(l.firsts) > 1+waitingPages {
		t.Errorf("loaded %d pages of 500 scrolled past", len(l.firsts))
	}
	if l.firsts[1] != 499*PageRows {
		t.Errorf("loaded %v: the page in sight does not come first", l.firsts)
	}
}

func TestPagesKeepThoseUsedLast(t *testing.T) {
	l := &loads{}
	p := NewPages(l.load, l.inline, nil)
	p.Reset(1_000_000)
	const mid = PageRows / 2
	for n := range keptPages {
		p.Get(n*PageRows + mid)
	}
	p.Get(mid) // page 0 is used again
	p.Get(keptPages*PageRows + mid)
	if len(p.pages) != keptPages || len(p.recent) != keptPages {
		t.Errorf("%d pages kept, %d in order, want %d", len(p.pages), len(p.recent), keptPages)
	}
	before := len(l.firsts)
	p.Get(mid)
	if len(l.firsts) != before {
		t.Error("the page used last was dropped")
	}
	p.Get(PageRows + mid)
	if len(l.firsts) != before+1 {
		t.Error("the page not used for the longest time was kept")
	}
}

func TestPagesResetThrowsOldAnswersAway(t *testing.T) {
	l := &loads{}
	p := NewPages(l.load, l.later, func() { l.told++ })
	p.Reset(1000)
	p.Get(0)
	p.Reset(500)
	p.Get(200)
	l.finish()
	if p.pages[0] != nil {
		t.Error("an answer from before Reset was taken")
	}
	if row, ok := p.Get(200); !ok || row != 200 || l.told != 1 {
		t.Errorf("row 200 is %d, %v, told %d times", row, ok, l.told)
	}
}

func TestPagesStopAfterAnError(t *testing.T) {
	l := &loads{fail: errors.New("ledger is gone")}
	p := NewPages(l.load, l.later, func() { l.told++ })
	p.Reset(1000)
	for range 5 {
		p.Get(64)
		l.finish()
	}
	if len(l.firsts) != 1 || p.Err() == nil || l.told != 1 {
		t.Errorf("loaded %d times, error %v, told %d times", len(l.firsts), p.Err(), l.told)
	}
	l.fail = nil
	p.Reset(1000)
	p.Get(64)
	l.finish()
	if _, ok := p.Get(64); !ok || p.Err() != nil {
		t.Error("Reset does not begin again")
	}
}

func TestPagesUnderAGrid(t *testing.T) {
	g, _ := shown(t, 0)
	l := &loads{}
	s := &paged{}
	s.pages = NewPages(l.load, l.later, func() { g.RefreshRows(0, s.pages.Len()) })
	s.pages.Reset(1_000_000)
	g.SetSource(s)
	g.ScrollTo(500_000)
	if !g.slots[500_000%len(g.slots)].wait.Visible() {
		t.Error("no placeholder for a row that is not loaded")
	}
	l.finish()
	if got := g.RowTexts(500_000); len(got) == 0 || got[0] != "500000" {
		t.Errorf("row 500000 says %v", got)
	}
}

type paged struct{ pages *Pages[int] }

func (s *paged) Len() int { return s.pages.Len() }

func (s *paged) Row(i int, c []Cell) bool {
	row, ok := s.pages.Get(i)
	c[0].Text = fmt.Sprint(row)
	return ok
}
