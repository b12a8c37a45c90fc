package ui

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// clashView is one clashing record: a column for each statement, a row for each
// thing they say, so that what differs stands side by side.
type clashView struct {
	s       *Session
	dir     *directory
	clash   handoff.Clash
	before  *ledger.Revision // the newest that all of them follow from; nil for none
	origins map[ledger.ID]handoff.Origin
	take    func(n int)
	open    func() // shows the record with its history
}

// commonBase is the newest revision that all the statements follow from, however
// many their authors wrote since; nil when there is none.
func commonBase(heads, history []ledger.Revision) *ledger.Revision {
	at := make(map[ledger.ID]*ledger.Revision, len(history))
	for i := range history {
		at[history[i].ID] = &history[i]
	}
	seen := map[ledger.ID]int{} // by how many of the heads
	for _, h := range heads {
		for id := range follows(at, h.Base) {
			seen[id]++
		}
	}
	for i := len(history) - 1; i >= 0; i-- {
		if seen[history[i].ID] == len(heads) {
			return &history[i]
		}
	}
	return nil
}

// follows are the revisions of base and all that those are based on.
func follows(at map[ledger.ID]*ledger.Revision, base []ledger.ID) map[ledger.ID]bool {
	before := map[ledger.ID]bool{}
	for open := slices.Clone(base); len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if r := at[id]; r != nil && !before[id] {
			before[id] = true
			open = append(open, r.Base...)
		}
	}
	return before
}

func (v *clashView) describer() describer {
	return describer{dir: v.dir, id: v.s.Reader.IDText, loc: v.s.Now().Location()}
}

// content is the record's number, the columns and their buttons.
func (v *clashView) content() fyneObject {
	list := v.rows()
	var foot fyne.CanvasObject
	if buttons := container.New(insets{look.Half, look.Unit, look.Unit + look.Half, 0}, v.buttons()); len(v.clash.Heads) <= manyHeads {
		foot = buttons
	} else {
		list = append(list, buttons) // they scroll sideways with their statements
	}
	rows := newColumn(v.labelWide()+float32(len(v.clash.Heads)+1)*clashLeast, 0, list...)
	fields := v.clash.Heads[0].Fields
	title := look.Text(capital(words.T("kind."+fields.Kind().String()))+"  "+v.s.Reader.IDText(v.clash.Record), look.SizeBody+1, true, look.ColourText).Truncated()
	legend := look.Text(words.T("clash.legend"), look.SizeSmall, false, look.ColourAmberText)
	head := gapBelow(container.NewBorder(nil, nil, nil, legend, title))
	scroll := container.NewScroll(container.New(insets{0, 0, look.Unit, 0}, rows))
	return look.Card(container.NewBorder(head, foot, nil, nil, scroll))
}

// clashLeast is the least width of a statement.
const clashLeast float32 = 140

// manyHeads is how many statements fit side by side in every window.
const manyHeads = 3

// rows are the header, who and when, and every field.
func (v *clashView) rows() []fyne.CanvasObject {
	heads := v.clash.Heads
	rows := []fyne.CanvasObject{v.header()}
	plain := func(key string, before string, of func(r *ledger.Revision) string) {
		texts := make([]string, len(heads))
		for i := range heads {
			texts[i] = of(&heads[i])
		}
		rows = append(rows, v.row(words.T(key), before, texts, false))
	}
	was := func(of func(r *ledger.Revision) string) string {
		if v.before == nil {
			return ""
		}
		return of(v.before)
	}
	at := func(r *ledger.Revision) string {
		return r.Clock.Time().In(v.s.Now().Location()).Format("2006-01-02 15:04")
	}
	plain("clash.author", was(v.who), func(r *ledger.Revision) string { return r.Author })
	plain("clash.at", was(at), at)
	plain("clash.reason.field", "", func(r *ledger.Revision) string { return r.Reason })
	plain("clash.origin", "", func(r *ledger.Revision) string {
		if text := originText(v.s, v.origins[r.ID]); text != "" {
			return text
		}
		return words.T("travel.here")
	})
	rows = append(rows, container.New(insets{look.Half, look.Unit, look.Half, look.Unit}, container.New(ruleLayout{}, look.NewSurface(look.ColourLine, "", 0))))
	return append(rows, v.fields()...)
}

// who is the author of what was before; the desk too, for no header names it.
func (v *clashView) who(r *ledger.Revision) string {
	if desk := v.dir.deskName(r.ID.Desk()); desk != r.Author {
		return words.T("history.who", "author", r.Author, "desk", desk)
	}
	return r.Author
}

// fields are what the statements say: first what they do, then every field of the
// record.
func (v *clashView) fields() []fyne.CanvasObject {
	heads, d := v.clash.Heads, v.describer()
	ops, voids := make([]string, len(heads)), make([]bool, len(heads))
	for i, h := range heads {
		ops[i], voids[i] = words.Op(h.Op), h.Op == ledger.OpVoid
	}
	op := ""
	if v.before != nil {
		op = words.Op(v.before.Op)
	}
	rows := []fyne.CanvasObject{v.row(words.T("clash.op"), op, ops, differ(voids))}
	said := make([][]fieldValue, len(heads))
	for i, h := range heads {
		said[i] = d.fields(h.Fields)
	}
	var before []fieldValue
	if v.before != nil {
		before = d.fields(v.before.Fields)
	}
	for n, f := range said[0] {
		texts, raw := make([]string, len(heads)), make([]string, len(heads))
		for i := range heads {
			raw[i] = fieldAt(said[i], n)
			texts[i] = orDash(raw[i])
		}
		if strings.Join(raw, "") == "" && fieldAt(before, n) == "" {
			continue // nobody ever wrote anything there
		}
		rows = append(rows, v.row(f.label, orDash(fieldAt(before, n)), texts, differ(raw), voids...))
	}
	return rows
}

func fieldAt(fields []fieldValue, n int) string {
	if n < len(fields) {
		return fields[n].value
	}
	return ""
}

// differ reports whether not all values are the same.
func differ[T comparable](values []T) bool {
	for _, v := range values {
		if v != values[0] {
			return true
		}
	}
	return false
}

// header names the columns: which statement counts for now, and whose it is.
func (v *clashView) header() fyne.CanvasObject {
	cells := []fyne.CanvasObject{look.Quiet("")}
	if v.before != nil {
		cells = append(cells, newColumn(80, look.Half, inRow(0, look.NewBadge(look.Neutral, words.T("clash.before")))))
	}
	for i, h := range v.clash.Heads {
		state, word := look.Info, words.T("clash.other")
		if i == 0 {
			state, word = look.Good, words.T("clash.stands")
		}
		badges := inRow(look.Half, look.NewBadge(state, word))
		if h.Op == ledger.OpVoid {
			badges.Add(look.NewBadge(look.Bad, words.Op(h.Op)))
		}
		name := newParagraph(fmt.Sprintf("%d  %s", i+1, v.dir.deskName(h.ID.Desk())), look.SizeBody+1, look.ColourText)
		name.bold = true
		cells = append(cells, newColumn(80, look.Half, name, badges))
	}
	return container.New(insets{look.Half, 0, look.Half, look.Unit}, container.New(&statementRow{wide: v.labelWide(), before: v.before != nil}, cells...))
}

// row is one label and what each statement says; before stands in front of them
// when they started from one state. A difference is a sign at the label, bold
// words and a tint. quiet says of which statements the words count for nothing.
func (v *clashView) row(label, before string, texts []string, differs bool, quiet ...bool) fyne.CanvasObject {
	ink, ground := look.ColourQuiet, look.NewSurface(look.ColourSurface, "", 6)
	if differs {
		label = words.T("clash.differs", "name", label)
		ink, ground = look.ColourAmberText, look.NewSurface(look.ColourAmberTint, "", 6)
	}
	name := newParagraph(label, look.SizeSmall, ink)
	name.bold = differs
	cells := []fyne.CanvasObject{name}
	if v.before != nil {
		cells = append(cells, newParagraph(before, look.SizeBody, look.ColourQuiet))
	}
	for i, t := range texts {
		p := newParagraph(t, look.SizeBody, look.ColourText)
		p.bold = differs
		if len(quiet) > 0 && quiet[i] {
			p.bold, p.colour = false, look.ColourQuiet
		}
		cells = append(cells, p)
	}
	line := container.New(&statementRow{wide: v.labelWide(), before: v.before != nil}, cells...)
	return container.New(groundLayout{}, ground, line)
}

// labelWide is the width of the labels: as in the history, and the sign.
func (v *clashView) labelWide() float32 { return labelWide() + 28 }

// buttons stand under the statements that they choose.
func (v *clashView) buttons() fyneObject {
	cells := []fyne.CanvasObject{inRow(0, newKeyButton(words.T("clash.history"), look.Plain, v.open))}
	if v.before != nil {
		cells = append(cells, look.Quiet(""))
	}
	for i := range v.clash.Heads {
		style := look.Secondary
		if i == 0 {
			style = look.Primary
		}
		button := newKeyButton(words.T("clash.take", "n", i+1), style, func() { v.take(i) })
		cells = append(cells, inRow(0, button))
	}
	return container.New(&statementRow{wide: v.labelWide(), before: v.before != nil}, cells...)
}

// statementRow is a label and cells of one width; what was before is narrower. It is
// as high as its highest cell at the width laid out.
type statementRow struct {
	wide   float32 // of the label
	before bool
}

// cells gives the width of each cell.
func (s *statementRow) cells(n int, width float32) []float32 {
	shares := make([]float32, n)
	sum := float32(0)
	for i := 1; i < n; i++ {
		shares[i] = 1
		if i == 1 && s.before {
			shares[i] = 0.7
		}
		sum += shares[i]
	}
	free := width - s.wide - look.Gap*float32(n-1)
	for i := 1; i < n; i++ {
		shares[i] = float32(int(free * shares[i] / sum))
	}
	shares[0] = s.wide
	return shares
}

// MinSize is part of fyne.Layout.
func (s *statementRow) MinSize(o []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, c := range o {
		high = max(high, c.MinSize().Height)
	}
	return fyne.NewSize(s.wide+float32(len(o)-1)*120, high)
}

// Layout is part of fyne.Layout.
func (s *statementRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, wide := range s.cells(len(o), size.Width) {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(max(0, wide), size.Height))
		x += wide + look.Gap
	}
}

// groundLayout lays a ground under a line, with a little room around.
type groundLayout struct{}

// MinSize is part of fyne.Layout.
func (groundLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	least := o[1].MinSize()
	return fyne.NewSize(least.Width+look.Unit, least.Height+look.Half+2)
}

// Layout is part of fyne.Layout.
func (groundLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Move(fyne.NewPos(look.Unit/2, look.Half/2+1))
	o[1].Resize(fyne.NewSize(size.Width-look.Unit, size.Height-look.Half-2))
}

// summary names a record in a few words: what a list shows of it.
func (d describer) summary(r ledger.Record) string {
	switch v := r.(type) {
	case *ledger.Publicity:
		return spaced(d.unit(v.Unit), d.dir.itemName(v.Item), shortDay(v.Day))
	case *ledger.Reserve:
		return spaced(d.dir.siteName(v.Site), d.moment(v.At))
	case *ledger.Inspection:
		return spaced(d.unit(v.Unit), words.Form(v.Form), shortDay(v.Day))
	case *ledger.Problem:
		return spaced(d.unit(v.Unit), v.Text)
	case *ledger.Cases:
		return d.moment(v.At)
	case *ledger.Unit:
		return v.Name
	case *ledger.Item:
		return v.Name
	case *ledger.Site:
		return v.Name
	case *ledger.Desk:
		return v.Name
	}
	return ""
}

// statement is a record and what it counts, in one line.
func (d describer) statement(r *ledger.Revision) string {
	if v, ok := r.Fields.(*ledger.Publicity); ok {
		quantity := strings.TrimSpace(words.Quantity(v.Quantity) + " " + d.dir.item[v.Item].Value.Measure)
		return spaced(words.Op(r.Op), d.summary(v), quantity)
	}
	return spaced(words.Op(r.Op), d.summary(r.Fields))
}

func shortDay(day ledger.Day) string { return day.String()[5:] }

// spaced puts what is not empty into one line.
func spaced(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "  ")
}
