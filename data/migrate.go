package data

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"taizhang/app/ledger"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the numbered steps, in order; the ledger's user_version is how
// many it has taken.
var migrations = loadMigrations()

func loadMigrations() []string {
	entries, err := fs.ReadDir(migrationFiles, "migrations")
	if err != nil {
		panic(err) // embedded at build time: cannot be missing in a program that runs
	}
	list := make([]string, 0, len(entries))
	for _, e := range entries {
		text, err := fs.ReadFile(migrationFiles, "migrations/"+e.Name())
		if err != nil {
			panic(err)
		}
		list = append(list, string(text))
	}
	return list
}

// migrate takes the pending steps, each in one transaction, after a backup of a
// ledger that already holds something.
func (s *Store) migrate(ctx context.Context) error {
	var at int
	if err := s.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return err
	}
	if at > len(migrations) {
		return ledger.Refuse(ledger.CodeLedgerNewer, "path", s.path, "version", at, "known", len(migrations))
	}
	if at > 0 && at < len(migrations) {
		if _, err := s.backupNow(ctx); err != nil {
			return err
		}
	}
	for ; at < len(migrations); at++ {
		if err := s.step(ctx, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) step(ctx context.Context, at int) error {
	return inTx(ctx, s.writer, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, migrations[at]); err != nil {
			return fmt.Errorf("migration %d: %w", at+1, err)
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, at+1))
		return err
	})
}

// inTx runs work in one transaction: committed when it returns nil, rolled back
// otherwise.
func inTx(ctx context.Context, db *sql.DB, work func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}
