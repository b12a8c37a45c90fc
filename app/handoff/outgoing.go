package handoff

import (
	"context"

	"taizhang/app/ledger"
)

// OutgoingOptions say what a bundle carries and for whom.
type OutgoingOptions struct {
	To         []Peer // the receivers; none under a passphrase
	SinceStart bool   // from every chain's start, whatever the receivers hold
	// Scope overrides the receivers' own; ScopeByUnit leaves them as they are.
	Scope Scope
	Keys  Keys // of this desk: they sign
}

// Outgoing is what a bundle is about to carry, as one committed state of the
// ledger. Close it when done.
type Outgoing interface {
	// Manifest is whole but for the receivers.
	Manifest() *Manifest
	// LeftOut names the desks whose chains the scope leaves out.
	LeftOut() []string
	// Each visits the revisions in the order of the manifest's ranges, with the
	// bundle's numbers. The revision is good until the next.
	Each(ctx context.Context, visit func(*ledger.Revision) error) error
	Close() error
}
