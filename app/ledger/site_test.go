package ledger

import (
	"encoding/json"
	"math/big"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// xiaojin records the isolation sites of the county plan: 52 rooms held ready,
// and a standby hotel whose rooms nobody stated.
func xiaojin(w *world) (sites []ID) {
	for _, s := range []Site{
		{Name: "四姑娘山镇卫生院", Plan: PlanReady, Rooms: Stated(6)},
		{Name: "美兴镇卫生院", Plan: PlanReady, Rooms: Stated(7)},
		{Name: "县委党校", Plan: PlanReady, Rooms: Stated(39)},
		{Name: "同心宾馆", Plan: PlanStandby},
	} {
		sites = append(sites, w.record(&s))
	}
	return sites
}

func TestReserveRuleWithPublishedPlan(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	fig := w.figures(PeriodToday).Isolation
	if fig.Reserve != Stated(52) || fig.Plans[0].Rooms != Stated(52) || fig.Plans[0].Sites != 3 {
		t.Errorf("the plan held ready has %+v", fig.Plans[0])
	}
	if p := fig.Plans[1]; p.Rooms.Known || p.Sites != 1 || p.Unstated != 1 {
		t.Errorf("the standby plan has %+v, its rooms are not stated", p)
	}
	for cases := int64(0); cases <= 10; cases++ {
		w.record(&Cases{Count: cases})
		fig := w.figures(PeriodToday)
		if want := cases >= 6; hasAlert(fig, AlertReserve) != want {
			t.Errorf("%d cases on 52 rooms: alert %v, want %v", cases, !want, want)
		}
	}
	// Bringing the hotel into use counts its rooms only once they are stated.
	w.do(w.book.Correct(background, sites[3], &Site{Name: "同心宾馆", Plan: PlanStandby, Activated: true}, "启用"))
	if fig := w.figures(PeriodToday).Isolation; fig.Reserve != Stated(52) {
		t.Errorf("unknown rooms changed the reserve to %v", fig.Reserve)
	}
	w.do(w.book.Correct(background, sites[3], &Site{Name: "同心宾馆", Plan: PlanStandby, Activated: true, Rooms: Stated(48)}, "核实"))
	if fig := w.figures(PeriodToday); fig.Isolation.Reserve != Stated(100) || hasAlert(fig, AlertReserve) {
		t.Errorf("with 100 rooms in use: %v", fig.Isolation.Reserve)
	}
}

func hasAlert(fig Figures, kind AlertKind) bool {
	for _, a := range fig.Alerts {
		if a.Kind == kind {
			return true
		}
	}
	return false
}

func TestNoReserveAlertWithoutFigures(t *testing.T) {
	w := newWorld(t)
	w.record(&Cases{Count: 500})
	w.record(&Site{Name: "同心宾馆", Plan: PlanReady})
	if fig := w.figures(PeriodToday); hasAlert(fig, AlertReserve) || fig.Isolation.Reserve.Known {
		t.Error("an alert is raised on rooms that nobody stated")
	}
	v := newWorld(t)
	xiaojin(v)
	if fig := v.figures(PeriodToday); hasAlert(fig, AlertReserve) || fig.Isolation.Cases.Known {
		t.Error("an alert is raised on cases that nobody stated")
	}
}

func TestNeedsSupportIsMoreThanATenth(t *testing.T) {
	for _, c := range []struct {
		cases, rooms int64
		want         bool
	}{
		{5, 52, false}, {6, 52, true}, {5, 50, false}, {6, 50, true}, {0, 0, false}, {1, 0, true},
		{0, 9, false}, {1, 9, true}, {1, 10, false}, {2, 19, true}, {MaxCount, MaxCount, true},
	} {
		if NeedsSupport(c.cases, c.rooms) != c.want {
			t.Errorf("%d cases on %d rooms: want %v", c.cases, c.rooms, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		cases, rooms := rapid.Int64Range(0, MaxCount).Draw(t, "cases"), rapid.Int64Range(0, MaxCount*1000).Draw(t, "rooms")
		if NeedsSupport(cases, rooms) != (big.NewRat(cases, 1).Cmp(big.NewRat(rooms, 10)) > 0) {
			t.Fatalf("%d cases on %d rooms", cases, rooms)
		}
	})
}

func TestUnknownIsNotZero(t *testing.T) {
	for c, want := range map[Count]string{{}: "null", Stated(0): "0", Stated(52): "52"} {
		if got, err := json.Marshal(struct{ Rooms Count }{c}); err != nil || string(got) != `{"Rooms":`+want+`}` {
			t.Errorf("%+v is %s in JSON, %v", c, got, err)
		}
	}
	w := newWorld(t)
	zero := w.record(&Site{Name: "空置", Plan: PlanReady, Rooms: Stated(0)})
	unknown := w.record(&Site{Name: "未报", Plan: PlanReady})
	if a, b := w.current(zero).Value.(*Site).Rooms, w.current(unknown).Value.(*Site).Rooms; a != Stated(0) || b.Known {
		t.Errorf("0 rooms read back as %+v and not stated as %+v", a, b)
	}
	// Stating that there are none is a change.
	w.do(w.book.Correct(background, unknown, &Site{Name: "未报", Plan: PlanReady, Rooms: Stated(0)}, "核实"))
	fig := w.figures(PeriodToday).Isolation
	if s := fig.Sites[1]; s.Ready.Known || s.Occupied.Known || s.Rooms != Stated(0) {
		t.Errorf("a site without a report shows %+v", s)
	}
	if p := fig.Plans[0]; p.Rooms != Stated(0) || p.Ready.Known || p.Unstated != 2 {
		t.Errorf("a plan without reports shows %+v", p)
	}
}

func TestRoomsAddUp(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	school, hotel := sites[2], sites[3]
	for _, c := range []struct {
		r    Reserve
		want Code
		args []any
	}{
		{Reserve{Rooms: 39, Ready: 30, Occupied: 4, Cleaning: 2, Unavailable: 2}, CodeRoomsDoNotAdd,
			[]any{"rooms", 39, "ready", 30, "occupied", 4, "cleaning", 2, "unavailable", 2, "sum", 38, "difference", -1}},
		{Reserve{Rooms: 39, Ready: 35, Occupied: 4, Cleaning: 2, Unavailable: 1}, CodeRoomsDoNotAdd, []any{"sum", 42, "difference", 3}},
		{Reserve{Rooms: 39, Occupied: 39, Cleaning: 2, Unavailable: 1}, CodeRoomsOver, []any{"rooms", 39, "used", 42, "over", 3}},
		{Reserve{Rooms: 39, Ready: -1, Occupied: 41}, CodeRoomsOver, []any{"used", 41, "over", 2}},
		{Reserve{Rooms: 39, Occupied: 40}, CodeRoomsOver, []any{"used", 40, "over", 1}},
		{Reserve{Rooms: 39, Ready: 41, Occupied: -2}, CodeCountNegative, []any{"field", "occupied", "count", -2}},
		{Reserve{Rooms: 39, Ready: 41, Cleaning: -2}, CodeCountNegative, []any{"field", "cleaning"}},
		{Reserve{Rooms: 39, Ready: 41, Unavailable: -2}, CodeCountNegative, []any{"field", "unavailable"}},
		{Reserve{Rooms: -1, Ready: -1}, CodeCountNegative, []any{"field", "rooms"}},
		{Reserve{Rooms: MaxCount + 1, Ready: MaxCount + 1}, CodeCountAbsurd, []any{"field", "rooms", "max", MaxCount}},
		{Reserve{Rooms: 40, Ready: 40}, CodeRoomsNotSite, []any{"site", "县委党校", "stated", 39, "rooms", 40, "difference", 1}},
		{Reserve{Rooms: 30, Ready: 30}, CodeRoomsNotSite, []any{"difference", -9}},
		{Reserve{Rooms: 39, Ready: 39, At: w.now.Add(time.Hour)}, CodeTimeFuture, nil},
	} {
		c.r.Site = school
		w.refuses(&c.r, c.want, c.args...)
	}
	w.refuses(&Reserve{Site: w.district, Rooms: 1, Ready: 1}, CodeSiteUnknown)
	id := w.record(&Reserve{Site: school, Rooms: 39, Ready: -1, Occupied: 4, Cleaning: 2, Unavailable: 3})
	if r := w.current(id).Value.(*Reserve); r.Ready != 30 {
		t.Errorf("the rooms left are %d, want 30", r.Ready)
	}
	w.record(&Reserve{Site: hotel, Rooms: 48, Ready: 48}) // any number where none is stated
}

// TestOnlyReportsThatAddUpAreKept tries reports of any numbers.
func TestOnlyReportsThatAddUpAreKept(t *testing.T) {
	w := newWorld(t)
	hotel := xiaojin(w)[3]
	n := rapid.Int64Range(-3, 12)
	rapid.Check(t, func(rt *rapid.T) {
		r := Reserve{Site: hotel, Rooms: n.Draw(rt, "rooms"), Ready: n.Draw(rt, "ready"), Occupied: n.Draw(rt, "occupied"),
			Cleaning: n.Draw(rt, "cleaning"), Unavailable: n.Draw(rt, "unavailable")}
		asked := r
		_, err := w.book.Record(background, &r)
		fine := asked.Rooms >= 0 && asked.Occupied >= 0 && asked.Cleaning >= 0 && asked.Unavailable >= 0
		left := asked.Rooms - asked.Occupied - asked.Cleaning - asked.Unavailable
		fine = fine && left >= 0 && (asked.Ready < 0 || asked.Ready == left)
		if (err == nil) != fine {
			rt.Fatalf("%+v: %v", asked, err)
		}
		if err == nil && (r.Ready != left || r.Ready+r.Occupied+r.Cleaning+r.Unavailable != r.Rooms) {
			rt.Fatalf("%+v is kept as %+v", asked, r)
		}
	})
}

func TestStepsGoRound(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	small, hotel := sites[0], sites[3]
	step := func(s Step) func() error {
		return func() error { _, err := w.book.Step(background, small, s); return err }
	}
	w.unchanged(step(StepDischarge), CodeNoRoomOccupied, "site", "四姑娘山镇卫生院")
	w.unchanged(step(StepCleaned), CodeNoRoomCleaning)
	for _, c := range []struct {
		step Step
		want Reserve
	}{
		{StepAdmit, Reserve{Ready: 5, Occupied: 1}},
		{StepAdmit, Reserve{Ready: 4, Occupied: 2}},
		{StepDischarge, Reserve{Ready: 4, Occupied: 1, Cleaning: 1}},
		{StepCleaned, Reserve{Ready: 5, Occupied: 1}},
	} {
		w.do(step(c.step)())
		got := w.reserves()[small].Value
		if got.Ready != c.want.Ready || got.Occupied != c.want.Occupied || got.Cleaning != c.want.Cleaning || got.Rooms != 6 {
			t.Fatalf("after step %d the rooms are %+v, want %+v", c.step, got, c.want)
		}
	}
	w.record(&Reserve{Site: small, Rooms: 6, Occupied: 6, Note: "满"})
	w.unchanged(step(StepAdmit), CodeNoRoomReady)
	w.do(step(StepDischarge)())
	if r := w.reserves()[small].Value; r.Note != "" {
		t.Errorf("a step repeats the note %q of the report before it", r.Note)
	}
	_, err := w.book.Step(background, hotel, StepAdmit)
	refused(t, err, CodeRoomsNotStated, "site", "同心宾馆")
	_, err = w.book.Step(background, w.linjiang, StepAdmit)
	refused(t, err, CodeRecordKind, "kind", "unit", "want", "site")
	w.do(w.book.Void(background, sites[1], "停用"))
	_, err = w.book.Step(background, sites[1], StepAdmit)
	refused(t, err, CodeRecordVoided)
}

// TestAStepIsAlwaysTheNewestReport covers a report dated by a PC whose clock
// runs a minute ahead: the click after it must still show.
func TestAStepIsAlwaysTheNewestReport(t *testing.T) {
	w := newWorld(t)
	small := xiaojin(w)[0]
	w.record(&Reserve{Site: small, Rooms: 6, Ready: 6, At: w.now.Add(time.Minute)})
	id, err := w.book.Step(background, small, StepAdmit)
	w.do(err)
	if got := w.reserves()[small]; got.ID != id || got.Value.Occupied != 1 {
		t.Errorf("after the step the live report is %+v", got)
	}
}

// TestAStepKeepsToTheStatedRooms covers a site whose rooms were restated since
// its last report: the next report must be by that number.
func TestAStepKeepsToTheStatedRooms(t *testing.T) {
	w := newWorld(t)
	small := xiaojin(w)[0]
	w.record(&Reserve{Site: small, Rooms: 6, Ready: 6})
	w.do(w.book.Correct(background, small, &Site{Name: "四姑娘山镇卫生院", Plan: PlanReady, Rooms: Stated(8)}, "扩建"))
	w.unchanged(func() error { _, err := w.book.Step(background, small, StepAdmit); return err },
		CodeRoomsNotSite, "stated", 8, "rooms", 6, "difference", -2)
}

// TestStepsNeverLoseARoom clicks at random and counts along.
func TestStepsNeverLoseARoom(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		site := w.record(&Site{Name: "党校", Plan: PlanReady, Rooms: Stated(3)})
		ready, occupied, cleaning := 3, 0, 0
		for range rapid.IntRange(1, 20).Draw(rt, "clicks") {
			step := Step(rapid.IntRange(1, 3).Draw(rt, "step"))
			from, to := &ready, &occupied
			switch step {
			case StepDischarge:
				from, to = &occupied, &cleaning
			case StepCleaned:
				from, to = &cleaning, &ready
			}
			_, err := w.book.Step(background, site, step)
			if (err == nil) != (*from > 0) {
				rt.Fatalf("step %d with %d, %d, %d rooms: %v", step, ready, occupied, cleaning, err)
			}
			if err == nil {
				*from, *to = *from-1, *to+1
			}
		}
		s := w.figures(PeriodToday).Isolation.Sites[0]
		if r, ok := w.reserves()[site]; ok && (s.Ready != Stated(int64(ready)) || s.Occupied != Stated(int64(occupied)) ||
			s.Cleaning != Stated(int64(cleaning)) || s.Unavailable != Stated(0) || s.Rooms != Stated(3)) {
			rt.Fatalf("%d, %d, %d rooms are shown as %+v of %+v", ready, occupied, cleaning, s, r.Value)
		}
	})
}

func TestTheLiveReserveIsTheNewestReport(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	newest := w.record(&Reserve{Site: sites[2], Rooms: 39, Ready: -1, Occupied: 9, At: w.now.Add(-time.Hour)})
	w.record(&Reserve{Site: sites[2], Rooms: 39, Ready: 39, At: w.now.Add(-5 * time.Hour)}) // typed later, older
	fig := w.figures(PeriodToday).Isolation
	s := fig.Sites[2]
	if s.Report != newest || s.Occupied != Stated(9) || !s.At.Equal(w.now.Add(-time.Hour)) {
		t.Errorf("the live report is %+v", s)
	}
	if p := fig.Plans[0]; p.Ready != Stated(30) || p.Occupied != Stated(9) || p.Unstated != 2 || p.Rooms != Stated(52) || fig.Ready != Stated(30) {
		t.Errorf("the plan sums to %+v", p)
	}
	w.do(w.book.Void(background, newest, "误报"))
	if s := w.figures(PeriodToday).Isolation.Sites[2]; s.Occupied != Stated(0) || s.Ready != Stated(39) {
		t.Errorf("with the newest voided the one before it is live, not %+v", s)
	}
}

func TestSitesAreShownByPlan(t *testing.T) {
	w := newWorld(t)
	w.record(&Site{Name: "乙", Plan: PlanStandby, Rooms: Stated(10)})
	w.record(&Site{Name: "甲", Plan: PlanReady, Rooms: Stated(5)})
	iso := w.figures(PeriodToday).Isolation
	if iso.Sites[0].Site.Name != "甲" || iso.Sites[1].Site.Name != "乙" || iso.Reserve != Stated(5) {
		t.Errorf("sites are %+v with %v in reserve", iso.Sites, iso.Reserve)
	}
}
