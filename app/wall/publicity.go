package wall

import (
	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// publicity is the page of what was done: the entries of the period, day by day, by
// item and by unit.
func (b *brush) publicity(r rect) {
	if !hasPublicity(b.Figures.Publicity) {
		b.empty(r, words.T("wall.publicity.none"))
		return
	}
	gap := b.gap()
	switch b.shape() {
	case shapeNarrow:
		parts := r.columns(gap, 0.44, 0.56)
		left := parts[0].rows(b.of(0.024), 0.39, 0.61)
		b.entries(left[0], 0.17)
		b.daily(left[1])
		right := parts[1].rows(b.of(0.024), 0.68, 0.32)
		b.items(right[0])
		b.ranked(right[1])
	case shapeNormal, shapeWide:
		parts := r.columns(gap, 0.27, 0.45, 0.28)
		left := parts[0].rows(b.of(0.024), 0.46, 0.54)
		b.entries(left[0], 0.21)
		b.ranked(left[1])
		b.items(parts[1])
		b.daily(parts[2])
	default:
		parts := r.columns(gap*1.3, 0.17, 0.30, 0.31, 0.22)
		b.entries(parts[0], 0.23)
		b.daily(parts[1])
		b.items(parts[2])
		b.ranked(parts[3])
	}
}

// empty says in the middle of the page why there is nothing on it.
func (b *brush) empty(r rect, sentence string) {
	size := b.of(0.055)
	lines := b.lines(sentence, size, false, r.w)
	y := r.y + r.h*0.42 - size*lead*float64(len(lines))/2
	for _, line := range lines {
		t := b.ink(line, size, false, chart.RoleQuiet)
		b.put(t, r.x+(r.w-t.w)/2, base(y, size))
		y += size * lead
	}
}

// entries is the figure of the page, and each channel's share of it.
func (b *brush) entries(r rect, most float64) {
	p := b.Figures.Publicity
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	name := words.T("wall.entries")
	if period := periodName(b.Figures.Scope.Kind); period != "" {
		name = words.T("wall.entries.period", "period", period)
	}
	c.caption(name)
	c.skip(heroAir)
	f := stated(ledger.Count{N: p.Entries, Known: p.Entries > 0}, words.T("wall.entries.measure"))
	if b.stale() {
		f.role = chart.RoleQuiet
	}
	b.figureMarked(c, keyUnits, f, most)
	c.skip(0.024)
	if aged := b.agedToday(); aged != "" {
		c.notes(note{aged, chart.RoleWarn}) // what is old is not compared with what was before
	} else {
		c.notes(plain(b.trend(p.Entries, p.Before)))
	}
	b.hit(rect{r.x, r.y, r.w, c.y - r.y}, keyUnits, name)
	if b.shape() == shapeUltra {
		c.skip(0.03)
		b.channels(c)
	}
}

// channels are the entries of each channel, where the page has room beside the days.
func (b *brush) channels(c *column) {
	for i, ch := range b.Figures.Publicity.Channels {
		if c.room() < b.of(0.095) {
			return
		}
		top := c.y
		d := b.of(0.02)
		name := b.ink(words.Channel(ch.Channel), b.least(), false, chart.RoleText)
		line := base(c.y, name.size)
		b.add(chart.Shape{Kind: chart.KindRoundRect, X: c.x, Y: line - d, W: d, H: d, Radius: d / 5, Role: chart.Series(i)})
		b.put(name, c.x+d*1.6, line)
		f := b.fitted(stated(ledger.Stated(ch.Entries), ""), b.of(0.055), c.w/2)
		b.putRight(f.value, c.right(), line)
		c.y += name.size * lead
		c.notes(plain(b.trend(ch.Entries, ch.Before)))
		b.hit(rect{c.x, top, c.w, c.y - top}, chart.KeyOf(keyChannel, int64(ch.Channel)), name.text)
		c.skip(0.015)
	}
}

// trend says how a number of entries stands to the period before.
func (b *brush) trend(now, before int64) string {
	if !b.Figures.Compared {
		return ""
	}
	if before == 0 {
		return words.T("wall.trend.new")
	}
	switch percent := (now - before) * 100 / before; {
	case percent > 0:
		return words.T("wall.trend.up", "percent", percent)
	case percent < 0:
		return words.T("wall.trend.down", "percent", -percent)
	}
	return words.T("wall.trend.same")
}

// section is a part of a page with a heading; it returns where its content stands.
func (b *brush) section(r rect, name, note string) rect {
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	t := b.ink(name, b.least(), true, chart.RoleText)
	line := base(c.y, t.size)
	b.put(t, c.x, line)
	if n := b.quiet(note); t.w+b.of(0.03)+n.w <= r.w {
		b.putRight(n, r.right(), line)
	}
	c.y += t.size * lead
	c.skip(0.01)
	return r.below(c.y)
}

func (b *brush) daily(r rect) {
	at := b.section(r, words.T("overview.card.days"), words.T("wall.days.note"))
	days := b.charts().Days()
	days.Over = b.shape() != shapeUltra
	b.chart(days, at, b.least()*1.1)
}

func (b *brush) items(r rect) {
	at := b.section(r, words.T("wall.items"), words.T("wall.items.note"))
	bars := b.charts().Items()
	if len(bars.Groups) == 0 {
		b.column(at).caption(words.T("wall.items.none"))
		return
	}
	if b.foldedAt(bars, at) {
		// Headings give way to rows: the colours are named beside the days.
		bars.Groups = headless(bars.Groups)
	}
	b.chart(bars, at, b.of(0.046))
}

// headless are groups without their headings.
func headless(groups []chart.BarGroup) []chart.BarGroup {
	list := append([]chart.BarGroup(nil), groups...)
	for i := range list {
		list[i].Name = ""
	}
	return list
}

func (b *brush) ranked(r rect) {
	at := b.section(r, words.T("wall.units"), words.T("wall.units.note"))
	b.chart(b.unitBars(), at, b.of(0.046))
}
