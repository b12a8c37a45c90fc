package ui

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// boardStates are the columns of the board.
var boardStates = []ledger.State{ledger.StateOpen, ledger.StateRectified, ledger.StateClosed}

// problemBoard shows problems by state, the most urgent first.
type problemBoard struct {
	onChoose func(ledger.ID)
	onAct    func(problemAction)
	window   fyne.Window

	columns []*boardColumn
	chosen  ledger.ID
	box     *fyne.Container
}

// problemAction is what can be done with the chosen problem.
type problemAction int

const (
	problemNext problemAction = iota // the next step of its state
	problemRectify
	problemClose
	problemCorrect
	problemVoid
)

func newProblemBoard(w fyne.Window, onChoose func(ledger.ID), onAct func(problemAction)) *problemBoard {
	b := &problemBoard{window: w, onChoose: onChoose, onAct: onAct, box: container.New(evenly{})}
	for _, state := range boardStates {
		c := newBoardColumn(b, state)
		b.columns = append(b.columns, c)
		b.box.Add(c.box)
	}
	return b
}

// set shows problems; only is the one state shown, 0 for all.
func (b *problemBoard) set(problems []ledger.Row[ledger.Problem], dir *directory, today ledger.Day, only ledger.State) {
	for _, c := range b.columns {
		var rows []ledger.Row[ledger.Problem]
		for _, p := range problems {
			if p.Value.State == c.state {
				rows = append(rows, p)
			}
		}
		slices.SortStableFunc(rows, moreUrgent)
		c.box.Hidden = only != 0 && only != c.state
		c.set(rows, dir, today)
	}
	relayout(b.box)
	b.choose(b.chosen)
}

// moreUrgent sorts by deadline, and closed problems by when they were closed,
// newest first.
func moreUrgent(a, b ledger.Row[ledger.Problem]) int {
	if a.Value.State == ledger.StateClosed {
		return cmp.Or(cmp.Compare(b.Value.StateDay, a.Value.StateDay), cmp.Compare(b.ID, a.ID))
	}
	return cmp.Or(cmp.Compare(a.Value.Deadline, b.Value.Deadline), cmp.Compare(a.ID, b.ID))
}

func (b *problemBoard) choose(id ledger.ID) {
	b.chosen = id
	for _, c := range b.columns {
		for _, card := range c.shown() {
			card.mark(card.row.ID == id)
		}
	}
}

// card is the card of a problem, or nil when it is not on the board.
func (b *problemBoard) card(id ledger.ID) *problemCard {
	for _, c := range b.columns {
		if !c.box.Visible() {
			continue
		}
		for i, row := range c.rows {
			if row.ID == id {
				c.grow(i + 1)
				return c.cards[i]
			}
		}
	}
	return nil
}

// first is the first card there is, or nil.
func (b *problemBoard) first() *problemCard {
	for _, c := range b.columns {
		if c.box.Visible() && len(c.rows) > 0 {
			return c.cards[0]
		}
	}
	return nil
}

// grab puts the keyboard on a problem's card, or on the first one.
func (b *problemBoard) grab(id ledger.ID) {
	card := b.card(id)
	if card == nil {
		card = b.first()
	}
	if card != nil {
		card.grab()
		b.reveal(card)
	}
}

func (b *problemBoard) key(card *problemCard, k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyHome, fyne.KeyEnd:
		b.move(card, k.Name)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.onAct(problemNext)
	default:
		return false
	}
	return true
}

// move goes up and down within a column, which may have to grow, and across to
// the card at the same height.
func (b *problemBoard) move(from *problemCard, key fyne.KeyName) {
	at, i := b.place(from)
	if at == nil {
		return
	}
	switch key {
	case fyne.KeyDown:
		i++
	case fyne.KeyUp:
		i--
	case fyne.KeyHome:
		i = 0
	case fyne.KeyEnd:
		i = len(at.rows) - 1
	default:
		b.across(from, key)
		return
	}
	if i >= 0 && i < len(at.rows) {
		at.grow(i + 1)
		at.cards[i].grab()
		b.reveal(at.cards[i])
	}
}

func (b *problemBoard) across(from *problemCard, key fyne.KeyName) {
	var list []fyneObject
	for _, c := range b.columns {
		if !c.box.Visible() {
			continue
		}
		for _, card := range c.shown() {
			list = append(list, card)
		}
	}
	if to, ok := neighbour(list, from, key).(*problemCard); ok {
		to.grab()
		b.reveal(to)
	}
}

func (b *problemBoard) place(card *problemCard) (*boardColumn, int) {
	for _, c := range b.columns {
		if i := slices.Index(c.shown(), card); i >= 0 {
			return c, i
		}
	}
	return nil, 0
}

func (b *problemBoard) reveal(card *problemCard) {
	c, i := b.place(card)
	if c == nil {
		return
	}
	high := card.MinSize().Height + look.Unit
	top, bottom := float32(i)*high, float32(i+1)*high
	switch {
	case top < c.scroll.Offset.Y:
		c.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case bottom > c.scroll.Offset.Y+c.scroll.Size().Height:
		c.scroll.ScrollToOffset(fyne.NewPos(0, bottom-c.scroll.Size().Height))
	}
}

// boardPage is how many cards of a column there are at first: a board is for
// what is at hand, and cards cost memory.
const boardPage = 40

// boardColumn is the problems of one state.
type boardColumn struct {
	board *problemBoard
	state ledger.State
	rows  []ledger.Row[ledger.Problem]
	cards []*problemCard // of the first rows; never fewer than there have been
	limit int
	dir   *directory
	today ledger.Day

	count  *look.Label
	late   *look.Badge
	more   *keyButton
	list   *fyne.Container
	scroll *container.Scroll
	none   *look.Label
	box    *fyne.Container
}

func newBoardColumn(b *problemBoard, state ledger.State) *boardColumn {
	c := &boardColumn{board: b, state: state, limit: boardPage, count: look.Text("", look.SizeBody, false, look.ColourQuiet),
		late: look.NewBadge(look.Bad, ""), none: look.Quiet(words.T("supervision.column-empty." + state.String())).Truncated()}
	c.more = newKeyButton("", look.Plain, func() { c.grow(c.limit + boardPage) })
	head := inRow(look.Unit, look.Text(words.State(state), look.SizeBody+2, true, look.ColourText), c.count, c.late)
	c.list = stacked(look.Unit)
	c.scroll = container.NewVScroll(container.New(insets{2, 2, look.Unit, look.Unit + 2}, c.list))
	c.box = container.NewBorder(container.New(insets{2, 0, 0, look.Unit}, head), nil, nil, nil, c.scroll)
	return c
}

// shown are the cards now on the board.
func (c *boardColumn) shown() []*problemCard {
	return c.cards[:min(len(c.rows), c.limit, len(c.cards))]
}

func (c *boardColumn) set(rows []ledger.Row[ledger.Problem], dir *directory, today ledger.Day) {
	c.rows, c.dir, c.today = rows, dir, today
	c.count.SetText(ledger.GroupDigits(int64(len(rows))))
	late := 0
	for _, r := range rows {
		if r.Value.Overdue(today) {
			late++
		}
	}
	c.late.Set(look.Bad, words.T("supervision.overdue-count", "count", late))
	c.late.Hidden = late == 0
	c.fill()
}

// grow shows at least n cards.
func (c *boardColumn) grow(n int) {
	if n > c.limit {
		c.limit = (n + boardPage - 1) / boardPage * boardPage
		c.fill()
		c.board.choose(c.board.chosen)
	}
}

func (c *boardColumn) fill() {
	n := min(len(c.rows), c.limit)
	for len(c.cards) < n {
		card := newProblemCard(c.board.window)
		card.onChoose, card.onKey = c.board.onChoose, c.board.key
		c.cards = append(c.cards, card)
	}
	objects := make([]fyne.CanvasObject, 0, n+1)
	for i := range n {
		c.cards[i].set(c.rows[i], c.dir.unitName(c.rows[i].Value.Unit), c.today)
		objects = append(objects, c.cards[i])
	}
	switch {
	case n == 0:
		objects = append(objects, c.none)
	case n < len(c.rows):
		c.more.SetText(words.T("supervision.show-more", "count", len(c.rows)-n))
		objects = append(objects, c.more)
	}
	c.list.Objects = objects
	c.list.Refresh()
	c.scroll.Refresh()
}

// insets is a layout that leaves space around its one object: left, top, right,
// bottom.
type insets [4]float32

// MinSize is part of fyne.Layout.
func (p insets) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Add(fyne.NewSize(p[0]+p[2], p[1]+p[3]))
}

// Layout is part of fyne.Layout.
func (p insets) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(p[0], p[1]))
	o[0].Resize(size.Subtract(fyne.NewSize(p[0]+p[2], p[1]+p[3])))
}

// evenly stands its visible objects beside each other, all of one width.
type evenly struct{}

// MinSize is part of fyne.Layout.
func (evenly) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 160) }

// Layout is part of fyne.Layout.
func (evenly) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n := 0
	for _, c := range o {
		if c.Visible() {
			n++
		}
	}
	if n == 0 {
		return
	}
	wide := float32(int((size.Width - look.Gap*float32(n-1)) / float32(n)))
	x := float32(0)
	for _, c := range o {
		if c.Visible() {
			c.Move(fyne.NewPos(x, 0))
			c.Resize(fyne.NewSize(wide, size.Height))
			x += wide + look.Gap
		}
	}
}
