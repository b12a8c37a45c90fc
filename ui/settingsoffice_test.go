package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// townLedger is the ledger of a township's desk.
type townLedger struct {
	*shellLedger
	own ledger.ID
	met bool
}

func (l *townLedger) Desks(context.Context) ([]ledger.DeskInfo, error) {
	return []ledger.DeskInfo{{Number: 1, Own: true, Desk: ledger.Desk{Name: "值班台", Unit: l.own}}}, nil
}

func (l *townLedger) Clashes(context.Context) ([]handoff.Clash, error) { return nil, nil }

func (l *townLedger) Origins(context.Context, []ledger.ID) (map[ledger.ID]handoff.Origin, error) {
	return nil, nil
}

func (l *townLedger) Standing(context.Context) (handoff.Standing, error) {
	return handoff.Standing{Exchanged: l.met}, nil
}

// showTown opens the ledger of a township that has no district.
func (b *shellBench) showTown(met bool) (*townLedger, *settingsScreen) {
	town := &townLedger{shellLedger: b.ledger, met: met, own: b.record(&ledger.Unit{Name: "临江街道"})}
	b.shell.ShowLedger(&Session{Reader: town, Book: b.book, Travels: town,
		Services: Services{Backups: func() ([]BackupFile, error) { return nil, nil }}})
	b.shell.win.Resize(fyne.NewSize(1366, 768))
	d := b.shell.desk
	d.goTo(PlaceSettings)
	return town, d.screens[PlaceSettings].(*settingsScreen)
}

// TestATownshipBelongsToItsDistrict: written in the settings, seen at the top,
// also once another root unit is in the ledger.
func TestATownshipBelongsToItsDistrict(t *testing.T) {
	b := newShellBench(t, look.Light)
	town, v := b.showTown(false)
	d := b.shell.desk
	if v.office.Text != "临江街道" || v.above.Text != "" || d.top.name.Text() != "临江街道" {
		t.Fatalf("%q of %q, at the top %q", v.office.Text, v.above.Text, d.top.name.Text())
	}
	v.above.SetText("宁江区/临江街道")
	v.above.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := len(b.ledger.records); got != 1 {
		t.Fatalf("a path was taken for a name: %d records", got)
	}
	v.above.SetText("宁江区")
	v.above.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.record(&ledger.Unit{Name: "江北区"})
	b.shell.desk.feed.changed()
	if got := d.top.name.Text(); got != "宁江区 · 临江街道" {
		t.Errorf("at the top stands %q", got)
	}
	if v.office.Text != "临江街道" || v.above.Text != "宁江区" || town.records[town.own].Value.(*ledger.Unit).Parent == 0 {
		t.Errorf("%q of %q", v.office.Text, v.above.Text)
	}
}

// TestRenamingForAllIsAsked: once others have the unit, its new name is theirs too.
func TestRenamingForAllIsAsked(t *testing.T) {
	for _, met := range []bool{false, true} {
		b := newShellBench(t, look.Light)
		town, v := b.showTown(met)
		name := func() string { return town.records[town.own].Value.(*ledger.Unit).Name }
		v.office.SetText("临江镇")
		v.office.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if asked := name() == "临江街道"; asked != met {
			t.Fatalf("met %v: asked %v", met, asked)
		}
		if !met {
			continue
		}
		if all := texts(b.shell.win.Canvas().Overlays().Top()); !strings.Contains(all, words.T("settings.rename.all")) {
			t.Errorf("it is not said whom it concerns:\n%s", all)
		}
		b.shell.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if name() != "临江镇" {
			t.Errorf("after the answer it is called %s", name())
		}
	}
}
