package plot

import (
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	texts "taizhang/app/words"
	"taizhang/ui/look"
)

// page is a page of the wall as a chart lays it out.
func page(p wall.Page, v wall.View) Layout {
	return func(w, h float64, m chart.Measure) chart.Picture {
		return wall.Layout(p, v, chart.Frame{W: w, H: h, Measure: m})
	}
}

// hang renders a page of w by h pixels.
func hang(t testing.TB, l Layout, w, h int) (image.Image, chart.Picture) {
	t.Helper()
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark))
	c := NewWall(l)
	win := test.NewWindow(container.NewWithoutLayout(c))
	defer win.Close()
	win.SetPadded(false)
	win.Resize(fyne.NewSize(float32(w), float32(h)))
	c.Resize(fyne.NewSize(float32(w), float32(h)))
	return win.Canvas().Capture(), c.Picture()
}

// displays are the sizes that pages are tried at.
var displays = [][2]int{{1024, 768}, {1366, 768}, {1920, 1080}, {2560, 1080}, {3840, 1080}, {3840, 2160}}

// TestWallLook writes pages to look at into the folder named by WALL_LOOK.
func TestWallLook(t *testing.T) {
	folder := os.Getenv("WALL_LOOK")
	if folder == "" {
		t.Skip("WALL_LOOK names no folder")
	}
	test.NewApp()
	defer texts.Use(texts.Current())
	only := os.Getenv("WALL_ONLY") // part of the name
	for _, l := range texts.Languages {
		texts.Use(l)
		for _, c := range trial.Cases() {
			for _, p := range wall.Pages {
				for _, d := range displays {
					name := fmt.Sprintf("%s-%s-%s-%dx%d.png", l, c.Name, p, d[0], d[1])
					if ok, _ := filepath.Match(only, name); only != "" && !ok {
						continue
					}
					img, _ := hang(t, page(p, c.View), d[0], d[1])
					save(t, filepath.Join(folder, name), img)
				}
			}
		}
	}
}

// rows are drilled rows as a room would open them.
func rows() wall.List {
	l := wall.List{Title: "宣传单", More: 34, Columns: []wall.Column{{Title: "日期"}, {Title: "单位"}, {Title: "条目", Flex: true}, {Title: "数量", Right: true}}}
	for i, unit := range []string{"临江街道", "滨江街道", "哈达山镇", "区市场监督管理局", "大洼镇", "新城乡", "区融媒体中心", "文化街道", "民主街道", "团结街道", "建设街道", "工农街道", "铁西街道", "善友镇"} {
		l.Rows = append(l.Rows, wall.Line{Cells: []string{fmt.Sprintf("11-%02d", 22-i), unit, "宣传单", fmt.Sprintf("%d,%03d 份", 1+i*3%7, i*317%1000)}})
	}
	return l
}

// listed is a page of drilled rows as a chart lays it out.
func listed(l wall.List, selected int, v wall.View) Layout {
	return func(w, h float64, m chart.Measure) chart.Picture {
		pic, _, _ := wall.LayoutList(l, selected, v, chart.Frame{W: w, H: h, Measure: m})
		return pic
	}
}

// TestWallListLook writes drilled rows to look at into the folder named by WALL_LOOK.
func TestWallListLook(t *testing.T) {
	folder := os.Getenv("WALL_LOOK")
	if folder == "" {
		t.Skip("WALL_LOOK names no folder")
	}
	test.NewApp()
	defer texts.Use(texts.Current())
	texts.Use(texts.Simplified)
	for _, d := range displays[:5] {
		img, _ := hang(t, listed(rows(), 2, trial.Cases()[1].View), d[0], d[1])
		save(t, filepath.Join(folder, fmt.Sprintf("list-%dx%d.png", d[0], d[1])), img)
	}
}

// BenchmarkPage lays each page of the sample out anew for a 4K display and fills the
// objects with it, as a commit does.
func BenchmarkPage(b *testing.B) {
	test.NewApp()
	v := trial.Cases()[1].View
	for _, p := range wall.Pages {
		b.Run(p.String(), func(b *testing.B) {
			c := NewWall(page(p, v))
			win := test.NewWindow(container.NewWithoutLayout(c))
			defer win.Close()
			c.Resize(fyne.NewSize(3840, 2160))
			b.ReportAllocs()
			for b.Loop() {
				c.Refresh()
			}
		})
	}
}

// TestWallKeepsItsColoursAndHasNoTips: whatever the theme, and however near the pointer.
func TestWallKeepsItsColoursAndHasNoTips(t *testing.T) {
	test.NewApp()
	fyne.CurrentApp().Settings().SetTheme(look.New(look.Light))
	c := NewWall(page(wall.PageSituation, trial.Cases()[1].View))
	win := test.NewWindow(container.NewWithoutLayout(c))
	defer win.Close()
	win.SetPadded(false)
	win.Resize(fyne.NewSize(1366, 768))
	c.Resize(fyne.NewSize(1366, 768))
	if got, want := at(win.Canvas().Capture(), 3, 3), wallColours.fill[chart.RoleGround]; got != want {
		t.Errorf("under the light theme the ground is %v, want %v", got, want)
	}
	c.OnOpen = func(string) {}
	test.MoveMouse(win.Canvas(), fyne.NewPos(900, 250))
	if c.hover < 0 || !c.shown.tip.Hidden {
		t.Errorf("at part %d the tip is hidden: %v", c.hover, c.shown.tip.Hidden)
	}
}
