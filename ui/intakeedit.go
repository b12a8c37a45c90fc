package ui

import (
	"errors"
	"strconv"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// intakeChoices are the ledgers in the order of the sheet's first field.
var intakeChoices = []intake.Ledger{intake.Publicity, intake.Isolation, intake.Supervision, intake.Other}

// tallyChoices are the counts of an inspection in the order of their field.
var tallyChoices = []tally{tallyVisits, tallyProblems, tallyDirectives}

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
	case e.draft.ledger == intake.Other:
		return 0
	case e.draft.ledger == intake.Isolation && e.draft.as.site != 0:
		return 3 // occupied rooms
	case e.draft.ledger == intake.Isolation:
		return 1
	}
	return 3 // behind ledger, unit and day
}

// intakeEdit is the sheet in which one row is changed. Another ledger asks for other
// fields: the sheet is then made anew.
type intakeEdit struct {
	p     *intakeScreen
	at    int
	draft proposal
	sheet *sheet
}

// show opens the sheet with the keyboard in one of its fields.
func (e *intakeEdit) show(field int) {
	s := e.p.s
	sh := newSheet(s, s.Window.Canvas(), words.T("paste.edit.title"), e.fields(), words.T("paste.edit.save"))
	e.sheet = sh
	sh.head.Add(gapBelow(newParagraph(quote([]rune(e.p.report.text), e.draft.found), look.SizeBody, look.ColourQuiet).limited(3)))
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
		if to := intakeChoices[choice(v["ledger"])]; to != e.draft.ledger {
			e.draft.ledger = to
			sh.close()
			e.show(0)
		}
	}
	sh.canvas.Focus(sh.fields[field].focusable())
}

// asksMore reports whether the sheet must ask for the measure word of an item that
// has just become a new one.
func (p *intakeScreen) asksMore(draft *proposal, v map[string]string) bool {
	_, asked := v["measure"]
	return draft.ledger == intake.Publicity && draft.item == 0 && !asked
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
		if l == e.draft.ledger {
			at = i
		}
	}
	fields := []sheetField{{Key: "ledger", Label: words.T("paste.column.ledger"), Kind: fieldChoice, Options: names, Value: choiceText(at)}}
	switch e.draft.ledger {
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
	unit := unitField(e.p.dir, e.draft.unit, words.T("kind.unit"))
	day := sheetField{Key: "day", Label: words.T("forms.day"), Kind: fieldNumber, Hint: words.T("forms.day.hint")}
	if top, err := e.p.readTop(); err == nil {
		day.Hint = words.T("paste.edit.top", "value", top.day.String())
		if top.unit != 0 {
			unit.Hint = words.T("paste.edit.top", "value", e.p.dir.unitName(top.unit))
		}
	}
	if e.draft.dated {
		day.Value = dayText(e.draft.day)
	}
	return []sheetField{unit, day}
}

func (e *intakeEdit) amount(measure string) sheetField {
	f := sheetField{Key: "quantity", Label: words.T("entry.quantity"), Kind: fieldNumber, Measure: measure, Hint: words.T("entry.quantity.hint")}
	if e.draft.amount.Value > 0 {
		f.Value = e.draft.amount.String()
	}
	return f
}

func (e *intakeEdit) publicityFields() []sheetField {
	item := sheetField{Key: "item", Label: words.T("entry.item"), Kind: fieldFind, Find: e.p.dir.itemNames.find,
		Hint: words.T("entry.item.hint"), Chosen: e.p.dir.chosenItem(e.draft.item)}
	fields := e.unitAndDay()
	if e.draft.item != 0 {
		return append(fields, item, e.amount(e.draft.measure(e.p.dir)))
	}
	item.Chosen = suggestion{Name: e.draft.fresh.Name}
	var channels []string
	at := 0
	for i, c := range ledger.Channels {
		channels = append(channels, words.Channel(c))
		if c == e.draft.fresh.Channel {
			at = i
		}
	}
	return append(fields, item,
		sheetField{Key: "measure", Label: words.T("field.measure"), Kind: fieldNumber, Value: e.draft.fresh.Measure, Hint: words.T("paste.edit.measure")},
		sheetField{Key: "channel", Label: words.T("publicity.column.channel"), Kind: fieldChoice, Options: channels, Value: choiceText(at)},
		e.amount(""))
}

func (e *intakeEdit) isolationFields() []sheetField {
	site := sheetField{Key: "site", Label: words.T("kind.site"), Kind: fieldFind, Find: e.p.siteNames().find, Hint: words.T("entry.unit.hint")}
	if e.draft.as.site != 0 {
		site.Chosen = suggestion{ID: e.draft.as.site, Name: e.p.dir.siteName(e.draft.as.site)}
	}
	rooms := e.amount(words.T("forms.room"))
	rooms.Label = words.T("field.rooms")
	occupied := sheetField{Key: "occupied", Label: words.T("field.occupied"), Kind: fieldNumber, Measure: words.T("forms.room"), Value: countText(e.draft.as.occupied)}
	return []sheetField{site, rooms, occupied, e.unitAndDay()[1]}
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
	var counts, forms []string
	at := 0
	for i, t := range tallyChoices {
		counts = append(counts, capital(words.T("field."+tallies[t])))
		if t == e.draft.as.tally {
			at = i
		}
	}
	for _, f := range ledger.Forms {
		forms = append(forms, words.Form(f))
	}
	return append(e.unitAndDay(),
		sheetField{Key: "tally", Label: words.T("paste.edit.tally"), Kind: fieldChoice, Options: counts, Value: choiceText(at)},
		e.amount(""),
		sheetField{Key: "form", Label: words.T("forms.inspection.form"), Kind: fieldChoice, Options: forms, Value: choiceText(int(e.draft.as.form) - 1)})
}

// read takes what the sheet says into the draft.
func (e *intakeEdit) read(v map[string]string) (err error) {
	d := &e.draft
	if d.ledger == intake.Other {
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
	case d.ledger == intake.Publicity && measure != "" && measure != d.measure(e.p.dir):
		return sentenceError(words.T("entry.othermeasure", "item", d.title(e.p.dir), "measure", d.measure(e.p.dir), "typed", measure))
	}
	d.amount = q
	return nil
}

func (e *intakeEdit) readUnitAndDay(v map[string]string) (err error) {
	d := &e.draft
	d.unit = 0
	if v["unit.text"] != "" {
		if d.unit, err = readID(v, "unit", ledger.CodeUnitUnknown, &e.p.dir.unitNames); err != nil {
			return err
		}
	}
	if d.dated = v["day"] != ""; d.dated {
		d.day, err = ledger.ParseDay(v["day"], e.p.today())
	}
	return err
}

// readOwn reads what only the draft's ledger asks for.
func (e *intakeEdit) readOwn(v map[string]string) (err error) {
	d := &e.draft
	switch d.ledger {
	case intake.Publicity:
		return e.readItem(v)
	case intake.Isolation:
		if d.as.site, err = readID(v, "site", ledger.CodeSiteUnknown, e.p.siteNames()); err != nil {
			return err
		}
		d.as.occupied = ledger.Count{}
		if v["occupied"] != "" {
			n, err := readCounts(v, "occupied")
			if err != nil {
				return err
			}
			d.as.occupied = ledger.Stated(n["occupied"])
		}
	case intake.Supervision:
		d.as.tally = tallyChoices[min(choice(v["tally"]), len(tallyChoices)-1)]
		d.as.form = ledger.Forms[min(choice(v["form"]), len(ledger.Forms)-1)]
	}
	return nil
}

// readItem takes a known item, or a name that is to become one.
func (e *intakeEdit) readItem(v map[string]string) error {
	d := &e.draft
	if n, err := strconv.ParseInt(v["item"], 10, 64); err == nil && n != 0 {
		d.item = ledger.ID(n)
		return nil
	}
	name := strings.TrimSpace(v["item.text"])
	if name == "" {
		return sentenceError(words.T("entry.missing.item"))
	}
	d.item, d.fresh.Name = 0, name
	measure, asked := v["measure"]
	if !asked {
		return nil // the sheet asks next
	}
	if measure == "" {
		return sentenceError(words.T("paste.lacks.measure"))
	}
	d.fresh.Measure, d.fresh.Channel = measure, ledger.Channels[min(choice(v["channel"]), len(ledger.Channels)-1)]
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
	row.taken = row.lacks() == ""
	e.p.say("")
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
