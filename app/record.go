package main

import (
	"context"
	"slices"

	"taizhang/app/ledger"
)

// blank is an empty record of a kind, for its flags to fill.
func blank(kind ledger.Kind) ledger.Record {
	switch kind {
	case ledger.KindPublicity:
		return &ledger.Publicity{}
	case ledger.KindSite:
		return &ledger.Site{}
	case ledger.KindReserve:
		return &ledger.Reserve{}
	case ledger.KindInspection:
		return &ledger.Inspection{}
	case ledger.KindProblem:
		return &ledger.Problem{}
	}
	return &ledger.Cases{}
}

// runRecord adds a record and prints its id.
func runRecord(ctx context.Context, p *program, args []string) error {
	fs := p.flags("record")
	f := newFields(p, fs)
	rest, err := p.arguments(fs, args, "publicity|site|reserve|inspection|problem|cases")
	if err != nil {
		return err
	}
	i := slices.IndexFunc(recordKinds, func(k ledger.Kind) bool { return k.String() == rest[0] })
	if i < 0 {
		return usage("usage.what", "name", rest[0])
	}
	kind := recordKinds[i]
	if err := f.fit(fs, kind, true); err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	f.store = s
	r, err := f.apply(ctx, blank(kind))
	if err != nil {
		return err
	}
	book, err := p.book(ctx, s)
	if err != nil {
		return err
	}
	id, err := book.Record(ctx, r)
	if err != nil {
		return err
	}
	return p.print(map[string]string{"id": s.IDText(id)}, s.IDText(id))
}
