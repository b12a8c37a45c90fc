package handoff

import (
	"bufio"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// Card introduces a desk to others: who it is, the key it signs with and the
// recipient that bundles for it are encrypted to. It is signed with that key.
type Card struct {
	Name      string            // the desk's
	Unit      string            // its unit from the district down: 宁江区/临江街道
	Key       ed25519.PublicKey // 32 bytes
	Recipient string            // age1…, X25519; "" for a desk known only by its chain
	Signature []byte            // 64 bytes over all before
}

// The first line of a card's text, and the largest text that is looked through
// for a card, in bytes.
const (
	cardHeader  = "taizhang-card-1"
	maxCardText = 64 << 10
)

// maxUnit bounds the path of a unit on a card, in characters.
const maxUnit = 16 * (ledger.MaxName + 1)

// crockford are the digits of a fingerprint: no I, L, O or U, which are mistaken
// for 1, 0 and V when read out or copied by hand.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Fingerprint names a desk's key in a form that two people can read out to each
// other: 80 bits of its hash as 4 groups of 4 characters, 7K3M-….
func Fingerprint(key ed25519.PublicKey) string {
	h := sha256.New()
	h.Write([]byte("taizhang fingerprint"))
	h.Write(key)
	s := crockford.EncodeToString(h.Sum(nil)[:10])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// SameFingerprint compares fingerprints as people write them: in any case, with
// or without dashes and spaces, with O for 0 and I or L for 1. What is no whole
// fingerprint is the same as nothing.
func SameFingerprint(a, b string) bool {
	a, b = plainFingerprint(a), plainFingerprint(b)
	return len(a) == 16 && a == b
}

func plainFingerprint(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '！' && r <= '～' { // typed with a Chinese input method
			r -= '！' - '!'
		}
		switch r = unicode.ToUpper(r); {
		case r == 'O':
			b.WriteByte('0')
		case r == 'I' || r == 'L':
			b.WriteByte('1')
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			b.WriteRune(r)
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Pd, r) && r != '_' && r != '.' && r != '·':
			return ""
		}
	}
	return b.String()
}

// Fingerprint names the desk's key in a form that two people can read out to
// each other.
func (c *Card) Fingerprint() string { return Fingerprint(c.Key) }

// NewCard makes the signed card of the desk that has keys k. Spaces at the ends
// of name and unit and runs of them are taken out: they do not survive pasting.
func NewCard(name, unit string, k Keys) Card {
	c := Card{Name: tidy(name), Unit: tidy(unit), Recipient: k.Receive.Recipient().String()}
	c.sign(k.Sign)
	return c
}

// tidy keeps what people see of a name.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// signed is what the signature is over: every field with its length before it,
// so that nothing can move from one to the next.
func (c *Card) signed() []byte {
	b := []byte("taizhang card 1\x00")
	for _, field := range []string{c.Name, c.Unit, string(c.Key), c.Recipient} {
		b = binary.AppendUvarint(b, uint64(len(field)))
		b = append(b, field...)
	}
	return b
}

// sign makes the card that of the key and signs it.
func (c *Card) sign(k ed25519.PrivateKey) {
	c.Key = k.Public().(ed25519.PublicKey)
	c.Signature = ed25519.Sign(k, c.signed())
}

// check refuses a card that its own key has not signed, or that holds what would
// not be shown as it is. The detail is one word for the log.
func (c *Card) check() error {
	switch {
	case c.Name == "" || c.Name != tidy(c.Name) || utf8.RuneCountInString(c.Name) > ledger.MaxName:
		return badCard("name")
	case c.Unit != tidy(c.Unit) || utf8.RuneCountInString(c.Unit) > maxUnit:
		return badCard("unit")
	case len(c.Key) != ed25519.PublicKeySize:
		return badCard("key")
	case len(c.Signature) != ed25519.SignatureSize || !ed25519.Verify(c.Key, c.signed(), c.Signature):
		return badCard("signature")
	}
	r, err := age.ParseX25519Recipient(c.Recipient)
	if err != nil || r.String() != c.Recipient {
		return badCard("receive")
	}
	return nil
}

func badCard(detail string) error { return ledger.Refuse(ledger.CodeCardBad, "detail", detail) }

// Text is the card as a small text file: a header, what people read, and the
// keys. ParseCard reads it back.
func (c Card) Text() string {
	var b strings.Builder
	b.WriteString(cardHeader + "\n")
	for _, line := range [][2]string{
		{"name", c.Name}, {"unit", c.Unit}, {"fingerprint", c.Fingerprint()},
		{"key", hex.EncodeToString(c.Key)}, {"receive", c.Recipient}, {"signature", hex.EncodeToString(c.Signature)},
	} {
		b.WriteString(line[0] + ": " + line[1] + "\n")
	}
	return b.String()
}

// ParseCard finds a card in a text that was opened or pasted: with other text
// around it, other line ends, quote marks before its lines, long lines broken in
// two. What is no card, or one that was changed, is CodeCardBad.
func ParseCard(text string) (Card, error) {
	if len(text) > maxCardText {
		return Card{}, badCard("size")
	}
	fields, err := cardFields(text)
	if err != nil {
		return Card{}, err
	}
	c := Card{Name: tidy(fields["name"]), Unit: tidy(fields["unit"]), Recipient: strings.ToLower(solid(fields["receive"]))}
	if c.Key, err = hex.DecodeString(solid(fields["key"])); err != nil {
		return Card{}, badCard("key")
	}
	if c.Signature, err = hex.DecodeString(solid(fields["signature"])); err != nil {
		return Card{}, badCard("signature")
	}
	if err := c.check(); err != nil {
		return Card{}, err
	}
	if !SameFingerprint(fields["fingerprint"], c.Fingerprint()) {
		return Card{}, badCard("fingerprint")
	}
	return c, nil
}

// signatureDigits is how long a signature is in hex: what follows is other text.
const signatureDigits = 2 * ed25519.SignatureSize

// cardFields collects the lines of the card by their names.
func cardFields(text string) (map[string]string, error) {
	fields := map[string]string{}
	begun, last := false, ""
	lines := bufio.NewScanner(strings.NewReader(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n").Replace(text)))
	lines.Buffer(nil, maxCardText+1)
	for lines.Scan() {
		line := strings.TrimSpace(strings.TrimLeftFunc(lines.Text(), quoting))
		if strings.HasPrefix(line, cardHeader) {
			if begun {
				break // a second card; the first one counts
			}
			begun = true
			continue
		}
		if !begun {
			continue
		}
		if name, value, ok := cardLine(line); ok {
			if _, twice := fields[name]; twice {
				return nil, badCard(name)
			}
			fields[name], last = value, name
		} else if last == "key" || last == "receive" || last == "signature" {
			fields[last] += solid(line)
		}
		if len(solid(fields["signature"])) >= signatureDigits {
			break
		}
	}
	if !begun {
		return nil, badCard("header")
	}
	return fields, nil
}

// quoting reports what mail programs and editors put before a line.
func quoting(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(">|\ufeff\u200b", r) }

// cardLine splits "name: value"; ok is false when it is no line of a card.
func cardLine(line string) (name, value string, ok bool) {
	at := strings.IndexAny(line, ":：")
	if at < 0 {
		return "", "", false
	}
	name = strings.ToLower(strings.TrimSpace(line[:at]))
	_, width := utf8.DecodeRuneInString(line[at:])
	switch name {
	case "name", "unit", "fingerprint", "key", "receive", "signature":
		return name, strings.TrimSpace(line[at+width:]), true
	}
	return "", "", false
}

// solid takes every space out.
func solid(s string) string { return strings.Join(strings.Fields(s), "") }
