package grid

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// widestGap is how much empty space, in pixels, is drawn along rather than begin another
// picture: in software, an object takes about as long as so many columns of pixels.
const widestGap = 48

// word is one text and how it is written. x is its left end and y the top of the line that
// it stands on: a line in style on, which is another one for a measure word.
type word struct {
	text    string
	style   style
	on      style
	ink     color.Color
	x, y, w float32
}

// lettering is a line of words drawn as few pictures: a row, the footer, the header's
// titles. They are drawn anew only when a word or the frame changed.
type lettering struct {
	grid   *Grid
	words  []word // from left to right
	stale  bool
	frame  frame
	drawn  int // how often it was told to be drawn anew
	strips []*strip
	box    *fyne.Container // of the strips and the odd words
	odd    []*canvas.Text  // words that the pen cannot write
}

// frame is what a lettering depends on besides its words.
type frame struct {
	left, width float32 // the part of the line that is seen
	scale       float32 // pixels in one of Fyne's units
	pen         *pen
}

// strip is one picture: words that stand close together. Its area is all that is seen of
// them and no more, for the time that a frame takes is mostly that of pixels, empty or not.
type strip struct {
	line   *lettering
	words  []word
	area   image.Rectangle // pixels from the top left of the line
	pixels *canvas.Raster
}

func newLettering(g *Grid, words int) *lettering {
	return &lettering{grid: g, words: make([]word, words), box: container.New(still{})}
}

// set writes one word.
func (l *lettering) set(i int, w word) {
	if l.words[i] != w {
		l.words[i] = w
		l.stale = true
	}
}

// show has the pictures drawn anew if anything changed.
func (l *lettering) show(f frame) {
	if f != l.frame {
		l.frame, l.stale = f, true
	}
	if !l.stale {
		return
	}
	l.stale = false
	l.drawn++
	l.cut()
	for _, s := range l.strips {
		s.place(f.scale)
	}
	// Not canvas.Refresh: Fyne forgets after a minute where a hidden object was.
	if c := l.grid.canvas(); c != nil {
		c.Refresh(l.box)
	}
}

// cut divides the words into strips, and gives Fyne those that the pen cannot write.
func (l *lettering) cut() {
	seen := image.Rect(0, math.MinInt32, pixels(l.frame.width, l.frame.scale), math.MaxInt32)
	var last *strip
	strips, odd := 0, 0
	for _, w := range l.words {
		if w.text == "" {
			continue
		}
		if !l.frame.pen.can(w.text, w.style) {
			l.showOdd(odd, w)
			odd++
			continue
		}
		area := l.extent(w).Intersect(seen)
		if area.Empty() {
			continue
		}
		if last == nil || area.Min.X-last.area.Max.X > widestGap {
			last = l.strip(strips)
			strips++
		}
		last.area = last.area.Union(area)
		last.words = append(last.words, w)
	}
	for _, s := range l.strips[strips:] {
		s.words, s.area = s.words[:0], image.Rectangle{}
	}
	for _, text := range l.odd[odd:] {
		text.Text, text.Hidden = "", true
	}
}

// strip gives the nth strip, empty.
func (l *lettering) strip(n int) *strip {
	if n == len(l.strips) {
		s := &strip{line: l}
		s.pixels = canvas.NewRaster(s.draw)
		s.pixels.ScaleMode = canvas.ImageScalePixels
		l.strips = append(l.strips, s)
		l.box.Add(s.pixels)
	}
	s := l.strips[n]
	s.words, s.area = s.words[:0], image.Rectangle{}
	return s
}

// origin is where a word's baseline begins, pixels from the top left of the line.
func (l *lettering) origin(w word) (x, y int) {
	f := &l.frame
	ascent := math.Ceil(float64(f.pen.meter.base[w.on] * f.scale))
	return pixels(w.x-f.left, f.scale), pixels(w.y, f.scale) + int(ascent)
}

func (l *lettering) extent(w word) image.Rectangle {
	x, y := l.origin(w)
	return l.frame.pen.extent(w.text, w.style, x, y).Union(l.strike(w))
}

// strike is the line through a word that is struck through.
func (l *lettering) strike(w word) (line image.Rectangle) {
	if w.style == struckText {
		f := &l.frame
		x, _ := l.origin(w)
		y := pixels(w.y+f.pen.meter.base[w.style]*struckAt, f.scale)
		line = image.Rect(x, y-max(1, pixels(1, f.scale)), x+pixels(w.w, f.scale), y)
	}
	return line
}

// showOdd has Fyne write a word, in the nth of its texts.
func (l *lettering) showOdd(n int, w word) {
	if n == len(l.odd) {
		l.odd = append(l.odd, canvas.NewText("", nil))
		l.box.Add(l.odd[n])
	}
	m, text := &l.grid.meter, l.odd[n]
	text.Text, text.TextSize, text.TextStyle, text.Color = w.text, m.sizeOf(w.style), w.style.text(), w.ink
	text.Move(fyne.NewPos(w.x, w.y+m.base[w.on]-m.base[w.style]))
	text.Resize(fyne.NewSize(w.w, m.high[w.style]))
	text.Hidden = false
}

// place puts the picture where its words are, on whole pixels: one that is stretched is
// blurred.
func (s *strip) place(scale float32) {
	s.pixels.Hidden = s.area.Empty()
	if s.pixels.Hidden {
		return
	}
	at := fyne.NewPos(float32(s.area.Min.X)/scale, float32(s.area.Min.Y)/scale)
	s.pixels.Move(at.AddXY(s.line.frame.left, 0))
	s.pixels.Resize(fyne.NewSize(float32(s.area.Dx())/scale, float32(s.area.Dy())/scale))
}

// draw makes the picture, w pixels wide and h high, when Fyne asks for it.
func (s *strip) draw(w, h int) image.Image {
	img := paper(w, h)
	l := s.line
	if l.grid.pixelScale() != l.frame.scale {
		// The window came onto another display. Everything finds its new place after this
		// frame, for objects must not move while they are painted.
		fyne.Do(l.grid.rescale)
	}
	for _, word := range s.words {
		x, y := l.origin(word)
		l.frame.pen.write(img, word.text, word.style, word.ink, x-s.area.Min.X, y-s.area.Min.Y)
		fill(img, l.strike(word).Sub(s.area.Min), word.ink)
	}
	return img
}

// pixels is a length in whole pixels.
func pixels(length, scale float32) int {
	return int(math.Round(float64(length * scale)))
}

// sheet is the paper of all strips: Fyne takes over the pixels as soon as they are drawn,
// so that one is enough.
var sheet []uint8

// paper gives an empty picture.
func paper(w, h int) *image.RGBA {
	if n := 4 * w * h; cap(sheet) < n {
		sheet = make([]uint8, n)
	}
	img := &image.RGBA{Pix: sheet[:4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
	clear(img.Pix)
	return img
}

// fill lays a colour over a part of a picture.
func fill(img *image.RGBA, area image.Rectangle, ink color.Color) {
	area = area.Intersect(img.Rect)
	full := eightBit(ink)
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			i := img.PixOffset(x, y)
			over(img.Pix[i:i+4:i+4], full, 255)
		}
	}
}
