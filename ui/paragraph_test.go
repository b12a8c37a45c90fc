package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/ui/look"
)

func TestParagraphBreaksWhereReadersExpect(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Light))
	char := fyne.MeasureText("中", 14, fyne.TextStyle{}).Width
	for text, want := range map[string]string{
		"一二三四五六":       "一二三四|五六",
		"一二三四，五六":      "一二三|四，五六", // a comma never begins a line
		"一\n二":         "一|二",
		"":             "",
		"please close": "please|close",
	} {
		if got := strings.Join(breakLines(text, 14, false, 4*char+1, 0), "|"); strings.ReplaceAll(got, " ", "") != want {
			t.Errorf("%q breaks into %q", text, got)
		}
	}
	if got := breakLines("一二三四五六七八九十", 14, false, 4*char+1, 2); len(got) != 2 || !strings.HasSuffix(got[1], "…") {
		t.Errorf("limited to two lines: %q", got)
	}
}

func TestParagraphKeepsAllCharacters(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Light))
	text := "储备 52 间，第 6 例起（10% 线）需请求上级支援。《办法》第三条：“先报告，后处置”。"
	for width := float32(10); width < 300; width += 7 {
		joined := strings.Join(breakLines(text, 14, false, width, 0), "")
		if strings.ReplaceAll(joined, " ", "") != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("at %v: %q", width, joined)
		}
	}
}
