package data

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"maps"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// acceptedKeys are the keys whose revisions are merged without asking: accepted
// peers, and the desks of this ledger.
func (t *tx) acceptedKeys() (map[string]bool, error) {
	known := map[string]bool{}
	for n, h := range t.heads {
		if len(h.seal.Key) > 0 || h.seq == 0 || h.id == ledger.CatalogueDesk || h.parent != 0 {
			continue
		}
		desk, err := t.lines().desk(n)
		if err != nil {
			return nil, err
		}
		known[string(desk.PublicKey)] = true
	}
	rows, err := t.sql.QueryContext(t.ctx, "SELECT key FROM peer WHERE accepted = 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key []byte
		if err := rows.Scan(&key); err != nil {
			return nil, err
		}
		known[string(key)] = true
	}
	return known, rows.Err()
}

// accept keeps a card and merges its desk's revisions from now on. A card without
// a recipient does not replace one that has it.
func (t *tx) accept(c handoff.Card) error {
	return t.exec(`INSERT INTO peer (key, name, unit, recipient, signature, own_name, scope, accepted, at, has_at)
		VALUES (?, ?, ?, ?, ?, '', 0, 1, ?, 0) ON CONFLICT (key) DO UPDATE SET accepted = 1, at = excluded.at,
		name = CASE WHEN excluded.recipient = '' AND recipient <> '' THEN name ELSE excluded.name END,
		unit = CASE WHEN excluded.recipient = '' AND recipient <> '' THEN unit ELSE excluded.unit END,
		signature = CASE WHEN excluded.recipient = '' THEN signature ELSE excluded.signature END,
		recipient = CASE WHEN excluded.recipient = '' THEN recipient ELSE excluded.recipient END`,
		[]byte(c.Key), c.Name, c.Unit, c.Recipient, blob(c.Signature), t.now.UnixMilli())
}

// Pair accepts a desk by its card: its revisions are merged, and bundles can be
// made for it. name is what this desk calls it, "" for its own name. CodeCardOwn
// for this desk's own card.
func (s *Store) Pair(ctx context.Context, c handoff.Card, name string, scope handoff.Scope) error {
	return s.fault(s.write(ctx, func(t *tx) error {
		if own, err := t.lines().desk(t.own); err != nil {
			return err
		} else if bytes.Equal(own.PublicKey, c.Key) {
			return ledger.Refuse(ledger.CodeCardOwn, "name", c.Name)
		}
		if err := t.accept(c); err != nil {
			return err
		}
		return t.exec("UPDATE peer SET own_name = ?, scope = ? WHERE key = ?", name, int64(scope), []byte(c.Key))
	}))
}

// Unpair withdraws what Pair or an answer at a merge accepted: the desk is asked
// about again. What was merged stays.
func (s *Store) Unpair(ctx context.Context, key ed25519.PublicKey) error {
	return s.fault(s.write(ctx, func(t *tx) error {
		return t.exec("UPDATE peer SET accepted = 0, at = ? WHERE key = ?", t.now.UnixMilli(), []byte(key))
	}))
}

// Peers lists the desks known by card or accepted at a merge, also those
// withdrawn.
func (s *Store) Peers(ctx context.Context) ([]handoff.Peer, error) {
	var list []handoff.Peer
	err := s.read(ctx, func(q querier) (err error) { list, err = readPeers(ctx, q); return err })
	return list, s.fault(err)
}

func readPeers(ctx context.Context, q querier) ([]handoff.Peer, error) {
	rows, err := q.QueryContext(ctx, `SELECT key, name, unit, recipient, signature, own_name, scope, accepted, at,
		max(has_at, coalesce((SELECT max(at) FROM merge WHERE sender = key AND undone = 0), 0))
		FROM peer ORDER BY unit, name, key`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []handoff.Peer
	for rows.Next() {
		var p handoff.Peer
		var at, heard int64
		if err := rows.Scan((*[]byte)(&p.Card.Key), &p.Card.Name, &p.Card.Unit, &p.Card.Recipient, &p.Card.Signature,
			&p.OwnName, &p.Scope, &p.Accepted, &at, &heard); err != nil {
			return nil, err
		}
		p.Since = time.UnixMilli(at)
		if heard > 0 {
			p.Heard = time.UnixMilli(heard)
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// learn notes what the sender's ledger holds, unless something later is known.
func (m *merger) learn() error {
	return m.t.learn(m.m.Sender.Key, m.m.Created, m.m.Has)
}

func (t *tx) learn(peer ed25519.PublicKey, at time.Time, has []handoff.Point) error {
	var known int64
	err := t.sql.QueryRowContext(t.ctx, "SELECT has_at FROM peer WHERE key = ?", []byte(peer)).Scan(&known)
	if errors.Is(err, sql.ErrNoRows) || err == nil && known > at.UnixMilli() {
		return nil
	}
	if err != nil {
		return err
	}
	if known == at.UnixMilli() {
		// The same bundle again writes nothing: a commit wakes every window, and the
		// first one after a large merge has to cut down the write-ahead log.
		if same, err := t.holds(peer, has); err != nil || same {
			return err
		}
	}
	if err := t.exec("UPDATE peer SET has_at = ? WHERE key = ?", at.UnixMilli(), []byte(peer)); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM peer_has WHERE peer = ?", []byte(peer)); err != nil {
		return err
	}
	for _, p := range has {
		if err := t.exec("INSERT INTO peer_has (peer, desk, seq, hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			[]byte(peer), p.Desk[:], p.Seq, p.Hash[:]); err != nil {
			return err
		}
	}
	return nil
}

// holds reports whether a peer is known to hold exactly has.
func (t *tx) holds(peer ed25519.PublicKey, has []handoff.Point) (bool, error) {
	rows, err := t.sql.QueryContext(t.ctx, "SELECT desk, seq, hash FROM peer_has WHERE peer = ?", []byte(peer))
	if err != nil {
		return false, err
	}
	defer rows.Close()
	known := map[handoff.Point]bool{}
	for rows.Next() {
		var p handoff.Point
		var desk, hash []byte
		if err := rows.Scan(&desk, &p.Seq, &hash); err != nil {
			return false, err
		}
		copy(p.Desk[:], desk)
		copy(p.Hash[:], hash)
		known[p] = true
	}
	said := map[handoff.Point]bool{}
	for _, p := range has {
		said[p] = true
	}
	return maps.Equal(known, said), rows.Err()
}
