package sample

import (
	"context"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"taizhang/app/ledger"
)

// The published totals of the supervision ledger.
const (
	visits   = 112
	problems = 27 // and as many directives
)

// uninspected are the units without an inspection.
var uninspected = map[string]bool{"毛都站镇": true, "伯都乡": true}

// rounds is how many inspections carry the visits.
const rounds = 46

// survey is one planned inspection.
type survey struct {
	unit   Unit
	day    ledger.Day
	visits int64
	found  []finding
}

// supervision plans the inspections, and under them the problems.
func (w *writer) supervision() {
	for i, s := range w.surveys() {
		author := team[i%len(team)]
		at := w.moment(s.day, .75+.2*w.random.Float64())
		n := int64(len(s.found))
		inspection := w.create(at, author, &ledger.Inspection{Unit: w.units[s.unit.Name], Day: s.day,
			Form: ledger.Forms[i%len(ledger.Forms)], Visits: s.visits, Problems: n, Directives: n})
		for k, f := range s.found {
			w.list(f, inspection, at.Add(time.Duration(k+1)*time.Second), author, s)
		}
	}
}

// surveys spreads rounds and visits over the days, and puts each finding under
// the latest inspection of a street or town that is old enough for it.
func (w *writer) surveys() []survey {
	inspected := slices.DeleteFunc(slices.Clone(Units), func(u Unit) bool { return uninspected[u.Name] })
	weights := make([]float64, rounds)
	for i := range weights {
		weights[i] = .5 + w.random.Float64()
	}
	list := make([]survey, rounds)
	for i, n := range share(visits, weights) {
		day := w.today - Days + 1 + ledger.Day(i*(Days-1)/rounds)
		list[i] = survey{unit: inspected[(i*8)%len(inspected)], day: day, visits: n}
	}
	for _, f := range findings {
		i := rounds - 1
		for i > 0 && (list[i].day > w.today-f.ago || len(list[i].found) >= 2 || list[i].unit.group >= groupMedia) {
			i--
		}
		list[i].found = append(list[i].found, f)
	}
	return list
}

// list plans one problem and what became of it.
func (w *writer) list(f finding, inspection *ledger.ID, at time.Time, author string, s survey) {
	id := new(ledger.ID)
	p := &ledger.Problem{Unit: w.units[s.unit.Name], Text: f.text, Directive: f.directive,
		Deadline: w.today + f.due, State: ledger.StateOpen}
	if f.state == ledger.StateClosed {
		p.Deadline = s.day + 7
	}
	w.events = append(w.events, event{at: at, author: author, needs: true,
		make: func() ledger.Record { p.Inspection = *inspection; return p },
		made: func(made ledger.ID) { *id = made }})
	if f.state == ledger.StateOpen {
		return
	}
	step := max(1, min(5, (w.today-s.day)/3))
	w.change(w.moment(s.day+step, .8), team[0], func(ctx context.Context, b *ledger.Book) error {
		return b.Rectify(ctx, *id, f.done)
	})
	if f.state == ledger.StateClosed {
		second := seconds[utf8.RuneCountInString(f.text)%len(seconds)]
		evidence := fmt.Sprintf("现场复查：%s，照片已存档", f.done)
		w.change(w.moment(s.day+2*step, .3), team[1], func(ctx context.Context, b *ledger.Book) error {
			return b.Close(ctx, *id, evidence, second)
		})
	}
}
