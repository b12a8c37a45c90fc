package handoff

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"reflect"
	"testing"
	"time"

	"filippo.io/age"
	"pgregory.net/rapid"

	"taizhang/app/ledger"
)

// quickWork is scrypt's work in tests that are not about it.
const quickWork = 2

// office is a desk in tests: its keys and its card.
type office struct {
	Card
	sign    ed25519.PrivateKey
	receive *age.X25519Identity
}

// newOffice makes the same office of the same name every time.
func newOffice(t testing.TB, name string) office {
	t.Helper()
	seed := sha256.Sum256([]byte("sign " + name))
	o := office{sign: ed25519.NewKeyFromSeed(seed[:])}
	var err error
	if o.receive, err = age.GenerateX25519Identity(); err != nil {
		t.Fatal(err)
	}
	o.Card = NewCard(name, "宁江区/"+name, Keys{Sign: o.sign, Receive: o.receive})
	return o
}

func (o office) opener() Opener { return Opener{Identities: []age.Identity{o.receive}} }

// load is what a test puts into a bundle.
type load struct {
	manifest  Manifest
	revisions []ledger.Revision
}

// pen builds a load: chains, and revisions that are linked as they are added.
type pen struct {
	load
	sender office
	chain  *ledger.Chain
	hash   ledger.Hash
}

func newPen(sender office) *pen {
	p := &pen{sender: sender}
	p.manifest = Manifest{Bundle: BundleID{1, 2, 3}, Sender: sender.Card, Created: time.Unix(1795341600, 0), First: -1, Last: -1}
	p.chain = ledger.NewChain(func(n int64) ledger.DeskID {
		point, ok := p.manifest.Chain(n)
		if !ok {
			panic(fmt.Sprintf("chain %d is not of the bundle", n))
		}
		return point.Desk
	})
	return p
}

// begin starts a range of a desk that continues after seq.
func (p *pen) begin(desk byte, seq int64) {
	id := ledger.DeskID{desk, 'd'}
	after := Point{Desk: id, Seq: seq}
	if seq > 0 {
		after.Hash = ledger.Hash{desk, 'h'}
	}
	p.manifest.Ranges = append(p.manifest.Ranges, Range{After: after, Head: after})
	p.hash = after.Hash
}

// write adds the next revision of the range begun last. Record 0 stands for the
// revision itself.
func (p *pen) write(r ledger.Revision) ledger.ID {
	head := &p.manifest.Ranges[len(p.manifest.Ranges)-1].Head
	head.Seq++
	r.ID = ledger.MakeID(int64(len(p.manifest.Ranges)), head.Seq)
	if r.Record == 0 {
		r.Record = r.ID
	}
	p.revisions = append(p.revisions, r)
	p.manifest.Revisions++
	return r.ID
}

// seal links all revisions and seals the heads. It comes when every range and need is
// known, because hashes cover the desks that are referred to.
func (p *pen) seal() load {
	for i := range p.revisions {
		r := &p.revisions[i]
		in := &p.manifest.Ranges[r.ID.Desk()-1]
		if r.ID.Seq() == in.After.Seq+1 {
			p.hash = in.After.Hash
		}
		p.hash = p.chain.Link(p.hash, r)
		r.Hash = p.hash
		in.Head.Hash = p.hash
	}
	for i := range p.manifest.Ranges {
		in := &p.manifest.Ranges[i]
		in.Seal = SealHead(in.Head, p.sender.sign)
	}
	return p.load
}

// bundle writes l and returns the file's bytes.
func (l load) bundle(t testing.TB, s Sealing) []byte {
	t.Helper()
	data, err := l.write(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (l load) write(s Sealing) ([]byte, error) {
	var file bytes.Buffer
	w, err := newWriter(&file, &l.manifest, s, quickWork)
	if err != nil {
		return nil, err
	}
	for i := range l.revisions {
		if err := w.Add(&l.revisions[i]); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return file.Bytes(), err
}

// readAll opens a bundle and reads every revision of it.
func readAll(data []byte, o Opener) (*Bundle, []ledger.Revision, error) {
	b, err := Open(bytes.NewReader(data), int64(len(data)), "a.tzb", o)
	if err != nil {
		return nil, nil, err
	}
	var list []ledger.Revision
	err = b.Read(context.Background(), func(r *ledger.Revision) error {
		list = append(list, keep(r))
		return nil
	})
	return b, list, err
}

// keep copies what Read overwrites.
func keep(r *ledger.Revision) ledger.Revision {
	c := *r
	c.Base = append([]ledger.ID(nil), r.Base...)
	if p, ok := r.Fields.(*ledger.Publicity); ok {
		copied := *p
		c.Fields = &copied
	}
	return c
}

// draft draws revisions that a ledger could hold.
type draft struct {
	*rapid.T
	chains int64
	texts  []string
}

func (d draft) text(label string, least int) string {
	if rapid.IntRange(0, 2).Draw(d.T, label+" repeats") > 0 {
		if s := rapid.SampledFrom(d.texts).Draw(d.T, label); len(s) >= least {
			return s
		}
	}
	s := rapid.StringN(0, 30, 60).Draw(d.T, label)
	if len(s) < least || least > 0 && len(bytes.TrimSpace([]byte(s))) == 0 {
		return "某"
	}
	return s
}

func (d draft) count(label string) int64 {
	return rapid.Int64Range(0, ledger.MaxCount).Draw(d.T, label)
}

func (d draft) day(label string) ledger.Day {
	return ledger.Day(rapid.Int32().Draw(d.T, label))
}

func (d draft) id(label string) ledger.ID {
	desk := rapid.Int64Range(1, d.chains).Draw(d.T, label+" desk")
	if rapid.Bool().Draw(d.T, label+" near") {
		return ledger.MakeID(desk, rapid.Int64Range(1, 40).Draw(d.T, label))
	}
	return ledger.MakeID(desk, rapid.Int64Range(1, maxSeq).Draw(d.T, label))
}

func (d draft) ref(label string) ledger.ID {
	if rapid.IntRange(0, 3).Draw(d.T, label+" none") == 0 {
		return 0
	}
	return d.id(label)
}

func (d draft) time(label string) time.Time {
	return time.Unix(rapid.Int64Range(-1<<40, 1<<40).Draw(d.T, label), 0)
}

func (d draft) record() ledger.Record {
	switch kind := ledger.Kind(rapid.IntRange(1, 12).Draw(d.T, "kind")); kind {
	case ledger.KindDesk:
		key := rapid.SliceOfN(rapid.Byte(), 1, 32).Draw(d.T, "key")
		return &ledger.Desk{Name: d.text("name", 1), Unit: d.ref("unit"), PublicKey: key, Incarnation: [8]byte{7: byte(len(key))}}
	case ledger.KindUnit:
		return &ledger.Unit{Name: d.text("name", 1), Parent: d.ref("parent"), Initials: d.text("initials", 0)}
	case ledger.KindItem:
		return &ledger.Item{Name: d.text("name", 1), Measure: "幅", Channel: ledger.Channel(rapid.IntRange(1, 3).Draw(d.T, "channel"))}
	case ledger.KindSite:
		s := &ledger.Site{Name: d.text("name", 1), Plan: ledger.PlanStandby, Activated: rapid.Bool().Draw(d.T, "activated")}
		if rapid.Bool().Draw(d.T, "stated") {
			s.Rooms = ledger.Stated(d.count("rooms"))
		}
		return s
	case ledger.KindReserve:
		r := &ledger.Reserve{Site: d.ref("site"), At: d.time("at"), Ready: d.count("ready") / 2, Occupied: d.count("occupied") / 2}
		r.Rooms = r.Ready + r.Occupied
		return r
	case ledger.KindInspection:
		return &ledger.Inspection{Unit: d.ref("unit"), Day: d.day("day"), Form: ledger.FormSpecial, Visits: 1 + d.count("visits")/2,
			Problems: d.count("problems"), Directives: d.count("directives"), Note: d.text("note", 0)}
	case ledger.KindProblem:
		return &ledger.Problem{Inspection: d.ref("inspection"), Unit: d.ref("unit"), Text: d.text("text", 1), Directive: d.text("directive", 1),
			Deadline: d.day("deadline"), State: ledger.StateOpen, StateDay: d.day("since")}
	case ledger.KindCases:
		return &ledger.Cases{At: d.time("at"), Count: d.count("cases"), Note: d.text("note", 0)}
	case ledger.KindBatch:
		return &ledger.Batch{Source: d.text("source", 0), Text: d.text("text", 0), Count: 1 + d.count("count")%ledger.MaxBatch}
	}
	q := ledger.Quantity{Value: rapid.Int64Range(1, ledger.MaxQuantity).Draw(d.T, "quantity"),
		Approx: ledger.Approx(rapid.IntRange(0, 15).Draw(d.T, "approx")), Wan: rapid.Bool().Draw(d.T, "wan")}
	return &ledger.Publicity{Unit: d.ref("unit"), Item: d.ref("item"), Day: d.day("day"), Quantity: q, Note: d.text("note", 0)}
}

func (d draft) revision() ledger.Revision {
	r := ledger.Revision{Op: ledger.Op(rapid.IntRange(1, 3).Draw(d.T, "op")), Author: d.text("author", 0), Reason: d.text("reason", 0),
		Clock: ledger.Clock(rapid.Int64Range(0, 1<<63-1).Draw(d.T, "clock")), Fields: d.record()}
	if r.Op != ledger.OpCreate {
		r.Record = d.id("record")
		for range rapid.IntRange(0, 3).Draw(d.T, "base") {
			r.Base = append(r.Base, d.id("base"))
		}
	}
	return r
}

// load draws a whole bundle: ranges that begin at the start or after a point, and
// needs.
func (d draft) load(sender office) load {
	p := newPen(sender)
	ranges := rapid.IntRange(0, 4).Draw(d.T, "ranges")
	needs := rapid.IntRange(0, 2).Draw(d.T, "needs")
	d.chains = int64(ranges + needs)
	for i := range ranges {
		after := rapid.SampledFrom([]int64{0, 6, maxSeq - 20}).Draw(d.T, "after")
		p.begin(byte(i), after)
		for range rapid.IntRange(1, 12).Draw(d.T, "revisions") {
			r := d.revision()
			if next := ledger.MakeID(int64(i)+1, p.manifest.Ranges[i].Head.Seq+1); r.Record == next {
				r.Record, r.Op, r.Base = 0, ledger.OpCreate, nil
			}
			p.write(r)
		}
	}
	for i := range needs {
		p.manifest.Needs = append(p.manifest.Needs, Point{ledger.DeskID{byte(i), 'n'}, 9, ledger.Hash{5}})
		p.manifest.Has = append(p.manifest.Has, Point{Desk: ledger.DeskID{byte(i), 'x'}})
	}
	p.manifest.First, p.manifest.Last = d.day("first"), d.day("last")
	return p.seal()
}

func TestEveryBundleReadsBack(t *testing.T) {
	sender, receiver, other := newOffice(t, "临江街道"), newOffice(t, "区防控办"), newOffice(t, "青峰镇")
	rapid.Check(t, func(t *rapid.T) {
		d := draft{T: t, texts: []string{"", "王芳", "沿街悬挂", "多报了 10 份"}}
		l := d.load(sender)
		seal, open := Sealing{To: []Card{other.Card, receiver.Card}, Sign: sender.sign}, receiver.opener()
		if rapid.Bool().Draw(t, "passphrase") {
			seal, open = Sealing{Passphrase: "柳絮池塘淡淡风", Sign: sender.sign}, Opener{Passphrase: "柳絮池塘淡淡风"}
		}
		data, err := l.write(seal)
		if err != nil {
			t.Fatal(err)
		}
		b, got, err := readAll(data, open)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range seal.To {
			l.manifest.To = append(l.manifest.To, c.Fingerprint())
		}
		if !reflect.DeepEqual(b.Manifest, l.manifest) {
			t.Fatalf("manifest\n%+v\nreads back as\n%+v", l.manifest, b.Manifest)
		}
		if !reflect.DeepEqual(got, l.revisions) {
			t.Fatalf("revisions\n%+v\nread back as\n%+v", l.revisions, got)
		}
		if err := b.CheckWhole(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}
