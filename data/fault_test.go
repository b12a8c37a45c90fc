package data_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// spoil overwrites 4 KiB in the middle of a file.
func spoil(t *testing.T, path string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(bytes.Repeat([]byte{0xa5}, 4096), info.Size()/2/4096*4096); err != nil {
		t.Fatal(err)
	}
}

func argument(err error, name string) string {
	var refusal *ledger.Error
	if e, ok := err.(*ledger.Error); ok {
		refusal = e
	} else {
		return ""
	}
	for i := 0; i+1 < len(refusal.Args); i += 2 {
		if refusal.Args[i] == name {
			text, _ := refusal.Args[i+1].(string)
			return text
		}
	}
	return ""
}

func TestDamagedLedgerIsFoundAndRestored(t *testing.T) {
	d := full(t)
	ctx := context.Background()
	before := d.verify()
	if made, err := d.store.AutoBackup(ctx); err != nil || !made {
		t.Fatalf("backup made %v, %v", made, err)
	}
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, d.path)
	damaged, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = data.Open(ctx, d.path, d.options())
	wantCode(t, err, ledger.CodeLedgerDamaged)
	backup := argument(err, "backup")
	if info, statErr := os.Stat(backup); statErr != nil || info.Size() == 0 {
		t.Fatalf("the error names the backup %q: %v", backup, err)
	}
	if got, _ := os.ReadFile(d.path); !bytes.Equal(got, damaged) {
		t.Fatal("opening a damaged ledger changed it")
	}
	if err := data.Restore(ctx, d.path, backup, d.options()); err != nil {
		t.Fatal(err)
	}
	aside, _ := filepath.Glob(d.path + ".damaged-*")
	if len(aside) != 1 {
		t.Fatalf("the damaged ledger is kept aside: %v", aside)
	}
	if got, _ := os.ReadFile(aside[0]); !bytes.Equal(got, damaged) {
		t.Fatal("what is kept aside is not the damaged ledger")
	}
	d.reopen()
	if got := d.verify(); got.Entries != before.Entries {
		t.Fatalf("restored %d entries, want %d", got.Entries, before.Entries)
	}
	d.record(d.entry("电子屏", "1", 0))
	d.verify()
}

// TestLargeDamagedLedger: a large ledger opens at once and is checked aside.
func TestLargeDamagedLedger(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	batch := make([]ledger.Record, 1700)
	for i := range batch {
		e := d.entry("宣传单", "5", i%60)
		e.Note = strings.Repeat("社", 2000)
		batch[i] = e
	}
	if _, err := d.store.Append(ctx, batch, "导入", nil); err != nil {
		t.Fatal(err)
	}
	if err := d.store.CheckSound(ctx); err != nil {
		t.Fatal(err)
	}
	d.store.Close()
	if info, err := os.Stat(d.path); err != nil || info.Size() < 16<<20 {
		t.Fatalf("%d bytes is no large ledger, %v", info.Size(), err)
	}
	spoil(t, d.path)
	s, err := data.Open(ctx, d.path, d.options())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantCode(t, s.CheckSound(ctx), ledger.CodeLedgerDamaged)
	made, err := s.AutoBackup(ctx)
	wantCode(t, err, ledger.CodeLedgerDamaged)
	if list, _ := data.Backups(d.home, d.path); made || len(list) > 0 {
		t.Fatalf("a damaged ledger was backed up: %v", list)
	}
	_, err = s.Verify(ctx, nil)
	wantCode(t, err, ledger.CodeVerifyFailed)
}

func TestBadBackupIsRefused(t *testing.T) {
	d := full(t)
	ctx := context.Background()
	before := d.verify()
	backup := filepath.Join(t.TempDir(), "b.db")
	if err := d.store.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	spoil(t, backup)
	wantCode(t, data.Restore(ctx, d.path, backup, d.options()), ledger.CodeBackupBad)
	wantCode(t, data.Restore(ctx, d.path, filepath.Join(d.home, "none.db"), d.options()), ledger.CodeBackupBad)
	if after := d.verify(); after != before {
		t.Fatalf("a refused restore changed the ledger: %+v, was %+v", after, before)
	}
}

func TestVanishedAndReplacedLedger(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.record(d.entry("电子屏", "3", 0))
	before := d.verify()
	away := d.path + ".away"
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	refused := func() {
		t.Helper()
		_, err := d.book.Record(ctx, &ledger.Cases{Count: 4})
		wantCode(t, err, ledger.CodeDriveGone)
		_, err = d.store.Figures(ctx, ledger.Scope{Kind: ledger.PeriodAll, Period: ledger.PeriodOf(ledger.PeriodAll, d.today())})
		wantCode(t, err, ledger.CodeDriveGone)
	}
	move(d.path, away)
	refused()
	if err := os.WriteFile(d.path, []byte("anything"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused()
	if got, _ := os.ReadFile(d.path); string(got) != "anything" {
		t.Fatal("the file in the ledger's place was written to")
	}
	move(away, d.path)
	if after := d.verify(); after != before {
		t.Fatalf("something was half done: %+v, was %+v", after, before)
	}
	d.record(d.entry("电子屏", "3", 0))
	if after := d.verify(); after.Entries != before.Entries+1 {
		t.Fatalf("%d entries after the drive came back", after.Entries)
	}
}

func TestAutomaticBackups(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	for day := range 20 {
		d.record(d.entry("电子屏", "1", 0))
		for _, due := range []bool{true, false} {
			made, err := d.store.AutoBackup(ctx)
			if err != nil || made != due {
				t.Fatalf("day %d: made %v, want %v, %v", day, made, due, err)
			}
		}
		d.now = d.now.Add(data.BackupEvery - time.Minute)
		if made, err := d.store.AutoBackup(ctx); err != nil || made {
			t.Fatalf("day %d: a backup before a day has passed, %v", day, err)
		}
		d.now = d.now.Add(time.Minute)
	}
	list, err := data.Backups(d.home, d.path)
	if err != nil || len(list) != data.KeepBackups {
		t.Fatalf("%d backups are kept, want %d, %v", len(list), data.KeepBackups, err)
	}
	newest, ok := data.NewestGoodBackup(ctx, d.path, d.options())
	if !ok || newest.Path != list[0].Path || !newest.At.Equal(d.now.Add(-data.BackupEvery).Truncate(time.Second)) {
		t.Fatalf("the newest is %+v, %v", newest, ok)
	}
	spoil(t, list[0].Path)
	if newest, ok = data.NewestGoodBackup(ctx, d.path, d.options()); !ok || newest.Path != list[1].Path {
		t.Fatalf("with the newest spoilt the newest good one is %+v, %v", newest, ok)
	}
}

func TestWatchTellsOfAVanishedLedger(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	changed, err := d.store.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	told := func(what string) {
		t.Helper()
		select {
		case <-changed:
		case <-time.After(20 * time.Second):
			t.Fatalf("the watcher did not tell of %s", what)
		}
	}
	if err := os.Rename(d.path, d.path+".away"); err != nil {
		t.Fatal(err)
	}
	told("the file gone")
	if err := os.Rename(d.path+".away", d.path); err != nil {
		t.Fatal(err)
	}
	told("the file back")
	d.record(d.entry("电子屏", "1", 0))
	told("a commit after that")
	cancel()
	for range changed { // ends: the channel is closed
	}
}
