package data

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"time"

	"taizhang/app/ledger"
)

// tx is one write transaction. It implements ledger.Tx.
type tx struct {
	ctx   context.Context
	s     *Store
	sql   *sql.Tx
	now   time.Time
	own   int64
	heads map[int64]*chainHead
	chain *ledger.Chain
	cells cells
	buf   []byte
}

var _ ledger.Tx = (*tx)(nil)

// Write runs change in one durable transaction.
func (s *Store) Write(ctx context.Context, change func(ledger.Tx) error) error {
	return s.fault(s.write(ctx, func(t *tx) error { return change(t) }))
}

func (s *Store) write(ctx context.Context, change func(*tx) error) (err error) {
	if s.writer == nil {
		return ledger.Refuse(ledger.CodeLedgerReadOnly, "path", s.path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reach(); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			s.forget()
		}
	}()
	var t *tx
	err = inTx(ctx, s.writer, func(q *sql.Tx) error {
		t = &tx{ctx: ctx, s: s, sql: q, now: s.options.now(), chain: ledger.NewChain(s.desks.lookup)}
		if err := t.begin(); err != nil {
			return err
		}
		if err := change(t); err != nil {
			return err
		}
		return t.finish()
	})
	if err == nil {
		t.leaveMark()
	}
	return err
}

// reach notices a ledger whose drive was pulled or whose file was replaced: on
// Linux an open file goes on being read and written after its name is gone, and
// nobody would find the entry again.
func (s *Store) reach() error {
	info, err := os.Stat(s.path)
	if err != nil || !os.SameFile(info, s.file) {
		return ledger.Refuse(ledger.CodeDriveGone, "path", s.path).Because(err)
	}
	return nil
}

func (t *tx) begin() error {
	var version int64
	if err := t.sql.QueryRowContext(t.ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return err
	}
	if version != t.s.kept.version {
		// Another process wrote, or even restored a backup.
		t.s.forget()
		t.s.kept.version = version
	}
	var err error
	if t.heads, err = readHeads(t.ctx, t.sql); err != nil {
		return err
	}
	t.s.desks.replace(t.heads)
	return t.ensureOwn()
}

func (t *tx) finish() error {
	if err := t.flush(); err != nil {
		return err
	}
	for _, h := range t.heads {
		if h.seq == h.kept {
			continue
		}
		if err := t.exec("UPDATE desk SET head = ?, hash = ?, clock = ? WHERE number = ?",
			h.seq, h.hash[:], int64(h.clock), h.number); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.sql.ExecContext(t.ctx, query, args...)
	return err
}

// Now is the transaction's one moment.
func (t *tx) Now() time.Time { return t.now }

// Desk is the chain this program writes.
func (t *tx) Desk() int64 { return t.own }

// Append adds r to the own chain.
func (t *tx) Append(r *ledger.Revision) error {
	h := t.heads[t.own]
	r.ID = ledger.MakeID(t.own, h.seq+1)
	if r.Clock == 0 {
		r.Clock = ledger.NextClock(t.lastClock(), t.now)
	}
	if r.Op == ledger.OpCreate {
		r.Record = r.ID
	}
	return t.insert(h, r)
}

// lastClock is the latest clock this ledger has seen on any chain.
func (t *tx) lastClock() ledger.Clock {
	var last ledger.Clock
	for _, h := range t.heads {
		last = max(last, h.clock)
	}
	return last
}

// insert links r to its chain, keeps it and moves what is derived from it.
func (t *tx) insert(h *chainHead, r *ledger.Revision) error {
	r.Hash = t.chain.Link(h.hash, r)
	var record any
	if r.Record != r.ID {
		record = int64(r.Record)
	}
	t.buf = ledger.EncodeFields(t.buf[:0], r.Fields)
	if err := t.exec(`INSERT INTO revision (k, record, kind, op, clock, author, reason, base, fields, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, int64(r.ID), record, int64(r.Fields.Kind()), int64(r.Op), int64(r.Clock),
		r.Author, r.Reason, encodeBase(r.Base), t.buf, r.Hash[:]); err != nil {
		return err
	}
	if err := t.derive(r); err != nil {
		return err
	}
	h.seq, h.hash, h.clock = r.ID.Seq(), r.Hash, max(h.clock, r.Clock)
	return nil
}

// derive moves the current row and the roll-ups when r is its record's newest
// head.
func (t *tx) derive(r *ledger.Revision) error {
	switch r.Fields.(type) {
	case *ledger.Unit:
		t.s.kept.units = nil
	case *ledger.Item:
		t.s.kept.items = nil
	case *ledger.Site:
		t.s.kept.sites = nil
	}
	tab := tables[r.Fields.Kind()]
	if tab == nil {
		return nil // a desk's record has no table: it is read from its revisions
	}
	if r.Op != ledger.OpCreate {
		before, newest, err := t.replaced(r)
		if err != nil || !newest {
			return err
		}
		if err := t.count(before, -1); err != nil {
			return err
		}
	}
	var rev any
	if r.ID != r.Record {
		rev = int64(r.ID)
	}
	args := append([]any{int64(r.Record), rev, asInt(r.Op == ledger.OpVoid)}, tab.values(r.Fields)...)
	if err := t.exec(tab.upsert, args...); err != nil {
		return err
	}
	return t.count(ledger.Row[ledger.Record]{Voided: r.Op == ledger.OpVoid, Value: r.Fields}, 1)
}

// replaced returns the row that stood before r, and whether r is newer than the
// revision that states it, by (clock, desk).
func (t *tx) replaced(r *ledger.Revision) (ledger.Row[ledger.Record], bool, error) {
	revisions, err := readRevisions(t.ctx, t.sql, r.Record)
	if err != nil {
		return ledger.Row[ledger.Record]{}, false, err
	}
	others := revisions[:0]
	for _, o := range revisions {
		if o.ID != r.ID {
			others = append(others, o)
		}
	}
	if len(others) == 0 {
		return ledger.Row[ledger.Record]{}, true, nil
	}
	top := newest(others, t.s.desks)
	return rowOf(top), newer(*r, top, t.s.desks), nil
}

// count moves the roll-ups for a row that starts (1) or stops (-1) standing.
func (t *tx) count(row ledger.Row[ledger.Record], sign int64) error {
	p, ok := row.Value.(*ledger.Publicity)
	if !ok || row.Voided {
		return nil
	}
	unit, err := t.alias(p.Unit)
	if err != nil {
		return err
	}
	item, err := t.alias(p.Item)
	if err != nil {
		return err
	}
	t.cells.add(p, unit, item, sign)
	return nil
}

// Current returns a record as it stands.
func (t *tx) Current(id ledger.ID) (ledger.Row[ledger.Record], error) {
	return current(t.ctx, t.sql, t.s.desks, id)
}

// Units lists the units, voided ones too, once a transaction.
func (t *tx) Units() (list []ledger.Row[ledger.Unit], err error) {
	if t.s.kept.units == nil {
		t.s.kept.units, err = rowsOf[ledger.Unit](t.ctx, t.sql, ledger.KindUnit, "1 ORDER BY d.id")
	}
	return t.s.kept.units, err
}

// Items lists the items, voided ones too.
func (t *tx) Items() (list []ledger.Row[ledger.Item], err error) {
	if t.s.kept.items == nil {
		t.s.kept.items, err = rowsOf[ledger.Item](t.ctx, t.sql, ledger.KindItem, "1 ORDER BY d.id")
	}
	return t.s.kept.items, err
}

// Sites lists the isolation sites, voided ones too.
func (t *tx) Sites() (list []ledger.Row[ledger.Site], err error) {
	if t.s.kept.sites == nil {
		t.s.kept.sites, err = rowsOf[ledger.Site](t.ctx, t.sql, ledger.KindSite, "1 ORDER BY d.id")
	}
	return t.s.kept.sites, err
}

// ListedProblems counts an inspection's standing problems.
func (t *tx) ListedProblems(inspection ledger.ID) (n int64, err error) {
	err = t.sql.QueryRowContext(t.ctx, "SELECT count(*) FROM problem WHERE inspection = ? AND void = 0", int64(inspection)).Scan(&n)
	return n, err
}

// LatestReserve returns a site's newest standing report.
func (t *tx) LatestReserve(site ledger.ID) (ledger.Row[ledger.Reserve], bool, error) {
	return latestReserve(t.ctx, t.sql, site)
}

// Uses counts standing records that point to id; for entries it stops at one.
func (t *tx) Uses(id ledger.ID) (int64, error) {
	var n int64
	err := t.sql.QueryRowContext(t.ctx, `SELECT
		  (SELECT count(*) FROM unit WHERE parent = ?1 AND void = 0)
		+ (SELECT count(*) FROM inspection WHERE unit = ?1 AND void = 0)
		+ (SELECT count(*) FROM problem WHERE inspection = ?1 AND void = 0)
		+ (SELECT count(*) FROM problem WHERE unit = ?1 AND void = 0)
		+ EXISTS (SELECT 1 FROM publicity WHERE unit = ?1 AND void = 0)
		+ EXISTS (SELECT 1 FROM publicity WHERE item = ?1 AND void = 0)`, int64(id)).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}
