package ledger

import (
	"cmp"
	"slices"
)

// twins are the other records that stand for the same unit, item or site as cur:
// offices have made them apart, and screens show them as one. What is done to one
// is done to all, or they would part again under two names.
func twins(tx Tx, cur Row[Record]) ([]Row[Record], error) {
	ids, err := sameRecords(tx, cur, false)
	if err != nil {
		return nil, err
	}
	return currentOf(tx, ids)
}

// sameRecords lists the records that are the same as cur, a unit, item or site, but
// not cur; with revived as if the act that voided cur had not been.
func sameRecords(tx Tx, cur Row[Record], revived bool) ([]ID, error) {
	switch cur.Value.(type) {
	case *Unit:
		return sameOf(tx.Units, FoldUnits, cur, revived)
	case *Item:
		return sameOf(tx.Items, FoldItems, cur, revived)
	case *Site:
		return sameOf(tx.Sites, FoldSites, cur, revived)
	}
	return nil, nil
}

func sameOf[T any](read func() ([]Row[T], error), fold func([]Row[T], Order), cur Row[Record], revived bool) ([]ID, error) {
	rows, err := read()
	if err != nil {
		return nil, err
	}
	if revived {
		rows = standingAgain(rows, cur.Revision)
		fold(rows, byNumber)
	}
	return FoldsOf(rows).All([]ID{cur.ID})[1:], nil
}

func currentOf(tx Tx, ids []ID) ([]Row[Record], error) {
	list := make([]Row[Record], 0, len(ids))
	for _, id := range ids {
		row, err := tx.Current(id)
		if err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, nil
}

// likewise is what a twin becomes when its other half changes from was to is: a
// unit stays under its own parent's record unless it moves.
func likewise(twin, was, is Record) Record {
	unit, ok := is.(*Unit)
	if !ok {
		return is
	}
	next := *unit
	if unit.Parent == was.(*Unit).Parent {
		next.Parent = twin.(*Unit).Parent
	}
	return &next
}

// onAll writes a revision of cur, and the same of its twins. A correction of a
// record that says so already is not written; CodeUnchanged when none is left.
func (b *Book) onAll(tx Tx, op Op, cur Row[Record], fields Record, reason string) error {
	same, err := twins(tx, cur) // as they are before cur changes
	if err != nil {
		return err
	}
	written := false
	for i, row := range append([]Row[Record]{cur}, same...) {
		next := fields
		if i > 0 {
			next = likewise(row.Value, cur.Value, fields)
		}
		if op == OpCorrect && string(EncodeFields(nil, next)) == string(EncodeFields(nil, row.Value)) {
			continue
		}
		if err := b.append(tx, op, row, next, reason); err != nil {
			return err
		}
		written = true
	}
	if !written {
		return refuse(CodeUnchanged)
	}
	return nil
}

// append writes one revision of a record as it stands.
func (b *Book) append(tx Tx, op Op, row Row[Record], fields Record, reason string) error {
	return tx.Append(&Revision{Record: row.ID, Op: op, Base: []ID{row.Revision},
		Author: b.author(), Reason: reason, Fields: fields})
}

// voidedWith are the records of the same unit, item or site that were voided by
// the same act as cur.
func voidedWith(tx Tx, cur Row[Record]) ([]Row[Record], error) {
	ids, err := sameRecords(tx, cur, true)
	if err != nil {
		return nil, err
	}
	list, err := currentOf(tx, ids)
	return slices.DeleteFunc(list, func(r Row[Record]) bool { return !r.Voided }), err
}

// standingAgain is rows with those standing that the void at revision took out, or
// a void that precedes or follows it without a gap: those of one act follow each
// other on the chain.
func standingAgain[T any](rows []Row[T], revision ID) []Row[T] {
	rows = slices.Clone(rows)
	at := make(map[ID]int, len(rows))
	for i, r := range rows {
		if r.Voided {
			at[r.Revision] = i
		}
	}
	for _, step := range []ID{1, -1} {
		for k := revision; ; k += step {
			i, ok := at[k]
			if !ok {
				break
			}
			rows[i].Voided = false
		}
	}
	return rows
}

// byNumber serves where only who is the same matters, not who stands for them.
func byNumber(a, b ID) int { return cmp.Compare(a, b) }
