package ui

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// choiceRow is one of the things that a choiceList offers.
type choiceRow struct {
	id     ledger.ID // of what is found by pinyin too, else 0
	name   string
	hint   string // quieter, at the right
	chosen bool
	pick   func()
}

// choiceList is a list under something, found by typing. Arrows move, Enter picks, Esc
// leaves all as it was.
type choiceList struct {
	pop    *widget.PopUp
	find   *field
	list   *fyne.Container
	scroll *container.Scroll
	all    []choiceRow
	shown  []choiceRow
	at     int
	found  func(text string) []suggestion
	done   func()
}

// openChoices shows the list at a place of the canvas; found finds rows with an id by
// what is typed, and done is called once the list is gone.
func openChoices(s *Session, hint string, all []choiceRow, found func(string) []suggestion, at fyne.Position, done func()) *choiceList {
	l := &choiceList{find: newField(hint), list: container.NewVBox(), all: all, found: found, done: done}
	l.at = max(0, slices.IndexFunc(all, func(r choiceRow) bool { return r.chosen }))
	l.find.OnChanged = func(string) { l.at = 0; l.show() }
	l.find.onKey = l.key
	l.scroll = container.NewVScroll(l.list)
	l.scroll.SetMinSize(fyne.NewSize(220, pickerRows*look.RowHigh))
	body := container.NewBorder(gapBelow(l.find), nil, nil, nil, l.scroll)
	c := s.Window.Canvas()
	l.pop = widget.NewPopUp(look.Inset(body, look.Unit), c)
	size := l.pop.MinSize()
	l.pop.ShowAtPosition(fyne.NewPos(max(look.Unit, min(at.X, c.Size().Width-size.Width-look.Gap)), at.Y))
	c.Focus(l.find)
	l.show()
	return l
}

func (l *choiceList) show() {
	text := strings.ToLower(strings.TrimSpace(l.find.Text))
	l.shown = nil
	found := l.found(text)
	for _, r := range l.all {
		byName := strings.Contains(strings.ToLower(r.name), text) || text != "" && strings.HasPrefix(pinyin.Initials(r.name), text)
		if byName || r.id != 0 && slices.ContainsFunc(found, func(s suggestion) bool { return s.ID == r.id }) {
			l.shown = append(l.shown, r)
		}
	}
	l.at = max(0, min(l.at, len(l.shown)-1))
	l.list.RemoveAll()
	for i, r := range l.shown {
		l.list.Add(l.row(i, r))
	}
	if len(l.shown) == 0 {
		l.list.Add(look.Inset(look.Quiet(words.T("book.choose.none", "text", l.find.Text)).Truncated(), look.Unit))
	}
	l.list.Refresh()
	l.reveal()
}

// reveal scrolls to the marked row.
func (l *choiceList) reveal() {
	if l.at >= len(l.list.Objects) {
		return
	}
	o := l.list.Objects[l.at]
	top, high := o.Position().Y, l.scroll.Size().Height
	switch {
	case top < l.scroll.Offset.Y:
		l.scroll.Offset.Y = top
	case top+o.Size().Height > l.scroll.Offset.Y+high:
		l.scroll.Offset.Y = top + o.Size().Height - high
	}
	l.scroll.Refresh()
}

func (l *choiceList) row(i int, r choiceRow) fyne.CanvasObject {
	return listedRow(r.name, r.hint, r.chosen, i == l.at, func() { l.pick(r) })
}

// listedRow is a row of a list to choose from: chosen is what stands now, marked where
// the keyboard is.
func listedRow(name, hint string, chosen, marked bool, onTap func()) fyne.CanvasObject {
	title := look.Text(name, look.SizeBody, chosen, look.ColourText).Truncated()
	line := container.NewBorder(nil, nil, nil, look.Quiet(hint), title)
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, look.Unit, look.Unit), line)
	row := newPressable(fixedHeight(look.RowHigh-2, inner), look.ColourSurface, look.ColourHover, "", 4, onTap)
	row.choose(marked)
	return row
}

func (l *choiceList) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		l.at++
	case fyne.KeyUp:
		l.at--
	case fyne.KeyEscape:
		l.pop.Hide()
		l.done()
		return true
	case fyne.KeyReturn, fyne.KeyEnter:
		if l.at < len(l.shown) {
			l.pick(l.shown[l.at])
		}
		return true
	default:
		return false
	}
	l.show()
	return true
}

func (l *choiceList) pick(r choiceRow) {
	l.pop.Hide()
	r.pick()
	l.done()
}
