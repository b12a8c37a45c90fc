package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/ui/look"
)

// pubLedger is memLedger with the publicity lists.
type pubLedger struct {
	*memLedger
	summed int // how often sums were asked for
}

func (l *pubLedger) passes(row ledger.Row[ledger.Publicity], f ledger.PublicityFilter) bool {
	v := row.Value
	if row.Voided && !f.Voided || f.Period != nil && !f.Period.Contains(v.Day) ||
		len(f.Desks) > 0 && !slices.Contains(f.Desks, row.Revision.Desk()) ||
		len(f.Units) > 0 && !slices.Contains(f.Units, v.Unit) || len(f.Items) > 0 && !slices.Contains(f.Items, v.Item) {
		return false
	}
	if f.Range != nil && !f.Range.Contains(row.ID) {
		return false
	}
	for _, m := range f.Text {
		if !slices.Contains(m.Units, v.Unit) && !slices.Contains(m.Items, v.Item) &&
			!strings.Contains(v.Note, m.Word) && !strings.Contains(row.Author, m.Word) {
			return false
		}
	}
	return true
}

func (l *pubLedger) matching(f ledger.PublicityFilter) []ledger.Row[ledger.Publicity] {
	var list []ledger.Row[ledger.Publicity]
	for _, row := range rowsOf[ledger.Publicity](l.memLedger, true) {
		if l.passes(row, f) {
			list = append(list, row)
		}
	}
	slices.SortStableFunc(list, func(a, b ledger.Row[ledger.Publicity]) int {
		by := cmp.Or(cmp.Compare(a.Value.Day, b.Value.Day), cmp.Compare(a.ID, b.ID))
		if f.Sort == ledger.SortQuantity {
			by = cmp.Or(cmp.Compare(a.Value.Quantity.Value, b.Value.Quantity.Value), cmp.Compare(a.ID, b.ID))
		}
		if !f.Ascending {
			by = -by
		}
		return by
	})
	return list
}

func (l *pubLedger) PublicityIDs(_ context.Context, f ledger.PublicityFilter) ([]ledger.ID, error) {
	var ids []ledger.ID
	for _, row := range l.matching(f) {
		ids = append(ids, row.ID)
	}
	return ids, l.failing
}

func (l *pubLedger) PublicityRows(_ context.Context, ids []ledger.ID) ([]ledger.Row[ledger.Publicity], error) {
	l.reads++
	at := map[ledger.ID]ledger.Row[ledger.Publicity]{}
	for _, row := range rowsOf[ledger.Publicity](l.memLedger, true) {
		at[row.ID] = row
	}
	var list []ledger.Row[ledger.Publicity]
	for _, id := range ids {
		if row, ok := at[id]; ok {
			list = append(list, row)
		}
	}
	return list, l.failing
}

func (l *pubLedger) PublicitySums(_ context.Context, f ledger.PublicityFilter) ([]ledger.ItemSum, error) {
	f.Voided = false
	l.summed++
	var sums []ledger.ItemSum
	for _, row := range l.matching(f) {
		i := slices.IndexFunc(sums, func(s ledger.ItemSum) bool { return s.Item == row.Value.Item })
		if i < 0 {
			i, sums = len(sums), append(sums, ledger.ItemSum{Item: row.Value.Item})
		}
		sums[i].Entries++
		sums[i].Sum = sums[i].Sum.Add(row.Value.Quantity)
	}
	return sums, l.failing
}

func (l *pubLedger) Desks(context.Context) ([]ledger.DeskInfo, error) {
	return []ledger.DeskInfo{{Number: 1, Own: true, Desk: ledger.Desk{Name: "指挥部-01"}}}, nil
}

// pubBench is a bench over a ledger with units, the catalogue and some entries.
type pubBench struct {
	*bench
	pub   *pubLedger
	units map[string]ledger.ID
	items map[string]ledger.ID
}

func newPubBench(t *testing.T, v look.Variant) *pubBench {
	t.Helper()
	b := &pubBench{bench: newBench(t, v), units: map[string]ledger.ID{}, items: map[string]ledger.ID{}}
	b.pub = &pubLedger{memLedger: b.ledger}
	b.session.Reader = b.pub
	b.session.Book = ledger.NewBook(b.ledger, func() string { return b.author })
	district := b.record(&ledger.Unit{Name: "宁江区"})
	b.units["宁江区"] = district
	for _, name := range []string{"桥东街道", "桥西街道", "滨江街道", "新城镇", "区卫生健康局"} {
		b.units[name] = b.record(&ledger.Unit{Name: name, Parent: district, Initials: pinyin.Initials(name)})
	}
	for i := range ledger.Catalogue {
		item := ledger.Catalogue[i]
		b.items[item.Name] = b.record(&item)
	}
	return b
}

// entry records one entry, some days ago, and gives its id.
func (b *pubBench) entry(unit, item string, daysAgo int, quantity, note string) ledger.ID {
	b.t.Helper()
	q, err := ledger.ParseQuantity(quantity)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.record(&ledger.Publicity{Unit: b.units[unit], Item: b.items[item],
		Day: ledger.DayOf(testNow).AddDays(-daysAgo), Quantity: q, Note: note})
}

// some are entries of this month and one of the month before.
func (b *pubBench) some() (first ledger.ID) {
	first = b.entry("桥东街道", "宣传条幅", 0, "3681", "主干道两侧")
	b.entry("桥西街道", "宣传单", 0, "35万", "")
	b.entry("滨江街道", "居家隔离观察告知书", 1, "1万余", "入户发放")
	b.entry("区卫生健康局", "网络信息", 2, "1157", "公众号推送")
	b.entry("新城镇", "宣传车", 3, "148", "")
	b.entry("新城镇", "广播喇叭", 4, "782", "村村通")
	b.entry("桥东街道", "电子屏", 5, "304", "")
	b.entry("桥东街道", "宣传条幅", 40, "20", "上月的")
	return first
}

// many are n entries of today.
func (b *pubBench) many(n int) {
	for i := range n {
		b.entry("桥东街道", "宣传条幅", 0, fmt.Sprint(i+1), "")
	}
}

func (b *pubBench) publicity(width, height float32) *publicityScreen {
	p := newPublicity(b.session)
	b.put(p, width, height)
	return p
}

// wait lets the clock go on, so that the next revision is later.
func (b *pubBench) wait(d time.Duration) { b.ledger.now = b.ledger.now.Add(d) }
