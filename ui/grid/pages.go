package grid

import "slices"

const (
	// PageRows is how many rows Pages loads at a time.
	PageRows = 128
	// keptPages is how many pages Pages keeps: eight thousand rows, far more than are on
	// a screen, so that going back a little finds everything there.
	keptPages = 64
	// waitingPages bounds what is still to be loaded. Dragging the thumb through a
	// million rows asks for hundreds of pages in a second; only where it stops matters.
	waitingPages = 4
)

// Pages keeps rows in pages of PageRows, loads those that are asked for and drops those
// not used for the longest time. One load runs at a time; of the pages that wait the one
// asked for last comes first. All methods belong on Fyne's goroutine.
type Pages[T any] struct {
	load     func(first, n int) ([]T, error)
	run      func(work, done func())
	onLoaded func()

	total   int
	round   int // Reset begins a new one; answers from older rounds are thrown away
	pages   map[int]*page[T]
	recent  []int // page numbers, the one used last at the end
	waiting []int // page numbers, the one to load next at the end
	busy    bool
	current int  // the page being loaded while busy
	asking  bool // a Get is on the stack
	err     error
}

type page[T any] struct{ rows []T }

// NewPages makes Pages over 0 rows; Reset says how many there are. load fetches rows
// first..first+n-1 and may be slow; fewer rows than n mean that there are no more. run
// calls work away from Fyne's goroutine and then done on it, or both at once in tests.
// onLoaded is told when rows came (or Err is set): the place to call RefreshRows.
func NewPages[T any](load func(first, n int) ([]T, error), run func(work, done func()), onLoaded func()) *Pages[T] {
	return &Pages[T]{load: load, run: run, onLoaded: onLoaded, pages: map[int]*page[T]{}}
}

// Reset forgets all rows and errors: the order or the content changed, and there are
// total rows now.
func (p *Pages[T]) Reset(total int) {
	p.total = max(0, total)
	p.round++
	p.busy, p.err = false, nil
	p.recent, p.waiting = nil, nil
	clear(p.pages)
}

// Len is the number of rows given to Reset.
func (p *Pages[T]) Len() int { return p.total }

// Err is the error of the load that failed last. After one nothing more is loaded until
// Reset: a broken ledger would otherwise be asked again in every frame.
func (p *Pages[T]) Err() error { return p.err }

// Get gives row i when it is loaded; otherwise it has its page loaded and gives false.
// Near the end of a page it has the next one loaded too, so that steady scrolling meets
// no placeholders.
func (p *Pages[T]) Get(i int) (row T, ok bool) {
	if i < 0 || i >= p.total {
		return row, false
	}
	p.asking = true
	defer func() { p.asking = false }()
	n, at := i/PageRows, i%PageRows
	switch {
	case at >= PageRows*3/4:
		p.want(n+1, false)
	case at < PageRows/4:
		p.want(n-1, false)
	}
	if p.pages[n] == nil {
		p.want(n, true)
	}
	pg := p.pages[n]
	if pg == nil {
		return row, false
	}
	p.use(n)
	if at >= len(pg.rows) {
		return row, false
	}
	return pg.rows[at], true
}

// use marks a page as used just now.
func (p *Pages[T]) use(n int) {
	if k := len(p.recent); k > 0 && p.recent[k-1] == n {
		return
	}
	if at := slices.Index(p.recent, n); at >= 0 {
		p.recent = slices.Delete(p.recent, at, at+1)
	}
	p.recent = append(p.recent, n)
}

// want puts a page among those that wait: urgent ones are loaded next.
func (p *Pages[T]) want(n int, urgent bool) {
	if n < 0 || n*PageRows >= p.total || p.err != nil || p.pages[n] != nil || p.busy && p.current == n {
		return
	}
	at := slices.Index(p.waiting, n)
	switch {
	case urgent && at >= 0:
		p.waiting = append(slices.Delete(p.waiting, at, at+1), n)
	case urgent:
		p.waiting = append(p.waiting, n)
	case at < 0:
		p.waiting = slices.Insert(p.waiting, 0, n)
	}
	if over := len(p.waiting) - waitingPages; over > 0 {
		p.waiting = slices.Delete(p.waiting, 0, over)
	}
	p.next()
}

// next loads the page that was asked for last.
func (p *Pages[T]) next() {
	if p.busy || p.err != nil || len(p.waiting) == 0 {
		return
	}
	n := p.waiting[len(p.waiting)-1]
	p.waiting = p.waiting[:len(p.waiting)-1]
	if p.pages[n] != nil {
		p.next()
		return
	}
	p.busy, p.current = true, n
	round, first := p.round, n*PageRows
	count := min(PageRows, p.total-first)
	var rows []T
	var err error
	p.run(
		func() { rows, err = p.load(first, count) },
		func() { p.loaded(round, n, rows, err) },
	)
}

// loaded takes a page in.
func (p *Pages[T]) loaded(round, n int, rows []T, err error) {
	if round != p.round {
		return
	}
	p.busy = false
	if err != nil {
		p.err, p.waiting = err, nil
	} else {
		p.keep(n, rows)
	}
	// Within Get the caller gets the row as the answer; telling it to ask again would
	// have it draw within drawing.
	if (!p.asking || err != nil) && p.onLoaded != nil {
		p.onLoaded()
	}
	p.next()
}

func (p *Pages[T]) keep(n int, rows []T) {
	p.pages[n] = &page[T]{rows: rows}
	p.use(n)
	for len(p.recent) > keptPages {
		delete(p.pages, p.recent[0])
		p.recent = p.recent[1:]
	}
}
