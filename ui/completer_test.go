package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

func catalogueDirectory() *directory {
	var items []ledger.Row[ledger.Item]
	for i, item := range ledger.Catalogue {
		items = append(items, ledger.Row[ledger.Item]{ID: ledger.MakeID(1, int64(i)+1), Value: item})
	}
	return newDirectory(nil, items, nil, nil)
}

func TestNamesAreFoundByChinesePinyinAndInitials(t *testing.T) {
	dir := catalogueDirectory()
	for text, want := range map[string]string{
		"xctf": "宣传条幅", "条幅": "宣传条幅", "tiaofu": "宣传条幅", "XCTF": "宣传条幅", "ｘｃｔｆ": "宣传条幅", "gblb": "广播喇叭",
		"宣传tf": "宣传条幅", "xcd": "宣传单", "喇叭": "广播喇叭",
	} {
		found := dir.itemNames.find(text)
		if len(found) == 0 || found[0].Name != want {
			t.Errorf("%q finds %v, want %s first", text, found, want)
		}
	}
	if n := len(dir.itemNames.find("")); n != len(ledger.Catalogue) {
		t.Errorf("nothing typed offers %d names", n)
	}
	if found := dir.itemNames.holding("xd"); len(found) > 2 {
		t.Errorf("a search for xd guesses %v", found)
	}
}

func TestVillagesOfOneNameAreToldApart(t *testing.T) {
	row := func(id, parent int64, name string) ledger.Row[ledger.Unit] {
		return ledger.Row[ledger.Unit]{ID: ledger.ID(id), Value: ledger.Unit{Name: name, Parent: ledger.ID(parent)}}
	}
	dir := newDirectory([]ledger.Row[ledger.Unit]{row(1, 0, "宁江区"), row(2, 1, "新城镇"), row(3, 1, "大洼镇"),
		row(4, 2, "新民村"), row(5, 3, "新民村")}, nil, nil, nil)
	found := dir.unitNames.find("xmc")
	if len(found) != 2 || found[0].Hint == found[1].Hint || found[0].Hint == "" {
		t.Errorf("found %v", found)
	}
}

func TestCompleterTakesWhatIsTypedInFullWhenLeft(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Light))
	dir := catalogueDirectory()
	c := newCompleter("", dir.itemNames.find)
	w := test.NewTempWindow(t, c.field)
	w.Resize(fyne.NewSize(300, 300))
	w.Canvas().Focus(c.field)
	test.Type(c.field, "宣传车")
	w.Canvas().Unfocus()
	if c.chosen.Name != "宣传车" || c.list.isOpen() {
		t.Errorf("chosen %v", c.chosen)
	}
	w.Canvas().Focus(c.field)
	test.Type(c.field, "宣传")
	w.Canvas().Unfocus()
	if c.id() != 0 {
		t.Errorf("half a name was taken for %v", c.chosen)
	}
}

func TestListKeepsTheMarkedNameInSight(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.New(look.Light))
	dir := catalogueDirectory()
	c := newCompleter("", dir.itemNames.find)
	w := test.NewTempWindow(t, c.field)
	w.Canvas().Focus(c.field)
	down := &fyne.KeyEvent{Name: fyne.KeyDown}
	for range 30 {
		c.field.TypedKey(down)
	}
	l := c.list
	if l.marked != len(l.names)-1 || l.marked-l.first >= suggestionsShown || l.marked < l.first {
		t.Errorf("marked %d of %d, the first in sight is %d", l.marked, len(l.names), l.first)
	}
	c.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if l.isOpen() {
		t.Error("Esc leaves the list open")
	}
}
