package main

import (
	"context"
	"fmt"
	"os"

	"taizhang/app/words"
)

// runVerify checks the whole ledger against its revisions.
func runVerify(ctx context.Context, p *program, args []string) error {
	_, s, err := p.begin(ctx, p.openToRead, p.flags("verify"), args)
	if err != nil {
		return err
	}
	defer s.Close()
	var progress func(done, total int64)
	if isTerminal(os.Stderr) {
		progress = func(done, total int64) {
			fmt.Fprintf(p.stderr, "\r%s", words.T("verify.progress", "done", done, "all", total))
		}
	}
	r, err := s.Verify(ctx, progress)
	if progress != nil {
		fmt.Fprintln(p.stderr)
	}
	if err != nil {
		return err
	}
	return p.print(r, words.T("verify.done", "revisions", r.Revisions, "records", r.Records, "entries", r.Entries,
		"rollups", r.Rollups, "desks", r.Desks))
}
