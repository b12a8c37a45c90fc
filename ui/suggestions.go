package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// suggestionsShown is how many names are seen at once.
const suggestionsShown = 8

// suggestionLeast is the least width of the list.
const suggestionLeast = 240

// suggestionList is the list of names below a field. It takes no focus: the
// field keeps the keyboard, and with it the input method.
type suggestionList struct {
	widget.BaseWidget

	names  []suggestion
	marked int
	first  int // topmost name on screen
	onPick func(suggestion)
	// holder is what holds the list, when that does not begin at the canvas's
	// corner. The list itself cannot be asked: Fyne knows no place of hidden objects.
	holder fyne.CanvasObject
}

var (
	_ desktop.Mouseable = (*suggestionList)(nil)
	_ desktop.Hoverable = (*suggestionList)(nil)
	_ fyne.Scrollable   = (*suggestionList)(nil)
)

func newSuggestionList(onPick func(suggestion)) *suggestionList {
	l := &suggestionList{onPick: onPick}
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// show opens the list below a field with the first name marked; no names close it.
func (l *suggestionList) show(names []suggestion, below fyne.CanvasObject) {
	l.names, l.marked, l.first = names, 0, 0
	if len(names) == 0 {
		l.close()
		return
	}
	l.place(below)
	l.Show()
	l.Refresh()
}

// place works in the coordinates of the list's own container, which need not be
// the field's.
func (l *suggestionList) place(below fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(below)
	if l.holder != nil {
		at = at.Subtract(driver.AbsolutePositionForObject(l.holder))
	}
	size := l.MinSize()
	size.Width = max(size.Width, below.Size().Width, suggestionLeast)
	l.Resize(size)
	l.Move(fyne.NewPos(at.X, at.Y+below.Size().Height+2))
}

func (l *suggestionList) close() {
	l.names = nil
	l.Hide()
}

func (l *suggestionList) isOpen() bool { return l.Visible() && len(l.names) > 0 }

// current is the marked name.
func (l *suggestionList) current() (suggestion, bool) {
	if !l.isOpen() {
		return suggestion{}, false
	}
	return l.names[l.marked], true
}

func (l *suggestionList) move(by int) {
	l.marked = max(0, min(l.marked+by, len(l.names)-1))
	l.first = max(min(l.first, l.marked), l.marked-suggestionsShown+1)
	l.Refresh()
}

// at is the index of the name at a height, -1 for none.
func (l *suggestionList) at(y float32) int {
	i := l.first + int((y-look.Half)/look.RowHigh)
	if y < look.Half || i >= len(l.names) {
		return -1
	}
	return i
}

// MouseDown takes a name at once: on release the field would already have lost
// the keyboard, and with it this list.
func (l *suggestionList) MouseDown(ev *desktop.MouseEvent) {
	if i := l.at(ev.Position.Y); i >= 0 && ev.Button == desktop.MouseButtonPrimary {
		l.onPick(l.names[i])
	}
}

// MouseUp is part of desktop.Mouseable.
func (l *suggestionList) MouseUp(*desktop.MouseEvent) {}

// MouseIn is part of desktop.Hoverable.
func (l *suggestionList) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the name under the pointer. A list that opens under a pointer
// at rest keeps its first name marked.
func (l *suggestionList) MouseMoved(ev *desktop.MouseEvent) {
	if i := l.at(ev.Position.Y); i >= 0 && i != l.marked {
		l.marked = i
		l.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (l *suggestionList) MouseOut() {}

// Scrolled is part of fyne.Scrollable.
func (l *suggestionList) Scrolled(ev *fyne.ScrollEvent) {
	step := 1
	if ev.Scrolled.DY > 0 {
		step = -1
	}
	l.first = max(0, min(l.first+step, len(l.names)-suggestionsShown))
	l.marked = max(l.first, min(l.marked, l.first+suggestionsShown-1))
	l.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (l *suggestionList) CreateRenderer() fyne.WidgetRenderer {
	r := &suggestionRenderer{list: l, ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil),
		knob: canvas.NewRectangle(nil)}
	for i := range r.names {
		r.names[i], r.hints[i] = canvas.NewText("", nil), canvas.NewText("", nil)
		r.hints[i].Alignment = fyne.TextAlignTrailing
	}
	r.fill()
	return r
}

type suggestionRenderer struct {
	list               *suggestionList
	ground, mark, knob *canvas.Rectangle
	names, hints       [suggestionsShown]*canvas.Text
}

func (r *suggestionRenderer) fill() {
	l := r.list
	r.ground.FillColor, r.ground.StrokeColor = look.Colour(look.ColourSurface), look.Colour(look.ColourFaint)
	r.ground.StrokeWidth, r.ground.CornerRadius = look.Rule, 6
	r.mark.FillColor, r.mark.CornerRadius = look.Colour(look.ColourSelection), look.Half
	r.knob.FillColor, r.knob.CornerRadius = look.Colour(look.ColourFaint), 2
	r.knob.Hidden = len(l.names) <= suggestionsShown
	for i := range r.names {
		name, hint := r.names[i], r.hints[i]
		name.Text, hint.Text = "", ""
		name.TextSize, hint.TextSize = look.SizeBody, look.SizeSmall
		name.Color, hint.Color = look.Colour(look.ColourText), look.Colour(look.ColourQuiet)
		if n := l.first + i; n < len(l.names) {
			name.Text, hint.Text = l.names[n].Name, l.names[n].Hint
			name.TextStyle.Bold = n == l.marked
		}
	}
}

// Layout is part of fyne.WidgetRenderer.
func (r *suggestionRenderer) Layout(size fyne.Size) {
	l := r.list
	r.ground.Resize(size)
	y := look.Half + float32(l.marked-l.first)*look.RowHigh
	r.mark.Move(fyne.NewPos(look.Half, y))
	r.mark.Resize(fyne.NewSize(size.Width-2*look.Half, look.RowHigh))
	for i := range r.names {
		y := look.Half + float32(i)*look.RowHigh
		r.names[i].Move(fyne.NewPos(look.Unit+2, y))
		r.names[i].Resize(fyne.NewSize(size.Width-2*look.Unit, look.RowHigh))
		r.hints[i].Move(fyne.NewPos(look.Unit, y))
		r.hints[i].Resize(fyne.NewSize(size.Width-2*look.Unit-look.Half, look.RowHigh))
	}
	if n := float32(len(l.names)); n > suggestionsShown {
		track := size.Height - 2*look.Half
		r.knob.Move(fyne.NewPos(size.Width-6, look.Half+track*float32(l.first)/n))
		r.knob.Resize(fyne.NewSize(3, track*suggestionsShown/n))
	}
}

// MinSize fits the widest name there is, so that the list keeps its width while
// it is scrolled.
func (r *suggestionRenderer) MinSize() fyne.Size {
	var wide float32
	for _, s := range r.list.names {
		w := fyne.MeasureText(s.Name, look.SizeBody, fyne.TextStyle{Bold: true}).Width
		if s.Hint != "" {
			w += look.Gap + fyne.MeasureText(s.Hint, look.SizeSmall, fyne.TextStyle{}).Width
		}
		wide = max(wide, w)
	}
	rows := float32(min(len(r.list.names), suggestionsShown))
	return fyne.NewSize(wide+3*look.Unit, rows*look.RowHigh+2*look.Half)
}

// Refresh is part of fyne.WidgetRenderer.
func (r *suggestionRenderer) Refresh() {
	r.fill()
	r.Layout(r.list.Size())
	canvas.Refresh(r.list)
}

// Objects is part of fyne.WidgetRenderer.
func (r *suggestionRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.ground, r.mark, r.knob}
	for i := range r.names {
		objects = append(objects, r.names[i], r.hints[i])
	}
	return objects
}

// Destroy is part of fyne.WidgetRenderer.
func (r *suggestionRenderer) Destroy() {}
