package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// publicityFilter is what a person asked to see. Zero fields pick everything.
type publicityFilter struct {
	period    *ledger.Period
	unit      ledger.ID // and all below it
	item      ledger.ID
	channel   ledger.Channel
	desk      int64 // number of a chain of the desk that states the row
	batch     *ledger.Row[ledger.Batch]
	text      string
	voided    bool
	sort      ledger.SortKey
	ascending bool
}

// scopeFilter is the filter of the period and unit chosen at the top.
func scopeFilter(s ledger.Scope) publicityFilter {
	return publicityFilter{period: scopePeriod(s), unit: s.Unit}
}

// scopePeriod is the scope's period, nil for the whole ledger.
func scopePeriod(s ledger.Scope) *ledger.Period {
	if s.Kind == ledger.PeriodAll || s.Period.Days() == 0 {
		return nil
	}
	period := s.Period
	return &period
}

func openingFilter(o Opening) publicityFilter {
	f := publicityFilter{period: o.Period, unit: o.Unit, item: o.Item, channel: o.Channel, batch: o.Batch}
	f.voided = o.Batch != nil && o.Batch.Voided // all of it is
	return f
}

// follows reports whether period and unit are those of a scope.
func (f publicityFilter) follows(s ledger.Scope) bool {
	period := scopePeriod(s)
	if f.unit != s.Unit || (period == nil) != (f.period == nil) {
		return false
	}
	return period == nil || *period == *f.period
}

// narrowed reports whether anything keeps rows out.
func (f publicityFilter) narrowed() bool {
	return f.period != nil || f.unit != 0 || f.item != 0 || f.channel != 0 || f.desk != 0 || f.batch != nil || strings.TrimSpace(f.text) != ""
}

// sameRows reports whether two filters pick the same rows, in whatever order.
func (f publicityFilter) sameRows(g publicityFilter) bool {
	f.sort, f.ascending = g.sort, g.ascending
	return f == g
}

// nothing is an id that no record has, for a filter that nothing passes.
const nothing ledger.ID = -1

// query turns the filter into the ledger's, with names found in dir.
func (f publicityFilter) query(dir *directory) ledger.PublicityFilter {
	q := ledger.PublicityFilter{Period: f.period, Voided: f.voided, Sort: f.sort, Ascending: f.ascending,
		Text: dir.matches(f.text)}
	if f.unit != 0 {
		q.Units = ledger.Subtree(dir.units, f.unit)
	}
	if f.desk != 0 {
		q.Desks = dir.chainsOf(f.desk)
	}
	if f.batch != nil {
		of := f.batch.Value.Records(f.batch.ID)
		q.Range = &of
	}
	switch {
	case f.item != 0 && f.channel != 0 && dir.item[f.item].Value.Channel != f.channel:
		q.Items = []ledger.ID{nothing}
	case f.item != 0:
		q.Items = []ledger.ID{f.item}
	case f.channel != 0:
		if q.Items = dir.channelItems(f.channel); len(q.Items) == 0 {
			q.Items = []ledger.ID{nothing}
		}
	}
	return q
}

// filtered reads the rows of a changed filter.
func (p *publicityScreen) filtered() {
	p.showFilter()
	p.rows.read(p.filter)
}

// showFilter shows what is filtered by; each chip takes its own filter away.
func (p *publicityScreen) showFilter() {
	f := &p.filter
	var chips []fyne.CanvasObject
	chip := func(name, value string, clear func()) {
		chips = append(chips, p.chip(words.T("publicity.chip", "name", name, "value", value), clear))
	}
	if f.period != nil {
		chip(words.T("publicity.chip.period"), f.period.String(), func() { f.period = nil })
	}
	dir := p.rows.dir
	if f.unit != 0 {
		chip(words.T("publicity.chip.unit"), dir.unitName(f.unit), func() { f.unit = 0 })
	}
	if f.channel != 0 {
		chip(words.T("publicity.chip.channel"), words.Channel(f.channel), func() { f.channel = 0 })
	}
	if f.item != 0 {
		chip(words.T("publicity.chip.item"), dir.itemName(f.item), func() { f.item = 0 })
	}
	if f.desk != 0 {
		chip(words.T("publicity.chip.desk"), deskChoice(dir, f.desk), func() { f.desk = 0 })
	}
	if f.batch != nil {
		chip(words.T("publicity.chip.batch"), words.Source(f.batch.Value.Source), func() { f.batch = nil })
	}
	if text := strings.TrimSpace(f.text); text != "" {
		chip(words.T("publicity.chip.text"), strings.Join(strings.Fields(text), " + "), func() { p.find.SetText("") })
	}
	if len(chips) > 1 {
		chips = append(chips, look.NewButton(words.T("publicity.clear"), nil, look.Plain, p.clearFilter))
	}
	p.chips.Objects = chips
	p.chips.Hidden = len(chips) == 0
	p.chips.Refresh()
	p.showVoided()
	if p.met {
		p.origin.Show()
	} else {
		p.origin.Hide()
	}
	if p.root != nil {
		p.root.Refresh()
	}
}

func (p *publicityScreen) showVoided() {
	mark, style := "□ ", look.Secondary
	if p.filter.voided {
		mark = "√ "
	}
	p.voided.SetText(mark + words.T("publicity.voided"))
	p.voided.SetStyle(style)
}

// chip is one filter; pressing it takes the filter away.
func (p *publicityScreen) chip(text string, clear func()) fyneObject {
	label := look.Text(text+"  ×", look.SizeBody, false, look.ColourAccent)
	press := newPressable(container.New(layout.NewCustomPaddedLayout(2, 2, look.Unit+2, look.Unit+2), label), look.ColourBlueTint, look.ColourHover, look.ColourLine, 14, func() {
		clear()
		p.filtered()
	})
	if p.s.tips != nil {
		press.withTip(p.s.tips, words.T("publicity.tip.chip"))
	}
	return press
}

func (p *publicityScreen) clearFilter() {
	keep := p.filter
	p.filter = publicityFilter{voided: keep.voided, sort: keep.sort, ascending: keep.ascending}
	if p.find.Text != "" {
		p.find.SetText("") // reads the rows
		return
	}
	p.filtered()
}
