package wall_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/chart"
	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	"taizhang/app/words"
)

func frame(f *typeface, w, h float64) chart.Frame {
	return chart.Frame{W: w, H: h, Measure: f.measure}
}

// said is every text of a page, one a line.
func said(pic chart.Picture) string {
	var b strings.Builder
	for _, s := range pic.Shapes {
		if s.Kind == chart.KindText {
			b.WriteString(s.Text + "\n")
		}
	}
	return b.String()
}

// must are what each page of the sample says on every display.
var must = map[wall.Page][]string{
	wall.PageSituation: {"态势", "宁江区指挥部", "17:05", "截至 17:05 · 18/23 单位已报", "今日报送", "18", "/23", "今日宣传", "可用房间", "41", "/52",
		"现有病例", "3", "未销号问题", "12", "超期问题", "2", "预警", "6", "紧急 2 条", "未报 5 个单位", "▼ 比昨日少 5", "与昨日持平", "▲ 比昨日多 1"},
	wall.PagePublicity: {"宣传", "本月宣传记录", "新闻宣传", "网络宣传", "社会宣传", "宣传单", "网络信息", "按单位", "近 30 日"},
	wall.PageIsolation: {"隔离", "第一方案可用房间", "41", "/52", "四姑娘山镇卫生院", "美兴镇卫生院", "县委党校", "同心宾馆", "未报", "第二方案",
		"5/6", "5/7", "31/39", "8 小时前", "7 小时前", "现有病例", "3", "在预警线内", "可用", "在住", "消毒", "不可用", "预警线 5 例（52 间的 10%）"},
	wall.PageSupervision: {"督导", "未销号问题", "12", "超期", "待整改", "已整改", "已销号", "销号率", "14", "%", "检查覆盖", "21", "/23",
		"文化街道", "棋牌室未按要求暂停营业", "超期 4 天", "2 个单位未检查"},
	wall.PageAlerts: {"预警", "6", "条", "紧急", "注意", "文化街道：“棋牌室未按要求暂停营业”已超期 4 天"},
}

func TestPagesSayWhatTheyMust(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[1].View
	for _, d := range displays {
		for p, list := range must {
			text := said(wall.Layout(p, v, frame(f, d[0], d[1])))
			lines := strings.Split(text, "\n")
			for _, want := range list {
				if !slices.Contains(lines, want) && !strings.Contains(strings.ReplaceAll(text, "\n", ""), want) {
					t.Errorf("%vx%v %s does not say %q", d[0], d[1], p, want)
				}
			}
		}
	}
}

// TestUnknownIsNever0: a page of a ledger that holds nothing has no 0 but in counts of
// what it does know.
func TestUnknownIsNever0(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[0].View
	for _, p := range wall.Pages {
		text := said(wall.Layout(p, v, frame(f, 1920, 1080)))
		for _, line := range strings.Split(text, "\n") {
			if line == "0" && p != wall.PageSituation || strings.HasPrefix(line, "0/") {
				t.Errorf("%s says %q:\n%s", p, line, text)
			}
		}
	}
	text := said(wall.Layout(wall.PageSituation, v, frame(f, 1920, 1080)))
	if n := strings.Count("\n"+text, "\n未报\n"); n < 4 {
		t.Errorf("an empty ledger says 未报 %d times:\n%s", n, text)
	}
}

func TestNoAlertSaysWhenItWasLookedFor(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[1].View
	v.Figures.Alerts = nil
	text := said(wall.Layout(wall.PageAlerts, v, frame(f, 1920, 1080)))
	if !strings.Contains(text, "无预警\n17:05 查过\n") {
		t.Errorf("without alerts:\n%s", text)
	}
}

// TestStaleFiguresAreGreyWithTheirAge: after the next cut-off the figures are quiet
// and say how old they are, and the trouble says since when.
func TestStaleFiguresAreGreyWithTheirAge(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[3].View
	pic := wall.Layout(wall.PageSituation, v, frame(f, 1920, 1080))
	text := said(pic)
	for _, want := range []string{"！2 天前", "！截至 11-22 17:05 · 18/23 单位已报", "！最早一份是 3 天前", "读不到台账文件（自 17:06）", "2026-11-24 星期二"} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	for _, s := range pic.Shapes {
		if s.Kind == chart.KindText && s.Size > 100 && s.Role != chart.RoleQuiet {
			t.Errorf("%q is as loud as if it were live", s.Text)
		}
	}
	v.Now = trial.Now.Add(23 * time.Hour) // the last cut-off was before the figures
	v.Trouble = ""
	if text := said(wall.Layout(wall.PageSituation, v, frame(f, 1920, 1080))); strings.Contains(text, "！截至") {
		t.Errorf("figures of after the last cut-off are called old:\n%s", text)
	}
}

// TestAnOldReportGreysTheReserveOnly.
func TestAnOldReportGreysTheReserveOnly(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[3].View
	v.Now, v.Trouble = trial.Now, ""
	for _, s := range wall.Layout(wall.PageSituation, v, frame(f, 1920, 1080)).Shapes {
		if s.Kind == chart.KindText && s.Bold && s.Size > 100 && (s.Role == chart.RoleQuiet) != (s.Text == "41" || s.Text == "/23") {
			t.Errorf("%q has role %d", s.Text, s.Role)
		}
	}
}

// TestNothingMovesWhenSomethingChanges lays a page out with and without marks: every
// text that is on both stands where it stood.
func TestNothingMovesWhenSomethingChanges(t *testing.T) {
	in(t, words.Simplified)
	f := newTypeface(t)
	v := trial.Cases()[2].View
	calm := v
	calm.Changes = nil
	for _, d := range displays {
		for _, p := range wall.Pages {
			places := map[string]bool{}
			for _, s := range wall.Layout(p, v, frame(f, d[0], d[1])).Shapes {
				places[fmt.Sprint(s.Text, s.X, s.Y, s.Size)] = true
			}
			for _, s := range wall.Layout(p, calm, frame(f, d[0], d[1])).Shapes {
				if s.Kind == chart.KindText && !places[fmt.Sprint(s.Text, s.X, s.Y, s.Size)] {
					t.Errorf("%vx%v %s: %q moves when something changes", d[0], d[1], p, s.Text)
				}
			}
		}
	}
}

func TestHasSomething(t *testing.T) {
	for _, c := range []struct {
		f    ledger.Figures
		want []wall.Page
	}{{trial.Empty(), []wall.Page{wall.PageSituation, wall.PageAlerts}}, {trial.Sample(), wall.Pages}} {
		var got []wall.Page
		for _, p := range wall.Pages {
			if wall.HasSomething(p, c.f) {
				got = append(got, p)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("pages with something are %v, want %v", got, c.want)
		}
	}
	only := trial.Empty()
	only.Isolation.Cases = ledger.Stated(0)
	if !wall.HasSomething(wall.PageIsolation, only) {
		t.Error("a stated 0 of cases is nothing to say")
	}
}
