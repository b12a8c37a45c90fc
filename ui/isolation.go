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
)

// The width of the column with the cases and the history: alone, and beside the
// sites of a ledger that has met another, whose reports say how far they have
// travelled. Two cards stay beside it on the smallest screen.
const (
	isolationSide    = 376
	isolationSideMet = 444
)

// isolationScreen shows the isolation reserve: a card a site, plan 1 and plan 2
// apart, the current cases against the reserve rule, and the reports of the
// chosen site.
type isolationScreen struct {
	session *Session
	figures ledger.Figures

	plans   [2]*planSection
	cards   map[ledger.ID]*siteCard
	order   []ledger.ID // the sites as shown
	chosen  ledger.ID
	cases   *casesCard
	reports *reserveReports

	hint     *look.Label
	scroll   *container.Scroll
	plansBox *fyne.Container
	left     *fyne.Container
	side     *fyne.Container
	box      fyneObject
}

func newIsolationScreen(s *Session) screen {
	sc := &isolationScreen{session: s, cards: map[ledger.ID]*siteCard{}}
	for i, plan := range []ledger.Plan{ledger.PlanReady, ledger.PlanStandby} {
		sc.plans[i] = newPlanSection(plan)
	}
	add := newKeyButton(words.T("isolation.add-site"), look.Secondary, func() { showSiteForm(s, ledger.PlanReady) })
	sc.plans[0].head.Add(layout.NewSpacer())
	sc.plans[0].head.Add(add)
	sc.cases = newCasesCard(s)
	sc.reports = newReserveReports(s)
	sc.hint = look.Quiet(words.T("isolation.keys")).Truncated()
	// Two units are left free around the cards: an edge that is clipped is drawn askew.
	sc.plansBox = stacked(look.Gap+look.Unit, sc.plans[0].box, sc.plans[1].box)
	sc.scroll = container.NewVScroll(container.New(insets{2, 2, look.Unit, look.Gap}, sc.plansBox))
	sc.left = container.NewStack(sc.sites())
	sc.side = container.New(shares{0, 1, 1}, sc.cases.box, sc.reports.box, sc.reports.history)
	sc.reports.onResized = func() { relayout(sc.side) }
	columns := &sided{isolationSide}
	halves := container.New(columns, sc.left, sc.side)
	sc.reports.onMet = func(met bool) {
		columns.wide = isolationSide
		if met {
			columns.wide = isolationSideMet
		}
		relayout(halves)
	}
	sc.box = container.New(insets{look.Gap - 2, look.Gap, look.Gap, look.Unit}, halves)
	return sc
}

// sites is the part with the cards.
func (sc *isolationScreen) sites() fyneObject {
	return container.NewBorder(nil, container.New(insets{2, look.Half, 0, 0}, sc.hint), nil, nil, sc.scroll)
}

func (sc *isolationScreen) content() fyneObject { return sc.box }

func (sc *isolationScreen) update(f ledger.Figures) {
	sc.figures = f
	iso := f.Isolation
	sc.cases.set(f)
	relayout(sc.side)
	if len(iso.Sites) == 0 {
		sc.put(emptyState(words.T("isolation.empty"), words.T("isolation.add-site"),
			func() { showSiteForm(sc.session, ledger.PlanReady) }))
		sc.reports.show(ledger.SiteFigure{})
		relayout(sc.side)
		return
	}
	if len(sc.order) == 0 || sc.left.Objects[0] == nil {
		sc.put(sc.sites())
	}
	sc.place(iso)
	for i, p := range iso.Plans {
		sc.plans[i].set(p)
	}
	now := sc.session.Now()
	for _, s := range iso.Sites {
		sc.cards[s.ID].set(s, now)
	}
	sc.scroll.Refresh()
	relayout(sc.plansBox)
	sc.choose(sc.chosenSite())
}

func (sc *isolationScreen) put(o fyneObject) {
	sc.order = nil
	sc.left.Objects = []fyne.CanvasObject{o}
	sc.left.Refresh()
}

// place makes the cards anew only when there are other sites, so that the
// keyboard stays where it is while figures change.
func (sc *isolationScreen) place(iso ledger.IsolationFigures) {
	var order []ledger.ID
	byPlan := [2][]fyne.CanvasObject{}
	for _, s := range iso.Sites {
		card, ok := sc.cards[s.ID]
		if !ok {
			card = sc.newCard()
			sc.cards[s.ID] = card
		}
		order = append(order, s.ID)
		i := int(s.Site.Plan) - 1
		byPlan[i] = append(byPlan[i], card)
	}
	for i, cards := range byPlan {
		sc.plans[i].put(cards)
	}
	sc.order = order
}

func (sc *isolationScreen) newCard() *siteCard {
	c := newSiteCard(sc.session)
	c.onAct, c.onArrow = sc.act, sc.move
	c.onChoose = func(c *siteCard) { sc.choose(c.figure.ID) }
	return c
}

// chosenSite is the site chosen, or the first when it is gone.
func (sc *isolationScreen) chosenSite() ledger.ID {
	for _, id := range sc.order {
		if id == sc.chosen {
			return id
		}
	}
	if len(sc.order) > 0 {
		return sc.order[0]
	}
	return 0
}

func (sc *isolationScreen) choose(id ledger.ID) {
	sc.chosen = id
	for _, other := range sc.order {
		sc.cards[other].mark(other == id)
	}
	if card, ok := sc.cards[id]; ok {
		sc.reports.show(card.figure)
		relayout(sc.side)
	}
}

func (sc *isolationScreen) open(o Opening) {
	if o.Record == 0 {
		return
	}
	for _, s := range sc.figures.Isolation.Sites {
		if s.ID == o.Record || s.Report == o.Record {
			sc.choose(s.ID)
			sc.focus()
		}
	}
}

func (sc *isolationScreen) focus() {
	card, ok := sc.cards[sc.chosenSite()]
	if !ok {
		return
	}
	// The window's canvas, for a card does not know its own before it is drawn.
	sc.session.Window.Canvas().Focus(card)
	sc.reveal(card)
}

// trouble shows that the figures could not be read.
func (sc *isolationScreen) trouble(err error) { sc.put(tryAgain(err, sc.session.Changed)) }

// move puts the keyboard on the nearest card in a direction.
func (sc *isolationScreen) move(from *siteCard, key fyne.KeyName) {
	var list []fyneObject
	for _, id := range sc.order {
		list = append(list, sc.cards[id])
	}
	if to, ok := neighbour(list, from, key).(*siteCard); ok {
		sc.choose(to.figure.ID)
		sc.focus()
	}
}

// reveal scrolls a card into view, with its plan's heading when it is in the
// first row.
func (sc *isolationScreen) reveal(card fyneObject) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(card).Y - driver.AbsolutePositionForObject(sc.scroll).Y
	top, high := sc.scroll.Offset.Y, sc.scroll.Size().Height
	switch {
	case y < 0:
		top += y - look.Gap
	case y+card.Size().Height > high:
		top += y + card.Size().Height - high
	default:
		return
	}
	sc.scroll.ScrollToOffset(fyne.NewPos(0, max(0, top)))
}

// act does what was asked of a card.
func (sc *isolationScreen) act(c *siteCard, a siteAction) {
	f := c.figure
	switch a {
	case siteReport:
		showReserveForm(sc.session, f)
	case siteCorrect:
		showSiteCorrection(sc.session, f)
	case siteSwitch:
		switchSite(sc.session, f)
	case siteVoid:
		voidRecord(sc.session, words.T("isolation.void-site.title", "site", f.Site.Name), f.ID,
			words.T("isolation.void-site.done", "site", f.Site.Name))
	default:
		sc.step(f, a)
	}
}

// step moves one room. What cannot be done is said without asking the ledger.
func (sc *isolationScreen) step(f ledger.SiteFigure, a siteAction) {
	st := siteSteps[a]
	if err := stepRefusal(f, st.step); err != nil {
		sc.session.Refuse(err)
		return
	}
	var id ledger.ID
	var err error
	sc.session.Tasks.Do(func() { id, err = sc.session.Book.Step(context.Background(), f.ID, st.step) }, func() {
		if err != nil {
			sc.session.Refuse(err)
			return
		}
		recorded(sc.session, id, words.T(st.done, "site", f.Site.Name))
	})
}

// planSection is a plan's heading with its sums and the cards of its sites.
type planSection struct {
	plan  ledger.Plan
	head  *fyne.Container
	sum   *look.Label
	note  *look.Label
	cards *fyne.Container
	none  *look.Label
	box   fyneObject
}

func newPlanSection(plan ledger.Plan) *planSection {
	p := &planSection{plan: plan, sum: look.Text("", look.SizeBody, true, look.ColourText), note: look.Quiet(""),
		cards: container.New(&cardsLayout{}), none: look.Quiet("")}
	p.head = inRow(look.Gap, look.Heading(words.Plan(plan)), p.sum, p.note)
	p.none.SetText(words.T("isolation.plan-empty"))
	p.box = stacked(look.Unit, container.New(&leastHigh{look.RowHigh}, p.head), p.none, p.cards)
	return p
}

func (p *planSection) set(f ledger.PlanFigure) {
	key := "isolation.plan-ready"
	if p.plan == ledger.PlanStandby {
		key = "isolation.plan-standby"
	}
	note := words.T(key) + " · " + words.T("isolation.sites", "sites", f.Sites)
	if f.Unstated > 0 {
		note += " · " + words.T("isolation.sites-unreported", "sites", f.Unstated)
	}
	p.note.SetText(note)
	p.sum.SetText(words.T("isolation.plan-sum", "rooms", f.Rooms, "ready", f.Ready))
	switch {
	case f.Sites == 0:
		p.sum.SetText("")
		p.note.SetText(words.T(key))
	case !f.Rooms.Known:
		p.sum.SetText(words.T("count.unstated"))
	}
	p.none.Hidden = f.Sites > 0
}

func (p *planSection) put(cards []fyne.CanvasObject) {
	same := len(cards) == len(p.cards.Objects)
	for i := 0; same && i < len(cards); i++ {
		same = cards[i] == p.cards.Objects[i]
	}
	if !same {
		p.cards.Objects = cards
		p.cards.Refresh()
	}
}

// leastHigh keeps its one object at least so high.
type leastHigh struct{ high float32 }

// Layout is part of fyne.Layout.
func (l leastHigh) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// MinSize is part of fyne.Layout.
func (l leastHigh) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[0].MinSize()
	size.Height = max(size.Height, l.high)
	return size
}

// cardLeast is the least width of a card.
const cardLeast = 372

// cardsLayout stands cards of one width in as many columns as there is room for.
type cardsLayout struct{ width float32 }

func (l *cardsLayout) columns(width float32) int {
	return max(1, int((width+look.Gap)/(cardLeast+look.Gap)))
}

// Layout is part of fyne.Layout.
func (l *cardsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	n := l.columns(size.Width)
	wide := float32(int((size.Width - look.Gap*float32(n-1)) / float32(n)))
	for i, c := range o {
		high := c.MinSize().Height
		c.Move(fyne.NewPos(float32(i%n)*(wide+look.Gap), float32(i/n)*(high+look.Gap)))
		c.Resize(fyne.NewSize(wide, high))
	}
}

// MinSize is part of fyne.Layout. Its height is for the width last laid out.
func (l *cardsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	n := l.columns(l.width)
	rows := float32((len(o) + n - 1) / n)
	return fyne.NewSize(cardLeast, rows*(o[0].MinSize().Height+look.Gap)-look.Gap)
}

// neighbour is the object nearest to from in the direction of an arrow key; the
// first and last of list for Home and End; nil when there is none.
func neighbour(list []fyneObject, from fyneObject, key fyne.KeyName) fyneObject {
	if len(list) == 0 {
		return nil
	}
	switch key {
	case fyne.KeyHome:
		return list[0]
	case fyne.KeyEnd:
		return list[len(list)-1]
	}
	middle := func(o fyneObject) (x, y float32) {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		return at.X + o.Size().Width/2, at.Y + o.Size().Height/2
	}
	x, y := middle(from)
	var best fyneObject
	var least float32
	for _, o := range list {
		if !o.Visible() || o == from {
			continue
		}
		ox, oy := middle(o)
		along, across := ox-x, oy-y
		switch key {
		case fyne.KeyLeft:
			along = -along
		case fyne.KeyDown:
			along, across = across, along
		case fyne.KeyUp:
			along, across = -across, along
		}
		// Straight ahead comes before diagonal.
		if d := along + 3*max(across, -across); along > 1 && (best == nil || d < least) {
			best, least = o, d
		}
	}
	return best
}

// reportTime writes a report's moment for a narrow column.
func reportTime(t, now time.Time) string {
	if t.Year() != now.Year() {
		return t.Format("2006-01-02")
	}
	return t.Format("01-02 15:04")
}
