package ledger

import (
	"strings"
	"testing"
)

// inspected records an inspection of Linjiang that counted so many problems.
func inspected(w *world, problems int64) ID {
	return w.record(&Inspection{Unit: w.linjiang, Day: w.today() - 10, Form: FormUnannounced, Visits: 2, Problems: problems, Directives: problems})
}

func (w *world) problem(inspection ID, deadline Day) *Problem {
	return &Problem{Inspection: inspection, Text: "入口未测温", Directive: "配备测温枪", Deadline: deadline}
}

func (w *world) state(id ID) *Problem { return w.current(id).Value.(*Problem) }

func TestInspectionsAreRefused(t *testing.T) {
	w := newWorld(t)
	good := Inspection{Unit: w.linjiang, Day: w.today(), Form: FormAnnounced, Visits: 1}
	for _, c := range []struct {
		spoil func(*Inspection)
		want  Code
	}{
		{func(i *Inspection) { i.Form = 0 }, CodeVisitForm},
		{func(i *Inspection) { i.Form = 4 }, CodeVisitForm},
		{func(i *Inspection) { i.Visits = 0 }, CodeVisitsNone},
		{func(i *Inspection) { i.Visits = -1 }, CodeCountNegative},
		{func(i *Inspection) { i.Problems = -1 }, CodeCountNegative},
		{func(i *Inspection) { i.Directives = MaxCount + 1 }, CodeCountAbsurd},
		{func(i *Inspection) { i.Day++ }, CodeDayFuture},
		{func(i *Inspection) { i.Day = -1 }, CodeDayTooEarly},
		{func(i *Inspection) { i.Unit = 5 }, CodeUnitUnknown},
		{func(i *Inspection) { i.Note = strings.Repeat("长", MaxText+1) }, CodeTextTooLong},
	} {
		i := good
		c.spoil(&i)
		w.refuses(&i, c.want)
	}
	w.record(&good) // no problem found is a result too
}

func TestListedNeverExceedCounted(t *testing.T) {
	w := newWorld(t)
	none, two, other := inspected(w, 0), inspected(w, 2), inspected(w, 1)
	w.refuses(w.problem(none, w.today()), CodeProblemsOver, "counted", 0, "listed", 1)
	first := w.record(w.problem(two, w.today()))
	w.record(w.problem(two, w.today()))
	w.refuses(w.problem(two, w.today()), CodeProblemsOver, "counted", 2, "listed", 3)
	// The count does not fall under what is listed.
	fewer := *w.current(two).Value.(*Inspection)
	fewer.Problems = 1
	w.unchanged(func() error { return w.book.Correct(background, two, &fewer, "核减") }, CodeProblemsOver, "counted", 1, "listed", 2)
	// Correcting a listed problem adds none, so it is allowed when all are listed.
	better := *w.state(first)
	better.Text = "入口未测温、未登记"
	w.do(w.book.Correct(background, first, &better, "补充"))
	// A voided one makes room, and takes it again when it is restored.
	w.do(w.book.Void(background, first, "重复"))
	third := w.record(w.problem(two, w.today()))
	w.unchanged(func() error { return w.book.Restore(background, first, "恢复") }, CodeProblemsOver)
	w.do(w.book.Void(background, third, "重复"))
	w.do(w.book.Restore(background, first, "恢复"))
	// Moving a problem to another inspection lists it there.
	moved := *w.state(first)
	moved.Inspection = other
	w.record(w.problem(other, w.today()))
	w.unchanged(func() error { return w.book.Correct(background, first, &moved, "改检查") }, CodeProblemsOver, "counted", 1, "listed", 2)
}

func TestProblemsAreRefused(t *testing.T) {
	w := newWorld(t)
	i := inspected(w, 9)
	day := w.today() - 10
	for _, c := range []struct {
		spoil func(*Problem)
		want  Code
	}{
		{func(p *Problem) { p.Text = "" }, CodeProblemText},
		{func(p *Problem) { p.Text = " 　" }, CodeProblemText},
		{func(p *Problem) { p.Directive = "" }, CodeDirectiveEmpty},
		{func(p *Problem) { p.Directive = "\n" }, CodeDirectiveEmpty},
		{func(p *Problem) { p.Deadline = day - 1 }, CodeDeadlineEarly},
		{func(p *Problem) { p.Unit = i }, CodeUnitUnknown},
		{func(p *Problem) { p.Inspection = w.linjiang }, CodeRecordKind},
		{func(p *Problem) { p.Inspection = MakeID(ownDesk, 999) }, CodeRecordUnknown},
		{func(p *Problem) { p.State = StateRectified }, CodeRectifyEmpty},
		{func(p *Problem) { p.State = StateClosed }, CodeEvidenceEmpty},
		{func(p *Problem) { p.State, p.Evidence = StateClosed, "照片" }, CodeSecondEmpty},
		{func(p *Problem) { p.State, p.Evidence, p.Second = StateClosed, "照片", "王芳" }, CodeSecondSame},
		{func(p *Problem) { p.Text = strings.Repeat("长", MaxText+1) }, CodeTextTooLong},
	} {
		p := w.problem(i, w.today())
		c.spoil(p)
		w.refuses(p, c.want)
	}
	id := w.record(w.problem(i, day)) // due the day it was found
	if p := w.state(id); p.State != StateOpen || p.Unit != w.linjiang {
		t.Errorf("a new problem stands as %+v", p)
	}
	other := w.problem(i, day)
	other.Unit = w.xinhua // someone else may be responsible
	w.record(other)
}

func TestClosingNeedsEvidenceAndASecondPerson(t *testing.T) {
	w := newWorld(t)
	id := w.record(w.problem(inspected(w, 1), w.today()))
	closing := func(evidence, second string) func() error {
		return func() error { return w.book.Close(background, id, evidence, second) }
	}
	w.unchanged(closing("", "李强"), CodeEvidenceEmpty)
	w.unchanged(closing(" 　\t", "李强"), CodeEvidenceEmpty)
	w.unchanged(closing("现场照片 2 张", ""), CodeSecondEmpty)
	w.unchanged(closing("现场照片 2 张", " "), CodeSecondEmpty)
	w.unchanged(closing("现场照片 2 张", "王芳"), CodeSecondSame, "name", "王芳")
	w.unchanged(closing("现场照片 2 张", " 王芳 "), CodeSecondSame)
	w.unchanged(closing("现场照片 2 张", strings.Repeat("李", MaxName+1)), CodeTextTooLong)
	w.do(closing(" 现场照片 2 张", "李强 ")())
	if p := w.state(id); p.State != StateClosed || p.Evidence != "现场照片 2 张" || p.Second != "李强" || p.StateDay != w.today() {
		t.Errorf("the closed problem stands as %+v", p)
	}
	w.unchanged(closing("再次", "李强"), CodeProblemClosed)
	w.unchanged(func() error { return w.book.Rectify(background, id, "已改") }, CodeProblemClosed)
	w.unchanged(func() error { return w.book.Close(background, w.linjiang, "照片", "李强") }, CodeRecordKind, "kind", "unit", "want", "problem")
}

// TestCorrectingIsNoWayRoundTheSecondPerson closes by a correction of all
// fields, which must obey the same rule.
func TestCorrectingIsNoWayRoundTheSecondPerson(t *testing.T) {
	w := newWorld(t)
	id := w.record(w.problem(inspected(w, 1), w.today()))
	p := *w.state(id)
	p.State, p.Evidence, p.Second = StateClosed, "照片", "王芳"
	w.unchanged(func() error { return w.book.Correct(background, id, &p, "销号") }, CodeSecondSame, "name", "王芳")
	p.Second = "李强"
	w.do(w.book.Correct(background, id, &p, "销号"))
	// The second person may later mend a slip in a problem that is closed.
	w.author, p.Text = "李强", "入口未测温，未登记"
	w.do(w.book.Correct(background, id, &p, "错字"))
}

func TestAClaimDoesNotStopTheClock(t *testing.T) {
	w := newWorld(t)
	id := w.record(w.problem(inspected(w, 1), w.today()-1))
	if fig := w.figures(PeriodAll); fig.Supervision.Overdue != 1 || !hasAlert(fig, AlertOverdue) {
		t.Errorf("a day late: %+v", fig.Supervision)
	}
	w.unchanged(func() error { return w.book.Rectify(background, id, "") }, CodeRectifyEmpty)
	w.unchanged(func() error { return w.book.Rectify(background, id, " 　") }, CodeRectifyEmpty)
	w.do(w.book.Rectify(background, id, "已配备 2 把"))
	fig := w.figures(PeriodAll)
	if s := fig.Supervision; s.Rectified != 1 || s.Open != 0 || s.Overdue != 1 || s.LiveOpen != 1 || s.LiveOverdue != 1 || !hasAlert(fig, AlertOverdue) {
		t.Errorf("claimed but not verified: %+v", s)
	}
	w.do(w.book.Close(background, id, "复查照片", "李强"))
	fig = w.figures(PeriodAll)
	if s := fig.Supervision; s.Closed != 1 || s.Overdue != 0 || s.LiveOpen != 0 || s.LiveOverdue != 0 || hasAlert(fig, AlertOverdue) {
		t.Errorf("verified: %+v", s)
	}
	if p := w.state(id); p.Rectified != "已配备 2 把" {
		t.Errorf("closing lost the unit's claim: %+v", p)
	}
}

func TestOverdueAndDueSoonAtTheirEdges(t *testing.T) {
	const today Day = 9822
	for deadline, want := range map[Day][2]bool{ // overdue, due soon
		today - 400: {true, false}, today - 1: {true, false}, today: {false, true}, today + 1: {false, true},
		today + DueSoonDays: {false, true}, today + DueSoonDays + 1: {false, false}, today + 400: {false, false},
	} {
		for _, state := range []State{StateOpen, StateRectified, StateClosed} {
			p := Problem{Deadline: deadline, State: state}
			want := want
			if state == StateClosed {
				want = [2]bool{}
			}
			if got := [2]bool{p.Overdue(today), p.DueSoon(today)}; got != want {
				t.Errorf("%v, due in %d days: overdue, due soon are %v, want %v", state, deadline-today, got, want)
			}
		}
	}
}

// TestPublishedSupervision records the published totals: a report may list
// fewer problems than it counts.
func TestPublishedSupervision(t *testing.T) {
	w := newWorld(t)
	i := w.record(&Inspection{Unit: w.linjiang, Day: w.today(), Form: FormSpecial, Visits: 112, Problems: 27, Directives: 27})
	if rate := w.figures(PeriodAll).Supervision.ClosureRate(); rate.Known {
		t.Errorf("with nothing listed the closure rate is %+v, not unknown", rate)
	}
	var ids []ID
	for range 7 {
		ids = append(ids, w.record(w.problem(i, w.today()+9)))
	}
	for _, id := range ids[:3] {
		w.do(w.book.Close(background, id, "照片", "李强"))
	}
	w.do(w.book.Rectify(background, ids[3], "已改"))
	s := w.figures(PeriodAll).Supervision
	if s.Visits != 112 || s.Problems != 27 || s.Directives != 27 || s.Open != 3 || s.Rectified != 1 || s.Closed != 3 || s.LiveOpen != 4 {
		t.Errorf("supervision figures are %+v", s)
	}
	if s.ClosureRate() != Stated(42) {
		t.Errorf("3 of 7 is %+v %%", s.ClosureRate())
	}
}

func TestFormsAndChannelsByName(t *testing.T) {
	for s, want := range map[string]Form{"明察": FormAnnounced, "暗访": FormUnannounced, "暗訪": FormUnannounced, "專項": FormSpecial, "专项": FormSpecial} {
		if f, err := ParseForm(s); f != want || err != nil {
			t.Errorf("%s is form %v, %v", s, f, err)
		}
	}
	for _, f := range Forms {
		if got, err := ParseForm(f.String()); got != f || err != nil {
			t.Errorf("%v reads back as %v, %v", f, got, err)
		}
	}
	for _, c := range Channels {
		if got, err := ParseChannel(c.String()); got != c || err != nil {
			t.Errorf("%v reads back as %v, %v", c, got, err)
		}
	}
	for s, want := range map[string]Channel{"新闻宣传": ChannelNews, "網絡宣傳": ChannelOnline, "社会宣传": ChannelCommunity} {
		if c, err := ParseChannel(s); c != want || err != nil {
			t.Errorf("%s is channel %v, %v", s, c, err)
		}
	}
	_, err := ParseForm("抽查")
	refused(t, err, CodeVisitForm, "text", "抽查")
	_, err = ParseChannel("电话")
	refused(t, err, CodeChannel, "text", "电话")
}
