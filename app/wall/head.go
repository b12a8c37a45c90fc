package wall

import (
	"math"
	"slices"
	"strconv"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// The places of the parts of a page, against its height.
const (
	titleLine = 0.098 // baseline of the title and the clock
	asOfLine  = 0.152 // baseline of the line beneath
	bodyTop   = 0.195
	bodyEnd   = 0.915
	footLine  = 0.972
)

// body is where a page's own figures stand.
func (b *brush) body() rect {
	top := b.of(bodyTop)
	return rect{b.edge(), top, b.W - 2*b.edge(), b.of(bodyEnd) - top}
}

// head writes the title, the district and the clock, and beneath them what the
// figures are of, as of when and from how many.
func (b *brush) head(p Page) {
	left, right := b.edge(), b.W-b.edge()
	line := b.of(titleLine)
	title := b.ink(Title(p), b.of(titleShare), true, chart.RoleText)
	b.put(title, left, line)
	clock := ink{}
	if !b.Now.IsZero() {
		clock = b.ink(b.Now.Format("15:04"), b.of(titleShare), true, chart.RoleText)
		b.putRight(clock, right, line)
	}
	b.district(left+title.w+b.of(0.03), right-clock.w-b.of(0.03), line)
	asOf := b.asOf()
	line = b.of(asOfLine)
	b.putRight(asOf, right, line)
	for _, text := range b.periodTexts(p) {
		if t := b.quiet(text); left+t.w+b.of(0.04) <= right-asOf.w {
			b.put(t, left, line)
			break
		}
	}
}

// district writes the district's name beside the title.
func (b *brush) district(left, right, line float64) {
	b.fitting(b.ink(b.Figures.District, b.of(0.046), false, chart.RoleQuiet), left, right, line)
}

// fitting writes a name between left and right: as large as it is, or as finds room,
// and at the smallest size in two lines, the lower one on the baseline.
func (b *brush) fitting(t ink, left, right, line float64) {
	for t.size > b.least() && left+t.w > right {
		t = b.ink(t.text, max(b.least(), t.size-1), t.bold, t.role)
	}
	lines := chart.Balance(b.Measure, t.text, t.size, t.bold, right-left)
	lines = lines[:min(len(lines), 2)]
	for i, text := range lines {
		b.put(b.ink(text, t.size, t.bold, t.role), left, line-t.size*lead*float64(len(lines)-1-i))
	}
}

// asOf says when the figures were read and from how many units they come; a sign and
// another colour where that is too long ago.
func (b *brush) asOf() ink {
	f := b.Figures
	if f.AsOf.IsZero() {
		return ink{}
	}
	moment := f.AsOf.Format("15:04")
	if !b.Now.IsZero() && ledger.DayOf(b.Now) != ledger.DayOf(f.AsOf) {
		moment = f.AsOf.Format("01-02 15:04")
	}
	text := words.T("wall.asof", "time", moment, "reached", f.Heard.Reached, "all", f.Heard.All)
	if b.stale() || b.Trouble != "" {
		return b.ink(words.T("overview.aged", "age", text), b.least(), true, chart.RoleWarn)
	}
	return b.quiet(text)
}

// periodTexts say which days the figures are of, the longest first.
func (b *brush) periodTexts(p Page) []string {
	f := b.Figures
	if p == PageSituation || p == PageAlerts || p == PageIsolation || f.AsOf.IsZero() {
		today := f.Today
		if !b.Now.IsZero() {
			today = ledger.DayOf(b.Now) // the calendar goes on when the ledger does not
		}
		return []string{words.T("wall.day", "day", today, "weekday", weekday(today)), today.String()}
	}
	s := f.Scope
	days := dayRange(s.Period)
	if s.Kind < ledger.PeriodCustom {
		days = periodName(s.Kind) + " " + days
	}
	list := []string{days, periodName(s.Kind)}
	if f.Compared {
		list = append([]string{days + words.T("wall.compared", "period", shortRange(f.Before))}, list...)
	}
	return list
}

func weekday(d ledger.Day) string { return words.T("wall.weekday." + strconv.Itoa(int(d.Weekday()))) }

// periodName is 本月; "" for days chosen by hand.
func periodName(k ledger.PeriodKind) string {
	if k == ledger.PeriodCustom {
		return ""
	}
	return words.Period(k)
}

// dayRange writes the days of a period, the second without a year that the first has.
func dayRange(p ledger.Period) string {
	from, _, _ := p.From.Date()
	to, _, _ := p.To.Date()
	if p.From != p.To && from == to {
		return p.From.String() + " – " + p.To.Short()
	}
	return p.String()
}

// shortRange writes days without their years.
func shortRange(p ledger.Period) string {
	if p.From == p.To {
		return p.From.Short()
	}
	return p.From.Short() + " – " + p.To.Short()
}

// foot writes what has just changed, or that the ledger cannot be read, and the dots.
func (b *brush) foot(p Page) {
	line := b.of(footLine)
	right := b.dots(p, line)
	if b.Held {
		t := b.ink(words.T("wall.held"), b.least(), false, chart.RoleText)
		right -= t.w
		b.put(t, right, line)
		right -= b.of(0.03)
	}
	if b.Trouble != "" {
		b.trouble(right, line)
		return
	}
	b.changes(right, line)
}

// dots shows where in the rotation the page stands, and returns where they begin.
func (b *brush) dots(p Page, line float64) float64 {
	pages := b.Pages
	if !slices.Contains(pages, p) {
		pages = withPage(pages, p)
	}
	d := b.of(0.014)
	long, air := d*2.6, d*0.9
	x := b.W - b.edge()
	cy := line - math.Round(b.least()*capHigh/2)
	for i := len(pages) - 1; i >= 0; i-- {
		w, role := d, chart.RoleLine
		if pages[i] == p {
			w, role = long, chart.RoleStructure
		}
		x -= w
		b.add(chart.Shape{Kind: chart.KindRoundRect, X: math.Round(x), Y: math.Round(cy - d/2), W: math.Round(w), H: d, Radius: d / 2, Role: role})
		b.hit(rect{x - air/2, cy - 2*d, w + air, 4 * d}, "page:"+pages[i].String(), Title(pages[i]))
		x -= air
	}
	return x - b.of(0.025)
}

// trouble says what is wrong with the ledger and since when, in the place of changes.
func (b *brush) trouble(right, line float64) {
	left := b.edge()
	text := b.Trouble
	if !b.Since.IsZero() {
		text = words.T("wall.trouble", "sentence", b.Trouble, "time", b.Since.Format("15:04"))
	}
	for _, s := range []string{text, words.T("wall.trouble.short", "time", b.Since.Format("15:04")), words.T("wall.trouble.least")} {
		if t := b.ink(s, b.least(), true, chart.RoleBad); left+t.w <= right {
			b.put(t, left, line)
			return
		}
	}
}

// changes names what has changed in the last seconds, the newest first; those without
// room are counted.
func (b *brush) changes(right, line float64) {
	left, air := b.edge(), b.of(0.03)
	for shown := len(b.Changes); shown > 0; shown-- {
		var list []ink
		for _, c := range b.Changes[:shown] {
			list = append(list, b.ink(c.Text, b.least(), true, chart.RoleHighlight))
		}
		if rest := len(b.Changes) - shown; rest > 0 {
			list = append(list, b.quiet(words.T("wall.more", "n", rest)))
		}
		w := -air
		for _, t := range list {
			w += t.w + air
		}
		if left+w <= right {
			b.pieces(list, left, line, air, right)
			return
		}
	}
	if n := len(b.Changes); n > 0 {
		b.pieces([]ink{b.ink(words.T("wall.changed", "n", n), b.least(), true, chart.RoleHighlight)}, left, line, air, right)
	}
}

// Title is the page's name for people.
func Title(p Page) string { return words.T("wall.page." + p.String()) }

// withPage is pages with p in its place.
func withPage(pages []Page, p Page) []Page {
	var list []Page
	for _, q := range Pages {
		if q == p || slices.Contains(pages, q) {
			list = append(list, q)
		}
	}
	return list
}
