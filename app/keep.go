package main

import (
	"context"

	"taizhang/app/words"
	"taizhang/data"
)

// runBackup copies the ledger to a file, while it may be written.
func runBackup(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("backup"), args, "FILE")
	if err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, rest[0]); err != nil {
		return err
	}
	return p.print(map[string]string{"backup": rest[0]}, words.T("backup.done", "path", rest[0]))
}

// runRestore puts a backup in the place of the ledger.
func runRestore(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("restore"), args, "FILE")
	if err != nil {
		return err
	}
	if err := data.Restore(ctx, p.path(), rest[0], p.options()); err != nil {
		return err
	}
	return p.print(map[string]string{"ledger": p.path(), "backup": rest[0]}, words.T("restore.done", "path", p.path()))
}
