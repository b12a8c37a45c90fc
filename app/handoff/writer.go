package handoff

import (
	"bufio"
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"taizhang/app/ledger"
)

// Sealing says who can open a bundle and who answers for it.
type Sealing struct {
	To         []Card             // the desks that can open it,
	Passphrase string             // or what opens it; exactly one of the two
	Sign       ed25519.PrivateKey // the sender's
}

// Work of scrypt against guessing a passphrase, as a power of two. Writing takes
// 128 MiB and below a second on an old office PC. Reading accepts what a later
// version may ask for, and no more: the number stands in the file.
const (
	scryptWork    = 17
	maxScryptWork = 20
)

// zstdWindow is how far back the compressor looks, in bytes: a reader needs that
// much memory. maxZstdWindow is what a reader accepts.
const (
	zstdWindow    = 1 << 20
	maxZstdWindow = 8 << 20
)

// Writer writes a bundle. It is for one goroutine.
type Writer struct {
	file    *hashWriter
	body    io.WriteCloser // age
	packed  *zstd.Encoder  // zstd into body
	block   *blockWriter
	buf     []byte
	walk    walk
	checker revisionChecker
	err     error // the first one; nothing goes on after it
}

// hashWriter writes buffered and knows the SHA-256 of all it wrote.
type hashWriter struct {
	out *bufio.Writer // not embedded: its other methods would go past the hash
	sum hash.Hash
}

func (w *hashWriter) Write(p []byte) (int, error) {
	w.sum.Write(p)
	return w.out.Write(p)
}

// NewWriter writes the header and the sealed manifest of a bundle to w. It fills
// in m.To from s.To. m.Sender must be the signed card of s.Sign's desk, the ranges
// must be sealed, and m.Revisions must be what they hold. Errors are those of
// writing to w, as they come, and mistakes of the caller.
func NewWriter(w io.Writer, m *Manifest, s Sealing) (*Writer, error) {
	return newWriter(w, m, s, scryptWork)
}

func newWriter(w io.Writer, m *Manifest, s Sealing, work int) (*Writer, error) {
	recipients, err := s.recipients(work)
	if err != nil {
		return nil, err
	}
	m.To = nil
	for i := range s.To {
		m.To = append(m.To, s.To[i].Fingerprint())
	}
	if len(s.Sign) != ed25519.PrivateKeySize || !m.Sender.Key.Equal(s.Sign.Public()) {
		return nil, errors.New("handoff: the sender's card is not of the key that signs")
	}
	if err := checkManifest(m); err != nil {
		return nil, fmt.Errorf("handoff: manifest: %w", err)
	}
	bodyKey, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("handoff: %w", err)
	}
	h := Header{Version: bundleVersion, Suite: bundleSuite, Passphrase: s.Passphrase != ""}
	sealed, err := sealManifest(signManifest(h, encodeManifest(m, bodyKey.String()), s.Sign), recipients)
	if err != nil {
		return nil, err
	}
	file := &hashWriter{bufio.NewWriterSize(w, 64<<10), sha256.New()}
	if err := writeHead(file, h, sealed); err != nil {
		return nil, err
	}
	return startBody(file, m, bodyKey.Recipient())
}

func (s *Sealing) recipients(work int) ([]age.Recipient, error) {
	if (len(s.To) > 0) == (s.Passphrase != "") {
		return nil, errors.New("handoff: a bundle is sealed to cards or with a passphrase")
	}
	if s.Passphrase != "" {
		r, err := age.NewScryptRecipient(s.Passphrase)
		if err != nil {
			return nil, fmt.Errorf("handoff: %w", err)
		}
		r.SetWorkFactor(work)
		return []age.Recipient{r}, nil
	}
	list := make([]age.Recipient, len(s.To))
	for i := range s.To {
		r, err := age.ParseX25519Recipient(s.To[i].Recipient)
		if err != nil {
			return nil, fmt.Errorf("handoff: card of %s: %w", s.To[i].Name, err)
		}
		list[i] = r
	}
	return list, nil
}

// sealManifest encrypts the signed manifest.
func sealManifest(signed []byte, to []age.Recipient) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to...)
	if err == nil {
		_, err = w.Write(signed)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return nil, fmt.Errorf("handoff: %w", err)
	}
	if sealed.Len() > maxManifest {
		return nil, fmt.Errorf("handoff: a manifest of %d bytes", sealed.Len())
	}
	return sealed.Bytes(), nil
}

// writeHead writes the header, the sealed manifest, and the check by which a
// reader without the key tells a damaged manifest from one for somebody else.
func writeHead(file *hashWriter, h Header, sealed []byte) error {
	head := binary.BigEndian.AppendUint32([]byte(h.String()), uint32(len(sealed)))
	head = append(head, sealed...)
	sum := sha256.Sum256(head)
	_, err := file.Write(append(head, sum[:checkSize]...))
	return err
}

func startBody(file *hashWriter, m *Manifest, to age.Recipient) (*Writer, error) {
	body, err := age.Encrypt(file, to)
	if err != nil {
		return nil, err
	}
	packed, err := zstd.NewWriter(body, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(zstdWindow), zstd.WithEncoderCRC(false)) // age authenticates every byte
	if err != nil {
		return nil, fmt.Errorf("handoff: %w", err)
	}
	return &Writer{file: file, body: body, packed: packed, block: newBlockWriter(), walk: newWalk(m),
		checker: revisionChecker{int64(len(m.Ranges) + len(m.Needs))}}, nil
}

// Add writes the next revision. Its IDs have bundle numbers as desks (see
// Manifest.Chain); ranges come in the manifest's order and each without gaps, and
// the hash of a range's last revision is its head's. r may be reused afterwards.
func (w *Writer) Add(r *ledger.Revision) error {
	if w.err == nil {
		w.err = w.add(r)
	}
	return w.err
}

func (w *Writer) add(r *ledger.Revision) error {
	if w.walk.done() {
		return fmt.Errorf("handoff: revision %d of chain %d after the last one", r.ID.Seq(), r.ID.Desk())
	}
	if want := w.walk.next(); r.ID != want {
		return fmt.Errorf("handoff: revision %d of chain %d where %d of chain %d is due",
			r.ID.Seq(), r.ID.Desk(), want.Seq(), want.Desk())
	}
	if err := w.checker.check(r); err != nil {
		return fmt.Errorf("handoff: revision %d of chain %d: %w", r.ID.Seq(), r.ID.Desk(), err)
	}
	if ended := w.walk.step(); ended != nil && ended.Head.Hash != r.Hash {
		return fmt.Errorf("handoff: chain %d does not end in its head", r.ID.Desk())
	}
	w.block.add(r)
	if w.block.n == maxBlockRevisions || w.block.size() >= fullBlock {
		return w.flush()
	}
	return nil
}

func (w *Writer) flush() error {
	if w.block.n == 0 {
		return nil
	}
	if size := w.block.size(); size > maxBlock-fullBlock {
		return fmt.Errorf("handoff: a revision of %d bytes", size)
	}
	w.buf = w.block.appendTo(w.buf[:0])
	_, err := w.packed.Write(w.buf)
	return err
}

// Close ends the bundle. It is an error when revisions are missing; the file is
// then of no use.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	w.err = w.close()
	if w.err != nil {
		return w.err
	}
	w.err = errors.New("handoff: the bundle is closed")
	return nil
}

func (w *Writer) close() error {
	if !w.walk.done() {
		next := w.walk.next()
		return fmt.Errorf("handoff: closed before revision %d of chain %d", next.Seq(), next.Desk())
	}
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.packed.Close(); err != nil {
		return err
	}
	if err := w.body.Close(); err != nil {
		return err
	}
	if _, err := w.file.Write(w.file.sum.Sum(nil)); err != nil {
		return err
	}
	if _, err := w.file.Write([]byte(endMark)); err != nil {
		return err
	}
	return w.file.out.Flush()
}
