package intake

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/app/ledger"
)

// fuzzed reads a file as a workbook: it is read or refused, whatever it holds, and what
// it makes would stand in a ledger. The cells of faults lie within the sheet.
func fuzzed(t *testing.T, path string) {
	w, err := OpenWorkbook(path)
	if err != nil {
		if ledger.CodeOf(err) == ledger.CodeInternal {
			t.Fatalf("no refusal: %v", err)
		}
		return
	}
	defer w.Close()
	n := someNames()
	layouts, err := w.Layouts(context.Background(), n, ledger.DayOf(noon))
	if err != nil {
		if ledger.CodeOf(err) == ledger.CodeInternal {
			t.Fatalf("no refusal: %v", err)
		}
		return
	}
	for _, l := range layouts {
		checked, err := w.Check(context.Background(), l.Mapping, n, Terms{Unit: 1, Now: noon, Dated: true, Day: 9000}, nil)
		if err != nil {
			continue
		}
		for _, e := range checked.Good {
			if err := ledger.Check(e.Record); err != nil {
				t.Fatalf("%s: %v", e.Cell(), err)
			}
		}
		for _, f := range checked.Faults {
			if f.Err == nil || f.Row < 1 || f.Row > 1<<20 || f.Column < 0 || f.Column >= MaxColumns {
				t.Fatalf("a fault at %s: %v", f.Cell(), f.Err)
			}
		}
	}
}

func inTemp(t *testing.T, name string, content []byte) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func FuzzCSV(f *testing.F) {
	for _, text := range []string{"单位,日期,条目,数量\n临江街道,2026-11-20,宣传条幅,2000万\n合计,,,3\n", "11月20日,,\n单位,宣传条幅（幅）,宣传单\n临江街道,1,\"2\n\"\n",
		"隔离点;房间数;可用;在住\n县委党校;39;34;5\n", "\xff\xfe1\x00,\x00", "\xb5\xa5\xce\xbb,1\n", "\"", ",,,\n\n\n,"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) { fuzzed(t, inTemp(t, "表.csv", content)) })
}

// FuzzWorkbook packs what is fuzzed as the sheet of a workbook: flipping bits of the
// archive itself only fails its sums.
func FuzzWorkbook(f *testing.F) {
	row := `<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c><c r="B1" t="str"><v>宣传条幅</v></c><c r="C1" t="str"><v>宣传单</v></c></row>`
	for _, text := range []string{
		`<worksheet><sheetData>` + row + `<row r="2"><c r="A2" t="str"><v>临江街道</v></c><c r="B2"><v>1.2E3</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A5"/></mergeCells></worksheet>`,
		`<worksheet><sheetData/></worksheet>`, `<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
		`<worksheet><sheetData><row><c t="e"><v>#REF!</v></c><c t="s"><v>0</v></c></row>`, `<worksheet>` + strings.Repeat("<row>", 300), "",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) { fuzzed(t, sheetOf(t, says(string(content)))) })
}
