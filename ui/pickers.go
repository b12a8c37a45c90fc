package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// pickerRows is how many units the picker shows at once.
const pickerRows = 10

// unitPicker is the list under 全部单位 ▾, found by typing: Chinese, pinyin or
// initials. Arrows move, Enter picks.
type unitPicker struct {
	desk  *desk
	pop   *widget.PopUp
	find  *field
	list  *fyne.Container
	dir   *directory
	names []suggestion
	at    int
}

func (t *topbar) openUnits() *unitPicker {
	p := &unitPicker{desk: t.desk, find: newField(words.T("shell.units.find")), list: container.NewVBox(), dir: emptyDirectory()}
	p.find.OnChanged = func(string) { p.at = 0; p.show() }
	p.find.onKey = p.key
	scroll := container.NewVScroll(p.list)
	scroll.SetMinSize(fyne.NewSize(260, pickerRows*look.RowHigh))
	body := container.NewBorder(gapBelow(p.find), nil, nil, nil, scroll)
	p.pop = popUnder(t.desk.shell.win.Canvas(), look.Inset(body, look.Unit), t.units)
	t.desk.shell.win.Canvas().Focus(p.find)
	p.read()
	return p
}

func (p *unitPicker) read() {
	var dir *directory
	var err error
	p.desk.shell.tasks.Do(func() { dir, err = readDirectory(context.Background(), p.desk.session.Reader) }, func() {
		if err != nil {
			p.pop.Hide()
			p.desk.refuse(err)
			return
		}
		p.dir = dir
		p.show()
	})
}

func (p *unitPicker) show() {
	p.names = []suggestion{{Name: words.T("shell.units.all")}}
	if p.find.Text == "" {
		for _, u := range p.dir.units {
			if !u.Voided && u.Same == 0 {
				p.names = append(p.names, suggestion{ID: u.ID, Name: u.Value.Name, Hint: p.dir.parentName(u.Value)})
			}
		}
	} else if found := p.dir.unitNames.holding(p.find.Text); len(found) > 0 {
		p.names = found
	} else {
		p.names = nil
	}
	p.at = max(0, min(p.at, len(p.names)-1))
	p.list.RemoveAll()
	for i, n := range p.names {
		p.list.Add(p.row(i, n))
	}
	if len(p.names) == 0 {
		p.list.Add(look.Inset(look.Quiet(words.T("shell.units.none", "text", p.find.Text)), look.Unit))
	}
	p.list.Refresh()
}

func (p *unitPicker) row(i int, n suggestion) fyne.CanvasObject {
	return listedRow(n.Name, n.Hint, n.ID == p.dir.sameUnit(p.desk.unit), i == p.at, func() { p.pick(n.ID) })
}

func (p *unitPicker) key(e *fyne.KeyEvent) bool {
	switch e.Name {
	case fyne.KeyDown:
		p.at++
	case fyne.KeyUp:
		p.at--
	case fyne.KeyReturn, fyne.KeyEnter:
		if p.at < len(p.names) {
			p.pick(p.names[p.at].ID)
		}
		return true
	default:
		return false
	}
	p.show()
	return true
}

func (p *unitPicker) pick(id ledger.ID) {
	p.pop.Hide()
	p.desk.setUnit(id)
}

// askPeriod asks for the two days of a period of one's own.
func (t *topbar) askPeriod() {
	today := ledger.DayOf(t.desk.session.Now())
	scope := t.desk.scope().Period
	if t.desk.kind == ledger.PeriodAll {
		scope = ledger.Last30(today)
	}
	from, to := newField(""), newField("")
	from.SetText(scope.From.String())
	to.SetText(scope.To.String())
	wrong := look.Text("", look.SizeSmall, false, look.ColourRedText)
	var pop *widget.PopUp
	apply := func() {
		period, err := parsePeriod(from.Text, to.Text, today)
		if err != nil {
			wrong.SetText(words.Sentence(err))
			return
		}
		pop.Hide()
		t.desk.setPeriod(ledger.PeriodCustom, period)
	}
	enter := func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			return false
		}
		apply()
		return true
	}
	from.onKey, to.onKey = enter, enter
	form := container.New(layout.NewFormLayout(), look.Body(words.T("shell.period.from")), from, look.Body(words.T("shell.period.to")), to)
	foot := container.NewBorder(nil, nil, look.Quiet(words.T("shell.period.hint")), look.NewButton(words.T("shell.period.apply"), nil, look.Primary, apply))
	body := container.NewVBox(look.Heading(words.T("shell.period.title")), form, wrong, foot)
	pop = popUnder(t.desk.shell.win.Canvas(), fixedWidth(380, look.Inset(body, look.Gap)), t.periods)
	t.desk.shell.win.Canvas().Focus(from)
}

func parsePeriod(from, to string, today ledger.Day) (ledger.Period, error) {
	a, err := ledger.ParseDay(from, today)
	if err != nil {
		return ledger.Period{}, err
	}
	b, err := ledger.ParseDay(to, today)
	if err != nil {
		return ledger.Period{}, err
	}
	return ledger.Period{From: min(a, b), To: max(a, b)}, nil
}

// popUnder opens content under o, kept inside the window.
func popUnder(c fyne.Canvas, content, o fyne.CanvasObject) *widget.PopUp {
	pop := widget.NewPopUp(content, c)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	size := pop.MinSize()
	x := max(look.Unit, min(at.X, c.Size().Width-size.Width-look.Gap))
	pop.ShowAtPosition(fyne.NewPos(x, at.Y+o.Size().Height+look.Half))
	return pop
}
