package ui

import (
	"context"
	"strconv"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// readID reads the value of a fieldFind; a name that was not found is refused
// with code and the nearest names.
func readID(v map[string]string, key string, code ledger.Code, names *nameFinder) (ledger.ID, error) {
	n, err := strconv.ParseInt(v[key], 10, 64)
	if err == nil && n != 0 {
		return ledger.ID(n), nil
	}
	text := v[key+".text"]
	var nearest []string
	if names != nil && text != "" {
		nearest = names.nearest(text)
	}
	return 0, ledger.Refuse(code, "name", text, "nearest", nearest)
}

func unitField(dir *directory, chosen ledger.ID, label string) sheetField {
	f := sheetField{Key: "unit", Label: label, Kind: fieldFind, Find: dir.unitNames.find, Hint: words.T("forms.unit.hint")}
	f.Chosen = dir.chosenUnit(chosen)
	return f
}

// dayText writes a day for a field, as ledger.ParseDay reads it back.
func dayText(d ledger.Day) string { return d.String() }

// defaultDays is how long after the inspection a deadline lies unless another
// is typed.
const defaultDays = 7

func problemFields(dir *directory, p ledger.Problem) []sheetField {
	return []sheetField{
		{Key: "text", Label: words.T("kind.problem"), Kind: fieldLong, Value: p.Text},
		{Key: "directive", Label: words.T("field.directive"), Kind: fieldLong, Value: p.Directive},
		unitField(dir, p.Unit, words.T("forms.problem.unit")),
		{Key: "deadline", Label: words.T("forms.problem.deadline"), Kind: fieldNumber, Value: dayText(p.Deadline),
			Hint: words.T("forms.problem.deadline.hint")},
	}
}

// readProblem reads the form into a copy of before, which keeps its state.
func readProblem(s *Session, dir *directory, v map[string]string, before ledger.Problem) (*ledger.Problem, error) {
	unit, err := readID(v, "unit", ledger.CodeUnitUnknown, &dir.unitNames)
	if err != nil {
		return nil, err
	}
	deadline, err := ledger.ParseDeadline(v["deadline"], ledger.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	before.Text, before.Directive, before.Unit, before.Deadline = v["text"], v["directive"], unit, deadline
	return &before, nil
}

// showProblemForm lists a problem under an inspection.
func showProblemForm(s *Session, dir *directory, in ledger.Row[ledger.Inspection], listed int64) {
	start := ledger.Problem{Inspection: in.ID, Unit: in.Value.Unit, State: ledger.StateOpen,
		Deadline: max(in.Value.Day, ledger.DayOf(s.Now())).AddDays(defaultDays)}
	sh := newSheet(s, s.Window.Canvas(), words.T("forms.problem.title"), problemFields(dir, start), words.T("forms.add"))
	sh.head.Add(gapBelow(newParagraph(words.T("forms.problem.under", "unit", dir.unitName(in.Value.Unit),
		"day", in.Value.Day.String(), "form", words.Form(in.Value.Form), "listed", listed, "counted", in.Value.Problems),
		look.SizeBody, look.ColourQuiet)))
	if listed >= in.Value.Problems {
		// Said before anything is typed in vain.
		sh.sentence.SetText(words.Sentence(ledger.Refuse(ledger.CodeProblemsOver, "counted", in.Value.Problems, "listed", listed+1)))
		sh.sentence.Show()
	}
	sh.start = func(v map[string]string) (func() error, func(), error) {
		p, err := readProblem(s, dir, v, start)
		if err != nil {
			return nil, nil, err
		}
		var id ledger.ID
		work := func() (err error) {
			id, err = s.Book.Record(context.Background(), p)
			return err
		}
		return work, func() { recorded(s, id, words.T("forms.problem.done", "unit", dir.unitName(p.Unit))) }, nil
	}
	sh.show()
}

// showProblemCorrection corrects a problem's text, directive, unit or deadline.
func showProblemCorrection(s *Session, dir *directory, row ledger.Row[ledger.Problem]) {
	showCorrection(s, words.T("forms.problem.correct"), problemFields(dir, row.Value), row.ID,
		func(v map[string]string) (ledger.Record, error) { return readProblem(s, dir, v, row.Value) })
}

// problemHead is the problem and its directive above the form that changes its
// state.
func problemHead(dir *directory, p ledger.Problem) fyneObject {
	return gapBelow(stacked(look.Half, newParagraph(p.Text, look.SizeBody, look.ColourText).limited(3),
		newParagraph(words.T("forms.problem.of", "unit", dir.unitName(p.Unit), "directive", p.Directive),
			look.SizeSmall, look.ColourQuiet).limited(3)))
}

// showRectifyForm notes what the unit says it has done.
func showRectifyForm(s *Session, dir *directory, row ledger.Row[ledger.Problem]) {
	sh := newSheet(s, s.Window.Canvas(), words.T("forms.rectify.title"), []sheetField{
		{Key: "text", Label: words.T("field.rectified"), Kind: fieldLong, Value: row.Value.Rectified, Hint: words.T("forms.rectify.hint")},
	}, words.T("forms.rectify"))
	sh.head.Add(problemHead(dir, row.Value))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		if v["text"] == "" {
			return nil, nil, ledger.Refuse(ledger.CodeRectifyEmpty)
		}
		return func() error { return s.Book.Rectify(context.Background(), row.ID, v["text"]) },
			func() { revised(s, words.T("forms.rectify.done")) }, nil
	}
	sh.show()
}

// showCloseForm closes a problem: what the team saw, and a second person.
func showCloseForm(s *Session, dir *directory, row ledger.Row[ledger.Problem]) {
	sh := newSheet(s, s.Window.Canvas(), words.T("forms.close.title"), []sheetField{
		{Key: "evidence", Label: words.T("field.evidence"), Kind: fieldLong, Hint: words.T("forms.close.evidence")},
		{Key: "second", Label: words.T("field.second"), Hint: words.T("forms.close.second")},
	}, words.T("forms.close"))
	sh.head.Add(problemHead(dir, row.Value))
	if row.Value.Rectified != "" {
		sh.head.Add(gapBelow(newParagraph(words.T("forms.close.claimed", "text", row.Value.Rectified),
			look.SizeBody, look.ColourText).limited(4)))
	}
	sh.start = func(v map[string]string) (func() error, func(), error) {
		return func() error { return s.Book.Close(context.Background(), row.ID, v["evidence"], v["second"]) },
			func() { revised(s, words.T("forms.close.done")) }, nil
	}
	sh.show()
}
