package ui

import (
	"context"
	"errors"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// lineBench is the entry line in a window; it counts the keys that are pressed.
type lineBench struct {
	*pubBench
	line *entryLine
	keys int
}

func newLineBench(t *testing.T) *lineBench {
	t.Helper()
	b := &lineBench{pubBench: newPubBench(t, look.Light)}
	b.showLine()
	return b
}

func (b *lineBench) showLine() {
	b.line = newEntryLine(b.session)
	b.window.SetContent(container.NewBorder(b.line.content(), nil, nil, nil, look.NewSurface(look.ColourGround, "", 0)))
	b.window.Resize(fyne.NewSize(1278, 420))
	b.line.focus()
}

// press types text and keys, counting each as one keystroke.
func (b *lineBench) press(text string, keys ...fyne.KeyName) {
	b.t.Helper()
	b.typed(text)
	b.key(keys...)
	b.keys += utf8.RuneCountInString(text) + len(keys)
}

func (b *lineBench) entries() []ledger.Row[ledger.Publicity] {
	return rowsOf[ledger.Publicity](b.ledger, false)
}

func (b *lineBench) last() ledger.Publicity {
	b.t.Helper()
	list := b.entries()
	if len(list) == 0 {
		b.t.Fatalf("nothing was recorded; the line says %q", b.line.status.Text())
	}
	return list[len(list)-1].Value
}

func TestLineIsRecordedByKeyboardAlone(t *testing.T) {
	b := newLineBench(t)
	b.press("qdjd", fyne.KeyReturn) // 桥东街道
	b.press("1121", fyne.KeyReturn)
	b.press("xctf", fyne.KeyReturn)
	if b.line.measure.Text() != "幅" {
		t.Errorf("the measure word is %q", b.line.measure.Text())
	}
	b.press("３６８１", fyne.KeyTab)
	b.press("主干道", fyne.KeyReturn)
	got := b.last()
	want := ledger.Publicity{Unit: b.units["桥东街道"], Item: b.items["宣传条幅"], Day: ledger.DayOf(testNow) - 1,
		Quantity: ledger.Quantity{Value: 3681}, Note: "主干道"}
	if got != want {
		t.Errorf("recorded %+v, want %+v", got, want)
	}
	if len(b.recorded) != 1 {
		t.Errorf("Ctrl+Z was told of %d records", len(b.recorded))
	}
}

// TestNextLineTakesNoMoreKeysThanASpreadsheet compares with the fewest keys a
// spreadsheet takes when unit and date are already filled down: the item through
// pinyin (its initials and a space to take the word), Tab, the digits, Enter.
func TestNextLineTakesNoMoreKeysThanASpreadsheet(t *testing.T) {
	b := newLineBench(t)
	b.press("qdjd", fyne.KeyReturn, fyne.KeyReturn)
	b.press("xcd", fyne.KeyReturn)
	b.press("35万", fyne.KeyReturn)
	b.keys = 0
	b.press("xctf", fyne.KeyTab)
	b.press("3681", fyne.KeyReturn)
	spreadsheet := len("xctf") + len(" ") + len("\t") + len("3681") + len("\n")
	if b.keys > spreadsheet {
		t.Errorf("%d keys, a spreadsheet takes %d", b.keys, spreadsheet)
	}
	got := b.last()
	if len(b.entries()) != 2 || got.Item != b.items["宣传条幅"] || got.Quantity.Value != 3681 ||
		got.Unit != b.units["桥东街道"] || got.Day != ledger.DayOf(testNow) {
		t.Errorf("the second line is %+v", got)
	}
	if b.focused() != b.line.item.field {
		t.Error("the caret is not back at the item")
	}
}

func TestUnitIsKeptFromTheLastTime(t *testing.T) {
	b := newLineBench(t)
	if b.focused() != b.line.unit.field {
		t.Error("without a unit the caret must start there")
	}
	if err := b.session.Settings.Change(func(v *settings.Values) { v.Unit = int64(b.units["新城镇"]) }); err != nil {
		t.Fatal(err)
	}
	b.showLine()
	if b.focused() != b.line.item.field || b.line.unit.field.Text != "新城镇" {
		t.Errorf("unit %q, caret elsewhere", b.line.unit.field.Text)
	}
}

func TestArrowsPickAnotherName(t *testing.T) {
	b := newLineBench(t)
	b.press("qdjd", fyne.KeyTab, fyne.KeyTab)
	b.press("xc")
	second := b.line.item.list.names[1].Name
	b.press("", fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if b.line.item.field.Text != second {
		t.Errorf("picked %q, want %q", b.line.item.field.Text, second)
	}
	if b.line.item.list.isOpen() || b.focused() != b.line.quantity {
		t.Error("the list is still open or the caret did not go on")
	}
}

func TestPointerPicksAName(t *testing.T) {
	b := newLineBench(t)
	b.press("", fyne.KeyDown)
	list := b.line.unit.list
	if !list.isOpen() {
		t.Fatal("Down does not open the list")
	}
	name := list.names[2].Name
	list.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, look.Half+2.5*look.RowHigh)},
		Button: desktop.MouseButtonPrimary})
	if b.line.unit.field.Text != name || list.isOpen() {
		t.Errorf("unit %q, want %q", b.line.unit.field.Text, name)
	}
}

func TestRefusalsMarkTheFieldAndLoseNothing(t *testing.T) {
	for _, c := range []struct {
		name  string
		press func(b *lineBench)
		field func(l *entryLine) *lineField
	}{
		{"no unit", func(b *lineBench) {
			b.key(fyne.KeyTab, fyne.KeyTab)
			b.typed("xctf")
			b.key(fyne.KeyTab)
			b.typed("5")
			b.key(fyne.KeyReturn)
		},
			func(l *entryLine) *lineField { return l.unit.field }},
		{"future day", func(b *lineBench) { b.typed("qdjd"); b.key(fyne.KeyReturn); b.typed("1130"); b.key(fyne.KeyReturn) },
			func(l *entryLine) *lineField { return l.day }},
		{"unknown item", func(b *lineBench) {
			b.typed("qdjd")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
			b.typed("无人机喊话")
			b.key(fyne.KeyReturn)
			b.typed("5")
			b.key(fyne.KeyReturn)
		}, func(l *entryLine) *lineField { return l.item.field }},
		{"no quantity", func(b *lineBench) {
			b.typed("qdjd")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
			b.typed("xctf")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
		},
			func(l *entryLine) *lineField { return l.quantity }},
		{"negative", func(b *lineBench) {
			b.typed("qdjd")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
			b.typed("xctf")
			b.key(fyne.KeyReturn)
			b.typed("-5")
			b.key(fyne.KeyReturn)
		},
			func(l *entryLine) *lineField { return l.quantity }},
		{"zero", func(b *lineBench) {
			b.typed("qdjd")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
			b.typed("xctf")
			b.key(fyne.KeyReturn)
			b.typed("0")
			b.key(fyne.KeyReturn)
		},
			func(l *entryLine) *lineField { return l.quantity }},
		{"other measure word", func(b *lineBench) {
			b.typed("qdjd")
			b.key(fyne.KeyReturn, fyne.KeyReturn)
			b.typed("xctf")
			b.key(fyne.KeyReturn)
			b.typed("5份")
			b.key(fyne.KeyReturn)
		},
			func(l *entryLine) *lineField { return l.quantity }},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newLineBench(t)
			c.press(b)
			if n := len(b.entries()); n != 0 {
				t.Fatalf("%d entries were recorded", n)
			}
			if f := c.field(b.line); b.line.marked != f || b.focused() != f {
				t.Errorf("the wrong field is marked; the line says %q", b.line.status.Text())
			}
			if b.line.status.Text() == "" {
				t.Error("no sentence")
			}
		})
	}
}

func TestRefusedLineComesBack(t *testing.T) {
	b := newLineBench(t)
	b.session.Book = ledger.NewBook(refusing{b.ledger}, func() string { return b.author })
	b.press("qdjd", fyne.KeyReturn, fyne.KeyReturn)
	b.press("xctf", fyne.KeyReturn)
	b.press("12", fyne.KeyTab)
	b.press("墙面", fyne.KeyReturn)
	l := b.line
	if l.item.field.Text != "宣传条幅" || l.quantity.Text != "12" || l.note.Text != "墙面" {
		t.Errorf("the fields hold %q %q %q", l.item.field.Text, l.quantity.Text, l.note.Text)
	}
	b.mustSay("磁盘")
	b.session.Book = ledger.NewBook(b.ledger, func() string { return b.author })
	b.press("", fyne.KeyReturn)
	if b.last().Note != "墙面" {
		t.Error("the line could not be saved a second time")
	}
}

type refusing struct{ *memLedger }

func (refusing) Write(context.Context, func(ledger.Tx) error) error {
	return ledger.Refuse(ledger.CodeDiskFull, "path", "/x").Because(errors.New("no space"))
}

func TestUndoGoesToTheLedgerWhileNothingIsTyped(t *testing.T) {
	b := newLineBench(t)
	undone := 0
	b.line.pass = func(fyne.Shortcut) { undone++ }
	undo := func() { b.focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutUndo{}) }
	b.press("qdjd", fyne.KeyReturn, fyne.KeyReturn)
	b.press("xctf", fyne.KeyReturn)
	b.press("12", fyne.KeyReturn)
	undo()
	if undone != 1 {
		t.Errorf("undone %d times, want 1", undone)
	}
	b.press("xc")
	undo()
	if undone != 1 {
		t.Error("Ctrl+Z while typing went past the text")
	}
}

func TestDayRollsOverAtMidnightUnlessChosen(t *testing.T) {
	b := newLineBench(t)
	b.wait(10 * 3600e9)
	b.line.focus()
	if got := b.line.day.Text; got != "2026-11-23" {
		t.Errorf("the next day the line shows %s", got)
	}
	b.line.day.grab()
	b.typed("21")
	b.key(fyne.KeyReturn)
	b.wait(24 * 3600e9)
	b.line.focus()
	if got := b.line.day.Text; got != "2026-11-21" {
		t.Errorf("a chosen day became %s", got)
	}
}

func TestWindowKeysPassThroughTheLine(t *testing.T) {
	b := newLineBench(t)
	var keys []fyne.KeyName
	b.window.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { keys = append(keys, ev.Name) })
	b.key(fyne.KeyF1, fyne.KeyEscape)
	if len(keys) != 2 {
		t.Errorf("the window heard %v", keys)
	}
	b.press("qd")
	b.key(fyne.KeyEscape)
	if len(keys) != 2 || b.line.unit.list.isOpen() {
		t.Error("Esc must close the list first")
	}
}

func TestPictureOfEntryLine(t *testing.T) {
	b := newLineBench(t)
	b.press("qdjd", fyne.KeyReturn, fyne.KeyReturn)
	b.press("xctf", fyne.KeyReturn)
	b.press("3681", fyne.KeyReturn)
	b.press("xc")
	test.AssertImageMatches(t, "entry-list.png", b.window.Canvas().Capture())
	b.press("", fyne.KeyReturn)
	b.press("-3", fyne.KeyReturn)
	b.window.Canvas().Unfocus()
	test.AssertImageMatches(t, "entry-refused.png", b.window.Canvas().Capture())
}

// TestKeysOfTheLineFit fails when the buttons for reports leave no room for the
// sentence beside them.
func TestKeysOfTheLineFit(t *testing.T) {
	for _, language := range words.Languages {
		b := newLineBench(t)
		words.Use(language)
		b.showLine()
		need := fyne.MeasureText(b.line.status.Text(), look.SizeBody, fyne.TextStyle{}).Width
		if has := b.line.status.Size().Width; need > has {
			t.Errorf("%s: the keys take %.0f of %.0f", language, need, has)
		}
	}
	words.Use(words.Simplified)
}
