package drives

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestCarried(t *testing.T) {
	for name, want := range map[string]bool{
		"a.tzb": true, "宁江区-20261122-1705.tzb": true, "a.tzb.002": true, "a.tzb.tzr": true, "A.TZB": true,
		"a.tzb.part": false, "a.tzb.2": false, ".tzb": false, ".a.tzb": false, "a.docx": false, "tzb": false, "": false, "a.tzb.tzr.part": false,
	} {
		if Carried(name) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
}

func TestFree(t *testing.T) {
	if free, err := Free(t.TempDir()); err != nil || free <= 0 {
		t.Errorf("%d, %v", free, err)
	}
	if _, err := Free(filepath.Join(t.TempDir(), "gone")); err == nil {
		t.Error("space in a folder that is not there")
	}
}

func TestList(t *testing.T) {
	found, err := List()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range found {
		if !d.Removable || d.Path == "" || d.Label == "" {
			t.Errorf("%+v", d)
		}
	}
}

func put(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestLook goes through what counts as a change and what does not.
func TestLook(t *testing.T) {
	stick, folder := filepath.Join(t.TempDir(), "STICK"), t.TempDir()
	plugged := false
	label := "A"
	w := &watcher{folders: []string{folder + "/", stick + "-not"}, list: func() ([]Drive, error) {
		if !plugged {
			return nil, nil
		}
		return []Drive{{Path: stick, Label: label, Removable: true, Free: time.Now().UnixNano()}}, nil
	}}
	bundle := filepath.Join(stick, "a.tzb")
	for _, step := range []struct {
		name   string
		do     func()
		news   bool
		drives []string
	}{
		{"at the start", func() {}, true, []string{folder}},
		{"nothing", func() {}, false, []string{folder}},
		{"listed, but not readable yet", func() { plugged = true }, false, []string{folder}},
		{"plugged in", func() { _ = os.Mkdir(stick, 0o700) }, true, []string{stick, folder}},
		{"only its space", func() {}, false, []string{stick, folder}},
		{"another file", func() { put(t, filepath.Join(stick, "a.docx"), "x") }, false, []string{stick, folder}},
		{"a file being written", func() { put(t, bundle+".part", "x") }, false, []string{stick, folder}},
		{"a folder of that name", func() { _ = os.Mkdir(filepath.Join(stick, "b.tzb"), 0o700) }, false, []string{stick, folder}},
		{"a bundle", func() { _ = os.Rename(bundle+".part", bundle) }, true, []string{stick, folder}},
		{"a longer bundle", func() { put(t, bundle, "xy") }, true, []string{stick, folder}},
		{"a newer bundle", func() { _ = os.Chtimes(bundle, time.Time{}, time.Unix(1e9, 0)) }, true, []string{stick, folder}},
		{"another label", func() { label = "B" }, true, []string{stick, folder}},
		{"a receipt in the folder", func() { put(t, filepath.Join(folder, "a.tzb.tzr"), "x") }, true, []string{stick, folder}},
		{"the bundle goes", func() { _ = os.Remove(bundle) }, true, []string{stick, folder}},
		{"pulled out, not unmounted", func() { _ = os.RemoveAll(stick) }, true, []string{folder}},
		{"unmounted", func() { plugged = false }, false, []string{folder}},
	} {
		step.do()
		found, news := w.look()
		var paths []string
		for _, d := range found {
			paths = append(paths, d.Path)
		}
		if news != step.news || !slices.Equal(paths, step.drives) {
			t.Errorf("%s: news %v, drives %q; want %v, %q", step.name, news, paths, step.news, step.drives)
		}
	}
}

// TestWatch: it tells at the start, again when a bundle came, and ends.
func TestWatch(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	told := make(chan []Drive, 100)
	ended := make(chan bool)
	go func() {
		Watch(ctx, []string{folder}, 5*time.Millisecond, func(d []Drive) { told <- d })
		close(ended)
	}()
	wait := func() []Drive {
		t.Helper()
		select {
		case d := <-told:
			return d
		case <-ended:
			t.Fatal("it tells nothing")
			return nil
		}
	}
	first := wait()
	if len(first) == 0 || first[len(first)-1].Path != folder || first[len(first)-1].Free <= 0 || first[len(first)-1].Label != filepath.Base(folder) {
		t.Errorf("at the start: %+v", first)
	}
	put(t, filepath.Join(folder, "a.tzb"), "x")
	wait()
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	for d := wait(); len(d) > 0 && d[len(d)-1].Path == folder; d = wait() {
		continue // once more for the file, if it was looked at in between
	}
	cancel()
	<-ended
}

// BenchmarkLook is the cost of each second that nothing happens, on a stick with
// a thousand files.
func BenchmarkLook(b *testing.B) {
	folder := b.TempDir()
	for i := range 1000 {
		name := filepath.Join(folder, "file"+time.Unix(int64(i), 0).Format("150405"))
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	w := &watcher{folders: []string{folder}, list: list}
	for b.Loop() {
		w.look()
	}
}
