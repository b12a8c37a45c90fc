package data

import (
	"bytes"
	"context"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
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
	l := lines{ctx: ctx, q: q, heads: heads}
	var key []byte
	if own := heads[st.Own]; own != nil {
		desk, err := s.deskOf(ctx, q, l.owner(st.Own, 1))
		if err != nil {
			return err
		}
		key = desk.PublicKey
	}
	for number, h := range heads {
		if number != st.Own {
			desk, err := s.deskOf(ctx, q, l.owner(number, 1))
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

// deskOf is the desk record at the beginning of a chain; the zero desk for a
// chain without one, as the catalogue's.
func (s *Store) deskOf(ctx context.Context, q querier, number int64) (ledger.Desk, error) {
	row, err := current(ctx, q, s.desks, ledger.MakeID(number, 1))
	if ledger.CodeOf(err) == ledger.CodeRecordUnknown {
		return ledger.Desk{}, nil
	}
	if desk, ok := row.Value.(*ledger.Desk); ok {
		return *desk, err
	}
	return ledger.Desk{}, err
}

// reachOf is how far a chain of this desk has travelled: by the bundles that went
// out, and by what others are known to hold.
func reachOf(l lines, h *chainHead) (r handoff.Reach, err error) {
	if err := l.q.QueryRowContext(l.ctx, "SELECT coalesce(max(last), 0) FROM bundle_chain WHERE number = ?", h.number).Scan(&r.Sent); err != nil {
		return r, err
	}
	points, err := heldPoints(l, h)
	if err != nil {
		return r, err
	}
	for _, p := range points {
		has, err := l.holds(h, p)
		if err != nil {
			return r, err
		}
		if has {
			r.Delivered = max(r.Delivered, p.Seq)
		}
	}
	r.Sent = max(r.Sent, r.Delivered)
	return r, nil
}

// heldPoints are the points of a chain's desk that peers are known to hold.
func heldPoints(l lines, h *chainHead) ([]handoff.Point, error) {
	rows, err := l.q.QueryContext(l.ctx, "SELECT seq, hash FROM peer_has WHERE desk = ? AND seq <= ?", h.id[:], h.seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var points []handoff.Point
	for rows.Next() {
		p := handoff.Point{Desk: h.id}
		var hash []byte
		if err := rows.Scan(&p.Seq, &hash); err != nil {
			return nil, err
		}
		copy(p.Hash[:], hash)
		points = append(points, p)
	}
	return points, rows.Err()
}
