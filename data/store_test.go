package data_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/data"
)

// desk is one desk with its own home, clock and ledger, on real files.
type desk struct {
	t     testing.TB
	home  string
	path  string
	now   time.Time
	store *data.Store
	book  *ledger.Book
	items map[string]ledger.ID
}

func (d *desk) options() data.Options {
	return data.Options{Home: d.home, Now: func() time.Time { return d.now }}
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, home: t.TempDir(), now: time.Date(2026, 11, 22, 16, 0, 0, 0, time.Local), items: map[string]ledger.ID{}}
	d.path = filepath.Join(d.home, "ledger.db")
	s, err := data.Create(context.Background(), d.path, d.options(), data.Office{District: "宁江区", Unit: "临江街道", Desk: "临江街道-01"})
	if err != nil {
		t.Fatal(err)
	}
	d.use(s)
	return d
}

func (d *desk) use(s *data.Store) {
	d.store = s
	d.book = ledger.NewBook(s, func() string { return "张三" })
	d.t.Cleanup(func() { s.Close() })
	items, err := s.Items(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, i := range items {
		d.items[i.Value.Name] = i.ID
	}
}

func (d *desk) today() ledger.Day { return ledger.DayOf(d.now) }

func (d *desk) unit(name string) ledger.ID {
	d.t.Helper()
	units, err := d.store.Units(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	for _, u := range units {
		if u.Value.Name == name {
			return u.ID
		}
	}
	d.t.Fatalf("no unit %s", name)
	return 0
}

func (d *desk) entry(item, quantity string, daysAgo int) *ledger.Publicity {
	d.t.Helper()
	q, err := ledger.ParseQuantity(quantity)
	if err != nil {
		d.t.Fatal(err)
	}
	return &ledger.Publicity{Unit: d.unit("临江街道"), Item: d.items[item], Day: d.today() - ledger.Day(daysAgo), Quantity: q}
}

func (d *desk) record(r ledger.Record) ledger.ID {
	d.t.Helper()
	id, err := d.book.Record(context.Background(), r)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) figures() ledger.Figures {
	d.t.Helper()
	f, err := d.store.Figures(context.Background(), ledger.Scope{Kind: ledger.PeriodAll, Period: ledger.PeriodOf(ledger.PeriodAll, d.today())})
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

func (d *desk) sum(item string) string {
	d.t.Helper()
	for _, i := range d.figures().Publicity.Items {
		if i.Item.Name == item {
			return i.Sum.String()
		}
	}
	return ""
}

func (d *desk) verify() data.Report {
	d.t.Helper()
	r, err := d.store.Verify(context.Background(), nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

func wantCode(t testing.TB, err error, code ledger.Code) {
	t.Helper()
	if ledger.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func TestEntryCorrectedVoidedRestored(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	id := d.record(d.entry("宣传单", "35万", 3))
	d.record(d.entry("宣传单", "1.2万余", 0))
	if got := d.sum("宣传单"); got != "约362,000" {
		t.Fatalf("sum %s", got)
	}
	next := d.entry("宣传单", "3万", 2)
	if err := d.book.Correct(ctx, id, next, "少一个零"); err != nil {
		t.Fatal(err)
	}
	if got := d.sum("宣传单"); got != "约42,000" {
		t.Fatalf("after correction %s", got)
	}
	wantCode(t, d.book.Correct(ctx, id, next, "again"), ledger.CodeUnchanged)
	wantCode(t, d.book.Void(ctx, id, " "), ledger.CodeReasonEmpty)
	if err := d.book.Void(ctx, id, "重复"); err != nil {
		t.Fatal(err)
	}
	if got := d.sum("宣传单"); got != "约12,000" {
		t.Fatalf("after void %s", got)
	}
	wantCode(t, d.book.Correct(ctx, id, d.entry("宣传单", "5", 0), "x"), ledger.CodeRecordVoided)
	if err := d.book.Restore(ctx, id, "撤销作废"); err != nil {
		t.Fatal(err)
	}
	history, err := d.store.History(ctx, id)
	if err != nil || len(history) != 4 {
		t.Fatalf("history %d, %v", len(history), err)
	}
	if history[0].Fields.(*ledger.Publicity).Quantity.Value != 350000 || history[2].Op != ledger.OpVoid {
		t.Fatalf("history lost what was written: %+v", history)
	}
	if r := d.verify(); r.Entries != 2 || r.Records != r.Revisions-3 {
		t.Fatalf("report %+v", r)
	}
}

func TestRefusalsChangeNothing(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	before := d.verify()
	bad := map[ledger.Code]ledger.Record{
		ledger.CodeDayFuture:    &ledger.Publicity{Unit: d.unit("临江街道"), Item: d.items["电子屏"], Day: d.today() + 1, Quantity: ledger.Quantity{Value: 1}},
		ledger.CodeDayTooEarly:  &ledger.Publicity{Unit: d.unit("临江街道"), Item: d.items["电子屏"], Day: -1, Quantity: ledger.Quantity{Value: 1}},
		ledger.CodeUnitUnknown:  &ledger.Publicity{Unit: 99, Item: d.items["电子屏"], Day: d.today(), Quantity: ledger.Quantity{Value: 1}},
		ledger.CodeItemUnknown:  &ledger.Publicity{Unit: d.unit("临江街道"), Item: 99, Day: d.today(), Quantity: ledger.Quantity{Value: 1}},
		ledger.CodeQuantityZero: &ledger.Publicity{Unit: d.unit("临江街道"), Item: d.items["电子屏"], Day: d.today()},
		ledger.CodeNameTaken:    &ledger.Item{Name: "电子屏", Measure: "处", Channel: ledger.ChannelCommunity},
		ledger.CodeSiteUnknown:  &ledger.Reserve{Site: 99, Rooms: 1, Ready: 1},
	}
	for code, r := range bad {
		good := d.entry("电子屏", "3", 0)
		_, err := d.book.RecordAll(ctx, []ledger.Record{good, r})
		wantCode(t, err, code)
	}
	if after := d.verify(); after != before {
		t.Fatalf("a refusal left something: %+v, was %+v", after, before)
	}
}

func TestReserveStepsAndRule(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	sites := map[string]int64{"四姑娘山镇卫生院": 6, "美兴镇卫生院": 7, "县委党校": 39}
	var school ledger.ID
	for name, rooms := range sites {
		id := d.record(&ledger.Site{Name: name, Plan: ledger.PlanReady, Rooms: ledger.Stated(rooms)})
		d.record(&ledger.Reserve{Site: id, Rooms: rooms, Ready: -1})
		if name == "县委党校" {
			school = id
		}
	}
	d.record(&ledger.Site{Name: "同心宾馆", Plan: ledger.PlanStandby})
	f := d.figures()
	if got := f.Isolation.Plans[0].Rooms; got != ledger.Stated(52) {
		t.Fatalf("plan 1 rooms %+v", got)
	}
	if got := f.Isolation.Plans[1].Rooms; got.Known {
		t.Fatalf("plan 2 is not stated, got %+v", got)
	}
	for n, want := range map[int64]bool{5: false, 6: true} {
		d.now = d.now.Add(time.Second)
		d.record(&ledger.Cases{Count: n})
		stands := false
		for _, a := range d.figures().Alerts {
			stands = stands || a.Kind == ledger.AlertReserve
		}
		if stands != want {
			t.Errorf("%d cases: alert %v", n, stands)
		}
	}
	for range 2 {
		if _, err := d.book.Step(ctx, school, ledger.StepAdmit); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.book.Step(ctx, school, ledger.StepDischarge); err != nil {
		t.Fatal(err)
	}
	for _, s := range d.figures().Isolation.Sites {
		if s.ID == school && (s.Ready.N != 37 || s.Occupied.N != 1 || s.Cleaning.N != 1) {
			t.Fatalf("after steps %+v", s)
		}
	}
	if _, err := d.book.Step(ctx, school, ledger.StepCleaned); err != nil {
		t.Fatal(err)
	}
	_, err := d.book.Step(ctx, school, ledger.StepCleaned)
	wantCode(t, err, ledger.CodeNoRoomCleaning)
	_, err = d.book.Record(ctx, &ledger.Reserve{Site: school, Rooms: 39, Ready: -1, Occupied: 30, Cleaning: 10})
	wantCode(t, err, ledger.CodeRoomsOver)
	_, err = d.book.Record(ctx, &ledger.Reserve{Site: school, Rooms: 39, Ready: 10, Occupied: 10})
	wantCode(t, err, ledger.CodeRoomsDoNotAdd)
	d.verify()
}

func TestProblemsFollowTheirRules(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	ins := d.record(&ledger.Inspection{Unit: d.unit("临江街道"), Day: d.today() - 10, Form: ledger.FormUnannounced, Visits: 3, Problems: 1, Directives: 1})
	p := &ledger.Problem{Inspection: ins, Text: "未测温", Directive: "立即整改", Deadline: d.today() - 1}
	id := d.record(p)
	_, err := d.book.Record(ctx, &ledger.Problem{Inspection: ins, Text: "二", Directive: "改", Deadline: d.today()})
	wantCode(t, err, ledger.CodeProblemsOver)
	if s := d.figures().Supervision; s.Visits != 3 || s.Open != 1 || s.Overdue != 1 {
		t.Fatalf("%+v", s)
	}
	if err := d.book.Rectify(ctx, id, "已配备"); err != nil {
		t.Fatal(err)
	}
	if s := d.figures().Supervision; s.Rectified != 1 || s.Overdue != 1 {
		t.Fatalf("a claim stops no clock: %+v", s)
	}
	wantCode(t, d.book.Close(ctx, id, "", "李四"), ledger.CodeEvidenceEmpty)
	wantCode(t, d.book.Close(ctx, id, "照片", ""), ledger.CodeSecondEmpty)
	wantCode(t, d.book.Close(ctx, id, "照片", "张三"), ledger.CodeSecondSame)
	if err := d.book.Close(ctx, id, "照片", "李四"); err != nil {
		t.Fatal(err)
	}
	wantCode(t, d.book.Rectify(ctx, id, "x"), ledger.CodeProblemClosed)
	wantCode(t, d.book.Void(ctx, ins, "误录"), ledger.CodeInspectionInUse)
	if s := d.figures().Supervision; s.Closed != 1 || s.Overdue != 0 {
		t.Fatalf("%+v", s)
	}
	d.verify()
}

func TestRestoreStartsANewIncarnation(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	d.record(d.entry("电子屏", "3", 0))
	backup := filepath.Join(t.TempDir(), "b.db")
	if err := d.store.Backup(ctx, backup); err != nil {
		t.Fatal(err)
	}
	wantCode(t, d.store.Backup(ctx, backup), ledger.CodeFileExists)
	lost := d.record(d.entry("电子屏", "4", 0))
	for round := range 2 {
		d.now = d.now.Add(time.Minute)
		if err := data.Restore(ctx, d.path, backup, d.options()); err != nil {
			t.Fatal(err)
		}
		if got := d.sum("电子屏"); got != "3" {
			t.Fatalf("round %d: restored sum %s", round, got)
		}
		again := d.record(d.entry("电子屏", "5", 0))
		if again.Desk() == lost.Desk() {
			t.Fatal("the restored desk writes its old chain again")
		}
		d.verify()
	}
	desks, err := d.store.Desks(ctx)
	if err != nil || len(desks) != 3 {
		t.Fatalf("desks %+v, %v", desks, err)
	}
	list, err := data.Backups(d.home, d.path)
	if err != nil || len(list) != 2 {
		t.Fatalf("a restore keeps what was there: %v, %v", list, err)
	}
}

func TestCopyWithoutItsKeyBecomesItsOwnDesk(t *testing.T) {
	d := newDesk(t)
	first := d.record(d.entry("电子屏", "3", 0))
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	other := &desk{t: t, home: t.TempDir(), now: d.now, items: map[string]ledger.ID{}}
	other.path = filepath.Join(other.home, "ledger.db")
	content, err := os.ReadFile(d.path)
	if err == nil {
		err = os.WriteFile(other.path, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := data.Open(context.Background(), other.path, other.options())
	if err != nil {
		t.Fatal(err)
	}
	other.use(s)
	if id := other.record(other.entry("电子屏", "4", 0)); id.Desk() == first.Desk() {
		t.Fatal("a copied ledger continues the chain of the desk it was copied from")
	}
	other.verify()
}

func TestOpenRefuses(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	_, err := data.Open(ctx, filepath.Join(d.home, "none.db"), d.options())
	wantCode(t, err, ledger.CodeLedgerMissing)
	_, err = data.Open(ctx, filepath.Join(d.home, "gone", "none.db"), d.options())
	wantCode(t, err, ledger.CodeDriveGone)
	text := filepath.Join(d.home, "text.db")
	if err := os.WriteFile(text, []byte("今天天气好"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = data.Open(ctx, text, d.options())
	wantCode(t, err, ledger.CodeLedgerNotOne)
	if got, _ := os.ReadFile(text); string(got) != "今天天气好" {
		t.Fatal("a file that is no ledger was written to")
	}
	_, err = data.Create(ctx, d.path, d.options(), data.Office{District: "x", Desk: "y"})
	wantCode(t, err, ledger.CodeLedgerExists)
}

func TestWatchSeesAnotherProcess(t *testing.T) {
	d := newDesk(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	changed, err := d.store.Watch(ctx)
	if err != nil {
		t.Fatal(err)
	}
	other, err := data.Open(ctx, d.path, d.options())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	book := ledger.NewBook(other, func() string { return "李四" })
	for range 20 {
		if _, err := book.Record(ctx, d.entry("电子屏", "1", 0)); err != nil {
			t.Fatal(err)
		}
		select {
		case <-changed:
		case <-time.After(5 * time.Second):
			t.Fatal("a commit was not noticed")
		}
	}
}

// TestOldFilePutBackByHand: people restore by copying files, too.
func TestOldFilePutBackByHand(t *testing.T) {
	d := newDesk(t)
	d.record(d.entry("电子屏", "3", 0))
	d.store.Close()
	old, err := os.ReadFile(d.path)
	if err != nil {
		t.Fatal(err)
	}
	reopen := func() {
		s, err := data.Open(context.Background(), d.path, d.options())
		if err != nil {
			t.Fatal(err)
		}
		d.use(s)
	}
	reopen()
	lost := d.record(d.entry("电子屏", "4", 0))
	d.store.Close()
	if err := os.WriteFile(d.path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	reopen()
	if again := d.record(d.entry("电子屏", "5", 0)); again.Desk() == lost.Desk() {
		t.Fatal("an old file put back by hand goes on with sequence numbers that were given")
	}
	d.verify()
	d.store.Close()
	reopen()
	first := d.record(d.entry("电子屏", "6", 0))
	if first.Desk() == lost.Desk() || len(d.figures().Publicity.Items) != 1 {
		t.Fatal("the new incarnation does not go on")
	}
}
