package handoff

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"taizhang/app/ledger"
)

// decode reads a block of revisions that follow seq 0 of chain 1.
func decode(data []byte) error {
	in := newBlockReader(2)
	if err := in.open(data); err != nil {
		return err
	}
	for seq := int64(1); in.left > 0; seq++ {
		if _, err := in.next(ledger.MakeID(1, seq)); err != nil {
			return err
		}
	}
	return in.close()
}

// TestSectionsAreUsedUp takes a good block and makes each of its sections a byte
// longer and a byte shorter: a block has one form, and nothing hides in it.
func TestSectionsAreUsedUp(t *testing.T) {
	b := newBlockWriter()
	l := letter(newOffice(t, "临江街道"))
	for i := range l.revisions {
		b.add(&l.revisions[i])
	}
	b.endRun()
	join := func(n uint64, change int, by func([]byte) []byte) []byte {
		out := binary.AppendUvarint(nil, n)
		for i, s := range b.sections() {
			if i == change {
				s = by(s)
			}
			out = appendText(out, s)
		}
		return out
	}
	longer := func(s []byte) []byte { return append(s[:len(s):len(s)], 1) }
	if err := decode(join(4, -1, nil)); err != nil {
		t.Fatal(err)
	}
	for i, s := range b.sections() {
		if decode(join(4, i, longer)) == nil {
			t.Errorf("section %d may be longer", i+1)
		}
		if len(s) > 0 && decode(join(4, i, func(s []byte) []byte { return s[:len(s)-1] })) == nil {
			t.Errorf("section %d may be shorter", i+1)
		}
	}
	for _, n := range []uint64{0, 3, 5, maxBlockRevisions + 1, 1 << 63} {
		if decode(join(n, -1, nil)) == nil {
			t.Errorf("4 revisions are read as %d", n)
		}
	}
	// The last run says more than there is: what is read is right, the block is not.
	if decode(join(4, 0, func(s []byte) []byte { return append(s[:len(s)-1:len(s)-1], 9) })) == nil {
		t.Error("a run may go past the block")
	}
}

// TestBlocksAreBounded forges blocks whose content is good and too much.
func TestBlocksAreBounded(t *testing.T) {
	sender := newOffice(t, "临江街道")
	for _, c := range []struct {
		revisions, text int
		want            ledger.Code
	}{
		{maxBlockRevisions, 0, ""},
		{maxBlockRevisions + 1, 0, ledger.CodeBundleChanged},
		{680, ledger.MaxText, ""},
		{710, ledger.MaxText, ledger.CodeBundleChanged}, // over 4 MiB
	} {
		p := newPen(sender)
		p.begin(1, 0)
		for i := range c.revisions {
			note := strings.Repeat("长", c.text)
			if note != "" {
				note = fmt.Sprintf("%3d", i) + note[9:]
			}
			p.write(ledger.Revision{Op: ledger.OpCreate, Fields: &ledger.Cases{Note: note}})
		}
		l := p.seal()
		data := forge(t, sender, l, func(w *Writer) {
			for i := range l.revisions {
				w.block.add(&l.revisions[i])
			}
			block := w.block.appendTo(nil)
			w.packed.Write(block)
			t.Logf("%d revisions: %d bytes", c.revisions, len(block))
		})
		if _, _, err := readAll(data, sender.opener()); ledger.CodeOf(err) != c.want {
			t.Errorf("%d revisions of %d characters in a block: %v, want %q", c.revisions, c.text, err, c.want)
		}
		// The writer itself keeps the bounds, so that all of these can be written.
		if data := l.bundle(t, Sealing{To: []Card{sender.Card}, Sign: sender.sign}); data != nil {
			if _, got, err := readAll(data, sender.opener()); err != nil || len(got) != c.revisions {
				t.Errorf("%d revisions written: %d read, %v", c.revisions, len(got), err)
			}
		}
	}
}
