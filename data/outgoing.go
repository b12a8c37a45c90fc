package data

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"math"
	"slices"
	"strings"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// Outgoing gathers what a bundle for o.To carries: of every chain in its scope
// what the receivers are not known to hold. CodeNothingToSend when they hold
// everything.
func (s *Store) Outgoing(ctx context.Context, o handoff.OutgoingOptions) (handoff.Outgoing, error) {
	q, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, s.fault(err)
	}
	out := &outgoing{ctx: ctx, s: s, q: q, o: o, number: map[int64]int64{}}
	if err := out.gather(); err != nil {
		q.Rollback()
		return nil, s.fault(err)
	}
	return out, nil
}

// outgoing is a bundle's content inside one read transaction.
type outgoing struct {
	ctx      context.Context
	s        *Store
	q        *sql.Tx
	o        handoff.OutgoingOptions
	manifest handoff.Manifest
	leftOut  []string
	ranges   []outRange

	heads  map[int64]*chainHead
	own    *ledger.Desk
	lines  lines
	number map[int64]int64 // the bundle's numbers of the ledger's chains
}

// outRange is a range by its number in this ledger.
type outRange struct{ number, first, last int64 }

func (out *outgoing) gather() (err error) {
	if out.heads, err = readHeads(out.ctx, out.q); err != nil {
		return err
	}
	out.lines = lines{ctx: out.ctx, q: out.q, desks: out.s.desks, heads: out.heads}
	local, err := readLocal(out.ctx, out.q)
	if err != nil {
		return err
	}
	if out.own, err = out.lines.desk(local[localOwn]); err != nil {
		return err
	}
	m := &out.manifest
	m.Created = out.s.options.now().Truncate(1e9)
	m.Sender = handoff.NewCard(out.own.Name, out.lines.unitPath(out.own.Unit), out.o.Keys)
	if _, err := rand.Read(m.Bundle[:]); err != nil {
		return err
	}
	if err := out.choose(); err != nil {
		return err
	}
	if len(m.Ranges) == 0 {
		return ledger.Refuse(ledger.CodeNothingToSend, "name", out.receivers())
	}
	return out.days()
}

// numbers lists the chains, branches after what they branch from.
func (out *outgoing) numbers() []int64 {
	var list []int64
	for n, h := range out.heads {
		if h.seq >= h.start {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// choose picks the ranges and names the chains that are not carried.
func (out *outgoing) choose() error {
	m := &out.manifest
	var needs []*chainHead
	for _, n := range out.numbers() {
		h := out.heads[n]
		if h.id != ledger.CatalogueDesk {
			m.Has = append(m.Has, h.point())
		}
		carried, err := out.carry(h)
		if err != nil {
			return err
		}
		if !carried {
			needs = append(needs, h)
		}
	}
	for _, h := range out.heads {
		if h.seq < h.start {
			needs = append(needs, h) // known by name only
		}
	}
	slices.SortFunc(needs, func(a, b *chainHead) int { return cmp.Compare(a.number, b.number) })
	for _, h := range needs {
		m.Needs = append(m.Needs, h.point())
		out.number[h.number] = int64(len(m.Ranges) + len(m.Needs))
	}
	return nil
}

// carry adds what the receivers lack of a chain; false when nothing of it goes.
func (out *outgoing) carry(h *chainHead) (bool, error) {
	if h.id == ledger.CatalogueDesk {
		return false, nil
	}
	if !out.inScope(h) {
		if desk, err := out.lines.desk(h.number); err == nil && !slices.Contains(out.leftOut, desk.Name) {
			out.leftOut = append(out.leftOut, desk.Name)
		}
		return false, nil
	}
	after, err := out.held(h)
	if err != nil || after >= h.seq {
		return false, err
	}
	hash, err := out.lines.hashAt(h, after)
	if err != nil {
		return false, err
	}
	seal := h.seal
	if len(seal.Key) == 0 {
		seal = handoff.SealHead(h.point(), out.o.Keys.Sign)
	}
	m := &out.manifest
	m.Ranges = append(m.Ranges, handoff.Range{After: handoff.Point{Desk: h.id, Seq: after, Hash: hash}, Head: h.point(), Seal: seal})
	m.Revisions += h.seq - after
	out.number[h.number] = int64(len(m.Ranges))
	out.ranges = append(out.ranges, outRange{number: h.number, first: after + 1, last: h.seq})
	return true, nil
}

// inScope reports whether a chain may go to every receiver.
func (out *outgoing) inScope(h *chainHead) bool {
	if len(h.seal.Key) == 0 {
		return true // written here
	}
	if desk, err := out.lines.desk(h.number); err == nil && bytes.Equal(desk.PublicKey, out.own.PublicKey) {
		return true
	}
	for _, p := range out.o.To {
		scope := p.Scope
		if out.o.Scope != handoff.ScopeByUnit {
			scope = out.o.Scope
		}
		if scope == handoff.ScopeByUnit {
			scope = handoff.ScopeOf(out.manifest.Sender.Unit, p.Card.Unit)
		}
		if scope != handoff.ScopeAll {
			return false
		}
	}
	return len(out.o.To) > 0 || out.o.Scope == handoff.ScopeAll
}

// held is the last revision of h's line that every receiver is known to hold; at
// least what comes before the chain's own beginning.
func (out *outgoing) held(h *chainHead) (int64, error) {
	if out.o.SinceStart || len(out.o.To) == 0 {
		return h.start - 1, nil
	}
	least := int64(math.MaxInt64)
	for _, p := range out.o.To {
		n, err := out.lines.held(h, p.Card.Key)
		if err != nil {
			return 0, err
		}
		least = min(least, n)
	}
	return max(least, h.start-1), nil
}

func (out *outgoing) receivers() string {
	var names []string
	for i := range out.o.To {
		names = append(names, out.o.To[i].Name())
	}
	return strings.Join(names, ", ")
}

// Manifest is part of handoff.Outgoing.
func (out *outgoing) Manifest() *handoff.Manifest { return &out.manifest }

// LeftOut is part of handoff.Outgoing.
func (out *outgoing) LeftOut() []string { return out.leftOut }

// Close is part of handoff.Outgoing.
func (out *outgoing) Close() error { return out.q.Rollback() }

// Each is part of handoff.Outgoing.
func (out *outgoing) Each(ctx context.Context, visit func(*ledger.Revision) error) error {
	for _, r := range out.ranges {
		if err := out.each(ctx, r, visit); err != nil {
			return out.s.fault(err)
		}
	}
	return nil
}

// each reads and decodes a range on one core, and has it packed on another.
func (out *outgoing) each(ctx context.Context, r outRange, visit func(*ledger.Revision) error) error {
	read := func(ctx context.Context, put func(*ledger.Revision) error) error {
		var rev ledger.Revision
		return readRawRevisions(ctx, out.q, ledger.MakeID(r.number, r.first), ledger.MakeID(r.number, r.last), func(raw *rawRevision) (err error) {
			if rev, err = raw.revision(); err != nil {
				return err
			}
			return put(&rev)
		})
	}
	return readAhead(ctx, read, func(rev *ledger.Revision) error {
		ledger.Renumber(rev, func(id ledger.ID) ledger.ID { return ledger.MakeID(out.number[id.Desk()], id.Seq()) })
		return visit(rev)
	})
}
