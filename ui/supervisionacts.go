package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// key answers the keys of both views.
func (sc *supervisionScreen) key(k *fyne.KeyEvent) bool {
	switch k.Name {
	case fyne.KeyF2:
		sc.act(problemCorrect, inspectionCorrect)
	case fyne.KeyDelete:
		sc.act(problemVoid, inspectionVoid)
	case fyne.KeyInsert:
		sc.addInspection()
	default:
		return false
	}
	return true
}

// rune answers the digits, which come through also while a Chinese input method
// is on.
func (sc *supervisionScreen) rune(r rune) bool {
	switch r {
	case '1', '１':
		if sc.view == viewBoard {
			sc.actProblem(problemRectify)
		}
	case '2', '２':
		if sc.view == viewBoard {
			sc.actProblem(problemClose)
		}
	case '3', '３':
		sc.addProblem()
	default:
		return false
	}
	return true
}

// act does one thing or the other, by the view.
func (sc *supervisionScreen) act(p problemAction, i inspectionAction) {
	if sc.view == viewBoard {
		sc.actProblem(p)
	} else {
		sc.actInspection(i)
	}
}

// showDetail shows the chosen record of the view.
func (sc *supervisionScreen) showDetail() {
	today := ledger.DayOf(sc.session.Now())
	id := sc.board.chosen
	if sc.view == viewTable {
		id = sc.table.chosen()
	}
	if p, ok := sc.problem(id); ok {
		in, _ := sc.inspection(p.Value.Inspection)
		sc.detail.showProblem(p, in, sc.rows.dir, today)
	} else if in, ok := sc.inspection(id); ok {
		sc.detail.showInspection(in, sc.problemsOf(id), sc.rows.dir, today)
	} else {
		id = 0
		sc.detail.empty(sc.emptySentence())
	}
	sc.panel.root.Hidden = id == 0
	relayout(sc.side)
	sc.panel.show(id)
}

// emptySentence says what to do while nothing is chosen.
func (sc *supervisionScreen) emptySentence() string {
	if sc.view == viewTable {
		return words.T("supervision.choose-inspection")
	}
	return words.T("supervision.choose-problem")
}

func (sc *supervisionScreen) problemsOf(inspection ledger.ID) []ledger.Row[ledger.Problem] {
	var list []ledger.Row[ledger.Problem]
	for _, p := range sc.rows.problems {
		if p.Value.Inspection == inspection {
			list = append(list, p)
		}
	}
	return list
}

// actProblem does something with the problem chosen on the board.
func (sc *supervisionScreen) actProblem(a problemAction) {
	row, ok := sc.problem(sc.board.chosen)
	if !ok {
		sc.session.Notify(words.T("supervision.choose-problem"), nil)
		return
	}
	if a == problemNext {
		a = problemRectify
		if row.Value.State == ledger.StateRectified {
			a = problemClose
		}
	}
	if row.Value.State == ledger.StateClosed && (a == problemRectify || a == problemClose) {
		sc.session.Refuse(ledger.Refuse(ledger.CodeProblemClosed, "id", sc.session.Reader.IDText(row.ID)))
		return
	}
	switch a {
	case problemRectify:
		showRectifyForm(sc.session, sc.rows.dir, row)
	case problemClose:
		showCloseForm(sc.session, sc.rows.dir, row)
	case problemCorrect:
		showProblemCorrection(sc.session, sc.rows.dir, row)
	case problemVoid:
		voidRecord(sc.session, words.T("forms.problem.void", "text", short(row.Value.Text)), row.ID, words.T("forms.voided"))
	}
}

// short cuts a text for a title.
func short(text string) string {
	r := []rune(strings.ReplaceAll(text, "\n", " "))
	if len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return string(r)
}

// actInspection does something with the inspection chosen in the table.
func (sc *supervisionScreen) actInspection(a inspectionAction) {
	row, ok := sc.inspection(sc.table.chosen())
	if !ok {
		sc.session.Notify(words.T("supervision.choose-inspection"), nil)
		return
	}
	switch a {
	case inspectionAddProblem:
		showProblemForm(sc.session, sc.rows.dir, row, sc.rows.listed[row.ID])
	case inspectionCorrect:
		showInspectionCorrection(sc.session, sc.rows.dir, row)
	case inspectionVoid:
		voidRecord(sc.session, words.T("forms.inspection.void", "unit", sc.rows.dir.unitName(row.Value.Unit),
			"day", row.Value.Day), row.ID, words.T("forms.voided"))
	}
}

func (sc *supervisionScreen) addInspection() { showInspectionForm(sc.session, sc.rows.dir, 0) }

// addProblem lists a problem under the inspection chosen in the table, or under
// that of the problem chosen on the board; without either it shows the table to
// choose one.
func (sc *supervisionScreen) addProblem() {
	id := sc.table.chosen()
	if sc.view == viewBoard {
		id = 0
		if p, ok := sc.problem(sc.board.chosen); ok {
			id = p.Value.Inspection
		}
	}
	in, ok := sc.inspection(id)
	if !ok {
		sc.showView(viewTable)
		sc.focusRows()
		sc.session.Notify(words.T("supervision.choose-inspection"), nil)
		return
	}
	showProblemForm(sc.session, sc.rows.dir, in, sc.rows.listed[in.ID])
}

func (sc *supervisionScreen) copy() {
	if n := sc.table.copy(); n > 0 {
		sc.session.Notify(words.T("supervision.copied", "count", n), nil)
	}
}

// export asks for the file and writes the inspections shown to it.
func (sc *supervisionScreen) export() {
	s := sc.session
	if s.Services.ExportXLSX == nil {
		return
	}
	name := words.T("supervision.export.file", "day", ledger.DayOf(s.Now()).String())
	c := newFile(s, words.T("supervision.export.title", "count", len(sc.table.rows)), words.T("supervision.export"), name, ".xlsx")
	c.start = func(file string) (func() error, func(), error) {
		table := sc.table.sheet()
		return func() error { return s.Services.ExportXLSX(context.Background(), file, table) },
			func() { s.Notify(words.T("supervision.exported", "file", file), nil) }, nil
	}
	c.show()
}
