package ledger

// Row is the current state of one record: its newest head by (clock, desk).
type Row[T any] struct {
	ID       ID
	Revision ID // the revision that states it
	Voided   bool
	Clock    Clock // when that revision was written
	Author   string
	Value    T
	// Same is the canonical record that a unit, item or site is the same as, and
	// counts as; zero for one that stands for itself. See FoldUnits.
	Same ID
}

// PublicityFilter picks publicity entries. Zero fields pick everything. A unit or
// item stands for every record that is the same as it.
type PublicityFilter struct {
	Period    *Period // days, inclusive
	Units     []ID    // any of these
	Items     []ID    // any of these
	Desks     []int64 // the revision that states the entry is of any of these chains
	Range     *Range  // created as one of these
	Text      []Match // all of these
	Voided    bool    // voided entries too
	Sort      SortKey // SortDay when empty
	Ascending bool    // newest first otherwise
}

// Match is one search word, resolved against names by the caller: a row
// matches when its unit or item is listed, or its note or author contains Word.
type Match struct {
	Word  string
	Units []ID
	Items []ID
}

// SortKey names the column that a list is sorted by; ties go by record.
type SortKey string

// The sort keys of publicity entries.
const (
	SortDay      SortKey = "day"
	SortUnit     SortKey = "unit"
	SortItem     SortKey = "item"
	SortQuantity SortKey = "quantity"
	SortRecorded SortKey = "recorded"
)

// ItemSum is the sum of one item over the rows of a filter.
type ItemSum struct {
	Item    ID
	Entries int64
	Sum     Sum
}

// InspectionFilter picks inspections. Zero fields pick everything. A unit stands
// for every record that is the same as it.
type InspectionFilter struct {
	Period *Period
	Units  []ID
	Voided bool
}

// ProblemFilter picks listed problems. Zero fields pick everything. A unit stands
// for every record that is the same as it.
type ProblemFilter struct {
	Inspection ID
	Units      []ID
	States     []State
	Period     *Period // by the inspection's day
	Voided     bool
}

// BatchFilter picks batches. Zero fields pick everything.
type BatchFilter struct {
	Hash   []byte // of their source
	Record ID     // the one that covers this record
	Voided bool   // voided batches too
	Limit  int    // at most so many; 0 for all
}

// DeskInfo is one chain of revisions known to this ledger.
type DeskInfo struct {
	Number int64
	ID     DeskID
	Desk   Desk
	Own    bool // the chain this program writes
	Head   int64
	// Branch is the first number that another PC also wrote, on the chain of the
	// copy; 0 on every chain that one PC wrote.
	Branch int64
}
