package data

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// The names in table local.
const (
	localOwn   = "own"   // number of the chain this program writes
	localRenew = "renew" // begin a chain of its own before writing: one of the next
)

// The values of localRenew.
const (
	renewChain = 1 // with a new incarnation: the ledger was restored
	renewKey   = 2 // with a new key too: another PC writes with this one
)

// chainHead is where a chain stands.
type chainHead struct {
	number int64
	id     ledger.DeskID
	parent int64 // number of the chain it branches from, 0 for none
	start  int64 // seq of the first revision under this number
	seq    int64 // of the newest; start-1 for none
	hash   ledger.Hash
	clock  ledger.Clock
	seal   handoff.Seal // under the head of a chain that came in a bundle
	kept   int64        // seq as the ledger has it; seq moves with what is appended
}

// point is the head as bundles name it.
func (h *chainHead) point() handoff.Point {
	return handoff.Point{Desk: h.id, Seq: h.seq, Hash: h.hash}
}

// querier is what *sql.DB, *sql.Tx and *sql.Conn share.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readHeads(ctx context.Context, q querier) (map[int64]*chainHead, error) {
	rows, err := q.QueryContext(ctx, "SELECT number, id, parent, start, head, hash, clock, signer, signature FROM desk")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	heads := map[int64]*chainHead{}
	for rows.Next() {
		var h chainHead
		var id, hash []byte
		if err := rows.Scan(&h.number, &id, &h.parent, &h.start, &h.seq, &hash, &h.clock,
			(*[]byte)(&h.seal.Key), &h.seal.Signature); err != nil {
			return nil, err
		}
		if copy(h.id[:], id); len(id) != len(h.id) {
			return nil, differ("desk number %d: its id has %d bytes", h.number, len(id))
		}
		if copy(h.hash[:], hash); len(hash) != len(h.hash) {
			return nil, differ("desk number %d: its hash has %d bytes", h.number, len(hash))
		}
		h.kept = h.seq
		heads[h.number] = &h
	}
	return heads, rows.Err()
}

func readLocal(ctx context.Context, q querier) (map[string]int64, error) {
	rows, err := q.QueryContext(ctx, "SELECT name, value FROM local")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := map[string]int64{}
	for rows.Next() {
		var name string
		var value int64
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		values[name] = value
	}
	return values, rows.Err()
}

// settle writes a new ledger's first revisions: the catalogue's chain, then
// this desk's: the desk itself, the district, the unit.
func (s *Store) settle(ctx context.Context, office Office) error {
	if strings.TrimSpace(office.District) == "" || strings.TrimSpace(office.Desk) == "" {
		return ledger.Refuse(ledger.CodeNameEmpty)
	}
	for _, name := range []string{office.District, office.Unit} {
		if err := ledger.CheckUnitName(name); err != nil && name != "" {
			return err
		}
	}
	key, err := newKey(s.options.Home)
	if err != nil {
		return err
	}
	initials := office.Initials
	if initials == nil {
		initials = func(string) string { return "" }
	}
	return s.write(ctx, func(t *tx) error {
		if err := t.adoptCatalogue(); err != nil {
			return err
		}
		desk := &ledger.Desk{Name: office.Desk, PublicKey: key}
		// The desk's record comes first on its chain and points ahead to its
		// unit, which the next revisions create.
		number := nextNumber(t.heads)
		district := ledger.MakeID(number, 2)
		desk.Unit = district
		own := []ledger.Record{&ledger.Unit{Name: office.District, Initials: initials(office.District)}}
		if office.Unit != "" && office.Unit != office.District {
			desk.Unit = ledger.MakeID(number, 3)
			own = append(own, &ledger.Unit{Name: office.Unit, Parent: district, Initials: initials(office.Unit)})
		}
		if err := t.beginChain(number, desk); err != nil {
			return err
		}
		for _, r := range own {
			if err := t.Append(&ledger.Revision{Op: ledger.OpCreate, Author: office.Desk, Fields: r}); err != nil {
				return err
			}
		}
		return nil
	})
}

// nextNumber is a free local desk number.
func nextNumber(heads map[int64]*chainHead) int64 {
	next := int64(1)
	for n := range heads {
		next = max(next, n+1)
	}
	return next
}

// beginChain opens a chain of this desk under number, with a fresh incarnation,
// and makes it the one this program writes.
func (t *tx) beginChain(number int64, desk *ledger.Desk) error {
	if _, err := rand.Read(desk.Incarnation[:]); err != nil {
		return err
	}
	if err := t.addDesk(number, ledger.NewDeskID(desk.PublicKey, desk.Incarnation)); err != nil {
		return err
	}
	t.own = number
	if err := t.setLocal(localOwn, number); err != nil {
		return err
	}
	if err := t.setLocal(localRenew, 0); err != nil {
		return err
	}
	return t.Append(&ledger.Revision{Op: ledger.OpCreate, Author: desk.Name, Fields: desk})
}

func (t *tx) addDesk(number int64, id ledger.DeskID) error {
	return t.addChain(&chainHead{number: number, id: id, start: 1})
}

// addChain makes an empty chain that begins where h says.
func (t *tx) addChain(h *chainHead) error {
	h.kept = h.seq
	t.heads[h.number] = h
	t.s.desks.add(h.number, h.id)
	return t.exec(`INSERT INTO desk (number, id, parent, start, head, hash, clock, signer, signature)
		VALUES (?, ?, ?, ?, ?, ?, 0, x'', x'')`, h.number, h.id[:], h.parent, h.start, h.seq, h.hash[:])
}

func (t *tx) setLocal(name string, value int64) error {
	_, err := t.sql.ExecContext(t.ctx, "INSERT INTO local (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
	return err
}

func (t *tx) adoptCatalogue() error {
	number := nextNumber(t.heads)
	if err := t.addDesk(number, ledger.CatalogueDesk); err != nil {
		return err
	}
	for _, r := range ledger.CatalogueRevisions(number) {
		if err := t.insert(t.heads[number], &r); err != nil {
			return err
		}
	}
	return nil
}

// ensureOwn begins a new incarnation when this ledger was restored from a
// backup, with Restore or by copying an old file over it by hand, or when the desk's key is not in this home: then the file was copied
// from another PC, whose chain must not be continued here.
func (t *tx) ensureOwn() error {
	if t.own = t.s.kept.own; t.own != 0 {
		return nil
	}
	local, err := readLocal(t.ctx, t.sql)
	if err != nil {
		return err
	}
	t.own = local[localOwn]
	if t.own == 0 {
		return nil // a ledger being made
	}
	row, err := t.Current(ledger.MakeID(t.own, 1))
	if err != nil {
		return err
	}
	desk := *row.Value.(*ledger.Desk)
	if hasKey(t.s.options.Home, desk.PublicKey) && local[localRenew] != renewKey {
		if local[localRenew] == 0 && !t.behindMark() {
			t.s.kept.own = t.own
			return nil
		}
	} else if desk.PublicKey, err = newKey(t.s.options.Home); err != nil {
		return err
	}
	return t.beginChain(nextNumber(t.heads), &desk)
}

// markFile keeps how far a chain was written, outside the ledger file: an old
// copy of the file that is put in its place by hand is told by it.
func (t *tx) markFile() string {
	return filepath.Join(t.s.options.Home, "keys", t.heads[t.own].id.String()+".seq")
}

// behindMark reports whether the own chain is shorter than it was once written.
func (t *tx) behindMark() bool {
	content, err := os.ReadFile(t.markFile())
	if err != nil {
		return false
	}
	seq, err := strconv.ParseInt(strings.TrimSpace(string(content)), 10, 64)
	return err == nil && t.heads[t.own].seq < seq
}

// leaveMark notes how far the own chain is committed. Written after the commit
// and not flushed: after a power cut the mark may be older than the chain, never
// newer. Where it cannot be written the ledger works all the same.
func (t *tx) leaveMark() {
	h := t.heads[t.own]
	if h == nil || h.seq == h.kept {
		return
	}
	// In place and of one length: cutting the file first would be a change of
	// the folder's books that the next flush of the ledger has to wait for.
	f, err := os.OpenFile(t.markFile(), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	_, _ = f.WriteAt(fmt.Appendf(nil, "%020d\n", h.seq), 0)
}

// keyFile is where a desk's private key lives: outside the ledger file, for its
// user only.
func keyFile(home string, public ed25519.PublicKey) string {
	return filepath.Join(home, "keys", hex.EncodeToString(public[:8])+".key")
}

func hasKey(home string, public ed25519.PublicKey) bool {
	if len(public) != ed25519.PublicKeySize {
		return false
	}
	_, err := os.Stat(keyFile(home, public))
	return err == nil
}

// newKey makes the desk's Ed25519 key and keeps it under home: one line with
// the 32-byte seed in hex.
func newKey(home string) (ed25519.PublicKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	file := keyFile(home, public)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, fileFault(file, err)
	}
	line := "taizhang-desk-key-1 " + hex.EncodeToString(private.Seed()) + "\n"
	if err := writeWhole(file, []byte(line), 0o600); err != nil {
		return nil, fileFault(file, err)
	}
	return public, nil
}

// Desks lists every chain in the ledger.
func (s *Store) Desks(ctx context.Context) ([]ledger.DeskInfo, error) {
	var list []ledger.DeskInfo
	err := s.read(ctx, func(q querier) error {
		heads, err := readHeads(ctx, q)
		if err != nil {
			return err
		}
		local, err := readLocal(ctx, q)
		if err != nil {
			return err
		}
		l := lines{ctx: ctx, q: q, desks: s.desks, heads: heads}
		for _, n := range slices.Sorted(maps.Keys(heads)) {
			h := heads[n]
			if h.seq < h.start {
				continue // known by name only
			}
			desk, err := l.desk(n)
			if err != nil {
				return err
			}
			info := ledger.DeskInfo{Number: n, ID: h.id, Desk: *desk, Own: local[localOwn] == n, Head: h.seq}
			if h.parent != 0 {
				info.Branch = h.start
			}
			list = append(list, info)
		}
		return nil
	})
	return list, s.fault(err)
}

// IDText is the desk's short id and the sequence number: 3f9a2c1d-17.
func (s *Store) IDText(id ledger.ID) string {
	if id == 0 {
		return ""
	}
	return s.desks.lookup(id.Desk()).Short() + "-" + strconv.FormatInt(id.Seq(), 10)
}

// ParseID reads what IDText wrote.
func (s *Store) ParseID(text string) (ledger.ID, error) {
	short, number, ok := strings.Cut(strings.TrimSpace(text), "-")
	seq, err := strconv.ParseInt(number, 10, 64)
	desk, known := s.desks.byShort(short)
	if !ok || err != nil || seq < 1 || seq >= 1<<40 || !known {
		return 0, ledger.Refuse(ledger.CodeRecordUnknown, "id", text)
	}
	return ledger.MakeID(desk, seq), nil
}
