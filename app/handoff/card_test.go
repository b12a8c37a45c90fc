package handoff

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"strings"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"

	"taizhang/app/ledger"
)

// testKeys makes the keys of a desk, the same for the same seed but for the age
// identity.
func testKeys(t testing.TB, seed byte) Keys {
	t.Helper()
	receive, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return Keys{Sign: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32)), Receive: receive}
}

func testCard(t testing.TB) Card {
	return NewCard("01 号工位", "宁江区/临江街道", testKeys(t, 1))
}

func sameCard(a, b Card) bool {
	return a.Name == b.Name && a.Unit == b.Unit && a.Key.Equal(b.Key) && a.Recipient == b.Recipient && bytes.Equal(a.Signature, b.Signature)
}

func wantCode(t *testing.T, err error, code ledger.Code) {
	t.Helper()
	if ledger.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func TestFingerprint(t *testing.T) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32)).Public().(ed25519.PublicKey)
	// Two people compared this once; it may never change.
	if got := Fingerprint(key); got != "YHF2-N74F-M1P8-G7CY" {
		t.Errorf("fingerprint %s", got)
	}
	other := Fingerprint(testKeys(t, 2).Sign.Public().(ed25519.PublicKey))
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"7K3M-0101-ABCD-EFGH", "7k3m o1ol abcd efgh", true},
		{"7K3M-0101-ABCD-EFGH", "7K3M0I0LABCDEFGH", true},
		{"7K3M-0101-ABCD-EFGH", " ７Ｋ３Ｍ－０１０１—ＡＢＣＤ·ＥＦＧＨ\n", true},
		{"7K3M-0101-ABCD-EFGH", "7K3M-0101-ABCD-EFGJ", false},
		{"7K3M-0101-ABCD-EFGH", "7K3M-0101-ABCD-EFG", false},
		{"7K3M-0101-ABCD-EFGH", "7K3M-0101-ABCD-EFGH!", false},
		{"", "", false},
		{Fingerprint(key), other, false},
	} {
		if SameFingerprint(c.a, c.b) != c.same {
			t.Errorf("%q and %q: want same %v", c.a, c.b, c.same)
		}
	}
}

func TestCardText(t *testing.T) {
	c := testCard(t)
	text := c.Text()
	for _, want := range []string{"taizhang-card-1\n", "name: 01 号工位\n", "unit: 宁江区/临江街道\n", "fingerprint: " + c.Fingerprint() + "\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if len(text) > 600 {
		t.Errorf("%d bytes are not small", len(text))
	}
}

// TestCardPasted: what mail, chat and editors do to a text does not matter.
func TestCardPasted(t *testing.T) {
	c := testCard(t)
	text := c.Text()
	signature := hex.EncodeToString(c.Signature)
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for name, pasted := range map[string]string{
		"as it is":         text,
		"Windows":          strings.ReplaceAll(text, "\n", "\r\n"),
		"old Mac":          strings.ReplaceAll(text, "\n", "\r"),
		"byte order mark":  "\ufeff" + text,
		"quoted":           "> " + strings.Join(lines, "\n> "),
		"indented":         "\t " + strings.Join(lines, "  \n　"),
		"blank lines":      strings.Join(lines, "\n\n"),
		"no last line end": strings.TrimSpace(text),
		"text around":      "王主任，这是我们的名片：\n" + text + "收到请回复。\nname: 王主任\n",
		"broken lines":     strings.ReplaceAll(strings.ReplaceAll(text, signature[50:], "\n  "+signature[50:100]+"\n"+signature[100:]), c.Recipient[20:], "\n"+c.Recipient[20:]),
		"capitals":         strings.ReplaceAll(strings.ReplaceAll(text, signature, strings.ToUpper(signature)), c.Recipient, strings.ToUpper(c.Recipient)),
		"full-width colon": strings.ReplaceAll(text, ": ", "："),
		"no break space":   strings.ReplaceAll(text, "01 号", "01\u00a0号"),
		"twice":            text + text,
	} {
		got, err := ParseCard(pasted)
		if err != nil || !sameCard(got, c) {
			t.Errorf("%s: %v %+v\n%s", name, err, got, pasted)
		}
	}
}

func TestCardIsTidy(t *testing.T) {
	c := NewCard("  一\t号 \u202e桌\x00\xff ", "a\n/  b", testKeys(t, 1))
	if c.Name != "一 号 桌" || c.Unit != "a / b" {
		t.Errorf("%q %q", c.Name, c.Unit)
	}
	got, err := ParseCard(c.Text())
	if err != nil || !sameCard(got, c) {
		t.Errorf("%v %+v", err, got)
	}
}

func TestCardRefused(t *testing.T) {
	c, other := testCard(t), NewCard("02", "宁江区", testKeys(t, 2))
	text := c.Text()
	for name, bad := range map[string]string{
		"empty":             "",
		"no card":           "台账",
		"only a header":     cardHeader,
		"cut off":           text[:len(text)-30],
		"no fingerprint":    strings.Replace(text, "fingerprint: "+c.Fingerprint()+"\n", "", 1),
		"other fingerprint": strings.Replace(text, c.Fingerprint(), other.Fingerprint(), 1),
		"other recipient":   strings.Replace(text, c.Recipient, other.Recipient, 1),
		"other name":        strings.Replace(text, "01 号工位", "02 号工位", 1),
		"other key":         strings.Replace(text, hex.EncodeToString(c.Key), hex.EncodeToString(other.Key), 1),
		"a field twice":     strings.Replace(text, "unit:", "name: 03\nunit:", 1),
		"newer":             strings.Replace(text, cardHeader, "taizhang-card-2", 1),
		"endless":           text + strings.Repeat(" ", maxCardText),
	} {
		_, err := ParseCard(bad)
		if ledger.CodeOf(err) != ledger.CodeCardBad {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string]func(*Card){
		"no name":         func(c *Card) { c.Name = "" },
		"hidden sign":     func(c *Card) { c.Name = "01\u202e" },
		"line end":        func(c *Card) { c.Name = "01\nunit: x" },
		"long name":       func(c *Card) { c.Name = strings.Repeat("字", ledger.MaxName+1) },
		"no recipient":    func(c *Card) { c.Recipient = "" },
		"other recipient": func(c *Card) { c.Recipient = "age1pq" },
		"capitals":        func(c *Card) { c.Recipient = strings.ToUpper(c.Recipient) },
	} {
		bad := c
		change(&bad)
		bad.sign(testKeys(t, 1).Sign)
		if ledger.CodeOf(bad.check()) != ledger.CodeCardBad {
			t.Errorf("%s, though signed: %v", name, bad.check())
		}
	}
}

// TestCardRoundTrip: whatever the names, a card comes back as it was; with any
// field changed, or moved over the edge to the next, it is refused.
func TestCardRoundTrip(t *testing.T) {
	k, stranger := testKeys(t, 1), testKeys(t, 9)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringN(1, 50, -1).Filter(func(s string) bool { return tidy(s) != "" }).Draw(t, "name")
		unit := rapid.StringN(0, 100, -1).Draw(t, "unit")
		c := NewCard(name, unit, k)
		got, err := ParseCard(c.Text())
		if err != nil || !sameCard(got, c) {
			t.Fatalf("%v\n%+v\n%+v", err, got, c)
		}
		bad := c
		switch rapid.IntRange(0, 5).Draw(t, "change") {
		case 0:
			bad.Name += "x"
		case 1:
			bad.Unit += "x"
		case 2:
			bad.Recipient = stranger.Receive.Recipient().String()
		case 3:
			bad.Key = stranger.Sign.Public().(ed25519.PublicKey)
		case 4:
			bad.Signature = bytes.Clone(c.Signature)
			bad.Signature[rapid.IntRange(0, 63).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		case 5:
			runes := []rune(c.Name + c.Unit)
			cut := rapid.IntRange(0, len(runes)).Draw(t, "cut")
			bad.Name, bad.Unit = string(runes[:cut]), string(runes[cut:])
			if bad.Name == c.Name {
				return
			}
		}
		if bad.check() == nil {
			t.Fatalf("%+v is accepted", bad)
		}
		if _, err := ParseCard(bad.Text()); ledger.CodeOf(err) != ledger.CodeCardBad {
			t.Fatalf("%+v: %v", bad, err)
		}
	})
}

func FuzzParseCard(f *testing.F) {
	c := testCard(f)
	f.Add(c.Text())
	f.Add("x\r\n> " + strings.ReplaceAll(c.Text(), ": ", "："))
	f.Add(cardHeader + "\nname: \nkey")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseCard(text)
		if err != nil {
			if ledger.CodeOf(err) != ledger.CodeCardBad {
				t.Fatal(err)
			}
			return
		}
		if err := got.check(); err != nil {
			t.Fatal(err)
		}
		again, err := ParseCard(got.Text())
		if err != nil || !sameCard(again, got) {
			t.Fatalf("%v\n%+v\n%+v", err, again, got)
		}
	})
}
