package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"taizhang/app/sample"
	"taizhang/app/words"
)

// runGenerate fills the ledger with entries for trials.
func runGenerate(ctx context.Context, p *program, args []string) error {
	fs := p.flags("generate")
	entries := fs.String("entries", "", "")
	seed := fs.String("seed", "1", "")
	if _, err := p.arguments(fs, args); err != nil {
		return err
	}
	if err := require(fs, "entries"); err != nil {
		return err
	}
	n, err := wholeNumber("entries", *entries)
	if err != nil {
		return err
	}
	start, err := wholeNumber("seed", *seed)
	if err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	author, err := p.writer(ctx, s)
	if err != nil {
		return err
	}
	progress := func(done int64) {}
	if isTerminal(os.Stderr) {
		progress = func(done int64) { fmt.Fprintf(p.stderr, "\r%s", words.T("generate.progress", "done", done, "all", n)) }
	}
	began := time.Now()
	err = sample.Generate(ctx, s, sample.Load{Entries: n, Seed: uint64(start), Author: author, Now: p.now()}, progress)
	if isTerminal(os.Stderr) {
		fmt.Fprintln(p.stderr)
	}
	if err != nil {
		return err
	}
	return p.print(map[string]int64{"entries": n, "milliseconds": time.Since(began).Milliseconds()},
		words.T("generate.done", "n", n))
}

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
