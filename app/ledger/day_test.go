package ledger

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustDay(t testing.TB, s string) Day {
	t.Helper()
	at, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return DayOf(at)
}

func TestDayCounts(t *testing.T) {
	for s, want := range map[string]Day{
		"2000-01-01": 0, "2000-02-29": 59, "2000-03-01": 60, "2001-01-01": 366, "1999-12-31": -1, "1969-12-31": -10958,
	} {
		if got := mustDay(t, s); got != want || got.String() != s {
			t.Errorf("%s is day %d (%s), want %d", s, got, got, want)
		}
	}
	if !dayKeepsItsDate(t) {
		t.Error("a day does not keep its date")
	}
}

// dayKeepsItsDate walks a century and compares with the standard library's calendar.
func dayKeepsItsDate(t *testing.T) bool {
	t.Helper()
	at := time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)
	for d := Day(0); d < 36600; d++ {
		y, m, n := d.Date()
		if DayOf(at) != d || d.Weekday() != at.Weekday() || y != at.Year() || m != at.Month() || n != at.Day() {
			t.Logf("day %d is %s, the calendar says %s", d, d, at)
			return false
		}
		at = at.AddDate(0, 0, 1)
	}
	return true
}

func TestDayOfKeepsTheClocksOwnDay(t *testing.T) {
	beijing := time.FixedZone("Beijing", 8*3600)
	at := time.Date(2026, 11, 22, 0, 30, 0, 0, beijing) // still the 21st in UTC
	if d := DayOf(at); d.String() != "2026-11-22" || d.Short() != "11-22" {
		t.Errorf("half past midnight is %s", d)
	}
	if got := DayOf(at).Time(beijing); !got.Equal(at.Add(-30 * time.Minute)) {
		t.Errorf("midnight is %s", got)
	}
	if got := mustDay(t, "2024-02-10").MonthEnd(); got.String() != "2024-02-29" {
		t.Errorf("February ends %s", got)
	}
}

func TestParseDay(t *testing.T) {
	today := mustDay(t, "2026-11-22")
	for in, want := range map[string]string{
		"2026-11-22": "2026-11-22", "2026/11/22": "2026-11-22", "2026.11.22": "2026-11-22", "2026年11月22日": "2026-11-22",
		"2026 年 11 月 22 日": "2026-11-22", "２０２６－１１－２２": "2026-11-22", "2026-1-2": "2026-01-02", "20261122": "2026-11-22",
		"11-22": "2026-11-22", "11/2": "2026-11-02", "11月22日": "2026-11-22", "11月3号": "2026-11-03", "1122": "2026-11-22",
		"0101": "2026-01-01", "22": "2026-11-22", "5": "2026-11-05", "5日": "2026-11-05", "１５": "2026-11-15",
		"今天": "2026-11-22", "昨天": "2026-11-21", "昨日": "2026-11-21", "前天": "2026-11-20", "大前天": "2026-11-19",
		"today": "2026-11-22", " Yesterday ": "2026-11-21", "-1": "2026-11-21", "-2": "2026-11-20", "－3": "2026-11-19",
		"-325": "2026-01-01", "2000-01-01": "2000-01-01", "2024-02-29": "2024-02-29",
	} {
		d, err := ParseDay(in, today)
		if err != nil || d.String() != want {
			t.Errorf("%q is %s, %v, want %s", in, d, err, want)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	today := mustDay(t, "2026-11-22")
	for in, want := range map[string]Code{
		"": CodeDaySyntax, "x": CodeDaySyntax, "2026-02-29": CodeDaySyntax, "2026-13-01": CodeDaySyntax, "11-31": CodeDaySyntax,
		"0": CodeDaySyntax, "32": CodeDaySyntax, "122": CodeDaySyntax, "26-11-22": CodeDaySyntax, "2026-11": CodeDaySyntax,
		"1-2-3-4": CodeDaySyntax, "日": CodeDaySyntax, "-": CodeDaySyntax, "-1-1": CodeDaySyntax, "-999999": CodeDaySyntax,
		"2026-11-22日日": CodeDaySyntax, "\xff": CodeDaySyntax, "261122": CodeDaySyntax,
		"1999-12-31": CodeDayTooEarly, "-99999": CodeDayTooEarly, "0001-01-01": CodeDayTooEarly,
		"2026-11-23": CodeDayFuture, "23": CodeDayFuture, "12-31": CodeDayFuture, "明天": CodeDayFuture, "+1": CodeDayFuture,
		"9999-12-31": CodeDayFuture,
	} {
		if d, err := ParseDay(in, today); CodeOf(err) != want {
			t.Errorf("%q is %s, %v, want %s", in, d, err, want)
		}
	}
	for in, want := range map[string]string{"明天": "2026-11-23", "tomorrow": "2026-11-23", "+10": "2026-12-02", "12-31": "2026-12-31"} {
		if d, err := ParseDeadline(in, today); err != nil || d.String() != want {
			t.Errorf("deadline %q is %s, %v, want %s", in, d, err, want)
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2026-11-22", "11月22日", "1122", "-2", "昨天", "２２", "2024-02-29", "+5"} {
		f.Add(s, int32(9822))
	}
	f.Fuzz(func(t *testing.T, s string, now int32) {
		today := Day(now & 0xffff) // into the year 2179
		d, err := ParseDay(s, today)
		if err != nil {
			if CodeOf(err) == CodeInternal {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if d < 0 || d > today {
			t.Fatalf("%q on %s is %s", s, today, d)
		}
		if back, err := ParseDay(d.String(), today); err != nil || back != d {
			t.Fatalf("%s reads back as %s, %v", d, back, err)
		}
	})
}

func TestPeriods(t *testing.T) {
	today := mustDay(t, "2026-11-22") // a Sunday
	for _, c := range []struct {
		got  Period
		want string
	}{
		{Today(today), "2026-11-22"},
		{ThisWeek(today), "2026-11-16 – 2026-11-22"},
		{ThisMonth(today), "2026-11-01 – 2026-11-22"},
		{ThisQuarter(today), "2026-10-01 – 2026-11-22"},
		{ThisYear(today), "2026-01-01 – 2026-11-22"},
		{Last30(today), "2026-10-24 – 2026-11-22"},
		{PeriodOf(PeriodAll, today), "2000-01-01 – 2026-11-22"},
		{PeriodOf(PeriodQuarter, today), "2026-10-01 – 2026-11-22"},
		{ThisMonth(today).Before(), "2026-10-10 – 2026-10-31"},
	} {
		if c.got.String() != c.want {
			t.Errorf("got %s, want %s", c.got, c.want)
		}
	}
	if n := PeriodOf(PeriodCustom, today).Days(); n != 0 {
		t.Errorf("a custom period of nobody's choice has %d days", n)
	}
}

func TestPrevious(t *testing.T) {
	for _, c := range []struct {
		kind        PeriodKind
		today, want string
	}{
		{PeriodToday, "2026-01-01", "2025-12-31"},
		{PeriodWeek, "2026-11-22", "2026-11-09 – 2026-11-15"},
		{PeriodWeek, "2026-11-16", "2026-11-09"},
		{PeriodMonth, "2026-11-22", "2026-10-01 – 2026-10-22"},
		{PeriodMonth, "2026-03-31", "2026-02-01 – 2026-02-28"},
		{PeriodMonth, "2024-03-29", "2024-02-01 – 2024-02-29"},
		{PeriodMonth, "2026-01-05", "2025-12-01 – 2025-12-05"},
		{PeriodQuarter, "2026-05-15", "2026-01-01 – 2026-02-14"},
		{PeriodQuarter, "2026-06-30", "2026-01-01 – 2026-03-31"},
		{PeriodYear, "2026-11-22", "2025-01-01 – 2025-11-22"},
		{PeriodYear, "2024-12-31", "2023-01-01 – 2023-12-31"},
	} {
		if p, ok := Previous(c.kind, mustDay(t, c.today)); !ok || p.String() != c.want {
			t.Errorf("before %s of kind %d: %s, want %s", c.today, c.kind, p, c.want)
		}
	}
	today := mustDay(t, "2026-11-22")
	if p, ok := Previous(PeriodAll, today); ok || p.Days() != 0 {
		t.Errorf("before everything comes %s", p)
	}
	if got := Last30(today).Previous(PeriodCustom, today); got.String() != "2026-09-24 – 2026-10-23" {
		t.Errorf("before the last 30 days come %s", got)
	}
	if got := ThisMonth(today).Previous(PeriodMonth, today); got.String() != "2026-10-01 – 2026-10-22" {
		t.Errorf("the month before is %s", got)
	}
}

// TestPreviousIsComparable checks on many days that the two periods have the
// same number of days unless the earlier one ran out.
func TestPreviousIsComparable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := Day(rapid.IntRange(400, 40000).Draw(t, "today"))
		kind := PeriodKind(rapid.IntRange(int(PeriodToday), int(PeriodYear)).Draw(t, "kind"))
		now := PeriodOf(kind, today)
		before, ok := Previous(kind, today)
		if !ok || before.To >= now.From || before.Days() > now.Days() {
			t.Fatalf("%s is compared with %s", now, before)
		}
		if before.Days() < now.Days() && before.To != now.From-1 {
			t.Fatalf("%s is compared with %s, cut too soon", now, before)
		}
		if PeriodOf(kind, before.To).From != before.From {
			t.Fatalf("%s does not start where its kind starts", before)
		}
	})
}

func TestCover(t *testing.T) {
	spans := Cover(Period{mustDay(t, "2024-01-30"), mustDay(t, "2024-03-31")})
	if len(spans) != 3 || spans[0].Whole || !spans[1].Whole || !spans[2].Whole || spans[1].To.String() != "2024-02-29" {
		t.Errorf("covered by %v", spans)
	}
	if spans := Cover(Period{5, 4}); spans != nil {
		t.Errorf("nothing is covered by %v", spans)
	}
	if got := lastDay.String(); got != "9999-12-31" {
		t.Errorf("the last day is %s", got)
	}
	if spans := Cover(Period{0, 1<<31 - 1}); spans != nil {
		t.Errorf("a damaged period has %d spans", len(spans))
	}
}

// TestCoverTiles checks that the spans are the period exactly, day for day,
// and that a span is called whole when, and only when, it is a full month.
func TestCoverTiles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Day(rapid.IntRange(-800, 20000).Draw(t, "from"))
		p := Period{from, from + Day(rapid.IntRange(0, 1500).Draw(t, "length"))}
		next := p.From
		for i, s := range Cover(p) {
			if s.From != next || s.To < s.From || s.To > p.To || s.From.MonthStart() != s.To.MonthStart() {
				t.Fatalf("%s: span %d is %s, want it to start %s", p, i, s.Period, next)
			}
			if s.Whole != (s.From.AddDays(-1).MonthStart() != s.From.MonthStart() && s.To.AddDays(1).MonthStart() != s.From.MonthStart()) {
				t.Fatalf("%s: span %s whole: %v", p, s.Period, s.Whole)
			}
			next = s.To + 1
		}
		if next != p.To+1 {
			t.Fatalf("%s is covered up to %s only", p, next-1)
		}
	})
}
