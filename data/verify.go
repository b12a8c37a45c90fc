package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"

	"taizhang/app/ledger"
)

// smallLedger is up to which size, in bytes, a ledger is checked whole at every
// open (about 60 ms); larger ones are checked by CheckSound in the background.
const smallLedger = 16 << 20

// checkAtOpen finds damage before anyone relies on the ledger.
func (s *Store) checkAtOpen(ctx context.Context) error {
	info, err := os.Stat(s.path)
	if err != nil {
		return fileFault(s.path, err)
	}
	if info.Size() <= smallLedger {
		return s.integrity(ctx, s.reader)
	}
	var tables int
	err = s.reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
	if err == nil {
		_, err = readHeads(ctx, s.reader)
	}
	return s.damaged(err)
}

// CheckSound runs SQLite's quick check over the whole file.
func (s *Store) CheckSound(ctx context.Context) error { return s.integrity(ctx, s.reader) }

func (s *Store) integrity(ctx context.Context, db *sql.DB) error {
	return s.damaged(integrityOf(ctx, db, "quick_check"))
}

// damaged names what SQLite found, and the newest good backup.
func (s *Store) damaged(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	fault := s.fault(err)
	switch ledger.CodeOf(fault) {
	case ledger.CodeLedgerBusy, ledger.CodeDriveGone, ledger.CodeLedgerReadOnly, ledger.CodeDiskFull:
		return fault
	}
	backup := ""
	if b, ok := NewestGoodBackup(context.Background(), s.path, s.options); ok {
		backup = b.Path
	}
	return ledger.Refuse(ledger.CodeLedgerDamaged, "path", s.path, "detail", err.Error(), "backup", backup).Because(err)
}

func integrityOf(ctx context.Context, db *sql.DB, check string) error {
	rows, err := db.QueryContext(ctx, "PRAGMA "+check+"(1)")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return err
		}
		if line != "ok" {
			return errors.New(line)
		}
	}
	return rows.Err()
}

// Report counts what Verify went through.
type Report struct {
	Revisions int64 `json:"revisions"`
	Records   int64 `json:"records"`
	Entries   int64 `json:"entries"`
	Rollups   int64 `json:"rollups"`
	Desks     int   `json:"desks"`
}

// Verify checks that every chain is whole, that current rows and roll-ups equal
// a rebuild from the revisions, and that SQLite finds the file sound. It returns
// CodeVerifyFailed with the first difference. progress may be nil; it gets
// revisions done and in all.
func (s *Store) Verify(ctx context.Context, progress func(done, total int64)) (Report, error) {
	s.verifying.Lock()
	defer s.verifying.Unlock()
	v := &verifier{ctx: ctx, s: s, progress: progress}
	// The integrity check reads every page once more; beside the rebuild, on
	// another connection and core, it costs no time of its own.
	sound := make(chan error, 1)
	go func() { sound <- integrityOf(ctx, s.reader, "integrity_check") }()
	err := s.readTwice(ctx, func(a, b querier) error { v.q, v.derived = a, b; return v.run() })
	soundErr := <-sound
	if err == nil && soundErr != nil {
		err = differ("integrity check: %v", soundErr)
	}
	var d *difference
	if errors.As(err, &d) {
		return v.report, ledger.Refuse(ledger.CodeVerifyFailed, "detail", d.Error())
	}
	if err != nil && ctx.Err() == nil && ledger.CodeOf(s.fault(err)) == ledger.CodeLedgerDamaged {
		return v.report, ledger.Refuse(ledger.CodeVerifyFailed, "detail", err.Error()).Because(err)
	}
	return v.report, s.fault(err)
}

// difference is where the ledger departs from what its revisions say.
type difference struct{ text string }

func (d *difference) Error() string { return d.text }

func differ(format string, args ...any) error { return &difference{fmt.Sprintf(format, args...)} }

// verifier rebuilds the ledger's derived state beside it and compares. The
// chains are read and hashed on one goroutine, the entries' rows read on
// another, each from its own connection; this one compares.
type verifier struct {
	ctx      context.Context
	s        *Store
	q        querier // for the revisions
	derived  querier // for what is derived from them
	progress func(done, total int64)
	report   Report

	heads   map[int64]*chainHead
	came    map[int64]bool // chains that came in bundles
	aliases map[ledger.ID]int64
	tops    map[ledger.ID]ledger.Revision // newest head of every record with several revisions
	rows    map[ledger.Kind]*rowCursor
	entries *entryCursor
	cells   cells
	total   int64
}

func (v *verifier) run() (err error) {
	if v.heads, err = readHeads(v.ctx, v.q); err != nil {
		return err
	}
	if v.aliases, _, err = readAliases(v.ctx, v.q); err != nil {
		return err
	}
	if err := v.local(); err != nil {
		return err
	}
	if err := v.merges(); err != nil {
		return err
	}
	if err := v.q.QueryRowContext(v.ctx, "SELECT count(*) FROM revision").Scan(&v.total); err != nil {
		return err
	}
	v.report.Desks = len(v.heads)
	if err := v.corrections(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(v.ctx)
	// The readers have ended when their channels are closed: only then may the
	// transactions they read in end.
	chains, entries := v.readChains(ctx), v.readEntries(ctx)
	defer func() {
		cancel()
		for range chains {
		}
		for range entries {
		}
	}()
	v.entries = &entryCursor{v: v, from: entries}
	if err := v.openRows(); err != nil {
		return err
	}
	defer v.closeRows()
	if err := v.compare(chains); err != nil {
		return err
	}
	if err := v.leftOver(); err != nil {
		return err
	}
	return v.rollups()
}

// local checks what says who writes here.
func (v *verifier) local() error {
	local, err := readLocal(v.ctx, v.q)
	if err != nil {
		return err
	}
	own := v.heads[local[localOwn]]
	if own == nil || own.id == ledger.CatalogueDesk {
		return differ("local: own desk %d has no chain", local[localOwn])
	}
	if r := local[localRenew]; r < 0 || r > renewKey {
		return differ("local: renew is %d", r)
	}
	return nil
}

// merges checks the merge log: what it says came in must lie on the chains.
func (v *verifier) merges() error {
	v.came = map[int64]bool{}
	rows, err := v.q.QueryContext(v.ctx, `SELECT c.number, c.first, c.last FROM merge_chain c
		JOIN merge m ON m.number = c.merge WHERE m.undone = 0 ORDER BY c.number, c.first`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number, first, last int64
		if err := rows.Scan(&number, &first, &last); err != nil {
			return err
		}
		h := v.heads[number]
		if h == nil || first < h.start || last < first || last > h.seq {
			return differ("merge log: revisions %d to %d of desk number %d are not in the ledger", first, last, number)
		}
		v.came[number] = true
	}
	return rows.Err()
}

// corrections finds, for every record that has more than its first revision,
// which one stands, and compares what clashes and what waits. Corrections are
// few beside entries; the rest needs no memory.
func (v *verifier) corrections() error {
	v.tops = map[ledger.ID]ledger.Revision{}
	records, err := readIDs(v.ctx, v.q, "SELECT DISTINCT record FROM revision WHERE record IS NOT NULL ORDER BY record")
	if err != nil {
		return err
	}
	var clashing, waiting []ledger.ID
	for _, id := range records {
		list, err := readRevisions(v.ctx, v.q, id)
		if err != nil {
			return differ("record %s: %v", v.s.IDText(id), err)
		}
		top, created := standing(list, v.s.desks)
		if !created {
			waiting = append(waiting, id)
			continue
		}
		v.tops[id] = top
		if len(heads(list)) > 1 {
			clashing = append(clashing, id)
		}
	}
	if err := v.sameIDs("clash", clashing); err != nil {
		return err
	}
	return v.sameIDs("waiting", waiting)
}

// sameIDs compares a table of records with the rebuilt list, which is in order.
func (v *verifier) sameIDs(table string, rebuilt []ledger.ID) error {
	kept, err := readIDs(v.ctx, v.q, "SELECT record FROM "+table+" ORDER BY record")
	if err != nil {
		return err
	}
	if !slices.Equal(kept, rebuilt) {
		return differ("%s: says %d records, the revisions say %d, or others", table, len(kept), len(rebuilt))
	}
	return nil
}

// compare takes the revisions in key order and compares the rows that the
// records they create should have.
func (v *verifier) compare(chains <-chan batch[ledger.Revision]) error {
	for b := range chains {
		for i := range b.list {
			if r := &b.list[i]; r.Op == ledger.OpCreate {
				if err := v.created(r); err != nil {
					return err
				}
			}
		}
		v.report.Revisions += int64(len(b.list))
		if b.err != nil {
			return b.err
		}
		if v.progress != nil {
			v.progress(v.report.Revisions, v.total)
		}
	}
	return v.ctx.Err()
}

// created compares the row of the record that r creates with the revision that
// stands.
func (v *verifier) created(r *ledger.Revision) error {
	v.report.Records++
	top := *r
	if len(v.tops) > 0 {
		if newest, corrected := v.tops[r.Record]; corrected {
			top = newest
		}
	}
	if top.Fields.Kind() != r.Fields.Kind() {
		return differ("record %s: changes its kind", v.s.IDText(r.ID))
	}
	if p, ok := top.Fields.(*ledger.Publicity); ok {
		return v.entry(&top, p)
	}
	cursor := v.rows[r.Fields.Kind()]
	if cursor == nil {
		return nil
	}
	return cursor.match(&top)
}

// entry compares an entry's row and counts it.
func (v *verifier) entry(top *ledger.Revision, p *ledger.Publicity) error {
	if err := v.entries.match(top, p); err != nil || top.Op == ledger.OpVoid {
		return err
	}
	v.report.Entries++
	unit, okUnit := v.aliases[p.Unit]
	item, okItem := v.aliases[p.Item]
	if !okUnit || !okItem {
		return differ("publicity %s: its unit or item has no alias", v.s.IDText(top.Record))
	}
	v.cells.add(p, unit, item, 1)
	return nil
}

// rollups compares the kept roll-ups with those rebuilt, both in the order of
// their keys. A cell of zeros equals a missing one.
func (v *verifier) rollups() error {
	rebuilt := v.cells.rollups()
	rows, err := v.derived.QueryContext(v.ctx, "SELECT k, n, q, a FROM rollup ORDER BY k")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var kept moved
		if err := rows.Scan(&kept.k, &kept.n, &kept.q, &kept.a); err != nil {
			return err
		}
		v.report.Rollups++
		want := cell{}
		if len(rebuilt) > 0 && rebuilt[0].k < kept.k {
			break
		}
		if len(rebuilt) > 0 && rebuilt[0].k == kept.k {
			want, rebuilt = rebuilt[0].cell, rebuilt[1:]
		}
		if kept.cell != want {
			return differ("roll-up %d: says %d entries and %d, the revisions say %d and %d", kept.k, kept.n, kept.q, want.n, want.q)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if len(rebuilt) > 0 {
		return differ("roll-up %d is missing", rebuilt[0].k)
	}
	return nil
}
