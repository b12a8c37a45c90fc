// Package ledger is the domain: units, items, publicity, isolation and
// supervision records, the revisions that state them, the rules they obey and
// the figures made of them. It knows no screen and no database.
package ledger

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Kind says what a record is.
type Kind uint8

// The kinds of record. Numbers are part of the file format.
const (
	KindDesk       Kind = 1
	KindUnit       Kind = 2
	KindItem       Kind = 3
	KindPublicity  Kind = 4
	KindSite       Kind = 5
	KindReserve    Kind = 6
	KindInspection Kind = 7
	KindProblem    Kind = 8
	KindCases      Kind = 9
	KindBatch      Kind = 10
)

var kindNames = map[Kind]string{
	KindDesk: "desk", KindUnit: "unit", KindItem: "item", KindPublicity: "publicity",
	KindSite: "site", KindReserve: "reserve", KindInspection: "inspection",
	KindProblem: "problem", KindCases: "cases", KindBatch: "batch",
}

// String is the kind's code name, as the commands and the translations use it.
func (k Kind) String() string {
	if s, ok := kindNames[k]; ok {
		return s
	}
	return fmt.Sprintf("kind-%d", uint8(k))
}

// Record is the content of one record: what a revision states. Implementations
// are pointers to the types of this package.
type Record interface {
	Kind() Kind
	// check refuses what can be judged from the record alone.
	check() error
	encode(*encoder)
	decode(*decoder)
}

// Check refuses r when it cannot stand in any ledger, judged from the record
// alone: an *Error with the code of the first rule it breaks. What a bundle
// brings passes it; rules that need other records do not apply to a merge.
func Check(r Record) error { return r.check() }

func newRecord(k Kind) Record {
	switch k {
	case KindDesk:
		return new(Desk)
	case KindUnit:
		return new(Unit)
	case KindItem:
		return new(Item)
	case KindPublicity:
		return new(Publicity)
	case KindSite:
		return new(Site)
	case KindReserve:
		return new(Reserve)
	case KindInspection:
		return new(Inspection)
	case KindProblem:
		return new(Problem)
	case KindCases:
		return new(Cases)
	case KindBatch:
		return new(Batch)
	}
	return nil
}

// Count is a number that may be not stated. Unknown is not zero: it is shown as
// 未报 and is null in JSON.
type Count struct {
	N     int64 // 0..MaxCount when Known
	Known bool
}

// Stated makes a known Count.
func Stated(n int64) Count { return Count{N: n, Known: true} }

// MarshalJSON writes the number, or null when it is not stated.
func (c Count) MarshalJSON() ([]byte, error) {
	if !c.Known {
		return []byte("null"), nil
	}
	return fmt.Appendf(nil, "%d", c.N), nil
}

// MaxCount bounds rooms, visits, problems and cases: far above any district,
// low enough to catch a slipped key.
const MaxCount = 1_000_000

// MaxText bounds free text (notes, problems, evidence), in characters.
const MaxText = 2000

// MaxName bounds names of units, items, sites, desks and people, in characters.
const MaxName = 60

func checkCount(field string, n int64) error {
	if n < 0 {
		return refuse(CodeCountNegative, "field", field, "count", n)
	}
	if n > MaxCount {
		return refuse(CodeCountAbsurd, "field", field, "count", n, "max", MaxCount)
	}
	return nil
}

func checkName(name string) error {
	if strings.TrimSpace(name) == "" {
		return refuse(CodeNameEmpty)
	}
	return checkText("name", name, MaxName)
}

func checkText(field, s string, limit int) error {
	if n := utf8.RuneCountInString(s); n > limit {
		return refuse(CodeTextTooLong, "field", field, "length", n, "max", limit)
	}
	return nil
}

// firstError returns the first error of a list of checks.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
