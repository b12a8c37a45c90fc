package data

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// pollEvery finds commits on drives that send no events.
const pollEvery = time.Second

// The event of a write to the log comes before the commit is visible: between
// the two lies the flush to the drive, a millisecond or a hundred. So after an
// event the watcher looks again and again, ever more slowly, for lookFor; a look
// costs ten microseconds. It goes on after a commit was seen: the event of the
// next may have come already.
const lookFor = 300 * time.Millisecond

// lookAgain is the pause before the next look, since is the time since the last
// event.
func lookAgain(since time.Duration) time.Duration {
	return min(max(since/8, 200*time.Microsecond), 10*time.Millisecond)
}

// Watch sends on the channel after each commit to the ledger, by this process
// or another, until ctx is done; then it closes the channel. Commits in quick
// succession may be one event. It also sends when the ledger's file goes (its
// drive was pulled, it was replaced) and when it is back: reading then says
// which.
func (s *Store) Watch(ctx context.Context) (<-chan struct{}, error) {
	db, err := sql.Open(driverName, dsn(s.path, s.readMode(), url.Values{"_query_only": {"1"}}))
	if err != nil {
		return nil, s.fault(err)
	}
	db.SetMaxOpenConns(1) // data_version is told apart by connection
	w := &watcher{s: s, db: db, there: true, changed: make(chan struct{}, 1)}
	if w.version, err = w.dataVersion(ctx); err != nil {
		db.Close()
		return nil, s.fault(err)
	}
	// Without events the poll alone: slower, still right.
	if events, err := fsnotify.NewWatcher(); err == nil {
		w.events = events
		w.follow()
	}
	go w.run(ctx)
	return w.changed, nil
}

type watcher struct {
	s       *Store
	db      *sql.DB
	version int64
	there   bool              // the path still names the file that is open
	events  *fsnotify.Watcher // nil where there are none
	changed chan struct{}
}

// follow asks for events of the ledger's folder. A folder whose drive was pulled
// has lost its watch, so it is asked for again when the drive is back.
func (w *watcher) follow() {
	if w.events != nil {
		folder := filepath.Dir(w.s.path)
		_ = w.events.Remove(folder)
		_ = w.events.Add(folder)
	}
}

func (w *watcher) dataVersion(ctx context.Context) (v int64, err error) {
	err = w.db.QueryRowContext(ctx, "PRAGMA data_version").Scan(&v)
	return v, err
}

func (w *watcher) run(ctx context.Context) {
	defer close(w.changed)
	defer w.db.Close()
	var names <-chan fsnotify.Event
	if w.events != nil {
		defer w.events.Close()
		names = w.events.Events
	}
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	again := time.NewTimer(0)
	defer again.Stop()
	var event time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-names:
			if !ok {
				names = nil
				continue
			}
			if w.concerns(e) {
				event = time.Now()
				again.Reset(lookAgain(0))
			}
		case <-again.C:
			w.look(ctx)
			if since := time.Since(event); since < lookFor {
				again.Reset(lookAgain(since))
			}
		case <-poll.C:
			w.reach()
			w.look(ctx)
		}
	}
}

// concerns reports whether an event may be a commit. That the file itself has
// come or gone is looked after at once.
func (w *watcher) concerns(e fsnotify.Event) bool {
	base, name := filepath.Base(w.s.path), filepath.Base(e.Name)
	if name == base && !e.Has(fsnotify.Write) {
		w.reach()
		return false
	}
	return strings.HasPrefix(name, base)
}

// look tells when the ledger has another version than at the last look.
func (w *watcher) look(ctx context.Context) {
	if v, err := w.dataVersion(ctx); err == nil && v != w.version {
		w.version = v
		w.tell()
	}
}

// reach tells when the file goes and when it is back.
func (w *watcher) reach() {
	there := w.s.reach() == nil
	if there == w.there {
		return
	}
	w.there = there
	if there {
		w.follow()
	}
	w.tell()
}

func (w *watcher) tell() {
	select {
	case w.changed <- struct{}{}:
	default: // one is waiting already
	}
}
