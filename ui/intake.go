package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// PlaceIntake is where a report is taken into the ledgers. It is no entry of the
// rail: the entry line, two shortcuts and files dropped on the window lead to it.
const PlaceIntake Place = "intake"

// intakeTable names the table in the settings that keep its column widths.
const intakeTable = "intake"

// intakeScreen is the page on which a report becomes entries: its text with what
// was found marked at the left, the proposals at the right. Nothing is recorded
// before a person confirms it.
type intakeScreen struct {
	s     *Session
	back  func()
	load  func(work func(ctx context.Context), done func()) // of a report
	alike func(work func(ctx context.Context), done func())

	dir    *directory
	report report
	names  intake.Names
	rows   []*intakeRow
	known  []ledger.Row[ledger.Batch] // took in the same report before
	units  int                        // that the text names
	filled bool                       // the unit at the top is the one entered last, and no person said it
	made   recording                  // what this page recorded last
	stop   context.CancelFunc         // of what is being recorded

	editing *intakeEdit // the row that was opened last

	title, count *look.Label
	unit         *completer
	day          *lineField
	other, take  *keyButton
	refusal      *refusalStrip
	typed        *reportField
	read         *keyButton
	showBatch    *keyButton // while the report is known
	text         *spanText
	legend       *fyne.Container
	table        *grid.Grid
	busy         *busyStrip
	writing      *busyStrip
	left, right  *fyne.Container
	head         *fyne.Container
	top          *fyne.Container
	root         *fyne.Container
	stage        *fyne.Container // the page, or that of a workbook
	book         *workbookPage   // while a workbook is on it
	opening      *workbookPage   // while one is read

	shown, bound bool
}

func newIntakeScreen(s *Session, back func()) *intakeScreen {
	p := &intakeScreen{s: s, back: back, load: s.Tasks.Latest(), alike: s.Tasks.Latest(), dir: emptyDirectory()}
	p.buildHead()
	p.buildText()
	p.buildTable()
	p.busy = newBusyStrip(s.Tasks, words.T("paste.reading"), p.clear)
	p.writing = newBusyStrip(s.Tasks, words.T("paste.writing"), func() {
		if p.stop != nil {
			p.stop()
		}
	})
	p.left, p.right = container.NewStack(), container.NewStack()
	keys := container.New(insets{0, look.Half, 0, 0}, look.Quiet(words.T("paste.keys")).Truncated())
	halves := container.New(split{0.38}, look.Panel(p.left), look.Panel(p.right))
	body := container.NewBorder(p.head, keys, nil, nil, container.NewStack(halves, p.busy.content(), p.writing.content()))
	p.root = container.New(beneath{}, container.New(insets{look.Gap, look.Gap, look.Gap, look.Unit}, body), p.unit.list)
	p.unit.list.holder = p.root
	p.stage = container.NewStack(p.root)
	p.showState()
	return p
}

// buildHead makes the line with what applies to all rows.
func (p *intakeScreen) buildHead() {
	p.title = look.Heading("").Truncated()
	p.count = look.Text("", look.SizeBody, false, look.ColourQuiet).Truncated()
	p.unit = newCompleter(words.T("entry.unit.hint"), func(t string) []suggestion { return p.dir.unitNames.find(t) })
	p.unit.onAccept = func(suggestion) { p.unitStated() }
	p.unit.onEdit = p.unitStated
	p.unit.onNext = func() { p.day.grab() }
	p.day = newLineField("")
	p.day.SetText(p.today().String())
	p.day.OnChanged = func(string) { p.defaulted() }
	p.day.onKey = func(ev *fyne.KeyEvent) bool {
		if ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter {
			return false
		}
		p.focus()
		return true
	}
	if p.s.Window != nil {
		p.unit.field.home, p.day.home = p.s.Window.Canvas(), p.s.Window.Canvas()
	}
	p.other = newKeyButton(words.T("paste.other"), look.Secondary, p.again)
	p.take = newKeyButton(words.T("paste.take"), look.Primary, p.confirm)
	caption := func(key string) fyneObject { return look.Text(words.T(key), look.SizeBody, false, look.ColourQuiet) }
	fields := inRow(look.Unit, caption("entry.unit"), container.New(&wideLayout{168}, p.unit.field),
		caption("entry.day"), container.New(&wideLayout{112}, p.day), p.other, p.take)
	titles := stacked(0, p.title, p.count)
	p.top = container.NewBorder(nil, nil, nil, container.New(insets{look.Gap, 0, 0, 0}, container.NewCenter(fields)), titles)
	p.refusal = newRefusalStrip(p.showHead)
	p.head = container.New(&columnLayout{least: 480, gap: look.Half})
}

func (p *intakeScreen) buildText() {
	p.typed = newReportField(words.T("paste.hint"), func(text string) { p.accept(report{text: text}) })
	p.read = newKeyButton(words.T("paste.read"), look.Primary, p.confirm)
	p.text = newSpanText()
	p.text.onHover = func(span int) { p.table.Hover(span) }
	p.text.onTap = func(span int) {
		p.table.Select(span)
		p.chosen(span)
		p.focus()
	}
	p.legend = inRow(look.Gap)
}

func (p *intakeScreen) content() fyneObject {
	p.appear()
	return p.stage
}

// update looks whether what this page recorded still stands.
func (p *intakeScreen) update(ledger.Figures) {
	if p.book != nil {
		p.book.update()
		return
	}
	if batch := p.made.batch; batch != 0 {
		whenTakenBack(p.s, batch, func() {
			if batch == p.made.batch {
				p.takenBack()
			}
		})
	}
}

func (p *intakeScreen) open(Opening) { p.appear() }

// focus puts the keyboard where work goes on.
func (p *intakeScreen) focus() {
	p.appear()
	if p.s.Window == nil {
		return
	}
	c := p.s.Window.Canvas()
	switch {
	case p.book != nil:
		p.book.focus()
	case p.blank():
		c.Focus(p.typed)
	case len(p.known) > 0:
		c.Focus(p.showBatch)
	case len(p.rows) == 0:
		c.Focus(p.other)
	default:
		c.Focus(p.table)
	}
}

func (p *intakeScreen) hidden() { p.shown = false }

// blank reports whether there is no report on the page.
func (p *intakeScreen) blank() bool { return p.report.text == "" }

func (p *intakeScreen) today() ledger.Day { return ledger.DayOf(p.s.Now()) }

// toTake counts the rows that would be recorded now.
func (p *intakeScreen) toTake() (n int) {
	for _, row := range p.rows {
		if row.taken {
			n++
		}
	}
	return n
}

// done counts the rows that this page has recorded.
func (p *intakeScreen) done() (n int) {
	for _, row := range p.rows {
		if row.batch != 0 {
			n++
		}
	}
	return n
}

// closeOpened leaves the page, and asks before when that would lose something.
func (p *intakeScreen) closeOpened() bool {
	p.unlessLost(func() {
		p.clear()
		p.back()
	})
	return true
}

// again asks for another report.
func (p *intakeScreen) again() {
	p.unlessLost(func() {
		p.clear()
		p.focus()
	})
}

// unlessLost does what throws the page's work away, once the person agrees.
func (p *intakeScreen) unlessLost(do func()) {
	sentence := p.losing()
	if sentence == "" {
		do()
		return
	}
	sh := newSheet(p.s, p.s.Window.Canvas(), words.T("paste.lose.title"), nil, words.T("paste.lose.yes"))
	sh.ok.SetStyle(look.Danger)
	sh.off.SetText(words.T("paste.lose.no"))
	sh.head.Add(newParagraph(sentence, look.SizeBody, look.ColourText))
	sh.start = func(map[string]string) (func() error, func(), error) { return nil, do, nil }
	sh.show()
	sh.canvas.Focus(sh.off)
}

// losing says what would be lost with the page's work; "" for nothing.
func (p *intakeScreen) losing() string {
	n := p.toTake()
	if len(p.known) > 0 {
		return "" // its rows are recorded, and none of them is offered
	}
	switch {
	case p.book != nil && p.book.touched:
		return words.T("book.lose")
	case p.blank() && strings.TrimSpace(p.typed.Text) != "":
		return words.T("paste.lose.text")
	case n > 0:
		return words.T("paste.lose", "n", n)
	}
	return ""
}

// clear makes the page empty.
func (p *intakeScreen) clear() {
	p.load(func(context.Context) {}, func() {})
	p.busy.end()
	p.closeBook()
	p.report, p.rows, p.known, p.made = report{}, nil, nil, recording{}
	p.typed.SetText("")
	p.say("")
	p.showState()
}

// resume goes on with what another page had, whose words were of another language.
func (p *intakeScreen) resume(old *intakeScreen) {
	p.dir, p.names, p.report, p.rows, p.known, p.units, p.made, p.filled = old.dir, old.names, old.report, old.rows, old.known, old.units, old.made, old.filled
	p.typed.SetText(old.typed.Text)
	p.unit.set(old.unit.chosen)
	p.day.SetText(old.day.Text)
	p.showState()
	if old.book != nil {
		p.resumeBook(old.book)
	}
}

// appear notes that the page is shown, and takes its keys.
func (p *intakeScreen) appear() {
	p.shown = true
	if p.bound || p.s.Window == nil {
		return
	}
	p.bound = true
	c := p.s.Window.Canvas()
	mine := func() bool { return p.shown && c.Overlays().Top() == nil }
	keys, runes := c.OnTypedKey(), c.OnTypedRune()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyF2 && mine() && p.book == nil {
			p.edit(p.table.Selected())
		} else if keys != nil {
			keys(ev)
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if r == ' ' && mine() && c.Focused() == p.table {
			p.toggle()
		} else if mine() && p.book != nil && p.book.letter(r, c.Focused()) {
			return
		} else if runes != nil {
			runes(r)
		}
	})
	for _, key := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		c.AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) {
			if mine() && p.book != nil {
				p.book.confirm()
			} else if mine() {
				p.confirm()
			}
		})
	}
}

// reportField is where a report is typed or pasted. What is pasted into the empty
// field is read at once.
type reportField struct {
	field

	onPaste func(text string)
}

func newReportField(hint string, onPaste func(string)) *reportField {
	f := &reportField{onPaste: onPaste}
	f.MultiLine, f.Wrapping, f.PlaceHolder = true, fyne.TextWrapBreak, hint
	f.self = f
	f.ExtendBaseWidget(f)
	return f
}

// TypedShortcut is part of fyne.Shortcutable.
func (f *reportField) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok && f.Text == "" {
		if text := paste.Clipboard.Content(); strings.TrimSpace(text) != "" {
			f.onPaste(text)
			return
		}
	}
	f.field.TypedShortcut(s)
}
