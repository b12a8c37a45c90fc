// Package intake reads the paragraphs that offices send and finds what the
// ledgers count in them: 宣传条幅3681幅, 发现问题27个, 隔离房间52间. What it finds
// are proposals, each with the place it came from; a person confirms them.
//
// The grammar is small: a number and its measure word, the noun beside it, and
// the verb that rules the list it stands in. The words are data, in
// assets/intake. Package intake knows no database and no window.
//
// A report goes ReadSource or Pasted → TakenBefore → Names.Reader → Reader.Read → Rows, which
// a person may correct → Assemble → Records → ledger.Book.RecordBatch; a workbook OpenWorkbook → TakenBefore →
// Workbook.Layouts → Layout.Remembering, a clerk's corrections of its Mapping →
// Workbook.Check → RecordBatch, or MarkErrors. Until RecordBatch nothing is recorded.
package intake

import "taizhang/app/ledger"

// Ledger is where a candidate belongs.
type Ledger uint8

// The ledgers, and what is counted in none of them.
const (
	Other       Ledger = 0
	Publicity   Ledger = 1
	Isolation   Ledger = 2
	Supervision Ledger = 3
)

// String is the ledger's code name.
func (l Ledger) String() string {
	return [...]string{"other", "publicity", "isolation", "supervision"}[l]
}

// Doubt is why a person should look twice at a candidate; several may stand
// together.
type Doubt uint8

// The doubts.
const (
	UnsureUnit   Doubt = 1 << iota // no unit, or one named further away
	UnsureLedger                   // the ledger was guessed from what stands around
	NewItem                        // publicity of an item that is not known
	Approximate                    // 约, 余, 近, a range
	Cumulative                     // 累计, 截至, 现有: it may hold what was entered before
)

// Candidate is one countable result that a text states.
type Candidate struct {
	Ledger   Ledger
	Item     string          // as written, without number and measure word
	Known    int             // index among the reader's items, -1 when none fits
	Proposed ledger.Item     // publicity without a known item: the one to add
	Quantity ledger.Quantity // the lower one of a range
	Max      int64           // the upper one of a range, else 0
	Percent  float64         // a rate, in percent, when Measure is %; Quantity is then empty
	Measure  string          // as written: 幅, 人次, 个(条)
	Heading  string          // of its column, where that says what is counted; "" elsewhere
	Start    int             // the span in the text, in characters, from the first word of the item
	End      int             // behind its last character
	Unit     int             // index among the reader's units, -1 when the text names none
	Part     bool            // part of a count before it: 其中
	Total    bool            // the sum of the counts before it: 合计
	Date     Date            // the day or period named before it; empty when none is
	Doubt    Doubt
}

// Number is the quantity, or the rate.
func (c Candidate) Number() float64 {
	if c.Measure == "%" {
		return c.Percent
	}
	return float64(c.Quantity.Value)
}

// Approx reports whether the text calls the quantity about, nearly or over.
func (c Candidate) Approx() bool { return c.Quantity.IsApprox() }

// Reader reads texts for one ledger. It does not change while it reads, so that
// several goroutines may use one.
type Reader struct {
	Items []ledger.Item // known items of publicity; ledger.Catalogue if nothing else is
	Units []string      // names of units
	Today ledger.Day    // fills in the year that a text leaves out; 0 leaves such dates empty
}

// MaxText is the longest text that is read, in characters. A year's reports of
// a district are shorter.
const MaxText = 2_000_000

// Read finds the candidates of a text, in the order in which they stand. Texts
// beyond MaxText are read up to there. Nothing is an error: a text in which
// nothing is counted has no candidates.
func (r *Reader) Read(text string) []Candidate {
	if len(text) > MaxText {
		if runes := []rune(text); len(runes) > MaxText {
			text = string(runes[:MaxText])
		}
	}
	s := newSheet(text)
	w := &walk{reader: r, sheet: s, tokens: s.tokens(), mentions: s.mentions(r.Units), catalogue: newCatalogue(r.Items)}
	return w.read()
}
