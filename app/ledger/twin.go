package ledger

// twins are the other records that stand for the same unit, item or site as cur:
// offices have made them apart, and screens show them as one. What is done to one
// is done to all, or they would part again under two names.
func twins(tx Tx, cur Row[Record]) ([]Row[Record], error) {
	var ids []ID
	switch cur.Value.(type) {
	case *Unit:
		rows, err := tx.Units()
		if err != nil {
			return nil, err
		}
		ids = sameAs(rows, cur.ID)
	case *Item:
		rows, err := tx.Items()
		if err != nil {
			return nil, err
		}
		ids = sameAs(rows, cur.ID)
	case *Site:
		rows, err := tx.Sites()
		if err != nil {
			return nil, err
		}
		ids = sameAs(rows, cur.ID)
	}
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

// sameAs lists the records that are the same as id, but not id.
func sameAs[T any](rows []Row[T], id ID) []ID { return FoldsOf(rows).All([]ID{id})[1:] }

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

// onAll writes a revision of cur, and the same of its twins.
func (b *Book) onAll(tx Tx, op Op, cur Row[Record], fields Record, reason string) error {
	same, err := twins(tx, cur) // as they are before cur changes
	if err != nil {
		return err
	}
	write := func(row Row[Record], fields Record) error {
		return tx.Append(&Revision{Record: row.ID, Op: op, Base: []ID{row.Revision},
			Author: b.author(), Reason: reason, Fields: fields})
	}
	if err := write(cur, fields); err != nil {
		return err
	}
	for _, twin := range same {
		next := likewise(twin.Value, cur.Value, fields)
		if op == OpCorrect && string(EncodeFields(nil, next)) == string(EncodeFields(nil, twin.Value)) {
			continue
		}
		if err := write(twin, next); err != nil {
			return err
		}
	}
	return nil
}
