package grid

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"taizhang/ui/look"
)

// counted makes rows from their number and counts how often it was asked.
type counted struct {
	n      int
	asked  []int
	absent map[int]bool
}

func (s *counted) Len() int { return s.n }

func (s *counted) Row(i int, c []Cell) bool {
	s.asked = append(s.asked, i)
	if s.absent[i] {
		return false
	}
	c[0].Text = fmt.Sprint(i)
	c[1].Text = "宣传条幅"
	c[2].Text, c[2].Suffix = fmt.Sprint(i*3), "幅"
	return true
}

var threeColumns = []Column{
	{ID: "no", Title: "序号", Width: 80, Sortable: true},
	{ID: "item", Title: "项目", Width: 160, Flex: true, Sortable: true},
	{ID: "qty", Title: "数量", Width: 100, Align: Trailing},
}

// shown opens a grid of n rows in a test window with room for ten rows and a header.
func shown(t testing.TB, n int) (*Grid, *counted) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New(look.Light))
	g := New(threeColumns)
	s := &counted{n: n}
	g.SetSource(s)
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(500, 11*32))
	if g.rowH != 32 || g.headH != 32 {
		t.Fatalf("rows are %v high and the header %v, the tests count on 32", g.rowH, g.headH)
	}
	s.asked = nil
	return g, s
}

func key(g *Grid, names ...fyne.KeyName) {
	for _, n := range names {
		g.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func mouse(x, y float32, mod fyne.KeyModifier) *desktop.MouseEvent {
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod}
	ev.Position = fyne.NewPos(x, y)
	return ev
}

// click presses and releases at a place in the widget.
func click(g *Grid, x, y float32, mod fyne.KeyModifier) {
	g.MouseDown(mouse(x, y, mod))
	g.MouseUp(mouse(x, y, mod))
}

// rowY is the middle of the nth row on screen.
func rowY(n int) float32 { return 32 + float32(n)*32 + 16 }

func wantSelection(t *testing.T, g *Grid, cursor, first, last int) {
	t.Helper()
	f, l := g.SelectionRange()
	if g.Selected() != cursor || f != first || l != last {
		t.Errorf("selected %d of %d-%d, want %d of %d-%d", g.Selected(), f, l, cursor, first, last)
	}
}

func wantVisible(t *testing.T, g *Grid, first, last int) {
	t.Helper()
	if f, l := g.VisibleRange(); f != first || l != last {
		t.Errorf("rows %d-%d on screen, want %d-%d", f, l, first, last)
	}
}

func TestOnlyRowsOnScreenExist(t *testing.T) {
	g, s := shown(t, 1_000_000)
	if len(g.slots) > 13 {
		t.Errorf("%d row objects for ten rows on screen", len(g.slots))
	}
	g.RefreshRows(0, s.n)
	if len(s.asked) != 10 {
		t.Errorf("asked for %d rows to show ten: %v", len(s.asked), s.asked)
	}
}

func TestScrollingAsksOnlyForNewRows(t *testing.T) {
	g, s := shown(t, 1_000_000)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	wantVisible(t, g, 3, 12)
	if got := fmt.Sprint(s.asked); got != "[10 11 12]" {
		t.Errorf("asked for %s", got)
	}
	if got := fmt.Sprint(g.RowTexts(12)); got != "[12 宣传条幅 36 幅]" {
		t.Errorf("row 12 says %s", got)
	}
	s.asked = nil
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	if got := fmt.Sprint(s.asked); got != "[0]" {
		t.Errorf("asked for %s on the way back, though rows 1 and 2 still had their objects", got)
	}
}

func TestEveryRowIsReached(t *testing.T) {
	for _, n := range []int{1, 9, 10, 11, 1_000_000, 10_000_000} {
		g, _ := shown(t, n)
		for _, row := range []int{0, n / 3, n / 2, n - 2, n - 1} {
			row = max(0, row)
			g.ScrollTo(row)
			if first, last := g.VisibleRange(); row < first || row > last {
				t.Errorf("%d rows: row %d is not within %d-%d", n, row, first, last)
			}
			if got := g.RowTexts(row); len(got) == 0 || got[0] != fmt.Sprint(row) {
				t.Errorf("%d rows: row %d says %v", n, row, got)
			}
			if top := g.scroll.top(row); top < 0 || top+g.rowH > float32(g.scroll.height) {
				t.Errorf("%d rows: row %d stands at %v of %v", n, row, top, g.scroll.height)
			}
		}
	}
}

func TestFewerRowsAfterRefresh(t *testing.T) {
	g, s := shown(t, 1000)
	key(g, fyne.KeyEnd)
	s.n = 4
	g.Refresh()
	wantVisible(t, g, 0, 3)
	wantSelection(t, g, 3, 3, 3)
	s.n = 0
	g.Refresh()
	wantVisible(t, g, 0, -1)
	wantSelection(t, g, -1, -1, -1)
}

func TestEmptySentence(t *testing.T) {
	g, s := shown(t, 0)
	g.SetEmpty("没有记录。按 Ctrl+N 录入第一条。")
	if !g.empty.Visible() || g.empty.Text == "" {
		t.Error("no sentence for an empty table")
	}
	key(g, fyne.KeyDown, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyReturn)
	g.SelectAll()
	wantSelection(t, g, -1, -1, -1)
	s.n = 1
	g.Refresh()
	if g.empty.Visible() {
		t.Error("the sentence stays over a row")
	}
}

func TestPlaceholderUntilLoaded(t *testing.T) {
	g, s := shown(t, 100)
	s.absent = map[int]bool{4: true}
	g.RefreshRows(0, 99)
	slot := g.slots[4]
	if !slot.wait.Visible() || slot.text(0).text != "" {
		t.Errorf("row 4 is not shown as waiting: %v", g.RowTexts(4))
	}
	s.absent, s.asked = nil, nil
	g.RefreshRows(4, 4)
	if slot.wait.Visible() || slot.text(0).text != "4" {
		t.Errorf("row 4 is not shown after it came: %v", g.RowTexts(4))
	}
	if len(s.asked) != 1 {
		t.Errorf("asked for %v to refresh row 4", s.asked)
	}
}

func TestFollowsTheme(t *testing.T) {
	g, _ := shown(t, 3)
	before := g.slots[0].text(0).ink
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark))
	g.Refresh()
	if g.slots[0].text(0).ink == before {
		t.Error("text keeps the light theme's colour in the dark one")
	}
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark).Scaled(2))
	g.Refresh()
	if g.rowH != 64 || g.slots[1].box.Position().Y != 64 {
		t.Errorf("rows are %v high in type twice as large", g.rowH)
	}
}

func TestFigureIsNeverShownInPart(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New(look.Light))
	g := New([]Column{{ID: "a", Width: 60, Align: Trailing}, {ID: "b", Width: 60}, {ID: "c", Flex: true}})
	g.SetSource(oneRow{{Text: "123,456,789"}, {Text: "宣传条幅与电子屏"}, {Text: "两行\n文字"}})
	test.NewTempWindow(t, g).Resize(fyne.NewSize(600, 300))
	got := g.RowTexts(0)
	if got[0] != "…" {
		t.Errorf("a figure too long is shown as %q", got[0])
	}
	if got[1] != "宣传…" {
		t.Errorf("a text too long is shown as %q", got[1])
	}
	if got[2] != "两行 文字" {
		t.Errorf("two lines are shown as %q", got[2])
	}
}

// oneRow is one row.
type oneRow []Cell

func (oneRow) Len() int                       { return 1 }
func (s oneRow) Row(_ int, cells []Cell) bool { copy(cells, s); return true }
