package ui

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// The desks of these tests.
const (
	hereDesk  int64 = 1
	townDesk  int64 = 2
	olderDesk int64 = 3 // this desk's, before a backup was restored
)

// hereKey is the key of this desk, of both its chains.
var hereKey = []byte("the public key of this desk")

// metLedger is pubLedger after bundles of another desk were merged.
type metLedger struct {
	*pubLedger
	origins map[ledger.ID]handoff.Origin
	reach   map[int64]handoff.Reach
	alone   bool
}

func (l *metLedger) Desks(context.Context) ([]ledger.DeskInfo, error) {
	return []ledger.DeskInfo{{Number: hereDesk, Own: true, Desk: ledger.Desk{Name: "指挥部-01", PublicKey: hereKey}},
		{Number: townDesk, Desk: ledger.Desk{Name: "桥东-01"}}, {Number: olderDesk, Desk: ledger.Desk{Name: "指挥部-01", PublicKey: hereKey}}}, nil
}

func (l *metLedger) IDText(id ledger.ID) string {
	return fmt.Sprintf("%s-%d", []string{"", "a1b2c3d4", "77e0c2d1", "5f00aa12"}[id.Desk()], id.Seq())
}

// Clashes finds them as the store does, the newest statement of each first.
func (l *metLedger) Clashes(context.Context) ([]handoff.Clash, error) {
	var list []handoff.Clash
	for _, id := range l.order {
		heads, _ := memTx{l.memLedger}.Heads(id)
		if len(heads) < 2 || same(heads) {
			continue
		}
		slices.SortFunc(heads, func(a, b ledger.Revision) int { return int(b.Clock - a.Clock) })
		list = append(list, handoff.Clash{Record: id, Heads: heads})
	}
	return list, l.failing
}

func same(heads []ledger.Revision) bool {
	return !slices.ContainsFunc(heads, func(h ledger.Revision) bool {
		return h.Op != heads[0].Op || !bytes.Equal(ledger.EncodeFields(nil, h.Fields), ledger.EncodeFields(nil, heads[0].Fields))
	})
}

func (l *metLedger) Origins(context.Context, []ledger.ID) (map[ledger.ID]handoff.Origin, error) {
	return l.origins, l.failing
}

func (l *metLedger) Standing(context.Context) (handoff.Standing, error) {
	return handoff.Standing{Own: hereDesk, Chains: l.reach, Exchanged: !l.alone}, l.failing
}

// metBench is a bench over such a ledger.
type metBench struct {
	*pubBench
	met  *metLedger
	seqs map[int64]int64
}

func newMetBench(t *testing.T, v look.Variant) *metBench {
	t.Helper()
	b := &metBench{pubBench: newPubBench(t, v), seqs: map[int64]int64{}}
	b.met = &metLedger{pubLedger: b.pub, origins: map[ledger.ID]handoff.Origin{}, reach: map[int64]handoff.Reach{hereDesk: {}}}
	b.session.Reader, b.session.Travels = b.met, b.met
	return b
}

// came is what a revision of another desk says; it came with the merge given.
func (b *metBench) came(desk int64, r ledger.Revision, merge int64, at time.Time) ledger.ID {
	b.seqs[desk]++
	r.ID = ledger.MakeID(desk, b.seqs[desk])
	r.Clock = ledger.NextClock(0, at)
	if r.Record == 0 {
		r.Record = r.ID
		b.ledger.order = append(b.ledger.order, r.ID)
	}
	b.ledger.revisions[r.Record] = append(b.ledger.revisions[r.Record], r)
	if before, ok := b.ledger.records[r.Record]; !ok || r.Clock > before.Clock {
		b.ledger.records[r.Record] = ledger.Row[ledger.Record]{ID: r.Record, Revision: r.ID, Voided: r.Op == ledger.OpVoid,
			Clock: r.Clock, Author: r.Author, Value: r.Fields}
	}
	if merge > 0 {
		b.met.origins[r.ID] = handoff.Origin{Merge: merge, File: "宁江区-桥东街道-20261122-1640.tzb", Sender: "桥东-01", At: testNow.Add(-10 * time.Minute)}
	}
	return r.ID
}

// corrected makes the other desk state other fields for a record that this desk
// also changes.
func (b *metBench) corrected(id ledger.ID, op ledger.Op, fields ledger.Record, author, reason string, at time.Time) ledger.ID {
	first := b.ledger.revisions[id][0].ID
	return b.came(townDesk, ledger.Revision{Record: id, Op: op, Base: []ledger.ID{first}, Author: author, Reason: reason, Fields: fields}, 3, at)
}

func (b *metBench) fields(id ledger.ID, quantity int64, note string) *ledger.Publicity {
	v := *b.ledger.revisions[id][0].Fields.(*ledger.Publicity)
	v.Quantity, v.Note = ledger.Quantity{Value: quantity}, note
	return &v
}

// clashing are two records on which two desks differ: a correction against
// another, and a void against a correction.
func (b *metBench) clashing() (first, second ledger.ID) {
	b.t.Helper()
	ctx := context.Background()
	first = b.entry("桥东街道", "宣传条幅", 2, "3681", "主干道两侧")
	second = b.entry("桥东街道", "宣传车", 3, "148", "")
	b.wait(time.Hour)
	b.author = "李四"
	for i, id := range []ledger.ID{first, second} {
		if err := b.session.Book.Correct(ctx, id, b.fields(id, []int64{3700, 150}[i], "主干道两侧，含桥头"), "核实后更正"); err != nil {
			b.t.Fatal(err)
		}
	}
	b.corrected(first, ledger.OpCorrect, b.fields(first, 3618, "主干道两侧"), "王五", "数字抄反了", testNow.Add(2*time.Hour))
	b.corrected(second, ledger.OpVoid, b.fields(second, 148, ""), "王五", "与宣传单重复", testNow.Add(30*time.Minute))
	b.wait(2 * time.Hour)
	return first, second
}

func TestTravelOfEachRow(t *testing.T) {
	b := newMetBench(t, look.Light)
	own := []ledger.ID{b.entry("桥西街道", "宣传单", 0, "35万", ""), b.entry("新城镇", "宣传车", 1, "148", ""), b.entry("新城镇", "广播喇叭", 2, "782", "")}
	b.met.reach[hereDesk] = handoff.Reach{Delivered: own[0].Seq(), Sent: own[1].Seq()}
	b.met.reach[olderDesk] = handoff.Reach{Delivered: 1, Sent: 2}
	entry := *b.ledger.revisions[own[0]][0].Fields.(*ledger.Publicity)
	for _, desk := range []int64{townDesk, olderDesk, olderDesk, olderDesk} {
		entry.Day--
		v := entry
		b.came(desk, ledger.Revision{Op: ledger.OpCreate, Author: "王五", Fields: &v}, 0, testNow)
	}
	p := b.publicity(1278, 712)
	cells := make([]string, 0, 7)
	for i := range p.rows.Len() {
		row := make([]grid.Cell, len(p.table.Columns()))
		p.rows.Row(i, row)
		cells = append(cells, row[columnTravelAt].Text)
	}
	want := []string{"已送达", "已送出", "来自 桥东-01", "未送出", "已送达", "已送出", "未送出"}
	slices.Sort(cells)
	slices.Sort(want)
	if !slices.Equal(cells, want) {
		t.Errorf("the rows say %v, want %v", cells, want)
	}
}

func TestALoneDeskSeesNoTravel(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.some()
	b.met.alone = true
	p := b.publicity(1278, 712)
	if n := len(p.table.Columns()); n != len(publicityColumns()) {
		t.Errorf("%d columns before any exchange, want %d", n, len(publicityColumns()))
	}
	b.met.alone = false
	b.refresh()
	if n := len(p.table.Columns()); n != len(publicityColumns())+1 {
		t.Errorf("%d columns after the first exchange, want %d", n, len(publicityColumns())+1)
	}
}

// reachOf is a chain of which the record's number was delivered and the next sent.
func reachOf(id ledger.ID) handoff.Reach {
	return handoff.Reach{Delivered: id.Seq() - 4, Sent: id.Seq()}
}

// TestRowsOfOneDesk: the rows of a desk are those that its revisions state, of
// whichever of its chains.
func TestRowsOfOneDesk(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.some()
	b.clashing()
	p := b.publicity(1278, 712)
	all := p.rows.Len()
	if got := p.rows.dir.origins(); !slices.Equal(got, []int64{hereDesk, townDesk}) {
		t.Fatalf("desks to choose from: %v", got)
	}
	p.filter.desk = townDesk
	p.filtered()
	b.mustSay("来源：桥东-01")
	if n := p.rows.Len(); n != 1 {
		t.Errorf("%d rows of the other desk, want 1", n)
	}
	p.filter.desk = hereDesk
	p.filtered()
	if n := p.rows.Len(); n != all-1 {
		t.Errorf("%d rows of this desk, want %d", n, all-1)
	}
}

// TestTheSheetSaysHowFarRowsHaveTravelled: as many cells as columns, the last the
// one on the screen.
func TestTheSheetSaysHowFarRowsHaveTravelled(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.entry("桥西街道", "宣传单", 0, "35万", "")
	p := b.publicity(1278, 712)
	sheet := p.sheet(context.Background(), p.rows.list(), p.rows.frozen())
	rows := 0
	err := sheet.Rows(func(cells []any) error {
		rows++
		if len(cells) != len(sheet.Columns) || cells[len(cells)-1] != "未送出" || sheet.Columns[len(cells)-1] != "交接" {
			t.Errorf("columns %v, cells %v", sheet.Columns, cells)
		}
		return nil
	})
	if err != nil || rows != 1 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// TestInspectionsSayWhereTheyCameFrom once the ledger has met another.
func TestInspectionsSayWhereTheyCameFrom(t *testing.T) {
	b := newMetBench(t, look.Light)
	b.came(townDesk, ledger.Revision{Op: ledger.OpCreate, Author: "王五", Fields: &ledger.Inspection{Unit: b.units["桥东街道"],
		Day: ledger.DayOf(testNow), Form: ledger.FormUnannounced, Visits: 1}}, 3, testNow)
	sc := newSupervisionScreen(b.session).(*supervisionScreen)
	b.put(sc, 1278, 712)
	sc.showView(viewTable)
	columns := sc.table.table.Columns()
	if last := columns[len(columns)-1].ID; last != columnTravel {
		t.Fatalf("the last column is %q", last)
	}
	cells := make([]grid.Cell, len(columns))
	sc.table.Row(0, cells)
	if got := cells[len(cells)-1].Text; got != "来自 桥东-01" {
		t.Errorf("the inspection is %q", got)
	}
	if len(inspectionColumns()) != len(columns)-1 {
		t.Error("another column has changed")
	}
}

// TestReportsSayWhereTheyCameFrom once the ledger has met another.
func TestReportsSayWhereTheyCameFrom(t *testing.T) {
	b := newMetBench(t, look.Light)
	site, err := b.session.Book.Record(context.Background(), &ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
	if err != nil {
		t.Fatal(err)
	}
	figure := ledger.SiteFigure{ID: site, Site: ledger.Site{Name: "县委党校"}}
	b.came(townDesk, ledger.Revision{Op: ledger.OpCreate, Author: "王五", Fields: &ledger.Reserve{Site: site,
		At: testNow.Add(-time.Hour), Rooms: 39, Ready: 39}}, 3, testNow)
	sc := newIsolationScreen(b.session).(*isolationScreen)
	b.put(sc, 1278, 712)
	sc.reports.show(figure)
	columns := sc.reports.table.Columns()
	if last := columns[len(columns)-1].ID; last != columnTravel {
		t.Fatalf("the last column is %q", last)
	}
	cells := make([]grid.Cell, len(columns))
	sc.reports.Row(0, cells)
	if got := cells[len(cells)-1].Text; got != "来自 桥东-01" {
		t.Errorf("the report is %q", got)
	}
	b.met.alone = true
	sc.reports.show(figure)
	if n := len(sc.reports.table.Columns()); n != len(columns)-1 {
		t.Errorf("%d columns in a ledger that has met nobody, want %d", n, len(columns)-1)
	}
}

// TestReportsFitTheirColumn: titles and words whole, in every language.
func TestReportsFitTheirColumn(t *testing.T) {
	t.Cleanup(func() { words.Use(words.Simplified) })
	for _, l := range words.Languages {
		b := newMetBench(t, look.Light)
		words.Use(l)
		sc := newIsolationScreen(b.session).(*isolationScreen)
		b.put(sc, 1278, 712)
		site, err := b.session.Book.Record(context.Background(), &ledger.Site{Name: "县委党校", Plan: ledger.PlanReady, Rooms: ledger.Stated(39)})
		if err != nil {
			t.Fatal(err)
		}
		sc.reports.show(ledger.SiteFigure{ID: site, Site: ledger.Site{Name: "县委党校"}})
		if !sc.reports.met || sc.side.Size().Width != isolationSideMet {
			t.Fatalf("%s: the column is %v wide", l, sc.side.Size().Width)
		}
		need := float32(0)
		for _, c := range sc.reports.table.Columns() {
			wide := fyne.MeasureText(c.Title, look.SizeSmall, fyne.TextStyle{Bold: true}).Width + 2*look.Unit
			if c.ID == columnTravel {
				need += max(wide, travelWide(sc.reports.dir))
				continue
			}
			if need += c.Width; c.Width < wide {
				t.Errorf("%s: %q needs %v, has %v", l, c.Title, wide, c.Width)
			}
		}
		if room := sc.reports.table.Size().Width; need > room {
			t.Errorf("%s: the columns need %v, have %v", l, need, room)
		}
	}
}
