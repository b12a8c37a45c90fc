package handoff

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/gofrs/flock"

	"taizhang/app/ledger"
)

// Keys are a desk's private keys. They never leave its PC.
type Keys struct {
	Sign    ed25519.PrivateKey  // signs cards, chains, bundles and receipts
	Receive *age.X25519Identity // opens what is sealed to the desk
}

// keyHeader begins the one line of a desk's key file; the seed in hex follows.
const keyHeader = "taizhang-desk-key-1 "

// LoadKeys reads the private keys of the desk with this public key. The one that
// receives is made when it is first wanted. A key file that is not there, or is
// not of this desk, is CodeKeyMissing.
func LoadKeys(home string, public ed25519.PublicKey) (Keys, error) {
	if len(public) != ed25519.PublicKeySize {
		return Keys{}, ledger.Refuse(ledger.CodeKeyMissing, "path", filepath.Join(home, "keys"))
	}
	base := filepath.Join(home, "keys", hex.EncodeToString(public[:8]))
	sign, err := readSeed(base + ".key")
	if err == nil && !public.Equal(sign.Public()) {
		err = errors.New("it is the key of another desk")
	}
	if err != nil {
		return Keys{}, ledger.Refuse(ledger.CodeKeyMissing, "path", base+".key").Because(err)
	}
	receive, err := readIdentity(base + ".age")
	if errors.Is(err, fs.ErrNotExist) {
		receive, err = makeIdentity(base + ".age")
	}
	if err != nil {
		return Keys{}, ledger.Refuse(ledger.CodeKeyMissing, "path", base+".age").Because(err)
	}
	return Keys{Sign: sign, Receive: receive}, nil
}

func readSeed(path string) (ed25519.PrivateKey, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text, ok := strings.CutPrefix(strings.TrimSpace(string(content)), keyHeader)
	seed, err := hex.DecodeString(text)
	if !ok || err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("it is no key file")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func readIdentity(path string) (*age.X25519Identity, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return age.ParseX25519Identity(strings.TrimSpace(string(content)))
}

// makeIdentity makes the file, unless another process does at this moment: then
// the one that was made is used, because two would make one of them useless.
func makeIdentity(path string) (*age.X25519Identity, error) {
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	if err := lock.Lock(); err != nil {
		return nil, err
	}
	defer lock.Close()
	if made, err := readIdentity(path); !errors.Is(err, fs.ErrNotExist) {
		return made, err
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	return identity, writePrivate(path, []byte(identity.String()+"\n"))
}

// writePrivate writes a file that only its user may read, whole or not at all.
func writePrivate(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// Identities returns every key that receives under home, also those of the desks
// that this PC was before: a bundle may be sealed to an older one. A file that is
// no key is passed over, because the others still open what they open.
func Identities(home string) ([]age.Identity, error) {
	folder := filepath.Join(home, "keys")
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, ledger.Refuse(ledger.CodeKeyMissing, "path", folder).Because(err)
	}
	var ids []age.Identity
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".age" {
			continue
		}
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			continue
		}
		found, err := age.ParseIdentities(bytes.NewReader(content))
		if err == nil {
			ids = append(ids, found...)
		}
	}
	return ids, nil
}
