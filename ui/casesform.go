package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// showCasesForm asks for the number of current cases.
func showCasesForm(s *Session, iso ledger.IsolationFigures) {
	fields := append([]sheetField{{Key: "cases", Label: words.T("field.cases"), Value: countText(iso.Cases),
		Kind: fieldNumber, Measure: words.T("forms.case")}}, momentFields()...)
	sh := newSheet(s, s.Window.Canvas(), words.T("isolation.cases.update"), fields, words.T("forms.save"))
	rule := newParagraph("", look.SizeBody, look.ColourQuiet)
	sh.head.Add(gapBelow(rule))
	sh.onChange = func(v map[string]string) {
		c, err := readCount(v["cases"], "cases")
		text, state := supportSentence(c, iso.Reserve)
		if err != nil {
			text, state = words.Sentence(err), look.Bad
		}
		rule.SetText(state.Sign() + " " + text)
		rule.SetColour(state.Ink())
		sh.say("")
	}
	sh.start = func(v map[string]string) (func() error, func(), error) {
		c, err := readCases(s, v)
		if err != nil {
			return nil, nil, err
		}
		var id ledger.ID
		work := func() (err error) {
			id, err = s.Book.Record(context.Background(), c)
			return err
		}
		return work, func() { recorded(s, id, words.T("isolation.cases.done", "cases", c.Count)) }, nil
	}
	sh.show()
}

// readCases reads the form. An empty number is refused: it is not zero.
func readCases(s *Session, v map[string]string) (*ledger.Cases, error) {
	c, err := readCount(v["cases"], "cases")
	if err == nil && !c.Known {
		err = ledger.Refuse(ledger.CodeQuantitySyntax, "text", "")
	}
	if err != nil {
		return nil, err
	}
	at, err := readTime(v["at"], s.Now())
	return &ledger.Cases{Count: c.N, At: at, Note: v["note"]}, err
}

// supportLimit is how many cases the rooms allow without support.
func supportLimit(rooms int64) int64 { return rooms * ledger.ReserveShare / 100 }

// supportSentence says how the cases stand against the reserve rule.
func supportSentence(cases, rooms ledger.Count) (string, look.State) {
	first := supportLimit(rooms.N) + 1
	switch {
	case !rooms.Known:
		return words.T("isolation.rule.no-rooms"), look.Neutral
	case !cases.Known:
		return words.T("isolation.rule.from", "rooms", rooms.N, "first", first), look.Neutral
	case ledger.NeedsSupport(cases.N, rooms.N):
		return words.T("isolation.rule.over", "cases", cases.N, "rooms", rooms.N, "limit", first-1), look.Bad
	case cases.N == first-1 && cases.N > 0:
		return words.T("isolation.rule.at", "rooms", rooms.N, "first", first), look.Warn
	}
	return words.T("isolation.rule.from", "rooms", rooms.N, "first", first), look.Good
}

// casesCard shows the current cases, and how far they are from the line at
// which support must be asked for.
type casesCard struct {
	session *Session
	figures ledger.IsolationFigures

	figure   *look.Figure
	asOf     *look.Label
	sentence *paragraph
	sign     *look.Badge
	meter    *ruleMeter
	box      fyneObject
}

func newCasesCard(s *Session) *casesCard {
	c := &casesCard{session: s, figure: look.NewFigure("", "", look.SizeFigure), asOf: look.Quiet("").Truncated(),
		sentence: newParagraph("", look.SizeBody, look.ColourText), sign: look.NewBadge(look.Neutral, ""),
		meter: newRuleMeter()}
	button := newKeyButton(words.T("isolation.cases.update"), look.Secondary, func() { showCasesForm(s, c.figures) })
	head := container.NewBorder(nil, nil, nil, button, look.Text(words.T("isolation.cases"), look.SizeBody+2, true, look.ColourText).Truncated())
	line := container.NewBorder(nil, nil, inRow(look.Unit, c.figure, c.sign), nil, c.asOf.Aligned(fyne.TextAlignTrailing))
	c.box = look.Card(container.New(layout.NewCustomPaddedVBoxLayout(look.Unit), head, line, c.meter, c.sentence))
	return c
}

func (c *casesCard) set(f ledger.Figures) {
	iso := f.Isolation
	c.figures = iso
	measure := ""
	if iso.Cases.Known {
		measure = words.T("forms.case")
	}
	c.figure.SetFigure(words.Count(iso.Cases), measure)
	c.asOf.SetText("")
	if !iso.CasesAt.IsZero() {
		c.asOf.SetText(words.T("isolation.as-of", "time", iso.CasesAt.Format("01-02 15:04")))
	}
	text, state := supportSentence(iso.Cases, iso.Reserve)
	c.sentence.SetText(text)
	c.sentence.SetColour(look.ColourText)
	if state == look.Bad {
		c.sentence.SetColour(state.Ink())
	}
	c.sign.Set(state, words.T("isolation.rule."+ruleWord(state)))
	c.sign.Hidden = state == look.Neutral
	c.meter.set(iso.Cases, iso.Reserve, state)
}

func ruleWord(s look.State) string {
	switch s {
	case look.Bad:
		return "support"
	case look.Warn:
		return "limit"
	}
	return "enough"
}

// ruleMeter draws the cases from zero towards the 10% line and beyond.
type ruleMeter struct {
	widget.BaseWidget
	cases, rooms ledger.Count
	state        look.State
}

func newRuleMeter() *ruleMeter {
	m := &ruleMeter{}
	m.ExtendBaseWidget(m)
	return m
}

func (m *ruleMeter) set(cases, rooms ledger.Count, state look.State) {
	m.cases, m.rooms, m.state = cases, rooms, state
	m.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (m *ruleMeter) CreateRenderer() fyne.WidgetRenderer {
	r := &ruleRenderer{meter: m, track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil),
		line: canvas.NewRectangle(nil), word: canvas.NewText("", nil)}
	r.apply()
	return r
}

type ruleRenderer struct {
	meter             *ruleMeter
	track, fill, line *canvas.Rectangle
	word              *canvas.Text
}

const meterHigh = 12

func (r *ruleRenderer) apply() {
	m := r.meter
	r.track.FillColor, r.track.CornerRadius = look.Colour(look.ColourInset), 3
	r.track.StrokeColor, r.track.StrokeWidth = look.Colour(look.ColourLine), look.Rule
	r.fill.FillColor, r.fill.CornerRadius = look.Colour(m.state.Fill()), 3
	r.fill.Hidden = !m.cases.Known || m.cases.N == 0 || !m.rooms.Known
	r.line.FillColor = look.Colour(look.ColourText)
	r.line.Hidden, r.word.Hidden = !m.rooms.Known, !m.rooms.Known
	r.word.Text = words.T("isolation.rule.line", "share", ledger.ReserveShare, "limit", supportLimit(m.rooms.N))
	r.word.TextSize, r.word.Color = look.SizeSmall, look.Colour(look.ColourQuiet)
}

func (r *ruleRenderer) Layout(size fyne.Size) {
	m := r.meter
	limit := float32(supportLimit(m.rooms.N))
	full := max(limit*2, float32(m.cases.N)*1.15, 1)
	at := func(n float32) float32 { return float32(int(size.Width*n/full + 0.5)) }
	r.track.Resize(fyne.NewSize(size.Width, meterHigh))
	r.fill.Resize(fyne.NewSize(at(float32(m.cases.N)), meterHigh))
	x := at(limit)
	r.line.Move(fyne.NewPos(x, -2))
	r.line.Resize(fyne.NewSize(2, meterHigh+4))
	word := r.word.MinSize()
	r.word.Move(fyne.NewPos(max(0, min(x-word.Width/2, size.Width-word.Width)), meterHigh+look.Half))
	r.word.Resize(word)
}

func (r *ruleRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, meterHigh+look.Half+fyne.MeasureText("0", look.SizeSmall, fyne.TextStyle{}).Height)
}

func (r *ruleRenderer) Refresh() {
	r.apply()
	r.Layout(r.meter.Size())
	canvas.Refresh(r.meter)
}

func (r *ruleRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.track, r.fill, r.line, r.word}
}

func (r *ruleRenderer) Destroy() {}
