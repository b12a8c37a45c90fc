package ui

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"path/filepath"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/handoff/drives"
	"taizhang/app/ledger"
)

// fakeHandoff answers as an exchange would, with whatever a test has put in.
type fakeHandoff struct {
	drives []drives.Drive
	found  map[string][]handoff.Found
	taken  map[string][]handoff.Taken
	plan   *handoff.Plan
	err    error // of the next Preview, Merge or Export
	peers  []handoff.Peer
	merged []handoff.Merged
	sent   []handoff.Sent
	clash  int64

	notify    func([]drives.Drive)
	merges    []handoff.Merge
	exports   []handoff.Export
	folders   []string
	paired    []handoff.Card
	unpaired  int
	undone    int
	withdrawn []string
	slips     []string
	busy      func(ctx context.Context) error // what Merge and Export wait for
}

func testKey(n byte) ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(bytes.Repeat([]byte{n}, ed25519.SeedSize)).Public().(ed25519.PublicKey)
}

func testCard(n byte, name, unit string) handoff.Card {
	return handoff.Card{Name: name, Unit: unit, Key: testKey(n), Recipient: "age1…"}
}

var (
	districtCard = testCard(1, "区指挥部", "宁江区")
	townCard     = testCard(2, "临江街道值班台", "宁江区/临江街道")
)

func (f *fakeHandoff) Watch(_ context.Context, folders []string, changed func([]drives.Drive)) {
	f.folders, f.notify = folders, changed
	changed(f.drives)
}

func (f *fakeHandoff) Look(_ context.Context, folder string) ([]handoff.Found, error) {
	return f.found[folder], nil
}

func (f *fakeHandoff) Receipts(_ context.Context, folder string) ([]handoff.Taken, error) {
	return f.taken[folder], nil
}

func (f *fakeHandoff) Preview(context.Context, string, string, func(done, total int64)) (*handoff.Plan, error) {
	return f.plan, f.err
}

func (f *fakeHandoff) Merge(ctx context.Context, m handoff.Merge) (*handoff.Outcome, error) {
	f.merges = append(f.merges, m)
	if f.busy != nil {
		if err := f.busy(ctx); err != nil {
			return nil, err
		}
	}
	if f.err != nil {
		return nil, f.err
	}
	f.merged = append(f.merged, handoff.Merged{Number: int64(len(f.merged) + 1), File: filepath.Base(m.Path), Sender: townCard,
		Created: testNow.Add(-time.Hour), At: testNow, Carried: f.plan.Carried, New: f.plan.New})
	return &handoff.Outcome{Plan: f.plan, Receipt: m.Path + ".tzr"}, nil
}

func (f *fakeHandoff) UndoMerge(context.Context) (handoff.Merged, error) {
	f.undone++
	last := &f.merged[len(f.merged)-1]
	last.Undone = testNow
	return *last, nil
}

func (f *fakeHandoff) WithdrawReceipt(_ context.Context, path string) error {
	f.withdrawn = append(f.withdrawn, path)
	return nil
}

func (f *fakeHandoff) MergeLog(context.Context) ([]handoff.Merged, error) { return f.merged, nil }
func (f *fakeHandoff) SentLog(context.Context) ([]handoff.Sent, error)    { return f.sent, nil }
func (f *fakeHandoff) ClashCount(context.Context) (int64, error)          { return f.clash, nil }

func (f *fakeHandoff) Export(ctx context.Context, e handoff.Export) (*handoff.Exported, error) {
	f.exports = append(f.exports, e)
	if f.busy != nil {
		if err := f.busy(ctx); err != nil {
			return nil, err
		}
	}
	if f.err != nil {
		return nil, f.err
	}
	today := ledger.DayOf(testNow)
	f.sent = append(f.sent, handoff.Sent{At: testNow})
	return &handoff.Exported{Paths: []string{filepath.Join(e.Path, "宁江区-临江街道-20261122-1705.tzb")}, Size: 48_213, New: 131, Corrected: 4, Voided: 1,
		LeftOut:  []string{"哈达山镇值班台"},
		Manifest: handoff.Manifest{Sender: districtCard, Created: testNow, First: today - 21, Last: today, Revisions: 136}}, nil
}

func (f *fakeHandoff) Slip(_ context.Context, _ *handoff.Exported, _ []handoff.Peer, folder string) (string, error) {
	path := filepath.Join(folder, "slip.html")
	f.slips = append(f.slips, path)
	return path, nil
}

func (f *fakeHandoff) Card(context.Context) (handoff.Card, error) { return districtCard, nil }

func (f *fakeHandoff) SaveCard(_ context.Context, folder string) (string, error) {
	return filepath.Join(folder, "card.txt"), nil
}

func (f *fakeHandoff) Peers(context.Context) ([]handoff.Peer, error) { return f.peers, nil }

func (f *fakeHandoff) Pair(_ context.Context, c handoff.Card, name string, scope handoff.Scope) error {
	f.paired = append(f.paired, c)
	f.peers = append(f.peers, handoff.Peer{Card: c, OwnName: name, Scope: scope, Accepted: true, Since: testNow})
	return nil
}

func (f *fakeHandoff) Unpair(context.Context, ed25519.PublicKey) error {
	f.unpaired++
	return nil
}
