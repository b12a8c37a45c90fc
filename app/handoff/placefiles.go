package handoff

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"taizhang/app/ledger"
)

// OpenFile opens a bundle for reading only, with the files that it was split
// into as one. size is their bytes in all; closing closes them all. A read that
// fails because the stick was pulled out is CodeStickGone.
func OpenFile(path string) (r io.ReaderAt, size int64, closing func() error, err error) {
	j := &joined{}
	for n := 0; n < maxParts; n++ {
		f, err := openRegular(partPath(path, n))
		if n > 0 && errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err == nil {
			err = j.add(f)
		}
		if err != nil {
			j.close()
			return nil, 0, nil, readFault(path, err)
		}
	}
	return j, j.size(), j.close, nil
}

// openRegular opens a file for reading. What is no plain file, such as a named
// pipe that would keep the reader waiting, is CodeBundleNotOne.
func openRegular(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, ledger.Refuse(ledger.CodeBundleNotOne, "path", path)
	}
	return os.Open(path)
}

// HashFile is the SHA-256 over a bundle's bytes, split or not, as the slip shows
// it, and their number.
func HashFile(path string) (sum [sha256.Size]byte, size int64, err error) {
	r, size, closing, err := OpenFile(path)
	if err != nil {
		return sum, 0, err
	}
	h := sha256.New()
	_, err = io.Copy(h, io.NewSectionReader(r, 0, size))
	if err = errors.Join(err, closing()); err != nil {
		return sum, 0, readFault(path, err)
	}
	return [sha256.Size]byte(h.Sum(nil)), size, nil
}

// joined reads several files as one.
type joined struct {
	files []*os.File
	ends  []int64 // where each file ends in the whole
}

func (j *joined) size() int64 {
	if len(j.ends) == 0 {
		return 0
	}
	return j.ends[len(j.ends)-1]
}

func (j *joined) add(f *os.File) error {
	j.files = append(j.files, f)
	info, err := f.Stat()
	if err != nil {
		return err
	}
	j.ends = append(j.ends, j.size()+info.Size())
	return nil
}

func (j *joined) close() error {
	var err error
	for _, f := range j.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// ReadAt implements io.ReaderAt.
func (j *joined) ReadAt(p []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, fs.ErrInvalid
	}
	for i := sort.Search(len(j.ends), func(i int) bool { return j.ends[i] > at }); n < len(p) && i < len(j.files); i++ {
		start := int64(0)
		if i > 0 {
			start = j.ends[i-1]
		}
		want := min(int64(len(p)-n), j.ends[i]-at)
		got, err := j.files[i].ReadAt(p[n:n+int(want)], at-start)
		n, at = n+got, at+int64(got)
		if int64(got) < want {
			if err == nil || errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF // it was longer when it was opened
			}
			return n, readFault(j.files[i].Name(), err)
		}
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// readFault names what kept a file from being read: whatever the system says, it
// was there to be read and is not any more.
func readFault(path string, err error) error {
	var known *ledger.Error
	if errors.As(err, &known) {
		return err
	}
	return ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
}

// partOld is how long a .part must not have changed before it is taken for what
// a crash left.
const partOld = time.Minute

var partName = regexp.MustCompile(`(?i)^([^.].*\.tz[br])(\.\d{3})?\.part$`)

// CleanParts removes what a crash or a pulled stick left in a folder: the .part
// files of bundles and receipts that nobody has written for a minute, and the
// continuations of a bundle whose first part never got its name. Nothing else is
// touched.
func CleanParts(folder string) (removed []string, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, stickFault(folder, err)
	}
	for _, e := range entries {
		match := partName.FindStringSubmatch(e.Name())
		info, infoErr := e.Info()
		if match == nil || infoErr != nil || !info.Mode().IsRegular() || time.Since(info.ModTime()) < partOld {
			continue
		}
		if removeIdle(filepath.Join(folder, e.Name())) != nil {
			continue // in use, or it cannot be removed: it is only in the way
		}
		removed = append(removed, e.Name())
		if match[2] == "" {
			removed = append(removed, cleanTail(folder, match[1])...)
		}
	}
	return removed, nil
}

// cleanTail removes the continuations of a bundle that has no first part.
func cleanTail(folder, name string) (removed []string) {
	if _, err := os.Lstat(filepath.Join(folder, name)); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for n := maxParts - 1; n > 0; n-- {
		path := partPath(filepath.Join(folder, name), n)
		if os.Remove(path) == nil {
			removed = append(removed, filepath.Base(path))
		}
	}
	return removed
}

// FileName is the name of a bundle: <district>-<unit>-<YYYYMMDD-HHMM>.tzb in at's
// own time zone, at most 80 characters and 200 bytes, with nothing in it that
// FAT32 or exFAT do not take.
func FileName(district, unit string, at time.Time) string {
	name := tame(district, 20, 60)
	if name == "" {
		name = "taizhang"
	}
	if u := tame(unit, 32, 96); u != "" && u != name {
		name += "-" + u
	}
	return name + "-" + at.Format("20060102-1504") + bundleExt
}

// tame makes a text fit to stand in a file name. Dots go too: Windows takes
// CON.x for the console.
func tame(text string, runes, size int) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "") {
		switch {
		case strings.ContainsRune(`<>:"/\|?*. `+"\u3000", r) || r == '\u00a0':
			r = '_'
		case !unicode.IsGraphic(r):
			continue
		}
		if runes == 0 || b.Len()+utf8.RuneLen(r) > size {
			break
		}
		runes--
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), "_-")
}

// asciiName is the name for a stick whose file system was mounted without Chinese:
// what it loses of the district and unit stands in the bundle itself.
func asciiName(name string) string {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, name)
	if plain == name {
		return name
	}
	return "taizhang-" + strings.TrimLeft(plain, "-")
}

// refusesName reports whether creating a file may have failed for its name. vfat
// answers EINVAL or EILSEQ, drivers outside the kernel EPERM; a stick that takes no
// file at all answers to the plain name in the same way.
func refusesName(err error) bool {
	return errors.Is(err, syscall.EINVAL) || errors.Is(err, syscall.EILSEQ) || errors.Is(err, syscall.EPERM)
}
