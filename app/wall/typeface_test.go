package wall_test

import (
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"taizhang/app/chart"
	"taizhang/assets"
)

// typeface measures with the embedded faces: the widths that the window draws, and
// the ink of each character, to a hundredth of its size.
type typeface struct {
	t     testing.TB
	faces [2]*sfnt.Font
	runes map[glyph]ink
	buf   sfnt.Buffer
}

type glyph struct {
	r    rune
	bold bool
}

// ink is a character at size 1: its advance and the box of what is dark.
type ink struct {
	advance                float64
	left, top, right, deep float64 // from the pen on the baseline; top is negative
}

// unit is the size that characters are measured at.
const unit = 1000

func newTypeface(t testing.TB) *typeface {
	t.Helper()
	f := &typeface{t: t, runes: map[glyph]ink{}}
	for i, data := range [][]byte{assets.RegularTypeface, assets.BoldTypeface} {
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		f.faces[i] = face
	}
	return f
}

func (f *typeface) glyph(r rune, bold bool) ink {
	if g, ok := f.runes[glyph{r, bold}]; ok {
		return g
	}
	face := f.faces[0]
	if bold {
		face = f.faces[1]
	}
	index, err := face.GlyphIndex(&f.buf, r)
	if err != nil || index == 0 {
		f.t.Errorf("the typeface has no %c (%U)", r, r)
	}
	box, advance, err := face.GlyphBounds(&f.buf, index, fixed.I(unit), font.HintingNone)
	if err != nil {
		f.t.Fatal(err)
	}
	at := func(v fixed.Int26_6) float64 { return float64(v) / 64 / unit }
	g := ink{at(advance), at(box.Min.X), at(box.Min.Y), at(box.Max.X), at(box.Max.Y)}
	f.runes[glyph{r, bold}] = g
	return g
}

// measure is chart.Measure.
func (f *typeface) measure(text string, size float64, bold bool) (w, h float64) {
	for _, r := range text {
		w += f.glyph(r, bold).advance * size
	}
	return w, size * 1.448
}

// box is a part of a picture.
type box struct{ left, top, right, bottom float64 }

func (b box) high() float64 { return b.bottom - b.top }

func (b box) meets(c box, apart float64) bool {
	return b.left < c.right-apart && c.left < b.right-apart && b.top < c.bottom-apart && c.top < b.bottom-apart
}

func (b box) holds(c box) bool {
	return b.left <= c.left && b.top <= c.top && b.right >= c.right && b.bottom >= c.bottom
}

// ink is the box of what is dark of a text; ok is false for one of spaces.
func (f *typeface) ink(s chart.Shape) (b box, ok bool) {
	pen, base := s.X, s.Y+s.H*0.801
	for _, r := range s.Text {
		g := f.glyph(r, s.Bold)
		if g.right > g.left {
			c := box{pen + g.left*s.Size, base + g.top*s.Size, pen + g.right*s.Size, base + g.deep*s.Size}
			if !ok {
				b, ok = c, true
			}
			b = box{min(b.left, c.left), min(b.top, c.top), max(b.right, c.right), max(b.bottom, c.bottom)}
		}
		pen += g.advance * s.Size
	}
	return b, ok
}
