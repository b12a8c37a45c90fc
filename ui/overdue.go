package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// overdueList names the problems whose deadline has passed or is near, as many
// as there is room for; the last line says how many more there are.
type overdueList struct {
	box  *fyne.Container
	rows *fitLayout
	open func(key string)
}

func newOverdueList(open func(key string)) *overdueList {
	l := &overdueList{open: open, rows: &fitLayout{}}
	l.box = container.New(l.rows)
	return l
}

func (l *overdueList) update(alerts []ledger.Alert) {
	l.box.RemoveAll()
	for _, a := range alerts {
		if a.Kind == ledger.AlertOverdue || a.Kind == ledger.AlertDueSoon {
			l.box.Add(l.row(a))
		}
	}
	more := look.Text("", look.SizeSmall, false, look.ColourAccent)
	l.rows.more = more
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, look.Half, look.Half), more)
	l.box.Add(newPressable(inner, look.ColourSurface, look.ColourHover, "", 4, func() { l.open("overdue") }))
	l.box.Refresh()
}

func (l *overdueList) row(a ledger.Alert) fyne.CanvasObject {
	state, word := dueWord(a)
	unit, _ := argOf(a, "unit").(string)
	text, _ := argOf(a, "text").(string)
	name := look.Text(unit, look.SizeBody, true, look.ColourText)
	row := container.NewBorder(nil, nil, container.NewHBox(name, space(look.Half)), look.NewBadge(state, word),
		look.Text(text, look.SizeBody, false, look.ColourText).Truncated())
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, look.Half, look.Half), row)
	return newPressable(inner, look.ColourSurface, look.ColourHover, "", 4, func() { l.open(chart.KeyOf("problem", int64(a.Record))) })
}

// dueWord says how long a problem is overdue or has left.
func dueWord(a ledger.Alert) (look.State, string) {
	days := argOf(a, "days")
	switch {
	case a.Kind == ledger.AlertOverdue:
		return look.Bad, words.T("overview.due.over", "n", days)
	case days == 0:
		return look.Warn, words.T("overview.due.today")
	}
	return look.Warn, words.T("overview.due.in", "n", days)
}

// argOf is one of an alert's arguments by name.
func argOf(a ledger.Alert, name string) any {
	for i := 0; i+1 < len(a.Args); i += 2 {
		if a.Args[i] == name {
			return a.Args[i+1]
		}
	}
	return nil
}

// fitLayout shows as many of its rows as fit; its last object stands for the
// others and is hidden when there are none.
type fitLayout struct{ more *look.Label }

const fitRow = 25

func (*fitLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (f *fitLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	rows, last := o[:len(o)-1], o[len(o)-1]
	fit := int(size.Height / fitRow)
	last.Hide()
	if len(rows) > fit && fit > 0 {
		hidden := len(rows) - (fit - 1)
		f.more.SetText(words.T("overview.more", "n", hidden))
		last.Move(fyne.NewPos(0, float32(fit-1)*fitRow))
		last.Resize(fyne.NewSize(size.Width, fitRow-2))
		last.Show()
		fit--
	}
	for i, r := range rows {
		if i >= fit {
			r.Hide()
			continue
		}
		r.Show()
		r.Move(fyne.NewPos(0, float32(i)*fitRow))
		r.Resize(fyne.NewSize(size.Width, fitRow-2))
	}
}
