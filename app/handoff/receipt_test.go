package handoff

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// exchanged are the two desks of a receipt: the one that sent the bundle and the
// one that merged it.
type exchanged struct {
	sender, merger Keys
	to             Card
	receipt        Receipt
}

func newExchanged(t testing.TB) *exchanged {
	x := &exchanged{sender: testKeys(t, 1), merger: testKeys(t, 2)}
	x.to = NewCard("01", "宁江区/临江街道", x.sender)
	x.receipt = Receipt{Bundle: BundleID{1, 2, 3}, File: "宁江区-临江街道-20261122-1705.tzb", From: NewCard("指挥部", "宁江区", x.merger),
		At: time.Unix(1795367123, 0), Merged: true, New: 12, Corrected: 3, Voided: 1, Clashing: 2, Here: 40,
		Has: []Point{{Desk: ledger.DeskID{1}, Seq: 1<<40 - 1, Hash: ledger.Hash{31: 9}}, {Desk: ledger.DeskID{2}}}}
	return x
}

func (x *exchanged) ids() []age.Identity { return []age.Identity{x.sender.Receive} }

func (x *exchanged) write(t testing.TB, folder string) string {
	t.Helper()
	path, err := WriteReceipt(folder, x.receipt, x.to, x.merger)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReceiptRoundTrip(t *testing.T) {
	x, folder := newExchanged(t), t.TempDir()
	refused := x.receipt
	refused.Merged, refused.Code, refused.Has = false, string(ledger.CodeBundleGap), nil
	odd := x.receipt
	odd.File = "奇 怪  的\u202e名.tzb"
	for _, r := range []Receipt{x.receipt, refused, odd} {
		x.receipt = r
		path := x.write(t, folder)
		got, err := ReadReceipt(path, append([]age.Identity{testKeys(t, 3).Receive}, x.ids()...))
		r.File = strings.ReplaceAll(r.File, "\u202e", "_")
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("%v\n%+v\n%+v", err, got, r)
		}
	}
	want := []string{"奇 怪  的\u202e名.tzb.tzr", "宁江区-临江街道-20261122-1705.tzb-2.tzr", "宁江区-临江街道-20261122-1705.tzb.tzr"}
	wantNames(t, folder, want...)
}

// TestReceiptSecret: a lost stick says nothing of the figures or the places.
func TestReceiptSecret(t *testing.T) {
	x := newExchanged(t)
	content, err := os.ReadFile(x.write(t, t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"临江街道", "指挥部", "merged", receiptHeader, x.to.Recipient, x.receipt.From.Recipient} {
		if bytes.Contains(content, []byte(secret)) {
			t.Errorf("%q stands in it in the clear", secret)
		}
	}
}

func TestReceiptRefused(t *testing.T) {
	x, folder := newExchanged(t), t.TempDir()
	path := x.write(t, folder)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refuses := func(what string, content []byte, code ledger.Code) {
		t.Helper()
		bad := filepath.Join(folder, "bad.tzr")
		if err := os.WriteFile(bad, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadReceipt(bad, x.ids()); ledger.CodeOf(err) != code {
			t.Errorf("%s: got %v, want %s", what, err, code)
		}
	}
	for i := range content {
		bad := bytes.Clone(content)
		bad[i] ^= 1 << (i % 8)
		_, err := openReceipt(bad, x.ids())
		if err == nil {
			t.Fatalf("byte %d of %d changed, and it is accepted", i, len(content))
		}
	}
	flipped := bytes.Clone(content)
	flipped[len(flipped)-1] ^= 1
	refuses("a changed byte", flipped, ledger.CodeReceiptBad)
	refuses("cut off", content[:len(content)-1], ledger.CodeReceiptBad)
	refuses("longer", append(bytes.Clone(content), 0), ledger.CodeReceiptBad)
	refuses("empty", nil, ledger.CodeReceiptBad)
	refuses("no receipt", []byte("台账"), ledger.CodeReceiptBad)
	refuses("endless", make([]byte, maxReceipt+1), ledger.CodeReceiptBad)

	_, err = ReadReceipt(path, []age.Identity{testKeys(t, 3).Receive})
	wantCode(t, err, ledger.CodeBundleNotForUs)
	_, err = ReadReceipt(path, nil)
	wantCode(t, err, ledger.CodeBundleNotForUs)
	_, err = ReadReceipt(filepath.Join(folder, "gone.tzr"), x.ids())
	wantCode(t, err, ledger.CodeStickGone)
}

// seal encrypts what somebody who has the sender's card may write.
func (x *exchanged) seal(t testing.TB, content []byte) []byte {
	t.Helper()
	sealed := &bytes.Buffer{}
	w, err := age.Encrypt(sealed, x.sender.Receive.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return sealed.Bytes()
}

// TestReceiptForged: everybody can seal to the sender's card; only the signature
// says who did.
func TestReceiptForged(t *testing.T) {
	x, folder := newExchanged(t), t.TempDir()
	whole, err := signReceipt(&x.receipt, x.to.Recipient, x.merger)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openReceipt(x.seal(t, whole), x.ids()); err != nil {
		t.Fatalf("as it was: %v", err)
	}
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= 1 << (i % 7)
		if i >= len(whole)-129 && strings.EqualFold(string(bad), string(whole)) {
			continue // the signature's hex in another case
		}
		if _, err := openReceipt(x.seal(t, bad), x.ids()); err == nil {
			t.Fatalf("forged at %d of %d: %q", i, len(whole), bad)
		}
	}
	for name, forge := range map[string]func(r *Receipt, k *Keys, to *string){
		"by another desk":     func(_ *Receipt, k *Keys, _ *string) { *k = testKeys(t, 5) },
		"for another desk":    func(_ *Receipt, _ *Keys, to *string) { *to = testKeys(t, 5).Receive.Recipient().String() },
		"a negative count":    func(r *Receipt, _ *Keys, _ *string) { r.New = -1 },
		"refused without why": func(r *Receipt, _ *Keys, _ *string) { r.Merged = false },
		"merged and refused":  func(r *Receipt, _ *Keys, _ *string) { r.Code = "bundle-gap" },
		"no code":             func(r *Receipt, _ *Keys, _ *string) { r.Merged, r.Code = false, "{x}" },
		"a number too large":  func(r *Receipt, _ *Keys, _ *string) { r.Has = []Point{{Seq: 1 << 40}} },
		"no time":             func(r *Receipt, _ *Keys, _ *string) { r.At = time.Unix(-1, 0) },
		"a bad card":          func(r *Receipt, _ *Keys, _ *string) { r.From.Name = "别人" },
	} {
		r, k, to := x.receipt, x.merger, x.to.Recipient
		forge(&r, &k, &to)
		bad, err := signReceipt(&r, to, k)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := openReceipt(x.seal(t, bad), x.ids()); err == nil {
			t.Errorf("%s: accepted as %+v", name, got)
		}
	}
	newer := filepath.Join(folder, "newer.tzr")
	if err := os.WriteFile(newer, x.seal(t, []byte(receiptHeader+"2\nwho knows")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = ReadReceipt(newer, x.ids())
	wantCode(t, err, ledger.CodeBundleNewer)
}

// TestReceiptFileName: a name that would lead out of the folder does not.
func TestReceiptFileName(t *testing.T) {
	x, folder := newExchanged(t), t.TempDir()
	x.receipt.File = "../../outside.tzb"
	if path := x.write(t, folder); path != filepath.Join(folder, "outside.tzb.tzr") {
		t.Errorf("written to %s", path)
	}
	p := x.receipt.plain("")
	p.File = "../x"
	if _, err := p.receipt(); err == nil {
		t.Error("a receipt names a file elsewhere")
	}
}

func FuzzReadReceipt(f *testing.F) {
	x := newExchanged(f)
	whole, err := signReceipt(&x.receipt, x.to.Recipient, x.merger)
	if err != nil {
		f.Fatal(err)
	}
	body, err := json.Marshal(x.receipt.plain(x.to.Recipient))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole, body)
	f.Add(x.seal(f, whole), []byte(`{"has":[{}]}`))
	f.Add([]byte(receiptHeader+"2\n"), []byte("{}"))
	f.Fuzz(func(t *testing.T, content, body []byte) {
		if r, err := openReceipt(content, x.ids()); err == nil && !reflect.DeepEqual(r, x.receipt) {
			t.Fatalf("accepted as %+v", r)
		}
		if p, err := parseReceipt(content); err == nil {
			_, _ = p.receipt()
		}
		var p receiptJSON
		if json.Unmarshal(body, &p) != nil {
			return
		}
		if r, err := p.receipt(); err == nil {
			again := r.plain(p.To)
			if back, err := again.receipt(); err != nil || !reflect.DeepEqual(back, r) {
				t.Fatalf("%v\n%+v\n%+v", err, back, r)
			}
		}
	})
}
