package main

import (
	"context"
	"math"

	"taizhang/app/export"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
	"taizhang/ui"
)

// exportXLSX writes a table as the window shows it. It replaces no file: the
// window offers a free name.
func exportXLSX(ctx context.Context, file string, table ui.Sheet) error {
	return export.File(ctx, file, false, export.Sheet(table))
}

// runExport writes all three ledgers to a workbook.
func runExport(ctx context.Context, p *program, args []string) error {
	fs := p.flags("export")
	force := fs.Bool("force", false, "")
	rest, err := p.arguments(fs, args, "FILE.xlsx")
	if err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	d, err := newDirectory(ctx, s)
	if err != nil {
		return err
	}
	e := exporter{ctx: ctx, s: s, d: d, today: p.today()}
	if err := export.File(ctx, rest[0], *force, e.publicity(), e.reserve(), e.inspections(), e.problems()); err != nil {
		return err
	}
	return p.print(map[string]string{"file": rest[0]}, words.T("export.done", "path", rest[0]))
}

// exporter makes the sheets of the three ledgers. Voided records are left out.
type exporter struct {
	ctx   context.Context
	s     *data.Store
	d     *directory
	today ledger.Day
}

func columns(keys ...string) []string {
	titles := make([]string, len(keys))
	for i, key := range keys {
		titles[i] = words.T("column." + key)
	}
	return titles
}

func (e exporter) publicity() export.Sheet {
	return export.Sheet{Name: words.T("sheet.publicity"),
		Columns: columns("id", "day", "unit", "channel", "item", "quantity", "measure", "written", "note", "author", "recorded"),
		Rows: func(yield func([]any) error) error {
			return eachEntry(e.ctx, e.s, ledger.PublicityFilter{Ascending: true}, func(r ledger.Row[ledger.Publicity]) error {
				item := e.d.item(r.Value.Item)
				return yield([]any{e.s.IDText(r.ID), r.Value.Day, e.d.unit(r.Value.Unit), words.Channel(item.Channel), item.Name,
					r.Value.Quantity.Value, item.Measure, words.Quantity(r.Value.Quantity), r.Value.Note, r.Author, r.Clock.Time()})
			})
		}}
}

func (e exporter) reserve() export.Sheet {
	return export.Sheet{Name: words.T("sheet.reserve"),
		Columns: columns("id", "plan", "site", "at", "rooms", "ready", "occupied", "cleaning", "unavailable", "note", "author"),
		Rows: func(yield func([]any) error) error {
			sites, err := e.s.Sites(e.ctx)
			for _, s := range sites {
				if err == nil && !s.Voided && s.Same == 0 {
					err = e.site(s, yield)
				}
			}
			return err
		}}
}

// site yields a site's reports, or what is known of it when there is none.
func (e exporter) site(s ledger.Row[ledger.Site], yield func([]any) error) error {
	reports, err := e.s.Reserves(e.ctx, s.ID, math.MaxInt32)
	if err != nil {
		return err
	}
	if len(reports) == 0 {
		return yield([]any{e.s.IDText(s.ID), words.Plan(s.Value.Plan), s.Value.Name, nil, s.Value.Rooms})
	}
	for _, r := range reports {
		v := r.Value
		if r.Voided {
			continue
		}
		if err := yield([]any{e.s.IDText(r.ID), words.Plan(s.Value.Plan), s.Value.Name, v.At, v.Rooms, v.Ready, v.Occupied,
			v.Cleaning, v.Unavailable, v.Note, r.Author}); err != nil {
			return err
		}
	}
	return nil
}

func (e exporter) inspections() export.Sheet {
	return export.Sheet{Name: words.T("sheet.inspections"),
		Columns: columns("id", "day", "unit", "form", "visits", "problems", "directives", "note", "author"),
		Rows: func(yield func([]any) error) error {
			rows, err := e.s.Inspections(e.ctx, ledger.InspectionFilter{})
			for _, r := range rows {
				if err != nil {
					break
				}
				v := r.Value
				err = yield([]any{e.s.IDText(r.ID), v.Day, e.d.unit(v.Unit), words.Form(v.Form), v.Visits, v.Problems,
					v.Directives, v.Note, r.Author})
			}
			return err
		}}
}

func (e exporter) problems() export.Sheet {
	return export.Sheet{Name: words.T("sheet.problems"),
		Columns: columns("id", "inspection", "unit", "text", "directive", "deadline", "state", "overdue", "rectified", "evidence", "second", "author"),
		Rows: func(yield func([]any) error) error {
			rows, err := e.s.Problems(e.ctx, ledger.ProblemFilter{})
			for _, r := range rows {
				if err != nil {
					break
				}
				v := r.Value
				overdue := ""
				if v.Overdue(e.today) {
					overdue = words.T("column.overdue")
				}
				err = yield([]any{e.s.IDText(r.ID), e.s.IDText(v.Inspection), e.d.unit(v.Unit), v.Text, v.Directive, v.Deadline,
					words.State(v.State), overdue, v.Rectified, v.Evidence, v.Second, r.Author})
			}
			return err
		}}
}
