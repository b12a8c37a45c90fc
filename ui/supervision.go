package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// supervisionSide is the width of the column with the chosen record.
const supervisionSide = 376

// The two views of the supervision ledger.
const (
	viewBoard = iota
	viewTable
)

// supervisionRows is what the screen has read: every inspection and problem,
// few enough to be filtered in memory.
type supervisionRows struct {
	dir         *directory
	inspections []ledger.Row[ledger.Inspection]
	problems    []ledger.Row[ledger.Problem]
	listed      map[ledger.ID]int64 // by inspection
	travel      handoff.Standing
}

// supervisionFilter is what the person, or a click on a figure, asked for.
type supervisionFilter struct {
	text    string         // of the unit's name
	overdue bool           // only problems past their deadline
	state   ledger.State   // one column of the board, 0 for all
	period  *ledger.Period // nil is the window's period, and problems not closed from any time
}

// supervisionScreen shows inspections and the problems they found.
type supervisionScreen struct {
	session *Session
	figures ledger.Figures
	rows    supervisionRows
	filter  supervisionFilter
	latest  func(work func(context.Context), done func())
	wanted  ledger.ID // a record to choose once the rows are read

	top     *supervisionTop
	views   *look.Segments
	unit    *field
	overdue *look.Button
	chips   *fyne.Container
	tools   *fyne.Container // of the table only
	board   *problemBoard
	table   *inspectionTable
	detail  *supervisionDetail
	panel   *historyPanel
	stage   *fyne.Container
	side    *fyne.Container
	bar     *fyne.Container
	hint    *look.Label
	box     fyneObject

	view         int
	shown, bound bool
	setting      bool // the unit's name is being set, not typed
	known        bool // the rows have been read
	focusDue     bool // the rows should have the keyboard
}

func newSupervisionScreen(s *Session) screen {
	sc := &supervisionScreen{session: s, latest: s.Tasks.Latest(), rows: supervisionRows{dir: emptyDirectory()}}
	sc.top = newSupervisionTop(func(unit ledger.ID) { showInspectionForm(s, sc.rows.dir, unit) })
	sc.board = newProblemBoard(s.Window, sc.choose, sc.actProblem)
	sc.table = newInspectionTable(s, sc.choose, sc.addProblem)
	sc.table.table.OnCopy = func(int, int) { sc.copy() }
	sc.detail = newSupervisionDetail()
	sc.detail.onProblem, sc.detail.onInspection = sc.actProblem, sc.actInspection
	sc.detail.onOpen = func(id ledger.ID) { sc.open(Opening{Place: PlaceSupervision, Record: id}) }
	sc.panel = newHistoryPanel(s)
	sc.panel.onClosed = func() { relayout(sc.side) }
	sc.stage = container.NewStack(sc.board.box)
	sc.hint = look.Quiet("").Truncated()
	sc.side = container.New(shares{3, 2}, sc.detail.box, sc.panel.content())
	main := container.NewBorder(nil, container.New(insets{0, look.Half, 0, 0}, sc.hint), nil, nil, sc.stage)
	sc.box = container.New(insets{look.Gap, look.Gap, look.Gap, look.Unit},
		container.New(shares{0, 0, 1}, sc.top.box, sc.toolbar(), container.New(sided{supervisionSide}, main, sc.side)))
	sc.showView(viewBoard)
	return sc
}

// toolbar is the row with views, filters and what can be added.
func (sc *supervisionScreen) toolbar() fyneObject {
	s := sc.session
	sc.views = look.NewSegments([]string{words.T("supervision.view.board"), words.T("supervision.view.inspections")}, viewBoard, sc.showView)
	sc.unit = newField(words.T("supervision.filter.unit"))
	sc.unit.OnChanged = func(text string) {
		sc.filter.text = text
		if !sc.setting {
			sc.show()
		}
	}
	sc.unit.onKey = func(k *fyne.KeyEvent) bool {
		switch {
		case k.Name == fyne.KeyDown || k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
			sc.focusRows()
		case k.Name == fyne.KeyEscape && sc.unit.Text != "":
			sc.unit.SetText("")
		default:
			return false
		}
		return true
	}
	sc.overdue = look.NewButton(words.T("supervision.filter.overdue"), nil, look.Secondary, func() {
		sc.filter.overdue = !sc.filter.overdue
		sc.show()
	})
	sc.chips = inRow(look.Half)
	sc.tools = inRow(look.Half, look.NewButton(words.T("supervision.copy"), nil, look.Plain, sc.copy),
		look.NewButton(words.T("supervision.export"), nil, look.Plain, sc.export))
	addProblem := withTip(s, look.NewButton(words.T("supervision.add-problem"), nil, look.Secondary, sc.addProblem),
		words.T("supervision.add-problem")+"  3")
	addInspection := withTip(s, look.NewButton(words.T("supervision.add-inspection"), nil, look.Primary, sc.addInspection),
		words.T("supervision.add-inspection")+"  Insert")
	sc.bar = inRow(look.Unit, sc.views, container.New(&wideLayout{200}, sc.unit), sc.overdue, sc.chips,
		layout.NewSpacer(), sc.tools, addProblem, addInspection)
	return sc.bar
}

func (sc *supervisionScreen) content() fyneObject {
	sc.shown = true
	sc.bind()
	return sc.box
}

// hidden notes that another place is shown.
func (sc *supervisionScreen) hidden() { sc.shown = false }

func (sc *supervisionScreen) update(f ledger.Figures) {
	sc.figures = f
	sc.top.set(f)
	sc.read()
}

// read reads the rows aside and shows them.
func (sc *supervisionScreen) read() {
	unit := sc.session.Scope().Unit
	var rows supervisionRows
	var err error
	sc.latest(func(ctx context.Context) { rows, err = readSupervision(ctx, sc.session, unit) }, func() {
		if err != nil {
			sc.trouble(err)
			return
		}
		sc.rows, sc.known = rows, true
		if sc.wanted != 0 {
			sc.chooseWanted()
		}
		sc.show()
		if sc.focusDue && sc.shown {
			sc.focus()
		}
	})
}

func readSupervision(ctx context.Context, s *Session, unit ledger.ID) (rows supervisionRows, err error) {
	r := s.Reader
	if rows.travel, err = readStanding(ctx, s); err != nil {
		return rows, err
	}
	if rows.dir, err = readDirectory(ctx, r); err != nil {
		return rows, err
	}
	units := ledger.Subtree(rows.dir.units, unit)
	if rows.inspections, err = r.Inspections(ctx, ledger.InspectionFilter{Units: units}); err != nil {
		return rows, err
	}
	if rows.problems, err = r.Problems(ctx, ledger.ProblemFilter{Units: units}); err != nil {
		return rows, err
	}
	rows.listed = map[ledger.ID]int64{}
	for _, p := range rows.problems {
		rows.listed[p.Value.Inspection]++
	}
	return rows, nil
}

// trouble shows that the rows could not be read.
func (sc *supervisionScreen) trouble(err error) {
	sc.stage.Objects = []fyne.CanvasObject{tryAgain(err, sc.read)}
	sc.stage.Refresh()
}

func (sc *supervisionScreen) showView(view int) {
	sc.view = view
	sc.views.SetSelected(view)
	sc.tools.Hidden = view != viewTable
	sc.overdue.Hidden = view != viewBoard
	sc.hint.SetText(words.T("supervision.keys.board"))
	if view == viewTable {
		sc.hint.SetText(words.T("supervision.keys.inspections"))
	}
	sc.show()
}

// show shows the rows that pass the filters.
func (sc *supervisionScreen) show() {
	today := ledger.DayOf(sc.session.Now())
	sc.showFilters()
	units := sc.unitsMatching()
	var problems []ledger.Row[ledger.Problem]
	for _, p := range sc.rows.problems {
		if (units == nil || units[p.Value.Unit]) && sc.onBoard(p, today) {
			problems = append(problems, p)
		}
	}
	sc.board.set(problems, sc.rows.dir, today, sc.filter.state)
	period := sc.period()
	var inspections []ledger.Row[ledger.Inspection]
	for _, in := range sc.rows.inspections {
		if (units == nil || units[in.Value.Unit]) && period.Contains(in.Value.Day) {
			inspections = append(inspections, in)
		}
	}
	sc.table.set(inspections, &sc.rows)
	object := fyneObject(sc.board.box)
	switch {
	case len(sc.rows.inspections) == 0 && sc.known:
		object = sc.nothingYet()
	case sc.view == viewTable:
		object = sc.table.box
	}
	if len(sc.stage.Objects) != 1 || sc.stage.Objects[0] != object {
		sc.stage.Objects = []fyne.CanvasObject{object}
		sc.stage.Refresh()
	}
	sc.showDetail()
}

// nothingYet leads to the first inspection, or to the units it needs.
func (sc *supervisionScreen) nothingYet() fyneObject {
	if len(sc.rows.dir.units) == 0 {
		return emptyState(words.T("supervision.empty.units"), words.T("supervision.empty.settings"),
			func() { sc.session.Open(Opening{Place: PlaceSettings}) })
	}
	return emptyState(words.T("supervision.empty"), words.T("supervision.add-inspection"), sc.addInspection)
}

// period is the window's, unless the screen was opened for another.
func (sc *supervisionScreen) period() ledger.Period {
	if sc.filter.period != nil {
		return *sc.filter.period
	}
	return sc.session.Scope().Period
}

// onBoard keeps every problem that is not closed, from whatever time, and those
// closed of the period; a click on a figure asks for the period's alone.
func (sc *supervisionScreen) onBoard(p ledger.Row[ledger.Problem], today ledger.Day) bool {
	v := p.Value
	if sc.filter.overdue && !v.Overdue(today) {
		return false
	}
	if sc.filter.period == nil && v.State != ledger.StateClosed {
		return true
	}
	in, ok := sc.inspection(v.Inspection)
	return !ok || sc.period().Contains(in.Value.Day)
}

// unitsMatching are the units found by the filter's text and all below them;
// nil for all.
func (sc *supervisionScreen) unitsMatching() map[ledger.ID]bool {
	if sc.filter.text == "" {
		return nil
	}
	match := map[ledger.ID]bool{}
	for _, u := range sc.rows.dir.unitNames.holding(sc.filter.text) {
		for _, id := range ledger.Subtree(sc.rows.dir.units, u.ID) {
			match[id] = true
		}
	}
	return match
}

// showFilters writes the filters that have no control of their own as chips.
func (sc *supervisionScreen) showFilters() {
	style := look.Secondary
	if sc.filter.overdue {
		style = look.Primary
	}
	sc.overdue.SetStyle(style)
	var chips []fyne.CanvasObject
	chip := func(text string, off func()) {
		chips = append(chips, look.NewButton(text+"  ×", nil, look.Plain, func() { off(); sc.show() }))
	}
	if sc.filter.state != 0 {
		chip(words.T("supervision.filter.state", "state", words.State(sc.filter.state)), func() { sc.filter.state = 0 })
	}
	if sc.filter.period != nil {
		chip(sc.filter.period.String(), func() { sc.filter.period = nil })
	}
	sc.chips.Objects = chips
	sc.chips.Refresh()
	relayout(sc.bar)
}

// open filters what is shown.
func (sc *supervisionScreen) open(o Opening) {
	sc.filter = supervisionFilter{overdue: o.Overdue, state: o.State, period: o.Period}
	sc.setUnit("")
	if o.Unit != 0 {
		sc.setUnit(sc.rows.dir.unitName(o.Unit))
	}
	sc.wanted = o.Record
	if len(sc.rows.problems)+len(sc.rows.inspections) > 0 {
		sc.chooseWanted()
	}
	if o.Record == 0 && (o.Overdue || o.State != 0) {
		sc.showView(viewBoard)
	} else {
		sc.show()
	}
	sc.focus()
}

func (sc *supervisionScreen) setUnit(name string) {
	sc.setting = true
	sc.unit.SetText(name)
	sc.filter.text = name
	sc.setting = false
}

// chooseWanted chooses the record the screen was opened for, in its view.
func (sc *supervisionScreen) chooseWanted() {
	id := sc.wanted
	if _, ok := sc.problem(id); ok {
		sc.wanted = 0
		sc.board.chosen = id
		sc.showView(viewBoard)
		sc.choose(id)
		sc.board.grab(id)
	} else if in, ok := sc.inspection(id); ok {
		sc.wanted = 0
		if !sc.period().Contains(in.Value.Day) {
			sc.filter.period = &ledger.Period{From: in.Value.Day, To: in.Value.Day}
		}
		sc.showView(viewTable)
		sc.table.put(id)
		sc.choose(id)
	}
}

func (sc *supervisionScreen) focus() {
	// Where the rows are still being read, they get the keyboard when they come.
	sc.focusDue = !sc.known
	sc.focusRows()
}

// search puts the caret into the filter.
func (sc *supervisionScreen) search() {
	if c := sc.session.Window.Canvas(); c != nil {
		c.Focus(sc.unit)
	}
}

// closeOpened takes the filters away.
func (sc *supervisionScreen) closeOpened() bool {
	if sc.filter == (supervisionFilter{}) {
		return false
	}
	sc.open(Opening{Place: PlaceSupervision})
	return true
}

func (sc *supervisionScreen) focusRows() {
	c := sc.session.Window.Canvas()
	if c == nil {
		return
	}
	if sc.view == viewTable {
		c.Focus(sc.table.table)
		return
	}
	sc.board.grab(sc.board.chosen)
}

func (sc *supervisionScreen) problem(id ledger.ID) (ledger.Row[ledger.Problem], bool) {
	i := slices.IndexFunc(sc.rows.problems, func(r ledger.Row[ledger.Problem]) bool { return r.ID == id })
	if i < 0 {
		return ledger.Row[ledger.Problem]{}, false
	}
	return sc.rows.problems[i], true
}

func (sc *supervisionScreen) inspection(id ledger.ID) (ledger.Row[ledger.Inspection], bool) {
	i := slices.IndexFunc(sc.rows.inspections, func(r ledger.Row[ledger.Inspection]) bool { return r.ID == id })
	if i < 0 {
		return ledger.Row[ledger.Inspection]{}, false
	}
	return sc.rows.inspections[i], true
}

// choose shows a problem or inspection at the side.
func (sc *supervisionScreen) choose(id ledger.ID) {
	if sc.view == viewBoard {
		sc.board.choose(id)
	}
	sc.showDetail()
}

// bind makes the screen's keys work whatever of it has the keyboard.
func (sc *supervisionScreen) bind() {
	if sc.bound || sc.session.Window == nil {
		return
	}
	sc.bound = true
	c := sc.session.Window.Canvas()
	keys, runes := c.OnTypedKey(), c.OnTypedRune()
	// While a form or menu lies over the screen its keys are not ours.
	mine := func() bool { return sc.shown && c.Overlays().Top() == nil }
	c.SetOnTypedKey(func(k *fyne.KeyEvent) {
		if (!mine() || !sc.key(k)) && keys != nil {
			keys(k)
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if (!mine() || !sc.rune(r)) && runes != nil {
			runes(r)
		}
	})
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyT, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		if mine() {
			sc.showView(1 - sc.view)
			sc.focusRows()
		}
	})
}
