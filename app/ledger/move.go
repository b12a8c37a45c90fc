package ledger

import "context"

// MoveUnit puts a unit under the one that is called above.Name, which is recorded
// as a district of its own when the ledger has none of that name; "" puts it under
// none. Both are written in one transaction, or nothing is. CodeUnchanged when it
// stands there already.
func (b *Book) MoveUnit(ctx context.Context, id ID, above Unit, reason string) error {
	if err := checkReason(reason); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx Tx) error {
		cur, was, err := standingOf[*Unit](b, tx, id)
		if err != nil {
			return err
		}
		next := *was
		if next.Parent, err = b.unitCalled(tx, above, was); err != nil {
			return err
		}
		if err := checkIn(tx, &next, cur); err != nil {
			return err
		}
		return b.onAll(tx, OpCorrect, cur, &next, reason)
	})
}

// unitCalled finds the unit of a name: the parent there is, a district, or else the
// first of that name. It records a district when there is none.
func (b *Book) unitCalled(tx Tx, u Unit, below *Unit) (ID, error) {
	if plainName(u.Name) == "" {
		return 0, nil
	}
	units, err := tx.Units()
	if err != nil {
		return 0, err
	}
	found := ID(0)
	parent := FoldsOf(units).Of(below.Parent)
	for _, o := range units {
		switch {
		case o.Voided || o.Same != 0 || plainName(o.Value.Name) != plainName(u.Name):
		case o.ID == parent:
			return below.Parent, nil
		case found == 0 || o.Value.Parent == 0:
			found = o.ID
		}
	}
	if found != 0 {
		return found, nil
	}
	u.Parent = 0
	if err := checkIn(tx, &u, Row[Record]{}); err != nil {
		return 0, err
	}
	rev := Revision{Op: OpCreate, Author: b.author(), Fields: &u}
	err = tx.Append(&rev)
	return rev.ID, err
}
