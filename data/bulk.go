package data

import (
	"context"
	"slices"
	"time"

	"taizhang/app/ledger"
)

// Append adds new records in one transaction, without the checks of
// ledger.Book: for records that were checked elsewhere (a sample, a merge). at
// gives the moment record i was written; nil is now. Publicity entries go in
// by packed rows.
func (s *Store) Append(ctx context.Context, records []ledger.Record, author string, at func(i int) time.Time) ([]ledger.ID, error) {
	ids := make([]ledger.ID, 0, len(records))
	err := s.write(ctx, func(t *tx) error {
		l := loader{t: t}
		for i, r := range records {
			rev := ledger.Revision{Op: ledger.OpCreate, Author: author, Fields: r}
			if at != nil {
				rev.Clock = ledger.NextClock(t.last(), at(i))
			}
			if err := l.add(&rev); err != nil {
				return err
			}
			ids = append(ids, rev.ID)
		}
		return l.drain()
	})
	if err != nil {
		return nil, s.fault(err)
	}
	return ids, nil
}

// last is the own chain's latest clock. A bulk load asks for it at each record,
// when walking all chains would show.
func (t *tx) last() ledger.Clock {
	h := t.heads[t.own]
	if h.clock == 0 {
		return t.lastClock()
	}
	return h.clock
}

// loader packs the rows of new entries until there are enough to write.
type loader struct {
	t                   *tx
	revision, publicity packer
	pending             []ledger.ID // of the rows packed
	fields              []byte
}

// What every entry has alike are literals: they spare a good part of the time.
const (
	insertRevisions = "INSERT INTO revision (k, kind, op, clock, author, reason, base, fields, hash)" +
		" SELECT c0, 4, 1, c1, c2, '', x'', c3, c4 FROM rows_of(?, 5)"
	insertEntries = "INSERT INTO publicity (id, void, unit, item, day, value, flags, note)" +
		" SELECT c0, 0, c1, c2, c3, c4, c5, c6 FROM rows_of(?, 7)"
)

func (l *loader) add(r *ledger.Revision) error {
	entry, ok := r.Fields.(*ledger.Publicity)
	if !ok {
		if err := l.drain(); err != nil {
			return err
		}
		return l.t.Append(r)
	}
	h := l.t.heads[l.t.own]
	r.ID = ledger.MakeID(l.t.own, h.seq+1)
	r.Record = r.ID
	if r.Clock == 0 {
		r.Clock = ledger.NextClock(l.t.last(), l.t.now)
	}
	r.Hash = l.t.chain.Link(h.hash, r)
	h.seq, h.hash, h.clock = r.ID.Seq(), r.Hash, r.Clock
	return l.take(r, entry)
}

// merge adds a revision of a bundle, whose hash is known, to its chain.
func (l *loader) merge(h *chainHead, r *ledger.Revision) error {
	entry, isEntry := r.Fields.(*ledger.Publicity)
	waits, err := l.t.waits(r.Record)
	if err != nil {
		return err
	}
	if !isEntry || r.Op != ledger.OpCreate || r.Reason != "" || waits {
		if slices.Contains(l.pending, r.Record) {
			if err := l.drain(); err != nil {
				return err
			}
		}
		return l.t.keep(h, r)
	}
	h.seq, h.hash, h.clock = r.ID.Seq(), r.Hash, max(h.clock, r.Clock)
	return l.take(r, entry)
}

// take counts an entry and packs its two rows.
func (l *loader) take(r *ledger.Revision, v *ledger.Publicity) error {
	if err := l.t.count(ledger.Row[ledger.Record]{Value: v}, 1); err != nil {
		return err
	}
	l.fields = ledger.EncodeFields(l.fields[:0], v)
	w := &l.revision
	w.int(int64(r.ID))
	w.int(int64(r.Clock))
	w.text(r.Author)
	w.blob(l.fields)
	w.blob(r.Hash[:])
	w = &l.publicity
	for _, n := range [...]int64{int64(r.ID), int64(v.Unit), int64(v.Item), int64(v.Day), v.Quantity.Value, int64(v.Quantity.Flags())} {
		w.int(n)
	}
	w.text(v.Note)
	l.pending = append(l.pending, r.ID)
	if l.revision.full() || l.publicity.full() {
		return l.drain()
	}
	return nil
}

// drain writes what is packed.
func (l *loader) drain() error {
	l.pending = l.pending[:0]
	if err := l.revision.put(l.t, insertRevisions); err != nil {
		return err
	}
	return l.publicity.put(l.t, insertEntries)
}
