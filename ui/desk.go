package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
)

// dayWatch is how often the window looks whether the day, the period or the age
// of a report has changed.
const dayWatch = 20 * time.Second

// desk is the window while a ledger is open: rail, top bar, entry line and the
// screen of the place shown.
type desk struct {
	shell   *Shell
	session *Session
	feed    *feed
	stopped chan struct{}

	kind   ledger.PeriodKind
	custom ledger.Period
	unit   ledger.ID

	rail    *rail
	top     *topbar
	entry   *entryLine
	entries *fyne.Container
	sheet   *widget.PopUp // the keyboard help
	stage   *fyne.Container

	screens map[Place]screen
	fresh   map[Place]bool // has the newest figures
	place   Place
	trail   []Opening // where Alt+Left goes
	at      Opening   // what is shown

	sticks *stickWatch

	figures ledger.Figures
	known   bool
	written []ledger.ID // what Ctrl+Z takes back, newest last
	undone  []ledger.ID // what Ctrl+Y brings back, newest last
}

func newDesk(sh *Shell, s *Session) *desk {
	d := &desk{shell: sh, session: s, stopped: make(chan struct{})}
	values := sh.settings.Get()
	d.kind, d.place = scopeKind(values), Place(values.Place)
	if !d.place.works() {
		d.place = PlaceOverview
	}
	d.feed = &feed{reader: s.Reader, tasks: sh.tasks, scope: d.scope, deliver: d.deliver, failed: d.failed}
	d.fill(s)
	d.sticks = newStickWatch(s)
	d.sticks.noticed = d.tellOfStick
	d.build()
	return d
}

// fill gives the session what its screens call.
func (d *desk) fill(s *Session) {
	s.Window, s.Settings, s.Tasks, s.Now = d.shell.win, d.shell.settings, d.shell.tasks, d.shell.now
	s.Open, s.Scope, s.Changed = d.open, d.scope, d.feed.changed
	s.Notify, s.Refuse = d.shell.notices.say, d.refuse
	s.Recorded = func(ids ...ledger.ID) { d.written, d.undone = append(d.written, ids...), nil }
	s.Figures = func() (ledger.Figures, bool) { return d.figures, d.known }
	s.Record, s.Keys = d.showEntry, d.key
	s.OpenReport, s.PasteReport = d.openReport, d.pasteReport
	s.shell, s.tips = d.shell, d.shell.tips
}

// build makes the window's parts; again after a change of language.
func (d *desk) build() {
	d.screens, d.fresh = map[Place]screen{}, map[Place]bool{}
	d.rail = newRail(d)
	d.top = newTopbar(d)
	d.entry = newEntryLine(d.session)
	d.entries = container.NewStack(d.entry.content())
	d.entries.Hide()
	d.stage = container.NewStack()
	head := container.New(layout.NewCustomPaddedVBoxLayout(0), d.top.box, d.entries)
	body := container.NewBorder(head, nil, nil, nil, d.stage)
	d.shell.put(container.New(besides{}, d.rail.box, body))
	d.bindKeys()
	d.shell.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) { d.dropped(files) })
	d.show(d.place)
}

func (d *desk) rebuild() {
	unconfirmed, _ := d.screens[PlaceIntake].(*intakeScreen)
	d.build()
	if unconfirmed != nil {
		if d.screens[PlaceIntake] == nil {
			d.screens[PlaceIntake] = d.make(PlaceIntake)
		}
		d.screens[PlaceIntake].(*intakeScreen).resume(unconfirmed)
	}
	if d.known {
		d.deliver(d.figures)
	}
}

// start reads the first figures and begins to follow the ledger.
func (d *desk) start() {
	d.feed.listen(d.session.Services.Changes, d.stopped)
	d.feed.changed()
	d.sticks.start()
	d.watchDay(ledger.DayOf(d.session.Now()), time.Now())
}

func (d *desk) stop() {
	if !d.feed.closed {
		d.feed.closed = true
		close(d.stopped)
		d.sticks.close()
	}
}

// watchDay asks for figures again when the day has changed, so that "today" and
// "this month" roll over at midnight, and once a minute for the ages of reports.
func (d *desk) watchDay(day ledger.Day, last time.Time) {
	d.shell.tasks.After(dayWatch, d.stopped, func() {
		today := ledger.DayOf(d.session.Now())
		if today != day || time.Since(last) >= time.Minute {
			last = time.Now()
			d.feed.rescoped()
		}
		d.watchDay(today, last)
	})
}

// scope is the period up to today and the unit chosen.
func (d *desk) scope() ledger.Scope {
	s := ledger.Scope{Kind: d.kind, Unit: d.unit}
	s.Period = d.custom
	if d.kind != ledger.PeriodCustom {
		s.Period = ledger.PeriodOf(d.kind, ledger.DayOf(d.session.Now()))
	}
	return s
}

func (d *desk) setPeriod(kind ledger.PeriodKind, custom ledger.Period) {
	d.kind, d.custom = kind, custom
	if kind != ledger.PeriodCustom {
		d.shell.change(func(v *settings.Values) { v.Period = int(kind) + 1 })
	}
	d.top.showScope()
	d.feed.rescoped()
}

func (d *desk) setUnit(unit ledger.ID) {
	d.unit = unit
	d.top.showScope()
	d.feed.rescoped()
}

// deliver hands one value to the bars and to the screen shown; the other
// screens get it when they are.
func (d *desk) deliver(f ledger.Figures) {
	d.figures, d.known = f, true
	d.fresh = map[Place]bool{}
	d.top.update(f)
	d.rail.update(f)
	d.freshen()
}

func (d *desk) freshen() {
	if scr, ok := d.screens[d.place]; ok && d.known && !d.fresh[d.place] {
		d.fresh[d.place] = true
		scr.update(d.figures)
	}
}

// troubled is a screen that shows that figures could not be read.
type troubled interface{ trouble(error) }

func (d *desk) failed(err error) {
	d.log(err)
	if t, ok := d.screens[d.place].(troubled); ok {
		t.trouble(err)
		return
	}
	d.shell.notices.refuse(err)
}

func (d *desk) refuse(err error) {
	if err == nil || errors.Is(err, context.Canceled) {
		return
	}
	d.log(err)
	d.shell.notices.refuse(err)
}

// log keeps errors that have a technical cause; a plain refusal is no news.
func (d *desk) log(err error) {
	if d.session.Services.Log != nil && (errors.Unwrap(err) != nil || ledger.CodeOf(err) == ledger.CodeInternal) {
		d.session.Services.Log(err)
	}
}

// open shows a place with its rows filtered and remembers where we came from.
func (d *desk) open(o Opening) {
	d.trail = append(d.trail, d.at)
	d.at = o
	d.show(o.Place)
	d.screens[d.place].open(o)
}

// goTo shows a place as it was left.
func (d *desk) goTo(p Place) {
	if p == d.place {
		d.screens[p].focus()
		return
	}
	d.trail = append(d.trail, d.at)
	d.at = Opening{Place: p}
	d.show(p)
	d.screens[p].focus()
}

// back returns to where the last drill-down came from.
func (d *desk) back() {
	if len(d.trail) == 0 {
		return
	}
	d.at = d.trail[len(d.trail)-1]
	d.trail = d.trail[:len(d.trail)-1]
	d.show(d.at.Place)
	if d.at == (Opening{Place: d.at.Place}) {
		d.screens[d.place].focus()
		return
	}
	d.screens[d.place].open(d.at)
}

func (d *desk) show(p Place) {
	if !p.works() {
		p = PlaceOverview
	}
	if l, ok := d.screens[d.place].(loser); ok && d.place != p {
		l.hidden()
	}
	d.shell.tips.hide()
	d.place, d.at.Place = p, p
	scr, ok := d.screens[p]
	if !ok {
		scr = d.make(p)
		d.screens[p] = scr
	}
	if c := d.shell.win.Canvas(); c != nil {
		c.Unfocus()
	}
	d.stage.Objects = []fyne.CanvasObject{scr.content()}
	d.stage.Refresh()
	d.rail.choose(p.inRail())
	d.top.showBack(len(d.trail) > 0)
	d.freshen()
	d.shell.change(func(v *settings.Values) { v.Place = string(p.inRail()) })
}

func (d *desk) make(p Place) screen {
	switch p {
	case PlacePublicity:
		return newPublicityScreen(d.session)
	case PlaceIsolation:
		return newIsolationScreen(d.session)
	case PlaceSupervision:
		return newSupervisionScreen(d.session)
	case PlaceHandoff:
		return newHandoffScreen(d.session, d.sticks)
	case PlaceSettings:
		return newSettingsScreen(d.session)
	case PlaceClashes:
		return newClashScreen(d.session, d.back)
	case PlaceIntake:
		return newIntakeScreen(d.session, d.back)
	}
	return newOverview(d.session)
}

// places in the order of the rail and of Ctrl+1 to Ctrl+6.
var places = []Place{PlaceOverview, PlacePublicity, PlaceIsolation, PlaceSupervision, PlaceHandoff, PlaceSettings}

func (p Place) works() bool {
	for _, q := range places {
		if p == q {
			return true
		}
	}
	return p == PlaceClashes || p == PlaceIntake
}

func (d *desk) showEntry() {
	d.entries.Show()
	d.shell.root.Refresh()
	d.entry.focus()
}

func (d *desk) hideEntry() bool {
	if !d.entries.Visible() {
		return false
	}
	d.entries.Hide()
	d.screens[d.place].focus()
	return true
}

// undo voids what this window recorded last.
func (d *desk) undo() {
	if len(d.written) == 0 {
		d.refuse(ledger.Refuse(ledger.CodeNothingToUndo))
		return
	}
	id := d.written[len(d.written)-1]
	d.written = d.written[:len(d.written)-1]
	var err error
	batch := false
	d.shell.tasks.Do(func() { batch, err = takeBack(d.session.Book, id) }, func() {
		if err != nil {
			d.refuse(err)
			return
		}
		if batch {
			d.feed.changed()
			d.shell.notices.say(words.T("paste.undone"), nil)
			return
		}
		d.undone = append(d.undone, id)
		d.feed.changed()
		d.shell.notices.say(words.T("shell.undo.done"), func() { d.redo(id) })
	})
}

// takeBack voids a record, or all that came with it when it is a batch.
func takeBack(book *ledger.Book, id ledger.ID) (batch bool, err error) {
	err = book.VoidBatch(context.Background(), id, words.T("shell.undo.reason"))
	if ledger.CodeOf(err) != ledger.CodeRecordKind {
		return err == nil, err
	}
	return false, book.Void(context.Background(), id, words.T("shell.undo.reason"))
}

// redoLast brings back what was undone last.
func (d *desk) redoLast() {
	if len(d.undone) == 0 {
		d.shell.notices.say(words.T("shell.redo.none"), nil)
		return
	}
	d.redo(d.undone[len(d.undone)-1])
}

// redo brings back one record; the notice and Ctrl+Y lead here, so it may be
// back already.
func (d *desk) redo(id ledger.ID) {
	at := slices.Index(d.undone, id)
	if at < 0 {
		return
	}
	d.undone = slices.Delete(d.undone, at, at+1)
	var err error
	d.shell.tasks.Do(func() { err = d.session.Book.Restore(context.Background(), id, words.T("shell.redo.reason")) }, func() {
		if err != nil {
			d.refuse(err)
			return
		}
		d.written = append(d.written, id)
		d.feed.changed()
		d.shell.notices.say(words.T("shell.redo.done"), nil)
	})
}

// besides puts its first object at the left, as wide as it needs, and the other
// in the rest.
type besides struct{}

func (besides) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}

func (besides) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := o[0].MinSize().Width
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Resize(fyne.NewSize(size.Width-w, size.Height))
	o[1].Move(fyne.NewPos(w, 0))
}
