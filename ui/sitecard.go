package ui

import (
	"time"

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

// siteAction is what a person can do with a site.
type siteAction int

const (
	siteAdmit siteAction = iota
	siteDischarge
	siteCleaned
	siteReport
	siteCorrect
	siteSwitch // 启用 or 停用 a standby site
	siteVoid
)

// siteSteps are the buttons that move one room, with the digit that presses
// each: digits reach the card also while a Chinese input method is on.
var siteSteps = [3]struct {
	step           ledger.Step
	action         siteAction
	key, tip, done string // of the words
	digit          string
}{
	{ledger.StepAdmit, siteAdmit, "isolation.admit", "isolation.admit.tip", "isolation.admit.done", "1"},
	{ledger.StepDischarge, siteDischarge, "isolation.discharge", "isolation.discharge.tip", "isolation.discharge.done", "2"},
	{ledger.StepCleaned, siteCleaned, "isolation.cleaned", "isolation.cleaned.tip", "isolation.cleaned.done", "3"},
}

// siteCard shows one isolation site: its rooms, the age of its report, and what
// can be done in one click. It takes the keyboard as a whole.
type siteCard struct {
	widget.BaseWidget

	figure   ledger.SiteFigure
	onAct    func(*siteCard, siteAction)
	onChoose func(*siteCard)
	onArrow  func(*siteCard, fyne.KeyName)

	ground   *look.Surface
	ring     *canvas.Rectangle
	name     *look.Label
	age      *look.Badge
	inUse    *look.Badge // of a standby site
	rooms    *look.Figure
	total    *look.Label
	bar      *roomBar
	steps    [3]*keyButton
	tips     [3]*hoverShield
	report   *keyButton
	body     fyne.CanvasObject
	chosen   bool
	focused  bool
	moreTool *look.Button
}

func newSiteCard(s *Session) *siteCard {
	c := &siteCard{
		ground: look.NewSurface(look.ColourSurface, look.ColourLine, look.Radius),
		ring:   canvas.NewRectangle(nil),
		name:   look.Text("", look.SizeBody+2, true, look.ColourText).Truncated(),
		age:    look.NewBadge(look.Neutral, ""),
		inUse:  look.NewBadge(look.Info, words.T("isolation.activated")),
		rooms:  look.NewFigure("", "", look.SizeFigure),
		total:  look.Quiet("").Aligned(fyne.TextAlignTrailing),
		bar:    newRoomBar(),
	}
	c.ring.StrokeWidth, c.ring.CornerRadius = 2, look.Radius
	c.ring.Hide()
	c.build(s)
	c.ExtendBaseWidget(c)
	return c
}

func (c *siteCard) build(s *Session) {
	act := func(a siteAction) func() { return func() { c.act(a) } }
	row := container.New(layout.NewCustomPaddedHBoxLayout(look.Half))
	for i, st := range siteSteps {
		c.steps[i] = newKeyButton(words.T(st.key), look.Secondary, act(st.action))
		var tipped fyneObject
		tipped, c.tips[i] = tipOver(s, c.steps[i], words.T(st.key)+"  "+st.digit)
		row.Add(tipped)
	}
	c.report = newKeyButton(words.T("isolation.report"), look.Plain, act(siteReport))
	tipped, _ := tipOver(s, c.report, words.T("isolation.report.tip")+"  Enter")
	row.Add(layout.NewSpacer())
	row.Add(tipped)
	for _, b := range append(c.steps[:], c.report) {
		b.onKey, b.onRune = c.key, c.rune
	}
	c.moreTool = look.NewIconButton(theme.MoreHorizontalIcon(), words.T("isolation.more"), c.openMenu)
	head := container.NewBorder(nil, nil, nil, inRow(look.Half, c.inUse, c.age, c.moreTool), c.name)
	figures := container.NewBorder(nil, nil, c.rooms, c.total)
	body := container.New(layout.NewCustomPaddedVBoxLayout(look.Unit), head, figures, c.bar, row)
	c.body = container.New(layout.NewCustomPaddedLayout(look.Unit, look.Gap-look.Half, look.Gap, look.Gap), body)
}

// tipOver gives o a tooltip whose text can change. Without a window there is
// none.
func tipOver(s *Session, o fyneObject, text string) (fyneObject, *hoverShield) {
	h := &hoverShield{target: o, tips: s.tips, text: text}
	h.ExtendBaseWidget(h)
	if s.tips == nil {
		return o, h
	}
	return container.NewStack(o, h), h
}

// set shows a site's figures as of now.
func (c *siteCard) set(f ledger.SiteFigure, now time.Time) {
	c.figure = f
	c.name.SetText(f.Site.Name)
	c.age.Set(siteAge(f, now))
	stale := !f.At.IsZero() && now.Sub(f.At) > ledger.StaleReserve
	c.rooms.SetFigure(words.Count(f.Ready), "")
	if f.Ready.Known {
		c.rooms.SetFigure(words.Count(f.Ready), words.T("isolation.rooms-ready"))
	}
	c.rooms.SetStale(stale || !f.Ready.Known)
	c.total.SetText(words.T("isolation.of-rooms", "rooms", f.Rooms))
	if !f.Rooms.Known {
		c.total.SetText(words.T("isolation.rooms-unstated"))
	}
	c.bar.set(countsOf(f))
	c.inUse.Hidden = !f.Site.Activated
	for i := range siteSteps {
		c.setStep(i)
	}
	c.report.SetStyle(look.Plain)
	if f.At.IsZero() && f.Site.InUse() {
		c.report.SetStyle(look.Primary) // the one thing that is missing here
	}
	relayout(c.body)
}

// siteAge is the badge that says how old the report is.
func siteAge(f ledger.SiteFigure, now time.Time) (look.State, string) {
	switch age := now.Sub(f.At); {
	case !f.Site.InUse() && f.At.IsZero():
		return look.Neutral, words.T("isolation.standby-unreported")
	case f.At.IsZero():
		return look.Warn, words.T("count.unstated")
	case age > ledger.StaleReserve:
		return look.Warn, words.T("isolation.reported", "age", words.Age(age))
	default:
		return look.Good, words.T("isolation.reported", "age", words.Age(age))
	}
}

// setStep lets a step be clicked only where it can be done; its tooltip says
// why not.
func (c *siteCard) setStep(i int) {
	st := siteSteps[i]
	if err := stepRefusal(c.figure, st.step); err != nil {
		c.steps[i].Disable()
		c.tips[i].text = words.Sentence(err)
		return
	}
	c.steps[i].Enable()
	c.tips[i].text = words.T(st.tip) + "  " + st.digit
}

// stepRefusal is why a step cannot be done as the figures stand, or nil.
func stepRefusal(f ledger.SiteFigure, step ledger.Step) error {
	from := ledger.Reserve{Ready: f.Ready.N, Occupied: f.Occupied.N, Cleaning: f.Cleaning.N}
	if f.At.IsZero() {
		if !f.Rooms.Known {
			return ledger.Refuse(ledger.CodeRoomsNotStated, "site", f.Site.Name)
		}
		from.Ready = f.Rooms.N // the first step supposes that all rooms are ready
	}
	_, err := from.After(step, f.Site.Name, f.At)
	return err
}

func (c *siteCard) act(a siteAction) {
	c.choose()
	if c.onAct != nil {
		c.onAct(c, a)
	}
}

func (c *siteCard) choose() {
	if c.onChoose != nil {
		c.onChoose(c)
	}
}

// mark shows whether this is the chosen card.
func (c *siteCard) mark(on bool) {
	c.chosen = on
	c.showRing()
}

func (c *siteCard) showRing() {
	c.ring.StrokeColor = look.Colour(look.ColourAccent)
	c.ring.StrokeWidth = 1
	if c.focused {
		c.ring.StrokeWidth = 2
	}
	c.ring.Hidden = !c.chosen && !c.focused
	c.ring.Refresh()
}

// openMenu offers what is done seldom.
func (c *siteCard) openMenu() {
	c.choose()
	item := func(key string, a siteAction) *fyne.MenuItem {
		return fyne.NewMenuItem(words.T(key), func() { c.act(a) })
	}
	items := []*fyne.MenuItem{item("isolation.report", siteReport), item("isolation.correct-site", siteCorrect)}
	if c.figure.Site.Plan == ledger.PlanStandby {
		items = append(items, item(switchKeys(c.figure.Site)[0], siteSwitch))
	}
	items = append(items, fyne.NewMenuItemSeparator(), item("isolation.void-site", siteVoid))
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(c.moreTool)
	menu := fyne.NewMenu("", items...)
	widget.ShowPopUpMenuAtPosition(menu, driver.CanvasForObject(c.moreTool), at.AddXY(0, c.moreTool.Size().Height))
}

// switchKeys are the words for taking a site into use or out of it: the
// command, the sheet's title and what is said when it is done.
func switchKeys(s ledger.Site) [3]string {
	if s.Activated {
		return [3]string{"isolation.deactivate", "isolation.deactivate.title", "isolation.deactivate.done"}
	}
	return [3]string{"isolation.activate", "isolation.activate.title", "isolation.activate.done"}
}

// Tapped chooses the card.
func (c *siteCard) Tapped(*fyne.PointEvent) {
	c.choose()
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil {
		cv.Focus(c)
	}
}

// TappedSecondary opens the menu.
func (c *siteCard) TappedSecondary(*fyne.PointEvent) { c.openMenu() }

// FocusGained is part of fyne.Focusable.
func (c *siteCard) FocusGained() {
	c.focused = true
	c.showRing()
	c.choose()
}

// FocusLost is part of fyne.Focusable.
func (c *siteCard) FocusLost() {
	c.focused = false
	c.showRing()
}

// TypedKey answers the keys of a card and passes on the rest.
func (c *siteCard) TypedKey(k *fyne.KeyEvent) {
	if !c.key(k) {
		forwardKey(c, k)
	}
}

func (c *siteCard) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown, fyne.KeyHome, fyne.KeyEnd:
		if c.onArrow != nil {
			c.onArrow(c, k.Name)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		c.act(siteReport)
	case fyne.KeyF2:
		c.act(siteCorrect)
	case fyne.KeyDelete:
		c.act(siteVoid)
	default:
		return false
	}
	return true
}

// TypedRune answers the digits.
func (c *siteCard) TypedRune(r rune) { c.rune(r) }

func (c *siteCard) rune(r rune) bool {
	switch r {
	case '1', '１':
		c.act(siteAdmit)
	case '2', '２':
		c.act(siteDischarge)
	case '3', '３':
		c.act(siteCleaned)
	case '4', '４':
		if c.figure.Site.Plan == ledger.PlanStandby {
			c.act(siteSwitch)
		}
	case ' ':
		c.openMenu()
	default:
		return false
	}
	return true
}

// AccessibilityLabel is the site's name.
func (c *siteCard) AccessibilityLabel() string { return c.figure.Site.Name }

// AccessibilityRole says that the card is a group that can be chosen.
func (c *siteCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (c *siteCard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.ground, c.body, c.ring))
}
