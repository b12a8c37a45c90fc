package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// How long a notice stays.
const (
	noticeTime  = 5 * time.Second
	refusalTime = 10 * time.Second
)

// notices shows one short sentence at the foot of the window. Its layer is never
// hidden, only empty: an object that was never drawn cannot ask to be.
type notices struct {
	tasks *Runner
	layer *fyne.Container
	stop  chan struct{}
}

func newNotices(tasks *Runner) *notices {
	return &notices{tasks: tasks, layer: container.New(footLayout{})}
}

// say shows what was done; undo, when not nil, takes it back.
func (n *notices) say(sentence string, undo func()) {
	var action fyne.CanvasObject
	if undo != nil {
		action = look.NewButton(words.T("shell.undo"), nil, look.Plain, func() { n.hide(); undo() })
	}
	n.show(look.ColourBlueTint, look.ColourAccent, look.Text(sentence, look.SizeBody, false, look.ColourText), action, noticeTime)
}

// refuse shows why something was not done.
func (n *notices) refuse(err error) {
	text := look.Text("× "+words.Sentence(err), look.SizeBody, true, look.ColourRedText)
	n.show(look.ColourRedTint, look.ColourRed, text, nil, refusalTime)
}

func (n *notices) show(fill, line fyne.ThemeColorName, text *look.Label, action fyne.CanvasObject, stay time.Duration) {
	n.hide()
	parts := []fyne.CanvasObject{text.Truncated()}
	if action != nil {
		parts = append(parts, action)
	}
	parts = append(parts, look.NewIconButton(theme.CancelIcon(), words.T("shell.dismiss"), n.hide))
	row := container.New(noticeRow{}, parts...)
	pad := container.New(layout.NewCustomPaddedLayout(look.Half, look.Half, look.Gap, look.Unit), row)
	n.layer.Objects = []fyne.CanvasObject{container.NewStack(look.NewSurface(fill, line, look.Radius), pad)}
	n.layer.Refresh()
	n.stop = make(chan struct{})
	n.tasks.After(stay, n.stop, n.hide)
}

func (n *notices) hide() {
	if n.stop != nil {
		close(n.stop)
		n.stop = nil
	}
	if n.shown() {
		n.layer.Objects = nil
		n.layer.Refresh()
	}
}

func (n *notices) shown() bool { return len(n.layer.Objects) > 0 }

// noticeRow gives its first object the width of its whole text where there is
// room, and the others what they need.
type noticeRow struct{}

func (noticeRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, look.RowHigh)
	for i, o := range objects {
		width := o.MinSize().Width
		if l, ok := o.(*look.Label); ok && i == 0 {
			width = fyne.MeasureText(l.Text(), look.SizeBody, fyne.TextStyle{Bold: true}).Width + look.Gap
		}
		size.Width += width
	}
	return size
}

func (noticeRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rest := size.Width
	for _, o := range objects[1:] {
		rest -= o.MinSize().Width
	}
	x := float32(0)
	for i, o := range objects {
		width := o.MinSize().Width
		if i == 0 {
			width = rest
		}
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(x, 0))
		x += width
	}
}

// footLayout centres its objects at the foot, at most as wide as there is room.
type footLayout struct{}

func (footLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (footLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		least := o.MinSize()
		least.Width = min(least.Width, size.Width-2*look.Gap)
		o.Resize(least)
		o.Move(fyne.NewPos((size.Width-least.Width)/2, size.Height-least.Height-look.Gap))
	}
}
