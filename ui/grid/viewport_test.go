package grid

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestViewportEnds(t *testing.T) {
	for _, rows := range []int{1_000_000, 10_000_000} {
		v := viewport{rows: rows, rowH: 32, height: 333}
		v.scrollTo(math.Inf(1))
		if first, last := v.visible(); last != rows-1 || first != rows-11 {
			t.Errorf("%d rows: %d-%d at the end", rows, first, last)
		}
		if bottom := v.top(rows-1) + 32; bottom != 333 {
			t.Errorf("%d rows: the last row ends at %v of 333", rows, bottom)
		}
		if row := v.rowAt(332); row != rows-1 {
			t.Errorf("%d rows: %d is at the bottom", rows, row)
		}
		v.scrollTo(math.Inf(-1))
		if first, _ := v.visible(); first != 0 || v.top(0) != 0 {
			t.Errorf("%d rows: %d is the first, at %v", rows, first, v.top(0))
		}
	}
}

func TestViewportEveryStepMovesByWholeUnits(t *testing.T) {
	v := viewport{rows: 10_000_000, rowH: 32, height: 900}
	v.scrollTo(v.maxOffset() - 5000)
	for range 100 {
		row, _ := v.visible()
		before := v.top(row)
		v.scrollTo(v.offset + 7)
		if moved := before - v.top(row); moved != 7 {
			t.Fatalf("row %d moved by %v instead of 7", row, moved)
		}
	}
}

func TestViewportProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := viewport{
			rows:   rapid.IntRange(0, 20_000_000).Draw(t, "rows"),
			rowH:   float64(rapid.IntRange(20, 90).Draw(t, "row height")),
			height: rapid.Float64Range(0, 3000).Draw(t, "height"),
		}
		v.scrollTo(rapid.Float64Range(-1e4, 2e9).Draw(t, "offset"))
		first, last := v.visible()
		if first < 0 || last >= v.rows || v.rows > 0 && v.height > 0 && first > last {
			t.Fatalf("%+v shows %d-%d", v, first, last)
		}
		if v.offset < 0 || v.offset > v.maxOffset() {
			t.Fatalf("%+v is beyond %v", v, v.maxOffset())
		}
		if v.rows == 0 || v.height < v.rowH+1 {
			return
		}
		row := rapid.IntRange(0, v.rows-1).Draw(t, "row")
		v.reveal(row)
		if top := float64(v.top(row)); top < 0 || top+v.rowH > v.height+0.001 {
			t.Fatalf("%+v: revealed row %d stands at %v", v, row, top)
		}
		if got := v.rowAt(v.top(row) + 1); got != row {
			t.Fatalf("%+v: row %d is found as %d", v, row, got)
		}
	})
}

func TestThumbGoesToBothEnds(t *testing.T) {
	const content, view, track = 10_000_000 * 32.0, 900.0, 880.0
	start, length := thumb(content, view, 0, track)
	if start != 0 || length != leastThumb {
		t.Errorf("thumb at %v, %v long", start, length)
	}
	start, length = thumb(content, view, content-view, track)
	if start+length != track {
		t.Errorf("thumb ends at %v of %v", start+length, track)
	}
	if got := thumbOffset(content, view, start, length, track); got != content-view {
		t.Errorf("the end of the track is offset %v of %v", got, content-view)
	}
	if _, length := thumb(500, 900, 0, track); length != 0 {
		t.Error("a thumb where nothing can be scrolled")
	}
}
