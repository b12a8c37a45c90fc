package main

import (
	"context"
	"flag"
	"strings"

	"taizhang/app/ledger"
	"taizhang/data"
)

// fields are the flags that state a record. record wants those of its kind;
// correct changes the ones that are given.
type fields struct {
	p     *program
	store *data.Store
	text  map[string]*string
	given map[string]bool
}

// fieldFlags are all flags that state something, over all kinds.
var fieldFlags = []string{"unit", "item", "date", "quantity", "note", "site", "plan", "rooms", "ready", "occupied",
	"cleaning", "unavailable", "at", "form", "visits", "problems", "directives", "inspection", "text", "directive",
	"deadline", "count", "activated"}

// kindFlags are the flags of each kind; those before the empty string are
// required by record.
var kindFlags = map[ledger.Kind][]string{
	ledger.KindPublicity:  {"unit", "item", "date", "quantity", "", "note"},
	ledger.KindSite:       {"site", "plan", "", "rooms", "activated"},
	ledger.KindReserve:    {"site", "rooms", "occupied", "cleaning", "unavailable", "", "ready", "at", "note"},
	ledger.KindInspection: {"unit", "date", "form", "visits", "problems", "directives", "", "note"},
	ledger.KindProblem:    {"inspection", "text", "directive", "deadline", "", "unit"},
	ledger.KindCases:      {"count", "", "at", "note"},
}

// recordKinds are the kinds that record takes, by their code names.
var recordKinds = []ledger.Kind{ledger.KindPublicity, ledger.KindSite, ledger.KindReserve,
	ledger.KindInspection, ledger.KindProblem, ledger.KindCases}

func newFields(p *program, fs *flag.FlagSet) *fields {
	f := &fields{p: p, text: map[string]*string{}}
	for _, name := range fieldFlags {
		f.text[name] = fs.String(name, "", "")
	}
	return f
}

// fit refuses flags that a record of the kind does not have and, for a new one,
// misses those it must have.
func (f *fields) fit(fs *flag.FlagSet, kind ledger.Kind, complete bool) error {
	f.given = givenFlags(fs)
	allowed := map[string]bool{}
	required := true
	for _, name := range kindFlags[kind] {
		allowed[name] = true
		required = required && name != ""
		if complete && required && !f.given[name] {
			return usage("usage.missing", "name", name)
		}
	}
	for _, name := range fieldFlags {
		if f.given[name] && !allowed[name] {
			return usage("usage.kind", "name", name, "kind", kind.String())
		}
	}
	return nil
}

// set runs read when the flag was given; the first error sticks.
func (f *fields) set(err *error, name string, read func(text string) error) {
	if *err == nil && f.given[name] {
		*err = read(*f.text[name])
	}
}

func (f *fields) string(err *error, name string, to *string) {
	f.set(err, name, func(text string) error { *to = strings.TrimSpace(text); return nil })
}

func (f *fields) number(err *error, name string, to *int64) {
	f.set(err, name, func(text string) (e error) { *to, e = number(text); return e })
}

func (f *fields) day(err *error, name string, to *ledger.Day, parse func(string, ledger.Day) (ledger.Day, error)) {
	f.set(err, name, func(text string) (e error) { *to, e = parse(text, f.p.today()); return e })
}

func (f *fields) id(ctx context.Context, err *error, name string, to *ledger.ID,
	find func(context.Context, *data.Store, string) (ledger.ID, error)) {
	f.set(err, name, func(text string) (e error) { *to, e = find(ctx, f.store, text); return e })
}

// apply states the given flags in a copy of base and returns it.
func (f *fields) apply(ctx context.Context, base ledger.Record) (ledger.Record, error) {
	switch v := base.(type) {
	case *ledger.Publicity:
		return f.publicity(ctx, *v)
	case *ledger.Site:
		return f.site(*v)
	case *ledger.Reserve:
		return f.reserve(ctx, *v)
	case *ledger.Inspection:
		return f.inspection(ctx, *v)
	case *ledger.Problem:
		return f.problem(ctx, *v)
	case *ledger.Cases:
		return f.cases(*v)
	}
	return nil, ledger.Refuse(ledger.CodeRecordKind, "kind", base.Kind().String(), "want", "record")
}

func (f *fields) publicity(ctx context.Context, r ledger.Publicity) (_ ledger.Record, err error) {
	f.id(ctx, &err, "unit", &r.Unit, unitNamed)
	f.id(ctx, &err, "item", &r.Item, itemNamed)
	f.day(&err, "date", &r.Day, ledger.ParseDay)
	f.set(&err, "quantity", func(text string) (e error) { r.Quantity, e = ledger.ParseQuantity(text); return e })
	f.string(&err, "note", &r.Note)
	return &r, err
}

func (f *fields) site(r ledger.Site) (_ ledger.Record, err error) {
	f.string(&err, "site", &r.Name)
	f.set(&err, "plan", func(text string) error {
		plans := map[string]ledger.Plan{"1": ledger.PlanReady, "2": ledger.PlanStandby, "１": ledger.PlanReady, "２": ledger.PlanStandby}
		plan, ok := plans[strings.TrimSpace(text)]
		if !ok {
			return ledger.Refuse(ledger.CodePlan, "text", text)
		}
		r.Plan = plan
		return nil
	})
	f.set(&err, "rooms", func(text string) (e error) {
		if text == "" || text == "未报" || text == "未報" {
			r.Rooms = ledger.Count{}
			return nil
		}
		r.Rooms.Known = true
		r.Rooms.N, e = number(text)
		return e
	})
	f.set(&err, "activated", func(text string) error {
		yes, known := map[string]bool{"yes": true, "true": true, "是": true, "no": false, "false": false, "否": false}[text]
		if !known {
			return usage("usage.yes", "name", "activated", "text", text)
		}
		r.Activated = yes
		return nil
	})
	return &r, err
}

func (f *fields) reserve(ctx context.Context, r ledger.Reserve) (_ ledger.Record, err error) {
	f.id(ctx, &err, "site", &r.Site, siteNamed)
	for name, to := range map[string]*int64{"rooms": &r.Rooms, "ready": &r.Ready, "occupied": &r.Occupied,
		"cleaning": &r.Cleaning, "unavailable": &r.Unavailable} {
		f.number(&err, name, to)
	}
	if !f.given["ready"] && (f.given["rooms"] || f.given["occupied"] || f.given["cleaning"] || f.given["unavailable"]) {
		r.Ready = -1 // what the others leave
	} else if err == nil && r.Ready < 0 {
		// A negative number would mean the same; said by a person it is wrong.
		err = ledger.Refuse(ledger.CodeCountNegative, "field", "ready", "count", r.Ready)
	}
	f.set(&err, "at", func(text string) (e error) { r.At, e = f.p.moment(text); return e })
	f.string(&err, "note", &r.Note)
	return &r, err
}

func (f *fields) inspection(ctx context.Context, r ledger.Inspection) (_ ledger.Record, err error) {
	f.id(ctx, &err, "unit", &r.Unit, unitNamed)
	f.day(&err, "date", &r.Day, ledger.ParseDay)
	f.set(&err, "form", func(text string) (e error) { r.Form, e = ledger.ParseForm(strings.TrimSpace(text)); return e })
	f.number(&err, "visits", &r.Visits)
	f.number(&err, "problems", &r.Problems)
	f.number(&err, "directives", &r.Directives)
	f.string(&err, "note", &r.Note)
	return &r, err
}

func (f *fields) problem(ctx context.Context, r ledger.Problem) (_ ledger.Record, err error) {
	f.set(&err, "inspection", func(text string) (e error) { r.Inspection, e = f.store.ParseID(text); return e })
	f.id(ctx, &err, "unit", &r.Unit, unitNamed)
	f.string(&err, "text", &r.Text)
	f.string(&err, "directive", &r.Directive)
	f.day(&err, "deadline", &r.Deadline, ledger.ParseDeadline)
	return &r, err
}

func (f *fields) cases(r ledger.Cases) (_ ledger.Record, err error) {
	f.number(&err, "count", &r.Count)
	f.set(&err, "at", func(text string) (e error) { r.At, e = f.p.moment(text); return e })
	f.string(&err, "note", &r.Note)
	return &r, err
}
