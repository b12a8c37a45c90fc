package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// The columns of the publicity table.
const (
	columnDay      = "day"
	columnUnit     = "unit"
	columnItem     = "item"
	columnChannel  = "channel"
	columnQuantity = "quantity"
	columnNote     = "note"
	columnAuthor   = "author"
	columnRecorded = "recorded"
	columnNumber   = "number"
)

// publicityTable names the table in the settings that keep its column widths.
const publicityTable = "publicity"

// publicityScreen is the ledger of publicity entries: filters, the rows, their
// sums, and beside them the history of the row with the cursor.
type publicityScreen struct {
	s    *Session
	root fyneObject

	filter publicityFilter
	scope  ledger.Scope // as followed last
	rows   *publicityRows

	table   *grid.Grid
	met     bool // the table says how far rows have travelled
	find    *lineField
	chips   *fyne.Container
	voided  *look.Button
	origin  fyneObject // opens the desks to filter by
	count   *look.Label
	sums    *sumsBar
	busy    *busyStrip
	history *historyPanel

	wanted  ledger.ID // a record to be selected once its row is there
	shown   bool
	bound   bool
	writing *busyStrip // of an export
	exports func(work func(ctx context.Context), done func())
}

func newPublicityScreen(s *Session) screen { return newPublicity(s) }

func newPublicity(s *Session) *publicityScreen {
	p := &publicityScreen{s: s}
	p.rows = newPublicityRows(s, p)
	if s.Scope != nil {
		p.scope = s.Scope()
	}
	p.filter = scopeFilter(p.scope)
	p.buildTable()
	p.buildHead()
	p.history = newHistoryPanel(s)
	p.history.onClosed = p.focusTable
	p.history.content().Hide()
	p.count = look.Text("", look.SizeBody, true, look.ColourText)
	p.sums = newSumsBar(p.showAllSums)
	p.busy = newBusyStrip(s.Tasks, words.T("publicity.busy"), p.rows.cancel)
	p.writing = newBusyStrip(s.Tasks, words.T("publicity.writing"), p.cancelExport)
	p.exports = s.Tasks.Latest()
	foot := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Half, look.Gap), p.count), nil, p.sums.root)
	table := container.NewBorder(nil, p.foot(foot), nil, nil, container.NewStack(p.table, p.busy.content(), p.writing.content()))
	p.root = look.Inset(container.NewBorder(p.head(), nil, nil, nil,
		container.New(besideTable{}, look.Panel(table), p.history.content())), look.Gap)
	p.showFilter()
	return p
}

func (p *publicityScreen) foot(content fyneObject) fyneObject {
	rule := container.New(ruleLayout{}, look.NewSurface(look.ColourLine, "", 0))
	return container.NewBorder(rule, nil, nil, nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, look.Unit, look.Half), content))
}

func (p *publicityScreen) buildTable() {
	p.table = grid.New(publicityColumns())
	p.table.SetWidths(p.s.Settings.Get().Widths[publicityTable])
	p.table.SetSort(columnDay, true)
	p.table.SetEmpty(words.T("publicity.reading"))
	p.table.OnSort = p.sorted
	p.table.OnSelect = p.selected
	p.table.OnActivate = func(int) { p.correct() }
	p.table.OnResize = p.resized
	p.table.OnContext = p.menu
	p.table.OnCopy = func(first, last int) { p.copyRows(first, last) }
	p.table.SetSource(p.rows)
}

// columns are the table's, with the one for travel once this ledger has met
// another: before the number, of which a narrow window may hide a part. The others
// are then as narrow as what they usually hold.
func (p *publicityScreen) columns() []grid.Column {
	columns := publicityColumns()
	if !p.met {
		return columns
	}
	for i, c := range columns {
		if wide, ok := metWidths[c.ID]; ok {
			columns[i].Width = wide
		}
	}
	return slices.Insert(columns, columnTravelAt, travelColumn(travelWide(p.rows.dir)))
}

// columnTravelAt is where the column for travel stands.
const columnTravelAt = 8

var metWidths = map[string]float32{columnUnit: 100, columnItem: 142, columnQuantity: 90, columnNote: 48,
	columnAuthor: 58, columnRecorded: 92, columnNumber: 104}

// meet shows or hides that column.
func (p *publicityScreen) meet(met bool) {
	if met == p.met {
		return
	}
	p.met = met
	p.table.SetColumns(p.columns())
	p.table.SetWidths(p.s.Settings.Get().Widths[publicityTable])
}

func publicityColumns() []grid.Column {
	title := func(id string) string { return words.T("publicity.column." + id) }
	return []grid.Column{
		{ID: columnDay, Title: title(columnDay), Width: 92, Sortable: true},
		{ID: columnUnit, Title: title(columnUnit), Width: 130, Sortable: true},
		{ID: columnItem, Title: title(columnItem), Width: 144, Sortable: true},
		{ID: columnChannel, Title: title(columnChannel), Width: channelWide()},
		{ID: columnQuantity, Title: title(columnQuantity), Width: 100, Align: grid.Trailing, Sortable: true},
		{ID: columnNote, Title: title(columnNote), Width: 52, MinWidth: 48, Flex: true},
		{ID: columnAuthor, Title: title(columnAuthor), Width: 74},
		{ID: columnRecorded, Title: title(columnRecorded), Width: 98, Sortable: true},
		{ID: columnNumber, Title: title(columnNumber), Width: 134},
	}
}

// channelWide is the width of the channels' names, which differs much between
// languages.
func channelWide() float32 {
	wide := float32(64)
	for _, c := range ledger.Channels {
		wide = max(wide, fyne.MeasureText(words.Channel(c), look.SizeBody, fyne.TextStyle{}).Width)
	}
	return float32(int(wide)) + 2*look.Unit + 2
}

func (p *publicityScreen) buildHead() {
	p.find = newLineField(words.T("publicity.search"))
	p.find.OnChanged = func(text string) {
		p.filter.text = text
		p.filtered()
	}
	p.find.onKey = func(ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnter:
			p.focusTable()
		case fyne.KeyEscape:
			if p.find.Text == "" {
				return false
			}
			p.find.SetText("")
		default:
			return false
		}
		return true
	}
	if p.s.Window != nil {
		p.find.home = p.s.Window.Canvas()
	}
	p.voided = look.NewButton(words.T("publicity.voided"), nil, look.Secondary, func() {
		p.filter.voided = !p.filter.voided
		p.filtered()
	})
	p.chips = container.NewHBox()
	origin := look.NewButton(words.T("publicity.desks"), theme.MenuDropDownIcon(), look.Secondary, p.chooseDesk)
	p.origin = withTip(p.s, origin, words.T("publicity.tip.desks"))
	p.origin.Hide()
}

// head is the row of filters and actions.
func (p *publicityScreen) head() fyneObject {
	action := func(key string, icon fyne.Resource, style look.Style, run func()) fyneObject {
		return withTip(p.s, look.NewButton(words.T("publicity.do."+key), icon, style, run), words.T("publicity.tip."+key))
	}
	actions := container.NewHBox(
		action("correct", nil, look.Secondary, p.correct),
		action("void", nil, look.Danger, p.void),
		action("copy", nil, look.Secondary, p.copySelected),
		action("export", nil, look.Secondary, p.export))
	find := container.New(&wideLayout{260}, p.find)
	left := container.NewHBox(withTip(p.s, find, words.T("publicity.tip.search")),
		withTip(p.s, p.voided, words.T("publicity.tip.voided")), p.origin)
	row := container.NewBorder(nil, nil, left, actions)
	return container.New(layout.NewCustomPaddedLayout(0, look.Half, 0, 0), container.NewVBox(row, p.chips))
}

func (p *publicityScreen) content() fyneObject { return p.root }

// update brings new figures. A scope newly chosen at the top of the window
// replaces the period and unit filtered by; otherwise only the rows are read
// again.
func (p *publicityScreen) update(f ledger.Figures) {
	p.appear()
	if f.Scope.Period != p.scope.Period || f.Scope.Unit != p.scope.Unit {
		p.follow(f.Scope)
		return
	}
	p.rows.again()
	p.history.refresh()
}

func (p *publicityScreen) follow(scope ledger.Scope) {
	if p.filter.follows(p.scope) {
		p.filter.period, p.filter.unit = scopePeriod(scope), scope.Unit
	}
	p.scope = scope
	p.filtered()
}

// open shows the rows behind a figure.
func (p *publicityScreen) open(o Opening) {
	p.appear()
	p.filter = openingFilter(o)
	p.wanted = o.Record
	p.setSearch("")
	p.history.content().Hide()
	p.filtered()
	p.focusTable()
}

func (p *publicityScreen) focus() {
	p.appear()
	p.focusTable()
}

func (p *publicityScreen) search() { p.find.grab() }

func (p *publicityScreen) hidden() { p.shown = false }

// closeOpened closes the history panel.
func (p *publicityScreen) closeOpened() bool {
	if !p.history.content().Visible() {
		return false
	}
	p.history.closed()
	return true
}

// appear notes that the screen is shown and reads its rows the first time.
func (p *publicityScreen) appear() {
	p.shown = true
	p.bind()
	if !p.rows.started {
		p.rows.read(p.filter)
	}
}

// focusTable gives the table the keyboard. The window is asked for its canvas,
// because Fyne knows no canvas of a table that was not drawn yet.
func (p *publicityScreen) focusTable() {
	if p.s.Window != nil {
		p.s.Window.Canvas().Focus(p.table)
	}
}

func (p *publicityScreen) resized(column string, width float32) {
	err := p.s.Settings.Change(func(v *settings.Values) {
		widths := map[string]map[string]float32{}
		for table, of := range v.Widths {
			widths[table] = of
		}
		// A new map: the one handed out by Get may be read elsewhere.
		widths[publicityTable] = p.table.Widths()
		v.Widths = widths
	})
	if err != nil {
		p.s.Refuse(err)
	}
}

func (p *publicityScreen) sorted(column string, descending bool) {
	p.filter.sort, p.filter.ascending = sortKey(column), !descending
	p.filtered()
}

func sortKey(column string) ledger.SortKey {
	switch column {
	case columnUnit:
		return ledger.SortUnit
	case columnItem:
		return ledger.SortItem
	case columnQuantity:
		return ledger.SortQuantity
	case columnRecorded:
		return ledger.SortRecorded
	}
	return ledger.SortDay
}

// selected shows the history of the row with the cursor.
func (p *publicityScreen) selected(row int) {
	id, ok := p.rows.id(row)
	if !ok {
		return
	}
	p.wanted = 0
	p.showHistory(id)
}

func (p *publicityScreen) showHistory(id ledger.ID) {
	p.history.show(id)
	if !p.history.content().Visible() {
		p.history.content().Show()
		p.root.Refresh()
	}
}

// current is the record with the cursor, 0 for none.
func (p *publicityScreen) current() ledger.ID {
	id, _ := p.rows.id(p.table.Selected())
	return id
}

// besideTable gives the history panel its width at the right while it is shown.
type besideTable struct{}

func (besideTable) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize()
	if o[1].Visible() {
		size.Width += o[1].MinSize().Width + look.Unit
	}
	return size
}

func (besideTable) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := size.Width
	if o[1].Visible() {
		wide := o[1].MinSize().Width
		left -= wide + look.Unit
		o[1].Move(fyne.NewPos(left+look.Unit, 0))
		o[1].Resize(fyne.NewSize(wide, size.Height))
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(left, size.Height))
}
