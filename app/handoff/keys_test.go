package handoff

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"taizhang/app/ledger"
)

// deskHome makes a home with the key file of a desk, as the store writes it.
func deskHome(t *testing.T, home string, seed byte) ed25519.PublicKey {
	t.Helper()
	secret := bytes.Repeat([]byte{seed}, 32)
	public := ed25519.NewKeyFromSeed(secret).Public().(ed25519.PublicKey)
	if err := os.MkdirAll(filepath.Join(home, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(home, "keys", hex.EncodeToString(public[:8])+".key")
	if err := os.WriteFile(file, []byte(keyHeader+hex.EncodeToString(secret)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return public
}

func TestLoadKeys(t *testing.T) {
	home := t.TempDir()
	public := deskHome(t, home, 1)
	k, err := LoadKeys(home, public)
	if err != nil || !public.Equal(k.Sign.Public()) {
		t.Fatal(err)
	}
	file := filepath.Join(home, "keys", hex.EncodeToString(public[:8])+".age")
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: everybody may read the key", info.Mode(), err)
	}
	again, err := LoadKeys(home, public)
	if err != nil || again.Receive.String() != k.Receive.String() {
		t.Errorf("the second time there is another key: %v", err)
	}
	second := deskHome(t, home, 2)
	k2, err := LoadKeys(home, second)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "keys", "junk.age"), []byte("junk"), 0o600); err != nil {
		t.Fatal(err)
	}
	ids, err := Identities(home)
	if err != nil || len(ids) != 2 || !receives(ids, k.Receive.Recipient().String()) || !receives(ids, k2.Receive.Recipient().String()) {
		t.Errorf("%v, %d identities", err, len(ids))
	}
	left, _ := filepath.Glob(filepath.Join(home, "keys", "*.part*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestLoadKeysTogether: two programs that start at the same moment have one key.
func TestLoadKeysTogether(t *testing.T) {
	for range 20 {
		home := t.TempDir()
		public := deskHome(t, home, 1)
		var all [4]string
		var group sync.WaitGroup
		for i := range all {
			group.Go(func() {
				if k, err := LoadKeys(home, public); err == nil {
					all[i] = k.Receive.String()
				}
			})
		}
		group.Wait()
		for _, one := range all {
			if one == "" || one != all[0] {
				t.Fatal("they have different keys")
			}
		}
	}
}

func TestLoadKeysMissing(t *testing.T) {
	home := t.TempDir()
	ids, err := Identities(home)
	if err != nil || len(ids) != 0 {
		t.Errorf("a home without keys: %v, %v", ids, err)
	}
	public := deskHome(t, home, 1)
	file := filepath.Join(home, "keys", hex.EncodeToString(public[:8])+".key")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"empty": "", "cut off": string(whole[:40]), "another's": keyHeader + hex.EncodeToString(bytes.Repeat([]byte{2}, 32)),
		"newer": "taizhang-desk-key-2 00",
	} {
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadKeys(home, public); ledger.CodeOf(err) != ledger.CodeKeyMissing {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = LoadKeys(home, nil)
	wantCode(t, err, ledger.CodeKeyMissing)
	// A damaged key that receives is never replaced: bundles may be sealed to it.
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	sealed := file[:len(file)-len(".key")] + ".age"
	if err := os.WriteFile(sealed, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = LoadKeys(home, public)
	wantCode(t, err, ledger.CodeKeyMissing)
	if content, _ := os.ReadFile(sealed); string(content) != "damaged" {
		t.Error("the damaged key was replaced")
	}
}
