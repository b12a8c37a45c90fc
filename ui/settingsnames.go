package ui

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/app/words"
	"taizhang/ui/look"
)

func initials(name string) string { return pinyin.Initials(name) }

// namesCard lists units and items, and adds to them.
type namesCard struct {
	session *Session
	box     fyne.CanvasObject
	dir     *directory
	met     bool // other desks have these records too
	tabs    *look.Segments
	find    *field
	list    *fyne.Container
	count   *look.Label
}

// namesHigh is the height of the list, in rows.
const namesHigh = 9

func newNamesCard(s *Session) *namesCard {
	n := &namesCard{session: s, dir: emptyDirectory(), list: container.NewVBox(), count: look.Quiet("")}
	n.tabs = look.NewSegments([]string{words.T("settings.units"), words.T("settings.items")}, 0, func(int) { n.show() })
	n.find = newField(words.T("settings.find"))
	n.find.OnChanged = func(string) { n.show() }
	add := look.NewButton(words.T("settings.add"), iconPlus, look.Secondary, n.add)
	scroll := container.NewVScroll(n.list)
	scroll.SetMinSize(fyne.NewSize(200, namesHigh*look.RowHigh))
	head := container.NewBorder(nil, nil, n.tabs, add, n.find)
	n.box = look.CardTitled(words.T("settings.names"), n.count, container.NewBorder(gapBelow(head), nil, nil, nil, scroll))
	return n
}

func (n *namesCard) read() {
	var dir *directory
	var travel handoff.Standing
	var err error
	s := n.session
	s.Tasks.Do(func() {
		if dir, err = readDirectory(s.context(), s.Reader); err == nil {
			travel, err = readStanding(s.context(), s)
		}
	}, func() {
		if err != nil {
			s.Refuse(err)
			return
		}
		n.dir, n.met = dir, travel.Exchanged
		n.show()
	})
}

func (n *namesCard) items() bool { return n.tabs.Selected() == 1 }

func (n *namesCard) show() {
	n.list.RemoveAll()
	if n.items() {
		n.showItems()
	} else {
		n.showUnits()
	}
	n.count.SetText(words.T("settings.count", "n", len(n.list.Objects)))
	if len(n.list.Objects) == 0 {
		n.list.Add(look.Inset(look.Quiet(words.T("settings.none")), look.Unit))
	}
	n.box.Refresh()
}

// wanted are the ids that the search finds; nil is all.
func (n *namesCard) wanted(found []suggestion) map[ledger.ID]bool {
	if strings.TrimSpace(n.find.Text) == "" {
		return nil
	}
	m := map[ledger.ID]bool{}
	for _, s := range found {
		m[s.ID] = true
	}
	return m
}

func (n *namesCard) showUnits() {
	want := n.wanted(n.dir.unitNames.holding(n.find.Text))
	for _, u := range n.dir.units {
		if u.Voided || u.Same != 0 || (want != nil && !want[u.ID]) {
			continue
		}
		hint := n.dir.parentName(u.Value)
		if u.Value.Parent == 0 {
			hint = words.T("settings.district")
		}
		n.list.Add(nameRow(u.Value.Name, hint, u.Value.Initials, func() { n.changeUnit(u) }))
	}
}

func (n *namesCard) showItems() {
	want := n.wanted(n.dir.itemNames.holding(n.find.Text))
	for _, i := range n.dir.items {
		if i.Voided || i.Same != 0 || (want != nil && !want[i.ID]) {
			continue
		}
		hint := words.T("settings.item.hint", "channel", words.Channel(i.Value.Channel), "measure", i.Value.Measure)
		n.list.Add(nameRow(i.Value.Name, hint, i.Value.Initials, func() { n.changeItem(i) }))
	}
}

func nameRow(name, hint, initials string, onTap func()) fyne.CanvasObject {
	right := container.NewHBox(look.Quiet(hint), space(look.Unit), fixedWidth(86, look.Text(initials, look.SizeSmall, false, look.ColourFaint).Truncated()))
	row := container.NewBorder(nil, nil, nil, right, look.Body(name).Truncated())
	inner := container.New(layout.NewCustomPaddedLayout(0, 0, look.Unit, look.Unit), row)
	return newPressable(fixedHeight(look.RowHigh-4, inner), look.ColourSurface, look.ColourHover, "", 4, onTap)
}

func (n *namesCard) add() {
	if n.items() {
		n.addItem()
	} else {
		n.addUnit()
	}
}

func (n *namesCard) addUnit() {
	parent := suggestion{}
	if d, ok := ledger.District(n.dir.units); ok {
		parent = suggestion{ID: d.ID, Name: d.Value.Name}
	}
	fields := []sheetField{
		{Key: "name", Label: words.T("settings.unit.name"), Hint: words.T("settings.unit.name.hint")},
		{Key: "parent", Label: words.T("settings.unit.parent"), Kind: fieldFind, Find: n.dir.unitNames.holding, Chosen: parent},
	}
	n.sheet(words.T("settings.unit.add"), fields, func(values map[string]string) (ledger.Record, error) {
		name := strings.TrimSpace(values["name"])
		id := parent.ID
		if n, err := strconv.ParseInt(values["parent"], 10, 64); err == nil {
			id = ledger.ID(n)
		}
		return &ledger.Unit{Name: name, Parent: id, Initials: initials(name)}, nil
	})
}

func (n *namesCard) addItem() {
	var channels []string
	for _, c := range ledger.Channels {
		channels = append(channels, words.Channel(c))
	}
	fields := []sheetField{
		{Key: "name", Label: words.T("settings.item.name"), Hint: words.T("settings.item.name.hint")},
		{Key: "measure", Label: words.T("settings.item.measure"), Hint: words.T("settings.item.measure.hint")},
		{Key: "channel", Label: words.T("settings.item.channel"), Kind: fieldChoice, Options: channels, Value: "2"},
	}
	n.sheet(words.T("settings.item.add"), fields, func(values map[string]string) (ledger.Record, error) {
		name := strings.TrimSpace(values["name"])
		return &ledger.Item{Name: name, Measure: strings.TrimSpace(values["measure"]),
			Channel: ledger.Channels[choice(values["channel"])], Initials: initials(name)}, nil
	})
}

// changeUnit renames a unit: a correction that keeps the old name.
func (n *namesCard) changeUnit(u ledger.Row[ledger.Unit]) {
	fields := []sheetField{{Key: "name", Label: words.T("settings.unit.name"), Value: u.Value.Name}}
	n.change(u.ID, words.T("settings.unit.rename"), u.Value.Name, fields, func(values map[string]string) ledger.Record {
		next := u.Value
		next.Name = strings.TrimSpace(values["name"])
		next.Initials = initials(next.Name)
		return &next
	})
}

// changeItem changes an item's name and measure word; its channel stays, because
// figures of the past are told by it.
func (n *namesCard) changeItem(i ledger.Row[ledger.Item]) {
	fields := []sheetField{
		{Key: "name", Label: words.T("settings.item.name"), Value: i.Value.Name},
		{Key: "measure", Label: words.T("settings.item.measure"), Value: i.Value.Measure},
	}
	n.change(i.ID, words.T("settings.item.rename"), i.Value.Name, fields, func(values map[string]string) ledger.Record {
		next := i.Value
		next.Name, next.Measure = strings.TrimSpace(values["name"]), strings.TrimSpace(values["measure"])
		next.Initials = initials(next.Name)
		return &next
	})
}

// change corrects a name, or voids it when nobody needs it any more.
func (n *namesCard) change(id ledger.ID, title, name string, fields []sheetField, read func(map[string]string) ledger.Record) {
	fields = append(fields, sheetField{Key: "reason", Label: words.T("forms.reason"), Value: words.T("settings.rename.reason")})
	sh := newSheet(n.session, n.session.Window.Canvas(), title, fields, words.T("settings.save"))
	void := newKeyButton(words.T("forms.void"), look.Danger, func() {
		sh.close()
		n.void(id, name)
	})
	void.onKey = sh.key
	about := container.New(layout.NewCustomPaddedLayout(look.Unit, 0, 0, 0), newParagraph(words.T("settings.void.about"), look.SizeSmall, look.ColourQuiet))
	sh.head.Add(gapBelow(container.NewBorder(nil, nil, nil, void, about)))
	if n.met {
		sh.head.Add(gapBelow(newParagraph(words.T("settings.rename.all"), look.SizeBody, look.ColourText)))
	}
	sh.start = func(values map[string]string) (func() error, func(), error) {
		next := read(values)
		return func() error { return n.session.Book.Correct(n.session.context(), id, next, values["reason"]) }, n.done, nil
	}
	sh.show()
}

// void asks why and takes the name out of what can be chosen.
func (n *namesCard) void(id ledger.ID, name string) {
	sh := newSheet(n.session, n.session.Window.Canvas(), words.T("settings.void", "name", name),
		[]sheetField{reasonField()}, words.T("forms.void"))
	sh.ok.SetStyle(look.Danger)
	sh.start = func(values map[string]string) (func() error, func(), error) {
		return func() error { return n.session.Book.Void(n.session.context(), id, values["reason"]) }, n.done, nil
	}
	sh.show()
}

// sheet opens a sheet that records what make makes of its values.
func (n *namesCard) sheet(title string, fields []sheetField, make func(map[string]string) (ledger.Record, error)) {
	sh := newSheet(n.session, n.session.Window.Canvas(), title, fields, words.T("settings.add"))
	sh.start = func(values map[string]string) (func() error, func(), error) {
		r, err := make(values)
		if err != nil {
			return nil, nil, err
		}
		return func() error { _, err := n.session.Book.Record(n.session.context(), r); return err }, n.done, nil
	}
	sh.show()
}

func (n *namesCard) done() {
	n.session.Notify(words.T("settings.saved"), nil)
	n.session.Changed()
	n.session.shell.desk.top.readUnits()
	n.read()
}
