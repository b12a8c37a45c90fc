package ui

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/ui/look"
)

// fileBench makes a folder with an older and a newer backup, a folder of its own
// and files that are none of ours.
func fileBench(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "优盘"), 0o700); err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"旧.db", "新.DB", "说明.txt", ".藏.db", filepath.Join("优盘", "里面.db")} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		at := testNow.Add(time.Duration(i) * time.Hour)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (c *fileChoice) names() (names []string) {
	for _, r := range c.rows {
		names = append(names, r.name)
	}
	return names
}

func TestFileChoiceIsWalkedByKeys(t *testing.T) {
	dir := fileBench(t)
	b := newPubBench(t, look.Light)
	var got string
	c := &fileChoice{s: b.session, title: "恢复", submit: "继续", ext: ".db", folder: dir}
	c.start = func(file string) (func() error, func(), error) { got = file; return nil, nil, nil }
	c.show()
	if want := []string{upRow, "优盘", "新.DB", "旧.db"}; !slices.Equal(c.names(), want) {
		t.Fatalf("listed are %q, want %q", c.names(), want)
	}
	b.key(fyne.KeyDown)
	b.key(fyne.KeyReturn) // into the folder
	if c.folder != filepath.Join(dir, "优盘") || !slices.Equal(c.names(), []string{upRow, "里面.db"}) {
		t.Fatalf("in %s are %q", c.folder, c.names())
	}
	b.key(fyne.KeyReturn) // and up again
	if c.folder != dir {
		t.Fatalf("above is %s", c.folder)
	}
	b.key(fyne.KeyEnd)
	b.key(fyne.KeyReturn)
	if want := filepath.Join(dir, "旧.db"); got != want {
		t.Errorf("chosen is %q, want %q", got, want)
	}
	if top := b.window.Canvas().Overlays().Top(); top != nil {
		t.Error("the sheet stays")
	}
}

func TestFileChoiceTakesPathsAndRefuses(t *testing.T) {
	dir := fileBench(t)
	b := newPubBench(t, look.Light)
	var got string
	c := &fileChoice{s: b.session, ext: ".db", folder: dir, name: "台账备份-20261122.db"}
	c.start = func(file string) (func() error, func(), error) { got = file; return nil, nil, nil }
	c.show()
	for text, code := range map[string]ledger.Code{
		" ": ledger.CodeNameEmpty, "旧": ledger.CodeFileExists, filepath.Join("没有", "台账.db"): ledger.CodeFileWrite,
	} {
		if _, _, err := c.chosen(map[string]string{"name": text}); ledger.CodeOf(err) != code {
			t.Errorf("%q gives %v, want %s", text, err, code)
		}
	}
	old := &fileChoice{s: b.session, ext: ".db", folder: dir}
	if err := old.check(filepath.Join(dir, "没有.db")); ledger.CodeOf(err) != ledger.CodeLedgerMissing {
		t.Errorf("a backup that is not there: %v", err)
	}
	c.setName("优盘")
	c.sheet.submit() // a folder is gone into
	if got != "" || c.folder != filepath.Join(dir, "优盘") {
		t.Errorf("chosen is %q in %s", got, c.folder)
	}
	b.window.Canvas().Focus(c.sheet.fields[0].focusable())
	b.key(fyne.KeyReturn)
	if want := filepath.Join(dir, "优盘", "台账备份-20261122.db"); got != want {
		t.Errorf("chosen is %q, want %q", got, want)
	}
}

// TestFilesOfSeveralKinds: a report may be a Word file, plain text or a workbook.
func TestFilesOfSeveralKinds(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"日报.docx", "日报.TXT", "日报.doc", "表.xlsx", "旧表.xls"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := listFolder(dir, reportKinds)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range rows {
		names = append(names, r.name)
	}
	slices.Sort(names)
	if want := []string{upRow, "日报.TXT", "日报.docx", "表.xlsx"}; !slices.Equal(names, want) {
		t.Errorf("listed are %q, want %q", names, want)
	}
	c := &fileChoice{ext: reportKinds, absent: ledger.CodeIntakeMissing}
	if err := c.check(filepath.Join(dir, "没有.txt")); ledger.CodeOf(err) != ledger.CodeIntakeMissing {
		t.Errorf("a missing report gives %v", err)
	}
	if file, err := fileIn(dir, "周报", reportKinds); err != nil || filepath.Base(file) != "周报.docx" {
		t.Errorf("a name without ending is %s, %v", file, err)
	}
}
