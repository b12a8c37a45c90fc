//go:build linux && x11

package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// town runs a subcommand as the township, whose home is another PC's.
func (a *atWindow) town(home string, args ...string) string {
	a.t.Helper()
	cmd := exec.Command(a.program, args...)
	cmd.Env = append(a.Env(), "TAIZHANG_HOME="+home)
	out, err := cmd.CombinedOutput()
	if err != nil {
		a.t.Fatalf("town: taizhang %s: %v %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestStickIsMergedInTheWindow is the way of a stick: the township's bundle is
// noticed, previewed, its desk accepted, merged by keys; the figures are there,
// and the receipt comes home.
func TestStickIsMergedInTheWindow(t *testing.T) {
	stick, town := t.TempDir(), t.TempDir()
	a := startWindow(t, func(a *atWindow) {
		a.SetEnv("TAIZHANG_STICKS", stick)
		a.command("init", "--district", "宁江区", "--desk", "区指挥部")
		card := filepath.Join(t.TempDir(), "card.txt")
		a.command("card", "--out", card)
		a.town(town, "init", "--district", "宁江区", "--unit", "临江街道", "--desk", "临江街道值班台")
		a.town(town, "record", "publicity", "--unit", "临江街道", "--item", "宣传条幅", "--date", "2026-11-21", "--quantity", "120")
		a.town(town, "record", "publicity", "--unit", "临江街道", "--item", "宣传条幅", "--date", "2026-11-22", "--quantity", "35")
		a.town(town, "pair", card)
	})
	a.Key("ctrl+5")
	empty := a.settled("handoff-nothing-on-it")
	a.town(town, "handoff", "export", "--to", "区指挥部", stick)
	listed := a.changed("handoff-listed", empty)

	a.Key("ctrl+1", "ctrl+5", "Return") // the place puts the keyboard on the new bundle
	asked := a.changed("handoff-asked", listed)
	a.Key("Return")
	ticked := a.changed("handoff-ticked", asked)
	if len(a.entries()) != 0 {
		t.Fatal("something was merged before it was asked for")
	}
	a.Key("Return")
	a.Until("the figures are merged", func() bool { return len(a.entries()) == 2 })
	a.changed("handoff-merged", ticked)
	total := 0.0
	for _, e := range a.entries() {
		total += e["quantity"].(float64)
	}
	if total != 155 {
		t.Errorf("the entries add up to %v, want 155", total)
	}
	var receipts []map[string]any
	if err := json.Unmarshal([]byte(a.town(town, "handoff", "receipts", stick, "--json")), &receipts); err != nil {
		t.Fatal(err)
	}
	if len(receipts) != 1 || receipts[0]["delivered"] != true || receipts[0]["new"] == 0.0 {
		t.Errorf("receipts on the stick: %v", receipts)
	}
	if parts, _ := filepath.Glob(filepath.Join(stick, "*.part")); len(parts) != 0 {
		t.Errorf("left on the stick: %v", parts)
	}
	a.close()
}
