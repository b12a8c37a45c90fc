package grid

import (
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"
)

func BenchmarkWheel(b *testing.B) {
	g, _ := shown(b, 1_000_000)
	ev := &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)}
	for b.Loop() {
		g.Scrolled(ev)
		if g.scroll.offset == g.scroll.maxOffset() {
			g.scrollTo(0)
		}
	}
}

func BenchmarkJump(b *testing.B) {
	g, _ := shown(b, 1_000_000)
	for b.Loop() {
		g.ScrollTo(rand.IntN(1_000_000))
	}
}

func BenchmarkRefresh(b *testing.B) {
	g, _ := shown(b, 1_000_000)
	for b.Loop() {
		g.Refresh()
	}
}

func BenchmarkFit(b *testing.B) {
	g, _ := shown(b, 1)
	const note = "由社区网格员于当日下午统一张贴，并拍照留存，次日复核数量后上报指挥部备案"
	for b.Loop() {
		g.meter.fit(note, plain, 200)
	}
}
