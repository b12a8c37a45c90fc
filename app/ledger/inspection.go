package ledger

// Form is how a visit was made.
type Form uint8

// The forms of inspection.
const (
	FormAnnounced   Form = 1 // 明察
	FormUnannounced Form = 2 // 暗访
	FormSpecial     Form = 3 // 专项
)

// Forms lists the forms in display order.
var Forms = []Form{FormAnnounced, FormUnannounced, FormSpecial}

// String is the form's code name: announced, unannounced or special.
func (f Form) String() string {
	switch f {
	case FormAnnounced:
		return "announced"
	case FormUnannounced:
		return "unannounced"
	case FormSpecial:
		return "special"
	}
	return "form"
}

// ParseForm reads 明察, 暗访, 专项 (either script, also as 明查, 暗查) or the code name.
func ParseForm(s string) (Form, error) {
	switch s {
	case "announced", "明察", "明查":
		return FormAnnounced, nil
	case "unannounced", "暗访", "暗訪", "暗查":
		return FormUnannounced, nil
	case "special", "专项", "專項":
		return FormSpecial, nil
	}
	return 0, refuse(CodeVisitForm, "text", s)
}

// Inspection is one or more visits to a unit. A report may give totals only, so
// it carries its own counts; problems listed one by one never exceed Problems.
type Inspection struct {
	Unit       ID
	Day        Day
	Form       Form
	Visits     int64 // at least 1
	Problems   int64
	Directives int64
	Note       string
}

// Kind is KindInspection.
func (*Inspection) Kind() Kind { return KindInspection }

func (i *Inspection) check() error {
	if i.Form < FormAnnounced || i.Form > FormSpecial {
		return refuse(CodeVisitForm, "text", i.Form.String())
	}
	if err := firstError(checkCount("visits", i.Visits), checkCount("problems", i.Problems),
		checkCount("directives", i.Directives), checkText("note", i.Note, MaxText)); err != nil {
		return err
	}
	if i.Visits == 0 {
		return refuse(CodeVisitsNone)
	}
	return nil
}

func (i *Inspection) encode(e *encoder) {
	e.id(i.Unit)
	e.int(int64(i.Day))
	e.uint(uint64(i.Form))
	e.int(i.Visits)
	e.int(i.Problems)
	e.int(i.Directives)
	e.text(i.Note)
}

func (i *Inspection) decode(r *decoder) {
	i.Unit, i.Day, i.Form = r.id(), r.day(), Form(r.small())
	i.Visits, i.Problems, i.Directives, i.Note = r.int(), r.int(), r.int(), r.text()
}

// State is where a problem stands. Overdue is derived, not a state.
type State uint8

// The states of a problem.
const (
	StateOpen      State = 1 // found
	StateRectified State = 2 // put right, claims the unit
	StateClosed    State = 3 // 销号: verified by the team
)

// String is the state's code name: open, rectified or closed.
func (s State) String() string {
	switch s {
	case StateOpen:
		return "open"
	case StateRectified:
		return "rectified"
	case StateClosed:
		return "closed"
	}
	return "state"
}

// Problem is one problem found by an inspection, with its directive: what must
// be done, by whom, by when.
type Problem struct {
	Inspection ID
	Unit       ID // responsible
	Text       string
	Directive  string
	Deadline   Day
	State      State
	Rectified  string // what the unit says it did
	Evidence   string // what the team saw
	Second     string // the second person who vouches for it
	StateDay   Day    // the day the state was reached
}

// Kind is KindProblem.
func (*Problem) Kind() Kind { return KindProblem }

func (p *Problem) check() error {
	if p.Text == "" {
		return refuse(CodeProblemText)
	}
	if p.Directive == "" {
		return refuse(CodeDirectiveEmpty)
	}
	if err := firstError(checkText("text", p.Text, MaxText), checkText("directive", p.Directive, MaxText),
		checkText("rectified", p.Rectified, MaxText), checkText("evidence", p.Evidence, MaxText),
		checkText("second", p.Second, MaxName)); err != nil {
		return err
	}
	if p.State == StateRectified && p.Rectified == "" {
		return refuse(CodeRectifyEmpty)
	}
	if p.State == StateClosed && p.Evidence == "" {
		return refuse(CodeEvidenceEmpty)
	}
	if p.State == StateClosed && p.Second == "" {
		return refuse(CodeSecondEmpty)
	}
	return nil
}

// Overdue reports whether the deadline has passed on today without the problem
// being closed. A unit's claim alone does not stop the clock.
func (p *Problem) Overdue(today Day) bool { return p.State != StateClosed && p.Deadline < today }

// DueSoonDays is how many days before its deadline a problem turns yellow.
const DueSoonDays = 3

// DueSoon reports whether the deadline is today or within DueSoonDays.
func (p *Problem) DueSoon(today Day) bool {
	return p.State != StateClosed && !p.Overdue(today) && p.Deadline-today <= DueSoonDays
}

func (p *Problem) encode(e *encoder) {
	e.id(p.Inspection)
	e.id(p.Unit)
	e.text(p.Text)
	e.text(p.Directive)
	e.int(int64(p.Deadline))
	e.uint(uint64(p.State))
	e.text(p.Rectified)
	e.text(p.Evidence)
	e.text(p.Second)
	e.int(int64(p.StateDay))
}

func (p *Problem) decode(r *decoder) {
	p.Inspection, p.Unit, p.Text, p.Directive = r.id(), r.id(), r.text(), r.text()
	p.Deadline, p.State = r.day(), State(r.small())
	p.Rectified, p.Evidence, p.Second, p.StateDay = r.text(), r.text(), r.text(), r.day()
}
