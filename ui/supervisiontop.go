package ui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// supervisionTop is the strip above both views: the period's figures, and which
// units have not been inspected in it.
type supervisionTop struct {
	onUnit func(ledger.ID) // record an inspection of a unit

	visits, problems, directives, rate, live *look.Figure
	overdue                                  *look.Badge
	coverage                                 *look.Label
	full                                     *look.Badge
	chips                                    *fyne.Container
	figures                                  *fyne.Container
	box                                      *fyne.Container
}

func newSupervisionTop(onUnit func(ledger.ID)) *supervisionTop {
	figure := func() *look.Figure { return look.NewFigure("", "", look.SizeTitle) }
	t := &supervisionTop{onUnit: onUnit, visits: figure(), problems: figure(), directives: figure(), rate: figure(),
		live: figure(), overdue: look.NewBadge(look.Bad, ""), coverage: look.Text("", look.SizeSmall, false, look.ColourQuiet),
		full: look.NewBadge(look.Good, words.T("supervision.covered"))}
	block := func(key string, o ...fyneObject) fyneObject {
		return stacked(2, look.Quiet(words.T(key)), inRow(look.Unit, o...))
	}
	t.figures = inRow(look.Gap+look.Half, block("supervision.visits", t.visits), block("supervision.problems", t.problems),
		block("supervision.directives", t.directives), block("supervision.rate", t.rate),
		block("supervision.live", t.live, t.overdue))
	t.chips = container.New(&chipsLayout{}, t.full)
	cover := container.NewBorder(t.coverage, nil, nil, nil, container.New(insets{0, look.Half, 0, 0}, t.chips))
	t.box = container.New(besides{}, look.Card(t.figures), container.New(insets{look.Gap, 0, 0, 0}, look.Card(cover)))
	return t
}

func (t *supervisionTop) set(f ledger.Figures) {
	s := f.Supervision
	t.visits.SetFigure(ledger.GroupDigits(s.Visits), words.T("forms.measure.visits"))
	t.problems.SetFigure(ledger.GroupDigits(s.Problems), words.T("forms.measure.problems"))
	t.directives.SetFigure(ledger.GroupDigits(s.Directives), words.T("forms.measure.directives"))
	t.rate.SetFigure(noValue, "")
	if rate := s.ClosureRate(); rate.Known {
		t.rate.SetFigure(ledger.GroupDigits(rate.N)+"%", strconv.FormatInt(s.Closed, 10)+"/"+
			strconv.FormatInt(s.Open+s.Rectified+s.Closed, 10))
	}
	t.live.SetFigure(ledger.GroupDigits(s.LiveOpen), words.T("forms.measure.problems"))
	t.overdue.Set(look.Bad, words.T("supervision.overdue-count", "count", s.LiveOverdue))
	t.overdue.Hidden = s.LiveOverdue == 0
	t.setCoverage(s.Coverage)
	relayout(t.box)
}

func (t *supervisionTop) setCoverage(c ledger.Coverage) {
	t.coverage.SetText(words.T("supervision.uncovered", "missing", len(c.Missing), "reached", c.Reached, "all", c.All))
	chips := make([]fyne.CanvasObject, 0, len(c.Missing)+1)
	for _, u := range c.Missing {
		chips = append(chips, newKeyButton("＋ "+u.Value.Name, look.Secondary, func() { t.onUnit(u.ID) }))
	}
	if len(c.Missing) == 0 {
		if c.All == 0 {
			t.coverage.SetText("")
			t.full.Set(look.Neutral, words.T("supervision.no-units"))
		} else {
			t.full.Set(look.Good, words.T("supervision.covered"))
		}
		chips = append(chips, t.full)
	} else {
		chips = append(chips, look.Quiet(""))
	}
	t.chips.Objects = chips
	t.chips.Refresh()
}

// chipsLayout is one row of chips; those without room are counted in the last
// object, a label.
type chipsLayout struct{}

// MinSize is part of fyne.Layout.
func (chipsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, look.RowHigh) }

// Layout is part of fyne.Layout.
func (chipsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	chips := o[:len(o)-1]
	rest, isLabel := o[len(o)-1].(*look.Label)
	if !isLabel {
		chips = o
	}
	x, left := float32(0), 0
	for i, c := range chips {
		least := c.MinSize()
		room := size.Width
		if i < len(chips)-1 {
			room -= restWide // for the count of those that follow
		}
		if left > 0 || x+least.Width > room {
			left++
			c.Hide()
			continue
		}
		c.Show()
		c.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		c.Resize(least)
		x += least.Width + look.Half
	}
	if isLabel {
		rest.SetText("")
		if left > 0 {
			rest.SetText(words.T("supervision.and-more", "count", left))
		}
		rest.Move(fyne.NewPos(x+look.Half, 0))
		rest.Resize(fyne.NewSize(restWide, size.Height))
	}
}

// restWide is kept free for "and 12 more".
const restWide = 72
