package handoff

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/klauspost/compress/zstd"

	"taizhang/app/ledger"
)

// benchRevisions is how many revisions the benchmarks carry.
const benchRevisions = 200_000

// typical makes revision i of a desk as offices write them: entries of many units
// over a year, seconds to minutes apart, a third with a note, one in twenty
// corrected. free makes every note a text of its own.
func typical(random *rand.Rand, i int64, before ledger.Clock, free bool) ledger.Revision {
	notes := []string{"入户发放", "沿街悬挂", "集市宣传", "村口张贴", "滚动播放", "公众号推送", "小区出入口", "商户张贴", "进村巡回", "校园宣传"}
	p := &ledger.Publicity{Unit: ledger.MakeID(2, 2+random.Int64N(100)), Item: ledger.MakeID(3, 2+random.Int64N(21)),
		Day: ledger.Day(9500 + i*365/benchRevisions), Quantity: ledger.Quantity{Value: 1 + random.Int64N(400)}}
	if free {
		letters := []rune("临江街道沿线主要路口悬挂宣传条幅发放材料入户走访登记")
		text := make([]rune, 12)
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
		}
		p.Note = string(text)
	} else if random.IntN(3) == 0 {
		p.Note = notes[random.IntN(len(notes))]
	}
	r := ledger.Revision{ID: ledger.MakeID(1, i), Record: ledger.MakeID(1, i), Op: ledger.OpCreate, Author: "王芳", Fields: p,
		Clock: before + ledger.Clock(1000+random.Int64N(120_000))<<16}
	if i > 100 && random.IntN(20) == 0 {
		r.Op, r.Reason, r.Record = ledger.OpCorrect, "数字录错", ledger.MakeID(1, i-1-random.Int64N(99))
		r.Base = []ledger.ID{r.Record}
	}
	return r
}

func typicalLoad(free bool) ([]ledger.Revision, *Manifest) {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([]ledger.Revision, benchRevisions)
	clock := ledger.CatalogueClock
	for i := range list {
		list[i] = typical(random, int64(i)+1, clock, free)
		clock = list[i].Clock
	}
	m := &Manifest{Ranges: []Range{{Head: Point{Seq: benchRevisions}}}, Needs: make([]Point, 2), Revisions: benchRevisions}
	return list, m
}

// pack encodes and compresses, without hashing and encryption.
func pack(b *testing.B, list []ledger.Revision, m *Manifest) []byte {
	var out bytes.Buffer
	packed, err := zstd.NewWriter(&out, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow))
	if err != nil {
		b.Fatal(err)
	}
	w := &Writer{packed: packed, block: newBlockWriter(), walk: newWalk(m), checker: revisionChecker{3}}
	for i := range list {
		if err := w.Add(&list[i]); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.flush(); err != nil {
		b.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkBody measures the body's encoding with compression: bytes a revision and
// revisions a second, with notes of ten phrases and with notes that all differ.
func BenchmarkBody(b *testing.B) {
	for name, free := range map[string]bool{"phrases": false, "free": true} {
		list, m := typicalLoad(free)
		packed := pack(b, list, m)
		rate := func(b *testing.B) {
			b.ReportMetric(float64(b.N)*benchRevisions/b.Elapsed().Seconds(), "revisions/s")
			b.ReportMetric(float64(len(packed))/benchRevisions, "bytes/revision")
			b.ReportMetric(0, "ns/op")
		}
		b.Run(name+"/encode", func(b *testing.B) {
			for b.Loop() {
				pack(b, list, m)
			}
			rate(b)
		})
		b.Run(name+"/decode", func(b *testing.B) {
			for b.Loop() {
				unpack(b, packed, m)
			}
			rate(b)
		})
	}
}

// unpack decompresses and decodes, without hashing.
func unpack(b *testing.B, packed []byte, m *Manifest) {
	in, err := newUnpacker(bytes.NewReader(packed))
	if err != nil {
		b.Fatal(err)
	}
	defer in.Close()
	body := newBodyReader(in, m)
	for !body.walk.done() {
		if err := body.nextBlock(); err != nil {
			b.Fatal(err)
		}
		for body.block.left > 0 {
			if _, err := body.block.next(body.walk.next()); err != nil {
				b.Fatal(err)
			}
			body.walk.step()
		}
	}
}

// BenchmarkBundle measures all of it: sealing, hashing, signing and encryption.
func BenchmarkBundle(b *testing.B) {
	sender := newOffice(b, "临江街道")
	list, _ := typicalLoad(false)
	p := newPen(sender)
	p.begin(1, 0)
	for _, r := range list {
		p.write(r)
	}
	p.manifest.Needs = []Point{{Desk: ledger.DeskID{2}}, {Desk: ledger.DeskID{3}}}
	l := p.seal()
	data := l.bundle(b, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
	rate := func(b *testing.B) {
		b.ReportMetric(float64(b.N)*benchRevisions/b.Elapsed().Seconds(), "revisions/s")
		b.ReportMetric(0, "ns/op")
	}
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			w, err := NewWriter(io.Discard, &l.manifest, Sealing{To: []Card{sender.Card}, Sign: sender.sign})
			if err != nil {
				b.Fatal(err)
			}
			for i := range l.revisions {
				if err := w.Add(&l.revisions[i]); err != nil {
					b.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			o, err := Open(bytes.NewReader(data), int64(len(data)), "", sender.opener())
			if err != nil {
				b.Fatal(err)
			}
			if err := o.Read(b.Context(), func(*ledger.Revision) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		rate(b)
	})
}
