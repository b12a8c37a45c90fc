package ledger

import "time"

// Period is a run of days, both ends included. A Period whose To is before its
// From holds no day.
type Period struct{ From, To Day }

// PeriodKind names the periods a person picks from. The numbers are kept in
// settings: never renumber them.
type PeriodKind uint8

// The kinds of period.
const (
	PeriodToday   PeriodKind = 0
	PeriodWeek    PeriodKind = 1 // since Monday
	PeriodMonth   PeriodKind = 2
	PeriodQuarter PeriodKind = 3
	PeriodYear    PeriodKind = 4
	PeriodCustom  PeriodKind = 5 // ends chosen by hand
	PeriodAll     PeriodKind = 6 // since 2000-01-01
)

// Today is the one day today.
func Today(today Day) Period { return Period{today, today} }

// ThisWeek runs from Monday to today.
func ThisWeek(today Day) Period { return Period{weekStart(today), today} }

// ThisMonth runs from the 1st to today.
func ThisMonth(today Day) Period { return Period{today.MonthStart(), today} }

// ThisQuarter runs from the first day of January, April, July or October to today.
func ThisQuarter(today Day) Period { return Period{quarterStart(today), today} }

// ThisYear runs from January 1 to today.
func ThisYear(today Day) Period { return Period{yearStart(today), today} }

// Last30 is the thirty days that end today.
func Last30(today Day) Period { return Period{today - 29, today} }

// PeriodOf returns the period of a kind up to today. PeriodCustom has no days
// of its own and gives the empty Period{0, -1}.
func PeriodOf(kind PeriodKind, today Day) Period {
	switch kind {
	case PeriodAll:
		return Period{0, today}
	case PeriodToday, PeriodWeek, PeriodMonth, PeriodQuarter, PeriodYear:
		return Period{startOf(kind, today), today}
	}
	return Period{0, -1}
}

// Previous returns the period of the same kind one earlier, with the same
// number of days elapsed so that the two can be compared: on November 22 the
// month gives October 1 to 22. It is cut where the earlier one is shorter: on
// March 31 the month gives the whole of February. PeriodCustom and PeriodAll
// have none before them; ok is then false (see Period.Before).
func Previous(kind PeriodKind, today Day) (p Period, ok bool) {
	if kind > PeriodYear {
		return Period{0, -1}, false
	}
	start := startOf(kind, today)
	before := startOf(kind, start-1)
	return Period{before, min(before+today-start, start-1)}, true
}

// Previous returns the period p is to be compared with: that of the function
// Previous for a calendar kind, the same number of days just before p for
// PeriodCustom, and an empty one for PeriodAll, which nothing comes before.
func (p Period) Previous(kind PeriodKind, today Day) Period {
	if kind == PeriodCustom {
		return p.Before()
	}
	before, _ := Previous(kind, today)
	return before
}

// startOf returns the first day of the period of kind that day lies in.
func startOf(kind PeriodKind, day Day) Day {
	switch kind {
	case PeriodWeek:
		return weekStart(day)
	case PeriodMonth:
		return day.MonthStart()
	case PeriodQuarter:
		return quarterStart(day)
	case PeriodYear:
		return yearStart(day)
	}
	return day
}

func weekStart(day Day) Day { return day - Day((day.Weekday()+6)%7) }

func quarterStart(day Day) Day {
	year, month, _ := day.Date()
	return dateDay(year, (month-1)/3*3+1, 1)
}

func yearStart(day Day) Day {
	year, _, _ := day.Date()
	return dateDay(year, time.January, 1)
}

// Days returns how many days the period holds, 0 when it is empty.
func (p Period) Days() int { return int(max(0, p.To-p.From+1)) }

// Contains reports whether d is one of the period's days.
func (p Period) Contains(d Day) bool { return p.From <= d && d <= p.To }

// Before returns the period of the same length that ends the day before p.
func (p Period) Before() Period { return Period{p.From - Day(p.Days()), p.From - 1} }

// String prints 2026-11-01 – 2026-11-22, or the one day of a one-day period.
func (p Period) String() string {
	if p.From == p.To {
		return p.From.String()
	}
	return p.From.String() + " – " + p.To.String()
}

// Span is a part of a period: a whole calendar month, or days within one.
type Span struct {
	Period
	Whole bool // all days of the month, so a monthly roll-up answers for it
}

// Cover splits a period into its whole months and the days left at both ends,
// in order, without gap or overlap. Each span lies within one month. A period
// that is empty or reaches past lastDay has no spans.
func Cover(p Period) []Span {
	if p.To > lastDay || p.From < -lastDay {
		return nil
	}
	var spans []Span
	for from := p.From; from <= p.To; {
		end := from.MonthEnd()
		to := min(end, p.To)
		spans = append(spans, Span{Period{from, to}, from == from.MonthStart() && to == end})
		from = to + 1
	}
	return spans
}

// lastDay is in the year 9999. Days past it come only from a damaged file, and
// must not make anyone count months for minutes.
const lastDay Day = 2_921_939
