package main

import (
	"context"
	"encoding/hex"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// directory names what records point to.
type directory struct {
	s     *data.Store
	units map[ledger.ID]string
	items map[ledger.ID]ledger.Item
	sites map[ledger.ID]string
	desks map[int64]string
}

func newDirectory(ctx context.Context, s *data.Store) (*directory, error) {
	d := &directory{s: s, units: map[ledger.ID]string{}, items: map[ledger.ID]ledger.Item{},
		sites: map[ledger.ID]string{}, desks: map[int64]string{}}
	units, err := s.Units(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range units {
		d.units[r.ID] = r.Value.Name
	}
	items, err := s.Items(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range items {
		d.items[r.ID] = r.Value
	}
	for _, r := range items {
		if r.Same != 0 { // counted in the channel of the item it is the same as
			item := r.Value
			item.Channel = d.items[r.Same].Channel
			d.items[r.ID] = item
		}
	}
	sites, err := s.Sites(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range sites {
		d.sites[r.ID] = r.Value.Name
	}
	desks, err := s.Desks(ctx)
	for _, r := range desks {
		d.desks[r.Number] = r.Desk.Name
	}
	return d, err
}

// unit names a unit: "" for none, its number while this ledger has no record of
// it. item and site do the same.
func (d *directory) unit(id ledger.ID) string {
	name, ok := d.units[id]
	if !ok && id != 0 {
		return words.T("unknown.unit", "id", d.s.IDText(id))
	}
	return name
}

func (d *directory) item(id ledger.ID) ledger.Item {
	item, ok := d.items[id]
	if !ok && id != 0 {
		item.Name = words.T("unknown.item", "id", d.s.IDText(id))
	}
	return item
}

func (d *directory) site(id ledger.ID) string {
	name, ok := d.sites[id]
	if !ok && id != 0 {
		return words.T("unknown.site", "id", d.s.IDText(id))
	}
	return name
}

// object is a JSON object with its keys in a fixed order.
type object []member

type member struct {
	key   string
	value any
}

// describe states a record's fields under the names of their flags.
func (d *directory) describe(r ledger.Record) object {
	switch v := r.(type) {
	case *ledger.Publicity:
		item := d.item(v.Item)
		return object{{"unit", d.unit(v.Unit)}, {"date", v.Day.String()}, {"item", item.Name}, {"channel", item.Channel.String()},
			{"quantity", v.Quantity.Value}, {"approx", v.Quantity.IsApprox()}, {"written", v.Quantity.String()},
			{"measure", item.Measure}, {"note", v.Note}}
	case *ledger.Site:
		return object{{"site", v.Name}, {"plan", int(v.Plan)}, {"rooms", v.Rooms}, {"activated", v.Activated}}
	case *ledger.Reserve:
		return object{{"site", d.site(v.Site)}, {"at", stamp(v.At)}, {"rooms", v.Rooms}, {"ready", v.Ready},
			{"occupied", v.Occupied}, {"cleaning", v.Cleaning}, {"unavailable", v.Unavailable}, {"note", v.Note}}
	case *ledger.Inspection:
		return object{{"unit", d.unit(v.Unit)}, {"date", v.Day.String()}, {"form", v.Form.String()}, {"visits", v.Visits},
			{"problems", v.Problems}, {"directives", v.Directives}, {"note", v.Note}}
	case *ledger.Problem:
		return object{{"inspection", d.s.IDText(v.Inspection)}, {"unit", d.unit(v.Unit)}, {"text", v.Text}, {"directive", v.Directive},
			{"deadline", v.Deadline.String()}, {"state", v.State.String()}, {"rectified", v.Rectified},
			{"evidence", v.Evidence}, {"second", v.Second}}
	case *ledger.Cases:
		return object{{"at", stamp(v.At)}, {"count", v.Count}, {"note", v.Note}}
	case *ledger.Batch:
		return object{{"source", v.Source}, {"sha256", hex.EncodeToString(v.Hash[:])}, {"count", v.Count}}
	case *ledger.Unit:
		return object{{"name", v.Name}, {"parent", d.unit(v.Parent)}, {"initials", v.Initials}}
	case *ledger.Item:
		return object{{"name", v.Name}, {"measure", v.Measure}, {"channel", v.Channel.String()}, {"initials", v.Initials}}
	case *ledger.Desk:
		return object{{"name", v.Name}, {"unit", d.unit(v.Unit)}}
	}
	return nil
}

// stamp writes a moment in RFC 3339, or nil when there is none.
func stamp(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.RFC3339)
}
