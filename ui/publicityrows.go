package ui

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
)

// publicityRows are the rows behind the table: all ids of the filter in memory
// (8 bytes each), the rows themselves in pages as they are looked at. Reading is
// done aside; the window goes on showing the old rows meanwhile.
type publicityRows struct {
	s      *Session
	screen *publicityScreen
	load   func(work func(ctx context.Context), done func())

	dir     *directory
	travel  handoff.Standing
	ids     atomic.Pointer[[]ledger.ID] // replaced whole, read aside by page
	sums    []ledger.ItemSum
	pages   *grid.Pages[ledger.Row[ledger.Publicity]]
	near    map[ledger.ID]ledger.Row[ledger.Publicity] // rows read together with the ids
	err     error
	started bool
	ever    bool // rows were read: shown is their filter

	asked   publicityFilter
	shown   publicityFilter
	busy    bool
	pending bool // the ledger changed while rows were being read
	stale   bool // the ledger changed since the sums were read
}

// nearRows is how many rows around the view are read together with new ids, so
// that a change elsewhere does not make the table flicker.
const nearRows = 2 * grid.PageRows

// reading is the outcome of reading aside.
type reading struct {
	dir    *directory
	ids    []ledger.ID
	travel handoff.Standing
	sums   []ledger.ItemSum
	near   map[ledger.ID]ledger.Row[ledger.Publicity]
	err    error
	took   time.Duration

	summed bool // sums are known already
}

func newPublicityRows(s *Session, screen *publicityScreen) *publicityRows {
	r := &publicityRows{s: s, screen: screen, load: s.Tasks.Latest(), dir: emptyDirectory()}
	r.ids.Store(&[]ledger.ID{})
	r.pages = grid.NewPages(r.page, s.Tasks.Do, r.loaded)
	return r
}

// page reads rows by position. It runs aside, on ids that are never changed in
// place.
func (r *publicityRows) page(first, n int) ([]ledger.Row[ledger.Publicity], error) {
	ids := r.pageIDs(first, n)
	rows, err := r.s.Reader.PublicityRows(context.Background(), ids)
	if err != nil || len(rows) == len(ids) {
		return rows, err
	}
	// A row that is gone must not shift those after it.
	at := make(map[ledger.ID]ledger.Row[ledger.Publicity], len(rows))
	for _, row := range rows {
		at[row.ID] = row
	}
	rows = make([]ledger.Row[ledger.Publicity], len(ids))
	for i, id := range ids {
		rows[i] = at[id]
	}
	return rows, nil
}

// list are the ids of all rows, in order. They are never changed in place.
func (r *publicityRows) list() []ledger.ID { return *r.ids.Load() }

// frozen is what fill and sheetCells need, for work aside.
func (r *publicityRows) frozen() *publicityRows {
	return &publicityRows{s: r.s, dir: r.dir, travel: r.travel}
}

func (r *publicityRows) pageIDs(first, n int) []ledger.ID {
	ids := r.list()
	first = min(first, len(ids))
	return ids[first:min(first+n, len(ids))]
}

func (r *publicityRows) loaded() {
	if err := r.pages.Err(); err != nil {
		r.fail(err)
		return
	}
	first, last := r.screen.table.VisibleRange()
	r.screen.table.RefreshRows(first, last)
}

// read reads the rows of another filter; what was being read is given up.
func (r *publicityRows) read(f publicityFilter) {
	r.started = true
	r.asked = f
	r.screen.busy.begin()
	r.start()
}

// again reads the same filter once more because the ledger changed. Reading that
// is under way is left to finish: a busy ledger would otherwise never be shown.
func (r *publicityRows) again() {
	r.stale = true
	switch {
	case !r.started:
		r.read(r.screen.filter)
	case r.busy:
		r.pending = true
	default:
		r.start()
	}
}

func (r *publicityRows) start() {
	r.busy, r.pending = true, false
	f, anchor := r.asked, r.anchor()
	out := &reading{}
	if !r.stale && r.err == nil && f.sameRows(r.shown) {
		out.sums, out.summed = r.sums, true // only the order is another one
	}
	r.load(func(ctx context.Context) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		began := time.Now()
		out.read(ctx, r.s, f, anchor)
		out.took = time.Since(began)
	}, func() { r.done(f, out) })
}

// read fills the outcome in: names, ids in order, sums, and the rows in view.
func (o *reading) read(ctx context.Context, s *Session, f publicityFilter, anchor ledger.ID) {
	reader := s.Reader
	if o.dir, o.err = readDirectory(ctx, reader); o.err != nil {
		return
	}
	if o.travel, o.err = readStanding(ctx, s); o.err != nil {
		return
	}
	query := f.query(o.dir)
	if o.ids, o.err = reader.PublicityIDs(ctx, query); o.err != nil {
		return
	}
	first := max(0, slices.Index(o.ids, anchor)-nearRows/4)
	near, err := reader.PublicityRows(ctx, o.ids[first:min(first+nearRows, len(o.ids))])
	if err != nil {
		o.err = err
		return
	}
	o.near = make(map[ledger.ID]ledger.Row[ledger.Publicity], len(near))
	for _, row := range near {
		o.near[row.ID] = row
	}
	if !o.summed {
		o.sums, o.err = reader.PublicitySums(ctx, query)
	}
}

func (r *publicityRows) done(f publicityFilter, o *reading) {
	r.busy = false
	r.screen.busy.end()
	if o.err != nil {
		r.fail(o.err)
		return
	}
	same := r.ever && r.err == nil && f == r.shown
	r.ever = true
	selected, top := r.screen.current(), r.anchor()
	r.dir, r.sums, r.near, r.err = o.dir, o.sums, o.near, nil
	r.travel = o.travel
	r.shown, r.stale = f, r.pending
	r.ids.Store(&o.ids)
	r.pages.Reset(len(o.ids))
	r.screen.showRows(same, selected, top)
	if r.pending {
		// Rest as long as reading took, so that a stream of commits on a huge
		// ledger leaves the PC something for other work.
		r.pending = false
		if r.s.Tasks.Inline || o.took < 100*time.Millisecond {
			r.start()
			return
		}
		r.busy, r.pending = true, true
		r.s.Tasks.After(o.took, nil, func() { r.start() })
	}
}

// cancel gives up what is being read and keeps the rows that are shown.
func (r *publicityRows) cancel() {
	r.load(func(context.Context) {}, func() {})
	r.busy, r.pending, r.stale = false, false, true
	r.screen.busy.end()
	r.screen.cancelled(r.shown)
}

func (r *publicityRows) fail(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	r.err, r.stale = err, true
	r.sums, r.near = nil, nil
	r.ids.Store(&[]ledger.ID{})
	r.pages.Reset(0)
	r.screen.failed(err)
}

// anchor is the topmost record in view, 0 at the very top, where new rows are to
// be seen.
func (r *publicityRows) anchor() ledger.ID {
	first, _ := r.screen.table.VisibleRange()
	if first == 0 {
		return 0
	}
	id, _ := r.id(first)
	return id
}

func (r *publicityRows) id(row int) (ledger.ID, bool) {
	ids := r.list()
	if row < 0 || row >= len(ids) {
		return 0, false
	}
	return ids[row], true
}

// Len is part of grid.Source.
func (r *publicityRows) Len() int { return len(r.list()) }

// row gives a row when it is in memory.
func (r *publicityRows) row(i int) (ledger.Row[ledger.Publicity], bool) {
	id, ok := r.id(i)
	if !ok {
		return ledger.Row[ledger.Publicity]{}, false
	}
	if row, ok := r.near[id]; ok {
		return row, true
	}
	return r.pages.Get(i)
}

// Row is part of grid.Source.
func (r *publicityRows) Row(i int, cells []grid.Cell) bool {
	row, ok := r.row(i)
	if !ok || row.ID == 0 {
		return false
	}
	r.fill(row, cells)
	return true
}

// fill writes a row's cells in the order of publicityColumns.
func (r *publicityRows) fill(row ledger.Row[ledger.Publicity], cells []grid.Cell) {
	v := row.Value
	item := r.dir.item[v.Item].Value
	tone, quiet := grid.Normal, grid.Quiet
	if row.Voided {
		tone, quiet = grid.Struck, grid.Struck
	}
	note := v.Note
	if row.Voided {
		note = words.T("publicity.isvoided") + " " + note
	}
	values := [...]grid.Cell{
		{Text: v.Day.String(), Tone: tone},
		{Text: r.dir.unitName(v.Unit), Tone: tone},
		{Text: r.dir.itemName(v.Item), Tone: tone},
		{Text: words.Channel(item.Channel), Tone: quiet},
		{Text: words.Quantity(v.Quantity), Suffix: item.Measure, Tone: tone, Bold: !row.Voided},
		{Text: note, Tone: quiet},
		{Text: row.Author, Tone: quiet},
		{Text: r.recorded(row.Clock), Tone: quiet},
		{Text: r.s.Reader.IDText(row.ID), Tone: quiet},
	}
	if copy(cells, values[:]); len(cells) > len(values) {
		copy(cells[columnTravelAt+1:], values[columnTravelAt:])
		cells[columnTravelAt] = travelCell(r.travel, r.dir, row.Revision)
	}
}

// recorded writes when a row was written: the year only when it is another one.
func (r *publicityRows) recorded(c ledger.Clock) string {
	now := r.s.Now()
	t := c.Time().In(now.Location())
	if t.Year() != now.Year() {
		return t.Format("2006-01-02")
	}
	return t.Format("01-02 15:04")
}
