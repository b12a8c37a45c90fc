package ui

import (
	"testing"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// twoOffices names one district, township and item by the records of two offices.
func twoOffices() *directory {
	unit := func(id, parent, same ledger.ID, name string) ledger.Row[ledger.Unit] {
		return ledger.Row[ledger.Unit]{ID: id, Same: same, Value: ledger.Unit{Name: name, Parent: parent}}
	}
	item := func(id, same ledger.ID, channel ledger.Channel) ledger.Row[ledger.Item] {
		return ledger.Row[ledger.Item]{ID: id, Same: same, Value: ledger.Item{Name: "横幅", Measure: "条", Channel: channel}}
	}
	d := newDirectory([]ledger.Row[ledger.Unit]{unit(1, 0, 0, "宁江区"), unit(2, 1, 0, "临江街道"), unit(3, 2, 0, "柳树村"),
		unit(11, 0, 1, "宁江区"), unit(12, 11, 2, "临江街道"), unit(13, 12, 0, "河口村")},
		[]ledger.Row[ledger.Item]{item(21, 0, ledger.ChannelCommunity), item(31, 21, ledger.ChannelNews)}, nil, nil)
	d.idText = func(ledger.ID) string { return "3f9a2c1d-17" }
	return d
}

func TestDirectoryOfTwoOffices(t *testing.T) {
	d := twoOffices()
	for text, want := range map[string]int{"": 4, "临江": 1, "宁江": 1, "村": 2} {
		found := d.unitNames.find(text)
		if len(found) != want {
			t.Errorf("%q finds %v, want %d", text, found, want)
		}
		for _, s := range found {
			if d.unit[s.ID].Same != 0 {
				t.Errorf("%q finds %v, which another record stands for", text, s)
			}
		}
	}
	if n := len(d.itemNames.find("")); n != 1 {
		t.Errorf("%d items are offered", n)
	}
	if hint := d.parentName(d.unit[13].Value); hint != "临江街道" {
		t.Errorf("a village of the other record hangs under %q", hint)
	}
	if hint := d.parentName(d.unit[12].Value); hint != "" {
		t.Errorf("a township of the other record hangs under %q", hint)
	}
	if c := d.chosenUnit(12); c.ID != 12 || c.Name != "临江街道" {
		t.Errorf("an entry of the other record would be corrected with %+v", c)
	}
	if got := d.channelItems(ledger.ChannelCommunity); len(got) != 2 {
		t.Errorf("the channel has the items %v", got)
	}
	if got := d.channelItems(ledger.ChannelNews); len(got) != 0 {
		t.Errorf("the channel of the other record has the items %v", got)
	}
	q := publicityFilter{unit: 12}.query(d)
	if len(q.Units) != 4 {
		t.Errorf("filtered by the other record: %v", q.Units)
	}
}

// TestStrangers shows records that point to what has not come yet.
func TestStrangers(t *testing.T) {
	d := twoOffices()
	for _, got := range []string{d.unitName(99), d.chosenUnit(99).Name} {
		if want := words.T("unknown.unit", "id", "3f9a2c1d-17"); got != want {
			t.Errorf("an unknown unit is called %q, want %q", got, want)
		}
	}
	if got, want := d.itemName(99), words.T("unknown.item", "id", "3f9a2c1d-17"); got != want {
		t.Errorf("an unknown item is called %q, want %q", got, want)
	}
	if got, want := d.siteName(99), words.T("unknown.site", "id", "3f9a2c1d-17"); got != want {
		t.Errorf("an unknown site is called %q, want %q", got, want)
	}
	if d.unitName(0) != noValue || emptyDirectory().unitName(99) != noValue {
		t.Error("no unit at all, or one before the ledger was read, is no unknown one")
	}
	sums := namedSums(d, []ledger.ItemSum{{Item: 21, Entries: 1, Sum: ledger.Sum{Value: 3}}, {Item: 99, Entries: 2, Sum: ledger.Sum{Value: 4}}})
	if len(sums) != 2 || sums[1].name != d.itemName(99) || sums[1].number != "4" {
		t.Errorf("sums: %+v", sums)
	}
	fig := ledger.Figures{Publicity: ledger.PublicityFigures{Items: []ledger.ItemFigure{
		{ID: 99, Item: ledger.Item{Name: "3f9a2c1d-17"}, Entries: 2, Sum: ledger.Sum{Value: 4}}}}}
	bars := chartsOf(fig, &figureChanges{}).Items()
	if len(bars.Groups) != 1 || bars.Groups[0].Name != words.T("unknown.channel") || len(bars.Groups[0].Rows) != 1 {
		t.Errorf("the overview shows %+v", bars.Groups)
	}
}
