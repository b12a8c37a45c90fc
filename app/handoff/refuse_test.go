package handoff

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// letter is a small bundle with something of everything.
func letter(sender office) load {
	p := newPen(sender)
	p.begin(1, 0)
	p.manifest.Needs = []Point{{ledger.DeskID{9}, 22, ledger.Hash{9}}}
	p.manifest.Has = []Point{{ledger.DeskID{1, 'd'}, 4, ledger.Hash{8}}, {ledger.DeskID{9}, 22, ledger.Hash{9}}}
	at := ledger.CatalogueClock
	unit := p.write(ledger.Revision{Op: ledger.OpCreate, Clock: at, Author: "王芳", Fields: &ledger.Unit{Name: "临江街道", Initials: "ljjd"}})
	entry := func(n int64, day ledger.Day) *ledger.Publicity {
		return &ledger.Publicity{Unit: unit, Item: ledger.MakeID(2, 7), Day: day, Quantity: ledger.Quantity{Value: n}, Note: "沿街悬挂"}
	}
	first := p.write(ledger.Revision{Op: ledger.OpCreate, Clock: at + 1, Author: "王芳", Fields: entry(12, 9822)})
	p.write(ledger.Revision{Op: ledger.OpCorrect, Clock: at + 9<<16, Author: "李强", Reason: "多数了", Record: first, Base: []ledger.ID{first}, Fields: entry(11, 9822)})
	p.write(ledger.Revision{Op: ledger.OpCreate, Clock: at + 9<<16 + 1, Author: "李强", Fields: entry(3, 9823)})
	p.manifest.First, p.manifest.Last = 9822, 9823
	return p.seal()
}

// TestEveryFlipIsRefused changes every byte of a bundle in two ways. Reading alone
// must refuse each change but those of the hash at the end, and reading with
// CheckWhole those too, always with a code of ours.
func TestEveryFlipIsRefused(t *testing.T) {
	sender, receiver := newOffice(t, "临江街道"), newOffice(t, "区防控办")
	for name, seal := range map[string]Sealing{
		"card":       {To: []Card{receiver.Card}, Sign: sender.sign},
		"passphrase": {Passphrase: "柳絮池塘淡淡风", Sign: sender.sign},
	} {
		data := letter(sender).bundle(t, seal)
		open := receiver.opener()
		open.Passphrase = seal.Passphrase
		hashAt := len(data) - trailerSize
		for i := range data {
			for _, flip := range []byte{0x01, 0x80} {
				data[i] ^= flip
				_, _, err := readAll(data, open)
				if err == nil && i >= hashAt && i < hashAt+sha256.Size {
					b, _, _ := readAll(data, open)
					err = b.CheckWhole(context.Background())
				}
				if !refusals[ledger.CodeOf(err)] {
					t.Errorf("%s: byte %d of %d changed by %x: %v", name, i, len(data), flip, err)
				}
				data[i] ^= flip
			}
		}
	}
}

// refusals are the codes of a file that is not as it was written.
var refusals = map[ledger.Code]bool{ledger.CodeBundleUnreadable: true, ledger.CodeBundleNewer: true,
	ledger.CodeBundleCutOff: true, ledger.CodeBundleChanged: true}

func TestEveryTruncationIsRefused(t *testing.T) {
	sender := newOffice(t, "临江街道")
	data := letter(sender).bundle(t, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
	for n := range data {
		want := ledger.CodeBundleCutOff
		if n < len(magic) {
			want = ledger.CodeBundleUnreadable
		}
		if _, _, err := readAll(data[:n], sender.opener()); ledger.CodeOf(err) != want {
			t.Errorf("the first %d of %d bytes: %v, want %v", n, len(data), err, want)
		}
	}
}

// TestRefusalsDiffer opens real files, each wrong in its own way, and looks that
// each is called what it is and left as it was.
func TestRefusalsDiffer(t *testing.T) {
	sender, receiver, other := newOffice(t, "临江街道"), newOffice(t, "区防控办"), newOffice(t, "青峰镇")
	card := string(letter(sender).bundle(t, Sealing{To: []Card{receiver.Card}, Sign: sender.sign}))
	secret := string(letter(sender).bundle(t, Sealing{Passphrase: "柳絮池塘淡淡风", Sign: sender.sign}))
	slow := func() string { // more work than is accepted
		var file bytes.Buffer
		l := letter(sender)
		w, err := newWriter(&file, &l.manifest, Sealing{Passphrase: "a", Sign: sender.sign}, 2)
		if err != nil {
			t.Fatal(err)
		}
		return resealed(finish(t, &file, w), " 2\n", " 25\n")
	}()
	swap := func(s, old, by string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("no %q", old)
		}
		return strings.Replace(s, old, by, 1)
	}
	all := Opener{Identities: []age.Identity{other.receive, receiver.receive}, Passphrase: "柳絮池塘淡淡风"}
	for _, c := range []struct {
		name, data string
		open       Opener
		want       ledger.Code
	}{
		{"good", card, all, ""},
		{"good under a passphrase", secret, all, ""},
		{"nothing", "", all, ledger.CodeBundleUnreadable},
		{"a text", "会议通知", all, ledger.CodeBundleUnreadable},
		{"zeros", strings.Repeat("\x00", 5000), all, ledger.CodeBundleUnreadable},
		{"a newer version", swap(card, "bundle 2\n", "bundle 3\n"), all, ledger.CodeBundleNewer},
		{"a newer version with another header and end", "taizhang-bundle 12\nanything", all, ledger.CodeBundleNewer},
		{"a newer suite", swap(card, "suite 1 ", "suite 7 "), all, ledger.CodeBundleNewer},
		{"no version", swap(card, "bundle 2\n", "bundle x\n"), all, ledger.CodeBundleChanged},
		{"version nought", swap(card, "bundle 2\n", "bundle 0\n"), all, ledger.CodeBundleChanged},
		{"another word in the header", swap(card, "1 card\n", "1 cart\n"), all, ledger.CodeBundleChanged},
		{"the other seal in the header", swap(card, "1 card\n", "1 passphrase\n"), all, ledger.CodeBundleChanged},
		{"Windows line ends", swap(card, "bundle 2\n", "bundle 2\r\n"), all, ledger.CodeBundleChanged},
		{"cut off", card[:len(card)-3], all, ledger.CodeBundleCutOff},
		{"cut off in the header", card[:20], all, ledger.CodeBundleCutOff},
		{"bytes after the end", card + "x", all, ledger.CodeBundleCutOff},
		{"another bundle after it", card + card, all, ledger.CodeBundleChanged},
		{"a header and an end", Header{Version: 2, Suite: 1}.String() + strings.Repeat("x", 40) + endMark, all, ledger.CodeBundleChanged},
		{"for somebody else", card, other.opener(), ledger.CodeBundleNotForUs},
		{"for cards, with a passphrase", card, Opener{Passphrase: "柳絮池塘淡淡风"}, ledger.CodeBundleNotForUs},
		{"no passphrase", secret, receiver.opener(), ledger.CodePassphraseNeeded},
		{"a wrong passphrase", secret, Opener{Passphrase: "柳絮池塘淡淡雨"}, ledger.CodePassphraseWrong},
		{"too much work", slow, Opener{Passphrase: "a"}, ledger.CodeBundleChanged},
	} {
		path := filepath.Join(t.TempDir(), "临江街道.tzb")
		if err := os.WriteFile(path, []byte(c.data), 0o444); err != nil {
			t.Fatal(err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Open(f, int64(len(c.data)), path, c.open)
		if err == nil {
			err = b.Read(context.Background(), func(*ledger.Revision) error { return nil })
		}
		if ledger.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if e := (*ledger.Error)(nil); errors.As(err, &e) && (e.Args[0] != "path" || e.Args[1] != path) {
			t.Errorf("%s: no path in %v", c.name, e.Args)
		}
		f.Close()
		if after, err := os.ReadFile(path); err != nil || string(after) != c.data {
			t.Errorf("%s: the file was changed: %v", c.name, err)
		}
	}
}

func TestPeek(t *testing.T) {
	sender := newOffice(t, "临江街道")
	for _, seal := range []Sealing{{To: []Card{sender.Card}, Sign: sender.sign}, {Passphrase: "x", Sign: sender.sign}} {
		data := letter(sender).bundle(t, seal)
		h, err := Peek(bytes.NewReader(data), int64(len(data)), "a.tzb")
		if want := (Header{2, 1, seal.Passphrase != ""}); err != nil || h != want {
			t.Errorf("%+v, %v; want %+v", h, err, want)
		}
	}
	if h, err := Peek(strings.NewReader("taizhang-bundle 3\n"), 18, ""); h.Version != 3 || ledger.CodeOf(err) != ledger.CodeBundleNewer {
		t.Errorf("%+v, %v", h, err)
	}
}

// resealed changes the sealed manifest's text and puts the check right again.
func resealed(data []byte, old, by string) string {
	start := bytes.Index(data, []byte("age-")) // the sealed manifest
	n := int(binary.BigEndian.Uint32(data[start-lengthSize:]))
	sealed := bytes.Replace(data[start:start+n], []byte(old), []byte(by), 1)
	head := binary.BigEndian.AppendUint32(bytes.Clone(data[:start-lengthSize]), uint32(len(sealed)))
	head = append(head, sealed...)
	sum := sha256.Sum256(head)
	head = append(head, sum[:checkSize]...)
	return string(append(head, data[start+n+checkSize:]...))
}

// finish ends a bundle without the writer's own checks.
func finish(t testing.TB, file *bytes.Buffer, w *Writer) []byte {
	t.Helper()
	if err := errors.Join(w.flush(), w.packed.Close(), w.body.Close()); err != nil {
		t.Fatal(err)
	}
	w.file.Write(w.file.sum.Sum(nil))
	w.file.Write([]byte(endMark))
	if err := w.file.out.Flush(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

// TestForgedBundles seals what no honest writer writes, with keys and hashes in
// order: only looking at the content can refuse it.
func TestForgedBundles(t *testing.T) {
	sender := newOffice(t, "临江街道")
	stranger := newOffice(t, "陌生人")
	entry := func() *ledger.Publicity { return &ledger.Publicity{Day: 9000, Quantity: ledger.Quantity{Value: 5}} }
	create := func(r ledger.Record) ledger.Revision { return ledger.Revision{Op: ledger.OpCreate, Fields: r} }
	for name, r := range map[string]ledger.Revision{
		"an honest one":              create(entry()),
		"a quantity of nothing":      create(&ledger.Publicity{}),
		"a negative quantity":        create(&ledger.Publicity{Quantity: ledger.Quantity{Value: -1}}),
		"a unit without a name":      create(&ledger.Unit{}),
		"a note of a novel":          create(&ledger.Cases{Note: strings.Repeat("长", ledger.MaxText+1)}),
		"no operation":               {Op: 0, Record: ledger.MakeID(1, 7), Fields: entry()},
		"a fourth operation":         {Op: 4, Record: ledger.MakeID(1, 7), Fields: entry()},
		"a correction of itself":     {Op: ledger.OpCorrect, Record: ledger.MakeID(1, 1), Fields: entry()},
		"a unit of an unknown chain": create(&ledger.Publicity{Unit: ledger.MakeID(3, 1), Quantity: ledger.Quantity{Value: 5}}),
		"a parent of a chain of 0":   create(&ledger.Unit{Name: "街道", Parent: 5}),
		"a parent without a number":  create(&ledger.Unit{Name: "街道", Parent: ledger.MakeID(2, 0)}),
		"a parent of no chain":       create(&ledger.Unit{Name: "街道", Parent: ledger.MakeID(3, 1)}),
		"a record of no chain":       {Op: ledger.OpCorrect, Record: ledger.MakeID(3, 1), Fields: entry()},
		"a base of no chain":         {Op: ledger.OpVoid, Record: ledger.MakeID(2, 1), Base: []ledger.ID{ledger.MakeID(3, 1)}, Fields: entry()},
		"a negative clock":           {Op: ledger.OpCreate, Clock: -1, Fields: entry()},
	} {
		p := newPen(sender)
		desks := func(n int64) ledger.DeskID { point, _ := p.manifest.Chain(n); return point.Desk }
		p.chain = ledger.NewChain(desks)
		p.begin(1, 0)
		p.manifest.Needs = []Point{{Desk: ledger.DeskID{9}}}
		p.write(r)
		l := p.seal()
		want := ledger.CodeBundleChanged
		if name == "an honest one" {
			want = ""
		}
		data := forge(t, sender, l, func(w *Writer) { w.block.add(&l.revisions[0]) })
		if _, _, err := readAll(data, sender.opener()); ledger.CodeOf(err) != want {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
		if _, err := l.write(Sealing{To: []Card{sender.Card}, Sign: sender.sign}); (err == nil) != (want == "") {
			t.Errorf("%s is written: %v", name, err)
		}
	}

	forged := func(name string, l load, body func(w *Writer)) {
		t.Helper()
		if _, _, err := readAll(forge(t, sender, l, body), sender.opener()); ledger.CodeOf(err) != ledger.CodeBundleChanged {
			t.Errorf("%s: %v", name, err)
		}
	}
	add := func(w *Writer, list []ledger.Revision) {
		for i := range list {
			w.block.add(&list[i])
		}
	}
	l := letter(sender)
	forged("no revisions", l, func(*Writer) {})
	forged("one less", l, func(w *Writer) { add(w, l.revisions[:3]) })
	forged("one more", l, func(w *Writer) { add(w, append(l.revisions[:4:4], l.revisions[3])) })
	forged("a block more", l, func(w *Writer) {
		add(w, l.revisions)
		w.flush()
		add(w, l.revisions[3:])
	})
	forged("a byte after the last block", l, func(w *Writer) {
		add(w, l.revisions)
		w.flush()
		w.packed.Write([]byte{0})
	})
	forged("another author", l, func(w *Writer) {
		other := append([]ledger.Revision(nil), l.revisions...)
		other[1].Author = "王方"
		add(w, other)
	})
	forged("a body that is not compressed", l, func(w *Writer) { w.body.Write([]byte("hello")) })
	for name, body := range map[string][]byte{
		"a block of no bytes":           {0},
		"a block of too many bytes":     binary.AppendUvarint(nil, maxBlock+1),
		"a block that is not there":     binary.AppendUvarint(nil, maxBlock),
		"a length with a zero too much": append([]byte{0x80 | byte(blockSections+4), 0}, block([]byte{9, 1, 1})[1:]...),
		"a block longer than a number":  bytes.Repeat([]byte{0xff}, 11),
		"a block of no revisions":       append([]byte{blockSections + 1, 0}, make([]byte, blockSections)...),
		"a block of many revisions":     append([]byte{blockSections + 3, 0xff, 0xff, 0x7f}, make([]byte, blockSections)...),
		"a section that is not there":   {3, 1, 0xff, 0x7f},
		"an unknown kind":               block([]byte{77, 1, 1}),
		"a run of nothing":              block([]byte{9, 1, 0}),
		"a run past the block":          block([]byte{9, 1, 2}),
		"a case without its row":        block([]byte{9, 1, 1}),
	} {
		forged(name, l, func(w *Writer) { w.packed.Write(body) })
	}

	// Heads that are sealed wrongly are no bundle at all.
	for name, spoil := range map[string]func(m *Manifest){
		"a head of another hash":   func(m *Manifest) { m.Ranges[0].Head.Hash[0]++ },
		"a head of another number": func(m *Manifest) { m.Ranges[0].Head.Seq--; m.Revisions-- },
		"a head of another desk":   func(m *Manifest) { m.Ranges[0].Head.Desk[0]++ },
		"another's key":            func(m *Manifest) { m.Ranges[0].Seal.Key = stranger.Key },
		"a range backwards":        func(m *Manifest) { m.Ranges[0].After.Seq = 5 },
		"another sum":              func(m *Manifest) { m.Revisions++ },
		"a start with a hash":      func(m *Manifest) { m.Ranges[0].After.Hash[0]++ },
		"a card of another name":   func(m *Manifest) { m.Sender.Name = "区防控办" },
		"a card of another key":    func(m *Manifest) { m.Sender = stranger.Card },
	} {
		l := letter(sender)
		spoil(&l.manifest)
		l.manifest.To = []string{sender.Fingerprint()}
		if _, err := l.write(Sealing{To: []Card{sender.Card}, Sign: sender.sign}); err == nil {
			t.Errorf("%s is written", name)
		}
		if err := openManifest(t, sender, l, sender.sign); ledger.CodeOf(err) != ledger.CodeBundleChanged {
			t.Errorf("%s: %v", name, err)
		}
	}
	l.manifest.To = []string{sender.Fingerprint()}
	if err := openManifest(t, sender, l, stranger.sign); ledger.CodeOf(err) != ledger.CodeBundleChanged {
		t.Errorf("signed by another: %v", err)
	}
	l.manifest.To = nil
	if err := openManifest(t, sender, l, sender.sign); ledger.CodeOf(err) != ledger.CodeBundleChanged {
		t.Errorf("taken from a passphrase bundle: %v", err)
	}
}

// block is a block of one revision with the runs given and all else empty.
func block(runs []byte) []byte {
	b := append([]byte{1, byte(len(runs))}, runs...)
	b = append(b, make([]byte, blockSections-1)...)
	return append([]byte{byte(len(b))}, b...)
}

// forge writes a bundle whose body is what the function makes it.
func forge(t testing.TB, sender office, l load, body func(w *Writer)) []byte {
	t.Helper()
	var file bytes.Buffer
	w, err := newWriter(&file, &l.manifest, Sealing{To: []Card{sender.Card}, Sign: sender.sign}, quickWork)
	if err != nil {
		t.Fatal(err)
	}
	body(w)
	return finish(t, &file, w)
}

// openManifest seals the manifest of l as it is, signed with key, and opens it.
func openManifest(t *testing.T, to office, l load, key ed25519.PrivateKey) error {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	h := Header{Version: 2, Suite: 1}
	data := sealedFile(t, to, h, signManifest(h, encodeManifest(&l.manifest, id.String()), key))
	_, err = Open(bytes.NewReader(data), int64(len(data)), "a.tzb", to.opener())
	return err
}

// sealedFile is a bundle with any bytes as its signed manifest, and no body.
func sealedFile(t testing.TB, to office, h Header, signed []byte) []byte {
	t.Helper()
	sealed, err := sealManifest(signed, []age.Recipient{to.receive.Recipient()})
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	w := &hashWriter{bufio.NewWriter(&file), sha256.New()}
	if err := writeHead(w, h, sealed); err != nil {
		t.Fatal(err)
	}
	w.Write(w.sum.Sum(nil))
	w.Write([]byte(endMark))
	w.out.Flush()
	return file.Bytes()
}

func TestWriterRefuses(t *testing.T) {
	sender, stranger := newOffice(t, "临江街道"), newOffice(t, "陌生人")
	to := []Card{sender.Card}
	for name, s := range map[string]Sealing{
		"to nobody":               {Sign: sender.sign},
		"to cards and passphrase": {To: to, Passphrase: "x", Sign: sender.sign},
		"signed by another":       {To: to, Sign: stranger.sign},
		"signed by nobody":        {To: to},
		"to a card without a key": {To: []Card{{Name: "旧工位", Key: sender.Key}}, Sign: sender.sign},
	} {
		l := letter(sender)
		if _, err := NewWriter(io.Discard, &l.manifest, s); err == nil {
			t.Errorf("sealed %s", name)
		}
	}
	for name, order := range map[string][]int{
		"a gap": {0, 2}, "a repeat": {0, 0}, "backwards": {1}, "too few": {0, 1}, "too many": {0, 1, 2, 3, 3},
	} {
		l := letter(sender)
		w, err := NewWriter(io.Discard, &l.manifest, Sealing{To: to, Sign: sender.sign})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range order {
			err = errors.Join(err, w.Add(&l.revisions[i]))
		}
		if closing := w.Close(); closing == nil || err == nil != (name == "too few") {
			t.Errorf("%s: adding gives %v, closing %v", name, err, closing)
		}
	}
	l := letter(sender)
	l.revisions[3].Hash[0]++
	if _, err := l.write(Sealing{To: to, Sign: sender.sign}); err == nil {
		t.Error("a chain that does not end in its head is written")
	}
	l = letter(sender)
	l.revisions[1].Base = []ledger.ID{l.revisions[0].ID}
	if _, err := l.write(Sealing{To: to, Sign: sender.sign}); err == nil {
		t.Error("a creation with a base is written")
	}
}

func TestReadKeepsTheCallersErrors(t *testing.T) {
	sender := newOffice(t, "临江街道")
	data := letter(sender).bundle(t, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
	b, _, err := readAll(data, sender.opener())
	if err != nil {
		t.Fatal(err)
	}
	full := ledger.Refuse(ledger.CodeDiskFull, "path", "x")
	if err := b.Read(context.Background(), func(*ledger.Revision) error { return full }); err != error(full) {
		t.Errorf("visit's error comes back as %v", err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for name, err := range map[string]error{
		"Read":       b.Read(gone, func(*ledger.Revision) error { return nil }),
		"CheckWhole": b.CheckWhole(gone),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s of a cancelled context: %v", name, err)
		}
	}
}

// pulled is a stick that is pulled out: reads from at on fail.
type pulled struct {
	io.ReaderAt
	at int64
}

var errPulled = errors.New("input/output error")

func (p pulled) ReadAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > p.at {
		return 0, errPulled
	}
	return p.ReaderAt.ReadAt(b, at)
}

func TestPulledStickIsNotAChangedBundle(t *testing.T) {
	sender := newOffice(t, "临江街道")
	data := letter(sender).bundle(t, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
	file, size := bytes.NewReader(data), int64(len(data))
	b, _, err := readAll(data, sender.opener())
	if err != nil {
		t.Fatal(err)
	}
	for at := int64(0); at < size; at += 7 {
		if _, err := Open(pulled{file, at}, size, "a.tzb", sender.opener()); ledger.CodeOf(err) != ledger.CodeStickGone || !errors.Is(err, errPulled) {
			t.Errorf("Open, readable up to %d: %v", at, err)
		}
		b.file = pulled{file, at}
		if at >= size-int64(len(endMark)) {
			continue // Open has read the mark
		}
		if err := b.CheckWhole(context.Background()); ledger.CodeOf(err) != ledger.CodeStickGone {
			t.Errorf("CheckWhole, readable up to %d: %v", at, err)
		}
		if at >= size-int64(trailerSize) {
			continue // the body is whole
		}
		if err := b.Read(context.Background(), func(*ledger.Revision) error { return nil }); ledger.CodeOf(err) != ledger.CodeStickGone {
			t.Errorf("Read, readable up to %d: %v", at, err)
		}
	}
}
