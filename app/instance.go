package main

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"

	"taizhang/app/ledger"
)

// instance is the right to be the only window on a ledger. A second start
// cannot have it; it writes the raise file, which the first one watches. Files
// rather than a socket, because they work the same on every system.
type instance struct {
	lock  *flock.Flock
	raise string
	watch *fsnotify.Watcher
}

// claimInstance claims the window on a ledger. When another process has it, it
// is asked to come to the front and first is false.
func claimInstance(home, path string) (only *instance, first bool, err error) {
	folder := filepath.Join(home, "run")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, false, instanceError(folder, err)
	}
	sum := sha256.Sum256([]byte(path))
	base := filepath.Join(folder, "window-"+hex.EncodeToString(sum[:6]))
	i := &instance{lock: flock.New(base + ".lock"), raise: base + ".raise"}
	got, err := i.lock.TryLock()
	if err != nil {
		return nil, false, instanceError(folder, err)
	}
	if !got {
		return nil, false, instanceError(folder, os.WriteFile(i.raise, []byte(time.Now().Format(time.RFC3339Nano)), 0o600))
	}
	return i, true, nil
}

func instanceError(folder string, err error) error {
	if err == nil {
		return nil
	}
	return ledger.Refuse(ledger.CodeFileWrite, "path", folder, "detail", err.Error()).Because(err)
}

// onRaise calls f, on a goroutine of its own, whenever a second start asks for
// this window. Without file events the second start just ends.
func (i *instance) onRaise(f func()) {
	watch, err := fsnotify.NewWatcher()
	if err != nil {
		return
	}
	if err := watch.Add(filepath.Dir(i.raise)); err != nil {
		watch.Close()
		return
	}
	i.watch = watch
	go func() {
		for e := range watch.Events {
			if e.Name == i.raise && e.Has(fsnotify.Write) {
				f()
			}
		}
	}()
}

// release gives the right up.
func (i *instance) release() {
	if i.watch != nil {
		i.watch.Close()
	}
	os.Remove(i.raise)
	i.lock.Unlock()
}
