package data_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// The benchmarks of the store. Each compares with a baseline measured in the
// same run, so that the table they print holds on any machine.
//
// TAIZHANG_BENCH_ENTRIES is the size of the largest ledger (10,000,000 when not
// set); the others are a tenth and a hundredth of it.

// benchBatch is how many entries one transaction of a bulk load appends.
const benchBatch = 50_000

func benchEntries(b *testing.B) int {
	b.Helper()
	text := os.Getenv("TAIZHANG_BENCH_ENTRIES")
	if text == "" {
		return 10_000_000
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 100 {
		b.Fatalf("TAIZHANG_BENCH_ENTRIES=%s is not a number from 100 on", text)
	}
	return n
}

// score prints one row of the table that make bench shows.
func score(name, measured, target string, ok bool) {
	mark := "yes"
	if !ok {
		mark = "NO"
	}
	fmt.Printf("| %s | %s | %s | %s |\n", name, measured, target, mark)
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Nanoseconds())/1e6) }

// benchDays is how many days the entries of every size are spread over: a
// larger ledger has more entries a day, not more days.
const benchDays = 3 * 365

const benchUnits = 23

// newBenchDesk makes a desk with as many units as the sample district has.
func newBenchDesk(b *testing.B) *desk {
	b.Helper()
	d := newDesk(b)
	district := d.unit("宁江区")
	for i := range benchUnits - 1 {
		d.record(&ledger.Unit{Name: fmt.Sprintf("街道%02d", i+1), Parent: district})
	}
	return d
}

// benchSource makes the entry number i of n, oldest first. It is cheap, so that
// it does not count in what is measured.
type benchSource struct {
	units []ledger.ID
	items []ledger.ID
	first ledger.Day
	n     int
	made  []ledger.Publicity
}

func newBenchSource(b *testing.B, d *desk, n int) *benchSource {
	b.Helper()
	s := &benchSource{first: d.today() - benchDays + 1, n: n}
	units, err := d.store.Units(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	for _, u := range units {
		if u.Value.Parent != 0 {
			s.units = append(s.units, u.ID)
		}
	}
	for _, id := range d.items {
		s.items = append(s.items, id)
	}
	slices.Sort(s.items)
	return s
}

func (s *benchSource) entry(i int) ledger.Publicity {
	mixed := uint64(i)*0x9e3779b97f4a7c15 ^ 0x2545f4914f6cdd1d
	mixed ^= mixed >> 29
	p := ledger.Publicity{
		Unit: s.units[mixed%uint64(len(s.units))], Item: s.items[mixed>>8%uint64(len(s.items))],
		Day: s.first + ledger.Day(i*benchDays/s.n), Quantity: ledger.Quantity{Value: int64(mixed>>16%3000) + 1},
	}
	if mixed>>40%8 == 0 {
		p.Quantity.Approx = ledger.About
	}
	if mixed>>48%4 == 0 {
		p.Note = "社区入户发放"
	}
	return p
}

// batch is entries from..to, in reused memory.
func (s *benchSource) batch(from, to int) []ledger.Record {
	s.made = slices.Grow(s.made[:0], to-from)
	records := make([]ledger.Record, 0, to-from)
	for i := from; i < to; i++ {
		s.made = append(s.made, s.entry(i))
		records = append(records, &s.made[len(s.made)-1])
	}
	return records
}

// fill appends n entries and returns the time spent in Append.
func fill(b *testing.B, d *desk, n int) time.Duration {
	b.Helper()
	source := newBenchSource(b, d, n)
	var spent time.Duration
	for from := 0; from < n; from += benchBatch {
		records := source.batch(from, min(from+benchBatch, n))
		start := time.Now()
		if _, err := d.store.Append(context.Background(), records, "导入", nil); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
	}
	return spent
}

// overviews is the median time of the overview's refresh for the month, on each
// ledger. They take turns, so that what else the machine does meets all alike.
func overviews(b *testing.B, desks []*desk) []time.Duration {
	b.Helper()
	scope := ledger.Scope{Kind: ledger.PeriodMonth, Period: ledger.PeriodOf(ledger.PeriodMonth, desks[0].today())}
	lists := make([][]time.Duration, len(desks))
	for range 300 {
		for i, d := range desks {
			start := time.Now()
			if _, err := d.store.Figures(context.Background(), scope); err != nil {
				b.Fatal(err)
			}
			lists[i] = append(lists[i], time.Since(start))
		}
	}
	medians := make([]time.Duration, len(desks))
	for i := range lists {
		medians[i] = median(lists[i])
	}
	return medians
}

// BenchmarkLedgerSizes measures what must not grow with the ledger. The
// baseline is the smallest ledger; a verification is timed on the middle one.
func BenchmarkLedgerSizes(b *testing.B) {
	n := benchEntries(b)
	sizes := []int{n / 100, n / 10, n}
	var desks []*desk
	for _, size := range sizes {
		d := newBenchDesk(b)
		spent := fill(b, d, size)
		b.Logf("%d entries appended in %v, %.0f a second", size, spent, float64(size)/spent.Seconds())
		desks = append(desks, d)
	}
	medians := overviews(b, desks)
	for i, refresh := range medians {
		name := fmt.Sprintf("overview refresh, %s entries", ledger.Sum{Value: int64(sizes[i])})
		score(name, ms(refresh), "< 5 ms", refresh < 5*time.Millisecond)
	}
	ratio := float64(medians[2]) / float64(medians[0])
	score("… the largest ledger against the smallest", fmt.Sprintf("%.2f ×", ratio), "≤ 1.5 ×", ratio <= 1.5)
	benchVerify(b, desks[1], sizes[1])
}

func benchVerify(b *testing.B, d *desk, size int) {
	start := time.Now()
	report, err := d.store.Verify(context.Background(), nil)
	if err != nil {
		b.Fatal(err)
	}
	rate := float64(report.Revisions) / time.Since(start).Seconds()
	score(fmt.Sprintf("verify, %s entries", ledger.Sum{Value: int64(size)}),
		fmt.Sprintf("%.0f revisions/s", rate), "≥ 150,000", rate >= 150_000)
}

// BenchmarkBulkAppend compares Append (rows, roll-ups, chain) with plain
// inserts: the same rows into the same two tables, by one prepared statement a
// table, in transactions of the same size. The two take turns.
func BenchmarkBulkAppend(b *testing.B) {
	const batches = 10
	d := newBenchDesk(b)
	plain := newPlainInserts(b, d)
	source := newBenchSource(b, d, batches*benchBatch)
	var ours, theirs time.Duration
	for i := range batches {
		from := i * benchBatch
		records := source.batch(from, from+benchBatch)
		start := time.Now()
		if _, err := d.store.Append(context.Background(), records, "导入", nil); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		plain.read(d.path)
		theirs += plain.insert()
	}
	ratio := float64(theirs) / float64(ours)
	score("bulk append against plain prepared inserts", fmt.Sprintf("%.2f × (%.0f rows/s)", ratio, batches*benchBatch/ours.Seconds()),
		"≥ 0.5 ×", ratio >= 0.5)
}

// plainInserts copies the newest rows of a ledger into bare tables.
type plainInserts struct {
	b         *testing.B
	db        *sql.DB
	seen      int64
	revisions [][]any
	entries   [][]any
}

const plainTables = `
CREATE TABLE revision (k INTEGER PRIMARY KEY, record INTEGER, kind INTEGER NOT NULL, op INTEGER NOT NULL, clock INTEGER NOT NULL,
	author TEXT NOT NULL, reason TEXT NOT NULL, base BLOB NOT NULL, fields BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
CREATE TABLE publicity (id INTEGER PRIMARY KEY, rev INTEGER, void INTEGER NOT NULL, unit INTEGER NOT NULL, item INTEGER NOT NULL,
	day INTEGER NOT NULL, value INTEGER NOT NULL, flags INTEGER NOT NULL, note TEXT NOT NULL) STRICT`

func newPlainInserts(b *testing.B, d *desk) *plainInserts {
	b.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(d.home, "plain.db")+"?_journal_mode=WAL&_synchronous=FULL&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("PRAGMA wal_autocheckpoint = 16000; PRAGMA cache_size = -16000; " + plainTables); err != nil {
		b.Fatal(err)
	}
	return &plainInserts{b: b, db: db}
}

// read fetches the rows that came since the last time, as a copy in memory.
func (p *plainInserts) read(path string) {
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		p.b.Fatal(err)
	}
	defer db.Close()
	p.revisions = p.rows(db, "SELECT k, kind, op, clock, author, reason, base, fields, hash FROM revision WHERE kind = 4 AND k > ?", 9)
	p.entries = p.rows(db, "SELECT id, void, unit, item, day, value, flags, note FROM publicity WHERE id > ?", 8)
	if len(p.revisions) != benchBatch || len(p.entries) != benchBatch {
		p.b.Fatalf("read %d revisions and %d entries, want %d", len(p.revisions), len(p.entries), benchBatch)
	}
	p.seen = p.revisions[benchBatch-1][0].(int64)
}

func (p *plainInserts) rows(db *sql.DB, query string, width int) [][]any {
	rows, err := db.Query(query, p.seen)
	if err != nil {
		p.b.Fatal(err)
	}
	defer rows.Close()
	var list [][]any
	for rows.Next() {
		values, dest := make([]any, width), make([]any, width)
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			p.b.Fatal(err)
		}
		list = append(list, values)
	}
	return list
}

// insert writes the rows in one transaction and returns how long it took.
func (p *plainInserts) insert() time.Duration {
	start := time.Now()
	tx, err := p.db.Begin()
	if err != nil {
		p.b.Fatal(err)
	}
	defer tx.Rollback()
	revision, err := tx.Prepare("INSERT INTO revision (k, kind, op, clock, author, reason, base, fields, hash) VALUES (?,?,?,?,?,?,?,?,?)")
	if err != nil {
		p.b.Fatal(err)
	}
	entry, err := tx.Prepare("INSERT INTO publicity (id, void, unit, item, day, value, flags, note) VALUES (?,?,?,?,?,?,?,?)")
	if err != nil {
		p.b.Fatal(err)
	}
	for i := range p.revisions {
		if _, err := revision.Exec(p.revisions[i]...); err != nil {
			p.b.Fatal(err)
		}
		if _, err := entry.Exec(p.entries[i]...); err != nil {
			p.b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		p.b.Fatal(err)
	}
	return time.Since(start)
}

// BenchmarkSavedEntry compares one recorded entry (all checks, derived rows and
// a durable commit) with the least that durable can cost: 4 KiB appended to a
// file in the same folder and flushed. The two take turns.
func BenchmarkSavedEntry(b *testing.B) {
	d := newBenchDesk(b)
	fill(b, d, benchBatch)
	f, err := os.Create(filepath.Join(d.home, "flushed"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	entry := d.entry("宣传单", "1.2万余", 0)
	var saved, flushed []time.Duration
	for range 300 {
		start := time.Now()
		if _, err := d.book.Record(context.Background(), entry); err != nil {
			b.Fatal(err)
		}
		saved = append(saved, time.Since(start))
		start = time.Now()
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			b.Fatal(err)
		}
		if err := flushData(f); err != nil {
			b.Fatal(err)
		}
		flushed = append(flushed, time.Since(start))
	}
	ours, theirs := median(saved), median(flushed)
	ratio := float64(ours) / float64(theirs)
	score("one saved entry against one flush of 4 KiB", fmt.Sprintf("%.2f × (%s, %s)", ratio, ms(ours), ms(theirs)), "≤ 2.5 ×", ratio <= 2.5)
}

// BenchmarkNotice measures how long another window on the same ledger takes to
// notice a commit.
func BenchmarkNotice(b *testing.B) {
	d := newBenchDesk(b)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	other, err := data.Open(ctx, d.path, d.options())
	if err != nil {
		b.Fatal(err)
	}
	defer other.Close()
	changed, err := other.Watch(ctx)
	if err != nil {
		b.Fatal(err)
	}
	entry := d.entry("宣传单", "3", 0)
	var list []time.Duration
	for range 200 {
		time.Sleep(5 * time.Millisecond) // let the last event's rechecks end
		select {
		case <-changed:
		default:
		}
		if _, err := d.book.Record(ctx, entry); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		<-changed
		list = append(list, time.Since(start))
	}
	slices.Sort(list)
	worst := list[len(list)*99/100]
	score("commit noticed by another window, 99 of 100", ms(worst), "< 100 ms", worst < 100*time.Millisecond)
}

// BenchmarkWatchAtRest measures what waiting for commits costs when none come.
func BenchmarkWatchAtRest(b *testing.B) {
	d := newBenchDesk(b)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if _, err := d.store.Watch(ctx); err != nil {
		b.Fatal(err)
	}
	time.Sleep(time.Second) // the last commit's echoes
	runtime.GC()            // what earlier benchmarks left
	debug.FreeOSMemory()
	var seconds []time.Duration
	for range 5 {
		before := processor()
		time.Sleep(time.Second)
		seconds = append(seconds, processor()-before)
	}
	share := median(seconds).Seconds()
	score("watching for commits, at rest", fmt.Sprintf("%.2f %% of a core", share*100), "< 1 %", share < 0.01)
}
