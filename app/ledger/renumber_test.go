package ledger

import (
	"reflect"
	"testing"
)

// TestRefsVisitsEveryID counts the IDs of each kind by reflection, so that a
// field added later cannot be forgotten in refs.
func TestRefsVisitsEveryID(t *testing.T) {
	for _, k := range kinds {
		r := newRecord(k)
		v := reflect.ValueOf(r).Elem()
		want := map[*ID]bool{}
		for i := range v.NumField() {
			if id, ok := v.Field(i).Addr().Interface().(*ID); ok {
				want[id] = true
			}
		}
		got := map[*ID]bool{}
		refs(r, func(id *ID) {
			if got[id] {
				t.Errorf("an ID of a %v is visited twice", k)
			}
			got[id] = true
		})
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%d of the %d IDs of a %v are visited", len(got), len(want), k)
		}
	}
}

func TestRenumber(t *testing.T) {
	from, to := map[int64]int64{1: 7, 2: 5}, map[int64]int64{7: 1, 5: 2}
	by := func(numbers map[int64]int64) func(ID) ID {
		return func(id ID) ID { return MakeID(numbers[id.Desk()], id.Seq()) }
	}
	desks := func(n int64) DeskID { return map[int64]DeskID{1: {1}, 2: {2}, 7: {1}, 5: {2}}[n] }
	for _, fields := range sampleRecords() {
		r := Revision{ID: MakeID(1, 9), Record: MakeID(2, 3), Op: OpCorrect, Clock: 5,
			Base: []ID{MakeID(2, 3), MakeID(1, 8)}, Author: "王", Reason: "错", Fields: fields}
		before, hash := EncodeFields(nil, fields), NewChain(desks).Link(Hash{}, &r)
		Renumber(&r, by(from))
		if r.ID != MakeID(7, 9) || r.Record != MakeID(5, 3) || r.Base[0] != MakeID(5, 3) || r.Base[1] != MakeID(7, 8) {
			t.Errorf("renumbered to %v, %v, %v", r.ID, r.Record, r.Base)
		}
		if NewChain(desks).Link(Hash{}, &r) != hash {
			t.Errorf("renumbering a %v changed what it says", fields.Kind())
		}
		Renumber(&r, by(to))
		if string(EncodeFields(nil, r.Fields)) != string(before) {
			t.Errorf("a %v is not itself after renumbering there and back", fields.Kind())
		}
	}
	none := Revision{Fields: &Unit{Name: "区"}}
	Renumber(&none, func(ID) ID { return 1 })
	if none.ID != 0 || none.Record != 0 || none.Fields.(*Unit).Parent != 0 {
		t.Error("an ID of nothing was given a number")
	}
}

func TestCheck(t *testing.T) {
	for _, r := range sampleRecords() {
		if err := Check(r); err != nil {
			t.Errorf("%v: %v", r.Kind(), err)
		}
	}
	if err := Check(&Publicity{}); CodeOf(err) != CodeQuantityZero {
		t.Errorf("an entry of nothing: %v", err)
	}
}
