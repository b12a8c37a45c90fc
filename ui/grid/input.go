package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable         = (*Grid)(nil)
	_ fyne.Shortcutable      = (*Grid)(nil)
	_ fyne.Scrollable        = (*Grid)(nil)
	_ fyne.Draggable         = (*Grid)(nil)
	_ fyne.SecondaryTappable = (*Grid)(nil)
	_ desktop.Keyable        = (*Grid)(nil)
	_ desktop.Mouseable      = (*Grid)(nil)
	_ desktop.Hoverable      = (*Grid)(nil)
)

// press is what the pointer went down on.
type press struct {
	row, col int // row in the body, column in the header; -1: not there
	last     time.Time
}

// FocusGained is part of fyne.Focusable.
func (g *Grid) FocusGained() { g.setFocused(true) }

// FocusLost is part of fyne.Focusable.
func (g *Grid) FocusLost() { g.setFocused(false) }

func (g *Grid) setFocused(on bool) {
	g.focused, g.shift = on, false
	g.showHeader()
	g.showRows()
}

// TypedRune passes text on to whoever listens on the window, for the grid has no use for
// it.
func (g *Grid) TypedRune(r rune) {
	if c := g.canvas(); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// KeyDown is part of desktop.Keyable: Fyne does not say with a typed key whether Shift is
// held.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = true
	}
}

// KeyUp is part of desktop.Keyable.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = false
	}
}

// extending says whether Shift is held, also when it went down before the grid had the
// focus.
func (g *Grid) extending() bool {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0 {
		return true
	}
	return g.shift
}

// TypedKey is part of fyne.Focusable.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	if g.OnKey != nil && g.OnKey(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		g.slide(g.left - slideStep)
	case fyne.KeyRight:
		g.slide(g.left + slideStep)
	case fyne.KeyReturn, fyne.KeyEnter:
		g.activate()
	default:
		if row, ok := g.target(ev.Name); ok {
			g.moveTo(row, g.extending())
		} else if c := g.canvas(); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(ev)
		}
	}
}

// target is the row that a key goes to from where the cursor is.
func (g *Grid) target(key fyne.KeyName) (row int, ok bool) {
	from := g.sel.cursor
	if from < 0 {
		// The first arrow key lights the first row in sight instead of jumping past it.
		from, _ = g.VisibleRange()
		if key == fyne.KeyDown || key == fyne.KeyUp {
			return from, true
		}
	}
	switch key {
	case fyne.KeyUp:
		return from - 1, true
	case fyne.KeyDown:
		return from + 1, true
	case fyne.KeyPageUp:
		return from - g.scroll.page(), true
	case fyne.KeyPageDown:
		return from + g.scroll.page(), true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return g.scroll.rows - 1, true
	}
	return 0, false
}

func (g *Grid) activate() {
	if g.sel.cursor >= 0 && g.OnActivate != nil {
		g.OnActivate(g.sel.cursor)
	}
}

// TypedShortcut answers copy, select all and Ctrl with Home and End. All others go on to
// the window, which otherwise would not hear of them while the grid has the focus.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		g.copy()
		return
	case *fyne.ShortcutSelectAll:
		g.SelectAll()
		return
	case *desktop.CustomShortcut:
		if s.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierControl && (s.KeyName == fyne.KeyHome || s.KeyName == fyne.KeyEnd) {
			row, _ := g.target(s.KeyName)
			g.moveTo(row, s.Modifier&fyne.KeyModifierShift != 0)
			return
		}
	}
	if c, ok := g.canvas().(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (g *Grid) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(g)
}

// rowUnder gives the row at a position in the widget, -1 for none.
func (g *Grid) rowUnder(pos fyne.Position) int {
	y := pos.Y - g.bodyY
	if y < 0 || float64(y) >= g.scroll.height || pos.X < 0 || pos.X >= g.bodyW {
		return -1
	}
	return g.scroll.rowAt(y)
}

// MouseDown selects the row at once, as lists on desks do, and begins a double click.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	if c := g.canvas(); c != nil {
		c.Focus(g)
	}
	before := g.press
	g.press = press{row: g.rowUnder(ev.Position), col: -1}
	if ev.Position.Y < g.headH {
		g.press.col = g.columnAt(ev.Position.X)
	}
	row := g.press.row
	if row < 0 {
		return
	}
	if ev.Button == desktop.MouseButtonSecondary {
		if !g.sel.has(row) {
			g.moveTo(row, false)
		}
		return
	}
	now := g.now()
	extend := ev.Modifier&fyne.KeyModifierShift != 0
	if !extend && row == before.row && now.Sub(before.last) < fyne.CurrentApp().Driver().DoubleTapDelay() {
		g.activate()
		return
	}
	g.press.last = now
	g.moveTo(row, extend)
	if col := g.columnAt(ev.Position.X); col >= 0 && g.OnPress != nil && g.OnPress(row, g.cols[col].ID) {
		g.press.last = time.Time{}
	}
}

// MouseUp sorts when the pointer came down on the same header.
func (g *Grid) MouseUp(ev *desktop.MouseEvent) {
	col := g.press.col
	g.press.col = -1
	if col >= 0 && ev.Button == desktop.MouseButtonPrimary && ev.Position.Y < g.headH && g.columnAt(ev.Position.X) == col {
		g.clickHeader(col)
	}
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (g *Grid) TappedSecondary(ev *fyne.PointEvent) {
	if row := g.rowUnder(ev.Position); row >= 0 && g.OnContext != nil {
		g.OnContext(row, ev.AbsolutePosition)
	}
}

// Dragged selects the rows that the pointer passes; above and below the rows it scrolls.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	if g.press.row < 0 {
		return
	}
	y := ev.Position.Y - g.bodyY
	row := g.scroll.rowAt(max(0, min(y, float32(g.scroll.height)-1)))
	switch {
	case y < 0:
		row = g.sel.cursor - 1
	case row < 0, float64(y) >= g.scroll.height:
		row = g.sel.cursor + 1
	}
	if row != g.sel.cursor {
		g.moveTo(row, true)
	}
}

// DragEnd is part of fyne.Draggable.
func (g *Grid) DragEnd() { g.press.row = -1 }

// Scrolled is part of fyne.Scrollable.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	if dx := float64(ev.Scrolled.DX); dx != 0 {
		g.slide(g.left - dx/notch*slideStep)
	}
	if dy := float64(ev.Scrolled.DY); dy != 0 {
		g.scrollTo(g.scroll.offset - dy/notch*rowsPerNotch*g.scroll.rowH)
		g.hoverAt(g.rowUnder(ev.Position), g.hoverCol)
	}
}

// MouseIn is part of desktop.Hoverable.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved is part of desktop.Hoverable.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) {
	col := -1
	if ev.Position.Y < g.headH {
		col = g.columnAt(ev.Position.X)
	}
	g.hoverAt(g.rowUnder(ev.Position), col)
}

// MouseOut is part of desktop.Hoverable.
func (g *Grid) MouseOut() { g.hoverAt(-1, -1) }

// Hover marks a row as the pointer over it would, without calling OnHover; -1 marks
// none.
func (g *Grid) Hover(row int) {
	g.ScrollTo(row)
	g.hoverRow = row
	g.showMarks()
	g.repaint()
}

func (g *Grid) hoverAt(row, col int) {
	if row == g.hoverRow && col == g.hoverCol {
		return
	}
	if col != g.hoverCol {
		g.hoverCol = col
		g.showHeader()
	}
	moved := row != g.hoverRow
	g.hoverRow = row
	g.showMarks()
	g.repaint()
	if moved && g.OnHover != nil {
		g.OnHover(row)
	}
}
