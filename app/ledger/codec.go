package ledger

import (
	"encoding/binary"
	"fmt"
	"math"
)

// encoder writes a record's fields. With desks set it writes the form that is
// hashed and travels (IDs as DeskID and seq); without, the form the ledger file
// keeps (IDs as they are), at a third of the bytes.
type encoder struct {
	buf   []byte
	desks func(number int64) DeskID
}

func (e *encoder) uint(v uint64) { e.buf = binary.AppendUvarint(e.buf, v) }
func (e *encoder) int(v int64)   { e.buf = binary.AppendVarint(e.buf, v) }
func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.buf = append(e.buf, s...)
}
func (e *encoder) bool(b bool) {
	if b {
		e.buf = append(e.buf, 1)
	} else {
		e.buf = append(e.buf, 0)
	}
}
func (e *encoder) id(id ID) {
	if e.desks == nil {
		e.uint(uint64(id))
		return
	}
	if id == 0 {
		e.buf = append(e.buf, make([]byte, 16)...)
		e.uint(0)
		return
	}
	d := e.desks(id.Desk())
	e.buf = append(e.buf, d[:]...)
	e.uint(uint64(id.Seq()))
}

// count writes a number that may be not stated: 0 for unknown, n+1 otherwise,
// so that unknown never reads back as zero.
func (e *encoder) count(c Count) {
	if !c.Known {
		e.uint(0)
		return
	}
	e.uint(uint64(c.N) + 1)
}

// decoder reads what an encoder without desks wrote. The first fault sticks in
// err and everything after it reads as zero.
type decoder struct {
	buf []byte
	err error
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = fmt.Errorf("ledger: record fields cut off or malformed")
	}
	d.buf = nil
}
func (d *decoder) uint() uint64 {
	v, n := binary.Uvarint(d.buf)
	// A last byte of zero adds nothing: the number has a shorter form, and only
	// that one is read, so that equal records have equal bytes.
	if n <= 0 || n > 1 && d.buf[n-1] == 0 {
		d.fail()
		return 0
	}
	d.buf = d.buf[n:]
	return v
}
func (d *decoder) int() int64 {
	v := d.uint()
	return int64(v>>1) ^ -int64(v&1) // as in binary.Varint
}

// small reads a number that is kept in one byte: a kind of something, or flags.
func (d *decoder) small() uint8 {
	v := d.uint()
	if v > math.MaxUint8 {
		d.fail()
		return 0
	}
	return uint8(v)
}
func (d *decoder) day() Day {
	v := d.int()
	if v != int64(Day(v)) {
		d.fail()
		return 0
	}
	return Day(v)
}
func (d *decoder) text() string {
	n := d.uint()
	if n > uint64(len(d.buf)) {
		d.fail()
		return ""
	}
	s := string(d.buf[:n])
	d.buf = d.buf[n:]
	return s
}
func (d *decoder) bool() bool {
	if len(d.buf) == 0 || d.buf[0] > 1 {
		d.fail()
		return false
	}
	b := d.buf[0] == 1
	d.buf = d.buf[1:]
	return b
}
func (d *decoder) id() ID {
	v := d.uint()
	if v > math.MaxInt64 {
		d.fail()
		return 0
	}
	return ID(v)
}
func (d *decoder) count() Count {
	v := d.uint()
	if v == 0 {
		return Count{}
	}
	return Count{N: int64(v - 1), Known: true}
}

// EncodeFields appends the form of r that the ledger file keeps.
func EncodeFields(buf []byte, r Record) []byte {
	e := encoder{buf: buf}
	r.encode(&e)
	return e.buf
}

// DecodeFields reads what EncodeFields wrote for a record of kind k. It never
// panics and refuses cut-off, malformed or trailing bytes, and every form but
// the one EncodeFields writes.
func DecodeFields(k Kind, buf []byte) (Record, error) {
	r := newRecord(k)
	if r == nil {
		return nil, fmt.Errorf("ledger: unknown record kind %d", k)
	}
	d := decoder{buf: buf}
	r.decode(&d)
	if d.err != nil {
		return nil, d.err
	}
	if len(d.buf) != 0 {
		return nil, fmt.Errorf("ledger: %d bytes after the fields of a %v", len(d.buf), k)
	}
	return r, nil
}
