package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

// tipDelay is how long the pointer rests on a thing before its tooltip shows.
const tipDelay = 500 * time.Millisecond

// tips is the one tooltip of the window: a layer over everything that takes no
// events itself.
type tips struct {
	tasks *Runner
	layer *fyne.Container
	label *look.Label
	box   *fyne.Container
	stop  chan struct{}
}

func newTips(tasks *Runner) *tips {
	t := &tips{tasks: tasks, label: look.Text("", look.SizeSmall, false, look.ColourStructureText)}
	pad := container.New(layout.NewCustomPaddedLayout(look.Half, look.Half, look.Unit, look.Unit), t.label)
	t.box = container.NewStack(look.NewSurface(look.ColourStructure, look.ColourStructureSelected, 4), pad)
	t.box.Hide()
	t.layer = container.NewWithoutLayout(t.box)
	return t
}

// soon shows text at o if the pointer stays there.
func (t *tips) soon(o fyne.CanvasObject, text string) {
	t.hide()
	if text == "" {
		return
	}
	t.stop = make(chan struct{})
	t.tasks.After(tipDelay, t.stop, func() { t.show(o, text) })
}

func (t *tips) show(o fyne.CanvasObject, text string) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(o)
	if c == nil || !o.Visible() {
		return
	}
	t.label.SetText(text)
	size := t.box.MinSize()
	at := driver.AbsolutePositionForObject(o)
	room := c.Size()
	pos := fyne.NewPos(at.X, at.Y+o.Size().Height+look.Half)
	if o.Size().Width < look.RailWide+1 && at.X < look.RailWide {
		// Beside the rail rather than over its next entry.
		pos = fyne.NewPos(at.X+o.Size().Width+look.Half, at.Y+(o.Size().Height-size.Height)/2)
	}
	if pos.Y+size.Height > room.Height {
		pos.Y = at.Y - size.Height - look.Half
	}
	pos.X = max(look.Half, min(pos.X, room.Width-size.Width-look.Half))
	t.box.Resize(size)
	t.box.Move(pos.Subtract(driver.AbsolutePositionForObject(t.layer)))
	t.box.Show()
	t.layer.Refresh() // a box never drawn before cannot ask for it itself
}

func (t *tips) hide() {
	if t.stop != nil {
		close(t.stop)
		t.stop = nil
	}
	if t.box.Visible() {
		t.box.Hide()
	}
}

// hoverShield lies over a widget that answers the pointer itself, passes that
// on and shows a tooltip besides.
type hoverShield struct {
	widget.BaseWidget
	target fyne.CanvasObject
	tips   *tips
	text   string
}

// tipped gives o a tooltip.
func (t *tips) tipped(o fyne.CanvasObject, text string) fyne.CanvasObject {
	h := &hoverShield{target: o, tips: t, text: text}
	h.ExtendBaseWidget(h)
	return container.NewStack(o, h)
}

func (h *hoverShield) MouseIn(e *desktop.MouseEvent) {
	if t, ok := h.target.(desktop.Hoverable); ok {
		t.MouseIn(e)
	}
	h.tips.soon(h.target, h.text)
}

func (h *hoverShield) MouseMoved(e *desktop.MouseEvent) {
	if t, ok := h.target.(desktop.Hoverable); ok {
		t.MouseMoved(e)
	}
}

func (h *hoverShield) MouseOut() {
	if t, ok := h.target.(desktop.Hoverable); ok {
		t.MouseOut()
	}
	h.tips.hide()
}

func (h *hoverShield) Cursor() desktop.Cursor {
	if t, ok := h.target.(desktop.Cursorable); ok {
		return t.Cursor()
	}
	return desktop.DefaultCursor
}

func (h *hoverShield) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
