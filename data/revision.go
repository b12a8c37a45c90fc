package data

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"

	"taizhang/app/ledger"
)

// encodeBase writes the revisions an author saw, as varints of their local IDs.
func encodeBase(base []ledger.ID) []byte {
	buf := []byte{}
	for _, id := range base {
		buf = binary.AppendUvarint(buf, uint64(id))
	}
	return buf
}

// decodeBase reads what encodeBase wrote, and refuses any other spelling of the
// same numbers: each revision has one form.
func decodeBase(buf []byte) ([]ledger.ID, error) {
	var base []ledger.ID
	for rest := buf; len(rest) > 0; {
		v, n := binary.Uvarint(rest)
		if n <= 0 {
			return nil, fmt.Errorf("base of a revision is malformed")
		}
		base, rest = append(base, ledger.ID(v)), rest[n:]
	}
	if !bytes.Equal(encodeBase(base), buf) {
		return nil, fmt.Errorf("base of a revision is malformed")
	}
	return base, nil
}

const revisionColumns = "k, record, kind, op, clock, author, reason, base, fields, hash"

// rawRevision is a revision as its row holds it; the byte slices are valid
// until the next one is read.
type rawRevision struct {
	k, kind, op, clock int64
	record             sql.NullInt64
	author, reason     string
	base, fields, hash sql.RawBytes
}

func (w *rawRevision) scan(rows *sql.Rows) error {
	return rows.Scan(&w.k, &w.record, &w.kind, &w.op, &w.clock, &w.author, &w.reason, &w.base, &w.fields, &w.hash)
}

// unpack reads the columns of a packed row.
func (w *rawRevision) unpack(u *unpacker) error {
	w.k, w.record, w.kind, w.op, w.clock = u.int(), u.nullInt(), u.int(), u.int(), u.int()
	u.text(&w.author)
	u.text(&w.reason)
	w.base, w.fields, w.hash = u.blob(), u.blob(), u.blob()
	return u.err
}

// readRawRevisions reads the revisions between two keys, in order.
func readRawRevisions(ctx context.Context, q querier, from, to ledger.ID, visit func(*rawRevision) error) error {
	var w rawRevision
	r := packedReader{ctx: ctx, q: q, table: "revision", key: "k", columns: revisionColumns, visit: func(u *unpacker) (int64, error) {
		if err := w.unpack(u); err != nil {
			return 0, err
		}
		return w.k, visit(&w)
	}}
	return r.read(int64(from), int64(to))
}

func (w *rawRevision) revision() (ledger.Revision, error) {
	r := ledger.Revision{ID: ledger.ID(w.k), Record: ledger.ID(w.k), Op: ledger.Op(w.op), Clock: ledger.Clock(w.clock),
		Author: w.author, Reason: w.reason}
	if w.record.Valid {
		r.Record = ledger.ID(w.record.Int64)
	}
	var err error
	if r.Base, err = decodeBase(w.base); err != nil {
		return r, err
	}
	if r.Fields, err = ledger.DecodeFields(ledger.Kind(w.kind), w.fields); err != nil {
		return r, err
	}
	if len(w.hash) != len(r.Hash) {
		return r, fmt.Errorf("hash of a revision has %d bytes", len(w.hash))
	}
	copy(r.Hash[:], w.hash)
	return r, nil
}

// readRevisions reads every revision of a record, in key order.
func readRevisions(ctx context.Context, q querier, record ledger.ID) ([]ledger.Revision, error) {
	rows, err := q.QueryContext(ctx, "SELECT "+revisionColumns+" FROM revision WHERE k = ?1 AND record IS NULL"+
		" UNION ALL SELECT "+revisionColumns+" FROM revision WHERE record = ?1", int64(record))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ledger.Revision
	for rows.Next() {
		var w rawRevision
		if err := w.scan(rows); err != nil {
			return nil, err
		}
		r, err := w.revision()
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// newer orders revisions of one record by (clock, desk, hash): all are the same
// in every ledger, so every ledger agrees on which one stands. The hash decides
// between the branches of a desk that two PCs wrote.
func newer(a, b ledger.Revision, desks *deskTable) bool {
	if a.Clock != b.Clock {
		return a.Clock > b.Clock
	}
	da, db := desks.lookup(a.ID.Desk()), desks.lookup(b.ID.Desk())
	if c := bytes.Compare(da[:], db[:]); c != 0 {
		return c > 0
	}
	return bytes.Compare(a.Hash[:], b.Hash[:]) > 0
}

// standing returns the revision of a record that stands: the newest. ok is false
// while the revision that creates it is not among them. One of another kind than
// the record's can only come from a desk that breaks the rules, and never
// stands.
func standing(list []ledger.Revision, desks *deskTable) (top ledger.Revision, ok bool) {
	kind := ledger.Kind(0)
	for _, r := range list {
		if r.Op == ledger.OpCreate {
			top, kind, ok = r, r.Fields.Kind(), true
		}
	}
	for _, r := range list {
		if r.Fields.Kind() == kind && newer(r, top, desks) {
			top = r
		}
	}
	return top, ok
}

// heads returns the revisions of a record that no other was based on. Several
// clash, unless all say the same.
func heads(list []ledger.Revision) []ledger.Revision {
	seen := map[ledger.ID]bool{}
	for _, r := range list {
		for _, b := range r.Base {
			seen[b] = true
		}
	}
	var tops []ledger.Revision
	differ := false
	for _, r := range list {
		if seen[r.ID] {
			continue
		}
		differ = differ || len(tops) > 0 && !sameStatement(tops[0], r)
		tops = append(tops, r)
	}
	if !differ && len(tops) > 1 {
		return tops[:1]
	}
	return tops
}

// sameStatement reports whether two revisions leave the record in one state.
func sameStatement(a, b ledger.Revision) bool {
	return (a.Op == ledger.OpVoid) == (b.Op == ledger.OpVoid) && a.Fields.Kind() == b.Fields.Kind() &&
		bytes.Equal(ledger.EncodeFields(nil, a.Fields), ledger.EncodeFields(nil, b.Fields))
}

// without is list but for one revision.
func without(list []ledger.Revision, id ledger.ID) []ledger.Revision {
	return slices.DeleteFunc(slices.Clone(list), func(r ledger.Revision) bool { return r.ID == id })
}

func rowOf(r ledger.Revision) ledger.Row[ledger.Record] {
	return ledger.Row[ledger.Record]{ID: r.Record, Revision: r.ID, Voided: r.Op == ledger.OpVoid,
		Clock: r.Clock, Author: r.Author, Value: r.Fields}
}

func current(ctx context.Context, q querier, desks *deskTable, id ledger.ID) (ledger.Row[ledger.Record], error) {
	list, err := readRevisions(ctx, q, id)
	if err != nil {
		return ledger.Row[ledger.Record]{}, err
	}
	top, ok := standing(list, desks)
	if !ok {
		return ledger.Row[ledger.Record]{}, ledger.Refuse(ledger.CodeRecordUnknown, "id", int64(id))
	}
	return rowOf(top), nil
}

// History lists every revision of a record, oldest first.
func (s *Store) History(ctx context.Context, record ledger.ID) ([]ledger.Revision, error) {
	list, err := readRevisions(ctx, s.reader, record)
	if err == nil && len(list) == 0 {
		err = ledger.Refuse(ledger.CodeRecordUnknown, "id", s.IDText(record))
	}
	sortRevisions(list, s.desks)
	return list, s.fault(err)
}

func sortRevisions(list []ledger.Revision, desks *deskTable) {
	slices.SortFunc(list, func(a, b ledger.Revision) int {
		if newer(a, b, desks) {
			return 1
		}
		return -1
	})
}

// readIDs reads one column of record ids.
func readIDs(ctx context.Context, q querier, query string, args ...any) ([]ledger.ID, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ledger.ID
	for rows.Next() {
		var id ledger.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		list = append(list, id)
	}
	return list, rows.Err()
}

// blob is b as a column that must not be NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
