package grid

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"

	"taizhang/ui/look"
)

// inked counts the pixels in an area that are darker than the ground.
func inked(img image.Image, area image.Rectangle) (n int) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if luma(img.At(x, y)) < 128 {
				n++
			}
		}
	}
	return n
}

func luma(c color.Color) int { return int(color.GrayModel.Convert(c).(color.Gray).Y) }

func TestTextIsDrawnInItsCell(t *testing.T) {
	g, _ := shown(t, 3)
	img := g.canvas().Capture()
	cell := func(row int, x0, x1 int) image.Rectangle {
		return image.Rect(x0, 32+row*32+4, x1, 32+row*32+28)
	}
	text := int(g.cols[1].x)
	for name, a := range map[string]struct {
		area     image.Rectangle
		from, to int // pixels that may be dark
	}{
		"item of row 1":        {cell(1, text+cellPad, text+cellPad+4*14), 150, 600},
		"after the item":       {cell(1, text+cellPad+4*14+2, text+160), 0, 0},
		"before the item":      {cell(1, text-2, text+cellPad), 0, 0},
		"where no row is":      {cell(5, 0, 480), 0, 0},
		"quantity with suffix": {cell(1, 400, 480), 15, 400},
	} {
		if n := inked(img, a.area); n < a.from || n > a.to {
			t.Errorf("%s has %d dark pixels, want %d to %d", name, n, a.from, a.to)
		}
	}
}

// TestPenWritesLikeFyne compares the pen with Fyne's own painter: the rest of the window
// is written by that, and nobody must see a difference.
func TestPenWritesLikeFyne(t *testing.T) {
	g, _ := shown(t, 1)
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		for _, s := range []style{plain, boldText, suffixStyle} {
			for _, text := range []string{"2026-03-02", "宣传条幅，拍照留存", "1,234,567", "Agfjy"} {
				theirs := byFyne(text, g.meter.sizeOf(s), s, scale)
				g.pen.rescale(scale)
				ours := image.NewRGBA(theirs.Bounds())
				fill(ours, ours.Rect, color.White)
				base := pixelsUp(g.meter.base[s] * scale)
				g.pen.write(ours, text, s, color.Black, 0, base)
				if worst, mean := apart(ours, theirs); worst > 70 || mean > 1.5 {
					t.Errorf("%q in style %d at scale %v is up to %d and on average %.2f of 255 apart", text, s, scale, worst, mean)
				}
			}
		}
	}
}

func pixelsUp(v float32) int {
	n := int(v)
	if float32(n) < v {
		n++
	}
	return n
}

// byFyne is a text as Fyne paints it, black on white from the top left.
func byFyne(text string, size float32, s style, scale float32) image.Image {
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	t := canvas.NewText(text, color.Black)
	t.TextSize, t.TextStyle = size, s.text()
	t.Resize(t.MinSize())
	c.SetContent(atTopLeft(t))
	c.Resize(fyne.NewSize(220, 40))
	return c.Capture()
}

// atTopLeft keeps a text at the top left of white ground.
func atTopLeft(t *canvas.Text) fyne.CanvasObject {
	ground := canvas.NewRectangle(color.White)
	ground.Resize(fyne.NewSize(220, 40))
	return &fyne.Container{Layout: still{}, Objects: []fyne.CanvasObject{ground, t}}
}

// apart gives how far two pictures are from each other.
func apart(a, b image.Image) (worst int, mean float64) {
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			d := luma(a.At(x, y)) - luma(b.At(x, y))
			worst, mean = max(worst, d, -d), mean+float64(max(d, -d))
		}
	}
	return worst, mean / float64(r.Dx()*r.Dy())
}

// times is how often each row on screen was drawn.
func times(g *Grid) map[int]int {
	out := map[int]int{}
	for _, s := range g.slots {
		if !s.box.Hidden {
			out[s.row] = s.letters.drawn
		}
	}
	return out
}

func TestStepDrawsOnlyNewRows(t *testing.T) {
	g, s := shown(t, 1000)
	before := times(g)
	g.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	g.MouseMoved(mouse(50, rowY(2), 0))
	g.Select(5)
	g.RefreshRows(0, s.n)
	for row, n := range times(g) {
		if was, stayed := before[row]; stayed && n != was {
			t.Errorf("row %d was drawn again though it says the same", row)
		}
	}
	g.SetSource(&counted{n: 1000, absent: map[int]bool{4: true}})
	if now := times(g); now[4] == before[4] {
		t.Error("row 4 still shows what it was before its data went")
	}
}

func TestThemeAndSlidingDrawAnew(t *testing.T) {
	g, _ := shown(t, 3)
	g.SetWidths(map[string]float32{"item": 700})
	check := func(what string, do func()) {
		t.Helper()
		before := times(g)
		do()
		for row, n := range times(g) {
			if n == before[row] {
				t.Errorf("%s does not draw row %d anew", what, row)
			}
		}
	}
	check("another theme", func() {
		fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark))
		g.Refresh()
	})
	check("sliding", func() { key(g, fyne.KeyRight) })
	check("larger type", func() {
		fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark).Scaled(1.5))
		g.Refresh()
	})
}

func TestScaleDrawsAnewOnWholePixels(t *testing.T) {
	g, _ := shown(t, 3)
	c := g.canvas().(software.WindowlessCanvas)
	for _, scale := range []float32{1.25, 1.5, 2, 1} {
		before := times(g)
		c.SetScale(scale)
		c.Capture()
		for row, n := range times(g) {
			if n == before[row] {
				t.Errorf("row %d was not drawn anew at scale %v", row, scale)
			}
		}
		for _, s := range g.slots[1].letters.strips {
			p := s.pixels.Position().AddXY(s.pixels.Size().Width, s.pixels.Size().Height)
			for _, v := range []float32{s.pixels.Position().X, s.pixels.Position().Y, p.X, p.Y} {
				px := v * scale
				if d := px - float32(int(px+0.5)); d > 0.01 || d < -0.01 {
					t.Errorf("a picture begins or ends at pixel %v at scale %v", px, scale)
				}
			}
		}
	}
}

func TestWhatThePenCannotWriteIsLeftToFyne(t *testing.T) {
	g, _ := shown(t, 3)
	g.SetSource(oneRow{{Text: "普通"}, {Text: "👍 e\u0301"}, {}})
	odd := g.slots[0].letters.odd
	if len(odd) != 1 || odd[0].Text != "👍 e\u0301" || odd[0].Hidden {
		t.Fatalf("left to Fyne: %v", odd)
	}
	if x := odd[0].Position().X; x != g.cols[1].x+cellPad {
		t.Errorf("Fyne writes it at %v", x)
	}
	g.SetSource(oneRow{{Text: "普通"}, {Text: "普通"}, {}})
	if !odd[0].Hidden {
		t.Error("it stays after the row says something else")
	}
}

func TestGlyphsKeptAreBounded(t *testing.T) {
	g, _ := shown(t, 1)
	for r := rune(0x4E00); r < 0x4E00+3*mostGlyphs; r++ {
		g.pen.extent(string(r), plain, 0, 0)
	}
	if n := len(g.pen.glyphs); n == 0 || n > mostGlyphs {
		t.Errorf("%d glyphs are kept", n)
	}
	if n := len(g.pen.known); n == 0 || n > mostGlyphs {
		t.Errorf("%d characters are known", n)
	}
}

func TestRowTextsOnlyOfRowsOnScreen(t *testing.T) {
	g, _ := shown(t, 100)
	if got := fmt.Sprint(g.RowTexts(9)); got != "[9 宣传条幅 27 幅]" {
		t.Errorf("row 9 says %s", got)
	}
	for _, row := range []int{-1, 10, 50, 100} {
		if got := g.RowTexts(row); got != nil {
			t.Errorf("row %d is not on screen and says %v", row, got)
		}
	}
	g.Select(2)
	if got := g.AccessibilityLabel(); got != "2 宣传条幅 6 幅" {
		t.Errorf("a reader hears %q", got)
	}
}
