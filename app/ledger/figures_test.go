package ledger

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// published are the publicity figures of one district's report. Quantities are
// as the report writes them; 700 is given as approximate.
var published = []struct {
	item, measure string
	channel       Channel
	quantity, sum string
}{
	{"电视稿件", "条", ChannelNews, "35", "35"},
	{"省市报刊", "篇", ChannelNews, "61", "61"},
	{"网络信息", "条", ChannelOnline, "1157", "1,157"},
	{"新媒体刊载", "条", ChannelOnline, "71", "71"},
	{"宣传条幅", "幅", ChannelCommunity, "3681", "3,681"},
	{"电子屏", "处", ChannelCommunity, "304", "304"},
	{"宣传单", "份", ChannelCommunity, "35万", "350,000"},
	{"宣传车", "辆", ChannelCommunity, "148", "148"},
	{"广播喇叭", "个", ChannelCommunity, "782", "782"},
	{"政府公告", "份", ChannelCommunity, "4158", "4,158"},
	{"居家隔离观察告知书", "份", ChannelCommunity, "1万余", "约10,000"},
	{"居家医学观察告知书", "份", ChannelCommunity, "两百", "200"},
	{"小区提示板", "个", ChannelCommunity, "约700", "约700"},
}

func TestPublishedPublicity(t *testing.T) {
	w := newWorld(t)
	for i := range published {
		p := published[len(published)-1-i] // backwards: figures have an order of their own
		w.record(w.entry(w.linjiang, p.item, p.quantity, i))
	}
	fig := w.figures(PeriodAll).Publicity
	if len(fig.Items) != len(published) || fig.Entries != 13 {
		t.Fatalf("%d items of %d entries", len(fig.Items), fig.Entries)
	}
	for i, p := range published {
		got := fig.Items[i]
		if got.Item.Name != p.item || got.Item.Measure != p.measure || got.Sum.String() != p.sum {
			t.Errorf("figure %d is %s %s %s, want %s %s %s", i, got.Item.Name, got.Sum, got.Item.Measure, p.item, p.sum, p.measure)
		}
	}
	want := []ChannelFigure{{ChannelNews, 2, 0}, {ChannelOnline, 2, 0}, {ChannelCommunity, 9, 0}}
	if !slices.Equal(fig.Channels, want) {
		t.Errorf("channels count entries: %v, want %v", fig.Channels, want)
	}
}

// TestSumsStayApartAndApproximate enters anything, with corrections and voids,
// and adds up each item separately.
func TestSumsStayApartAndApproximate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := newWorld(t)
		items := []ID{w.item("宣传单"), w.item("政府公告"), w.item("宣传条幅")} // 份, 份, 幅
		entry := rapid.Custom(func(rt *rapid.T) Publicity {
			return Publicity{Unit: rapid.SampledFrom([]ID{w.linjiang, w.hamlet, w.xinhua}).Draw(rt, "unit"),
				Item: rapid.SampledFrom(items).Draw(rt, "item"), Day: w.today() - Day(rapid.IntRange(0, 3).Draw(rt, "ago")),
				Quantity: Quantity{Value: rapid.Int64Range(1, 400000).Draw(rt, "n"), Approx: rapid.SampledFrom([]Approx{Exact, Exact, Exact, About, Nearly, Over}).Draw(rt, "approx")}}
		})
		stands := map[ID]Publicity{}
		for range rapid.IntRange(1, 12).Draw(rt, "entries") {
			e := entry.Draw(rt, "entry")
			id := w.record(&e)
			stands[id] = e
			switch next := entry.Draw(rt, "corrected"); rapid.IntRange(0, 3).Draw(rt, "then") {
			case 0:
				w.do(w.book.Void(background, id, "重复"))
				delete(stands, id)
			case 1:
				if next != e {
					w.do(w.book.Correct(background, id, &next, "更正"))
					stands[id] = next
				}
			}
		}
		want := map[ID]Sum{}
		for _, e := range stands {
			want[e.Item] = Sum{want[e.Item].Value + e.Quantity.Value, want[e.Item].Approx || e.Quantity.Approx != Exact}
		}
		fig := w.figures(PeriodAll).Publicity
		got := map[ID]Sum{}
		for _, i := range fig.Items {
			got[i.ID] = i.Sum
		}
		if !reflect.DeepEqual(got, want) || fig.Entries != int64(len(stands)) {
			rt.Fatalf("sums are %v of %d entries, want %v of %d", got, fig.Entries, want, len(stands))
		}
	})
}

func TestASumIsExactAgainWithoutItsApproximatePart(t *testing.T) {
	w := newWorld(t)
	w.record(w.entry(w.linjiang, "宣传单", "3000", 0))
	id := w.record(w.entry(w.linjiang, "宣传单", "近500", 0))
	if got := w.figures(PeriodToday).Publicity.Items[0].Sum.String(); got != "约3,500" {
		t.Errorf("the sum is %s", got)
	}
	w.do(w.book.Correct(background, id, w.entry(w.linjiang, "宣传单", "498", 0), "清点"))
	if got := w.figures(PeriodToday).Publicity.Items[0].Sum.String(); got != "3,498" {
		t.Errorf("counted exactly, the sum is %s", got)
	}
}

func TestItemsOfEitherPeriodAreShown(t *testing.T) {
	w := newWorld(t) // on the 22nd: compared with October 1 to 22
	w.record(w.entry(w.linjiang, "宣传单", "10", 0))
	w.record(w.entry(w.linjiang, "宣传单", "7", 31))   // October 22
	w.record(w.entry(w.linjiang, "宣传条幅", "5余", 31)) // only then
	w.record(w.entry(w.linjiang, "电子屏", "9", 30))   // October 23: in neither
	fig := w.figures(PeriodMonth)
	if !fig.Compared || fig.Before.String() != "2026-10-01 – 2026-10-22" {
		t.Errorf("compared with %v %s", fig.Compared, fig.Before)
	}
	p := fig.Publicity
	if len(p.Items) != 2 || p.Items[0].Item.Name != "宣传条幅" || p.Items[1].Item.Name != "宣传单" || p.Entries != 1 || p.Before != 2 {
		t.Fatalf("figures are %+v", p.Items)
	}
	if a, b := p.Items[0], p.Items[1]; a.Sum != (Sum{}) || a.Before != (Sum{5, true}) || a.EntriesBefore != 1 || b.Sum != (Sum{10, false}) || b.Before != (Sum{7, false}) {
		t.Errorf("sums are %+v", p.Items)
	}
	if u := p.Units[0]; u.Name != "临江街道" || u.Entries != 1 || u.Before != 2 {
		t.Errorf("units are %+v", p.Units)
	}
}

func TestScopeBefore(t *testing.T) {
	today := mustDay(t, "2026-11-22")
	for kind, want := range map[PeriodKind]string{
		PeriodToday: "2026-11-21", PeriodWeek: "2026-11-09 – 2026-11-15", PeriodMonth: "2026-10-01 – 2026-10-22",
		PeriodQuarter: "2026-07-01 – 2026-08-22", PeriodYear: "2025-01-01 – 2025-11-22",
	} {
		s := Scope{Kind: kind, Period: PeriodOf(kind, today)}
		if p, ok := s.Before(today); !ok || p.String() != want {
			t.Errorf("kind %d is compared with %s, %v, want %s", kind, p, ok, want)
		}
	}
	custom := Scope{Kind: PeriodCustom, Period: Period{mustDay(t, "2026-10-11"), mustDay(t, "2026-10-20")}}
	if p, ok := custom.Before(today); !ok || p.String() != "2026-10-01 – 2026-10-10" {
		t.Errorf("ten days are compared with %s, %v", p, ok)
	}
	if p, ok := (Scope{Kind: PeriodAll, Period: Period{0, today}}).Before(today); ok || p != (Period{}) {
		t.Errorf("everything is compared with %s", p)
	}
}

func TestDaysWithoutEntriesAreUnknown(t *testing.T) {
	w := newWorld(t)
	w.record(w.entry(w.linjiang, "宣传单", "10", 0))
	w.record(w.entry(w.xinhua, "宣传单", "5", 0))
	w.record(w.entry(w.linjiang, "网络信息", "3", 2))
	gone := w.record(w.entry(w.linjiang, "电视稿件", "1", 3))
	w.record(w.entry(w.linjiang, "电视稿件", "1", SeriesDays-1))
	w.record(w.entry(w.linjiang, "电视稿件", "1", SeriesDays))
	w.do(w.book.Void(background, gone, "重复"))
	p := w.figures(PeriodToday).Publicity // the series is longer than the period
	if len(p.Days) != SeriesDays || len(p.DaysBefore) != SeriesDays {
		t.Fatalf("%d and %d days", len(p.Days), len(p.DaysBefore))
	}
	known := map[Day][3]int64{w.today(): {0, 0, 2}, w.today() - 2: {0, 1, 0}, w.today() - SeriesDays + 1: {1, 0, 0}, w.today() - SeriesDays: {1, 0, 0}}
	for i, d := range append(slices.Clone(p.DaysBefore), p.Days...) {
		if d.Day != w.today()-2*SeriesDays+1+Day(i) {
			t.Fatalf("day %d of the series is %s", i, d.Day)
		}
		entries, want := known[d.Day]
		if d.Known != want || d.Entries != entries || (len(d.Items) > 0) != want {
			t.Errorf("%s is %+v", d.Day, d)
		}
	}
	if last := p.Days[SeriesDays-1].Items; len(last) != 1 || last[0].Quantity != 15 || last[0].Entries != 2 {
		t.Errorf("today's items are %+v", last)
	}
}

func TestUnitsAreRankedWithAllBelowThem(t *testing.T) {
	w := newWorld(t)
	w.record(w.entry(w.xinhua, "宣传单", "900", 0))
	for _, u := range []ID{w.hamlet, w.village, w.linjiang} {
		w.record(w.entry(u, "宣传单", "1", 0))
	}
	w.record(w.entry(w.district, "宣传单", "1", 0)) // the district's own: counted, ranked nowhere
	p := w.figures(PeriodToday).Publicity
	want := []UnitFigure{{w.linjiang, "临江街道", 3, 0}, {w.xinhua, "新华街道", 1, 0}}
	if !slices.Equal(p.Units, want) || p.Entries != 5 {
		t.Errorf("units are %v of %d entries, want %v", p.Units, p.Entries, want)
	}
	inside := w.figuresOf(PeriodToday, w.linjiang).Publicity
	if !slices.Equal(inside.Units, []UnitFigure{{w.village, "柳树村", 2, 0}}) || inside.Entries != 3 {
		t.Errorf("within the township: %+v of %d", inside.Units, inside.Entries)
	}
}

// TestComputeIsPure computes twice from the same facts, and finds them as they
// were.
func TestComputeIsPure(t *testing.T) {
	w := newWorld(t)
	sites := xiaojin(w)
	w.record(&Reserve{Site: sites[0], Rooms: 6, Ready: -1, Occupied: 2})
	w.record(&Cases{Count: 9})
	for i := range 40 {
		w.record(w.entry([]ID{w.hamlet, w.xinhua}[i%2], published[i%13].item, fmt.Sprint(i+1), i))
	}
	for i := range 3 {
		w.record(w.problem(inspected(w, 1), w.today()-Day(i)))
	}
	scope := Scope{Kind: PeriodMonth, Period: PeriodOf(PeriodMonth, w.today())}
	facts, copied := w.facts(scope), w.facts(scope)
	first := Compute(scope, facts)
	if !reflect.DeepEqual(facts, copied) {
		t.Error("computing changed the facts")
	}
	if second := Compute(scope, facts); !reflect.DeepEqual(first, second) {
		t.Error("computing twice gives two answers")
	}
	if !first.AsOf.Equal(w.now) || first.Today != w.today() || first.Scope != scope {
		t.Errorf("the figures are of %s, %s, %v", first.AsOf, first.Today, first.Scope)
	}
}

// TestComputeSurvivesOddFacts feeds what only a damaged or merged ledger could
// hold: loops, records of unknown units, plans and channels, no district.
func TestComputeSurvivesOddFacts(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		id := rapid.Map(rapid.IntRange(0, 4), func(n int) ID { return ID(n) })
		small := rapid.Uint8Range(0, 5)
		f := Facts{Now: newWorld(t).now, Reserves: map[ID]Row[Reserve]{}}
		today := DayOf(f.Now)
		for range rapid.IntRange(0, 5).Draw(rt, "n") {
			f.Units = append(f.Units, Row[Unit]{ID: id.Draw(rt, "unit"), Voided: rapid.Bool().Draw(rt, "voided"), Value: Unit{Parent: id.Draw(rt, "parent")}})
			f.Items = append(f.Items, Row[Item]{ID: id.Draw(rt, "item"), Value: Item{Channel: Channel(small.Draw(rt, "channel"))}})
			f.Sites = append(f.Sites, Row[Site]{ID: id.Draw(rt, "site"), Value: Site{Plan: Plan(small.Draw(rt, "plan"))}})
			f.Live = append(f.Live, Row[Problem]{Value: Problem{Unit: id.Draw(rt, "responsible"), Deadline: today - 1, State: State(small.Draw(rt, "state"))}})
			cell := Tally{Unit: id.Draw(rt, "unit"), Item: id.Draw(rt, "item"), Day: Day(rapid.Int32().Draw(rt, "day")), Entries: 1}
			f.ItemTotals, f.UnitTotals, f.DayTotals = append(f.ItemTotals, cell), append(f.UnitTotals, cell), append(f.DayTotals, cell)
			f.Heard, f.Inspected = append(f.Heard, cell.Unit), append(f.Inspected, cell.Unit)
		}
		f.Problems = f.Live
		fig := Compute(Scope{Kind: PeriodMonth, Period: PeriodOf(PeriodMonth, today), Unit: id.Draw(rt, "root")}, f)
		for _, c := range []Coverage{fig.Heard, fig.Supervision.Coverage} {
			if c.Reached+len(c.Missing) != c.All {
				rt.Fatalf("%d reached and %d missing of %d", c.Reached, len(c.Missing), c.All)
			}
		}
	})
}
