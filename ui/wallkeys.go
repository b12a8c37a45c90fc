package ui

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"taizhang/app/chart"
	"taizhang/app/wall"
)

// wallList is the rows behind a part of a page, while somebody looks at them.
type wallList struct {
	rows  wall.List
	at    int // the chosen row
	shown int // how many were in sight when it was drawn
}

func (l *wallList) layout(v wall.View, f chart.Frame) chart.Picture {
	pic, _, shown := wall.LayoutList(l.rows, l.at, v, f)
	l.shown = shown
	return pic
}

// move chooses another row, within the list.
func (l *wallList) move(by int) { l.at = max(0, min(l.at+by, len(l.rows.Rows)-1)) }

// open shows what lies behind a part of the page: another page, or rows.
func (w *Wall) open(key string) {
	if page, ok := wall.OpenPage(key); ok {
		w.turnTo(page)
		return
	}
	if row, ok := strings.CutPrefix(key, "row:"); ok && w.list != nil {
		w.list.at, _ = strconv.Atoi(row)
		w.touched()
		return
	}
	if q, ok := wall.Open(key, w.view.Figures); ok && w.link != nil {
		w.drill(q)
	}
}

// drill reads the rows of a query aside and shows them. The page stays until they are
// there; whatever else was asked for meanwhile goes first.
func (w *Wall) drill(q wall.Query) {
	var rows wall.List
	var err error
	link, figures, page := w.link, w.view.Figures, w.turning.Page()
	w.tasks.Do(func() { rows, err = wall.Read(context.Background(), link.Reader, q, figures) }, func() {
		switch {
		case w.closed || w.link != link || w.turning.Page() != page:
		case err != nil:
			w.lost(err)
		default:
			w.list = &wallList{rows: rows}
			w.turning.Drill(w.at())
			w.tick()
		}
	})
}

// leaveList goes back to the pages; false when they are shown already.
func (w *Wall) leaveList() bool {
	if w.list == nil {
		return false
	}
	w.list = nil
	w.turning.Return(w.at())
	w.tick()
	return true
}

// touched puts off the return from rows, and draws what a key has changed.
func (w *Wall) touched() {
	w.turning.Touch(w.at())
	w.tick()
}

func (w *Wall) turnTo(p wall.Page) {
	w.list = nil
	w.turning.Turn(p, w.at())
	w.tick()
}

// turn goes one page on or back, and leaves the rows.
func (w *Wall) turn(next bool) {
	w.list = nil
	if next {
		w.turning.Next(w.at())
	} else {
		w.turning.Previous(w.at())
	}
	w.tick()
}

// key answers the keyboard and a presenter's remote, which sends PageUp and PageDown.
func (w *Wall) key(e *fyne.KeyEvent) {
	if w.list != nil && w.listKey(e.Name) {
		w.touched()
		return
	}
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown:
		w.turn(true)
	case fyne.KeyLeft, fyne.KeyUp, fyne.KeyPageUp:
		w.turn(false)
	case fyne.KeySpace:
		w.turning.Hold(w.at())
		w.tick()
	case fyne.KeyReturn, fyne.KeyEnter:
		w.openMain()
	case fyne.KeyTab:
		w.page.Walk(1)
	case fyne.KeyF5:
		if w.link != nil {
			w.link.feed.rescoped()
		}
	case fyne.KeyEscape, fyne.KeyBackspace:
		if !w.leaveList() && e.Name == fyne.KeyEscape {
			w.Close()
		}
	case fyne.KeyF11:
		w.Close()
	}
}

// listKey moves within rows; false for a key that is for the pages.
func (w *Wall) listKey(name fyne.KeyName) bool {
	page := max(1, w.list.shown-1)
	switch name {
	case fyne.KeyUp:
		w.list.move(-1)
	case fyne.KeyDown:
		w.list.move(1)
	case fyne.KeyPageUp:
		w.list.move(-page)
	case fyne.KeyPageDown:
		w.list.move(page)
	case fyne.KeyHome:
		w.list.move(-len(w.list.rows.Rows))
	case fyne.KeyEnd:
		w.list.move(len(w.list.rows.Rows))
	default:
		return false
	}
	return true
}

// openMain opens the rows behind the part that Tab has reached, or else behind the
// main figure of the page.
func (w *Wall) openMain() {
	if key := w.page.Chosen(); key != "" {
		w.open(key)
		return
	}
	if hits := w.page.Picture().Hits; len(hits) > 0 {
		w.open(hits[0].Key)
	}
}

// rune turns to a page by its digit. A space holds, where the keyboard sends it as a
// letter only.
func (w *Wall) rune(r rune) {
	if i := int(r - '1'); i >= 0 && i < len(wall.Pages) {
		w.turnTo(wall.Pages[i])
	}
}
