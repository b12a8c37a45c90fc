package handoff

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"taizhang/app/ledger"
)

// Opener is what may open a bundle: the desk's identities, and the passphrase a
// person typed.
type Opener struct {
	Identities []age.Identity
	Passphrase string
}

// Bundle is an open bundle: its manifest is unsealed and verified, its revisions
// are not read yet. It reads from the io.ReaderAt it was opened with.
type Bundle struct {
	Manifest Manifest
	Header   Header
	// Imprint is of the sealed manifest: it tells this bundle from every other, and
	// can be had without a key.
	Imprint ledger.Hash

	file io.ReaderAt
	size int64
	path string
	at   int64 // where the body begins
	key  *age.X25519Identity
}

// Open reads the clear header, looks for the end of the file, and unseals and
// verifies the manifest. path is only for the sentences; the file is only read.
//
// Its errors are those of Peek, CodeBundleChanged, CodeBundleNotForUs, CodePassphraseNeeded,
// CodePassphraseWrong, and CodeStickGone when the file cannot be read. That the
// sender is a desk one trusts is for the caller to judge.
func Open(r io.ReaderAt, size int64, path string, o Opener) (*Bundle, error) {
	h, err := Peek(r, size, path)
	if err != nil {
		return nil, err
	}
	sealed, imprint, at, err := readSealed(r, size, h)
	if err != nil {
		return nil, readRefusal(path, err)
	}
	signed, err := o.unseal(sealed, h, path)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Header: h, Imprint: imprint, file: r, size: size, path: path, at: at}
	var key string
	if b.Manifest, key, err = verifyManifest(h, signed); err != nil {
		return nil, changed(path, err)
	}
	if b.key, err = age.ParseX25519Identity(key); err != nil {
		return nil, changed(path, err)
	}
	return b, nil
}

// Imprint reads the clear header of a bundle and the imprint of what is sealed,
// for which no key is needed. The errors are those of Peek.
func Imprint(r io.ReaderAt, size int64, path string) (Header, ledger.Hash, error) {
	h, err := Peek(r, size, path)
	if err != nil {
		return h, ledger.Hash{}, err
	}
	_, imprint, _, err := readSealed(r, size, h)
	if err != nil {
		err = readRefusal(path, err)
	}
	return h, imprint, err
}

// readSealed reads the sealed manifest, its imprint, and checks that it is as it
// was written. after is where the body begins.
func readSealed(r io.ReaderAt, size int64, h Header) (sealed []byte, imprint ledger.Hash, after int64, err error) {
	start := int64(len(h.String())) + lengthSize
	room := size - start - checkSize - int64(trailerSize)
	if room < 0 {
		return nil, imprint, 0, errMalformed
	}
	head := make([]byte, start)
	if err := readAt(r, head, 0); err != nil {
		return nil, imprint, 0, err
	}
	n := int64(binary.BigEndian.Uint32(head[start-lengthSize:]))
	if n > min(room, maxManifest) {
		return nil, imprint, 0, errMalformed
	}
	sealed = make([]byte, n+checkSize)
	if err := readAt(r, sealed, start); err != nil {
		return nil, imprint, 0, err
	}
	sum := sha256.Sum256(append(head, sealed[:n]...))
	if !bytes.Equal(sum[:checkSize], sealed[n:]) {
		return nil, imprint, 0, errors.New("the sealed manifest was changed")
	}
	return sealed[:n], sum, start + n + checkSize, nil
}

// unseal decrypts the sealed manifest, which is as it was written: when nothing
// opens it, it is for somebody else.
func (o *Opener) unseal(sealed []byte, h Header, path string) ([]byte, error) {
	identities, stranger := o.Identities, ledger.CodeBundleNotForUs
	if h.Passphrase {
		if o.Passphrase == "" {
			return nil, ledger.Refuse(ledger.CodePassphraseNeeded, "path", path)
		}
		id, err := age.NewScryptIdentity(o.Passphrase)
		if err != nil {
			return nil, changed(path, err)
		}
		id.SetMaxWorkFactor(maxScryptWork)
		identities, stranger = []age.Identity{id}, ledger.CodePassphraseWrong
	}
	if len(identities) == 0 {
		return nil, ledger.Refuse(stranger, "path", path)
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), identities...)
	if nobody := (*age.NoIdentityMatchError)(nil); errors.As(err, &nobody) {
		return nil, ledger.Refuse(stranger, "path", path).Because(err)
	}
	if err != nil {
		return nil, changed(path, err)
	}
	signed, err := io.ReadAll(plain) // no longer than the sealed bytes there are
	if err != nil {
		return nil, changed(path, err)
	}
	return signed, nil
}

// CheckWhole reads the whole file and compares it with the SHA-256 at its end:
// CodeBundleChanged when a byte differs. It needs no key. Read refuses changes to
// the revisions too; this is sooner, and covers the hash itself.
func (b *Bundle) CheckWhole(ctx context.Context) error {
	at := b.size - int64(trailerSize)
	sum := sha256.New()
	buf := make([]byte, 256<<10)
	for done := int64(0); done < at; {
		if err := ctx.Err(); err != nil {
			return err
		}
		part := buf[:min(int64(len(buf)), at-done)]
		if err := readAt(b.file, part, done); err != nil {
			return readRefusal(b.path, err)
		}
		sum.Write(part)
		done += int64(len(part))
	}
	want := make([]byte, sha256.Size)
	if err := readAt(b.file, want, at); err != nil {
		return readRefusal(b.path, err)
	}
	if !bytes.Equal(sum.Sum(nil), want) {
		return changed(b.path, errors.New("the SHA-256 at the end differs"))
	}
	return nil
}

// Read calls visit with every revision in order, with bundle numbers as desks and
// its hash computed. It may be called again, and visit's error ends it and is
// returned as it is.
//
// The revision that visit gets, its Base and, for publicity entries, its Fields
// are overwritten by the next one: copy them to keep them. Texts and the Fields of
// all other kinds stay.
//
// CodeBundleChanged means that the revisions are not those that were signed: what
// visit did before must be taken back. So must it on CodeStickGone and when ctx
// ends.
func (b *Bundle) Read(ctx context.Context, visit func(r *ledger.Revision) error) error {
	body := &bodyFile{r: b.file, at: b.at, end: b.size - int64(trailerSize)}
	plain, err := age.Decrypt(body, b.key)
	if err != nil {
		return b.refuse(body, err)
	}
	packed, err := newUnpacker(plain)
	if err != nil {
		return b.refuse(body, err)
	}
	defer packed.Close()
	if err := newBodyReader(packed, &b.Manifest).read(ctx, visit); err != nil {
		return b.refuse(body, err)
	}
	return nil
}

// newUnpacker makes a decompressor that takes bounded memory whatever the bytes
// claim.
func newUnpacker(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(maxZstdWindow), zstd.WithDecoderMaxMemory(maxZstdWindow))
}

// refuse makes the refusal of what went wrong while reading the body.
func (b *Bundle) refuse(body *bodyFile, err error) error {
	var visited *visitError
	switch {
	case errors.As(err, &visited):
		return visited.err
	case body.err != nil:
		return readRefusal(b.path, body.err)
	}
	return changed(b.path, err)
}

// visitError carries an error that is the caller's own through to it.
type visitError struct{ err error }

func (e *visitError) Error() string { return e.err.Error() }

// bodyFile reads the body of the file from start to end, and keeps the error when
// the drive does not answer, which decryption would make its own of.
type bodyFile struct {
	r       io.ReaderAt
	at, end int64
	err     error
}

func (f *bodyFile) Read(p []byte) (int, error) {
	p = p[:min(int64(len(p)), f.end-f.at)]
	if len(p) == 0 {
		return 0, io.EOF
	}
	if f.err = readAt(f.r, p, f.at); f.err != nil {
		return 0, f.err
	}
	f.at += int64(len(p))
	return len(p), nil
}
