package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"taizhang/app/ledger"
)

// Role is what a column of a sheet holds.
type Role string

// The roles, named as the sections of assets/intake/columns.txt. RoleCount is a
// column of a cross-tab: quantities of the item that its heading names.
const (
	RoleIgnored     Role = ""
	RoleUnit        Role = "unit"
	RoleDay         Role = "day"
	RoleItem        Role = "item"
	RoleQuantity    Role = "quantity"
	RoleMeasure     Role = "measure"
	RoleNote        Role = "note"
	RoleCount       Role = "count"
	RoleSite        Role = "site"
	RoleAt          Role = "at"
	RoleRooms       Role = "rooms"
	RoleReady       Role = "ready"
	RoleOccupied    Role = "occupied"
	RoleCleaning    Role = "cleaning"
	RoleUnavailable Role = "unavailable"
	RoleForm        Role = "form"
	RoleVisits      Role = "visits"
	RoleProblems    Role = "problems"
	RoleDirectives  Role = "directives"
)

// Column is what a column of a sheet is.
type Column struct {
	Role Role   `json:"role,omitempty"`
	Item string `json:"item,omitempty"` // of RoleCount: the item's name in the ledger
	Left bool   `json:"left,omitempty"` // of RoleIgnored: on purpose, whatever stands in it
}

// Mapping says how a sheet is read: guessed by Layouts, put right by a clerk, and
// remembered as JSON by Layout.FingerprintAt. What is stated for one file
// only, its day, is not part of the JSON.
type Mapping struct {
	Kind    ledger.Kind `json:"kind"`           // KindPublicity, KindReserve or KindInspection
	Sheet   int         `json:"sheet"`          // from 0
	Header  int         `json:"header"`         // number of the last row of headings; 0 when there are none
	Columns []Column    `json:"columns"`        // from A; columns beyond are ignored
	Unit    string      `json:"unit,omitempty"` // of all rows, when no column names it

	Day   ledger.Day `json:"-"` // of all rows, when no column names it
	Dated bool       `json:"-"` // Day is stated
}

// column is the first column of a role, -1 when there is none.
func (m Mapping) column(role Role) int {
	for i, c := range m.Columns {
		if c.Role == role {
			return i
		}
	}
	return -1
}

// Cross reports whether the sheet is a cross-tab: units down, items across.
func (m Mapping) Cross() bool { return m.column(RoleCount) >= 0 }

// Missing lists the roles without which no row makes a record. A unit and a day may
// be stated for the whole sheet instead.
func (m Mapping) Missing() []Role {
	var wanted []Role
	switch {
	case m.Kind == ledger.KindReserve:
		wanted = []Role{RoleSite, RoleOccupied}
	case m.Kind == ledger.KindInspection:
		wanted = []Role{RoleUnit, RoleDay, RoleVisits}
	case m.Cross():
		wanted = []Role{RoleUnit, RoleDay}
	default:
		wanted = []Role{RoleUnit, RoleDay, RoleItem, RoleQuantity}
	}
	var missing []Role
	for _, role := range wanted {
		stated := role == RoleUnit && m.Unit != "" || role == RoleDay && m.Dated
		if !stated && m.column(role) < 0 {
			missing = append(missing, role)
		}
	}
	return missing
}

// fingerprint names a sheet by its headings, however wide and in which script they
// are written.
func fingerprint(headings []string) string {
	h := sha256.New()
	for _, heading := range headings {
		h.Write([]byte(folded(heading)))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// The classes of columns.txt: each role has one, and so do the rows that are no
// entries.
var (
	roleOf         = map[class]Role{}
	columnSections = map[string]class{}
)

const (
	totals class = 1 << (iota + 40)
	footnotes
	blanks
	serials
)

func init() {
	for i, role := range []Role{RoleUnit, RoleDay, RoleItem, RoleQuantity, RoleMeasure, RoleNote, RoleSite, RoleAt, RoleRooms,
		RoleReady, RoleOccupied, RoleCleaning, RoleUnavailable, RoleForm, RoleVisits, RoleProblems, RoleDirectives} {
		columnSections[string(role)], roleOf[1<<i] = 1<<i, role
	}
	columnSections["total"], columnSections["footnote"], columnSections["blank"] = totals, footnotes, blanks
	columnSections["serial"] = serials
}

var columnWords = sync.OnceValue(func() *lexicon { return newLexicon("columns.txt", columnSections) })

// whole is the class of a text that is one of the words of columns.txt, 0 for any
// other.
func whole(text string) class {
	runes := []rune(text)
	if end, kind := columnWords().longest(runes, 0); end == len(runes) {
		return kind
	}
	return 0
}
