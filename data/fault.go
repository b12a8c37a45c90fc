package data

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	sqlite3 "github.com/mattn/go-sqlite3"

	"taizhang/app/ledger"
)

// fault turns what SQLite and the file system say into a refusal that a person
// can act on. Refusals and cancellations pass unchanged.
func (s *Store) fault(err error) error {
	if err == nil {
		return nil
	}
	var refusal *ledger.Error
	if errors.As(err, &refusal) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return faultAt(s.path, err)
}

func faultAt(path string, err error) error {
	var d *difference
	if errors.As(err, &d) {
		return ledger.Refuse(ledger.CodeLedgerDamaged, "path", path, "detail", d.Error(), "backup", "").Because(err)
	}
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return fileFault(path, err)
	}
	code := ledger.CodeInternal
	switch e.Code {
	case sqlite3.ErrFull:
		code = ledger.CodeDiskFull
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		code = ledger.CodeLedgerBusy
	case sqlite3.ErrReadonly, sqlite3.ErrPerm:
		code = ledger.CodeLedgerReadOnly
	case sqlite3.ErrNotADB:
		code = ledger.CodeLedgerNotOne
	case sqlite3.ErrCorrupt:
		return ledger.Refuse(ledger.CodeLedgerDamaged, "path", path, "detail", e.Error(), "backup", "").Because(err)
	case sqlite3.ErrIoErr, sqlite3.ErrCantOpen:
		code = ioCode(path)
	}
	return ledger.Refuse(code, "path", path, "detail", e.Error()).Because(err)
}

// ioCode tells a drive that is gone from one that may not be written.
func ioCode(path string) ledger.Code {
	if _, err := os.Stat(path); err != nil {
		return ledger.CodeDriveGone
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return ledger.CodeLedgerReadOnly
	}
	f.Close()
	probe := filepath.Join(filepath.Dir(path), ".taizhang-probe")
	f, err = os.Create(probe)
	if err != nil {
		return ledger.CodeLedgerReadOnly
	}
	f.Close()
	os.Remove(probe)
	return ledger.CodeDriveGone
}

func fileFault(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ledger.Refuse(ledger.CodeDiskFull, "path", path).Because(err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return ledger.Refuse(ledger.CodeLedgerReadOnly, "path", path).Because(err)
	case errors.Is(err, fs.ErrExist):
		return ledger.Refuse(ledger.CodeFileExists, "path", path).Because(err)
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENODEV), errors.Is(err, syscall.ENXIO):
		return ledger.Refuse(ledger.CodeDriveGone, "path", path).Because(err)
	case errors.Is(err, sql.ErrConnDone):
		return err
	}
	return ledger.Refuse(ledger.CodeFileWrite, "path", path, "detail", err.Error()).Because(err)
}

// applicationID marks the file as a Taizhang ledger ("TZ01" in SQLite's
// header, offset 68).
const applicationID = 0x545a3031

// probe reads the file's first hundred bytes before SQLite sees it, so that a
// file that is no ledger is named as such and never written to.
// Source of the offsets: SQLite's database file format, section 1.3.
func probe(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Dir(path)); err != nil {
			return ledger.Refuse(ledger.CodeDriveGone, "path", path).Because(err)
		}
		return ledger.Refuse(ledger.CodeLedgerMissing, "path", path)
	}
	if err != nil {
		return fileFault(path, err)
	}
	defer f.Close()
	var head [100]byte
	if _, err := io.ReadFull(f, head[:]); err != nil || string(head[:16]) != "SQLite format 3\x00" ||
		binary.BigEndian.Uint32(head[68:]) != applicationID {
		return ledger.Refuse(ledger.CodeLedgerNotOne, "path", path).Because(err)
	}
	if v := int(binary.BigEndian.Uint32(head[60:])); v > len(migrations) {
		return ledger.Refuse(ledger.CodeLedgerNewer, "path", path, "version", v, "known", len(migrations))
	}
	return nil
}
