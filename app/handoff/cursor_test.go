package handoff

import "testing"

func TestNumbersHaveOneForm(t *testing.T) {
	for _, c := range []struct {
		data []byte
		want uint64
		ok   bool
	}{
		{[]byte{0}, 0, true},
		{[]byte{0x7f}, 127, true},
		{[]byte{0x80, 1}, 128, true},
		{[]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, 1<<64 - 1, true},
		{[]byte{}, 0, false},
		{[]byte{0x80}, 0, false},
		{[]byte{0x80, 0}, 0, false},
		{[]byte{0xff, 0x80, 0}, 0, false},
		{[]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2}, 0, false},
	} {
		in := cursor{buf: c.data, fault: new(bool)}
		if got := in.uint(); got != c.want || *in.fault == c.ok || len(in.buf) != 0 {
			t.Errorf("%x reads as %d, fault %v", c.data, got, *in.fault)
		}
	}
}
