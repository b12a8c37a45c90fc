package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// The names of a small district: 1 the district, 2 and 3 two streets; 101… the catalogue; 201 and 202 sites.
func someNames() Names {
	var n Names
	for i, name := range []string{"宁江区", "临江街道", "新区街道"} {
		n.Units = append(n.Units, ledger.Row[ledger.Unit]{ID: ledger.ID(i + 1), Value: ledger.Unit{Name: name, Parent: ledger.ID(min(i, 1)), Initials: []string{"njq", "ljjd", "xqjd"}[i]}})
	}
	for i, item := range ledger.Catalogue {
		n.Items = append(n.Items, ledger.Row[ledger.Item]{ID: ledger.ID(101 + i), Value: item})
	}
	n.Sites = []ledger.Row[ledger.Site]{{ID: 201, Value: ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)}},
		{ID: 202, Value: ledger.Site{Name: "同心宾馆", Plan: ledger.PlanStandby}}}
	return n
}

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// proposed writes what a text makes, a line each.
func proposed(text string, t Terms) []string {
	n := someNames()
	t.Now = noon
	candidates := n.Reader(ledger.DayOf(noon)).Read(text)
	var lines []string
	for _, p := range Propose(text, candidates, n, t) {
		switch r := p.Record.(type) {
		case nil:
			lines = append(lines, string(p.Left.Code))
		case *ledger.Publicity:
			item := p.New
			if item == nil {
				item = &n.Items[r.Item-101].Value
			}
			lines = append(lines, fmt.Sprintf("%d %s %s %s%s", r.Unit, r.Day.Short(), item.Name, r.Quantity, item.Measure))
		case *ledger.Reserve:
			lines = append(lines, fmt.Sprintf("%d %s %d=%d+%d+%d+%d", r.Site, r.At.Format("01-02 15:04"), r.Rooms, r.Ready, r.Occupied, r.Cleaning, r.Unavailable))
		case *ledger.Inspection:
			lines = append(lines, fmt.Sprintf("%d %s %s %d %d %d", r.Unit, r.Day.Short(), r.Form, r.Visits, r.Problems, r.Directives))
		}
	}
	return lines
}

func TestPropose(t *testing.T) {
	for _, c := range []struct {
		text  string
		terms Terms
		want  string
	}{
		{"11月20日，临江街道发放宣传单300份。", Terms{Unit: 3}, "2 11-20 宣传单 300份"},
		{"发放宣传单300份。", Terms{Unit: 3}, "3 11-22 宣传单 300份"},
		{"发放宣传单300份。", Terms{Unit: 3, Dated: true, Day: ledger.DayOf(noon) - 3}, "3 11-19 宣传单 300份"},
		{"发放宣传单300份。", Terms{}, "intake-no-unit"},
		{"临江街道发放宣传单300份。全区悬挂宣传条幅81幅。", Terms{Unit: 3}, "2 11-22 宣传单 300份, 1 11-22 宣传条幅 81幅"},
		{"临江街道发放宣传单三四百份。", Terms{}, "2 11-22 宣传单 约300份"},
		{"临江街道发放马克杯120个。", Terms{}, "2 11-22 马克杯 120个"},
		{"临江街道张贴宣传单300张。", Terms{}, "intake-measure"},
		{"临江街道发放宣传材料300册，其中入户发放200册。", Terms{}, "2 11-22 宣传材料 300册, intake-part"},
		{"临江街道开展讲座5场，其中悬挂宣传条幅20幅。", Terms{}, "2 11-22 讲座 5场, 2 11-22 宣传条幅 20幅"},
		{"临江街道检查药店12家，整改率92.6%。", Terms{}, "2 11-22 announced 12 0 0, intake-rate"},
		{"11月，临江街道发放宣传单300份。", Terms{}, "2 11-22 宣传单 300份"}, // the month is not over
		{"对临江街道开展暗访，检查药店12家、商店30家，发现问题3个，提出整改意见2条。", Terms{}, "2 11-22 unannounced 42 3 2"},
		{"全区开展督导检查112次，发现问题27个，下达整改意见书27份。", Terms{}, "1 11-22 announced 112 27 27"},
		{"临江街道发现问题3个。", Terms{}, "visits-none"},
		{"临江街道开展明查9次、暗访4次，发现问题8个，下达整改意见书5份。", Terms{}, "2 11-22 announced 9 0 0, 2 11-22 unannounced 4 8 5"},
		{"临江街道发现问题8个，此前暗访4次。", Terms{}, "2 11-22 unannounced 4 8 0"},
		{"临江街道、新区街道分别悬挂宣传条幅12幅、8幅，发放宣传单30份、50份。", Terms{}, "2 11-22 宣传条幅 12幅, 3 11-22 宣传条幅 8幅, 2 11-22 宣传单 30份, 3 11-22 宣传单 50份"},
		{"临江街道、新区街道共悬挂宣传条幅12幅。", Terms{}, "intake-no-unit"},
		{"临江街道悬挂宣传条幅12幅；繁荣街道悬挂宣传条幅8幅。", Terms{}, "2 11-22 宣传条幅 12幅, intake-no-unit"},
		{"昨日，临江街道发放宣传单800份；今日发放宣传单1200份。", Terms{}, "2 11-21 宣传单 800份, 2 11-22 宣传单 1,200份"},
		{"11月20日日报：昨日，临江街道发放宣传单800份；今日发放宣传单1200份。", Terms{}, "2 11-19 宣传单 800份, 2 11-20 宣传单 1,200份"},
		{"临江街道发放宣传单800份。11月1日至5日，悬挂宣传条幅8幅。发放政府公告20份。", Terms{}, "2 11-22 宣传单 800份, 2 11-05 宣传条幅 8幅, 2 11-22 政府公告 20份"},
		{"临江街道今日悬挂宣传条幅26幅，累计悬挂312幅。", Terms{}, "2 11-22 宣传条幅 26幅, 2 11-22 宣传条幅 312幅"},
		{"宣传条幅：临江街道26幅、新区街道15幅，合计41幅。", Terms{}, "2 11-22 宣传条幅 26幅, 3 11-22 宣传条幅 15幅, intake-part"},
		{"宣传条幅：临江街道26幅、新区街道15幅，合计50幅。", Terms{}, "2 11-22 宣传条幅 26幅, 3 11-22 宣传条幅 15幅, 3 11-22 宣传条幅 50幅"},
		{"临江街道悬挂宣传条幅12幅。昨日繁荣街道悬挂宣传条幅8幅。", Terms{}, "2 11-22 宣传条幅 12幅, intake-no-unit"},
		{"宣传单：临江街道发放2300份；新区街道1.2万余份。", Terms{}, "2 11-22 宣传单 2,300份, 3 11-22 宣传单 1.2万余份"},
		{"临江街道检查药店12家，出动督导组5个。", Terms{}, "2 11-22 announced 12 0 0, intake-unplaced"},
		{"县委党校有隔离房间39间，已使用5间，正在消毒2间，不可用1间，空余31间。", Terms{}, "201 11-22 12:00 39=31+5+2+1"},
		{"11月20日，县委党校已使用5间，空余34间。", Terms{}, "201 11-20 23:59 39=34+5+0+0"}, // the site says how many it has
		{"县委党校有隔离房间39间，已使用5间。", Terms{}, "intake-untold"},                   // of 34 nobody has spoken
		{"县委党校有隔离房间39间，已使用5间，空余35间。", Terms{}, "intake-rooms"},
		{"同心宾馆已使用5间。", Terms{}, "intake-untold"},                                                  // of how many is not known
		{"临江街道开展检查112次，发现问题27个，检查药店46家。", Terms{}, "2 11-22 announced 112 27 0, intake-unplaced"}, // not 158 visits
		{"县委党校有隔离房间40间，已使用5间，空余35间。", Terms{}, "rooms-not-site"},
		{"同心宾馆有隔离房间20间，已使用5间，空余15间。", Terms{}, "202 11-22 12:00 20=15+5+0+0"},
		{"隔离点\t总房间\t已使用\t剩余\n县委党校\t39间\t9间\t30间\n同心宾馆\t20间\t5间\t15间\n合计\t59间\t14间\t45间", Terms{},
			"201 11-22 12:00 39=30+9+0+0, 202 11-22 12:00 20=15+5+0+0, intake-part, intake-part, intake-part"},
		{"单位\t宣传单\t检查\t发现问题\n临江街道\t300份\t6家\t2个\n新区街道\t50份\t4家\t0个\n合计\t350份\t10家\t2个", Terms{},
			"2 11-22 宣传单 300份, 2 11-22 announced 6 2 0, 3 11-22 宣传单 50份, 3 11-22 announced 4 0 0, intake-part, intake-part, intake-part"},
		{"临江街道\t数量\n检查\t6家\n发现问题\t2个", Terms{Unit: 2}, "2 11-22 announced 6 2 0"},
		{"县委党校有隔离房间39间。\n储备隔离房间52间。", Terms{}, "intake-untold, intake-no-site"},
	} {
		if got := strings.Join(proposed(c.text, c.terms), ", "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.text, got, c.want)
		}
	}
}

// Every candidate is in one proposal, and an item that is new is added once.
func TestRecordsOfProposals(t *testing.T) {
	text := "临江街道发放马克杯120个，宣传单30份。新区街道发放马克杯7个，检查药店12家，整改率90%。"
	n := someNames()
	candidates := n.Reader(ledger.DayOf(noon)).Read(text)
	proposals := Propose(text, candidates, n, Terms{Now: noon})
	var seen []int
	for _, p := range proposals {
		seen = append(seen, p.From...)
	}
	slices.Sort(seen)
	for i := range candidates {
		if i >= len(seen) || seen[i] != i {
			t.Fatalf("%d candidates are in proposals as %v", len(candidates), seen)
		}
	}
	records, of := Records(proposals)
	if len(records) != 5 || !slices.Equal(of, []int{0, 0, 1, 2, 3}) {
		t.Fatalf("%d records of proposals %v", len(records), of)
	}
	if item, ok := records[0].(*ledger.Item); !ok || item.Name != "马克杯" {
		t.Errorf("first the item: %+v", records[0])
	}
	for _, i := range []int{1, 3} {
		if entry := records[i].(*ledger.Publicity); entry.Item != ledger.Earlier(0) {
			t.Errorf("record %d is of item %d", i, entry.Item)
		}
	}
}

// What counts what was entered before says so.
func TestCumulativeCountsAreDoubted(t *testing.T) {
	n := someNames()
	for text, want := range map[string]string{
		"临江街道今日悬挂条幅26幅，累计悬挂312幅。新挂条幅3幅。": "false true false",
		"截至11月20日，发放宣传单4.6万份。":           "true",
		"共发放宣传单300份。":                    "false",
	} {
		var got []string
		for _, c := range n.Reader(ledger.DayOf(noon)).Read(text) {
			got = append(got, fmt.Sprint(c.Doubt&Cumulative != 0))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
	}
}

// A person may say at how many visits problems were found.
func TestVisitsStatedBesideProblems(t *testing.T) {
	n := someNames()
	rows := []Row{{Ledger: Supervision, Unit: 2, Tally: Problems, Form: ledger.FormSpecial, Quantity: ledger.Quantity{Value: 3}, Visits: ledger.Stated(2)}}
	made := Assemble(rows, n, Terms{Now: noon})
	if in, ok := made[0].Record.(*ledger.Inspection); !ok || in.Visits != 2 || in.Problems != 3 || in.Form != ledger.FormSpecial {
		t.Errorf("%+v, %v", made[0].Record, made[0].Left)
	}
}
