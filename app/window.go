package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/sample"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/assets"
	"taizhang/data"
	"taizhang/ui"
	"taizhang/ui/ime"
)

// windowPlace says which ledger the window shows and where its things live.
type windowPlace struct {
	Ledger  string // file of the ledger, absolute
	Home    string // folder of keys, settings, backups and log
	Version string
	Now     func() time.Time
	Fixed   bool    // Now stands still: TAIZHANG_NOW names a moment
	Pace    float64 // how many times as fast as the PC's clock Now runs
}

// window is the running window program.
type window struct {
	place    windowPlace
	app      fyne.App
	shell    *ui.Shell
	tasks    *ui.Runner
	settings *settings.Settings
	log      *logFile
	only     *instance
	wall     *ui.Wall // nil while it is not shown; of the UI goroutine

	// A restore replaces open aside while the person may close the window.
	mu     sync.Mutex // guards open and closed
	open   *openLedger
	closed bool
}

// openLedger is a store with what follows it.
type openLedger struct {
	store *data.Store
	stop  context.CancelFunc
}

func (o *openLedger) close() error {
	if o == nil {
		return nil
	}
	o.stop()
	return o.store.Close()
}

// showWindow shows the window until it is closed and returns the exit status.
// A window that is already open on the same ledger is raised instead.
func showWindow(place windowPlace, stderr io.Writer) int {
	if err := os.MkdirAll(place.Home, 0o700); err != nil {
		fmt.Fprintln(stderr, words.Sentence(ledger.Refuse(ledger.CodeFileWrite, "path", place.Home, "detail", err.Error())))
		return 1
	}
	w := &window{place: place, tasks: &ui.Runner{}, settings: settings.Load(filepath.Join(place.Home, "settings.json"))}
	only, first, err := claimInstance(place.Home, place.Ledger)
	if err != nil {
		fmt.Fprintln(stderr, words.Sentence(err))
		return 1
	}
	if !first {
		return 0
	}
	defer only.release()
	w.only, w.log = only, openLog(place.Home, stderr)
	defer w.log.close()
	w.run()
	return 0
}

func (w *window) run() {
	ime.Install()
	w.app = fyneapp.NewWithID("taizhang")
	w.app.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	w.shell = ui.NewShell(w.app, w.settings, w.tasks, w.place.Now)
	w.shell.OnClose(w.close)
	w.only.onRaise(func() { fyne.Do(w.shell.Raise) })
	w.app.Lifecycle().SetOnStarted(func() { tracePauses(os.Stderr) })
	w.begin()
	w.shell.Window().ShowAndRun()
	w.tasks.Close()
	if w.wall != nil {
		w.wall.Stop()
	}
}

// showWall opens the wall beside the window, or brings it to the front.
func (w *window) showWall() {
	if w.wall != nil {
		w.wall.Raise()
		return
	}
	w.wall = ui.NewWall(w.app, w.tasks, w.settings, w.place.wallPlace(w.log.keep))
	w.wall.OnClose(func() { w.wall = nil })
	w.wall.Show()
}

// close closes the ledger with the window, and the wall. It waits for a restore to finish,
// which would otherwise be cut off between two files.
func (w *window) close() {
	if w.wall != nil {
		w.wall.Close()
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.log.keep(w.open.close())
	w.open = nil
}

func (w *window) isClosed() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed
}

// begin shows the ledger, the first start, or what is wrong.
func (w *window) begin() {
	if _, err := os.Lstat(w.place.Ledger); os.IsNotExist(err) {
		w.shell.ShowFirstStart(w.firstStart())
		return
	}
	s, err := w.openSession(context.Background())
	if err != nil {
		w.trouble(err)
		return
	}
	w.shell.ShowLedger(s)
}

func (w *window) options() data.Options {
	return data.Options{Home: w.place.Home, Now: w.place.Now}
}

func (w *window) trouble(err error) {
	w.log.keep(err)
	t := ui.Trouble{Err: err, Path: w.place.Ledger, Retry: w.openSession}
	if backup, ok := data.NewestGoodBackup(context.Background(), w.place.Ledger, w.options()); ok && offersBackup(err) {
		t.Backup = &ui.BackupFile{Path: backup.Path, At: backup.At, Bytes: backup.Bytes}
		t.Restore = func(ctx context.Context) (*ui.Session, error) {
			if err := data.Restore(ctx, w.place.Ledger, backup.Path, w.options()); err != nil {
				return nil, err
			}
			return w.openSession(ctx)
		}
	}
	w.shell.ShowTrouble(t)
}

// offersBackup reports whether a backup helps against err. It must not be
// offered against a newer version or a drive that was taken out.
func offersBackup(err error) bool {
	switch ledger.CodeOf(err) {
	case ledger.CodeLedgerDamaged, ledger.CodeLedgerNotOne, ledger.CodeLedgerMissing:
		return true
	}
	return false
}

func (w *window) firstStart() ui.FirstStart {
	return ui.FirstStart{Path: w.place.Ledger, Create: func(ctx context.Context, a ui.FirstAnswers) (*ui.Session, error) {
		make := w.createEmpty
		if a.Sample {
			make = w.createSample
		}
		if err := make(ctx, a); err != nil {
			return nil, err
		}
		return w.openSession(ctx)
	}}
}

func (w *window) createEmpty(ctx context.Context, a ui.FirstAnswers) error {
	s, err := data.Create(ctx, w.place.Ledger, w.options(), officeOf(a))
	if err != nil {
		return err
	}
	return s.Close()
}

// officeOf is the new ledger's owner as the person wrote it: a district, or a unit
// after its district.
func officeOf(a ui.FirstAnswers) data.Office {
	district, unit := ledger.SplitUnits(a.Office)
	return data.Office{District: district, Unit: unit, Desk: a.Desk, Initials: pinyin.Initials}
}

// createSample writes the sample under its own clock; district and desk keep the
// names that the person gave them. A district left at its default gets the name
// of the sample's.
func (w *window) createSample(ctx context.Context, a ui.FirstAnswers) error {
	now := w.place.Now()
	clock := sample.NewClock(now)
	if a.Office == words.T("shell.first.office.default") {
		a.Office = sample.District
	}
	s, err := data.Create(ctx, w.place.Ledger, data.Options{Home: w.place.Home, Now: clock.Now}, officeOf(a))
	if err != nil {
		return err
	}
	if err := sample.Write(ctx, s, clock, now); err != nil {
		s.Close()
		return err
	}
	return s.Close()
}

// openSession opens the ledger and makes the session of the window's screens.
// It closes the one that was open before.
func (w *window) openSession(ctx context.Context) (*ui.Session, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.replaceSession(ctx)
}

// replaceSession is openSession for who holds the lock.
func (w *window) replaceSession(ctx context.Context) (*ui.Session, error) {
	if w.closed {
		return nil, context.Canceled
	}
	store, err := data.Open(ctx, w.place.Ledger, w.options())
	if err != nil {
		return nil, err
	}
	watching, stop := context.WithCancel(context.Background())
	changes, err := store.Watch(watching)
	if err != nil {
		stop()
		store.Close()
		return nil, err
	}
	w.log.keep(w.open.close())
	w.open = &openLedger{store: store, stop: stop}
	w.backUp(watching, store)
	return w.session(store, changes), nil
}

// backUp makes the day's backup aside. It looks at the whole ledger first, which
// is how damage deep in a large one is found.
func (w *window) backUp(ctx context.Context, store *data.Store) {
	var err error
	w.tasks.Do(func() { _, err = store.AutoBackup(ctx) }, func() {
		switch {
		case ctx.Err() != nil: // another ledger is open by now
		case ledger.CodeOf(err) == ledger.CodeLedgerDamaged:
			w.trouble(err)
		default:
			w.log.keep(err)
		}
	})
}

func (w *window) session(store *data.Store, changes <-chan struct{}) *ui.Session {
	return &ui.Session{
		Reader:  traced(store, os.Stderr),
		Book:    ledger.NewBook(store, func() string { return w.author(store) }),
		Travels: store,
		Handoff: windowHandoff{Store: store,
			Exchange: &handoff.Exchange{Ledger: store, Home: w.place.Home, Now: w.place.Now}},
		Services: ui.Services{
			LedgerPath: store.Path(), DataFolder: w.place.Home, Version: w.place.Version,
			Changes: changes, FixedClock: w.place.Fixed, Log: w.log.keep,
			Backup:     store.Backup,
			Backups:    w.backups,
			Restore:    w.restore,
			ExportXLSX: exportXLSX,
			Wall:       w.showWall,
			Displays:   displays,
			Verify: func(ctx context.Context, progress func(done, total int64)) (string, error) {
				return verify(ctx, store, progress)
			},
			RenameDesk: func(ctx context.Context, name string) error { return renameDesk(ctx, store, w.author(store), name) },
		},
	}
}

// author is who writes: the name set on this PC, or the desk's.
func (w *window) author(store *data.Store) string {
	if name := w.settings.Get().Author; name != "" {
		return name
	}
	desk, _ := ownDesk(context.Background(), store)
	return desk.Desk.Name
}

func ownDesk(ctx context.Context, store *data.Store) (ledger.DeskInfo, error) {
	desks, err := store.Desks(ctx)
	for _, d := range desks {
		if d.Own {
			return d, nil
		}
	}
	return ledger.DeskInfo{}, err
}

// renameDesk corrects the desk's own record, the first of its chain.
func renameDesk(ctx context.Context, store *data.Store, author, name string) error {
	own, err := ownDesk(ctx, store)
	if err != nil {
		return err
	}
	next := own.Desk
	next.Name = name
	book := ledger.NewBook(store, func() string { return author })
	return book.Correct(ctx, ledger.MakeID(own.Number, 1), &next, words.T("settings.rename.reason"))
}

func (w *window) backups() ([]ui.BackupFile, error) {
	list, err := data.Backups(w.place.Home, w.place.Ledger)
	files := make([]ui.BackupFile, 0, len(list))
	for _, b := range list {
		files = append(files, ui.BackupFile(b))
	}
	return files, err
}

// restore replaces the ledger by a backup and shows it. Called aside.
func (w *window) restore(ctx context.Context, file string) error {
	s, opened, restored := w.replaceLedger(ctx, file)
	if w.isClosed() {
		return restored
	}
	fyne.DoAndWait(func() {
		switch {
		case w.isClosed():
		case opened != nil:
			w.trouble(opened)
		default:
			w.shell.ShowLedger(s)
		}
	})
	return restored
}

// replaceLedger closes the ledger, puts the backup in its place and opens what
// is there then: after a failed restore the ledger of before.
func (w *window) replaceLedger(ctx context.Context, file string) (s *ui.Session, opened, restored error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil, context.Canceled, context.Canceled
	}
	w.log.keep(w.open.close())
	w.open = nil
	restored = data.Restore(ctx, w.place.Ledger, file, w.options())
	s, opened = w.replaceSession(ctx)
	return s, opened, restored
}

func verify(ctx context.Context, store *data.Store, progress func(done, total int64)) (string, error) {
	r, err := store.Verify(ctx, progress)
	if err != nil {
		return "", err
	}
	return words.T("settings.check.fine", "revisions", r.Revisions, "records", r.Records, "entries", r.Entries, "rollups", r.Rollups), nil
}
