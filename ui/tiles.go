package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
	"taizhang/ui/plot"
)

// tile is one of the overview's headline figures. Pressing it opens the rows
// behind the figure.
type tile struct {
	box     *pressable
	caption *look.Label
	figure  *look.Figure
	delta   *look.Label
	note    *look.Label
	badge   *look.Badge
	picture *plot.Chart
}

// pictureWide is the width of a tile's small picture.
const pictureWide = 96

func newTile(tips *tips, tip string, onTap func()) *tile {
	t := &tile{caption: look.Text("", look.SizeBody, false, look.ColourQuiet).Truncated(),
		figure: look.NewFigure("", "", look.SizeFigure),
		delta:  look.Text("", look.SizeBody, true, look.ColourAccent),
		note:   look.Quiet("").Truncated(),
		badge:  look.NewBadge(look.Neutral, ""), picture: plot.NewChart(nil)}
	t.picture.SetMinSize(fyne.NewSize(pictureWide, 30))
	t.picture.OnOpen = func(string) { onTap() }
	t.badge.Hide()
	head := container.NewBorder(nil, nil, nil, t.delta, t.caption)
	middle := container.New(figureLayout{}, t.figure, t.picture)
	foot := container.NewBorder(nil, nil, t.badge, nil, t.note)
	column := container.New(tileLayout{}, head, middle, foot)
	inner := container.New(layout.NewCustomPaddedLayout(10, 10, look.Gap, look.Gap), column)
	t.box = newPressable(inner, look.ColourSurface, look.ColourHover, look.ColourLine, look.Radius, onTap).withTip(tips, tip)
	return t
}

// mark shows or takes away the mark of a change.
func (t *tile) mark(delta int64) {
	t.delta.SetText(words.Signed(delta))
	t.box.rest = look.ColourSurface
	if delta != 0 {
		t.box.rest = look.ColourBlueTint
	}
	t.box.show()
}

func (t *tile) foot(state look.State, badge, note string) {
	t.badge.Set(state, badge)
	t.badge.Hidden = badge == ""
	t.note.SetText(note)
	t.box.Refresh()
}

func (t *tile) draw(l layouter) {
	t.picture.SetLayout(func(w, h float64, m chart.Measure) chart.Picture {
		return l.Layout(chart.Frame{W: w, H: h, Type: float64(look.SizeBody), Measure: m})
	})
}

// figureLayout gives the figure what it needs and the picture what is left, at
// most pictureWide; a picture without room to say anything is hidden.
type figureLayout struct{}

func (figureLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (figureLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const high, least = 34, 40
	o[0].Resize(size)
	width := min(pictureWide, size.Width-o[0].MinSize().Width-look.Gap)
	if width < least {
		o[1].Hide()
		return
	}
	o[1].Show()
	o[1].Resize(fyne.NewSize(width, high))
	o[1].Move(fyne.NewPos(size.Width-width, (size.Height-high)/2))
}

// tileLayout stacks head, figure and foot; the figure takes the rest.
type tileLayout struct{}

func (tileLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(120, 0)
	for _, c := range o {
		size.Width = max(size.Width, c.MinSize().Width)
		size.Height += c.MinSize().Height
	}
	return size
}

func (tileLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top, foot := o[0].MinSize().Height, max(o[2].MinSize().Height, 22)
	place := func(c fyne.CanvasObject, y, h float32) {
		c.Move(fyne.NewPos(0, y))
		c.Resize(fyne.NewSize(size.Width, h))
	}
	place(o[0], 0, top)
	place(o[1], top, size.Height-top-foot)
	place(o[2], size.Height-foot, foot)
}

// tiles are the four headline figures in a row.
type tileRow struct {
	heard, rooms, problems, lead *tile
	figures                      ledger.Figures
}

func newTileRow(s *Session) *tileRow {
	t := &tileRow{}
	today := func() *ledger.Period { return &ledger.Period{From: t.figures.Today, To: t.figures.Today} }
	t.heard = newTile(s.tips, words.T("overview.tip.heard"), func() {
		s.Open(Opening{Place: PlacePublicity, Period: today(), Unit: t.figures.Scope.Unit})
	})
	t.rooms = newTile(s.tips, words.T("overview.tip.rooms"), func() { s.Open(Opening{Place: PlaceIsolation}) })
	t.problems = newTile(s.tips, words.T("overview.tip.problems"), func() {
		s.Open(Opening{Place: PlaceSupervision, Overdue: t.figures.Supervision.LiveOverdue > 0, Unit: t.figures.Scope.Unit})
	})
	t.lead = newTile(s.tips, words.T("overview.tip.lead"), func() {
		period := t.figures.Scope.Period
		o := Opening{Place: PlacePublicity, Period: &period, Unit: t.figures.Scope.Unit}
		if it, ok := leading(t.figures.Publicity); ok {
			o.Item = it.ID
		}
		s.Open(o)
	})
	return t
}

func (t *tileRow) objects() fyne.CanvasObject {
	return container.New(rowLayout{}, t.heard.box, t.rooms.box, t.problems.box, t.lead.box)
}

func (t *tileRow) update(f ledger.Figures, c *figureChanges) {
	t.figures = f
	t.showHeard(f, c)
	t.showRooms(f, c)
	t.showProblems(f, c)
	t.showLead(f, c)
}

func (t *tileRow) showHeard(f ledger.Figures, c *figureChanges) {
	h := f.Heard
	t.heard.caption.SetText(words.T("overview.heard"))
	t.heard.figure.SetFigure(fmt.Sprintf("%d/%d", h.Reached, h.All), words.T("overview.heard.measure"))
	t.heard.mark(c.heard)
	role := chart.RoleStructure
	switch {
	case h.All > 0 && h.Reached == h.All:
		role = chart.RoleGood
		t.heard.foot(look.Good, words.T("overview.heard.all"), "")
	case len(h.Missing) > 0:
		t.heard.foot(look.Neutral, "", missingUnits(h))
	default:
		t.heard.foot(look.Neutral, "", words.T("overview.heard.nounits"))
	}
	t.heard.draw(chart.Proportion{Key: "heard", Role: role, N: chart.Known(float64(h.Reached)), Whole: chart.Known(float64(h.All))})
}

// missingUnits names the first of the units not heard from.
func missingUnits(h ledger.Coverage) string {
	more := ""
	if len(h.Missing) > 1 {
		more = words.T("overview.heard.more")
	}
	return words.T("overview.heard.missing", "n", len(h.Missing), "unit", h.Missing[0].Value.Name, "more", more)
}

func (t *tileRow) showRooms(f ledger.Figures, c *figureChanges) {
	iso := f.Isolation
	t.rooms.caption.SetText(words.T("overview.rooms"))
	t.rooms.mark(c.ready)
	if !iso.Reserve.Known {
		t.rooms.figure.SetFigure(words.T("count.unstated"), "")
		t.rooms.foot(look.Neutral, "", words.T("overview.rooms.nosites"))
		t.rooms.draw(chart.Proportion{Key: "rooms"})
		return
	}
	t.rooms.figure.SetFigure(words.Count(iso.Ready)+"/"+words.Count(iso.Reserve), words.T("overview.rooms.measure"))
	role := chart.RoleGood
	switch {
	case iso.Cases.Known && ledger.NeedsSupport(iso.Cases.N, iso.Reserve.N):
		role = chart.RoleBad
		t.rooms.foot(look.Bad, words.T("overview.rooms.support"), words.T("overview.rooms.cases", "n", iso.Cases.N))
	case iso.Cases.Known:
		t.rooms.foot(look.Neutral, "", words.T("overview.rooms.line", "n", iso.Cases.N, "limit", iso.Reserve.N*ledger.ReserveShare/100))
	default:
		t.rooms.foot(look.Neutral, "", words.T("overview.rooms.nocases"))
	}
	t.rooms.draw(chart.Proportion{Key: "rooms", Role: role, N: chart.Known(float64(iso.Ready.N)), Whole: chart.Known(float64(iso.Reserve.N))})
}

func (t *tileRow) showProblems(f ledger.Figures, c *figureChanges) {
	s := f.Supervision
	t.problems.caption.SetText(words.T("overview.problems"))
	t.problems.figure.SetFigure(ledger.GroupDigits(s.LiveOpen), words.T("overview.problems.measure"))
	t.problems.mark(c.problems)
	switch {
	case s.LiveOverdue > 0:
		t.problems.foot(look.Bad, words.T("overview.problems.overdue", "n", s.LiveOverdue), dueSoon(s))
	case s.LiveDueSoon > 0:
		t.problems.foot(look.Warn, words.T("overview.problems.soon", "n", s.LiveDueSoon), "")
	default:
		t.problems.foot(look.Good, words.T("overview.problems.fine"), "")
	}
	if s.LiveOpen == 0 {
		t.problems.draw(chart.Spark{}) // no share of nothing
		return
	}
	t.problems.draw(chart.Proportion{Key: "problems", Role: chart.RoleBad,
		N: chart.Known(float64(s.LiveOverdue)), Whole: chart.Known(float64(s.LiveOpen))})
}

func dueSoon(s ledger.SupervisionFigures) string {
	if s.LiveDueSoon == 0 {
		return ""
	}
	return words.T("overview.problems.soon", "n", s.LiveDueSoon)
}

func (t *tileRow) showLead(f ledger.Figures, c *figureChanges) {
	period := words.Period(f.Scope.Kind)
	if f.Scope.Kind == ledger.PeriodCustom {
		period = words.T("overview.period")
	}
	it, ok := leading(f.Publicity)
	if !ok {
		t.lead.caption.SetText(words.T("overview.lead.none", "period", period))
		t.lead.figure.SetFigure(words.T("count.unstated"), "")
		t.lead.mark(0)
		t.lead.foot(look.Neutral, "", words.T("overview.lead.hint"))
		t.lead.draw(chart.Spark{})
		return
	}
	t.lead.caption.SetText(words.T("overview.lead", "period", period, "item", it.Item.Name))
	t.lead.figure.SetFigure(words.Sum(it.Sum), it.Item.Measure)
	t.lead.mark(c.items[it.ID])
	t.lead.foot(look.Neutral, "", trend(f, it))
	t.lead.draw(itemSpark(f.Publicity, it.ID))
}

// trend says how an item stands to the period before.
func trend(f ledger.Figures, it ledger.ItemFigure) string {
	if !f.Compared {
		return words.T("overview.entries", "n", it.Entries)
	}
	if it.Before.Value == 0 {
		return words.T("overview.trend.new")
	}
	percent := (it.Sum.Value - it.Before.Value) * 100 / it.Before.Value
	switch {
	case percent > 0:
		return words.T("overview.trend.up", "percent", percent)
	case percent < 0:
		return words.T("overview.trend.down", "percent", -percent)
	}
	return words.T("overview.trend.same")
}

// rowLayout gives its objects equal widths with a gap between them.
type rowLayout struct{}

func (rowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, c := range o {
		size.Width += c.MinSize().Width + look.Gap
		size.Height = max(size.Height, c.MinSize().Height)
	}
	size.Width -= look.Gap
	return size
}

func (rowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width - look.Gap*float32(len(o)-1)) / float32(len(o))
	for i, c := range o {
		x := float32(int(float32(i) * (width + look.Gap)))
		c.Move(fyne.NewPos(x, 0))
		c.Resize(fyne.NewSize(float32(int(width)), size.Height))
	}
}
