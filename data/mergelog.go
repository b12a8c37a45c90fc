package data

import (
	"context"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// log notes what the merge brought and how each chain stood before, and sees to
// it that a chain which somebody else continued is not written here any more.
func (m *merger) log() error {
	if err := m.renew(); err != nil {
		return err
	}
	if err := m.t.sql.QueryRowContext(m.t.ctx, "SELECT coalesce(max(number), 0) + 1 FROM merge").Scan(&m.plan.Merge); err != nil {
		return err
	}
	p := m.plan
	if err := m.t.exec(`INSERT INTO merge (number, bundle, file, sender, name, unit, created, at, carried, new, corrected,
		voided, clashing, here, waiting, own, own_head, undone, imprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
		p.Merge, p.Bundle[:], p.File, []byte(p.Sender.Key), p.Sender.Name, p.Sender.Unit, p.Created.UnixMilli(), m.t.now.UnixMilli(),
		p.Carried, p.New, p.Corrected, p.Voided, p.Clashing, p.Here, p.Waiting, m.t.own, m.ownHead(), m.b.Imprint[:]); err != nil {
		return err
	}
	for i := range m.runs {
		if m.fresh[i] == 0 {
			continue
		}
		if err := m.logChain(m.runs[i].chain); err != nil {
			return err
		}
	}
	return nil
}

// ownHead is where the own chain stands: what is newer may stand on the merge.
func (m *merger) ownHead() int64 {
	if h := m.t.heads[m.t.own]; h != nil {
		return h.seq
	}
	return 0
}

func (m *merger) logChain(h *chainHead) error {
	before := m.before[h.number]
	return m.t.exec(`INSERT INTO merge_chain (merge, number, first, last, hash, clock, signer, signature)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, m.plan.Merge, h.number, before.seq+1, h.seq, before.hash[:], int64(before.clock),
		blob(before.seal.Key), blob(before.seal.Signature))
}

// renew makes the next entry begin a chain of its own when somebody else wrote
// on this desk's: with a new key where two PCs hold the old one.
func (m *merger) renew() error {
	value := int64(0)
	for i := range m.runs {
		switch run := &m.runs[i]; {
		case m.fresh[i] == 0 || !m.isOwn(run.chain.id):
		case run.fork:
			value = renewKey
		case run.chain.number == m.t.own:
			value = max(value, renewChain)
		}
	}
	if value == 0 {
		return nil
	}
	m.t.s.kept.own = 0
	return m.t.setLocal(localRenew, value)
}

// MergeLog lists the merges, the newest first.
func (s *Store) MergeLog(ctx context.Context) ([]handoff.Merged, error) {
	var list []handoff.Merged
	err := s.read(ctx, func(q querier) error {
		rows, err := q.QueryContext(ctx, `SELECT number, bundle, file, sender, name, unit, created, at, carried, new, corrected,
			voided, clashing, here, waiting, undone, imprint FROM merge ORDER BY number DESC`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var m handoff.Merged
			var bundle, imprint []byte
			var created, at, undone int64
			if err := rows.Scan(&m.Number, &bundle, &m.File, (*[]byte)(&m.Sender.Key), &m.Sender.Name, &m.Sender.Unit, &created, &at,
				&m.Carried, &m.New, &m.Corrected, &m.Voided, &m.Clashing, &m.Here, &m.Waiting, &undone, &imprint); err != nil {
				return err
			}
			copy(m.Bundle[:], bundle)
			copy(m.Imprint[:], imprint)
			m.Created, m.At = time.UnixMilli(created), time.UnixMilli(at)
			if undone > 0 {
				m.Undone = time.UnixMilli(undone)
			}
			list = append(list, m)
		}
		return rows.Err()
	})
	return list, s.fault(err)
}

// Clashes lists the records that several desks state differently, the newest
// statement of each first.
func (s *Store) Clashes(ctx context.Context) ([]handoff.Clash, error) {
	var list []handoff.Clash
	err := s.read(ctx, func(q querier) error {
		records, err := readIDs(ctx, q, "SELECT record FROM clash ORDER BY record")
		if err != nil {
			return err
		}
		for _, id := range records {
			revisions, err := readRevisions(ctx, q, id)
			if err != nil {
				return err
			}
			tops := heads(revisions)
			sortRevisions(tops, s.desks)
			for i, j := 0, len(tops)-1; i < j; i, j = i+1, j-1 {
				tops[i], tops[j] = tops[j], tops[i]
			}
			list = append(list, handoff.Clash{Record: id, Heads: tops})
		}
		return nil
	})
	return list, s.fault(err)
}

// ClashCount is how many records clash.
func (s *Store) ClashCount(ctx context.Context) (n int64, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT count(*) FROM clash").Scan(&n)
	return n, s.fault(err)
}

// Heads returns the revisions of a record that nobody has seen and replaced; more
// than one is a clash.
func (t *tx) Heads(record ledger.ID) ([]ledger.Revision, error) {
	list, err := readRevisions(t.ctx, t.sql, record)
	return heads(list), err
}

// Origins says of revisions which desk wrote them and which merge brought them.
func (s *Store) Origins(ctx context.Context, revisions []ledger.ID) (map[ledger.ID]handoff.Origin, error) {
	origins := make(map[ledger.ID]handoff.Origin, len(revisions))
	err := s.read(ctx, func(q querier) error {
		for _, id := range revisions {
			o, err := origin(ctx, q, id)
			if err != nil {
				return err
			}
			origins[id] = o
		}
		return nil
	})
	return origins, s.fault(err)
}

func origin(ctx context.Context, q querier, id ledger.ID) (o handoff.Origin, err error) {
	rows, err := q.QueryContext(ctx, `SELECT m.number, m.file, m.name, m.at FROM merge_chain c JOIN merge m ON m.number = c.merge
		WHERE c.number = ? AND c.first <= ? AND c.last >= ? AND m.undone = 0`, id.Desk(), id.Seq(), id.Seq())
	if err != nil {
		return o, err
	}
	defer rows.Close()
	for rows.Next() {
		var at int64
		if err := rows.Scan(&o.Merge, &o.File, &o.Sender, &at); err != nil {
			return o, err
		}
		o.At = time.UnixMilli(at)
	}
	return o, rows.Err()
}
