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

	Sticks    []string `json:"sticks,omitempty"`    // folders watched as if they were sticks
	Receivers []string `json:"receivers,omitempty"` // fingerprints that the last bundle was for
}

// Settings is the open settings file. It is safe for concurrent use.
type Settings struct {
	mu     sync.Mutex
	path   string
	values Values
}

// Load reads path; a missing or unreadable file gives the defaults, because
// settings never stand in the way of the ledger.
func Load(path string) *Settings {
	s := &Settings{path: path}
	if data, err := os.ReadFile(path); err == nil {
		if json.Unmarshal(data, &s.values) != nil {
			s.values = Values{}
		}
	}
	return s
}

// Get returns the settings.
func (s *Settings) Get() Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values
}

// Change changes and saves the settings. An empty path keeps them in memory.
func (s *Settings) Change(change func(*Values)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.values)
	if s.path == "" {
		return nil
	}
	data, err := json.MarshalIndent(s.values, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(s.path, data)
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
