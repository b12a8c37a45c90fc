package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// read makes an entry of the fields. sentence is "" when it is one; otherwise it
// says what is wrong in field.
func (l *entryLine) read() (p *ledger.Publicity, field *lineField, sentence string) {
	l.unit.settle()
	l.item.settle()
	p = &ledger.Publicity{Unit: l.unit.id(), Item: l.item.id(), Note: strings.TrimSpace(l.note.Text)}
	var err error
	if p.Unit == 0 {
		return nil, l.unit.field, l.unknownUnit()
	}
	if p.Day, err = l.readDay(); err != nil {
		return nil, l.day, words.Sentence(err)
	}
	if p.Item == 0 {
		return nil, l.item.field, l.unknownItem()
	}
	if p.Quantity, sentence = readQuantity(l.quantity.Text, l.dir.item[p.Item].Value); sentence != "" {
		return nil, l.quantity, sentence
	}
	return p, nil, ""
}

func (l *entryLine) unknownUnit() string {
	return l.unknown(l.unit, &l.dir.unitNames, "entry.missing.unit", ledger.CodeUnitUnknown)
}

func (l *entryLine) unknownItem() string {
	return l.unknown(l.item, &l.dir.itemNames, "entry.missing.item", ledger.CodeItemUnknown)
}

// unknown says that no name was given, or one that is in no list, with the names
// nearest to it.
func (l *entryLine) unknown(c *completer, names *nameFinder, missing string, code ledger.Code) string {
	text := strings.TrimSpace(c.field.Text)
	if text == "" {
		return words.T(missing)
	}
	return words.Sentence(ledger.Refuse(code, "name", text, "nearest", names.nearest(text)))
}

// readQuantity reads a quantity of an item; its measure word may be typed too,
// another one may not.
func readQuantity(text string, item ledger.Item) (q ledger.Quantity, sentence string) {
	if strings.TrimSpace(text) == "" {
		return q, words.T("entry.missing.quantity")
	}
	q, measure, err := ledger.SplitQuantity(text)
	if err != nil {
		return q, words.Sentence(err)
	}
	if measure != "" && measure != item.Measure {
		return q, words.T("entry.othermeasure", "item", item.Name, "measure", item.Measure, "typed", measure)
	}
	if q.Value == 0 {
		return q, words.Sentence(ledger.Refuse(ledger.CodeQuantityZero))
	}
	return q, ""
}

// refuse marks a field, says why below the line and leaves everything as typed.
func (l *entryLine) refuse(f *lineField, sentence string) {
	l.rest()
	l.say(look.ColourRedText, "× "+sentence)
	l.marked = f
	for i, o := range l.order {
		if o == f {
			l.frames[i].StrokeColor = look.Colour(look.ColourRed)
			l.frames[i].Show()
		}
	}
	f.grab()
}

// rest takes marks away and says what the keys do.
func (l *entryLine) rest() {
	l.marked = nil
	for _, f := range l.frames {
		f.Hide()
	}
	l.undo.Hide()
	l.say(look.ColourQuiet, words.T("entry.keys"))
}

func (l *entryLine) say(ink fyne.ThemeColorName, sentence string) {
	l.status.SetColour(ink)
	l.status.SetText(sentence)
}

func (l *entryLine) build() {
	l.measure = look.Text("", look.SizeBody, false, look.ColourQuiet)
	l.status = look.Text("", look.SizeBody, false, look.ColourQuiet).Truncated()
	l.undo = look.NewButton(words.T("entry.undo"), theme.ContentUndoIcon(), look.Plain, l.undoLast)
	l.save = look.NewButton(words.T("entry.save"), nil, look.Primary, l.submit)
	objects := []fyne.CanvasObject{look.NewSurface(look.ColourSurface, look.ColourLine, 0)}
	for i, f := range l.order {
		caption := look.Quiet(words.T(entryCaptions[i]))
		frame := canvas.NewRectangle(nil)
		frame.StrokeWidth, frame.CornerRadius = 2, 6
		frame.Hide()
		l.captions, l.frames = append(l.captions, caption), append(l.frames, frame)
		objects = append(objects, caption, f, frame)
	}
	l.paste = look.NewButton(words.T("entry.paste"), theme.ContentPasteIcon(), look.Plain, func() { l.s.PasteReport() })
	l.open = look.NewButton(words.T("entry.open"), theme.FolderOpenIcon(), look.Plain, func() { l.s.OpenReport() })
	objects = append(objects, l.paste, l.open, l.measure, l.save, l.status, l.undo, l.unit.list, l.item.list)
	l.root = &fyne.Container{Layout: entryLayout{l}, Objects: objects}
	l.unit.list.holder, l.item.list.holder = l.root, l.root
}

// entryLayout stands the fields in one line, captions above, the sentence below.
// The lists place themselves.
type entryLayout struct{ l *entryLine }

const (
	entryCaptionHigh float32 = 18
	entryFieldHigh   float32 = 34
	entryStatusHigh  float32 = 30
	entryMeasureWide float32 = 44
	entryNarrow      float32 = 1000 // below this the names have less room
)

func (e entryLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(720, look.Unit+entryCaptionHigh+entryFieldHigh+entryStatusHigh+look.Half)
}

// widths are those of the fields; the note takes what is left.
func (e entryLayout) widths(total float32) [entryFields]float32 {
	w := [entryFields]float32{200, 128, 240, 140, 0}
	if total < entryNarrow {
		w = [entryFields]float32{150, 112, 170, 110, 0}
	}
	left := total - entryMeasureWide - e.l.save.MinSize().Width - entryFields*look.Unit
	for _, v := range w {
		left -= v
	}
	w[entryNote] = max(left, 60)
	return w
}

func (e entryLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l := e.l
	objects[0].Resize(size)
	inner := size.Width - 2*look.Gap
	top := look.Unit + entryCaptionHigh
	x := look.Gap
	for i, w := range e.widths(inner) {
		at := fyne.NewPos(x, top)
		box := fyne.NewSize(w, entryFieldHigh)
		l.captions[i].Move(fyne.NewPos(x+2, look.Unit-2))
		l.captions[i].Resize(fyne.NewSize(w, entryCaptionHigh))
		l.order[i].Move(at)
		l.order[i].Resize(box)
		l.frames[i].Move(at)
		l.frames[i].Resize(box)
		x += w + look.Unit
		if i == entryQuantity {
			l.measure.Move(fyne.NewPos(x-2, top))
			l.measure.Resize(fyne.NewSize(entryMeasureWide, entryFieldHigh))
			x += entryMeasureWide
		}
	}
	l.save.Move(fyne.NewPos(x, top))
	l.save.Resize(fyne.NewSize(l.save.MinSize().Width, entryFieldHigh))
	y, right := top+entryFieldHigh, size.Width-look.Gap
	for _, b := range []*look.Button{l.open, l.paste, l.undo} {
		wide := b.MinSize().Width
		right -= wide
		b.Move(fyne.NewPos(right, y+1))
		b.Resize(fyne.NewSize(wide, entryStatusHigh-2))
	}
	l.status.Move(fyne.NewPos(look.Gap+2, y))
	l.status.Resize(fyne.NewSize(right-look.Unit-look.Gap, entryStatusHigh))
}
