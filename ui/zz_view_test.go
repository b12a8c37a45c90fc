package ui

import (
	"image/png"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

func save(t *testing.T, b *bench, name string) {
	f, _ := os.Create("/tmp/iso/" + name + ".png")
	png.Encode(f, b.window.Canvas().Capture())
	f.Close()
}

func TestZView(t *testing.T) {
	b := newBench(t, look.Dark)
	b.district()
	b.xiaojin()
	words.Use(words.English)
	b.put(newIsolationScreen(b.session), 1278, 712)
	b.screen.focus()
	save(t, b, "iso-en")
	b.key(fyne.KeyReturn)
	save(t, b, "reserve-en")
	b.key(fyne.KeyEscape)
	sc := newSupervisionScreen(b.session).(*supervisionScreen)
	b.put(sc, 1278, 712)
	b.screen.focus()
	save(t, b, "sup-en")
	sc.actProblem(problemClose)
	save(t, b, "close-en")
	b.key(fyne.KeyEscape)
	sc.showView(viewTable)
	sc.key(&fyne.KeyEvent{Name: fyne.KeyInsert})
	b.typed("d")
	save(t, b, "inspect-en")
	b.key(fyne.KeyEscape)
	b.key(fyne.KeyEscape)
	words.Use(words.Simplified)
	b = newBench(t, look.Light)
	b.xiaojin()
	b.district()
	b.put(newIsolationScreen(b.session), 1832, 1024)
	b.screen.focus()
	save(t, b, "iso-1920")
	showCasesForm(b.session, b.screen.(*isolationScreen).figures.Isolation)
	b.typed("6")
	save(t, b, "cases")
	b = newBench(t, look.Light)
	b.district()
	sc = newSupervisionScreen(b.session).(*supervisionScreen)
	b.put(sc, 1832, 1024)
	sc.open(Opening{Place: PlaceSupervision, State: ledger.StateOpen})
	save(t, b, "sup-1920")
	b = newBench(t, look.Light)
	sc = newSupervisionScreen(b.session).(*supervisionScreen)
	b.put(sc, 1278, 712)
	save(t, b, "sup-empty")
	b.put(newIsolationScreen(b.session), 1278, 712)
	save(t, b, "iso-empty")
}
