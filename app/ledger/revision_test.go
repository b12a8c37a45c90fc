package ledger

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// testDesks names the desks 1 to 9 of a ledger.
func testDesks(number int64) DeskID { return DeskID{byte(number), 0xde, 0x5c} }

func testRevision(fields Record) Revision {
	return Revision{ID: MakeID(1, 12), Record: MakeID(1, 5), Op: OpCorrect, Clock: 1795341600000 << 16,
		Base: []ID{MakeID(1, 5), MakeID(2, 9)}, Author: "王芳", Reason: "数错", Fields: fields}
}

// TestHashFormat fixes the hash of one revision of every kind. Chains that
// exist are checked against these rules: when this test fails, every ledger in
// use reads as damaged. A change takes the next chainVersion instead.
func TestHashFormat(t *testing.T) {
	want := []string{
		"6d99610730f8f3afbdf0fec793d42992f0299be0428758ff45e8d9b20e15b942",
		"0a5d9efca54d02664e52c248695b0eb6464c338c7d472020a5183b7e98fc6640",
		"2aff654a17eb34a7ac003ff447c0a66be39d79e551b0e2f2f39b402f2f4ab04c",
		"1d16b5dce909e71d43b13265dcfd8196607194eb01034bc37e69c82ff4607117",
		"2a97940ad57077352009f2854b223a58fd37eae884fcbd4eee30edb989a5d42e",
		"1f81f65923e30ee63f585dbe68e86fcdaa5f3d5994663408f391c9eb980b02d6",
		"d36f418a8e615e96c30260ff609ea3e2ac936ab1716613db7ae973ccebb1e35d",
		"99581818734e3fc8095c2fc6ebfcbb6a806f298cdd28d97ab2ac2e8d4fb3593e",
		"767fb57dc420487fe64fe51957a0ae5491b0a88ed32293a7cc2f342e94280972",
		"39e5e9ca1f430e62fc936cfc55dba0b9fa406e9faba6f5eb5ed8e5733a0bfffb",
	}
	chain := NewChain(testDesks)
	var prev Hash
	for i, fields := range sampleRecords() {
		r := testRevision(fields)
		prev = chain.Link(prev, &r)
		if i >= len(want) || prev.String() != want[i] {
			t.Errorf("after a %v the chain is at\n%q,", fields.Kind(), prev)
		}
	}
}

// mutations calls visit once for every way to change one value inside v, with
// v changed, and puts it back.
func mutations(v reflect.Value, path string, visit func(path string)) {
	kept := reflect.New(v.Type()).Elem()
	kept.Set(v)
	try := func(next any) {
		v.Set(reflect.ValueOf(next).Convert(v.Type()))
		visit(path)
		v.Set(kept)
	}
	switch value := v.Interface().(type) {
	case time.Time:
		try(value.Add(time.Second))
		return
	case Count:
		try(Count{N: value.N + 1, Known: true})
		try(Count{})
		return
	case ID:
		try(value + 1)
		try(value + 1<<seqBits)
		try(ID(0))
		return
	case Quantity:
		try(Quantity{value.Value, About, value.Wan})
	case ed25519.PublicKey:
		try(ed25519.PublicKey(nil))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			mutations(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Array:
		for i := range v.Len() {
			mutations(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
		}
	case reflect.String:
		try(v.String() + "x")
		try("")
	case reflect.Bool:
		try(!v.Bool())
	case reflect.Int32, reflect.Int64:
		try(v.Int() + 1)
		try(-v.Int())
	case reflect.Uint8:
		try(v.Uint() ^ 1)
	default:
		panic("no way to change a " + v.Type().String() + " at " + path)
	}
}

func TestAnyChangeOfFieldsChangesTheHash(t *testing.T) {
	chain := NewChain(testDesks)
	for _, fields := range sampleRecords() {
		r := testRevision(fields)
		want := chain.Link(Hash{9}, &r)
		seen := map[Hash]string{want: "unchanged"}
		tried := 0
		mutations(reflect.ValueOf(fields).Elem(), fields.Kind().String(), func(path string) {
			tried++
			got := chain.Link(Hash{9}, &r)
			if same, ok := seen[got]; ok {
				t.Errorf("the hash with %s changed equals that with %s", path, same)
			}
			seen[got] = path
		})
		if tried < reflect.TypeOf(fields).Elem().NumField() {
			t.Errorf("only %d changes of a %v were tried", tried, fields.Kind())
		}
		if got := chain.Link(Hash{9}, &r); got != want {
			t.Errorf("the same %v hashes to %s, then to %s", fields.Kind(), want, got)
		}
	}
}

func TestAnyChangeOfTheRevisionChangesTheHash(t *testing.T) {
	chain := NewChain(testDesks)
	// An item and a site with the same bytes: only their kind tells them apart.
	item, site := &Item{Channel: ChannelNews}, &Site{Rooms: Stated(0)}
	if !bytes.Equal(EncodeFields(nil, item), EncodeFields(nil, site)) {
		t.Fatal("the item and the site differ in more than their kind")
	}
	base := func() *Revision { fields := *item; r := testRevision(&fields); return &r }
	seen := map[Hash]string{chain.Link(Hash{}, base()): "nothing"}
	for what, change := range map[string]func(*Revision){
		"the desk":           func(r *Revision) { r.ID = MakeID(2, 12) },
		"the number":         func(r *Revision) { r.ID = MakeID(1, 13) },
		"the record's desk":  func(r *Revision) { r.Record = MakeID(2, 5) },
		"the record":         func(r *Revision) { r.Record = MakeID(1, 6) },
		"the operation":      func(r *Revision) { r.Op = OpVoid },
		"the clock":          func(r *Revision) { r.Clock++ },
		"a base less":        func(r *Revision) { r.Base = r.Base[:1] },
		"no base":            func(r *Revision) { r.Base = nil },
		"another base":       func(r *Revision) { r.Base[1]++ },
		"the bases' order":   func(r *Revision) { slices.Reverse(r.Base) },
		"a base more":        func(r *Revision) { r.Base = append(r.Base, MakeID(3, 1)) },
		"the author":         func(r *Revision) { r.Author = "李强" },
		"the reason":         func(r *Revision) { r.Reason = "" },
		"where texts part":   func(r *Revision) { r.Author, r.Reason = "王芳数", "错" },
		"the fields":         func(r *Revision) { r.Fields.(*Item).Channel++ },
		"the kind of fields": func(r *Revision) { r.Fields = site },
	} {
		r := base()
		change(r)
		got := chain.Link(Hash{}, r)
		if same, ok := seen[got]; ok {
			t.Errorf("the hash with %s changed equals that with %s", what, same)
		}
		seen[got] = what
	}
	for i := range len(Hash{}) {
		var prev Hash
		prev[i] = 1
		if got := chain.Link(prev, base()); seen[got] != "" {
			t.Errorf("byte %d of the previous hash does not matter", i)
		}
	}
}

// TestHashIsTheSameInEveryLedger numbers the desks differently, as two ledgers
// do, and expects the same hash.
func TestHashIsTheSameInEveryLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		r := testRevision(anyRecord(t, k))
		r.Base = rapid.SliceOfN(anyID, 0, 3).Draw(t, "base")
		numbers := rapid.Permutation([]int64{1, 2, 3, 4}).Draw(t, "numbers")
		elsewhere := func(id ID) ID {
			if id == 0 {
				return 0
			}
			return MakeID(numbers[id.Desk()-1]+100, id.Seq())
		}
		here := NewChain(testDesks).Link(Hash{1}, &r)
		renumber(reflect.ValueOf(&r).Elem(), elsewhere)
		renumber(reflect.ValueOf(r.Fields).Elem(), elsewhere)
		there := NewChain(func(number int64) DeskID {
			return testDesks(int64(slices.Index(numbers, number-100)) + 1)
		}).Link(Hash{1}, &r)
		if here != there {
			t.Fatalf("a %v hashes to %s here and %s there", k, here, there)
		}
	})
}

// renumber passes every ID in v through to.
func renumber(v reflect.Value, to func(ID) ID) {
	switch {
	case v.Type() == reflect.TypeFor[ID]():
		v.SetInt(int64(to(ID(v.Int()))))
	case v.Type() == reflect.TypeFor[[]ID]():
		for i := range v.Len() {
			renumber(v.Index(i), to)
		}
	case v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		for i := range v.NumField() {
			renumber(v.Field(i), to)
		}
	}
}

func TestIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		desk, seq := rapid.Int64Range(0, 1<<23-1).Draw(t, "desk"), rapid.Int64Range(1, 1<<40-1).Draw(t, "seq")
		id := MakeID(desk, seq)
		if id <= 0 || id.Desk() != desk || id.Seq() != seq {
			t.Fatalf("desk %d number %d is %d: desk %d number %d", desk, seq, id, id.Desk(), id.Seq())
		}
		if MakeID(desk, seq+1) <= id && seq < 1<<40-1 {
			t.Fatalf("the id after %d does not sort after it", id)
		}
	})
}

func TestNewDeskID(t *testing.T) {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(i)
	}
	id := NewDeskID(key, [8]byte{1})
	if got := id.String(); got != "f33974c292698c2694ffcd35ddd75cfb" {
		t.Errorf("the desk's id is %q", got)
	}
	if id.Short() != id.String()[:8] || id != NewDeskID(key, [8]byte{1}) {
		t.Errorf("the id is not the same twice, or its short form is %s", id.Short())
	}
	if id == NewDeskID(key, [8]byte{2}) {
		t.Error("a restored desk has the id it had")
	}
	key[31]++
	if id == NewDeskID(key, [8]byte{1}) {
		t.Error("another key has the same id")
	}
}

// TestClockOnlyGoesForward draws wall clocks that jump about, as those of old
// office PCs do.
func TestClockOnlyGoesForward(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var last Clock
		latest := int64(0)
		for range rapid.IntRange(1, 50).Draw(t, "revisions") {
			ms := rapid.Int64Range(0, 1<<43).Draw(t, "wall")
			if rapid.Bool().Draw(t, "stuck") {
				ms = latest
			}
			next := NextClock(last, time.UnixMilli(ms))
			if next <= last {
				t.Fatalf("after clock %d, at %d ms, comes %d", last, ms, next)
			}
			if ms > latest && next.Time().UnixMilli() != ms {
				t.Fatalf("at %d ms the clock reads %s", ms, next.Time())
			}
			if ms <= latest && next != last+1 {
				t.Fatalf("set back to %d ms, the clock goes from %d to %d", ms, last, next)
			}
			last, latest = next, max(latest, next.Time().UnixMilli())
		}
	})
}

func TestClockCountsWithinAMillisecond(t *testing.T) {
	now := time.UnixMilli(1795341600123)
	last := Clock(0)
	for i := range 1<<16 + 2 { // one more than the counter holds: it carries into the time
		next := NextClock(last, now)
		if next <= last {
			t.Fatalf("revision %d of one millisecond has clock %d after %d", i, next, last)
		}
		last = next
	}
	if late := last.Time().Sub(now); late != time.Millisecond {
		t.Errorf("after 65538 revisions in a millisecond the clock is %s ahead", late)
	}
	if c := NextClock(CatalogueClock, time.Date(2019, 5, 1, 0, 0, 0, 0, time.UTC)); c != CatalogueClock+1 {
		t.Errorf("a PC seven years back writes at %d, not after the catalogue", c)
	}
}
