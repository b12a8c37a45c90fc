package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// entryLine is the one line in which a clerk records publicity (录入): unit,
// day, item, quantity and, rarely, a note. Enter on the quantity saves and keeps
// unit and day for the next line. A line never takes more keys than the same
// line in a spreadsheet.
type entryLine struct {
	s    *Session
	root *fyne.Container

	unit, item          *completer
	day, quantity, note *lineField
	order               []*lineField // as Tab goes
	frames              []*canvas.Rectangle
	captions            []*look.Label
	measure, status     *look.Label
	undo, save          *look.Button
	paste, open         *look.Button // a report instead of a line

	dir     *directory
	load    func(work func(ctx context.Context), done func())
	ownDay  bool // the day was chosen by hand; otherwise it is today's
	lines   int  // saved since the line was opened
	unsaved []typedLine
	marked  *lineField
	// pass hands Ctrl+Z to the window.
	pass func(fyne.Shortcut)
}

// typedLine is a line as it stands in the fields.
type typedLine struct {
	unit, item suggestion
	day        string
	quantity   string
	note       string
}

// The fields of the line, in the order of entryLine.order.
const (
	entryUnit = iota
	entryDay
	entryItem
	entryQuantity
	entryNote
	entryFields
)

var entryCaptions = [entryFields]string{"entry.unit", "entry.day", "entry.item", "entry.quantity", "entry.note"}

// newEntryLine makes the line. Its content must be drawn after what lies below
// it, as the top of container.NewBorder is, for its lists hang down over that.
func newEntryLine(s *Session) *entryLine {
	l := &entryLine{s: s, dir: emptyDirectory(), load: s.Tasks.Latest()}
	l.unit = newCompleter(words.T("entry.unit.hint"), func(t string) []suggestion { return l.dir.unitNames.find(t) })
	l.item = newCompleter(words.T("entry.item.hint"), func(t string) []suggestion { return l.dir.itemNames.find(t) })
	l.day = newLineField("")
	l.quantity = newLineField(words.T("entry.quantity.hint"))
	l.note = newLineField("")
	l.pass = func(s fyne.Shortcut) { forwardShortcut(l.root, s) }
	l.order = []*lineField{l.unit.field, l.day, l.item.field, l.quantity, l.note}
	l.wire()
	l.build()
	l.showDay()
	l.rest()
	return l
}

func (l *entryLine) wire() {
	for _, c := range []*completer{l.unit, l.item} {
		c.onNext = func() { l.step(c.field, 1) }
		c.onBack = func() { l.step(c.field, -1) }
		c.onAccept = func(suggestion) { l.edited(c.field) }
		c.onEdit = func() { l.edited(c.field) }
	}
	l.unit.onUnknown = func() { l.refuse(l.unit.field, l.unknownUnit()) }
	l.item.onUnknown = func() { l.refuse(l.item.field, l.unknownItem()) }
	l.day.onKey = l.dayKey
	l.quantity.onKey = func(ev *fyne.KeyEvent) bool { return l.plainKey(l.quantity, ev) }
	l.note.onKey = func(ev *fyne.KeyEvent) bool { return l.plainKey(l.note, ev) }
	l.quantity.OnChanged = func(string) { l.edited(l.quantity) }
	l.note.OnChanged = func(string) { l.edited(l.note) }
	l.day.OnChanged = func(string) { l.ownDay = true; l.edited(l.day) }
	l.day.onFocus = func(has bool) {
		if !has {
			l.tidyDay()
		}
	}
	for _, f := range l.order {
		f.onShortcut = l.shortcut
		if l.s.Window != nil {
			f.home = l.s.Window.Canvas()
		}
	}
}

func (l *entryLine) content() fyneObject { return l.root }

// focus reads names afresh and puts the caret where typing goes on: the item, or
// the unit while there is none.
func (l *entryLine) focus() {
	l.showDay()
	l.start()
	l.reload()
}

func (l *entryLine) start() {
	if l.unit.id() == 0 {
		l.unit.field.grab()
		return
	}
	l.item.field.grab()
}

func (l *entryLine) reload() {
	var dir *directory
	var err error
	l.load(func(ctx context.Context) { dir, err = readDirectory(ctx, l.s.Reader) }, func() {
		if err != nil {
			l.s.Refuse(err)
			return
		}
		l.learn(dir)
	})
}

// learn takes in a new directory; the first one fills in the unit used last.
func (l *entryLine) learn(dir *directory) {
	first := len(l.dir.units) == 0
	l.dir = dir
	if !first || l.unit.field.Text != "" {
		return
	}
	if u, ok := dir.unit[ledger.ID(l.s.Settings.Get().Unit)]; ok && !u.Voided {
		focused := l.unit.field == l.focusedField()
		l.unit.set(suggestion{ID: u.ID, Name: u.Value.Name})
		if focused {
			l.start()
		}
	}
}

func (l *entryLine) focusedField() *lineField {
	if c := l.item.field.canvas(); c != nil {
		f, _ := c.Focused().(*lineField)
		return f
	}
	return nil
}

// step moves the caret on or back, round the line.
func (l *entryLine) step(from *lineField, by int) {
	for i, f := range l.order {
		if f == from {
			l.order[(i+by+len(l.order))%len(l.order)].grab()
			return
		}
	}
}

func (l *entryLine) edited(f *lineField) {
	if f == l.item.field {
		l.showMeasure()
	}
	if l.marked == f {
		l.rest()
	}
}

func (l *entryLine) showMeasure() {
	l.measure.SetText(l.dir.item[l.item.id()].Value.Measure)
}

// plainKey answers Enter and Tab in the quantity and the note.
func (l *entryLine) plainKey(f *lineField, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		l.submit()
	case fyne.KeyTab:
		l.step(f, direction(f))
	default:
		return false
	}
	return true
}

func direction(f *lineField) int {
	if f.backwards() {
		return -1
	}
	return 1
}

// dayKey answers Enter, Tab, and Up and Down by a day.
func (l *entryLine) dayKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		if _, err := l.readDay(); err != nil && direction(l.day) > 0 {
			l.refuse(l.day, words.Sentence(err))
			return true
		}
		l.step(l.day, direction(l.day))
	case fyne.KeyUp, fyne.KeyDown:
		by := -1
		if ev.Name == fyne.KeyDown {
			by = 1
		}
		if d, err := l.readDay(); err == nil && d.AddDays(by) <= l.today() && d.AddDays(by) >= 0 {
			l.day.SetText(d.AddDays(by).String())
			l.day.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	default:
		return false
	}
	return true
}

func (l *entryLine) today() ledger.Day { return ledger.DayOf(l.s.Now()) }

func (l *entryLine) readDay() (ledger.Day, error) {
	if !l.ownDay || strings.TrimSpace(l.day.Text) == "" {
		return l.today(), nil
	}
	return ledger.ParseDay(l.day.Text, l.today())
}

// tidyDay writes the day out as soon as the field is left, so that 21 is seen to
// be the 21st of this month.
func (l *entryLine) tidyDay() {
	d, err := l.readDay()
	if err != nil {
		return
	}
	l.day.SetText(d.String())
	l.ownDay = d != l.today()
}

// showDay shows today, unless another day was chosen: the line may have been
// open since yesterday.
func (l *entryLine) showDay() {
	if !l.ownDay {
		l.day.SetText(l.today().String())
		l.ownDay = false
	}
}

// shortcut gives Ctrl+Z to the ledger while nothing of a new line is typed, and
// to the text otherwise.
func (l *entryLine) shortcut(s fyne.Shortcut) bool {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if l.blank() {
			l.pass(s)
			return true
		}
	}
	return false
}

func (l *entryLine) blank() bool {
	return l.item.field.Text == "" && l.quantity.Text == "" && l.note.Text == ""
}

// submit checks the line, clears it for the next and saves it aside. A line that
// could not be saved comes back.
func (l *entryLine) submit() {
	p, field, sentence := l.read()
	if sentence != "" {
		l.refuse(field, sentence)
		return
	}
	line := l.typed()
	l.clear()
	var id ledger.ID
	var err error
	l.s.Tasks.Do(func() {
		id, err = l.s.Book.Record(context.Background(), p)
		if err == nil {
			err = l.remember(p.Unit)
		}
	}, func() {
		if id == 0 {
			l.giveBack(line, err)
			return
		}
		l.saved(id, p)
	})
}

// remember keeps the unit for the next start. A setting that cannot be written
// never makes a saved line look unsaved.
func (l *entryLine) remember(unit ledger.ID) error {
	if l.s.Settings.Get().Unit == int64(unit) {
		return nil
	}
	return l.s.Settings.Change(func(v *settings.Values) { v.Unit = int64(unit) })
}

func (l *entryLine) saved(id ledger.ID, p *ledger.Publicity) {
	l.lines++
	item := l.dir.item[p.Item].Value
	if l.marked == nil {
		l.say(look.ColourGreenText, words.T("entry.saved", "unit", l.dir.unitName(p.Unit), "day", p.Day.Short(),
			"item", item.Name, "quantity", p.Quantity, "measure", item.Measure, "n", l.lines))
		l.undo.Show()
	}
	if l.s.Recorded != nil {
		l.s.Recorded(id)
	}
	if l.s.Changed != nil {
		l.s.Changed()
	}
}

// giveBack returns a line that was refused to the fields, or keeps it until they
// are free again.
func (l *entryLine) giveBack(line typedLine, err error) {
	if !l.blank() {
		l.unsaved = append(l.unsaved, line)
		l.say(look.ColourRedText, words.T("entry.kept", "reason", words.Sentence(err)))
		return
	}
	l.fill(line)
	l.quantity.grab()
	l.refuse(l.fieldOf(err), words.Sentence(err))
}

// fieldOf is the field that a refusal is about.
func (l *entryLine) fieldOf(err error) *lineField {
	switch code := ledger.CodeOf(err); {
	case code == ledger.CodeUnitUnknown:
		return l.unit.field
	case code == ledger.CodeItemUnknown:
		return l.item.field
	case code == ledger.CodeTextTooLong:
		return l.note
	case strings.HasPrefix(string(code), "day-"):
		return l.day
	}
	return l.quantity
}

func (l *entryLine) typed() typedLine {
	return typedLine{unit: l.unit.chosen, item: l.item.chosen, day: l.day.Text,
		quantity: l.quantity.Text, note: l.note.Text}
}

func (l *entryLine) fill(line typedLine) {
	l.unit.set(line.unit)
	l.item.set(line.item)
	l.day.SetText(line.day)
	l.quantity.SetText(line.quantity)
	l.note.SetText(line.note)
	l.showMeasure()
}

// clear empties what changes from line to line, or takes up a line that is still
// to be saved.
func (l *entryLine) clear() {
	l.rest()
	l.item.set(suggestion{})
	l.quantity.SetText("")
	l.note.SetText("")
	l.showMeasure()
	l.showDay()
	if len(l.unsaved) > 0 {
		l.fill(l.unsaved[0])
		l.unsaved = l.unsaved[1:]
		l.quantity.grab()
		return
	}
	l.item.field.grab()
}

// undoLast takes back the line saved last, as Ctrl+Z does.
func (l *entryLine) undoLast() {
	l.rest()
	l.pass(&fyne.ShortcutUndo{})
	l.item.field.grab()
}
