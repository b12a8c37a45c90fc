package data_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"taizhang/app/handoff/drives/drivetest"
	"taizhang/app/ledger"
	"taizhang/data"
)

// A full or read-only drive is a real one: a small file system in memory that a
// process of its own mounts where only it can see it. That needs no privileges
// where the system lets users have namespaces.

func init() {
	children["full drive"] = childFullDrive
	children["read-only drive"] = childReadOnlyDrive
}

func runOnDrive(t *testing.T, task string) {
	d := &desk{t: t, home: t.TempDir(), path: filepath.Join(t.TempDir(), "drive")}
	if err := os.Mkdir(d.path, 0o700); err != nil {
		t.Fatal(err)
	}
	c, err := d.launch(task, drivetest.OwnMounts())
	if drivetest.Refused(err) {
		t.Skipf("this system gives no namespaces, so no drive of our own: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.end(); err != nil {
		t.Fatal(err)
	}
}

func TestFullDrive(t *testing.T)     { runOnDrive(t, "full drive") }
func TestReadOnlyDrive(t *testing.T) { runOnDrive(t, "read-only drive") }

// drive is a ledger on a file system of its own.
type drive struct {
	folder, path string
	options      data.Options
	store        *data.Store
	book         *ledger.Book
}

func newDrive(home, folder string) (*drive, error) {
	if err := syscall.Mount("none", folder, "tmpfs", 0, "size=2m"); err != nil {
		return nil, err
	}
	v := &drive{folder: folder, path: filepath.Join(folder, "ledger.db"), options: data.Options{Home: home}}
	s, err := data.Create(context.Background(), v.path, v.options, data.Office{District: "宁江区", Desk: "01"})
	if err != nil {
		return nil, err
	}
	v.use(s)
	return v, nil
}

func (v *drive) use(s *data.Store) {
	v.store, v.book = s, ledger.NewBook(s, func() string { return "张三" })
}

func (v *drive) record() error {
	_, err := v.book.Record(context.Background(), &ledger.Cases{Count: 1})
	return err
}

func (v *drive) verify() (data.Report, error) { return v.store.Verify(context.Background(), nil) }

func want(err error, code ledger.Code) error {
	if ledger.CodeOf(err) != code {
		return fmt.Errorf("got %v, want %s", err, code)
	}
	return nil
}

// childFullDrive fills the drive up while it records, and then makes room.
func childFullDrive(home, folder string) error {
	v, err := newDrive(home, folder)
	if err != nil {
		return err
	}
	defer v.store.Close()
	ballast := filepath.Join(folder, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 1<<20), 0o600)
	saved := int64(0)
	for err = v.record(); err == nil; err = v.record() {
		saved++
	}
	if err := want(err, ledger.CodeDiskFull); err != nil {
		return err
	}
	full, err := v.verify()
	if err != nil || full.Records < saved {
		return fmt.Errorf("%d records are there of %d saved: %w", full.Records, saved, err)
	}
	if err := want(v.store.Backup(context.Background(), filepath.Join(folder, "backup.db")), ledger.CodeDiskFull); err != nil {
		return err
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "backup*")); len(left) > 0 {
		return fmt.Errorf("a failed backup leaves %v", left)
	}
	if err := os.Remove(ballast); err != nil {
		return err
	}
	if err := v.record(); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	after, err := v.verify()
	if err == nil && after.Revisions != full.Revisions+1 {
		err = fmt.Errorf("%d revisions with room again, %d before", after.Revisions, full.Revisions)
	}
	return err
}

// childReadOnlyDrive makes the ledger's file read-only, and then the whole drive.
func childReadOnlyDrive(home, folder string) error {
	v, err := newDrive(home, folder)
	if err != nil {
		return err
	}
	if err := v.record(); err != nil {
		return err
	}
	before, err := v.verify()
	if err != nil {
		return err
	}
	if err := v.store.Close(); err != nil {
		return err
	}
	content, err := os.ReadFile(v.path)
	if err != nil {
		return err
	}
	if err := v.readOnlyFile(); err != nil {
		return fmt.Errorf("read-only file: %w", err)
	}
	if err := syscall.Mount("none", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return err
	}
	if err := v.refused(); err != nil {
		return fmt.Errorf("read-only drive: %w", err)
	}
	if got, err := os.ReadFile(v.path); err != nil || string(got) != string(content) {
		return fmt.Errorf("the ledger is not what it was: %w", err)
	}
	_, err = data.Create(context.Background(), filepath.Join(folder, "new.db"), v.options, data.Office{District: "x", Desk: "y"})
	if err := want(err, ledger.CodeLedgerReadOnly); err != nil {
		return err
	}
	if err := syscall.Mount("none", folder, "", syscall.MS_REMOUNT, ""); err != nil {
		return err
	}
	s, err := data.Open(context.Background(), v.path, v.options)
	if err != nil {
		return err
	}
	v.use(s)
	defer s.Close()
	after, err := v.verify()
	if err == nil && after != before {
		err = fmt.Errorf("%+v when writable again, was %+v", after, before)
	}
	return err
}

func (v *drive) readOnlyFile() error {
	if err := syscall.Mount(v.path, v.path, "", syscall.MS_BIND, ""); err != nil {
		return err
	}
	if err := syscall.Mount("none", v.path, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return err
	}
	if err := v.refused(); err != nil {
		return err
	}
	return syscall.Unmount(v.path, 0)
}

// refused checks that writing is refused, at open or when it is tried.
func (v *drive) refused() error {
	s, err := data.Open(context.Background(), v.path, v.options)
	if err == nil {
		v.use(s)
		err = v.record()
		s.Close()
	}
	return want(err, ledger.CodeLedgerReadOnly)
}
