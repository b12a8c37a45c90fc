// Package data keeps the ledger in one SQLite file: the only place with SQL.
// One connection writes, others read; revisions are appended and everything
// else is derived from them in the same transaction.
package data

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"taizhang/app/ledger"
)

// Options say where a desk keeps what belongs beside the ledger.
type Options struct {
	// Home is the folder of keys and backups.
	Home string
	// Now is the clock; nil is the PC's.
	Now func() time.Time
	// ReadOnly opens without a writer and without migrating.
	ReadOnly bool
}

func (o Options) now() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}

// Store is an open ledger file. It is safe for concurrent use, and for other
// processes to read and write the same file.
type Store struct {
	path    string
	options Options
	file    os.FileInfo // what the path named when it was opened
	writer  *sql.DB
	reader  *sql.DB

	mu    sync.Mutex // one write at a time in this process
	kept  kept
	desks *deskTable

	verifying sync.Mutex // one verification at a time: it holds several readers
}

var (
	_ ledger.Store  = (*Store)(nil)
	_ ledger.Reader = (*Store)(nil)
)

// kept is what the writer keeps from one transaction to the next: every entry is
// checked against it. It holds until another process writes (version), and is
// forgotten when a transaction is rolled back.
type kept struct {
	version int64 // data_version of the writer
	own     int64 // the chain this program writes; 0 when not looked up
	aliases map[ledger.ID]int64
	units   []ledger.Row[ledger.Unit]
	items   []ledger.Row[ledger.Item]
	sites   []ledger.Row[ledger.Site]
}

func (s *Store) forget() { s.kept = kept{aliases: map[ledger.ID]int64{}} }

// readers is how many reads run at once: the window's figures, a table page, a
// search and an export, and the three of a verification.
const readers = 7

// Open opens the ledger at path. It refuses a file that is missing, no ledger,
// damaged or of a newer program, and migrates an older one after a backup.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if err := probe(path); err != nil {
		return nil, err
	}
	s, err := open(path, o)
	if err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	if !s.options.ReadOnly {
		if err := s.migrate(ctx); err != nil {
			return s.fault(err)
		}
	}
	if err := s.checkAtOpen(ctx); err != nil {
		return err
	}
	return s.damaged(s.loadDesks(ctx))
}

func open(path string, o Options) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeLedgerNotOne, "path", path).Because(err)
	}
	s := &Store{path: abs, options: o}
	s.forget()
	s.desks = newDeskTable(s)
	if s.file, err = os.Stat(abs); err != nil {
		return nil, fileFault(abs, err)
	}
	if !o.ReadOnly {
		if s.writer, err = sql.Open(driverName, dsn(abs, "rw", url.Values{"_txlock": {"immediate"}})); err != nil {
			return nil, s.fault(err)
		}
		s.writer.SetMaxOpenConns(1)
	}
	if s.reader, err = sql.Open(driverName, dsn(abs, s.readMode(), url.Values{"_query_only": {"1"}})); err != nil {
		return nil, s.fault(err)
	}
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return s, nil
}

// readMode lets readers of a writable ledger create the -shm file; a read-only
// process must not create anything.
func (s *Store) readMode() string {
	if s.options.ReadOnly {
		return "ro"
	}
	return "rw"
}

// dsn carries every pragma: what is set on one connection reaches only that
// connection, and database/sql opens more when it likes.
func dsn(path, mode string, more url.Values) string {
	v := url.Values{
		"mode":          {mode},
		"_busy_timeout": {"5000"},
		"_synchronous":  {"FULL"},
		"_foreign_keys": {"1"},
		"_cache_size":   {"-16000"},
		// The overview asks the same dozen questions after every commit.
		"_stmt_cache_size": {"64"},
	}
	if mode != "ro" {
		v.Set("_journal_mode", "WAL")
	} else {
		v.Set("_cache_size", "-4000") // the wall reads the same few pages for weeks
	}
	for k, list := range more {
		v[k] = list
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs // a URI has no relative paths
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: v.Encode()}
	if filepath.IsAbs(path) && u.Path[0] != '/' {
		u.Path = "/" + u.Path // C:/… needs a leading slash in a URI
	}
	return u.String()
}

// Close folds the write-ahead log into the file and closes it.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first error
	for _, db := range []*sql.DB{s.reader, s.writer} {
		if db == nil {
			continue
		}
		if err := db.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Path is the absolute path of the ledger file.
func (s *Store) Path() string { return s.path }

// Office names a new ledger's owner.
type Office struct {
	District string // the unit at the root
	Unit     string // the desk's own unit; the district when empty or equal
	Desk     string
	// Initials gives pinyin initials for names; may be nil.
	Initials func(name string) string
}

// Create makes a new ledger with an office, a desk and its key, and opens it.
// The file appears under its name only when it is whole; CodeLedgerExists when
// there is one.
func Create(ctx context.Context, path string, o Options, office Office) (*Store, error) {
	if _, err := os.Lstat(path); err == nil {
		return nil, ledger.Refuse(ledger.CodeLedgerExists, "path", path)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fileFault(path, err)
	}
	part := path + ".part"
	removeLedger(part)
	if err := build(ctx, part, o, office); err != nil {
		removeLedger(part)
		return nil, err
	}
	// Link fails where the name was taken meanwhile; rename would replace it.
	if err := publish(part, path); err != nil {
		removeLedger(part)
		return nil, fileFault(path, err)
	}
	return Open(ctx, path, o)
}

func build(ctx context.Context, part string, o Options, office Office) error {
	if err := os.WriteFile(part, nil, 0o600); err != nil {
		return fileFault(part, err)
	}
	s, err := open(part, Options{Home: o.Home, Now: o.Now})
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.migrate(ctx); err != nil {
		return s.fault(err)
	}
	if err := s.settle(ctx, office); err != nil {
		return s.fault(err)
	}
	return s.Close()
}

func publish(part, path string) error {
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Link(part, path); err == nil {
		err = os.Remove(part)
		syncFolder(filepath.Dir(path))
		return err
	} else if os.IsExist(err) {
		return err
	}
	// FAT and exFAT have no hard links.
	if err := os.Rename(part, path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

func removeLedger(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(path + suffix)
	}
}
