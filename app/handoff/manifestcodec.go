package handoff

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"taizhang/app/ledger"
)

// manifestDomain stands before the clear header and the manifest in what the
// sender signs.
const manifestDomain = "taizhang manifest 1\n"

// manifestEncoding is the first number of a manifest; a change of the encoding
// below takes the next.
const manifestEncoding = 1

// Least bytes that the parts of a manifest take, for judging a claimed count.
const (
	pointSize = 16 + 1 + 32
	sealSize  = ed25519.PublicKeySize + ed25519.SignatureSize
	rangeSize = 1 + 32 + pointSize + sealSize
)

// maxChains bounds what a bundle numbers: a local desk number has 23 bits.
const maxChains = 1<<23 - 1

// encodeManifest writes m and the secret that opens the body. It has one form for
// one manifest, so that equal manifests have equal signatures.
func encodeManifest(m *Manifest, body string) []byte {
	b := binary.AppendUvarint(nil, manifestEncoding)
	b = append(b, m.Bundle[:]...)
	b = appendText(b, m.Sender.Name)
	b = appendText(b, m.Sender.Unit)
	b = appendText(b, []byte(m.Sender.Key))
	b = appendText(b, m.Sender.Recipient)
	b = appendText(b, m.Sender.Signature)
	b = binary.AppendUvarint(b, uint64(len(m.To)))
	for _, to := range m.To {
		b = appendText(b, to)
	}
	b = binary.AppendVarint(b, m.Created.Unix())
	b = binary.AppendVarint(b, int64(m.First))
	b = binary.AppendVarint(b, int64(m.Last))
	b = binary.AppendUvarint(b, uint64(m.Revisions))
	b = binary.AppendUvarint(b, uint64(len(m.Ranges)))
	for i := range m.Ranges {
		b = appendRange(b, &m.Ranges[i])
	}
	b = appendPoints(b, m.Needs)
	b = appendPoints(b, m.Has)
	return appendText(b, body)
}

// appendRange writes a range. The desk stands once: it is the same in After and
// Head.
func appendRange(b []byte, r *Range) []byte {
	b = binary.AppendUvarint(b, uint64(r.After.Seq))
	b = append(b, r.After.Hash[:]...)
	b = appendPoint(b, r.Head)
	return append(append(b, r.Seal.Key...), r.Seal.Signature...)
}

func appendPoint(b []byte, p Point) []byte {
	b = append(b, p.Desk[:]...)
	b = binary.AppendUvarint(b, uint64(p.Seq))
	return append(b, p.Hash[:]...)
}

func appendPoints(b []byte, list []Point) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, p := range list {
		b = appendPoint(b, p)
	}
	return b
}

// decodeManifest reads what encodeManifest wrote, and nothing else.
func decodeManifest(data []byte) (m Manifest, body string, err error) {
	c := cursor{buf: data, fault: new(bool)}
	if v := c.uint(); v != manifestEncoding {
		return m, "", fmt.Errorf("manifest encoding %d", v)
	}
	copy(m.Bundle[:], c.take(len(m.Bundle)))
	m.Sender = Card{Name: c.text(), Unit: c.text(), Key: bytes.Clone(c.bytes()), Recipient: c.text(),
		Signature: bytes.Clone(c.bytes())}
	for range c.length(1) {
		m.To = append(m.To, c.text())
	}
	m.Created = time.Unix(c.int(), 0)
	m.First, m.Last = c.day(), c.day()
	revisions := c.uint()
	m.Revisions = int64(revisions)
	for range c.length(rangeSize) {
		m.Ranges = append(m.Ranges, c.ranged())
	}
	m.Needs, m.Has = c.points(), c.points()
	body = c.text()
	if *c.fault || len(c.buf) > 0 {
		return Manifest{}, "", errMalformed
	}
	return m, body, checkManifest(&m)
}

func (c *cursor) ranged() Range {
	var r Range
	r.After.Seq = c.seq()
	copy(r.After.Hash[:], c.take(len(r.After.Hash)))
	r.Head = c.point()
	r.After.Desk = r.Head.Desk
	r.Seal.Key = bytes.Clone(c.take(ed25519.PublicKeySize))
	r.Seal.Signature = bytes.Clone(c.take(ed25519.SignatureSize))
	return r
}

func (c *cursor) seq() int64 {
	v := c.uint()
	if v > maxSeq {
		c.fail()
		return 0
	}
	return int64(v)
}

func (c *cursor) point() (p Point) {
	copy(p.Desk[:], c.take(len(p.Desk)))
	p.Seq = c.seq()
	copy(p.Hash[:], c.take(len(p.Hash)))
	return p
}

func (c *cursor) points() (list []Point) {
	for range c.length(pointSize) {
		list = append(list, c.point())
	}
	return list
}

// checkManifest refuses what contradicts itself. Writer and reader use it alike.
func checkManifest(m *Manifest) error {
	if err := m.Sender.check(); err != nil {
		return err
	}
	if len(m.Ranges)+len(m.Needs) > maxChains {
		return errors.New("too many chains")
	}
	var sum int64
	for i := range m.Ranges {
		if err := checkRange(&m.Ranges[i]); err != nil {
			return fmt.Errorf("range %d: %w", i+1, err)
		}
		sum += m.Ranges[i].Head.Seq - m.Ranges[i].After.Seq // below 2^63: 2^15 ranges of 2^40 in 4 MiB
	}
	if sum != m.Revisions {
		return fmt.Errorf("%d revisions in the ranges, %d stated", sum, m.Revisions)
	}
	for _, p := range append(m.Needs[:len(m.Needs):len(m.Needs)], m.Has...) {
		if err := checkPoint(p); err != nil {
			return err
		}
	}
	return nil
}

func checkRange(r *Range) error {
	switch {
	case r.After.Desk != r.Head.Desk && (r.After.Desk != ledger.DeskID{} || r.After.Seq != 0):
		return errors.New("it begins on another chain than it ends")
	case r.Head.Seq <= r.After.Seq:
		return errors.New("it ends before it begins")
	case !r.Seal.Check(r.Head):
		return errors.New("its head is not sealed")
	}
	return errors.Join(checkPoint(r.After), checkPoint(r.Head))
}

func checkPoint(p Point) error {
	if p.Seq < 0 || p.Seq > maxSeq || p.Seq == 0 && p.Hash != (ledger.Hash{}) {
		return fmt.Errorf("no point of a chain: %d", p.Seq)
	}
	return nil
}

// signManifest appends the sender's signature to an encoded manifest.
func signManifest(h Header, manifest []byte, key ed25519.PrivateKey) []byte {
	return append(manifest, ed25519.Sign(key, manifestMessage(h, manifest))...)
}

// verifyManifest decodes a signed manifest and checks the signature.
func verifyManifest(h Header, signed []byte) (m Manifest, body string, err error) {
	n := len(signed) - ed25519.SignatureSize
	if n < 0 {
		return m, "", errMalformed
	}
	if m, body, err = decodeManifest(signed[:n]); err != nil {
		return Manifest{}, "", err
	}
	if !ed25519.Verify(m.Sender.Key, manifestMessage(h, signed[:n]), signed[n:]) {
		return Manifest{}, "", errors.New("the manifest is not signed by its sender")
	}
	if h.Passphrase != (len(m.To) == 0) {
		return Manifest{}, "", errors.New("the header names another seal than the manifest")
	}
	return m, body, nil
}

func manifestMessage(h Header, manifest []byte) []byte {
	return append([]byte(manifestDomain+h.String()), manifest...)
}
