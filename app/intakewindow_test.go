//go:build linux && x11

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/ui/xtest"
)

// publishedReport states the thirteen published counts of the sample district.
const publishedReport = `宁江区新冠肺炎疫情防控宣传工作情况

全区迅速掀起宣传热潮。在新闻宣传方面，播发电视稿件35条，刊发省市报刊61篇；在网络宣传方面，发布网络信息1157条，被新媒体刊载71条。在社会宣传方面，共制作宣传条幅3681幅，利用电子屏宣传304处，发放宣传单35万份，出动宣传车148辆，启用广播喇叭782个，张贴政府公告4158份，发放居家隔离观察告知书1万余份、居家医学观察告知书200份，设置小区提示板约700个。`

var publishedCounts = map[string]float64{
	"电视稿件": 35, "省市报刊": 61, "网络信息": 1157, "新媒体刊载": 71, "宣传条幅": 3681, "电子屏": 304, "宣传单": 350000, "宣传车": 148,
	"广播喇叭": 782, "政府公告": 4158, "居家隔离观察告知书": 10000, "居家医学观察告知书": 200, "小区提示板": 700,
}

// TestPastedReportIsRecordedByOneKey pastes the published paragraph from the real
// clipboard, confirms it with one keystroke and takes it back with another.
func TestPastedReportIsRecordedByOneKey(t *testing.T) {
	xtest.Need(t, "xclip")
	a := startWindow(t, func(a *atWindow) {
		a.command("init", "--district", "宁江区", "--unit", "区卫生健康局", "--desk", "值班一台")
	})
	a.settled("empty")
	a.Key("ctrl+shift+v") // with nothing to paste: the page, and the keyboard in its field
	a.settled("page")
	a.copied(publishedReport)
	a.Key("ctrl+shift+v")
	a.settled("pasted")
	a.Key("ctrl+Return")
	a.Until("thirteen entries are in the ledger", func() bool { return len(a.entries()) == len(publishedCounts) })
	for _, e := range a.entries() {
		if want := publishedCounts[e["item"].(string)]; e["quantity"] != want || e["unit"] != "宁江区" {
			t.Errorf("%v says %v at %v, want %v", e["item"], e["quantity"], e["unit"], want)
		}
	}
	a.Key("ctrl+1")
	a.settled("confirmed")
	a.Key("ctrl+z")
	a.Until("the batch is taken back", func() bool { return len(a.entries()) == 0 })
	a.close()
}

// TestDroppedFileIsRead lets a file fall onto the real window, as a file manager does. Its
// name has what an address must escape.
func TestDroppedFileIsRead(t *testing.T) {
	a := startWindow(t, func(a *atWindow) {
		a.command("init", "--district", "宁江区", "--unit", "区卫生健康局", "--desk", "值班一台")
	})
	a.settled("empty")
	file := filepath.Join(a.Home, "日报 100%.txt")
	if err := os.WriteFile(file, []byte(publishedReport), 0o600); err != nil {
		t.Fatal(err)
	}
	a.window.Drop(file)
	a.settled("dropped")
	a.Key("ctrl+Return")
	a.Until("thirteen entries are in the ledger", func() bool { return len(a.entries()) == len(publishedCounts) })
	a.close()
}

// copied puts text on the display's clipboard. xclip stays to answer for it.
func (a *atWindow) copied(text string) {
	a.t.Helper()
	clip := exec.Command("xclip", "-selection", "clipboard")
	clip.Env, clip.Stdin = a.Env(), strings.NewReader(text)
	if err := clip.Run(); err != nil {
		a.t.Fatal(err)
	}
	a.Until("the clipboard has the text", func() bool { return a.Output("xclip", "-selection", "clipboard", "-o") == text })
}
