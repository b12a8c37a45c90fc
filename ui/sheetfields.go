package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// sheetInput is one filled-in field.
type sheetInput interface {
	key() string
	value() string
	// settle completes what was typed when the person leaves or submits.
	settle()
	object() fyneObject
	focusable() fyne.Focusable
}

func newSheetInput(f sheetField, sh *sheet) sheetInput {
	switch f.Kind {
	case fieldChoice:
		return newChoiceInput(f, sh)
	case fieldFind:
		return newFindInput(f, sh)
	}
	return newTextInput(f, sh)
}

// sheetEntry is an entry whose Enter and Esc belong to the sheet.
type sheetEntry struct {
	widget.Entry

	onKey func(*fyne.KeyEvent) bool
	shift bool
}

func newSheetEntry(f sheetField, sh *sheet) *sheetEntry {
	e := &sheetEntry{onKey: sh.key}
	e.MultiLine = f.Kind == fieldLong
	e.Wrapping = fyne.TextWrapOff
	if e.MultiLine {
		e.Wrapping = fyne.TextWrapBreak
		e.SetMinRowsVisible(3)
	}
	e.PlaceHolder, e.Text = f.Hint, f.Value
	e.ExtendBaseWidget(e)
	return e
}

// KeyDown remembers Shift, with which Enter breaks a line.
func (e *sheetEntry) KeyDown(k *fyne.KeyEvent) {
	e.shift = e.shift || isShift(k.Name)
	e.Entry.KeyDown(k)
}

// KeyUp is part of desktop.Keyable.
func (e *sheetEntry) KeyUp(k *fyne.KeyEvent) {
	if isShift(k.Name) {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}

func isShift(k fyne.KeyName) bool { return k == "LeftShift" || k == "RightShift" }

// TypedKey gives Enter and Esc to the sheet.
func (e *sheetEntry) TypedKey(k *fyne.KeyEvent) {
	if enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter; enter && e.MultiLine && e.shift {
		e.TypedRune('\n')
		return
	}
	if e.onKey != nil && e.onKey(k) {
		return
	}
	e.Entry.TypedKey(k)
}

// AcceptsTab leaves Tab to the sheet also in several lines.
func (e *sheetEntry) AcceptsTab() bool { return false }

// FocusGained marks the text of one line, so that typing replaces it as in a
// cell.
func (e *sheetEntry) FocusGained() {
	e.Entry.FocusGained()
	if e.Text != "" && !e.MultiLine {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// FocusLost is part of fyne.Focusable.
func (e *sheetEntry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
}

type textInput struct {
	field sheetField
	entry *sheetEntry
}

func newTextInput(f sheetField, sh *sheet) *textInput {
	in := &textInput{field: f, entry: newSheetEntry(f, sh)}
	in.entry.OnChanged = func(string) { sh.changed() }
	return in
}

func (in *textInput) key() string               { return in.field.Key }
func (in *textInput) value() string             { return strings.TrimSpace(in.entry.Text) }
func (in *textInput) settle()                   {}
func (in *textInput) focusable() fyne.Focusable { return in.entry }

// shortField is the width of a field for a number or a day.
const shortField = 168

func (in *textInput) object() fyneObject {
	if in.field.Kind != fieldNumber {
		return in.entry
	}
	measure := look.Text(in.field.Measure, look.SizeBody, false, look.ColourQuiet)
	narrow := container.New(&wideLayout{shortField}, in.entry)
	return container.NewHBox(narrow, measure)
}

// wideLayout gives its one object a fixed width.
type wideLayout struct{ wide float32 }

func (l wideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func (l wideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.wide, o[0].MinSize().Height)
}

type choiceInput struct {
	field    sheetField
	segments *keySegments
}

func newChoiceInput(f sheetField, sh *sheet) *choiceInput {
	in := &choiceInput{field: f}
	in.segments = newKeySegments(f.Options, choice(f.Value), func(int) { sh.changed() })
	in.segments.onKey = sh.key
	return in
}

func (in *choiceInput) key() string               { return in.field.Key }
func (in *choiceInput) value() string             { return strconv.Itoa(in.segments.Selected()) }
func (in *choiceInput) settle()                   {}
func (in *choiceInput) object() fyneObject        { return in.segments }
func (in *choiceInput) focusable() fyne.Focusable { return in.segments }

// findInput finds a name by Chinese, pinyin or initials while it is typed.
type findInput struct {
	field sheetField
	names *completer
}

func newFindInput(f sheetField, sh *sheet) *findInput {
	in := &findInput{field: f, names: newCompleter(f.Hint, f.Find)}
	in.names.set(f.Chosen)
	in.names.onEdit = sh.changed
	in.names.onAccept = func(suggestion) { sh.changed() }
	in.names.onNext = func() { sh.canvas.FocusNext() }
	in.names.field.onKey = func(k *fyne.KeyEvent) bool {
		enter := k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter
		if enter && !in.names.list.isOpen() {
			return sh.key(k)
		}
		if k.Name == fyne.KeyTab && in.names.field.backwards() {
			return false
		}
		return in.names.key(k) || sh.key(k)
	}
	sh.overlay.Objects = append(sh.overlay.Objects, in.names.list)
	return in
}

func (in *findInput) key() string               { return in.field.Key }
func (in *findInput) settle()                   { in.names.settle() }
func (in *findInput) object() fyneObject        { return in.names.field }
func (in *findInput) focusable() fyne.Focusable { return in.names.field }

// value is the id of the name taken, as decimal; "" while there is none.
func (in *findInput) value() string {
	if id := in.names.id(); id != 0 {
		return strconv.FormatInt(int64(id), 10)
	}
	return ""
}

// text is what stands in the field.
func (in *findInput) text() string { return strings.TrimSpace(in.names.field.Text) }
