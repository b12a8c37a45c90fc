package data_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/app/ledger"
)

// TestWithdrawReceipt: the one left here goes; one that is for this desk, and what
// is no receipt, stays.
func TestWithdrawReceipt(t *testing.T) {
	ctx := context.Background()
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "30", 0))
	path := town.export(t.TempDir(), district, 0, true)
	district.merge(path)
	for _, p := range []string{path, path + ".tzr"} {
		if err := town.x.WithdrawReceipt(ctx, p); ledger.CodeOf(err) != ledger.CodeReceiptBad {
			t.Errorf("%s: %v", p, err)
		}
	}
	if err := district.x.WithdrawReceipt(ctx, path+".tzr"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".tzr"); !os.IsNotExist(err) {
		t.Errorf("the receipt is still there: %v", err)
	}
	if err := district.x.WithdrawReceipt(ctx, path+".tzr"); err != nil {
		t.Errorf("the second time: %v", err)
	}
	if got, err := town.x.Receipts(ctx, filepath.Dir(path)); err != nil || len(got) != 0 {
		t.Errorf("the sender still finds %v, %v", got, err)
	}
}
