package data_test

import (
	"context"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// TestYesterdayFromARealFile writes two days and asks how the first one ended.
// Taking any of the bounds at midnight away makes it fail.
func TestYesterdayFromARealFile(t *testing.T) {
	d := newDesk(t)
	unit := d.unit("临江街道")
	site := d.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	d.record(&ledger.Reserve{Site: site, Rooms: 39, Ready: -1, Occupied: 5})
	d.record(&ledger.Cases{Count: 3})
	d.record(d.entry("宣传单", "35万", 0))
	visit := d.record(&ledger.Inspection{Unit: unit, Day: d.today() - 9, Form: ledger.FormAnnounced, Visits: 112, Problems: 27, Directives: 27})
	problem := func(deadline ledger.Day) ledger.ID {
		return d.record(&ledger.Problem{Inspection: visit, Unit: unit, Text: "未测温", Directive: "落实测温", Deadline: deadline, State: ledger.StateOpen})
	}
	closedToday, closedThen := problem(d.today()+5), problem(d.today()+5)
	problem(d.today() - 2)
	d.shut(closedThen)
	d.now = d.now.AddDate(0, 0, 1)
	problem(d.today() + 5)
	d.shut(closedToday)
	d.shut(problem(d.today() + 5))
	if err := d.book.Correct(context.Background(), closedThen, d.retold(closedThen), "补充措施"); err != nil {
		t.Fatal(err)
	}
	d.record(&ledger.Reserve{Site: site, Rooms: 39, Ready: -1, Occupied: 9})
	d.record(&ledger.Cases{Count: 4})
	d.record(d.entry("宣传单", "30", 0))
	d.record(d.entry("宣传单", "5", 0))

	fig, err := d.store.Figures(context.Background(), ledger.Scope{Kind: ledger.PeriodMonth, Period: ledger.ThisMonth(d.today()), Daily: true})
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Yesterday{Day: d.today() - 1, Heard: ledger.Stated(1), Entries: ledger.Stated(1), Ready: ledger.Stated(34), Plan1: ledger.Stated(34),
		Reserve: ledger.Stated(39), Cases: ledger.Stated(3), Open: ledger.Stated(2), Overdue: ledger.Stated(1), Red: ledger.Stated(1)}
	if fig.Yesterday != want {
		t.Errorf("yesterday is\n%+v, want\n%+v", fig.Yesterday, want)
	}
	if cells := fig.Publicity.Today; len(cells) != 1 || cells[0].Unit != unit || cells[0].Quantity != 35 || cells[0].Entries != 2 {
		t.Errorf("today's cells are %+v", cells)
	}
}

// TestYesterdayOfOneUnit keeps to the scope's unit.
func TestYesterdayOfOneUnit(t *testing.T) {
	d := newDesk(t)
	other := d.record(&ledger.Unit{Name: "新华街道", Parent: d.unit("宁江区")})
	d.record(d.entry("宣传单", "30", 1))
	e := d.entry("宣传单", "5", 1)
	e.Unit = other
	d.record(e)
	e = d.entry("宣传单", "7", 0)
	e.Unit = other
	d.record(e)
	scope := ledger.Scope{Kind: ledger.PeriodMonth, Period: ledger.ThisMonth(d.today()), Unit: d.unit("临江街道"), Daily: true}
	fig, err := d.store.Figures(context.Background(), scope)
	if err != nil {
		t.Fatal(err)
	}
	if y := fig.Yesterday; y.Entries != ledger.Stated(1) || y.Heard != ledger.Stated(1) || len(fig.Publicity.Today) != 0 {
		t.Errorf("of one unit: %+v, today %+v", y, fig.Publicity.Today)
	}
}

func (d *desk) shut(problem ledger.ID) {
	d.t.Helper()
	if err := d.book.Close(context.Background(), problem, "现场复核", "李强"); err != nil {
		d.t.Fatal(err)
	}
	d.now = d.now.Add(time.Second)
}

// retold is a problem with one word of its directive changed.
func (d *desk) retold(id ledger.ID) *ledger.Problem {
	d.t.Helper()
	list, err := d.store.Problems(context.Background(), ledger.ProblemFilter{})
	if err != nil {
		d.t.Fatal(err)
	}
	for _, p := range list {
		if p.ID == id {
			p.Value.Directive += "，每日上报"
			return &p.Value
		}
	}
	d.t.Fatal("no such problem")
	return nil
}
