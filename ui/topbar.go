package ui

import (
	"context"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// topHigh is the height of the top bar: two rows of buttons would not fit, one
// has air around it.
const topHigh = 56

// periodKinds in the order of the top bar.
var periodKinds = []ledger.PeriodKind{ledger.PeriodToday, ledger.PeriodWeek, ledger.PeriodMonth,
	ledger.PeriodQuarter, ledger.PeriodYear, ledger.PeriodAll, ledger.PeriodCustom}

// topbar holds what applies to every screen: whose ledger, which period, which
// unit, the alerts and the way to record.
type topbar struct {
	desk    *desk
	box     fyne.CanvasObject
	back    fyne.CanvasObject
	name    *look.Label
	periods *look.Segments
	unit    *look.Label
	units   *pressable
	bell    *bell
	known   []ledger.Row[ledger.Unit]
	latest  func(work func(context.Context), done func())
}

func newTopbar(d *desk) *topbar {
	t := &topbar{desk: d, latest: d.shell.tasks.Latest()}
	tips := d.shell.tips
	back := look.NewIconButton(iconBack, words.T("shell.key.back"), d.back)
	t.back = tips.tipped(back, tipOf("back"))
	t.back.Hide()
	t.name = look.Text("", look.SizeHeading, true, look.ColourText).Truncated()
	t.periods = look.NewSegments(t.periodNames(), t.periodIndex(), t.pickPeriod)
	t.units = t.unitButton()
	t.bell = newBell(d)
	record := look.NewButton(words.T("shell.record"), iconPlus, look.Primary, d.showEntry)
	screen := look.NewButton(words.T("shell.wall"), iconWall, look.Secondary, d.wall)
	middle := container.NewCenter(tips.tipped(t.periods, tipOf("period")))
	right := container.NewHBox(middle, space(look.Half), container.NewCenter(t.units), space(look.Half),
		container.NewCenter(t.bell.button), space(look.Half),
		container.NewCenter(tips.tipped(screen, tipOf("wall"))), space(look.Half), container.NewCenter(tips.tipped(record, tipOf("record"))))
	row := container.NewBorder(nil, nil, container.NewCenter(t.back), right, t.name)
	pad := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), row)
	line := canvas.NewRectangle(color.Transparent)
	line.SetMinSize(fyne.NewSize(0, look.Rule))
	edge := container.NewStack(look.NewSurface(look.ColourLine, "", 0), line)
	t.box = container.NewStack(look.NewSurface(look.ColourSurface, "", 0),
		container.NewBorder(nil, edge, nil, nil, fixedHeight(topHigh, pad)))
	t.readUnits()
	return t
}

func (t *topbar) periodNames() []string {
	var names []string
	for _, k := range periodKinds {
		names = append(names, words.Period(k))
	}
	return names
}

func (t *topbar) periodIndex() int {
	for i, k := range periodKinds {
		if k == t.desk.kind {
			return i
		}
	}
	return -1
}

func (t *topbar) pickPeriod(i int) {
	if periodKinds[i] == ledger.PeriodCustom {
		t.periods.SetSelected(t.periodIndex()) // until the days are given
		t.askPeriod()
		return
	}
	t.desk.setPeriod(periodKinds[i], ledger.Period{})
}

func (d *desk) nextPeriod() {
	at := d.top.periodIndex() + 1
	if at >= len(periodKinds)-1 { // the last one asks for days
		at = 0
	}
	d.setPeriod(periodKinds[at], ledger.Period{})
}

func (t *topbar) unitButton() *pressable {
	t.unit = look.Text(words.T("shell.units.all"), look.SizeBody, false, look.ColourText).Truncated()
	arrow := canvas.NewImageFromResource(theme.NewColoredResource(iconDown, look.ColourQuiet))
	arrow.FillMode = canvas.ImageFillContain
	arrow.SetMinSize(fyne.NewSquareSize(16))
	row := container.NewBorder(nil, nil, nil, arrow, t.unit)
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, 12, look.Unit), row)
	button := newPressable(fixedHeight(look.RowHigh, fixedWidth(132, inner)), look.ColourSurface, look.ColourHover, look.ColourLine, 6, func() { t.openUnits() })
	return button.withTip(t.desk.shell.tips, tipOf("unit"))
}

// readUnits names the ledger at the left: the desk's own unit, with the one it
// belongs to.
func (t *topbar) readUnits() {
	var read officeRead
	t.latest(func(context.Context) { read = readOffice(t.desk.session) }, func() {
		if read.err != nil {
			t.desk.refuse(read.err)
			return
		}
		t.known = read.units
		if path := read.path(); len(path) > 0 {
			t.name.SetText(officeName(path))
		}
		t.showScope()
	})
}

// officeName is a unit after the one it belongs to; more would not fit.
func officeName(path []ledger.Row[ledger.Unit]) string {
	name := path[len(path)-1].Value.Name
	if len(path) > 1 {
		name = words.T("shell.office", "above", path[len(path)-2].Value.Name, "name", name)
	}
	return name
}

func (t *topbar) showScope() {
	t.periods.SetSelected(t.periodIndex())
	name := words.T("shell.units.all")
	for _, u := range t.known {
		if u.ID == t.desk.unit && t.desk.unit != 0 {
			name = u.Value.Name
		}
	}
	t.unit.SetText(name)
	t.unit.SetBold(t.desk.unit != 0)
}

func (t *topbar) showBack(on bool) {
	if on {
		t.back.Show()
	} else {
		t.back.Hide()
	}
	t.box.Refresh()
}

func (t *topbar) update(f ledger.Figures) {
	t.bell.update(f.Alerts)
	t.readUnits() // a unit may have been added, renamed or moved, here or by a merge
}

// space is an empty strip.
func space(width float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(width, 0))
	return r
}

// fixedHeight gives content a height of its own.
func fixedHeight(height float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(heightLayout(height), content)
}

type heightLayout float32

func (h heightLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, float32(h))
}

func (h heightLayout) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
