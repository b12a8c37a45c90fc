package handoff

import (
	"bytes"
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// Found is one file of ours on a stick.
type Found struct {
	Path    string
	Size    int64
	Changed time.Time
	// Of a bundle:
	Bundle   bool
	Header   Header
	Manifest *Manifest // nil while it cannot be opened
	Merged   bool      // everything in it is here
	Log      *Merged   // the merge of this very file, where one stands; known without opening it
	Own      bool      // this desk wrote it
	// Of a receipt:
	Receipt *Receipt
	Err     error // why it cannot be opened
}

// Look lists the bundles and receipts in a folder, the newest first. Nothing is
// merged, and no file is changed.
func (x *Exchange) Look(ctx context.Context, folder string) ([]Found, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeStickGone, "path", folder).Because(err)
	}
	l, err := x.looker(ctx)
	if err != nil {
		return nil, err
	}
	var list []Found
	for _, e := range entries {
		ext := strings.ToLower(filepath.Ext(e.Name()))
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(e.Name(), ".") || ext != bundleExt && ext != ReceiptExt {
			continue
		}
		f := Found{Path: filepath.Join(folder, e.Name()), Size: info.Size(), Changed: info.ModTime(), Bundle: ext == bundleExt}
		if f.Bundle {
			if err := l.atBundle(ctx, x, &f); err != nil {
				return nil, err
			}
		} else {
			l.atReceipt(&f)
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b Found) int { return b.Changed.Compare(a.Changed) })
	return list, nil
}

// looker is what the files of a folder are looked at with, read once for all.
type looker struct {
	ids    []age.Identity
	idsErr error
	own    ledger.DeskInfo
	sent   map[string]bool         // names of the files that this desk has written
	merged map[ledger.Hash]*Merged // merges that stand, by the imprint of their bundle
}

func (x *Exchange) looker(ctx context.Context) (*looker, error) {
	l := &looker{sent: map[string]bool{}}
	sent, err := x.Ledger.SentLog(ctx)
	if err != nil {
		return nil, err
	}
	for i := range sent {
		l.sent[sent[i].File] = true
	}
	if l.own, err = x.ownDesk(ctx); err != nil {
		return nil, err
	}
	if err := l.readMerged(ctx, x.Ledger); err != nil {
		return nil, err
	}
	l.ids, l.idsErr = Identities(x.Home) // told of each file: none can be opened
	return l, nil
}

// readMerged reads the merges that stand. One from before imprints were kept has
// none and is not known by it.
func (l *looker) readMerged(ctx context.Context, from Ledger) error {
	log, err := from.MergeLog(ctx)
	l.merged = make(map[ledger.Hash]*Merged, len(log))
	for i := range log {
		if m := &log[i]; m.Undone.IsZero() && m.Imprint != (ledger.Hash{}) {
			l.merged[m.Imprint] = m
		}
	}
	return err
}

// atBundle looks at one bundle. Its error is the ledger's: what is wrong with the
// file stands in f.Err.
func (l *looker) atBundle(ctx context.Context, x *Exchange, f *Found) (err error) {
	f.Own = l.sent[filepath.Base(f.Path)]
	var b *Opened
	if f.Err = l.idsErr; f.Err == nil {
		b, f.Err = openBundle(f.Path, Opener{Identities: l.ids})
	}
	if f.Err != nil {
		l.atClosed(f)
		return nil
	}
	defer b.Close()
	f.Header, f.Manifest, f.Log = b.Header, &b.Manifest, l.merged[b.Imprint]
	f.Own = f.Own || bytes.Equal(l.own.Desk.PublicKey, f.Manifest.Sender.Key)
	f.Merged, err = x.allHere(ctx, f.Manifest)
	return err
}

// atClosed says of a bundle that cannot be opened what its clear part tells: one
// under a passphrase was merged here when the log has its imprint.
func (l *looker) atClosed(f *Found) {
	r, size, closing, err := OpenFile(f.Path)
	if err != nil {
		return
	}
	defer closing()
	var imprint ledger.Hash
	if f.Header, imprint, err = Imprint(r, size, f.Path); err == nil {
		f.Log = l.merged[imprint]
		f.Merged = f.Log != nil
	}
}

func (l *looker) atReceipt(f *Found) {
	if f.Err = l.idsErr; f.Err != nil {
		return
	}
	r, err := ReadReceipt(f.Path, l.ids)
	if f.Err = err; err == nil {
		f.Receipt = &r
	}
}

// Taken is one receipt that Receipts found.
type Taken struct {
	Path    string
	Receipt Receipt
	News    bool  // it says something new
	Err     error // why it was not taken
}

// Receipts takes every receipt for this desk that lies in a folder. Receipts for
// others are passed over.
func (x *Exchange) Receipts(ctx context.Context, folder string) ([]Taken, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeStickGone, "path", folder).Because(err)
	}
	ids, err := Identities(x.Home)
	if err != nil {
		return nil, err
	}
	var list []Taken
	for _, e := range entries {
		if strings.ToLower(filepath.Ext(e.Name())) != ReceiptExt || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		t := Taken{Path: filepath.Join(folder, e.Name())}
		t.Receipt, t.Err = ReadReceipt(t.Path, ids)
		if ledger.CodeOf(t.Err) != ledger.CodeBundleNotForUs {
			list = append(list, t)
		}
	}
	// As they were written: what a ledger holds is what its newest receipt says.
	slices.SortStableFunc(list, func(a, b Taken) int {
		return cmp.Or(a.Receipt.At.Compare(b.Receipt.At), cmp.Compare(merges(a), merges(b)))
	})
	for i := range list {
		if t := &list[i]; t.Err == nil {
			t.News, t.Err = x.Ledger.TakeReceipt(ctx, t.Receipt)
		}
	}
	return list, nil
}

func merges(t Taken) int {
	if t.Receipt.Merged {
		return 1
	}
	return 0
}
