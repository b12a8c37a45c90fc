package ui

import (
	"testing"
	"time"

	"taizhang/app/ledger"
)

func TestReadCount(t *testing.T) {
	for text, want := range map[string]ledger.Count{"": {}, "0": ledger.Stated(0), "39": ledger.Stated(39),
		"３９": ledger.Stated(39), "1,200": ledger.Stated(1200), "三十九": ledger.Stated(39)} {
		if got, err := readCount(text, "rooms"); err != nil || got != want {
			t.Errorf("%q gives %v, %v", text, got, err)
		}
	}
	for text, code := range map[string]ledger.Code{"-3": ledger.CodeCountNegative, "3间半": ledger.CodeQuantitySyntax,
		"约40": ledger.CodeQuantitySyntax} {
		if got, err := readCount(text, "rooms"); ledger.CodeOf(err) != code {
			t.Errorf("%q gives %v, %v", text, got, err)
		}
	}
}

func TestReadTime(t *testing.T) {
	now := time.Date(2026, 11, 22, 17, 5, 0, 0, time.Local)
	for text, want := range map[string]string{"16:30": "2026-11-22 16:30", "16：30": "2026-11-22 16:30",
		"11-21 09:00": "2026-11-21 09:00", "2026-01-02 03:04": "2026-01-02 03:04"} {
		if got, err := readTime(text, now); err != nil || got.Format("2006-01-02 15:04") != want {
			t.Errorf("%q gives %v, %v", text, got, err)
		}
	}
	if got, err := readTime(" ", now); err != nil || !got.IsZero() {
		t.Errorf("nothing gives %v, %v", got, err)
	}
	if _, err := readTime("noon", now); ledger.CodeOf(err) != ledger.CodeTimeSyntax {
		t.Errorf("noon gives %v", err)
	}
}
