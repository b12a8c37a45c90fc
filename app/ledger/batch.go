package ledger

import (
	"context"
	"crypto/sha256"
)

// Batch is what was taken into the ledger at once from one source: a pasted report, a
// document or a workbook. It covers the Count revisions that come right before its own
// on the same chain: they were written in one transaction, so that nothing can stand
// between them.
type Batch struct {
	Source string            // name of the file; empty for what was pasted
	Hash   [sha256.Size]byte // SHA-256 of the file, or of the pasted text in UTF-8
	Text   string            // of a report, as it was read; empty for a workbook
	Count  int64             // revisions that it covers, at least 1
}

// MaxSource bounds the text that a batch keeps, in characters. A longer report is
// taken without it.
const MaxSource = 65_536

// MaxBatch bounds the records of one batch: a workbook of many years.
const MaxBatch = 1_000_000

// Kind is KindBatch.
func (*Batch) Kind() Kind { return KindBatch }

func (b *Batch) check() error {
	if b.Count < 1 || b.Count > MaxBatch {
		return refuse(CodeCountAbsurd, "field", "count", "count", b.Count, "max", int64(MaxBatch))
	}
	return firstError(checkText("source", b.Source, MaxText), checkText("text", b.Text, MaxSource))
}

func (b *Batch) encode(e *encoder) {
	e.text(b.Source)
	e.text(string(b.Hash[:]))
	e.text(b.Text)
	e.int(b.Count)
}

func (b *Batch) decode(r *decoder) {
	b.Source = r.text()
	hash := r.text()
	if len(hash) != len(b.Hash) {
		r.fail()
		return
	}
	copy(b.Hash[:], hash)
	b.Text, b.Count = r.text(), r.int()
}

// Range is a run of records, by the ids they were created with; both ends belong to it.
type Range struct{ First, Last ID }

// Contains reports whether a record belongs to the range.
func (r Range) Contains(id ID) bool { return r.First <= id && id <= r.Last }

// Records is the range that a batch created as own covers.
func (b *Batch) Records(own ID) Range { return Range{own - ID(b.Count), own - 1} }

// Earlier stands for the id of the record at index at of the batch that is being
// recorded, which has none yet: an entry may be of an item that comes before it.
func Earlier(at int) ID { return ID(-1 - at) }

// settled is r with the id of the item that Earlier stands for. What stands for
// nothing stays, and is refused as unknown.
func settled(r Record, ids []ID) Record {
	p, ok := r.(*Publicity)
	if !ok || p.Item >= 0 || -1-p.Item >= ID(len(ids)) {
		return r
	}
	entry := *p
	entry.Item = ids[-1-p.Item]
	return &entry
}

// RecordBatch adds records with the source they came from, in one transaction: all or
// none. It fills in b.Count and returns the batch's own id beside theirs. An entry may
// name an item of the same batch by Earlier. A record that is refused is told by a
// *RowError.
func (b *Book) RecordBatch(ctx context.Context, batch *Batch, records []Record) (id ID, ids []ID, err error) {
	batch.Count = int64(len(records))
	if err := batch.check(); err != nil {
		return 0, nil, err
	}
	err = b.store.Write(ctx, func(tx Tx) error {
		ids = make([]ID, 0, len(records))
		for i, r := range records {
			if err := ctx.Err(); err != nil {
				return err
			}
			r = settled(r, ids)
			if err := firstError(checkIn(tx, r, Row[Record]{}), b.checkSecond(r, nil)); err != nil {
				return &RowError{Row: i, Err: err}
			}
			rev := Revision{Op: OpCreate, Author: b.author(), Fields: r}
			if err := tx.Append(&rev); err != nil {
				return err
			}
			ids = append(ids, rev.ID)
		}
		rev := Revision{Op: OpCreate, Author: b.author(), Fields: batch}
		if err := tx.Append(&rev); err != nil {
			return err
		}
		id = rev.ID
		return nil
	})
	if err != nil {
		return 0, nil, err
	}
	return id, ids, nil
}

// RowError says which of several records was refused.
type RowError struct {
	Row int // from 0
	Err error
}

// Error is part of error.
func (e *RowError) Error() string { return e.Err.Error() }

// Unwrap is the refusal itself.
func (e *RowError) Unwrap() error { return e.Err }

// VoidBatch takes everything that a batch brought out of every figure, and marks the
// batch itself; what of it was voided before stays as it is. It is one act: all of it,
// or nothing when a record that others stand on refuses.
func (b *Book) VoidBatch(ctx context.Context, id ID, reason string) error {
	if err := checkReason(reason); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx Tx) error {
		cur, batch, err := standingOf[*Batch](b, tx, id)
		if err != nil {
			return err
		}
		// Newest first: a problem goes before the inspection that it is listed under.
		for k, of := id-1, batch.Records(id); of.Contains(k); k-- {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := b.voidCovered(tx, k, reason); err != nil {
				return err
			}
		}
		return b.append(tx, OpVoid, cur, cur.Value, reason)
	})
}

// voidCovered voids one record of a batch.
func (b *Book) voidCovered(tx Tx, id ID, reason string) error {
	row, err := tx.Current(id)
	if CodeOf(err) == CodeRecordUnknown {
		return nil // a correction or a void, which covers no record of its own
	}
	if err != nil || row.Voided {
		return err
	}
	if err := checkUnused(tx, row); err != nil {
		return err
	}
	return b.onAll(tx, OpVoid, row, row.Value, reason)
}
