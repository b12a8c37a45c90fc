package ui

import (
	"context"
	"errors"
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// fieldKind says how a sheet's field is filled in.
type fieldKind int

// The kinds of field.
const (
	fieldText   fieldKind = iota // one line
	fieldNumber                  // one short line, for a number or a day
	fieldLong                    // several lines; Shift+Enter breaks a line
	fieldChoice                  // one of Options; the value is the option's index
	fieldFind                    // one of what Find offers; the value is its id, and what was typed is under Key+".text"
)

// sheetField is one field of a sheet.
type sheetField struct {
	Key     string // names the value in submit
	Label   string
	Value   string // what it holds at first; of a choice, the index as decimal
	Kind    fieldKind
	Measure string                          // after the field: 间
	Hint    string                          // in the empty field
	Options []string                        // of fieldChoice
	Find    func(query string) []suggestion // of fieldFind: best first
	Chosen  suggestion                      // of fieldFind, at first
}

// sheet is a small modal form: title, fields, one sentence when something is
// refused, and two buttons. Enter submits, Esc cancels, Tab goes on.
type sheet struct {
	session *Session
	canvas  fyne.Canvas
	fields  []sheetInput
	// onChange, when set, is told after every change of a field.
	onChange func(values map[string]string)
	// start checks the values on the UI goroutine and returns work to be done
	// aside, and what to do on the UI goroutine once it succeeded. Both may be nil.
	start func(values map[string]string) (work func() error, done func(), err error)

	// working is said while the work goes on, once it has taken a moment.
	working string

	overlay  *fyne.Container
	sentence *paragraph
	head     *fyne.Container
	ok, off  *keyButton
	busy     bool
}

// newSheet makes a sheet without showing it.
func newSheet(s *Session, c fyne.Canvas, title string, fields []sheetField, submitLabel string) *sheet {
	sh := &sheet{session: s, canvas: c, head: container.NewVBox()}
	sh.sentence = newParagraph("", look.SizeBody, look.ColourRedText)
	sh.sentence.Hide()
	sh.overlay = container.New(&sheetLayout{sheet: sh})
	rows := container.New(&formLayout{})
	for _, f := range fields {
		in := newSheetInput(f, sh)
		sh.fields = append(sh.fields, in)
		rows.Add(look.Text(capital(f.Label), look.SizeBody, false, look.ColourQuiet))
		rows.Add(in.object())
	}
	sh.ok = newKeyButton(submitLabel, look.Primary, sh.submit)
	sh.off = newKeyButton(words.T("forms.cancel"), look.Secondary, sh.close)
	sh.ok.onKey, sh.off.onKey = sh.key, sh.key
	buttons := inRow(look.Unit, layout.NewSpacer(), sh.off, sh.ok)
	foot := container.NewVBox(sh.sentence, buttons)
	middle := container.NewVBox(sh.head, rows)
	card := container.NewStack(look.NewSurface(look.ColourSurface, look.ColourLine, 12), look.Inset(
		container.NewBorder(gapBelow(look.Text(title, look.SizeHeading, true, look.ColourText)),
			gapAbove(foot), nil, nil, middle), look.Gap+look.Unit))
	veil := canvas.NewRectangle(color.NRGBA{R: 0x0A, G: 0x14, B: 0x24, A: 0x73})
	// What fields have put over the sheet, their lists, stays on top.
	sh.overlay.Objects = append([]fyne.CanvasObject{veil, card}, sh.overlay.Objects...)
	return sh
}

// show opens the sheet and puts the caret in its first field.
func (sh *sheet) show() {
	sh.overlay.Resize(sh.canvas.Size())
	sh.canvas.Overlays().Add(sh.overlay)
	if len(sh.fields) > 0 {
		sh.canvas.Focus(sh.fields[0].focusable())
	} else {
		sh.canvas.Focus(sh.ok)
	}
	sh.changed()
}

// say shows a refusal in the sheet; "" takes it away.
func (sh *sheet) say(sentence string) {
	sh.sentence.SetText(sentence)
	sh.sentence.SetColour(look.ColourRedText)
	sh.sentence.Hidden = sentence == ""
	relayout(sh.overlay)
}

// values are what the fields hold now.
func (sh *sheet) values() map[string]string {
	values := make(map[string]string, len(sh.fields))
	for _, in := range sh.fields {
		values[in.key()] = in.value()
		if find, ok := in.(*findInput); ok {
			values[in.key()+".text"] = find.text()
		}
	}
	return values
}

func (sh *sheet) changed() {
	if sh.onChange != nil {
		sh.onChange(sh.values())
		relayout(sh.overlay)
	}
}

// key is what every part of the sheet does with a key it has no use for itself.
func (sh *sheet) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyEscape:
		sh.close()
	case fyne.KeyReturn, fyne.KeyEnter:
		sh.submit()
	default:
		return false
	}
	return true
}

func (sh *sheet) submit() {
	if sh.busy {
		return
	}
	for _, in := range sh.fields {
		in.settle()
	}
	work, done, err := sh.start(sh.values())
	if errors.Is(err, errGone) {
		return
	}
	if err != nil {
		sh.say(words.Sentence(err))
		return
	}
	if work == nil {
		sh.finish(done)
		return
	}
	sh.busy = true
	sh.ok.Disable()
	ended := make(chan struct{})
	sh.session.Tasks.After(busyAfter, ended, sh.sayWorking)
	sh.session.Tasks.Do(func() { err = work() }, func() {
		close(ended)
		sh.busy = false
		sh.ok.Enable()
		if err != nil {
			sh.say(words.Sentence(err))
			return
		}
		sh.finish(done)
	})
}

// sayWorking says that the sheet has been understood, while its work goes on.
func (sh *sheet) sayWorking() {
	if sh.busy {
		sh.say(orElse(sh.working, words.T("forms.working")))
		sh.sentence.SetColour(look.ColourQuiet)
	}
}

func (sh *sheet) finish(done func()) {
	sh.close()
	if done != nil {
		done()
	}
}

// close takes the sheet away unless it is saving.
func (sh *sheet) close() {
	if !sh.busy {
		sh.canvas.Overlays().Remove(sh.overlay)
	}
}

// reasonField asks why, as every void and correction must say.
func reasonField() sheetField {
	return sheetField{Key: "reason", Label: words.T("forms.reason"), Kind: fieldLong, Hint: words.T("forms.reason.hint")}
}

// voidRecord asks for the reason and takes a record out of every figure.
func voidRecord(s *Session, title string, id ledger.ID, done string) {
	sh := newSheet(s, s.Window.Canvas(), title, []sheetField{reasonField()}, words.T("forms.void"))
	sh.ok.SetStyle(look.Danger)
	sh.start = func(v map[string]string) (func() error, func(), error) {
		return func() error { return s.Book.Void(context.Background(), id, v["reason"]) },
			func() { revised(s, done) }, nil
	}
	sh.show()
}

// showCorrection opens a record's own form with a reason below, and writes what
// read makes of the values as a correction of id.
func showCorrection(s *Session, title string, fields []sheetField, id ledger.ID,
	read func(map[string]string) (ledger.Record, error)) {
	sh := newSheet(s, s.Window.Canvas(), title, append(fields, reasonField()), words.T("forms.correct"))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		r, err := read(v)
		if err != nil {
			return nil, nil, err
		}
		work := func() error { return s.Book.Correct(context.Background(), id, r, v["reason"]) }
		return work, func() { revised(s, words.T("forms.corrected")) }, nil
	}
	sh.show()
}

// choiceText fills a fieldChoice with the option of an index.
func choiceText(i int) string { return strconv.Itoa(i) }

// choice is the index a fieldChoice answered with, 0 when it is none.
func choice(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func gapBelow(o fyneObject) fyneObject {
	return container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), o)
}

func gapAbove(o fyneObject) fyneObject {
	return container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), o)
}

// sheetWide is how wide a sheet wants to be.
const sheetWide = 520

// sheetLayout veils everything and stands the card a little above the middle,
// where the eye is.
type sheetLayout struct{ sheet *sheet }

// sheetOpen is the topmost sheet over a canvas; nil for none.
func sheetOpen(c fyne.Canvas) *sheet {
	list := c.Overlays().List()
	for i := len(list) - 1; i >= 0; i-- {
		if box, ok := list[i].(*fyne.Container); ok {
			if l, ok := box.Layout.(*sheetLayout); ok {
				return l.sheet
			}
		}
	}
	return nil
}

func (sheetLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (sheetLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	wide := min(max(sheetWide, o[1].MinSize().Width), size.Width-2*look.Unit)
	// The width decides how paragraphs break, and so the height.
	o[1].Resize(fyne.NewSize(wide, o[1].Size().Height))
	high := min(o[1].MinSize().Height, size.Height-2*look.Unit)
	o[1].Resize(fyne.NewSize(wide, high))
	o[1].Move(fyne.NewPos(float32(int((size.Width-wide)/2)), float32(int((size.Height-high)*0.4))))
}

// formLayout is labels at the left, as wide as the widest, and fields beside them.
type formLayout struct{}

func (formLayout) labels(o []fyne.CanvasObject) (wide float32) {
	for i := 0; i < len(o); i += 2 {
		wide = max(wide, o[i].MinSize().Width)
	}
	return wide + look.Gap
}

func (f formLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	label, y := f.labels(o), float32(0)
	for i := 0; i+1 < len(o); i += 2 {
		high := max(o[i+1].MinSize().Height, look.RowHigh)
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(label-look.Gap, look.RowHigh))
		o[i+1].Move(fyne.NewPos(label, y))
		o[i+1].Resize(fyne.NewSize(size.Width-label, high))
		y += high + look.Unit
	}
}

func (f formLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	var wide, high float32
	for i := 0; i+1 < len(o); i += 2 {
		least := o[i+1].MinSize()
		wide = max(wide, least.Width)
		high += max(least.Height, look.RowHigh) + look.Unit
	}
	return fyne.NewSize(f.labels(o)+wide, max(high-look.Unit, 0))
}
