package data_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// TestReadOnlyBesideWriters opens a ledger as the wall does: before there is a writer,
// while there is one, after it has gone, and after a backup took the file's place.
func TestReadOnlyBesideWriters(t *testing.T) {
	d := newDesk(t)
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	o := d.options()
	o.ReadOnly = true
	wall, err := data.Open(t.Context(), d.path, o)
	if err != nil {
		t.Fatalf("a ledger that nobody writes: %v", err)
	}
	defer wall.Close()
	sum := func(s *data.Store) (n int64) {
		t.Helper()
		fig, err := s.Figures(t.Context(), ledger.Scope{Kind: ledger.PeriodToday, Period: ledger.Today(d.today())})
		if err != nil {
			t.Fatal(err)
		}
		return fig.Publicity.Entries
	}
	if n := sum(wall); n != 0 {
		t.Errorf("%d entries in a new ledger", n)
	}
	changes, err := wall.Watch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	writer, err := data.Open(t.Context(), d.path, d.options())
	if err != nil {
		t.Fatal(err)
	}
	d.use(writer)
	d.record(d.entry("宣传单", "3", 0))
	waitFor(t, changes)
	if n := sum(wall); n != 1 {
		t.Errorf("%d entries beside a writer, want 1", n)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := writer.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	d.record(d.entry("宣传单", "4", 0))
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if n := sum(wall); n != 2 {
		t.Errorf("%d entries after the writer has gone, want 2", n)
	}
	if err := data.Restore(t.Context(), d.path, backup, d.options()); err != nil {
		t.Fatal(err)
	}
	if n := sum(wall); n != 1 {
		t.Errorf("%d entries after the restore, want 1", n)
	}
	// By hand, with a file manager: another file of the same name.
	if err := os.Rename(backup, d.path); err != nil {
		t.Fatal(err)
	}
	if _, err := wall.Figures(t.Context(), ledger.Scope{Kind: ledger.PeriodToday, Period: ledger.Today(d.today())}); err == nil {
		t.Error("figures of a file that was replaced")
	}
	os.Remove(d.path + "-wal")
	os.Remove(d.path + "-shm")
	again, err := data.Open(t.Context(), d.path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if n := sum(again); n != 1 {
		t.Errorf("%d entries in the backup, want 1", n)
	}
	if _, err := again.Append(t.Context(), nil, "", nil); err == nil {
		t.Error("a ledger opened to be read was written")
	}
}

func waitFor(t *testing.T, changes <-chan struct{}) {
	t.Helper()
	select {
	case <-changes:
	case <-time.After(10 * time.Second):
		t.Fatal("the commit was not noticed")
	}
}
