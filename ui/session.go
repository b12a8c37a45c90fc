// Package ui is the window: the only place with Fyne. Screens read one
// ledger.Figures, write through ledger.Book and know neither each other nor the
// store.
package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/settings"
)

// Session is what a screen may use of the running program.
type Session struct {
	Reader   ledger.Reader
	Book     *ledger.Book
	Travels  Travels // nil where nobody keeps any
	Settings *settings.Settings
	Services Services
	Tasks    *Runner
	Now      func() time.Time
	Handoff  Handoff // nil where bundles cannot be exchanged, as in some tests

	// Open shows a place with its rows filtered: what a click on a figure does.
	Open func(Opening)
	// Notify shows a short sentence at the foot of the window for a moment;
	// undo may be nil.
	Notify func(sentence string, undo func())
	// Refuse shows an error's sentence where the person looks, and logs it.
	Refuse func(err error)
	// Changed asks for fresh figures after a write of this window, so that the
	// screen moves without waiting for the watcher.
	Changed func()
	// Scope is the period and unit chosen at the top of the window.
	Scope func() ledger.Scope
	// Recorded keeps a record just written for Ctrl+Z.
	Recorded func(ids ...ledger.ID)
	// Window is where dialogs and the clipboard belong.
	Window fyne.Window
	// Figures are the newest figures; false before the first have come.
	Figures func() (ledger.Figures, bool)
	// Record shows the entry line and puts the keyboard there.
	Record func()
	// OpenReport asks for the file of a report and takes it to the intake page;
	// PasteReport takes what the clipboard holds there.
	OpenReport, PasteReport func()
	// Keys is for widgets that have the keyboard and no use for a key of their
	// own: F1, F5, Esc and the shortcuts with Ctrl and Alt. It reports whether
	// the window had a use for it. See forwardKey and forwardShortcut.
	Keys func(*fyne.KeyEvent) bool

	shell *Shell
	tips  *tips
}

// context is that of reads whose outcome is only shown.
func (s *Session) context() context.Context { return context.Background() }

// Services are the program's chores around the ledger, done by package main.
// Each may take long: call them through Runner.
type Services struct {
	LedgerPath string
	DataFolder string
	Version    string
	Backup     func(ctx context.Context, file string) error
	Backups    func() ([]BackupFile, error)
	Restore    func(ctx context.Context, file string) error
	ExportXLSX func(ctx context.Context, file string, table Sheet) error
	// Verify checks the whole ledger and says in a sentence what it went through.
	Verify func(ctx context.Context, progress func(done, total int64)) (string, error)
	// RenameDesk records a new name for this desk.
	RenameDesk func(ctx context.Context, name string) error
	// Changes gives a value after each commit to the ledger, by this or any other
	// process. Values may stand for several commits. nil: nobody watches.
	Changes <-chan struct{}
	// FixedClock says that the clock stands still, for demonstrations.
	FixedClock bool
	// Wall opens the meeting-room display, or brings it to the front; called on the UI
	// goroutine.
	Wall func()
	// Displays lists the displays of this PC; called on the UI goroutine.
	Displays func() []Display
	// Log keeps a technical error for whoever looks for it later; may be nil.
	Log func(err error)
}

// BackupFile is one automatic backup.
type BackupFile struct {
	Path  string
	At    time.Time
	Bytes int64
}

// Sheet is a table to be exported as shown: Rows yields rows until it returns
// nil. Cells are string, int64, float64, bool or time.Time.
type Sheet struct {
	Name    string
	Columns []string
	Rows    func(yield func(cells []any) error) error
}

// Place is one entry of the navigation rail.
type Place string

// The places that work.
const (
	PlaceOverview    Place = "overview"
	PlacePublicity   Place = "publicity"
	PlaceIsolation   Place = "isolation"
	PlaceSupervision Place = "supervision"
	PlaceHandoff     Place = "handoff"
	PlaceSettings    Place = "settings"
)

// Opening says what a place shows when it is opened from a figure. Zero fields
// mean everything.
type Opening struct {
	Place   Place
	Period  *ledger.Period
	Unit    ledger.ID
	Item    ledger.ID
	Channel ledger.Channel
	State   ledger.State
	Overdue bool
	Batch   *ledger.Row[ledger.Batch]
	Record  ledger.ID
}

// screen is one place's content. All methods are called on the UI goroutine.
type screen interface {
	// content is built once.
	content() fyneObject
	// update brings new figures; the screen reads its rows again if it shows any.
	update(ledger.Figures)
	// open filters what is shown.
	open(Opening)
	// focus puts the keyboard where work starts.
	focus()
}

// A screen may also be one of these. The window asks.
type (
	// searcher puts the keyboard into the screen's search field (Ctrl+F).
	searcher interface{ search() }
	// closer closes whatever the screen has opened over its rows (Esc); false
	// when there was nothing.
	closer interface{ closeOpened() bool }
	// loser hears that another place is shown now.
	loser interface{ hidden() }
)
