package wall

import (
	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// isolation is the page of the reserve: rooms of plan 1 that are ready, by site, the
// standby of plan 2, and cases against the line.
func (b *brush) isolation(r rect) {
	if !HasSomething(PageIsolation, b.Figures) {
		b.empty(r, words.T("wall.isolation.none"))
		return
	}
	gap := b.gap()
	switch b.shape() {
	case shapeNarrow:
		parts := r.rows(b.of(0.024), 0.40, 0.60)
		top := parts[0].columns(gap, 0.53, 0.47)
		b.ready(top[0], 0.155)
		b.cases(top[1], 0.098)
		b.sites(parts[1], ledger.PlanReady, ledger.PlanStandby)
	case shapeNormal:
		parts := r.columns(gap, 0.38, 0.62)
		left := parts[0].rows(b.of(0.024), 0.515, 0.485)
		b.ready(left[0], 0.215)
		b.cases(left[1], 0.105)
		b.sites(parts[1], ledger.PlanReady, ledger.PlanStandby)
	case shapeWide:
		parts := r.columns(gap, 0.29, 0.21, 0.50)
		b.ready(parts[0], 0.215)
		b.cases(parts[1], 0.16)
		b.sites(parts[2], ledger.PlanReady, ledger.PlanStandby)
	default:
		parts := r.columns(gap*1.3, 0.21, 0.17, 0.37, 0.25)
		b.ready(parts[0], 0.27)
		b.cases(parts[1], 0.2)
		b.sites(parts[2], ledger.PlanReady)
		b.sites(parts[3], ledger.PlanStandby)
	}
}

// ready is the figure of the page.
func (b *brush) ready(r rect, most float64) {
	plan := b.Figures.Isolation.Plans[0]
	b.rule(r.x, r.y, r.w)
	c := b.column(r)
	c.skip(0.012)
	c.caption(words.T("wall.ready"))
	c.skip(heroAir)
	f := share(plan.Ready, plan.Rooms, words.T("overview.rooms.measure"))
	aged := b.agedRooms()
	if aged != "" {
		f.role = chart.RoleQuiet
	}
	b.figureMarked(c, keyRooms, f, most)
	c.skip(heroAir)
	bar := chart.Proportion{Role: chart.RoleGood}
	if plan.Ready.Known && plan.Rooms.Known {
		bar.N, bar.Whole = chart.Known(float64(plan.Ready.N)), chart.Known(float64(plan.Rooms.N))
	}
	if b.shape() != shapeNarrow {
		b.chart(bar, rect{c.x, c.y, c.w, b.of(0.022)}, b.of(0.044))
		c.y += b.of(0.022)
		c.skip(0.014)
	}
	if aged != "" {
		c.notes(note{aged, chart.RoleWarn})
	}
	c.notes(plain(versus(plan.Ready, b.Figures.Yesterday.Plan1)), plain(unstated(plan)))
	b.hit(rect{r.x, r.y, r.w, c.y - r.y}, chart.KeyOf(keyPlan, int64(ledger.PlanReady)), words.T("wall.ready"))
	if b.shape() >= shapeWide {
		c.skip(0.03)
		b.standby(c)
	}
}

// unstated says how many sites of a plan are missing from its sum.
func unstated(p ledger.PlanFigure) string {
	if p.Unstated == 0 {
		return ""
	}
	return words.T("wall.unstated", "n", p.Unstated)
}

// standby is what plan 2 holds.
func (b *brush) standby(c *column) {
	plan := b.Figures.Isolation.Plans[1]
	if plan.Sites == 0 || c.room() < b.of(0.1) {
		return
	}
	top := c.y
	c.caption(words.T("wall.standby", "n", plan.Sites))
	f := share(plan.Ready, plan.Rooms, words.T("overview.rooms.measure"))
	if !plan.Ready.Known {
		f = stated(plan.Rooms, words.T("overview.rooms.measure"))
	}
	c.skip(0.01)
	c.figure(f, b.of(0.085))
	c.skip(0.02)
	b.hit(rect{c.x, top, c.w, c.y - top}, chart.KeyOf(keyPlan, int64(ledger.PlanStandby)), words.Plan(ledger.PlanStandby))
}

// cases holds the current cases against the line of the reserve rule.
func (b *brush) cases(r rect, most float64) {
	iso := b.Figures.Isolation
	t := b.casesTile()
	t.notes = nil
	switch {
	case !iso.Cases.Known:
	case !iso.Reserve.Known:
	case ledger.NeedsSupport(iso.Cases.N, iso.Reserve.N):
		t.notes = append(t.notes, note{words.T("wall.cases.over"), chart.RoleBad}, note{words.T("overview.rooms.support"), chart.RoleBad})
	default:
		t.notes = append(t.notes, note{words.T("wall.cases.within"), chart.RoleGood})
	}
	if iso.Reserve.Known {
		t.notes = append(t.notes, plain(words.T("wall.cases.line", "limit", caseLimit(iso), "rooms", iso.Reserve)))
	}
	t.notes = append(t.notes, plain(versus(iso.Cases, b.Figures.Yesterday.Cases)))
	b.tile(r, t, b.of(most))
}

// sites are the rooms of each site of some plans, with the age of each report.
func (b *brush) sites(r rect, plans ...ledger.Plan) {
	name, most := words.T("overview.card.sites"), 0.042
	if len(plans) == 1 {
		name, most = words.Plan(plans[0]), 0.055
	}
	at := b.section(r, name, words.T("wall.sites.note"))
	bars := b.siteBars(plans...)
	if len(bars.Groups) == 0 {
		b.column(at).caption(words.T("wall.sites.none"))
		return
	}
	b.chart(bars, at, b.of(most))
}
