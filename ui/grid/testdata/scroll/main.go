// Command scroll measures how long the grid takes for a step of scrolling in a real
// window: the step itself and the frame that shows it, p50 and p95 over many steps.
//
//	go run -tags x11 ./ui/grid/testdata/scroll -rows 1000000 -steps 300
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/grid"
	"taizhang/ui/look"
)

var (
	rows    = flag.Int("rows", 1_000_000, "rows")
	steps   = flag.Int("steps", 300, "steps of each kind")
	width   = flag.Float64("width", 1920, "window width")
	height  = flag.Float64("height", 1080, "window height")
	dark    = flag.Bool("dark", false, "dark theme")
	stay    = flag.Bool("stay", false, "only show the window")
	endless = flag.Duration("endless", 0, "keep turning the wheel so long, and print memory use")
	paged   = flag.Bool("paged", false, "load pages of rows, 2 ms each")
)

var (
	units = []string{"宁江区宣传中心", "第一街道办事处", "滨河社区", "东风镇", "高新园区管委会"}
	items = []string{"宣传条幅", "网络信息", "电子屏滚动播放", "入户走访", "张贴公告"}
	notes = []string{"", "临街商铺与公交站点", "由社区网格员于当日下午统一张贴，并拍照留存，次日复核数量后上报指挥部备案", "补报"}
)

// rowsSource makes rows from their number.
type rowsSource struct{ n int }

func (s rowsSource) Len() int { return s.n }

func (s rowsSource) Row(i int, c []grid.Cell) bool {
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%320)
	c[0].Text = fmt.Sprint(i + 1)
	c[0].Tone = grid.Quiet
	c[1].Text = day.Format("2006-01-02")
	c[2].Text = units[i%len(units)]
	c[3].Text = items[i/3%len(items)]
	c[4].Text, c[4].Suffix = group(i*37%98765), []string{"幅", "条", "平方米", "户次"}[i%4]
	c[5].Text = notes[i%len(notes)]
	c[6].Text = []string{"已报", "零报告", "迟报", "未报"}[i%4]
	c[6].Tone = []grid.Tone{grid.Good, grid.Quiet, grid.Warn, grid.Bad}[i%4]
	c[7].Text = fmt.Sprintf("录入员%02d", i%17)
	if i%23 == 7 {
		for k := range c {
			c[k].Tone = grid.Struck
		}
	}
	return true
}

func group(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", group(n/1000), n%1000)
}

// pagedSource gives the same rows through Pages with a slow loader.
type pagedSource struct{ pages *grid.Pages[[]grid.Cell] }

func newPaged(n int, loaded func()) pagedSource {
	load := func(first, n int) ([][]grid.Cell, error) {
		time.Sleep(2 * time.Millisecond)
		out := make([][]grid.Cell, n)
		for i := range out {
			out[i] = make([]grid.Cell, 8)
			rowsSource{}.Row(first+i, out[i])
		}
		return out, nil
	}
	run := func(work, done func()) { go func() { work(); fyne.Do(done) }() }
	p := grid.NewPages(load, run, loaded)
	p.Reset(n)
	return pagedSource{p}
}

func (s pagedSource) Len() int { return s.pages.Len() }

func (s pagedSource) Row(i int, c []grid.Cell) bool {
	row, ok := s.pages.Get(i)
	copy(c, row)
	return ok
}

// probe is an object without looks: being walked tells it that a frame begins.
type probe struct {
	widget.BaseWidget
	begun   func()
	content []fyne.CanvasObject
}

func (p *probe) CreateRenderer() fyne.WidgetRenderer { return p }
func (p *probe) Layout(fyne.Size)                    {}
func (p *probe) Destroy()                            {}
func (p *probe) Refresh()                            {}
func (p *probe) MinSize() (s fyne.Size)              { return }
func (p *probe) Objects() []fyne.CanvasObject {
	if p.begun != nil {
		p.begun()
	}
	return p.content
}

func main() {
	flag.Parse()
	a := app.NewWithID("grid.scroll")
	variant := look.Light
	if *dark {
		variant = look.Dark
	}
	a.Settings().SetTheme(look.New(variant))
	w := a.NewWindow("scroll")
	w.SetPadded(false)
	g := newGrid()
	p := &probe{}
	p.ExtendBaseWidget(p)
	status := canvas.NewText("", nil)
	w.SetContent(container.NewStack(p, container.NewBorder(nil, container.NewHBox(status, widget.NewButton("Next", nil)), nil, nil, g)))
	w.Resize(fyne.NewSize(float32(*width), float32(*height)))
	w.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyN, Modifier: fyne.KeyModifierControl},
		func(fyne.Shortcut) { fmt.Println("Ctrl+N reaches the window") })
	if !*stay {
		go func() { measure(g, p); fyne.Do(a.Quit) }()
	}
	w.ShowAndRun()
}

func newGrid() *grid.Grid {
	g := grid.New([]grid.Column{
		{ID: "no", Title: "序号", Width: 90, Align: grid.Trailing},
		{ID: "day", Title: "日期", Width: 110, Sortable: true},
		{ID: "unit", Title: "单位", Width: 180, Sortable: true},
		{ID: "item", Title: "项目", Width: 160, Sortable: true},
		{ID: "qty", Title: "数量", Width: 140, Align: grid.Trailing, Sortable: true},
		{ID: "note", Title: "备注", Width: 220, Flex: true},
		{ID: "state", Title: "状态", Width: 90, Align: grid.Center, Sortable: true},
		{ID: "who", Title: "录入", Width: 120},
	})
	g.SetEmpty("没有符合条件的记录，请放宽筛选条件。")
	say := func(format string, a ...any) { fmt.Printf(format+"\n", a...) }
	g.OnSort = func(id string, desc bool) { say("sort %s %v", id, desc) }
	g.OnSelect = func(row int) { say("select %d", row) }
	g.OnActivate = func(row int) { say("activate %d", row) }
	g.OnResize = func(id string, width float32) { say("resize %s %v", id, width) }
	g.OnContext = func(row int, at fyne.Position) { say("context %d %v", row, at) }
	g.SetSort("day", true)
	g.SetFooter([]grid.Cell{{}, {Text: "合计", Bold: true}, {}, {}, {Text: "1,234,567", Suffix: "幅", Bold: true}, {Text: "另有 3 种计量单位", Tone: grid.Quiet}})
	if *paged {
		g.SetSource(newPaged(*rows, func() { g.RefreshRows(0, *rows) }))
	} else {
		g.SetSource(rowsSource{*rows})
	}
	return g
}

func measure(g *grid.Grid, p *probe) {
	time.Sleep(2 * time.Second)
	wheel := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	blink := canvas.NewRectangle(nil)
	fyne.DoAndWait(func() { p.content = []fyne.CanvasObject{blink}; g.Hide() })
	report("empty window", g, p, func(i int) { blink.Move(fyne.NewPos(float32(i), 0)) })
	fyne.DoAndWait(func() { g.Show() })
	report("wheel, 3 rows", g, p, func(int) { g.Scrolled(wheel) })
	report("page", g, p, func(int) { g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) })
	report("jump", g, p, func(int) { g.ScrollTo(rand.IntN(*rows)) })
	report("hover", g, p, func(i int) {
		ev := &desktop.MouseEvent{}
		ev.Position = fyne.NewPos(300, float32(100+i*32%700))
		g.MouseMoved(ev)
	})
	if *endless > 0 {
		end := time.Now().Add(*endless)
		for i := 0; time.Now().Before(end); i++ {
			report(fmt.Sprintf("endless %d", i), g, p, func(int) { g.Scrolled(wheel) })
			fmt.Println("   ", memory())
		}
	}
}

// report runs steps one frame apart and prints what they took.
func report(name string, g *grid.Grid, p *probe, step func(i int)) {
	var did, took []time.Duration
	var cpu time.Duration
	for i := range *steps {
		var begun, drawn time.Time
		var update time.Duration
		done := make(chan bool)
		fyne.DoAndWait(func() {
			start := time.Now()
			cpu -= processor()
			step(i)
			update = time.Since(start)
			p.begun = func() {
				p.begun = nil
				begun = time.Now()
				// Runs when the frame is on the screen: the loop draws, then looks here.
				go fyne.Do(func() { drawn = time.Now(); cpu += processor(); close(done) })
			}
		})
		select {
		case <-done:
			did, took = append(did, update), append(took, update+drawn.Sub(begun))
		case <-time.After(500 * time.Millisecond): // nothing changed, so nothing was drawn
			cpu += processor()
		}
	}
	if len(took) == 0 {
		fmt.Println(name, "drew nothing")
		return
	}
	slices.Sort(did)
	slices.Sort(took)
	at := func(d []time.Duration, q int) time.Duration { return d[len(d)*q/100].Round(10 * time.Microsecond) }
	first, last := 0, 0
	fyne.DoAndWait(func() { first, last = g.VisibleRange() })
	fmt.Printf("%-14s n %d  step+frame p50 %v p95 %v  step alone p50 %v p95 %v  processor a step %v  rows %d-%d\n",
		name, len(took), at(took, 50), at(took, 95), at(did, 50), at(did, 95), (cpu / time.Duration(*steps)).Round(10*time.Microsecond), first, last)
}

// processor is the time that this process has computed, its drawing threads included: the
// measure to trust on a machine that does other work too.
func processor() time.Duration {
	var r syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &r)
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

func memory() string {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	rss := "?"
	if b, err := os.ReadFile("/proc/self/status"); err == nil {
		for _, line := range strings.Split(string(b), "\n") {
			if strings.HasPrefix(line, "VmRSS") {
				rss = strings.Join(strings.Fields(line)[1:], " ")
			}
		}
	}
	return fmt.Sprintf("heap %d MB, resident %s", m.HeapAlloc>>20, rss)
}
