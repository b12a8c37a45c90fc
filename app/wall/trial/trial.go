// Package trial makes figures to try pages with: a district as published, one that
// holds nothing, one in trouble, and one that is larger and wordier than any. It is
// for tests and for looking at pages; the same moment gives the same figures.
package trial

import (
	"fmt"
	"math/rand/v2"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/sample"
	"taizhang/app/wall"
)

// Now is the moment the figures are of: after the cut-off of a Sunday.
var Now = time.Date(2026, 11, 22, 17, 5, 0, 0, time.Local)

// Case is a state of the ledger that pages must bear.
type Case struct {
	Name string
	View wall.View
}

// Cases are empty, sample, red, stale and stress.
func Cases() []Case {
	list := []Case{{"empty", view(Empty())}, {"sample", view(Sample())}, {"red", view(Red())}, {"stale", view(Stale())}, {"stress", view(Stress())}}
	for i := range list {
		v := &list[i].View
		switch list[i].Name {
		case "empty":
			v.Now = morning
		case "red":
			v.Changes = wall.Compare(Sample(), Red())
		case "stale":
			v.Now = Now.Add(50 * time.Hour)
			v.Trouble, v.Since = "读不到台账文件", Now.Add(time.Minute)
		case "stress":
			v.Figures.District, v.Held = "Ningjiang District Headquarters for Prevention and Control", true
			v.Changes = wall.Compare(before(v.Figures), v.Figures)
		}
	}
	return list
}

func view(f ledger.Figures) wall.View {
	f.District = sample.District + "指挥部"
	v := wall.View{Now: Now, Figures: f}
	for _, p := range wall.Pages {
		if wall.HasSomething(p, f) {
			v.Pages = append(v.Pages, p)
		}
	}
	return v
}

// world collects facts. Ids are given in order, units from 1000, items from 2000,
// sites from 3000, problems from 4000.
type world struct {
	facts  ledger.Facts
	random *rand.Rand
	scope  ledger.Scope
	today  ledger.Day
}

func newWorld(now time.Time) *world {
	w := &world{random: rand.New(rand.NewPCG(7, 1)), today: ledger.DayOf(now), scope: wall.ScopeOf(ledger.DayOf(now))}
	w.facts.Now = now
	w.facts.Reserves = map[ledger.ID]ledger.Row[ledger.Reserve]{}
	w.facts.Earlier.Reserves = map[ledger.ID]ledger.Row[ledger.Reserve]{}
	w.facts.Units = []ledger.Row[ledger.Unit]{{ID: 1000, Value: ledger.Unit{Name: sample.District}}}
	return w
}

func (w *world) figures() ledger.Figures { return ledger.Compute(w.scope, w.facts) }

func (w *world) units(names ...string) {
	for _, n := range names {
		w.facts.Units = append(w.facts.Units, ledger.Row[ledger.Unit]{ID: ledger.ID(1000 + len(w.facts.Units)), Value: ledger.Unit{Name: n, Parent: 1000}})
	}
}

func (w *world) items(list ...ledger.Item) {
	for _, it := range list {
		w.facts.Items = append(w.facts.Items, ledger.Row[ledger.Item]{ID: ledger.ID(2000 + len(w.facts.Items)), Value: it})
	}
}

// Empty are the figures of a ledger that was just made, in the morning.
func Empty() ledger.Figures { return newWorld(morning).figures() }

// morning is before the cut-off: nobody is late yet.
var morning = time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local)

// Sample are figures like those of the sample district.
func Sample() ledger.Figures { return sampleWorld(Now).figures() }

// Red is the sample with more cases than the reserve covers, and what has just come in.
func Red() ledger.Figures {
	w := sampleWorld(Now)
	w.facts.Cases = &ledger.Row[ledger.Cases]{ID: 5001, Value: ledger.Cases{At: Now.Add(-4 * time.Minute), Count: 6}}
	w.add(entry{unit: 1001, item: 2007, day: w.today, n: 35})
	w.report(1, 3000, 6, 2, 0, 0, Now.Add(-time.Minute))
	return w.figures()
}

// Stale are the sample's figures read two days ago, with a report a day older still.
func Stale() ledger.Figures {
	w := sampleWorld(Now)
	w.report(2, 3002, 39, 5, 2, 1, Now.Add(-26*time.Hour))
	return w.figures()
}

func sampleWorld(now time.Time) *world {
	w := newWorld(now)
	for _, u := range sample.Units {
		w.units(u.Name)
	}
	w.items(ledger.Catalogue...)
	w.entries(18, []int64{14, 23, 9, 429, 27, 1254, 106, 124750, 52, 356, 1604, 10000, 60, 700}, 4.2)
	w.isolation()
	w.supervision()
	return w
}

// entry is one line of publicity.
type entry struct {
	unit, item ledger.ID
	day        ledger.Day
	n          int64
	approx     bool
}

// entries spreads quantities over 60 days and the units; today the first units are
// heard, each with one entry.
func (w *world) entries(heard int, sums []int64, aDay float64) {
	units := len(w.facts.Units) - 1
	for ago := ledger.Day(59); ago >= 0; ago-- {
		for u := range units {
			if ago == 0 && u >= heard || ago > 0 && w.random.Float64() > 0.42*aDay/2 {
				continue
			}
			i := w.random.IntN(len(sums))
			n := max(1, sums[i]/30+w.random.Int64N(sums[i]/20+1))
			w.add(entry{ledger.ID(1001 + u), ledger.ID(2000 + i), w.today - ago, n, i == 11 || i == 13})
		}
	}
}

func (w *world) add(e entry) {
	f := &w.facts
	t := ledger.Tally{Entries: 1, Quantity: e.n}
	if e.approx {
		t.Approx = 1
	}
	put := func(list *[]ledger.Tally, ok bool, unit, item ledger.ID, day ledger.Day) {
		if ok {
			t.Unit, t.Item, t.Day = unit, item, day
			*list = append(*list, t)
		}
	}
	before, _ := w.scope.Before(w.today)
	put(&f.ItemTotals, w.scope.Period.Contains(e.day), 0, e.item, 0)
	put(&f.ItemBefore, before.Contains(e.day), 0, e.item, 0)
	put(&f.UnitTotals, w.scope.Period.Contains(e.day), e.unit, 0, 0)
	put(&f.UnitBefore, before.Contains(e.day), e.unit, 0, 0)
	put(&f.DayTotals, e.day > w.today-ledger.SeriesDays, 0, e.item, e.day)
	put(&f.DayBefore, e.day <= w.today-ledger.SeriesDays, 0, e.item, e.day)
	put(&f.TodayCells, e.day == w.today, e.unit, e.item, 0)
	switch e.day {
	case w.today:
		f.Heard = append(f.Heard, e.unit)
	case w.today - 1:
		f.Earlier.Heard = append(f.Earlier.Heard, e.unit)
		f.Earlier.Entries++
	}
}

func (w *world) site(name string, plan ledger.Plan, rooms ledger.Count) {
	w.facts.Sites = append(w.facts.Sites, ledger.Row[ledger.Site]{ID: ledger.ID(3000 + len(w.facts.Sites)),
		Value: ledger.Site{Name: name, Plan: plan, Rooms: rooms}})
}

func (w *world) report(revision int64, site ledger.ID, rooms, occupied, cleaning, unavailable int64, at time.Time) {
	r := ledger.Reserve{Site: site, At: at, Rooms: rooms, Occupied: occupied, Cleaning: cleaning, Unavailable: unavailable,
		Ready: rooms - occupied - cleaning - unavailable}
	w.facts.Reserves[site] = ledger.Row[ledger.Reserve]{ID: ledger.ID(6000 + 10*int64(site) + revision), Value: r}
	r.Occupied, r.Ready = r.Occupied/2, r.Ready+r.Occupied-r.Occupied/2
	w.facts.Earlier.Reserves[site] = ledger.Row[ledger.Reserve]{Value: r}
}

// isolation are the published sites with their 52 rooms.
func (w *world) isolation() {
	w.site("四姑娘山镇卫生院", ledger.PlanReady, ledger.Stated(6))
	w.site("美兴镇卫生院", ledger.PlanReady, ledger.Stated(7))
	w.site("县委党校", ledger.PlanReady, ledger.Stated(39))
	w.site("同心宾馆", ledger.PlanStandby, ledger.Count{})
	at := w.facts.Now
	w.report(0, 3000, 6, 1, 0, 0, at.Add(-8*time.Hour))
	w.report(0, 3001, 7, 1, 1, 0, at.Add(-7*time.Hour))
	w.report(0, 3002, 39, 5, 2, 1, at.Add(-7*time.Hour))
	cases := ledger.Row[ledger.Cases]{ID: 5000, Value: ledger.Cases{At: at.Add(-27 * time.Hour), Count: 3}}
	w.facts.Cases, w.facts.Earlier.Cases = &cases, &cases
}

// findings are problems with their deadlines counted from today.
var findings = []struct {
	unit int
	text string
	due  ledger.Day
}{
	{5, "棋牌室未按要求暂停营业", -4}, {3, "建筑工地人员底数不清", -2}, {12, "诊所预检分诊流于形式", 1}, {8, "隔离点工作人员休息区未分区", 2},
	{2, "快递站点未设消毒区", 3}, {1, "居家观察告知书未签收", 5}, {4, "广播喇叭故障 3 个", 6}, {7, "养老院探视登记不规范", 7},
	{9, "出租车未张贴宣传单", 8}, {11, "集市人员聚集", 9}, {13, "企业食堂未分时就餐", 10}, {6, "公共卫生间缺少洗手液", 12},
}

func (w *world) supervision() {
	w.facts.Supervision = ledger.SupervisionSums{Visits: 35, Problems: 14, Directives: 14}
	w.facts.SupervisionBefore = ledger.SupervisionSums{Visits: 41, Problems: 9, Directives: 9}
	w.facts.Earlier.Supervised = true
	for u := range len(w.facts.Units) - 3 {
		w.facts.Inspected = append(w.facts.Inspected, ledger.ID(1001+u))
	}
	for i, f := range findings {
		p := ledger.Problem{Unit: ledger.ID(1000 + f.unit), Text: f.text, Deadline: w.today + f.due, State: ledger.StateOpen}
		if i%3 == 0 {
			p.State = ledger.StateRectified
		}
		w.problem(p)
	}
	for range 2 {
		w.problem(ledger.Problem{Unit: 1001, Text: "公告栏内容过期", Deadline: w.today - 9, State: ledger.StateClosed})
	}
}

func (w *world) problem(p ledger.Problem) {
	row := ledger.Row[ledger.Problem]{ID: ledger.ID(4000 + len(w.facts.Problems)), Value: p}
	w.facts.Problems = append(w.facts.Problems, row)
	if p.State != ledger.StateClosed {
		w.facts.Live = append(w.facts.Live, row)
	}
	if p.State == ledger.StateClosed || len(w.facts.Problems)%4 != 0 {
		w.facts.Earlier.Problems = append(w.facts.Earlier.Problems, row)
	}
}

// Stress are the figures of a large district whose names are long and English.
func Stress() ledger.Figures {
	w := newWorld(Now)
	for i := range 46 {
		w.units(fmt.Sprintf("%s Subdistrict Office for Community Health and Prevention", places[i%len(places)]+[...]string{"", " North", " Riverside"}[i/len(places)%3]))
	}
	w.items(ledger.Catalogue...)
	for i := range 14 {
		w.items(ledger.Item{Name: "Household notices on home observation, delivered " + places[i], Measure: "copies", Channel: ledger.Channels[i%3]})
	}
	sums := make([]int64, len(w.facts.Items))
	for i := range sums {
		sums[i] = []int64{350000, 4158, 61, 999999, 12}[i%5]
	}
	w.entries(30, sums, 3)
	for i := range 13 {
		plan := ledger.PlanReady
		if i > 8 {
			plan = ledger.PlanStandby
		}
		w.site(places[i]+" Convalescent Home and Training Centre for Cadres", plan, ledger.Stated(int64(20+i*9)))
		if i != 4 && i != 11 {
			w.report(0, ledger.ID(3000+i), int64(20+i*9), int64(5+i), int64(i%4), int64(i%3), Now.Add(-time.Duration(i*i)*time.Hour))
		}
	}
	w.facts.Cases = &ledger.Row[ledger.Cases]{ID: 5000, Value: ledger.Cases{At: Now.Add(-27 * time.Hour), Count: 128}}
	w.facts.Supervision = ledger.SupervisionSums{Visits: 1112, Problems: 270, Directives: 270}
	w.facts.Earlier.Supervised, w.facts.Clashes = true, 17
	for i := range 90 {
		p := ledger.Problem{Unit: ledger.ID(1001 + i%46), Deadline: w.today + ledger.Day(i/2-15), State: ledger.State(1 + i%3),
			Text: "The register of returning residents has not been brought up to date every day before the cut-off as was ordered"}
		w.problem(p)
	}
	return w.figures()
}

var places = []string{"Linjiang", "Binjiang", "Yanjiang", "Wenhua", "Minzhu", "Tuanjie", "Jianshe", "Gongnong", "Tiexi", "Heping", "Dawa", "Shanyou",
	"Maoduzhan", "Hadashan", "Xincheng", "Xingyuan", "Bodu", "Siguniangshan"}

// before is what Stress was a moment ago, so that much has changed since.
func before(f ledger.Figures) ledger.Figures {
	old := f
	old.Publicity.Today = nil
	old.Publicity.Items = append([]ledger.ItemFigure(nil), f.Publicity.Items...)
	for i := range old.Publicity.Items {
		old.Publicity.Items[i].Sum.Value -= 12
	}
	old.Isolation.Cases = ledger.Stated(120)
	return old
}
