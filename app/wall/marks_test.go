package wall_test

import (
	"slices"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	"taizhang/app/words"
)

func textsOfChanges(list []wall.Change) (texts []string) {
	for _, c := range list {
		texts = append(texts, c.Text)
	}
	return texts
}

// in speaks a language for one test.
func in(t *testing.T, l words.Language) {
	t.Helper()
	was := words.Current()
	words.Use(l)
	t.Cleanup(func() { words.Use(was) })
}

func TestWhatChangedIsSaid(t *testing.T) {
	in(t, words.Simplified)
	got := textsOfChanges(wall.Compare(trial.Sample(), trial.Red()))
	want := []string{"＋35 宣传单 临江街道", "－1 可用房间 四姑娘山镇卫生院", "＋3 现有病例", "＋1 紧急预警"}
	if !slices.Equal(got, want) {
		t.Errorf("says %q, want %q", got, want)
	}
	if got := wall.Compare(trial.Red(), trial.Red()); got != nil {
		t.Errorf("nothing changed, and says %v", got)
	}
}

// TestChangesOfOtherDays cannot be told by today's cells: the one unit whose entries
// changed is named, of two none.
func TestChangesOfOtherDays(t *testing.T) {
	in(t, words.Simplified)
	old := trial.Sample()
	now := trial.Sample()
	now.Publicity.Items = slices.Clone(now.Publicity.Items)
	now.Publicity.Units = slices.Clone(now.Publicity.Units)
	i := slices.IndexFunc(now.Publicity.Items, func(it ledger.ItemFigure) bool { return it.Item.Name == "宣传条幅" })
	now.Publicity.Items[i].Sum.Value += 12
	now.Publicity.Units[3].Entries++
	if got, want := textsOfChanges(wall.Compare(old, now)), "＋12 宣传条幅 "+now.Publicity.Units[3].Name; len(got) != 1 || got[0] != want {
		t.Errorf("says %q, want %q", got, want)
	}
	now.Publicity.Units[4].Entries++
	if got := textsOfChanges(wall.Compare(old, now)); len(got) != 1 || got[0] != "＋12 宣传条幅" {
		t.Errorf("of two units says %q", got)
	}
}

func TestMidnightAndAnotherScopeChangeNothing(t *testing.T) {
	old, now := trial.Sample(), trial.Red()
	now.Today++
	if got := wall.Compare(old, now); got != nil {
		t.Errorf("over midnight: %v", got)
	}
	now = trial.Red()
	now.Scope.Kind = ledger.PeriodYear
	if got := wall.Compare(old, now); got != nil {
		t.Errorf("another period: %v", got)
	}
}

func TestMarksStandTenSeconds(t *testing.T) {
	var m wall.Marks
	if _, ok := m.Due(); ok {
		t.Fatal("nothing is marked, and something is due")
	}
	m.Note([]wall.Change{{Text: "a"}}, time.Second)
	m.Note([]wall.Change{{Text: "b"}, {Text: "c"}}, 5*time.Second)
	if got := textsOfChanges(m.Standing(11*time.Second - 1)); !slices.Equal(got, []string{"c", "b", "a"}) {
		t.Fatalf("standing are %v, newest first", got)
	}
	if at, ok := m.Due(); !ok || at != 11*time.Second {
		t.Fatalf("due at %v", at)
	}
	if got := textsOfChanges(m.Standing(11 * time.Second)); !slices.Equal(got, []string{"c", "b"}) {
		t.Fatalf("after ten seconds: %v", got)
	}
	if got := m.Standing(time.Minute); got != nil {
		t.Fatalf("after a minute: %v", got)
	}
}

// TestChangedPartsAreMarked: each key of a change is a part of some page.
func TestChangedPartsAreMarked(t *testing.T) {
	f := newTypeface(t)
	keys := map[string]bool{}
	v := trial.Cases()[2].View
	for _, p := range wall.Pages {
		for _, h := range wall.Layout(p, v, frame(f, 3840, 1080)).Hits {
			keys[h.Key] = true
		}
	}
	for _, c := range v.Changes {
		for _, key := range c.Keys {
			if !keys[key] && key != "unit:1001" { // that unit has too few entries to be ranked in sight
				t.Errorf("%q is marked at %q, which is nowhere", c.Text, key)
			}
		}
	}
}
