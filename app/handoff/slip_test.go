package handoff

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"rsc.io/qr"

	"taizhang/app/words"
)

func testSlip(t *testing.T) SlipData {
	return SlipData{File: "宁江区-临江街道-20261122-1705.tzb", Size: 48231, Sum: [32]byte{0xab, 31: 0x01},
		Sender: testCard(t), To: []Card{NewCard("指挥部 <1>", "宁江区", testKeys(t, 2)), NewCard("督导组", "宁江区", testKeys(t, 3))},
		Created: time.Date(2026, 11, 22, 17, 5, 0, 0, time.Local), First: 9787, Last: 9791,
		Revisions: 1234, New: 1200, Corrected: 30, Voided: 4}
}

func writeSlip(t *testing.T, s SlipData) string {
	t.Helper()
	var b strings.Builder
	if err := Slip(&b, s, words.T); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSlip(t *testing.T) {
	before := words.Current()
	t.Cleanup(func() { words.Use(before) })
	s := testSlip(t)
	for _, l := range words.Languages {
		words.Use(l)
		page := writeSlip(t, s)
		if folder := os.Getenv("TAIZHANG_TEST_SLIPS"); folder != "" {
			if err := os.WriteFile(filepath.Join(folder, string(l)+".html"), []byte(page), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, want := range []string{`<html lang="` + string(l) + `">`, s.File, "2026-11-22 17:05", s.Sender.Fingerprint(), s.To[0].Fingerprint(),
			s.To[1].Fingerprint(), "指挥部 &lt;1&gt;", s.First.String(), s.Last.String(), "48,231", "1,234", "1,200",
			"ab000000 00000000 00000000 00000000\n00000000 00000000 00000000 00000001", "<svg"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: no %q", l, want)
			}
		}
		if i := strings.IndexAny(page, "⟨⟩"); i >= 0 || strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "http:") && !strings.Contains(page, "xmlns=") {
			t.Errorf("%s: something has no text or was cut out:\n%s", l, page)
		}
		if strings.Count(page, `class="line"`) != 2 {
			t.Errorf("%s: not two places to sign", l)
		}
	}
}

func TestSlipVariants(t *testing.T) {
	s := testSlip(t)
	s.To, s.First, s.Last, s.Parts = nil, -1, -1, 3
	page := writeSlip(t, s)
	for _, want := range []string{words.T("slip.passphrase"), words.T("slip.nodays"), words.T("slip.parts", "n", 3)} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q", want)
		}
	}
	s.First, s.Last = 9787, 9787
	if page := writeSlip(t, s); strings.Contains(page, words.T("slip.fromto", "first", s.First.String(), "last", s.Last.String())) {
		t.Error("one day is shown as a span")
	}
}

// TestSlipCode: the drawing is the code, module for module.
func TestSlipCode(t *testing.T) {
	s := testSlip(t)
	drawn, err := slipCode(&s)
	if err != nil {
		t.Fatal(err)
	}
	var svg struct {
		ViewBox string `xml:"viewBox,attr"`
		Path    struct {
			D string `xml:"d,attr"`
		} `xml:"path"`
	}
	if err := xml.Unmarshal([]byte(drawn), &svg); err != nil {
		t.Fatal(err)
	}
	want, err := qr.Encode("TAIZHANG1:"+s.Sender.Fingerprint()+":AB"+strings.Repeat("00", 30)+"01", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	black := map[[2]int]bool{}
	for _, m := range regexp.MustCompile(`M\d+ \d+h\d+`).FindAllString(svg.Path.D, -1) {
		var x, y, n int
		if _, err := fmt.Sscanf(m, "M%d %dh%d", &x, &y, &n); err != nil {
			t.Fatal(err)
		}
		for i := range n {
			black[[2]int{x + i, y}] = true
		}
	}
	side := want.Size + 2*quietZone
	if svg.ViewBox != fmt.Sprintf("0 0 %d %d", side, side) {
		t.Errorf("view box %s, want %d", svg.ViewBox, side)
	}
	for y := range side {
		for x := range side {
			if black[[2]int{x, y}] != want.Black(x-quietZone, y-quietZone) {
				t.Fatalf("module %d %d is wrong", x, y)
			}
		}
	}
}
