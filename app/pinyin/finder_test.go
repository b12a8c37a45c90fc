package pinyin

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var items = []string{
	"宣传条幅", "电子屏", "宣传单", "宣传车", "广播喇叭", "政府公告", "居家隔离观察告知书", "居家医学观察告知书",
	"小区提示板", "宣传栏", "宣传材料", "电视稿件", "长宁宣传点", "LED 屏", "西安路（二期）",
}

func finderOf(names ...string) *Finder {
	var list []Named
	for i, n := range names {
		list = append(list, Named{ID: int64(i + 1), Name: n})
	}
	return NewFinder(list)
}

func namesOf(found []Named) string {
	var names []string
	for _, n := range found {
		names = append(names, n.Name)
	}
	return strings.Join(names, " ")
}

func TestFind(t *testing.T) {
	f := finderOf(items...)
	for _, c := range []struct{ query, first string }{
		{"xctf", "宣传条幅"},
		{"XCTF", "宣传条幅"},
		{"ｘｃｔｆ", "宣传条幅"},
		{"条幅", "宣传条幅"},
		{"tf", "宣传条幅"},
		{"xuanchuantiao", "宣传条幅"},
		{"xuan chuan tiao", "宣传条幅"},
		{"tiaofu", "宣传条幅"},
		{"xuanctf", "宣传条幅"},
		{"宣传tf", "宣传条幅"},
		{"宣傳條幅", "宣传条幅"},
		{"xtf", "宣传条幅"},
		{"xcd", "宣传单"},
		{"宣传单", "宣传单"},
		{"dzp", "电子屏"},
		{"dianz", "电子屏"},
		{"gbl", "广播喇叭"},
		{"jjyx", "居家医学观察告知书"},
		{"cnxc", "长宁宣传点"},
		{"znxc", "长宁宣传点"}, // 长 read zhang
		{"led", "LED 屏"},
		{"led屏", "LED 屏"},
		{"xi'an", "西安路（二期）"},
		{"西安路二期", "西安路（二期）"},
		{"(二期)", "西安路（二期）"},
	} {
		found := f.Find(c.query, 3)
		if len(found) == 0 || found[0].Name != c.first || len(found) > 3 {
			t.Errorf("%q finds %s, want %s first", c.query, namesOf(found), c.first)
		}
	}
	for _, query := range []string{"qqq", "国", "zzzzzzzz", "！", strings.Repeat("x", 500)} {
		if found := f.Find(query, 3); len(found) != 0 {
			t.Errorf("%q finds %s", query, namesOf(found))
		}
	}
}

func TestFindOrder(t *testing.T) {
	f := finderOf("传单宣传点", "宣传单页", "宣传单", "新传达", "x传d")
	for query, want := range map[string]string{
		"宣传单": "宣传单 宣传单页",
		"xcd": "宣传单 新传达 x传d 宣传单页 传单宣传点",
	} {
		if got := namesOf(f.Find(query, 0)); got != want {
			t.Errorf("%q finds %s, want %s", query, got, want)
		}
	}
	if got := namesOf(f.Find("  ", 2)); got != "传单宣传点 宣传单页" {
		t.Errorf("nothing typed finds %s", got)
	}
	if got := namesOf(finderOf("美兴镇中心村", "美兴镇卫生院", "美兴镇").Find("mx", 0)); got != "美兴镇 美兴镇中心村 美兴镇卫生院" {
		t.Errorf("equals are found as %s", got)
	}
}

func TestMatchRanks(t *testing.T) {
	const name = "宣传条幅"
	last := 1 << 30
	for _, query := range []string{"宣传条幅", "宣传条", "xct", "传条", "ctf", "xuanchuan", "xtf"} {
		score, ok := Match(query, name, Initials(name), Full(name))
		if !ok || score >= last {
			t.Errorf("%s scores %d, %v, want less than %d", query, score, ok, last)
		}
		last = score
	}
	if _, ok := Match("", name, "xctf", ""); ok {
		t.Error("an empty query finds")
	}
}

func TestFinderOwnInitials(t *testing.T) {
	f := NewFinder([]Named{{ID: 7, Name: "长宁街道办事处", Initials: "B1"}, {ID: 8, Name: "宝一村"}})
	if found := f.Find("b1", 0); len(found) == 0 || found[0].ID != 7 {
		t.Errorf("b1 finds %s", namesOf(found))
	}
	if found := f.Find("cn", 0); len(found) == 0 || found[0].ID != 7 {
		t.Errorf("cn finds %s", namesOf(found))
	}
	if n, ok := f.Exact(" 宝一村 "); !ok || n.ID != 8 {
		t.Errorf("exactly %+v, %v", n, ok)
	}
	if n, ok := f.Exact(""); ok {
		t.Errorf("nothing is exactly %+v", n)
	}
}

func TestNearest(t *testing.T) {
	units := []string{"美兴镇", "四姑娘山镇", "沃日镇", "县委党校", "同心宾馆", "美兴镇卫生院", "四姑娘山镇卫生院", "宁江街道", "善友街道"}
	for _, c := range []struct{ name, want string }{
		{"美心镇", "美兴镇"},
		{"美兴", "美兴镇"},
		{"小金县美兴镇", "美兴镇"},
		{"美興鎮", "美兴镇"},
		{"四姑娘镇", "四姑娘山镇"},
		{"姑娘山镇", "四姑娘山镇"},
		{"同新宾馆", "同心宾馆"},
		{"党校", "县委党校"},
		{"街道宁江", "宁江街道"},
		{"meixingzhen", "美兴镇"},
	} {
		got := Nearest(c.name, units, 3)
		if len(got) == 0 || got[0] != c.want {
			t.Errorf("near %s: %v, want %s first", c.name, got, c.want)
		}
	}
	for _, far := range []string{"", "北京", "qqqq", "！！"} {
		if got := Nearest(far, units, 3); len(got) != 0 {
			t.Errorf("near %s: %v", far, got)
		}
	}
	if got := Nearest("美兴镇", units, 0); len(got) != 0 {
		t.Errorf("none asked, got %v", got)
	}
	if got := finderOf(units...).Nearest("美心镇", 1); !slices.Equal(got, []string{"美兴镇"}) {
		t.Errorf("the finder is near %v", got)
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "美兴", 2}, {"美兴镇", "美心镇", 1}, {"kitten", "sitting", 3}, {"ab", "ba", 2}} {
		if got := edits([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("%q to %q takes %d edits, want %d", c.a, c.b, got, c.want)
		}
	}
}

func manyNames(n int) []Named {
	parts := []rune("美兴四姑娘山沃日党校宁江善友长安朝阳同心镇村街道社区卫生院")
	var list []Named
	for i := range n {
		name := fmt.Sprintf("%c%c%c%c村", parts[i%len(parts)], parts[i*7%len(parts)], parts[i*3%len(parts)], parts[i/29%len(parts)])
		list = append(list, Named{ID: int64(i), Name: name})
	}
	return list
}

func BenchmarkNewFinder5000(b *testing.B) {
	names := manyNames(5000)
	for b.Loop() {
		NewFinder(names)
	}
}

func BenchmarkFind5000(b *testing.B) {
	f := NewFinder(manyNames(5000))
	for b.Loop() {
		f.Find("mxc", 8)
	}
}

func BenchmarkNearest5000(b *testing.B) {
	f := NewFinder(manyNames(5000))
	for b.Loop() {
		f.Nearest("美心村", 3)
	}
}
