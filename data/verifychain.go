package data

import (
	"context"
	"math"

	"taizhang/app/ledger"
)

// readChains reads every revision in key order, chain by chain, and checks that
// each chain is without gaps and each hash links to the one before.
func (v *verifier) readChains(ctx context.Context) <-chan batch[ledger.Revision] {
	return readInBatches(ctx, func(put func(*ledger.Revision) error) error {
		w := newWalker(v)
		err := readRawRevisions(ctx, v.q, math.MinInt64, math.MaxInt64, func(raw *rawRevision) error {
			r, err := w.read(raw)
			if err != nil {
				return err
			}
			return put(r)
		})
		if err != nil {
			return err
		}
		return w.end()
	})
}

// walker follows one chain after another.
type walker struct {
	v     *verifier
	chain *ledger.Chain
	desk  int64
	at    chainHead
	ended map[int64]bool
	forks map[ledger.ID]ledger.Hash // hashes at which another chain branches off
}

func newWalker(v *verifier) *walker {
	w := &walker{v: v, chain: ledger.NewChain(v.s.desks.lookup), ended: map[int64]bool{}, forks: map[ledger.ID]ledger.Hash{}}
	for _, h := range v.heads {
		if h.parent != 0 {
			w.forks[ledger.MakeID(h.parent, h.start-1)] = ledger.Hash{}
		}
	}
	return w
}

// read checks the next revision.
func (w *walker) read(raw *rawRevision) (*ledger.Revision, error) {
	r, err := raw.revision()
	if err != nil {
		return nil, differ("revision %s: %v", w.v.s.IDText(ledger.ID(raw.k)), err)
	}
	if err := w.link(&r); err != nil {
		return nil, err
	}
	if raw.record.Valid == (r.Op == ledger.OpCreate) || r.Op > ledger.OpVoid {
		return nil, differ("revision %s: operation %d does not fit its record", w.v.s.IDText(r.ID), r.Op)
	}
	return &r, nil
}

func (w *walker) link(r *ledger.Revision) error {
	if r.ID.Desk() != w.desk {
		if err := w.finish(); err != nil {
			return err
		}
		if err := w.begin(r.ID); err != nil {
			return err
		}
	}
	if r.ID.Seq() != w.at.seq+1 {
		return differ("chain %s: revision %d is missing", w.v.s.desks.lookup(w.desk).Short(), w.at.seq+1)
	}
	if w.chain.Link(w.at.hash, r) != r.Hash {
		return differ("revision %s: its content does not match its hash", w.v.s.IDText(r.ID))
	}
	w.at.seq, w.at.hash, w.at.clock = r.ID.Seq(), r.Hash, max(w.at.clock, r.Clock)
	if _, fork := w.forks[r.ID]; fork {
		w.forks[r.ID] = r.Hash
	}
	if w.at.seq == 1 {
		return w.identity(r)
	}
	return nil
}

// begin starts on the chain of a revision: at its first, or where it branches off
// a chain that was read before, for branches have the higher numbers.
func (w *walker) begin(id ledger.ID) error {
	w.desk = id.Desk()
	h := w.v.heads[w.desk]
	if h == nil {
		return differ("revision %d of desk number %d: no such desk", id.Seq(), w.desk)
	}
	w.at = chainHead{seq: h.start - 1}
	if h.parent == 0 && h.start == 1 {
		return nil
	}
	parent := w.v.heads[h.parent]
	w.at.hash = w.forks[ledger.MakeID(h.parent, h.start-1)]
	if parent == nil || parent.id != h.id || h.parent >= w.desk || w.at.hash == (ledger.Hash{}) {
		return differ("desk number %d: branches off where there is no chain", w.desk)
	}
	return nil
}

// identity checks that a chain's first revision is the desk the chain is named
// after.
func (w *walker) identity(r *ledger.Revision) error {
	desk, ok := r.Fields.(*ledger.Desk)
	id := w.v.heads[w.desk].id
	if !ok || (id != ledger.CatalogueDesk && ledger.NewDeskID(desk.PublicKey, desk.Incarnation) != id) {
		return differ("chain %s: its first revision is not its desk", id.Short())
	}
	return nil
}

func (w *walker) finish() error {
	if w.desk == 0 {
		return nil
	}
	w.ended[w.desk] = true
	h := w.v.heads[w.desk]
	if h.seq != w.at.seq || h.hash != w.at.hash || h.clock != w.at.clock {
		return differ("desk %s: its head says revision %d, the chain ends at %d", h.id.Short(), h.seq, w.at.seq)
	}
	return w.sealed(h)
}

// sealed checks the seal that a chain came with. A chain written here has none.
func (w *walker) sealed(h *chainHead) error {
	came := w.v.came[h.number]
	if len(h.seal.Key) == 0 && len(h.seal.Signature) == 0 && !came {
		return nil
	}
	if !came || !h.seal.Check(h.point()) {
		return differ("desk %s: the seal under its head does not fit", h.id.Short())
	}
	return nil
}

func (w *walker) end() error {
	if err := w.finish(); err != nil {
		return err
	}
	for n, h := range w.v.heads {
		if known := h.seq >= h.start; known != w.ended[n] || !known && (h.hash != ledger.Hash{} || h.clock != 0 || h.seq != 0) {
			return differ("desk %s: its chain has no revisions", h.id.Short())
		}
	}
	return nil
}
