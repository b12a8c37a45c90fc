package data

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// withMigrations lets the program know other steps than it ships with.
func withMigrations(t *testing.T, steps ...string) {
	t.Helper()
	shipped := migrations
	t.Cleanup(func() { migrations = shipped })
	migrations = append(migrations[:len(migrations):len(migrations)], steps...)
}

func newLedger(t *testing.T) (string, Options) {
	t.Helper()
	home := t.TempDir()
	path := filepath.Join(home, "ledger.db")
	o := Options{Home: home, Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.Local) }}
	s, err := Create(context.Background(), path, o, Office{District: "宁江区", Desk: "01"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path, o
}

func versionOf(t *testing.T, path string, o Options) int {
	t.Helper()
	o.ReadOnly = true
	s, err := open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var v int
	if err := s.reader.QueryRow("PRAGMA user_version").Scan(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOlderLedgerIsBackedUpThenMigrated(t *testing.T) {
	path, o := newLedger(t)
	shipped := len(migrations)
	withMigrations(t, "CREATE TABLE later (a INTEGER) STRICT", "ALTER TABLE later ADD COLUMN b INTEGER")
	s, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if v := versionOf(t, path, o); v != shipped+2 {
		t.Fatalf("version %d after migrating, want %d", v, shipped+2)
	}
	list, err := Backups(o.Home, path)
	if err != nil || len(list) != 1 {
		t.Fatalf("backups %v, %v", list, err)
	}
	if v := versionOf(t, list[0].Path, o); v != shipped {
		t.Fatalf("the backup has version %d, want %d", v, shipped)
	}
	// Once more: nothing is pending, so nothing is backed up.
	if s, err = Open(context.Background(), path, o); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if list, _ = Backups(o.Home, path); len(list) != 1 {
		t.Fatalf("%d backups after an open with nothing to migrate", len(list))
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	path, o := newLedger(t)
	shipped := len(migrations)
	withMigrations(t, "CREATE TABLE later (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)")
	if _, err := Open(context.Background(), path, o); err == nil {
		t.Fatal("a migration that fails lets the ledger open")
	}
	if v := versionOf(t, path, o); v != shipped {
		t.Fatalf("version %d after a failed migration, want %d", v, shipped)
	}
	migrations = migrations[:shipped]
	s, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var tables int
	if err := s.reader.QueryRow("SELECT count(*) FROM sqlite_schema WHERE name = 'later'").Scan(&tables); err != nil || tables != 0 {
		t.Fatalf("half of a failed migration stayed: %d, %v", tables, err)
	}
}

func TestNewerLedgerIsRefused(t *testing.T) {
	path, o := newLedger(t)
	withMigrations(t, "CREATE TABLE later (a INTEGER) STRICT")
	s, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	newer, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	migrations = migrations[:len(migrations)-1]
	_, err = Open(context.Background(), path, o)
	if ledger.CodeOf(err) != ledger.CodeLedgerNewer {
		t.Fatalf("got %v, want %s", err, ledger.CodeLedgerNewer)
	}
	if got, _ := os.ReadFile(path); string(got) != string(newer) {
		t.Fatal("a newer ledger was changed")
	}
	other, o2 := newLedger(t)
	if err := Restore(context.Background(), other, path, o2); ledger.CodeOf(err) != ledger.CodeBackupBad {
		t.Fatalf("restoring a newer ledger: %v", err)
	}
}
