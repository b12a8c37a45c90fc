package wall_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	"taizhang/app/words"
)

// shelf is a reader with a few rows; what it does not have it does not answer.
type shelf struct {
	ledger.Reader
	f       ledger.Figures
	entries []ledger.Row[ledger.Publicity]
	broken  error
	asked   ledger.PublicityFilter
}

func (s *shelf) IDText(id ledger.ID) string { return fmt.Sprint("#", int64(id)) }

func (s *shelf) Units(context.Context) ([]ledger.Row[ledger.Unit], error) {
	list := []ledger.Row[ledger.Unit]{{ID: 1000, Value: ledger.Unit{Name: "宁江区"}},
		{ID: 1900, Value: ledger.Unit{Name: "柳树村", Parent: 1001}}}
	for _, u := range s.f.Publicity.Units {
		list = append(list, ledger.Row[ledger.Unit]{ID: u.ID, Value: ledger.Unit{Name: u.Name, Parent: 1000}})
	}
	return list, s.broken
}

func (s *shelf) Items(context.Context) (list []ledger.Row[ledger.Item], _ error) {
	for i, it := range ledger.Catalogue {
		list = append(list, ledger.Row[ledger.Item]{ID: ledger.ID(2000 + i), Value: it})
	}
	return list, nil
}

func (s *shelf) Sites(context.Context) (list []ledger.Row[ledger.Site], _ error) {
	for _, site := range s.f.Isolation.Sites {
		list = append(list, ledger.Row[ledger.Site]{ID: site.ID, Value: site.Site})
	}
	return list, nil
}

// matching are the entries of a filter.
func (s *shelf) matching(f ledger.PublicityFilter) (list []ledger.Row[ledger.Publicity]) {
	for _, e := range s.entries {
		if f.Period.Contains(e.Value.Day) && (len(f.Units) == 0 || slices.Contains(f.Units, e.Value.Unit)) &&
			(len(f.Items) == 0 || slices.Contains(f.Items, e.Value.Item)) {
			list = append(list, e)
		}
	}
	return list
}

func (s *shelf) PublicityIDs(_ context.Context, f ledger.PublicityFilter) (ids []ledger.ID, _ error) {
	s.asked = f
	for _, e := range s.matching(f) {
		ids = append(ids, e.ID)
	}
	return ids, nil
}

func (s *shelf) PublicityRows(_ context.Context, ids []ledger.ID) (list []ledger.Row[ledger.Publicity], _ error) {
	for _, e := range s.entries {
		if slices.Contains(ids, e.ID) {
			list = append(list, e)
		}
	}
	return list, nil
}

func (s *shelf) Problems(_ context.Context, f ledger.ProblemFilter) (list []ledger.Row[ledger.Problem], _ error) {
	for i, text := range []string{"棋牌室未按要求暂停营业", "出租车未张贴宣传单", "公告栏内容过期"} {
		p := ledger.Problem{Unit: ledger.ID(1001 + i), Text: text, State: ledger.State(1 + i), Deadline: s.f.Today + ledger.Day(i*4-4), StateDay: s.f.Today - 3}
		if (len(f.States) == 0 || slices.Contains(f.States, p.State)) && (len(f.Units) == 0 || slices.Contains(f.Units, p.Unit)) {
			list = append(list, ledger.Row[ledger.Problem]{ID: ledger.ID(4000 + i), Value: p})
		}
	}
	return list, nil
}

func (s *shelf) Reserves(_ context.Context, site ledger.ID, limit int) (list []ledger.Row[ledger.Reserve], _ error) {
	for _, f := range s.f.Isolation.Sites {
		if f.Report == 0 || (site != 0 && site != f.ID) {
			continue
		}
		list = append(list, ledger.Row[ledger.Reserve]{ID: f.Report, Value: ledger.Reserve{Site: f.ID, At: f.At, Rooms: f.Rooms.N,
			Ready: f.Ready.N, Occupied: f.Occupied.N, Cleaning: f.Cleaning.N, Unavailable: f.Unavailable.N}})
	}
	return list[:min(len(list), limit)], nil
}

func newShelf() *shelf {
	s := &shelf{f: trial.Sample()}
	today := s.f.Today
	for i, e := range []ledger.Publicity{
		{Unit: 1001, Item: 2007, Day: today, Quantity: ledger.Quantity{Value: 350000, Wan: true}},
		{Unit: 1900, Item: 2007, Day: today - 3, Quantity: ledger.Quantity{Value: 35}},
		{Unit: 1002, Item: 2003, Day: today, Quantity: ledger.Quantity{Value: 4, Approx: ledger.About}},
		{Unit: 1777, Item: 2999, Day: today - 40, Quantity: ledger.Quantity{Value: 1}},
	} {
		s.entries = append(s.entries, ledger.Row[ledger.Publicity]{ID: ledger.ID(7000 + i), Value: e})
	}
	return s
}

// rowsOf opens a key and writes what it shows, cells parted by |.
func rowsOf(t *testing.T, s *shelf, key string) (title string, rows []string) {
	t.Helper()
	q, ok := wall.Open(key, s.f)
	if !ok {
		t.Fatalf("%q opens nothing", key)
	}
	l, err := wall.Read(context.Background(), s, q, s.f)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range l.Rows {
		if len(r.Cells) != len(l.Columns) {
			t.Errorf("%q: %d cells in %d columns", key, len(r.Cells), len(l.Columns))
		}
		rows = append(rows, strings.Join(r.Cells, "|"))
	}
	return l.Title, rows
}

func TestPartsOpenTheirRows(t *testing.T) {
	in(t, words.Simplified)
	s := newShelf()
	today := int64(s.f.Today)
	for _, c := range []struct {
		key, title string
		rows       []string
	}{
		{"item:2007", "宣传单", []string{"11-22|临江街道|宣传单|35万 份", "11-19|柳树村|宣传单|35 份"}},
		{"channel:2", "网络宣传", []string{"11-22|滨江街道|网络信息|约4 条"}},
		{fmt.Sprint("day:3:", today-3), "社会宣传 2026-11-19", []string{"11-19|柳树村|宣传单|35 份"}},
		{"unit:1001", "临江街道", []string{"11-22|临江街道|宣传单|35万 份", "11-19|柳树村|宣传单|35 份"}},
		{"today", "今日宣传", []string{"11-22|临江街道|宣传单|35万 份", "11-22|滨江街道|网络信息|约4 条"}},
		{"unheard", "未报 5 个单位", []string{"区委宣传部", "区融媒体中心", "区卫生健康局", "区教育局", "区市场监督管理局"}},
		{"coverage", "2 个单位未检查", []string{"区教育局", "区市场监督管理局"}},
		{"open", "未销号问题", []string{"临江街道|棋牌室未按要求暂停营业|待整改|超期 4 天", "滨江街道|出租车未张贴宣传单|已整改|今天到期"}},
		{"overdue", "超期问题", []string{"临江街道|棋牌室未按要求暂停营业|待整改|超期 4 天"}},
		{"state:3", "已销号", []string{"沿江街道|公告栏内容过期|已销号|11-19"}},
		{"problem:4001", "未销号问题", []string{"滨江街道|出租车未张贴宣传单|已整改|今天到期", "临江街道|棋牌室未按要求暂停营业|待整改|超期 4 天"}},
		{"problems:1002", "滨江街道", []string{"滨江街道|出租车未张贴宣传单|已整改|今天到期"}},
		{"site:3002", "县委党校", []string{"10:05|县委党校|31|5|2|39"}},
		{"plan:2", "第二方案", nil},
		{"plan:1", "第一方案", []string{"09:05|四姑娘山镇卫生院|5|1|0|6", "10:05|美兴镇卫生院|5|1|1|7", "10:05|县委党校|31|5|2|39"}},
	} {
		title, rows := rowsOf(t, s, c.key)
		if title != c.title || !slices.Equal(rows, c.rows) {
			t.Errorf("%q opens %q:\n%s\nwant %q:\n%s", c.key, title, strings.Join(rows, "\n"), c.title, strings.Join(c.rows, "\n"))
		}
	}
	if title, rows := rowsOf(t, s, "alerts"); title != "预警" || len(rows) != 6 || rows[0] != "紧急|文化街道：“棋牌室未按要求暂停营业”已超期 4 天" {
		t.Errorf("alerts are %q %q", title, rows)
	}
}

// TestAnUnknownUnitHasANumber: the bundle with its record has not come yet.
func TestAnUnknownUnitHasANumber(t *testing.T) {
	in(t, words.Simplified)
	s := newShelf()
	s.f.Scope.Period.From -= 60
	if _, rows := rowsOf(t, s, "units"); len(rows) != 4 || rows[3] != "10-13|未知单位 #1777|未知条目 #2999|1 " {
		t.Errorf("rows are %q", rows)
	}
}

func TestWhatOpensNothing(t *testing.T) {
	for _, key := range []string{"", "row:1", "page:alerts", "nothing:7"} {
		if q, ok := wall.Open(key, trial.Sample()); ok {
			t.Errorf("%q opens %+v", key, q)
		}
	}
	if p, ok := wall.OpenPage("page:alerts"); !ok || p != wall.PageAlerts {
		t.Error("a dot opens no page")
	}
	for _, key := range []string{"page:", "page:x", "item:1", ""} {
		if p, ok := wall.OpenPage(key); ok {
			t.Errorf("%q is the dot of %s", key, p)
		}
	}
}

func TestAReaderThatFails(t *testing.T) {
	s := newShelf()
	s.broken = errors.New("drive gone")
	q, _ := wall.Open("item:2007", s.f)
	if _, err := wall.Read(context.Background(), s, q, s.f); !errors.Is(err, s.broken) {
		t.Errorf("gives %v", err)
	}
}

func TestManyRowsAreCounted(t *testing.T) {
	s := newShelf()
	for i := range 300 {
		s.entries = append(s.entries, ledger.Row[ledger.Publicity]{ID: ledger.ID(8000 + i),
			Value: ledger.Publicity{Unit: 1001, Item: 2000, Day: s.f.Today, Quantity: ledger.Quantity{Value: 1}}})
	}
	q, _ := wall.Open("item:2000", s.f)
	l, err := wall.Read(context.Background(), s, q, s.f)
	if err != nil || len(l.Rows) != wall.MostRows || l.More != 100 {
		t.Errorf("%d rows and %d more, %v", len(l.Rows), l.More, err)
	}
}

// TestListsAreSound lays drilled rows out on every display: none is cut, and the row
// selected is in sight, wherever it is.
func TestListsAreSound(t *testing.T) {
	f := newTypeface(t)
	v := trial.Cases()[1].View
	lists := map[string]wall.List{"none": {Title: "宣传单", Columns: []wall.Column{{Title: "单位", Flex: true}}}}
	long := "The register of returning residents has not been brought up to date every day before the cut-off as was ordered"
	l := wall.List{Title: long[:60], More: 7, Columns: []wall.Column{{Title: "单位"}, {Title: "问题", Flex: true}, {Title: "期限", Right: true}}}
	for i := range 60 {
		l.Rows = append(l.Rows, wall.Line{Bad: i%3 == 0, Cells: []string{[]string{"临江街道", "Linjiang Subdistrict Office for Community Health"}[i%2],
			long[:10+i], fmt.Sprint("超期 ", i, " 天")}})
	}
	lists["long"] = l
	for name, l := range lists {
		for _, d := range displays {
			for selected := -1; selected < len(l.Rows)+2; selected += 7 {
				pic, first, shown := wall.LayoutList(l, selected, v, frame(f, d[0], d[1]))
				at := min(max(selected, 0), max(len(l.Rows)-1, 0))
				if len(l.Rows) > 0 && (at < first || at >= first+shown) {
					t.Fatalf("%s %v: row %d of %d–%d is out of sight", name, d, at, first, first+shown)
				}
				texts := textsOf(t, f, pic)
				for i, a := range texts {
					for _, b := range texts[:i] {
						if a.ink.meets(b.ink, 0) {
							t.Errorf("%s %v: %q meets %q", name, d, a.Text, b.Text)
						}
					}
					if !(box{0, 0, pic.W, pic.H}).holds(a.ink) || a.Size < pic.H/29 {
						t.Errorf("%s %v: %q at %v of size %v", name, d, a.Text, a.ink, a.Size)
					}
				}
			}
		}
	}
}

// TestYearsAreWrittenWhereTheyDiffer.
func TestYearsAreWrittenWhereTheyDiffer(t *testing.T) {
	in(t, words.Simplified)
	s := newShelf()
	s.f.Scope.Period.From -= 400
	s.entries = []ledger.Row[ledger.Publicity]{{ID: 1, Value: ledger.Publicity{Unit: 1001, Item: 2000, Day: ledger.DayOf(time.Date(2025, 12, 30, 0, 0, 0, 0, time.Local)), Quantity: ledger.Quantity{Value: 2}}}}
	if _, rows := rowsOf(t, s, "units"); len(rows) != 1 || !strings.HasPrefix(rows[0], "2025-12-30|") {
		t.Errorf("rows are %q", rows)
	}
}
