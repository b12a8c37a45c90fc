package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// showRows shows rows just read. same is true when only the ledger changed: the
// cursor then stays on its record and the view on its rows.
func (p *publicityScreen) showRows(same bool, selected, top ledger.ID) {
	p.meet(p.rows.travel.Exchanged)
	p.showFilter()
	p.showFoot()
	p.table.SetEmpty(p.emptySentence())
	if !same {
		p.table.SetSource(p.rows)
		p.selectWanted(selected)
		return
	}
	at := p.table.Selected()
	p.table.Refresh()
	p.table.RefreshRows(0, p.rows.Len())
	if selected != 0 {
		p.keepCursor(selected, at)
	}
	if top != 0 {
		p.restore(slices.Index(p.rows.list(), top))
	} else {
		p.table.ScrollTo(0)
	}
}

// keepCursor leaves the cursor on its record. When that is gone from the rows,
// voided perhaps, the row in its place takes over, so that the keyboard goes on.
func (p *publicityScreen) keepCursor(selected ledger.ID, at int) {
	row := slices.Index(p.rows.list(), selected)
	if row < 0 {
		row = min(at, p.rows.Len()-1)
	}
	p.table.Select(row)
	if id := p.current(); id != selected && id != 0 && p.history.content().Visible() {
		p.showHistory(id)
	}
}

// restore scrolls until row is the topmost again. Two steps: showing it may leave
// it at the foot, showing the last row that fits brings it up.
func (p *publicityScreen) restore(row int) {
	if row < 0 {
		return
	}
	first, last := p.table.VisibleRange()
	p.table.ScrollTo(row)
	p.table.ScrollTo(min(row+max(0, last-first-1), len(p.rows.list())-1))
}

// selectWanted puts the cursor on the record the screen was opened for, else on
// the one selected before, if that is among the rows of the new filter.
func (p *publicityScreen) selectWanted(selected ledger.ID) {
	want := selected
	if p.wanted != 0 {
		want = p.wanted
	}
	row := slices.Index(p.rows.list(), want)
	switch {
	case want != 0 && row >= 0:
		p.table.Select(row)
		if want == p.wanted {
			p.showHistory(want)
		}
	case p.wanted != 0 && !p.filter.voided:
		p.filter.voided = true // it may have been voided since
		p.filtered()
	default:
		p.history.content().Hide() // it would tell of a row that is not there
		p.root.Refresh()
	}
}

// showFoot shows how many rows there are and their sums. Voided entries are in
// no sum.
func (p *publicityScreen) showFoot() {
	p.count.SetText(words.T("publicity.count", "n", len(p.rows.list())))
	p.sums.set(namedSums(p.rows.dir, p.rows.sums))
}

// emptySentence says why there is nothing to see, and what to do next.
func (p *publicityScreen) emptySentence() string {
	if p.rows.shown.narrowed() {
		return words.T("publicity.nomatch")
	}
	return words.T("publicity.empty")
}

// failed shows that rows could not be read.
func (p *publicityScreen) failed(err error) {
	p.table.SetEmpty(words.T("publicity.failed", "reason", words.Sentence(err)))
	p.showFoot()
	p.table.Refresh()
}

// cancelled goes back to the filter whose rows are shown.
func (p *publicityScreen) cancelled(shown publicityFilter) {
	p.filter = shown
	p.setSearch(shown.text)
	p.table.SetEmpty(words.T("publicity.stopped"))
	p.showFilter()
}

// setSearch writes into the search field without searching.
func (p *publicityScreen) setSearch(text string) {
	told := p.find.OnChanged
	p.find.OnChanged = nil
	p.find.SetText(text)
	p.find.OnChanged = told
}

// bind makes the screen's own keys work while it is shown, whatever has the
// keyboard and no use for them.
func (p *publicityScreen) bind() {
	if p.bound || p.s.Window == nil {
		return
	}
	p.bound = true
	c := p.s.Window.Canvas()
	before := c.OnTypedKey()
	// While a form or menu lies over the screen its keys are not ours.
	mine := func() bool { return p.shown && c.Overlays().Top() == nil }
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if mine() && p.key(ev) {
			return
		}
		if before != nil {
			before(ev)
		}
	})
	c.AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
		if mine() {
			p.export()
		}
	})
}

func (p *publicityScreen) key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyF2:
		p.correct()
	case fyne.KeyDelete:
		p.void()
	default:
		return false
	}
	return true
}

// selectedRows are the selected rows that are in memory, most at most.
func (p *publicityScreen) selectedRows(most int) []ledger.Row[ledger.Publicity] {
	first, last := p.table.SelectionRange()
	var list []ledger.Row[ledger.Publicity]
	for i := max(first, 0); i <= last && first >= 0 && len(list) < most; i++ {
		if row, ok := p.rows.row(i); ok {
			list = append(list, row)
		}
	}
	return list
}

// chosenRow is the row with the cursor; when there is none, or it is voided,
// the person is told.
func (p *publicityScreen) chosenRow() (row ledger.Row[ledger.Publicity], ok bool) {
	row, ok = p.rows.row(p.table.Selected())
	switch {
	case !ok:
		p.s.Notify(words.T("publicity.choose"), nil)
	case row.Voided:
		p.s.Refuse(ledger.Refuse(ledger.CodeRecordVoided, "id", p.s.Reader.IDText(row.ID)))
		ok = false
	}
	return row, ok
}

// menu is the secondary click: what can be done with the row, and filters by
// what it holds.
func (p *publicityScreen) menu(row int, at fyne.Position) {
	r, ok := p.rows.row(row)
	if !ok {
		return
	}
	item := func(text string, run func()) *fyne.MenuItem { return fyne.NewMenuItem(text, run) }
	only := func(text string, set func(f *publicityFilter)) *fyne.MenuItem {
		return item(words.T("publicity.only", "name", text), func() { set(&p.filter); p.filtered() })
	}
	v := r.Value
	channel := p.rows.dir.item[v.Item].Value.Channel
	day := ledger.Period{From: v.Day, To: v.Day}
	change := []*fyne.MenuItem{item(words.T("publicity.menu.correct"), p.correct), item(words.T("publicity.menu.void"), p.void)}
	if r.Voided {
		change = []*fyne.MenuItem{item(words.T("publicity.menu.restore"), func() { p.restoreRecord(r.ID) })}
	}
	items := append(change, item(words.T("publicity.menu.copy"), p.copySelected),
		fyne.NewMenuItemSeparator(),
		only(p.rows.dir.unitName(v.Unit), func(f *publicityFilter) { f.unit = v.Unit }),
		only(p.rows.dir.itemName(v.Item), func(f *publicityFilter) { f.item = v.Item }),
		only(words.Channel(channel), func(f *publicityFilter) { f.channel = channel }),
		only(v.Day.String(), func(f *publicityFilter) { f.period = &day }))
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.table); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
	}
}

// showAllSums lists every sum of the rows shown.
func (p *publicityScreen) showAllSums() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.table)
	if c == nil {
		return
	}
	list := container.New(layout.NewGridLayoutWithColumns(1))
	for _, s := range namedSums(p.rows.dir, p.rows.sums) {
		number := inRow(look.Half, look.Text(s.number, look.SizeBody, true, look.ColourText),
			container.New(&wideLayout{36}, look.Text(s.measure, look.SizeSmall, false, look.ColourQuiet)),
			container.New(&wideLayout{84}, look.Quiet(words.T("publicity.count", "n", s.entries)).Aligned(fyne.TextAlignTrailing)))
		list.Add(fixedHeight(look.RowHigh-4, container.NewBorder(nil, nil, nil, number, look.Body(s.name))))
	}
	high := min(list.MinSize().Height, c.Size().Height*0.6)
	scroll := container.NewVScroll(list)
	scroll.SetMinSize(fyne.NewSize(400, high))
	pop := widget.NewPopUp(look.Inset(scroll, look.Unit), c)
	size := pop.MinSize()
	corner := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.sums.root)
	x := min(corner.X+p.sums.root.Size().Width-size.Width, c.Size().Width-size.Width-look.Gap)
	pop.ShowAtPosition(fyne.NewPos(max(look.Unit, x), corner.Y-size.Height-look.Half))
}
