package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"
)

// The local desk numbers of the fake: the own chain and the catalogue's.
const (
	ownDesk       = 1
	catalogueDesk = 2
)

// fake is a Store in memory: a list of revisions, and everything else worked
// out from it by plain loops each time it is asked. It is the simple thing that
// Book is tested against, so it has no caches to be wrong.
type fake struct {
	Reader
	now       time.Time
	revisions []Revision
	broken    error // what the next commit fails with
}

func (f *fake) Write(_ context.Context, change func(Tx) error) error {
	mark := len(f.revisions)
	err := change(fakeTx{f})
	if err == nil {
		err = f.broken
	}
	if err != nil {
		f.revisions = f.revisions[:mark]
	}
	return err
}

// Figures computes from facts that are counted out by hand.
func (f *fake) Figures(_ context.Context, scope Scope) (Figures, error) {
	return Compute(scope, f.facts(scope)), nil
}

// current lists every record as it stands, in the order they were created.
func (f *fake) current() []Row[Record] {
	var list []Row[Record]
	at := map[ID]int{}
	for _, r := range f.revisions {
		row := Row[Record]{ID: r.Record, Revision: r.ID, Voided: r.Op == OpVoid, Clock: r.Clock, Author: r.Author, Value: r.Fields}
		if i, ok := at[r.Record]; ok {
			list[i] = row
			continue
		}
		at[r.Record] = len(list)
		list = append(list, row)
	}
	return list
}

// rowsAs lists the records of one type, voided ones too.
func rowsAs[T any](f *fake) []Row[T] {
	var list []Row[T]
	for _, c := range f.current() {
		if v, ok := any(c.Value).(*T); ok {
			list = append(list, Row[T]{ID: c.ID, Revision: c.Revision, Voided: c.Voided, Clock: c.Clock, Author: c.Author, Value: *v})
		}
	}
	return list
}

// standingAs lists the records of one type that are not voided.
func standingAs[T any](f *fake) []Row[T] {
	return slices.DeleteFunc(rowsAs[T](f), func(r Row[T]) bool { return r.Voided })
}

type fakeTx struct{ f *fake }

var _ Tx = fakeTx{}

func (t fakeTx) Now() time.Time              { return t.f.now }
func (t fakeTx) Desk() int64                 { return ownDesk }
func (t fakeTx) Units() ([]Row[Unit], error) { return folded(t.f, FoldUnits), nil }
func (t fakeTx) Items() ([]Row[Item], error) { return folded(t.f, FoldItems), nil }
func (t fakeTx) Sites() ([]Row[Site], error) { return folded(t.f, FoldSites), nil }

// folded lists the records of one type with what is the same folded. The fake's
// desk numbers are the same everywhere, so its IDs order records by themselves.
func folded[T any](f *fake, fold func([]Row[T], Order)) []Row[T] {
	rows := rowsAs[T](f)
	fold(rows, byID)
	return rows
}

func byID(a, b ID) int { return cmp.Compare(a, b) }

func (t fakeTx) Current(id ID) (Row[Record], error) {
	for _, c := range t.f.current() {
		if c.ID == id {
			c.Value = thawed(c.Value)
			return c, nil
		}
	}
	return Row[Record]{}, refuse(CodeRecordUnknown, "id", int64(id))
}

// thawed copies a record through its encoding, as a real store does.
func thawed(r Record) Record {
	copied, err := DecodeFields(r.Kind(), EncodeFields(nil, r))
	if err != nil {
		panic(err)
	}
	return copied
}

func (t fakeTx) Append(r *Revision) error {
	var last Clock
	seq := int64(1)
	for _, o := range t.f.revisions {
		last = max(last, o.Clock)
		if o.ID.Desk() == ownDesk {
			seq++
		}
	}
	r.ID, r.Clock = MakeID(ownDesk, seq), NextClock(last, t.f.now)
	if r.Op == OpCreate {
		r.Record = r.ID
	}
	kept := *r
	kept.Fields = thawed(r.Fields)
	t.f.revisions = append(t.f.revisions, kept)
	return nil
}

func (t fakeTx) Heads(id ID) (heads []Revision, err error) {
	for _, r := range t.f.revisions {
		based := slices.ContainsFunc(t.f.revisions, func(o Revision) bool { return slices.Contains(o.Base, r.ID) })
		if r.Record == id && !based {
			heads = append(heads, r)
		}
	}
	return heads, nil
}

func (t fakeTx) ListedProblems(inspection ID) (n int64, err error) {
	for _, p := range standingAs[Problem](t.f) {
		if p.Value.Inspection == inspection {
			n++
		}
	}
	return n, nil
}

func (t fakeTx) LatestReserve(site ID) (Row[Reserve], bool, error) {
	r, ok := t.f.reserves()[FoldsOf(folded(t.f, FoldSites)).Of(site)]
	return r, ok, nil
}

func (f *fake) reserves() map[ID]Row[Reserve] { return f.reservesBefore(f.now.AddDate(100, 0, 0)) }

func (f *fake) reservesBefore(end time.Time) map[ID]Row[Reserve] {
	folds := FoldsOf(folded(f, FoldSites))
	latest := map[ID]Row[Reserve]{}
	for _, r := range standingAs[Reserve](f) {
		if !r.Value.At.Before(end) {
			continue
		}
		site := folds.Of(r.Value.Site)
		if old, ok := latest[site]; !ok || !r.Value.At.Before(old.Value.At) {
			latest[site] = r
		}
	}
	return latest
}

func (t fakeTx) Uses(id ID) (n int64, err error) {
	units, items := FoldsOf(folded(t.f, FoldUnits)), FoldsOf(folded(t.f, FoldItems))
	for _, c := range t.f.current() {
		if c.Voided {
			continue
		}
		var to []ID
		switch v := c.Value.(type) {
		case *Unit:
			to = []ID{v.Parent}
		case *Publicity:
			to = []ID{v.Unit, v.Item}
		case *Inspection:
			to = []ID{v.Unit}
		case *Problem:
			to = []ID{v.Inspection, v.Unit}
		}
		if slices.ContainsFunc(to, func(o ID) bool { return units.Of(items.Of(o)) == units.Of(items.Of(id)) }) {
			n++
		}
	}
	return n, nil
}

// facts counts out what Compute needs, entry by entry.
func (f *fake) facts(scope Scope) Facts {
	today := DayOf(f.now)
	facts := Facts{Now: f.now, Units: folded(f, FoldUnits), Items: folded(f, FoldItems), Sites: folded(f, FoldSites), Reserves: f.reserves()}
	subtree := Subtree(facts.Units, scope.Unit)
	inside := func(unit ID) bool { return scope.Unit == 0 || slices.Contains(subtree, unit) }
	before, compared := scope.Before(today)
	earlier := func(d Day) bool { return compared && before.Contains(d) }
	series := Period{scope.Period.To - SeriesDays + 1, scope.Period.To}
	for _, e := range standingAs[Publicity](f) {
		p := e.Value
		if !inside(p.Unit) {
			continue
		}
		tally(&facts.ItemTotals, scope.Period.Contains(p.Day), Tally{Item: p.Item}, p)
		tally(&facts.ItemBefore, earlier(p.Day), Tally{Item: p.Item}, p)
		tally(&facts.UnitTotals, scope.Period.Contains(p.Day), Tally{Unit: p.Unit}, p)
		tally(&facts.UnitBefore, earlier(p.Day), Tally{Unit: p.Unit}, p)
		tally(&facts.DayTotals, series.Contains(p.Day), Tally{Item: p.Item, Day: p.Day}, p)
		tally(&facts.DayBefore, series.Before().Contains(p.Day), Tally{Item: p.Item, Day: p.Day}, p)
		tally(&facts.TodayCells, p.Day == today && scope.Daily, Tally{Unit: p.Unit, Item: p.Item}, p)
		switch p.Day {
		case today:
			facts.Heard = append(facts.Heard, p.Unit)
		case today - 1:
			facts.Earlier.Heard = append(facts.Earlier.Heard, p.Unit)
			facts.Earlier.Entries++
		}
	}
	for _, c := range standingAs[Cases](f) {
		if facts.Cases == nil || !c.Value.At.Before(facts.Cases.Value.At) {
			facts.Cases = &c
		}
	}
	f.supervisionFacts(&facts, scope.Period, inside, earlier)
	f.earlierFacts(&facts.Earlier, today, inside)
	return facts
}

// earlierFacts looks at every record once more, as of the last midnight.
func (f *fake) earlierFacts(e *EarlierFacts, today Day, inside func(ID) bool) {
	midnight := today.Time(f.now.Location())
	e.Reserves = f.reservesBefore(midnight)
	for _, c := range standingAs[Cases](f) {
		if c.Value.At.Before(midnight) && (e.Cases == nil || !c.Value.At.Before(e.Cases.Value.At)) {
			e.Cases = &c
		}
	}
	for _, i := range standingAs[Inspection](f) {
		e.Supervised = e.Supervised || (i.Value.Day < today && inside(i.Value.Unit))
	}
	created := map[ID]time.Time{}
	for _, r := range f.revisions {
		if r.Op == OpCreate {
			created[r.Record] = r.Clock.Time()
		}
	}
	for _, p := range standingAs[Problem](f) {
		if inside(p.Value.Unit) && created[p.ID].Before(midnight) && (p.Value.State != StateClosed || p.Value.StateDay >= today) {
			e.Problems = append(e.Problems, p)
		}
	}
}

func (f *fake) supervisionFacts(facts *Facts, period Period, inside func(ID) bool, earlier func(Day) bool) {
	day := map[ID]Day{}
	for _, i := range standingAs[Inspection](f) {
		v := i.Value
		day[i.ID] = v.Day
		if !inside(v.Unit) {
			continue
		}
		if period.Contains(v.Day) {
			facts.Inspected = append(facts.Inspected, v.Unit)
			facts.Supervision.Visits += v.Visits
			facts.Supervision.Problems += v.Problems
			facts.Supervision.Directives += v.Directives
		}
		if earlier(v.Day) {
			facts.SupervisionBefore.Visits += v.Visits
			facts.SupervisionBefore.Problems += v.Problems
			facts.SupervisionBefore.Directives += v.Directives
		}
	}
	for _, p := range standingAs[Problem](f) {
		if !inside(p.Value.Unit) {
			continue
		}
		if period.Contains(day[p.Value.Inspection]) {
			facts.Problems = append(facts.Problems, p)
		}
		if p.Value.State != StateClosed {
			facts.Live = append(facts.Live, p)
		}
	}
}

func tally(list *[]Tally, counts bool, cell Tally, p Publicity) {
	if !counts {
		return
	}
	i := slices.IndexFunc(*list, func(t Tally) bool {
		return t.Unit == cell.Unit && t.Item == cell.Item && t.Day == cell.Day
	})
	if i < 0 {
		i = len(*list)
		*list = append(*list, cell)
	}
	t := &(*list)[i]
	t.Entries++
	t.Quantity += p.Quantity.Value
	if p.Quantity.IsApprox() {
		t.Approx++
	}
}

// world is a small district to test in: two townships, one of them with two
// villages one below the other, and the catalogue. It is ten in the morning of
// 2026-11-22, a Sunday.
type world struct {
	testing.TB
	*fake
	book   *Book
	author string

	district, linjiang, village, hamlet, xinhua ID
}

func newWorld(t testing.TB) *world {
	w := &world{TB: t, fake: &fake{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)}, author: "王芳"}
	w.revisions = CatalogueRevisions(catalogueDesk)
	w.book = NewBook(w.fake, func() string { return w.author })
	w.district = w.record(&Unit{Name: "宁江区"})
	w.linjiang = w.record(&Unit{Name: "临江街道", Parent: w.district})
	w.village = w.record(&Unit{Name: "柳树村", Parent: w.linjiang})
	w.hamlet = w.record(&Unit{Name: "三组", Parent: w.village})
	w.xinhua = w.record(&Unit{Name: "新华街道", Parent: w.district})
	return w
}

func (w *world) today() Day { return DayOf(w.now) }

// record records r and fails the test when that is refused.
func (w *world) record(r Record) ID {
	w.Helper()
	id, err := w.book.Record(context.Background(), r)
	if err != nil {
		w.Fatalf("recording a %v: %v", r.Kind(), err)
	}
	return id
}

// refuses checks that recording r is refused with a code and arguments and
// leaves no trace.
func (w *world) refuses(r Record, want Code, args ...any) {
	w.Helper()
	w.unchanged(func() error {
		id, err := w.book.Record(context.Background(), r)
		if id != 0 {
			w.Errorf("a refused %v was given the id %d", r.Kind(), id)
		}
		return err
	}, want, args...)
}

// unchanged checks that do is refused with a code and arguments and that the
// ledger has no more revisions than before.
func (w *world) unchanged(do func() error, want Code, args ...any) {
	w.Helper()
	before := len(w.revisions)
	refused(w, do(), want, args...)
	if n := len(w.revisions) - before; n != 0 {
		w.Errorf("%s was refused and left %d revisions", want, n)
	}
}

// do fails the test when an action that must succeed is refused.
func (w *world) do(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) item(name string) ID {
	w.Helper()
	for _, i := range rowsAs[Item](w.fake) {
		if i.Value.Name == name {
			return i.ID
		}
	}
	w.Fatalf("no item %s", name)
	return 0
}

// entry is a publicity entry of so many days ago, its quantity as typed.
func (w *world) entry(unit ID, item, quantity string, ago int) *Publicity {
	w.Helper()
	q, err := ParseQuantity(quantity)
	if err != nil {
		w.Fatal(err)
	}
	return &Publicity{Unit: unit, Item: w.item(item), Day: w.today().AddDays(-ago), Quantity: q}
}

func (w *world) current(id ID) Row[Record] {
	w.Helper()
	row, err := fakeTx{w.fake}.Current(id)
	w.do(err)
	return row
}

// figures computes the whole district's figures of a kind of period.
func (w *world) figures(kind PeriodKind) Figures {
	return w.figuresOf(kind, 0)
}

func (w *world) figuresOf(kind PeriodKind, unit ID) Figures {
	fig, err := w.Figures(context.Background(), Scope{Kind: kind, Period: PeriodOf(kind, w.today()), Unit: unit, Daily: true})
	w.do(err)
	return fig
}

// refused checks the code of err, and that its sentence is given the arguments
// named in args.
func refused(t testing.TB, err error, want Code, args ...any) {
	t.Helper()
	if CodeOf(err) != want {
		t.Fatalf("gives %v, want %s", err, want)
	}
	var e *Error
	if !errors.As(err, &e) {
		return
	}
	for i := 0; i+1 < len(args); i += 2 {
		if at := slices.Index(e.Args, args[i]); at < 0 || fmt.Sprint(e.Args[at+1]) != fmt.Sprint(args[i+1]) {
			t.Errorf("%s is said with %v, want %v=%v", want, e.Args, args[i], args[i+1])
		}
	}
}
