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
	heads map[int64]*chainHead
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

// unitPath names a unit from the district down: 宁江区/临江街道.
func unitPath(ctx context.Context, q querier, desks *deskTable, id ledger.ID) string {
	var path []string
	for steps := 0; id != 0 && steps < 16; steps++ {
		row, err := current(ctx, q, desks, id)
		unit, ok := row.Value.(*ledger.Unit)
		if err != nil || !ok {
			break
		}
		path = append([]string{unit.Name}, path...)
		id = unit.Parent
	}
	return strings.Join(path, "/")
}

// UnitPath names a unit from the district down: 宁江区/临江街道.
func (s *Store) UnitPath(ctx context.Context, unit ledger.ID) (path string, err error) {
	err = s.read(ctx, func(q querier) error { path = unitPath(ctx, q, s.desks, unit); return nil })
	return path, s.fault(err)
}
