package ui

import (
	"context"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

func inspectionFields(dir *directory, v ledger.Inspection) []sheetField {
	var forms []string
	for _, f := range ledger.Forms {
		forms = append(forms, words.Form(f))
	}
	count := func(key string, n int64) sheetField {
		return sheetField{Key: key, Label: words.T("field." + key), Kind: fieldNumber, Value: ledger.GroupDigits(n),
			Measure: words.T("forms.measure." + key)}
	}
	return []sheetField{
		unitField(dir, v.Unit, words.T("kind.unit")),
		{Key: "day", Label: words.T("forms.day"), Kind: fieldNumber, Value: dayText(v.Day), Hint: words.T("forms.day.hint")},
		{Key: "form", Label: words.T("forms.inspection.form"), Kind: fieldChoice, Options: forms, Value: choiceText(int(v.Form) - 1)},
		count("visits", v.Visits), count("problems", v.Problems), count("directives", v.Directives),
		{Key: "note", Label: words.T("field.note"), Value: v.Note},
	}
}

func readInspection(s *Session, dir *directory, v map[string]string) (*ledger.Inspection, error) {
	unit, err := readID(v, "unit", ledger.CodeUnitUnknown, &dir.unitNames)
	if err != nil {
		return nil, err
	}
	day, err := ledger.ParseDay(v["day"], ledger.DayOf(s.Now()))
	if err != nil {
		return nil, err
	}
	n, err := readCounts(v, "visits", "problems", "directives")
	if err != nil {
		return nil, err
	}
	return &ledger.Inspection{Unit: unit, Day: day, Form: ledger.Forms[min(choice(v["form"]), len(ledger.Forms)-1)],
		Visits: n["visits"], Problems: n["problems"], Directives: n["directives"], Note: v["note"]}, nil
}

// showInspectionForm records an inspection; unit may be 0.
func showInspectionForm(s *Session, dir *directory, unit ledger.ID) {
	start := ledger.Inspection{Unit: unit, Day: ledger.DayOf(s.Now()), Form: ledger.FormAnnounced, Visits: 1}
	sh := newSheet(s, s.Window.Canvas(), words.T("forms.inspection.title"), inspectionFields(dir, start), words.T("forms.add"))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		in, err := readInspection(s, dir, v)
		if err != nil {
			return nil, nil, err
		}
		var id ledger.ID
		work := func() (err error) {
			id, err = s.Book.Record(context.Background(), in)
			return err
		}
		return work, func() { recorded(s, id, words.T("forms.inspection.done", "unit", dir.unitName(in.Unit))) }, nil
	}
	sh.show()
	if unit != 0 {
		s.Window.Canvas().Focus(sh.fields[2].focusable())
	}
}

// showInspectionCorrection corrects an inspection.
func showInspectionCorrection(s *Session, dir *directory, row ledger.Row[ledger.Inspection]) {
	showCorrection(s, words.T("forms.inspection.correct"), inspectionFields(dir, row.Value), row.ID,
		func(v map[string]string) (ledger.Record, error) { return readInspection(s, dir, v) })
}
