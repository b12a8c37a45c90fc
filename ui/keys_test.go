package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

func TestUndoVoidsTheNewestAndCanBeUndone(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	id := b.entry(b.units[0], "宣传条幅", ledger.DayOf(testNow), 35)
	d.session.Recorded(id)
	d.run("undo")
	if row := b.ledger.records[id]; !row.Voided {
		t.Error("Ctrl+Z did not void the entry")
	}
	d.redo(id)
	if row := b.ledger.records[id]; row.Voided {
		t.Error("the undo was not taken back")
	}
	d.run("undo")
	d.run("undo")
	if !b.shell.notices.shown() {
		t.Error("nothing says that there is nothing to undo")
	}
}

func TestRedoBringsBackWhatWasUndone(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	today := ledger.DayOf(testNow)
	first, second := b.entry(b.units[0], "宣传条幅", today, 35), b.entry(b.units[1], "宣传单", today, 7)
	d.session.Recorded(first, second)
	voided := func() [2]bool { return [2]bool{b.ledger.records[first].Voided, b.ledger.records[second].Voided} }
	for i, step := range []struct {
		run  string
		want [2]bool
	}{{"undo", [2]bool{false, true}}, {"undo", [2]bool{true, true}}, {"redo", [2]bool{false, true}},
		{"redo", [2]bool{}}, {"redo", [2]bool{}}, {"undo", [2]bool{false, true}}} {
		d.run(step.run)
		if got := voided(); got != step.want {
			t.Fatalf("step %d, %s: voided are %v, want %v", i, step.run, got, step.want)
		}
	}
	d.session.Recorded(b.entry(b.units[0], "宣传单", today, 1))
	d.run("redo") // something new was written since
	if got := voided(); !got[1] {
		t.Error("an undo of before the newest entry was taken back")
	}
}

// TestHelpFitsTheSmallestScreen in every language, with all the keys on it.
func TestHelpFitsTheSmallestScreen(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	t.Cleanup(func() { words.Use(words.Simplified) })
	for _, l := range words.Languages {
		b.shell.setLanguage(string(l))
		d.help()
		if size := d.sheet.MinSize(); size.Width > 1366 || size.Height > 740 {
			t.Errorf("%s: the help needs %v", l, size)
		}
		all := texts(d.sheet)
		for _, c := range commands {
			if c.keys != "Ctrl+," && !strings.Contains(all, c.keys) { // a second way to the settings
				t.Errorf("%s: %s is not in the help", l, c.keys)
			}
		}
		for _, keys := range []string{"F2", "Delete", "Ctrl+E", "Ctrl+C", "Insert", "Ctrl+T", "Space"} {
			if !strings.Contains(all, keys) {
				t.Errorf("%s: %s is not in the help", l, keys)
			}
		}
		d.help()
	}
}

// TestKeysWorkWithTheFocusOnAnyPiece walks through all that Tab reaches on each
// screen and asks for the help there.
func TestKeysWorkWithTheFocusOnAnyPiece(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	c := b.shell.win.Canvas()
	for _, p := range places {
		d.goTo(p)
		for range 40 {
			c.FocusNext()
			o := c.Focused()
			if o == nil {
				continue
			}
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
			if d.sheet == nil || !d.sheet.Visible() {
				t.Fatalf("%s: F1 does nothing on %T", p, o)
			}
			d.help()
		}
	}
}

// TestNoCommandsBehindASheet: Ctrl and a digit, F5 and the others wait until it is
// closed; Esc closes it.
func TestNoCommandsBehindASheet(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	d.goTo(PlaceSettings)
	b.record(&ledger.Unit{Name: "江南镇"})
	d.screens[PlaceSettings].(*settingsScreen).names.addUnit()
	for _, c := range commands {
		if c.name == "close" || c.name == "help" {
			continue
		}
		overlays, scopes := len(b.shell.win.Canvas().Overlays().List()), len(b.ledger.scopes)
		b.press(c.key, c.mod)
		if d.place != PlaceSettings || d.entries.Visible() || len(b.shell.win.Canvas().Overlays().List()) != overlays || len(b.ledger.scopes) != scopes {
			t.Errorf("%s does %s behind a sheet", c.keys, c.name)
		}
	}
	b.press(fyne.KeyEscape, 0)
	b.press(fyne.Key1, fyne.KeyModifierControl)
	if sheetOpen(b.shell.win.Canvas()) != nil || d.place != PlaceOverview {
		t.Error("the sheet stays, or goes on keeping the keys")
	}
}

func TestFixedClockIsSeen(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	if all := texts(d.rail.box); strings.Contains(all, "2026-11-22") {
		t.Error("a clock that runs is called fixed")
	}
	d.session.Services.FixedClock = true
	all := texts(newRail(d).box)
	for _, part := range []string{"演示时间", "2026-11-22", "17:05"} {
		if !strings.Contains(all, part) {
			t.Errorf("%q is not on the screen:\n%s", part, all)
		}
	}
}

func TestItemsAreRenamedAndVoided(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	d.goTo(PlaceSettings)
	n := d.screens[PlaceSettings].(*settingsScreen).names
	c := b.shell.win.Canvas()
	id := b.items["讲座"]
	n.changeItem(n.dir.item[id])
	c.Focused().(*sheetEntry).SetText("健康讲座")
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := b.ledger.records[id].Value.(*ledger.Item); got.Name != "健康讲座" || got.Initials != "jkjz" || got.Measure == "" {
		t.Errorf("the item is %+v", got)
	}
	n.void(id, "健康讲座")
	c.Focused().(*sheetEntry).SetText("不再使用")
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !b.ledger.records[id].Voided {
		t.Error("the item is still there")
	}
}

// TestHelpOpensAgain fails when the help that Esc closed is taken for open still.
func TestHelpOpensAgain(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.office()
	b.show()
	for range 2 {
		b.press(fyne.KeyF1, 0)
		if b.shell.win.Canvas().Overlays().Top() == nil {
			t.Fatal("F1 opened no help")
		}
		b.press(fyne.KeyEscape, 0)
		if b.shell.win.Canvas().Overlays().Top() != nil {
			t.Fatal("Esc left the help open")
		}
	}
}
