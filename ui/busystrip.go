package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// busyAfter is how long work may take before it is shown.
const busyAfter = 300 * time.Millisecond

// busyStrip says, over what it stands on, that work is going on, and lets it be
// cancelled. Short work never shows it. It counts seconds rather than moving a
// bar: without a graphics card an animation would take the time from the work.
type busyStrip struct {
	tasks  *Runner
	box    *fyne.Container
	ground *fyne.Container // shown always, with the box in it: what was never shown has no canvas that would draw it
	label  *look.Label
	text   string // what is being done
	detail string // how far it is, once known
	second int
	stop   chan struct{} // nil while there is no work
}

func newBusyStrip(tasks *Runner, text string, cancel func()) *busyStrip {
	b := &busyStrip{tasks: tasks, label: look.Body(text), text: text}
	row := inRow(look.Gap, b.label, look.NewButton(words.T("publicity.cancel"), nil, look.Secondary, cancel))
	card := container.NewStack(look.NewSurface(look.ColourBlueTint, look.ColourLine, look.Radius),
		look.Inset(row, look.Unit))
	b.box = container.NewCenter(card)
	b.box.Hide()
	b.ground = container.NewStack(b.box)
	return b
}

func (b *busyStrip) content() fyneObject { return b.ground }

// begin shows the strip soon, unless end is called first.
func (b *busyStrip) begin() {
	if b.stop != nil {
		return
	}
	b.stop, b.detail, b.second = make(chan struct{}), "", 0
	b.tasks.After(busyAfter, b.stop, func() {
		if b.stop != nil {
			b.box.Show()
			b.show()
			b.tick()
		}
	})
}

// tick counts the seconds while the work lasts.
func (b *busyStrip) tick() {
	b.tasks.After(time.Second, b.stop, func() {
		if b.stop != nil {
			b.second++
			b.show()
			b.tick()
		}
	})
}

func (b *busyStrip) show() {
	text := b.text
	if b.detail != "" {
		text = b.detail
	}
	if b.second > 0 {
		text = words.T("publicity.seconds", "text", text, "n", b.second)
	}
	b.label.SetText(text)
	b.ground.Refresh()
}

// say tells how far the work is.
func (b *busyStrip) say(detail string) { b.detail = detail }

func (b *busyStrip) end() {
	if b.stop == nil {
		return
	}
	close(b.stop)
	b.stop = nil
	b.box.Hide()
	b.ground.Refresh()
}
