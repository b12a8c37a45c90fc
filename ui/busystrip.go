package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// busyAfter is how long work may take before it is shown.
const busyAfter = 300 * time.Millisecond

// busyStrip says, over what it stands on, that work is going on, and lets it be
// cancelled. Short work never shows it.
type busyStrip struct {
	tasks *Runner
	box   *fyne.Container
	bar   *widget.ProgressBarInfinite
	label *look.Label
	text  string // while nothing better is known
	stop  chan struct{}
}

func newBusyStrip(tasks *Runner, text string, cancel func()) *busyStrip {
	b := &busyStrip{tasks: tasks, label: look.Body(text), text: text, bar: widget.NewProgressBarInfinite()}
	b.bar.Stop()
	row := inRow(look.Gap, b.label, container.New(&wideLayout{160}, fixedHeight(look.Unit, b.bar)),
		look.NewButton(words.T("publicity.cancel"), nil, look.Secondary, cancel))
	card := container.NewStack(look.NewSurface(look.ColourBlueTint, look.ColourLine, look.Radius), look.Inset(row, look.Unit))
	b.box = container.NewCenter(card)
	b.box.Hide()
	return b
}

func (b *busyStrip) content() fyneObject { return b.box }

// begin shows the strip soon, unless end is called first.
func (b *busyStrip) begin() {
	if b.stop != nil {
		return
	}
	b.stop = make(chan struct{})
	b.tasks.After(busyAfter, b.stop, func() {
		if b.stop != nil {
			b.box.Show()
			b.bar.Start()
		}
	})
}

func (b *busyStrip) end() {
	if b.stop == nil {
		return
	}
	close(b.stop)
	b.stop = nil
	b.bar.Stop()
	b.label.SetText(b.text)
	b.box.Hide()
}

// say tells how far the work is.
func (b *busyStrip) say(text string) {
	if b.stop != nil {
		b.label.SetText(text)
		b.box.Refresh()
	}
}
