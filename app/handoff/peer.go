package handoff

import (
	"time"

	"taizhang/app/ledger"
)

// Scope is which chains a bundle for a peer carries.
type Scope uint8

// The scopes.
const (
	// ScopeByUnit sends everything to a desk whose unit stands above this desk's
	// or is the same, and this desk's own chains to every other: nobody's figures travel sideways
	// or down unasked.
	ScopeByUnit Scope = 0
	ScopeOwn    Scope = 1 // the chains this desk wrote
	ScopeAll    Scope = 2 // every chain in the ledger
)

// Peer is another desk that this one exchanges bundles with.
type Peer struct {
	Card     Card
	OwnName  string // what this desk calls it; "" for its own name
	Scope    Scope
	Accepted bool      // false once withdrawn
	Since    time.Time // of the last change of Accepted
	Heard    time.Time // of its newest bundle or receipt; zero for none
}

// Name is what this desk calls the peer.
func (p *Peer) Name() string {
	if p.OwnName != "" {
		return p.OwnName
	}
	return p.Card.Name
}

// Merged is one line of the merge log.
type Merged struct {
	Number                                                   int64
	Bundle                                                   BundleID
	Imprint                                                  ledger.Hash // of the file; zero for merges from before it was kept
	File                                                     string
	Sender                                                   Card // name, unit and key
	Created, At                                              time.Time
	Carried, New, Corrected, Voided, Clashing, Here, Waiting int64
	Undone                                                   time.Time // zero while it stands
}

// Sent is one line of the log of bundles that went out.
type Sent struct {
	Number    int64
	Bundle    BundleID
	File      string
	Size      int64 // bytes
	At        time.Time
	Revisions int64
	To        []Delivery
}

// Delivery is what is known of a bundle at one receiver.
type Delivery struct {
	Fingerprint string // "" for whoever knows the passphrase
	Name        string
	Delivered   time.Time   // of the receipt; zero while none came
	Code        ledger.Code // why it was refused; "" when merged
}

// Clash is a record that several desks state differently.
type Clash struct {
	Record ledger.ID
	Heads  []ledger.Revision // the newest first: it counts for now
}

// Origin says how a revision got into this ledger.
type Origin struct {
	Merge  int64 // number in the merge log; 0 when it was written here
	File   string
	Sender string // name of the desk whose bundle brought it
	At     time.Time
}
