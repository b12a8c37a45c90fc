package handoff

import (
	"encoding/binary"
	"errors"
	"fmt"

	"taizhang/app/ledger"
)

// Bounds of a block, which keep the memory for a bundle of any size small.
const (
	maxBlockRevisions = 8192
	maxBlock          = 4 << 20 // bytes, before compression
	fullBlock         = 1 << 20 // bytes at which a block is closed
)

// Bounds of a revision, far above what any person writes. Without them a few bytes
// could stand for hours of hashing: a column names a long text thousands of times.
const (
	maxSaid = 4 * ledger.MaxText // bytes of an author or a reason
	maxBase = 1024               // revisions that a base names
)

// blockSections is how many sections of bytes follow the number of revisions in a
// block, in the order of blockWriter.sections.
const blockSections = 18

// blockWriter collects revisions by columns: what is alike stands together, which
// is what makes them small.
type blockWriter struct {
	n int

	runs     []byte // of revisions of one kind and operation
	run      int    // length of the run being counted
	kind     ledger.Kind
	op       ledger.Op
	times    []byte // milliseconds since the revision before
	counters []byte
	clock    ledger.Clock
	authors  dictWriter[string]
	reasons  dictWriter[string]
	refs     []byte // record and base of what is no creation

	units, items dictWriter[ledger.ID] // from here on, publicity entries
	days         []byte
	day          ledger.Day
	quantities   []byte
	flags        []byte
	notes        dictWriter[string]

	rows   []byte // records of all other kinds
	fields []byte
}

func newBlockWriter() *blockWriter {
	return &blockWriter{authors: newDict(appendText[string]), reasons: newDict(appendText[string]), notes: newDict(appendText[string]),
		units: newDict(appendID), items: newDict(appendID)}
}

// add takes r, which checkRevision has found good, into the block.
func (b *blockWriter) add(r *ledger.Revision) {
	if kind := r.Fields.Kind(); b.n == 0 || kind != b.kind || r.Op != b.op {
		b.endRun()
		b.kind, b.op = kind, r.Op
	}
	b.run++
	b.n++
	b.addClock(r.Clock)
	b.authors.add(r.Author)
	b.reasons.add(r.Reason)
	if r.Op != ledger.OpCreate {
		b.addRefs(r)
	}
	if p, ok := r.Fields.(*ledger.Publicity); ok {
		b.addPublicity(p)
		return
	}
	b.fields = ledger.EncodeFields(b.fields[:0], r.Fields)
	b.rows = appendText(b.rows, b.fields)
}

func (b *blockWriter) endRun() {
	if b.run > 0 {
		b.runs = append(b.runs, byte(b.kind), byte(b.op))
		b.runs = binary.AppendUvarint(b.runs, uint64(b.run))
		b.run = 0
	}
}

// addClock writes the two halves of a clock apart: the milliseconds as the
// difference to the revision before, the counter as 0 when it is what NextClock
// gives.
func (b *blockWriter) addClock(c ledger.Clock) {
	ms := int64(c>>16) - int64(b.clock>>16)
	b.times = binary.AppendVarint(b.times, ms)
	b.counters = binary.AppendVarint(b.counters, int64(c&0xffff)-expectedCounter(b.clock, ms))
	b.clock = c
}

// expectedCounter is the counter of a clock ms milliseconds after before.
func expectedCounter(before ledger.Clock, ms int64) int64 {
	if ms == 0 {
		return int64(before&0xffff) + 1
	}
	return 0
}

func (b *blockWriter) addRefs(r *ledger.Revision) {
	b.refs = appendRef(b.refs, r.ID, r.Record)
	b.refs = binary.AppendUvarint(b.refs, uint64(len(r.Base)))
	for _, id := range r.Base {
		b.refs = appendRef(b.refs, r.ID, id)
	}
}

// appendRef writes a reference from a revision: on its own chain, 0 and how far
// back; on another, the number of the chain and the sequence number.
func appendRef(b []byte, from, to ledger.ID) []byte {
	if from.Desk() == to.Desk() {
		b = append(b, 0)
		return binary.AppendVarint(b, from.Seq()-to.Seq())
	}
	return appendID(b, to)
}

func (b *blockWriter) addPublicity(p *ledger.Publicity) {
	b.units.add(p.Unit)
	b.items.add(p.Item)
	b.days = binary.AppendVarint(b.days, int64(p.Day)-int64(b.day))
	b.day = p.Day
	b.quantities = binary.AppendUvarint(b.quantities, uint64(p.Quantity.Value))
	b.flags = append(b.flags, p.Quantity.Flags())
	b.notes.add(p.Note)
}

// size is about how many bytes the block has, without compression.
func (b *blockWriter) size() int {
	return len(b.runs) + len(b.times) + len(b.counters) + b.authors.size() + b.reasons.size() + len(b.refs) +
		b.units.size() + b.items.size() + len(b.days) + len(b.quantities) + len(b.flags) + b.notes.size() + len(b.rows)
}

func (b *blockWriter) sections() [blockSections][]byte {
	return [blockSections][]byte{b.runs, b.times, b.counters, b.authors.values, b.authors.column,
		b.reasons.values, b.reasons.column, b.refs, b.units.values, b.units.column, b.items.values, b.items.column,
		b.days, b.quantities, b.flags, b.notes.values, b.notes.column, b.rows}
}

// appendTo writes the block behind its length and empties it.
func (b *blockWriter) appendTo(buf []byte) []byte {
	b.endRun()
	sections := b.sections()
	size := uvarintSize(uint64(b.n))
	for _, s := range sections {
		size += uvarintSize(uint64(len(s))) + len(s)
	}
	buf = binary.AppendUvarint(buf, uint64(size))
	buf = binary.AppendUvarint(buf, uint64(b.n))
	for _, s := range sections {
		buf = appendText(buf, s)
	}
	b.reset()
	return buf
}

func (b *blockWriter) reset() {
	for _, s := range []*[]byte{&b.runs, &b.times, &b.counters, &b.refs, &b.days, &b.quantities, &b.flags, &b.rows} {
		*s = (*s)[:0]
	}
	for _, d := range []interface{ reset() }{&b.authors, &b.reasons, &b.units, &b.items, &b.notes} {
		d.reset()
	}
	b.n, b.run, b.clock, b.day = 0, 0, 0, 0
}

func uvarintSize(v uint64) int {
	n := 1
	for ; v >= 0x80; v >>= 7 {
		n++
	}
	return n
}

// revisionChecker refuses revisions that no ledger writes. Writer and reader use
// it alike: what cannot be read is never written.
type revisionChecker struct {
	chains int64 // bundle numbers that mean a chain
}

var errReference = errors.New("it refers to nothing in the bundle")

func (c revisionChecker) check(r *ledger.Revision) error {
	if r.Clock < 0 {
		return fmt.Errorf("clock %d", r.Clock)
	}
	if r.Op < ledger.OpCreate || r.Op > ledger.OpVoid {
		return fmt.Errorf("operation %d", r.Op)
	}
	if len(r.Author) > maxSaid || len(r.Reason) > maxSaid || len(r.Base) > maxBase {
		return fmt.Errorf("an author of %d bytes, a reason of %d, a base of %d", len(r.Author), len(r.Reason), len(r.Base))
	}
	if (r.Op == ledger.OpCreate) != (r.Record == r.ID) || r.Op == ledger.OpCreate && len(r.Base) > 0 {
		return fmt.Errorf("operation %d on record %d with a base of %d", r.Op, r.Record, len(r.Base))
	}
	ok := c.known(r.Record)
	for _, id := range r.Base {
		ok = ok && c.known(id)
	}
	if !ok || !c.refers(r.Fields) {
		return errReference
	}
	return ledger.Check(r.Fields)
}

// known reports whether id is a revision of a chain that the bundle numbers.
func (c revisionChecker) known(id ledger.ID) bool {
	return id > 0 && id.Desk() >= 1 && id.Desk() <= c.chains && id.Seq() >= 1
}

// refers reports whether all that a record's fields refer to is known or nothing.
func (c revisionChecker) refers(fields ledger.Record) bool {
	if p, ok := fields.(*ledger.Publicity); ok { // the mass of them, without the detour
		return (p.Unit == 0 || c.known(p.Unit)) && (p.Item == 0 || c.known(p.Item))
	}
	ok := true
	r := ledger.Revision{Fields: fields}
	ledger.Renumber(&r, func(id ledger.ID) ledger.ID {
		ok = ok && c.known(id)
		return id
	})
	return ok
}
