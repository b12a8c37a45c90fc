package ui

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// planLines lists what a bundle brings, a revision a line, and opens the chosen
// one below: every field of it, who wrote it and why.
type planLines struct {
	s     *Session
	plan  *handoff.Plan
	dir   *directory
	table *grid.Grid
	at    int // the line opened
	note  *look.Label
	open  *fyne.Container
	roll  *container.Scroll
	load  func(work func(ctx context.Context), done func())
	box   fyneObject
}

func newPlanLines(s *Session) *planLines {
	l := &planLines{s: s, plan: &handoff.Plan{}, dir: emptyDirectory(), load: s.Tasks.Latest()}
	l.table = grid.New([]grid.Column{
		{ID: "op", Title: words.T("handoffui.column.op"), Width: opWide()},
		{ID: "kind", Title: words.T("handoffui.column.kind"), Width: 88},
		{ID: "text", Title: words.T("handoffui.column.text"), Width: 240, Flex: true},
		{ID: "desk", Title: words.T("handoffui.column.desk"), Width: 120},
		{ID: "at", Title: words.T("handoffui.column.at"), Width: 100},
	})
	l.table.SetEmpty(words.T("handoffui.lines.none"))
	l.table.SetSource(l)
	l.table.OnSelect = func(i int) { l.at = i; l.show(i) }
	l.table.OnActivate = l.show
	keepWidths(s, "handoff-lines", l.table)
	l.note = look.Quiet("").Truncated()
	l.open = newColumn(300, look.Half)
	l.roll = container.NewVScroll(container.New(insets{0, 0, historyLane, 0}, l.open))
	below := look.Card(l.roll)
	l.box = container.New(shares{5, 0, 3}, look.Panel(l.table), l.note, below)
	return l
}

// opWide fits the longest of what a revision does, with the sign of a clash.
func opWide() float32 {
	wide := float32(0)
	for _, op := range []ledger.Op{ledger.OpCreate, ledger.OpCorrect, ledger.OpVoid} {
		text := "× " + words.T("handoffui.line.clash") + " · " + words.Op(op)
		wide = max(wide, fyne.MeasureText(text, look.SizeBody, fyne.TextStyle{Bold: true}).Width)
	}
	return float32(int(wide)) + 2*look.Unit + 2
}

// set shows the plan's lines with the names of dir and those that the bundle
// itself brings.
func (l *planLines) set(plan *handoff.Plan, dir *directory) {
	l.dir = withNames(dir, plan)
	l.setPlan(plan)
}

// setPlan shows the lines of what was merged, whose names are known by now.
func (l *planLines) setPlan(plan *handoff.Plan) {
	l.plan = plan
	l.dir = withNames(l.dir, plan)
	l.table.SetSource(l)
	l.note.SetText(words.T("handoffui.lines.note"))
	if len(plan.Lines) > 0 && plan.Lines[0].Clash {
		l.note.SetText(words.T("handoffui.lines.clash", "n", plan.Clashing))
	}
	if all := plan.New + plan.Corrected + plan.Voided; int64(len(plan.Lines)) < all && len(plan.Lines) == handoff.MaxLines {
		l.note.SetText(words.T("handoffui.lines.some", "n", len(plan.Lines), "all", all))
	}
	l.open.Objects = nil
	first := slices.IndexFunc(plan.Lines, func(line handoff.PlanLine) bool {
		k := line.Revision.Fields.Kind()
		return line.Clash || k != ledger.KindDesk && k != ledger.KindUnit // what comes first in a chain, and says least
	})
	if first = max(first, 0); len(plan.Lines) > 0 {
		l.table.Select(first)
		l.at = first
		l.show(first)
	}
}

// withNames adds to a directory the units, items and sites that only the bundle
// knows yet.
func withNames(d *directory, plan *handoff.Plan) *directory {
	for id, name := range plan.Names {
		if _, ok := d.unit[id]; !ok {
			d.unit[id] = ledger.Row[ledger.Unit]{ID: id, Value: ledger.Unit{Name: name}}
		}
		if _, ok := d.item[id]; !ok {
			d.item[id] = ledger.Row[ledger.Item]{ID: id, Value: ledger.Item{Name: name}}
		}
		if _, ok := d.site[id]; !ok {
			d.site[id] = ledger.Row[ledger.Site]{ID: id, Value: ledger.Site{Name: name}}
		}
	}
	for i := range plan.Lines {
		r := &plan.Lines[i].Revision
		if v, ok := r.Fields.(*ledger.Item); ok && d.item[r.Record].Value.Measure == "" {
			d.item[r.Record] = ledger.Row[ledger.Item]{ID: r.Record, Value: *v}
		}
	}
	return d
}

// Len is part of grid.Source.
func (l *planLines) Len() int { return len(l.plan.Lines) }

// Row is part of grid.Source.
func (l *planLines) Row(i int, cells []grid.Cell) bool {
	line := &l.plan.Lines[i]
	op := grid.Cell{Text: words.Op(line.Revision.Op), Bold: true}
	switch {
	case line.Clash:
		op.Text, op.Tone = "× "+words.T("handoffui.line.clash")+" · "+op.Text, grid.Bad
	case line.Waits:
		op.Text, op.Tone = "▲ "+words.T("handoffui.line.waits")+" · "+op.Text, grid.Warn
	case line.Revision.Op == ledger.OpVoid:
		op.Tone = grid.Warn
	}
	copy(cells, []grid.Cell{op, {Text: words.Kind(line.Revision.Fields.Kind()), Tone: grid.Quiet}, {Text: l.summary(&line.Revision)},
		{Text: line.Desk, Tone: grid.Quiet}, {Text: line.Revision.Clock.Time().In(l.s.Now().Location()).Format("01-02 15:04"), Tone: grid.Quiet}})
	return true
}

func (l *planLines) moment(r *ledger.Revision) string {
	return minute(r.Clock.Time().In(l.s.Now().Location()))
}

func (l *planLines) describer() describer {
	return describer{dir: l.dir, id: l.s.Reader.IDText, loc: l.s.Now().Location()}
}

// summary is what a revision says, in one line.
func (l *planLines) summary(r *ledger.Revision) string {
	var parts []string
	for _, f := range l.describer().fields(r.Fields) {
		switch {
		case f.value == "" || f.value == noValue:
		case isNumber(f.value), f.value == yes(true), f.value == yes(false):
			parts = append(parts, f.label+" "+f.value) // a bare number says nothing, nor does a bare no
		default:
			parts = append(parts, f.value)
		}
	}
	return strings.Join(parts, " · ")
}

func isNumber(text string) bool { return strings.Trim(text, "0123456789,") == "" }

// show opens a line. What its author started from is read aside, so that a
// correction shows old and new.
func (l *planLines) show(i int) {
	if i < 0 || i >= len(l.plan.Lines) {
		return
	}
	line := &l.plan.Lines[i]
	r := &line.Revision
	if r.Op == ledger.OpCreate {
		l.load(func(context.Context) {}, func() {})
		l.put(line, nil)
		return
	}
	var before *ledger.Revision
	l.load(func(ctx context.Context) {
		list, err := l.s.Reader.History(ctx, r.Record)
		if err == nil {
			before = baseOf(list, r)
		}
	}, func() { l.put(line, before) })
}

// put writes one line out in full.
func (l *planLines) put(line *handoff.PlanLine, before *ledger.Revision) {
	r := &line.Revision
	state, word := revisionWord(nil, r)
	badges := inRow(look.Half, look.NewBadge(state, word))
	if line.Clash {
		badges.Add(look.NewBadge(look.Bad, words.T("handoffui.line.clash")))
	}
	if line.Waits {
		badges.Add(look.NewBadge(look.Warn, words.T("handoffui.line.waits")))
	}
	who := look.Quiet(words.T("handoffui.line.who", "author", r.Author, "desk", line.Desk, "at", l.moment(r), "id", line.Text)).Truncated()
	parts := []fyne.CanvasObject{container.NewBorder(nil, nil, badges, nil, container.New(insets{look.Unit, 0, 0, 0}, who))}
	for _, c := range changes(l.describer(), before, r) {
		parts = append(parts, c.object())
	}
	if r.Reason != "" {
		parts = append(parts, change{label: words.T("history.reason"), now: r.Reason}.object())
	}
	l.open.Objects = parts
	l.open.Refresh()
	l.roll.ScrollToTop()
	l.roll.Refresh()
	relayout(l.open)
}
