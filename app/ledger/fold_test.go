package ledger

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// unitsOf makes units of lines "number name parent", with numbers as ids; a name
// after a minus is voided.
func unitsOf(t *testing.T, lines ...string) []Row[Unit] {
	t.Helper()
	var rows []Row[Unit]
	for _, line := range lines {
		var r Row[Unit]
		if _, err := fmt.Sscan(line, &r.ID, &r.Value.Name, &r.Value.Parent); err != nil {
			t.Fatal(err)
		}
		r.Value.Name, r.Voided = strings.CutPrefix(r.Value.Name, "-")
		rows = append(rows, r)
	}
	return rows
}

func TestFoldUnits(t *testing.T) {
	for name, c := range map[string]struct {
		units []string
		same  map[ID]ID
	}{
		"nothing":              {[]string{"1 宁江区 0", "2 临江街道 1", "3 柳树村 2"}, nil},
		"villages of one name": {[]string{"1 宁江区 0", "2 临江街道 1", "3 新华街道 1", "4 柳树村 2", "5 柳树村 3"}, nil},
		"a township's ledger": {[]string{"1 宁江区 0", "2 临江街道 1", "11 宁江区 0", "12 临江街道 11", "13 柳树村 12"},
			map[ID]ID{11: 1, 12: 2}},
		"a township that came first": {[]string{"1 宁江区 0", "2 临江街道 1", "3 柳树村 2", "11 宁江区 0", "12 临江街道 11",
			"13 柳树村 12"}, map[ID]ID{11: 1, 12: 2, 13: 3}},
		"widths and blanks": {[]string{"1 Ａ组 0", "2 A组 0"}, map[ID]ID{2: 1}},
		"voided":            {[]string{"1 -宁江区 0", "2 宁江区 0", "3 宁江区 0", "4 -宁江区 0"}, map[ID]ID{3: 2}},
		"a district in a city": {[]string{"1 宁江区 0", "2 临江街道 1", "11 宁州市 0", "12 宁江区 11", "13 临江街道 12", "14 江北区 11"},
			map[ID]ID{1: 12, 13: 2}},
		"two units that a root could be": {[]string{"1 城关镇 0", "11 宁江区 0", "12 江北区 0", "13 城关镇 11", "14 城关镇 12"}, nil},
		"two that are one": {[]string{"1 城关镇 0", "11 宁江区 0", "12 宁江区 0", "13 城关镇 11", "14 城关镇 12"},
			map[ID]ID{1: 13, 12: 11, 14: 13}},
		"a root above its own name":  {[]string{"1 城关镇 0", "2 一社区 1", "3 城关镇 2"}, nil},
		"two roots under each other": {[]string{"1 甲 0", "2 乙 1", "3 乙 0", "4 甲 3"}, map[ID]ID{1: 4}},
		"a loop":                     {[]string{"1 甲 2", "2 乙 1", "3 丙 2", "4 丙 2", "5 甲 0"}, map[ID]ID{4: 3}},
		"a parent that has not come": {[]string{"1 甲 99", "2 甲 99", "3 甲 98"}, map[ID]ID{2: 1}},
		"its own parent":             {[]string{"1 甲 1", "2 甲 1"}, map[ID]ID{2: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			rows := unitsOf(t, c.units...)
			FoldUnits(rows, byID)
			if got := FoldsOf(rows); !reflect.DeepEqual(got, Folds(c.same)) {
				t.Errorf("folds %v, want %v", got, c.same)
			}
		})
	}
}

func TestFoldItemsAndSites(t *testing.T) {
	items := []Row[Item]{{ID: 5, Value: Item{Name: "横幅", Measure: "幅"}}, {ID: 2, Value: Item{Name: "横幅　", Measure: "幅"}},
		{ID: 1, Value: Item{Name: "横幅", Measure: "条"}}, {ID: 0, Voided: true, Value: Item{Name: "横幅", Measure: "幅"}}}
	FoldItems(items, byID)
	if got := FoldsOf(items); !reflect.DeepEqual(got, Folds{5: 2}) {
		t.Errorf("items fold as %v", got)
	}
	sites := []Row[Site]{{ID: 1, Value: Site{Name: "党校", Plan: PlanReady}}, {ID: 2, Value: Site{Name: "党校", Plan: PlanStandby}},
		{ID: 3, Value: Site{Name: "党校", Plan: PlanReady, Rooms: Stated(39), Activated: true}}}
	FoldSites(sites, byID)
	if got := FoldsOf(sites); !reflect.DeepEqual(got, Folds{3: 1}) {
		t.Errorf("sites fold as %v", got)
	}
	both := Site{Name: "党校", Plan: PlanReady, Rooms: Stated(39), Activated: true}
	for id, want := range map[ID]Site{1: both, 3: both, 2: sites[1].Value} {
		if got := SiteOf(sites, id); got != want {
			t.Errorf("site %d is %+v, want %+v", id, got, want)
		}
	}
}

func TestFolds(t *testing.T) {
	f := Folds{3: 1, 4: 1, 6: 5}
	for _, c := range []struct{ ids, want []ID }{
		{nil, nil}, {[]ID{2}, []ID{2}}, {[]ID{1}, []ID{1, 3, 4}}, {[]ID{4, 2}, []ID{1, 2, 3, 4}}, {[]ID{6, 5}, []ID{5, 6}}} {
		got := f.All(c.ids)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("all of %v are %v, want %v", c.ids, got, c.want)
		}
	}
}

// TestFoldAgrees folds the same units in two ledgers that number the desks
// differently and hold them in another order.
func TestFoldAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 14).Draw(t, "units")
		global := make([]Row[Unit], n)
		for i := range global {
			// The desk of the ID is the rank of the desk everywhere.
			global[i].ID = MakeID(int64(i%3+1), int64(i+1))
			global[i].Voided = rapid.IntRange(0, 9).Draw(t, "void") == 0
			global[i].Value.Name = rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "name")
			if p := rapid.IntRange(-1, n).Draw(t, "parent"); p >= 0 {
				global[i].Value.Parent = MakeID(int64(p%3+1), int64(p+1))
			}
		}
		numbers := rapid.Permutation([]int64{1, 2, 3}).Draw(t, "numbers")
		local := func(id ID) ID {
			if id == 0 {
				return 0
			}
			return MakeID(numbers[id.Desk()-1], id.Seq())
		}
		rank := func(id ID) ID { return MakeID(int64(slices.Index(numbers, id.Desk()))+1, id.Seq()) }
		other := rapid.Permutation(global).Draw(t, "order")
		for i := range other {
			other[i].ID, other[i].Value.Parent = local(other[i].ID), local(other[i].Value.Parent)
		}
		FoldUnits(global, byID)
		FoldUnits(other, func(a, b ID) int { return cmp.Compare(rank(a), rank(b)) })
		got := map[ID]ID{}
		for from, to := range FoldsOf(other) {
			got[rank(from)] = rank(to)
		}
		want := map[ID]ID{}
		for from, to := range FoldsOf(global) {
			want[from] = to
			if _, again := FoldsOf(global)[to]; again {
				t.Fatalf("%d folds into %d, which folds itself", from, to)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("one ledger folds %v, the other %v", want, got)
		}
	})
}

// twice is a world that another office has merged into: the district and one
// township once more, an item, a site and what was recorded on them.
func twice(t *testing.T) (w *world, district, linjiang ID) {
	w = newWorld(t)
	n := int64(0)
	add := func(r Record) ID {
		n++
		id := MakeID(7, n)
		w.revisions = append(w.revisions, Revision{ID: id, Record: id, Op: OpCreate,
			Clock: NextClock(0, w.now), Author: "李明", Fields: r})
		return id
	}
	district = add(&Unit{Name: "宁江区"})
	linjiang = add(&Unit{Name: "临江街道", Parent: district})
	add(&Unit{Name: "柳树村", Parent: linjiang})
	add(&Unit{Name: "河口村", Parent: linjiang})
	item := add(&Item{Name: "宣传条幅", Measure: "幅", Channel: ChannelNews})
	add(&Publicity{Unit: linjiang, Item: item, Day: w.today(), Quantity: Quantity{Value: 5}})
	site := add(&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(39)})
	add(&Reserve{Site: site, At: w.now, Rooms: 39, Ready: 30, Occupied: 9})
	return w, district, linjiang
}

func TestFiguresOfTwoOffices(t *testing.T) {
	w, district, linjiang := twice(t)
	w.record(w.entry(w.linjiang, "宣传条幅", "3", 0))
	for _, root := range []ID{0, w.district, district} {
		fig := w.figuresOf(PeriodToday, root)
		if fig.Heard.Reached != 1 || fig.Heard.All != 2 || len(fig.Heard.Missing) != 1 || fig.Heard.Missing[0].Value.Name != "新华街道" {
			t.Errorf("of %d heard %+v", root, fig.Heard)
		}
		if u := fig.Publicity.Units[0]; u.ID != w.linjiang || u.Entries != 2 {
			t.Errorf("the township has %+v", u)
		}
		items := fig.Publicity.Items
		if len(items) != 1 || items[0].Sum.Value != 8 || items[0].Item.Channel != ChannelCommunity || items[0].Entries != 2 {
			t.Errorf("items: %+v", items)
		}
		last := fig.Publicity.Days[SeriesDays-1]
		if len(last.Items) != 1 || last.Items[0].Entries != 2 || last.Entries[ChannelCommunity-1] != 2 {
			t.Errorf("today: %+v", last)
		}
	}
	for _, root := range []ID{w.linjiang, linjiang} {
		fig := w.figuresOf(PeriodToday, root)
		if fig.Heard.All != 2 || fig.Publicity.Entries != 2 {
			t.Errorf("of the township heard %+v, %d entries", fig.Heard, fig.Publicity.Entries)
		}
	}
}

func TestSiteOfTwoOffices(t *testing.T) {
	w, _, _ := twice(t)
	own := Row[Site]{}
	site := &Site{Name: "县委党校", Plan: PlanReady}
	if err := checkIn(fakeTx{w.fake}, site, Row[Record]{}); CodeOf(err) != CodeNameTaken {
		t.Errorf("a third site of the name: %v", err)
	}
	own.ID = MakeID(ownDesk, 90)
	w.revisions = append(w.revisions, Revision{ID: own.ID, Record: own.ID, Op: OpCreate, Fields: site})
	iso := w.figures(PeriodToday).Isolation
	if len(iso.Sites) != 1 || iso.Sites[0].ID != own.ID || iso.Sites[0].Ready != Stated(30) || iso.Reserve != Stated(39) || iso.Sites[0].Site.Rooms != Stated(39) {
		t.Fatalf("sites: %+v", iso.Sites)
	}
	w.refuses(&Reserve{Site: own.ID, Rooms: 12, Ready: 12}, CodeRoomsNotSite, "stated", 39)
	w.now = w.now.Add(time.Minute)
	w.record(&Reserve{Site: own.ID, Rooms: 39, Ready: 39})
	if got := w.figures(PeriodToday).Isolation.Sites[0].Ready; got != Stated(39) {
		t.Errorf("ready after a newer report: %v", got)
	}
}

func TestNamesOfTwoOffices(t *testing.T) {
	w, district, linjiang := twice(t)
	w.refuses(&Unit{Name: "新华街道", Parent: district}, CodeNameTaken)
	w.refuses(&Unit{Name: "河口村", Parent: w.linjiang}, CodeNameTaken)
	w.refuses(&Unit{Name: "临江街道 ", Parent: w.district}, CodeNameTaken)
	w.refuses(&Item{Name: "宣传条幅", Measure: "幅", Channel: ChannelNews}, CodeNameTaken)
	w.record(&Unit{Name: "三组", Parent: linjiang})
	// A correction that keeps the name is no clash with the record it is the same as.
	w.do(w.book.Correct(t.Context(), w.linjiang, &Unit{Name: "临江街道", Parent: w.district, Initials: "ljjd"}, "首字母"))
	w.unchanged(func() error {
		return w.book.Correct(t.Context(), w.linjiang, &Unit{Name: "临江街道", Parent: linjiang}, "移动")
	}, CodeUnitLoop)
}
