package ui

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// workbookPage is the intake page while a workbook is on it: the first rows of a sheet
// at the left, with what each column is taken for at its head; at the right what is
// wrong in the whole sheet. Every change checks the sheet again, and nothing is
// recorded before a person confirms it.
type workbookPage struct {
	s     *Session
	load  func(work func(ctx context.Context), done func())
	check func(work func(ctx context.Context), done func())

	path    string
	source  intake.Source
	dir     *directory
	names   intake.Names
	layouts []intake.Layout
	at      int // the layout shown
	mapping intake.Mapping
	settled map[int]bool // columns that a person has said, by index
	known   []ledger.Row[ledger.Batch]

	checked  *intake.Checked // nil while the sheet has not been checked as it is mapped now
	again    []bool          // of the good rows: the ledger, or the sheet above, says the same
	takeBoth bool            // what is said again is recorded too, by choice
	onlyGood bool            // the faulty rows are left, by choice
	batch    ledger.ID       // what this page recorded
	stop     context.CancelFunc
	running  bool // a check runs
	touched  bool // a person has said how the sheet is read, and nothing came of it yet

	preview *previewRows
	faults  *faultRows

	title, count          *look.Label
	sheets                *keyButton
	kinds, forms          *keySegments
	header, day           *lineField
	unit                  *completer
	unitBox, dayBox       *fyne.Container
	other, mark, take     *keyButton
	choice, both          *keyButton
	showBatch             *keyButton
	refusal               *refusalStrip
	summary, fault        *paragraph
	sheet, list           *grid.Grid
	busy, writing         *busyStrip
	head, bar, side, root *fyne.Container
}

func newWorkbookPage(s *Session) *workbookPage {
	b := &workbookPage{s: s, load: s.Tasks.Latest(), check: s.Tasks.Latest(), dir: emptyDirectory(), settled: map[int]bool{}}
	b.buildFields()
	b.buildHead()
	b.buildTables()
	b.busy = newBusyStrip(s.Tasks, words.T("book.checking"), b.cancel)
	b.writing = newBusyStrip(s.Tasks, words.T("paste.writing"), func() {
		if b.stop != nil {
			b.stop()
		}
	})
	keys := container.New(insets{0, look.Half, 0, 0}, look.Quiet(words.T("book.keys")).Truncated())
	b.side = container.NewStack()
	halves := container.New(split{0.62}, look.Panel(b.sheet), look.Panel(b.side))
	body := container.NewBorder(b.head, keys, nil, nil, container.NewStack(halves, b.busy.content(), b.writing.content()))
	b.root = container.New(beneath{}, container.New(insets{look.Gap, look.Gap, look.Gap, look.Unit}, body), b.unit.list)
	b.unit.list.holder = b.root
	return b
}

// buildFields makes what says how the whole sheet is read.
func (b *workbookPage) buildFields() {
	b.sheets = newKeyButton("", look.Secondary, b.chooseSheet)
	var kinds []string
	for _, k := range workbookKinds {
		kinds = append(kinds, ledgerName(ledgerOf(k)))
	}
	b.kinds = newKeySegments(kinds, 0, b.setKind)
	b.forms = newKeySegments([]string{words.T("book.form.long"), words.T("book.form.cross")}, 0, func(i int) { b.setCross(i == 1) })
	b.header, b.day = newLineField(""), newLineField(words.T("book.day.hint"))
	b.header.onKey = b.onEnter(b.setHeader)
	b.day.onKey = b.onEnter(b.setDay)
	b.unit = newCompleter(words.T("entry.unit.hint"), func(t string) []suggestion { return b.dir.unitNames.find(t) })
	b.unit.onAccept = func(suggestion) { b.setUnit() }
	b.unit.onNext = func() { b.focus() }
	if b.s.Window != nil {
		c := b.s.Window.Canvas()
		b.unit.field.home, b.header.home, b.day.home = c, c, c
	}
}

// onEnter takes what stands in a field on Enter, and goes on to the sheet.
func (b *workbookPage) onEnter(set func()) func(*fyne.KeyEvent) bool {
	return func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter {
			return false
		}
		set()
		if b.refusal.text() == "" {
			b.focus()
		}
		return true
	}
}

// buildHead makes the two lines above the sheet.
func (b *workbookPage) buildHead() {
	b.title = look.Heading("").Truncated()
	b.count = look.Text("", look.SizeBody, false, look.ColourQuiet).Truncated()
	b.other = newKeyButton(words.T("paste.other"), look.Secondary, func() { b.s.OpenReport() })
	b.mark = newKeyButton(words.T("book.mark"), look.Secondary, b.saveMarked)
	b.take = newKeyButton(words.T("paste.take"), look.Primary, b.confirm)
	caption := func(text string) fyneObject { return look.Text(text, look.SizeBody, false, look.ColourQuiet) }
	b.unitBox = inRow(look.Half, caption(words.T("entry.unit")), container.New(&wideLayout{150}, b.unit.field))
	b.dayBox = inRow(look.Half, caption(words.T("entry.day")), container.New(&wideLayout{112}, b.day))
	b.bar = inRow(look.Unit, b.sheets, b.kinds, b.forms, caption(words.T("book.header")), container.New(&wideLayout{52}, b.header), b.unitBox, b.dayBox)
	b.refusal = newRefusalStrip(b.showHead)
	b.head = container.New(&columnLayout{least: 480, gap: look.Half})
}

// buildTables makes the sheet at the left and the list of faults at the right.
func (b *workbookPage) buildTables() {
	b.preview, b.faults = &previewRows{page: b}, &faultRows{page: b}
	b.sheet = grid.New([]grid.Column{{ID: rowColumn}})
	b.sheet.OnKey = b.columnKey
	b.sheet.OnSort = func(id string, _ bool) {
		b.sheet.SetSort("", false)
		b.pressed(id, true)
	}
	b.sheet.OnPress = func(_ int, id string) bool {
		b.pressed(id, false)
		return false
	}
	b.sheet.OnActivate = func(int) { b.chooseRole() }
	b.list = grid.New([]grid.Column{
		{ID: "cell", Title: words.T("book.column.cell"), Width: 62},
		{ID: "why", Title: words.T("book.column.why"), Width: 300, Flex: true},
	})
	b.list.SetEmpty(words.T("book.nofaults"))
	b.list.OnSelect = b.selected
	b.list.OnActivate = b.showFault
	b.choice = newKeyButton("", look.Secondary, b.toggleGood)
	b.both = newKeyButton("", look.Secondary, b.toggleBoth)
	b.summary = newParagraph("", look.SizeBody, look.ColourText)
	b.fault = newParagraph("", look.SizeBody, look.ColourText)
}

// focus puts the keyboard where work goes on.
func (b *workbookPage) focus() {
	if b.s.Window == nil {
		return
	}
	c := b.s.Window.Canvas()
	switch {
	case len(b.known) > 0 && b.showBatch != nil:
		c.Focus(b.showBatch)
	case b.batch != 0:
		c.Focus(b.other)
	default:
		c.Focus(b.sheet)
	}
}

// layout is the sheet shown.
func (b *workbookPage) layout() intake.Layout {
	if b.at < len(b.layouts) {
		return b.layouts[b.at]
	}
	return intake.Layout{}
}

// toTake counts the rows that would be recorded now.
func (b *workbookPage) toTake() int {
	switch {
	case b.checked == nil, len(b.known) > 0, b.batch != 0:
		return 0
	case b.faultCount() > 0 && !b.onlyGood:
		return 0
	}
	return b.fresh()
}

// fresh counts what chosen lists.
func (b *workbookPage) fresh() int {
	if b.takeBoth {
		return len(b.checked.Good)
	}
	return len(b.checked.Good) - b.agains()
}

// chosen are the good rows that would be recorded.
func (b *workbookPage) chosen() []intake.Entry {
	if b.takeBoth || b.agains() == 0 {
		return b.checked.Good
	}
	var list []intake.Entry
	for i, entry := range b.checked.Good {
		if !b.again[i] {
			list = append(list, entry)
		}
	}
	return list
}

// agains counts the good rows that are said again.
func (b *workbookPage) agains() (n int) {
	for _, again := range b.again {
		if again {
			n++
		}
	}
	return n
}

func (b *workbookPage) faultCount() int {
	if b.checked == nil {
		return 0
	}
	return len(b.checked.Faults) + b.checked.More
}

// show puts on the page what it is at.
func (b *workbookPage) show() {
	b.title.SetText(filepath.Base(b.path))
	b.count.SetText(b.countText())
	b.sheets.SetText(words.T("book.sheet", "name", b.layout().Sheet))
	b.sheets.Hidden = len(b.layouts) < 2
	b.kinds.SetSelected(max(0, kindAt(b.mapping.Kind)))
	b.forms.Hidden = b.mapping.Kind != ledger.KindPublicity
	if b.forms.SetSelected(0); b.mapping.Cross() {
		b.forms.SetSelected(1)
	}
	b.header.SetText(strconv.Itoa(b.mapping.Header))
	b.showColumns()
	b.showFields()
	b.showChecked()
}

// showFields shows the fields for what no column names.
func (b *workbookPage) showFields() {
	b.unitBox.Hidden = b.mapping.Kind == ledger.KindReserve || b.has(intake.RoleUnit)
	b.dayBox.Hidden = b.mapping.Kind == ledger.KindReserve || b.has(intake.RoleDay)
	if !b.unitBox.Hidden && b.unit.field.Text != b.mapping.Unit && b.mapping.Unit != "" {
		b.unit.set(suggestion{Name: b.mapping.Unit})
	}
	if b.mapping.Dated {
		b.day.SetText(b.mapping.Day.String())
	}
}

func (b *workbookPage) has(role intake.Role) bool { return roleColumn(b.mapping, role) >= 0 }

func (b *workbookPage) countText() string {
	switch {
	case len(b.known) > 0:
		return capital(words.T("paste.known.word"))
	case b.batch != 0:
		return words.T("paste.recorded")
	case b.checked == nil:
		return words.T("book.count.unchecked")
	}
	return words.T("book.count", "rows", b.checked.Rows, "good", len(b.checked.Good), "faults", b.faultCount())
}

// showChecked shows what the check has found, and what can be done now.
func (b *workbookPage) showChecked() {
	b.count.SetText(b.countText())
	n := b.toTake()
	b.take.SetText(words.T("paste.take"))
	if n > 0 {
		b.take.SetText(words.T("paste.take.n", "n", n))
		b.take.Enable()
	} else {
		b.take.Disable()
	}
	b.mark.Hidden = b.faultCount() == 0 || len(b.known) > 0
	b.side.Objects = []fyneObject{b.sideContent()}
	b.list.SetSource(b.faults)
	b.sheet.Refresh()
	b.showHead()
	if b.faultCount() > 0 {
		b.list.Select(0)
		b.selected(0)
	}
}

// sideContent is the right half: that the file is known, or what the check found.
func (b *workbookPage) sideContent() fyneObject {
	if len(b.known) > 0 {
		return b.knownBefore()
	}
	b.summary.SetText(b.summaryText())
	foot := newColumn(240, look.Unit)
	if n := b.agains(); n > 0 && b.batch == 0 {
		b.both.SetText(ticked(b.takeBoth) + " " + words.T("book.both", "n", n))
		foot.Add(container.NewHBox(b.both))
	}
	if b.faultCount() == 0 {
		return look.Inset(container.NewBorder(newColumn(240, look.Unit, b.summary, foot), nil, nil, nil, space(0)), look.Gap)
	}
	b.choice.SetText(ticked(b.onlyGood) + " " + words.T("book.onlygood", "n", b.fresh()))
	foot.Objects = append([]fyneObject{b.fault}, foot.Objects...)
	if len(b.checked.Good) > 0 && b.batch == 0 {
		foot.Add(container.NewHBox(b.choice))
	}
	return container.NewBorder(look.Inset(b.summary, look.Gap), look.Inset(foot, look.Gap), nil, nil, b.list)
}

// ticked is the mark of a choice.
func ticked(yes bool) string {
	if yes {
		return takenMark
	}
	return leftMark
}

// summaryText says in sentences what the whole sheet holds.
func (b *workbookPage) summaryText() string {
	if b.checked == nil {
		return b.lacking()
	}
	c := b.checked
	lines := []string{words.T("book.good", "n", len(c.Good))}
	if n := b.faultCount(); n > 0 {
		lines = append(lines, words.T("book.faults", "n", n))
	}
	if len(c.Asides) > 0 {
		lines = append(lines, words.T("book.asides", "n", len(c.Asides)))
	}
	if c.Blank > 0 {
		lines = append(lines, words.T("book.blank", "n", c.Blank))
	}
	if c.Zero > 0 {
		lines = append(lines, words.T("book.zero", "n", c.Zero))
	}
	if n := b.agains(); n > 0 && b.batch == 0 {
		lines = append(lines, words.T("book.again", "n", n))
	}
	if c.More > 0 {
		lines = append(lines, words.T("intake.more", "n", c.More))
	}
	return strings.Join(lines, "\n")
}

// lacking says what the mapping still needs.
func (b *workbookPage) lacking() string {
	if b.running {
		return words.T("book.checking")
	}
	var names []string
	for _, role := range b.mapping.Missing() {
		names = append(names, roleName(role))
	}
	if len(names) == 0 {
		return words.T("book.stopped")
	}
	return words.T("book.lacks", "columns", names)
}

// showHead lays the head out with or without a sentence.
func (b *workbookPage) showHead() {
	buttons := inRow(look.Unit, b.other, b.mark, b.take)
	top := container.NewBorder(nil, nil, nil, container.New(insets{look.Gap, 0, 0, 0}, container.NewCenter(buttons)), stacked(0, b.title, b.count))
	b.head.Objects = b.refusal.under(top, container.NewHBox(b.bar))
	relayout(b.root)
	b.root.Refresh()
}

// say shows why something cannot be done; "" takes the sentence away.
func (b *workbookPage) say(sentence string) { b.refusal.say(sentence) }
