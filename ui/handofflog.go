package ui

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// carriedRow is one bundle that came in, or went out to one receiver.
type carriedRow struct {
	at     time.Time
	in     *handoff.Merged
	out    *handoff.Sent
	to     handoff.Delivery // of out
	number int64
}

// carriedView lists what came in and what went out, the newest first.
type carriedView struct {
	sc    *handoffScreen
	rows  []carriedRow
	table *grid.Grid
	said  *fyne.Container
	undo  *keyButton
	box   fyneObject
}

func newCarriedView(sc *handoffScreen) *carriedView {
	v := &carriedView{sc: sc}
	v.table = grid.New([]grid.Column{
		{ID: "at", Title: words.T("handoffui.column.when"), Width: 140},
		{ID: "way", Title: words.T("handoffui.column.way"), Width: 72},
		{ID: "who", Title: words.T("handoffui.column.who"), Width: 176},
		{ID: "what", Title: words.T("handoffui.column.what"), Width: whatWide()},
		{ID: "state", Title: words.T("handoffui.column.state"), Width: 132},
		{ID: "file", Title: words.T("handoffui.column.file"), Width: 220, Flex: true},
	})
	v.table.SetEmpty(words.T("handoffui.log.none"))
	v.table.SetSource(v)
	v.table.OnSelect = v.say
	keepWidths(sc.session, "handoff-log", v.table)
	v.said = newColumn(300, look.Half)
	v.undo = newKeyButton(words.T("handoffui.undo"), look.Danger, func() { askUndo(sc, nil) })
	v.undo.Hide()
	foot := look.Card(container.NewBorder(nil, nil, nil, container.NewCenter(v.undo), v.said))
	v.box = container.New(shares{1, 0}, look.Panel(v.table), foot)
	return v
}

// whatWide fits what a bundle of some thousand revisions brought.
func whatWide() float32 {
	text := words.T("handoffui.log.in", "new", 9999, "corrected", 999, "voided", 99, "clashing", 99)
	return max(300, float32(int(fyne.MeasureText(text, look.SizeBody, fyne.TextStyle{}).Width))+2*look.Unit+2)
}

func (v *carriedView) show() {
	v.rows = carriedRows(v.sc.facts.merged, v.sc.facts.sent)
	v.table.SetSource(v)
	at := v.table.Selected()
	if at < 0 && len(v.rows) > 0 {
		at = 0
	}
	v.table.Select(at)
	v.say(at)
}

// carriedRows are both logs as one, the newest first; a bundle for several desks
// has a row for each.
func carriedRows(merged []handoff.Merged, sent []handoff.Sent) (rows []carriedRow) {
	for i := range merged {
		rows = append(rows, carriedRow{at: merged[i].At, in: &merged[i], number: merged[i].Number})
	}
	for i := range sent {
		for _, d := range sent[i].To {
			rows = append(rows, carriedRow{at: sent[i].At, out: &sent[i], to: d, number: sent[i].Number})
		}
	}
	slices.SortStableFunc(rows, func(a, b carriedRow) int {
		if c := b.at.Compare(a.at); c != 0 {
			return c
		}
		return int(b.number - a.number)
	})
	return rows
}

// Len is part of grid.Source.
func (v *carriedView) Len() int { return len(v.rows) }

// Row is part of grid.Source.
func (v *carriedView) Row(i int, cells []grid.Cell) bool {
	r := &v.rows[i]
	state, tone := r.state()
	if r.in != nil {
		m := r.in
		copy(cells, []grid.Cell{{Text: minute(m.At)}, {Text: words.T("handoffui.way.in"), Bold: true}, {Text: m.Sender.Name},
			{Text: words.T("handoffui.log.in", "new", m.New, "corrected", m.Corrected, "voided", m.Voided, "clashing", m.Clashing)},
			{Text: state, Tone: tone}, {Text: m.File, Tone: grid.Quiet}})
		return true
	}
	s := r.out
	copy(cells, []grid.Cell{{Text: minute(s.At)}, {Text: words.T("handoffui.way.out"), Bold: true}, {Text: r.receiver()},
		{Text: words.T("handoffui.log.out", "n", s.Revisions, "size", handoff.Bytes(s.Size).String())},
		{Text: state, Tone: tone}, {Text: s.File, Tone: grid.Quiet}})
	return true
}

func (r *carriedRow) receiver() string {
	if r.to.Fingerprint == "" && r.to.Name == "" {
		return words.T("handoffui.export.bysecret")
	}
	return r.to.Name
}

// state is what has become of the bundle.
func (r *carriedRow) state() (string, grid.Tone) {
	switch {
	case r.in != nil && !r.in.Undone.IsZero():
		return look.Neutral.Sign() + " " + words.T("handoffui.log.undone"), grid.Quiet
	case r.in != nil:
		return look.Good.Sign() + " " + words.T("handoffui.state.here"), grid.Good
	case r.to.Code != "":
		return look.Bad.Sign() + " " + words.T("handoff.state.refused"), grid.Bad
	case !r.to.Delivered.IsZero():
		return look.Good.Sign() + " " + words.T("handoff.state.delivered"), grid.Good
	}
	return look.Neutral.Sign() + " " + words.T("handoff.state.sent"), grid.Quiet
}

// say writes the chosen row out below the table.
func (v *carriedView) say(i int) {
	m, ok := lastMerge(v.sc.facts.merged)
	v.undo.Hidden = !ok || i < 0 || i >= len(v.rows) || v.rows[i].in == nil || v.rows[i].in.Number != m.Number
	if i < 0 || i >= len(v.rows) {
		v.said.Objects = []fyne.CanvasObject{look.Quiet(words.T("handoffui.log.choose"))}
	} else {
		v.said.Objects = v.rows[i].sentences()
	}
	v.said.Refresh()
	relayout(v.box)
}

func (r *carriedRow) sentences() []fyne.CanvasObject {
	line := func(text string, colour fyne.ThemeColorName) fyne.CanvasObject {
		return newParagraph(text, look.SizeBody, colour)
	}
	if m := r.in; m != nil {
		list := []fyne.CanvasObject{line(m.File, look.ColourQuiet), line(words.T("handoffui.log.in.full", "name", deskTitle(&m.Sender),
			"made", minute(m.Created), "at", minute(m.At), "carried", m.Carried, "here", m.Here, "waiting", m.Waiting), look.ColourText)}
		if !m.Undone.IsZero() {
			list = append(list, line(words.T("handoff.undoneat", "at", minute(m.Undone)), look.ColourText))
		}
		return list
	}
	list := []fyne.CanvasObject{line(r.out.File, look.ColourQuiet)}
	switch {
	case r.to.Code != "":
		why := words.Sentence(ledger.Refuse(r.to.Code, "path", r.out.File, "name", r.receiver()))
		list = append(list, line(words.T("handoff.refused", "file", r.out.File, "name", r.receiver(), "why", strings.TrimSpace(why)), look.ColourRedText))
	case !r.to.Delivered.IsZero():
		list = append(list, line(words.T("handoff.delivered", "file", r.out.File, "name", r.receiver(), "at", minute(r.to.Delivered)), look.ColourText))
	default:
		list = append(list, line(words.T("handoffui.log.waiting", "name", r.receiver()), look.ColourText))
	}
	return list
}
