package intake

import (
	"context"
	"crypto/sha256"
	"unicode/utf8"

	"taizhang/app/ledger"
)

// Source is where something was read from, as a batch keeps it.
type Source struct {
	Name string            // of the file; empty for what was pasted
	Hash [sha256.Size]byte // of the file's bytes, or of the pasted text
	Text string            // of a report; empty for a workbook
}

// Pasted is the source of a text that was pasted.
func Pasted(text string) Source { return Source{Hash: sha256.Sum256([]byte(text)), Text: text} }

// Batch is the batch of this source, for Book.RecordBatch. Names and texts longer
// than a batch keeps are cut and left out.
func (s Source) Batch() *ledger.Batch {
	b := &ledger.Batch{Source: s.Name, Hash: s.Hash, Text: s.Text}
	if name := []rune(s.Name); len(name) > ledger.MaxText {
		b.Source = string(name[:ledger.MaxText])
	}
	if utf8.RuneCountInString(s.Text) > ledger.MaxSource {
		b.Text = ""
	}
	return b
}

// TakenBefore refuses a source that stands in the ledger already, with
// CodeIntakeAgain: when, by whom and as which batch. One that was taken back may be
// taken again.
func TakenBefore(ctx context.Context, r ledger.Reader, s Source) error {
	list, err := r.Batches(ctx, ledger.BatchFilter{Hash: s.Hash[:], Limit: 1})
	if err != nil || len(list) == 0 {
		return err
	}
	at := ledger.DayOf(list[0].Clock.Time())
	return ledger.Refuse(ledger.CodeIntakeAgain, "at", at, "author", list[0].Author, "batch", r.IDText(list[0].ID))
}

// Alike finds the entries among records that the ledger has already: of the same
// unit, item, day and quantity. It gives the newest for each record, 0 for none and
// for what is no entry.
func Alike(ctx context.Context, r ledger.Reader, records []ledger.Record) ([]ledger.ID, error) {
	var entries []ledger.Publicity
	var of []int
	for i, record := range records {
		if p, ok := record.(*ledger.Publicity); ok && p.Item > 0 {
			entries, of = append(entries, *p), append(of, i)
		}
	}
	found, err := r.Alike(ctx, entries)
	if err != nil {
		return nil, err
	}
	list := make([]ledger.ID, len(records))
	for k, id := range found {
		list[of[k]] = id
	}
	return list, nil
}
