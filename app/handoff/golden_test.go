package handoff

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"filippo.io/age"

	"taizhang/app/ledger"
)

// goldenSecret is the identity that opens testdata/card-v1.tzb, and nothing else in
// the world.
const (
	goldenSecret = "AGE-SECRET-KEY-1UGWE2ZV4KZ792G7NDAD5T4MKVQQVZ5TN7EZL290VNV5SFL0WN7JQJDPRNN"
	goldenPhrase = "柳絮池塘淡淡风 1935"
)

// goldenOffice is the sender and receiver of the golden bundles.
func goldenOffice(t *testing.T) office {
	t.Helper()
	o := newOffice(t, "临江街道")
	var err error
	if o.receive, err = age.ParseX25519Identity(goldenSecret); err != nil {
		t.Fatal(err)
	}
	o.Card = NewCard("临江街道", "宁江区/临江街道", Keys{Sign: o.sign, Receive: o.receive})
	return o
}

// goldenLoad holds every kind, operation and form of reference of a version once.
func goldenLoad(o office, version int) load {
	p := newPen(o)
	p.manifest.Bundle = BundleID{0: 0xb0, 15: 0x0b}
	p.manifest.Needs = []Point{{ledger.CatalogueDesk, 22, ledger.Hash{22}}}
	p.manifest.Has = []Point{{ledger.DeskID{1, 'd'}, 5, ledger.Hash{1}}, {ledger.CatalogueDesk, 22, ledger.Hash{22}}}
	p.manifest.First, p.manifest.Last = 9812, 9823
	item, at := ledger.MakeID(3, 7), ledger.CatalogueClock
	entry := func(unit ledger.ID, q ledger.Quantity, note string) *ledger.Publicity {
		return &ledger.Publicity{Unit: unit, Item: item, Day: 9822, Quantity: q, Note: note}
	}
	create := func(minute int64, fields ledger.Record) ledger.ID {
		return p.write(ledger.Revision{Op: ledger.OpCreate, Clock: at + ledger.Clock(minute*60_000<<16), Author: "王芳", Fields: fields})
	}
	p.begin(1, 0)
	create(0, &ledger.Desk{Name: "值班室", Unit: ledger.MakeID(1, 2), PublicKey: o.Key, Incarnation: [8]byte{1, 2, 3}})
	unit := create(1, &ledger.Unit{Name: "临江街道", Initials: "ljjd"})
	create(2, &ledger.Item{Name: "灯笼", Measure: "盏", Channel: ledger.ChannelCommunity, Initials: "dl"})
	site := create(3, &ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	create(4, &ledger.Reserve{Site: site, At: time.Unix(1767225600, 0), Rooms: 39, Ready: 30, Occupied: 4, Cleaning: 2, Unavailable: 3})
	visit := create(5, &ledger.Inspection{Unit: unit, Day: 9812, Form: ledger.FormUnannounced, Visits: 4, Problems: 2, Directives: 1, Note: "集市"})
	create(6, &ledger.Problem{Inspection: visit, Unit: unit, Text: "未测温", Directive: "配备", Deadline: 9830, State: ledger.StateOpen, StateDay: 9812})
	create(7, &ledger.Cases{At: time.Unix(1767225600, 0), Count: 6, Note: "通报"})
	first := create(8, entry(unit, ledger.Quantity{Value: 12000, Approx: ledger.Over, Wan: true}, "沿街"))
	second := create(8, entry(unit, ledger.Quantity{Value: 40}, "沿街"))
	p.write(ledger.Revision{Op: ledger.OpCorrect, Record: first, Base: []ledger.ID{first}, Clock: at + 1<<40, Author: "李强",
		Reason: "多数了", Fields: entry(unit, ledger.Quantity{Value: 11000, Wan: true}, "")})
	p.write(ledger.Revision{Op: ledger.OpVoid, Record: second, Base: []ledger.ID{second}, Clock: at + 1<<40 + 1, Author: "李强",
		Reason: "重复", Fields: entry(unit, ledger.Quantity{Value: 40}, "沿街")})
	if version >= 2 {
		create(9, &ledger.Batch{Source: "日报.docx", Hash: [32]byte{1, 31: 32}, Text: "张贴公告 40 份。", Count: 2})
	}
	p.begin(2, 6)
	create(5, entry(unit, ledger.Quantity{Value: 7, Approx: ledger.About}, "广播"))
	p.write(ledger.Revision{Op: ledger.OpCorrect, Record: first, Base: []ledger.ID{first, ledger.MakeID(1, 11)}, Clock: at + 1<<41,
		Author: "赵敏", Reason: "两处不一", Fields: entry(unit, ledger.Quantity{Value: 11500}, "核对")})
	return p.seal()
}

// TestGoldenBundles reads bundles that this version and those before it wrote. When it fails, offices can
// no longer read each other's sticks. Do not write new files: a change of the
// format takes a new version.
func TestGoldenBundles(t *testing.T) {
	o := goldenOffice(t)
	for _, c := range []struct {
		name    string
		version int
		open    Opener
		to      []string
	}{
		{"card-v1.tzb", 1, o.opener(), []string{o.Fingerprint()}},
		{"passphrase-v1.tzb", 1, Opener{Passphrase: goldenPhrase}, nil},
		{"card-v2.tzb", 2, o.opener(), []string{o.Fingerprint()}},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", c.name))
		if err != nil {
			t.Fatal(err)
		}
		b, got, err := readAll(data, c.open)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := goldenLoad(o, c.version)
		want.manifest.To = c.to
		if !reflect.DeepEqual(b.Manifest, want.manifest) {
			t.Errorf("%s: manifest\n%+v\nwant\n%+v", c.name, b.Manifest, want.manifest)
		}
		if !reflect.DeepEqual(got, want.revisions) {
			t.Errorf("%s: revisions\n%+v\nwant\n%+v", c.name, got, want.revisions)
		}
		if err := b.CheckWhole(context.Background()); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
