package ledger

import (
	"context"
	"strings"
	"time"
)

// Store keeps the revisions. Write runs change in one transaction: it is
// wholly there and durable when Write returns nil, or not at all.
type Store interface {
	Reader
	Write(ctx context.Context, change func(Tx) error) error
}

// Tx is what a change may see and do inside its transaction.
type Tx interface {
	// Now is the one moment of the whole transaction.
	Now() time.Time
	// Desk is the number of the chain this program writes.
	Desk() int64
	// Current returns a record as it stands; CodeRecordUnknown when there is
	// none.
	Current(id ID) (Row[Record], error)
	// Append adds a revision to the own chain and moves everything derived.
	// It fills in r.ID, r.Clock and, for OpCreate, r.Record.
	Append(r *Revision) error
	Units() ([]Row[Unit], error)
	Items() ([]Row[Item], error)
	Sites() ([]Row[Site], error)
	// ListedProblems counts the problems listed under an inspection that are
	// not voided.
	ListedProblems(inspection ID) (int64, error)
	// LatestReserve returns a site's newest report that is not voided.
	LatestReserve(site ID) (Row[Reserve], bool, error)
	// Uses counts the records that are not voided and point to id.
	Uses(id ID) (int64, error)
	// Heads returns the revisions of a record that no other was based on and that
	// do not say the same; more than one is a clash.
	Heads(id ID) ([]Revision, error)
}

// Reader reads the ledger. Every call sees one committed state.
type Reader interface {
	Figures(ctx context.Context, scope Scope) (Figures, error)
	Units(ctx context.Context) ([]Row[Unit], error)
	Items(ctx context.Context) ([]Row[Item], error)
	Sites(ctx context.Context) ([]Row[Site], error)
	Desks(ctx context.Context) ([]DeskInfo, error)
	// PublicityIDs lists the entries of a filter in its order.
	PublicityIDs(ctx context.Context, f PublicityFilter) ([]ID, error)
	// PublicityRows reads entries by id, in the order asked; ids that are not
	// publicity are left out.
	PublicityRows(ctx context.Context, ids []ID) ([]Row[Publicity], error)
	PublicitySums(ctx context.Context, f PublicityFilter) ([]ItemSum, error)
	// Batches lists what was taken in as one, the newest first.
	Batches(ctx context.Context, f BatchFilter) ([]Row[Batch], error)
	// Alike finds entries that say the same as one of list, of any desk: unit, item, day
	// and quantity. Of each it gives the newest, 0 for none.
	Alike(ctx context.Context, list []Publicity) ([]ID, error)
	Reserves(ctx context.Context, site ID, limit int) ([]Row[Reserve], error)
	Inspections(ctx context.Context, f InspectionFilter) ([]Row[Inspection], error)
	Problems(ctx context.Context, f ProblemFilter) ([]Row[Problem], error)
	// History lists every revision of a record, oldest first.
	History(ctx context.Context, record ID) ([]Revision, error)
	// IDText is the ID as people and other ledgers see it: desk and number.
	IDText(id ID) string
	// ParseID reads what IDText wrote; CodeRecordUnknown otherwise.
	ParseID(text string) (ID, error)
}

// Book is the ledger's actions: each validates, then appends in one
// transaction. All screens and commands write through it.
type Book struct {
	store  Store
	author func() string
}

// NewBook makes the actions over a store; author names who is writing.
func NewBook(store Store, author func() string) *Book { return &Book{store: store, author: author} }

// Record adds a new record and returns its id. Accepted: *Unit, *Item,
// *Publicity, *Site, *Reserve, *Inspection, *Problem, *Cases. A Reserve or Cases
// without a time is of now; a Reserve whose Ready is negative takes what its
// other rooms leave.
func (b *Book) Record(ctx context.Context, r Record) (ID, error) {
	ids, err := b.RecordAll(ctx, []Record{r})
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// RecordAll adds several records in one transaction: all or none.
func (b *Book) RecordAll(ctx context.Context, records []Record) ([]ID, error) {
	ids := make([]ID, 0, len(records))
	err := b.store.Write(ctx, func(tx Tx) error {
		ids = ids[:0]
		for _, r := range records {
			if err := firstError(checkIn(tx, r, Row[Record]{}), b.checkSecond(r, nil)); err != nil {
				return err
			}
			rev := Revision{Op: OpCreate, Author: b.author(), Fields: r}
			if err := tx.Append(&rev); err != nil {
				return err
			}
			ids = append(ids, rev.ID)
		}
		return nil
	})
	if err != nil {
		return nil, err // the ids were rolled back with the records
	}
	return ids, nil
}

// Correct replaces the fields of a record: a new revision that keeps the old
// one. The reason is required. CodeUnchanged when nothing differs.
func (b *Book) Correct(ctx context.Context, id ID, fields Record, reason string) error {
	if err := checkReason(reason); err != nil {
		return err
	}
	return b.revise(ctx, id, reason, func(Tx, Row[Record]) (Record, error) { return fields, nil })
}

// Void takes a record out of every figure, with a reason; its revisions stay.
// Refused while other records stand on it.
func (b *Book) Void(ctx context.Context, id ID, reason string) error {
	if err := checkReason(reason); err != nil {
		return err
	}
	return b.store.Write(ctx, func(tx Tx) error {
		cur, err := b.standing(tx, id)
		if err != nil {
			return err
		}
		if err := checkUnused(tx, cur); err != nil {
			return err
		}
		return b.onAll(tx, OpVoid, cur, cur.Value, reason)
	})
}

// Restore brings a voided record back with the fields it had, as the undo of
// Void.
func (b *Book) Restore(ctx context.Context, id ID, reason string) error {
	return b.store.Write(ctx, func(tx Tx) error {
		cur, err := tx.Current(id)
		if err != nil {
			return err
		}
		if !cur.Voided {
			return refuse(CodeUnchanged)
		}
		if err := checkIn(tx, cur.Value, Row[Record]{}); err != nil {
			return err
		}
		with, err := voidedWith(tx, cur)
		if err != nil {
			return err
		}
		for _, row := range append([]Row[Record]{cur}, with...) {
			if err := b.append(tx, OpCorrect, row, row.Value, reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// Resolve ends a clash: of the revisions that stand beside each other, take is
// the one that holds from now on. The new revision is based on all of them, so
// that every ledger it reaches agrees. CodeNoClash when there is none, or take is
// not part of it.
func (b *Book) Resolve(ctx context.Context, record, take ID, reason string) error {
	return b.store.Write(ctx, func(tx Tx) error {
		heads, err := tx.Heads(record)
		if err != nil {
			return err
		}
		next := Revision{Record: record, Op: OpCorrect, Author: b.author(), Reason: reason}
		for _, h := range heads {
			next.Base = append(next.Base, h.ID)
			if h.ID == take {
				next.Fields = h.Fields
				if h.Op == OpVoid {
					next.Op = OpVoid
				}
			}
		}
		if len(heads) < 2 || next.Fields == nil {
			return refuse(CodeNoClash)
		}
		return tx.Append(&next)
	})
}

// Rectify notes that the unit says a problem is put right.
func (b *Book) Rectify(ctx context.Context, id ID, text string) error {
	return b.onProblem(ctx, id, text, func(p *Problem, today Day) error {
		p.State, p.Rectified, p.StateDay = StateRectified, strings.TrimSpace(text), today
		return nil
	})
}

// Close closes a problem (销号): the team has verified it, with evidence and a
// second person, who must not be the author.
func (b *Book) Close(ctx context.Context, id ID, evidence, second string) error {
	return b.onProblem(ctx, id, evidence, func(p *Problem, today Day) error {
		p.State, p.StateDay = StateClosed, today
		p.Evidence, p.Second = strings.TrimSpace(evidence), strings.TrimSpace(second)
		return nil
	})
}

// checkSecond keeps whoever closes a problem from vouching for it alone, by
// whatever way it is closed. before is the record that r replaces, nil for none:
// a closed problem may be mended by its second person later.
func (b *Book) checkSecond(r, before Record) error {
	p, ok := r.(*Problem)
	if !ok || p.State != StateClosed || p.Second != strings.TrimSpace(b.author()) {
		return nil
	}
	if was, ok := before.(*Problem); ok && was.State == StateClosed && was.Second == p.Second {
		return nil
	}
	return refuse(CodeSecondSame, "name", p.Second)
}

func (b *Book) onProblem(ctx context.Context, id ID, reason string, change func(*Problem, Day) error) error {
	return b.revise(ctx, id, reason, func(tx Tx, cur Row[Record]) (Record, error) {
		p, ok := cur.Value.(*Problem)
		if !ok {
			return nil, refuse(CodeRecordKind, "kind", cur.Value.Kind().String(), "want", KindProblem.String())
		}
		if p.State == StateClosed {
			return nil, refuse(CodeProblemClosed)
		}
		next := *p
		return &next, change(&next, DayOf(tx.Now()))
	})
}

// Step moves one room at a site: admit, discharge or cleaned. It writes a new
// reserve report based on the newest one and returns its id.
func (b *Book) Step(ctx context.Context, site ID, step Step) (ID, error) {
	var id ID
	err := b.store.Write(ctx, func(tx Tx) error {
		if _, _, err := standingOf[*Site](b, tx, site); err != nil {
			return err
		}
		sites, err := tx.Sites()
		if err != nil {
			return err
		}
		s := SiteOf(sites, site)
		last, ok, err := tx.LatestReserve(site)
		if err != nil {
			return err
		}
		if !ok && !s.Rooms.Known {
			return refuse(CodeRoomsNotStated, "site", s.Name)
		}
		from := last.Value
		if !ok {
			from = Reserve{Site: site, Rooms: s.Rooms.N, Ready: s.Rooms.N}
		}
		at := tx.Now().Truncate(time.Second)
		if from.At.After(at) {
			at = from.At // of a PC whose clock runs ahead: the step must be the newer one
		}
		next, err := from.After(step, s.Name, at)
		if err != nil {
			return err
		}
		if err := firstError(next.check(), s.checkRooms(next)); err != nil {
			return err
		}
		rev := Revision{Op: OpCreate, Author: b.author(), Fields: next}
		if err := tx.Append(&rev); err != nil {
			return err
		}
		id = rev.ID
		return nil
	})
	return id, err
}

// revise appends a correction whose fields next makes from the standing ones.
func (b *Book) revise(ctx context.Context, id ID, reason string, next func(Tx, Row[Record]) (Record, error)) error {
	return b.store.Write(ctx, func(tx Tx) error {
		cur, err := b.standing(tx, id)
		if err != nil {
			return err
		}
		fields, err := next(tx, cur)
		if err != nil {
			return err
		}
		if fields.Kind() != cur.Value.Kind() {
			return refuse(CodeRecordKind, "kind", cur.Value.Kind().String(), "want", fields.Kind().String())
		}
		if err := firstError(checkIn(tx, fields, cur), b.checkSecond(fields, cur.Value)); err != nil {
			return err
		}
		return b.onAll(tx, OpCorrect, cur, fields, reason)
	})
}

func checkReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return refuse(CodeReasonEmpty)
	}
	return checkText("reason", reason, MaxText)
}

// standingOf is standing for a record that must be of one kind: R is *Site, *Unit …
func standingOf[R Record](b *Book, tx Tx, id ID) (cur Row[Record], v R, err error) {
	if cur, err = b.standing(tx, id); err != nil {
		return cur, v, err
	}
	v, ok := cur.Value.(R)
	if !ok {
		var want R // Kind asks nothing of the value
		err = refuse(CodeRecordKind, "kind", cur.Value.Kind().String(), "want", want.Kind().String())
	}
	return cur, v, err
}

func (b *Book) standing(tx Tx, id ID) (Row[Record], error) {
	cur, err := tx.Current(id)
	if err == nil && cur.Voided {
		err = refuse(CodeRecordVoided)
	}
	return cur, err
}
