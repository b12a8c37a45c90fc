package main

import (
	"path/filepath"
	"testing"
	"time"
)

func TestSecondStartRaisesTheFirst(t *testing.T) {
	home := t.TempDir()
	path := filepath.Join(home, "ledger.db")
	only, first, err := claimInstance(home, path)
	if err != nil || !first {
		t.Fatalf("the first start: %v, %v", first, err)
	}
	raised := make(chan struct{}, 8)
	only.onRaise(func() { raised <- struct{}{} })
	if _, first, err := claimInstance(home, path); err != nil || first {
		t.Fatalf("the second start: %v, %v", first, err)
	}
	select {
	case <-raised:
	case <-time.After(10 * time.Second):
		t.Fatal("the first window was not asked to come to the front")
	}
	other, first, err := claimInstance(home, filepath.Join(home, "other.db"))
	if err != nil || !first {
		t.Fatalf("another ledger: %v, %v", first, err)
	}
	other.release()
	only.release()
	again, first, err := claimInstance(home, path)
	if err != nil || !first {
		t.Fatalf("after the first has ended: %v, %v", first, err)
	}
	again.release()
}
