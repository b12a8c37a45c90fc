package handoff

import (
	"errors"
	"fmt"

	"taizhang/app/ledger"
)

// blockReader decodes the revisions of blocks one after the other. What it hands
// out is its own and overwritten by the next one.
type blockReader struct {
	checker revisionChecker
	fault   bool // shared by the cursors of a block

	left     int // revisions of the block not read yet
	run      uint64
	kind     ledger.Kind
	op       ledger.Op
	runs     cursor
	times    cursor
	counters cursor
	clock    ledger.Clock
	authors  dictReader[string]
	reasons  dictReader[string]
	refs     cursor

	units, items dictReader[ledger.ID]
	days         cursor
	day          ledger.Day
	quantities   cursor
	flags        cursor
	notes        dictReader[string]
	rows         cursor

	revision  ledger.Revision
	publicity ledger.Publicity
}

func newBlockReader(chains int64) *blockReader {
	id := func(c *cursor) ledger.ID { return c.id(chains) }
	b := &blockReader{checker: revisionChecker{chains}}
	b.authors.read, b.reasons.read, b.notes.read = (*cursor).text, (*cursor).text, (*cursor).text
	b.units.read, b.items.read = id, id
	return b
}

// open begins a block, which must stay as it is until its revisions are read.
func (b *blockReader) open(block []byte) error {
	b.fault, b.run, b.clock, b.day = false, 0, 0, 0
	c := cursor{block, &b.fault}
	n := c.uint()
	section := func() cursor { return cursor{c.bytes(), &b.fault} }
	b.runs, b.times, b.counters = section(), section(), section()
	b.authors.open(&c)
	b.reasons.open(&c)
	b.refs = section()
	b.units.open(&c)
	b.items.open(&c)
	b.days, b.quantities, b.flags = section(), section(), section()
	b.notes.open(&c)
	b.rows = section()
	if b.fault || len(c.buf) > 0 || n < 1 || n > maxBlockRevisions {
		return errMalformed
	}
	b.left = int(n)
	return nil
}

// next decodes the next revision of the block, whose ID is id. The hash is not
// filled in.
func (b *blockReader) next(id ledger.ID) (*ledger.Revision, error) {
	b.left--
	if b.run == 0 {
		b.kind, b.op, b.run = ledger.Kind(b.runs.small()), ledger.Op(b.runs.small()), b.runs.uint()
		if b.run == 0 || b.run > uint64(b.left)+1 {
			return nil, errMalformed
		}
	}
	b.run--
	r := &b.revision
	r.ID, r.Record, r.Op, r.Base = id, id, b.op, r.Base[:0]
	r.Clock = b.nextClock()
	r.Author, r.Reason = b.authors.next(), b.reasons.next()
	if r.Op != ledger.OpCreate {
		b.readRefs(r)
	}
	var err error
	if r.Fields, err = b.nextFields(); err != nil {
		return nil, err
	}
	if b.fault {
		return nil, errMalformed
	}
	if err := b.checker.check(r); err != nil {
		return nil, fmt.Errorf("revision %d of chain %d: %w", id.Seq(), id.Desk(), err)
	}
	return r, nil
}

func (c *cursor) small() uint8 {
	b := c.take(1)
	if b == nil {
		return 0
	}
	return b[0]
}

func (b *blockReader) nextClock() ledger.Clock {
	diff := b.times.int()
	counter := b.counters.int()
	ms := int64(b.clock>>16) + diff
	// The difference of two's-complement numbers may wrap; what comes out is what
	// is judged.
	counter += expectedCounter(b.clock, diff)
	if ms < 0 || ms >= 1<<47 || counter < 0 || counter > 0xffff {
		b.times.fail()
		return 0
	}
	b.clock = ledger.Clock(ms<<16 | counter)
	return b.clock
}

func (b *blockReader) readRefs(r *ledger.Revision) {
	r.Record = b.ref(r.ID)
	n := b.refs.length(2)
	if n > maxBase {
		b.refs.fail()
		return
	}
	for range n {
		r.Base = append(r.Base, b.ref(r.ID))
	}
}

func (b *blockReader) ref(from ledger.ID) ledger.ID {
	desk := b.refs.uint()
	if desk > uint64(b.checker.chains) || desk == uint64(from.Desk()) {
		b.refs.fail()
		return 0
	}
	var seq int64
	if desk == 0 {
		desk, seq = uint64(from.Desk()), from.Seq()-b.refs.int()
	} else {
		seq = b.refs.seq()
	}
	if seq < 1 || seq > maxSeq {
		b.refs.fail()
		return 0
	}
	return ledger.MakeID(int64(desk), seq)
}

func (b *blockReader) nextFields() (ledger.Record, error) {
	if b.kind == ledger.KindPublicity {
		return b.nextPublicity(), nil
	}
	row := b.rows.bytes()
	if b.fault {
		return nil, errMalformed
	}
	return ledger.DecodeFields(b.kind, row)
}

func (b *blockReader) nextPublicity() ledger.Record {
	p := &b.publicity
	p.Unit, p.Item = b.units.next(), b.items.next()
	day := int64(b.day) + b.days.int()
	p.Day = ledger.Day(day)
	value, flags := b.quantities.uint(), b.flags.small()
	p.Quantity = ledger.QuantityOf(int64(value), flags)
	p.Note = b.notes.next()
	if int64(p.Day) != day || value > ledger.MaxQuantity || p.Quantity.Flags() != flags {
		b.days.fail()
	}
	b.day = p.Day
	return p
}

// close ends a block: every section must be used up.
func (b *blockReader) close() error {
	for _, c := range []*cursor{&b.runs, &b.times, &b.counters, &b.refs, &b.days, &b.quantities, &b.flags, &b.rows} {
		b.fault = b.fault || len(c.buf) > 0
	}
	for _, d := range []interface{ empty() bool }{&b.authors, &b.reasons, &b.units, &b.items, &b.notes} {
		b.fault = b.fault || !d.empty()
	}
	if b.fault || b.run > 0 {
		return errors.New("a block holds more than its revisions")
	}
	return nil
}
