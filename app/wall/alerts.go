package wall

import (
	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// alerts is the page of what needs somebody now.
func (b *brush) alerts(r rect) {
	list := b.Figures.Alerts
	if len(list) == 0 {
		b.calm(r)
		return
	}
	gap := b.gap()
	switch b.shape() {
	case shapeNarrow:
		parts := r.rows(b.of(0.024), 0.38, 0.62)
		b.alertCount(parts[0], 0.17)
		b.alertList(parts[1], list)
	case shapeNormal:
		parts := r.columns(gap, 0.27, 0.73)
		b.alertCount(parts[0], 0.23)
		b.alertList(parts[1], list)
	case shapeWide:
		parts := r.columns(gap, 0.24, 0.76)
		b.alertCount(parts[0], 0.23)
		b.alertList(parts[1], list)
	default:
		parts := r.columns(gap*1.3, 0.18, 0.41, 0.41)
		b.alertCount(parts[0], 0.28)
		red, amber := byLevel(list)
		if len(red) == 0 || len(amber) == 0 {
			b.alertList(rect{parts[1].x, parts[1].y, r.right() - parts[1].x, parts[1].h}, list)
			return
		}
		b.alertLists(parts[1:], red, amber)
	}
}

// calm says that there is no alert, and when that was looked for.
func (b *brush) calm(r rect) {
	size := b.of(0.17)
	t := b.ink(words.T("wall.alerts.none"), size, true, chart.RoleGood)
	for t.w > r.w {
		size--
		t = b.ink(t.text, size, true, chart.RoleGood)
	}
	line := r.y + r.h*0.40 + size*0.4
	b.put(t, r.x+(r.w-t.w)/2, line)
	n := b.ink(words.T("wall.checked", "time", b.Figures.AsOf.Format("15:04")), b.of(0.046), false, chart.RoleQuiet)
	if n.w > r.w {
		n = b.quiet(n.text)
	}
	b.put(n, r.x+(r.w-n.w)/2, line+b.of(0.11))
	b.hit(r, keyAlerts, t.text)
}

// alertCount is the figure of the page.
func (b *brush) alertCount(r rect, most float64) {
	red, amber := countAlerts(b.Figures.Alerts)
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	c.caption(words.T("wall.urgent"))
	c.skip(heroAir)
	f := figure{value: words.Count(ledger.Stated(red + amber)), unit: words.T("wall.alerts.measure"), role: chart.RoleWarn, known: true}
	switch {
	case b.stale():
		f.role = chart.RoleQuiet
	case red > 0:
		f.role = chart.RoleBad
	}
	b.figureMarked(c, keyAlerts, f, most)
	c.skip(0.03)
	if red > 0 || b.Figures.Yesterday.Red.N > 0 {
		c.notes(note{words.T("wall.alerts.red", "n", red), chart.RoleBad}, plain(versus(ledger.Stated(red), b.Figures.Yesterday.Red)))
		c.skip(0.012)
	}
	if amber > 0 {
		c.notes(note{words.T("wall.alerts.amber", "n", amber), chart.RoleWarn})
	}
	if aged := b.agedToday(); aged != "" {
		c.notes(note{aged, chart.RoleWarn})
	}
	b.hit(rect{r.x, r.y, r.w, c.y - r.y}, keyAlerts, Title(PageAlerts))
}

func (b *brush) alertList(r rect, list []ledger.Alert) { b.alertLists([]rect{r}, list) }

// alertMost is the largest size of an alert's sentence, alertWide that where lines are
// long.
const (
	alertMost = 0.052
	alertWide = 0.062
)

// alertLists writes lists of alerts beside one another, in one size.
func (b *brush) alertLists(parts []rect, lists ...[]ledger.Alert) {
	size := b.of(alertMost)
	if b.shape() >= shapeWide {
		size = b.of(alertWide)
	}
	for i, r := range parts {
		size = min(size, b.listSize(r.below(r.y+b.of(0.02)), b.alertRows(lists[i]), size))
	}
	for i, r := range parts {
		b.rule(r.x, r.y, r.w)
		b.rows(r.below(r.y+b.of(0.02)), b.alertRows(lists[i]), size, keyAlerts)
	}
}

func byLevel(list []ledger.Alert) (red, amber []ledger.Alert) {
	for _, a := range list {
		if a.Level == ledger.LevelRed {
			red = append(red, a)
		} else {
			amber = append(amber, a)
		}
	}
	return red, amber
}
