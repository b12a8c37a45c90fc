//go:build linux && x11

package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/ui/xtest"
)

// wallAt is the wall as a process of its own, on a display of the test's.
type wallAt struct {
	*atWindow
}

const wallTitle = "台账大屏"

// newWallAt builds the program and makes the sample district in an empty home. The
// clock stands still, so that pictures can be compared.
func newWallAt(t *testing.T, d *xtest.Display) *wallAt {
	t.Helper()
	w := &wallAt{&atWindow{t: t, Display: d, program: filepath.Join(t.TempDir(), "taizhang"), home: t.TempDir()}}
	build := exec.Command("go", "build", "-tags", "x11", "-o", w.program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	w.SetEnv("TAIZHANG_HOME", w.home)
	w.SetEnv("TAIZHANG_NOW", "2026-11-22T17:05:00+08:00")
	w.SetEnv("TZ", "Asia/Shanghai")
	w.SetEnv("TAIZHANG_LANG", "zh-Hans")
	w.command("sample", filepath.Join(w.home, "ledger.db"))
	return w
}

// at waits until the wall covers a part of the desktop exactly.
func (w *wallAt) at(want image.Rectangle) {
	w.t.Helper()
	var got image.Rectangle
	w.Until("the wall is at "+want.String(), func() bool {
		x, y, width, height, ok := w.Place(wallTitle)
		got = image.Rect(x, y, x+width, y+height)
		return ok && got == want
	})
}

// TestWallTakesItsDisplay has two displays: the wall goes to the one that was named,
// stays somewhere when that is pulled out, and takes it again when it is back, with
// another resolution too. The next time it is remembered.
func TestWallTakesItsDisplay(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root may start an X server with several displays")
	}
	w := newWallAt(t, xtest.StartHeads(t))
	first, second := image.Rect(0, 0, 1280, 800), image.Rect(1280, 0, 1280+1920, 1080)
	w.Plug("1920x1080")
	wall := w.StartChecked(w.program, "wall", "--screen", xtest.SecondHead)
	w.at(second)
	w.Unplug()
	w.at(first)
	w.Plug("1280x1024")
	w.at(image.Rect(1280, 0, 1280+1280, 1024))
	w.Plug("1920x1080")
	w.at(second)
	w.Window(wallTitle).Focus()
	w.Key("Escape")
	if err := wall.UntilEnded(); err != nil {
		t.Errorf("the wall ended with %v", err)
	}
	again := w.StartChecked(w.program, "wall")
	w.at(second)
	w.Window(wallTitle).Focus()
	w.Key("Escape")
	if err := again.UntilEnded(); err != nil {
		t.Errorf("the wall ended with %v", err)
	}
	wrong := w.Start(w.program, "wall", "--screen", "HDMI-9")
	if err := wrong.UntilEnded(); err == nil || !strings.Contains(wrong.Printed(), xtest.SecondHead+" (1920×1080)") {
		t.Errorf("a display that is not there: %v, %s", err, wrong.Printed())
	}
}

// TestWallBesideAWriter follows what other processes do to the ledger: a commit, its
// file taken away, and put back.
func TestWallBesideAWriter(t *testing.T) {
	w := newWallAt(t, xtest.StartDisplay(t, 1366, 768))
	before, err := os.ReadDir(w.home)
	if err != nil {
		t.Fatal(err)
	}
	w.Must("xdotool", "mousemove", "1365", "767") // where it marks nothing
	wall := w.StartChecked(w.program, "wall", "--page", "publicity", "--every", "1h")
	w.Window(wallTitle)
	w.at(image.Rect(0, 0, 1366, 768))
	still := w.settled("wall")
	w.command("record", "publicity", "--unit", "临江街道", "--item", "宣传单", "--date", "2026-11-22", "--quantity", "35")
	marked := w.changed("wall-marked", still)
	plain := w.changed("wall-unmarked", marked) // ten seconds later
	move := func(from, to string) {
		for _, name := range []string{"ledger.db-wal", "ledger.db-shm", "ledger.db"} {
			if err := os.Rename(filepath.Join(w.home, from+name), filepath.Join(w.home, to+name)); err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
		}
	}
	move("", "away-")
	w.changed("wall-gone", plain)
	move("away-", "")
	w.Until("the wall is as it was", func() bool { return !differs(w.picture("wall-back"), plain) })
	w.Window(wallTitle).Focus()
	w.Key("Escape")
	if err := wall.UntilEnded(); err != nil {
		t.Errorf("the wall ended with %v", err)
	}
	after, err := os.ReadDir(w.home)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range after {
		// What others wrote while the wall held the ledger is still in the log beside it.
		if !known(before, f.Name()) && f.Name() != "log" && !strings.HasPrefix(f.Name(), "ledger.db-") {
			t.Errorf("the wall leaves %s behind", f.Name())
		}
	}
	w.command("verify")
}

func known(list []os.DirEntry, name string) bool {
	for _, f := range list {
		if f.Name() == name {
			return true
		}
	}
	return false
}

// TestWallFromTheWindow opens the wall by F11 over the window of the clerk, and leaves
// it again.
func TestWallFromTheWindow(t *testing.T) {
	a := startWindow(t, func(a *atWindow) { a.command("sample", filepath.Join(a.home, "ledger.db")) })
	desk := a.settled("desk")
	a.Key("F11")
	a.Window(wallTitle)
	a.changed("wall-over-desk", desk)
	a.Window(wallTitle).Focus()
	a.Key("Escape")
	a.Until("the wall is gone", func() bool { return !a.HasWindow(wallTitle) })
	a.window.Focus()
	a.close()
}
