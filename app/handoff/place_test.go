package handoff

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// someBytes are n bytes that do not repeat, the same every time.
func someBytes(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(b)
	return b
}

// writing writes content in pieces that fit no part.
func writing(content []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		for piece := range slices.Chunk(content, 700) {
			if n, err := w.Write(piece); err != nil || n != len(piece) {
				return errors.Join(err, io.ErrShortWrite)
			}
		}
		return nil
	}
}

func namesIn(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func wantNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	if got := namesIn(t, folder); !slices.Equal(got, want) {
		t.Errorf("in the folder: %q, want %q", got, want)
	}
}

func TestWriteFile(t *testing.T) {
	for _, c := range []struct {
		size, limit int
		parts       []string
	}{
		{0, 100, []string{"a.tzb"}},
		{99, 100, []string{"a.tzb"}},
		{100, 100, []string{"a.tzb"}},
		{101, 100, []string{"a.tzb", "a.tzb.002"}},
		{300, 100, []string{"a.tzb", "a.tzb.002", "a.tzb.003"}},
		{5000, 0, []string{"a.tzb"}},
		{5000, 2048, []string{"a.tzb", "a.tzb.002", "a.tzb.003"}},
	} {
		folder, content := t.TempDir(), someBytes(c.size)
		paths, size, err := WriteFile(context.Background(), folder, "a.tzb", int64(c.size), int64(c.limit), writing(content))
		if err != nil || size != int64(c.size) {
			t.Fatalf("%+v: %d, %v", c, size, err)
		}
		wantNames(t, folder, c.parts...)
		for i, p := range paths {
			if p != filepath.Join(folder, c.parts[i]) {
				t.Errorf("%+v: path %s", c, p)
			}
			if info, _ := os.Stat(p); c.limit > 0 && info.Size() > int64(c.limit) {
				t.Errorf("%+v: %s has %d bytes", c, p, info.Size())
			}
		}
		wantContent(t, paths[0], content)
	}
}

// wantContent reads a file through OpenFile, whole and in pieces over the edges.
func wantContent(t *testing.T, path string, content []byte) {
	t.Helper()
	r, size, closing, err := OpenFile(path)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("%d bytes of %d, %v", size, len(content), err)
	}
	got, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil || !bytes.Equal(got, content) {
		t.Fatalf("the content differs, %v", err)
	}
	for range 200 {
		at := rand.IntN(len(content) + 5)
		piece := make([]byte, rand.IntN(len(content)+5))
		n, err := r.ReadAt(piece, int64(at))
		want := content[min(at, len(content)):min(at+len(piece), len(content))]
		if !bytes.Equal(piece[:n], want) || (n < len(piece)) != errors.Is(err, io.EOF) {
			t.Fatalf("%d bytes at %d: %d, %v", len(piece), at, n, err)
		}
	}
	if err := closing(); err != nil {
		t.Error(err)
	}
}

func TestWriteFileNeverReplaces(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.tzb", "a-2.tzb.002", "a-3.tzb.part"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"a-4.tzb", "a-5.tzb"} {
		paths, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 10, writing(someBytes(15)))
		if err != nil || paths[0] != filepath.Join(folder, want) {
			t.Fatalf("%v, %v", paths, err)
		}
	}
	for _, name := range []string{"a.tzb", "a-2.tzb.002", "a-3.tzb.part"} {
		if content, _ := os.ReadFile(filepath.Join(folder, name)); string(content) != "old" {
			t.Errorf("%s was replaced", name)
		}
	}
	// A name that is taken only while the file is written.
	_, _, err := WriteFile(context.Background(), folder, "b.tzb", 0, 10, func(w io.Writer) error {
		return errors.Join(os.WriteFile(filepath.Join(folder, "b.tzb"), []byte("old"), 0o600), writing(someBytes(25))(w))
	})
	if err == nil {
		t.Error("written over a file that came meanwhile")
	}
	if content, _ := os.ReadFile(filepath.Join(folder, "b.tzb")); string(content) != "old" {
		t.Error("b.tzb was replaced")
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "b.tzb.*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// failing is a medium that breaks in one way.
type failing struct {
	content io.Reader
	err     error
}

func (f failing) Read(p []byte) (int, error) {
	n, err := f.content.Read(p)
	if err == io.EOF && f.err != nil {
		err = f.err
	}
	return n, err
}
func (failing) Close() error { return nil }

// withReopen puts another medium beneath the reading back.
func withReopen(t *testing.T, open func(path string) (io.ReadCloser, error)) {
	whole := reopen
	reopen = open
	t.Cleanup(func() { reopen = whole })
}

func TestWriteFileReadsBack(t *testing.T) {
	content := someBytes(2500)
	for name, c := range map[string]struct {
		spoil func(content []byte) []byte
		err   error
		code  ledger.Code
	}{
		"a changed bit":  {func(b []byte) []byte { b[len(b)/2] ^= 1; return b }, nil, ledger.CodeStickUnsound},
		"cut off":        {func(b []byte) []byte { return b[:len(b)-1] }, nil, ledger.CodeStickUnsound},
		"longer":         {func(b []byte) []byte { return append(b, 0) }, nil, ledger.CodeStickUnsound},
		"zeros":          {func(b []byte) []byte { clear(b); return b }, nil, ledger.CodeStickUnsound},
		"cannot be read": {func(b []byte) []byte { return b[:10] }, syscall.EIO, ledger.CodeStickGone},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			withReopen(t, func(path string) (io.ReadCloser, error) {
				b, err := os.ReadFile(path)
				if strings.HasSuffix(path, ".002.part") {
					return failing{bytes.NewReader(c.spoil(b)), c.err}, err
				}
				return failing{bytes.NewReader(b), nil}, err
			})
			_, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 1000, writing(content))
			wantCode(t, err, c.code)
			wantNames(t, folder)
		})
	}
}

func TestWriteFileFails(t *testing.T) {
	folder := t.TempDir()
	broken := errors.New("the ledger cannot be read")
	_, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 10, func(w io.Writer) error {
		return errors.Join(writing(someBytes(35))(w), broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	_, _, err = WriteFile(context.Background(), folder, "a.tzb", 1<<62, 0, writing(nil))
	wantCode(t, err, ledger.CodeStickFull)
	_, _, err = WriteFile(context.Background(), filepath.Join(folder, "gone"), "a.tzb", 0, 0, writing(nil))
	wantCode(t, err, ledger.CodeStickGone)
	wantNames(t, folder)
	// The stick is pulled out while it is written.
	err = os.Mkdir(filepath.Join(folder, "stick"), 0o700)
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = WriteFile(context.Background(), filepath.Join(folder, "stick"), "a.tzb", 0, 10, func(w io.Writer) error {
		return errors.Join(writing(someBytes(5))(w), os.RemoveAll(filepath.Join(folder, "stick")), writing(someBytes(50))(w))
	})
	wantCode(t, err, ledger.CodeStickGone)
}

// TestWriteFileCancelled stops at every step there is.
func TestWriteFileCancelled(t *testing.T) {
	for _, at := range []string{"writing", "written", "reading back"} {
		folder := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		if at == "reading back" {
			whole := reopen
			withReopen(t, func(path string) (io.ReadCloser, error) { cancel(); return whole(path) })
		}
		_, _, err := WriteFile(ctx, folder, "a.tzb", 0, 10, func(w io.Writer) error {
			err := writing(someBytes(25))(w)
			if at != "reading back" {
				cancel()
			}
			if at == "writing" {
				err = errors.Join(err, writing(someBytes(25))(w))
			}
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", at, err)
		}
		wantNames(t, folder)
		cancel()
	}
}

func TestBytes(t *testing.T) {
	for b, want := range map[Bytes]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 1_234_567: "1.2 MB", 3_221_225_472: "3.2 GB",
		999_999: "1.0 MB", 999_949: "999.9 kB", 5_000_000_000_000_000: "5000.0 TB"} {
		if b.String() != want {
			t.Errorf("%d: %s, want %s", int64(b), b, want)
		}
	}
}

func TestOpenFileRefused(t *testing.T) {
	folder := t.TempDir()
	_, _, _, err := OpenFile(filepath.Join(folder, "a.tzb"))
	wantCode(t, err, ledger.CodeStickGone)
	_, _, _, err = OpenFile(folder)
	wantCode(t, err, ledger.CodeBundleNotOne)
	// A file that becomes shorter while it is read.
	path := filepath.Join(folder, "b.tzb")
	if err := os.WriteFile(path, someBytes(100), 0o600); err != nil {
		t.Fatal(err)
	}
	r, _, closing, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer closing()
	if err := os.Truncate(path, 50); err != nil {
		t.Fatal(err)
	}
	_, err = r.ReadAt(make([]byte, 100), 0)
	wantCode(t, err, ledger.CodeStickGone)
}

// TestOpenFileOnlyReads: a bundle can be read where nothing can be written, and is
// afterwards what it was.
func TestOpenFileOnlyReads(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.tzb")
	if err := os.WriteFile(path, someBytes(100), 0o400); err != nil {
		t.Fatal(err)
	}
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	wantContent(t, path, someBytes(100))
	sum, size, err := HashFile(path)
	if err != nil || size != 100 || sum == [32]byte{} {
		t.Errorf("%x %d %v", sum, size, err)
	}
	after, err := os.Stat(path)
	if err != nil || !after.ModTime().Equal(before.ModTime()) || after.Size() != before.Size() {
		t.Errorf("%v, %v", after, err)
	}
	wantNames(t, folder, "a.tzb")
}

func TestCleanParts(t *testing.T) {
	folder := t.TempDir()
	old := time.Now().Add(-2 * partOld)
	for name, when := range map[string]time.Time{
		"crash.tzb.part": old, "crash.tzb.002": old, "crash.tzb.003.part": old, // the first part never got its name
		"whole.tzb": old, "whole.tzb.002": old, "whole.tzb.part": old,
		"receipt.tzb.tzr.part": old, "fresh.tzb.part": time.Now(), "other.part": old, "copy.tzb.002": old,
		"report.docx.part": old, ".tzb.part": old,
	} {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.WriteFile(path, []byte(name), 0o600), os.Chtimes(path, when, when)); err != nil {
			t.Fatal(err)
		}
	}
	removed, err := CleanParts(folder)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(removed)
	want := []string{"crash.tzb.002", "crash.tzb.003.part", "crash.tzb.part", "receipt.tzb.tzr.part", "whole.tzb.part"}
	if !slices.Equal(removed, want) {
		t.Errorf("removed %q, want %q", removed, want)
	}
	wantNames(t, folder, ".tzb.part", "copy.tzb.002", "fresh.tzb.part", "other.part", "report.docx.part", "whole.tzb", "whole.tzb.002")
	_, err = CleanParts(filepath.Join(folder, "gone"))
	wantCode(t, err, ledger.CodeStickGone)
}

// TestCleanPartsLeavesWhatIsWritten: however long a stick takes.
func TestCleanPartsLeavesWhatIsWritten(t *testing.T) {
	folder := t.TempDir()
	old := time.Now().Add(-time.Hour)
	paths, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 10, func(w io.Writer) error {
		if err := writing(someBytes(15))(w); err != nil {
			return err
		}
		for _, name := range namesIn(t, folder) {
			if err := os.Chtimes(filepath.Join(folder, name), old, old); err != nil {
				return err
			}
		}
		removed, err := CleanParts(folder)
		if len(removed) > 0 {
			t.Errorf("removed %q while it is written", removed)
		}
		return err
	})
	if err != nil || len(paths) != 2 {
		t.Errorf("%v, %v", paths, err)
	}
}

func TestFileName(t *testing.T) {
	at := time.Date(2026, 11, 22, 17, 5, 59, 0, time.FixedZone("", 8*3600))
	for _, c := range []struct{ district, unit, want string }{
		{"宁江区", "临江街道", "宁江区-临江街道-20261122-1705.tzb"},
		{"宁江区", "宁江区", "宁江区-20261122-1705.tzb"},
		{"宁江区", "", "宁江区-20261122-1705.tzb"},
		{"", "", "taizhang-20261122-1705.tzb"},
		{"A/B", `c:\d*?"<>|`, "A_B-c__d-20261122-1705.tzb"},
		{"CON.x", "NUL", "CON_x-NUL-20261122-1705.tzb"},
		{"..", ". .", "taizhang-20261122-1705.tzb"},
		{"a\x00\n\u202eb", "\xff", "ab-20261122-1705.tzb"},
	} {
		if got := FileName(c.district, c.unit, at); got != c.want {
			t.Errorf("%q %q: %s, want %s", c.district, c.unit, got, c.want)
		}
	}
	long := FileName(strings.Repeat("区", 60), strings.Repeat("😀", 60), at)
	if n := len([]rune(long)); n > 80 || len(long) > 200 {
		t.Errorf("%s has %d characters, %d bytes", long, n, len(long))
	}
}

// TestWriteFilePlainName: a stick that takes no Chinese names gets a plain one, and
// one that takes nothing says so.
func TestWriteFilePlainName(t *testing.T) {
	whole := create
	t.Cleanup(func() { create = whole })
	folder := t.TempDir()
	for _, refusal := range []error{syscall.EINVAL, syscall.EILSEQ, syscall.EPERM} {
		create = func(path string) (*os.File, error) {
			if asciiName(filepath.Base(path)) != filepath.Base(path) {
				return nil, &fs.PathError{Op: "open", Path: path, Err: refusal}
			}
			return whole(path)
		}
		if _, _, err := WriteFile(t.Context(), folder, "宁江区-新城镇-20261125-2238.tzb", 10, 0, writing(someBytes(10))); err != nil {
			t.Fatal(refusal, err)
		}
	}
	wantNames(t, folder, "taizhang-20261125-2238-2.tzb", "taizhang-20261125-2238-3.tzb", "taizhang-20261125-2238.tzb")
	create = func(path string) (*os.File, error) {
		return nil, &fs.PathError{Op: "open", Path: path, Err: syscall.EPERM}
	}
	_, _, err := WriteFile(t.Context(), folder, "宁江区.tzb", 10, 0, writing(someBytes(10)))
	if ledger.CodeOf(err) != ledger.CodeStickReadOnly {
		t.Errorf("a stick that takes no file: %v", err)
	}
}
