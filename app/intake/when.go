package intake

import (
	"time"

	"taizhang/app/ledger"
)

// Date is the day or the days that a text names: From and To are equal for one
// day. The zero value is none.
type Date struct{ From, To ledger.Day }

// Empty reports whether no day is named.
func (d Date) Empty() bool { return d == Date{} }

// date goes past a date or a time at i: 2026年2月5日, 2月5日至7日, 2026-02-05,
// 2026.2.5. It returns i when there is none.
func (s *sheet) date(i int) int {
	if !isDigit(s.runes[i]) || isDigit(s.peek(i-1)) {
		return i
	}
	return s.dateFrom(i)
}

// dateFrom is date at a digit that begins a number.
func (s *sheet) dateFrom(i int) int {
	if end := s.signedDate(i); end > i {
		return end
	}
	at := s.digits(i)
	if at-i > 4 {
		return i
	}
	switch sign := s.peek(at); sign {
	case '年', '月', '日', '号', '时', '点':
		return s.dateGoesOn(at + 1)
	case '-', '~', '至':
		if isDigit(s.peek(at + 1)) {
			if end := s.dateFrom(at + 1); end > at+1 {
				return end
			}
		}
	}
	return i
}

// dateGoesOn goes past what follows 2月: 5日, 5日至7日.
func (s *sheet) dateGoesOn(i int) int {
	next := i
	switch s.peek(i) {
	case '-', '~', '至', '到', '、':
		next = i + 1
	}
	if isDigit(s.peek(next)) {
		if end := s.dateFrom(next); end > next {
			return end
		}
	}
	return i
}

// signedDate reads 2026-02-05 and its like: three numbers, the first a year.
func (s *sheet) signedDate(i int) int {
	year := s.digits(i)
	sign := s.peek(year)
	if year-i != 4 || sign != '-' && sign != '.' && sign != '/' {
		return i
	}
	month := s.digits(year + 1)
	if month == year+1 || s.peek(month) != sign {
		return i
	}
	if day := s.digits(month + 1); day > month+1 {
		return day
	}
	return i
}

func (s *sheet) digits(i int) int {
	for isDigit(s.peek(i)) {
		i++
	}
	return i
}

// stamp is a date as far as it was written; 0 stands for what was not.
type stamp struct{ year, month, day int }

// dated reads the date at start, found by date: its first and its last day. A
// year that is left out is today's, or the one before when that would lie
// ahead. Times and dates that are none give none.
func (s *sheet) dated(start, end int, today ledger.Day) Date {
	if !isDigit(s.peek(start)) || s.date(start) != end {
		return Date{} // 一、 in front of a paragraph, the number of a document
	}
	first, last := s.stamps(start, end)
	if first == (stamp{}) {
		return Date{} // a time, or a word that only begins like a date
	}
	if first.year == 0 {
		if today == 0 {
			return Date{}
		}
		year, _, _ := today.Date()
		if from, ok := first.in(year).from(); ok && from > today {
			year--
		}
		first, last = first.in(year), last.in(year)
	}
	from, ok := first.from()
	to, okTo := last.to()
	if !ok || !okTo || to < from {
		return Date{}
	}
	return Date{From: from, To: to}
}

func (t stamp) in(year int) stamp { t.year = year; return t }

// stamps reads the numbers of a date in their order. One that was there already
// begins the second date: 2月5日至7日.
func (s *sheet) stamps(start, end int) (first, last stamp) {
	var now stamp
	second := false
	for i := start; i < end; i++ {
		value, at := 0, i
		for ; at < end && isDigit(s.runes[at]); at++ {
			value = value*10 + int(s.runes[at]-'0')
		}
		if at == i {
			continue
		}
		part := &now.day
		switch sign := s.peek(at); {
		case sign == '年', at-i == 4:
			part = &now.year
		case sign == '月', now.year > 0 && now.month == 0 && (sign == '-' || sign == '.' || sign == '/'):
			part = &now.month
		case sign == '时', sign == '点':
			continue
		case (sign == '-' || sign == '~' || sign == '至') && now.month == 0:
			part = &now.month // 1至6月
		}
		if *part != 0 && !second {
			first, second = now, true
		}
		*part = value
		i = at
	}
	if !second {
		first = now
	}
	return first, now
}

// from is the first day of what is written.
func (t stamp) from() (ledger.Day, bool) {
	return t.make(max(t.month, 1), max(t.day, 1))
}

// to is the last one.
func (t stamp) to() (ledger.Day, bool) {
	if t.day == 0 {
		d, ok := t.make(max(t.month, 1), 1)
		if t.month == 0 {
			d, ok = t.make(12, 1)
		}
		return d.MonthEnd(), ok
	}
	return t.make(t.month, t.day)
}

// make is a day of the calendar, from 2000 on.
func (t stamp) make(month, day int) (ledger.Day, bool) {
	if t.year < 2000 || t.year > 2999 || month > 12 || day > 31 || month < 1 {
		return 0, false
	}
	d := ledger.DayOf(time.Date(t.year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
	_, m, _ := d.Date()
	return d, int(m) == month
}
