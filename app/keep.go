package main

import (
	"context"
	"path/filepath"

	"taizhang/app/words"
	"taizhang/data"
)

// runBackup copies the ledger to a file, while it may be written.
func runBackup(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("backup"), args, "FILE")
	if err != nil {
		return err
	}
	file, err := filepath.Abs(rest[0])
	if err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, file); err != nil {
		return err
	}
	return p.print(map[string]string{"backup": file}, words.T("backup.done", "path", file))
}

// runRestore puts a backup in the place of the ledger.
func runRestore(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("restore"), args, "FILE")
	if err != nil {
		return err
	}
	file, err := filepath.Abs(rest[0])
	if err != nil {
		return err
	}
	path, err := filepath.Abs(p.path())
	if err != nil {
		return err
	}
	if err := data.Restore(ctx, path, file, p.options()); err != nil {
		return err
	}
	return p.print(map[string]string{"ledger": path, "backup": file}, words.T("restore.done", "path", path))
}
