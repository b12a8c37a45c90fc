package handoff

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/app/handoff/drives/drivetest"
	"taizhang/app/ledger"
)

// A full or read-only stick is a real one: a small file system in memory, mounted
// by a process of its own where only it can see it. That process is the test
// binary itself, told by this variable what to do and where.
const stickTask = "TAIZHANG_TEST_STICK"

var stickTasks = map[string]func(folder string) error{
	"full":      stickFull,
	"read-only": stickReadOnly,
	"small":     stickSmall,
	"endless":   stickEndless,
}

func TestStickChild(t *testing.T) {
	name, folder, _ := strings.Cut(os.Getenv(stickTask), " ")
	if name == "" {
		t.Skip("only for the processes that other tests start")
	}
	if err := stickTasks[name](folder); err != nil {
		t.Fatal(err)
	}
}

func stickChild(name, folder string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestStickChild$", "-test.v")
	cmd.Env = append(os.Environ(), stickTask+"="+name+" "+folder)
	return cmd
}

func TestStick(t *testing.T) {
	for _, name := range []string{"full", "read-only", "small"} {
		t.Run(name, func(t *testing.T) {
			cmd := stickChild(name, t.TempDir())
			cmd.SysProcAttr = drivetest.OwnMounts()
			out, err := cmd.CombinedOutput()
			if drivetest.Refused(err) {
				t.Skipf("this system gives no namespaces, so no stick of our own: %v", err)
			}
			if err != nil || !strings.Contains(string(out), "--- PASS: TestStickChild") {
				t.Fatalf("%v\n%s", err, out)
			}
		})
	}
}

func mountStick(folder, options string) error {
	return syscall.Mount("none", folder, "tmpfs", 0, options)
}

func leftOn(folder string) error {
	entries, err := os.ReadDir(folder)
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("left behind: %v", entries)
	}
	return err
}

func refusal(err error, code ledger.Code) error {
	if ledger.CodeOf(err) != code {
		return fmt.Errorf("got %v, want %s", err, code)
	}
	return nil
}

// stickFull: the space is less than said, or ends where nobody said anything.
func stickFull(folder string) error {
	if err := mountStick(folder, "size=256k"); err != nil {
		return err
	}
	for _, need := range []int64{0, 1 << 20} {
		for _, limit := range []int64{0, 100_000} {
			_, _, err := WriteFile(context.Background(), folder, "a.tzb", need, limit, writing(someBytes(1<<20)))
			if err := errors.Join(refusal(err, ledger.CodeStickFull), leftOn(folder)); err != nil {
				return err
			}
			var e *ledger.Error
			if errors.As(err, &e); len(e.Args) != 6 || e.Args[3].(Bytes) <= e.Args[5].(Bytes) {
				return fmt.Errorf("it says %v", e.Args)
			}
		}
	}
	paths, _, err := WriteFile(context.Background(), folder, "a.tzb", 1<<16, 0, writing(someBytes(1<<16)))
	if err == nil && len(paths) != 1 {
		err = fmt.Errorf("wrote %v", paths)
	}
	return err
}

// stickSmall: there is room for the content but not for another name.
func stickSmall(folder string) error {
	if err := mountStick(folder, "size=1m,nr_inodes=3"); err != nil { // the root and two files
		return err
	}
	_, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 10, writing(someBytes(25)))
	if err := errors.Join(refusal(err, ledger.CodeStickFull), leftOn(folder)); err != nil {
		return err
	}
	_, _, err = WriteFile(context.Background(), folder, "a.tzb", 0, 10, writing(someBytes(20)))
	return err
}

func stickReadOnly(folder string) error {
	if err := mountStick(folder, "size=1m"); err != nil {
		return err
	}
	paths, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 0, writing(someBytes(100)))
	if err != nil {
		return err
	}
	if err := syscall.Mount("none", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		return err
	}
	_, _, err = WriteFile(context.Background(), folder, "b.tzb", 0, 0, writing(someBytes(100)))
	if err := refusal(err, ledger.CodeStickReadOnly); err != nil {
		return err
	}
	_, size, closing, err := OpenFile(paths[0])
	if err != nil || size != 100 {
		return fmt.Errorf("a bundle on a read-only stick: %d bytes, %w", size, err)
	}
	return closing()
}

// stickEndless does not come to an end by itself, or not soon.
func stickEndless(folder string) error {
	_, _, err := WriteFile(context.Background(), folder, "a.tzb", 0, 1<<16, func(w io.Writer) error {
		err := writing(someBytes(1 << 19))(w)
		time.Sleep(30 * time.Second)
		return err
	})
	return err
}

// TestPipeOnStick: a named pipe that looks like a bundle keeps nobody waiting.
func TestPipeOnStick(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tzb")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	_, _, _, err := OpenFile(path)
	wantCode(t, err, ledger.CodeBundleNotOne)
	_, err = ReadReceipt(path, nil)
	wantCode(t, err, ledger.CodeReceiptBad)
}

// TestKilledWhileWriting: what a killed program leaves is never taken for a
// bundle, is not touched while it may be in use, and then cleaned up.
func TestKilledWhileWriting(t *testing.T) {
	folder := t.TempDir()
	cmd := stickChild("endless", folder)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for begun := time.Now(); len(namesIn(t, folder)) < 4; time.Sleep(time.Millisecond) {
		if time.Since(begun) > 20*time.Second {
			t.Fatal("nothing is written")
		}
	}
	old := time.Now().Add(-time.Hour)
	first := filepath.Join(folder, "a.tzb.part")
	if err := os.Chtimes(first, old, old); err != nil {
		t.Fatal(err)
	}
	if removed, err := CleanParts(folder); err != nil || len(removed) > 0 {
		t.Errorf("removed %v of another process, %v", removed, err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	names := namesIn(t, folder)
	for _, name := range names {
		if !strings.HasSuffix(name, partSuffix) {
			t.Errorf("%s looks whole", name)
		}
		if err := os.Chtimes(filepath.Join(folder, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	if removed, err := CleanParts(folder); err != nil || len(removed) != len(names) {
		t.Errorf("removed %v of %v, %v", removed, names, err)
	}
	wantNames(t, folder)
}
