package ledger

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Day is a calendar day, counted from 2000-01-01 which is 0. Days are what the
// ledger sorts and adds up by, so they are numbers without clock or zone.
type Day int32

// epochDays is 2000-01-01 counted from 1970-01-01.
const epochDays = 10957

const secondsPerDay = 24 * 60 * 60

// dateDay returns the day of a date. Values out of range roll over as in
// time.Date.
func dateDay(year int, month time.Month, day int) Day {
	unix := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
	return Day(unix/secondsPerDay - epochDays) // midnights divide evenly, before 1970 too
}

// DayOf returns the calendar day t falls on in t's own location.
func DayOf(t time.Time) Day { return dateDay(t.Date()) }

// Time returns the day's midnight in loc.
func (d Day) Time(loc *time.Location) time.Time {
	year, month, day := d.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, loc)
}

func (d Day) utc() time.Time {
	return time.Unix((int64(d)+epochDays)*secondsPerDay, 0).UTC()
}

// Date returns the day as year, month and day of the month.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Day) AddDays(n int) Day { return d + Day(n) }

// MonthStart returns the first day of d's month.
func (d Day) MonthStart() Day {
	year, month, _ := d.Date()
	return dateDay(year, month, 1)
}

// MonthEnd returns the last day of d's month.
func (d Day) MonthEnd() Day {
	year, month, _ := d.Date()
	return dateDay(year, month+1, 1) - 1
}

// String prints 2026-11-22, which ParseDay reads back.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// Short prints 11-22.
func (d Day) Short() string { return d.utc().Format("01-02") }

// ParseDay reads the day something was done, so neither before 2000-01-01 nor
// after today. It takes 2026-11-22 (also with / . or 年月日), 11-22 and 1122
// (this year), 22 (this month), 20261122, 今天 昨天 前天, today, yesterday, and
// -2 for two days ago; full-width signs are read like plain ones.
//
// It returns an *Error with CodeDaySyntax, CodeDayTooEarly or CodeDayFuture. A
// day without its year is never moved to last year to escape CodeDayFuture: a
// slip of the finger would then land a year away, unseen.
func ParseDay(s string, today Day) (Day, error) {
	day, err := ParseDeadline(s, today)
	if err == nil && day > today {
		return 0, refuse(CodeDayFuture, "day", day.String(), "today", today.String())
	}
	return day, err
}

// ParseDeadline reads a day that may also lie ahead: all that ParseDay takes,
// and 明天, 后天, tomorrow and +3 for in three days. Its errors are
// CodeDaySyntax and CodeDayTooEarly.
func ParseDeadline(s string, today Day) (Day, error) {
	day, ok := parseDay(tidyDay(s), today)
	if !ok {
		return 0, refuse(CodeDaySyntax, "text", s)
	}
	if day < 0 {
		return 0, refuse(CodeDayTooEarly, "day", day.String())
	}
	return day, nil
}

// dayWords are the days that have names, counted from today.
var dayWords = map[string]int{
	"今天": 0, "今日": 0, "today": 0,
	"昨天": -1, "昨日": -1, "yesterday": -1,
	"前天": -2, "前日": -2, "大前天": -3,
	"明天": 1, "明日": 1, "tomorrow": 1,
	"后天": 2, "後天": 2, "后日": 2,
}

// tidyDay folds s to half width and lower case and turns every way to part a
// date into '-'. It returns "" for what is too long to be a day.
func tidyDay(s string) string {
	if len(s) > 64 {
		return ""
	}
	var b strings.Builder
	for _, r := range s {
		switch r = foldNumberRune(r); r {
		case ' ':
		case '/', '.', '年', '月':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	text := strings.ToLower(b.String())
	if before, ok := strings.CutSuffix(text, "日"); ok && dateShaped(before) {
		return before
	}
	if before, ok := strings.CutSuffix(text, "号"); ok && dateShaped(before) {
		return before
	}
	return text
}

// dateShaped reports whether s holds digits and dashes only and starts with a digit.
func dateShaped(s string) bool {
	return s != "" && strings.Trim(s, "0123456789-") == "" && isDigit(rune(s[0]))
}

// parseDay reads a tidied text; ok is false when it names no day.
func parseDay(text string, today Day) (day Day, ok bool) {
	if n, found := dayWords[text]; found {
		return today.AddDays(n), true
	}
	if text != "" && (text[0] == '-' || text[0] == '+') {
		return parseOffset(text, today)
	}
	if !dateShaped(text) {
		return 0, false
	}
	year, month, _ := today.Date()
	parts := strings.Split(text, "-")
	switch {
	case len(parts) == 3:
		return dateFrom(parts[0], parts[1], parts[2])
	case len(parts) == 2:
		return dateFrom(fmt.Sprintf("%04d", year), parts[0], parts[1])
	case len(text) == 8:
		return dateFrom(text[:4], text[4:6], text[6:])
	case len(text) == 4:
		return dateFrom(fmt.Sprintf("%04d", year), text[:2], text[2:])
	default:
		return dateFrom(fmt.Sprintf("%04d", year), strconv.Itoa(int(month)), text)
	}
}

// parseOffset reads -2 and +3, at most five digits: a few days, never an overflow.
func parseOffset(text string, today Day) (Day, bool) {
	digits := text[1:]
	if len(digits) > 5 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return today.AddDays(n), err == nil
}

// dateFrom builds a day from digits: a year of four, a month and a day of one
// or two. A date that is in no calendar, such as 2-30, is not ok.
func dateFrom(year, month, day string) (Day, bool) {
	if len(year) != 4 || len(month) < 1 || len(month) > 2 || len(day) < 1 || len(day) > 2 {
		return 0, false
	}
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	n, _ := strconv.Atoi(day)
	d := dateDay(y, time.Month(m), n)
	gotYear, gotMonth, gotDay := d.Date()
	return d, gotYear == y && int(gotMonth) == m && gotDay == n
}
