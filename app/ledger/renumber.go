package ledger

// Renumber replaces every ID of r, its own, its record's, its base's and those
// its fields refer to, by what f makes of it: between the desk numbers of a
// ledger and those of a bundle. IDs of zero name nothing and stay. Fields and
// Base are changed in place. The hash stays right, because it covers DeskIDs.
func Renumber(r *Revision, f func(ID) ID) {
	renumber := func(id *ID) {
		if *id != 0 {
			*id = f(*id)
		}
	}
	renumber(&r.ID)
	renumber(&r.Record)
	for i := range r.Base {
		renumber(&r.Base[i])
	}
	refs(r.Fields, renumber)
}

// refs visits every ID in the fields of a record. A test finds an ID that is
// missing here.
func refs(r Record, visit func(*ID)) {
	switch v := r.(type) {
	case *Desk:
		visit(&v.Unit)
	case *Unit:
		visit(&v.Parent)
	case *Publicity:
		visit(&v.Unit)
		visit(&v.Item)
	case *Reserve:
		visit(&v.Site)
	case *Inspection:
		visit(&v.Unit)
	case *Problem:
		visit(&v.Inspection)
		visit(&v.Unit)
	}
}
