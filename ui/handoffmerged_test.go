package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// TestMergedBundlesAreNotNews: neither one under a passphrase that the merge log
// knows nor a damaged copy asks for anything again.
func TestMergedBundlesAreNotNews(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	noticed := 0
	b.watch.noticed = func(_ *stick, bundles, _ int) { noticed += bundles }
	b.plugIn()
	b.fake.taken = nil
	log := &handoff.Merged{Sender: townCard, Created: testNow.Add(-time.Hour), At: testNow, Carried: 77}
	b.fake.found[stickPath] = []handoff.Found{{Path: stickPath + "/a.tzb", Bundle: true, Merged: true, Log: log,
		Header: handoff.Header{Passphrase: true}, Err: ledger.Refuse(ledger.CodePassphraseNeeded, "path", "x")}}
	b.show()
	b.mustSay("已并入", "临江街道值班台", "77 条修订")
	b.mustNotSay("要口令", "新到")
	if noticed != 0 {
		t.Errorf("told of %d", noticed)
	}
	b.key(fyne.KeyReturn)
	if !b.sheetOpen() {
		t.Error("it cannot be looked at without the passphrase, and nobody asks for it")
	}
}

func TestDamagedCopySaysSo(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.plugIn()
	b.fake.plan = &handoff.Plan{Sender: townCard, Carried: 5, Here: 5, Damaged: true}
	b.show()
	b.sc.preview(stickPath+"/x.tzb", "")
	b.mustSay("已并入", "这个文件本身已经损坏")
}
