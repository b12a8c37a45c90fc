package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// showReserveForm opens the reserve report of a site. The newest report's rooms
// stand in the fields; what is left of the rooms is ready, shown while typing.
func showReserveForm(s *Session, f ledger.SiteFigure) {
	room := words.T("forms.room")
	count := func(key string, c ledger.Count) sheetField {
		return sheetField{Key: key, Label: words.T("field." + key), Value: countText(c), Kind: fieldNumber, Measure: room}
	}
	fields := append([]sheetField{count("rooms", f.Rooms), count("occupied", orZero(f.Occupied)),
		count("cleaning", orZero(f.Cleaning)), count("unavailable", orZero(f.Unavailable))}, momentFields()...)
	sh := newSheet(s, s.Window.Canvas(), words.T("forms.reserve.title", "site", f.Site.Name), fields, words.T("isolation.report"))
	preview := newReservePreview()
	sh.head.Add(gapBelow(preview.box))
	sh.onChange = func(v map[string]string) {
		preview.show(v)
		sh.say("")
	}
	sh.start = func(v map[string]string) (func() error, func(), error) {
		r, err := readReserve(v, f.ID)
		if err == nil {
			r.At, err = readTime(v["at"], s.Now())
		}
		if err != nil {
			return nil, nil, err
		}
		var id ledger.ID
		work := func() (err error) {
			id, err = s.Book.Record(context.Background(), r)
			return err
		}
		return work, func() { recorded(s, id, words.T("forms.reserve.done", "site", f.Site.Name)) }, nil
	}
	sh.show()
	// The rooms rarely change: the caret goes where they do.
	if f.Site.Rooms.Known {
		s.Window.Canvas().Focus(sh.fields[1].focusable())
	}
}

// momentFields ask when a report is of, and for a note.
func momentFields() []sheetField {
	return []sheetField{
		{Key: "at", Label: words.T("forms.reserve.at"), Kind: fieldNumber, Hint: words.T("forms.reserve.now")},
		{Key: "note", Label: words.T("field.note")},
	}
}

func orZero(c ledger.Count) ledger.Count { return ledger.Stated(c.N) }

// readReserve reads the four counts; ready is what they leave.
func readReserve(v map[string]string, site ledger.ID) (*ledger.Reserve, error) {
	n, err := readCounts(v, "rooms", "occupied", "cleaning", "unavailable")
	if err != nil {
		return nil, err
	}
	r := &ledger.Reserve{Site: site, Rooms: n["rooms"], Occupied: n["occupied"], Cleaning: n["cleaning"],
		Unavailable: n["unavailable"], Note: v["note"]}
	r.Ready = -1 // the ledger takes what the others leave
	return r, nil
}

// reservePreview shows the rooms while they are typed, and one sentence: how
// many are ready, or by how many the fields do not add up.
type reservePreview struct {
	bar      *roomBar
	sentence *paragraph
	box      fyneObject
}

func newReservePreview() *reservePreview {
	p := &reservePreview{bar: newRoomBar(), sentence: newParagraph("", look.SizeBody, look.ColourText)}
	p.box = stacked(look.Unit, p.bar, p.sentence)
	return p
}

func (p *reservePreview) show(v map[string]string) {
	r, err := readReserve(v, 0)
	if err != nil {
		p.bar.set(roomCounts{})
		p.say("× "+words.Sentence(err), look.ColourRedText)
		return
	}
	used := r.Occupied + r.Cleaning + r.Unavailable
	left := r.Rooms - used
	p.bar.set(roomCounts{rooms: r.Rooms, known: true, by: [4]int64{max(left, 0), r.Occupied, r.Cleaning, r.Unavailable}})
	switch {
	case left < 0:
		p.say("× "+words.T("forms.reserve.over", "used", used, "rooms", r.Rooms, "over", -left), look.ColourRedText)
	case r.Rooms == 0:
		p.say(words.T("forms.reserve.rooms-first"), look.ColourQuiet)
	default:
		p.say("✓ "+words.T("forms.reserve.adds", "ready", left, "rooms", r.Rooms), look.ColourGreenText)
	}
}

func (p *reservePreview) say(text string, colour fyne.ThemeColorName) {
	p.sentence.SetText(text)
	p.sentence.SetColour(colour)
}
