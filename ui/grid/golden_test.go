package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"taizhang/ui/look"
)

var publicity = [][]Cell{
	{{Text: "2026-03-02"}, {Text: "宁江区宣传中心"}, {Text: "宣传条幅"}, {Text: "3,681", Suffix: "幅"}, {Text: "已报", Tone: Good}},
	{{Text: "2026-03-02"}, {Text: "第一街道办事处"}, {Text: "电子屏滚动播放"}, {Text: "35万", Suffix: "平方米"}, {Text: "迟报", Tone: Warn}},
	{{Text: "2026-03-03"}, {Text: "高新技术产业园区管理委员会"}, {Text: "网络信息"}, {Text: "1,157", Suffix: "条"}, {Text: "未报", Tone: Bad}},
	nil,
	{{Text: "2026-03-04", Tone: Struck}, {Text: "东风镇", Tone: Struck}, {Text: "入户走访", Tone: Struck}, {Text: "420", Suffix: "户次", Tone: Struck}, {Text: "已作废", Tone: Struck}},
	{{Text: "2026-03-05"}, {Text: "滨河社区"}, {Text: "张贴公告"}, {Text: "96", Suffix: "张"}, {Text: "零报告", Tone: Quiet}},
}

// listed is rows written out; nil is one that is not loaded.
type listed [][]Cell

func (l listed) Len() int                          { return len(l) }
func (l listed) Row(i int, cells []Cell) (ok bool) { return copy(cells, l[i]) > 0 }

// picture compares a grid with its master; a new one is copied from testdata/failed on
// purpose, after looking at it.
func picture(t *testing.T, v look.Variant, master string, rows listed) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.New(v))
	g := New([]Column{
		{ID: "day", Title: "日期", Width: 104, Sortable: true},
		{ID: "unit", Title: "单位", Width: 150},
		{ID: "item", Title: "项目", Width: 120, Flex: true},
		{ID: "qty", Title: "数量", Width: 120, Align: Trailing, Sortable: true},
		{ID: "state", Title: "状态", Width: 80, Align: Center},
	})
	g.SetEmpty("没有符合条件的记录，请放宽筛选条件。")
	g.SetSource(rows)
	g.SetSort("qty", true)
	if len(rows) > 0 {
		g.SetFooter([]Cell{{Text: "合计", Bold: true}, {}, {}, {Text: "355,354", Suffix: "项", Bold: true}})
	}
	w := test.NewTempWindow(t, container.NewStack(canvas.NewRectangle(look.Colour(look.ColourSurface)), g))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(640, 260))
	g.Select(1)
	g.MouseMoved(mouse(40, rowY(2), 0))
	if len(rows) > 0 {
		g.FocusGained()
	}
	test.AssertRendersToImage(t, master, w.Canvas())
}

func TestPictureLight(t *testing.T) { picture(t, look.Light, "light.png", publicity) }
func TestPictureDark(t *testing.T)  { picture(t, look.Dark, "dark.png", publicity) }
func TestPictureEmpty(t *testing.T) { picture(t, look.Light, "empty.png", nil) }
