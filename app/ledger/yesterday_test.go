package ledger

import (
	"testing"
	"time"
)

// TestYesterdayOfTheCounty takes the county's published 52 rooms: with six cases
// yesterday the alert stood, with five today it does not.
func TestYesterdayOfTheCounty(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	for i, rooms := range []int64{6, 7, 39} {
		w.record(&Reserve{Site: sites[i], Rooms: rooms, Ready: -1, Occupied: int64(i + 1)})
	}
	w.record(&Cases{Count: 6})
	w.record(w.entry(w.hamlet, "宣传单", "35万", 0))
	w.record(w.entry(w.village, "宣传条幅", "3681", 0))
	i := inspected(w, 9)
	late := w.record(w.problem(i, w.today()-3)) // overdue then, closed today
	w.record(w.problem(i, w.today()))           // overdue from today on
	w.now = w.now.AddDate(0, 0, 1)
	w.record(w.problem(i, w.today()+9)) // found today
	w.record(&Cases{Count: 5})
	w.record(&Reserve{Site: sites[2], Rooms: 39, Ready: 30, Occupied: 9})
	w.do(w.book.Close(background, late, "现场复核已改", "李强"))
	fig := w.figures(PeriodMonth)
	want := Yesterday{Day: w.today() - 1, Heard: Stated(1), Entries: Stated(2), Ready: Stated(46), Plan1: Stated(46), Reserve: Stated(52),
		Cases: Stated(6), Open: Stated(2), Overdue: Stated(1), Red: Stated(2)}
	if fig.Yesterday != want {
		t.Errorf("yesterday is\n%+v, want\n%+v", fig.Yesterday, want)
	}
	if iso, s := fig.Isolation, fig.Supervision; iso.Ready.N != 40 || iso.Cases.N != 5 || s.LiveOpen != 2 || s.LiveOverdue != 1 {
		t.Errorf("today is %+v, %+v", iso, s)
	}
}

// TestWhatNobodyReportedYesterdayIsUnknown: not one figure of a ledger that began
// today may be 0 for yesterday.
func TestWhatNobodyReportedYesterdayIsUnknown(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	w.record(w.entry(w.linjiang, "宣传单", "10", 0))
	w.record(w.entry(w.linjiang, "宣传单", "10", 2))
	w.record(&Reserve{Site: sites[0], Rooms: 6, Ready: 6})
	w.record(&Cases{Count: 1})
	i := w.record(&Inspection{Unit: w.linjiang, Day: w.today(), Form: FormAnnounced, Visits: 1, Problems: 1})
	w.record(w.problem(i, w.today()+1))
	if got, want := w.figures(PeriodMonth).Yesterday, (Yesterday{Day: w.today() - 1}); got != want {
		t.Errorf("yesterday is %+v", got)
	}
	w.record(&Inspection{Unit: w.xinhua, Day: w.today() - 1, Form: FormAnnounced, Visits: 1})
	if y := w.figures(PeriodMonth).Yesterday; y.Open != Stated(0) || y.Overdue != Stated(0) || y.Red != Stated(0) {
		t.Errorf("an inspection without problems: %+v", y)
	}
}

// TestYesterdayAtMidnight records on both sides of midnight.
func TestYesterdayAtMidnight(t *testing.T) {
	w := newWorld(t)
	site := w.record(&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(39)})
	midnight := w.today().Time(time.Local)
	w.now = midnight.Add(-time.Second)
	w.record(&Reserve{Site: site, Rooms: 39, Ready: 20, Occupied: 19})
	w.record(&Cases{Count: 2})
	w.now = midnight
	w.record(&Reserve{Site: site, Rooms: 39, Ready: 10, Occupied: 29})
	w.record(&Cases{Count: 3})
	y := w.figures(PeriodToday).Yesterday
	if y.Ready != Stated(20) || y.Cases != Stated(2) {
		t.Errorf("at midnight yesterday is %+v", y)
	}
}

// TestTodayIsToldByReportingUnit adds what a township's villages enter to it.
func TestTodayIsToldByReportingUnit(t *testing.T) {
	w := newWorld(t)
	w.record(w.entry(w.hamlet, "宣传单", "30", 0))
	w.record(w.entry(w.village, "宣传单", "约5", 0))
	w.record(w.entry(w.xinhua, "宣传条幅", "2", 0))
	w.record(w.entry(w.xinhua, "宣传条幅", "2", 1))
	plain, err := w.Figures(background, Scope{Kind: PeriodMonth, Period: ThisMonth(w.today())})
	w.do(err)
	if plain.Publicity.Today != nil || plain.Yesterday != (Yesterday{}) {
		t.Errorf("what nobody asked for: %+v, %+v", plain.Publicity.Today, plain.Yesterday)
	}
	fig, err := w.Figures(background, Scope{Kind: PeriodMonth, Period: ThisMonth(w.today()), Daily: true})
	w.do(err)
	got := fig.Publicity.Today
	want := []Tally{{Unit: w.linjiang, Item: w.item("宣传单"), Entries: 2, Quantity: 35, Approx: 1},
		{Unit: w.xinhua, Item: w.item("宣传条幅"), Entries: 1, Quantity: 2}}
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("today's cells are %+v, want %+v", got, want)
	}
}
