package data

// #cgo CFLAGS: -Wall
// #include "packed.h"
import "C"

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
)

// The ledger's long tables are read and written by blobs of some hundred rows:
// database/sql, and calling C for every column, cost several times what SQLite
// itself does. packed.c has SQLite's side and the form of a blob.

func init() {
	if rc := C.packed_register(); rc != 0 {
		panic(fmt.Sprintf("data: SQLite takes no functions: %d", rc))
	}
}

// packedFull is about how many bytes of rows cross at once.
const packedFull = C.PACKED_FULL

// packer collects rows for rows_of, value by value.
type packer struct{ buf []byte }

func (p *packer) int(v int64) {
	p.buf = binary.LittleEndian.AppendUint64(append(p.buf, C.PACKED_INTEGER), uint64(v))
}

func (p *packer) text(s string) {
	p.buf = append(binary.LittleEndian.AppendUint32(append(p.buf, C.PACKED_TEXT), uint32(len(s))), s...)
}

func (p *packer) blob(b []byte) {
	p.buf = append(binary.LittleEndian.AppendUint32(append(p.buf, C.PACKED_BLOB), uint32(len(b))), b...)
}

func (p *packer) full() bool { return len(p.buf) >= packedFull }

// put runs statement, which inserts from rows_of(?, width), and forgets the rows.
func (p *packer) put(t *tx, statement string) error {
	if len(p.buf) == 0 {
		return nil
	}
	err := t.exec(statement, p.buf)
	p.buf = p.buf[:0]
	return err
}

// unpacker reads the values of rows that packed made one by one. The first fault
// sticks in err and everything after it reads as zero.
type unpacker struct {
	buf []byte
	err error
}

var errPacked = errors.New("data: a column holds what it never should")

func (u *unpacker) more() bool { return len(u.buf) > 0 }

// take reads the next value: its type, which must be one of those wanted, and
// size bytes, or as many as stand before them.
func (u *unpacker) take(want byte, size int) []byte {
	if len(u.buf) == 0 || u.buf[0] != want {
		u.err, u.buf = errPacked, nil
		return nil
	}
	rest := u.buf[1:]
	if size < 0 && len(rest) >= 4 {
		size, rest = int(binary.LittleEndian.Uint32(rest)), rest[4:]
	}
	if size < 0 || size > len(rest) {
		u.err, u.buf = errPacked, nil
		return nil
	}
	u.buf = rest[size:]
	return rest[:size:size]
}

func (u *unpacker) int() int64 {
	b := u.take(C.PACKED_INTEGER, 8)
	if b == nil {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(b))
}

func (u *unpacker) nullInt() (v sql.NullInt64) {
	if len(u.buf) > 0 && u.buf[0] == C.PACKED_NULL {
		u.buf = u.buf[1:]
		return v
	}
	v.Int64 = u.int()
	v.Valid = u.err == nil
	return v
}

// text reads a text into s, which keeps its memory where the text is the same:
// authors mostly are.
func (u *unpacker) text(s *string) {
	if b := u.take(C.PACKED_TEXT, -1); string(b) != *s {
		*s = string(b)
	}
}

// blob reads a blob, which is good as long as the rows.
func (u *unpacker) blob() []byte { return u.take(C.PACKED_BLOB, -1) }

// packedRows is over how many keys one reading goes. A range of keys is read in
// less than half the time of a LIMIT, which has SQLite copy every row once more.
const packedRows = 1024

// packedReader reads the rows of a table in the order of its integer key.
type packedReader struct {
	ctx                 context.Context
	q                   querier
	table, key, columns string
	// visit reads the columns of one row and returns its key. What it gets is good
	// until it returns.
	visit func(*unpacker) (int64, error)
}

// read visits the rows whose keys lie between from and to.
func (p *packedReader) read(from, to int64) error {
	for dense := false; from <= to; {
		if !dense { // at a gap, as wide as it may be
			var key sql.NullInt64
			query := "SELECT min(" + p.key + ") FROM " + p.table + " WHERE " + p.key + " BETWEEN ? AND ?"
			if err := p.q.QueryRowContext(p.ctx, query, from, to).Scan(&key); err != nil || !key.Valid {
				return err
			}
			from = key.Int64
		}
		end := to
		if uint64(to)-uint64(from) >= packedRows {
			end = from + packedRows - 1
		}
		last, n, err := p.some(from, end)
		if err != nil || last == to {
			return err
		}
		from, dense = last+1, n > 0
	}
	return nil
}

// some visits the first of the rows whose keys lie between from and end. It
// returns the key up to which there is no other, and how many there were.
func (p *packedReader) some(from, end int64) (last int64, n int, err error) {
	var u unpacker
	query := "SELECT packed(" + p.columns + ") FROM " + p.table + " WHERE " + p.key + " BETWEEN ? AND ?"
	if err := p.q.QueryRowContext(p.ctx, query, from, end).Scan(&u.buf); err != nil {
		return 0, 0, err
	}
	full := len(u.buf) >= packedFull
	for ; u.more(); n++ {
		key, err := p.visit(&u)
		if err != nil {
			return 0, 0, err
		}
		// Rows out of order would be left out, or come twice.
		if u.err != nil || key < from || key > end || n > 0 && key <= last {
			return 0, 0, errPacked
		}
		last = key
	}
	if !full {
		last = end
	}
	return last, n, nil
}
