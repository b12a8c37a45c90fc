package handoff

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"taizhang/app/ledger"
)

// The parts of the file that are not encrypted. FORMAT.md describes them.
const (
	magic   = "taizhang-bundle "
	endMark = "tzb-end\n"
	// bundleExt is how the names of bundles end.
	bundleExt = ".tzb"

	// bundleVersion and bundleSuite are what this program writes and the last that it
	// reads. Version 2 is version 1 with batches. A suite is the set of algorithms: 1
	// is age with X25519 or scrypt, zstd, Ed25519 and SHA-256.
	bundleVersion = 2
	bundleSuite   = 1

	maxHeader   = 64      // bytes of the two lines, of any version
	maxManifest = 4 << 20 // bytes of the sealed manifest
	lengthSize  = 4       // the length of the sealed manifest, big-endian
	checkSize   = 8       // of the SHA-256 up to the end of the sealed manifest
	trailerSize = sha256.Size + len(endMark)
)

// Header is what a bundle says without a key.
type Header struct {
	Version, Suite int
	Passphrase     bool // it opens with a passphrase, not with a desk's key
}

func (h Header) String() string {
	seal := "card"
	if h.Passphrase {
		seal = "passphrase"
	}
	return fmt.Sprintf("%s%d\nsuite %d %s\n", magic, h.Version, h.Suite, seal)
}

var errHeader = errors.New("the clear header is malformed")

// Peek reads the clear header of a bundle of size bytes and looks whether its end
// is there. path is only for the sentences. Its errors are CodeBundleNotOne,
// CodeBundleUnreadable when path ends as a bundle's does, CodeBundleNewer, CodeBundleCutOff and CodeBundleChanged; of a newer bundle
// Version and, where it can be read, Suite are filled in.
func Peek(r io.ReaderAt, size int64, path string) (Header, error) {
	head := make([]byte, min(maxHeader, max(size, 0)))
	if err := readAt(r, head, 0); err != nil {
		return Header{}, readRefusal(path, err)
	}
	if !bytes.HasPrefix(head, []byte(magic)) {
		return Header{}, notOne(path)
	}
	h, err := parseHeader(head)
	if h.Version > bundleVersion {
		return h, newerBundle(path, strconv.Itoa(h.Version), strconv.Itoa(bundleVersion))
	}
	if h.Suite > bundleSuite {
		return h, newerBundle(path, fmt.Sprintf("%d.%d", h.Version, h.Suite), fmt.Sprintf("%d.%d", bundleVersion, bundleSuite))
	}
	// The end is looked for before the header is judged: a file cut off within
	// its header is cut off, not changed.
	mark := make([]byte, len(endMark))
	if size >= int64(len(magic)+trailerSize) {
		if err := readAt(r, mark, size-int64(len(mark))); err != nil {
			return Header{}, readRefusal(path, err)
		}
	}
	switch {
	case string(mark) != endMark:
		return Header{}, ledger.Refuse(ledger.CodeBundleCutOff, "path", path)
	case err != nil:
		return Header{}, changed(path, err)
	}
	return h, nil
}

// notOne refuses what does not begin as a bundle. Whoever chose a file that is
// named as one need not be told to choose such a file: it is damaged.
func notOne(path string) error {
	if strings.EqualFold(filepath.Ext(path), bundleExt) {
		return ledger.Refuse(ledger.CodeBundleUnreadable, "path", path)
	}
	return ledger.Refuse(ledger.CodeBundleNotOne, "path", path)
}

// parseHeader reads the two lines. The Version stands in h even when what
// follows it is of a form that only a newer program knows.
func parseHeader(head []byte) (h Header, err error) {
	lines := strings.SplitN(string(head[len(magic):]), "\n", 3)
	if len(lines) < 2 {
		return h, errHeader
	}
	h.Version = headerNumber(lines[0])
	if len(lines) < 3 || h.Version < 1 || h.Version > bundleVersion {
		return h, errHeader
	}
	suite, ok := strings.CutPrefix(lines[1], "suite ")
	if !ok {
		return h, errHeader
	}
	number, seal, _ := strings.Cut(suite, " ")
	h.Suite, h.Passphrase = headerNumber(number), seal == "passphrase"
	if !bytes.HasPrefix(head, []byte(h.String())) {
		return h, errHeader
	}
	return h, nil
}

// headerNumber reads a number as String writes it; 0 for anything else.
func headerNumber(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || strconv.Itoa(n) != s {
		return 0
	}
	return n
}

// readAt fills p from the offset on. A file that ends before is
// io.ErrUnexpectedEOF.
func readAt(r io.ReaderAt, p []byte, at int64) error {
	n, err := r.ReadAt(p, at)
	switch {
	case n == len(p):
		return nil
	case err == nil || errors.Is(err, io.EOF):
		return io.ErrUnexpectedEOF
	}
	return &mediumError{err}
}

// mediumError is a failure to read the file at all, as opposed to reading
// something wrong from it.
type mediumError struct{ err error }

func (e *mediumError) Error() string { return e.err.Error() }
func (e *mediumError) Unwrap() error { return e.err }

// readRefusal tells a drive that does not answer from a file that is not as it
// was written.
func readRefusal(path string, err error) error {
	if m := (*mediumError)(nil); errors.As(err, &m) {
		return readFault(path, m.err)
	}
	return changed(path, err)
}

func newerBundle(path, version, known string) error {
	return ledger.Refuse(ledger.CodeBundleNewer, "path", path, "version", version, "known", known)
}

func changed(path string, why error) error {
	return ledger.Refuse(ledger.CodeBundleChanged, "path", path).Because(why)
}
