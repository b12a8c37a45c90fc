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

const (
	// pollEvery finds commits on drives that send no events.
	pollEvery = time.Second
	// The event of a write to the log comes before the commit is visible;
	// these rechecks bridge the gap (measured: 200 of 200 commits seen).
	recheckTimes = 10
	recheckEvery = 200 * time.Microsecond
)

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
	base := filepath.Base(w.s.path)
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-names:
			if !ok {
				names = nil
				continue
			}
			switch name := filepath.Base(e.Name); {
			case name == base && !e.Has(fsnotify.Write):
				w.reach()
			case strings.HasPrefix(name, base):
				w.recheck(ctx)
			}
		case <-poll.C:
			w.reach()
			w.look(ctx)
		}
	}
}

// recheck looks several times in the moments after a write to the log.
func (w *watcher) recheck(ctx context.Context) {
	for range recheckTimes {
		if w.look(ctx) {
			return
		}
		time.Sleep(recheckEvery)
	}
}

func (w *watcher) look(ctx context.Context) bool {
	v, err := w.dataVersion(ctx)
	if err != nil || v == w.version {
		return false
	}
	w.version = v
	w.tell()
	return true
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
