package data_test

import (
	"context"
	"flag"
	"os"
	"testing"
	"time"

	"pgregory.net/rapid"

	"taizhang/app/ledger"
	"taizhang/data"
)

// The model is the ledger as anyone would write it without a database: lists,
// and loops over them. Random work is done on both, and then both are asked the
// same questions.
type model struct {
	d        *desk
	t        *rapid.T
	units    []ledger.Row[ledger.Unit]
	items    []ledger.Row[ledger.Item]
	entries  []*modelEntry
	visits   []*modelInspection
	problems []*modelProblem
}

type modelEntry struct {
	ledger.Publicity
	id     ledger.ID
	clock  ledger.Clock
	voided bool
}

type modelInspection struct {
	ledger.Inspection
	id     ledger.ID
	listed int64
}

type modelProblem struct {
	ledger.Problem
	id ledger.ID
}

// modelLedger makes the ledger that every run begins with a copy of: making one
// flushes many files to the drive, a copy none.
func modelLedger(t *testing.T) *desk {
	d := newDesk(t)
	district, street := d.unit("宁江区"), d.unit("临江街道")
	d.record(&ledger.Unit{Name: "河口镇", Parent: district})
	d.record(&ledger.Unit{Name: "一社区", Parent: street})
	d.record(&ledger.Unit{Name: "二社区", Parent: street})
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAgainstModel(t *testing.T) {
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := f.Value.Set("25"); err != nil {
			t.Fatal(err)
		}
	}
	first := modelLedger(t)
	content, err := os.ReadFile(first.path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		file, err := os.CreateTemp(folder, "*.db")
		if err != nil {
			rt.Fatal(err)
		}
		_, err = file.Write(content)
		file.Close()
		if err != nil {
			rt.Fatal(err)
		}
		m := openModel(rt, t, first, file.Name())
		defer func() {
			m.d.store.Close()
			os.Remove(file.Name())
		}()
		m.work()
		m.compare()
	})
}

func openModel(rt *rapid.T, t *testing.T, first *desk, path string) *model {
	d := &desk{t: t, home: first.home, path: path, now: first.now, items: map[string]ledger.ID{}}
	s, err := data.Open(context.Background(), path, d.options())
	if err != nil {
		rt.Fatal(err)
	}
	d.store, d.book = s, ledger.NewBook(s, func() string { return "张三" })
	m := &model{d: d, t: rt}
	if m.units, err = s.Units(context.Background()); err != nil {
		rt.Fatal(err)
	}
	items, err := s.Items(context.Background())
	if err != nil {
		rt.Fatal(err)
	}
	m.items = []ledger.Row[ledger.Item]{items[0], items[3], items[5], items[7]}
	return m
}

// work does random things, each with a moment of its own.
func (m *model) work() {
	steps := []func(){m.record, m.record, m.append, m.correct, m.void, m.restore, m.inspect, m.list, m.settle}
	for range rapid.IntRange(1, 25).Draw(m.t, "steps") {
		m.d.now = m.d.now.Add(time.Duration(rapid.IntRange(0, 3).Draw(m.t, "ms")) * time.Millisecond)
		rapid.SampledFrom(steps).Draw(m.t, "step")()
	}
}

func (m *model) must(err error) {
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *model) draw() ledger.Publicity {
	return ledger.Publicity{
		Unit: rapid.SampledFrom(m.units).Draw(m.t, "unit").ID,
		Item: rapid.SampledFrom(m.items).Draw(m.t, "item").ID,
		Day:  m.d.today() - ledger.Day(rapid.IntRange(0, 430).Draw(m.t, "ago")),
		Quantity: ledger.Quantity{Value: rapid.Int64Range(1, 20).Draw(m.t, "value"),
			Approx: ledger.Approx(rapid.IntRange(0, 3).Draw(m.t, "approx"))},
		Note: rapid.SampledFrom([]string{"", "入户", "100%入户", "a_b"}).Draw(m.t, "note"),
	}
}

func (m *model) record() {
	e := &modelEntry{Publicity: m.draw()}
	fields := e.Publicity
	id, err := m.d.book.Record(context.Background(), &fields)
	m.must(err)
	e.id = id
	m.entries = append(m.entries, e)
	m.clockOf(e)
}

// clockOf notes when an entry was last written, which only the ledger knows.
func (m *model) clockOf(e *modelEntry) {
	h, err := m.d.store.History(context.Background(), e.id)
	m.must(err)
	clock := h[len(h)-1].Clock
	for _, o := range m.entries {
		if o != e && o.clock >= clock {
			m.t.Fatalf("clock %d of %d is not after %d", clock, e.id, o.clock)
		}
	}
	e.clock = clock
}

func (m *model) append() {
	var records []ledger.Record
	var made []*modelEntry
	for range rapid.IntRange(1, 70).Draw(m.t, "rows") {
		e := &modelEntry{Publicity: m.draw()}
		fields := e.Publicity
		made, records = append(made, e), append(records, &fields)
	}
	ids, err := m.d.store.Append(context.Background(), records, "导入", nil)
	m.must(err)
	for i, e := range made {
		e.id = ids[i]
		m.entries = append(m.entries, e)
		m.clockOf(e)
	}
}

func (m *model) pick(voided bool) *modelEntry {
	var list []*modelEntry
	for _, e := range m.entries {
		if e.voided == voided {
			list = append(list, e)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return rapid.SampledFrom(list).Draw(m.t, "entry")
}

func (m *model) correct() {
	if e := m.pick(false); e != nil {
		next := m.draw()
		if next == e.Publicity {
			next.Note += "!"
		}
		fields := next
		m.must(m.d.book.Correct(context.Background(), e.id, &fields, "数错"))
		e.Publicity = next
		m.clockOf(e)
	}
}

func (m *model) void() {
	if e := m.pick(false); e != nil {
		m.must(m.d.book.Void(context.Background(), e.id, "重复"))
		e.voided = true
		m.clockOf(e)
	}
}

func (m *model) restore() {
	if e := m.pick(true); e != nil {
		m.must(m.d.book.Restore(context.Background(), e.id, ""))
		e.voided = false
		m.clockOf(e)
	}
}

func (m *model) inspect() {
	v := &modelInspection{Inspection: ledger.Inspection{
		Unit: rapid.SampledFrom(m.units).Draw(m.t, "unit").ID, Form: ledger.FormAnnounced,
		Day:    m.d.today() - ledger.Day(rapid.IntRange(0, 70).Draw(m.t, "ago")),
		Visits: rapid.Int64Range(1, 5).Draw(m.t, "visits"), Problems: rapid.Int64Range(0, 4).Draw(m.t, "problems"),
	}}
	fields := v.Inspection
	id, err := m.d.book.Record(context.Background(), &fields)
	m.must(err)
	v.id = id
	m.visits = append(m.visits, v)
}

func (m *model) list() {
	for _, v := range m.visits {
		if v.listed == v.Problems {
			continue
		}
		p := &modelProblem{Problem: ledger.Problem{Inspection: v.id, Unit: rapid.SampledFrom(m.units).Draw(m.t, "unit").ID,
			Text: "未测温", Directive: "整改", Deadline: v.Day + ledger.Day(rapid.IntRange(0, 90).Draw(m.t, "days")), State: ledger.StateOpen}}
		fields := p.Problem
		id, err := m.d.book.Record(context.Background(), &fields)
		m.must(err)
		p.id = id
		v.listed++
		m.problems = append(m.problems, p)
		return
	}
}

func (m *model) settle() {
	for _, p := range m.problems {
		if p.State == ledger.StateClosed || rapid.Bool().Draw(m.t, "skip") {
			continue
		}
		if rapid.Bool().Draw(m.t, "close") {
			m.must(m.d.book.Close(context.Background(), p.id, "照片", "李四"))
			p.State = ledger.StateClosed
		} else if p.State == ledger.StateOpen {
			m.must(m.d.book.Rectify(context.Background(), p.id, "已改"))
			p.State = ledger.StateRectified
		}
		return
	}
}
