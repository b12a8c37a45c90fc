package export

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/app/ledger"
)

func rows(list ...[]any) func(func([]any) error) error {
	return func(yield func([]any) error) error {
		for _, r := range list {
			if err := yield(r); err != nil {
				return err
			}
		}
		return nil
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestFileWritesWhatIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	east := time.FixedZone("", 8*3600)
	day, _ := ledger.ParseDay("2026-11-22", 1<<20)
	err := File(context.Background(), path, false,
		Sheet{Name: "宣传/产出", Columns: []string{"日期", "单位", "数量"}, Rows: rows([]any{day, "=1+1", int64(3681)})},
		Sheet{Name: "隔离", Columns: []string{"时间", "房间"}, Rows: rows(
			[]any{time.Date(2026, 11, 22, 0, 30, 0, 0, east), ledger.Stated(39)}, []any{nil, ledger.Count{}})})
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), ","); got != "宣传 产出,隔离" {
		t.Errorf("sheets %s", got)
	}
	for cell, want := range map[string]string{"宣传 产出!A1": "日期", "宣传 产出!A2": "2026-11-22",
		"宣传 产出!B2": "=1+1", "宣传 产出!C2": "3,681", "隔离!A2": "2026-11-22 00:30", "隔离!B2": "39", "隔离!B3": ""} {
		sheet, at, _ := strings.Cut(cell, "!")
		if got, err := book.GetCellValue(sheet, at); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", cell, got, err, want)
		}
	}
	if formula, _ := book.GetCellFormula("宣传 产出", "B2"); formula != "" {
		t.Errorf("a text became the formula %q", formula)
	}
}

func TestFileLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken.xlsx")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	endless := func(yield func([]any) error) error {
		for {
			if err := yield([]any{1}); err != nil {
				return err
			}
		}
	}
	for _, c := range []struct {
		name string
		ctx  context.Context
		path string
		rows func(func([]any) error) error
		want error
	}{
		{"existing", context.Background(), taken, rows(), ledger.Refuse(ledger.CodeFileExists)},
		{"missing folder", context.Background(), filepath.Join(dir, "no", "a.xlsx"), rows(), ledger.Refuse(ledger.CodeFileWrite)},
		{"refused rows", context.Background(), filepath.Join(dir, "b.xlsx"), func(func([]any) error) error { return boom }, ledger.Refuse(ledger.CodeFileWrite)},
		{"cancelled", ended, filepath.Join(dir, "c.xlsx"), endless, context.Canceled},
	} {
		err := File(c.ctx, c.path, false, Sheet{Name: "a", Columns: []string{"n"}, Rows: c.rows})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if got := fmt.Sprint(files(t, dir)); got != "[taken.xlsx]" {
		t.Errorf("left behind: %s", got)
	}
	if text, _ := os.ReadFile(taken); string(text) != "mine" {
		t.Errorf("the existing file was changed")
	}
}

func TestFileReplaces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := File(context.Background(), path, true, Sheet{Name: "a", Columns: []string{"n"}, Rows: rows()}); err != nil {
		t.Fatal(err)
	}
	if _, err := excelize.OpenFile(path); err != nil {
		t.Error(err)
	}
}

func TestLongSheetGoesOn(t *testing.T) {
	before := maxRows
	maxRows = 4
	t.Cleanup(func() { maxRows = before })
	path := filepath.Join(t.TempDir(), "a.xlsx")
	list := make([][]any, 7)
	for i := range list {
		list[i] = []any{strconv.Itoa(i)}
	}
	if err := File(context.Background(), path, false, Sheet{Name: "宣传", Columns: []string{"n"}, Rows: rows(list...)}); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := strings.Join(book.GetSheetList(), ","); got != "宣传,宣传 (2),宣传 (3)" {
		t.Errorf("sheets %s", got)
	}
	if got, _ := book.GetCellValue("宣传 (3)", "A2"); got != "6" {
		t.Errorf("last row is %q", got)
	}
}
