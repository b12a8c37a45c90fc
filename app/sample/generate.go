package sample

import (
	"context"
	"math/rand/v2"
	"slices"
	"time"

	"taizhang/app/ledger"
)

// Load says what Generate makes.
type Load struct {
	Entries int64
	Seed    uint64 // the same seed on the same day in the same ledger gives the same entries
	Author  string
	Now     time.Time
}

// batchSize is how many entries Generate writes in one transaction.
const batchSize = 50_000

// loadDays is how many days, up to today, the entries are spread over.
const loadDays = 3 * 365

// fewUnits is under how many units a ledger is given those of the sample too.
const fewUnits = 5

var loadNotes = []string{"入户发放", "沿街悬挂", "集市宣传", "村口张贴", "滚动播放", "公众号推送", "小区出入口", "商户张贴", "进村巡回", "校园宣传"}

// Generate adds publicity entries for trials: spread evenly over three years up
// to today, days ascending, over all units and items. progress gets the number
// done after each batch. What was written before an error stays.
func Generate(ctx context.Context, store Store, load Load, progress func(done int64)) error {
	units, items, err := loadNames(ctx, store, load)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(load.Seed, seed))
	today := ledger.DayOf(load.Now)
	entries := make([]ledger.Publicity, min(batchSize, load.Entries))
	batch := make([]ledger.Record, 0, len(entries))
	for done := int64(0); done < load.Entries; {
		batch = batch[:0]
		for i := range min(batchSize, load.Entries-done) {
			day := today - loadDays + 1 + ledger.Day((done+i)*loadDays/load.Entries)
			entries[i] = entry(random, units, items, day)
			batch = append(batch, &entries[i])
		}
		if _, err := store.Append(ctx, batch, load.Author, func(int) time.Time { return load.Now }); err != nil {
			return err
		}
		done += int64(len(batch))
		progress(done)
	}
	return nil
}

func entry(random *rand.Rand, units, items []ledger.ID, day ledger.Day) ledger.Publicity {
	p := ledger.Publicity{Unit: units[random.IntN(len(units))], Item: items[random.IntN(len(items))], Day: day}
	switch random.IntN(40) {
	case 0:
		p.Quantity = ledger.Quantity{Value: 1000 * (10 + random.Int64N(40)), Wan: true}
	case 1:
		p.Quantity = ledger.Quantity{Value: 100 * (1 + random.Int64N(30)), Approx: ledger.Approx(1 + random.IntN(3))}
	default:
		p.Quantity = ledger.Quantity{Value: 1 + random.Int64N(400)}
	}
	if random.IntN(3) == 0 {
		p.Note = loadNotes[random.IntN(len(loadNotes))]
	}
	return p
}

// loadNames lists the reporting units and the items to spread entries over.
func loadNames(ctx context.Context, store Store, load Load) (units, items []ledger.ID, err error) {
	present, err := store.Units(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(ledger.ReportingUnits(present, 0)) < fewUnits {
		if _, err := addUnits(ctx, store, load.Author, load.Now); err != nil {
			return nil, nil, err
		}
		if present, err = store.Units(ctx); err != nil {
			return nil, nil, err
		}
	}
	for _, u := range ledger.ReportingUnits(present, 0) {
		units = append(units, u.ID)
	}
	rows, err := store.Items(ctx)
	for _, i := range rows {
		if !i.Voided {
			items = append(items, i.ID)
		}
	}
	slices.Sort(units)
	slices.Sort(items)
	return units, items, err
}
