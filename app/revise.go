package main

import (
	"context"
	"flag"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// onRecord runs do on the record whose id is the command's one argument, and
// prints the id.
func (p *program) onRecord(ctx context.Context, fs *flag.FlagSet, args []string, required []string,
	do func(s *data.Store, b *ledger.Book, id ledger.ID) error) error {
	rest, err := p.arguments(fs, args, "ID")
	if err != nil {
		return err
	}
	if err := require(fs, required...); err != nil {
		return err
	}
	s, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	id, err := s.ParseID(rest[0])
	if err != nil {
		return err
	}
	book, err := p.book(ctx, s)
	if err != nil {
		return err
	}
	if err := do(s, book, id); err != nil {
		return err
	}
	return p.print(map[string]string{"id": rest[0]}, rest[0])
}

// runCorrect changes the given fields of a record.
func runCorrect(ctx context.Context, p *program, args []string) error {
	fs := p.flags("correct")
	f := newFields(p, fs)
	reason := fs.String("reason", "", "")
	return p.onRecord(ctx, fs, args, nil, func(s *data.Store, b *ledger.Book, id ledger.ID) error {
		cur, err := standing(ctx, s, id)
		if err != nil {
			return err
		}
		if err := f.fit(fs, cur.Kind(), false); err != nil {
			return err
		}
		f.store = s
		next, err := f.apply(ctx, cur)
		if err != nil {
			return err
		}
		if *reason == "" {
			*reason = words.T("correct.reason")
		}
		return b.Correct(ctx, id, next, *reason)
	})
}

// standing is a record as it stands now.
func standing(ctx context.Context, s *data.Store, id ledger.ID) (r ledger.Record, err error) {
	history, err := s.History(ctx, id)
	if err != nil {
		return nil, err
	}
	if len(history) == 0 {
		return nil, ledger.Refuse(ledger.CodeRecordUnknown, "id", s.IDText(id))
	}
	return history[len(history)-1].Fields, nil
}

// runVoid takes a record out of every figure; of a batch, all that it brought.
func runVoid(ctx context.Context, p *program, args []string) error {
	fs := p.flags("void")
	reason := fs.String("reason", "", "")
	return p.onRecord(ctx, fs, args, []string{"reason"}, func(s *data.Store, b *ledger.Book, id ledger.ID) error {
		cur, err := standing(ctx, s, id)
		if err != nil {
			return err
		}
		if cur.Kind() == ledger.KindBatch {
			return b.VoidBatch(ctx, id, *reason)
		}
		return b.Void(ctx, id, *reason)
	})
}

// runRectify notes that a unit says a problem is put right.
func runRectify(ctx context.Context, p *program, args []string) error {
	fs := p.flags("rectify")
	text := fs.String("text", "", "")
	return p.onRecord(ctx, fs, args, []string{"text"}, func(_ *data.Store, b *ledger.Book, id ledger.ID) error {
		return b.Rectify(ctx, id, *text)
	})
}

// runClose closes a problem. Missing evidence and a missing second person are
// refused by the ledger, whose sentence says more than a missing flag.
func runClose(ctx context.Context, p *program, args []string) error {
	fs := p.flags("close")
	evidence := fs.String("evidence", "", "")
	second := fs.String("second", "", "")
	return p.onRecord(ctx, fs, args, nil, func(_ *data.Store, b *ledger.Book, id ledger.ID) error {
		return b.Close(ctx, id, *evidence, *second)
	})
}
