package plot

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/ui/look"
)

var words = chart.Words{
	About:   "约",
	Missing: "未报",
	Other:   func(n int) string { return fmt.Sprintf("其他 %d 项 →", n) },
}

func barRow(name string, now, last float64, unit string) chart.Bar {
	b := chart.Bar{Key: name, Label: name + " " + chart.Group(int64(now)) + " " + unit, Name: name,
		Now: chart.Known(now), Unit: unit}
	if last > 0 {
		b.Last = chart.Known(last)
	}
	return b
}

func sampleBars() chart.Bars {
	news := chart.BarGroup{Name: "新闻宣传", Key: "news", Role: chart.Series(0), Rows: []chart.Bar{
		barRow("电视稿件", 35, 28, "条"), barRow("省市报刊", 61, 66, "篇")}}
	online := chart.BarGroup{Name: "网络宣传", Key: "online", Role: chart.Series(1), Rows: []chart.Bar{
		barRow("网络信息", 1157, 1033, "条"), barRow("新媒体刊载", 71, 40, "条")}}
	community := chart.BarGroup{Name: "社会宣传", Key: "community", Role: chart.Series(2), Rows: []chart.Bar{
		barRow("宣传条幅", 3681, 2950, "幅"), barRow("电子屏", 304, 304, "处"), barRow("宣传单", 350000, 280000, "份"),
		barRow("宣传车", 148, 160, "辆"), barRow("广播喇叭", 782, 700, "个"), barRow("政府公告", 4158, 4000, "份"),
		barRow("居家隔离观察告知书", 10000, 8600, "份"), barRow("居家医学观察告知书", 200, 0, "份"), barRow("小区提示板", 700, 650, "个")}}
	community.Rows[6].Now.About, community.Rows[8].Now.About = true, true
	community.Rows[2].Now.Text = "35万"
	online.Rows[0].Changed, online.Rows[0].Delta = true, "＋35"
	return chart.Bars{Groups: []chart.BarGroup{news, online, community}, Words: words}
}

func sampleDays() chart.Days {
	d := chart.Days{Today: 29, Words: words}
	for i := range 30 {
		d.Labels = append(d.Labels, fmt.Sprintf("%d-%02d", 10+(i+23)/31, (i+23)%31+1))
	}
	for s, name := range []string{"新闻宣传", "网络宣传", "社会宣传"} {
		series := chart.DaySeries{Name: name, Key: name, Note: fmt.Sprintf("本期 %d 条记录", 120*(s+1)), Role: chart.Series(s)}
		for i := range 30 {
			v := float64((i*7+s*5)%11*(s+1) + i/6)
			day := chart.Day{Key: fmt.Sprint(name, i), Label: fmt.Sprintf("%s %s: %.0f 条记录", d.Labels[i], name, v),
				Now: chart.Known(v), Last: chart.Known(float64((i*5+s)%9*(s+1) + 2))}
			if (i+s*4)%13 == 5 {
				day.Now = chart.Amount{}
			}
			if i == 17 {
				day.Now = chart.Known(0)
			}
			series.Days = append(series.Days, day)
		}
		d.Series = append(d.Series, series)
	}
	return d
}

func rooms(key string, v ...float64) (out []chart.Rooms) {
	for i, n := range v {
		out = append(out, chart.Rooms{Key: fmt.Sprint(key, i), Label: fmt.Sprint(key, " ", n), Now: chart.Known(n)})
	}
	return out
}

func sampleSites() chart.Sites {
	return chart.Sites{Words: words,
		States: []chart.SiteState{{Name: "可用", Role: chart.RoleGood}, {Name: "在住", Role: chart.RoleStructure},
			{Name: "消毒中", Role: chart.RoleWarn}, {Name: "停用", Role: chart.RoleQuiet}},
		Groups: []chart.SiteGroup{
			{Name: "第一方案", Note: "41/52 间可用", Key: "1", Sites: []chart.Site{
				{Key: "a", Label: "四姑娘山镇卫生院 6 间", Name: "四姑娘山镇卫生院", Reported: true, Rooms: rooms("a", 4, 1, 1, 0), Total: "4/6", Age: "12 分钟前"},
				{Key: "b", Label: "美兴镇卫生院 7 间", Name: "美兴镇卫生院", Reported: true, Rooms: rooms("b", 5, 2, 0, 0), Total: "5/7", Age: "！26 小时前", Stale: true},
				{Key: "c", Label: "县委党校 39 间", Name: "县委党校", Reported: true, Rooms: rooms("c", 32, 3, 1, 3), Total: "32/39", Age: "1 小时前", Changed: true},
			}},
			{Name: "第二方案", Key: "2", Sites: []chart.Site{{Key: "d", Label: "同心宾馆 未报", Name: "同心宾馆"}}},
		}}
}

func sampleStates() chart.States {
	return chart.States{Words: words, Empty: "没有问题", Parts: []chart.State{
		{Key: "open", Label: "待整改 5 个", Name: "待整改", Role: chart.RoleWarn, Now: chart.Known(5),
			Marked: chart.Mark{Key: "overdue", Label: "超期 2 个", Name: "超期", Role: chart.RoleBad, Now: chart.Known(2)}},
		{Key: "rectified", Label: "已整改待核 4 个", Name: "已整改待核", Role: chart.Series(4), Now: chart.Known(4)},
		{Key: "closed", Label: "已销号 18 个", Name: "已销号", Role: chart.RoleGood, Now: chart.Known(18)},
	}}
}

func sampleSpark() chart.Spark {
	s := chart.Spark{Role: chart.Series(0)}
	for i := range 14 {
		p := chart.Point{Key: fmt.Sprint(i), Now: chart.Known(float64(20 + (i*5)%13))}
		if i == 6 {
			p.Now = chart.Amount{}
		}
		s.Points = append(s.Points, p)
	}
	return s
}

// layouter is any chart of package chart.
type layouter interface {
	Layout(chart.Frame) chart.Picture
}

func in(l layouter, size float64) Layout {
	return func(w, h float64, m chart.Measure) chart.Picture {
		return l.Layout(chart.Frame{W: w, H: h, Type: size, Measure: m})
	}
}

// shoot renders a chart on a card in the light or dark theme.
func shoot(t testing.TB, c *Chart, w, h float32, dark bool) image.Image {
	t.Helper()
	variant := look.Light
	if dark {
		variant = look.Dark
	}
	fyne.CurrentApp().Settings().SetTheme(look.New(variant))
	card := canvas.NewRectangle(look.In(dark, look.ColourSurface))
	win := test.NewWindow(container.NewStack(card, container.NewWithoutLayout(c)))
	defer win.Close()
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w+32, h+32))
	c.Move(fyne.NewPos(16, 16))
	c.Resize(fyne.NewSize(w, h))
	return win.Canvas().Capture()
}

// TestLook writes pictures to look at into the folder named by PLOT_LOOK.
func TestLook(t *testing.T) {
	folder := os.Getenv("PLOT_LOOK")
	if folder == "" {
		t.Skip("PLOT_LOOK names no folder")
	}
	test.NewApp()
	charts := map[string]layouter{"bars": sampleBars(), "days": sampleDays(), "sites": sampleSites(),
		"states": sampleStates(), "spark": sampleSpark(), "ring": chart.Ring(sampleStates()),
		"share": chart.Proportion{Key: "k", N: chart.Known(18), Whole: chart.Known(23), Role: chart.RoleGood, Target: chart.Known(21)}}
	for name, l := range charts {
		for _, size := range []struct{ w, h float32 }{{560, 300}, {800, 360}, {300, 180}, {480, 240}} {
			if name == "spark" || name == "share" {
				size.h, size.w = size.h/8, size.w/4
			}
			for _, dark := range []bool{false, true} {
				file := fmt.Sprintf("%s-%gx%g-%v.png", name, size.w, size.h, map[bool]string{true: "dark", false: "light"}[dark])
				save(t, filepath.Join(folder, strings.ReplaceAll(file, " ", "")), shoot(t, NewChart(in(l, 14)), size.w, size.h, dark))
			}
		}
	}
}

func save(t *testing.T, path string, img image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
}
