package handoff

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"taizhang/app/ledger"
)

// Ledger is what an exchange asks of the ledger. Package data implements it.
type Ledger interface {
	Desks(ctx context.Context) ([]ledger.DeskInfo, error)
	UnitPath(ctx context.Context, unit ledger.ID) (string, error)

	Outgoing(ctx context.Context, o OutgoingOptions) (Outgoing, error)
	NoteSent(ctx context.Context, out Outgoing, file string, size int64) error
	SentLog(ctx context.Context) ([]Sent, error)
	TakeReceipt(ctx context.Context, r Receipt) (news bool, err error)

	PlanMerge(ctx context.Context, b *Bundle, o MergeOptions) (*Plan, error)
	Merge(ctx context.Context, b *Bundle, o MergeOptions) (*Plan, error)
	MergeLog(ctx context.Context) ([]Merged, error)
	Has(ctx context.Context) ([]Point, error)
	// Holds reports whether the ledger's chains go through every one of the points.
	Holds(ctx context.Context, points []Point) (bool, error)
	// BackupNow keeps a copy of the ledger as it is, and returns its path.
	BackupNow(ctx context.Context) (string, error)

	Peers(ctx context.Context) ([]Peer, error)
}

// Exchange carries revisions between a ledger and sticks: all that the window
// and the commands do with bundles.
type Exchange struct {
	Ledger Ledger
	Home   string           // where the keys are
	Now    func() time.Time // the PC's clock
}

// ownDesk is the desk that this program writes as.
func (x *Exchange) ownDesk(ctx context.Context) (ledger.DeskInfo, error) {
	desks, err := x.Ledger.Desks(ctx)
	if err != nil {
		return ledger.DeskInfo{}, err
	}
	for _, d := range desks {
		if d.Own {
			return d, nil
		}
	}
	return ledger.DeskInfo{}, ledger.Refuse(ledger.CodeInternal, "detail", "no own desk")
}

// Keys are this desk's.
func (x *Exchange) Keys(ctx context.Context) (Keys, error) {
	own, err := x.ownDesk(ctx)
	if err != nil {
		return Keys{}, err
	}
	return LoadKeys(x.Home, own.Desk.PublicKey)
}

// Card is this desk's own.
func (x *Exchange) Card(ctx context.Context) (Card, error) {
	card, _, err := x.self(ctx)
	return card, err
}

// self is this desk's card and the keys beneath it.
func (x *Exchange) self(ctx context.Context) (Card, Keys, error) {
	own, err := x.ownDesk(ctx)
	if err != nil {
		return Card{}, Keys{}, err
	}
	unit, err := x.Ledger.UnitPath(ctx, own.Desk.Unit)
	if err != nil {
		return Card{}, Keys{}, err
	}
	keys, err := LoadKeys(x.Home, own.Desk.PublicKey)
	if err != nil {
		return Card{}, Keys{}, err
	}
	return NewCard(own.Desk.Name, unit, keys), keys, nil
}

// Find returns the accepted peer that a person calls text: by its name or its
// fingerprint. CodePeerUnknown and CodePeerMany otherwise.
func (x *Exchange) Find(ctx context.Context, text string) (Peer, error) {
	peers, err := x.Ledger.Peers(ctx)
	if err != nil {
		return Peer{}, err
	}
	text = strings.TrimSpace(text)
	var found []Peer
	for _, p := range peers {
		if SameFingerprint(text, p.Card.Fingerprint()) {
			return p, nil
		}
		if p.OwnName == text || p.Card.Name == text {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return Peer{}, ledger.Refuse(ledger.CodePeerUnknown, "name", text)
	case 1:
		return found[0], nil
	}
	return Peer{}, ledger.Refuse(ledger.CodePeerMany, "name", text)
}

// Export is what a bundle is made of.
type Export struct {
	To         []Peer
	Passphrase string // instead of To
	SinceStart bool
	Scope      Scope  // ScopeByUnit: each peer's own
	Path       string // a folder, or the file's name in one
	Limit      int64  // the largest file in bytes; 0: FAT32's
	Progress   func(done, total int64)
}

// Exported says what was written.
type Exported struct {
	Paths    []string // the first is the bundle; others follow where it was split
	Size     int64    // bytes
	Manifest Manifest
	LeftOut  []string // desks whose chains the scope leaves out

	New, Corrected, Voided int64 // revisions carried, by what they do
}

// File is the bundle's base name.
func (e *Exported) File() string { return filepath.Base(e.Paths[0]) }

// Export writes a bundle and notes it in the log. When it returns nil the stick
// can be taken out.
func (x *Exchange) Export(ctx context.Context, e Export) (*Exported, error) {
	for i := range e.To {
		if e.To[i].Card.Recipient == "" || !e.To[i].Accepted {
			return nil, ledger.Refuse(ledger.CodePeerUnknown, "name", e.To[i].Name())
		}
	}
	if len(e.To) == 0 {
		if err := CheckPassphrase(e.Passphrase); err != nil {
			return nil, err
		}
	}
	keys, err := x.Keys(ctx)
	if err != nil {
		return nil, err
	}
	out, err := x.Ledger.Outgoing(ctx, OutgoingOptions{To: e.To, SinceStart: e.SinceStart, Scope: e.Scope, Keys: keys})
	if err != nil {
		return nil, err
	}
	defer out.Close()
	folder, name := x.place(e.Path, out.Manifest())
	done := &Exported{LeftOut: out.LeftOut()}
	done.Paths, done.Size, err = WriteFile(ctx, folder, name, need(out.Manifest()), e.Limit, func(w io.Writer) error {
		return done.writeBundle(ctx, w, out, e, keys)
	})
	if err != nil {
		return nil, err
	}
	done.Manifest = *out.Manifest()
	return done, x.Ledger.NoteSent(ctx, out, done.File(), done.Size)
}

// perRevision is how many bytes of a bundle a revision takes, with room for long
// notes.
const perRevision = 40

// need estimates a bundle's size for the first look at the free space; the write
// itself finds out.
func need(m *Manifest) int64 { return 4096 + m.Revisions*perRevision }

// place is the folder and the name of a bundle.
func (x *Exchange) place(path string, m *Manifest) (folder, name string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() || strings.HasSuffix(path, string(filepath.Separator)) {
		district, unit, _ := strings.Cut(m.Sender.Unit, "/")
		if i := strings.LastIndexByte(unit, '/'); i >= 0 {
			unit = unit[i+1:]
		}
		if unit == "" {
			unit = m.Sender.Name
		}
		return path, FileName(district, unit, x.Now())
	}
	return filepath.Dir(path), filepath.Base(path)
}

func (e *Exported) writeBundle(ctx context.Context, w io.Writer, out Outgoing, what Export, keys Keys) error {
	s := Sealing{Passphrase: what.Passphrase, Sign: keys.Sign}
	for i := range what.To {
		s.To = append(s.To, what.To[i].Card)
	}
	m := out.Manifest()
	b, err := NewWriter(w, m, s)
	if err != nil {
		return err
	}
	var done int64
	err = out.Each(ctx, func(r *ledger.Revision) error {
		if done++; what.Progress != nil && done%4096 == 0 {
			what.Progress(done, m.Revisions)
		}
		switch r.Op {
		case ledger.OpCreate:
			e.New++
		case ledger.OpCorrect:
			e.Corrected++
		case ledger.OpVoid:
			e.Voided++
		}
		return b.Add(r)
	})
	if err != nil {
		return err
	}
	return b.Close()
}

// Opened is a bundle open on its stick.
type Opened struct {
	*Bundle
	close func() error
}

// Close lets go of the file.
func (o *Opened) Close() error { return o.close() }

// Open opens a bundle with every key of this PC and checks its manifest. The
// file is only read.
func (x *Exchange) Open(path, passphrase string) (*Opened, error) {
	ids, err := Identities(x.Home)
	if err != nil {
		return nil, err
	}
	return openBundle(path, Opener{Identities: ids, Passphrase: passphrase})
}

func openBundle(path string, o Opener) (*Opened, error) {
	r, size, closing, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	b, err := Open(r, size, path, o)
	if err != nil {
		closing()
		return nil, err
	}
	return &Opened{Bundle: b, close: closing}, nil
}

// Preview says what merging the bundle would bring; the ledger is left as it is.
func (x *Exchange) Preview(ctx context.Context, path, passphrase string, progress func(done, total int64)) (*Plan, error) {
	b, err := x.Open(path, passphrase)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	plan, err := x.Ledger.PlanMerge(ctx, b.Bundle, MergeOptions{File: filepath.Base(path), Progress: progress})
	if err != nil || !plan.Done() {
		return plan, err
	}
	// The manifest alone has told; whether the rest is sound nobody has seen.
	if err := b.CheckWhole(ctx); ledger.CodeOf(err) == ledger.CodeBundleChanged {
		plan.Damaged = true
	} else if err != nil {
		return nil, err
	}
	return plan, nil
}

// Merge is a bundle to be merged.
type Merge struct {
	Path       string
	Passphrase string
	Accept     []string // fingerprints of unknown desks that a person accepts
	Progress   func(done, total int64)
}

// Outcome is what Exchange.Merge did.
type Outcome struct {
	Plan    *Plan
	Receipt string // path; "" when none could be left, and why in NoReceipt
	// NoReceipt is why there is no receipt: a stick that cannot be written to, or a
	// sender without a card.
	NoReceipt error
}

// Merge checks the bundle whole, keeps a backup, merges it in one transaction and
// leaves a receipt beside it. A refusal leaves a receipt that says why.
func (x *Exchange) Merge(ctx context.Context, m Merge) (*Outcome, error) {
	b, err := x.Open(m.Path, m.Passphrase)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	plan, err := x.merge(ctx, b, m)
	if err != nil {
		if ctx.Err() == nil {
			_, _ = x.leaveReceipt(ctx, b, m.Path, nil, ledger.CodeOf(err))
		}
		return nil, err
	}
	done := &Outcome{Plan: plan}
	if left := m.Path + ReceiptExt; plan.Done() && isFile(left) {
		done.Receipt = left // of the first time
		return done, nil
	}
	done.Receipt, done.NoReceipt = x.leaveReceipt(ctx, b, m.Path, plan, "")
	return done, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func (x *Exchange) merge(ctx context.Context, b *Opened, m Merge) (*Plan, error) {
	o := MergeOptions{File: filepath.Base(m.Path), Accept: m.Accept, Progress: m.Progress}
	here, err := x.allHere(ctx, &b.Manifest)
	if err != nil {
		return nil, err
	}
	if !here {
		if err := b.CheckWhole(ctx); err != nil {
			return nil, err
		}
		if _, err := x.Ledger.BackupNow(ctx); err != nil {
			return nil, err
		}
	}
	return x.Ledger.Merge(ctx, b.Bundle, o)
}

// allHere reports whether a bundle brings nothing to the ledger, however far its
// chains have gone on since. The manifest tells; the rest need not be read.
func (x *Exchange) allHere(ctx context.Context, m *Manifest) (bool, error) {
	heads := make([]Point, 0, len(m.Ranges))
	for i := range m.Ranges {
		heads = append(heads, m.Ranges[i].Head)
	}
	return x.Ledger.Holds(ctx, heads)
}

func (x *Exchange) leaveReceipt(ctx context.Context, b *Opened, path string, plan *Plan, code ledger.Code) (string, error) {
	to := b.Manifest.Sender
	if to.Recipient == "" {
		return "", ledger.Refuse(ledger.CodePeerUnknown, "name", to.Name)
	}
	from, keys, err := x.self(ctx)
	if err != nil {
		return "", err
	}
	r := Receipt{Bundle: b.Manifest.Bundle, File: filepath.Base(path), From: from, At: x.Now().Truncate(time.Second),
		Merged: code == "", Code: string(code)}
	if plan != nil {
		r.New, r.Corrected, r.Voided, r.Clashing, r.Here = plan.New, plan.Corrected, plan.Voided, plan.Clashing, plan.Here
	}
	if r.Has, err = x.Ledger.Has(ctx); err != nil {
		return "", err
	}
	return WriteReceipt(filepath.Dir(path), r, to, keys)
}

// SlipData is what the paper that goes with a bundle says.
func (x *Exchange) SlipData(done *Exported, to []Peer) (SlipData, error) {
	sum, size, err := HashFile(done.Paths[0])
	if err != nil {
		return SlipData{}, err
	}
	m := &done.Manifest
	d := SlipData{File: done.File(), Parts: len(done.Paths), Size: size, Sum: sum, Sender: m.Sender, Created: m.Created,
		First: m.First, Last: m.Last, Revisions: m.Revisions, New: done.New, Corrected: done.Corrected, Voided: done.Voided}
	for i := range to {
		d.To = append(d.To, to[i].Card)
	}
	return d, nil
}
