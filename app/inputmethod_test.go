//go:build linux && x11

package main

import (
	"path/filepath"
	"testing"
)

// TestInputMethodInTheProgram composes the note of an entry in the real program
// with a real input method: Backspace, Escape and Return while composing touch
// only the composition, and what is composed is recorded.
func TestInputMethodInTheProgram(t *testing.T) {
	a := startWindow(t, func(a *atWindow) {
		a.StartInputMethod()
		a.command("sample", filepath.Join(a.home, "ledger.db"))
	})
	before := len(a.entries())
	start := a.settled("start")
	a.Key("ctrl+n")
	line := a.changed("line", start)
	a.Type("ljjd")
	a.changed("unit", line) // the names are read: they hang down under the unit
	a.Key("Tab", "Tab")
	a.Type("xctf")
	a.Key("Tab")
	a.Type("36")
	a.Key("Tab")
	a.InputMethodKey()

	a.Type("nihao")
	corner := a.window.Geometry().Min
	a.Until("the candidates are at the note", func() bool {
		at := a.Candidates().Min.Sub(corner)
		return at.X > 850 && at.X < 1000 && at.Y > 60 && at.Y < 200
	})
	a.picture("composing")
	a.Key("BackSpace", "BackSpace", "BackSpace")
	a.Candidates()
	a.Key("Return") // the two letters left, as they are
	a.NoCandidates()
	a.Type("hao")
	a.Candidates()
	a.Key("space")
	a.NoCandidates()
	a.Type("ma")
	a.Candidates()
	a.Key("Escape")
	a.NoCandidates()
	a.settled("composed") // and whatever would have been saved is saved
	if n := len(a.entries()); n != before {
		t.Fatalf("composing saved an entry: %d, were %d", n, before)
	}

	a.Key("Return")
	a.Until("the entry is in the ledger", func() bool { return len(a.entries()) == before+1 })
	newest := a.entries()[0]
	if newest["note"] != "ni好" || newest["quantity"] != float64(36) || newest["item"] != "宣传条幅" {
		t.Errorf("entered %v, want 36 宣传条幅 with the note ni好", newest)
	}
	a.close()
}
