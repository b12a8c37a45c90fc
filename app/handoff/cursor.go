package handoff

import (
	"encoding/binary"
	"errors"
	"math"

	"taizhang/app/ledger"
)

var errMalformed = errors.New("malformed or cut off")

// cursor reads numbers and texts from bytes. The first fault sticks in *fault,
// which several cursors may share, and everything after it reads as zero.
type cursor struct {
	buf   []byte
	fault *bool
}

func (c *cursor) fail() { *c.fault, c.buf = true, nil }

// uint reads a varint in its shortest form.
func (c *cursor) uint() uint64 {
	if len(c.buf) > 0 && c.buf[0] < 0x80 { // most numbers are small
		v := c.buf[0]
		c.buf = c.buf[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(c.buf)
	if n <= 0 || c.buf[n-1] == 0 {
		c.fail()
		return 0
	}
	c.buf = c.buf[n:]
	return v
}

func (c *cursor) int() int64 {
	v := c.uint()
	return int64(v>>1) ^ -int64(v&1)
}

// length reads a count of things that take at least size bytes each, and refuses
// more than the bytes left can hold: nothing is ever allocated by a claim.
func (c *cursor) length(size int) int {
	n := c.uint()
	if n > uint64(len(c.buf)/size) {
		c.fail()
		return 0
	}
	return int(n)
}

// take reads the next n bytes, without copying them.
func (c *cursor) take(n int) []byte {
	if n > len(c.buf) {
		c.fail()
		return nil
	}
	b := c.buf[:n:n]
	c.buf = c.buf[n:]
	return b
}

// bytes reads bytes preceded by their length, without copying them.
func (c *cursor) bytes() []byte { return c.take(c.length(1)) }

func (c *cursor) text() string { return string(c.bytes()) }

// maxSeq is the largest sequence number an ID holds.
const maxSeq = 1<<40 - 1

// id reads a bundle number of a chain, up to chains, and a sequence number.
func (c *cursor) id(chains int64) ledger.ID {
	desk, seq := c.uint(), c.uint()
	if desk < 1 || desk > uint64(chains) || seq < 1 || seq > maxSeq {
		c.fail()
		return 0
	}
	return ledger.MakeID(int64(desk), int64(seq))
}

func (c *cursor) day() ledger.Day {
	v := c.int()
	if v < math.MinInt32 || v > math.MaxInt32 {
		c.fail()
		return 0
	}
	return ledger.Day(v)
}

func appendText[T string | []byte](b []byte, s T) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendID(b []byte, id ledger.ID) []byte {
	b = binary.AppendUvarint(b, uint64(id.Desk()))
	return binary.AppendUvarint(b, uint64(id.Seq()))
}
