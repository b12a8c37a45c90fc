package data

import (
	"encoding/hex"
	"fmt"
	"strings"

	"taizhang/app/ledger"
)

// table is a derived table of current rows: one a kind, keyed by record, with
// the columns that queries filter and sort by. Everything else about a row is
// read from the revision that states it.
type table struct {
	name    string
	columns []string
	// values gives the columns of a record: int64, string or nil.
	values func(ledger.Record) []any
	upsert string
}

var tables = map[ledger.Kind]*table{
	ledger.KindUnit: newTable("unit", "name parent", func(r ledger.Record) []any {
		v := r.(*ledger.Unit)
		return []any{v.Name, int64(v.Parent)}
	}),
	ledger.KindItem: newTable("item", "name measure channel", func(r ledger.Record) []any {
		v := r.(*ledger.Item)
		return []any{v.Name, v.Measure, int64(v.Channel)}
	}),
	ledger.KindPublicity: newTable("publicity", "unit item day value flags note", func(r ledger.Record) []any {
		v := r.(*ledger.Publicity)
		return []any{int64(v.Unit), int64(v.Item), int64(v.Day), v.Quantity.Value, int64(v.Quantity.Flags()), v.Note}
	}),
	ledger.KindSite: newTable("site", "name plan rooms activated", func(r ledger.Record) []any {
		v := r.(*ledger.Site)
		return []any{v.Name, int64(v.Plan), nullable(v.Rooms), asInt(v.Activated)}
	}),
	ledger.KindReserve: newTable("reserve", "site at rooms ready occupied cleaning unavailable", func(r ledger.Record) []any {
		v := r.(*ledger.Reserve)
		return []any{int64(v.Site), v.At.Unix(), v.Rooms, v.Ready, v.Occupied, v.Cleaning, v.Unavailable}
	}),
	ledger.KindCases: newTable("cases", "at count", func(r ledger.Record) []any {
		v := r.(*ledger.Cases)
		return []any{v.At.Unix(), v.Count}
	}),
	ledger.KindInspection: newTable("inspection", "unit day form visits problems directives", func(r ledger.Record) []any {
		v := r.(*ledger.Inspection)
		return []any{int64(v.Unit), int64(v.Day), int64(v.Form), v.Visits, v.Problems, v.Directives}
	}),
	ledger.KindBatch: newTable("batch", "hash source count", func(r ledger.Record) []any {
		v := r.(*ledger.Batch)
		return []any{hex.EncodeToString(v.Hash[:]), v.Source, v.Count}
	}),
	ledger.KindProblem: newTable("problem", "inspection unit deadline state", func(r ledger.Record) []any {
		v := r.(*ledger.Problem)
		return []any{int64(v.Inspection), int64(v.Unit), int64(v.Deadline), int64(v.State)}
	}),
}

func newTable(name, columns string, values func(ledger.Record) []any) *table {
	t := &table{name: name, columns: strings.Fields(columns), values: values}
	var set []string
	for _, c := range append([]string{"rev", "void"}, t.columns...) {
		set = append(set, c+" = excluded."+c)
	}
	t.upsert = fmt.Sprintf("INSERT INTO %s (id, rev, void, %s) VALUES (?, ?, ?%s) ON CONFLICT (id) DO UPDATE SET %s",
		name, strings.Join(t.columns, ", "), strings.Repeat(", ?", len(t.columns)), strings.Join(set, ", "))
	return t
}

func nullable(c ledger.Count) any {
	if !c.Known {
		return nil
	}
	return c.N
}

func asInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
