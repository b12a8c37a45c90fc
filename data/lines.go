package data

import (
	"context"
	"strings"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// lines follows chains through the chains they branch from.
type lines struct {
	ctx   context.Context
	q     querier
	desks *deskTable
	heads map[int64]*chainHead
}

// desk is the desk that writes the chain of a number, as it stands now;
// CodeRecordUnknown for a chain known by name only.
func (l lines) desk(number int64) (*ledger.Desk, error) {
	row, err := current(l.ctx, l.q, l.desks, ledger.MakeID(l.owner(number, 1), 1))
	if err != nil {
		return nil, err
	}
	return row.Value.(*ledger.Desk), nil
}

// unitPath names a unit from the district down: 宁江区/临江街道.
func (l lines) unitPath(id ledger.ID) string {
	var path []string
	for steps := 0; id != 0 && steps < 16; steps++ {
		row, err := current(l.ctx, l.q, l.desks, id)
		unit, ok := row.Value.(*ledger.Unit)
		if err != nil || !ok {
			break
		}
		path = append([]string{unit.Name}, path...)
		id = unit.Parent
	}
	return strings.Join(path, "/")
}

// held is the last revision on the line of h that peers are known to hold: any
// peer for no key, else the one with that key. 0 for none.
func (l lines) held(h *chainHead, key []byte) (int64, error) {
	rows, err := l.q.QueryContext(l.ctx, "SELECT seq, hash FROM peer_has WHERE desk = ? AND seq <= ? AND (?3 IS NULL OR peer = ?3)",
		h.id[:], h.seq, key)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var points []handoff.Point
	for rows.Next() {
		p := handoff.Point{Desk: h.id}
		var hash []byte
		if err := rows.Scan(&p.Seq, &hash); err != nil {
			return 0, err
		}
		copy(p.Hash[:], hash)
		points = append(points, p)
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	most := int64(0)
	for _, p := range points {
		has, err := l.holds(h, p)
		if err != nil {
			return 0, err
		}
		if has {
			most = max(most, p.Seq)
		}
	}
	return most, nil
}

// owner is the chain of number's line that keeps seq: a branch leaves what was
// before it to the chain it branches from.
func (l lines) owner(number, seq int64) int64 {
	for {
		h := l.heads[number]
		if h == nil || seq >= h.start || h.parent == 0 {
			return number
		}
		number = h.parent
	}
}

// holds reports whether the line of h goes through p.
func (l lines) holds(h *chainHead, p handoff.Point) (bool, error) {
	if p.Seq == 0 {
		return p.Hash == ledger.Hash{}, nil
	}
	if p.Seq > h.seq {
		return false, nil
	}
	hash, err := l.hashAt(h, p.Seq)
	return hash == p.Hash, err
}

// goThrough reports whether any line of the desk of p goes through it.
func (l lines) goThrough(p handoff.Point) (bool, error) {
	for _, h := range l.heads {
		if h.id != p.Desk {
			continue
		}
		if has, err := l.holds(h, p); err != nil || has {
			return has, err
		}
	}
	return false, nil
}

// hashAt is the hash of revision seq on the line of h, which reaches so far.
func (l lines) hashAt(h *chainHead, seq int64) (hash ledger.Hash, err error) {
	switch {
	case seq == 0:
		return hash, nil
	case seq == h.seq:
		return h.hash, nil
	}
	k := ledger.MakeID(l.owner(h.number, seq), seq)
	var b []byte
	err = l.q.QueryRowContext(l.ctx, "SELECT hash FROM revision WHERE k = ?", int64(k)).Scan(&b)
	copy(hash[:], b)
	return hash, err
}

// UnitPath names a unit from the district down: 宁江区/临江街道.
func (s *Store) UnitPath(ctx context.Context, unit ledger.ID) (path string, err error) {
	err = s.read(ctx, func(q querier) error { path = lines{ctx: ctx, q: q, desks: s.desks}.unitPath(unit); return nil })
	return path, s.fault(err)
}
