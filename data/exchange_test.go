package data_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/data"
)

// office is a desk that exchanges bundles with others.
type office struct {
	*desk
	x *handoff.Exchange
}

var _ handoff.Ledger = (*data.Store)(nil)

// newOffice makes a desk of a unit, in a home of its own.
func newOffice(t testing.TB, district, unit, name string) *office {
	t.Helper()
	d := &desk{t: t, home: t.TempDir(), now: time.Date(2026, 11, 22, 16, 0, 0, 0, time.Local), items: map[string]ledger.ID{}}
	d.path = filepath.Join(d.home, "ledger.db")
	s, err := data.Create(context.Background(), d.path, d.options(), data.Office{District: district, Unit: unit, Desk: name})
	if err != nil {
		t.Fatal(err)
	}
	d.use(s)
	o := &office{desk: d}
	o.ready()
	return o
}

func (o *office) ready() {
	o.x = &handoff.Exchange{Ledger: o.store, Home: o.home, Now: func() time.Time { return o.now }}
}

// pair makes every office accept every other.
func pair(t testing.TB, offices ...*office) {
	t.Helper()
	ctx := context.Background()
	for _, o := range offices {
		card, err := o.x.Card(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range offices {
			if other == o {
				continue
			}
			if err := other.store.Pair(ctx, card, "", handoff.ScopeByUnit); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// peer is how an office calls another.
func (o *office) peer(other *office) handoff.Peer {
	o.t.Helper()
	card, err := other.x.Card(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	p, err := o.x.Find(context.Background(), card.Fingerprint())
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// export writes a bundle for another office into a folder and returns its path;
// "" when there is nothing to send.
func (o *office) export(folder string, to *office, scope handoff.Scope, sinceStart bool) string {
	o.t.Helper()
	done, err := o.x.Export(context.Background(), handoff.Export{To: []handoff.Peer{o.peer(to)}, Path: folder, Scope: scope, SinceStart: sinceStart})
	if ledger.CodeOf(err) == ledger.CodeNothingToSend {
		return ""
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return done.Paths[0]
}

// merge merges a bundle and wants it to go well.
func (o *office) merge(path string) *handoff.Plan {
	o.t.Helper()
	done, err := o.x.Merge(context.Background(), handoff.Merge{Path: path})
	if err != nil {
		o.t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	if done.NoReceipt != nil {
		o.t.Fatalf("no receipt: %v", done.NoReceipt)
	}
	return done.Plan
}

// revisions are the hashes of every revision in the ledger, in order: the hash
// covers all that a revision says.
func (o *office) revisions() []string {
	o.t.Helper()
	var list []string
	o.query("SELECT hash FROM revision", func(scan func(...any) error) error {
		var hash []byte
		err := scan(&hash)
		list = append(list, string(hash))
		return err
	})
	slices.Sort(list)
	return list
}

// query reads the file beside the store.
func (o *office) query(q string, row func(scan func(...any) error) error) {
	o.t.Helper()
	db, err := sql.Open("sqlite3", o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(q)
	if err != nil {
		o.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			o.t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		o.t.Fatal(err)
	}
}

// said is what the ledger says of all its figures, but for the numbers that are
// local to it and for the order of lists.
func (o *office) said() string {
	o.t.Helper()
	f := o.figures()
	v := reflect.ValueOf(&f).Elem()
	withoutIDs(v)
	text, err := json.MarshalIndent(plain(v), "", " ")
	if err != nil {
		o.t.Fatal(err)
	}
	return string(text)
}

var idType = reflect.TypeFor[ledger.ID]()

// withoutIDs sets every ID in v to zero.
func withoutIDs(v reflect.Value) {
	switch v.Kind() {
	case reflect.Int64:
		if v.Type() == idType && v.CanSet() {
			v.SetInt(0)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			withoutIDs(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			withoutIDs(v.Index(i))
		}
	case reflect.Interface:
		if !v.IsNil() && v.Elem().Type() == idType {
			v.Set(reflect.ValueOf(ledger.ID(0)))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			withoutIDs(v.Elem())
		}
	}
}

// plain is v as JSON values, every list in one order.
func plain(v reflect.Value) any {
	raw, err := json.Marshal(v.Interface())
	if err != nil {
		panic(err)
	}
	var any any
	if err := json.Unmarshal(raw, &any); err != nil {
		panic(err)
	}
	return inOrder(any)
}

func inOrder(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = inOrder(v[k])
		}
	case []any:
		for i := range v {
			v[i] = inOrder(v[i])
		}
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	return v
}

// clashing are the heads of every clash, by hash.
func (o *office) clashing() string {
	o.t.Helper()
	clashes, err := o.store.Clashes(context.Background())
	if err != nil {
		o.t.Fatal(err)
	}
	var list []string
	for _, c := range clashes {
		var heads []string
		for _, h := range c.Heads {
			heads = append(heads, h.Hash.String())
		}
		list = append(list, strings.Join(heads, " "))
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// equal fails unless all offices hold the same revisions and say the same.
func equal(t testing.TB, offices ...*office) {
	t.Helper()
	first := offices[0]
	for _, o := range offices[1:] {
		if !slices.Equal(first.revisions(), o.revisions()) {
			t.Fatalf("%d revisions here, %d there, or others", len(first.revisions()), len(o.revisions()))
		}
		if a, b := first.said(), o.said(); a != b {
			t.Fatalf("the figures differ:\n%s", firstDifference(a, b))
		}
		if a, b := first.clashing(), o.clashing(); a != b {
			t.Fatalf("the clashes differ:\n%s\nagainst\n%s", a, b)
		}
	}
	for _, o := range offices {
		o.verify()
	}
}

// firstDifference is where two texts part, with what stands around it.
func firstDifference(a, b string) string {
	left, right := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(left), len(right)) {
		if left[i] != right[i] {
			from := max(0, i-12)
			return strings.Join(left[from:min(len(left), i+6)], "\n") + "\n--- against\n" + strings.Join(right[from:min(len(right), i+6)], "\n")
		}
	}
	return "one is longer"
}

// content is the ledger's file as it is, with everything written back into it.
func (o *office) content() []byte {
	o.t.Helper()
	b, err := os.ReadFile(o.path)
	if err != nil {
		o.t.Fatal(err)
	}
	return b
}

func (o *office) untouched(before []byte, what string) {
	o.t.Helper()
	if !bytes.Equal(before, o.content()) {
		o.t.Fatalf("%s: the ledger's file has changed", what)
	}
}
