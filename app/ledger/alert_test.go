package ledger

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

func names(units []Row[Unit]) (list []string) {
	for _, u := range units {
		list = append(list, u.Value.Name)
	}
	return list
}

func TestReportingUnits(t *testing.T) {
	w := newWorld(t)
	gone := w.record(&Unit{Name: "撤并镇", Parent: w.district})
	w.do(w.book.Void(background, gone, "撤并"))
	units := rowsAs[Unit](w.fake)
	for root, want := range map[ID][]string{
		0:          {"临江街道", "新华街道"},
		w.district: {"临江街道", "新华街道"},
		w.linjiang: {"柳树村"},
		w.village:  {"三组"},
		w.hamlet:   {"三组"},
		w.xinhua:   {"新华街道"},
		gone:       nil,
		999:        nil,
	} {
		if got := names(ReportingUnits(units, root)); !slices.Equal(got, want) {
			t.Errorf("under %d report %v, want %v", root, got, want)
		}
	}
	if got := ReportingUnits(nil, 0); got != nil {
		t.Errorf("in an empty ledger report %v", got)
	}
	alone := []Row[Unit]{{ID: 5, Value: Unit{Name: "独立单位"}}}
	if got := names(ReportingUnits(alone, 0)); !slices.Equal(got, []string{"独立单位"}) {
		t.Errorf("a ledger of one unit: %v report", got)
	}
}

func TestSubtreeAndDistrict(t *testing.T) {
	w := newWorld(t)
	units := rowsAs[Unit](w.fake)
	slices.Reverse(units) // children before their parents, as after a merge
	got := Subtree(units, w.linjiang)
	slices.Sort(got)
	if !slices.Equal(got, []ID{w.linjiang, w.village, w.hamlet}) {
		t.Errorf("below the township are %v", got)
	}
	if got := Subtree(units, w.hamlet); !slices.Equal(got, []ID{w.hamlet}) {
		t.Errorf("below a leaf are %v", got)
	}
	if Subtree(units, 0) != nil {
		t.Error("the whole ledger is listed instead of nil")
	}
	loop := []Row[Unit]{{ID: 1, Value: Unit{Parent: 2}}, {ID: 2, Value: Unit{Parent: 1}}}
	if got := Subtree(loop, 1); !slices.Equal(got, []ID{1, 2}) {
		t.Errorf("a loop lists %v", got)
	}
	if d, ok := District(units); !ok || d.ID != w.district {
		t.Errorf("the district is %v", d)
	}
	units[len(units)-1].Voided = true
	if _, ok := District(units); ok {
		t.Error("a voided unit is the district")
	}
}

// TestVillagesCountForTheirTownship covers both coverages: heard today, and
// inspected in the period.
func TestVillagesCountForTheirTownship(t *testing.T) {
	w := newWorld(t)
	fig := w.figures(PeriodMonth)
	if c := fig.Heard; c.All != 2 || c.Reached != 0 || len(c.Missing) != 2 {
		t.Errorf("before anything: %+v", c)
	}
	w.record(w.entry(w.hamlet, "宣传单", "1", 0))
	w.record(w.entry(w.village, "宣传单", "1", 0)) // twice the same township
	w.record(w.entry(w.xinhua, "宣传单", "1", 1))  // yesterday
	w.record(&Inspection{Unit: w.hamlet, Day: w.today() - 3, Form: FormAnnounced, Visits: 1})
	w.record(&Inspection{Unit: w.xinhua, Day: w.today() - 30, Form: FormAnnounced, Visits: 1}) // last month
	fig = w.figures(PeriodMonth)
	for what, c := range map[string]Coverage{"heard": fig.Heard, "inspected": fig.Supervision.Coverage} {
		if c.All != 2 || c.Reached != 1 || !slices.Equal(names(c.Missing), []string{"新华街道"}) {
			t.Errorf("%s: %d of %d, missing %v", what, c.Reached, c.All, names(c.Missing))
		}
	}
	inside := w.figuresOf(PeriodMonth, w.linjiang)
	if c := inside.Heard; c.All != 1 || c.Reached != 1 {
		t.Errorf("within the township: %+v", c)
	}
	leaf := w.figuresOf(PeriodMonth, w.xinhua)
	if c := leaf.Heard; c.All != 1 || c.Reached != 0 || !slices.Equal(names(c.Missing), []string{"新华街道"}) {
		t.Errorf("a unit without any below it stands for itself: %+v", c)
	}
	if v := fig.Supervision; v.Visits != 1 || v.Before.Visits != 0 {
		t.Errorf("visits are %d after %d", v.Visits, v.Before.Visits)
	}
}

func TestProblemsByResponsibleUnit(t *testing.T) {
	w := newWorld(t)
	i := inspected(w, 9)
	for _, unit := range []ID{w.hamlet, w.xinhua, w.xinhua, w.village, w.hamlet} {
		p := w.problem(i, w.today()+9)
		p.Unit = unit
		w.record(p)
	}
	got := w.figures(PeriodAll).Supervision.Units
	want := []UnitFigure{{w.linjiang, "临江街道", 3, 0}, {w.xinhua, "新华街道", 2, 0}}
	if !slices.Equal(got, want) {
		t.Errorf("problems by unit are %v, want %v", got, want)
	}
}

// TestAlertsInOrder raises every alert at once: red ones first.
func TestAlertsInOrder(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	w.record(&Reserve{Site: sites[0], Rooms: 6, Ready: 6, At: w.now.Add(-50 * time.Hour)})
	w.record(&Reserve{Site: sites[1], Rooms: 7, Ready: 7})
	w.record(&Cases{Count: 6})
	i := inspected(w, 9)
	soon := w.record(w.problem(i, w.today()+1))
	late := w.record(w.problem(i, w.today()-2))
	w.record(w.problem(i, w.today()+DueSoonDays+1))
	w.now = w.now.Add(8 * time.Hour) // 18:00, after the cut-off
	var got []string
	for _, a := range w.figures(PeriodAll).Alerts {
		got = append(got, fmt.Sprintln(a.Level, a.Kind, a.Record, a.Args))
	}
	want := []string{
		fmt.Sprintln(LevelRed, AlertReserve, ID(0), []any{"cases", 6, "rooms", 52, "limit", 5}),
		fmt.Sprintln(LevelRed, AlertOverdue, late, []any{"unit", "临江街道", "text", "入口未测温", "days", 2}),
		fmt.Sprintln(LevelAmber, AlertReserveStale, sites[0], []any{"site", "四姑娘山镇卫生院", "hours", 58}),
		fmt.Sprintln(LevelAmber, AlertReserveNone, sites[2], []any{"site", "县委党校"}),
		fmt.Sprintln(LevelAmber, AlertDueSoon, soon, []any{"unit", "临江街道", "text", "入口未测温", "days", 1}),
		fmt.Sprintln(LevelAmber, AlertUnheard, ID(0), []any{"count", 2, "all", 2, "unit", "临江街道"}),
	}
	if !slices.Equal(got, want) {
		t.Errorf("alerts are\n%v\nwant\n%v", got, want)
	}
}

func TestUnheardOnlyFromTheCutOff(t *testing.T) {
	w := newWorld(t)
	midnight := w.today().Time(time.Local)
	for at, want := range map[time.Duration]bool{
		0: false, CutOffHour*time.Hour - time.Second: false, CutOffHour * time.Hour: true, 24*time.Hour - time.Second: true,
	} {
		w.now = midnight.Add(at)
		if got := hasAlert(w.figures(PeriodToday), AlertUnheard); got != want {
			t.Errorf("%s after midnight: alert %v", at, got)
		}
	}
	w.record(w.entry(w.hamlet, "讲座", "1", 0))
	w.record(w.entry(w.xinhua, "讲座", "1", 0))
	if hasAlert(w.figures(PeriodToday), AlertUnheard) {
		t.Error("everyone was heard, and still the alert stands")
	}
}

func TestStaleAndMissingReserveReports(t *testing.T) {
	w := newWorld(t)
	site := w.record(&Site{Name: "党校", Plan: PlanReady, Rooms: Stated(39)})
	w.record(&Site{Name: "宾馆", Plan: PlanStandby}) // stands by: nobody expects a report
	check := func(want ...AlertKind) {
		t.Helper()
		var got []AlertKind
		for _, a := range w.figures(PeriodToday).Alerts {
			got = append(got, a.Kind)
		}
		if !slices.Equal(got, want) {
			t.Errorf("alerts are %v, want %v", got, want)
		}
	}
	check(AlertReserveNone)
	w.record(&Reserve{Site: site, Rooms: 39, Ready: 39})
	check()
	w.now = w.now.Add(StaleReserve)
	check()
	w.now = w.now.Add(time.Second)
	check(AlertReserveStale)
	w.do(w.book.Correct(background, site, &Site{Name: "党校", Plan: PlanStandby, Rooms: Stated(39)}, "转备用"))
	check()
}
