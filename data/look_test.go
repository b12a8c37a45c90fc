package data_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
)

// found is what an office says of each bundle in a folder, by file name.
func (o *office) found(folder string) map[string]handoff.Found {
	o.t.Helper()
	list, err := o.x.Look(context.Background(), folder)
	if err != nil {
		o.t.Fatal(err)
	}
	found := map[string]handoff.Found{}
	for _, f := range list {
		if f.Bundle {
			found[filepath.Base(f.Path)] = f
		}
	}
	return found
}

func (o *office) wantMerged(folder string, want map[string]bool) {
	o.t.Helper()
	for name, f := range o.found(folder) {
		if f.Merged != want[name] {
			o.t.Errorf("%s: merged is %v", name, f.Merged)
		}
	}
}

// TestMergedStaysMerged: every bundle of a desk stays merged when a later one
// comes, also after a restart; it is new again only when its merge is undone.
func TestMergedStaysMerged(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	var names []string
	for range 3 {
		town.record(town.entry("宣传条幅", "30", 0))
		path := town.export(stick, district, 0, false)
		names = append(names, filepath.Base(path))
		town.now = town.now.Add(time.Minute)
	}
	district.wantMerged(stick, nil)
	merged := map[string]bool{}
	for _, name := range names {
		district.merge(filepath.Join(stick, name))
		merged[name] = true
		district.wantMerged(stick, merged)
	}
	district.reopen()
	district.ready()
	district.wantMerged(stick, merged)
	if _, err := district.store.UndoMerge(context.Background()); err != nil {
		t.Fatal(err)
	}
	delete(merged, names[2])
	district.wantMerged(stick, merged)
}

// TestMergedUnderAPassphrase: the merge log knows the file without the
// passphrase, under any name, until the merge is undone.
func TestMergedUnderAPassphrase(t *testing.T) {
	ctx, secret := context.Background(), "青山绿水看夕阳红叶秋"
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	stick := t.TempDir()
	town.record(town.entry("宣传条幅", "30", 0))
	for _, name := range []string{"one.tzb", "two.tzb"} {
		if _, err := town.x.Export(ctx, handoff.Export{Passphrase: secret, Path: filepath.Join(stick, name)}); err != nil {
			t.Fatal(err)
		}
	}
	district.wantMerged(stick, nil)
	if _, err := district.x.Merge(ctx, handoff.Merge{Path: filepath.Join(stick, "one.tzb"), Passphrase: secret}); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(stick, "one.tzb"), filepath.Join(stick, "renamed.tzb")); err != nil {
		t.Fatal(err)
	}
	district.reopen()
	district.ready()
	district.wantMerged(stick, map[string]bool{"renamed.tzb": true})
	if f := district.found(stick)["renamed.tzb"]; f.Log == nil || f.Log.Sender.Name != "临江-01" || !f.Header.Passphrase {
		t.Errorf("found %+v", f)
	}
	if _, err := district.store.UndoMerge(ctx); err != nil {
		t.Fatal(err)
	}
	district.wantMerged(stick, nil)
}

// TestDamagedCopyOfAMergedBundle: that all of it is here is true, and that this
// copy is damaged is said.
func TestDamagedCopyOfAMergedBundle(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "30", 0))
	path := town.export(t.TempDir(), district, 0, true)
	district.merge(path)
	preview := func() *handoff.Plan {
		plan, err := district.x.Preview(context.Background(), path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		return plan
	}
	if p := preview(); !p.Done() || p.Damaged {
		t.Errorf("the sound one: %+v", p)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-60] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if p := preview(); !p.Done() || !p.Damaged {
		t.Errorf("the damaged one: done %v, damaged %v", p.Done(), p.Damaged)
	}
	if f := district.found(filepath.Dir(path))[filepath.Base(path)]; !f.Merged || ledger.CodeOf(f.Err) != "" {
		t.Errorf("in the list: %+v", f)
	}
}
