package grid

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTSVField(t *testing.T) {
	for in, want := range map[string]string{
		"":              "",
		"宣传条幅":          "宣传条幅",
		"1,157":         "1,157",
		"-12":           "-12",
		"+3.5%":         "+3.5%",
		"a\tb":          "\"a\tb\"",
		"two\nlines":    "\"two\nlines\"",
		`say "hi"`:      `"say ""hi"""`,
		"=1+1":          "'=1+1",
		"@SUM(A1)":      "'@SUM(A1)",
		"-cmd|' /C x'!": "'-cmd|' /C x'!",
		"=A1\tB":        "\"'=A1\tB\"",
	} {
		if got := TSVField(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestCopy(t *testing.T) {
	g, s := shown(t, 1000)
	clipboard := fyne.CurrentApp().Clipboard()
	clipboard.SetContent("before")
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if clipboard.Content() != "before" {
		t.Error("copying nothing empties the clipboard")
	}
	click(g, 50, rowY(2), 0)
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if got, want := clipboard.Content(), "2\t宣传条幅\t6\t幅\r\n"; got != want {
		t.Errorf("one row is copied as %q, want %q", got, want)
	}
	click(g, 50, rowY(3), fyne.KeyModifierShift)
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if got, want := clipboard.Content(), "序号\t项目\t数量\t\r\n2\t宣传条幅\t6\t幅\r\n3\t宣传条幅\t9\t幅\r\n"; got != want {
		t.Errorf("two rows are copied as %q, want %q", got, want)
	}
	s.absent = map[int]bool{3: true}
	if _, whole := g.TSV(100); whole {
		t.Error("a row that is not loaded is missing and nobody is told")
	}
}

func TestCopyAllIsTheScreensAffair(t *testing.T) {
	g, _ := shown(t, 1_000_000)
	first, last := -1, -1
	g.OnCopy = func(f, l int) { first, last = f, l }
	g.TypedShortcut(&fyne.ShortcutSelectAll{})
	g.TypedShortcut(&fyne.ShortcutCopy{})
	if first != 0 || last != 999_999 {
		t.Errorf("OnCopy heard %d-%d", first, last)
	}
	text, whole := g.TSV(2)
	if whole || text != "序号\t项目\t数量\t\r\n0\t宣传条幅\t0\t幅\r\n1\t宣传条幅\t3\t幅\r\n" {
		t.Errorf("two rows of a million: %v %q", whole, text)
	}
}
