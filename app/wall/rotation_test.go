package wall_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
)

const every = 20 * time.Second

// started is a rotation over all five pages, at the first.
func started(t testing.TB) *wall.Rotation {
	t.Helper()
	r := wall.NewRotation(wall.PageSituation, every, 0)
	if r.Figures(trial.Sample(), 0) {
		t.Fatal("alerts that stood when the wall began count as new")
	}
	return r
}

func TestPagesTurnInOrderAndOnTime(t *testing.T) {
	r := started(t)
	at := time.Duration(0)
	for i := range 12 {
		due, ok := r.Due()
		if want := time.Duration(i+1) * every; !ok || due != want {
			t.Fatalf("turn %d is due at %v, want %v", i, due, want)
		}
		if r.Tick(due - 1) {
			t.Fatal("the page turned early")
		}
		at = due + time.Duration(i)*40*time.Millisecond // each call a little late
		if want := wall.Pages[(i+1)%5]; !r.Tick(at) || r.Page() != want {
			t.Fatalf("turn %d shows %s, want %s", i, r.Page(), want)
		}
	}
	if r.Turns() != 12 {
		t.Errorf("%d turns", r.Turns())
	}
}

// TestASleepOfHoursTurnsOnePage: nobody wants to see a day's pages rush by.
func TestASleepOfHoursTurnsOnePage(t *testing.T) {
	r := started(t)
	if !r.Tick(9*time.Hour) || r.Page() != wall.PagePublicity || r.Tick(9*time.Hour) {
		t.Fatalf("after the sleep: %s", r.Page())
	}
	if due, _ := r.Due(); due != 9*time.Hour+every {
		t.Errorf("the next is due at %v", due)
	}
}

func TestPagesWithNothingToSayAreSkipped(t *testing.T) {
	r := wall.NewRotation(wall.PagePublicity, every, 0)
	r.Figures(trial.Empty(), 0)
	if want := []wall.Page{wall.PageSituation, wall.PageAlerts}; !slices.Equal(r.Pages(), want) {
		t.Fatalf("pages are %v, want %v", r.Pages(), want)
	}
	var got []wall.Page
	for i := range 4 {
		r.Tick(time.Duration(i+1) * every)
		got = append(got, r.Page())
	}
	if want := []wall.Page{wall.PageAlerts, wall.PageSituation, wall.PageAlerts, wall.PageSituation}; !slices.Equal(got, want) {
		t.Errorf("shows %v, want %v", got, want)
	}
	r.Turn(wall.PageIsolation, 0)
	r.Previous(0)
	if r.Page() != wall.PageSituation {
		t.Errorf("before the skipped page comes %s", r.Page())
	}
}

func TestHandAndHold(t *testing.T) {
	r := started(t)
	r.Next(5 * time.Second)
	r.Next(6 * time.Second)
	r.Previous(7 * time.Second)
	if due, _ := r.Due(); r.Page() != wall.PagePublicity || due != 7*time.Second+every {
		t.Fatalf("%s until %v", r.Page(), due)
	}
	r.Previous(8 * time.Second)
	r.Previous(9 * time.Second)
	if r.Page() != wall.PageAlerts {
		t.Fatalf("before the first page comes %s", r.Page())
	}
	r.Hold(10 * time.Second)
	if _, ok := r.Due(); ok || r.Tick(time.Hour) || !r.Held() {
		t.Fatal("a held page turns")
	}
	r.Next(time.Hour) // arrows turn a held page, and it stays held
	if r.Page() != wall.PageSituation || !r.Held() {
		t.Fatalf("%s, held %v", r.Page(), r.Held())
	}
	r.Hold(2 * time.Hour)
	if due, ok := r.Due(); !ok || due != 2*time.Hour+every {
		t.Fatalf("let go, due at %v", due)
	}
}

// TestANewRedAlertComesUp: by itself, held or not, once; one that stays is not new.
func TestANewRedAlertComesUp(t *testing.T) {
	r := started(t)
	r.Hold(time.Second)
	if !r.Figures(trial.Red(), 5*time.Second) || r.Page() != wall.PageAlerts || !r.Held() {
		t.Fatalf("shows %s", r.Page())
	}
	r.Turn(wall.PagePublicity, 6*time.Second)
	if r.Figures(trial.Red(), 7*time.Second) || r.Page() != wall.PagePublicity {
		t.Fatal("the same alert comes up twice")
	}
	r.Figures(trial.Sample(), 8*time.Second)
	if !r.Figures(trial.Red(), 9*time.Second) {
		t.Fatal("an alert that went and came again does not come up")
	}
}

func TestDrilledRowsReturn(t *testing.T) {
	r := started(t)
	r.Next(0)
	r.Drill(10 * time.Second)
	r.Touch(40 * time.Second)
	if r.Tick(99*time.Second) || !r.Drilled() {
		t.Fatal("rows go while somebody looks at them")
	}
	if r.Figures(trial.Red(), 50*time.Second) || !r.Drilled() {
		t.Fatal("an alert takes the rows away")
	}
	if !r.Tick(100*time.Second) || r.Drilled() || r.Page() != wall.PageAlerts {
		t.Fatalf("afterwards %s", r.Page())
	}
	r.Turn(wall.PageIsolation, 101*time.Second)
	r.Drill(102 * time.Second)
	if !r.Return(103*time.Second) || r.Page() != wall.PageIsolation || r.Return(104*time.Second) {
		t.Fatal("the rows do not lead back to their page")
	}
}

// TestNoPageIsEverLate does anything at any time, with ticks whenever Due says: the
// rotation never waits longer than a stay, never turns a held page, and never shows
// rows untouched for more than their minute.
func TestNoPageIsEverLate(t *testing.T) {
	figures := []ledger.Figures{trial.Sample(), trial.Empty(), trial.Red()}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Duration(0)
		r := wall.NewRotation(wall.PageSituation, every, at)
		r.Figures(figures[0], at)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			if due, ok := r.Due(); ok && rapid.Bool().Draw(t, "tick") {
				at = max(at, due)
				if !r.Tick(at) {
					t.Fatalf("nothing happens at %v, when it is due", due)
				}
			} else {
				at += time.Duration(rapid.IntRange(0, 15).Draw(t, "seconds")) * time.Second
				step(t, r, figures, at)
			}
			due, ok := r.Due()
			limit := every
			if r.Drilled() {
				limit = wall.ReturnAfter
			}
			if ok && due-at > limit {
				t.Fatalf("%s waits until %v at %v", r.Page(), due, at)
			}
			if ok == (r.Held() && !r.Drilled()) && len(r.Pages()) > 1 {
				t.Fatalf("held %v, drilled %v, due %v", r.Held(), r.Drilled(), ok)
			}
		}
	})
}

func step(t *rapid.T, r *wall.Rotation, figures []ledger.Figures, at time.Duration) {
	switch rapid.IntRange(0, 7).Draw(t, "what") {
	case 0:
		r.Next(at)
	case 1:
		r.Previous(at)
	case 2:
		r.Turn(rapid.SampledFrom(wall.Pages).Draw(t, "page"), at)
	case 3:
		r.Hold(at)
	case 4:
		r.Drill(at)
	case 5:
		r.Touch(at)
	case 6:
		r.Return(at)
	case 7:
		r.Figures(rapid.SampledFrom(figures).Draw(t, "figures"), at)
	}
}

func TestNamesOfPages(t *testing.T) {
	for i, name := range []string{"situation", "publicity", "isolation", "supervision", "alerts"} {
		p, ok := wall.ParsePage(name)
		if !ok || p != wall.Pages[i] || p.String() != name {
			t.Errorf("%s is %v, %v", name, p, ok)
		}
	}
	for _, name := range []string{"态势", "宣传", "隔离", "督导", "预警", "預警"} {
		if _, ok := wall.ParsePage(name); !ok {
			t.Errorf("%s is no page", name)
		}
	}
	if p, ok := wall.ParsePage("page"); ok {
		t.Errorf("page is %v", p)
	}
}

func TestShiftIsSmallAndComesBack(t *testing.T) {
	seen := map[wall.Shift]bool{}
	for i := range 8 {
		s := wall.ShiftOf(i, 1080)
		seen[s] = true
		if max(s.X, -s.X) > 3 || max(s.Y, -s.Y) > 3 || s != wall.ShiftOf(i+8, 1080) || s == wall.ShiftOf(i+1, 1080) {
			t.Errorf("turn %d stands aside by %v", i, s)
		}
	}
	if len(seen) != 8 || wall.ShiftOf(0, 1080) != (wall.Shift{}) || wall.ShiftOf(-1, 1080) != wall.ShiftOf(7, 1080) {
		t.Errorf("places are %v", fmt.Sprint(seen))
	}
}
