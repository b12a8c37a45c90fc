package ui

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// tick is a box to be ticked, with its words beside it. Space and Enter tick it.
type tick struct {
	pressable
	on       bool
	sign     *canvas.Image
	onChange func(on bool)
}

func newTick(text string, on bool, onChange func(on bool)) *tick {
	t := &tick{on: on, onChange: onChange, sign: canvas.NewImageFromResource(theme.CheckButtonIcon())}
	t.sign.FillMode = canvas.ImageFillContain
	t.sign.SetMinSize(fyne.NewSquareSize(20))
	words := newParagraph(text, look.SizeBody, look.ColourText)
	row := container.NewBorder(nil, nil, container.NewVBox(t.sign), nil, container.New(insets{look.Unit, 0, 0, 0}, words))
	t.pressable = *newPressable(container.New(insets{6, 6, 6, 4}, row), look.ColourSurface, look.ColourHover, "", 6, func() { t.set(!t.on) })
	t.BaseWidget = widget.BaseWidget{}
	t.ExtendBaseWidget(t)
	t.showSign()
	return t
}

// TypedKey ticks on Enter and passes on the rest.
func (t *tick) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		t.press()
	case t.onKey == nil || !t.onKey(k):
		forwardKey(t, k)
	}
}

// TypedRune ticks on a space and passes on the rest.
func (t *tick) TypedRune(r rune) {
	if r == ' ' {
		t.press()
	} else {
		look.PassRune(t, r)
	}
}

// set ticks the box or not, and says so.
func (t *tick) set(on bool) {
	if on == t.on {
		return
	}
	t.on = on
	t.showSign()
	if t.onChange != nil {
		t.onChange(on)
	}
}

// showSign draws the box as it is.
func (t *tick) showSign() {
	icon, colour := theme.CheckButtonIcon(), look.ColourQuiet
	if t.on {
		icon, colour = theme.CheckButtonCheckedIcon(), look.ColourAccent
	}
	t.sign.Resource = theme.NewColoredResource(icon, colour)
	t.sign.Refresh()
}

// fingerprintSize is large enough to be read out over the telephone.
const fingerprintSize float32 = 28

// bigFingerprint is a fingerprint as two people read it out to each other.
func bigFingerprint(text string, size float32) fyneObject {
	plate := look.NewSurface(look.ColourInset, look.ColourLine, look.Radius)
	label := look.Text(text, size, true, look.ColourText).Aligned(fyne.TextAlignCenter)
	return container.NewStack(plate, container.New(insets{look.Gap, look.Unit, look.Gap, look.Unit}, label))
}

// tinted puts content on the ground of a state, with a thin edge.
func tinted(state look.State, content fyneObject) fyneObject {
	return container.NewStack(look.NewSurface(state.Tint(), state.Fill(), look.Radius),
		container.New(insets{look.Gap, 12, look.Gap, 12}, content))
}

// said is a sentence on the ground of its state, with its sign.
func said(state look.State, sentence string) fyneObject {
	text := newParagraph(state.Sign()+" "+sentence, look.SizeBody, look.ColourText)
	return tinted(state, newColumn(200, 0, text))
}

// refusedBox says why something was not done.
func refusedBox(err error) fyneObject {
	text := newParagraph(look.Bad.Sign()+" "+words.Sentence(err), look.SizeBody, look.ColourRedText)
	text.bold = true
	return tinted(look.Bad, newColumn(200, 0, text))
}

// deskName is a desk with its unit: 临江街道 · 值班台.
func deskTitle(c *handoff.Card) string {
	if c.Unit == "" {
		return c.Name
	}
	return c.Unit + " · " + c.Name
}

// carriedDays is which days a bundle's entries are of.
func carriedDays(first, last ledger.Day) string {
	switch {
	case first < 0:
		return words.T("handoffui.nodays")
	case first == last:
		return first.String()
	}
	return words.T("handoffui.days", "first", first, "last", last)
}

// minute writes a moment as people note it.
func minute(t time.Time) string { return t.Format("2006-01-02 15:04") }

// handoffWork is one piece of long work with its bar: what is being done, how far
// it is, and a way to stop it. Only one runs at a time.
type handoffWork struct {
	s      *Session
	base   context.Context
	box    *fyne.Container
	label  *look.Label
	bar    *widget.ProgressBar
	stop   *keyButton
	cancel context.CancelFunc // nil while nothing runs
	after  func()             // called once when the work under way has ended; may be nil
}

func newHandoffWork(s *Session, base context.Context) *handoffWork {
	w := &handoffWork{s: s, base: base, label: look.Body(""), bar: widget.NewProgressBar()}
	w.stop = newKeyButton(words.T("handoffui.stop"), look.Secondary, w.abort)
	row := container.NewBorder(nil, nil, w.label, w.stop, container.New(insets{look.Gap, 0, look.Gap, 0}, container.NewVBox(w.bar)))
	w.box = container.NewStack(row)
	w.box.Hide()
	return w
}

func (w *handoffWork) busy() bool { return w.cancel != nil }

// abort asks the work to stop; it says so itself once it has.
func (w *handoffWork) abort() {
	if w.cancel != nil {
		w.cancel()
		w.label.SetText(words.T("handoffui.stopping"))
	}
}

// run does work aside. done gets its error; one of stopped work is errStopped.
func (w *handoffWork) run(text string, work func(ctx context.Context, progress func(done, total int64)) error, done func(error)) {
	if w.busy() {
		return
	}
	ctx, cancel := context.WithCancel(w.base)
	w.cancel = cancel
	w.label.SetText(text)
	w.bar.SetValue(0)
	w.box.Show()
	relayout(w.box)
	var last time.Time
	progress := func(n, total int64) {
		if total > 0 && time.Since(last) > 50*time.Millisecond {
			last = time.Now()
			w.s.Tasks.UI(func() { w.bar.SetValue(float64(n) / float64(total)) })
		}
	}
	var err error
	w.s.Tasks.Do(func() { err = work(ctx, progress) }, func() {
		if err != nil && (ctx.Err() != nil || errors.Is(err, context.Canceled)) {
			err = errStopped
		}
		cancel()
		w.cancel = nil
		w.box.Hide()
		done(err)
		if after := w.after; after != nil {
			w.after = nil
			after()
		}
	})
}

// errStopped is that a person stopped the work.
var errStopped = errors.New("stopped by the person")
