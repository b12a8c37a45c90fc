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
	var batchID, source any // null for none
	if batch != nil {
		batchID, source = s.IDText(batch.ID), batch.Value.Source
	}
	list := make([]object, 0, len(history))
	for _, r := range history {
		came := origins[r.ID]
		fields := d.describe(r.Fields)
		list = append(list, object{{"revision", s.IDText(r.ID)}, {"op", opName[r.Op]}, {"kind", r.Fields.Kind().String()},
			{"recorded", stamp(r.Clock.Time())}, {"author", r.Author}, {"desk", d.desks[r.ID.Desk()]},
			{"reason", r.Reason}, {"hash", r.Hash.String()}, {"fields", fields},
			{"bundle", came.File}, {"merge", came.Merge}, {"sender", came.Sender}, {"merged", momentOrNil(came.At)},
			{"batch", batchID}, {"source", source}})
		if !p.json {
			line := fmt.Sprintf("%s  %s  %s  %s", r.Clock.Time().Format("2006-01-02 15:04:05"), words.Op(r.Op), r.Author, d.desks[r.ID.Desk()])
			if r.Reason != "" {
				line += "  " + words.T("revision.reason", "reason", r.Reason)
			}
			if came.Merge > 0 {
				line += "  " + words.T("revision.came", "file", came.File, "name", came.Sender, "n", came.Merge, "at", came.At.Format("2006-01-02 15:04"))
			}
			if batch != nil && r.Op == ledger.OpCreate {
				line += "  " + words.T("revision.batch", "source", words.Source(batch.Value.Source), "n", batch.Value.Count, "batch", batchID)
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

// batchOf is the batch that a record was taken in with, nil for none.
func batchOf(ctx context.Context, s *data.Store, record ledger.ID) (*ledger.Row[ledger.Batch], error) {
	list, err := s.Batches(ctx, ledger.BatchFilter{Record: record, Voided: true})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}
