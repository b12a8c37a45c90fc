package main

import (
	"context"
	"errors"
	"io/fs"
	"os"

	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/sample"
	"taizhang/app/words"
	"taizhang/data"
)

// runSample makes a new ledger with the sample district. It is written beside
// its name and appears whole.
func runSample(ctx context.Context, p *program, args []string) error {
	rest, err := p.arguments(p.flags("sample"), args, "FILE")
	if err != nil {
		return err
	}
	file := rest[0]
	if _, err := os.Lstat(file); err == nil {
		return ledger.Refuse(ledger.CodeLedgerExists, "path", file)
	}
	part := file + ".new"
	if err := p.writeSample(ctx, part); err != nil {
		removeAll(part)
		return err
	}
	if err := publish(part, file); err != nil {
		removeAll(part)
		return err
	}
	return p.print(map[string]string{"ledger": file}, words.T("sample.done", "path", file))
}

func (p *program) writeSample(ctx context.Context, path string) error {
	now := p.now()
	clock := sample.NewClock(now)
	s, err := data.Create(ctx, path, data.Options{Home: p.home, Now: clock.Now},
		data.Office{District: sample.District, Desk: sample.Desk, Initials: pinyin.Initials})
	if err != nil {
		return err
	}
	return errors.Join(sample.Write(ctx, s, clock, now), s.Close())
}

// publish gives a finished file its name, unless the name was taken meanwhile.
func publish(part, file string) error {
	err := os.Link(part, file)
	switch {
	case err == nil:
		return os.Remove(part)
	case errors.Is(err, fs.ErrExist):
		return ledger.Refuse(ledger.CodeLedgerExists, "path", file)
	}
	return os.Rename(part, file) // FAT has no links
}

func removeAll(path string) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(path + suffix)
	}
}
