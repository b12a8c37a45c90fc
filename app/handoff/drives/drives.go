// Package drives finds the removable drives that are plugged in and notices what
// changes on them. It only ever reads.
package drives

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Drive is one mounted file system on a removable medium.
type Drive struct {
	Path       string // its root folder: /media/clerk/STICK, E:\
	Label      string // its volume label, or the last element of Path
	Removable  bool   // false for a plain folder that Watch was given
	ReadOnly   bool
	Free, Size int64  // bytes
	FileSystem string // vfat, exfat, FAT32, NTFS …; "" for a plain folder
}

// List returns the mounted removable drives, by path. The error is about the
// system's list of drives; a drive that cannot be read is left out.
func List() ([]Drive, error) { return list() }

// Free returns how many bytes this user may still write to the file system that
// holds path.
func Free(path string) (int64, error) {
	free, _, err := space(path)
	return free, err
}

// Carried reports whether a file of this name is one that travels: a bundle, a
// part of one that was split, or a receipt.
func Carried(name string) bool { return carried.MatchString(name) }

var carried = regexp.MustCompile(`(?i)^[^.].*\.(tzb(\.\d{3})?|tzr)$`)

// defaultEach is how often Watch looks when it is given no interval: half of the
// two seconds in which a drive has to be noticed.
const defaultEach = time.Second

// Watch calls changed with the removable drives and the folders, which count as
// drives: once at the start, and again whenever one came or went or a bundle or
// receipt in its root changed. It looks every each (0: every second), on Linux
// also at once when something is mounted, and returns when ctx is done. changed
// is called on this goroutine, never twice at a time.
func Watch(ctx context.Context, folders []string, each time.Duration, changed func([]Drive)) {
	w := watcher{folders: folders, list: list}
	bell := newBell(ctx, each)
	defer bell.close()
	for first := true; ; first = false {
		if drives, news := w.look(); (news || first) && ctx.Err() == nil {
			changed(drives)
		}
		if !bell.wait(ctx) {
			return
		}
	}
}

// watcher remembers what it saw last.
type watcher struct {
	folders []string
	list    func() ([]Drive, error)
	seen    []sight
}

// sight is what counts as a change of a drive. Its free space does not: other
// programs move it all the time.
type sight struct {
	path, label string
	readOnly    bool
	files       []file
}

type file struct {
	name string
	size int64
	time time.Time
}

// look lists the drives and reports whether they differ from the last time.
func (w *watcher) look() (all []Drive, news bool) {
	found, _ := w.list() // without a list of drives there are still the folders
	for _, folder := range w.folders {
		if !slices.ContainsFunc(found, func(d Drive) bool { return d.Path == filepath.Clean(folder) }) {
			found = append(found, plainFolder(folder))
		}
	}
	var sights []sight
	for _, d := range found {
		files, err := filesIn(d.Path)
		if err != nil {
			continue // pulled out and not unmounted yet, or a folder that is not there
		}
		all = append(all, d)
		sights = append(sights, sight{path: d.Path, label: d.Label, readOnly: d.ReadOnly, files: files})
	}
	news = !slices.EqualFunc(sights, w.seen, sight.equal)
	w.seen = sights
	return all, news
}

func (s sight) equal(other sight) bool {
	return s.path == other.path && s.label == other.label && s.readOnly == other.readOnly &&
		slices.EqualFunc(s.files, other.files, func(a, b file) bool {
			return a.name == b.name && a.size == b.size && a.time.Equal(b.time)
		})
}

// plainFolder shows a folder as a drive.
func plainFolder(folder string) Drive {
	folder = filepath.Clean(folder)
	d := Drive{Path: folder, Label: filepath.Base(folder)}
	d.Free, d.Size, _ = space(folder)
	return d
}

// filesIn lists the bundles and receipts in a folder, by name.
func filesIn(folder string) ([]file, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []file
	for _, e := range entries {
		if !Carried(e.Name()) {
			continue
		}
		info, err := e.Info()
		if err != nil || info.Mode()&fs.ModeType != 0 {
			continue // gone meanwhile, or a folder
		}
		files = append(files, file{name: e.Name(), size: info.Size(), time: info.ModTime()})
	}
	return files, nil
}

// sorted puts drives in order of their paths, so that the same drives are always
// the same list.
func sorted(list []Drive) []Drive {
	slices.SortFunc(list, func(a, b Drive) int { return strings.Compare(a.Path, b.Path) })
	return list
}
