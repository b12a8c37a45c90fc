package ui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// TestUndoTakesItsReceiptBack: off the stick that is here, and only that of the
// merge taken back; where it is not here, that is said.
func TestUndoTakesItsReceiptBack(t *testing.T) {
	for _, here := range []bool{true, false} {
		b := newHandoffBench(t, look.Light)
		b.plugIn()
		b.carried()
		bundle := stickPath + "/a.tzb"
		if here {
			b.fake.found[stickPath] = append(b.fake.found[stickPath],
				handoff.Found{Path: bundle, Bundle: true, Merged: true, Log: &b.fake.merged[1]}, handoff.Found{Path: bundle + ".tzr"},
				handoff.Found{Path: stickPath + "/b.tzb", Bundle: true, Merged: true, Log: &handoff.Merged{Number: 1}}, handoff.Found{Path: stickPath + "/b.tzb.tzr"})
		}
		b.show()
		askUndo(b.sc, nil)
		if here {
			b.mustSay("回执已写在“STICK”上，撤销时一并删除")
		} else {
			b.mustSay("那个U盘现在没有插着", "临江街道值班台 会看到“已送达”")
		}
		b.key(fyne.KeyReturn)
		want := []string{bundle + ".tzr"}
		if !here {
			want = nil
		}
		if b.fake.undone != 1 || !slices.Equal(b.fake.withdrawn, want) {
			t.Errorf("undone %d, receipts taken back: %v", b.fake.undone, b.fake.withdrawn)
		}
	}
}

// TestLongUndoSaysSo: the sheet does not stand mute, and does not go away.
func TestLongUndoSaysSo(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.carried()
	b.show()
	askUndo(b.sc, nil)
	sh := sheetOpen(b.window.Canvas())
	sh.start = func(map[string]string) (func() error, func(), error) {
		return func() error {
			sh.sayWorking() // as after 0.3 s
			b.mustSay("正在撤销…")
			sh.close()
			if !b.sheetOpen() {
				t.Error("it goes away while it works")
			}
			return nil
		}, nil, nil
	}
	b.key(fyne.KeyReturn)
	if b.sheetOpen() {
		t.Error("it stays when it has ended")
	}
}

// staysOpen is a window that the bench itself closes in the end.
type staysOpen struct{ fyne.Window }

func (staysOpen) Close() {}

// TestClosingAsksWhileABundleIsWritten, and closes once the work has stopped.
func TestClosingAsksWhileABundleIsWritten(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	fake := &fakeHandoff{}
	closed := 0
	b.shell.OnClose(func() { closed++ })
	b.shell.ShowLedger(&Session{Reader: b.ledger, Book: b.book, Handoff: fake, Services: Services{Backups: func() ([]BackupFile, error) { return nil, nil }}})
	b.shell.win.Resize(fyne.NewSize(1366, 768))
	window := b.shell.win
	b.shell.win = staysOpen{window}
	t.Cleanup(func() { b.shell.win = window })
	d := b.shell.desk
	d.goTo(PlaceHandoff)
	sc := d.screens[PlaceHandoff].(*handoffScreen)
	sc.export.work.run("…", func(ctx context.Context, _ func(done, total int64)) error {
		b.shell.close()
		sh := sheetOpen(b.shell.win.Canvas())
		if closed != 0 || sh == nil {
			t.Fatalf("closed %d times, asked: %v", closed, sh != nil)
		}
		b.shell.close() // a second time asks no second time
		if n := len(b.shell.win.Canvas().Overlays().List()); n != 1 {
			t.Errorf("%d sheets", n)
		}
		sh.submit()
		if closed != 0 || ctx.Err() == nil {
			t.Error("closed before the work has stopped, or it is not stopped")
		}
		return ctx.Err()
	}, func(err error) {
		if err != errStopped {
			t.Errorf("ended with %v", err)
		}
	})
	if closed != 1 {
		t.Errorf("closed %d times; %s", closed, words.T("handoffui.leave"))
	}
}
