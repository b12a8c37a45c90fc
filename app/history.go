package main

import (
	"context"
	"fmt"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// runHistory prints every revision of a record, oldest first.
func runHistory(ctx context.Context, p *program, args []string) error {
	rest, s, err := p.begin(ctx, p.openToRead, p.flags("history"), args, "ID")
	if err != nil {
		return err
	}
	defer s.Close()
	id, err := s.ParseID(rest[0])
	if err != nil {
		return err
	}
	history, err := s.History(ctx, id)
	if err != nil {
		return err
	}
	d, err := newDirectory(ctx, s)
	if err != nil {
		return err
	}
	ids := make([]ledger.ID, len(history))
	for i, r := range history {
		ids[i] = r.ID
	}
	origins, err := s.Origins(ctx, ids)
	if err != nil {
		return err
	}
	batch, err := batchOf(ctx, s, id)
	if err != nil {
		return err
	}
	list := make([]object, 0, len(history))
	for _, r := range history {
		came := origins[r.ID]
		fields := d.describe(r.Fields)
		list = append(list, object{{"revision", s.IDText(r.ID)}, {"op", opName[r.Op]}, {"kind", r.Fields.Kind().String()},
			{"recorded", stamp(r.Clock.Time())}, {"author", r.Author}, {"desk", d.desks[r.ID.Desk()]},
			{"reason", r.Reason}, {"hash", r.Hash.String()}, {"fields", fields},
			{"bundle", came.File}, {"merge", came.Merge}, {"sender", came.Sender}, {"merged", momentOrNil(came.At)},
			{"batch", batch.id}, {"source", batch.source}})
		if !p.json {
			line := fmt.Sprintf("%s  %s  %s  %s", r.Clock.Time().Format("2006-01-02 15:04:05"), words.Op(r.Op), r.Author, d.desks[r.ID.Desk()])
			if r.Reason != "" {
				line += "  " + words.T("revision.reason", "reason", r.Reason)
			}
			if came.Merge > 0 {
				line += "  " + words.T("revision.came", "file", came.File, "name", came.Sender, "n", came.Merge, "at", came.At.Format("2006-01-02 15:04"))
			}
			if batch.id != nil && r.Op == ledger.OpCreate {
				line += "  " + words.T("revision.batch", "source", sourceName(batch.source), "n", batch.count, "batch", batch.id)
			}
			fmt.Fprintf(p.stdout, "%s\n    %s\n", line, fields.line())
		}
	}
	if p.json {
		return p.printJSON(list)
	}
	return nil
}

// opName are the code names of operations.
var opName = map[ledger.Op]string{ledger.OpCreate: "create", ledger.OpCorrect: "correct", ledger.OpVoid: "void"}

// covering is the batch that a record was taken in with.
type covering struct {
	id     any // nil for none
	source any
	count  int64
}

func batchOf(ctx context.Context, s *data.Store, record ledger.ID) (covering, error) {
	list, err := s.Batches(ctx, ledger.BatchFilter{Record: record, Voided: true})
	if err != nil || len(list) == 0 {
		return covering{}, err
	}
	return covering{id: s.IDText(list[0].ID), source: list[0].Value.Source, count: list[0].Value.Count}, nil
}

// sourceName is what a batch was taken from, for a person: a file, or pasted text.
func sourceName(source any) any {
	if source == "" {
		return words.T("history.batch.pasted")
	}
	return source
}
