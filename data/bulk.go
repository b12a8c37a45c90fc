package data

import (
	"context"
	"database/sql"
	"time"

	"taizhang/app/ledger"
)

// bulkRows is how many rows one statement of a bulk load inserts.
const bulkRows = 64

// prepare makes the statements of a bulk load inside its transaction: the writer
// has one connection, which the transaction holds.
func (l *loader) prepare() (err error) {
	// Literals for what every entry of a batch shares spare a fifth of the time.
	if l.revision, err = l.t.sql.PrepareContext(l.t.ctx, "INSERT INTO revision (k, kind, op, clock, author, reason, base, fields, hash) VALUES "+
		repeat("(?,4,1,?,?,'',x'',?,?)", bulkRows)); err != nil {
		return err
	}
	l.publicity, err = l.t.sql.PrepareContext(l.t.ctx, "INSERT INTO publicity (id, void, unit, item, day, value, flags, note) VALUES "+
		repeat("(?,0,?,?,?,?,?,?)", bulkRows))
	return err
}

// Append adds new records in one transaction, without the checks of
// ledger.Book: for records that were checked elsewhere (a sample, a merge). at
// gives the moment record i was written; nil is now. Publicity entries go in by
// the statement-full.
func (s *Store) Append(ctx context.Context, records []ledger.Record, author string, at func(i int) time.Time) ([]ledger.ID, error) {
	ids := make([]ledger.ID, 0, len(records))
	err := s.write(ctx, func(t *tx) error {
		l := loader{t: t}
		if err := l.prepare(); err != nil {
			return err
		}
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

// loader gathers entries until a statement is full.
type loader struct {
	t                   *tx
	revision, publicity *sql.Stmt
	pending             []ledger.Revision
	entries             [bulkRows]ledger.Publicity // of pending revisions that came in a bundle
	revisionArgs        []any
	publicityArgs       []any
	fields              []byte
}

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
	if err := l.t.count(ledger.Row[ledger.Record]{Value: entry}, 1); err != nil {
		return err
	}
	l.pending = append(l.pending, *r)
	if len(l.pending) == bulkRows {
		return l.insert()
	}
	return nil
}

// merge adds a revision of a bundle, whose hash is known, to its chain.
func (l *loader) merge(h *chainHead, r *ledger.Revision) error {
	entry, isEntry := r.Fields.(*ledger.Publicity)
	waits, err := l.t.waits(r.Record)
	if err != nil {
		return err
	}
	if !isEntry || r.Op != ledger.OpCreate || r.Reason != "" || waits {
		if l.holds(r.Record) {
			if err := l.drain(); err != nil {
				return err
			}
		}
		return l.t.keep(h, r)
	}
	h.seq, h.hash, h.clock = r.ID.Seq(), r.Hash, max(h.clock, r.Clock)
	if err := l.t.count(ledger.Row[ledger.Record]{Value: entry}, 1); err != nil {
		return err
	}
	// The reader of the bundle uses the fields again for the next revision.
	kept := &l.entries[len(l.pending)]
	*kept = *entry
	l.pending = append(l.pending, *r)
	l.pending[len(l.pending)-1].Fields = kept
	if len(l.pending) == bulkRows {
		return l.insert()
	}
	return nil
}

// holds reports whether a record is among those not written yet.
func (l *loader) holds(record ledger.ID) bool {
	for i := range l.pending {
		if l.pending[i].ID == record {
			return true
		}
	}
	return false
}

// insert writes a full statement's worth.
func (l *loader) insert() error {
	l.revisionArgs, l.publicityArgs, l.fields = l.revisionArgs[:0], l.publicityArgs[:0], l.fields[:0]
	starts := make([]int, 0, bulkRows+1)
	for i := range l.pending {
		starts = append(starts, len(l.fields))
		l.fields = ledger.EncodeFields(l.fields, l.pending[i].Fields)
	}
	starts = append(starts, len(l.fields))
	for i := range l.pending {
		r := &l.pending[i]
		l.revisionArgs = append(l.revisionArgs, int64(r.ID), int64(r.Clock), r.Author, l.fields[starts[i]:starts[i+1]], r.Hash[:])
		v := r.Fields.(*ledger.Publicity)
		l.publicityArgs = append(l.publicityArgs, int64(r.ID), int64(v.Unit), int64(v.Item), int64(v.Day),
			v.Quantity.Value, int64(v.Quantity.Flags()), v.Note)
	}
	if _, err := l.revision.ExecContext(l.t.ctx, l.revisionArgs...); err != nil {
		return err
	}
	if _, err := l.publicity.ExecContext(l.t.ctx, l.publicityArgs...); err != nil {
		return err
	}
	l.pending = l.pending[:0]
	return nil
}

// drain writes what does not fill a statement, one by one.
func (l *loader) drain() error {
	for i := range l.pending {
		r := &l.pending[i]
		l.fields = ledger.EncodeFields(l.fields[:0], r.Fields)
		if err := l.t.exec("INSERT INTO revision (k, kind, op, clock, author, reason, base, fields, hash) VALUES (?,4,1,?,?,'',x'',?,?)",
			int64(r.ID), int64(r.Clock), r.Author, l.fields, r.Hash[:]); err != nil {
			return err
		}
		v := r.Fields.(*ledger.Publicity)
		if err := l.t.exec("INSERT INTO publicity (id, void, unit, item, day, value, flags, note) VALUES (?,0,?,?,?,?,?,?)",
			int64(r.ID), int64(v.Unit), int64(v.Item), int64(v.Day), v.Quantity.Value, int64(v.Quantity.Flags()), v.Note); err != nil {
			return err
		}
	}
	l.pending = l.pending[:0]
	return nil
}

func repeat(one string, n int) string {
	b := make([]byte, 0, n*(len(one)+1))
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, one...)
	}
	return string(b)
}
