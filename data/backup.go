package data

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	sqlite3 "github.com/mattn/go-sqlite3"

	"taizhang/app/ledger"
)

// KeepBackups is how many automatic backups are kept.
const KeepBackups = 14

// BackupEvery is the age of the newest backup from which another is due.
const BackupEvery = 24 * time.Hour

// BackupInfo is one automatic backup.
type BackupInfo struct {
	Path  string
	At    time.Time
	Bytes int64
}

// BackupFolder is where the automatic backups of the ledger at path are kept:
// home/backups, in a folder a ledger.
func BackupFolder(home, path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	sum := sha256.Sum256([]byte(path))
	base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	return filepath.Join(home, "backups", base+"-"+hex.EncodeToString(sum[:3]))
}

const backupTime = "20060102-150405"

// Backups lists the automatic backups of the ledger at path, newest first.
func Backups(home, path string) ([]BackupInfo, error) {
	folder := BackupFolder(home, path)
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fileFault(folder, err)
	}
	var list []BackupInfo
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".db")
		at, err := time.ParseInLocation(backupTime, name, time.Local)
		info, statErr := e.Info()
		if !ok || err != nil || statErr != nil {
			continue
		}
		list = append(list, BackupInfo{Path: filepath.Join(folder, e.Name()), At: at, Bytes: info.Size()})
	}
	slices.SortFunc(list, func(a, b BackupInfo) int { return b.At.Compare(a.At) })
	return list, nil
}

// AutoBackup makes a backup when the newest is older than BackupEvery and drops
// all but the last KeepBackups. It reports whether it made one. A ledger that is
// damaged is not backed up (CodeLedgerDamaged): the good backups must not make
// room for bad ones.
func (s *Store) AutoBackup(ctx context.Context) (bool, error) {
	list, err := Backups(s.options.Home, s.path)
	if err != nil {
		return false, err
	}
	if len(list) > 0 && s.options.now().Sub(list[0].At).Abs() < BackupEvery {
		return false, nil
	}
	if err := s.CheckSound(ctx); err != nil {
		return false, err
	}
	if _, err := s.backupNow(ctx); err != nil {
		return false, s.fault(err)
	}
	return true, s.dropOldBackups()
}

func (s *Store) dropOldBackups() error {
	list, err := Backups(s.options.Home, s.path)
	if err != nil {
		return err
	}
	for _, b := range list[min(len(list), KeepBackups):] {
		if err := os.Remove(b.Path); err != nil {
			return fileFault(b.Path, err)
		}
	}
	return nil
}

// BackupNow writes an automatic backup beside the others and returns its path.
func (s *Store) BackupNow(ctx context.Context) (string, error) {
	file, err := s.backupNow(ctx)
	if err != nil {
		return "", s.fault(err)
	}
	return file, s.fault(s.dropOldBackups())
}

// backupNow writes an automatic backup named by the moment and returns it.
func (s *Store) backupNow(ctx context.Context) (string, error) {
	folder := BackupFolder(s.options.Home, s.path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", fileFault(folder, err)
	}
	file := filepath.Join(folder, s.options.now().Format(backupTime)+".db")
	if _, err := os.Lstat(file); err == nil {
		return file, nil // one a second is enough
	}
	return file, s.Backup(ctx, file)
}

// Backup copies the ledger as it is now to file, while it may be written.
// CodeFileExists when there is such a file.
func (s *Store) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return ledger.Refuse(ledger.CodeFileExists, "path", file)
	}
	part := file + ".part"
	removeLedger(part)
	err := copyLedger(ctx, s.path, part)
	if err == nil {
		err = publish(part, file)
	}
	if err != nil {
		removeLedger(part)
		return faultAt(file, err)
	}
	return nil
}

// copyLedger copies a ledger through SQLite's online backup into a file that
// stands alone, without a write-ahead log.
func copyLedger(ctx context.Context, from, to string) error {
	if err := os.WriteFile(to, nil, 0o600); err != nil {
		return err
	}
	if err := copyInto(ctx, from, to); err != nil {
		return err
	}
	db, err := sql.Open(driverName, dsn(to, "rw", url.Values{"_journal_mode": {"DELETE"}}))
	if err != nil {
		return err
	}
	defer db.Close()
	return db.PingContext(ctx)
}

// copyInto replaces the content of the database file to by that of from.
// Readers of to see the old content until all is copied.
func copyInto(ctx context.Context, from, to string) error {
	source, err := sql.Open(driverName, dsn(from, "rw", url.Values{"_query_only": {"1"}}))
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := sql.Open(driverName, dsn(to, "rw", url.Values{"_journal_mode": {}}))
	if err != nil {
		return err
	}
	defer target.Close()
	return onConn(ctx, source, func(src *sqlite3.SQLiteConn) error {
		return onConn(ctx, target, func(dst *sqlite3.SQLiteConn) error { return copyPages(ctx, dst, src) })
	})
}

// copyPages copies in one go: a backup that pauses between steps starts again
// whenever another process writes.
func copyPages(ctx context.Context, dst, src *sqlite3.SQLiteConn) error {
	b, err := dst.Backup("main", src, "main")
	if err != nil {
		return err
	}
	defer b.Finish()
	for {
		done, err := b.Step(-1)
		if err != nil {
			return err
		}
		if done {
			return b.Finish()
		}
		// Not done after all pages means the file was busy.
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func onConn(ctx context.Context, db *sql.DB, work func(*sqlite3.SQLiteConn) error) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Raw(func(driverConn any) error {
		conn, ok := driverConn.(*sqlite3.SQLiteConn)
		if !ok {
			return fmt.Errorf("not a SQLite connection: %T", driverConn)
		}
		return work(conn)
	})
}

// Restore puts the content of backup in the place of the ledger at path, after
// a backup of what is there. The desk goes on as a new incarnation of its chain.
// A damaged ledger is kept aside under a name that says so. When path holds no
// ledger, the backup becomes it.
func Restore(ctx context.Context, path, backup string, o Options) error {
	if err := probe(backup); err != nil {
		return badBackup(backup, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileFault(path, err)
	}
	part := path + ".restore"
	removeLedger(part)
	defer removeLedger(part)
	if err := prepareRestore(ctx, backup, part, o); err != nil {
		return badBackup(backup, err)
	}
	return replaceLedger(ctx, path, part, o)
}

func badBackup(backup string, err error) error {
	return ledger.Refuse(ledger.CodeBackupBad, "path", backup, "detail", string(ledger.CodeOf(err))).Because(err)
}

// prepareRestore copies the backup aside, checks it whole and marks it.
func prepareRestore(ctx context.Context, backup, part string, o Options) error {
	if err := copyFile(backup, part); err != nil {
		return err
	}
	s, err := open(part, Options{Home: o.Home, Now: o.Now})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.integrity(ctx, s.writer); err != nil {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	_, err = s.writer.ExecContext(ctx, "INSERT INTO local (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = 1", localRenew)
	return err
}

// replaceLedger brings part's content to path: through SQLite where the ledger
// there is sound, so that open windows see it as one more commit; by renaming
// where it is damaged or missing.
func replaceLedger(ctx context.Context, path, part string, o Options) error {
	cur, err := Open(ctx, path, o)
	if err == nil {
		_, err = cur.backupNow(ctx)
		if closeErr := cur.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
		if err := copyInto(ctx, part, path); err != nil {
			return faultAt(path, err)
		}
		return nil
	}
	switch ledger.CodeOf(err) {
	case ledger.CodeLedgerMissing:
	case ledger.CodeLedgerDamaged, ledger.CodeLedgerNotOne:
		aside := path + ".damaged-" + o.now().Format(backupTime)
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fileFault(path, err)
			}
		}
	default:
		return err
	}
	if err := publish(part, path); err != nil {
		return fileFault(path, err)
	}
	return nil
}

// copyFile reads the backup as bytes: a backup on a stick is only ever read.
func copyFile(from, to string) error {
	content, err := os.Open(from)
	if err != nil {
		return fileFault(from, err)
	}
	defer content.Close()
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fileFault(to, err)
	}
	_, err = f.ReadFrom(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fileFault(to, err)
	}
	return nil
}

// NewestGoodBackup returns the newest automatic backup that passes SQLite's
// integrity check; ok is false when there is none.
func NewestGoodBackup(ctx context.Context, path string, o Options) (BackupInfo, bool) {
	list, err := Backups(o.Home, path)
	if err != nil {
		return BackupInfo{}, false
	}
	for _, b := range list {
		if probe(b.Path) == nil && soundFile(ctx, b.Path) {
			return b, true
		}
	}
	return BackupInfo{}, false
}

func soundFile(ctx context.Context, path string) bool {
	db, err := sql.Open(driverName, dsn(path, "ro", url.Values{"immutable": {"1"}}))
	if err != nil {
		return false
	}
	defer db.Close()
	return integrityOf(ctx, db, "integrity_check") == nil
}
