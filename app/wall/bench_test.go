package wall_test

import (
	"testing"

	"taizhang/app/chart"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
)

// BenchmarkLayout lays out each page of the sample for a 4K display.
func BenchmarkLayout(b *testing.B) {
	f := newTypeface(b)
	for _, c := range trial.Cases() {
		for _, p := range wall.Pages {
			b.Run(c.Name+"/"+p.String(), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					wall.Layout(p, c.View, chart.Frame{W: 3840, H: 2160, Measure: f.measure})
				}
			})
		}
	}
}
