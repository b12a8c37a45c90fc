package handoff

import (
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"time"

	"rsc.io/qr"

	"taizhang/app/ledger"
	"taizhang/assets"
)

// SlipData is what the handoff slip says of a bundle.
type SlipData struct {
	File        string   // base name; of the first part when it is split
	Parts       int      // how many files it is; 0 means 1
	Size        int64    // bytes in all
	Sum         [32]byte // SHA-256, as HashFile finds it
	Sender      Card
	To          []Card // the desks it is sealed to; none under a passphrase
	Created     time.Time
	First, Last ledger.Day // days of the entries carried; -1 for none

	Revisions, New, Corrected, Voided int64
}

// slipView is the slip as its template shows it, every text in the person's
// language.
type slipView struct {
	Lang, Title, File, Made string
	Code                    template.HTML
	Rows                    []slipRow
	Counts                  []slipCount
	Compare                 string
	Signatures              []string
}

type slipRow struct {
	Name   string
	Values []string // a line each
	Digits string   // to be compared digit by digit
}

type slipCount struct {
	Name  string
	Value string
}

var slipTemplate = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("slip").Parse(assets.SlipTemplate))
})

// Slip writes the slip that goes with a stick on paper: an HTML page for A4 or
// A5, with the figures by which both sides see that they speak of the same file,
// and a place for two signatures. t gives the text of a key in the language of
// the slip (words.T).
func Slip(w io.Writer, s SlipData, t func(key string, args ...any) string) error {
	code, err := slipCode(&s)
	if err != nil {
		return err
	}
	v := slipView{Lang: t("slip.lang"), Title: t("slip.title"), File: s.File, Code: code,
		Made:    t("slip.made", "time", s.Created.Format("2006-01-02 15:04")),
		Compare: t("slip.compare"), Signatures: []string{t("slip.handed"), t("slip.received")}}
	v.Rows = append([]slipRow{slipDesk(t("slip.from"), &s.Sender)}, slipReceivers(&s, t)...)
	v.Rows = append(v.Rows,
		slipRow{Name: t("slip.days"), Values: []string{slipDays(&s, t)}},
		slipRow{Name: t("slip.size"), Values: []string{slipSize(&s, t)}},
		slipRow{Name: t("slip.sum"), Digits: sumLines(s.Sum)})
	for _, c := range []struct {
		name string
		n    int64
	}{{t("slip.revisions"), s.Revisions}, {t("slip.new"), s.New}, {t("slip.corrected"), s.Corrected}, {t("slip.voided"), s.Voided}} {
		v.Counts = append(v.Counts, slipCount{c.name, ledger.GroupDigits(c.n)})
	}
	return slipTemplate().Execute(w, v)
}

// slipDesk is a desk with the fingerprint that two people compare.
func slipDesk(name string, c *Card) slipRow {
	who := c.Name
	if c.Unit != "" {
		who = c.Unit + " · " + c.Name
	}
	return slipRow{Name: name, Values: []string{who, ""}, Digits: c.Fingerprint()}
}

func slipReceivers(s *SlipData, t func(string, ...any) string) []slipRow {
	if len(s.To) == 0 {
		return []slipRow{{Name: t("slip.to"), Values: []string{t("slip.passphrase")}}}
	}
	var rows []slipRow
	for i := range s.To {
		rows = append(rows, slipDesk(t("slip.to"), &s.To[i]))
	}
	return rows
}

func slipDays(s *SlipData, t func(string, ...any) string) string {
	switch {
	case s.First < 0:
		return t("slip.nodays")
	case s.First == s.Last:
		return s.First.String()
	}
	return t("slip.fromto", "first", s.First.String(), "last", s.Last.String())
}

func slipSize(s *SlipData, t func(string, ...any) string) string {
	exact := t("slip.bytes", "n", s.Size)
	if s.Parts > 1 {
		exact += t("slip.parts", "n", s.Parts)
	}
	return exact
}

// sumLines writes a hash in two lines of four groups, so that the eye keeps its
// place.
func sumLines(sum [32]byte) string {
	var b strings.Builder
	for i, digits := 0, hex.EncodeToString(sum[:]); i < len(digits); i += 8 {
		switch i {
		case 0:
		case len(digits) / 2:
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(digits[i : i+8])
	}
	return b.String()
}

// quietZone is the white border that a reader of QR codes needs, in modules.
const quietZone = 4

// slipCode draws the sender's fingerprint and the file's hash as a QR code, in
// the characters that make the smallest one.
func slipCode(s *SlipData) (template.HTML, error) {
	text := fmt.Sprintf("TAIZHANG1:%s:%X", s.Sender.Fingerprint(), s.Sum)
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", err
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			n := 0
			for code.Black(x+n, y) {
				n++
			}
			if n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quietZone, y+quietZone, n, n)
				x += n
			}
		}
	}
	side := code.Size + 2*quietZone
	return template.HTML(fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges" role="img">`+
		`<rect width="%d" height="%d" fill="#fff"/><path d="%s"/></svg>`, side, side, side, side, path.String())), nil
}
