package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// TestPairingComparesTheFingerprint: by the box, or by typing what is heard.
func TestPairingComparesTheFingerprint(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.show()
	b.sc.showView(viewCards)
	b.mustSay(districtCard.Fingerprint(), "还没有接纳任何工位")
	b.sc.cards.confirm(townCard)
	b.mustSay(townCard.Fingerprint())
	b.key(fyne.KeyReturn)
	if len(b.fake.paired) != 0 {
		t.Fatal("accepted without a comparison")
	}
	b.typed("AAAA-BBBB-CCCC-DDDD")
	b.key(fyne.KeyReturn)
	b.mustSay("这张名片可能被人换过")
	b.focused().(*sheetEntry).SetText(townCard.Fingerprint())
	b.mustNotSay("这张名片可能被人换过")
	if len(b.fake.paired) != 0 {
		t.Fatal("accepted with another fingerprint")
	}
	b.focused().(*sheetEntry).SetText(strings.ToLower(strings.ReplaceAll(townCard.Fingerprint(), "-", " ")))
	b.key(fyne.KeyReturn)
	if len(b.fake.paired) != 1 || b.sheetOpen() {
		t.Fatal("the right fingerprint is not accepted")
	}
	b.mustSay("临江街道值班台", "已接纳")
}

// TestOwnCardIsKnownAtOnce: nobody is sent to the telephone to compare it.
func TestOwnCardIsKnownAtOnce(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.show()
	own := districtCard
	if err := b.sc.cards.other(&own); ledger.CodeOf(err) != ledger.CodeCardOwn {
		t.Errorf("the own card: %v", err)
	}
	if err := b.sc.cards.other(&townCard); err != nil {
		t.Errorf("another's: %v", err)
	}
}

func TestWithdrawAsksFirst(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.fake.peers = []handoff.Peer{{Card: townCard, Accepted: true}}
	b.show()
	b.sc.showView(viewCards)
	b.sc.cards.withdraw(&b.fake.peers[0])
	b.key(fyne.KeyEscape)
	if b.fake.unpaired != 0 {
		t.Fatal("Esc withdraws")
	}
	b.sc.cards.withdraw(&b.fake.peers[0])
	b.key(fyne.KeyReturn)
	if b.fake.unpaired != 1 {
		t.Fatal("Enter does not withdraw")
	}
}
