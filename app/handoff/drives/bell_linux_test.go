package drives

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/app/handoff/drives/drivetest"
)

// mountTask tells the test binary, started as a process with mounts of its own,
// where to mount something.
const mountTask = "TAIZHANG_TEST_MOUNT"

// TestBellRingsOnMount: a mount is noticed by itself, long before the next look.
func TestBellRingsOnMount(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^TestMountChild$", "-test.v")
	cmd.Env = append(os.Environ(), mountTask+"="+t.TempDir())
	cmd.SysProcAttr = drivetest.OwnMounts()
	out, err := cmd.CombinedOutput()
	if drivetest.Refused(err) {
		t.Skipf("this system gives no namespaces, so no mounts of our own: %v", err)
	}
	if err != nil || !strings.Contains(string(out), "--- PASS: TestMountChild") {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestMountChild(t *testing.T) {
	folder := os.Getenv(mountTask)
	if folder == "" {
		t.Skip("only for the process that another test starts")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	bell := newBell(ctx, time.Hour)
	defer bell.close()
	rung := make(chan bool)
	go func() {
		for bell.wait(ctx) {
			rung <- true
		}
		close(rung)
	}()
	for _, do := range []func() error{
		func() error { return syscall.Mount("none", folder, "tmpfs", 0, "size=64k") },
		func() error { return syscall.Unmount(folder, 0) },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
		if !<-rung {
			t.Fatal("nothing is noticed")
		}
	}
	cancel()
	for range rung {
		continue
	}
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Fatal(fmt.Errorf("ended by itself: %w", ctx.Err()))
	}
}
