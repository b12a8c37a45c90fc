package ui

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"taizhang/app/handoff"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// TestCountsOfALargeBundle: figures of seven digits do not run into each other, in
// any language; small ones stay in one row.
func TestCountsOfALargeBundle(t *testing.T) {
	t.Cleanup(func() { words.Use(words.Simplified) })
	for _, l := range words.Languages {
		for _, n := range []int64{7, 9_999_999} {
			b := newHandoffBench(t, look.Light)
			words.Use(l)
			b.plugIn()
			b.fake.plan = &handoff.Plan{Sender: townCard, Carried: n + 1, New: n, Corrected: n, Voided: n, Clashing: n, Here: n, Waiting: n}
			b.show()
			b.sc.preview(stickPath+"/x.tzb", "")
			found := 0
			for _, o := range test.LaidOutObjects(b.sc.page.side) {
				f, ok := o.(*look.Figure)
				if !ok {
					continue
				}
				found++
				if least := f.MinSize().Width; f.Size().Width < least {
					t.Errorf("%s: %d needs %v, has %v", l, n, least, f.Size().Width)
				}
			}
			if found != 6 {
				t.Fatalf("%d figures", found)
			}
		}
	}
}
