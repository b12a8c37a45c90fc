package sample

import (
	"math"
	"slices"
	"time"

	"taizhang/app/ledger"
)

// goal is an item's published total and how it is spread.
type goal struct {
	item    string
	total   int64
	step    int64 // quantities are multiples of it
	most    int   // entries
	weights [4]float64
	notes   []string
}

// goals are the published figures; the two approximate ones are single.
var goals = []goal{
	{"电视稿件", 35, 1, 24, [4]float64{0, 0, 3, 0}, []string{"区电视台《新闻联播》", "专题报道", "口播"}},
	{"省市报刊", 61, 1, 38, [4]float64{0, 0, 4, 0}, []string{"省报二版", "市日报要闻", "市晚报"}},
	{"网络信息", 1157, 1, 320, [4]float64{1.2, .8, 12, 4}, []string{"公众号推送", "政府网站", "转发权威发布"}},
	{"新媒体刊载", 71, 1, 44, [4]float64{0, 0, 5, 0}, []string{"抖音短视频", "省级客户端转载"}},
	{"宣传条幅", 3681, 1, 330, [4]float64{6, 7, 0, 2}, []string{"主街沿线悬挂", "村口、集市", "旧条幅更换", "小区出入口"}},
	{"电子屏", 304, 1, 110, [4]float64{2, .6, 0, 1.5}, []string{"滚动播放标语", "人民广场大屏"}},
	{"宣传单", 350000, 50, 360, [4]float64{7, 6, 0, 4}, []string{"入户发放", "集市发放", "随快递发放", "出租车张贴"}},
	{"宣传车", 148, 1, 96, [4]float64{1.2, 3, 0, 0}, []string{"早晚各巡回一次", "进村巡回"}},
	{"广播喇叭", 782, 1, 190, [4]float64{1, 7, 0, 0}, []string{"每日三次播放", "新装", "村村响"}},
	{"政府公告", 4158, 1, 280, [4]float64{4, 4, 0, 3}, []string{"单元门张贴", "商户张贴", "第 5 号公告"}},
	{"居家医学观察告知书", 200, 1, 18, [4]float64{.3, .2, 0, .4}, []string{"上门送达"}},
}

// slot is a unit that reports on a day.
type slot struct {
	unit Unit
	day  ledger.Day
}

// draft is one entry of the plan.
type draft struct {
	slot
	goal     int
	quantity int64
}

// publicity plans the entries: who reports when, what, and how much of it.
func (w *writer) publicity() {
	drafts := w.draft()
	for g := range goals {
		w.measure(drafts, g)
	}
	for i, d := range drafts {
		if d.quantity > 0 {
			w.enter(i, d)
		}
	}
	w.single("区卫生健康局", "居家隔离观察告知书", ledger.Quantity{Value: 10000, Approx: ledger.Over, Wan: true}, 31)
	w.single("新区街道", "小区提示板", ledger.Quantity{Value: 700, Approx: ledger.About}, 44)
}

// draft decides what each unit reports each day, without quantities.
func (w *writer) draft() []draft {
	var drafts []draft
	used := make([]int, len(goals))
	for day := w.today - Days + 1; day <= w.today; day++ {
		for _, u := range Units {
			if !w.reports(u, day) {
				continue
			}
			n := 1 + w.random.IntN(2)
			if u.group == groupMedia {
				n++
			}
			for _, g := range w.choose(u.group, n, used, day) {
				used[g]++
				drafts = append(drafts, draft{slot: slot{u, day}, goal: g})
			}
		}
	}
	return drafts
}

// reports decides whether a unit is heard on a day: nearly all are on working
// days, about half at weekends.
func (w *writer) reports(u Unit, day ledger.Day) bool {
	luck := w.random.Float64()
	if day == w.today {
		return !silentToday[u.Name]
	}
	if weekend(day) {
		return luck < .5
	}
	return luck < .9
}

func weekend(day ledger.Day) bool { return (day.Weekday()+6)%7 >= 5 }

// choose picks up to n different items for a unit of group g. The number of
// entries of an item grows evenly over the days, up to its most.
func (w *writer) choose(g group, n int, used []int, day ledger.Day) []int {
	passed := float64(day-(w.today-Days)) / Days
	weights := make([]float64, len(goals))
	for i, item := range goals {
		if float64(used[i]) < math.Ceil(passed*float64(item.most)) {
			weights[i] = item.weights[g]
		}
	}
	var chosen []int
	for range n {
		i := w.weighted(weights)
		if i < 0 {
			break
		}
		weights[i] = 0
		chosen = append(chosen, i)
	}
	if len(chosen) == 0 {
		chosen = []int{fallback[g]}
	}
	return chosen
}

// fallback is the item that a group can always report: its total is large.
var fallback = [4]int{groupStreet: 9, groupTown: 4, groupMedia: 2, groupOffice: 2}

func (w *writer) weighted(weights []float64) int {
	sum := 0.0
	for _, x := range weights {
		sum += x
	}
	at := w.random.Float64() * sum
	for i, x := range weights {
		if at -= x; x > 0 && at < 0 {
			return i
		}
	}
	return -1
}

// measure gives the entries of one item quantities that sum to its total.
func (w *writer) measure(drafts []draft, g int) {
	var mine []int
	var weights []float64
	for i, d := range drafts {
		if d.goal != g {
			continue
		}
		mine = append(mine, i)
		weight := math.Exp(w.random.NormFloat64() * .7)
		if weekend(d.day) {
			weight *= .6
		}
		weights = append(weights, weight)
	}
	for i, n := range share(goals[g].total/goals[g].step, weights) {
		drafts[mine[i]].quantity = n * goals[g].step
	}
}

// enter plans the recording of the i-th entry: most on its day, some the next
// morning, a few wrong at first and corrected, a few twice and voided.
func (w *writer) enter(i int, d draft) {
	p := &ledger.Publicity{Unit: w.units[d.unit.Name], Item: w.items[goals[d.goal].item], Day: d.day,
		Quantity: ledger.Quantity{Value: d.quantity, Wan: d.quantity >= 10000 && d.quantity%1000 == 0}}
	if notes := goals[d.goal].notes; w.random.IntN(4) == 0 {
		p.Note = notes[w.random.IntN(len(notes))]
	}
	day, share := d.day, w.random.Float64()
	if d.day < w.today && w.random.IntN(9) == 0 {
		day, share = d.day+1, share*.1
	}
	at := w.moment(day, share)
	settled := day < w.today-1
	switch {
	case settled && i%97 == 11:
		w.slip(at, day, p)
	case settled && i%241 == 60:
		w.create(at, w.clerk(day), p)
		again := *p
		id := w.create(at.Add(20*time.Minute), w.clerk(day), &again)
		w.void(w.moment(day+1, .2), w.clerk(day+1), id, "与上一条重复录入")
	default:
		w.create(at, w.clerk(day), p)
	}
}

// slip plans an entry that was wrong at first.
func (w *writer) slip(at time.Time, day ledger.Day, p *ledger.Publicity) {
	wrong := *p
	reason := ""
	switch w.random.IntN(3) {
	case 0:
		wrong.Quantity = ledger.Quantity{Value: p.Quantity.Value * 10}
		reason = "数量多写了一个 0"
	case 1:
		wrong.Quantity = ledger.Quantity{Value: p.Quantity.Value + 1 + p.Quantity.Value/8}
		reason = "单位来电更正数量"
	default:
		other := Units[(slices.IndexFunc(Units, func(u Unit) bool { return w.units[u.Name] == p.Unit })+1)%len(Units)]
		wrong.Unit = w.units[other.Name]
		reason = "单位选错"
	}
	id := w.create(at, w.clerk(day), &wrong)
	w.correct(w.moment(day+1, .1+.3*w.random.Float64()), w.clerk(day+1), id, p, reason)
}

// single plans an entry of its own, ago days before today.
func (w *writer) single(unit, item string, q ledger.Quantity, ago ledger.Day) {
	day := w.today - ago
	w.create(w.moment(day, .7), w.clerk(day), &ledger.Publicity{Unit: w.units[unit], Item: w.items[item],
		Day: day, Quantity: q, Note: "累计数，按上报口径"})
}
