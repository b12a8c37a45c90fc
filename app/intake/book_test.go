package intake

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"taizhang/app/ledger"
)

// bookOf writes a workbook of one sheet: the rows are from A1 on, nil is a blank.
func bookOf(t testing.TB, rows [][]any, more func(f *excelize.File, sheet string)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheet := f.GetSheetName(0)
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, CellName(0, i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if more != nil {
		more(f, sheet)
	}
	path := filepath.Join(t.TempDir(), "表.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func tableOf(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "表.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read writes the rows of the first sheet, a line each: its number and its cells.
func read(t testing.TB, path string) (string, error) {
	t.Helper()
	w, err := OpenWorkbook(path)
	if err != nil {
		return "", err
	}
	defer w.Close()
	var b strings.Builder
	err = w.Rows(context.Background(), 0, nil, func(r SheetRow) error {
		fmt.Fprintf(&b, "%d:", r.Number)
		for _, cell := range r.Cells {
			mark := map[bool]string{true: "~"}[cell.Merged]
			fmt.Fprintf(&b, "%s%s%s|", map[CellKind]string{CellNumber: "=", CellError: "!"}[cell.Kind], cell.Text, mark)
		}
		b.WriteString("\n")
		return nil
	})
	return b.String(), err
}

// reading is read, which must not fail.
func reading(t testing.TB, path string) string {
	t.Helper()
	text, err := read(t, path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestRowsOfAWorkbook(t *testing.T) {
	got := reading(t, bookOf(t, [][]any{{"单位", nil, " 数量 "}, nil, {"临江街道", 3, 1.5}, {nil, nil, true}}, func(f *excelize.File, sheet string) {
		_ = f.SetCellRichText(sheet, "A6", []excelize.RichTextRun{{Text: "宣传"}, {Text: "条幅", Font: &excelize.Font{Bold: true}}})
		_ = f.SetCellFormula(sheet, "B6", "1/0")
		_ = f.MergeCell(sheet, "A3", "A5")
		_ = f.MergeCell(sheet, "C6", "D6")
		_ = f.SetCellStr(sheet, "C6", "合")
	}))
	want := "1:单位||数量|\n3:临江街道|=3|=1.5|\n4:临江街道~||1|\n6:宣传条幅||合|合~|\n"
	if got != want {
		t.Errorf("%q\nwant %q", got, want)
	}
}

func TestRowsOfATable(t *testing.T) {
	text := "单位,数量\r\n\r\n\"临江\n街道\",\"3,681\"\r\n,\r\n新区街道,5\r\n"
	want := "1:单位|数量|\n3:临江\n街道|3,681|\n5:新区街道|5|\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"UTF-8": text, "with a mark": "\ufeff" + text, "GB18030": gb,
		"tabs": strings.NewReplacer(",", "\t", "3,681", "3,681").Replace(strings.ReplaceAll(text, "3,681", "3681"))} {
		want := want
		if name == "tabs" {
			want = strings.ReplaceAll(want, "3,681", "3681")
		}
		if got, err := read(t, tableOf(t, content)); err != nil || got != want {
			t.Errorf("%s: %q, %v\nwant %q", name, got, err, want)
		}
	}
	// A long table whose first megabyte ends within a character.
	long := strings.Repeat("临江街道,宣传条幅,12\n", 80_000)
	for cut := range 3 {
		if got, err := read(t, tableOf(t, strings.Repeat("a", cut)+long)); err != nil || strings.Count(got, "\n") != 80_000 {
			t.Errorf("a long table: %d rows, %v", strings.Count(got, "\n"), err)
		}
	}
}

// archive packs parts as a workbook.
func archive(t testing.TB, parts map[string]func(io.Writer)) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, write := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		write(w)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "表.xlsx")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func says(text string) func(io.Writer) {
	return func(w io.Writer) { _, _ = io.WriteString(w, text) }
}

// sheetOf is a workbook of one sheet, given as XML.
func sheetOf(t testing.TB, sheet func(io.Writer)) string {
	return archive(t, map[string]func(io.Writer){
		"xl/workbook.xml":            says(`<workbook xmlns:r="r"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>`),
		"xl/_rels/workbook.xml.rels": says(`<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`),
		"xl/worksheets/sheet1.xml":   sheet,
	})
}

func TestWorkbooksAreRefused(t *testing.T) {
	sheet := func(text string) string { return sheetOf(t, says(text)) }
	for name, c := range map[string]struct {
		path string
		code ledger.Code
	}{
		"nowhere":         {filepath.Join(t.TempDir(), "none.xlsx"), ledger.CodeIntakeMissing},
		"a folder":        {t.TempDir(), ledger.CodeIntakeMissing},
		"nothing":         {tableOf(t, ""), ledger.CodeIntakeEmpty},
		"an old workbook": {tableOf(t, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ledger.CodeBookOld},
		"a picture":       {tableOf(t, "\x89PNG\r\n\x1a\n\x00\x00"), ledger.CodeBookTable},
		"an open quote":   {tableOf(t, "单位,数量\n\"临江街道,3\n新区街道,4\n"), ledger.CodeBookTable},
		"a cut archive":   {tableOf(t, "PK\x03\x04…"), ledger.CodeBookBad},
		"another archive": {archive(t, map[string]func(io.Writer){"word/document.xml": says("<document/>")}), ledger.CodeBookBad},
		"no sheet": {archive(t, map[string]func(io.Writer){"xl/workbook.xml": says("<workbook/>"),
			"xl/_rels/workbook.xml.rels": says("<Relationships/>")}), ledger.CodeBookBad},
		"a sheet that ends early": {sheet(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2">`), ledger.CodeBookBad},
		"a row before its place":  {sheet(`<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>`), ledger.CodeBookBad},
		"a cell in no column":     {sheet(`<worksheet><sheetData><row r="1"><c r="ZZZZZ1"><v>1</v></c></row></sheetData></worksheet>`), ledger.CodeBookBad},
		"a text that is not there": {sheet(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData></worksheet>`),
			ledger.CodeBookBad},
		"elements too deep": {sheet("<worksheet>" + strings.Repeat("<a>", 5000)), ledger.CodeBookBad},
		"a sheet too wide":  {sheet(`<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`), ledger.CodeBookWide},
		"blocks of merged cells over each other": {sheet(`<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>` +
			strings.Repeat(`<mergeCell ref="A1:B9"/>`, 3000) + `</mergeCells></worksheet>`), ledger.CodeBookBad},
		"a text of many megabytes": {sheetOf(t, func(w io.Writer) {
			_, _ = io.WriteString(w, `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>`)
			for i := range uint32(1 << 20) {
				fmt.Fprint(w, i*2654435761)
			}
			_, _ = io.WriteString(w, "</v></c></row></sheetData></worksheet>")
		}), ledger.CodeBookBad},
		"a bomb": {sheetOf(t, func(w io.Writer) {
			_, _ = io.WriteString(w, "<worksheet><sheetData>")
			for range 64 {
				_, _ = io.WriteString(w, strings.Repeat("<row></row>", 1<<17))
			}
		}), ledger.CodeBookTooBig},
	} {
		if text, err := read(t, c.path); ledger.CodeOf(err) != c.code {
			t.Errorf("%s: %q, %v; want %s", name, text, err, c.code)
		}
	}
}

// A file that says it is larger than is read is refused before it is read: it has
// holes, and reading two gigabytes of them would take a while.
func TestHugeWorkbookIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "huge.xlsx")
	f, err := os.Create(path)
	if err == nil {
		err = errors.Join(f.Truncate(2<<30), f.Close())
	}
	if err != nil {
		t.Skip(err)
	}
	if _, err := OpenWorkbook(path); ledger.CodeOf(err) != ledger.CodeBookTooBig {
		t.Errorf("%v", err)
	}
}

func TestTooManyRowsAreRefused(t *testing.T) {
	path := tableOf(t, strings.Repeat("1\n", MaxRows+1))
	if _, err := read(t, path); ledger.CodeOf(err) != ledger.CodeBookLong {
		t.Errorf("%v", err)
	}
}

// Whoever cancels waits for no more than a few rows, and is told why it ended.
func TestReadingCanBeCancelled(t *testing.T) {
	for _, path := range []string{tableOf(t, strings.Repeat("临江街道,3\n", 10_000)), bookOf(t, make([][]any, 1), func(f *excelize.File, sheet string) {
		for i := range 2_000 {
			_ = f.SetCellInt(sheet, CellName(0, i+1), int64(i))
		}
	})} {
		w, err := OpenWorkbook(path)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		rows, told := 0, int64(0)
		err = w.Rows(ctx, 0, func(done, all int64) {
			if done < told || done > all {
				t.Errorf("%d of %d after %d", done, all, told)
			}
			told = done
		}, func(SheetRow) error {
			if rows++; rows == 300 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || rows > 300+checkEvery || told == 0 {
			t.Errorf("%s: %v after %d rows, told of %d", filepath.Ext(path), err, rows, told)
		}
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestCellNames(t *testing.T) {
	for column, want := range map[int]string{0: "A", 2: "C", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA"} {
		if got := ColumnName(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
		if back, row, ok := columnOf(want + "14"); !ok || back != column || row != 14 {
			t.Errorf("%s14 is column %d, row %d", want, back, row)
		}
	}
}
