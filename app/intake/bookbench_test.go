package intake

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// manyRows is a workbook of so many entries, as a program writes it: with texts in
// place, numbers, and a day as Excel keeps it.
func manyRows(t testing.TB, rows int) string {
	return sheetOf(t, func(w io.Writer) {
		fmt.Fprint(w, `<worksheet><sheetData><row r="1">`)
		for i, heading := range []string{"单位", "日期", "条目", "数量", "备注"} {
			fmt.Fprintf(w, `<c r="%s" t="str"><v>%s</v></c>`, CellName(i, 1), heading)
		}
		fmt.Fprint(w, "</row>")
		for r := 2; r < rows+2; r++ {
			item := ledger.Catalogue[r%len(ledger.Catalogue)].Name
			fmt.Fprintf(w, `<row r="%d"><c r="A%d" t="str"><v>%s</v></c><c r="B%d" s="1"><v>%d</v></c><c r="C%d" t="str"><v>%s</v></c><c r="D%d"><v>%d</v></c>`+
				`<c r="E%d" t="str"><v>沿街、入户、小区出入口</v></c></row>`, r, r, []string{"临江街道", "新区街道"}[r%2], r, 46000+r%300, r, item, r, r, r)
		}
		fmt.Fprint(w, "</sheetData></worksheet>")
	})
}

// BenchmarkWorkbook checks 200,000 rows. The baseline is unpacking the file, which
// nobody who reads it is spared. The bound is the one that people were promised.
func BenchmarkWorkbook(b *testing.B) {
	const rows, bound = 200_000, 60 * time.Second
	path := manyRows(b, rows)
	var unpacked, checked, worst time.Duration
	var held uint64
	for b.Loop() {
		unpacked = unpacking(b, path)
		began := time.Now()
		good, memory := checking(b, path)
		if checked, held = time.Since(began), memory; good != rows {
			b.Fatalf("%d of %d rows are good", good, rows)
		}
		began = time.Now()
		checking(b, wrongRows(b, rows))
		worst = time.Since(began)
	}
	told("a workbook of 200,000 rows, unpacked", unpacked, bound)
	told("the same, read and checked", checked, bound)
	told("a table of 200,000 rows, each of them wrong", worst, bound)
	fmt.Printf("| memory that its records hold | %d MB | 200 MB | %s |\n", held>>20, map[bool]string{true: "yes", false: "NO"}[held < 200<<20])
}

func unpacking(b *testing.B, path string) time.Duration {
	began := time.Now()
	z, err := zip.OpenReader(path)
	if err != nil {
		b.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}

// checking checks a workbook and tells what its records hold in memory.
func checking(b *testing.B, path string) (good int, held uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	w, err := OpenWorkbook(path)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	n := someNames()
	layouts, err := w.Layouts(context.Background(), n, ledger.DayOf(noon))
	if err != nil {
		b.Fatal(err)
	}
	checked, err := w.Check(context.Background(), layouts[0].Mapping, n, Terms{Now: noon}, nil)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	return len(checked.Good), after.HeapAlloc - min(before.HeapAlloc, after.HeapAlloc)
}

// wrongRows is a table in which every row names a unit of its own that nobody knows:
// what costs most to refuse.
func wrongRows(b *testing.B, rows int) string {
	path := filepath.Join(b.TempDir(), "表.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	fmt.Fprintln(f, "单位,日期,条目,数量")
	for r := range rows {
		fmt.Fprintf(f, "临江%d街道,2026-11-20,宣传条幅%d,3张\n", r, r)
	}
	return path
}
