package ui

import (
	"time"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// describer turns the fields of a record into words for people: names rather
// than ids, 未报 rather than nothing.
type describer struct {
	dir *directory
	id  func(ledger.ID) string
	loc *time.Location
}

// fieldValue is one field of a record; value is "" where nothing was written.
type fieldValue struct{ label, value string }

// fields are always the same ones in the same order for a kind of record.
func (d describer) fields(r ledger.Record) []fieldValue {
	switch v := r.(type) {
	case *ledger.Publicity:
		return d.publicity(v)
	case *ledger.Unit:
		return []fieldValue{named("name", v.Name), named("parent", d.unit(v.Parent))}
	case *ledger.Item:
		return []fieldValue{named("name", v.Name), named("measure", v.Measure),
			named("channel", words.Channel(v.Channel))}
	case *ledger.Site:
		return []fieldValue{named("name", v.Name), named("plan", words.Plan(v.Plan)),
			named("rooms", words.Count(v.Rooms)), named("activated", activated(v))}
	case *ledger.Reserve:
		return d.reserve(v)
	case *ledger.Inspection:
		return []fieldValue{named("unit", d.unit(v.Unit)), named("day", v.Day.String()),
			named("form", words.Form(v.Form)), counted("visits", v.Visits), counted("problems", v.Problems),
			counted("directives", v.Directives), named("note", v.Note)}
	case *ledger.Problem:
		return d.problem(v)
	case *ledger.Cases:
		return []fieldValue{named("at", d.moment(v.At)), counted("cases", v.Count), named("note", v.Note)}
	case *ledger.Batch:
		return []fieldValue{named("source", words.Source(v.Source)), counted("count", v.Count)}
	case *ledger.Desk:
		return []fieldValue{named("name", v.Name), named("unit", d.unit(v.Unit))}
	}
	return nil
}

func (d describer) publicity(p *ledger.Publicity) []fieldValue {
	quantity := words.Quantity(p.Quantity)
	if m := d.dir.item[p.Item].Value.Measure; m != "" {
		quantity += " " + m
	}
	return []fieldValue{named("unit", d.unit(p.Unit)), named("day", p.Day.String()),
		named("item", d.dir.itemName(p.Item)), named("quantity", quantity), named("note", p.Note)}
}

func (d describer) reserve(r *ledger.Reserve) []fieldValue {
	return []fieldValue{named("site", d.dir.siteName(r.Site)), named("at", d.moment(r.At)),
		counted("rooms", r.Rooms), counted("ready", r.Ready), counted("occupied", r.Occupied),
		counted("cleaning", r.Cleaning), counted("unavailable", r.Unavailable), named("note", r.Note)}
}

func (d describer) problem(p *ledger.Problem) []fieldValue {
	return []fieldValue{named("inspection", d.id(p.Inspection)), named("unit", d.unit(p.Unit)),
		named("text", p.Text), named("directive", p.Directive), named("deadline", p.Deadline.String()),
		named("state", words.State(p.State)), named("rectified", p.Rectified),
		named("evidence", p.Evidence), named("second", p.Second)}
}

func (d describer) unit(id ledger.ID) string {
	if id == 0 {
		return ""
	}
	return d.dir.unitName(id)
}

func (d describer) moment(t time.Time) string { return t.In(d.loc).Format("2006-01-02 15:04") }

func named(name, value string) fieldValue {
	return fieldValue{words.T("history.field." + name), value}
}

func counted(name string, n int64) fieldValue { return named(name, ledger.GroupDigits(n)) }

// activated is whether a site of plan 2 is in use; a site of plan 1 always is held
// ready, and is not asked.
func activated(s *ledger.Site) string {
	if s.Plan == ledger.PlanReady {
		return ""
	}
	return yes(s.Activated)
}

func yes(b bool) string {
	if b {
		return words.T("history.yes")
	}
	return words.T("history.no")
}
