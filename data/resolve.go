package data

import (
	"cmp"
	"slices"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// run is what a range of a bundle is in this ledger: which chain it continues
// and how much of it is here already.
type run struct {
	chain *chainHead // takes what is new; it may be planned only
	here  int64      // revisions up to this seq are here
	fork  bool       // two PCs wrote this chain
}

// planChain gives a chain that is not here yet its number. The chain is made when
// its first revision comes.
func (m *merger) planChain(h chainHead) *chainHead {
	h.number, h.seq = nextNumber(m.lines.heads), h.start-1
	m.lines.heads[h.number], m.before[h.number] = &h, h
	return &h
}

// resolve finds the chain of every range and every need of the bundle.
func (m *merger) resolve() error {
	for i := range m.m.Ranges {
		r := &m.m.Ranges[i]
		if r.Desk() == ledger.CatalogueDesk || !r.Seal.Check(r.Head) || r.After.Desk != r.Desk() || r.After.Seq >= r.Head.Seq {
			return m.changed()
		}
	}
	m.runs = make([]run, len(m.m.Ranges))
	var walks []*crossing
	for i := range m.m.Ranges {
		p, err := m.resolveRange(i)
		if err != nil {
			return err
		}
		if p != nil {
			walks = append(walks, p)
		}
	}
	if len(walks) > 0 {
		if err := m.cross(walks); err != nil {
			return err
		}
	}
	for i := range m.runs {
		m.places = append(m.places, m.runs[i].chain.number)
	}
	for _, p := range m.m.Needs {
		number, err := m.resolveNeed(p)
		if err != nil {
			return err
		}
		m.places = append(m.places, number)
	}
	return nil
}

// linesOf lists the local chains of a desk, the longest first.
func (m *merger) linesOf(id ledger.DeskID) []*chainHead {
	var list []*chainHead
	for _, h := range m.t.heads {
		if h.id == id {
			list = append(list, h)
		}
	}
	slices.SortFunc(list, func(a, b *chainHead) int {
		return cmp.Or(cmp.Compare(b.seq, a.seq), cmp.Compare(a.number, b.number))
	})
	return list
}

// resolveRange finds what a range continues. It returns a crossing when the bundle
// has to be read to tell.
func (m *merger) resolveRange(i int) (*crossing, error) {
	r := &m.m.Ranges[i]
	lines := m.linesOf(r.Desk())
	var connect []*chainHead
	for _, h := range lines {
		if has, err := m.lines.holds(h, r.Head); err != nil {
			return nil, err
		} else if has {
			m.runs[i] = run{chain: h, here: r.Head.Seq}
			return nil, nil
		}
		if has, err := m.lines.holds(h, r.After); err != nil {
			return nil, err
		} else if has {
			connect = append(connect, h)
		}
	}
	switch {
	case len(connect) == 1 && connect[0].seq == r.After.Seq:
		m.runs[i] = run{chain: connect[0], here: r.After.Seq}
		return nil, nil
	case len(connect) > 0:
		return &crossing{at: i, lines: connect}, nil
	case r.After.Seq == 0:
		m.runs[i] = run{chain: m.planChain(chainHead{id: r.Desk(), start: 1})}
		return nil, nil
	}
	for j := range i {
		// A branch whose beginning comes in the same bundle.
		if q := &m.m.Ranges[j]; q.Desk() == r.Desk() && q.After.Seq < r.After.Seq && r.After.Seq <= q.Head.Seq {
			return &crossing{at: i, trunk: j + 1}, nil
		}
	}
	have := int64(0)
	if len(lines) > 0 {
		have = lines[0].seq
	}
	if have >= r.After.Seq {
		have = 0 // another branch: only all of it helps
	}
	return nil, m.gap(r.After, have)
}

// gap says which revisions have to come first: those after have up to p.
func (m *merger) gap(p handoff.Point, have int64) error {
	name := p.Desk.Short()
	for _, h := range m.linesOf(p.Desk) {
		if desk, err := m.lines.desk(h.number); err == nil {
			name = desk.Name
			break
		}
	}
	return ledger.Refuse(ledger.CodeBundleGap, "path", m.o.File, "name", name, "first", have+1, "last", p.Seq, "since", have)
}

// resolveNeed finds the chain that a need names, or makes a number for one that
// is not here. 0 means that only another branch of it is here.
func (m *merger) resolveNeed(p handoff.Point) (int64, error) {
	lines := m.linesOf(p.Desk)
	for _, h := range lines {
		if has, err := m.lines.holds(h, p); err != nil || has {
			return h.number, err
		}
	}
	for _, h := range lines {
		if h.seq < p.Seq {
			if h.id == ledger.CatalogueDesk {
				return 0, ledger.Refuse(ledger.CodeBundleNewer, "path", m.o.File, "version", p.Seq, "known", h.seq)
			}
			return h.number, nil
		}
	}
	carried := slices.ContainsFunc(m.runs, func(r run) bool { return r.chain.id == p.Desk })
	if len(lines) > 0 || carried {
		return 0, nil
	}
	h := m.planChain(chainHead{id: p.Desk, start: 1})
	return h.number, m.t.addChain(h)
}

// lines follows the chains of the transaction.
func (t *tx) lines() lines { return lines{ctx: t.ctx, q: t.sql, desks: t.s.desks, heads: t.heads} }

// crossing finds, by reading a range, where it leaves the local lines that it may
// continue.
type crossing struct {
	at    int          // index of the range
	lines []*chainHead // those it has not left yet
	trunk int          // range that the branch begins on, from 1; 0 for none

	left    *chainHead // the line it left last
	leftSeq int64      // at this seq
	begins  bool       // the trunk goes through the branch's beginning
}

// cross reads the bundle once and then knows what the ranges of walks continue.
func (m *merger) cross(walks []*crossing) error {
	err := m.b.Read(m.t.ctx, func(r *ledger.Revision) error {
		at := int(r.ID.Desk()) - 1
		for _, p := range walks {
			if p.trunk == at+1 {
				after := m.m.Ranges[p.at].After
				p.begins = p.begins || r.ID.Seq() == after.Seq && r.Hash == after.Hash
			}
			if p.at == at {
				if err := p.compare(m.lines, r); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, p := range walks {
		if err := m.settle(p); err != nil {
			return err
		}
	}
	return nil
}

// compare leaves the lines that have another revision where r is.
func (p *crossing) compare(l lines, r *ledger.Revision) error {
	stay := p.lines[:0]
	for _, h := range p.lines {
		if r.ID.Seq() <= h.seq {
			hash, err := l.hashAt(h, r.ID.Seq())
			if err != nil {
				return err
			}
			if hash != r.Hash {
				p.left, p.leftSeq = h, r.ID.Seq()
				continue
			}
		}
		stay = append(stay, h)
	}
	p.lines = stay
	return nil
}

// settle decides what a range that was read continues.
func (m *merger) settle(p *crossing) error {
	r := &m.m.Ranges[p.at]
	if len(p.lines) > 0 {
		h := p.lines[0] // the longest
		m.runs[p.at] = run{chain: h, here: h.seq}
		return nil
	}
	branch := chainHead{id: r.Desk()}
	if p.trunk > 0 {
		if !p.begins {
			return m.gap(r.After, 0)
		}
		branch.start, branch.hash = r.After.Seq+1, r.After.Hash
		branch.parent = m.lines.owner(m.runs[p.trunk-1].chain.number, r.After.Seq)
	} else {
		var err error
		if branch.hash, err = m.lines.hashAt(p.left, p.leftSeq-1); err != nil {
			return err
		}
		branch.start = p.leftSeq
		if branch.parent = m.lines.owner(p.left.number, p.leftSeq-1); branch.start == 1 {
			branch.parent = 0
		}
	}
	m.runs[p.at] = run{chain: m.planChain(branch), here: branch.start - 1, fork: true}
	return nil
}
