package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// The window's first size, in Fyne's units.
const (
	firstWidth  float32 = 1280
	firstHeight float32 = 760
)

// Shell is the program's window. It shows the first start, a ledger or what is
// wrong with one, and holds what all screens share. All methods are called on
// the UI goroutine.
type Shell struct {
	app      fyne.App
	win      fyne.Window
	settings *settings.Settings
	now      func() time.Time
	tasks    *Runner

	onClose func()
	tips    *tips
	notices *notices
	root    *fyne.Container // what the layers lie over

	desk *desk // nil until a ledger is open
}

// NewShell makes the window, not yet shown, in the language that package words
// has. now is the program's clock, tasks runs its goroutines.
func NewShell(a fyne.App, s *settings.Settings, tasks *Runner, now func() time.Time) *Shell {
	sh := &Shell{app: a, settings: s, now: now, tasks: tasks}
	values := s.Get()
	sh.useTheme(values.Theme)
	sh.win = a.NewWindow(words.T("shell.title"))
	sh.win.SetPadded(false)
	sh.win.SetMaster()
	sh.win.SetCloseIntercept(sh.close)
	sh.tips, sh.notices = newTips(tasks), newNotices(tasks)
	sh.root = container.NewStack()
	// No ground below: Fyne clears the window with the theme's background, which is
	// look.ColourGround, and a second filling costs software drawing 15 ms a frame.
	sh.win.SetContent(container.NewStack(sh.root, sh.notices.layer, sh.tips.layer))
	sh.win.Resize(windowSize(values))
	return sh
}

func windowSize(v settings.Values) fyne.Size {
	if v.Width < 640 || v.Height < 400 {
		return fyne.NewSize(firstWidth, firstHeight)
	}
	return fyne.NewSize(v.Width, v.Height)
}

// Window is the Fyne window.
func (sh *Shell) Window() fyne.Window { return sh.win }

// OnClose sets what happens when the person closes the window, after the
// settings were saved.
func (sh *Shell) OnClose(f func()) { sh.onClose = f }

// Raise brings the window to the front, for a second start on the same ledger.
func (sh *Shell) Raise() {
	sh.win.Show()
	sh.win.RequestFocus()
}

// ShowLedger shows an open ledger. It fills in what the session's screens call.
func (sh *Shell) ShowLedger(s *Session) {
	if sh.desk != nil {
		sh.desk.stop()
	}
	sh.desk = newDesk(sh, s)
	sh.desk.start()
}

// Refuse shows an error's sentence.
func (sh *Shell) Refuse(err error) { sh.notices.refuse(err) }

// put shows content under the layers.
func (sh *Shell) put(content fyne.CanvasObject) {
	sh.root.Objects = []fyne.CanvasObject{content}
	sh.root.Refresh()
}

func (sh *Shell) close() {
	if sh.desk != nil && sh.desk.handoffWork() != nil {
		sh.desk.askToLeave()
		return
	}
	size := sh.win.Canvas().Size()
	if !sh.win.FullScreen() {
		sh.change(func(v *settings.Values) { v.Width, v.Height = size.Width, size.Height })
	}
	if sh.desk != nil {
		sh.desk.stop()
	}
	if sh.onClose != nil {
		sh.onClose()
	}
	sh.win.Close()
}

// change saves a setting. A setting that cannot be saved is no reason to stop
// anybody's work: it holds until the window closes.
func (sh *Shell) change(f func(*settings.Values)) {
	if err := sh.settings.Change(f); err != nil && sh.desk != nil && sh.desk.session.Services.Log != nil {
		sh.desk.session.Services.Log(err)
	}
}

// setLanguage changes the language of everything at once.
func (sh *Shell) setLanguage(tag string) {
	sh.change(func(v *settings.Values) { v.Language = tag })
	if l, ok := words.Parse(tag); ok {
		words.Use(l)
	}
	sh.win.SetTitle(words.T("shell.title"))
	if sh.desk != nil {
		sh.desk.rebuild()
	}
}

// setTheme changes between light, dark and "" for the system's.
func (sh *Shell) setTheme(name string) {
	sh.change(func(v *settings.Values) { v.Theme = name })
	sh.useTheme(name)
}

func (sh *Shell) useTheme(name string) {
	sh.app.Settings().SetTheme(look.New(variantFor(name)))
}

func variantFor(name string) look.Variant {
	switch name {
	case "light":
		return look.Light
	case "dark":
		return look.Dark
	}
	if systemTheme() {
		return look.FollowSystem
	}
	return look.Light
}

// scopeKind is the kind of period last chosen; the month before anybody chose one.
func scopeKind(v settings.Values) ledger.PeriodKind {
	kind := ledger.PeriodKind(v.Period - 1)
	if v.Period < 1 || kind > ledger.PeriodAll || kind == ledger.PeriodCustom {
		return ledger.PeriodMonth
	}
	return kind
}
