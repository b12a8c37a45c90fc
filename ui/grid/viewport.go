package grid

import "math"

// viewport is the arithmetic of looking at a long column of rows of one height. Offsets
// are float64: ten million rows of 32 units are far beyond what float32 tells apart, and
// only the small differences to the offset ever become float32 positions on screen.
type viewport struct {
	rows   int     // rows there are
	rowH   float64 // height of one row, whole units
	height float64 // height of the visible part
	offset float64 // top of the visible part, from the top of row 0
}

// maxOffset is the offset at which the last row stands at the bottom.
func (v *viewport) maxOffset() float64 {
	return math.Max(0, float64(v.rows)*v.rowH-v.height)
}

// scrollTo moves to an offset, kept between the first and the last row, and says whether
// anything moved. Whole units keep letters on whole pixels, so they look alike in every row.
func (v *viewport) scrollTo(offset float64) bool {
	old := v.offset
	v.offset = math.Max(0, math.Min(math.Round(offset), v.maxOffset()))
	return v.offset != old
}

// visible gives the first and last row of which at least a part is seen, 0 and -1 when
// there is none.
func (v *viewport) visible() (first, last int) {
	if v.rows == 0 || v.height <= 0 {
		return 0, -1
	}
	first = min(int(v.offset/v.rowH), v.rows-1)
	last = int(math.Ceil((v.offset+v.height)/v.rowH)) - 1
	return first, max(first, min(last, v.rows-1))
}

// top is where a row begins, relative to the visible part.
func (v *viewport) top(row int) float32 {
	return float32(float64(row)*v.rowH - v.offset)
}

// rowAt gives the row at a height within the visible part, -1 below the last one.
func (v *viewport) rowAt(y float32) int {
	row := int(math.Floor((v.offset + float64(y)) / v.rowH))
	if row < 0 || row >= v.rows {
		return -1
	}
	return row
}

// reveal moves as little as needed to show a row whole, and says whether anything moved.
func (v *viewport) reveal(row int) bool {
	top := float64(row) * v.rowH
	switch {
	case top < v.offset:
		return v.scrollTo(top)
	case top+v.rowH > v.offset+v.height:
		// Rounded up: a window of broken height would otherwise cut the row's last line.
		return v.scrollTo(math.Ceil(top + v.rowH - v.height))
	}
	return false
}

// page is how many rows PageUp and PageDown move: one less than are seen whole, so that
// one row of the old page stays to hold on to.
func (v *viewport) page() int {
	return max(1, int(v.height/v.rowH)-1)
}

// leastThumb keeps the thumb of a scroll bar large enough to be caught with the pointer.
const leastThumb = 28

// thumb gives where a scroll bar's thumb begins on its track and how long it is; length 0
// when everything is seen and there is nothing to scroll.
func thumb(content, view, offset, track float64) (start, length float64) {
	if content <= view || track <= 0 {
		return 0, 0
	}
	length = math.Min(track, math.Max(leastThumb, track*view/content))
	return (track - length) * offset / (content - view), length
}

// thumbOffset is the way back: the offset for a thumb that begins at start.
func thumbOffset(content, view, start, length, track float64) float64 {
	if track <= length {
		return 0
	}
	share := math.Max(0, math.Min(1, start/(track-length)))
	return share * (content - view)
}
