package data

import (
	"bytes"
	"crypto/ed25519"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// describe fills in what a person wants to know of the plan beside its counts.
func (m *merger) describe() error {
	var err error
	if m.plan.Names, err = m.names(); err != nil {
		return err
	}
	for i := range m.m.Ranges {
		if err := m.describeChain(i); err != nil {
			return err
		}
	}
	if err := m.clashesFirst(); err != nil {
		return err
	}
	writers := map[int64]string{} // names by chain: a bundle has few, and many lines
	for i := range m.plan.Lines {
		l := &m.plan.Lines[i]
		l.Text, l.Record = m.t.s.IDText(l.Revision.ID), m.t.s.IDText(l.Revision.Record)
		l.Clash, l.Waits = m.t.clashes[l.Revision.Record], m.t.waiting[l.Revision.Record] != 0
		l.Desk = m.writer(writers, l.Revision.ID.Desk())
	}
	return nil
}

// clashesFirst puts the lines that a person will have to decide on before the
// others, also those that came after as many as are listed.
func (m *merger) clashesFirst() error {
	if len(m.plan.Clashes) == 0 {
		return nil
	}
	var lines []handoff.PlanLine
	first := map[ledger.ID]bool{}
	for _, record := range m.plan.Clashes[:min(len(m.plan.Clashes), handoff.MaxLines)] {
		list, err := readRevisions(m.t.ctx, m.t.sql, record)
		if err != nil {
			return err
		}
		for _, r := range list {
			if m.brought(r.ID) {
				lines, first[r.ID] = append(lines, handoff.PlanLine{Revision: r}), true
			}
		}
	}
	for _, l := range m.plan.Lines {
		if !first[l.Revision.ID] {
			lines = append(lines, l)
		}
	}
	m.plan.Lines = lines[:min(len(lines), handoff.MaxLines)]
	return nil
}

// brought reports whether this merge has added a revision.
func (m *merger) brought(id ledger.ID) bool {
	for i := range m.runs {
		if n := m.runs[i].chain.number; n == id.Desk() {
			return m.fresh != nil && m.fresh[i] > 0 && id.Seq() > m.before[n].seq
		}
	}
	return false
}

// writer is the name of the desk that writes a chain, looked up once.
func (m *merger) writer(names map[int64]string, number int64) string {
	name, known := names[number]
	if !known {
		if desk, err := m.lines.desk(number); err == nil {
			name = desk.Name
		}
		names[number] = name
	}
	return name
}

func (m *merger) names() (map[ledger.ID]string, error) {
	names := map[ledger.ID]string{}
	units, err := m.t.Units()
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		names[u.ID] = u.Value.Name
	}
	items, err := m.t.Items()
	if err != nil {
		return nil, err
	}
	for _, i := range items {
		names[i.ID] = i.Value.Name
	}
	sites, err := m.t.Sites()
	for _, s := range sites {
		names[s.ID] = s.Value.Name
	}
	return names, err
}

func (m *merger) describeChain(i int) error {
	r, run := &m.m.Ranges[i], &m.runs[i]
	desk, err := m.lines.desk(run.chain.number)
	if err != nil {
		return err
	}
	c := handoff.PlanChain{Desk: r.Desk(), Name: desk.Name, Unit: m.lines.unitPath(desk.Unit),
		Fingerprint: handoff.Fingerprint(desk.PublicKey), First: r.After.Seq + 1, Last: r.Head.Seq}
	if m.fresh != nil {
		c.New, c.Latest = m.fresh[i], m.latest[i].Time()
	}
	if !bytes.Equal(r.Seal.Key, desk.PublicKey) {
		c.Vouched = m.keyName(r.Seal.Key)
	}
	m.plan.Chains = append(m.plan.Chains, c)
	if c.New > 0 && c.Latest.Sub(m.t.now) > tooFarAhead {
		m.plan.Ahead = append(m.plan.Ahead, c)
	}
	if run.fork {
		m.plan.Forks = append(m.plan.Forks, handoff.Fork{Desk: c.Desk, Name: c.Name, Seq: run.chain.start, Own: m.isOwn(run.chain.id)})
	}
	return nil
}

func (m *merger) isOwn(id ledger.DeskID) bool {
	own := m.t.heads[m.t.own]
	return own != nil && own.id == id
}

// keyName names whoever signs with a key.
func (m *merger) keyName(key ed25519.PublicKey) string {
	if bytes.Equal(key, m.m.Sender.Key) {
		return m.m.Sender.Name
	}
	return handoff.Fingerprint(key)
}

// meet finds the desks that were never accepted here, and accepts those that a
// person names.
func (m *merger) meet() error {
	if m.plan.Done() {
		return nil
	}
	known, err := m.t.acceptedKeys()
	if err != nil {
		return err
	}
	for _, c := range m.candidates() {
		if known[string(c.Key)] {
			continue
		}
		known[string(c.Key)] = true
		m.plan.Unknown = append(m.plan.Unknown, c)
	}
	for _, c := range m.plan.Unknown {
		if !m.accepts(c) {
			if m.dry {
				continue
			}
			return ledger.Refuse(ledger.CodeDeskUnknown, "path", m.o.File, "name", c.Name, "fingerprint", c.Fingerprint())
		}
		if err := m.t.accept(c); err != nil {
			return err
		}
	}
	return nil
}

func (m *merger) accepts(c handoff.Card) bool {
	for _, f := range m.o.Accept {
		if handoff.SameFingerprint(f, c.Fingerprint()) {
			return true
		}
	}
	return false
}

// candidates are whoever has a part in the bundle: its sender, the desks that
// wrote what is new, those that vouch.
func (m *merger) candidates() []handoff.Card {
	list := []handoff.Card{m.m.Sender}
	for i, c := range m.plan.Chains {
		if c.New == 0 {
			continue
		}
		desk, err := m.lines.desk(m.runs[i].chain.number)
		if err != nil {
			continue
		}
		list = append(list, handoff.Card{Name: c.Name, Unit: c.Unit, Key: desk.PublicKey})
		if key := m.m.Ranges[i].Seal.Key; !bytes.Equal(key, desk.PublicKey) {
			list = append(list, handoff.Card{Name: m.keyName(key), Key: key})
		}
	}
	return list
}
