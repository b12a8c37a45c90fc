package data

import (
	"bytes"
	"context"

	"taizhang/app/handoff"
)

// Standing says how far the revisions that this desk wrote have travelled.
func (s *Store) Standing(ctx context.Context) (handoff.Standing, error) {
	st := handoff.Standing{Chains: map[int64]handoff.Reach{}}
	err := s.read(ctx, func(q querier) error {
		if err := q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM peer) OR EXISTS (SELECT 1 FROM bundle)
			OR EXISTS (SELECT 1 FROM merge WHERE undone = 0)`).Scan(&st.Exchanged); err != nil {
			return err
		}
		local, err := readLocal(ctx, q)
		if err != nil {
			return err
		}
		heads, err := readHeads(ctx, q)
		if err != nil {
			return err
		}
		st.Own = local[localOwn]
		if err := s.ownChains(ctx, q, heads, &st); err != nil {
			return err
		}
		st.Reach = st.Chains[st.Own]
		return nil
	})
	return st, s.fault(err)
}

// ownChains finds the chains that were written with a key of this desk. The own
// one is among them whatever its key: an unfinished ledger has none.
func (s *Store) ownChains(ctx context.Context, q querier, heads map[int64]*chainHead, st *handoff.Standing) error {
	l := lines{ctx: ctx, q: q, desks: s.desks, heads: heads}
	var key []byte
	if own := heads[st.Own]; own != nil {
		desk, err := l.desk(st.Own)
		if err != nil {
			return err
		}
		key = desk.PublicKey
	}
	for number, h := range heads {
		if number != st.Own {
			if h.seq < h.start {
				continue // known by name only
			}
			desk, err := l.desk(number)
			if err != nil {
				return err
			}
			if len(key) == 0 || !bytes.Equal(desk.PublicKey, key) && !hasKey(s.options.Home, desk.PublicKey) {
				continue
			}
		}
		reach, err := reachOf(l, h)
		if err != nil {
			return err
		}
		st.Chains[number] = reach
	}
	return nil
}

// reachOf is how far a chain of this desk has travelled: by the bundles that went
// out, and by what others are known to hold.
func reachOf(l lines, h *chainHead) (r handoff.Reach, err error) {
	if err := l.q.QueryRowContext(l.ctx, "SELECT coalesce(max(last), 0) FROM bundle_chain WHERE number = ?", h.number).Scan(&r.Sent); err != nil {
		return r, err
	}
	if r.Delivered, err = l.held(h, nil); err != nil {
		return r, err
	}
	r.Sent = max(r.Sent, r.Delivered)
	return r, nil
}
