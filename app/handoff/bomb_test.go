package handoff

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"taizhang/app/ledger"
)

// smallFile is what counts as a small file below, and mostMemory what reading one
// may allocate in all, whatever it claims, in bytes.
const (
	smallFile  = 5 << 10
	mostMemory = 24 << 20
)

// allocated is how many bytes f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestSmallFilesTakeLittleMemory opens and reads small files that claim a great
// deal, sealed and signed as they should be.
func TestSmallFilesTakeLittleMemory(t *testing.T) {
	sender := newOffice(t, "临江街道")
	h := Header{Version: 1, Suite: 1}
	l := letter(sender)
	l.manifest.Ranges[0].Head.Seq, l.manifest.Revisions = maxSeq, maxSeq
	l.manifest.Ranges[0].Seal = SealHead(l.manifest.Ranges[0].Head, sender.sign)
	lists := encodeManifest(&l.manifest, "")
	claim := func(at, old int) []byte { // a manifest whose list at an offset claims 2^60 entries
		if int(lists[at]) != old {
			t.Fatalf("byte %d of the manifest is %d", at, lists[at])
		}
		b := append(bytes.Clone(lists[:at]), binary.AppendUvarint(nil, 1<<60)...)
		return signManifest(h, append(b, lists[at+1:]...), sender.sign)
	}
	tail := 1 + 2*49 + 1 // no body key; Has
	files := map[string][]byte{
		"a sealed manifest of 4 GiB": append([]byte(h.String()), append([]byte{0xff, 0xff, 0xff, 0xff}, append(make([]byte, 900), endMark...)...)...),
		"many revisions":             forge(t, sender, l, func(w *Writer) {}),
		"a long block":               forge(t, sender, l, func(w *Writer) { w.packed.Write(binary.AppendUvarint(nil, maxBlock)) }),
		"many chains to name":        sealedFile(t, sender, h, claim(len(lists)-tail, 2)),
		"blocks of zeros":            forge(t, sender, l, func(w *Writer) { w.packed.Write(make([]byte, 30<<20)) }),
		"a long block of zeros": forge(t, sender, l, func(w *Writer) {
			w.packed.Write(append(binary.AppendUvarint(nil, maxBlock), make([]byte, 30<<20)...))
		}),
		"a long window":       forge(t, sender, l, func(w *Writer) { w.body.Write(frame(maxZstdWindow, 30<<20)) }),
		"a window of 1 GiB":   forge(t, sender, l, func(w *Writer) { w.body.Write(frame(1<<30, 30<<20)) }),
		"repeated revisions":  forge(t, sender, l, func(w *Writer) { w.packed.Write(repeated(t)) }),
		"a base of thousands": forge(t, sender, l, func(w *Writer) { w.packed.Write(based()) }),
		"an author of a book": forge(t, sender, l, func(w *Writer) { w.packed.Write(wordy()) }),
	}
	for name, data := range files {
		if len(data) > smallFile {
			t.Errorf("%s: not a small file: %d bytes", name, len(data))
		}
		var err error
		used := allocated(func() {
			var b *Bundle
			if b, err = Open(bytes.NewReader(data), int64(len(data)), "a.tzb", sender.opener()); err == nil {
				err = b.Read(context.Background(), func(*ledger.Revision) error { return nil })
			}
		})
		t.Logf("%s: %d bytes, %d KiB, %v", name, len(data), used>>10, err)
		if !refusals[ledger.CodeOf(err)] {
			t.Errorf("%s: %v", name, err)
		}
		if used > mostMemory {
			t.Errorf("%s: %d bytes make it allocate %d MiB", name, len(data), used>>20)
		}
	}
}

// frame is a zstd frame of so many zeros that claims a window.
func frame(window uint64, zeros int) []byte {
	exponent := byte(0)
	for ; 1<<(10+exponent) < window; exponent++ {
	}
	b := []byte{0x28, 0xb5, 0x2f, 0xfd, 0, exponent << 3}
	for ; zeros > 0; zeros -= 128 << 10 { // blocks of one byte, repeated
		last := uint32(0)
		if zeros <= 128<<10 {
			last = 1
		}
		head := last | 1<<1 | 128<<10<<3
		b = append(b, byte(head), byte(head>>8), byte(head>>16), 0)
	}
	return b
}

// repeated is a block of as many revisions as it can hold, all the same, many times.
func repeated(t *testing.T) []byte {
	b := newBlockWriter()
	var out []byte
	for range 8 {
		for i := range maxBlockRevisions {
			id := ledger.MakeID(1, int64(i)+1)
			b.add(&ledger.Revision{ID: id, Record: id, Op: ledger.OpCreate, Author: "a",
				Fields: &ledger.Publicity{Quantity: ledger.Quantity{Value: 1}}})
		}
		out = append(out, b.appendTo(nil)...)
	}
	return out
}

// based is a block of one correction with a base as long as a block can hold.
func based() []byte {
	b := newBlockWriter()
	first := ledger.MakeID(1, 1)
	b.add(&ledger.Revision{ID: first, Record: ledger.MakeID(2, 1), Op: ledger.OpCorrect, Base: make([]ledger.ID, 1_000_000),
		Fields: &ledger.Publicity{Quantity: ledger.Quantity{Value: 1}}})
	return b.appendTo(nil)
}

// wordy is a block in which one long text is the author of thousands.
func wordy() []byte {
	b := newBlockWriter()
	author := strings.Repeat("长", 1<<20)
	for i := range maxBlockRevisions {
		id := ledger.MakeID(1, int64(i)+1)
		b.add(&ledger.Revision{ID: id, Record: id, Op: ledger.OpCreate, Author: author, Fields: &ledger.Cases{}})
	}
	return b.appendTo(nil)
}

// TestFrameIsZstd makes sure that the frames made by hand above are what they are
// meant to be.
func TestFrameIsZstd(t *testing.T) {
	d, err := zstd.NewReader(bytes.NewReader(frame(maxZstdWindow, 1<<20)))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	var out bytes.Buffer
	if _, err := out.ReadFrom(d); err != nil || out.Len() != 1<<20 {
		t.Fatalf("%d bytes, %v", out.Len(), err)
	}
}

// FuzzOpen opens any bytes: refused with a code of ours, or read.
func FuzzOpen(f *testing.F) {
	sender := newOffice(f, "临江街道")
	card := letter(sender).bundle(f, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
	f.Add(card)
	f.Add(letter(sender).bundle(f, Sealing{Passphrase: "x", Sign: sender.sign}))
	f.Add(card[:100])
	f.Add([]byte("taizhang-bundle 2\n"))
	f.Add([]byte(Header{Version: 1, Suite: 1}.String() + "\x00\x00\x00\x01" + endMark))
	f.Fuzz(func(t *testing.T, data []byte) {
		open := sender.opener()
		_, _, err := readAll(data, open) // without the passphrase: scrypt would be all that is fuzzed
		code := ledger.CodeOf(err)
		if err != nil && !refusals[code] && code != ledger.CodeBundleNotForUs && code != ledger.CodePassphraseNeeded {
			t.Fatal(err)
		}
	})
}

// FuzzManifest: what is read is what would be written.
func FuzzManifest(f *testing.F) {
	sender := newOffice(f, "临江街道")
	l := letter(sender)
	f.Add(encodeManifest(&l.manifest, "AGE-SECRET-KEY-1"))
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, body, err := decodeManifest(data)
		if err == nil && !bytes.Equal(encodeManifest(&m, body), data) {
			t.Fatalf("%x reads as %+v", data, m)
		}
	})
}

// FuzzBlock decodes blocks as they stand under the encryption, where only content
// can be refused, and looks that what comes out could be written again.
func FuzzBlock(f *testing.F) {
	l := letter(newOffice(f, "临江街道"))
	b := newBlockWriter()
	for i := range l.revisions {
		b.add(&l.revisions[i])
	}
	whole := b.appendTo(nil)
	_, n := binary.Uvarint(whole)
	f.Add(whole[n:])
	f.Add(block([]byte{9, 1, 1})[1:])
	f.Fuzz(func(t *testing.T, data []byte) {
		in, out := newBlockReader(2), newBlockWriter()
		if in.open(data) != nil {
			return
		}
		var list []ledger.Revision
		for seq := int64(1); in.left > 0; seq++ {
			r, err := in.next(ledger.MakeID(1, seq))
			if err != nil {
				return
			}
			list = append(list, keep(r))
			out.add(r)
		}
		if in.close() != nil {
			return
		}
		again := out.appendTo(nil)
		size, n := binary.Uvarint(again)
		if int(size) != len(again)-n {
			t.Fatalf("a block of %d bytes says %d", len(again)-n, size)
		}
		if err := sameBlock(again[n:], list); err != nil {
			t.Fatal(err)
		}
	})
}

// sameBlock reports how a block differs from a list of revisions.
func sameBlock(data []byte, list []ledger.Revision) error {
	in := newBlockReader(2)
	if err := in.open(data); err != nil {
		return err
	}
	chain := ledger.NewChain(func(n int64) ledger.DeskID { return ledger.DeskID{byte(n)} })
	for i := range list {
		r, err := in.next(list[i].ID)
		if err != nil {
			return err
		}
		if chain.Link(ledger.Hash{}, r) != chain.Link(ledger.Hash{}, &list[i]) {
			return errors.New("it reads back as another")
		}
	}
	return in.close()
}
