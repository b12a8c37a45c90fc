package ui

import (
	"context"
	"strconv"
	"strings"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// correctReasons are the usual reasons for a correction, the likeliest first.
func correctReasons() []string {
	return []string{words.T("publicity.reason.slip"), words.T("publicity.reason.unit"),
		words.T("publicity.reason.checked"), words.T("publicity.reason.late")}
}

// voidReasons are the usual reasons for a void, the likeliest first.
func voidReasons() []string {
	return []string{words.T("publicity.reason.double"), words.T("publicity.reason.slip"),
		words.T("publicity.reason.notours"), words.T("publicity.reason.unit")}
}

// findReason offers the usual reasons that begin with what was typed. Reasons
// are no records: their ids only number them.
func findReason(usual []string) func(string) []suggestion {
	return func(text string) []suggestion {
		var found []suggestion
		for i, r := range usual {
			if strings.HasPrefix(r, text) {
				found = append(found, suggestion{ID: ledger.ID(i + 1), Name: r})
			}
		}
		return found
	}
}

// usualReason asks why and is filled in with the likeliest reason, so that Enter
// is enough; any other may be written.
func usualReason(usual []string) sheetField {
	return sheetField{Key: "reason", Label: words.T("publicity.reason"), Kind: fieldFind, Find: findReason(usual),
		Chosen: suggestion{ID: 1, Name: usual[0]}}
}

// reasonSheet is newSheet for fields of which the last is usualReason: once a
// reason was picked the button that agrees has the keyboard, so that Enter and
// Enter again is all it takes.
func reasonSheet(s *Session, title string, fields []sheetField, submitLabel string) *sheet {
	sh := newSheet(s, s.Window.Canvas(), title, fields, submitLabel)
	if reason, ok := sh.fields[len(sh.fields)-1].(*findInput); ok {
		reason.names.onNext = func() { sh.canvas.Focus(sh.ok) }
	}
	return sh
}

// reasonGiven is what stands in the field of usualReason.
func reasonGiven(values map[string]string) (string, error) {
	if r := strings.TrimSpace(values["reason.text"]); r != "" {
		return r, nil
	}
	return "", ledger.Refuse(ledger.CodeReasonEmpty)
}

// correct opens the form with the row's fields; Enter in any of them saves.
func (p *publicityScreen) correct() {
	row, ok := p.chosenRow()
	if !ok || p.s.Window == nil {
		return
	}
	v, dir := row.Value, p.rows.dir
	text := func(key string) string { return words.T("history.field." + key) }
	fields := []sheetField{
		{Key: "quantity", Label: text("quantity"), Kind: fieldNumber, Value: words.Quantity(v.Quantity),
			Measure: dir.item[v.Item].Value.Measure},
		{Key: "day", Label: text("day"), Kind: fieldNumber, Value: v.Day.String()},
		{Key: "unit", Label: text("unit"), Kind: fieldFind, Chosen: dir.chosenUnit(v.Unit), Find: dir.unitNames.find},
		{Key: "item", Label: text("item"), Kind: fieldFind, Chosen: dir.chosenItem(v.Item), Find: dir.itemNames.find},
		{Key: "note", Label: text("note"), Value: v.Note},
		usualReason(correctReasons()),
	}
	number := p.s.Reader.IDText(row.ID)
	sh := reasonSheet(p.s, words.T("publicity.correct.title", "record", number), fields, words.T("publicity.correct.save"))
	sh.head.Add(gapBelow(look.Quiet(words.T("publicity.correct.hint"))))
	sh.start = func(values map[string]string) (func() error, func(), error) {
		next, err := p.readCorrection(dir, values)
		if err != nil {
			return nil, nil, err
		}
		reason, err := reasonGiven(values)
		return func() error { return p.s.Book.Correct(context.Background(), row.ID, next, reason) },
			func() { revised(p.s, words.T("publicity.corrected", "record", number)) }, err
	}
	sh.show()
}

// readCorrection makes the record of the form's fields.
func (p *publicityScreen) readCorrection(dir *directory, values map[string]string) (*ledger.Publicity, error) {
	next := &ledger.Publicity{Note: strings.TrimSpace(values["note"])}
	var err error
	if next.Unit, err = namedID(values, "unit", ledger.CodeUnitUnknown, &dir.unitNames); err != nil {
		return nil, err
	}
	if next.Item, err = namedID(values, "item", ledger.CodeItemUnknown, &dir.itemNames); err != nil {
		return nil, err
	}
	if next.Day, err = ledger.ParseDay(values["day"], ledger.DayOf(p.s.Now())); err != nil {
		return nil, err
	}
	quantity, measure, err := ledger.SplitQuantity(values["quantity"])
	if err == nil && measure != "" && measure != dir.item[next.Item].Value.Measure {
		err = ledger.Refuse(ledger.CodeQuantitySyntax, "text", values["quantity"])
	}
	next.Quantity = quantity
	return next, err
}

// namedID is the record that a field of names holds; a name that is in no list
// is refused with the nearest ones.
func namedID(values map[string]string, key string, code ledger.Code, names *nameFinder) (ledger.ID, error) {
	if n, err := strconv.ParseInt(values[key], 10, 64); err == nil && n != 0 {
		return ledger.ID(n), nil
	}
	text := values[key+".text"]
	return 0, ledger.Refuse(code, "name", text, "nearest", names.nearest(text))
}

// mostVoided bounds how many entries one reason voids: what a person can look
// over in the table.
const mostVoided = 100

// void takes the selected rows out of every figure, with one reason for all.
func (p *publicityScreen) void() {
	if _, ok := p.chosenRow(); !ok || p.s.Window == nil {
		return
	}
	var list []ledger.ID
	for _, row := range p.selectedRows(mostVoided) {
		if !row.Voided {
			list = append(list, row.ID)
		}
	}
	title := words.T("publicity.void.title", "record", p.s.Reader.IDText(list[0]))
	if len(list) > 1 {
		title = words.T("publicity.void.several", "n", len(list))
	}
	sh := reasonSheet(p.s, title, []sheetField{usualReason(voidReasons())}, words.T("publicity.void.save"))
	sh.head.Add(gapBelow(look.Quiet(words.T("publicity.void.hint"))))
	sh.ok.SetStyle(look.Danger)
	sh.start = func(values map[string]string) (func() error, func(), error) {
		reason, err := reasonGiven(values)
		return func() error { return p.voidAll(list, reason) }, func() { p.voidedAll(list) }, err
	}
	sh.show()
}

func (p *publicityScreen) voidAll(list []ledger.ID, reason string) error {
	for _, id := range list {
		if err := p.s.Book.Void(context.Background(), id, reason); err != nil {
			return err
		}
	}
	return nil
}

// voidedAll tells what was done and offers to take it back.
func (p *publicityScreen) voidedAll(list []ledger.ID) {
	p.s.Changed()
	p.s.Notify(words.T("publicity.voided.done", "n", len(list)), func() {
		for _, id := range list {
			p.restoreRecord(id)
		}
	})
}

// restoreRecord brings a voided record back.
func (p *publicityScreen) restoreRecord(id ledger.ID) {
	var err error
	p.s.Tasks.Do(func() {
		err = p.s.Book.Restore(context.Background(), id, words.T("publicity.reason.restore"))
	}, func() {
		if err != nil {
			p.s.Refuse(err)
			return
		}
		revised(p.s, words.T("publicity.restored", "record", p.s.Reader.IDText(id)))
	})
}
