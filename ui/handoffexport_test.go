package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// unsentLedger is a ledger whose own chain is ahead of its last bundle.
type unsentLedger struct {
	*memLedger
	unsent int64
}

func (l *unsentLedger) Desks(context.Context) ([]ledger.DeskInfo, error) {
	return []ledger.DeskInfo{{Number: 1, Own: true, Head: 40 + l.unsent, Desk: ledger.Desk{Name: "值班台"}}}, nil
}

func (l *unsentLedger) Clashes(context.Context) ([]handoff.Clash, error) { return nil, nil }

func (l *unsentLedger) Origins(context.Context, []ledger.ID) (map[ledger.ID]handoff.Origin, error) {
	return nil, nil
}

func (l *unsentLedger) Standing(context.Context) (handoff.Standing, error) {
	return handoff.Standing{Own: 1, Reach: handoff.Reach{Sent: 40}, Exchanged: true}, nil
}

// TestTakeOutIsTakenBack: what was said of the last bundle goes away with what it
// was said of: new entries, another receiver, a passphrase, another stick.
func TestTakeOutIsTakenBack(t *testing.T) {
	change := map[string]func(b *handoffBench, l *unsentLedger){
		"an entry": func(b *handoffBench, l *unsentLedger) {
			l.unsent = 2
			b.sc.update(ledger.Figures{})
			b.mustSay("之后又有 2 条没有送出")
		},
		"a receiver":   func(b *handoffBench, _ *unsentLedger) { b.sc.export.peers.Objects[0].(*tick).set(false) },
		"a passphrase": func(b *handoffBench, _ *unsentLedger) { b.sc.export.setPassphrase(true) },
		"the scope":    func(b *handoffBench, _ *unsentLedger) { b.sc.export.scope.SetSelected(1); b.sc.export.ready() },
		"since when":   func(b *handoffBench, _ *unsentLedger) { b.sc.export.since.SetSelected(1); b.sc.export.ready() },
	}
	for name, do := range change {
		t.Run(name, func(t *testing.T) {
			b := newHandoffBench(t, look.Light)
			l := &unsentLedger{memLedger: b.ledger}
			b.session.Reader, b.session.Travels = l, l
			b.exporting()
			b.key(fyne.KeyReturn)
			b.mustSay("✓ 可以拔出")
			b.sc.update(ledger.Figures{}) // nothing new
			b.mustSay("✓ 可以拔出", "Enter 打印交接单")
			do(b, l)
			b.mustNotSay("✓ 可以拔出", "Enter 打印交接单")
			b.mustSay("上次导出：宁江区-临江街道-20261122-1705.tzb")
			b.sc.export.printSlip()
			if len(b.fake.slips) != 1 {
				t.Error("the slip of the last bundle cannot be printed any more")
			}
		})
	}
}
