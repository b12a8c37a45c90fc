package ime

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// ownEntry is how a screen makes an entry of its own: the caret is found through embedding.
type ownEntry struct{ widget.Entry }

func TestCaretFollowsTyping(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Light))
	entry := &ownEntry{}
	entry.ExtendBaseWidget(entry)
	w := test.NewTempWindow(t, container.NewWithoutLayout(entry))
	entry.Move(fyne.NewPos(100, 50))
	entry.Resize(fyne.NewSize(200, 34))
	if _, _, ok := caret(w.Canvas()); ok {
		t.Fatal("a caret although nothing has the focus")
	}
	w.Canvas().Focus(entry)
	x0, y0, ok := caret(w.Canvas())
	if !ok || x0 < 100 || x0 > 120 || y0 < 60 || y0 > 90 {
		t.Fatalf("empty entry at (100, 50): caret at (%d, %d), %v", x0, y0, ok)
	}
	test.Type(entry, "宁江")
	if x, y, _ := caret(w.Canvas()); x < x0+27 || x > x0+30 || y != y0 {
		t.Errorf("after two characters of 14 the caret went from (%d, %d) to (%d, %d)", x0, y0, x, y)
	}
	test.Type(entry, "很长的一行字很长的一行字很长的一行字很长的一行字")
	if x, _, _ := caret(w.Canvas()); x > 320 {
		t.Errorf("in a full entry the caret is at %d, beyond its edge", x)
	}
}

func TestNoCaretOnButton(t *testing.T) {
	test.NewTempApp(t)
	b := widget.NewButton("x", nil)
	w := test.NewTempWindow(t, b)
	w.Canvas().Focus(b)
	if _, _, ok := caret(w.Canvas()); ok {
		t.Error("a button has a caret")
	}
}
