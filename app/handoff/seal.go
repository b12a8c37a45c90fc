package handoff

import (
	"crypto/ed25519"
	"encoding/binary"
)

// headDomain stands before a head that is signed, so that the signature can never
// be taken for one over something else.
const headDomain = "taizhang head 1"

// SealHead signs the head p of a chain.
func SealHead(p Point, key ed25519.PrivateKey) Seal {
	return Seal{Key: key.Public().(ed25519.PublicKey), Signature: ed25519.Sign(key, headMessage(p))}
}

// Check reports whether the seal is Key's signature over p. Whether Key may speak
// for the chain is for the caller to judge.
func (s Seal) Check(p Point) bool {
	return len(s.Key) == ed25519.PublicKeySize && len(s.Signature) == ed25519.SignatureSize &&
		ed25519.Verify(s.Key, headMessage(p), s.Signature)
}

// headMessage is what a seal signs: domain ‖ desk ‖ seq in 8 bytes ‖ hash.
func headMessage(p Point) []byte {
	b := make([]byte, 0, len(headDomain)+len(p.Desk)+8+len(p.Hash))
	b = append(append(b, headDomain...), p.Desk[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(p.Seq))
	return append(b, p.Hash[:]...)
}
