package main

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/sample"
	"taizhang/data"
)

// publishedTotals are the totals of the sources; true marks an approximate one.
var publishedTotals = map[string]struct {
	total  int64
	approx bool
}{
	"电视稿件": {35, false}, "省市报刊": {61, false}, "网络信息": {1157, false}, "新媒体刊载": {71, false},
	"宣传条幅": {3681, false}, "电子屏": {304, false}, "宣传单": {350000, false}, "宣传车": {148, false},
	"广播喇叭": {782, false}, "政府公告": {4158, false}, "居家隔离观察告知书": {10000, true},
	"居家医学观察告知书": {200, false}, "小区提示板": {700, true},
}

func writtenSample(t *testing.T, now time.Time) *data.Store {
	t.Helper()
	ctx, dir := context.Background(), t.TempDir()
	clock := sample.NewClock(now)
	s, err := data.Create(ctx, filepath.Join(dir, "s.db"), data.Options{Home: dir, Now: clock.Now},
		data.Office{District: sample.District, Desk: sample.Desk})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := sample.Write(ctx, s, clock, now); err != nil {
		t.Fatal(err)
	}
	return s
}

// sampleMoments are a Sunday noon, the first minute of a Monday, a leap day and the
// last minute of a year.
var sampleMoments = []string{"2026-11-22T20:30:00+08:00", "2026-11-23T00:00:30+08:00", "2028-02-29T09:00:00+08:00", "2026-12-31T23:59:00+08:00"}

func TestSampleHasThePublishedFigures(t *testing.T) {
	for _, moment := range sampleMoments {
		t.Run(moment, func(t *testing.T) {
			now, err := time.Parse(time.RFC3339, moment)
			if err != nil {
				t.Fatal(err)
			}
			s := writtenSample(t, now)
			today := ledger.DayOf(now)
			fig, err := s.Figures(context.Background(), ledger.Scope{Kind: ledger.PeriodAll, Period: ledger.PeriodOf(ledger.PeriodAll, today)})
			if err != nil {
				t.Fatal(err)
			}
			checkPublicity(t, fig)
			checkIsolation(t, fig)
			checkSupervision(t, fig)
			if _, err := s.Verify(context.Background(), nil); err != nil {
				t.Errorf("verify: %v", err)
			}
		})
	}
}

func checkPublicity(t *testing.T, fig ledger.Figures) {
	t.Helper()
	if len(fig.Publicity.Items) != len(publishedTotals) {
		t.Errorf("%d items have entries, want %d", len(fig.Publicity.Items), len(publishedTotals))
	}
	for _, i := range fig.Publicity.Items {
		want := publishedTotals[i.Item.Name]
		if i.Sum.Value != want.total || i.Sum.Approx != want.approx {
			t.Errorf("%s sums to %v, want %v", i.Item.Name, i.Sum, want)
		}
	}
	if fig.Heard.Reached != 18 || fig.Heard.All != 23 {
		t.Errorf("heard %d/%d today, want 18/23", fig.Heard.Reached, fig.Heard.All)
	}
	if n := fig.Publicity.Entries; n < 1000 || n > 2500 {
		t.Errorf("%d entries, want a plausible number", n)
	}
}

func checkIsolation(t *testing.T, fig ledger.Figures) {
	t.Helper()
	iso := fig.Isolation
	if iso.Reserve != ledger.Stated(52) || iso.Plans[1].Rooms.Known || len(iso.Sites) != 4 {
		t.Errorf("reserve %v, plan 2 %v, %d sites", iso.Reserve, iso.Plans[1].Rooms, len(iso.Sites))
	}
	if iso.Cases != ledger.Stated(3) || iso.Ready != ledger.Stated(41) {
		t.Errorf("cases %v, ready %v, want 3 and 41", iso.Cases, iso.Ready)
	}
	for _, s := range iso.Sites {
		if s.At.After(fig.AsOf) {
			t.Errorf("%s reports at %v, after now", s.Site.Name, s.At)
		}
		if s.Rooms.Known && s.Rooms.N != s.Ready.N+s.Occupied.N+s.Cleaning.N+s.Unavailable.N {
			t.Errorf("%s does not add up: %+v", s.Site.Name, s)
		}
	}
}

func checkSupervision(t *testing.T, fig ledger.Figures) {
	t.Helper()
	s := fig.Supervision
	if s.Visits != 112 || s.Problems != 27 || s.Directives != 27 {
		t.Errorf("supervision %d, %d, %d, want 112, 27, 27", s.Visits, s.Problems, s.Directives)
	}
	if s.Open != 8 || s.Rectified != 4 || s.Closed != 15 {
		t.Errorf("problems open %d, rectified %d, closed %d, want 8, 4, 15", s.Open, s.Rectified, s.Closed)
	}
	if s.Overdue != 2 || s.LiveDueSoon != 3 {
		t.Errorf("overdue %d, due soon %d, want 2 and 3", s.Overdue, s.LiveDueSoon)
	}
	if s.Coverage.Reached != 21 {
		t.Errorf("%d units inspected, want 21", s.Coverage.Reached)
	}
}

func TestSampleHasHistory(t *testing.T) {
	now, _ := time.Parse(time.RFC3339, sampleMoments[0])
	s := writtenSample(t, now)
	ctx := context.Background()
	ids, err := s.PublicityIDs(ctx, ledger.PublicityFilter{Voided: true})
	if err != nil {
		t.Fatal(err)
	}
	corrected, voided := 0, 0
	for _, id := range ids {
		history, err := s.History(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		switch last := history[len(history)-1]; {
		case last.Op == ledger.OpVoid:
			voided++
		case len(history) > 1:
			corrected++
		}
		for _, r := range history {
			if r.Clock.Time().After(now) || r.Op != ledger.OpCreate && r.Reason == "" {
				t.Errorf("%s: %v at %v without reason or after now", s.IDText(id), r.Op, r.Clock.Time())
			}
		}
	}
	if corrected < 10 || voided < 4 {
		t.Errorf("%d corrected and %d voided entries, want some", corrected, voided)
	}
	t.Logf("%d entries, %d corrected, %d voided", len(ids), corrected, voided)
}

func TestSampleIsDeterministic(t *testing.T) {
	now, _ := time.Parse(time.RFC3339, sampleMoments[0])
	read := func() []ledger.Row[ledger.Publicity] {
		s := writtenSample(t, now)
		ids, err := s.PublicityIDs(context.Background(), ledger.PublicityFilter{Voided: true})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := s.PublicityRows(context.Background(), ids)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	a, b := read(), read()
	if len(a) != len(b) {
		t.Fatalf("%d entries, then %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Value != b[i].Value || a[i].Author != b[i].Author || a[i].Clock != b[i].Clock {
			t.Fatalf("entry %d differs: %+v, %+v", i, a[i], b[i])
		}
	}
}
