package ledger

import (
	"strings"
	"time"
)

// checkIn refuses r when it cannot stand in the ledger: alone, and beside what
// is there. cur is the record it replaces, or zero for a new one.
func checkIn(tx Tx, r Record, cur Row[Record]) error {
	now := tx.Now()
	switch v := r.(type) {
	case *Publicity:
		return firstError(v.check(), checkDay(v.Day, now), checkUnit(tx, v.Unit), checkItem(tx, v.Item))
	case *Unit:
		v.Name = strings.TrimSpace(v.Name)
		return firstError(v.check(), checkUnitMarks(v, cur), checkUnitTree(tx, v, cur.ID))
	case *Item:
		v.Name, v.Measure = strings.TrimSpace(v.Name), strings.TrimSpace(v.Measure)
		return firstError(v.check(), checkItemName(tx, v, cur.ID))
	case *Site:
		v.Name = strings.TrimSpace(v.Name)
		return firstError(v.check(), checkSiteName(tx, v, cur.ID))
	case *Reserve:
		return checkReserve(tx, v, now)
	case *Cases:
		settle(&v.At, now)
		return firstError(v.check(), checkTime(v.At, now))
	case *Inspection:
		return firstError(v.check(), checkDay(v.Day, now), checkUnit(tx, v.Unit), checkListed(tx, v, cur.ID))
	case *Problem:
		return checkProblem(tx, v, cur)
	case *Desk:
		return v.check()
	}
	return refuse(CodeRecordKind, "kind", r.Kind().String(), "want", "record")
}

// settle gives a report without a time the present one, to the second.
func settle(at *time.Time, now time.Time) {
	if at.IsZero() {
		*at = now
	}
	*at = at.Truncate(time.Second)
}

func checkDay(d Day, now time.Time) error {
	if today := DayOf(now); d > today {
		return refuse(CodeDayFuture, "day", d, "today", today)
	}
	if d < 0 {
		return refuse(CodeDayTooEarly, "day", d)
	}
	return nil
}

// clockSlack lets a report carry the time of a PC whose clock runs slightly
// ahead.
const clockSlack = 2 * time.Minute

func checkTime(at, now time.Time) error {
	if at.After(now.Add(clockSlack)) {
		return refuse(CodeTimeFuture, "time", at.Format("2006-01-02 15:04"))
	}
	if DayOf(at) < 0 {
		return refuse(CodeTimeTooEarly, "time", at.Format("2006-01-02 15:04"))
	}
	return nil
}

func checkUnit(tx Tx, id ID) error {
	units, err := tx.Units()
	if err != nil {
		return err
	}
	for _, u := range units {
		if u.ID == id && !u.Voided {
			return nil
		}
	}
	return refuse(CodeUnitUnknown, "name", "", "nearest", "")
}

func checkItem(tx Tx, id ID) error {
	items, err := tx.Items()
	if err != nil {
		return err
	}
	for _, i := range items {
		if i.ID == id && !i.Voided {
			return nil
		}
	}
	return refuse(CodeItemUnknown, "name", "", "nearest", "")
}

// checkUnitMarks looks at a name that is new; one that stands already may be
// moved, and renamed into something better.
func checkUnitMarks(u *Unit, cur Row[Record]) error {
	if was, ok := cur.Value.(*Unit); ok && was.Name == u.Name {
		return nil
	}
	return CheckUnitName(u.Name)
}

func checkUnitTree(tx Tx, u *Unit, self ID) error {
	units, err := tx.Units()
	if err != nil {
		return err
	}
	folds := FoldsOf(units)
	above, own := folds.Of(u.Parent), folds.Of(self)
	parent := make(map[ID]ID, len(units))
	known := u.Parent == 0
	for _, o := range units {
		if o.Same == 0 {
			parent[o.ID] = folds.Of(o.Value.Parent)
		}
		if o.Voided || o.ID == self {
			continue
		}
		known = known || o.ID == u.Parent
		if folds.Of(o.ID) != own && folds.Of(o.Value.Parent) == above && plainName(o.Value.Name) == plainName(u.Name) {
			return refuse(CodeNameTaken, "name", u.Name)
		}
	}
	for p, steps := above, 0; p != 0 && self != 0; p, steps = parent[p], steps+1 {
		if p == own || steps > len(units) {
			return refuse(CodeUnitLoop, "name", u.Name)
		}
	}
	if !known {
		return refuse(CodeUnitUnknown, "name", "", "nearest", "")
	}
	return nil
}

func checkItemName(tx Tx, i *Item, self ID) error {
	items, err := tx.Items()
	if err != nil {
		return err
	}
	return checkFree(items, i.Name, self, func(o *Item) string { return o.Name })
}

// checkFree refuses a name that another standing record has, unless it is the
// same as self.
func checkFree[T any](rows []Row[T], name string, self ID, nameOf func(*T) string) error {
	folds := FoldsOf(rows)
	own := folds.Of(self)
	for i := range rows {
		o := &rows[i]
		if !o.Voided && folds.Of(o.ID) != own && plainName(nameOf(&o.Value)) == plainName(name) {
			return refuse(CodeNameTaken, "name", name)
		}
	}
	return nil
}

func checkSiteName(tx Tx, s *Site, self ID) error {
	sites, err := tx.Sites()
	if err != nil {
		return err
	}
	return checkFree(sites, s.Name, self, func(o *Site) string { return o.Name })
}

func checkReserve(tx Tx, r *Reserve, now time.Time) error {
	settle(&r.At, now)
	if r.Ready < 0 {
		r.Ready = r.Rooms - r.Occupied - r.Cleaning - r.Unavailable
		if r.Ready < 0 {
			r.Ready = 0 // check says by how much the other rooms exceed
		}
	}
	if err := firstError(r.check(), checkTime(r.At, now)); err != nil {
		return err
	}
	sites, err := tx.Sites()
	if err != nil {
		return err
	}
	for _, s := range sites {
		if s.ID != r.Site || s.Voided {
			continue
		}
		site := SiteOf(sites, s.ID)
		return site.checkRooms(r)
	}
	return refuse(CodeSiteUnknown, "name", "", "nearest", "")
}

// checkRooms refuses a report by another number of rooms than the site states.
func (s *Site) checkRooms(r *Reserve) error {
	if s.Rooms.Known && s.Rooms.N != r.Rooms {
		return refuse(CodeRoomsNotSite, "site", s.Name, "stated", s.Rooms.N, "rooms", r.Rooms, "difference", r.Rooms-s.Rooms.N)
	}
	return nil
}

// checkListed keeps an inspection's count from falling under what is listed.
func checkListed(tx Tx, i *Inspection, self ID) error {
	if self == 0 {
		return nil
	}
	listed, err := tx.ListedProblems(self)
	if err != nil {
		return err
	}
	if listed > i.Problems {
		return refuse(CodeProblemsOver, "counted", i.Problems, "listed", listed)
	}
	return nil
}

func checkProblem(tx Tx, p *Problem, cur Row[Record]) error {
	if p.State == 0 {
		p.State = StateOpen
	}
	for _, text := range []*string{&p.Text, &p.Directive, &p.Rectified, &p.Evidence, &p.Second} {
		*text = strings.TrimSpace(*text) // a blank is no evidence
	}
	at, err := tx.Current(p.Inspection)
	if err != nil {
		return err
	}
	inspection, ok := at.Value.(*Inspection)
	if !ok {
		return refuse(CodeRecordKind, "kind", at.Value.Kind().String(), "want", KindInspection.String())
	}
	if at.Voided {
		return refuse(CodeRecordVoided)
	}
	if p.Unit == 0 {
		p.Unit = inspection.Unit
	}
	if p.Deadline < inspection.Day {
		return refuse(CodeDeadlineEarly, "deadline", p.Deadline, "day", inspection.Day)
	}
	if was, ok := cur.Value.(*Problem); !ok || was.Inspection != p.Inspection {
		listed, err := tx.ListedProblems(p.Inspection)
		if err != nil {
			return err
		}
		if listed+1 > inspection.Problems {
			return refuse(CodeProblemsOver, "counted", inspection.Problems, "listed", listed+1)
		}
	}
	return firstError(p.check(), checkUnit(tx, p.Unit))
}

// checkUnused refuses to void what other records stand on.
func checkUnused(tx Tx, cur Row[Record]) error {
	var code Code
	name := ""
	switch v := cur.Value.(type) {
	case *Unit:
		code, name = CodeUnitInUse, v.Name
	case *Item:
		code, name = CodeItemInUse, v.Name
	case *Inspection:
		code = CodeInspectionInUse
	case *Desk:
		return refuse(CodeRecordKind, "kind", "desk", "want", "record")
	default:
		return nil
	}
	n, err := tx.Uses(cur.ID)
	if err != nil {
		return err
	}
	if n > 0 {
		return refuse(code, "name", name, "listed", n)
	}
	return nil
}
