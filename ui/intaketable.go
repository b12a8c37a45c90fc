package ui

import (
	"image/color"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// The marks of a row that is taken, and of one that is left.
const (
	takenMark = "√"
	leftMark  = "○"
)

// columnTake is the column of these marks.
const columnTake = "take"

func (p *intakeScreen) buildTable() {
	title := func(id string) string { return words.T("paste.column." + id) }
	p.table = grid.New([]grid.Column{
		{ID: columnTake, Title: title("take"), Width: 50, MinWidth: 40, Align: grid.Center},
		{ID: "ledger", Title: title("ledger"), Width: ledgerWide()},
		{ID: "unit", Title: title("unit"), Width: 104},
		{ID: "day", Title: title("day"), Width: 60},
		{ID: "item", Title: title("item"), Width: 172},
		{ID: "quantity", Title: title("quantity"), Width: 108, Align: grid.Trailing},
		{ID: "doubt", Title: title("doubt"), Width: 140, Flex: true},
	})
	p.table.SetEmpty(words.T("paste.none"))
	p.table.OnSelect = p.chosen
	p.table.OnActivate = p.edit
	p.table.OnHover = func(row int) { p.text.hover(row) }
	p.table.OnPress = func(_ int, column string) bool {
		if column == columnTake {
			p.toggle()
		}
		return column == columnTake
	}
	keepWidths(p.s, intakeTable, p.table)
}

func ledgerName(l intake.Ledger) string { return capital(words.T("intake.ledger." + l.String())) }

// ledgerWide fits the longest name of a ledger.
func ledgerWide() float32 {
	wide := float32(0)
	for l := intake.Other; l <= intake.Supervision; l++ {
		wide = max(wide, fyne.MeasureText(ledgerName(l), look.SizeBody, fyne.TextStyle{}).Width)
	}
	return float32(int(wide)) + 2*look.Unit + 2
}

// Len is part of grid.Source.
func (p *intakeScreen) Len() int { return len(p.rows) }

// Row is part of grid.Source. What comes from the top of the page is quieter than
// what the text says.
func (p *intakeScreen) Row(i int, cells []grid.Cell) bool {
	row := p.rows[i]
	t, _ := p.terms()
	take, tone := grid.Cell{Text: leftMark, Tone: grid.Quiet}, grid.Quiet
	switch {
	case row.batch != 0:
		take = grid.Cell{Text: takenMark, Tone: grid.Good, Bold: true}
	case row.taken:
		take, tone = grid.Cell{Text: takenMark, Bold: true}, grid.Normal
	}
	unit := grid.Cell{Text: p.dir.unitName(t.UnitOf(row.Row)), Tone: tone}
	if row.Unit == 0 || row.Ledger == intake.Isolation {
		unit.Tone = grid.Quiet
	}
	if row.Ledger == intake.Isolation {
		unit.Text = noValue
	}
	day := grid.Cell{Text: t.DayOf(row.Row).Short(), Tone: tone}
	if !row.Dated {
		day.Tone = grid.Quiet
	}
	copy(cells, []grid.Cell{take, {Text: ledgerName(row.Ledger), Tone: tone}, unit, day,
		{Text: row.title(p.dir), Tone: tone, Bold: row.taken}, {Text: row.number(), Suffix: row.measure(p.dir), Tone: tone}, p.doubtCell(t, row)})
	return true
}

// number is a row's quantity as it was written.
func (r *intakeRow) number() string {
	switch {
	case r.Found.Measure == "%" && !r.edited:
		return strconv.FormatFloat(r.Found.Percent, 'f', -1, 64)
	case r.Found.Max > 0 && !r.edited:
		return ledger.GroupDigits(r.Quantity.Value) + "–" + ledger.GroupDigits(r.Found.Max)
	}
	return r.Quantity.String()
}

// doubtCell says what became of a row, what it lacks, or what to look at twice.
func (p *intakeScreen) doubtCell(t intake.Terms, row *intakeRow) grid.Cell {
	doubts := row.doubts(t.UnitOf(row.Row), p.units > 1, p.filled)
	switch {
	case row.batch != 0:
		return grid.Cell{Text: words.T("paste.recorded"), Tone: grid.Good}
	case row.refused != "":
		return grid.Cell{Text: "× " + row.refused, Tone: grid.Bad}
	case row.Ledger == intake.Other:
		return grid.Cell{Text: words.T("paste.short.other"), Tone: grid.Quiet}
	case row.lacks():
		return grid.Cell{Text: "× " + whyShort(row.why), Tone: grid.Bad}
	case len(doubts) > 0:
		return grid.Cell{Text: "▲ " + strings.Join(doubts, " · "), Tone: grid.Warn}
	}
	return grid.Cell{}
}

// chosen rings the words of the row with the cursor.
func (p *intakeScreen) chosen(row int) { p.text.choose(row) }

// toggle takes the selected rows, or leaves them.
func (p *intakeScreen) toggle() {
	first, last := p.table.SelectionRange()
	if first < 0 || last >= len(p.rows) {
		return
	}
	take := !p.rows[p.table.Selected()].taken
	for _, row := range p.rows[first : last+1] {
		row.taken = take && row.Ledger != intake.Other && row.batch == 0
	}
	p.say("")
	if first == last {
		p.toggled(p.rows[first])
	}
	p.showRows()
}

// toggled says what a row lacks that was to be taken.
func (p *intakeScreen) toggled(row *intakeRow) {
	if row.taken {
		p.takeWhole(row)
	}
	if row.lacks() && (row.taken || row.Ledger == intake.Other) {
		p.say(whySentence(row.why))
	}
}

// showState puts on the page what it is at: an empty field, a report that is known,
// or its rows.
func (p *intakeScreen) showState() {
	p.title.SetText(words.T("paste.title"))
	if !p.blank() {
		p.title.SetText(p.titleOf())
	}
	p.left.Objects, p.right.Objects = []fyneObject{p.reportSide()}, []fyneObject{p.rowSide()}
	p.text.set(p.report.text, p.spans())
	p.table.SetSource(p)
	p.showRows()
	p.left.Refresh()
	p.right.Refresh()
	if len(p.rows) > 0 && len(p.known) == 0 {
		at := max(0, slices.IndexFunc(p.rows, func(row *intakeRow) bool { return row.taken }))
		p.table.Select(at) // only a table that is laid out knows its rows
		p.chosen(at)
	}
}

func (p *intakeScreen) titleOf() string {
	if p.report.file == "" {
		return capital(words.T("history.batch.pasted"))
	}
	return p.report.source()
}

// reportSide is the left half: the text, or the field to put one in.
func (p *intakeScreen) reportSide() fyneObject {
	if p.blank() {
		foot := gapAbove(container.NewBorder(nil, nil, nil, p.read, look.Quiet("")))
		return look.Inset(container.NewBorder(nil, foot, nil, nil, p.typed), look.Gap)
	}
	return container.New(insets{look.Gap, look.Unit + look.Half, look.Half, look.Half}, container.NewBorder(gapBelow(p.legend), nil, nil, nil, p.text.content()))
}

// rowSide is the right half: the rows, or what to do while there are none.
func (p *intakeScreen) rowSide() fyneObject {
	switch {
	case p.blank():
		return p.advice([]string{words.T("paste.start"), words.T("paste.start.after")}, words.T("paste.open"), p.s.OpenReport)
	case len(p.known) > 0:
		return p.knownBefore()
	case len(p.rows) == 0:
		return p.advice([]string{words.T("paste.nothing"), words.T("paste.nothing.next")}, "", nil)
	}
	return p.table
}

// advice is a few sentences in the middle of a half, with the next step.
func (p *intakeScreen) advice(sentences []string, button string, onTap func()) fyneObject {
	lines := newColumn(420, look.Unit)
	for i, s := range sentences {
		colour := look.ColourText
		if i > 0 {
			colour = look.ColourQuiet
		}
		lines.Add(newParagraph(s, look.SizeBody, colour))
	}
	if button != "" {
		lines.Add(container.NewHBox(newKeyButton(button, look.Secondary, onTap)))
	}
	return container.NewCenter(container.New(&wideLayout{460}, lines))
}

// knownBefore says that the same report was taken in, when and by whom.
func (p *intakeScreen) knownBefore() fyneObject {
	b := p.known[0]
	said := words.T("paste.known", "day", ledger.DayOf(b.Clock.Time().In(p.s.Now().Location())).Short(),
		"desk", p.dir.deskName(b.ID.Desk()), "n", b.Value.Count)
	badge := container.NewHBox(look.NewBadge(look.Warn, words.T("paste.known.word")))
	p.showBatch = newKeyButton(words.T("paste.known.show"), look.Primary, p.showKnown)
	buttons := inRow(look.Unit, p.showBatch,
		newKeyButton(words.T("paste.known.anyway"), look.Secondary, p.anyway))
	lines := newColumn(420, look.Unit, badge, newParagraph(said, look.SizeBody, look.ColourText),
		newParagraph(words.T("paste.known.next"), look.SizeBody, look.ColourQuiet), container.NewHBox(buttons))
	return container.NewCenter(container.New(&wideLayout{460}, lines))
}

// showRows shows the rows, their marks in the text and how many there are.
func (p *intakeScreen) showRows() {
	p.assess()
	p.table.Refresh()
	p.text.mark(p.spans())
	p.fillLegend()
	n := p.toTake()
	p.count.SetText(p.countText(n))
	p.take.SetText(words.T("paste.take"))
	if n > 0 && len(p.known) == 0 {
		p.take.SetText(words.T("paste.take.n", "n", n))
		p.take.Enable()
	} else {
		p.take.Disable()
	}
	p.other.Hidden = p.blank()
	p.top.Refresh()
	p.showHead()
}

func (p *intakeScreen) countText(n int) string {
	switch {
	case p.blank():
		return words.T("paste.count.blank")
	case len(p.known) > 0:
		return capital(words.T("paste.known.word"))
	}
	switch done := p.done(); {
	case done > 0 && n > 0:
		return words.T("paste.count.more", "all", len(p.rows), "done", done, "n", n)
	case done > 0:
		return words.T("paste.count.done", "all", len(p.rows), "done", done)
	}
	return words.T("paste.count", "all", len(p.rows), "n", n)
}

// showHead lays the head out with or without a sentence.
func (p *intakeScreen) showHead() {
	p.head.Objects = p.refusal.under(p.top)
	relayout(p.root)
	p.root.Refresh()
}

// say shows why something cannot be done; "" takes the sentence away.
func (p *intakeScreen) say(sentence string) { p.refusal.say(sentence) }

// spanLook is how the words of a ledger are marked.
func spanLook(l intake.Ledger) (series int, sign lineSign) {
	switch l {
	case intake.Publicity:
		return 0, signSolid
	case intake.Isolation:
		return 2, signDouble
	case intake.Supervision:
		return 1, signDashed
	}
	return -1, signDotted
}

func (p *intakeScreen) spans() []textSpan {
	spans := make([]textSpan, len(p.rows))
	if len(p.known) > 0 {
		return nil // nothing is proposed
	}
	for i, row := range p.rows {
		series, sign := spanLook(row.Ledger)
		spans[i] = textSpan{start: row.Found.Start, end: row.Found.End, series: series, sign: sign, strong: row.taken || row.batch != 0}
	}
	return spans
}

// fillLegend shows what the marks mean, of the ledgers that occur.
func (p *intakeScreen) fillLegend() {
	p.legend.Objects = nil
	for l := intake.Publicity; ; l++ {
		of := l % (intake.Supervision + 1) // what is of none comes last
		n := 0
		for _, row := range p.rows {
			if row.Ledger == of {
				n++
			}
		}
		if n > 0 && len(p.known) == 0 {
			p.legend.Add(legendOf(of, n))
		}
		if of == intake.Other {
			break
		}
	}
	p.legend.Refresh()
}

func legendOf(l intake.Ledger, n int) fyneObject {
	series, sign := spanLook(l)
	ink := look.Colour(look.ColourQuiet)
	ground := canvas.NewRectangle(color.Transparent)
	if series >= 0 {
		ink = look.Series(series)
		ground.FillColor = thinned(ink)
	}
	ground.Resize(fyne.NewSize(22, 13))
	ground.Move(fyne.NewPos(0, 3))
	sample := container.NewWithoutLayout(append([]fyneObject{ground}, underline(sign, 0, 22, 16, ink)...)...)
	word := look.Quiet(words.T("paste.legend", "ledger", ledgerName(l), "n", n))
	return inRow(look.Half+2, container.New(&wideLayout{22}, sample), word)
}

// split shares the width among its two objects, with a Gap between.
type split struct{ left float32 }

// MinSize is part of fyne.Layout.
func (s split) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+look.Gap+b.Width, max(a.Height, b.Height))
}

// Layout is part of fyne.Layout.
func (s split) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := float32(int((size.Width - look.Gap) * s.left))
	o[0].Resize(fyne.NewSize(left, size.Height))
	o[1].Move(fyne.NewPos(left+look.Gap, 0))
	o[1].Resize(fyne.NewSize(size.Width-left-look.Gap, size.Height))
}

// beneath gives its first object all the room; the others, lists that hang down
// over it, place themselves.
type beneath struct{}

// MinSize is part of fyne.Layout.
func (beneath) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is part of fyne.Layout.
func (beneath) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
