package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
	"taizhang/ui/plot"
)

// overview is the place that is looked at all day: the headline figures and a
// chart of each ledger, live.
type overview struct {
	session *Session
	box     *fyne.Container // one of the states below

	period, compared, asOf *look.Label
	tiles                  *tileRow
	bars, days             *chartCard
	sites, states          *chartCard
	overdue                *overdueList
	live                   fyne.CanvasObject

	figures ledger.Figures
	known   bool
	changes figureChanges
	stop    chan struct{} // ends the marks of the changes shown
}

var _ screen = (*overview)(nil)

func newOverview(s *Session) *overview {
	o := &overview{session: s, changes: newChanges(), tiles: newTileRow(s),
		period:   look.Text("", look.SizeHeading, true, look.ColourText),
		compared: look.Quiet("").Truncated(), asOf: look.Quiet("")}
	o.bars, o.days = o.card("overview.card.items"), o.card("overview.card.days")
	o.sites, o.states = o.card("overview.card.sites"), o.card("overview.card.problems")
	o.overdue = newOverdueList(o.openKey)
	o.states.beneath(o.overdue.box)
	head := container.NewBorder(nil, nil, o.period, o.asOf, container.New(layout.NewCustomPaddedLayout(4, 0, 12, 12), o.compared))
	grid := container.New(overviewLayout{}, head, o.tiles.objects(), o.bars.box, o.days.box, o.sites.box, o.states.box)
	pad := container.New(layout.NewCustomPaddedLayout(12, look.Gap, look.Gap, look.Gap), grid)
	o.live = container.NewVScroll(pad)
	o.box = container.NewStack()
	s.Tasks.After(300*time.Millisecond, nil, o.loading)
	return o
}

func (o *overview) content() fyneObject { return o.box }
func (o *overview) open(Opening)        {}
func (o *overview) focus()              {}

func (o *overview) show(content fyne.CanvasObject) {
	if len(o.box.Objects) == 1 && o.box.Objects[0] == content {
		return
	}
	o.box.Objects = []fyne.CanvasObject{content}
	o.box.Refresh()
}

// loading is shown when the first figures take long.
func (o *overview) loading() {
	if !o.known && len(o.box.Objects) == 0 {
		o.show(container.NewCenter(look.Text(words.T("overview.loading"), look.SizeHeading, false, look.ColourQuiet)))
	}
}

// trouble is shown when figures cannot be read: what is wrong and what to do.
func (o *overview) trouble(err error) {
	retry := look.NewButton(words.T("overview.retry"), nil, look.Primary, o.session.Changed)
	text := fixedWidth(520, newParagraph(words.Sentence(err), look.SizeBody+2, look.ColourText))
	column := container.NewVBox(container.NewCenter(look.NewBadge(look.Bad, words.T("overview.trouble"))), space(0),
		text, space(0), container.NewCenter(retry))
	o.show(container.NewCenter(look.Card(look.Inset(column, look.Gap))))
}

func (o *overview) update(f ledger.Figures) {
	if o.known && o.changes.compare(o.figures, f) {
		o.markForAWhile()
	}
	o.figures, o.known = f, true
	o.draw()
	if noPublicity(f.Publicity) && nothingElse(f) {
		o.lookForRecords(f)
		return
	}
	o.show(o.live)
}

// markForAWhile takes the marks away once nothing has changed for markTime.
func (o *overview) markForAWhile() {
	if o.stop != nil {
		close(o.stop)
	}
	o.stop = make(chan struct{})
	o.session.Tasks.After(markTime, o.stop, o.unmark)
}

func (o *overview) unmark() {
	o.stop, o.changes = nil, newChanges()
	o.draw()
}

func nothingElse(f ledger.Figures) bool {
	return len(f.Isolation.Sites) == 0 && f.Supervision.Visits == 0 && f.Supervision.LiveOpen == 0 && !f.Isolation.Cases.Known
}

// lookForRecords tells a new ledger from one that is only empty in this period.
func (o *overview) lookForRecords(f ledger.Figures) {
	var all ledger.Figures
	var err error
	scope := ledger.Scope{Kind: ledger.PeriodAll, Period: ledger.PeriodOf(ledger.PeriodAll, f.Today)}
	o.session.Tasks.Do(func() { all, err = o.session.Reader.Figures(context.Background(), scope) }, func() {
		switch {
		case err != nil:
			o.trouble(err)
		case noPublicity(all.Publicity) && nothingElse(all):
			o.show(newEmptyOverview(o.session))
		default:
			o.show(o.live)
		}
	})
}

// draw shows the figures and what has changed in them.
func (o *overview) draw() {
	f, c := o.figures, &o.changes
	o.period.SetText(periodText(f.Scope))
	o.compared.SetText("")
	if f.Compared {
		o.compared.SetText(words.T("overview.compared", "period", dayRange(f.Before)))
	}
	o.asOf.SetText(words.T("overview.asof", "time", f.AsOf.Format("15:04"), "reached", f.Heard.Reached, "all", f.Heard.All))
	o.tiles.update(f, c)
	charts := chartsOf(f, c)
	bars := charts.Items()
	o.bars.draw(bars, len(bars.Groups) == 0, words.T("overview.items.none"))
	o.bars.note(words.T("overview.entries", "n", f.Publicity.Entries))
	o.days.draw(charts.Days(), false, "")
	o.days.note(words.T("overview.days.note"))
	o.sites.draw(charts.Sites(), len(f.Isolation.Sites) == 0, words.T("overview.sites.none"))
	o.sites.note(casesNote(f.Isolation))
	o.states.draw(charts.States(), false, "")
	o.states.note(supervisionNote(f.Supervision))
	o.overdue.update(f.Alerts)
}

func casesNote(iso ledger.IsolationFigures) string {
	if !iso.Cases.Known {
		return ""
	}
	return words.T("overview.rooms.cases", "n", iso.Cases.N)
}

func supervisionNote(s ledger.SupervisionFigures) string {
	rate := ""
	if r := s.ClosureRate(); r.Known {
		rate = words.T("overview.problems.rate", "percent", r.N)
	}
	return words.T("overview.problems.note", "visits", s.Visits, "problems", s.Problems, "rate", rate)
}

func (o *overview) openKey(key string) {
	if opening, ok := openingFor(key, o.figures); ok {
		o.session.Open(opening)
	}
}

// periodText names the period and its days: 本月 · 11-01 – 11-22.
func periodText(s ledger.Scope) string {
	switch s.Kind {
	case ledger.PeriodAll:
		return words.T("shell.period.all")
	case ledger.PeriodCustom:
		return dayRange(s.Period)
	}
	return words.Period(s.Kind) + "  " + dayRange(s.Period)
}

// dayRange writes the days of a period, the second without a year that the first has.
func dayRange(p ledger.Period) string {
	from, _, _ := p.From.Date()
	to, _, _ := p.To.Date()
	switch {
	case p.From == p.To:
		return p.From.String()
	case from == to:
		return p.From.String() + " – " + p.To.Short()
	}
	return p.String()
}

// chartCard is a card with a chart.
type chartCard struct {
	box      fyne.CanvasObject
	chart    *plot.Chart
	trailing *look.Label
	empty    *look.Label
	body     *fyne.Container
}

func (o *overview) card(title string) *chartCard {
	c := &chartCard{chart: plot.NewChart(nil), trailing: look.Quiet(""), empty: look.Text("", look.SizeBody, false, look.ColourQuiet)}
	c.chart.OnOpen = o.openKey
	c.body = container.NewStack(c.chart, container.NewCenter(c.empty))
	c.box = look.CardTitled(words.T(title), c.trailing, c.body)
	return c
}

// beneath puts more content into the lower part of the card.
func (c *chartCard) beneath(o fyne.CanvasObject) {
	c.body.Layout = statesLayout{}
	c.body.Objects = []fyne.CanvasObject{c.chart, o}
	c.body.Refresh()
}

func (c *chartCard) draw(l layouter, none bool, sentence string) {
	c.empty.SetText("")
	if none {
		c.empty.SetText(sentence)
	}
	c.empty.Hidden = !none
	c.chart.SetLayout(typed(l))
}

func (c *chartCard) note(text string) {
	if c.trailing.Text() != text {
		c.trailing.SetText(text)
		c.box.Refresh()
	}
}

// statesLayout gives the states bar what it needs and the list the rest.
type statesLayout struct{}

// statesHigh is the height of the bar with labels above and beneath.
const statesHigh = 68

func (statesLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, statesHigh) }

func (statesLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, min(statesHigh, size.Height)))
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Move(fyne.NewPos(0, statesHigh+look.Half))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-statesHigh-look.Half)))
}

// overviewLayout places head, tiles and the four cards. Cards of the upper row
// are higher: they have more rows.
type overviewLayout struct{}

// Least heights of the parts; below them the overview scrolls.
const (
	headHigh  = 28
	tileHigh  = 108
	upperHigh = 212
	lowerHigh = 196
	lowerMost = 320 // more only makes the bars of a few sites thicker
)

func (overviewLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(880, headHigh+tileHigh+upperHigh+lowerHigh+look.Unit+2*look.Gap)
}

func (overviewLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place := func(c fyne.CanvasObject, x, y, w, h float32) {
		c.Move(fyne.NewPos(x, y))
		c.Resize(fyne.NewSize(w, h))
	}
	y := float32(headHigh + look.Unit)
	place(o[0], 0, 0, size.Width, headHigh)
	place(o[1], 0, y, size.Width, tileHigh)
	y += tileHigh + look.Gap
	rest := size.Height - y - look.Gap
	lower := max(lowerHigh, min(float32(int(rest*0.42)), lowerMost))
	upper := rest - lower
	left := float32(int((size.Width - look.Gap) / 2))
	right := size.Width - look.Gap - left
	place(o[2], 0, y, left, upper)
	place(o[3], left+look.Gap, y, right, upper)
	y += upper + look.Gap
	place(o[4], 0, y, left, lower)
	place(o[5], left+look.Gap, y, right, lower)
}

// noPublicity reports whether nothing was done in the period, the one before
// or on the days of the chart.
func noPublicity(p ledger.PublicityFigures) bool {
	for _, d := range append(p.Days, p.DaysBefore...) {
		if d.Known {
			return false
		}
	}
	return len(p.Items) == 0
}
