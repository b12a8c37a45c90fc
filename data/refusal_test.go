package data_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// TestEveryFlippedByteIsRefused changes every byte of a bundle in turn, and cuts
// it off everywhere: merging is refused and the ledger's file stays as it was,
// byte for byte. So does the bundle's: it is only read.
func TestEveryFlippedByteIsRefused(t *testing.T) {
	town, district := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01")
	pair(t, town, district)
	town.record(town.entry("宣传条幅", "3681", 0))
	sound, err := os.ReadFile(town.export(t.TempDir(), district, 0, false))
	if err != nil {
		t.Fatal(err)
	}
	district.reopen()
	before := district.content()
	path := filepath.Join(t.TempDir(), "a.tzb")
	refuse := func(content []byte, what string, at int) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := district.x.Merge(context.Background(), handoff.Merge{Path: path})
		if code := ledger.CodeOf(err); code == "" || code == ledger.CodeInternal {
			t.Errorf("%s at %d of %d: %v", what, at, len(sound), err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, content) {
			t.Fatalf("%s at %d: the bundle itself was changed", what, at)
		}
	}
	for i := range sound {
		flipped := bytes.Clone(sound)
		flipped[i] ^= 1 << (i % 8)
		refuse(flipped, "flipped", i)
		refuse(sound[:i], "cut off", i)
		if i%64 == 0 {
			district.untouched(before, "a changed bundle")
		}
	}
	district.untouched(before, "a changed bundle")
	if got := len(district.revisions()); got != catalogueRevisions+2 {
		t.Errorf("%d revisions after all refusals", got)
	}
	district.verify()
}

// TestEachRefusalHasItsSentence makes each thing that can be wrong with a bundle
// happen: every one has a code of its own, and a sentence of its own in each
// language.
func TestEachRefusalHasItsSentence(t *testing.T) {
	ctx := context.Background()
	town, district, river := newOffice(t, "宁江区", "临江街道", "临江-01"), newOffice(t, "宁江区", "", "指挥部-01"), newOffice(t, "宁江区", "河口镇", "河口-01")
	pair(t, town, district)
	pair(t, river, town)
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := town.export(folder, district, 0, false)
	content, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	changed := bytes.Clone(content)
	changed[len(changed)/2] ^= 1
	secret, err := town.x.Export(ctx, handoff.Export{Passphrase: "柳树下第三扇窗户没有关好", Path: folder})
	if err != nil {
		t.Fatal(err)
	}
	unknown := newOffice(t, "宁江区", "山前镇", "山前-01")
	card, err := district.x.Card(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := unknown.store.Pair(ctx, card, "", 0); err != nil {
		t.Fatal(err)
	}
	town.record(town.entry("宣传条幅", "1", 0))
	district.merge(good)
	if _, err := town.x.Receipts(ctx, folder); err != nil {
		t.Fatal(err)
	}
	gap := town.export(folder, district, 0, false)
	if _, err := district.store.UndoMerge(ctx); err != nil {
		t.Fatal(err)
	}
	cases := map[ledger.Code]handoff.Merge{
		ledger.CodeBundleNotForUs:   {Path: river.export(folder, town, 0, false)},
		ledger.CodeDeskUnknown:      {Path: unknown.export(folder, district, 0, false)},
		ledger.CodePassphraseNeeded: {Path: secret.Paths[0]},
		ledger.CodePassphraseWrong:  {Path: secret.Paths[0], Passphrase: "开门"},
		ledger.CodeBundleChanged:    {Path: write("changed.tzb", changed)},
		ledger.CodeBundleCutOff:     {Path: write("cut.tzb", content[:len(content)-40])},
		ledger.CodeBundleGap:        {Path: gap},
		ledger.CodeBundleNewer:      {Path: write("newer.tzb", bytes.Replace(content, []byte("taizhang-bundle 2\n"), []byte("taizhang-bundle 9\n"), 1))},
		ledger.CodeBundleNotOne:     {Path: write("letter.txt", []byte("各乡镇：请于今日报送。"))},
		ledger.CodeBundleUnreadable: {Path: write("letter.tzb", []byte("各乡镇：请于今日报送。"))},
	}
	before := district.revisions()
	for _, language := range []words.Language{words.English, words.Simplified, words.Traditional} {
		words.Use(language)
		said := map[string]ledger.Code{}
		for code, m := range cases {
			_, err := district.x.Merge(ctx, m)
			if got := ledger.CodeOf(err); got != code {
				t.Errorf("%s: refused as %s: %v", code, got, err)
				continue
			}
			sentence := words.Sentence(ledger.Refuse(code, "path", "a.tzb"))
			if other, ok := said[sentence]; ok || sentence == "" {
				t.Errorf("%s and %s say the same: %s", code, other, sentence)
			}
			said[sentence] = code
		}
	}
	if after := district.revisions(); len(after) != len(before) {
		t.Errorf("%d revisions before the refusals, %d after", len(before), len(after))
	}
}
