package ledger

import (
	"slices"
	"strings"
)

// Offices that keep ledgers of their own each write down their district, its
// units, items and sites. When their ledgers meet, one township has as many
// records as offices know it, and they have to count as one. Folding decides
// which records are the same, each time they are read: nothing is rewritten, so
// that a name corrected later folds or unfolds by itself, and ledgers that hold
// the same revisions fold alike whatever the order they came in.

// Order compares two records by what every ledger knows of them alike: the desk
// that created them, then the sequence number. IDs alone do not serve: their desk
// numbers are local. The first of the same records is the canonical one.
type Order func(a, b ID) int

// FoldUnits sets Same of the units that are the same as another: those of one
// name under the same parent, and roots of one name. A root also folds into the
// one unit of its name that is no root: the district of a city's ledger is the
// district that keeps a ledger itself. Voided units are never the same as another.
func FoldUnits(units []Row[Unit], order Order) {
	f := unitFold{units: units, order: order}
	if !f.begin() {
		return
	}
	// Parents that fold make their children siblings, and siblings that fold
	// leave one unit for a root to fold into.
	for f.siblings() || f.root() {
	}
	for _, i := range f.live {
		if to := f.canon(i); to != i {
			units[i].Same = units[to].ID
		}
	}
}

// FoldItems sets Same of the items of one name and measure word.
func FoldItems(items []Row[Item], order Order) {
	foldBy(items, order, func(i *Item) [2]string { return [2]string{plainName(i.Name), plainName(i.Measure)} })
}

// FoldSites sets Same of the sites of one name and plan.
func FoldSites(sites []Row[Site], order Order) {
	type key struct {
		name string
		plan Plan
	}
	foldBy(sites, order, func(s *Site) key { return key{plainName(s.Name), s.Plan} })
}

func foldBy[T any, K comparable](rows []Row[T], order Order, key func(*T) K) {
	first := make(map[K]int, len(rows))
	twice := false
	for i := range rows {
		rows[i].Same = 0
		if rows[i].Voided {
			continue
		}
		k := key(&rows[i].Value)
		at, ok := first[k]
		twice = twice || ok
		if !ok || order(rows[i].ID, rows[at].ID) < 0 {
			first[k] = i
		}
	}
	for i := range rows {
		if !twice || rows[i].Voided {
			continue
		}
		if at := first[key(&rows[i].Value)]; at != i {
			rows[i].Same = rows[at].ID
		}
	}
}

// plainName is a name as it is compared: blanks and widths that the eye passes
// over (Ａ and A, the ideographic space) make no other name.
func plainName(name string) string {
	plain := true
	for i := 0; i < len(name) && plain; i++ {
		plain = name[i] > ' ' && name[i] < 0x80
	}
	if plain {
		return name
	}
	narrow := strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e: // full-width forms of ! to ~
			return r - 0xff01 + '!'
		case r == 0x200b || r == 0xfeff: // blanks without width
			return -1
		}
		return r
	}, name)
	if !strings.ContainsAny(narrow, " \t\n\r\v\f\u0085\u00a0\u3000\u2002\u2003\u2009\u202f") {
		return narrow
	}
	return strings.Join(strings.Fields(narrow), " ")
}

// unitFold works out which units are the same.
type unitFold struct {
	units []Row[Unit]
	order Order
	live  []int // rows that are not voided
	at    map[ID]int
	to    []int // the row each one folds into, itself for none
	names []string
}

// begin reports whether any two units share a name: without that, and that is
// how most ledgers are, nothing folds.
func (f *unitFold) begin() bool {
	seen := make(map[string]bool, len(f.units))
	f.names = make([]string, len(f.units))
	shared := false
	for i := range f.units {
		f.units[i].Same = 0
		if f.units[i].Voided {
			continue
		}
		name := plainName(f.units[i].Value.Name)
		shared = shared || seen[name]
		seen[name], f.names[i] = true, name
		f.live = append(f.live, i)
	}
	if !shared {
		return false
	}
	f.at = make(map[ID]int, len(f.live))
	f.to = make([]int, len(f.units))
	for _, i := range f.live {
		f.at[f.units[i].ID], f.to[i] = i, i
	}
	return true
}

// canon is the row that row i folds into.
func (f *unitFold) canon(i int) int {
	for f.to[i] != i {
		i = f.to[i]
	}
	return i
}

// parent is the canonical parent of a row. Parents that are voided or not in the
// ledger stand for themselves.
func (f *unitFold) parent(i int) ID {
	p := f.units[i].Value.Parent
	if at, ok := f.at[p]; ok {
		return f.units[f.canon(at)].ID
	}
	return p
}

// siblings folds units of one name under one parent; it reports whether any were
// found. Parents that form a loop never become equal by it, so that it ends.
func (f *unitFold) siblings() bool {
	type key struct {
		name   string
		parent ID
	}
	first := make(map[key]int, len(f.live))
	found := false
	for _, i := range f.live {
		if f.to[i] != i {
			continue
		}
		k := key{f.names[i], f.parent(i)}
		at, ok := first[k]
		switch {
		case !ok:
			first[k] = i
		case f.order(f.units[i].ID, f.units[at].ID) < 0:
			f.to[at], first[k], found = i, i, true
		default:
			f.to[i], found = at, true
		}
	}
	return found
}

// root folds the first root that has one unit of its name elsewhere in the tree.
// The root is never the canonical one, because its parent is not known there.
func (f *unitFold) root() bool {
	below := map[string][]int{}
	var roots []int
	for _, i := range f.live {
		switch {
		case f.to[i] != i:
		case f.units[i].Value.Parent == 0:
			roots = append(roots, i)
		default:
			below[f.names[i]] = append(below[f.names[i]], i)
		}
	}
	slices.SortFunc(roots, func(a, b int) int { return f.order(f.units[a].ID, f.units[b].ID) })
	for _, r := range roots {
		if found := below[f.names[r]]; len(found) == 1 && !f.under(found[0], r) {
			f.to[r] = found[0]
			return true
		}
	}
	return false
}

// under reports whether row i hangs below row top, or in a loop: there nothing
// may be hung.
func (f *unitFold) under(i, top int) bool {
	for range f.live {
		if i == top {
			return true
		}
		at, ok := f.at[f.parent(i)]
		if !ok {
			return false
		}
		i = at
	}
	return true
}

// Folds gives the canonical record of each record that folds into another; nil
// when none does.
type Folds map[ID]ID

// FoldsOf collects what folds from rows whose Same is set.
func FoldsOf[T any](rows []Row[T]) Folds {
	var f Folds
	for i := range rows {
		if rows[i].Same == 0 {
			continue
		}
		if f == nil {
			f = Folds{}
		}
		f[rows[i].ID] = rows[i].Same
	}
	return f
}

// Of is the canonical record of id: id itself unless it folds.
func (f Folds) Of(id ID) ID {
	if to, ok := f[id]; ok {
		return to
	}
	return id
}

// All lists ids and every record that is the same as one of them, in no
// particular order but ids first.
func (f Folds) All(ids []ID) []ID {
	if len(f) == 0 || len(ids) == 0 {
		return ids
	}
	all := slices.Clone(ids)
	has := make(map[ID]bool, len(ids))
	want := make(map[ID]bool, len(ids))
	for _, id := range ids {
		has[id], want[f.Of(id)] = true, true
	}
	add := func(id ID) {
		if !has[id] {
			has[id] = true
			all = append(all, id)
		}
	}
	for id, to := range f {
		if want[to] {
			add(to)
			add(id)
		}
	}
	return all
}

// tallies sums the cells of items that are the same, in the order they come.
func (f Folds) tallies(list []Tally) []Tally {
	type key struct {
		unit, item ID
		day        Day
	}
	at := make(map[key]int, len(list))
	sums := make([]Tally, 0, len(list))
	for _, t := range list {
		t.Item = f.Of(t.Item)
		k := key{t.Unit, t.Item, t.Day}
		i, ok := at[k]
		if !ok {
			at[k] = len(sums)
			sums = append(sums, t)
			continue
		}
		sums[i].Entries += t.Entries
		sums[i].Quantity += t.Quantity
		sums[i].Approx += t.Approx
	}
	return sums
}

// SiteOf is a site as all its records state it together: the rooms are those of its
// own record, or of the first other one that states them, and it is in use when any
// of them says so. Taking it out of use is written to every record that is here, so
// that what still says so is an office's own word.
func SiteOf(sites []Row[Site], id ID) Site {
	canon := FoldsOf(sites).Of(id)
	var site Site
	var rooms Count
	used := false
	for i := range sites {
		s := &sites[i]
		if s.ID == canon {
			site = s.Value
		}
		if s.ID != canon && (s.Same != canon || canon == 0) {
			continue
		}
		used = used || s.Value.Activated
		if !rooms.Known {
			rooms = s.Value.Rooms
		}
	}
	if !site.Rooms.Known {
		site.Rooms = rooms
	}
	site.Activated = used
	return site
}
