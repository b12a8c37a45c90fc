package handoff

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"taizhang/app/handoff/drives"
	"taizhang/app/ledger"
)

// MaxPart is the size of the largest file that FAT32 holds, in bytes.
const MaxPart = 1<<32 - 1

// maxParts bounds into how many files a bundle is split: .002 to .999.
const maxParts = 999

// partSuffix marks a file that is still being written.
const partSuffix = ".part"

// Bytes is a size that is read by people: 3.2 GB, in units of 1000 as sticks are
// sold.
type Bytes int64

// String writes the size with its unit.
func (b Bytes) String() string {
	if b < 1000 {
		return fmt.Sprintf("%d B", int64(b))
	}
	size, units := float64(b)/1000, []string{"kB", "MB", "GB", "TB"}
	for len(units) > 1 && size >= 999.95 {
		size, units = size/1000, units[1:]
	}
	return fmt.Sprintf("%.1f %s", size, units[0])
}

// WriteFile writes a file into a folder of a stick so that nobody ever sees half
// of it: every byte goes to name.part, is flushed, read back from the medium and
// compared, and only then gets its name. A file that is there already is never
// touched: the new one is called name-2, name-3 …
//
// need is how many bytes it will take, as far as known; limit is the largest file
// the medium holds (0: MaxPart), beyond which it goes on in name.002, name.003 …
// paths are the files, the first one first; size is their bytes in all. Whatever
// fails, also a cancelled ctx, leaves nothing behind, as far as the stick is still
// there. The errors are CodeStickFull, CodeStickReadOnly, CodeStickGone,
// CodeStickUnsound, or what write returned.
func WriteFile(ctx context.Context, folder, name string, need, limit int64, write func(w io.Writer) error) (paths []string, size int64, err error) {
	if limit <= 0 {
		limit = MaxPart
	}
	if err := roomFor(folder, need); err != nil {
		return nil, 0, err
	}
	out, err := newSplit(split{ctx: ctx, folder: folder, need: need, limit: limit}, name)
	if err != nil {
		return nil, 0, err
	}
	defer out.release()
	if err = out.fill(write); err == nil {
		err = out.readBack()
	}
	if err == nil {
		paths, err = out.publish()
	}
	if err != nil {
		out.discard()
		return nil, 0, err
	}
	return paths, out.size, nil
}

// roomFor refuses a folder that is not there or a medium with too little space.
func roomFor(folder string, need int64) error {
	info, err := os.Stat(folder)
	if err != nil {
		return stickFault(folder, err)
	}
	if !info.IsDir() {
		return stickFault(folder, fs.ErrNotExist)
	}
	free, err := drives.Free(folder)
	if err == nil && free < need {
		return ledger.Refuse(ledger.CodeStickFull, "path", folder, "need", Bytes(need), "free", Bytes(free))
	}
	return nil // a file system that does not tell its space will say when it is full
}

// split is the writer beneath WriteFile: it starts a new part at the limit.
type split struct {
	ctx    context.Context
	folder string
	name   string // final, free when it was chosen
	need   int64
	limit  int64
	parts  []*part
	size   int64 // written in all
	err    error // the first of writing; later ones would only hide it
}

// part is one file being written.
type part struct {
	temp, path string // name while it is written, and after
	file       *os.File
	hold       io.Closer // tells CleanParts of other processes that it is in use
	hash       hash.Hash
	size       int64
	published  bool
}

// newSplit finds a free name and opens its first part.
func newSplit(s split, name string) (*split, error) {
	for n := 1; n <= maxParts; n++ {
		s.name = numbered(name, n)
		if taken(filepath.Join(s.folder, s.name)) {
			continue
		}
		err := s.grow()
		if err == nil {
			return &s, nil
		}
		if plain := asciiName(name); plain != name && refusesName(err) {
			return newSplit(s, plain)
		}
		if !errors.Is(err, fs.ErrExist) { // somebody else is writing one of this name
			return nil, s.fault(err)
		}
	}
	return nil, ledger.Refuse(ledger.CodeFileExists, "path", filepath.Join(s.folder, name))
}

// numbered puts a number between a name and its extension, from 2.
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	ext := filepath.Ext(name)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext)
}

// create begins a file; tests put a medium here that cannot take every name.
var create = func(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// taken reports whether a file, its continuation or somebody's unfinished one has
// the name.
func taken(path string) bool {
	for _, p := range []string{path, partPath(path, 1), path + partSuffix} {
		if _, err := os.Lstat(p); err == nil {
			return true
		}
	}
	return false
}

// partPath is the name of part n of a file, counted from 0: name, name.002 …
func partPath(path string, n int) string {
	if n == 0 {
		return path
	}
	return fmt.Sprintf("%s.%03d", path, n+1)
}

// grow begins the next part.
func (s *split) grow() error {
	if len(s.parts) == maxParts {
		return fmt.Errorf("the file would have more than %d parts: %w", maxParts, errTooLarge)
	}
	path := partPath(filepath.Join(s.folder, s.name), len(s.parts))
	p := &part{path: path, temp: path + partSuffix, hash: sha256.New()}
	var err error
	if p.file, err = create(p.temp); err != nil {
		return err
	}
	p.hold = hold(p.temp)
	s.parts = append(s.parts, p)
	return nil
}

var errTooLarge = errors.New("too large")

// Write implements io.Writer over the parts.
func (s *split) Write(data []byte) (n int, err error) {
	for len(data) > 0 && s.err == nil {
		p := s.parts[len(s.parts)-1]
		if s.err = s.ctx.Err(); s.err != nil {
			break
		}
		if p.size == s.limit {
			s.err = s.grow()
			continue
		}
		var wrote int
		wrote, s.err = p.file.Write(data[:min(int64(len(data)), s.limit-p.size)])
		p.hash.Write(data[:wrote])
		p.size += int64(wrote)
		s.size += int64(wrote)
		n, data = n+wrote, data[wrote:]
	}
	return n, s.err
}

// fill writes, flushes and closes every part.
func (s *split) fill(write func(io.Writer) error) error {
	err := write(s)
	if s.err != nil {
		return s.fault(s.err) // what write made of it says less
	}
	if err != nil {
		return err
	}
	for _, p := range s.parts {
		if err := s.ctx.Err(); err != nil {
			return err
		}
		err := errors.Join(p.file.Sync(), p.file.Close())
		p.file = nil
		if err != nil {
			return s.fault(err)
		}
	}
	return nil
}

// reopen opens a written part to read it back; tests put a bad medium here.
var reopen = func(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	forget(f) // what the system still has in memory proves nothing about the medium
	return f, nil
}

// readBack compares what is on the medium with what was written.
func (s *split) readBack() error {
	for _, p := range s.parts {
		f, err := reopen(p.temp)
		if err != nil {
			return s.fault(err)
		}
		sum := sha256.New()
		n, err := io.Copy(sum, contextReader{s.ctx, f})
		f.Close()
		if err != nil {
			return s.fault(err)
		}
		if n != p.size || !bytes.Equal(sum.Sum(nil), p.hash.Sum(nil)) {
			return ledger.Refuse(ledger.CodeStickUnsound, "path", p.path)
		}
	}
	return nil
}

// contextReader stops reading when the context is done.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// publish gives the parts their names, the first part last: where there is one,
// the rest is there too.
func (s *split) publish() ([]string, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	paths := make([]string, len(s.parts))
	for i := len(s.parts) - 1; i >= 0; i-- {
		p := s.parts[i]
		if err := renameNew(p.temp, p.path); err != nil {
			return nil, s.fault(err)
		}
		p.published = true
		paths[i] = p.path
	}
	syncFolder(s.folder)
	return paths, nil
}

// discard removes what was written.
func (s *split) discard() {
	for _, p := range s.parts {
		if p.file != nil {
			p.file.Close()
			p.file = nil
		}
		if p.published {
			os.Remove(p.path)
		} else {
			os.Remove(p.temp)
		}
	}
	syncFolder(s.folder)
}

func (s *split) release() {
	for _, p := range s.parts {
		p.hold.Close()
	}
}

// fault names what went wrong with the medium; a cancelled ctx stays what it is.
func (s *split) fault(err error) error {
	if s.ctx.Err() != nil && errors.Is(err, s.ctx.Err()) {
		return err
	}
	fault := stickFault(s.folder, err)
	if ledger.CodeOf(fault) == ledger.CodeStickFull {
		free, _ := drives.Free(s.folder)
		free += s.size // what was written is removed
		return ledger.Refuse(ledger.CodeStickFull, "path", s.folder, "need", Bytes(max(s.need, free+1)), "free", Bytes(free)).Because(err)
	}
	return fault
}

// stickFault turns an error of the system into the sentence for it.
func stickFault(path string, err error) error {
	var known *ledger.Error
	switch code := mediumFault(err); {
	case errors.As(err, &known):
		return err
	case code == ledger.CodeStickFull:
		return ledger.Refuse(code, "path", path, "need", nil, "free", nil).Because(err)
	case code != "":
		return ledger.Refuse(code, "path", path).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return ledger.Refuse(ledger.CodeStickReadOnly, "path", path).Because(err)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, io.ErrUnexpectedEOF):
		return ledger.Refuse(ledger.CodeStickGone, "path", path).Because(err)
	}
	return ledger.Refuse(ledger.CodeFileWrite, "path", path, "detail", err.Error()).Because(err)
}

// syncFolder makes renames durable, where the file system can.
func syncFolder(path string) {
	if f, err := os.Open(path); err == nil {
		_ = f.Sync()
		f.Close()
	}
}
