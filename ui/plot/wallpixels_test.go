package plot

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	texts "taizhang/app/words"
)

// TestRenderedPagesCanBeRead measures pages as they are drawn: for every text the
// darkest and brightest of its pixels against 7:1, and the height of its ink against
// 1/40 of the display, 1/10 for the main figure. Layout's own tests cover every
// language, state and display; here are as many as take seconds.
func TestRenderedPagesCanBeRead(t *testing.T) {
	test.NewApp()
	defer texts.Use(texts.Current())
	cases := trial.Cases()
	for i, d := range displays {
		texts.Use(texts.Languages[i%len(texts.Languages)])
		for k, p := range wall.Pages {
			if d[1] > 1080 && k > 1 {
				continue // the same layout as at 1080, four times the pixels
			}
			c := cases[1+(i+k)%4]
			img, pic := hang(t, page(p, c.View), d[0], d[1])
			readable(t, c.Name+" "+p.String(), img, pic)
		}
	}
}

func readable(t *testing.T, name string, img image.Image, pic chart.Picture) {
	t.Helper()
	main := 0
	for _, s := range pic.Shapes {
		if s.Kind != chart.KindText {
			continue
		}
		ink := inkOf(img, s)
		if ink.Empty() {
			t.Errorf("%s %vx%v: %q is not to be seen", name, pic.W, pic.H, s.Text)
			continue
		}
		if r := ratio(img, ink); r < 7 {
			t.Errorf("%s %vx%v: %q has %.1f:1", name, pic.W, pic.H, s.Text, r)
		}
		if float64(ink.Dy()) < pic.H/40-1 && tall(s.Text) {
			t.Errorf("%s %vx%v: %q is %d high", name, pic.W, pic.H, s.Text, ink.Dy())
		}
		main = max(main, ink.Dy())
	}
	if float64(main) < pic.H/10-1 {
		t.Errorf("%s %vx%v: the main figure is %d high", name, pic.W, pic.H, main)
	}
}

// tall reports whether a text has a character as high as its size allows.
func tall(text string) bool {
	for _, r := range text {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r > 0x4e00 && r < 0x9fff {
			return true
		}
	}
	return false
}

// inkOf is the part of a text's line that differs from the colour at its left edge.
func inkOf(img image.Image, s chart.Shape) image.Rectangle {
	base := s.Y + s.H*0.801
	r := image.Rect(int(s.X)-1, int(base-s.Size*0.95), int(s.X+s.W)+1, int(base+s.Size*0.26)).Intersect(img.Bounds())
	ground := commonest(img, r)
	dark := map[color.NRGBA]bool{ground: false}
	var ink image.Rectangle
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(img, x, y)
			is, ok := dark[c]
			if !ok {
				is = contrast(c, ground) > 3.5
				dark[c] = is
			}
			if is {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

// ratio is the contrast of the pixel that stands out most against what lies around it.
func ratio(img image.Image, r image.Rectangle) float64 {
	ground, most, seen := commonest(img, r.Inset(-2)), 0.0, map[color.NRGBA]bool{}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if c := at(img, x, y); !seen[c] {
				seen[c] = true
				most = max(most, contrast(c, ground))
			}
		}
	}
	return most
}

func at(img image.Image, x, y int) color.NRGBA {
	if fast, ok := img.(*image.NRGBA); ok {
		return fast.NRGBAAt(x, y)
	}
	return color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
}

// commonest is the colour of most pixels of a part.
func commonest(img image.Image, r image.Rectangle) color.NRGBA {
	count := map[color.NRGBA]int{}
	var best color.NRGBA
	r = r.Intersect(img.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := at(img, x, y)
			if count[c]++; count[c] > count[best] {
				best = c
			}
		}
	}
	return best
}

// TestWallColours: every word on the ground, under a mark and on every fill it may
// stand on has 7:1, and the states are told apart without colour.
func TestWallColours(t *testing.T) {
	c := wallColours
	ground := c.fill[chart.RoleGround]
	marked := over(c.fill[chart.RoleHighlight], ground, chart.MarkVeil)
	for r := chart.RoleText; int(r) < chart.Roles; r++ {
		if r == chart.RoleLine {
			continue // never a word
		}
		if got := contrast(c.word[r], ground); got < 7 {
			t.Errorf("a word of role %d has %.1f:1", r, got)
		}
		if got := contrast(c.word[r], marked); got < 7 && r < chart.Series(0) {
			t.Errorf("a marked word of role %d has %.1f:1", r, got)
		}
		if got := contrast(c.ink[r], c.fill[r]); got < 7 {
			t.Errorf("text on a fill of role %d has %.1f:1", r, got)
		}
	}
}

// over is a colour seen through another at an opacity.
func over(c, ground color.NRGBA, opacity float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*opacity + float64(b)*(1-opacity))) }
	return color.NRGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 0xff}
}
