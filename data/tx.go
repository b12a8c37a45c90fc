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
	ctx     context.Context
	s       *Store
	sql     *sql.Tx
	now     time.Time
	own     int64
	heads   map[int64]*chainHead
	chain   *ledger.Chain
	cells   cells
	waiting map[ledger.ID]wait // table waiting; nil until it is needed
	clashes map[ledger.ID]bool // records that began to clash in this transaction
	buf     []byte
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
		if err := t.exec("UPDATE desk SET head = ?, hash = ?, clock = ?, signer = ?, signature = ? WHERE number = ?",
			h.seq, h.hash[:], int64(h.clock), blob(h.seal.Key), blob(h.seal.Signature), h.number); err != nil {
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
	return t.keep(h, r)
}

// keep adds r, whose hash is known, to its chain and moves what is derived from
// it.
func (t *tx) keep(h *chainHead, r *ledger.Revision) error {
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
	h.seq, h.hash, h.clock = r.ID.Seq(), r.Hash, max(h.clock, r.Clock)
	return t.derive(r)
}

// derive moves the current row, the roll-ups, the clashes and what waits, after
// r was kept.
func (t *tx) derive(r *ledger.Revision) error {
	t.forgetNames(r.Fields.Kind())
	if r.Op == ledger.OpCreate {
		waits, err := t.waits(r.Record)
		if err != nil {
			return err
		}
		if !waits {
			return t.stand(r)
		}
	}
	list, err := readRevisions(t.ctx, t.sql, r.Record)
	if err != nil {
		return err
	}
	top, created := standing(list, t.s.desks)
	if err := t.setWaiting(r.Record, !created); err != nil || !created {
		return err
	}
	if err := t.setClash(r.Record, len(heads(list)) > 1); err != nil {
		return err
	}
	if r.Op != ledger.OpCreate {
		if top.ID != r.ID {
			return nil // an older statement than the one that stands
		}
		before, stood := standing(without(list, r.ID), t.s.desks)
		if stood {
			if err := t.count(rowOf(before), -1); err != nil {
				return err
			}
		}
	}
	return t.stand(&top)
}

// forgetNames drops what the writer keeps of a kind's records.
func (t *tx) forgetNames(k ledger.Kind) {
	switch k {
	case ledger.KindUnit:
		t.s.kept.units = nil
	case ledger.KindItem:
		t.s.kept.items = nil
	case ledger.KindSite:
		t.s.kept.sites = nil
	}
}

// stand makes r the current row of its record.
func (t *tx) stand(r *ledger.Revision) error {
	tab := tables[r.Fields.Kind()]
	if tab == nil {
		return nil // a desk's record has no table: it is read from its revisions
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

// wait says since when a record waits.
type wait uint8

const (
	waited     wait = 1 // before this transaction
	nowWaiting wait = 2
)

// waits reports whether corrections of a record came before the record itself.
func (t *tx) waits(record ledger.ID) (bool, error) {
	if t.waiting == nil {
		list, err := readIDs(t.ctx, t.sql, "SELECT record FROM waiting")
		if err != nil {
			return false, err
		}
		t.waiting = make(map[ledger.ID]wait, len(list))
		for _, id := range list {
			t.waiting[id] = waited
		}
	}
	return t.waiting[record] != 0, nil
}

func (t *tx) setWaiting(record ledger.ID, wait bool) error {
	was, err := t.waits(record)
	if err != nil || was == wait {
		return err
	}
	if wait {
		t.waiting[record] = nowWaiting
		return t.exec("INSERT INTO waiting (record) VALUES (?)", int64(record))
	}
	delete(t.waiting, record)
	return t.exec("DELETE FROM waiting WHERE record = ?", int64(record))
}

// setClash notes whether a record clashes, and whether it did before.
func (t *tx) setClash(record ledger.ID, clashing bool) error {
	query := "DELETE FROM clash WHERE record = ?"
	if clashing {
		query = "INSERT INTO clash (record) VALUES (?) ON CONFLICT DO NOTHING"
	}
	res, err := t.sql.ExecContext(t.ctx, query, int64(record))
	if err != nil || t.clashes == nil {
		return err
	}
	switch n, err := res.RowsAffected(); {
	case err != nil:
		return err
	case n == 0:
	case clashing:
		t.clashes[record] = true
	default:
		delete(t.clashes, record)
	}
	return nil
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
	if t.cells.n >= maxCells {
		return t.flush()
	}
	return nil
}

// Current returns a record as it stands.
func (t *tx) Current(id ledger.ID) (ledger.Row[ledger.Record], error) {
	return current(t.ctx, t.sql, t.s.desks, id)
}

// Units lists the units, voided ones too, once a transaction.
func (t *tx) Units() (list []ledger.Row[ledger.Unit], err error) {
	if t.s.kept.units == nil {
		t.s.kept.units, err = t.s.units(t.ctx, t.sql)
	}
	return t.s.kept.units, err
}

// Items lists the items, voided ones too.
func (t *tx) Items() (list []ledger.Row[ledger.Item], err error) {
	if t.s.kept.items == nil {
		t.s.kept.items, err = t.s.items(t.ctx, t.sql)
	}
	return t.s.kept.items, err
}

// Sites lists the isolation sites, voided ones too.
func (t *tx) Sites() (list []ledger.Row[ledger.Site], err error) {
	if t.s.kept.sites == nil {
		t.s.kept.sites, err = t.s.sites(t.ctx, t.sql)
	}
	return t.s.kept.sites, err
}

// ListedProblems counts an inspection's standing problems.
func (t *tx) ListedProblems(inspection ledger.ID) (n int64, err error) {
	err = t.sql.QueryRowContext(t.ctx, "SELECT count(*) FROM problem WHERE inspection = ? AND void = 0", int64(inspection)).Scan(&n)
	return n, err
}

// LatestReserve returns the newest standing report of a site and of those that
// are the same as it.
func (t *tx) LatestReserve(site ledger.ID) (ledger.Row[ledger.Reserve], bool, error) {
	sites, err := t.Sites()
	if err != nil {
		return ledger.Row[ledger.Reserve]{}, false, err
	}
	return t.s.latestReserve(t.ctx, t.sql, ledger.FoldsOf(sites).All([]ledger.ID{site}), ever)
}

// Uses counts standing records that point to id or to one that is the same; for
// entries it stops at one.
func (t *tx) Uses(id ledger.ID) (int64, error) {
	units, err := t.Units()
	if err != nil {
		return 0, err
	}
	items, err := t.Items()
	if err != nil {
		return 0, err
	}
	// An id is of one kind: it folds among the units or among the items.
	in := " IN (" + idList(ledger.FoldsOf(items).All(ledger.FoldsOf(units).All([]ledger.ID{id}))) + ") AND void = 0)"
	var n int64
	err = t.sql.QueryRowContext(t.ctx, `SELECT
		  (SELECT count(*) FROM unit WHERE parent`+in+`
		+ (SELECT count(*) FROM inspection WHERE unit`+in+`
		+ (SELECT count(*) FROM problem WHERE inspection`+in+`
		+ (SELECT count(*) FROM problem WHERE unit`+in+`
		+ EXISTS (SELECT 1 FROM publicity WHERE unit`+in+`
		+ EXISTS (SELECT 1 FROM publicity WHERE item`+in).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}
