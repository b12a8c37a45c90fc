package grid

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestKeyboard(t *testing.T) {
	g, _ := shown(t, 1_000_000)
	var told []int
	g.OnSelect = func(row int) { told = append(told, row) }
	steps := []struct {
		key         fyne.KeyName
		cursor      int
		first, last int // on screen
	}{
		{fyne.KeyDown, 0, 0, 9},
		{fyne.KeyDown, 1, 0, 9},
		{fyne.KeyUp, 0, 0, 9},
		{fyne.KeyUp, 0, 0, 9},
		{fyne.KeyPageDown, 9, 0, 9},
		{fyne.KeyPageDown, 18, 9, 18},
		{fyne.KeyPageUp, 9, 9, 18},
		{fyne.KeyEnd, 999_999, 999_990, 999_999},
		{fyne.KeyDown, 999_999, 999_990, 999_999},
		{fyne.KeyPageUp, 999_990, 999_990, 999_999},
		{fyne.KeyHome, 0, 0, 9},
	}
	for i, s := range steps {
		key(g, s.key)
		if g.Selected() != s.cursor {
			t.Fatalf("step %d, %s: cursor on %d, want %d", i, s.key, g.Selected(), s.cursor)
		}
		wantVisible(t, g, s.first, s.last)
	}
	if len(told) != 9 {
		t.Errorf("OnSelect heard %v: twice the cursor could not move", told)
	}
}

func TestFirstArrowLightsFirstRowInSight(t *testing.T) {
	g, _ := shown(t, 1000)
	g.ScrollTo(509)
	key(g, fyne.KeyDown)
	wantSelection(t, g, 500, 500, 500)
}

func TestShiftExtends(t *testing.T) {
	g, _ := shown(t, 1000)
	click(g, 50, rowY(3), 0)
	g.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(g, fyne.KeyDown, fyne.KeyDown)
	wantSelection(t, g, 5, 3, 5)
	key(g, fyne.KeyHome)
	wantSelection(t, g, 0, 0, 3)
	g.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(g, fyne.KeyDown)
	wantSelection(t, g, 1, 1, 1)
	click(g, 50, rowY(6), fyne.KeyModifierShift)
	wantSelection(t, g, 6, 1, 6)
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	wantSelection(t, g, 999, 1, 999)
	g.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	wantSelection(t, g, 0, 0, 0)
}

func TestDraggingSelectsAndScrolls(t *testing.T) {
	g, _ := shown(t, 1000)
	g.MouseDown(mouse(50, rowY(2), 0))
	drag := func(y float32) {
		ev := &fyne.DragEvent{}
		ev.Position = fyne.NewPos(50, y)
		g.Dragged(ev)
	}
	drag(rowY(5))
	wantSelection(t, g, 5, 2, 5)
	drag(rowY(9))
	drag(rowY(11))
	drag(rowY(11))
	wantSelection(t, g, 11, 2, 11)
	wantVisible(t, g, 2, 11)
	g.DragEnd()
	drag(rowY(3))
	wantSelection(t, g, 11, 2, 11)
}

func TestEnterAndDoubleClickActivate(t *testing.T) {
	g, _ := shown(t, 1000)
	at := time.Unix(1000, 0)
	g.now = func() time.Time { return at }
	var activated []int
	g.OnActivate = func(row int) { activated = append(activated, row) }
	key(g, fyne.KeyReturn)
	click(g, 50, rowY(2), 0)
	at = at.Add(2 * time.Second)
	click(g, 50, rowY(2), 0)
	click(g, 50, rowY(3), 0)
	if len(activated) != 0 {
		t.Fatalf("activated %v without a double click", activated)
	}
	click(g, 50, rowY(3), 0)
	key(g, fyne.KeyEnter)
	if len(activated) != 2 || activated[0] != 3 || activated[1] != 3 {
		t.Errorf("activated %v, want row 3 twice", activated)
	}
}

func TestSecondaryClickKeepsSelectionAroundIt(t *testing.T) {
	g, _ := shown(t, 1000)
	row := -1
	g.OnContext = func(r int, _ fyne.Position) { row = r }
	secondary := func(n int) {
		ev := mouse(50, rowY(n), 0)
		ev.Button = desktop.MouseButtonSecondary
		g.MouseDown(ev)
		g.TappedSecondary(&ev.PointEvent)
	}
	g.Select(2)
	click(g, 50, rowY(5), fyne.KeyModifierShift)
	secondary(3)
	wantSelection(t, g, 5, 2, 5)
	if row != 3 {
		t.Errorf("context on row %d, want 3", row)
	}
	secondary(8)
	wantSelection(t, g, 8, 8, 8)
}

func TestTabLeaves(t *testing.T) {
	g, _ := shown(t, 10)
	before, after := widget.NewEntry(), widget.NewEntry()
	w := test.NewTempWindow(t, container.NewVBox(before, g, after))
	c := w.Canvas()
	c.Focus(before)
	c.FocusNext()
	if c.Focused() != fyne.Focusable(g) || !g.focused {
		t.Fatal("Tab does not come to the grid")
	}
	c.FocusNext()
	if c.Focused() != fyne.Focusable(after) || g.focused {
		t.Error("Tab does not leave the grid")
	}
}

func TestClickTakesFocus(t *testing.T) {
	g, _ := shown(t, 10)
	click(g, 50, rowY(1), 0)
	if g.canvas().Focused() != fyne.Focusable(g) {
		t.Error("a click does not focus the grid")
	}
}

func TestWhatTheGridDoesNotUseGoesOn(t *testing.T) {
	g, _ := shown(t, 10)
	var heard []string
	c := g.canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { heard = append(heard, string(ev.Name)) })
	c.SetOnTypedRune(func(r rune) { heard = append(heard, string(r)) })
	key(g, fyne.KeyEscape, fyne.KeyDown)
	g.TypedRune('x')
	if got := strings.Join(heard, " "); got != "Escape x" {
		t.Errorf("the window heard %q", got)
	}
}

func TestHoverFollowsPointerAndWheel(t *testing.T) {
	g, _ := shown(t, 100)
	g.MouseMoved(mouse(50, rowY(2), 0))
	if g.hoverRow != 2 || g.hover.Hidden {
		t.Fatalf("hover on %d", g.hoverRow)
	}
	ev := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	ev.Position = fyne.NewPos(50, rowY(2))
	g.Scrolled(ev)
	if g.hoverRow != 5 {
		t.Errorf("hover on %d after three rows of scrolling, want 5", g.hoverRow)
	}
	g.MouseOut()
	if !g.hover.Hidden {
		t.Error("the tint stays without a pointer")
	}
}

func TestVerticalBar(t *testing.T) {
	g, _ := shown(t, 1_000_000)
	b := g.vbar
	b.MouseDown(mouse(5, 300, 0))
	wantVisible(t, g, 9, 18)
	b.MouseDown(mouse(5, 1, 0)) // on the thumb: caught, not moved
	wantVisible(t, g, 9, 18)
	drag := &fyne.DragEvent{}
	drag.Position = fyne.NewPos(5, 5000)
	b.Dragged(drag)
	wantVisible(t, g, 999_990, 999_999)
	drag.Position = fyne.NewPos(5, -10)
	b.Dragged(drag)
	b.DragEnd()
	wantVisible(t, g, 0, 9)
	b.MouseDown(mouse(5, 160, fyne.KeyModifierShift))
	if first, _ := g.VisibleRange(); first < 499_000 || first > 501_000 {
		t.Errorf("Shift and a click in the middle show row %d", first)
	}
}

// TestPointerIsTold: a screen that shows a row's source beside the table follows the
// pointer, and moves the mark itself without hearing of it.
func TestPointerIsTold(t *testing.T) {
	g, _ := shown(t, 100)
	var told []string
	g.OnHover = func(row int) { told = append(told, "over "+strconv.Itoa(row)) }
	g.OnPress = func(row int, column string) bool {
		told = append(told, column+" "+strconv.Itoa(row))
		return true
	}
	g.OnActivate = func(int) { told = append(told, "activated") }
	g.MouseMoved(mouse(50, rowY(2), 0))
	g.MouseMoved(mouse(60, rowY(2), 0))
	g.MouseDown(mouse(50, rowY(2), 0))
	g.MouseDown(mouse(50, rowY(2), 0)) // a mark set and taken away again, no double click
	g.MouseOut()
	column := g.cols[0].ID
	if got, want := strings.Join(told, ", "), "over 2, "+column+" 2, "+column+" 2, over -1"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	g.Hover(40)
	if _, last := g.VisibleRange(); last < 40 || g.hoverRow != 40 || len(told) != 4 {
		t.Errorf("row %d is marked, %d the last in sight, told %v", g.hoverRow, last, told)
	}
}
