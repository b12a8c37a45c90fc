package ledger

import (
	"testing"
	"time"

	"taizhang/app/pinyin"
)

// TestCatalogueIsTheSameForever fixes the catalogue's chain: merged ledgers
// know an item by its revision there. Items are only ever added at the end, so
// hashes are added to this list and none changes.
func TestCatalogueIsTheSameForever(t *testing.T) {
	heads := map[int]string{ // by revisions
		22: "166dbefc5c47f7efc4e0bd211b6edd548796e55e5adb0d4e45a1be034c81510c",
	}
	for _, number := range []int64{0, 2, 77} {
		chain := NewChain(func(n int64) DeskID {
			if n != number {
				t.Errorf("the catalogue names desk %d", n)
			}
			return CatalogueDesk
		})
		var head Hash
		list := CatalogueRevisions(number)
		for i, r := range list {
			if r.ID != MakeID(number, int64(i)+1) || r.Record != r.ID || r.Op != OpCreate || i > 0 && r.Clock <= list[i-1].Clock {
				t.Errorf("revision %d is %+v", i, r)
			}
			head = chain.Link(head, &r)
			if want := heads[i+1]; want != "" && head.String() != want {
				t.Errorf("after %d revisions the catalogue's chain is at %q", i+1, head)
			}
		}
		if heads[len(list)] == "" {
			t.Errorf("items were added: add %d: %q", len(list), head)
		}
	}
	if got := CatalogueDesk.String(); got != "747a2d636174616c6f6775652d763100" {
		t.Errorf("the catalogue's desk is %s", got)
	}
	if at := CatalogueClock.Time().UTC(); !at.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the catalogue is of %s", at)
	}
}

func TestCatalogueRevisionsAreCopies(t *testing.T) {
	CatalogueRevisions(2)[1].Fields.(*Item).Name = "改了"
	if Catalogue[0].Name != "电视稿件" {
		t.Error("a change to a revision reaches the catalogue itself")
	}
}

// TestCatalogueHasThePublishedItems checks the measure words and channels of
// the published figures.
func TestCatalogueHasThePublishedItems(t *testing.T) {
	byName := map[string]Item{}
	for _, item := range Catalogue {
		if err := item.check(); err != nil {
			t.Errorf("%s: %v", item.Name, err)
		}
		if _, twice := byName[item.Name]; twice {
			t.Errorf("%s is in the catalogue twice", item.Name)
		}
		if got := pinyin.Initials(item.Name); got != item.Initials {
			t.Errorf("the initials of %s are %q, its pinyin gives %q", item.Name, item.Initials, got)
		}
		byName[item.Name] = item
	}
	for _, p := range published {
		if got := byName[p.item]; got.Measure != p.measure || got.Channel != p.channel {
			t.Errorf("%s is counted in %q on channel %v, want %q on %v", p.item, got.Measure, got.Channel, p.measure, p.channel)
		}
	}
	for name, measure := range map[string]string{"市级以上媒体稿件": "篇", "宣传材料": "册", "现场咨询": "人次", "免费服务": "人次",
		"宣传品": "件", "讲座": "场", "培训": "期", "宣传栏/板报": "期"} {
		if got := byName[name].Measure; got != measure {
			t.Errorf("%s is counted in %q, want %q", name, got, measure)
		}
	}
}
