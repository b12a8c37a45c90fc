package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// problemCard is one problem on the board. It takes the keyboard as a whole.
type problemCard struct {
	widget.BaseWidget

	window   fyne.Window
	row      ledger.Row[ledger.Problem]
	onChoose func(ledger.ID)
	onKey    func(*problemCard, *fyne.KeyEvent) bool

	ground  *look.Surface
	ring    *canvas.Rectangle
	edge    *canvas.Rectangle
	text    *paragraph
	unit    *look.Label
	due     *look.Badge
	body    *fyne.Container
	state   look.State
	chosen  bool
	focused bool
	hovered bool
}

func newProblemCard(w fyne.Window) *problemCard {
	c := &problemCard{window: w,
		ground: look.NewSurface(look.ColourSurface, look.ColourLine, look.Radius),
		ring:   canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil),
		text: newParagraph("", look.SizeBody, look.ColourText).limited(2),
		unit: look.Quiet("").Truncated(), due: look.NewBadge(look.Neutral, ""),
	}
	c.ring.CornerRadius, c.edge.CornerRadius = look.Radius, 2
	foot := container.NewBorder(nil, nil, nil, c.due, c.unit)
	// Two lines are always kept free, so that all cards are of one height.
	text := container.New(&leastHigh{2 * c.text.lineHigh()}, c.text)
	c.body = container.New(layout.NewCustomPaddedLayout(12, 10, look.Gap, 12), stacked(look.Half+2, text, foot))
	c.ExtendBaseWidget(c)
	return c
}

func (c *problemCard) set(row ledger.Row[ledger.Problem], unit string, today ledger.Day) {
	c.row = row
	c.text.SetText(row.Value.Text)
	c.unit.SetText(unit)
	var word string
	c.state, word = dueState(&row.Value, today)
	c.due.Set(c.state, word)
	c.show()
	relayout(c.body)
}

// dueState says how a problem stands against its deadline, in a word.
func dueState(p *ledger.Problem, today ledger.Day) (look.State, string) {
	switch {
	case p.State == ledger.StateClosed && p.StateDay > 0:
		return look.Good, words.T("supervision.closed-on", "day", p.StateDay.Short())
	case p.State == ledger.StateClosed:
		return look.Good, words.State(p.State)
	case p.Overdue(today):
		return look.Bad, words.T("supervision.overdue", "days", int(today-p.Deadline))
	case p.Deadline == today:
		return look.Warn, words.T("supervision.due-today")
	case p.DueSoon(today):
		return look.Warn, words.T("supervision.due-in", "days", int(p.Deadline-today))
	}
	return look.Neutral, words.T("supervision.due-by", "day", p.Deadline.Short())
}

func (c *problemCard) mark(on bool) {
	if on != c.chosen {
		c.chosen = on
		c.show()
	}
}

func (c *problemCard) show() {
	fill := look.ColourSurface
	if c.chosen {
		fill = look.ColourSelection
	} else if c.hovered {
		fill = look.ColourHover
	}
	c.ground.SetFill(fill)
	c.ring.StrokeColor, c.ring.StrokeWidth = look.Colour(look.ColourAccent), 2
	c.ring.Hidden = !c.focused
	c.ring.Refresh()
	c.edge.FillColor = look.Colour(c.state.Fill())
	c.edge.Hidden = c.state != look.Bad && c.state != look.Warn
	c.edge.Refresh()
}

// Tapped chooses the card.
func (c *problemCard) Tapped(*fyne.PointEvent) { c.grab() }

// grab puts the keyboard on the card. The window's canvas is asked, for a card
// does not know its own before it is drawn.
func (c *problemCard) grab() { c.window.Canvas().Focus(c) }

// FocusGained is part of fyne.Focusable.
func (c *problemCard) FocusGained() {
	c.focused = true
	c.show()
	if c.onChoose != nil {
		c.onChoose(c.row.ID)
	}
}

// FocusLost is part of fyne.Focusable.
func (c *problemCard) FocusLost() {
	c.focused = false
	c.show()
}

// TypedKey passes on to the window what the board has no use for.
func (c *problemCard) TypedKey(k *fyne.KeyEvent) {
	if c.onKey == nil || !c.onKey(c, k) {
		forwardKey(c, k)
	}
}

// TypedRune passes digits on to the screen.
func (c *problemCard) TypedRune(r rune) {
	if cv := fyne.CurrentApp().Driver().CanvasForObject(c); cv != nil && cv.OnTypedRune() != nil {
		cv.OnTypedRune()(r)
	}
}

// AccessibilityLabel is the problem, its unit and how it stands.
func (c *problemCard) AccessibilityLabel() string {
	return c.row.Value.Text + " " + c.unit.Text() + " " + c.due.AccessibilityLabel()
}

// AccessibilityRole says that the card can be chosen.
func (c *problemCard) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is part of fyne.Widget.
func (c *problemCard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(c.ground,
		container.New(edgeLayout{}, c.edge), c.body, c.ring))
}

// edgeLayout stands a thin strip at the left.
type edgeLayout struct{}

// MinSize is part of fyne.Layout.
func (edgeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout is part of fyne.Layout.
func (edgeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(6, 12))
	o[0].Resize(fyne.NewSize(4, size.Height-24))
}
