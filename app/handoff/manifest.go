// Package handoff carries revisions from one ledger to another in files: cards
// that introduce desks, bundles that hold revisions, receipts that say what
// became of a bundle, and the plan of a merge. FORMAT.md describes the files. It
// knows no screen and no database.
package handoff

import (
	"crypto/ed25519"
	"encoding/hex"
	"time"

	"taizhang/app/ledger"
)

// BundleID names a bundle: 16 random bytes.
type BundleID [16]byte

// String is the id in hex, 32 digits.
func (b BundleID) String() string { return hex.EncodeToString(b[:]) }

// Point is one revision of a chain, named so that nothing before it can differ:
// the hash covers every revision up to it. Seq 0 with a zero hash is the point
// before a chain's first revision.
type Point struct {
	Desk ledger.DeskID
	Seq  int64 // 0..2^40-1
	Hash ledger.Hash
}

// Seal is a signature under the head of a chain: whoever passes the chain on
// cannot change it. Key is the desk's own, or that of a desk that vouches for a
// chain whose key was lost.
type Seal struct {
	Key       ed25519.PublicKey // 32 bytes
	Signature []byte            // 64 bytes
}

// Range is a run of one chain that a bundle carries: the revisions after After up
// to Head, without gaps. Head is sealed.
type Range struct {
	After Point // the range continues after it; Seq 0 from the chain's start
	Head  Point // the last revision carried
	Seal  Seal  // over Head
}

// Desk is the desk that wrote the range.
func (r *Range) Desk() ledger.DeskID { return r.Head.Desk }

// Manifest says what a bundle holds. It travels encrypted before the revisions,
// signed by its sender.
type Manifest struct {
	Bundle  BundleID
	Sender  Card
	To      []string  // fingerprints of the desks it is sealed to; none under a passphrase
	Created time.Time // to the second
	// First and Last are the earliest and latest day of the dated records carried
	// or corrected; -1 when there are none.
	First, Last ledger.Day
	Revisions   int64 // carried in all
	Ranges      []Range
	// Needs are chains that the revisions refer to and the bundle does not carry.
	Needs []Point
	// Has is where every chain of the sender's ledger stands: a bundle back may
	// begin after it.
	Has []Point
}

// Chain returns the desk of the chain that revisions in the bundle number n:
// from 1, the ranges in order and then the needs. ok is false beyond.
func (m *Manifest) Chain(n int64) (p Point, ok bool) {
	switch {
	case n < 1 || n > int64(len(m.Ranges)+len(m.Needs)):
		return Point{}, false
	case n <= int64(len(m.Ranges)):
		return m.Ranges[n-1].Head, true
	}
	return m.Needs[n-1-int64(len(m.Ranges))], true
}
