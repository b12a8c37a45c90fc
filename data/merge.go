package data

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// tooFarAhead is from where on a chain's clock is shown on the plan: no PC's
// clock differs by so much unless somebody set it.
const tooFarAhead = 24 * time.Hour

// errTakenBack ends a merge that was only asked what it would bring.
var errTakenBack = errors.New("data: only a plan")

// PlanMerge says what merging b would bring: it merges in a transaction that is
// taken back, so that the plan is what Merge then does. The errors are those of
// Merge, except that unknown desks are listed in the plan.
func (s *Store) PlanMerge(ctx context.Context, b *handoff.Bundle, o handoff.MergeOptions) (*handoff.Plan, error) {
	return s.merge(ctx, b, o, true)
}

// Merge adds the revisions of b that are not here yet, in one transaction: all
// or none. It refuses with CodeBundleChanged, CodeBundleGap, CodeBundleNewer and
// CodeDeskUnknown, the last unless o accepts every unknown desk.
func (s *Store) Merge(ctx context.Context, b *handoff.Bundle, o handoff.MergeOptions) (*handoff.Plan, error) {
	return s.merge(ctx, b, o, false)
}

func (s *Store) merge(ctx context.Context, b *handoff.Bundle, o handoff.MergeOptions, dry bool) (*handoff.Plan, error) {
	m := &merger{b: b, m: &b.Manifest, o: o, dry: dry}
	err := s.write(ctx, func(t *tx) error {
		m.t = t
		if err := m.run(); err != nil || !dry {
			return err
		}
		return errTakenBack
	})
	if err != nil && !errors.Is(err, errTakenBack) {
		return nil, s.fault(err)
	}
	return m.plan, nil
}

// merger is one merge inside its transaction.
type merger struct {
	t    *tx
	b    *handoff.Bundle
	m    *handoff.Manifest
	o    handoff.MergeOptions
	dry  bool
	plan *handoff.Plan

	lines  lines               // this ledger's chains, with those that the bundle begins
	runs   []run               // what each range of the bundle is here
	places []int64             // local number of the bundle's chains, from 1; 0 when not to be placed
	before map[int64]chainHead // how the chains stood
	load   loader
	fault  error // the first reference that could not be placed
	done   int64
	latest []ledger.Clock // of the new revisions, by range
	fresh  []int64        // how many there are
}

func (m *merger) run() error {
	m.plan = &handoff.Plan{Bundle: m.m.Bundle, File: m.o.File, Sender: m.m.Sender, Created: m.m.Created,
		First: m.m.First, Last: m.m.Last, Carried: m.m.Revisions}
	m.t.clashes = map[ledger.ID]bool{}
	m.lines = m.t.lines()
	m.lines.heads = maps.Clone(m.t.heads)
	m.before = map[int64]chainHead{}
	for n, h := range m.t.heads {
		m.before[n] = *h
	}
	if err := m.resolve(); err != nil {
		return err
	}
	if m.allHere() {
		m.plan.Here = m.plan.Carried
	} else if err := m.apply(); err != nil {
		return err
	}
	if err := m.describe(); err != nil {
		return err
	}
	if err := m.meet(); err != nil {
		return err
	}
	if err := m.learn(); err != nil || m.plan.Done() {
		return err
	}
	return m.log()
}

func (m *merger) allHere() bool {
	for i := range m.runs {
		if m.runs[i].here < m.m.Ranges[i].Head.Seq {
			return false
		}
	}
	return true
}

// apply streams the revisions and adds those that are not here.
func (m *merger) apply() error {
	m.load = loader{t: m.t}
	m.latest, m.fresh = make([]ledger.Clock, len(m.runs)), make([]int64, len(m.runs))
	if err := readAhead(m.t.ctx, m.read, m.arrive); err != nil {
		return err
	}
	if err := m.load.drain(); err != nil {
		return err
	}
	for i := range m.runs {
		if m.fresh[i] > 0 {
			m.runs[i].chain.seal = m.m.Ranges[i].Seal
		}
	}
	m.plan.Clashes = slices.Sorted(maps.Keys(m.t.clashes))
	m.plan.Clashing = int64(len(m.plan.Clashes))
	for _, came := range m.t.waiting {
		if came == nowWaiting {
			m.plan.Waiting++
		}
	}
	return nil
}

// arrived is a revision of the bundle, with the fields of an entry: where Read
// keeps both is overwritten by the next.
type arrived struct {
	ledger.Revision
	entry ledger.Publicity
}

// read decrypts, decodes and hashes the bundle ahead of what is added: half of
// the work of a merge is SQLite's.
func (m *merger) read(ctx context.Context, put func(*arrived) error) error {
	var a arrived
	return m.b.Read(ctx, func(r *ledger.Revision) error {
		a.Revision, a.Base = *r, slices.Clone(r.Base)
		if p, ok := r.Fields.(*ledger.Publicity); ok {
			a.entry = *p
		}
		return put(&a)
	})
}

func (m *merger) arrive(a *arrived) error {
	if _, ok := a.Fields.(*ledger.Publicity); ok {
		a.Fields = &a.entry
	}
	return m.take(&a.Revision)
}

// take handles one revision of the bundle.
func (m *merger) take(r *ledger.Revision) error {
	if m.done++; m.o.Progress != nil && m.done%4096 == 0 {
		m.o.Progress(m.done, m.m.Revisions)
	}
	at := int(r.ID.Desk()) - 1
	run := &m.runs[at]
	if r.ID.Seq() <= run.here {
		m.plan.Here++
		return nil
	}
	ledger.Renumber(r, m.local)
	if m.fault != nil {
		return m.fault
	}
	if err := m.follows(run.chain, r); err != nil {
		return err
	}
	if err := m.proper(r); err != nil {
		return err
	}
	m.fresh[at]++
	m.latest[at] = max(m.latest[at], r.Clock)
	if err := m.load.merge(run.chain, r); err != nil {
		return err
	}
	m.line(r)
	return nil
}

// follows refuses a revision that is not the chain's next. A planned chain is made
// at its first.
func (m *merger) follows(h *chainHead, r *ledger.Revision) error {
	if m.t.heads[h.number] == nil {
		if err := m.t.addChain(h); err != nil {
			return err
		}
	}
	if h.seq != r.ID.Seq()-1 {
		return m.changed()
	}
	return nil
}

// changed refuses a bundle whose content breaks the rules that every desk keeps.
func (m *merger) changed() error {
	return ledger.Refuse(ledger.CodeBundleChanged, "path", m.o.File)
}

// local gives an id of the bundle the number it has in this ledger.
func (m *merger) local(id ledger.ID) ledger.ID {
	n := id.Desk()
	if n < 1 || n > int64(len(m.places)) {
		m.fault = m.changed()
		return id
	}
	number := m.places[n-1]
	if number == 0 {
		p, _ := m.m.Chain(n)
		m.fault = m.gap(p, 0)
		return id
	}
	return ledger.MakeID(m.lines.owner(number, id.Seq()), id.Seq())
}

// proper refuses what no desk writes.
func (m *merger) proper(r *ledger.Revision) error {
	creates := r.Op == ledger.OpCreate
	if creates != (r.Record == r.ID) || creates && len(r.Base) > 0 || r.Op < ledger.OpCreate || r.Op > ledger.OpVoid {
		return m.changed()
	}
	desk, isDesk := r.Fields.(*ledger.Desk)
	if isDesk != (r.Record.Seq() == 1) {
		return m.changed()
	}
	if !isDesk {
		return nil
	}
	id := m.t.s.desks.lookup(r.ID.Desk())
	if m.t.s.desks.lookup(r.Record.Desk()) != id || ledger.NewDeskID(desk.PublicKey, desk.Incarnation) != id {
		return m.changed()
	}
	return nil
}

// line counts a revision that was added and lists it.
func (m *merger) line(r *ledger.Revision) {
	switch r.Op {
	case ledger.OpCreate:
		m.plan.New++
	case ledger.OpCorrect:
		m.plan.Corrected++
	case ledger.OpVoid:
		m.plan.Voided++
	}
	if len(m.plan.Lines) < handoff.MaxLines {
		m.plan.Lines = append(m.plan.Lines, handoff.PlanLine{Revision: *r})
	}
}
