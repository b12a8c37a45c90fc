package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// The views of the handoff place, in the order of the segments and of the keys
// 1 to 4.
const (
	viewSticks = iota
	viewExport
	viewCards
	viewCarried
)

// handoffFacts is what the views have read of the ledger, besides the sticks.
type handoffFacts struct {
	own     handoff.Card
	peers   []handoff.Peer
	merged  []handoff.Merged
	sent    []handoff.Sent
	clashes int64
	unsent  int64 // revisions of this desk's chain that are in no bundle yet
	err     error
	known   bool
}

// handoffScreen is the place where bundles come in and go out: the sticks and
// what is on them, preview and merge, export, cards, and what was carried.
type handoffScreen struct {
	session *Session
	watch   *stickWatch
	facts   handoffFacts

	views   *keySegments
	clash   *look.Button
	bar     *fyne.Container
	stage   *fyne.Container
	hint    *look.Label
	box     fyneObject
	sticks  *stickView
	export  *exportView
	cards   *cardsView
	carried *carriedView
	page    *mergePage // over the sticks while a bundle is looked at

	view         int
	shown, bound bool
}

func newHandoffScreen(s *Session, watch *stickWatch) *handoffScreen {
	sc := &handoffScreen{session: s, watch: watch}
	sc.views = newKeySegments([]string{words.T("handoffui.view.sticks"), words.T("handoffui.view.export"),
		words.T("handoffui.view.cards"), words.T("handoffui.view.log")}, viewSticks, sc.showView)
	sc.clash = look.NewButton("", nil, look.Danger, sc.showClashes)
	sc.clash.Hide()
	sc.bar = inRow(look.Unit, sc.views, layout.NewSpacer(), sc.clash)
	sc.stage = container.NewStack()
	sc.hint = look.Quiet("").Truncated()
	sc.sticks, sc.export = newStickView(sc), newExportView(sc)
	sc.cards, sc.carried = newCardsView(sc), newCarriedView(sc)
	sc.box = container.New(insets{look.Gap, look.Gap, look.Gap, look.Unit},
		container.New(shares{0, 1, 0}, sc.bar, sc.stage, sc.hint))
	watch.onNews = sc.showSticks
	sc.showView(viewSticks)
	return sc
}

func (sc *handoffScreen) content() fyneObject {
	sc.shown = true
	sc.bind()
	if sc.session.shell != nil {
		sc.session.shell.notices.hide() // what a stick has brought is on the screen now
	}
	return sc.box
}

// hidden notes that another place is shown.
func (sc *handoffScreen) hidden() { sc.shown = false }

// update reads what the ledger says again: a merge may have come from another
// process.
func (sc *handoffScreen) update(ledger.Figures) {
	sc.read()
	sc.watch.again()
}

// read reads cards, peers and logs aside and shows them.
func (sc *handoffScreen) read() {
	h := sc.session.Handoff
	if h == nil {
		return
	}
	var f handoffFacts
	sc.session.Tasks.Do(func() { f = readHandoff(sc.session, h) }, func() {
		sc.facts = f
		if f.err != nil {
			sc.session.Refuse(f.err)
			return
		}
		sc.show()
	})
}

func readHandoff(s *Session, h Handoff) (f handoffFacts) {
	ctx := s.context()
	if f.own, f.err = h.Card(ctx); f.err != nil {
		return f
	}
	if f.peers, f.err = h.Peers(ctx); f.err != nil {
		return f
	}
	if f.merged, f.err = h.MergeLog(ctx); f.err != nil {
		return f
	}
	if f.sent, f.err = h.SentLog(ctx); f.err != nil {
		return f
	}
	if f.clashes, f.err = h.ClashCount(ctx); f.err != nil {
		return f
	}
	f.unsent, f.err = readUnsent(ctx, s)
	f.known = f.err == nil
	return f
}

// readUnsent counts the revisions that this desk wrote since its last bundle.
func readUnsent(ctx context.Context, s *Session) (int64, error) {
	travel, err := readStanding(ctx, s)
	if err != nil || travel.Own == 0 {
		return 0, err
	}
	desks, err := s.Reader.Desks(ctx)
	for _, d := range desks {
		if d.Number == travel.Own {
			return d.Head - travel.Sent, err
		}
	}
	return 0, err
}

// show shows what was read in every view.
func (sc *handoffScreen) show() {
	sc.clash.Hidden = sc.facts.clashes == 0
	sc.clash.SetText(words.T("handoffui.clashes", "n", sc.facts.clashes))
	relayout(sc.bar)
	sc.sticks.show()
	sc.export.showPeers()
	sc.cards.show()
	sc.carried.show()
}

// showSticks shows what is on the sticks, which has changed.
func (sc *handoffScreen) showSticks() {
	sc.sticks.show()
	sc.export.showSticks()
	sc.cards.showSticks()
}

// hints are the keys of each view.
var hints = [...]string{"handoffui.keys.sticks", "handoffui.keys.export", "handoffui.keys.cards", "handoffui.keys.log"}

func (sc *handoffScreen) showView(view int) {
	sc.view = view
	sc.views.SetSelected(view)
	sc.showHint()
	object := [...]fyneObject{sc.sticks.box, sc.export.box, sc.cards.box, sc.carried.box}[view]
	if view == viewSticks && sc.page != nil {
		object = sc.page.box
	}
	sc.stage.Objects = []fyne.CanvasObject{object}
	sc.stage.Refresh()
	relayout(sc.stage)
	if view == viewCarried {
		sc.carried.show() // a table knows what to mark only once it has a size
	}
}

// showHint names the keys of what is shown.
func (sc *handoffScreen) showHint() {
	key := hints[sc.view]
	switch {
	case sc.view == viewSticks && sc.page != nil:
		key = "handoffui.keys.preview"
	case sc.view == viewExport && sc.export.done != nil:
		key = "handoffui.keys.exported" // Enter writes no more
	}
	sc.hint.SetText(words.T(key))
}

// preview opens a bundle: what it would bring, and the way to merge it.
func (sc *handoffScreen) preview(path, passphrase string) {
	if sc.page != nil && sc.page.work.busy() {
		return
	}
	sc.page = newMergePage(sc, path, passphrase)
	sc.showView(viewSticks)
	sc.page.read()
}

// leavePage goes back to the sticks.
func (sc *handoffScreen) leavePage() {
	if sc.page == nil || sc.page.work.busy() {
		return
	}
	sc.page.closed = true
	sc.page = nil
	sc.showView(viewSticks)
	sc.focus()
}

// open filters nothing: the place has no rows that a figure leads to. It shows
// the sticks, which is what a notice leads to.
func (sc *handoffScreen) open(Opening) {
	if sc.page == nil {
		sc.sticks.pick(sc.watch.newest())
	}
	sc.showView(viewSticks)
	sc.focus()
}

func (sc *handoffScreen) focus() {
	c := sc.session.Window.Canvas()
	if c == nil {
		return
	}
	var first fyne.Focusable
	switch {
	case sc.view == viewSticks && sc.page != nil:
		first = sc.page.first()
	case sc.view == viewSticks:
		first = sc.sticks.first()
	case sc.view == viewExport:
		first = sc.export.first()
	case sc.view == viewCarried:
		first = sc.carried.table
	}
	if first == nil {
		first = sc.views
	}
	c.Focus(first)
}

// closeOpened answers Esc: it stops long work, then leaves the preview.
func (sc *handoffScreen) closeOpened() bool {
	switch {
	case sc.export.work.busy() && sc.view == viewExport:
		sc.export.work.abort()
	case sc.page != nil && sc.page.work.busy():
		sc.page.work.abort()
	case sc.page != nil && sc.view == viewSticks:
		sc.leavePage()
	default:
		return false
	}
	return true
}

// showClashes opens the place where a person decides between two statements.
func (sc *handoffScreen) showClashes() {
	sc.session.Open(Opening{Place: PlaceClashes})
}

// bind makes 1 to 4 choose the view.
func (sc *handoffScreen) bind() {
	if sc.bound || sc.session.Window == nil {
		return
	}
	sc.bound = true
	onDigits(sc.session.Window, len(hints), func() bool { return sc.shown }, func(view int) {
		sc.showView(view)
		sc.focus()
	})
}
