package ledger

import (
	"context"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var background = context.Background()

func TestAnEntryIsRecordedWhole(t *testing.T) {
	w := newWorld(t)
	p := w.entry(w.linjiang, "宣传单", "1.2万余", 1)
	p.Note = "沿街发放"
	id := w.record(p)
	row := w.current(id)
	if !reflect.DeepEqual(row.Value, p) || row.Author != "王芳" || row.Voided || row.Revision != id {
		t.Errorf("the entry stands as %+v %+v", row, row.Value)
	}
	if last := w.revisions[len(w.revisions)-1]; last.Op != OpCreate || last.Record != last.ID || len(last.Base) != 0 {
		t.Errorf("it was written as %+v", last)
	}
}

func TestEntriesAreRefused(t *testing.T) {
	w := newWorld(t)
	good := func() *Publicity { return w.entry(w.linjiang, "宣传单", "10", 0) }
	site := w.record(&Site{Name: "同心宾馆", Plan: PlanStandby})
	for _, c := range []struct {
		spoil func(*Publicity)
		want  Code
		args  []any
	}{
		{func(p *Publicity) { p.Day++ }, CodeDayFuture, []any{"day", "2026-11-23", "today", "2026-11-22"}},
		{func(p *Publicity) { p.Day = -1 }, CodeDayTooEarly, []any{"day", "1999-12-31"}},
		{func(p *Publicity) { p.Unit = 0 }, CodeUnitUnknown, nil},
		{func(p *Publicity) { p.Unit = site }, CodeUnitUnknown, nil},
		{func(p *Publicity) { p.Item = MakeID(catalogueDesk, 99) }, CodeItemUnknown, nil},
		{func(p *Publicity) { p.Quantity.Value = 0 }, CodeQuantityZero, nil},
		{func(p *Publicity) { p.Quantity.Value = -1 }, CodeQuantityNegative, []any{"text", "-1"}},
		{func(p *Publicity) { p.Quantity.Value = MaxQuantity + 1 }, CodeQuantityAbsurd, []any{"max", MaxQuantity}},
		{func(p *Publicity) { p.Note = strings.Repeat("字", MaxText+1) }, CodeTextTooLong, []any{"field", "note", "length", MaxText + 1, "max", MaxText}},
	} {
		p := good()
		c.spoil(p)
		w.refuses(p, c.want, c.args...)
	}
	edge := good()
	edge.Day, edge.Quantity.Value, edge.Note = 0, MaxQuantity, strings.Repeat("字", MaxText)
	w.record(edge)
}

func TestUnitNamesAndTree(t *testing.T) {
	w := newWorld(t)
	w.refuses(&Unit{Name: " 临江街道 ", Parent: w.district}, CodeNameTaken, "name", "临江街道")
	w.record(&Unit{Name: "柳树村", Parent: w.xinhua}) // the same name under another township
	w.refuses(&Unit{Name: "　", Parent: w.district}, CodeNameEmpty)
	w.refuses(&Unit{Name: strings.Repeat("村", MaxName+1), Parent: w.district}, CodeTextTooLong)
	w.refuses(&Unit{Name: "孤村", Parent: MakeID(ownDesk, 999)}, CodeUnitUnknown)
	id := w.record(&Unit{Name: "  江南镇 ", Parent: w.district})
	if got := w.current(id).Value.(*Unit).Name; got != "江南镇" {
		t.Errorf("the name is kept as %q", got)
	}
	// Renaming to its own name is no clash, only no change.
	w.unchanged(func() error {
		return w.book.Correct(background, id, &Unit{Name: "江南镇", Parent: w.district}, "改名")
	}, CodeUnchanged)
	// A voided unit frees its name, and nothing can be put under it.
	w.do(w.book.Void(background, id, "撤并"))
	w.refuses(&Unit{Name: "一村", Parent: id}, CodeUnitUnknown)
	w.record(&Unit{Name: "江南镇", Parent: w.district})
	w.unchanged(func() error { return w.book.Restore(background, id, "撤销") }, CodeNameTaken, "name", "江南镇")
}

// TestAUnitIsOneName: a path is refused as a name, one that stands from before is
// moved and renamed all the same.
func TestAUnitIsOneName(t *testing.T) {
	w := newWorld(t)
	for _, name := range []string{"宁江区/临江街道", `宁江区\临江街道`, "宁江区／临江街道", "/"} {
		w.refuses(&Unit{Name: name, Parent: w.district}, CodeUnitSlash, "name", name)
	}
	id := w.record(&Unit{Name: "江南镇", Parent: w.district})
	old := &Unit{Name: "宁江区/江南镇", Parent: w.district}
	w.do(w.fake.Write(background, func(tx Tx) error {
		return tx.Append(&Revision{Record: id, Op: OpCorrect, Author: "旧", Fields: old})
	}))
	w.do(w.book.Correct(background, id, &Unit{Name: old.Name, Parent: w.linjiang}, "区划调整"))
	w.unchanged(func() error {
		return w.book.Correct(background, id, &Unit{Name: "宁江/江南镇", Parent: w.linjiang}, "改名")
	}, CodeUnitSlash)
	w.do(w.book.Correct(background, id, &Unit{Name: "江南镇", Parent: w.linjiang}, "改名"))
}

func TestSplitUnits(t *testing.T) {
	for text, want := range map[string][2]string{"宁江区": {"宁江区", ""}, "宁江区/临江街道": {"宁江区", "临江街道"}, " 宁江区 ／ 临江街道 ": {"宁江区", "临江街道"},
		`宁江区\临江街道`: {"宁江区", "临江街道"}, "宁江区/": {"宁江区", ""}, "/临江街道": {"", "临江街道"}, "宁州市/宁江区/临江街道": {"宁州市", "宁江区/临江街道"}} {
		if above, unit := SplitUnits(text); above != want[0] || unit != want[1] {
			t.Errorf("%q is read as %q and %q", text, above, unit)
		}
	}
}

// TestMoveUnit: the district is found by its name or recorded, and nothing is
// written when the unit cannot stand under it.
func TestMoveUnit(t *testing.T) {
	w := newWorld(t)
	own := w.record(&Unit{Name: "河口镇"})
	path := func() (names string) {
		for _, u := range PathOf(rowsAs[Unit](w.fake), own) {
			names += "/" + u.Value.Name
		}
		return names
	}
	w.do(w.book.MoveUnit(background, own, Unit{Name: " 江北区 ", Initials: "jbq"}, "归口"))
	if got := path(); got != "/江北区/河口镇" {
		t.Errorf("stands at %s", got)
	}
	units := len(rowsAs[Unit](w.fake))
	district := w.current(w.district).Value.(*Unit).Name
	w.do(w.book.MoveUnit(background, own, Unit{Name: district}, "归口"))
	if got := path(); got != "/"+district+"/河口镇" || len(rowsAs[Unit](w.fake)) != units {
		t.Errorf("stands at %s, %d units", got, len(rowsAs[Unit](w.fake)))
	}
	w.unchanged(func() error { return w.book.MoveUnit(background, own, Unit{Name: district}, "归口") }, CodeUnchanged)
	w.unchanged(func() error { return w.book.MoveUnit(background, own, Unit{Name: "河口镇"}, "归口") }, CodeUnitLoop)
	w.unchanged(func() error { return w.book.MoveUnit(background, own, Unit{Name: "a/b"}, "归口") }, CodeUnitSlash)
	w.unchanged(func() error { return w.book.MoveUnit(background, w.district, Unit{Name: "柳树村"}, "归口") }, CodeUnitLoop)
	w.do(w.book.MoveUnit(background, own, Unit{}, "自立"))
	if got := path(); got != "/河口镇" {
		t.Errorf("stands at %s", got)
	}
}

func TestUnitsNeverFormALoop(t *testing.T) {
	w := newWorld(t)
	for unit, parents := range map[ID][]ID{
		w.linjiang: {w.linjiang, w.village, w.hamlet}, w.village: {w.village, w.hamlet}, w.district: {w.xinhua, w.hamlet},
	} {
		for _, parent := range parents {
			u := *w.current(unit).Value.(*Unit)
			u.Parent = parent
			w.unchanged(func() error { return w.book.Correct(background, unit, &u, "调整") }, CodeUnitLoop, "name", u.Name)
		}
	}
	// Moving a branch is fine where it makes no loop.
	w.do(w.book.Correct(background, w.village, &Unit{Name: "柳树村", Parent: w.xinhua}, "区划调整"))
	if got := Subtree(rowsAs[Unit](w.fake), w.xinhua); !slices.Equal(got, []ID{w.xinhua, w.village, w.hamlet}) {
		t.Errorf("under the new township are %v", got)
	}
}

func TestItemsAndSitesHaveNamesOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	w.refuses(&Item{Name: "宣传条幅 ", Measure: "条", Channel: ChannelNews}, CodeNameTaken, "name", "宣传条幅")
	w.refuses(&Item{Name: "灯箱", Channel: ChannelCommunity}, CodeMeasureEmpty, "name", "灯箱")
	w.refuses(&Item{Name: "灯箱", Measure: " ", Channel: ChannelCommunity}, CodeMeasureEmpty)
	w.refuses(&Item{Name: "灯箱", Measure: "个", Channel: 4}, CodeChannel)
	w.refuses(&Item{Name: "灯箱", Measure: "个"}, CodeChannel)
	w.refuses(&Item{Name: "灯箱", Measure: "一二三四五六七八九", Channel: ChannelNews}, CodeTextTooLong)
	w.record(&Item{Name: "灯箱", Measure: "个", Channel: ChannelCommunity})
	w.record(&Site{Name: "同心宾馆", Plan: PlanStandby})
	w.refuses(&Site{Name: "同心宾馆", Plan: PlanReady}, CodeNameTaken, "name", "同心宾馆")
	w.refuses(&Site{Name: "县委党校"}, CodePlan)
	w.refuses(&Site{Name: "县委党校", Plan: 3}, CodePlan)
	w.refuses(&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(-1)}, CodeCountNegative, "field", "rooms")
	w.refuses(&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(MaxCount + 1)}, CodeCountAbsurd, "max", MaxCount)
}

func TestCorrectKeepsTheOldRevision(t *testing.T) {
	w := newWorld(t)
	id := w.record(w.entry(w.linjiang, "宣传条幅", "3681", 2))
	before := len(w.revisions)
	old := w.revisions[before-1]
	w.author = "李强"
	next := w.entry(w.linjiang, "宣传条幅", "3682", 2)
	w.do(w.book.Correct(background, id, next, "数错一幅"))
	if len(w.revisions) != before+1 || !reflect.DeepEqual(w.revisions[before-1], old) {
		t.Fatal("the old revision did not stay as it was")
	}
	r := w.revisions[before]
	if r.Op != OpCorrect || r.Record != id || !slices.Equal(r.Base, []ID{id}) || r.Author != "李强" || r.Reason != "数错一幅" || r.Clock <= old.Clock {
		t.Errorf("the correction is %+v", r)
	}
	if row := w.current(id); row.Revision != r.ID || row.Value.(*Publicity).Quantity.Value != 3682 {
		t.Errorf("the entry now stands as %+v", row)
	}
	w.do(w.book.Correct(background, id, w.entry(w.linjiang, "宣传条幅", "3683", 2), "又错"))
	last := w.revisions[before+1]
	if !slices.Equal(last.Base, []ID{r.ID}) {
		t.Errorf("the second correction is based on %v, want the first", last.Base)
	}
	w.do(w.book.Void(background, id, "作废"))
	if void := w.revisions[before+2]; void.Op != OpVoid || void.Reason != "作废" || !slices.Equal(void.Base, []ID{last.ID}) {
		t.Errorf("the void is %+v", void)
	}
}

func TestCorrectIsRefused(t *testing.T) {
	w := newWorld(t)
	entry := w.entry(w.linjiang, "宣传条幅", "3681", 2)
	id := w.record(entry)
	correct := func(id ID, fields Record, reason string) func() error {
		return func() error { return w.book.Correct(background, id, fields, reason) }
	}
	changed := w.entry(w.linjiang, "宣传条幅", "12", 2)
	w.unchanged(correct(id, changed, " 　"), CodeReasonEmpty)
	w.unchanged(correct(id, entry, "没有变"), CodeUnchanged)
	w.unchanged(correct(id, &Cases{Count: 3}, "类别"), CodeRecordKind, "kind", "publicity", "want", "cases")
	w.unchanged(correct(MakeID(ownDesk, 999), changed, "没有"), CodeRecordUnknown)
	future := w.entry(w.linjiang, "宣传条幅", "12", -1)
	w.unchanged(correct(id, future, "明天"), CodeDayFuture)
	w.do(w.book.Void(background, id, "重复"))
	w.unchanged(correct(id, changed, "改"), CodeRecordVoided)
}

func TestVoidAndRestore(t *testing.T) {
	w := newWorld(t)
	id := w.record(w.entry(w.linjiang, "电子屏", "304", 0))
	w.unchanged(func() error { return w.book.Void(background, id, "") }, CodeReasonEmpty)
	w.unchanged(func() error { return w.book.Restore(background, id, "撤销") }, CodeUnchanged)
	w.do(w.book.Void(background, id, "重复录入"))
	row := w.current(id)
	if !row.Voided || row.Value.(*Publicity).Quantity.Value != 304 {
		t.Errorf("the voided entry stands as %+v", row)
	}
	if n := w.figures(PeriodToday).Publicity.Entries; n != 0 {
		t.Errorf("a voided entry is counted: %d", n)
	}
	w.unchanged(func() error { return w.book.Void(background, id, "再作废") }, CodeRecordVoided)
	w.do(w.book.Restore(background, id, "撤销"))
	back := w.current(id)
	if back.Voided || !reflect.DeepEqual(back.Value, row.Value) {
		t.Errorf("the restored entry stands as %+v", back)
	}
	if r := w.revisions[len(w.revisions)-1]; !slices.Equal(r.Base, []ID{row.Revision}) || r.Op != OpCorrect {
		t.Errorf("it was restored by %+v", r)
	}
	if n := w.figures(PeriodToday).Publicity.Entries; n != 1 {
		t.Errorf("a restored entry is counted %d times", n)
	}
	w.unchanged(func() error { return w.book.Void(background, MakeID(ownDesk, 999), "没有") }, CodeRecordUnknown)
	w.unchanged(func() error { return w.book.Restore(background, MakeID(ownDesk, 999), "没有") }, CodeRecordUnknown)
}

func TestWhatIsInUseIsNotVoided(t *testing.T) {
	w := newWorld(t)
	void := func(id ID) func() error { return func() error { return w.book.Void(background, id, "撤销") } }
	w.unchanged(void(w.district), CodeUnitInUse, "name", "宁江区", "listed", 2)
	w.unchanged(void(w.village), CodeUnitInUse, "name", "柳树村", "listed", 1)
	entry := w.record(w.entry(w.hamlet, "讲座", "1", 0))
	w.unchanged(void(w.hamlet), CodeUnitInUse, "name", "三组")
	w.unchanged(void(w.item("讲座")), CodeItemInUse, "name", "讲座", "listed", 1)
	w.unchanged(void(MakeID(catalogueDesk, 1)), CodeRecordKind, "kind", "desk")
	inspection := w.record(&Inspection{Unit: w.xinhua, Day: w.today(), Form: FormSpecial, Visits: 1, Problems: 1})
	w.unchanged(void(w.xinhua), CodeUnitInUse)
	problem := w.record(&Problem{Inspection: inspection, Text: "未测温", Directive: "配备", Deadline: w.today()})
	w.unchanged(void(inspection), CodeInspectionInUse, "listed", 1)
	// Once what stands on them is voided, they can be.
	for _, id := range []ID{problem, inspection, w.xinhua, entry, w.hamlet, w.village, w.item("讲座")} {
		w.do(w.book.Void(background, id, "撤销"))
	}
	// And what would stand on a voided record does not come back before it.
	w.unchanged(func() error { return w.book.Restore(background, entry, "恢复") }, CodeUnitUnknown)
	w.unchanged(func() error { return w.book.Restore(background, problem, "恢复") }, CodeRecordVoided)
	for _, id := range []ID{w.xinhua, inspection, problem, w.item("讲座"), w.village, w.hamlet, entry} {
		w.do(w.book.Restore(background, id, "恢复"))
	}
}

func TestAVoidedSiteLeavesTheReserve(t *testing.T) {
	w := newWorld(t)
	site := w.record(&Site{Name: "县委党校", Plan: PlanReady, Rooms: Stated(39)})
	w.record(&Reserve{Site: site, Rooms: 39, Ready: 39})
	w.do(w.book.Void(background, site, "停用"))
	if iso := w.figures(PeriodToday).Isolation; len(iso.Sites) != 0 || iso.Reserve.Known || iso.Plans[0].Sites != 0 {
		t.Errorf("a voided site is still counted: %+v", iso)
	}
	w.refuses(&Reserve{Site: site, Rooms: 39, Ready: 39}, CodeSiteUnknown)
}

func TestRecordAllIsAllOrNothing(t *testing.T) {
	w := newWorld(t)
	batch := []Record{w.entry(w.linjiang, "宣传单", "1", 0), w.entry(w.linjiang, "宣传单", "2", -1), w.entry(w.linjiang, "宣传单", "3", 0)}
	w.unchanged(func() error {
		ids, err := w.book.RecordAll(background, batch)
		if len(ids) != 0 {
			t.Errorf("a refused batch gave the ids %v", ids)
		}
		return err
	}, CodeDayFuture)
	batch[1] = w.entry(w.linjiang, "宣传单", "2", 1)
	ids, err := w.book.RecordAll(background, batch)
	w.do(err)
	for i, id := range ids {
		if !reflect.DeepEqual(w.current(id).Value, batch[i]) {
			t.Errorf("id %d of the batch names %+v", i, w.current(id).Value)
		}
	}
	w.broken = fs.ErrPermission
	w.unchanged(func() error {
		ids, err := w.book.RecordAll(background, batch)
		if len(ids) != 0 || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("a failed commit gave %v, %v", ids, err)
		}
		return err
	}, CodeInternal)
}

func TestTimesOfReports(t *testing.T) {
	w := newWorld(t)
	w.now = w.now.Add(123456789 * time.Nanosecond)
	id := w.record(&Cases{Count: 2})
	if at := w.current(id).Value.(*Cases).At; !at.Equal(w.now.Truncate(time.Second)) {
		t.Errorf("a report without a time is of %s", at)
	}
	w.record(&Cases{At: w.now.Add(clockSlack), Count: 2})
	w.refuses(&Cases{At: w.now.Add(clockSlack + time.Second), Count: 2}, CodeTimeFuture)
	w.refuses(&Cases{At: time.Date(1999, 12, 31, 23, 59, 59, 0, time.Local), Count: 2}, CodeTimeTooEarly)
	w.record(&Cases{At: time.Date(2000, 1, 1, 0, 0, 0, 0, time.Local), Count: 2})
	w.refuses(&Cases{Count: -1}, CodeCountNegative, "field", "cases", "count", -1)
	w.refuses(&Cases{Count: MaxCount + 1}, CodeCountAbsurd)
}

// TestResolve ends a clash of two desks with the statement that a person picks.
func TestResolve(t *testing.T) {
	w := newWorld(t)
	b, f := w.book, w.fake
	ctx := context.Background()
	id, err := b.Record(ctx, &Unit{Name: "临江街道"})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Resolve(ctx, id, id, "核对"); CodeOf(err) != CodeNoClash {
		t.Errorf("a record that does not clash: %v", err)
	}
	first := MakeID(7, 1)
	other := MakeID(8, 1)
	f.revisions = append(f.revisions,
		Revision{ID: first, Record: id, Op: OpCorrect, Base: []ID{id}, Fields: &Unit{Name: "临江镇"}},
		Revision{ID: other, Record: id, Op: OpVoid, Base: []ID{id}, Fields: &Unit{Name: "临江街道"}})
	if err := b.Resolve(ctx, id, id, "核对"); CodeOf(err) != CodeNoClash {
		t.Errorf("a revision that both have replaced: %v", err)
	}
	if err := b.Resolve(ctx, id, first, "核对"); err != nil {
		t.Fatal(err)
	}
	got := f.revisions[len(f.revisions)-1]
	if got.Op != OpCorrect || got.Fields.(*Unit).Name != "临江镇" || len(got.Base) != 2 || got.Reason != "核对" {
		t.Errorf("the choice is written as %+v", got)
	}
	if heads, _ := (fakeTx{f}).Heads(id); len(heads) != 1 {
		t.Errorf("%d statements stand after the choice", len(heads))
	}
}
