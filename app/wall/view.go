package wall

import (
	"math"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// View is everything a page shows. Its language is that of package words.
type View struct {
	// Now is the wall clock; zero shows none.
	Now     time.Time
	Figures ledger.Figures
	// Changes are those still marked, newest first (see Marks).
	Changes []Change
	// Pages are the pages in the rotation, for the dots; a page outside of it that is
	// shown has a dot too.
	Pages []Page
	// Held says that the rotation stands still.
	Held bool
	// Shift moves everything by so many pixels against burn-in (see ShiftOf).
	Shift Shift
	// Trouble is the sentence about a ledger that cannot be read, "" for none. The
	// figures are then the last ones that could, and Since is when that began.
	Trouble string
	Since   time.Time
}

// Shift is a distance in pixels.
type Shift struct{ X, Y float64 }

// shiftPath is walked one step a turn, back to the middle after eight.
var shiftPath = [...]Shift{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}}

// ShiftOf is how far the picture stands aside after so many turns on a display of
// height h: a few pixels, other ones each turn, so that no edge burns in.
func ShiftOf(turns int, h float64) Shift {
	step := shiftPath[((turns%len(shiftPath))+len(shiftPath))%len(shiftPath)]
	d := max(1, math.Round(h/360))
	return Shift{step.X * d, step.Y * d}
}

// Layout lays a whole page out for a display of f.W by f.H pixels, ground included.
// f.Measure must be given, the rest of f is decided here. Hits carry the keys that
// Open reads.
func Layout(p Page, v View, f chart.Frame) chart.Picture {
	b := newBrush(v, f)
	if b.W < 16 || b.H < 16 {
		return b.pic
	}
	b.head(p)
	b.foot(p)
	r := b.body()
	if v.Figures.AsOf.IsZero() { // nothing was read yet: not even that nothing is wrong
		b.unread(r)
		return b.finish()
	}
	switch p {
	case PagePublicity:
		b.publicity(r)
	case PageIsolation:
		b.isolation(r)
	case PageSupervision:
		b.supervision(r)
	case PageAlerts:
		b.alerts(r)
	default:
		b.situation(r)
	}
	return b.finish()
}

// unread says that there are no figures: they are being read, or the ledger cannot be,
// for the reason at the foot.
func (b *brush) unread(r rect) {
	key := "wall.reading"
	if b.Trouble != "" {
		key = "wall.unread"
	}
	b.empty(r, words.T(key))
}

// stale reports whether the figures are older than the last cut-off: they were read
// before it, and it has passed since.
func (v View) stale() bool {
	return !v.Now.IsZero() && v.Figures.AsOf.Before(cutOff(v.Now)) && !v.Figures.AsOf.IsZero()
}

// cutOff is the last cut-off at or before now.
func cutOff(now time.Time) time.Time {
	year, month, day := now.Date()
	at := time.Date(year, month, day, ledger.CutOffHour, 0, 0, 0, now.Location())
	if at.After(now) {
		at = time.Date(year, month, day-1, ledger.CutOffHour, 0, 0, 0, now.Location())
	}
	return at
}
