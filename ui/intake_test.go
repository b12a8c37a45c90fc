package ui

import (
	"slices"
	"strings"
	"testing"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// publishedReport states the thirteen published counts of the sample district as an
// office would write them.
const publishedReport = `宁江区新冠肺炎疫情防控宣传工作情况

全区迅速掀起宣传热潮。在新闻宣传方面，播发电视稿件35条，刊发省市报刊61篇；在网络宣传方面，发布网络信息1157条，被新媒体刊载71条。在社会宣传方面，共制作宣传条幅3681幅，利用电子屏宣传304处，发放宣传单35万份，出动宣传车148辆，启用广播喇叭782个，张贴政府公告4158份，发放居家隔离观察告知书1万余份、居家医学观察告知书200份，设置小区提示板约700个。`

// publishedCounts are the same figures as the ledger states them.
var publishedCounts = map[string]string{
	"电视稿件": "35", "省市报刊": "61", "网络信息": "1,157", "新媒体刊载": "71", "宣传条幅": "3,681", "电子屏": "304", "宣传单": "35万",
	"宣传车": "148", "广播喇叭": "782", "政府公告": "4,158", "居家隔离观察告知书": "1万余", "居家医学观察告知书": "200", "小区提示板": "约700",
}

// intakeBench is the intake page in a window.
type intakeBench struct {
	*pubBench
	page *intakeScreen
	left int // how often the page was left
	undo func()
}

func newIntakeBench(t *testing.T, v look.Variant) *intakeBench {
	t.Helper()
	b := &intakeBench{pubBench: newPubBench(t, v)}
	b.session.OpenReport, b.session.PasteReport = func() {}, func() {}
	b.session.Notify = func(s string, undo func()) { b.notices, b.undo = append(b.notices, s), undo }
	b.page = newIntakeScreen(b.session, func() { b.left++ })
	b.put(b.page, 1278, 711)
	return b
}

// paste takes a text onto the page.
func (b *intakeBench) paste(text string) { b.page.accept(report{text: text}) }

// confirm presses Ctrl+Enter.
func (b *intakeBench) confirm() { b.page.confirm() }

func (b *intakeBench) entries() []ledger.Row[ledger.Publicity] {
	return rowsOf[ledger.Publicity](b.ledger, false)
}

// counts are what the ledger holds, by the names of items.
func (b *intakeBench) counts() map[string]string {
	out := map[string]string{}
	for _, e := range b.entries() {
		out[b.page.dir.itemName(e.Value.Item)] = e.Value.Quantity.String()
	}
	return out
}

func (b *intakeBench) row(item string) int {
	b.t.Helper()
	at := slices.IndexFunc(b.page.rows, func(p *proposal) bool { return p.title(b.page.dir) == item })
	if at < 0 {
		b.t.Fatalf("no row says %s", item)
	}
	return at
}

func TestThirteenPublishedCountsTakeOneConfirm(t *testing.T) {
	b := newIntakeBench(t, look.Light)
	b.paste(publishedReport)
	b.page.unit.set(b.page.dir.chosenUnit(b.units["宁江区"]))
	if n := b.page.toTake(); n != len(publishedCounts) || len(b.page.rows) != n {
		t.Fatalf("%d of %d rows are taken, want %d", n, len(b.page.rows), len(publishedCounts))
	}
	b.confirm()
	got := b.counts()
	for item, want := range publishedCounts {
		if got[item] != want {
			t.Errorf("%s is %q, want %q", item, got[item], want)
		}
	}
	if len(got) != len(publishedCounts) {
		t.Errorf("the ledger holds %v", got)
	}
	if last := b.notices[len(b.notices)-1]; !strings.Contains(last, "13 条（一批）") {
		t.Errorf("the notice says %q", last)
	}
	b.undo()
	if n := len(b.entries()); n != 0 {
		t.Errorf("%d entries stand after the batch was taken back", n)
	}
	if n := b.page.toTake(); n != len(publishedCounts) {
		t.Errorf("%d rows are offered again, want all", n)
	}
}
