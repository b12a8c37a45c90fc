package ledger

import "slices"

// District returns the unit without a parent, the first when there are several.
func District(units []Row[Unit]) (Row[Unit], bool) {
	for _, u := range units {
		if !u.Voided && u.Value.Parent == 0 && u.Same == 0 {
			return u, true
		}
	}
	return Row[Unit]{}, false
}

// PathOf lists a unit and those above it, from the root down, each by the record
// that stands for it; nil when the ledger has no record of it.
func PathOf(units []Row[Unit], id ID) []Row[Unit] {
	folds := FoldsOf(units)
	at := make(map[ID]Row[Unit], len(units))
	for _, u := range units {
		at[u.ID] = u
	}
	var path []Row[Unit]
	for range units { // a loop ends too
		u, ok := at[folds.Of(id)]
		if !ok {
			break
		}
		path = append(path, u)
		id = u.Value.Parent
	}
	slices.Reverse(path)
	return path
}

// Subtree lists root and all units below it, with every record that is the same
// as one of them; root 0 gives nil, meaning all.
func Subtree(units []Row[Unit], root ID) []ID {
	return subtree(units, FoldsOf(units), root)
}

func subtree(units []Row[Unit], folds Folds, root ID) []ID {
	if root == 0 {
		return nil
	}
	root = folds.Of(root)
	ids := []ID{root}
	// Units are few and the tree is shallow: repeated passes stay cheap and
	// tolerate any order and even a loop.
	seen := map[ID]bool{root: true}
	for grown := true; grown; {
		grown = false
		for i := range units {
			u := &units[i]
			above := u.Same
			if above == 0 {
				above = folds.Of(u.Value.Parent)
			}
			if !seen[u.ID] && seen[above] {
				seen[u.ID], grown = true, true
				ids = append(ids, u.ID)
			}
		}
	}
	return ids
}

// ReportingUnits lists the units that are expected to report: the direct
// children of the district, or of root when one is chosen; root itself when it
// has none.
func ReportingUnits(units []Row[Unit], root ID) []Row[Unit] {
	if root == 0 {
		if d, ok := District(units); ok {
			root = d.ID
		}
	}
	folds := FoldsOf(units)
	root = folds.Of(root)
	var list []Row[Unit]
	var self []Row[Unit]
	for _, u := range units {
		switch {
		case u.Voided || u.Same != 0:
		case folds.Of(u.Value.Parent) == root && root != 0:
			list = append(list, u)
		case u.ID == root:
			self = append(self, u)
		}
	}
	if len(list) == 0 {
		return self
	}
	return list
}

// reporter maps every unit to the reporting unit it belongs to.
func reporter(units, reporting []Row[Unit]) map[ID]ID {
	to := make(map[ID]ID, len(units))
	folds := FoldsOf(units)
	for _, r := range reporting {
		for _, id := range subtree(units, folds, r.ID) {
			to[id] = r.ID
		}
	}
	return to
}

func coverage(units, reporting []Row[Unit], reached []ID) Coverage {
	to := reporter(units, reporting)
	hit := make(map[ID]bool, len(reached))
	for _, id := range reached {
		hit[to[id]] = true
	}
	c := Coverage{All: len(reporting)}
	for _, u := range reporting {
		if hit[u.ID] {
			c.Reached++
		} else {
			c.Missing = append(c.Missing, u)
		}
	}
	return c
}
