package intake

import "taizhang/app/ledger"

// Date is the day or the days that a text names. The zero value is none.
type Date struct{ From, To ledger.Day }

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
