package grid

import (
	"image"
	"image/color"
	"math"
	"unicode"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

const (
	// phases is how many places within a pixel a character can begin at. A sixteenth of a
	// pixel, the most that one is off, is not seen.
	phases    = 1 << phaseBits
	phaseBits = 3
	// mostGlyphs bounds what a pen keeps: about the characters of two full pages.
	mostGlyphs = 2048
	// struckAt is where text is struck through, as a part of its baseline, as Fyne does it.
	struckAt = 0.75
)

// pen writes text into pictures, as Fyne would write it but without making an object and
// a texture of every text: those were nearly all of the time that a frame of a large
// table took. Glyphs are drawn once and kept.
type pen struct {
	meter  *meter
	scale  float32 // pixels in one of Fyne's units
	faces  [2]*sfnt.Font
	glyphs map[glyphKey]*glyph
	known  map[runeKey]sfnt.GlyphIndex
	buf    sfnt.Buffer
	raster vector.Rasterizer
}

// runeKey is a character and whether it is bold, in one number: maps find it at once.
type runeKey uint32

func keyOf(r rune, bold bool) runeKey {
	if bold {
		return runeKey(r)<<1 | 1
	}
	return runeKey(r) << 1
}

func (k runeKey) rune() rune  { return rune(k >> 1) }
func (k runeKey) weight() int { return int(k & 1) }

// glyphKey is a character in one of the two sizes, beginning at a phase of a pixel.
type glyphKey struct {
	runeKey
	look uint32 // phase, and phases more in the small size
}

// glyph is how much of each pixel a character covers.
type glyph struct {
	at   image.Point // of its top left, from the baseline's beginning
	mask image.Alpha
}

// typefaces are the parsed ones, by the resource they come from: the program has two.
var typefaces = map[fyne.Resource]*sfnt.Font{}

// typeface gives nil for what cannot be read: Fyne then writes as it can.
func typeface(r fyne.Resource) *sfnt.Font {
	if r == nil {
		return nil
	}
	face, ok := typefaces[r]
	if !ok {
		face, _ = sfnt.Parse(r.Content())
		typefaces[r] = face
	}
	return face
}

// newPen gives a pen for the sizes of m; with a nil face all is left to Fyne.
func newPen(m *meter, regular, bold *sfnt.Font) *pen {
	p := &pen{meter: m, scale: 1, faces: [2]*sfnt.Font{regular, bold}, known: map[runeKey]sfnt.GlyphIndex{}}
	p.forget()
	return p
}

func (p *pen) forget() { p.glyphs = make(map[glyphKey]*glyph) }

// rescale follows the scale of the canvas.
func (p *pen) rescale(scale float32) {
	if scale != p.scale {
		p.scale = scale
		p.forget()
	}
}

// index gives the face's glyph for a character, 0 when there is none.
func (p *pen) index(k runeKey) sfnt.GlyphIndex {
	g, ok := p.known[k]
	if ok {
		return g
	}
	if face := p.faces[k.weight()]; face != nil {
		g, _ = face.GlyphIndex(&p.buf, k.rune())
	}
	if len(p.known) >= mostGlyphs {
		clear(p.known)
	}
	p.known[k] = g
	return g
}

// can says whether the pen writes a text as Fyne does. It does not when the typeface lacks
// a character, for which Fyne finds another one, and when characters join.
func (p *pen) can(text string, s style) bool {
	bold := s.text().Bold
	for _, r := range text {
		if p.index(keyOf(r, bold)) == 0 || r > unicode.MaxLatin1 && unicode.In(r, unicode.M, unicode.Cf) {
			return false
		}
	}
	return true
}

// write puts a text's left end at x, pixels, and its baseline at y.
func (p *pen) write(img *image.RGBA, text string, s style, ink color.Color, x, y int) {
	full := eightBit(ink)
	p.walk(text, s, x, y, func(g *glyph, at image.Point) { blend(img, &g.mask, at, full) })
}

// extent is the part of a picture that write touches.
func (p *pen) extent(text string, s style, x, y int) (area image.Rectangle) {
	p.walk(text, s, x, y, func(g *glyph, at image.Point) { area = area.Union(g.mask.Rect.Add(at)) })
	return area
}

// walk tells for every character where its mask begins.
func (p *pen) walk(text string, s style, x, y int, do func(g *glyph, at image.Point)) {
	bold, look := s.text().Bold, uint32(0)
	if s == suffixStyle || s == headStyle {
		look = phases
	}
	at := float32(x)
	for _, r := range text {
		steps := int(math.Floor(float64(at*phases) + 0.5))
		g := p.glyph(glyphKey{keyOf(r, bold), look + uint32(steps&(phases-1))}, s)
		do(g, image.Pt(steps>>phaseBits, y).Add(g.at))
		at += p.meter.advance(r, s) * p.scale
	}
}

// glyph gives a drawn character.
func (p *pen) glyph(k glyphKey, s style) *glyph {
	g := p.glyphs[k]
	if g == nil {
		if len(p.glyphs) >= mostGlyphs {
			p.forget()
		}
		g = p.draw(k, p.meter.sizeOf(s)*p.scale)
		p.glyphs[k] = g
	}
	return g
}

// draw fills a character's outline, size pixels to the em.
func (p *pen) draw(k glyphKey, size float32) *glyph {
	face := p.faces[k.weight()]
	if face == nil {
		return &glyph{}
	}
	// One pixel a font unit gives the outline in font units, unrounded.
	em := face.UnitsPerEm()
	outline, err := face.LoadGlyph(&p.buf, p.index(k.runeKey), fixed.Int26_6(em), nil)
	if err != nil || len(outline) == 0 {
		return &glyph{}
	}
	unit := size / float32(em)
	shift := float32(k.look%phases) / phases
	box := outline.Bounds()
	left := int(math.Floor(float64(float32(box.Min.X)*unit + shift)))
	top := int(math.Floor(float64(float32(box.Min.Y) * unit)))
	right := int(math.Ceil(float64(float32(box.Max.X)*unit + shift)))
	bottom := int(math.Ceil(float64(float32(box.Max.Y) * unit)))
	g := &glyph{at: image.Pt(left, top), mask: *image.NewAlpha(image.Rect(0, 0, right-left, bottom-top))}
	p.raster.Reset(right-left, bottom-top)
	p.trace(outline, unit, shift-float32(left), -float32(top))
	p.raster.Draw(&g.mask, g.mask.Rect, image.Opaque, image.Point{})
	return g
}

func (p *pen) trace(outline sfnt.Segments, unit, dx, dy float32) {
	r := &p.raster
	at := func(q fixed.Point26_6) (x, y float32) { return float32(q.X)*unit + dx, float32(q.Y)*unit + dy }
	for _, s := range outline {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		cx, cy := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
}

// eightBit is a colour as pictures keep it.
func eightBit(c color.Color) color.RGBA {
	r, g, b, a := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

// blend lays ink over a picture where a mask says so. It is draw.DrawMask written out for
// these two kinds of picture: what that takes was to be seen in the profile.
func blend(img *image.RGBA, mask *image.Alpha, at image.Point, ink color.RGBA) {
	area := mask.Rect.Add(at).Intersect(img.Rect)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		cover := mask.Pix[(y-at.Y)*mask.Stride+area.Min.X-at.X:][:area.Dx()]
		pix := img.Pix[img.PixOffset(area.Min.X, y):][:4*area.Dx()]
		for x, c := range cover {
			if c != 0 {
				over(pix[4*x:4*x+4:4*x+4], ink, uint32(c))
			}
		}
	}
}

// over lays ink over one pixel that it covers by c of 255.
func over(pix []uint8, ink color.RGBA, c uint32) {
	left := 255 - (uint32(ink.A)*c+127)/255
	pix[0] = uint8((uint32(ink.R)*c + uint32(pix[0])*left + 127) / 255)
	pix[1] = uint8((uint32(ink.G)*c + uint32(pix[1])*left + 127) / 255)
	pix[2] = uint8((uint32(ink.B)*c + uint32(pix[2])*left + 127) / 255)
	pix[3] = uint8((uint32(ink.A)*c + uint32(pix[3])*left + 127) / 255)
}
