package handoff

import (
	"time"

	"taizhang/app/ledger"
)

// MaxLines bounds how many lines a Plan lists; the counts are always whole.
const MaxLines = 2000

// Plan is what merging a bundle brings, as a value: the command prints it, the
// window shows it. It is found by merging in a transaction that is taken back,
// so that it cannot say anything else than what the merge then does.
type Plan struct {
	Bundle      BundleID
	File        string // base name
	Sender      Card
	Created     time.Time
	First, Last ledger.Day // days of the entries carried; -1 for none
	Chains      []PlanChain

	Carried   int64 // revisions in the bundle
	New       int64 // records it creates here
	Corrected int64 // corrections it adds
	Voided    int64 // voids it adds
	Here      int64 // revisions that are here already
	Waiting   int64 // revisions that wait for a record of another desk's bundle
	Clashing  int64 // records on which two desks now differ, and did not before

	Unknown []Card               // desks never accepted here; nothing is merged while there are any
	Ahead   []PlanChain          // chains written by a clock more than 24 h ahead of this PC's
	Forks   []Fork               // chains that two PCs have written
	Lines   []PlanLine           // what it adds, first MaxLines
	Clashes []ledger.ID          // the records counted in Clashing
	Names   map[ledger.ID]string // of units, items and sites that lines refer to

	// Damaged is that all in the bundle is here, but this copy of it is not as it
	// was written: it must not be passed on.
	Damaged bool

	Merge int64 // number in the merge log; 0 while it is only a plan
}

// Done reports whether the bundle brings nothing that is not here already.
func (p *Plan) Done() bool { return p.Here == p.Carried }

// PlanChain is what a plan brings of one desk.
type PlanChain struct {
	Desk        ledger.DeskID
	Name        string // the desk's
	Unit        string // the desk's unit, "" when not known
	Fingerprint string
	First, Last int64 // the sequence numbers carried
	New         int64 // revisions that are not here yet
	Latest      time.Time
	Vouched     string // name of the desk that vouches for it, "" when it signed itself
}

// PlanLine is one revision that a plan brings.
type PlanLine struct {
	Revision ledger.Revision // with the ids of this ledger
	Text     string          // the revision's id as people see it
	Record   string          // the record's
	Desk     string          // name of the desk that wrote it
	Clash    bool            // another desk's statement stands beside it
	Waits    bool            // its record is not here yet
}

// Fork is a chain that two PCs have both continued: a copied program folder, or an old
// backup that was written to. Both branches are kept.
type Fork struct {
	Desk ledger.DeskID
	Name string
	Seq  int64 // the first number that was written twice
	Own  bool  // this PC is one of the two
}

// MergeOptions say how a bundle is merged.
type MergeOptions struct {
	File     string   // the bundle's base name, for the log and for sentences
	Accept   []string // fingerprints of unknown desks that a person accepts
	Progress func(done, total int64)
}
