package data

import (
	"context"
	"database/sql"
	"errors"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// UndoMerge takes the newest merge back: the ledger then says what it said
// before. CodeUndoNone when no merge stands, CodeUndoStands when this desk has
// written since: its new revisions may stand on what came.
func (s *Store) UndoMerge(ctx context.Context) (handoff.Merged, error) {
	var done handoff.Merged
	err := s.write(ctx, func(t *tx) error {
		u := undo{t: t}
		if err := u.find(); err != nil {
			return err
		}
		done = u.merged
		return u.run()
	})
	return done, s.fault(err)
}

// undo is one undoing inside its transaction.
type undo struct {
	t      *tx
	merged handoff.Merged
	chains []undoneChain
}

// undoneChain is a chain that the merge continued, and how it stood before.
type undoneChain struct {
	number, first, last int64
	before              chainHead
}

func (u *undo) find() error {
	var own, head int64
	err := u.t.sql.QueryRowContext(u.t.ctx, `SELECT number, file, name, unit, own, own_head FROM merge WHERE undone = 0
		ORDER BY number DESC LIMIT 1`).Scan(&u.merged.Number, &u.merged.File, &u.merged.Sender.Name, &u.merged.Sender.Unit, &own, &head)
	if errors.Is(err, sql.ErrNoRows) {
		return ledger.Refuse(ledger.CodeUndoNone)
	}
	if err != nil {
		return err
	}
	if h := u.t.heads[u.t.own]; own != u.t.own || h == nil || h.seq != head {
		return ledger.Refuse(ledger.CodeUndoStands, "file", u.merged.File)
	}
	return u.readChains()
}

func (u *undo) readChains() error {
	rows, err := u.t.sql.QueryContext(u.t.ctx, `SELECT number, first, last, hash, clock, signer, signature FROM merge_chain
		WHERE merge = ? ORDER BY number DESC`, u.merged.Number)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c undoneChain
		var hash []byte
		if err := rows.Scan(&c.number, &c.first, &c.last, &hash, &c.before.clock,
			(*[]byte)(&c.before.seal.Key), &c.before.seal.Signature); err != nil {
			return err
		}
		copy(c.before.hash[:], hash)
		u.chains = append(u.chains, c)
	}
	return rows.Err()
}

func (u *undo) run() error {
	mended, err := u.corrected()
	if err != nil {
		return err
	}
	// What stood until now stops counting before its revisions go; what stands
	// again counts after.
	for _, id := range mended {
		if err := u.lift(id); err != nil {
			return err
		}
	}
	for _, c := range u.chains {
		if err := u.takeOut(c); err != nil {
			return err
		}
	}
	for _, id := range mended {
		if err := u.settle(id); err != nil {
			return err
		}
	}
	for _, k := range []ledger.Kind{ledger.KindUnit, ledger.KindItem, ledger.KindSite} {
		u.t.forgetNames(k)
	}
	return u.t.exec("UPDATE merge SET undone = ? WHERE number = ?", u.t.now.UnixMilli(), u.merged.Number)
}

// corrected lists the records, created in whichever merge, that have more than
// one revision and of which some go.
func (u *undo) corrected() ([]ledger.ID, error) {
	seen := map[ledger.ID]bool{}
	var list []ledger.ID
	for _, c := range u.chains {
		first, last := int64(ledger.MakeID(c.number, c.first)), int64(ledger.MakeID(c.number, c.last))
		ids, err := readIDs(u.t.ctx, u.t.sql, `SELECT DISTINCT record FROM revision WHERE k BETWEEN ?1 AND ?2 AND record IS NOT NULL
			UNION SELECT DISTINCT record FROM revision WHERE record BETWEEN ?1 AND ?2`, first, last)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if !seen[id] {
				seen[id] = true
				list = append(list, id)
			}
		}
	}
	return list, nil
}

// lift takes a record's current row out of the figures and its table.
func (u *undo) lift(id ledger.ID) error {
	list, err := readRevisions(u.t.ctx, u.t.sql, id)
	if err != nil {
		return err
	}
	top, created := standing(list, u.t.s.desks)
	if !created {
		return nil
	}
	if err := u.t.count(rowOf(top), -1); err != nil {
		return err
	}
	if tab := tables[top.Fields.Kind()]; tab != nil {
		return u.t.exec("DELETE FROM "+tab.name+" WHERE id = ?", int64(id))
	}
	return nil
}

// settle derives a record anew from the revisions that are left.
func (u *undo) settle(id ledger.ID) error {
	list, err := readRevisions(u.t.ctx, u.t.sql, id)
	if err != nil {
		return err
	}
	top, created := standing(list, u.t.s.desks)
	if err := u.t.setWaiting(id, !created && len(list) > 0); err != nil {
		return err
	}
	if err := u.t.setClash(id, created && len(heads(list)) > 1); err != nil || !created {
		return err
	}
	return u.t.stand(&top)
}

// takeOut removes a chain's revisions of the merge, with the rows of the records
// they created, and puts the head back.
func (u *undo) takeOut(c undoneChain) error {
	first, last := int64(ledger.MakeID(c.number, c.first)), int64(ledger.MakeID(c.number, c.last))
	if err := u.discount(first, last); err != nil {
		return err
	}
	for _, tab := range tables {
		if err := u.t.exec("DELETE FROM "+tab.name+" WHERE id BETWEEN ? AND ?", first, last); err != nil {
			return err
		}
	}
	if err := u.t.exec("DELETE FROM revision WHERE k BETWEEN ? AND ?", first, last); err != nil {
		return err
	}
	h := u.t.heads[c.number]
	h.seq, h.hash, h.clock, h.seal = c.first-1, c.before.hash, c.before.clock, c.before.seal
	if h.parent != 0 && h.seq < h.start {
		delete(u.t.heads, c.number)
		return u.t.exec("DELETE FROM desk WHERE number = ?", c.number)
	}
	return nil
}

// discountRows is how many entries are held in memory while they are discounted.
const discountRows = 50_000

// discount takes the entries of a range of records out of the roll-ups.
func (u *undo) discount(first, last int64) error {
	for from := first; from <= last; from += discountRows {
		list, err := u.entries(from, min(last, from+discountRows-1))
		if err != nil {
			return err
		}
		for i := range list {
			if err := u.t.count(ledger.Row[ledger.Record]{Value: &list[i]}, -1); err != nil {
				return err
			}
		}
	}
	return nil
}

// entries reads what counts of the standing entries of a range.
func (u *undo) entries(first, last int64) ([]ledger.Publicity, error) {
	rows, err := u.t.sql.QueryContext(u.t.ctx, "SELECT unit, item, day, value, flags FROM publicity WHERE id BETWEEN ? AND ? AND void = 0", first, last)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []ledger.Publicity
	for rows.Next() {
		var p ledger.Publicity
		var flags uint8
		var value int64
		if err := rows.Scan(&p.Unit, &p.Item, &p.Day, &value, &flags); err != nil {
			return nil, err
		}
		p.Quantity = ledger.QuantityOf(value, flags)
		list = append(list, p)
	}
	return list, rows.Err()
}
