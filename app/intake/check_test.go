package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// checkedAs checks a workbook by its guessed layout, and writes what it says, a line
// each: the records, faults, and rows left aside.
func checkedAs(t testing.TB, path string, terms Terms) string {
	t.Helper()
	w, err := OpenWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	n := someNames()
	terms.Now = noon
	layouts, err := w.Layouts(context.Background(), n, ledger.DayOf(noon))
	if err != nil {
		t.Fatal(err)
	}
	checked, err := w.Check(context.Background(), layouts[0].Mapping, n, terms, nil)
	if err != nil {
		return string(ledger.CodeOf(err))
	}
	var lines []string
	for _, e := range checked.Good {
		lines = append(lines, e.Cell()+" "+recordOf(n, e.Record))
	}
	for _, f := range checked.Faults {
		lines = append(lines, f.Cell()+" "+string(f.Err.Code))
	}
	for _, a := range checked.Asides {
		lines = append(lines, fmt.Sprintf("%d %s", a.Row, a.Kind))
	}
	if checked.Blank+checked.Zero > 0 {
		lines = append(lines, fmt.Sprintf("blank %d zero %d", checked.Blank, checked.Zero))
	}
	return strings.Join(lines, "\n")
}

func recordOf(n Names, r ledger.Record) string {
	switch r := r.(type) {
	case *ledger.Publicity:
		item := n.Items[r.Item-101].Value
		return strings.TrimSpace(fmt.Sprintf("%d %s %s %s%s %s", r.Unit, r.Day.Short(), item.Name, r.Quantity, item.Measure, r.Note))
	case *ledger.Reserve:
		return fmt.Sprintf("%d %s %d=%d+%d+%d+%d", r.Site, r.At.Format("01-02 15:04"), r.Rooms, r.Ready, r.Occupied, r.Cleaning, r.Unavailable)
	case *ledger.Inspection:
		return fmt.Sprintf("%d %s %s %d %d %d", r.Unit, r.Day.Short(), r.Form, r.Visits, r.Problems, r.Directives)
	}
	return "?"
}

func TestCheckTables(t *testing.T) {
	for _, c := range []struct {
		name, text string
		terms      Terms
		want       string
	}{
		{"long form", "单位,日期,条目,数量,备注\n临江街道,2026-11-20,宣传条幅,2000万,沿街\n新区街道,11月20日,宣传单（份）,约300份,\n宁江区,2026/11/20,电子屏,3.0,\n",
			Terms{}, "E:\nD2 2 11-20 宣传条幅 2,000万幅 沿街\nD3 3 11-20 宣传单 约300份\nD4 1 11-20 电子屏 3处"},
		{"a blank is no zero", "单位,日期,条目,数量\n临江街道,11-20,宣传条幅,\n临江街道,11-20,宣传条幅,—\n临江街道,11-20,宣传条幅,0\n", Terms{}, "blank 2 zero 1"},
		{"each fault at its cell", "单位,日期,条目,数量\n,11-20,宣传条幅,3\n临江街道,,宣传条幅,3\n临江街道,11-20,,3\n临江,11-20,宣传条副,-3\n临江街道,11-25,宣传条幅,3.5\n" +
			"临江街道,今天,宣传条幅,3张\n临江街道,11.2,宣传条幅,很多\n临江街道,11-20,宣传条幅,3张\n临江街道,11-20,宣传条幅,#REF!\n", Terms{},
			"A2 book-blank\nB3 book-blank\nC4 book-blank\nD5 quantity-negative\nA5 unit-unknown\nC5 item-unknown\nD6 quantity-fraction\nB6 day-future\n" +
				"B7 day-syntax\nD8 quantity-syntax\nB8 day-syntax\nD9 intake-measure\nD10 book-error"},
		{"a column of measure words", "单位,日期,项目,数量,计量单位\n临江街道,11-20,宣传条幅,3,幅\n临江街道,11-20,宣传条幅,3,条\n", Terms{}, "D2 2 11-20 宣传条幅 3幅\nD3 intake-measure"},
		{"units by their initials", "单位,日期,条目,数量\nljjd,11-20,宣传条幅,3\n", Terms{}, "D2 2 11-20 宣传条幅 3幅"},
		{"totals, footnotes, headings again", "单位,日期,条目,数量\n临江街道,11-20,宣传条幅,3\n街道小计,,,3\n单位,日期,条目,数量\n合 计,,,3\n注：截至20日。\n填表人：王芳,,审核：李强,\n", Terms{},
			"D2 2 11-20 宣传条幅 3幅\n3 total\n4 heading\n5 total\n6 footnote\n7 footnote"},
		{"traditional headings", "單位,日期,條目,數量\n临江街道,11-20,宣传条幅,3\n", Terms{}, "D2 2 11-20 宣传条幅 3幅"},
		{"the day in the title", "11月20日宣传情况统计表,,\n单位,条目,数量\n临江街道,宣传条幅,3\n", Terms{}, "C3 2 11-20 宣传条幅 3幅"},
		{"the day beside its label", "填报日期：,2026-11-19,\n单位,条目,数量\n临江街道,宣传条幅,3\n", Terms{}, "C3 2 11-19 宣传条幅 3幅"},
		{"the unit in the title", "临江街道11月20日宣传情况,\n条目,数量\n宣传条幅,3\n", Terms{}, "B3 2 11-20 宣传条幅 3幅"},
		{"unit and day stated", "条目,数量\n宣传条幅,3\n宣传单,4\n", Terms{Unit: 3, Dated: true, Day: ledger.DayOf(noon)}, "B2 3 11-22 宣传条幅 3幅\nB3 3 11-22 宣传单 4份"},
		{"no day", "单位,条目,数量\n临江街道,宣传条幅,3\n", Terms{}, "book-no-day"},
		{"no unit", "日期,条目,数量\n11-20,宣传条幅,3\n", Terms{}, "book-column"},
		{"cross-tab", "11月20日统计表,,,,\n单位,宣传条幅（幅）,宣传单,合计,备注\n临江街道,12,1.2万余,5,入户\n新区街道,,0,5,\n合计,12,1,2,\n", Terms{},
			"B3 2 11-20 宣传条幅 12幅 入户\nC3 2 11-20 宣传单 1.2万余份 入户\n5 total\nblank 1 zero 1"},
		{"measure words below the headings", "11月20日统计表,,\n单位,宣传条幅,宣传单\n,（幅）,（份）\n临江街道,12,3\n", Terms{}, "B4 2 11-20 宣传条幅 12幅\nC4 2 11-20 宣传单 3份"},
		{"an item that is not known, once", "11月20日统计表,,\n单位,宣传条幅,马克杯（个）\n临江街道,12,3\n新区街道,,4\n", Terms{},
			"B3 2 11-20 宣传条幅 12幅\nC2 item-unknown\nblank 1 zero 0"},
		{"two columns that claim to name the item", "序号,类别,项目,单位,日期,数量\n1,社会宣传,宣传条幅,临江街道,11-20,3\n", Terms{}, "F2 2 11-20 宣传条幅 3幅"},
		{"a column of units without a heading", "11月20日统计表,,\n,宣传条幅,宣传单\n临江街道,12,3\n新区街道,1,\n", Terms{},
			"B3 2 11-20 宣传条幅 12幅\nC3 2 11-20 宣传单 3份\nB4 3 11-20 宣传条幅 1幅\nblank 1 zero 0"},
		{"rooms", "隔离点,房间数,可用,在住,消毒,不可用,上报时间\n县委党校,39,31,5,2,1,2026-11-20 17:05\n县委党校,,31,5,2,,\n县委党校,39,31,5,2,2,\n县委党校,40,32,5,2,1,\n" +
			"县委党校,39,,5,,,\n党校,39,31,5,2,1,\n县委党校,39,,,,,\n", Terms{},
			"A2 201 11-20 17:05 39=31+5+2+1\nA3 201 11-22 12:00 39=31+5+2+1\nA4 rooms-do-not-add\nB5 rooms-not-site\nB6 intake-rooms\nA7 site-unknown\nblank 1 zero 0"},
		{"inspections", "单位,日期,形式,检查次数,问题数,整改意见数\n临江街道,11-20,暗访,4,1,1\n临江街道,11-20,,2,,\n新区街道,,,,,\n新区街道,11-20,抽查,1,0,0\n新区街道,11-20,明察,,1,1\n新区街道,11-20,明察,0,0,0\n", Terms{},
			"D2 2 11-20 unannounced 4 1 1\nD3 2 11-20 announced 2 0 0\nC5 visit-form\nD6 book-blank\nblank 1 zero 1"},
	} {
		c.want = strings.TrimPrefix(c.want, "E:\n")
		if got := checkedAs(t, tableOf(t, c.text), c.terms); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestCheckWorkbook(t *testing.T) {
	path := bookOf(t, [][]any{{"宣传情况统计表"}, {"单位", "日期", "条目", "数量"},
		{"临江街道", time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), "宣传条幅", 3681}, {nil, 46346, "宣传单", "35万"},
		{nil, "2026-11-20", "电子屏", 2.4}, {"新区街道", 11.2, "宣传单", 7}, {nil, "11月20日", "宣传单", nil}},
		func(f *excelize.File, sheet string) {
			_ = f.MergeCell(sheet, "A1", "D1")
			_ = f.MergeCell(sheet, "A3", "A5")
			_ = f.MergeCell(sheet, "D6", "D7")
		})
	want := "D3 2 11-20 宣传条幅 3,681幅\nD4 2 11-20 宣传单 35万份\nD5 quantity-fraction\nB6 day-syntax\nblank 1 zero 0"
	if got := checkedAs(t, path, Terms{}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// What a fault shows of a cell can be read in a line.
func TestFaultsShowLittleOfALongCell(t *testing.T) {
	long := strings.Repeat("很", MaxCell)
	faults := faultsOf(t, tableOf(t, "单位,日期,条目,数量\n"+long+","+long+","+long+","+long+"\n"))
	for _, f := range faults {
		if text := words.Sentence(f.Err); len([]rune(text)) > 2*maxShown || !strings.Contains(text, "很…") {
			t.Errorf("%s: %s", f.Cell(), text)
		}
	}
	if len(faults) != 4 {
		t.Errorf("%d faults", len(faults))
	}
}

// A column of a cross-tab whose heading is no item is a guess when it can be only one,
// and otherwise told: what stands in it is not passed over.
func TestColumnsOfUnknownHeadings(t *testing.T) {
	path := bookOf(t, [][]any{{"11月20日统计表"}, {"序号", "单位", "条幅", "悬挂政府公告数", "告知书", "单页", "本日小计", "备注"},
		{1, "临江街道", 12, 3, 5, "1.2万", 99, "晴"}, {2, "新区街道", nil, 4, nil, nil, 99, "2"}}, nil)
	want := "C3 2 11-20 宣传条幅 12幅 晴\nD3 2 11-20 政府公告 3份 晴\nD4 3 11-20 政府公告 4份 2\nE2 book-unread\nF2 book-unread\nblank 1 zero 0"
	if got := checkedAs(t, path, Terms{}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if l := firstLayout(t, path); l.Sure || !slices.Equal(l.Guessed, []bool{false, false, true, true, false, false, false, false}) {
		t.Errorf("guessed are %v", l.Guessed)
	}
}

// Headings of two rows: groups above items, or items above today and so far.
func TestHeadingsOfTwoRows(t *testing.T) {
	for want, rows := range map[string][][]any{
		"B4 2 11-20 宣传条幅 12幅\nC4 2 11-20 宣传单 3份": {{"11月20日统计表"}, {"单位", "社会宣传"}, {nil, "宣传条幅", "宣传单"}, {"临江街道", 12, 3}},
		"B4 2 11-20 宣传条幅 12幅\n3 heading":         {{"11月20日统计表"}, {"单位", "宣传条幅"}, {nil, "本日", "累计"}, {"临江街道", 12, 99}},
	} {
		path := bookOf(t, rows, func(f *excelize.File, sheet string) {
			_ = f.MergeCell(sheet, "A2", "A3")
			_ = f.MergeCell(sheet, "B2", "C2")
		})
		if got := checkedAs(t, path, Terms{}); got != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
}

// In a workbook that counts days from 1904 the same number is a day four years later.
func TestDaysOf1904(t *testing.T) {
	path := bookOf(t, [][]any{{"单位", "日期", "条目", "数量"}, {"临江街道", 46346 - 1462, "宣传条幅", 3}}, func(f *excelize.File, _ string) {
		on := true
		_ = f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &on})
	})
	if got, want := checkedAs(t, path, Terms{}), "D2 2 11-20 宣传条幅 3幅"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The sheet that can be read is found among others, and the mapping that a clerk has
// put right holds for the next file with these headings.
func TestLayoutsAndWhatIsRemembered(t *testing.T) {
	path := bookOf(t, [][]any{{"说明"}, {"请各单位认真填写。"}}, func(f *excelize.File, _ string) {
		_, _ = f.NewSheet("数据")
		for i, row := range [][]any{{"哪里", "哪天", "宣传条幅", "宣传单"}, {"临江街道", "2026-11-20", 3, 4}, {"新区街道", "2026-11-20", 5, nil}} {
			_ = f.SetSheetRow("数据", CellName(0, i+1), &row)
		}
	})
	w, err := OpenWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	n := someNames()
	layouts, err := w.Layouts(context.Background(), n, ledger.DayOf(noon))
	if err != nil || len(layouts) != 2 || layouts[0].Sheet != "数据" {
		t.Fatalf("%v, %v", layouts, err)
	}
	l := layouts[0]
	if l.Sure || l.Mapping.column(RoleUnit) != 0 || len(l.Preview) != 3 {
		t.Errorf("without a day nobody is sure: %+v", l)
	}
	l.Mapping.Columns[1] = Column{Role: RoleDay}
	l.Mapping.Day, l.Mapping.Dated = 5, true
	kept, err := json.Marshal(l.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(kept), "ated") {
		t.Errorf("the day of one file is remembered: %s", kept)
	}
	again := layouts[0].Remembering(func(string) []byte { return kept })
	if !again.Sure || again.Mapping.column(RoleDay) != 1 || again.Mapping.Sheet != 1 || again.Mapping.Header != 1 {
		t.Errorf("%+v", again)
	}
	checked, err := w.Check(context.Background(), again.Mapping, n, Terms{Now: noon}, nil)
	if err != nil || len(checked.Good) != 3 {
		t.Errorf("%+v, %v", checked, err)
	}
	for _, broken := range []string{"", "{", "[]", `{"kind":99,"columns":[{"role":"unit"}]}`} {
		if got := layouts[0].Remembering(func(string) []byte { return []byte(broken) }); got.Sure || got.Mapping.Kind != ledger.KindPublicity {
			t.Errorf("%q gave %+v", broken, got.Mapping)
		}
	}
	if a, b := fingerprint([]string{"单位", "数量"}), fingerprint([]string{"單位 ", "数 量"}); a != b || a == fingerprint([]string{"单位数量"}) {
		t.Errorf("fingerprints %s and %s", a, b)
	}
}

// Templates are read without questions, and untouched they state nothing.
func TestTemplates(t *testing.T) {
	before := words.Current()
	defer words.Use(before)
	n := someNames()
	latest := Latest{Entries: []ledger.Row[ledger.Publicity]{{Value: ledger.Publicity{Unit: 2, Item: 101, Day: 9000, Quantity: ledger.Quantity{Value: 5}}}},
		Reserves:    map[ledger.ID]ledger.Reserve{201: {Rooms: 39, Ready: 39, At: noon}},
		Inspections: map[ledger.ID]ledger.Inspection{2: {Unit: 2, Day: 9000, Form: ledger.FormSpecial, Visits: 3}}}
	for _, language := range words.Languages {
		words.Use(language)
		for kind, fill := range map[ledger.Kind]map[string]any{
			ledger.KindPublicity:  {"B1": "2026-11-20", "B4": 12, "C5": "1.2万余"},
			ledger.KindReserve:    {"C2": 31, "D2": 5, "E2": 2},
			ledger.KindInspection: {"B3": "2026-11-20", "C3": words.Form(ledger.FormUnannounced), "D3": 4, "E3": 1, "F3": 1},
		} {
			path := filepath.Join(t.TempDir(), "模板.xlsx")
			if err := Template(kind, n, latest, path, false); err != nil {
				t.Fatal(err)
			}
			if err := Template(kind, n, latest, path, false); ledger.CodeOf(err) != ledger.CodeFileExists {
				t.Errorf("over another file: %v", err)
			}
			if got := checkedAs(t, path, Terms{Dated: true, Day: 9000}); !strings.HasPrefix(got, "blank") {
				t.Errorf("%s %s, untouched: %s", language, kind, got)
			}
			f, err := excelize.OpenFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for cell, value := range fill {
				if err := f.SetCellValue(f.GetSheetName(0), cell, value); err != nil {
					t.Fatal(err)
				}
			}
			if err := errors.Join(f.Save(), f.Close()); err != nil {
				t.Fatal(err)
			}
			want := map[ledger.Kind]string{
				ledger.KindPublicity:  "B4 2 11-20 电视稿件 12条\nC5 3 11-20 省市报刊 1.2万余篇\n",
				ledger.KindReserve:    "A2 201 11-22 12:00 39=31+5+2+1\n",
				ledger.KindInspection: "D3 2 11-20 unannounced 4 1 1\n",
			}[kind]
			if got := checkedAs(t, path, Terms{}); !strings.HasPrefix(got, want+"blank") {
				t.Errorf("%s %s:\n%s\nwant\n%s", language, kind, got, want)
			}
			if l := firstLayout(t, path); !l.Sure {
				t.Errorf("%s %s: a filled template is asked about: %+v", language, kind, l.Mapping)
			}
		}
	}
}

func firstLayout(t testing.TB, path string) Layout {
	t.Helper()
	w, err := OpenWorkbook(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	layouts, err := w.Layouts(context.Background(), someNames(), ledger.DayOf(noon))
	if err != nil {
		t.Fatal(err)
	}
	return layouts[0]
}

// TestFaultNamesTheCellsText: what is no number is told as it stands there.
func TestFaultNamesTheCellsText(t *testing.T) {
	for _, text := range []string{"x", "abc", "待核实"} {
		_, _, err := quantityOf(Cell{Kind: CellText, Text: text})
		var e *ledger.Error
		if !errors.As(err, &e) || len(e.Args) < 2 || e.Args[1] != text {
			t.Errorf("%q is refused by %v", text, err)
		}
	}
}
