package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"taizhang/app/handoff"
	"taizhang/app/handoff/drives"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

const stickPath = "/media/clerk/STICK"

// handoffBench is the handoff place over a fake exchange with one stick.
type handoffBench struct {
	*bench
	fake  *fakeHandoff
	watch *stickWatch
	sc    *handoffScreen
}

func newHandoffBench(t *testing.T, v look.Variant) *handoffBench {
	t.Helper()
	b := &handoffBench{bench: newBench(t, v), fake: &fakeHandoff{found: map[string][]handoff.Found{}, taken: map[string][]handoff.Taken{}}}
	b.session.Handoff = b.fake
	b.watch = newStickWatch(b.session)
	return b
}

// show puts the place on the screen after the sticks were looked at.
func (b *handoffBench) show() {
	b.watch.start()
	b.sc = newHandoffScreen(b.session, b.watch)
	b.put(b.sc, 1278, 712)
	b.sc.focus()
}

// plugIn puts a stick with a new bundle, an old one, three that cannot be
// merged, and a receipt into the PC.
func (b *handoffBench) plugIn() {
	today := ledger.DayOf(testNow)
	manifest := &handoff.Manifest{Sender: townCard, Created: testNow.Add(-25 * time.Minute), First: today - 2, Last: today, Revisions: 132}
	at := func(name string) string { return stickPath + "/" + name }
	b.fake.drives = []drives.Drive{{Path: stickPath, Label: "STICK", Removable: true, Free: 14_200_000_000, Size: 16_000_000_000, FileSystem: "vfat"}}
	b.fake.found[stickPath] = []handoff.Found{
		{Path: at("宁江区-哈达山镇-20261122-1500.tzb"), Size: 9_000, Bundle: true, Err: ledger.Refuse(ledger.CodeBundleNotForUs, "path", at("宁江区-哈达山镇-20261122-1500.tzb"))},
		{Path: at("宁江区-临江街道-20261115-1640.tzb"), Size: 31_000, Bundle: true, Merged: true, Manifest: &handoff.Manifest{Sender: townCard,
			Created: testNow.Add(-7 * 24 * time.Hour), First: today - 9, Last: today - 7, Revisions: 85}},
		{Path: at("宁江区-临江街道-20261122-1640.tzb"), Size: 48_213, Bundle: true, Manifest: manifest},
		{Path: at("宁江区-文化街道-20261122-1600.tzb"), Size: 2_000, Bundle: true, Err: ledger.Refuse(ledger.CodePassphraseNeeded, "path", "x")},
		{Path: at("宁江区-20261120-0900.tzb.tzr"), Size: 1_100, Receipt: &handoff.Receipt{File: "宁江区-20261120-0900.tzb", From: townCard, At: testNow.Add(-30 * time.Hour), Merged: true}},
	}
	b.fake.taken[stickPath] = []handoff.Taken{{Path: at("宁江区-20261120-0900.tzb.tzr"), News: true}}
}

// bundlePlan is what the new bundle brings: three lines of a desk never met.
func (b *handoffBench) bundlePlan() *handoff.Plan {
	today := ledger.DayOf(testNow)
	unit, item := ledger.MakeID(7, 2), ledger.MakeID(7, 3)
	line := func(seq int64, op ledger.Op, r ledger.Record) handoff.PlanLine {
		id := ledger.MakeID(7, seq)
		return handoff.PlanLine{Revision: ledger.Revision{ID: id, Record: id, Op: op, Fields: r, Author: "李四", Clock: ledger.NextClock(0, testNow)},
			Text: "8034e5b5-" + string(rune('0'+seq)), Desk: townCard.Name}
	}
	lines := []handoff.PlanLine{line(2, ledger.OpCreate, &ledger.Unit{Name: "临江街道"}),
		line(4, ledger.OpCreate, &ledger.Publicity{Unit: unit, Item: item, Day: today, Quantity: ledger.Quantity{Value: 120}}),
		line(5, ledger.OpCreate, &ledger.Publicity{Unit: unit, Item: item, Day: today - 1, Quantity: ledger.Quantity{Value: 12000, Wan: true, Approx: ledger.Over}, Note: "各小区发放"})}
	lines[2].Clash = true
	return &handoff.Plan{File: "宁江区-临江街道-20261122-1640.tzb", Sender: townCard, Created: testNow.Add(-25 * time.Minute), First: today - 2, Last: today,
		Carried: 5, New: 3, Here: 2, Clashing: 1, Unknown: []handoff.Card{townCard}, Lines: lines,
		Names:  map[ledger.ID]string{unit: "临江街道", item: "宣传条幅"},
		Chains: []handoff.PlanChain{{Name: townCard.Name, Unit: townCard.Unit, First: 1, Last: 5, New: 3}}}
}

func (b *handoffBench) preview() {
	b.plugIn()
	b.fake.plan = b.bundlePlan()
	b.show()
	b.key(fyne.KeyReturn) // the new bundle's button has the keyboard
}

func (b *handoffBench) mustNotSay(parts ...string) {
	b.t.Helper()
	for _, p := range parts {
		if all := b.texts(); strings.Contains(all, p) {
			b.t.Errorf("%q is on the screen:\n%s", p, all)
		}
	}
}

func (b *handoffBench) picture(name string) {
	b.t.Helper()
	test.AssertImageMatches(b.t, name+".png", b.window.Canvas().Capture())
}

func TestPicturesOfHandoff(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.show()
	b.picture("handoff-empty")

	b = newHandoffBench(t, look.Light)
	b.preview()
	b.picture("handoff-preview")
	b.sc.leavePage()
	b.picture("handoff-stick")

	b = newHandoffBench(t, look.Dark)
	b.exporting()
	b.key(fyne.KeyReturn)
	b.picture("handoff-exported")

	b = newHandoffBench(t, look.Light)
	b.carried()
	b.show()
	b.sc.showView(viewCarried)
	b.picture("handoff-log")
}

func TestStickIsListedUnasked(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	noticed := 0
	b.watch.noticed = func(_ *stick, bundles, receipts int) { noticed += bundles*10 + receipts }
	b.show()
	b.mustSay("请插入 U盘")
	b.plugIn()
	b.fake.notify(b.fake.drives)
	b.mustSay("STICK", "新到", "宁江区/临江街道 · 临江街道值班台", "132 条修订", "已并入", "不是给本工位的", "要口令", "已送达")
	if noticed != 11 {
		t.Errorf("noticed %d, want one bundle and one receipt", noticed)
	}
	b.fake.notify(b.fake.drives) // some other file changed
	if noticed != 12 {
		t.Errorf("the same bundle is called new twice: %d", noticed)
	}
	b.fake.notify(nil)
	b.mustSay("请插入 U盘")
}

// TestUnknownDeskIsAskedAbout: nothing can be merged before its box is ticked.
func TestUnknownDeskIsAskedAbout(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.preview()
	print := townCard.Fingerprint()
	b.mustSay("第一次收到", print, "还有 1 个工位没有核对指纹")
	if line := strings.Join(b.sc.page.lines.table.RowTexts(1), " | "); !strings.Contains(line, "临江街道 · 2026-11-22 · 宣传条幅") {
		t.Errorf("the second line says %s", line)
	}
	b.sc.page.run()
	if len(b.fake.merges) != 0 || !b.sc.page.merge.Disabled() {
		t.Fatal("merged without the question being answered")
	}
	b.typed(" ") // the box has the keyboard, then the button
	b.key(fyne.KeyReturn)
	if len(b.fake.merges) != 1 || len(b.fake.merges[0].Accept) != 1 || b.fake.merges[0].Accept[0] != print {
		t.Fatalf("merged %+v", b.fake.merges)
	}
	b.mustSay("✓ 已并入", "回执已留在交接包旁", "新增 3")
	b.key(fyne.KeyReturn)
	if b.sc.page != nil {
		t.Error("the page stays after 完成")
	}
}

func TestMergeRefusedIsSaidInPlace(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.preview()
	b.typed(" ")
	b.fake.err = ledger.Refuse(ledger.CodeStickGone, "path", stickPath)
	b.key(fyne.KeyReturn)
	b.mustSay(words.Sentence(b.fake.err))
	b.mustNotSay("✓ 已并入")
	if b.sc.page.merge == nil || b.sc.page.merge.Disabled() {
		t.Error("it cannot be tried again")
	}
}

// TestStoppedMergeSaysSo stops the work from within, as the button does.
func TestStoppedMergeSaysSo(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.preview()
	b.typed(" ")
	b.fake.busy = func(ctx context.Context) error {
		b.sc.page.work.abort()
		return ctx.Err()
	}
	b.key(fyne.KeyReturn)
	b.mustSay("已停止，什么也没有并入。")
	if b.sc.page.outcome != nil || b.sc.page.work.busy() {
		t.Error("a stopped merge counts as done, or goes on")
	}
}

func TestUndoOfAMerge(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.preview()
	b.typed(" ")
	b.key(fyne.KeyReturn)
	askUndo(b.sc, b.sc.page.undo)
	b.mustSay("台账回到并入之前")
	b.key(fyne.KeyReturn)
	if b.fake.undone != 1 {
		t.Fatal("nothing was taken back")
	}
	b.mustSay("已撤销，台账回到并入之前。")
}

func TestPassphraseIsAsked(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.plugIn()
	b.fake.err = ledger.Refuse(ledger.CodePassphraseNeeded, "path", "x")
	b.show()
	b.sc.preview(stickPath+"/x.tzb", "")
	b.mustSay(words.Sentence(b.fake.err))
	b.key(fyne.KeyReturn)
	if !b.sheetOpen() {
		t.Fatal("nobody asks for the passphrase")
	}
	b.typed("green hills and evening sun")
	b.fake.err, b.fake.plan = nil, b.bundlePlan()
	b.key(fyne.KeyReturn)
	if b.sc.page == nil || b.sc.page.passphrase != "green hills and evening sun" || b.sc.page.plan == nil {
		t.Fatal("the bundle is not open with the passphrase typed")
	}
}

// exporting is the form with a receiver that can be ticked and a stick.
func (b *handoffBench) exporting() {
	b.plugIn()
	b.fake.peers = []handoff.Peer{{Card: townCard, Accepted: true, Heard: testNow.Add(-time.Hour)},
		{Card: testCard(3, "旧台", "宁江区/旧街道"), Accepted: false}}
	b.show()
	b.sc.showView(viewExport)
	b.sc.focus()
	b.typed(" ") // the first receiver
	b.sc.focus() // the button
}

func TestExportSaysWhenTheStickCanBeTakenOut(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.exporting()
	b.mustNotSay("可以拔出", "旧台")
	b.fake.busy = func(context.Context) error {
		b.mustNotSay("✓ 可以拔出")
		return nil
	}
	b.key(fyne.KeyReturn)
	if len(b.fake.exports) != 1 || len(b.fake.exports[0].To) != 1 || b.fake.exports[0].Path != stickPath || b.fake.exports[0].SinceStart {
		t.Fatalf("exported %+v", b.fake.exports)
	}
	b.mustSay("✓ 可以拔出", "宁江区-临江街道-20261122-1705.tzb", "新增 131，更正 4，作废 1", "哈达山镇值班台")
	if got := b.session.Settings.Get().Receivers; len(got) != 1 || got[0] != townCard.Fingerprint() {
		t.Errorf("receivers remembered: %v", got)
	}
	b.sc.export.printSlip()
	if len(b.fake.slips) != 1 {
		t.Fatal("no slip was written")
	}
	b.mustSay("slip.html")
}

func TestFailedExportNeverSaysTakeOut(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		busy bool
		want string
	}{
		"full":    {err: ledger.Refuse(ledger.CodeStickUnsound, "path", stickPath), want: "读回来不一样"},
		"stopped": {busy: true, want: "已停止，U盘上没有留下文件。"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newHandoffBench(t, look.Light)
			b.exporting()
			b.fake.err = c.err
			if c.busy {
				b.fake.busy = func(ctx context.Context) error { b.sc.export.work.abort(); return ctx.Err() }
			}
			b.key(fyne.KeyReturn)
			b.mustSay(c.want)
			b.mustNotSay("✓ 可以拔出")
		})
	}
}

func TestWeakPassphraseCannotBeUsed(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.plugIn()
	b.show()
	v := b.sc.export
	b.sc.showView(viewExport)
	v.setPassphrase(true)
	v.secret.SetText("123456")
	b.mustSay("这个口令容易被猜到", "还差：够强的口令")
	if !v.write.Disabled() {
		t.Error("a weak passphrase can be used")
	}
	v.secret.SetText("青山绿水看夕阳红叶秋")
	b.mustSay("够强")
	v.run()
	if len(b.fake.exports) != 1 || b.fake.exports[0].Passphrase != "青山绿水看夕阳红叶秋" || len(b.fake.exports[0].To) != 0 {
		t.Errorf("exported %+v", b.fake.exports)
	}
}

// carried is a log with every state in it.
func (b *handoffBench) carried() {
	b.fake.clash = 2
	at := func(hours int) time.Time { return testNow.Add(-time.Duration(hours) * time.Hour) }
	b.fake.merged = []handoff.Merged{
		{Number: 1, File: "宁江区-临江街道-20261120-1640.tzb", Sender: townCard, Created: at(50), At: at(48), Carried: 40, New: 40, Undone: at(47)},
		{Number: 2, File: "宁江区-临江街道-20261122-1640.tzb", Sender: townCard, Created: at(2), At: at(1), Carried: 136, New: 131, Corrected: 4, Voided: 1, Clashing: 2}}
	to := func(d handoff.Delivery) []handoff.Delivery {
		d.Name, d.Fingerprint = townCard.Name, townCard.Fingerprint()
		return []handoff.Delivery{d}
	}
	b.fake.sent = []handoff.Sent{
		{Number: 1, File: "宁江区-20261119-0900.tzb", Size: 12_000, At: at(80), Revisions: 31, To: to(handoff.Delivery{Delivered: at(70)})},
		{Number: 2, File: "宁江区-20261121-0900.tzb", Size: 9_000, At: at(32), Revisions: 12, To: to(handoff.Delivery{Delivered: at(20), Code: ledger.CodeDeskUnknown})},
		{Number: 3, File: "宁江区-20261122-1700.tzb", Size: 4_000, At: at(0), Revisions: 5, To: []handoff.Delivery{{}}}}
}

func TestLogIsNewestFirst(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.carried()
	b.show()
	b.sc.showView(viewCarried)
	var states []string
	for i := range b.sc.carried.rows {
		word, _ := b.sc.carried.rows[i].state()
		states = append(states, strings.Fields(word)[1])
	}
	if got, want := strings.Join(states, " "), "已送出 已并入 被拒 已撤销 已送达"; got != want {
		t.Errorf("states are %s, want %s", got, want)
	}
	b.sc.carried.say(2)
	b.mustSay("临江街道值班台 未并入")
	if !b.sc.carried.undo.Hidden {
		t.Error("what went out can be taken back")
	}
	b.sc.carried.say(1)
	if b.sc.carried.undo.Hidden {
		t.Error("the newest merge cannot be taken back")
	}
	if b.sc.clash.Hidden {
		t.Error("nothing leads to the clashes")
	}
}

func TestFoldersAreWatchedAndRemembered(t *testing.T) {
	b := newHandoffBench(t, look.Light)
	b.show()
	b.watch.addFolder("/srv/share")
	b.watch.addFolder("/srv/share")
	if got := b.fake.folders; len(got) != 1 || got[0] != "/srv/share" || !b.watch.ownFolder("/srv/share") {
		t.Errorf("watched folders: %v", got)
	}
	b.watch.dropFolder("/srv/share")
	if len(b.fake.folders) != 0 {
		t.Errorf("still watched: %v", b.fake.folders)
	}
}

// TestHandoffKeysAndLanguages: digits change the view from anywhere, and every
// view can be built in every language.
func TestHandoffKeysAndLanguages(t *testing.T) {
	t.Cleanup(func() { words.Use(words.Simplified) })
	for _, l := range words.Languages {
		b := newHandoffBench(t, look.Light)
		words.Use(l)
		b.fake.plan = b.bundlePlan()
		b.exporting()
		for view, r := range "1234" {
			b.typed(string(r))
			if b.sc.view != view {
				t.Errorf("%s: %c shows view %d", l, r, b.sc.view)
			}
			if all := b.texts(); strings.Contains(all, "⟨") {
				t.Errorf("%s: a text is missing:\n%s", l, all)
			}
		}
	}
}

// TestNoticeLeadsToThePlace: a stick is noticed from wherever the person is.
func TestNoticeLeadsToThePlace(t *testing.T) {
	b := newShellBench(t, look.Light)
	b.sample()
	d := b.show()
	d.tellOfStick(&stick{Drive: drives.Drive{Label: "STICK"}}, 1, 0)
	if !b.shell.notices.shown() {
		t.Fatal("nobody says that a stick has come")
	}
	d.goTo(PlaceHandoff)
	if b.shell.notices.shown() {
		t.Error("the notice stays where the stick is shown")
	}
	d.tellOfStick(&stick{Drive: drives.Drive{Label: "STICK"}}, 1, 0)
	if b.shell.notices.shown() {
		t.Error("the notice covers what it speaks of")
	}
}
