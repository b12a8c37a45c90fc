// Package settings keeps what a person chose on this PC: language, theme,
// author, column widths, window size. It is a small JSON file beside the ledger,
// written whole to a new file and renamed, so that a killed program never leaves
// half of it.
package settings

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Values are the settings themselves. Zero values mean the defaults.
type Values struct {
	Language string                        `json:"language,omitempty"` // zh-Hans, zh-Hant, en; empty follows the system
	Theme    string                        `json:"theme,omitempty"`    // light, dark; empty follows the system
	Author   string                        `json:"author,omitempty"`   // who writes; empty is the desk's name
	Period   int                           `json:"period,omitempty"`   // ledger.PeriodKind last chosen, plus one
	Unit     int64                         `json:"unit,omitempty"`     // unit last entered
	Place    string                        `json:"place,omitempty"`    // place last shown
	Widths   map[string]map[string]float32 `json:"widths,omitempty"`   // column widths by table
	Width    float32                       `json:"width,omitempty"`    // of the window
	Height   float32                       `json:"height,omitempty"`

	ReportFolder string `json:"reportFolder,omitempty"` // where a report was opened last

	Sticks    []string `json:"sticks,omitempty"`    // folders watched as if they were sticks
	Receivers []string `json:"receivers,omitempty"` // fingerprints that the last bundle was for

	WallDisplay string `json:"wallDisplay,omitempty"` // name of the display that the wall is shown on
	WallEvery   int    `json:"wallEvery,omitempty"`   // how long a page of the wall stays, in seconds

	Mappings []Mapping `json:"mappings,omitempty"` // how sheets are read, the newest first
}

// Mapping is how a clerk has said that the sheets with some headings are read.
type Mapping struct {
	Headings string          `json:"headings"` // intake.Layout.FingerprintAt
	Mapping  json.RawMessage `json:"mapping"`  // intake.Mapping
}

// maxMappings bounds how many mappings are remembered.
const maxMappings = 50

// Remember keeps how sheets with some headings are read, in place of what was
// remembered of them; the oldest beyond fifty is forgotten.
func (v *Values) Remember(headings string, mapping json.RawMessage) {
	list := []Mapping{{headings, mapping}}
	for _, m := range v.Mappings {
		if m.Headings != headings && len(list) < maxMappings {
			list = append(list, m)
		}
	}
	v.Mappings = list // a new one: whoever holds the old values keeps them
}

// Remembered is how sheets with some headings are read, nil when nobody has said.
func (v Values) Remembered(headings string) json.RawMessage {
	for _, m := range v.Mappings {
		if m.Headings == headings {
			return m.Mapping
		}
	}
	return nil
}

// Settings is the open settings file. It is safe for concurrent use.
type Settings struct {
	mu     sync.Mutex
	path   string
	values Values
	kept   bool // the file held values when it was last read or written here
}

// Load reads path; a missing or unreadable file gives the defaults, because
// settings never stand in the way of the ledger.
func Load(path string) *Settings {
	s := &Settings{path: path}
	s.values, s.kept = read(path)
	return s
}

// read is what the file holds; ok is false where there is none that can be read.
func read(path string) (v Values, ok bool) {
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &v) != nil {
		return Values{}, false
	}
	return v, true
}

// Get returns the settings.
func (s *Settings) Get() Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values
}

// Change changes and saves the settings. An empty path keeps them in memory. What
// another process has changed since, the window or the wall, stays.
func (s *Settings) Change(change func(*Values)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v, ok := read(s.path); ok && s.kept {
		s.values = v
	}
	change(&s.values)
	if s.path == "" {
		return nil
	}
	data, err := json.MarshalIndent(s.values, "", "  ")
	if err != nil {
		return err
	}
	err = replaceFile(s.path, data)
	s.kept = err == nil
	return err
}

func replaceFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".settings-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		if rm := os.Remove(f.Name()); rm != nil && !errors.Is(rm, fs.ErrNotExist) {
			err = errors.Join(err, rm)
		}
	}
	return err
}
