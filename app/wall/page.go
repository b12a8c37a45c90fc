// Package wall lays out the pages of the meeting-room display, and decides which of
// them is shown when. It draws nothing and reads no clock: a page is a picture of
// package chart, and times are given. It knows the domain, its words and the charts,
// so that the wall shows the same figures as the overview in the same shapes, in
// sizes that carry eight metres.
package wall

import "taizhang/app/ledger"

// Page is one page of the wall.
type Page uint8

// The pages, in the order they turn.
const (
	PageSituation Page = iota
	PagePublicity
	PageIsolation
	PageSupervision
	PageAlerts
)

// Pages lists the pages in the order they turn; the digit 1 is the first.
var Pages = []Page{PageSituation, PagePublicity, PageIsolation, PageSupervision, PageAlerts}

// String is the page's name on the command line: situation, publicity, isolation,
// supervision or alerts.
func (p Page) String() string {
	switch p {
	case PageSituation:
		return "situation"
	case PagePublicity:
		return "publicity"
	case PageIsolation:
		return "isolation"
	case PageSupervision:
		return "supervision"
	case PageAlerts:
		return "alerts"
	}
	return "page"
}

// ParsePage reads a name that String writes, or the page's Chinese title.
func ParsePage(s string) (p Page, ok bool) {
	switch s {
	case "态势", "態勢":
		return PageSituation, true
	case "宣传", "宣傳":
		return PagePublicity, true
	case "隔离", "隔離":
		return PageIsolation, true
	case "督导", "督導":
		return PageSupervision, true
	case "预警", "預警":
		return PageAlerts, true
	}
	for _, p := range Pages {
		if p.String() == s {
			return p, true
		}
	}
	return 0, false
}

// ScopeOf is what the wall asks figures for: this month of the whole ledger, as the
// overview does when nobody has chosen otherwise.
func ScopeOf(today ledger.Day) ledger.Scope {
	return ledger.Scope{Kind: ledger.PeriodMonth, Period: ledger.ThisMonth(today), Daily: true}
}

// HasSomething reports whether a page has anything to say; one that has not is left
// out of the rotation. The situation and that there is no alert are always news.
func HasSomething(p Page, f ledger.Figures) bool {
	switch p {
	case PagePublicity:
		return hasPublicity(f.Publicity)
	case PageIsolation:
		return len(f.Isolation.Sites) > 0 || f.Isolation.Cases.Known
	case PageSupervision:
		s := f.Supervision
		return s.Visits > 0 || s.LiveOpen > 0 || s.Open+s.Rectified+s.Closed > 0
	}
	return true
}

func hasPublicity(p ledger.PublicityFigures) bool {
	for _, days := range [][]ledger.DayFigure{p.Days, p.DaysBefore} {
		for i := range days {
			if days[i].Known {
				return true
			}
		}
	}
	return len(p.Items) > 0
}
