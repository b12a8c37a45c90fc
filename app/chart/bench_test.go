package chart

import (
	"fmt"
	"testing"
)

func BenchmarkLayoutFourCharts(b *testing.B) {
	bars := Bars{Words: testWords}
	for g := range 3 {
		group := BarGroup{Name: "社会宣传", Role: Series(g)}
		for i := range 5 {
			group.Rows = append(group.Rows, Bar{Key: "k", Name: "居家隔离观察告知书", Now: Known(float64(i * 731)), Last: Known(900), Unit: "份"})
		}
		bars.Groups = append(bars.Groups, group)
	}
	days := Days{Today: 29, Words: testWords}
	for i := range 30 {
		days.Labels = append(days.Labels, fmt.Sprintf("11-%02d", i+1))
	}
	for s := range 3 {
		series := DaySeries{Name: "社会宣传", Role: Series(s)}
		for i := range 30 {
			series.Days = append(series.Days, Day{Key: "k", Now: Known(float64(i)), Last: Known(9)})
		}
		days.Series = append(days.Series, series)
	}
	rooms := []Rooms{{Now: Known(32)}, {Now: Known(3)}, {Now: Known(1)}}
	sites := Sites{Words: testWords, States: []SiteState{{"可用", RoleGood}, {"在住", RoleStructure}, {"消毒", RoleWarn}},
		Groups: []SiteGroup{{Name: "第一方案", Sites: []Site{{Name: "a", Reported: true, Rooms: rooms}, {Name: "b"}}}}}
	states := States{Words: testWords, Parts: []State{{Name: "待整改", Now: Known(5)}, {Name: "已销号", Now: Known(18)}}}
	f := frame(560, 300, 14)
	b.ReportAllocs()
	for b.Loop() {
		for _, l := range []layouter{bars, days, sites, states} {
			l.Layout(f)
		}
	}
}
