package ledger

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var kinds = []Kind{KindDesk, KindUnit, KindItem, KindPublicity, KindSite, KindReserve, KindInspection, KindProblem, KindCases, KindBatch}

// Generators of what a record may hold. Texts are any bytes: the codec must
// carry them whether or not a check would let them in.
var (
	anyText  = rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 40), func(b []byte) string { return string(b) })
	anyInt   = rapid.Int64()
	anyDay   = rapid.Map(rapid.Int32(), func(n int32) Day { return Day(n) })
	anyCount = rapid.Custom(func(t *rapid.T) Count {
		if rapid.Bool().Draw(t, "known") {
			return Stated(rapid.Int64Min(0).Draw(t, "n"))
		}
		return Count{}
	})
	anyTime = rapid.Map(rapid.Int64Range(-1<<40, 1<<40), func(s int64) time.Time { return time.Unix(s, 0) })
	anyID   = rapid.Custom(func(t *rapid.T) ID {
		if rapid.Bool().Draw(t, "none") {
			return 0
		}
		return MakeID(rapid.Int64Range(1, 4).Draw(t, "desk"), rapid.Int64Range(1, 1<<seqBits-1).Draw(t, "seq"))
	})
)

// anyRecord draws a record of kind k with any content its type can keep.
func anyRecord(t *rapid.T, k Kind) Record {
	text := func(label string) string { return anyText.Draw(t, label) }
	number := func(label string) int64 { return anyInt.Draw(t, label) }
	id := func(label string) ID { return anyID.Draw(t, label) }
	small := func(label string) uint8 { return rapid.Byte().Draw(t, label) }
	switch k {
	case KindDesk:
		return &Desk{Name: text("name"), Unit: id("unit"), PublicKey: []byte(text("key")),
			Incarnation: [8]byte(rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "incarnation"))}
	case KindUnit:
		return &Unit{text("name"), id("parent"), text("initials")}
	case KindItem:
		return &Item{text("name"), text("measure"), Channel(small("channel")), text("initials")}
	case KindPublicity:
		q := Quantity{number("value"), Approx(small("approx") & 15), rapid.Bool().Draw(t, "wan")}
		return &Publicity{id("unit"), id("item"), anyDay.Draw(t, "day"), q, text("note")}
	case KindSite:
		return &Site{text("name"), Plan(small("plan")), anyCount.Draw(t, "rooms"), rapid.Bool().Draw(t, "activated")}
	case KindReserve:
		return &Reserve{id("site"), anyTime.Draw(t, "at"), number("rooms"), number("ready"), number("occupied"),
			number("cleaning"), number("unavailable"), text("note")}
	case KindInspection:
		return &Inspection{id("unit"), anyDay.Draw(t, "day"), Form(small("form")), number("visits"), number("problems"),
			number("directives"), text("note")}
	case KindProblem:
		return &Problem{id("inspection"), id("unit"), text("text"), text("directive"), anyDay.Draw(t, "deadline"),
			State(small("state")), text("rectified"), text("evidence"), text("second"), anyDay.Draw(t, "state day")}
	case KindCases:
		return &Cases{anyTime.Draw(t, "at"), number("count"), text("note")}
	case KindBatch:
		b := &Batch{Source: text("source"), Text: text("text"), Count: number("count")}
		copy(b.Hash[:], rapid.SliceOfN(rapid.Byte(), len(b.Hash), len(b.Hash)).Draw(t, "hash"))
		return b
	}
	t.Fatalf("no generator for %v", k)
	return nil
}

func TestEveryRecordReadsBack(t *testing.T) {
	for _, k := range kinds {
		t.Run(k.String(), rapid.MakeCheck(func(t *rapid.T) {
			r := anyRecord(t, k)
			data := EncodeFields([]byte("before"), r)
			if !bytes.HasPrefix(data, []byte("before")) {
				t.Fatal("EncodeFields does not append")
			}
			data = data[len("before"):]
			back, err := DecodeFields(k, data)
			if err != nil || !reflect.DeepEqual(back, r) {
				t.Fatalf("%+v reads back as %+v, %v", r, back, err)
			}
			// One byte less or more is another text, never the same record.
			if _, err := DecodeFields(k, data[:len(data)-1]); err == nil {
				t.Fatalf("%x is read without its last byte", data)
			}
			if _, err := DecodeFields(k, append(data, 0)); err == nil {
				t.Fatalf("%x is read with a byte after it", data)
			}
		}))
	}
}

func TestEveryKindIsKnown(t *testing.T) {
	for k := range 256 {
		r := newRecord(Kind(k))
		known := k >= int(KindDesk) && k <= int(KindBatch)
		if (r != nil) != known || known && r.Kind() != Kind(k) {
			t.Errorf("kind %d makes %T", k, r)
		}
		if name := Kind(k).String(); (name == fmt.Sprintf("kind-%d", k)) == known {
			t.Errorf("kind %d is called %q", k, name)
		}
		if _, err := DecodeFields(Kind(k), nil); err == nil {
			t.Errorf("nothing reads as a %v", Kind(k))
		}
	}
}

// sampleRecords are one record of every kind, with every field filled.
func sampleRecords() []Record {
	own := func(seq int64) ID { return MakeID(1, seq) }
	return []Record{
		&Desk{Name: "值班室", Unit: own(2), PublicKey: bytes.Repeat([]byte{7}, 32), Incarnation: [8]byte{1, 2, 3, 4, 5, 6, 7, 8}},
		&Unit{Name: "临江街道", Parent: own(2), Initials: "ljjd"},
		&Item{Name: "宣传条幅", Measure: "幅", Channel: ChannelCommunity, Initials: "xctf"},
		&Publicity{Unit: own(3), Item: MakeID(2, 7), Day: 9822, Quantity: Quantity{12000, Over, true}, Note: "沿街"},
		&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(39), Activated: true},
		&Reserve{Site: own(4), At: time.Unix(1795341600, 0), Rooms: 39, Ready: 30, Occupied: 4, Cleaning: 2, Unavailable: 3, Note: "早"},
		&Inspection{Unit: own(3), Day: 9812, Form: FormUnannounced, Visits: 4, Problems: 2, Directives: 1, Note: "集市"},
		&Problem{Inspection: own(8), Unit: own(3), Text: "未测温", Directive: "配备", Deadline: 9830, State: StateClosed,
			Rectified: "已配备", Evidence: "照片", Second: "李强", StateDay: 9825},
		&Cases{At: time.Unix(1795341600, 0), Count: 6, Note: "通报"},
		&Batch{Source: "日报.docx", Hash: [32]byte{1, 2, 31: 32}, Text: "张贴政府公告 40 份。", Count: 2},
	}
}

// TestFileFormat fixes the bytes of every kind. They are in ledgers that exist:
// when this test fails, old ledgers no longer read. Do not paste new bytes in.
func TestFileFormat(t *testing.T) {
	want := []string{
		"09e580bce78fade5aea4828080808020200707070707070707070707070707070707070707070707070707070707070707080102030405060708",
		"0ce4b8b4e6b19fe8a197e98193828080808020046c6a6a64",
		"0ce5aea3e4bca0e69da1e5b98503e5b985030478637466",
		"838080808020878080808040bc9901c0bb011306e6b2bfe8a197",
		"0ce58ebfe5a794e5859ae6a0a1012801",
		"848080808020c0f495b00d4e3c08040603e697a9",
		"838080808020a899010208040206e99b86e5b882",
		"88808080802083808080802009e69caae6b58be6b8a906e9858de5a487cc99010309e5b7b2e9858de5a48706e785a7e7898706e69d8ee5bcbac29901",
		"c0f495b00d0c06e9809ae68aa5",
		"0be697a5e68aa52e646f63782001020000000000000000000000000000000000000000000000000000000000201ce5bca0e8b4b4e694bfe5ba9ce585ace5918a20343020e4bbbde3808204",
	}
	for i, r := range sampleRecords() {
		if r.Kind() != kinds[i] {
			t.Fatalf("sample %d is a %v", i, r.Kind())
		}
		if got := fmt.Sprintf("%x", EncodeFields(nil, r)); i >= len(want) || got != want[i] {
			t.Errorf("a %v is written\n%q,", r.Kind(), got)
		}
	}
}

// TestOnlyOneFormIsRead checks that what has a shorter or tidier form is
// refused in any other: a record has one encoding, so equal records have equal
// bytes and equal hashes.
func TestOnlyOneFormIsRead(t *testing.T) {
	var e encoder
	e.text("某处")
	name := e.buf
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	for what, c := range map[string]struct {
		kind Kind
		data []byte
	}{
		"a length in two bytes":     {KindUnit, join([]byte{0x81, 0x00, 'a'}, []byte{0, 0})},
		"an id in two bytes":        {KindUnit, join(name, []byte{0x80, 0x00}, []byte{0})},
		"a signed number too long":  {KindCases, []byte{0x80, 0x00, 0, 0}},
		"a plan past a byte":        {KindSite, join(name, []byte{0x81, 0x02}, []byte{0, 0})},
		"a bool of 2":               {KindSite, join(name, []byte{1, 0, 2})},
		"a long incarnation":        {KindDesk, join(name, []byte{0, 0, 9}, make([]byte, 9))},
		"a short incarnation":       {KindDesk, join(name, []byte{0, 0, 7}, make([]byte, 7))},
		"flags past the fifth":      {KindPublicity, []byte{0, 0, 0, 2, 0x20, 0}},
		"a length past the end":     {KindUnit, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}},
		"a number past 64 bits":     {KindCases, join(bytes.Repeat([]byte{0xff}, 10), []byte{0x7f})},
		"a day past 32 bits":        {KindInspection, join([]byte{0}, bigDay(math.MaxInt32+1), []byte{1, 0, 0, 0, 0})},
		"a day before 32 bits":      {KindInspection, join([]byte{0}, bigDay(math.MinInt32-1), []byte{1, 0, 0, 0, 0})},
		"a state day past 32 bits":  {KindProblem, join([]byte{0, 0, 0, 0, 0, 1, 0, 0, 0}, bigDay(math.MaxInt32+1))},
		"a deadline past 32 bits":   {KindProblem, join([]byte{0, 0, 0, 0}, bigDay(math.MaxInt32+1), []byte{1, 0, 0, 0, 0})},
		"a form past a byte":        {KindInspection, join([]byte{0, 0}, []byte{0x81, 0x02}, []byte{0, 0, 0, 0})},
		"a channel past a byte":     {KindItem, join(name, name, []byte{0x81, 0x02}, []byte{0})},
		"an entry's day past a day": {KindPublicity, join([]byte{0, 0}, bigDay(math.MaxInt32+1), []byte{2, 0, 0})},
	} {
		if r, err := DecodeFields(c.kind, c.data); err == nil {
			t.Errorf("%s is read as %+v", what, r)
		}
	}
}

func bigDay(n int64) []byte {
	var e encoder
	e.int(n)
	return e.buf
}

func FuzzDecodeFields(f *testing.F) {
	for _, r := range sampleRecords() {
		f.Add(uint8(r.Kind()), EncodeFields(nil, r))
	}
	f.Add(uint8(KindUnit), []byte{0x81, 0x00, 'a', 0, 0})
	f.Add(uint8(0), []byte{})
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		kept := bytes.Clone(data)
		r, err := DecodeFields(Kind(kind), data)
		if !bytes.Equal(data, kept) {
			t.Fatal("decoding changed the bytes it read")
		}
		if err != nil {
			return
		}
		if again := EncodeFields(nil, r); !bytes.Equal(again, data) {
			t.Fatalf("%x of a %v is written %x", data, Kind(kind), again)
		}
	})
}
