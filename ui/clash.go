package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// PlaceClashes is where statements of several desks about one record stand side by
// side. It is no entry of the rail: alerts and the place 交接 lead to it.
const PlaceClashes Place = "clashes"

// inRail is the entry of the rail that stands for the place.
func (p Place) inRail() Place {
	switch p {
	case PlaceClashes:
		return PlaceHandoff
	case PlaceIntake:
		return PlacePublicity
	}
	return p
}

// showClashes opens the page of clashing records.
func (d *desk) showClashes() { d.open(Opening{Place: PlaceClashes}) }

// clashSide is the width of the list of clashing records.
const clashSide float32 = 372

// clashScreen lists the records that clash and shows the statements of the chosen
// one side by side, for a person to choose.
type clashScreen struct {
	s      *Session
	back   func()
	latest func(work func(context.Context), done func())

	dir     *directory
	list    []handoff.Clash
	chosen  ledger.ID
	wanted  ledger.ID // a record to choose once the list is read
	loading bool      // nothing was read yet

	title   *look.Label
	table   *grid.Grid
	compare *fyne.Container // of the chosen record
	stage   *fyne.Container
	full    fyneObject // list and comparison
	root    fyneObject

	shown, bound bool
}

func newClashScreen(s *Session, back func()) *clashScreen {
	c := &clashScreen{s: s, back: back, latest: s.Tasks.Latest(), dir: emptyDirectory(), loading: true}
	c.title = look.Heading("")
	lead := newParagraph(words.T("clash.lead"), look.SizeBody, look.ColourQuiet)
	c.table = grid.New([]grid.Column{{ID: "kind", Title: words.T("clash.column.kind"), Width: kindWide()},
		{ID: "record", Title: words.T("clash.column.record"), Width: 120, Flex: true},
		{ID: "heads", Title: words.T("clash.column.heads"), Width: 56, Align: grid.Trailing}})
	c.table.SetEmpty(words.T("clash.reading"))
	c.table.SetSource(c)
	c.table.OnSelect = func(row int) { c.choose(c.list[row].Record) }
	c.table.OnActivate = func(int) { c.take(0) }
	c.compare = container.NewStack()
	list := container.New(widthLayout(clashSide), look.Panel(c.table))
	hint := container.New(insets{0, look.Half, 0, 0}, look.Quiet(words.T("clash.keys")))
	head := newColumn(480, look.Half, c.title, lead)
	c.full = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), head), hint, nil, nil,
		container.New(besides{}, list, container.New(insets{look.Gap, 0, 0, 0}, c.compare)))
	c.stage = container.NewStack(c.full)
	c.root = container.New(insets{look.Gap, look.Gap, look.Gap, look.Unit}, c.stage)
	return c
}

// kindWide fits the longest name of a kind of record.
func kindWide() float32 {
	wide := float32(0)
	for _, k := range []ledger.Kind{ledger.KindPublicity, ledger.KindReserve, ledger.KindInspection, ledger.KindProblem} {
		wide = max(wide, fyne.MeasureText(capital(words.T("kind."+k.String())), look.SizeBody, fyne.TextStyle{}).Width)
	}
	return float32(int(wide)) + 2*look.Unit + 2
}

// content is asked for each time the screen is shown, also by the way back, when
// nothing else is called.
func (c *clashScreen) content() fyneObject {
	c.appear()
	return c.root
}

func (c *clashScreen) update(ledger.Figures) { c.read() }

func (c *clashScreen) open(o Opening) {
	c.wanted = o.Record
	c.appear()
	c.read()
}

func (c *clashScreen) focus() {
	c.appear()
	if c.s.Window != nil && len(c.list) > 0 {
		c.s.Window.Canvas().Focus(c.table)
	}
}

func (c *clashScreen) hidden() { c.shown = false }

// closeOpened goes back to where the person came from.
func (c *clashScreen) closeOpened() bool {
	if c.back == nil {
		return false
	}
	c.back()
	return true
}

func (c *clashScreen) trouble(err error) { c.put(tryAgain(err, c.s.Changed)) }

func (c *clashScreen) put(o fyneObject) {
	if c.stage.Objects[0] != o {
		c.stage.Objects = []fyne.CanvasObject{o}
		c.stage.Refresh()
	}
}

// read reads what clashes now; the list and the choice stay where they are.
func (c *clashScreen) read() {
	if c.s.Travels == nil {
		c.show()
		return
	}
	var list []handoff.Clash
	var dir *directory
	var err error
	c.latest(func(ctx context.Context) {
		if list, err = c.s.Travels.Clashes(ctx); err == nil {
			dir, err = readDirectory(ctx, c.s.Reader)
		}
	}, func() {
		if err != nil {
			c.trouble(err)
			return
		}
		at := max(0, c.index(c.chosen))
		c.list, c.dir = list, dir
		c.settle(at)
	})
}

// settle chooses the wanted record, the one chosen before, or when that is settled
// the one in its place.
func (c *clashScreen) settle(at int) {
	c.loading = false
	if c.index(c.wanted) >= 0 {
		c.chosen, c.wanted = c.wanted, 0
	}
	if c.index(c.chosen) < 0 {
		c.chosen = 0
		if len(c.list) > 0 {
			c.chosen = c.list[min(at, len(c.list)-1)].Record
		}
	}
	c.show()
}

func (c *clashScreen) index(record ledger.ID) int {
	return slices.IndexFunc(c.list, func(x handoff.Clash) bool { return x.Record == record && record != 0 })
}

func (c *clashScreen) show() {
	if len(c.list) == 0 {
		c.put(emptyState(words.T("clash.none"), words.T("clash.back"), func() { c.closeOpened() }))
		return
	}
	c.put(c.full)
	c.title.SetText(words.T("clash.title", "n", len(c.list)))
	relayout(c.full)
	c.table.Refresh()
	c.table.Select(c.index(c.chosen))
	c.table.ScrollTo(c.index(c.chosen))
	c.showChosen()
	if w := c.s.Window; w != nil && c.shown && w.Canvas().Focused() == nil {
		c.focus() // the keyboard is not taken from where a person types
	}
}

func (c *clashScreen) choose(record ledger.ID) {
	if record != c.chosen {
		c.chosen = record
		c.showChosen()
	}
}

// showChosen reads where the statements of the chosen record came from and puts
// them side by side.
func (c *clashScreen) showChosen() {
	at := c.index(c.chosen)
	if at < 0 {
		return
	}
	clash := c.list[at]
	var history []ledger.Revision
	var origins map[ledger.ID]handoff.Origin
	var err error
	c.s.Tasks.Do(func() {
		if history, err = c.s.Reader.History(context.Background(), clash.Record); err == nil {
			origins, err = readOrigins(context.Background(), c.s, clash.Heads)
		}
	}, func() {
		if err != nil {
			c.trouble(err)
			return
		}
		if c.chosen != clash.Record {
			return
		}
		view := clashView{s: c.s, dir: c.dir, clash: clash, before: commonBase(clash.Heads, history), origins: origins, take: c.take, open: c.openRecord}
		c.compare.Objects = []fyne.CanvasObject{view.content()}
		c.compare.Refresh()
	})
}

// Len is part of grid.Source.
func (c *clashScreen) Len() int { return len(c.list) }

// Row is part of grid.Source.
func (c *clashScreen) Row(i int, cells []grid.Cell) bool {
	x := c.list[i]
	fields := x.Heads[0].Fields
	cells[0] = grid.Cell{Text: capital(words.T("kind." + fields.Kind().String())), Tone: grid.Quiet}
	cells[1] = grid.Cell{Text: c.describer().summary(fields)}
	cells[2] = grid.Cell{Text: ledger.GroupDigits(int64(len(x.Heads))), Tone: grid.Quiet}
	return true
}

func (c *clashScreen) describer() describer {
	return describer{dir: c.dir, id: c.s.Reader.IDText, loc: c.s.Now().Location()}
}

// appear notes that the screen is shown.
func (c *clashScreen) appear() {
	c.shown = true
	c.bind()
}

// bind makes the digits choose a statement.
func (c *clashScreen) bind() {
	if c.bound || c.s.Window == nil {
		return
	}
	c.bound = true
	onDigits(c.s.Window, 9, func() bool { return c.shown }, c.take)
}

// take asks why statement n of the chosen record should hold, and makes it so.
func (c *clashScreen) take(n int) {
	at := c.index(c.chosen)
	if at < 0 || n >= len(c.list[at].Heads) || c.s.Window == nil {
		return
	}
	clash := c.list[at]
	head := clash.Heads[n]
	name := c.dir.deskName(head.ID.Desk())
	sh := reasonSheet(c.s, words.T("clash.take.title", "name", name), []sheetField{usualReason(clashReasons())}, words.T("clash.take.save"))
	for _, line := range takeLines(c.describer(), &head) {
		sh.head.Add(newParagraph(line, look.SizeBody, look.ColourText))
	}
	sh.head.Add(gapBelow(newParagraph(words.T("clash.take.hint"), look.SizeSmall, look.ColourQuiet)))
	sh.start = func(values map[string]string) (func() error, func(), error) {
		reason, err := reasonGiven(values)
		return func() error { return c.s.Book.Resolve(context.Background(), clash.Record, head.ID, reason) },
			func() { c.taken(name) }, err
	}
	sh.show()
	sh.canvas.Focus(sh.ok) // the usual reason is there already: Enter is enough
}

// openRecord shows the chosen record among its own, with its whole history.
func (c *clashScreen) openRecord() {
	if at := c.index(c.chosen); at >= 0 {
		c.s.Open(Opening{Place: placeOf(c.list[at].Heads[0].Fields), Record: c.chosen})
	}
}

// placeOf is where records of a kind are worked on.
func placeOf(r ledger.Record) Place {
	switch r.Kind() {
	case ledger.KindPublicity:
		return PlacePublicity
	case ledger.KindInspection, ledger.KindProblem:
		return PlaceSupervision
	case ledger.KindSite, ledger.KindReserve, ledger.KindCases:
		return PlaceIsolation
	}
	return PlaceSettings
}

// takeLines say what will hold.
func takeLines(d describer, head *ledger.Revision) []string {
	lines := []string{d.statement(head)}
	if head.Op == ledger.OpVoid {
		lines = append(lines, words.T("clash.take.void"))
	}
	return lines
}

// clashReasons are the usual ones, the likeliest first.
func clashReasons() []string {
	return []string{words.T("clash.why.checked"), words.T("clash.why.site"), words.T("clash.why.paper"), words.T("clash.why.twice")}
}

// taken goes on to the next record that clashes.
func (c *clashScreen) taken(name string) {
	left := len(c.list) - 1
	key := "clash.taken"
	if left == 0 {
		key = "clash.taken.last"
	}
	revised(c.s, words.T(key, "name", name, "n", left))
	c.read()
}
