package ui

import (
	"context"
	"strings"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// directory is everything that has a name in the ledger: for showing names
// rather than ids, and for finding records by what a person types. It is read
// aside and never changed afterwards, so any goroutine may use it.
type directory struct {
	units []ledger.Row[ledger.Unit]
	items []ledger.Row[ledger.Item]
	sites []ledger.Row[ledger.Site]

	unit map[ledger.ID]ledger.Row[ledger.Unit]
	item map[ledger.ID]ledger.Row[ledger.Item]
	site map[ledger.ID]ledger.Row[ledger.Site]
	desk map[int64]ledger.DeskInfo

	unitNames, itemNames nameFinder
	idText               func(ledger.ID) string // names what has no record here; nil before the ledger was read
}

func readDirectory(ctx context.Context, r ledger.Reader) (*directory, error) {
	units, err := r.Units(ctx)
	if err != nil {
		return nil, err
	}
	items, err := r.Items(ctx)
	if err != nil {
		return nil, err
	}
	sites, err := r.Sites(ctx)
	if err != nil {
		return nil, err
	}
	desks, err := r.Desks(ctx)
	if err != nil {
		return nil, err
	}
	d := newDirectory(units, items, sites, desks)
	d.idText = r.IDText
	return d, nil
}

func newDirectory(units []ledger.Row[ledger.Unit], items []ledger.Row[ledger.Item],
	sites []ledger.Row[ledger.Site], desks []ledger.DeskInfo) *directory {
	d := &directory{units: units, items: items, sites: sites,
		unit: make(map[ledger.ID]ledger.Row[ledger.Unit], len(units)),
		item: make(map[ledger.ID]ledger.Row[ledger.Item], len(items)),
		site: make(map[ledger.ID]ledger.Row[ledger.Site], len(sites)),
		desk: make(map[int64]ledger.DeskInfo, len(desks))}
	for _, u := range units {
		d.unit[u.ID] = u
	}
	for _, i := range items {
		d.item[i.ID] = i
	}
	for _, i := range items {
		if i.Same != 0 { // counted in the channel of the item it is the same as
			i.Value.Channel = d.item[i.Same].Value.Channel
			d.item[i.ID] = i
		}
	}
	for _, s := range sites {
		d.site[s.ID] = s
	}
	for _, k := range desks {
		d.desk[k.Number] = k
	}
	d.unitNames, d.itemNames = d.unitFinder(), d.itemFinder()
	return d
}

// intakeNames are the names that a report or workbook may mean.
func (d *directory) intakeNames() intake.Names { return intake.NamesOf(d.units, d.items, d.sites) }

// emptyDirectory stands until the first one is read.
func emptyDirectory() *directory { return newDirectory(nil, nil, nil, nil) }

func (d *directory) unitFinder() nameFinder {
	var f nameFinder
	for _, u := range d.units {
		if !u.Voided && u.Same == 0 {
			f.add(suggestion{ID: u.ID, Name: u.Value.Name, Hint: d.parentName(u.Value)}, u.Value.Initials)
		}
	}
	f.ready()
	return f
}

func (d *directory) itemFinder() nameFinder {
	var f nameFinder
	for _, i := range d.items {
		if !i.Voided && i.Same == 0 {
			f.add(suggestion{ID: i.ID, Name: i.Value.Name, Hint: i.Value.Measure}, i.Value.Initials)
		}
	}
	f.ready()
	return f
}

// parentName tells villages of the same name apart; the district itself goes
// without saying.
func (d *directory) parentName(u ledger.Unit) string {
	if p := d.unit[d.sameUnit(u.Parent)]; p.Value.Parent != 0 {
		return p.Value.Name
	}
	return ""
}

// sameUnit is the canonical record of a unit.
func (d *directory) sameUnit(id ledger.ID) ledger.ID {
	if same := d.unit[id].Same; same != 0 {
		return same
	}
	return id
}

// unitName is the unit's name, a dash for none, and its number while this ledger
// has no record of it: the bundle of the desk that made it has not come yet.
func (d *directory) unitName(id ledger.ID) string {
	if u, ok := d.unit[id]; ok {
		return u.Value.Name
	}
	if d.stranger(id) {
		return words.T("unknown.unit", "id", d.idText(id))
	}
	return noValue
}

func (d *directory) itemName(id ledger.ID) string {
	if i, ok := d.item[id]; ok {
		return i.Value.Name
	}
	if d.stranger(id) {
		return words.T("unknown.item", "id", d.idText(id))
	}
	return noValue
}

func (d *directory) siteName(id ledger.ID) string {
	if s, ok := d.site[id]; ok {
		return s.Value.Name
	}
	if d.stranger(id) {
		return words.T("unknown.site", "id", d.idText(id))
	}
	return noValue
}

// stranger reports whether an id that was not found names anything at all.
func (d *directory) stranger(id ledger.ID) bool { return id > 0 && d.idText != nil }

// chosenUnit and chosenItem are what a field shows for a record that is there
// already, whether or not its name is still offered.
func (d *directory) chosenUnit(id ledger.ID) suggestion {
	if id == 0 {
		return suggestion{}
	}
	return suggestion{ID: id, Name: d.unitName(id), Hint: d.parentName(d.unit[id].Value)}
}

func (d *directory) chosenItem(id ledger.ID) suggestion {
	if id == 0 {
		return suggestion{}
	}
	return suggestion{ID: id, Name: d.itemName(id), Hint: d.item[id].Value.Measure}
}

func (d *directory) deskName(number int64) string {
	k, ok := d.desk[number]
	switch {
	case ok && k.Desk.Name != "":
		return k.Desk.Name
	case ok:
		return k.ID.Short()
	}
	return noValue
}

// noValue stands where there is nothing to show.
const noValue = "–"

// channelItems are the items of a channel.
func (d *directory) channelItems(c ledger.Channel) []ledger.ID {
	var ids []ledger.ID
	for _, i := range d.items {
		if d.item[i.ID].Value.Channel == c {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

// matches turns what was typed into a search field into the words that rows must
// match, each with the units and items whose names it finds.
func (d *directory) matches(text string) []ledger.Match {
	var list []ledger.Match
	for _, word := range strings.Fields(text) {
		list = append(list, ledger.Match{Word: word,
			Units: ids(d.unitNames.holding(word)), Items: ids(d.itemNames.holding(word))})
	}
	return list
}

func ids(list []suggestion) []ledger.ID {
	var out []ledger.ID
	for _, s := range list {
		out = append(out, s.ID)
	}
	return out
}
