package grid

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestHeaderClicksSort(t *testing.T) {
	g, _ := shown(t, 10)
	var told []string
	g.OnSort = func(id string, desc bool) { told = append(told, fmt.Sprint(id, desc)) }
	click(g, 20, 10, 0)  // no
	click(g, 20, 10, 0)  // no, the other way
	click(g, 120, 10, 0) // item
	click(g, 470, 10, 0) // qty is not sortable
	g.MouseDown(mouse(20, 10, 0))
	g.MouseUp(mouse(120, 10, 0)) // came up on another header
	if got := fmt.Sprint(told); got != "[nofalse notrue itemfalse]" {
		t.Errorf("sorted %s", got)
	}
	if g.headCells[0].arrow.Visible() || !g.headCells[1].arrow.Visible() {
		t.Error("the arrow is not at the column sorted last")
	}
	g.SetSort("no", true)
	if len(told) != 3 || !g.headCells[0].arrow.Visible() || g.headCells[0].arrow.Angle != 180 {
		t.Error("SetSort does not show the arrow quietly")
	}
}

func drag(e *edge, dx ...float32) {
	for _, x := range dx {
		e.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(x, 0)})
	}
	e.DragEnd()
}

func TestFlexColumnFillsUntilResized(t *testing.T) {
	g, _ := shown(t, 10)
	if g.cols[1].w != 500-barWide-180 {
		t.Fatalf("the flexible column is %v wide", g.cols[1].w)
	}
	var told []string
	g.OnResize = func(id string, w float32) { told = append(told, fmt.Sprint(id, w)) }
	drag(g.headCells[0].edge, 15, 25)
	if g.cols[0].w != 120 || g.cols[1].w != 500-barWide-220 {
		t.Errorf("widths %v and %v after dragging by 40", g.cols[0].w, g.cols[1].w)
	}
	drag(g.headCells[1].edge, -100)
	if g.cols[1].w != 500-barWide-220-100 {
		t.Errorf("the flexible column is %v wide after it was made narrower", g.cols[1].w)
	}
	drag(g.headCells[2].edge, -1000)
	if g.cols[2].w != leastWidth {
		t.Errorf("a column can be made %v wide", g.cols[2].w)
	}
	if got := fmt.Sprint(told); got != "[no120 item168 qty40]" {
		t.Errorf("OnResize heard %s", got)
	}
	if got := fmt.Sprint(g.Widths()); got != "map[item:168 no:120 qty:40]" {
		t.Errorf("Widths gives %s", got)
	}
}

func TestWidthsAreRemembered(t *testing.T) {
	g, _ := shown(t, 10)
	if len(g.Widths()) != 0 {
		t.Errorf("widths %v before anybody chose one", g.Widths())
	}
	g.SetWidths(map[string]float32{"no": 111, "gone": 50, "qty": 3})
	if g.cols[0].w != 111 || g.cols[2].w != leastWidth {
		t.Errorf("widths %v and %v", g.cols[0].w, g.cols[2].w)
	}
}

func TestHorizontalScroll(t *testing.T) {
	g, _ := shown(t, 100)
	if g.hbar.Visible() {
		t.Fatal("a horizontal bar though all columns are seen")
	}
	g.SetWidths(map[string]float32{"item": 700})
	if !g.hbar.Visible() {
		t.Fatal("no horizontal bar for columns wider than the grid")
	}
	key(g, fyne.KeyRight)
	if g.left != slideStep || g.slots[0].box.Position().X != -slideStep || g.head.Position().X != -slideStep {
		t.Errorf("Right moves to %v, rows to %v, header to %v", g.left, g.slots[0].box.Position().X, g.head.Position().X)
	}
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-25*100, 0)})
	if want := float64(880 - (500 - barWide)); g.left != want {
		t.Errorf("the far end is at %v, want %v", g.left, want)
	}
	if got := g.columnAt(480); got != 2 {
		t.Errorf("column %d is at the right end", got)
	}
	g.SetWidths(map[string]float32{"item": 100})
	if g.left != 0 {
		t.Errorf("still moved by %v though everything is seen", g.left)
	}
}

func TestDoubleClickOnEdgeAutosizes(t *testing.T) {
	g, s := shown(t, 100)
	at := time.Unix(1000, 0)
	g.now = func() time.Time { return at }
	g.SetWidths(map[string]float32{"item": 45})
	if got := g.RowTexts(0)[1]; got == "宣传条幅" {
		t.Fatal("the test column is not too narrow")
	}
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e := g.headCells[1].edge
	e.MouseDown(ev)
	at = at.Add(5 * time.Second)
	e.MouseDown(ev)
	if g.cols[1].w != 45 {
		t.Fatal("two slow clicks resize")
	}
	s.asked = nil
	e.MouseDown(ev)
	if got := g.RowTexts(0)[1]; got != "宣传条幅" {
		t.Errorf("after autosizing the cell says %q", got)
	}
	if len(s.asked) > 20 {
		t.Errorf("autosizing asked for %d rows with ten on screen", len(s.asked))
	}
	if e.Cursor() != desktop.HResizeCursor {
		t.Error("the edge has the wrong pointer")
	}
}

func TestSuffixesKeepFiguresAtOneEdge(t *testing.T) {
	g, _ := shown(t, 10)
	g.SetFooter([]Cell{{}, {}, {Text: "1,000", Suffix: "平方米", Bold: true}})
	row, foot := g.slots[0], g.foot
	edgeOf := func(s *slot, st style) float32 {
		return s.text(2).x + g.meter.width(s.text(2).text, st)
	}
	a, b := edgeOf(row, plain), edgeOf(foot, boldText)
	if diff := a - b; diff > 0.01 || diff < -0.01 {
		t.Errorf("figures end at %v in a row and at %v in the footer", a, b)
	}
	if row.suffix(2).x != foot.suffix(2).x {
		t.Error("measure words begin at different places")
	}
}

func TestFooterTakesRoomFromRows(t *testing.T) {
	g, _ := shown(t, 100)
	g.SetFooter([]Cell{{Text: "合计"}})
	wantVisible(t, g, 0, 8)
	g.SetFooter(nil)
	wantVisible(t, g, 0, 9)
	if g.footClip.Visible() {
		t.Error("the footer stays")
	}
}

func TestOtherColumns(t *testing.T) {
	g, _ := shown(t, 100)
	g.SetFooter([]Cell{{Text: "合计"}})
	g.SetSource(oneRow{{Text: "只有一列"}})
	g.SetColumns([]Column{{ID: "one", Title: "一"}})
	if got := fmt.Sprint(g.RowTexts(0)); got != "[只有一列]" {
		t.Errorf("row 0 says %s", got)
	}
}
