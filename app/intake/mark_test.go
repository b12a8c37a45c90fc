package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// faultsOf checks a workbook and gives its faults.
func faultsOf(t testing.TB, path string) []Fault {
	t.Helper()
	w, err := OpenWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	checked, err := w.Check(context.Background(), firstLayout(t, path).Mapping, someNames(), Terms{Now: noon}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return checked.Faults
}

// The copy has its faults in place, keeps what the cell looked like and was said of
// it, and the workbook itself is as it was.
func TestMarkErrors(t *testing.T) {
	path := bookOf(t, [][]any{{"单位", "日期", "条目", "数量"}, {"临江街道", "2026-11-20", "宣传条幅", 3}, {"临江", "2026-11-20", "宣传条幅", -3}},
		func(f *excelize.File, sheet string) {
			bold, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
			_ = f.SetCellStyle(sheet, "D3", "D3", bold)
			_ = f.AddComment(sheet, excelize.Comment{Cell: "D3", Author: "王芳", Text: "再核一次"})
		})
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "marked.xlsx")
	faults := faultsOf(t, path)
	if err := MarkErrors(context.Background(), path, out, false, faults); err != nil {
		t.Fatal(err)
	}
	if err := MarkErrors(context.Background(), path, out, false, faults); ledger.CodeOf(err) != ledger.CodeFileExists {
		t.Errorf("over another file: %v", err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Error("the workbook itself was changed")
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	marks := marksOf(t, f)
	if len(marks) != 2 || !strings.Contains(marks["A3"], "临江街道") || !strings.Contains(marks["D3"], "再核一次") || !strings.Contains(marks["D3"], "-3") {
		t.Errorf("comments: %v", marks)
	}
	for cell, want := range map[string]string{"A3": markColor, "D3": markColor, "A2": ""} {
		id, err := f.GetCellStyle(f.GetSheetName(0), cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(style.Fill.Color, ""); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%s is filled %q, want %q", cell, got, want)
		}
		if cell == "D3" && (style.Font == nil || !style.Font.Bold) {
			t.Error("D3 lost its bold")
		}
	}
	if again := faultsOf(t, out); len(again) != 2 {
		t.Errorf("the copy reads as another: %v", again)
	}
}

func marksOf(t *testing.T, f *excelize.File) map[string]string {
	t.Helper()
	list, err := f.GetComments(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	marks := map[string]string{}
	for _, c := range list {
		for _, run := range c.Paragraph {
			marks[c.Cell] += run.Text
		}
	}
	return marks
}

func TestMarkErrorsOfATable(t *testing.T) {
	path := tableOf(t, "单位,日期,条目,数量\n\n临江,2026-11-20,宣传条幅,3\n")
	out := filepath.Join(t.TempDir(), "marked.xlsx")
	faults := faultsOf(t, path)
	if err := MarkErrors(context.Background(), path, out, false, faults); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if marks := marksOf(t, f); len(faults) != 1 || marks["A3"] != words.Sentence(faults[0].Err) {
		t.Errorf("%v of %v", marks, faults)
	}
}

// A refusal leaves no file.
func TestMarkErrorsLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	stopped, cancel := context.WithCancel(context.Background())
	cancel()
	path := tableOf(t, "单位,日期,条目,数量\n临江,2026-11-20,宣传条幅,3\n")
	for name, err := range map[string]error{
		"cancelled": MarkErrors(stopped, path, filepath.Join(dir, "a.xlsx"), false, []Fault{{Err: ledger.Refuse(ledger.CodeBookNoDay)}}),
		"no file":   MarkErrors(context.Background(), filepath.Join(dir, "none.xlsx"), filepath.Join(dir, "b.xlsx"), false, nil),
		"no folder": MarkErrors(context.Background(), path, filepath.Join(dir, "none", "c.xlsx"), false, nil),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
