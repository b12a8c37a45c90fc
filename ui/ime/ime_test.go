//go:build linux && x11 && !wayland

package ime_test

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/ui/xtest"
)

// probe builds the window of testdata/probe.
func probe(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "probe")
	cmd := exec.Command("go", "build", "-tags", "x11", "-o", path, "./testdata/probe")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the probe does not build: %v\n%s", err, out)
	}
	return path
}

// typing starts an input method and the probe's window, on a display of their own.
func typing(t *testing.T) (d *xtest.Display, method, p *xtest.Program, w *xtest.Window) {
	t.Helper()
	path := probe(t)
	d = xtest.StartDisplay(t, 1366, 768)
	method = d.StartInputMethod()
	p = d.StartChecked(path)
	p.UntilPrinted("started")
	return d, method, p, d.Window("probe")
}

// TestComposing types Chinese into a real window with a real input method. Its steps build
// on one another, so they are one test.
func TestComposing(t *testing.T) {
	d, _, p, w := typing(t)
	d.InputMethodOn()

	d.Type("nihao")
	d.Candidates()
	picture(t, d, "candidates.png")
	checkNear(t, d, w, p, "first")
	d.Key("space")
	p.UntilPrinted(`first="你好".`)
	d.NoCandidates()

	mark := len(p.Printed())
	// Backspace while composing: only the composition.
	d.Type("ab")
	d.Candidates()
	d.Key("BackSpace", "BackSpace")
	d.NoCandidates()
	// Return while composing: the letters as they are, nothing submitted.
	d.Type("xctf")
	d.Candidates()
	d.Key("Return")
	p.UntilPrinted(`first="你好xctf".`)
	d.NoCandidates()
	mustNotSay(t, p.Since(mark), `first="你".`, `first="".`, "submitted")

	// Not composing: the same keys are the entry's.
	d.Key("BackSpace")
	p.UntilPrinted(`first="你好xct".`)
	d.Key("Return")
	p.UntilPrinted(`first submitted "你好xct".`)

	// The next entry, from the keyboard: candidates go with the caret.
	d.Key("Tab")
	p.UntilPrinted("second caret")
	d.Type("zhong")
	checkNear(t, d, w, p, "second")
	d.Key("Escape")
	d.NoCandidates()
	mustNotSay(t, p.Printed(), "second=")

	mustEnd(t, w, p)
}

// TestInputMethodStopsAndComesBack: people restart their input method, and it crashes. Of what
// was being composed, a letter that was not answered any more may come before what follows.
func TestInputMethodStopsAndComesBack(t *testing.T) {
	d, method, p, w := typing(t)
	d.InputMethodOn()
	d.Type("ni")
	d.Candidates()

	method.Stop()
	d.Type("abc")
	p.UntilPrinted(`abc".`)

	d.StartInputMethod()
	w.Focus()
	d.InputMethodOn()
	d.Type("nihao")
	checkNear(t, d, w, p, "first")
	d.Key("space")
	p.UntilPrinted(`abc你好".`)
}

// TestInputMethodCrashesWithKeysUnderWay: it is gone when the program, busy until now, sends it
// the keys that wait. What it composed is gone with it; the program and the keys are not.
func TestInputMethodCrashesWithKeysUnderWay(t *testing.T) {
	d, method, p, w := typing(t)
	d.InputMethodOn()
	d.Type("ni")
	d.Candidates()
	p.Busy(func() {
		d.Type("abc")
		method.Kill()
	})
	d.Type("xyz")
	p.UntilPrinted(`abcxyz".`)
	mustEnd(t, w, p)
}

// TestInputMethodHangsAndCrashes: it has answered nothing for seconds, people type on in another
// place, and then it crashes.
func TestInputMethodHangsAndCrashes(t *testing.T) {
	d, method, p, w := typing(t)
	d.Type("ab")
	p.UntilPrinted(`first="ab".`)
	method.Busy(func() {
		d.Type("c")
		time.Sleep(4 * time.Second)
		w.Click(300, 180)
		d.Type("de")
		time.Sleep(time.Second)
		method.Kill()
	})
	d.Type("xyz")
	p.UntilPrinted(`first="abcdexyz".`)
	mustEnd(t, w, p)
}

// TestKeysInOrder types while the input method is too busy to answer and goes on when it is
// not: what it does not compose arrives once, in the order in which it was typed.
func TestKeysInOrder(t *testing.T) {
	d, method, p, w := typing(t)
	d.Type("ab")
	p.UntilPrinted(`first="ab".`)
	want := "ab"
	for range 3 {
		method.Busy(func() { d.Type("cdefghi36") })
		d.Type("xctf36")
		want += "cdefghi36xctf36"
	}
	p.UntilPrinted(fmt.Sprintf("first=%q.", want))
	mustEnd(t, w, p)
}

// mustEnd closes the window and wants the probe to end well.
func mustEnd(t *testing.T, w *xtest.Window, p *xtest.Program) {
	t.Helper()
	w.Close()
	if err := p.UntilEnded(); err != nil {
		t.Errorf("the probe ended with %v", err)
	}
}

// checkNear wants the candidates within 80 pixels of the last caret printed for an entry. On a
// busy machine the input method may learn of the caret with one of the next keys only.
func checkNear(t *testing.T, d *xtest.Display, w *xtest.Window, p *xtest.Program, entry string) {
	t.Helper()
	var caret, off image.Point
	near := func() bool {
		for line := range strings.Lines(p.Printed()) {
			var at image.Point
			if n, _ := fmt.Sscanf(line, entry+" caret %d %d.", &at.X, &at.Y); n == 2 {
				caret = at.Add(w.Geometry().Min)
			}
		}
		off = d.Candidates().Min.Sub(caret)
		return off.X >= -80 && off.X <= 80 && off.Y >= 0 && off.Y <= 80
	}
	if !d.Within(5*time.Second, near) {
		t.Errorf("%s: the candidates are %v from the caret at %v", entry, off, caret)
	}
}

func mustNotSay(t *testing.T, said string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(said, word) {
			t.Errorf("the probe said %s:\n%s", word, said)
		}
	}
}

// picture keeps a screenshot in the folder TAIZHANG_PICTURES, when that is set.
func picture(t *testing.T, d *xtest.Display, name string) {
	t.Helper()
	if folder := os.Getenv("TAIZHANG_PICTURES"); folder != "" {
		d.Screenshot(filepath.Join(folder, name))
	}
}
