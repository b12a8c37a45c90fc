package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// supervisionDetail shows the chosen problem or inspection in full, and what can
// be done with it.
type supervisionDetail struct {
	onProblem    func(problemAction)
	onInspection func(inspectionAction)
	onOpen       func(ledger.ID) // a problem listed under the inspection

	parts *fyne.Container
	acts  *fyne.Container
	roll  *container.Scroll
	box   fyneObject
}

// inspectionAction is what can be done with the chosen inspection.
type inspectionAction int

const (
	inspectionAddProblem inspectionAction = iota
	inspectionCorrect
	inspectionVoid
)

// detailInner is the width of what stands in the side column's cards.
const detailInner = supervisionSide - 2*look.Gap

func newSupervisionDetail() *supervisionDetail {
	d := &supervisionDetail{parts: newColumn(detailInner-look.Unit, look.Unit), acts: inRow(look.Half)}
	d.roll = container.NewVScroll(d.parts)
	d.box = look.Card(container.NewBorder(nil, container.New(insets{0, look.Unit, 0, 0}, d.acts), nil, nil, d.roll))
	return d
}

func (d *supervisionDetail) put(acts []fyne.CanvasObject, parts ...fyne.CanvasObject) {
	d.parts.Objects, d.acts.Objects = parts, acts
	d.acts.Refresh()
	d.parts.Refresh()
	d.roll.Refresh()
	relayout(d.box)
}

// empty says what to do while nothing is chosen.
func (d *supervisionDetail) empty(sentence string) {
	d.put(nil, newParagraph(sentence, look.SizeBody, look.ColourQuiet))
}

// fact is a label and what it says; nothing when that is empty.
func fact(label, text string) []fyne.CanvasObject {
	if text == "" {
		return nil
	}
	return []fyne.CanvasObject{container.New(factLayout{}, look.Quiet(capital(label)), newParagraph(text, look.SizeBody, look.ColourText))}
}

// factLabel is the width of the labels of facts: four Chinese characters, or the
// longer words of English.
func factLabel() float32 {
	if words.Current() == words.English {
		return 96
	}
	return 68
}

// factLayout is a label and a value that may break into lines.
type factLayout struct{}

// MinSize is part of fyne.Layout.
func (factLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*factLabel(), o[1].MinSize().Height)
}

// Layout is part of fyne.Layout.
func (factLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := factLabel()
	o[0].Resize(fyne.NewSize(wide-look.Half, 21))
	o[1].Move(fyne.NewPos(wide, 0))
	o[1].Resize(fyne.NewSize(size.Width-wide, size.Height))
}

func (d *supervisionDetail) showProblem(row ledger.Row[ledger.Problem], in ledger.Row[ledger.Inspection], dir *directory, today ledger.Day) {
	p := row.Value
	state, word := dueState(&p, today)
	badges := inRow(look.Half, look.NewBadge(stateTone(p.State), words.State(p.State)))
	if p.State != ledger.StateClosed {
		badges.Add(look.NewBadge(state, word))
	}
	text := newParagraph(p.Text, look.SizeBody+1, look.ColourText)
	text.bold = true
	parts := []fyne.CanvasObject{badges, text}
	parts = append(parts, fact(words.T("field.directive"), p.Directive)...)
	parts = append(parts, fact(words.T("kind.unit"), dir.unitName(p.Unit))...)
	parts = append(parts, fact(words.T("forms.problem.deadline"), p.Deadline.String())...)
	if in.ID != 0 {
		parts = append(parts, fact(words.T("kind.inspection"), words.T("supervision.inspection-of", "day", in.Value.Day,
			"form", words.Form(in.Value.Form), "unit", dir.unitName(in.Value.Unit)))...)
	}
	parts = append(parts, fact(words.T("field.rectified"), p.Rectified)...)
	parts = append(parts, fact(words.T("field.evidence"), p.Evidence)...)
	parts = append(parts, fact(words.T("field.second"), p.Second)...)
	act := func(key string, style look.Style, a problemAction) fyne.CanvasObject {
		return newKeyButton(words.T(key), style, func() { d.onProblem(a) })
	}
	var acts []fyne.CanvasObject
	switch p.State {
	case ledger.StateOpen:
		acts = append(acts, act("forms.rectify", look.Primary, problemRectify), act("forms.close", look.Secondary, problemClose))
	case ledger.StateRectified:
		acts = append(acts, act("forms.close", look.Primary, problemClose))
	}
	acts = append(acts, act("forms.correct", look.Secondary, problemCorrect), act("forms.void", look.Danger, problemVoid))
	d.put(acts, parts...)
}

func stateTone(s ledger.State) look.State {
	switch s {
	case ledger.StateClosed:
		return look.Good
	case ledger.StateRectified:
		return look.Info
	}
	return look.Neutral
}

func (d *supervisionDetail) showInspection(row ledger.Row[ledger.Inspection], problems []ledger.Row[ledger.Problem], dir *directory, today ledger.Day) {
	v := row.Value
	head := look.Text(dir.unitName(v.Unit), look.SizeBody+1, true, look.ColourText).Truncated()
	parts := []fyne.CanvasObject{head,
		newParagraph(words.T("supervision.inspection-line", "day", v.Day, "form", words.Form(v.Form), "visits", v.Visits),
			look.SizeBody, look.ColourText)}
	parts = append(parts, fact(words.T("field.problems"), words.T("supervision.counted", "counted", v.Problems, "listed", len(problems)))...)
	parts = append(parts, fact(words.T("field.directives"), ledger.GroupDigits(v.Directives))...)
	parts = append(parts, fact(words.T("field.note"), v.Note)...)
	for _, p := range problems {
		parts = append(parts, d.listed(p, today))
	}
	act := func(key string, style look.Style, a inspectionAction) fyne.CanvasObject {
		return newKeyButton(words.T(key), style, func() { d.onInspection(a) })
	}
	d.put([]fyne.CanvasObject{act("supervision.add-problem", look.Primary, inspectionAddProblem),
		act("forms.correct", look.Secondary, inspectionCorrect), act("forms.void", look.Danger, inspectionVoid)}, parts...)
}

// listed is one problem of the inspection, which opens on the board.
func (d *supervisionDetail) listed(p ledger.Row[ledger.Problem], today ledger.Day) fyne.CanvasObject {
	state, word := dueState(&p.Value, today)
	line := container.NewBorder(nil, nil, nil, look.NewBadge(state, word), look.Text(p.Value.Text, look.SizeBody, false, look.ColourText).Truncated())
	return newPressable(container.New(insets{look.Half, look.Half, look.Half, look.Half}, line), look.ColourSurface, look.ColourHover, "", 6,
		func() { d.onOpen(p.ID) })
}
