package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// full has every field set, so that a field that is not kept is noticed.
func full() Values {
	return Values{Language: "zh-Hant", Theme: "dark", Author: "王芳", Period: 3, Unit: 1<<40 | 7, Place: "isolation",
		Widths: map[string]map[string]float32{"publicity": {"item": 210.5, "unit": 90}}, Width: 1366, Height: 768, ReportFolder: "/srv/reports", Sticks: []string{"/srv/stick"}, Receivers: []string{"7K3M-0000-0000-0000"},
		WallDisplay: "HDMI-1", WallEvery: 30, Mappings: []Mapping{{"4f2a", json.RawMessage(`{}`)}}}
}

func change(t *testing.T, s *Settings, to Values) {
	t.Helper()
	if err := s.Change(func(v *Values) { *v = to }); err != nil {
		t.Fatal(err)
	}
}

// onlyFile fails when the folder holds anything beside the settings.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("the folder holds %v", entries)
	}
}

func TestSettingsAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	s := Load(path)
	if got := s.Get(); !reflect.DeepEqual(got, Values{}) {
		t.Errorf("without a file the settings are %+v", got)
	}
	want := full()
	for i, v := 0, reflect.ValueOf(want); i < v.NumField(); i++ {
		if v.Field(i).IsZero() {
			t.Errorf("this test does not set %s", v.Type().Field(i).Name)
		}
	}
	change(t, s, want)
	for name, got := range map[string]Values{"at once": s.Get(), "from the file": Load(path).Get()} {
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s the settings are %+v, want %+v", name, got, want)
		}
	}
	change(t, s, Values{Language: "en"}) // shorter than before: nothing of the old file stays
	if got := Load(path).Get(); !reflect.DeepEqual(got, Values{Language: "en"}) {
		t.Errorf("changed back the settings are %+v", got)
	}
	onlyFile(t, path)
}

// TestDamagedFileGivesDefaults reads what a broken disk or a curious person may
// leave: all defaults, never half of a file, and the next change mends it.
func TestDamagedFileGivesDefaults(t *testing.T) {
	whole, err := json.Marshal(full())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"empty": "", "zeros": strings.Repeat("\x00", 4096), "cut off": string(whole[:len(whole)-9]),
		"two of them": string(whole) + string(whole), "a list": "[1,2]", "a number": "7", "null": "null",
		"a wrong type": `{"language":"en","theme":"dark","width":"wide"}`, "no text": "\xff\xfe\x00{", "not JSON": "language = en",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.json")
			if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			s := Load(path)
			if got := s.Get(); !reflect.DeepEqual(got, Values{}) {
				t.Errorf("the settings are %+v", got)
			}
			change(t, s, full())
			if got := Load(path).Get(); !reflect.DeepEqual(got, full()) {
				t.Errorf("after a change the settings are %+v", got)
			}
		})
	}
}

func TestUnknownSettingsOfALaterVersionDoNoHarm(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(`{"language":"en","future":{"a":1}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Load(path).Get(); got.Language != "en" {
		t.Errorf("the settings are %+v", got)
	}
}

func TestWithoutAPathNothingIsWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	s := Load("")
	change(t, s, full())
	if got := s.Get(); !reflect.DeepEqual(got, full()) {
		t.Errorf("in memory the settings are %+v", got)
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) != 0 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}

// TestAFailedSaveKeepsTheOldFile blocks the rename with a folder in the file's
// place, and then takes the whole folder away.
func TestAFailedSaveKeepsTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "settings.json")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	s := Load(path)
	if err := s.Change(func(v *Values) { v.Theme = "dark" }); err == nil {
		t.Error("a save over a folder is called done")
	}
	onlyFile(t, path) // no half-written file is left lying about
	if s.Get().Theme != "dark" {
		t.Error("what could not be saved is lost for this run too")
	}
	gone := Load(filepath.Join(dir, "no such folder", "settings.json"))
	if err := gone.Change(func(*Values) {}); err == nil {
		t.Error("a save into no folder is called done")
	}
}

// TestReadersNeverSeeHalfAFile saves long and short settings in turns while
// other programs read: every read is one or the other, whole.
func TestReadersNeverSeeHalfAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	s := Load(path)
	long, short := full(), Values{Language: "en"}
	long.Author = strings.Repeat("王", 5000)
	change(t, s, short)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for reads := 0; ; reads++ {
				if got := Load(path).Get(); !reflect.DeepEqual(got, long) && !reflect.DeepEqual(got, short) {
					t.Errorf("read %d gives %d characters by %d", reads, len(got.Author), got.Period)
					return
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for range 12 {
		change(t, s, long)
		change(t, s, short)
	}
	close(done)
	readers.Wait()
	onlyFile(t, path)
}

// TestChangesAtOnceAreAllKept changes different settings from many sides.
func TestChangesAtOnceAreAllKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	s := Load(path)
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() {
			for range 3 {
				err := s.Change(func(v *Values) {
					next := map[string]map[string]float32{}
					for name, widths := range v.Widths {
						next[name] = widths
					}
					next[fmt.Sprint(i)] = map[string]float32{"item": float32(i)}
					v.Widths = next
					n := v.Period
					runtime.Gosched() // let the others in, should they be let
					v.Period = n + 1
				})
				if err != nil {
					t.Error(err)
				}
				_ = s.Get()
			}
		})
	}
	writers.Wait()
	for name, got := range map[string]Values{"memory": s.Get(), "the file": Load(path).Get()} {
		if got.Period != 24 || len(got.Widths) != 8 || got.Widths["5"]["item"] != 5 {
			t.Errorf("in %s are %d changes and %d tables", name, got.Period, len(got.Widths))
		}
	}
}

// TestTwoProcessesChangeOneFile: the wall, a process of its own, must not take back
// what the window has changed since, nor the other way round.
func TestTwoProcessesChangeOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	change(t, Load(path), Values{Language: "en"})
	window, wall := Load(path), Load(path)
	set := func(s *Settings, f func(*Values)) {
		t.Helper()
		if err := s.Change(f); err != nil {
			t.Fatal(err)
		}
	}
	set(window, func(v *Values) { v.Theme = "dark" })
	set(wall, func(v *Values) { v.WallDisplay = "HDMI-1" })
	set(window, func(v *Values) { v.Author = "王芳" })
	want := Values{Language: "en", Theme: "dark", WallDisplay: "HDMI-1", Author: "王芳"}
	if got := Load(path).Get(); !reflect.DeepEqual(got, want) {
		t.Errorf("the file holds %+v, want %+v", got, want)
	}
}

// How sheets are read is remembered by their headings, the newest fifty, and is there
// after the program has ended.
func TestMappingsAreRemembered(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	s := Load(path)
	for i := range maxMappings + 10 {
		if err := s.Change(func(v *Values) { v.Remember(fmt.Sprint(i), json.RawMessage(`{"kind":4}`)) }); err != nil {
			t.Fatal(err)
		}
	}
	before := s.Get()
	if err := s.Change(func(v *Values) { v.Remember("20", json.RawMessage(`{"kind":6}`)) }); err != nil {
		t.Fatal(err)
	}
	v := Load(path).Get()
	if len(v.Mappings) != maxMappings || v.Mappings[0].Headings != "20" || v.Remembered("0") != nil || v.Remembered("59") == nil {
		t.Errorf("%d are remembered, the newest %v", len(v.Mappings), v.Mappings[0])
	}
	var kept bytes.Buffer
	if err := json.Compact(&kept, v.Remembered("20")); err != nil || kept.String() != `{"kind":6}` {
		t.Errorf("of 20: %s, %v", kept.String(), err)
	}
	if string(before.Remembered("20")) == `{"kind":6}` {
		t.Error("whoever holds the old settings sees the new ones")
	}
}
