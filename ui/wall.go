package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/wall"
	"taizhang/app/words"
	"taizhang/ui/plot"
)

const (
	// wallRetry is the pause between two attempts at a ledger that cannot be read.
	wallRetry = 2 * time.Second
	// wallLook is how often the displays are looked at: one may be unplugged, come
	// back, or be set to another resolution.
	wallLook = 2 * time.Second
	// wallRest is how long the pointer stays seen after it has moved.
	wallRest = 3 * time.Second
	// wallSlack is how far the clock may run from the time that has passed before
	// somebody must have set it.
	wallSlack = 3 * time.Second
)

// WallPlace is what the wall needs of the program around it.
type WallPlace struct {
	// Open opens the ledger; it is called again whenever the one that was open can no
	// longer be read.
	Open func(ctx context.Context) (WallLedger, error)
	// Displays lists the displays, the primary one first. nil: the system chooses.
	Displays func() []Display
	// Awake keeps the display lit until release is called; nil: nothing does.
	Awake func() (release func())
	Now   func() time.Time
	// Pace is how many times as fast as the PC's the clock Now runs; 0 counts as 1.
	Pace float64
	// Log keeps a technical error; may be nil.
	Log func(error)
	// Turned hears of each page that turned by itself, and how late, by the PC's clock;
	// may be nil.
	Turned func(late time.Duration)

	Page  wall.Page     // shown first
	Every time.Duration // how long a page stays, by Now; 0 is the one set
	// Display is the name or number of the display; "" is the one chosen before.
	Display string
}

// WallLedger is a ledger opened to be looked at.
type WallLedger struct {
	Reader  ledger.Reader
	Changes <-chan struct{} // a value after each commit
	Close   func() error
}

// Wall is the meeting-room display: pages that turn by themselves, full screen. It
// opens the ledger for itself and recovers by itself from whatever happens to it. All
// methods are called on the UI goroutine.
type Wall struct {
	app      fyne.App
	tasks    *Runner
	settings *settings.Settings
	place    WallPlace

	win     fyne.Window
	page    *plot.Chart
	display Display
	release func() // lets the display sleep again
	closed  bool
	stopped chan struct{} // closed with the wall
	onClose func()

	passed  func() time.Duration // since the wall began, whatever the clock is set to
	timer   func()               // takes the next tick back
	resting func()               // takes back what hides the pointer
	clock   wallClock

	link     *wallLink // the open ledger; nil while there is none
	turning  *wall.Rotation
	marks    wall.Marks
	view     wall.View
	known    bool
	list     *wallList // the rows that are looked at; nil while pages are shown
	drawn    wallStamp
	changed  int // counts what is new in view
	reported ledger.Code
}

// wallLink is an open ledger with what follows it.
type wallLink struct {
	WallLedger
	feed    *feed
	stopped chan struct{}
}

// wallStamp is what a drawn page was made of: when it is the same there is nothing to
// draw.
type wallStamp struct {
	page     wall.Page
	minute   int64
	changed  int
	marks    int
	held     bool
	turns    int
	language words.Language
	list     *wallList
	at       int // chosen row of list
}

// NewWall makes the wall; Show shows it.
func NewWall(app fyne.App, tasks *Runner, s *settings.Settings, place WallPlace) *Wall {
	if place.Pace <= 0 {
		place.Pace = 1
	}
	if place.Every <= 0 {
		place.Every = wallEvery(s.Get())
	}
	w := &Wall{app: app, tasks: tasks, settings: s, place: place, stopped: make(chan struct{}),
		timer: func() {}, resting: func() {}}
	began := time.Now() // time.Since goes by the monotonic clock
	w.passed = func() time.Duration { return time.Since(began) }
	w.turning = wall.NewRotation(place.Page, place.Every, w.at())
	return w
}

// OnClose sets what happens when the wall was closed.
func (w *Wall) OnClose(f func()) { w.onClose = f }

// Show opens the window on its display, and the ledger.
func (w *Wall) Show() {
	if w.place.Awake != nil {
		w.release = w.place.Awake()
	}
	w.display = wallDisplay(w.displays(), w.chosen())
	w.raise()
	w.connect()
	w.watchDisplays()
	w.tick()
}

// Raise brings the wall to the front.
func (w *Wall) Raise() { w.win.RequestFocus() }

// Close ends the wall and closes its window.
func (w *Wall) Close() {
	if w.closed {
		return
	}
	w.Stop()
	w.win.Close()
	if w.onClose != nil {
		w.onClose()
	}
}

// Stop ends what the wall has under way, when the program ends with it.
func (w *Wall) Stop() {
	if w.closed {
		return
	}
	w.closed = true
	close(w.stopped)
	w.timer()
	w.resting()
	w.disconnect()
	if w.release != nil {
		w.release()
	}
}

// at is the time that has passed, by the pace of the clock: no matter what the clock
// itself is set to.
func (w *Wall) at() time.Duration {
	return time.Duration(float64(w.passed()) * w.place.Pace)
}

// raise makes the window on w.display, in the place of the one before.
func (w *Wall) raise() {
	old := w.win
	w.win = w.app.NewWindow(words.T("shell.wall.title"))
	w.win.SetPadded(false)
	w.page = plot.NewWall(w.layout)
	w.page.OnOpen = w.open
	w.page.OnPointer = w.pointed
	w.win.SetContent(container.NewStack(w.page))
	w.win.SetCloseIntercept(w.Close)
	w.win.Canvas().SetOnTypedKey(w.key)
	w.win.Canvas().SetOnTypedRune(w.rune)
	if win, ok := w.win.(desktop.Window); ok && w.display.Width > 0 {
		// Just inside: Fyne takes the display that the window's corner lies on.
		win.RequestPosition(w.display.X+1, w.display.Y+1)
	}
	w.win.SetFullScreen(true)
	w.win.Show()
	w.drawn = wallStamp{}
	if old != nil {
		old.SetCloseIntercept(nil)
		old.Close()
	}
}

// pointed hides the pointer again once it rests: on the wall it would stand in front of
// the figures for weeks.
func (w *Wall) pointed() {
	w.resting()
	w.resting = w.tasks.Later(wallRest, func() {
		if !w.closed {
			w.page.Rest()
		}
	})
	w.touched()
}

// report keeps a technical error, once for a run of the same.
func (w *Wall) report(err error) {
	code := ledger.CodeOf(err)
	if w.place.Log != nil && code != w.reported {
		w.place.Log(err)
	}
	w.reported = code
}

// connect opens the ledger aside.
func (w *Wall) connect() {
	var l WallLedger
	var err error
	w.tasks.Do(func() { l, err = w.place.Open(context.Background()) }, func() {
		switch {
		case w.closed && err == nil:
			w.tasks.Do(func() { _ = l.Close() }, nil)
		case w.closed:
		case err != nil:
			w.lost(err)
		default:
			w.follow(l)
		}
	})
}

// follow shows a ledger that was just opened.
func (w *Wall) follow(l WallLedger) {
	link := &wallLink{WallLedger: l, stopped: make(chan struct{})}
	link.feed = &feed{reader: l.Reader, tasks: w.tasks, scope: w.scope, deliver: w.deliver, failed: w.lost}
	w.link, w.known = link, false
	link.feed.listen(l.Changes, link.stopped)
	link.feed.changed()
}

// disconnect closes the ledger. Closing one whose drive is gone may take long.
func (w *Wall) disconnect() {
	link := w.link
	if link == nil {
		return
	}
	w.link, link.feed.closed = nil, true
	close(link.stopped)
	w.tasks.Do(func() { _ = link.Close() }, nil) // it was only read
}

// lost says on the wall that the ledger cannot be read, and tries again.
func (w *Wall) lost(err error) {
	if w.closed || errors.Is(err, context.Canceled) {
		return
	}
	w.report(err)
	w.disconnect()
	if w.view.Trouble == "" {
		w.view.Since = w.place.Now()
	}
	if sentence := words.Sentence(err); sentence != w.view.Trouble {
		w.view.Trouble = sentence
		w.changed++
	}
	w.draw()
	w.tasks.After(wallRetry, w.stopped, w.connect)
}

func (w *Wall) scope() ledger.Scope { return wall.ScopeOf(ledger.DayOf(w.place.Now())) }

// deliver shows newer figures. The first of a ledger just opened are compared with
// nothing: after a restore everything would be marked.
func (w *Wall) deliver(f ledger.Figures) {
	at := w.at()
	old, known := w.view.Figures, w.known
	w.view.Figures, w.known = f, true
	w.view.Trouble, w.view.Since, w.reported = "", time.Time{}, ""
	w.changed++
	if known {
		w.marks.Note(wall.Compare(old, f), at)
	}
	w.turning.Figures(f, at)
	w.tick()
}

// tick does what is due, draws and asks to be woken for what comes next.
func (w *Wall) tick() {
	if w.closed {
		return
	}
	at := w.at()
	due, _ := w.turning.Due()
	if w.turning.Tick(at) && w.place.Turned != nil {
		w.place.Turned(time.Duration(float64(at-due) / w.place.Pace))
	}
	if w.list != nil && !w.turning.Drilled() {
		w.list = nil
	}
	if w.clock.moved(w.place.Now(), at) && w.link != nil {
		w.link.feed.rescoped()
	}
	w.draw()
	w.wakeAt(at)
}

// wakeAt asks for a tick when the next thing is due after at.
func (w *Wall) wakeAt(at time.Duration) {
	now := w.place.Now()
	next := at + now.Truncate(time.Minute).Add(time.Minute).Sub(now) // the clock's next minute
	if due, ok := w.turning.Due(); ok {
		next = min(next, due)
	}
	if due, ok := w.marks.Due(); ok {
		next = min(next, due)
	}
	w.timer()
	pause := time.Duration(float64(max(next-at, 0)) / w.place.Pace)
	w.timer = w.tasks.Later(pause+time.Millisecond, w.tick)
}

// wallClock notices that the clock has gone on to another minute or was set.
type wallClock struct {
	minute int64
	offset time.Duration // of the clock from the time that has passed
	known  bool
}

// moved reports whether figures have to be read anew at the moment now, at being the
// time that has passed: ages and the day change with the minute, and everything when
// somebody has set the clock.
func (c *wallClock) moved(now time.Time, at time.Duration) bool {
	minute, offset := now.Unix()/60, time.Duration(now.UnixNano())-at
	drift := (offset - c.offset).Abs()
	moved := c.known && (minute != c.minute || drift > wallSlack)
	*c = wallClock{minute: minute, offset: offset, known: true}
	return moved
}

// layout lays out what is shown now. It is called at each change and resize.
func (w *Wall) layout(width, height float64, measure chart.Measure) chart.Picture {
	v := w.view
	v.Shift = wall.ShiftOf(w.turning.Turns(), height)
	f := chart.Frame{W: width, H: height, Measure: measure}
	if w.list != nil {
		return w.list.layout(v, f)
	}
	pic := wall.Layout(w.turning.Page(), v, f)
	// Tab reaches the figures first, and the dots at the foot last.
	slices.SortStableFunc(pic.Hits, func(a, b chart.Hit) int { return cmp.Compare(dotHit(a), dotHit(b)) })
	return pic
}

// dotHit is 1 for a page dot and 0 for what opens rows.
func dotHit(h chart.Hit) int {
	if _, dot := wall.OpenPage(h.Key); dot {
		return 1
	}
	return 0
}

// draw shows what is new since the last time.
func (w *Wall) draw() {
	at := w.at()
	w.view.Now = w.place.Now()
	w.view.Changes = w.marks.Standing(at)
	w.view.Held = w.turning.Held()
	w.view.Pages = w.turning.Pages()
	stamp := wallStamp{page: w.turning.Page(), minute: w.view.Now.Unix() / 60, changed: w.changed,
		marks: len(w.view.Changes), held: w.view.Held, turns: w.turning.Turns(), language: words.Current(), list: w.list}
	if w.list != nil {
		stamp.at = w.list.at
	}
	if stamp == w.drawn {
		return
	}
	if stamp.page != w.drawn.page || stamp.list != w.drawn.list {
		w.page.Unchoose()
	}
	w.drawn = stamp
	w.page.Refresh()
}
