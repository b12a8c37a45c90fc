package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// bell shows how many alerts stand and lists them; each opens its place.
type bell struct {
	desk   *desk
	button *pressable
	count  *look.Label
	pill   *look.Surface
	alerts []ledger.Alert
	pop    *widget.PopUp
	list   *fyne.Container
}

func newBell(d *desk) *bell {
	b := &bell{desk: d, count: look.Text("", look.SizeSmall, true, look.ColourQuiet), pill: look.NewSurface(look.ColourInset, "", 9)}
	icon := canvas.NewImageFromResource(theme.NewColoredResource(iconBell, look.ColourText))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(20))
	b.count.Aligned(fyne.TextAlignCenter)
	count := container.NewStack(b.pill, fixedHeight(18, container.New(layout.NewCustomPaddedLayout(0, 0, 6, 6), b.count)))
	row := container.NewHBox(icon, container.NewCenter(count))
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, look.Unit, look.Unit), row)
	b.button = newPressable(fixedHeight(look.RowHigh, inner), look.ColourSurface, look.ColourHover, look.ColourLine, 6, b.open).
		withTip(d.shell.tips, tipOf("alerts"))
	b.update(nil)
	return b
}

func (b *bell) update(alerts []ledger.Alert) {
	b.alerts = alerts
	fill, ink := look.ColourInset, look.ColourQuiet
	if len(alerts) > 0 {
		fill, ink = look.ColourAmberTint, look.ColourAmberText
		if alerts[0].Level == ledger.LevelRed {
			fill, ink = look.ColourRedTint, look.ColourRedText
		}
	}
	b.count.SetText(strconv.Itoa(len(alerts)))
	b.count.SetColour(ink)
	b.pill.SetFill(fill)
	b.button.Refresh()
	if b.pop != nil && b.pop.Visible() {
		b.fill()
	}
}

// alertsWide is the width of the list of alerts.
const alertsWide = 440

func (b *bell) open() {
	if b.pop != nil && b.pop.Visible() {
		b.pop.Hide()
		return
	}
	b.list = container.NewVBox()
	b.fill()
	scroll := container.NewVScroll(b.list)
	high := min(b.list.MinSize().Height, b.desk.shell.win.Canvas().Size().Height-160)
	scroll.SetMinSize(fyne.NewSize(alertsWide, high))
	head := look.Text(words.T("shell.alerts.title"), look.SizeBody+2, true, look.ColourText)
	body := container.NewBorder(gapBelow(head), nil, nil, nil, scroll)
	b.pop = popUnder(b.desk.shell.win.Canvas(), look.Inset(body, 12), b.button)
	b.focusFirst()
}

func (b *bell) focusFirst() {
	if first, ok := b.list.Objects[0].(*pressable); ok {
		b.desk.shell.win.Canvas().Focus(first)
	}
}

func (b *bell) fill() {
	b.list.RemoveAll()
	for _, a := range b.alerts {
		b.list.Add(b.row(a))
	}
	if len(b.alerts) == 0 {
		b.list.Add(look.Inset(look.NewBadge(look.Good, words.T("shell.alerts.none")), look.Unit))
	}
}

func (b *bell) row(a ledger.Alert) fyne.CanvasObject {
	state, word := look.Warn, words.T("shell.alerts.amber")
	if a.Level == ledger.LevelRed {
		state, word = look.Bad, words.T("shell.alerts.red")
	}
	badge := container.NewVBox(look.NewBadge(state, word))
	text := fixedWidth(alertsWide-110, newParagraph(words.Alert(a), look.SizeBody, look.ColourText))
	inner := look.Inset(container.NewHBox(fixedWidth(72, badge), text), look.Unit)
	return newPressable(inner, look.ColourSurface, look.ColourHover, "", 6, func() {
		b.pop.Hide()
		b.desk.open(openingOf(a))
	})
}

// openingOf is the place where something can be done about an alert.
func openingOf(a ledger.Alert) Opening {
	switch a.Kind {
	case ledger.AlertOverdue:
		return Opening{Place: PlaceSupervision, Overdue: true, Record: a.Record}
	case ledger.AlertDueSoon:
		return Opening{Place: PlaceSupervision, State: ledger.StateOpen, Record: a.Record}
	case ledger.AlertClashes:
		return Opening{Place: PlaceClashes}
	case ledger.AlertUnheard:
		return Opening{Place: PlacePublicity}
	}
	return Opening{Place: PlaceIsolation, Record: a.Record}
}
