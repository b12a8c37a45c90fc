package ledger

import (
	"errors"
	"fmt"
	"strings"
)

// Code names what was refused, for the program. The sentence for the person is
// looked up by it (key "error.<code>" of the translations), so a code never
// changes once it has shipped.
type Code string

// The codes of the domain and the store. Each has a sentence in every language;
// a test in package words finds a missing one.
const (
	CodeQuantitySyntax   Code = "quantity-syntax"   // text
	CodeQuantityNegative Code = "quantity-negative" // text
	CodeQuantityAbsurd   Code = "quantity-absurd"   // text, max
	CodeQuantityFraction Code = "quantity-fraction" // text
	CodeQuantityGrouping Code = "quantity-grouping" // text
	CodeQuantityZero     Code = "quantity-zero"     // -

	CodeDaySyntax   Code = "day-syntax"    // text
	CodeDayFuture   Code = "day-future"    // day, today
	CodeDayTooEarly Code = "day-too-early" // day

	CodeUnitUnknown   Code = "unit-unknown"   // name, nearest
	CodeItemUnknown   Code = "item-unknown"   // name, nearest
	CodeSiteUnknown   Code = "site-unknown"   // name, nearest
	CodeRecordUnknown Code = "record-unknown" // id
	CodeRecordKind    Code = "record-kind"    // id, kind, want
	CodeRecordVoided  Code = "record-voided"  // id
	CodeUnchanged     Code = "unchanged"      // id
	CodeNameTaken     Code = "name-taken"     // name
	CodeNameEmpty     Code = "name-empty"     // -
	CodeTextTooLong   Code = "text-too-long"  // field, length, max
	CodeUnitSlash     Code = "unit-slash"     // name
	CodeUnitLoop      Code = "unit-loop"      // name
	CodeUnitInUse     Code = "unit-in-use"    // name
	CodeMeasureEmpty  Code = "measure-empty"  // name
	CodeChannel       Code = "channel"        // text
	CodeReasonEmpty   Code = "reason-empty"   // -
	CodeCountNegative Code = "count-negative" // field, count
	CodeCountAbsurd   Code = "count-absurd"   // field, count, max

	CodePlan           Code = "plan"             // text
	CodeRoomsDoNotAdd  Code = "rooms-do-not-add" // rooms, ready, occupied, cleaning, unavailable, sum, difference
	CodeRoomsOver      Code = "rooms-over"       // rooms, used, over
	CodeRoomsNotSite   Code = "rooms-not-site"   // site, stated, rooms, difference
	CodeRoomsNotStated Code = "rooms-not-stated" // site
	CodeNoRoomReady    Code = "no-room-ready"    // site
	CodeNoRoomOccupied Code = "no-room-occupied" // site
	CodeNoRoomCleaning Code = "no-room-cleaning" // site
	CodeTimeFuture     Code = "time-future"      // time
	CodeTimeTooEarly   Code = "time-too-early"   // time
	CodeTimeSyntax     Code = "time-syntax"      // text

	CodeVisitForm       Code = "visit-form"        // text
	CodeVisitsNone      Code = "visits-none"       // -
	CodeProblemsOver    Code = "problems-over"     // counted, listed
	CodeProblemText     Code = "problem-text"      // -
	CodeDirectiveEmpty  Code = "directive-empty"   // -
	CodeDeadlineEarly   Code = "deadline-early"    // deadline, day
	CodeRectifyEmpty    Code = "rectify-empty"     // -
	CodeEvidenceEmpty   Code = "evidence-empty"    // -
	CodeSecondEmpty     Code = "second-empty"      // -
	CodeSecondSame      Code = "second-same"       // name
	CodeProblemClosed   Code = "problem-closed"    // id
	CodeInspectionInUse Code = "inspection-in-use" // listed
	CodeItemInUse       Code = "item-in-use"       // name
	CodeNothingToUndo   Code = "nothing-to-undo"   // -
	CodeNotSetUp        Code = "not-set-up"        // path
	CodeAlreadySetUp    Code = "already-set-up"    // path
	CodeLedgerMissing   Code = "ledger-missing"    // path
	CodeLedgerExists    Code = "ledger-exists"     // path
	CodeLedgerNotOne    Code = "ledger-not-one"    // path
	CodeLedgerNewer     Code = "ledger-newer"      // path, version, known
	CodeLedgerDamaged   Code = "ledger-damaged"    // path, detail, backup
	CodeLedgerReadOnly  Code = "ledger-read-only"  // path
	CodeLedgerBusy      Code = "ledger-busy"       // path
	CodeDiskFull        Code = "disk-full"         // path
	CodeDriveGone       Code = "drive-gone"        // path
	CodeFileWrite       Code = "file-write"        // path, detail
	CodeFileExists      Code = "file-exists"       // path
	CodeBackupBad       Code = "backup-bad"        // path, detail
	CodeVerifyFailed    Code = "verify-failed"     // detail
	CodeInternal        Code = "internal"          // detail
	CodeDisplayUnknown  Code = "display-unknown"   // name, displays

	CodeCardBad          Code = "card-bad"          // detail
	CodeCardOwn          Code = "card-own"          // name
	CodePeerUnknown      Code = "peer-unknown"      // name
	CodePeerMany         Code = "peer-many"         // name
	CodeKeyMissing       Code = "key-missing"       // path
	CodePassphraseWeak   Code = "passphrase-weak"   // -
	CodeNothingToSend    Code = "nothing-to-send"   // name
	CodeBundleNotOne     Code = "bundle-not-one"    // path
	CodeBundleUnreadable Code = "bundle-unreadable" // path
	CodeBundleNewer      Code = "bundle-newer"      // path, version, known
	CodeBundleCutOff     Code = "bundle-cut-off"    // path
	CodeBundleChanged    Code = "bundle-changed"    // path
	CodeBundleNotForUs   Code = "bundle-not-for-us" // path
	CodePassphraseNeeded Code = "passphrase-needed" // path
	CodePassphraseWrong  Code = "passphrase-wrong"  // path
	CodeDeskUnknown      Code = "desk-unknown"      // path, name, fingerprint
	CodeBundleGap        Code = "bundle-gap"        // path, name, first, last, since
	CodeStickFull        Code = "stick-full"        // path, need, free
	CodeStickReadOnly    Code = "stick-read-only"   // path
	CodeStickGone        Code = "stick-gone"        // path
	CodeStickUnsound     Code = "stick-unsound"     // path
	CodeReceiptBad       Code = "receipt-bad"       // path
	CodeUndoNone         Code = "undo-none"         // -
	CodeUndoStands       Code = "undo-stands"       // file
	CodeNoClash          Code = "no-clash"          // id

	CodeIntakeMissing Code = "intake-missing"  // path
	CodeIntakeTooBig  Code = "intake-too-big"  // path, max
	CodeIntakeEmpty   Code = "intake-empty"    // path
	CodeIntakeOldWord Code = "intake-old-word" // path
	CodeIntakeDocx    Code = "intake-docx"     // path
	CodeIntakeNotText Code = "intake-not-text" // path

	CodeIntakeAgain    Code = "intake-again"     // at, author, batch
	CodeIntakeNothing  Code = "intake-nothing"   // left
	CodeIntakeNewItems Code = "intake-new-items" // names
	CodeIntakeOther    Code = "intake-other"     // item
	CodeIntakeNoUnit   Code = "intake-no-unit"   // item
	CodeIntakePart     Code = "intake-part"      // item
	CodeIntakeRate     Code = "intake-rate"      // item
	CodeIntakeUnplaced Code = "intake-unplaced"  // item
	CodeIntakeMeasure  Code = "intake-measure"   // item, measure, counted
	CodeIntakeNoSite   Code = "intake-no-site"   // item
	CodeIntakeRooms    Code = "intake-rooms"     // site, stated, rooms
	CodeIntakeUntold   Code = "intake-untold"    // site, stated, rooms when known

	CodeBookTooBig   Code = "book-too-big"  // path, max
	CodeBookOld      Code = "book-old"      // path
	CodeBookBad      Code = "book-bad"      // path
	CodeBookTable    Code = "book-table"    // path
	CodeBookLong     Code = "book-long"     // sheet, max
	CodeBookWide     Code = "book-wide"     // sheet, max
	CodeBookLayout   Code = "book-layout"   // path
	CodeBookSheet    Code = "book-sheet"    // name, sheets
	CodeBookColumn   Code = "book-column"   // column
	CodeBookNoDay    Code = "book-no-day"   // -
	CodeBookBlank    Code = "book-blank"    // column
	CodeBookError    Code = "book-error"    // text
	CodeBookFaults   Code = "book-faults"   // n, good
	CodeBookUnmarked Code = "book-unmarked" // sheet
	CodeBookUnread   Code = "book-unread"   // at
)

// Error is a refusal: Code for the program, Args for the sentence a person
// reads. Nothing was changed when an Error is returned.
type Error struct {
	Code Code
	// Args are name, value pairs that fill the sentence's {name} places.
	Args []any
	// Cause is the technical error beneath, for the log; may be nil.
	Cause error
}

// Refuse makes an *Error from a code and name, value pairs.
func Refuse(code Code, args ...any) *Error { return &Error{Code: code, Args: args} }

func refuse(code Code, args ...any) *Error { return Refuse(code, args...) }

// Because attaches the technical cause, which goes to the log.
func (e *Error) Because(cause error) *Error { e.Cause = cause; return e }

// Error gives the code and its arguments, for logs. A person reads the
// sentence that package words makes of it.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	for i := 0; i+1 < len(e.Args); i += 2 {
		fmt.Fprintf(&b, " %v=%v", e.Args[i], e.Args[i+1])
	}
	if e.Cause != nil {
		fmt.Fprintf(&b, ": %v", e.Cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is an *Error of the same code, so that
// errors.Is(err, Refuse(CodeX)) works whatever the arguments.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf returns the code of err, or CodeInternal when err is none of ours,
// or "" when err is nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return CodeInternal
}
