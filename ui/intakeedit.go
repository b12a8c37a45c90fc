package ui

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// intakeChoices are the ledgers in the order of the sheet's first field.
var intakeChoices = []intake.Ledger{intake.Publicity, intake.Isolation, intake.Supervision, intake.Other}

// edit opens a row in a sheet.
func (p *intakeScreen) edit(i int) {
	if i < 0 || i >= len(p.rows) || len(p.known) > 0 || p.rows[i].batch != 0 {
		return
	}
	e := &intakeEdit{p: p, at: i, draft: *p.rows[i]}
	p.editing = e
	e.show(e.first())
}

// first is the field that an edit is most likely about: what is missing, or the item.
func (e *intakeEdit) first() int {
	switch {
	case e.draft.Ledger == intake.Other:
		return 0
	case e.draft.Ledger == intake.Isolation && e.draft.Site != 0 && e.draft.Tally == intake.Rooms:
		return 4 // occupied rooms
	case e.draft.Ledger == intake.Isolation && e.draft.Site == 0:
		return 1
	}
	return 3 // behind ledger, unit and day
}

// intakeEdit is the sheet in which one row is changed. Another ledger asks for other
// fields: the sheet is then made anew.
type intakeEdit struct {
	p     *intakeScreen
	at    int
	draft intakeRow
	sheet *sheet
}

// show opens the sheet with the keyboard in one of its fields.
func (e *intakeEdit) show(field int) {
	s := e.p.s
	sh := newSheet(s, s.Window.Canvas(), words.T("paste.edit.title"), e.fields(), words.T("paste.edit.save"))
	e.sheet = sh
	sh.head.Add(gapBelow(newParagraph(quote([]rune(e.p.report.text), e.draft.Found), look.SizeBody, look.ColourQuiet).limited(3)))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		err := e.read(v)
		if told := sentenceError(""); errors.As(err, &told) {
			sh.say(string(told))
			return nil, nil, errGone
		}
		if err != nil {
			return nil, nil, err
		}
		if e.p.asksMore(&e.draft, v) {
			sh.close()
			e.show(4)
			return nil, nil, errGone
		}
		return nil, e.done, nil
	}
	sh.show()
	sh.onChange = func(v map[string]string) {
		switch to := intakeChoices[choice(v["ledger"])]; {
		case to != e.draft.Ledger:
			e.keep(v)
			e.draft.Ledger, e.draft.Tally = to, intake.NoTally
			if to == intake.Isolation {
				e.draft.Tally = intake.Rooms
			}
			sh.close()
			e.show(0)
		case to == intake.Isolation && tallyIn(v, intake.RoomTallies) != e.draft.Tally:
			e.keep(v)
			e.draft.Tally = tallyIn(v, intake.RoomTallies)
			sh.close()
			e.show(2)
		case to == intake.Supervision && tallyIn(v, intake.InspectionTallies) != e.draft.Tally && e.draft.Tally != intake.NoTally:
			e.keep(v)
			e.draft.Tally = tallyIn(v, intake.InspectionTallies)
			sh.close()
			e.show(3)
		case to == intake.Publicity && e.draft.Item == 0 && v["item"] != "" && v["measure"] != "":
			e.keep(v) // a known item has its own measure word
			e.draft.Item = itemIn(v)
			sh.close()
			e.show(3)
			if err := e.p.otherMeasure(e.draft.Item, v["measure"]); err != nil {
				e.sheet.say(err.Error())
			}
		}
	}
	sh.canvas.Focus(sh.fields[field].focusable())
}

// keep takes over what has been typed into a sheet that is made anew, as far as it can
// be read.
func (e *intakeEdit) keep(v map[string]string) {
	before := e.draft
	if e.readUnitAndDay(v) != nil {
		e.draft = before
	}
	if _, asked := v["unit"]; !asked {
		e.draft.Unit = before.Unit
	}
	if q, _, err := ledger.SplitQuantity(v["quantity"]); err == nil {
		e.draft.Quantity = q
	}
}

// otherMeasure says that an item is not counted by the measure word typed, if one is.
func (p *intakeScreen) otherMeasure(item ledger.ID, typed string) error {
	known := p.dir.item[item].Value
	if typed == "" || typed == known.Measure {
		return nil
	}
	return sentenceError(words.T("entry.othermeasure", "item", known.Name, "measure", known.Measure, "typed", typed))
}

// itemIn is the known item that was taken, 0 for none.
func itemIn(v map[string]string) ledger.ID {
	n, _ := strconv.ParseInt(v["item"], 10, 64)
	return ledger.ID(n)
}

// asksMore reports whether the sheet must ask for the measure word of an item that
// has just become a new one.
func (p *intakeScreen) asksMore(draft *intakeRow, v map[string]string) bool {
	_, asked := v["measure"]
	return draft.Ledger == intake.Publicity && draft.Item == 0 && !asked
}

// quote is the sentence around what was found, with it in brackets.
func quote(text []rune, c intake.Candidate) string {
	const around = 24
	start, end := max(0, c.Start-around), min(len(text), c.End+around)
	for i := c.Start - 1; i >= start; i-- {
		if text[i] == '\n' || text[i] == '。' {
			start = i + 1
		}
	}
	for i := end - 1; i >= c.End; i-- {
		if text[i] == '\n' || text[i] == '。' {
			end = i
		}
	}
	return flat([]rune("…" + string(text[start:c.Start]) + "【" + string(text[c.Start:c.End]) + "】" + string(text[c.End:end]) + "…"))
}

// fields are those of the draft's ledger.
func (e *intakeEdit) fields() []sheetField {
	var names []string
	at := 0
	for i, l := range intakeChoices {
		names = append(names, words.T("paste.ledger."+l.String()))
		if l == e.draft.Ledger {
			at = i
		}
	}
	fields := []sheetField{{Key: "ledger", Label: words.T("paste.column.ledger"), Kind: fieldChoice, Options: names, Value: choiceText(at)}}
	switch e.draft.Ledger {
	case intake.Publicity:
		return append(fields, e.publicityFields()...)
	case intake.Isolation:
		return append(fields, e.isolationFields()...)
	case intake.Supervision:
		return append(fields, e.supervisionFields()...)
	}
	return fields
}

func (e *intakeEdit) unitAndDay() []sheetField {
	unit := unitField(e.p.dir, e.draft.Unit, words.T("kind.unit"))
	day := sheetField{Key: "day", Label: words.T("forms.day"), Kind: fieldNumber, Hint: words.T("forms.day.hint")}
	if t, err := e.p.terms(); err == nil {
		day.Hint = words.T("paste.edit.top", "value", t.Day.String())
		if t.Unit != 0 {
			unit.Hint = words.T("paste.edit.top", "value", e.p.dir.unitName(t.Unit))
		}
	}
	if e.draft.Dated {
		day.Value = dayText(e.draft.Day)
	}
	return []sheetField{unit, day}
}

func (e *intakeEdit) amount(measure string) sheetField {
	f := sheetField{Key: "quantity", Label: words.T("entry.quantity"), Kind: fieldNumber, Measure: measure, Hint: words.T("entry.quantity.hint")}
	if e.draft.Quantity.Value > 0 {
		f.Value = e.draft.Quantity.String()
	}
	return f
}

func (e *intakeEdit) publicityFields() []sheetField {
	item := sheetField{Key: "item", Label: words.T("entry.item"), Kind: fieldFind, Find: e.p.dir.itemNames.find,
		Hint: words.T("entry.item.hint"), Chosen: e.p.dir.chosenItem(e.draft.Item)}
	fields := e.unitAndDay()
	if e.draft.Item != 0 {
		return append(fields, item, e.amount(e.draft.measure(e.p.dir)))
	}
	item.Chosen = suggestion{Name: e.draft.New.Name}
	var channels []string
	at := 0
	for i, c := range ledger.Channels {
		channels = append(channels, words.Channel(c))
		if c == e.draft.New.Channel {
			at = i
		}
	}
	return append(fields, item,
		sheetField{Key: "measure", Label: words.T("field.measure"), Kind: fieldNumber, Value: e.draft.New.Measure, Hint: words.T("paste.edit.measure")},
		sheetField{Key: "channel", Label: words.T("publicity.column.channel"), Kind: fieldChoice, Options: channels, Value: choiceText(at)},
		e.amount(""))
}

func (e *intakeEdit) isolationFields() []sheetField {
	site := sheetField{Key: "site", Label: words.T("kind.site"), Kind: fieldFind, Find: e.p.siteNames().find, Hint: words.T("entry.unit.hint")}
	if e.draft.Site != 0 {
		site.Chosen = suggestion{ID: e.draft.Site, Name: e.p.dir.siteName(e.draft.Site)}
	}
	fields := []sheetField{site, e.tally(intake.RoomTallies), e.amount(words.T("forms.room"))}
	if e.draft.Tally == intake.Rooms {
		fields = append(fields, sheetField{Key: "occupied", Label: words.T("paste.edit.occupied"), Kind: fieldNumber, Measure: words.T("forms.room"),
			Hint: words.T("paste.edit.rest"), Value: countText(e.draft.Occupied)})
	}
	return append(fields, e.unitAndDay()[1])
}

// tally asks what the number is, of some choices.
func (e *intakeEdit) tally(choices []intake.Tally) sheetField {
	var names []string
	for _, t := range choices {
		names = append(names, tallyName(t))
	}
	return sheetField{Key: "tally", Label: words.T("paste.edit.tally"), Kind: fieldChoice, Options: names,
		Value: choiceText(max(0, slices.Index(choices, e.draft.Tally)))}
}

// siteNames finds isolation sites by what is typed.
func (p *intakeScreen) siteNames() *nameFinder {
	var f nameFinder
	for id, s := range p.dir.site {
		if !s.Voided && s.Same == 0 {
			f.add(suggestion{ID: id, Name: s.Value.Name}, "")
		}
	}
	f.ready()
	return &f
}

func (e *intakeEdit) supervisionFields() []sheetField {
	var forms []string
	for _, f := range ledger.Forms {
		forms = append(forms, words.Form(f))
	}
	fields := append(e.unitAndDay(), e.tally(intake.InspectionTallies), e.amount(""))
	if e.draft.Tally == intake.Problems || e.draft.Tally == intake.Directives {
		fields = append(fields, sheetField{Key: "visits", Label: tallyName(intake.Visits), Kind: fieldNumber, Hint: words.T("paste.edit.visits"),
			Value: countText(e.draft.Visits)})
	}
	return append(fields, sheetField{Key: "form", Label: words.T("forms.inspection.form"), Kind: fieldChoice, Options: forms, Value: choiceText(int(e.draft.Form) - 1)})
}

// read takes what the sheet says into the draft.
func (e *intakeEdit) read(v map[string]string) (err error) {
	d := &e.draft
	if d.Ledger == intake.Other {
		return nil
	}
	if err := e.readUnitAndDay(v); err != nil {
		return err
	}
	if err := e.readOwn(v); err != nil {
		return err
	}
	q, measure, err := ledger.SplitQuantity(v["quantity"])
	switch {
	case err != nil:
		return err
	case q.Value == 0:
		return ledger.Refuse(ledger.CodeQuantityZero)
	case d.Ledger == intake.Publicity && measure != "" && measure != d.measure(e.p.dir):
		return sentenceError(words.T("entry.othermeasure", "item", d.title(e.p.dir), "measure", d.measure(e.p.dir), "typed", measure))
	}
	d.Quantity = q
	return nil
}

func (e *intakeEdit) readUnitAndDay(v map[string]string) (err error) {
	d := &e.draft
	d.Unit = 0
	if v["unit.text"] != "" {
		if d.Unit, err = readID(v, "unit", ledger.CodeUnitUnknown, &e.p.dir.unitNames); err != nil {
			return err
		}
	}
	if d.Dated = v["day"] != ""; d.Dated {
		d.Day, err = ledger.ParseDay(v["day"], e.p.today())
	}
	return err
}

// readOwn reads what only the draft's ledger asks for.
func (e *intakeEdit) readOwn(v map[string]string) (err error) {
	d := &e.draft
	switch d.Ledger {
	case intake.Publicity:
		return e.readItem(v)
	case intake.Isolation:
		if d.Site, err = readID(v, "site", ledger.CodeSiteUnknown, e.p.siteNames()); err != nil {
			return err
		}
		d.Tally = tallyIn(v, intake.RoomTallies)
		d.Occupied, err = countIn(v, "occupied")
	case intake.Supervision:
		d.Tally = tallyIn(v, intake.InspectionTallies)
		d.Visits, err = countIn(v, "visits")
		d.Form = ledger.Forms[min(choice(v["form"]), len(ledger.Forms)-1)]
	}
	return err
}

// countIn is a count that may be left empty.
func countIn(v map[string]string, key string) (ledger.Count, error) {
	if v[key] == "" {
		return ledger.Count{}, nil
	}
	n, err := readCounts(v, key)
	if err != nil {
		return ledger.Count{}, err
	}
	return ledger.Stated(n[key]), nil
}

func tallyIn(v map[string]string, choices []intake.Tally) intake.Tally {
	return choices[min(choice(v["tally"]), len(choices)-1)]
}

// readItem takes a known item, or a name that is to become one.
func (e *intakeEdit) readItem(v map[string]string) error {
	d := &e.draft
	if id := itemIn(v); id != 0 {
		if err := e.p.otherMeasure(id, v["measure"]); err != nil {
			return err
		}
		d.Item = id
		return nil
	}
	name := strings.TrimSpace(v["item.text"])
	if name == "" {
		return sentenceError(words.T("entry.missing.item"))
	}
	d.Item, d.New.Name = 0, name
	measure, asked := v["measure"]
	if !asked {
		return nil // the sheet asks next
	}
	if measure == "" {
		return sentenceError(words.T("paste.lacks.measure"))
	}
	d.New.Measure, d.New.Channel = measure, ledger.Channels[min(choice(v["channel"]), len(ledger.Channels)-1)]
	return nil
}

// sentenceError is a refusal whose sentence is made already.
type sentenceError string

func (e sentenceError) Error() string { return string(e) }

// done puts the draft in its row, which is taken unless it still lacks something.
func (e *intakeEdit) done() {
	row := e.p.rows[e.at]
	alike := row.alike
	*row = e.draft
	row.edited, row.refused, row.alike = true, "", 0
	e.p.say("")
	if e.p.takeWhole(row); row.lacks() {
		row.taken = false
	}
	e.p.showRows()
	e.p.markAlike()
	if row.alike != 0 && row.alike == alike {
		row.taken = true // the person has seen it and changed something else
	}
	e.p.showRows()
	e.p.table.Select(e.at)
	e.p.chosen(e.at)
	e.p.focus()
}
