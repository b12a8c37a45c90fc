package handoff

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// Receipt says what became of a bundle at the desk that opened it. It travels
// back to the bundle's sender, sealed to it and signed by the desk that merged.
type Receipt struct {
	Bundle BundleID
	File   string    // base name of the bundle
	From   Card      // of the desk that merged, or refused
	At     time.Time // to the second
	Merged bool
	Code   string // error code of the refusal, "" when merged
	// What the merge brought, as in Plan.
	New, Corrected, Voided, Clashing, Here int64
	// Has is where every chain of that desk's ledger stands now.
	Has []Point
}

// The first line inside a receipt, without its version; the version that is
// written; and the largest receipt that is read, in bytes: some 100,000 chains.
const (
	receiptHeader  = "taizhang-receipt-"
	receiptVersion = 1
	maxReceipt     = 16 << 20
)

// ReceiptExt is added to a bundle's file name.
const ReceiptExt = ".tzr"

// receiptJSON is how a receipt is written: JSON, because it is small, and a
// later version may add what this one then passes over.
type receiptJSON struct {
	To        string      `json:"to"` // recipient of the bundle's sender: nobody can send it on to another
	Bundle    string      `json:"bundle"`
	File      string      `json:"file"`
	From      cardJSON    `json:"from"`
	At        int64       `json:"at"` // seconds since 1970
	Merged    bool        `json:"merged"`
	Code      string      `json:"code,omitempty"`
	New       int64       `json:"new"`
	Corrected int64       `json:"corrected"`
	Voided    int64       `json:"voided"`
	Clashing  int64       `json:"clashing"`
	Here      int64       `json:"here"`
	Has       []pointJSON `json:"has"`
}

type cardJSON struct {
	Name      string `json:"name"`
	Unit      string `json:"unit"`
	Key       []byte `json:"key"`
	Recipient string `json:"receive"`
	Signature []byte `json:"signature"`
}

type pointJSON struct {
	Desk string `json:"desk"`
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// WriteReceipt leaves the receipt for a bundle beside it in folder, as
// <bundle file name>.tzr, with the same care as WriteFile. k are the keys of the
// desk r.From.
func WriteReceipt(folder string, r Receipt, to Card, k Keys) (path string, err error) {
	recipient, err := age.ParseX25519Recipient(to.Recipient)
	if err != nil {
		return "", badCard("receive")
	}
	content, err := signReceipt(&r, to.Recipient, k)
	if err != nil {
		return "", err
	}
	sealed := &bytes.Buffer{}
	w, err := age.Encrypt(sealed, recipient)
	if err != nil {
		return "", err
	}
	_, err = w.Write(content)
	if err = errors.Join(err, w.Close()); err != nil {
		return "", err
	}
	paths, _, err := WriteFile(context.Background(), folder, filepath.Base(r.File)+ReceiptExt, int64(sealed.Len()), 0,
		func(w io.Writer) error { _, err := w.Write(sealed.Bytes()); return err })
	if err != nil {
		return "", err
	}
	return paths[0], nil
}

// signReceipt writes the receipt as it stands inside the encryption: a line that
// says what it is, the fields, and the signature over both.
func signReceipt(r *Receipt, to string, k Keys) ([]byte, error) {
	body, err := json.Marshal(r.plain(to))
	if err != nil {
		return nil, err
	}
	signed := append([]byte(receiptHeader+strconv.Itoa(receiptVersion)+"\n"), body...)
	signature := hex.EncodeToString(ed25519.Sign(k.Sign, signed))
	return append(signed, "\n"+signature+"\n"...), nil
}

func (r *Receipt) plain(to string) receiptJSON {
	c := &r.From
	p := receiptJSON{To: to, Bundle: r.Bundle.String(), File: shown(filepath.Base(r.File)), At: r.At.Unix(), Merged: r.Merged, Code: r.Code,
		From: cardJSON{c.Name, c.Unit, c.Key, c.Recipient, c.Signature},
		New:  r.New, Corrected: r.Corrected, Voided: r.Voided, Clashing: r.Clashing, Here: r.Here, Has: make([]pointJSON, 0, len(r.Has))}
	for _, h := range r.Has {
		p.Has = append(p.Has, pointJSON{h.Desk.String(), h.Seq, h.Hash.String()})
	}
	return p
}

// ReadReceipt opens a receipt with the keys that receive here. The signature is
// that of r.From: whether that desk is known, the caller asks. One for somebody
// else is CodeBundleNotForUs, one of a later version CodeBundleNewer, anything
// that is not as it was written CodeReceiptBad.
func ReadReceipt(path string, ids []age.Identity) (Receipt, error) {
	f, err := openRegular(path)
	if ledger.CodeOf(err) == ledger.CodeBundleNotOne {
		return Receipt{}, ledger.Refuse(ledger.CodeReceiptBad, "path", path)
	}
	if err != nil {
		return Receipt{}, readFault(path, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxReceipt {
		return Receipt{}, ledger.Refuse(ledger.CodeReceiptBad, "path", path)
	}
	sealed, err := io.ReadAll(io.LimitReader(f, maxReceipt+1))
	if err != nil {
		return Receipt{}, readFault(path, err)
	}
	r, err := openReceipt(sealed, ids)
	if err == nil {
		return r, nil
	}
	var newer *newerError
	var stranger *age.NoIdentityMatchError
	switch {
	case errors.As(err, &newer):
		return Receipt{}, ledger.Refuse(ledger.CodeBundleNewer, "path", path, "version", newer.version, "known", receiptVersion)
	case errors.As(err, &stranger), len(ids) == 0:
		return Receipt{}, ledger.Refuse(ledger.CodeBundleNotForUs, "path", path).Because(err)
	}
	return Receipt{}, ledger.Refuse(ledger.CodeReceiptBad, "path", path).Because(err)
}

// newerError is a receipt of a version that this program does not know.
type newerError struct{ version int }

func (e *newerError) Error() string { return "receipt of version " + strconv.Itoa(e.version) }

func openReceipt(sealed []byte, ids []age.Identity) (Receipt, error) {
	if len(sealed) > maxReceipt {
		return Receipt{}, errTooLarge
	}
	if len(ids) == 0 {
		return Receipt{}, errors.New("no key that receives")
	}
	opened, err := age.Decrypt(bytes.NewReader(sealed), ids...)
	if err != nil {
		return Receipt{}, err
	}
	content, err := io.ReadAll(opened)
	if err != nil {
		return Receipt{}, err
	}
	p, err := parseReceipt(content)
	if err != nil {
		return Receipt{}, err
	}
	if !receives(ids, p.To) {
		return Receipt{}, errors.New("it was written to another desk and sent on")
	}
	return p.receipt()
}

// receives reports whether one of the keys is that of the recipient.
func receives(ids []age.Identity, to string) bool {
	for _, id := range ids {
		if x, ok := id.(*age.X25519Identity); ok && x.Recipient().String() == to {
			return true
		}
	}
	return false
}

// parseReceipt checks the signature and reads the fields.
func parseReceipt(content []byte) (*receiptJSON, error) {
	header, rest, ok := bytes.Cut(content, []byte("\n"))
	number, marked := strings.CutPrefix(string(header), receiptHeader)
	version, err := strconv.Atoi(number)
	if !ok || !marked || err != nil || version < 1 {
		return nil, errors.New("it is no receipt")
	}
	if version > receiptVersion {
		return nil, &newerError{version}
	}
	body, tail, _ := bytes.Cut(rest, []byte("\n"))
	signature, err := hex.DecodeString(strings.TrimSuffix(string(tail), "\n"))
	if err != nil || len(signature) != ed25519.SignatureSize {
		return nil, errors.New("it has no signature")
	}
	var p receiptJSON
	if err := json.Unmarshal(body, &p); err != nil {
		return nil, err
	}
	if len(p.From.Key) != ed25519.PublicKeySize || !ed25519.Verify(p.From.Key, content[:len(header)+1+len(body)], signature) {
		return nil, errors.New("it is not signed by the desk it is from")
	}
	return &p, nil
}

var errReceipt = errors.New("a field is not as it is written")

// receipt checks every field: a desk that signs nonsense is refused too.
func (p *receiptJSON) receipt() (Receipt, error) {
	r := Receipt{File: p.File, At: time.Unix(p.At, 0), Merged: p.Merged, Code: p.Code,
		From: Card{p.From.Name, p.From.Unit, p.From.Key, p.From.Recipient, p.From.Signature},
		New:  p.New, Corrected: p.Corrected, Voided: p.Voided, Clashing: p.Clashing, Here: p.Here}
	if err := r.From.check(); err != nil {
		return Receipt{}, err
	}
	if !unhex(r.Bundle[:], p.Bundle) || min(p.New, p.Corrected, p.Voided, p.Clashing, p.Here) < 0 ||
		p.File == "" || p.File != shown(p.File) || len(p.File) > 255 ||
		p.Merged != (p.Code == "") || len(p.Code) > 40 || strings.Trim(p.Code, "abcdefghijklmnopqrstuvwxyz-") != "" ||
		p.At < 0 || p.At > 1<<38 {
		return Receipt{}, errReceipt
	}
	for _, h := range p.Has {
		point := Point{Seq: h.Seq}
		if !unhex(point.Desk[:], h.Desk) || !unhex(point.Hash[:], h.Hash) || h.Seq < 0 || h.Seq >= 1<<40 {
			return Receipt{}, errReceipt
		}
		r.Has = append(r.Has, point)
	}
	return r, nil
}

// shown is a file name without what would not be shown as it is, or would name a
// folder.
func shown(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '/' || r == '\\' || r == utf8.RuneError || !unicode.IsGraphic(r) {
			return '_'
		}
		return r
	}, name)
}

// unhex fills to from its hex; false when it is not exactly that.
func unhex(to []byte, text string) bool {
	b, err := hex.DecodeString(text)
	return err == nil && copy(to, b) == len(b) && len(b) == len(to)
}
