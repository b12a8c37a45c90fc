package data_test

import (
	"reflect"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// TestThreeOfficesOneDistrict merges the ledgers of a city, its district and a
// township, each of which wrote down all three by itself, in different orders.
func TestThreeOfficesOneDistrict(t *testing.T) {
	city := newOffice(t, "宁州市", "宁江区", "市-01")
	district := newOffice(t, "宁江区", "", "区-01")
	township := newOffice(t, "宁江区", "临江街道", "街道-01")
	all := []*office{city, district, township}
	pair(t, all...)
	city.record(&ledger.Unit{Name: "江北区", Parent: city.unit("宁州市")})
	city.record(&ledger.Unit{Name: "临江街道", Parent: city.unit("宁江区")})
	for _, name := range []string{"河口镇", "临江街道", "新城镇"} {
		district.record(&ledger.Unit{Name: name, Parent: district.unit("宁江区")})
	}
	for i, o := range all {
		o.now = o.now.Add(time.Duration(i) * time.Minute)
		item := o.record(&ledger.Item{Name: "横幅", Measure: "条", Channel: ledger.ChannelCommunity})
		o.record(&ledger.Publicity{Unit: o.unit("临江街道"), Item: item, Day: o.today(), Quantity: ledger.Quantity{Value: int64(1 + i)}})
		site := o.record(&ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
		o.record(&ledger.Reserve{Site: site, At: o.now, Rooms: 39, Ready: int64(30 + i), Occupied: int64(9 - i)})
		in := o.record(&ledger.Inspection{Unit: o.unit("临江街道"), Day: o.today(), Form: ledger.FormAnnounced, Visits: 1, Problems: 1})
		o.record(&ledger.Problem{Inspection: in, Unit: o.unit("临江街道"), Text: "无人值守", Directive: "补齐", Deadline: o.today(), State: ledger.StateOpen})
	}
	for i, o := range all {
		for j := range 2 {
			from := all[(i+1+(i+j)%2)%3] // in no two offices in the same order
			o.merge(from.export(t.TempDir(), o, handoff.ScopeAll, true))
		}
		o.now = all[2].now
	}
	var first ledger.Figures
	for i, o := range all {
		fig, err := o.store.Figures(t.Context(), ledger.Scope{Kind: ledger.PeriodToday,
			Period: ledger.Today(o.today()), Unit: o.unit("宁江区")})
		if err != nil {
			t.Fatal(err)
		}
		o.checkThree(fig)
		if i == 0 {
			first = nameless(fig)
		} else if got := nameless(fig); !reflect.DeepEqual(got, first) {
			t.Errorf("%d: the figures differ\n%+v\n%+v", i, first, got)
		}
		if whole := o.figures(); whole.Heard.All != 2 || whole.Heard.Reached != 1 {
			t.Errorf("%d: the city heard %+v", i, whole.Heard)
		}
	}
}

func (o *office) checkThree(fig ledger.Figures) {
	o.t.Helper()
	if fig.Heard.All != 3 || fig.Heard.Reached != 1 || fig.Supervision.Coverage.Reached != 1 || fig.Supervision.LiveOpen != 3 {
		o.t.Errorf("heard %+v, inspected %+v", fig.Heard, fig.Supervision.Coverage)
	}
	if p := fig.Publicity; len(p.Items) != 1 || p.Items[0].Sum.Value != 6 || p.Units[0].Name != "临江街道" || p.Units[0].Entries != 3 {
		o.t.Errorf("items %+v, units %+v", p.Items, p.Units)
	}
	if iso := fig.Isolation; len(iso.Sites) != 1 || iso.Sites[0].Ready != ledger.Stated(32) || iso.Reserve != ledger.Stated(39) {
		o.t.Errorf("sites %+v", iso.Sites)
	}
}

// TestNotHereYet records what points to records of a desk whose bundle has not
// come: it counts, under its number.
func TestNotHereYet(t *testing.T) {
	d := newDesk(t)
	far := func(seq int64) ledger.ID { return ledger.MakeID(9, seq) }
	in := ledger.ID(0)
	for _, r := range []ledger.Record{
		&ledger.Publicity{Unit: far(1), Item: far(2), Day: d.today(), Quantity: ledger.Quantity{Value: 7}},
		&ledger.Publicity{Unit: far(1), Item: d.items["宣传单"], Day: d.today(), Quantity: ledger.Quantity{Value: 1}},
		&ledger.Reserve{Site: far(3), At: d.now, Rooms: 4, Ready: 4},
		&ledger.Inspection{Unit: far(1), Day: d.today(), Form: ledger.FormAnnounced, Visits: 1, Problems: 1},
		&ledger.Problem{Unit: far(1), Text: "无人值守", Directive: "补齐", Deadline: d.today() - 3, State: ledger.StateOpen},
		&ledger.Unit{Name: "三组", Parent: far(1)},
	} {
		if p, ok := r.(*ledger.Problem); ok {
			p.Inspection = in
		}
		if err := d.store.Write(t.Context(), func(tx ledger.Tx) error {
			rev := ledger.Revision{Op: ledger.OpCreate, Author: "张三", Fields: r}
			err := tx.Append(&rev)
			in = rev.ID
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	fig := d.figures()
	if p := fig.Publicity; p.Entries != 2 || len(p.Items) != 2 || d.sum(d.store.IDText(far(2))) != "7" {
		t.Errorf("publicity %+v", p.Items)
	}
	if s := fig.Supervision; s.LiveOpen != 1 || s.Visits != 1 || len(fig.Isolation.Sites) != 0 {
		t.Errorf("supervision %+v, sites %+v", s, fig.Isolation.Sites)
	}
	if a := fig.Alerts; len(a) != 1 || a[0].Kind != ledger.AlertOverdue || a[0].Args[1] != d.store.IDText(far(1)) {
		t.Errorf("alerts %+v", a)
	}
	sums, err := d.store.PublicitySums(t.Context(), ledger.PublicityFilter{Sort: ledger.SortItem})
	if err != nil || len(sums) != 2 {
		t.Errorf("sums %+v, %v", sums, err)
	}
	units, err := d.store.Units(t.Context())
	if err != nil || len(units) != 3 {
		t.Errorf("%d units, %v", len(units), err)
	}
}

// TestUsesOfTheSame keeps a unit and an item from being voided while entries stand
// on another record of theirs.
func TestUsesOfTheSame(t *testing.T) {
	d := newDesk(t)
	again := map[string]ledger.ID{}
	for name, r := range map[string]ledger.Record{
		"unit": &ledger.Unit{Name: "临江街道", Parent: d.unit("宁江区")},
		"item": &ledger.Item{Name: "宣传单", Measure: "份", Channel: ledger.ChannelNews},
	} {
		if err := d.store.Write(t.Context(), func(tx ledger.Tx) error {
			rev := ledger.Revision{Op: ledger.OpCreate, Author: "张三", Fields: r}
			err := tx.Append(&rev)
			again[name] = rev.ID
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	d.record(&ledger.Publicity{Unit: again["unit"], Item: again["item"], Day: d.today(), Quantity: ledger.Quantity{Value: 1}})
	wantCode(t, d.book.Void(t.Context(), d.unit("临江街道"), "重复"), ledger.CodeUnitInUse)
	wantCode(t, d.book.Void(t.Context(), d.items["宣传单"], "重复"), ledger.CodeItemInUse)
	_, err := d.book.Record(t.Context(), &ledger.Unit{Name: "一社区", Parent: again["unit"]})
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.book.Record(t.Context(), &ledger.Unit{Name: "一社区", Parent: d.unit("临江街道")})
	wantCode(t, err, ledger.CodeNameTaken)
}
