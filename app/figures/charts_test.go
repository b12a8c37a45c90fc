package figures_test

import (
	"slices"
	"testing"
	"time"

	"taizhang/app/chart"
	"taizhang/app/figures"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

func charts(f ledger.Figures, marked map[string]string) figures.Charts {
	return figures.Charts{Figures: f, Now: f.AsOf, Words: figures.Words(func(int) string { return "more" }),
		Marked: func(key string) (string, bool) { delta, ok := marked[key]; return delta, ok }}
}

func known(n int64) ledger.Count { return ledger.Count{N: n, Known: true} }

// TestItems: each in the group of its channel, those of no known channel last, a channel
// without items in none.
func TestItems(t *testing.T) {
	f := ledger.Figures{Compared: true, Publicity: ledger.PublicityFigures{
		Channels: []ledger.ChannelFigure{{Channel: ledger.ChannelNews}, {Channel: ledger.ChannelOnline}, {Channel: ledger.ChannelCommunity}},
		Items: []ledger.ItemFigure{
			{ID: 7, Item: ledger.Item{Name: "遠方", Channel: 0}, Entries: 2, Sum: ledger.Sum{Value: 4}},
			{ID: 1, Item: ledger.Item{Name: "宣传单", Measure: "份", Channel: ledger.ChannelCommunity}, Entries: 3,
				Sum: ledger.Sum{Value: 350_000, Approx: true}, Before: ledger.Sum{Value: 9}, EntriesBefore: 1},
			{ID: 2, Item: ledger.Item{Name: "宣传车", Measure: "辆", Channel: ledger.ChannelCommunity}}}}}
	bars := charts(f, map[string]string{"item:1": "＋35"}).Items()
	if len(bars.Groups) != 2 {
		t.Fatalf("%d groups, want that of a channel and that of none", len(bars.Groups))
	}
	g := bars.Groups[0]
	if g.Key != "channel:3" || g.Role != chart.Series(2) || len(g.Rows) != 2 || g.Note != words.T("overview.entries", "n", 3) {
		t.Errorf("the group of the channel: %+v", g)
	}
	row := g.Rows[0]
	if row.Now != (chart.Amount{Value: 350_000, Known: true, About: true}) || row.Last != chart.Known(9) ||
		!row.Changed || row.Delta != "＋35" || row.Unit != "份" {
		t.Errorf("宣传单: %+v", row)
	}
	if row := g.Rows[1]; row.Now.Known || row.Changed {
		t.Errorf("an item that nobody reported: %+v", row)
	}
	if last := bars.Groups[1]; last.Name != words.T("unknown.channel") || last.Rows[0].Key != "item:7" {
		t.Errorf("without a channel: %+v", last)
	}
}

// TestDays: a day that nobody reported is a gap, and no zero.
func TestDays(t *testing.T) {
	today := ledger.Day(20_000)
	f := ledger.Figures{Today: today, Publicity: ledger.PublicityFigures{
		Days:       []ledger.DayFigure{{Day: today - 1}, {Day: today, Known: true, Entries: [3]int64{0, 5, 0}}},
		DaysBefore: []ledger.DayFigure{{Day: today - 3, Known: true, Entries: [3]int64{0, 2, 0}}}}}
	d := charts(f, nil).Days()
	if d.Today != 1 || len(d.Series) != len(ledger.Channels) {
		t.Fatalf("%+v", d)
	}
	online := d.Series[slices.Index(ledger.Channels[:], ledger.ChannelOnline)]
	if got := online.Days[0]; got.Now.Known || got.Last != chart.Known(2) {
		t.Errorf("a day without reports: %+v", got)
	}
	if got := online.Days[1]; got.Now != chart.Known(5) || got.Last.Known {
		t.Errorf("today: %+v", got)
	}
}

// TestSites: plans apart, and a site without a report says so instead of 0.
func TestSites(t *testing.T) {
	now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
	f := ledger.Figures{AsOf: now, Isolation: ledger.IsolationFigures{
		Plans: []ledger.PlanFigure{{Plan: ledger.PlanReady, Sites: 2}, {Plan: ledger.PlanStandby}},
		Sites: []ledger.SiteFigure{
			{ID: 4, Site: ledger.Site{Name: "党校", Plan: ledger.PlanReady}, Report: 9, At: now.Add(-30 * time.Hour),
				Rooms: known(39), Ready: known(30), Occupied: known(9), Cleaning: known(0), Unavailable: known(0)},
			{ID: 5, Site: ledger.Site{Name: "宾馆", Plan: ledger.PlanReady}}}}}
	s := charts(f, map[string]string{"site:4": ""}).Sites()
	if len(s.Groups) != 1 || s.Groups[0].Key != chart.KeyOf(figures.KeyPlan, int64(ledger.PlanReady)) {
		t.Fatalf("%+v", s.Groups)
	}
	old, none := s.Groups[0].Sites[0], s.Groups[0].Sites[1]
	if !old.Reported || !old.Stale || !old.Changed || old.Total != "30/39" || len(old.Rooms) != 4 || old.Rooms[1].Now != chart.Known(9) {
		t.Errorf("a report of yesterday: %+v", old)
	}
	if none.Reported || none.Changed || none.Total != "" || len(none.Rooms) != 0 {
		t.Errorf("a site that never reported: %+v", none)
	}
}

// TestStates: of open problems no more are overdue than are open.
func TestStates(t *testing.T) {
	f := ledger.Figures{Supervision: ledger.SupervisionFigures{Open: 2, Rectified: 3, Closed: 4, Overdue: 5}}
	s := charts(f, map[string]string{chart.KeyOf(figures.KeyState, int64(ledger.StateClosed)): "＋1"}).States()
	if len(s.Parts) != 3 || s.Parts[0].Now != chart.Known(2) || s.Parts[0].Marked.Now != chart.Known(2) || s.Parts[0].Changed {
		t.Errorf("%+v", s.Parts)
	}
	if closed := s.Parts[2]; !closed.Changed || closed.Delta != "＋1" || closed.Now != chart.Known(4) {
		t.Errorf("closed: %+v", closed)
	}
}
