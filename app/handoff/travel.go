package handoff

import "taizhang/app/ledger"

// Travel is how far a revision has come on its way to others.
type Travel string

// The stages. Their names are those of the commands and of the translations.
const (
	TravelUnsent    Travel = "unsent"    // of this desk; in no bundle yet
	TravelSent      Travel = "sent"      // of this desk; in a bundle that nobody has confirmed
	TravelDelivered Travel = "delivered" // of this desk; another ledger is known to hold it
	TravelReceived  Travel = "received"  // of another desk
)

// Reach is how far one chain has travelled, as the last sequence number of each
// state; 0 for none.
type Reach struct {
	Sent      int64 // in a bundle
	Delivered int64 // confirmed by a receipt or a bundle back
}

// Standing is how far the revisions that this desk wrote have travelled.
type Standing struct {
	Own   int64 // number of the chain it writes now
	Reach       // of that chain
	// Chains are all chains this desk ever wrote, by number: restoring a backup
	// begins another. The own one is among them.
	Chains map[int64]Reach
	// Exchanged reports whether this ledger knows any other desk: a card was
	// added, a bundle was written or merged.
	Exchanged bool
}

// Travel is the stage of one revision.
func (s Standing) Travel(revision ledger.ID) Travel {
	reach, own := s.Chains[revision.Desk()]
	switch seq := revision.Seq(); {
	case !own:
		return TravelReceived
	case seq <= reach.Delivered:
		return TravelDelivered
	case seq <= reach.Sent:
		return TravelSent
	}
	return TravelUnsent
}
