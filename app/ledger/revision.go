package ledger

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// ID names a record by the revision that created it, and a revision by itself:
// the desk's local number in the upper 23 bits and the sequence number in the
// lower 40. It is local to one ledger file (desk numbers are aliases); what
// leaves the ledger carries the DeskID instead. Zero names nothing.
type ID int64

// seqBits is the width of the sequence number inside an ID: 10^12 revisions a
// desk, and an INTEGER PRIMARY KEY that SQLite appends to in order.
const seqBits = 40

// MakeID joins a local desk number (0..2^23-1) and a sequence number
// (1..2^40-1).
func MakeID(desk int64, seq int64) ID { return ID(desk<<seqBits | seq) }

// Desk returns the local desk number.
func (id ID) Desk() int64 { return int64(id) >> seqBits }

// Seq returns the sequence number within the desk's chain, from 1.
func (id ID) Seq() int64 { return int64(id) & (1<<seqBits - 1) }

// DeskID names one incarnation of a desk everywhere: the first 16 bytes of
// SHA-256("taizhang desk" ‖ public key ‖ incarnation).
type DeskID [16]byte

// NewDeskID derives the id of a desk from its public key and incarnation. A
// desk restored from a backup keeps its key and takes a new incarnation, and so
// can never write one sequence number twice.
func NewDeskID(publicKey []byte, incarnation [8]byte) DeskID {
	h := sha256.New()
	h.Write([]byte("taizhang desk"))
	h.Write(publicKey)
	h.Write(incarnation[:])
	var id DeskID
	copy(id[:], h.Sum(nil))
	return id
}

// String is the id in hex, 32 digits.
func (d DeskID) String() string { return hex.EncodeToString(d[:]) }

// Short is the first 8 hex digits, which name a desk inside one ledger.
func (d DeskID) Short() string { return hex.EncodeToString(d[:4]) }

// CatalogueDesk is the chain on which the catalogue that ships with the program
// is written. Its revisions are the same, byte for byte, in every ledger, so
// that "宣传条幅" of one office is "宣传条幅" of every other when ledgers merge.
var CatalogueDesk = DeskID{'t', 'z', '-', 'c', 'a', 't', 'a', 'l', 'o', 'g', 'u', 'e', '-', 'v', '1', 0}

// Hash is the SHA-256 that links a revision to the one before it.
type Hash [32]byte

// String is the hash in hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Clock is a hybrid logical clock: milliseconds since 1970 (UTC) in the upper
// 48 bits, a counter in the lower 16. A revision's clock is always later than
// that of every revision its desk had seen, so a PC with a wrong date cannot
// place its correction before what it corrects.
// Source: Kulkarni et al., Logical Physical Clocks, 2014.
type Clock int64

// NextClock returns the clock for a new revision written at now on a desk that
// has seen clocks up to last.
func NextClock(last Clock, now time.Time) Clock {
	if c := Clock(now.UnixMilli() << 16); c > last {
		return c
	}
	return last + 1
}

// Time returns the wall-clock part, to the millisecond.
func (c Clock) Time() time.Time { return time.UnixMilli(int64(c) >> 16) }

// Op says what a revision does to its record.
type Op uint8

// The operations. Fields always hold the whole record after the change.
const (
	OpCreate  Op = 1 // the record's first revision
	OpCorrect Op = 2 // the record with other fields
	OpVoid    Op = 3 // the record no longer counts; Reason says why
)

// Revision is one desk's statement about one record. Revisions are only ever
// added; everything else in the ledger is derived from them.
type Revision struct {
	ID     ID     // desk and sequence number
	Record ID     // the revision that created the record
	Op     Op     //
	Clock  Clock  //
	Base   []ID   // the heads of this record that the author saw
	Author string // who wrote it, as set on the desk
	Reason string // why, for corrections and voids
	Fields Record // the whole record after the change
	Hash   Hash   // SHA-256 over the previous hash and this revision
}

// Chain computes hashes. It knows the desks by their local numbers because the
// hash covers the DeskIDs: it is the same in every ledger.
type Chain struct {
	e encoder // kept, for it would be made anew for every revision
}

// NewChain makes a Chain that resolves local desk numbers with desks.
func NewChain(desks func(number int64) DeskID) *Chain { return &Chain{encoder{desks: desks}} }

// chainVersion is the first byte under every hash; a change of the encoding
// below takes the next number.
const chainVersion = 1

// Link returns the hash of r after prev (zero for a desk's first revision):
// SHA-256(prev ‖ version ‖ desk ‖ seq ‖ record ‖ kind ‖ op ‖ clock ‖ base ‖
// author ‖ reason ‖ fields), with numbers as varints, texts preceded by their
// length and every ID written as DeskID and sequence number.
func (c *Chain) Link(prev Hash, r *Revision) Hash {
	e := &c.e
	e.buf = append(e.buf[:0], prev[:]...)
	e.buf = append(e.buf, chainVersion)
	e.id(r.ID)
	e.id(r.Record)
	e.uint(uint64(r.Fields.Kind()))
	e.uint(uint64(r.Op))
	e.uint(uint64(r.Clock))
	e.uint(uint64(len(r.Base)))
	for _, b := range r.Base {
		e.id(b)
	}
	e.text(r.Author)
	e.text(r.Reason)
	r.Fields.encode(e)
	return sha256.Sum256(e.buf)
}
