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
