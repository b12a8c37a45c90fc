package ui

import (
	"context"
	"crypto/ed25519"

	"taizhang/app/handoff"
	"taizhang/app/handoff/drives"
)

// Handoff is what the place of the same name asks of the program. Every method
// but Watch may take long and is called through Runner; errors are refusals that
// words.Sentence can say.
type Handoff interface {
	// Watch calls changed with the sticks and the folders, once at the start and
	// whenever one came, went, or a bundle or receipt on it changed. It returns
	// when ctx is done.
	Watch(ctx context.Context, folders []string, changed func([]drives.Drive))
	// Look lists the bundles and receipts in a folder, the newest first.
	Look(ctx context.Context, folder string) ([]handoff.Found, error)
	// Receipts takes the receipts for this desk that lie in a folder.
	Receipts(ctx context.Context, folder string) ([]handoff.Taken, error)

	// Preview says what merging a bundle would bring; nothing is changed.
	Preview(ctx context.Context, path, passphrase string, progress func(done, total int64)) (*handoff.Plan, error)
	Merge(ctx context.Context, m handoff.Merge) (*handoff.Outcome, error)
	// UndoMerge takes the newest merge back.
	UndoMerge(ctx context.Context) (handoff.Merged, error)
	// WithdrawReceipt takes a receipt that was written here off a stick.
	WithdrawReceipt(ctx context.Context, path string) error
	MergeLog(ctx context.Context) ([]handoff.Merged, error)
	SentLog(ctx context.Context) ([]handoff.Sent, error)
	// ClashCount is how many records several desks state differently.
	ClashCount(ctx context.Context) (int64, error)

	// Export writes a bundle; when it returns nil the stick can be taken out.
	Export(ctx context.Context, e handoff.Export) (*handoff.Exported, error)
	// Slip writes the printed page of a bundle into a folder and returns its path.
	Slip(ctx context.Context, done *handoff.Exported, to []handoff.Peer, folder string) (string, error)

	Card(ctx context.Context) (handoff.Card, error)
	// SaveCard writes this desk's card into a folder and returns the file's path.
	SaveCard(ctx context.Context, folder string) (string, error)
	Peers(ctx context.Context) ([]handoff.Peer, error)
	Pair(ctx context.Context, c handoff.Card, name string, scope handoff.Scope) error
	Unpair(ctx context.Context, key ed25519.PublicKey) error
}
