package main

import (
	"context"
	"time"

	"taizhang/app/ledger"
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
		item := d.items[v.Item]
		return object{{"unit", d.units[v.Unit]}, {"date", v.Day.String()}, {"item", item.Name}, {"channel", item.Channel.String()},
			{"quantity", v.Quantity.Value}, {"approx", v.Quantity.IsApprox()}, {"written", v.Quantity.String()},
			{"measure", item.Measure}, {"note", v.Note}}
	case *ledger.Site:
		return object{{"site", v.Name}, {"plan", int(v.Plan)}, {"rooms", v.Rooms}, {"activated", v.Activated}}
	case *ledger.Reserve:
		return object{{"site", d.sites[v.Site]}, {"at", stamp(v.At)}, {"rooms", v.Rooms}, {"ready", v.Ready},
			{"occupied", v.Occupied}, {"cleaning", v.Cleaning}, {"unavailable", v.Unavailable}, {"note", v.Note}}
	case *ledger.Inspection:
		return object{{"unit", d.units[v.Unit]}, {"date", v.Day.String()}, {"form", v.Form.String()}, {"visits", v.Visits},
			{"problems", v.Problems}, {"directives", v.Directives}, {"note", v.Note}}
	case *ledger.Problem:
		return object{{"inspection", d.s.IDText(v.Inspection)}, {"unit", d.units[v.Unit]}, {"text", v.Text}, {"directive", v.Directive},
			{"deadline", v.Deadline.String()}, {"state", v.State.String()}, {"rectified", v.Rectified},
			{"evidence", v.Evidence}, {"second", v.Second}}
	case *ledger.Cases:
		return object{{"at", stamp(v.At)}, {"count", v.Count}, {"note", v.Note}}
	case *ledger.Unit:
		return object{{"name", v.Name}, {"parent", d.units[v.Parent]}, {"initials", v.Initials}}
	case *ledger.Item:
		return object{{"name", v.Name}, {"measure", v.Measure}, {"channel", v.Channel.String()}, {"initials", v.Initials}}
	case *ledger.Desk:
		return object{{"name", v.Name}, {"unit", d.units[v.Unit]}}
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
