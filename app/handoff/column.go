package handoff

import (
	"encoding/binary"

	"taizhang/app/ledger"
)

// A dictionary column holds a value a revision. The number 0 stands for the zero
// value (no text, no record), 1 for the next value of the dictionary that was not
// used yet, and n+2 for its value n again. Texts that all differ so cost no more
// than themselves, and texts that repeat a byte or two.
type dictWriter[T comparable] struct {
	known  map[T]uint64
	values []byte // in the order of their first use
	column []byte
	append func([]byte, T) []byte

	last   T // the value before, which the next one mostly is for authors
	number uint64
}

func newDict[T comparable](add func([]byte, T) []byte) dictWriter[T] {
	return dictWriter[T]{known: map[T]uint64{}, append: add}
}

func (d *dictWriter[T]) add(v T) {
	var zero T
	if v == zero {
		d.column = append(d.column, 0)
		return
	}
	if v == d.last {
		d.column = binary.AppendUvarint(d.column, d.number)
		return
	}
	n, ok := d.known[v]
	if ok {
		d.column = binary.AppendUvarint(d.column, n)
	} else {
		n = uint64(len(d.known)) + 2
		d.known[v] = n
		d.values = d.append(d.values, v)
		d.column = append(d.column, 1)
	}
	d.last, d.number = v, n
}

// reset empties the dictionary and keeps its memory.
func (d *dictWriter[T]) reset() {
	var zero T
	clear(d.known)
	d.values, d.column, d.last = d.values[:0], d.column[:0], zero
}

func (d *dictWriter[T]) size() int { return len(d.values) + len(d.column) }

// dictReader reads a dictionary column. Values are decoded when they are first
// used, so that it never holds more than there are bytes for.
type dictReader[T any] struct {
	values cursor
	column cursor
	used   []T
	read   func(*cursor) T
}

func (d *dictReader[T]) next() T {
	var zero T
	switch n := d.column.uint(); {
	case n == 0:
		return zero
	case n == 1:
		v := d.read(&d.values)
		d.used = append(d.used, v)
		return v
	case n-2 < uint64(len(d.used)):
		return d.used[n-2]
	}
	d.column.fail()
	return zero
}

// open takes the dictionary's two sections from a block.
func (d *dictReader[T]) open(block *cursor) {
	clear(d.used) // the values of the block before may go
	d.used = d.used[:0]
	d.values = cursor{block.bytes(), block.fault}
	d.column = cursor{block.bytes(), block.fault}
}

func (d *dictReader[T]) empty() bool { return len(d.values.buf) == 0 && len(d.column.buf) == 0 }

// walk follows the revisions of a bundle: the ranges in the manifest's order, and
// within each the sequence numbers without gaps. It is what makes IDs travel for
// nothing.
type walk struct {
	ranges []Range
	at     int   // the range the next revision is of
	seq    int64 // of the revision before it
}

func newWalk(m *Manifest) walk {
	w := walk{ranges: m.Ranges}
	w.enter()
	return w
}

func (w *walk) enter() {
	if !w.done() {
		w.seq = w.ranges[w.at].After.Seq
	}
}

func (w *walk) done() bool { return w.at == len(w.ranges) }

// next is the ID of the next revision; not when done.
func (w *walk) next() ledger.ID { return ledger.MakeID(int64(w.at)+1, w.seq+1) }

// step goes one revision on, and returns the range that it ended, or nil.
func (w *walk) step() *Range {
	w.seq++
	r := &w.ranges[w.at]
	if w.seq < r.Head.Seq {
		return nil
	}
	w.at++
	w.enter()
	return r
}
