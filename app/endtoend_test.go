//go:build linux && x11

package main

import (
	"encoding/json"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/ui/xtest"
)

// atWindow is the built program on a real display, as a clerk meets it.
type atWindow struct {
	*xtest.Display
	t       *testing.T
	program string
	home    string
	running *xtest.Program
	window  *xtest.Window
}

// startWindow builds the program and opens it on an empty home, at a fixed
// moment. before, if not nil, is called when the program is built and has not
// been started.
func startWindow(t *testing.T, before func(a *atWindow)) *atWindow {
	t.Helper()
	a := &atWindow{t: t, program: filepath.Join(t.TempDir(), "taizhang"), home: t.TempDir()}
	build := exec.Command("go", "build", "-tags", "x11", "-o", a.program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	a.Display = xtest.StartDisplay(t, 1366, 768)
	a.SetEnv("TAIZHANG_HOME", a.home)
	a.SetEnv("TAIZHANG_NOW", "2026-11-22T17:05:00+08:00")
	a.SetEnv("TZ", "Asia/Shanghai")
	a.SetEnv("TAIZHANG_LANG", "zh-Hans")
	if before != nil {
		before(a)
	}
	a.running = a.StartChecked(a.program)
	a.window = a.Display.Window("台账")
	a.window.Focus()
	return a
}

// command runs a subcommand beside the window and returns what it printed.
func (a *atWindow) command(args ...string) string {
	a.t.Helper()
	cmd := exec.Command(a.program, args...)
	cmd.Env = a.Env()
	out, err := cmd.Output()
	if err != nil {
		detail := ""
		if exit, ok := err.(*exec.ExitError); ok {
			detail = string(exit.Stderr)
		}
		a.t.Fatalf("taizhang %s: %v %s", strings.Join(args, " "), err, detail)
	}
	return string(out)
}

// entries reads the publicity ledger through the command.
func (a *atWindow) entries() []map[string]any {
	a.t.Helper()
	var list []map[string]any
	if err := json.Unmarshal([]byte(a.command("list", "publicity", "--json")), &list); err != nil {
		a.t.Fatal(err)
	}
	return list
}

func (a *atWindow) close() {
	a.t.Helper()
	a.window.Close()
	if err := a.running.UntilEnded(); err != nil {
		a.t.Errorf("the program ended with %v", err)
	}
	a.command("verify")
}

// picture keeps a screenshot where a person can look at it when a test fails.
func (a *atWindow) picture(name string) image.Image {
	a.t.Helper()
	folder := os.Getenv("TAIZHANG_PICTURES")
	if folder == "" {
		folder = a.t.TempDir()
	}
	return a.Screenshot(filepath.Join(folder, name+".png"))
}

// TestFromFirstStartToSecondWindow is a clerk's first minutes: Enter three
// times, an entry by keyboard, its undo, a commit from another process, a second
// start of the program.
func TestFromFirstStartToSecondWindow(t *testing.T) {
	a := startWindow(t, nil)
	a.settled("first-start")
	ledgerFile := filepath.Join(a.home, "ledger.db")
	for range 3 {
		a.Key("Return")
	}
	a.Until("the new ledger", func() bool { _, err := os.Stat(ledgerFile); return err == nil && a.hasLedger() })
	before := len(a.entries())

	a.enter("bqzhb", "xctf", "12000")
	a.Until("the entry is in the ledger", func() bool { return len(a.entries()) == before+1 })
	newest := a.entries()[0]
	if newest["item"] != "宣传条幅" || newest["quantity"] != float64(12000) || newest["unit"] != "本区指挥部" {
		t.Errorf("entered %v", newest)
	}
	a.Key("Escape", "ctrl+z")
	a.Until("the entry is voided", func() bool { return len(a.entries()) == before })

	a.Key("ctrl+1")
	still := a.settled("overview")
	a.command("record", "publicity", "--unit", "本区指挥部", "--item", "宣传单", "--date", "2026-11-22", "--quantity", "35万")
	a.Until("another process's entry on the screen", func() bool { return differs(still, a.picture("overview-after")) })

	second := a.Start(a.program)
	if err := second.UntilEnded(); err != nil {
		t.Errorf("the second window ended with %v: %s", err, second.Printed())
	}
	if !a.running.Running() {
		t.Error("the first window is gone after a second start")
	}
	a.close()
}

// enter types one line into the entry line: a unit, today, an item and a
// quantity.
func (a *atWindow) enter(initials, item, quantity string) {
	a.Key("ctrl+n")
	a.settled("line")
	a.Type(initials)
	a.Key("Tab", "Tab")
	a.Type(item)
	a.Key("Tab")
	a.Type(quantity)
	a.Key("Return")
}

// hasLedger reports whether the ledger can be read.
func (a *atWindow) hasLedger() bool {
	cmd := exec.Command(a.program, "figures", "--json")
	cmd.Env = a.Env()
	return cmd.Run() == nil
}

// settled waits until two pictures in a row are the same and returns it.
func (a *atWindow) settled(name string) image.Image {
	a.t.Helper()
	last := a.picture(name)
	a.Until(name+" stands still", func() bool {
		time.Sleep(300 * time.Millisecond)
		next := a.picture(name)
		same := !differs(last, next)
		last = next
		return same && ink(next) > 50_000
	})
	return last
}

// changed waits until the screen is no longer as it was, and then stands still.
func (a *atWindow) changed(name string, was image.Image) image.Image {
	a.t.Helper()
	a.Until(name+" is on the screen", func() bool { return differs(was, a.picture(name)) })
	return a.settled(name)
}

// ink counts pixels that differ from the corner's colour.
func ink(img image.Image) int {
	ground := img.At(img.Bounds().Max.X-1, img.Bounds().Max.Y-1)
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 2 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 2 {
			if img.At(x, y) != ground {
				n += 4
			}
		}
	}
	return n
}

// caretInk is how many pixels a blinking caret may change.
const caretInk = 200

// differs reports whether two pictures differ by more than a blinking caret.
func differs(a, b image.Image) bool {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				if n++; n > caretInk {
					return true
				}
			}
		}
	}
	return false
}
