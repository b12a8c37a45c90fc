package data

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// NoteSent adds a bundle that was written to the log of what went out.
func (s *Store) NoteSent(ctx context.Context, out handoff.Outgoing, file string, size int64) error {
	o, ok := out.(*outgoing)
	if !ok {
		return ledger.Refuse(ledger.CodeInternal, "detail", "a bundle of another ledger")
	}
	return s.fault(s.write(ctx, func(t *tx) error { return t.noteSent(o, file, size) }))
}

func (t *tx) noteSent(o *outgoing, file string, size int64) error {
	var number int64
	if err := t.sql.QueryRowContext(t.ctx, "SELECT coalesce(max(number), 0) + 1 FROM bundle").Scan(&number); err != nil {
		return err
	}
	m := &o.manifest
	if err := t.exec("INSERT INTO bundle (number, id, file, size, at, revisions) VALUES (?, ?, ?, ?, ?, ?)",
		number, m.Bundle[:], file, size, t.now.UnixMilli(), m.Revisions); err != nil {
		return err
	}
	for _, r := range o.ranges {
		if err := t.exec("INSERT INTO bundle_chain (bundle, number, first, last) VALUES (?, ?, ?, ?)", number, r.number, r.first, r.last); err != nil {
			return err
		}
	}
	for i := range o.o.To {
		if err := t.deliver(number, o.o.To[i].Card.Key, o.o.To[i].Name(), 0, ""); err != nil {
			return err
		}
	}
	if len(o.o.To) == 0 {
		return t.deliver(number, []byte{}, "", 0, "")
	}
	return nil
}

func (t *tx) deliver(bundle int64, key []byte, name string, at int64, code ledger.Code) error {
	return t.exec(`INSERT INTO bundle_peer (bundle, peer, name, delivered, code) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (bundle, peer) DO UPDATE SET delivered = excluded.delivered, code = excluded.code`,
		bundle, key, name, at, string(code))
}

// TakeReceipt notes that a bundle of this desk arrived, or why it was refused,
// and what the receiver's ledger holds. It reports false when the receipt says
// nothing new. CodeDeskUnknown for a receipt of a desk that was never accepted.
func (s *Store) TakeReceipt(ctx context.Context, r handoff.Receipt) (news bool, err error) {
	err = s.write(ctx, func(t *tx) error {
		known, err := t.acceptedKeys()
		if err != nil {
			return err
		}
		if !known[string(r.From.Key)] {
			return ledger.Refuse(ledger.CodeDeskUnknown, "path", r.File, "name", r.From.Name, "fingerprint", r.From.Fingerprint())
		}
		news, err = t.takeReceipt(r)
		return err
	})
	return news, s.fault(err)
}

func (t *tx) takeReceipt(r handoff.Receipt) (bool, error) {
	if err := t.learn(r.From.Key, r.At, r.Has); err != nil {
		return false, err
	}
	var number, delivered int64
	var code string
	err := t.sql.QueryRowContext(t.ctx, `SELECT b.number, coalesce(p.delivered, 0), coalesce(p.code, '') FROM bundle b
		LEFT JOIN bundle_peer p ON p.bundle = b.number AND p.peer = ? WHERE b.id = ?`, []byte(r.From.Key), r.Bundle[:]).Scan(&number, &delivered, &code)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil // written before this ledger was restored, or by another
	}
	merged := delivered > 0 && code == ""
	if err != nil || merged || delivered >= r.At.UnixMilli() && !r.Merged {
		return false, err // what was merged stays merged; an older refusal is no news
	}
	return true, t.deliver(number, r.From.Key, r.From.Name, r.At.UnixMilli(), ledger.Code(r.Code))
}

// SentLog lists the bundles that went out, the newest first.
func (s *Store) SentLog(ctx context.Context) ([]handoff.Sent, error) {
	var list []handoff.Sent
	err := s.read(ctx, func(q querier) (err error) { list, err = readSent(ctx, q); return err })
	return list, s.fault(err)
}

func readSent(ctx context.Context, q querier) ([]handoff.Sent, error) {
	rows, err := q.QueryContext(ctx, `SELECT b.number, b.id, b.file, b.size, b.at, b.revisions, p.peer, p.name, p.delivered, p.code
		FROM bundle b JOIN bundle_peer p ON p.bundle = b.number ORDER BY b.number DESC, p.name, p.peer`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []handoff.Sent
	for rows.Next() {
		var one handoff.Sent
		var d handoff.Delivery
		var id, key []byte
		var at, delivered int64
		if err := rows.Scan(&one.Number, &id, &one.File, &one.Size, &at, &one.Revisions, &key, &d.Name, &delivered, (*string)(&d.Code)); err != nil {
			return nil, err
		}
		copy(one.Bundle[:], id)
		one.At = time.UnixMilli(at)
		if delivered > 0 {
			d.Delivered = time.UnixMilli(delivered)
		}
		if len(key) > 0 {
			d.Fingerprint = handoff.Fingerprint(key)
		}
		if n := len(list); n == 0 || list[n-1].Number != one.Number {
			list = append(list, one)
		}
		last := &list[len(list)-1]
		last.To = append(last.To, d)
	}
	for i := range list {
		list[i].To = answered(list[i].To)
	}
	return list, rows.Err()
}

// answered leaves out whoever knows the passphrase once one of them has sent a
// receipt: the bundle is not on its way any more.
func answered(to []handoff.Delivery) []handoff.Delivery {
	nobody := func(d handoff.Delivery) bool { return d.Fingerprint == "" && d.Delivered.IsZero() }
	if slices.ContainsFunc(to, func(d handoff.Delivery) bool { return !d.Delivered.IsZero() && d.Code == "" }) {
		return slices.DeleteFunc(to, nobody)
	}
	return to
}

// Has is where every chain of this ledger stands.
func (s *Store) Has(ctx context.Context) ([]handoff.Point, error) {
	var list []handoff.Point
	err := s.read(ctx, func(q querier) error {
		heads, err := readHeads(ctx, q)
		if err != nil {
			return err
		}
		for _, n := range slices.Sorted(maps.Keys(heads)) {
			if h := heads[n]; h.seq >= h.start && h.id != ledger.CatalogueDesk {
				list = append(list, h.point())
			}
		}
		return nil
	})
	return list, s.fault(err)
}

// Holds reports whether the ledger's chains go through every one of the points.
func (s *Store) Holds(ctx context.Context, points []handoff.Point) (held bool, err error) {
	err = s.read(ctx, func(q querier) error {
		heads, err := readHeads(ctx, q)
		if err != nil {
			return err
		}
		l := lines{ctx: ctx, q: q, desks: s.desks, heads: heads}
		for _, p := range points {
			if held, err = l.goThrough(p); err != nil || !held {
				return err
			}
		}
		held = true
		return nil
	})
	return held, s.fault(err)
}
