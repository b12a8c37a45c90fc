package drives

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

func list() ([]Drive, error) {
	found, err := machine{root: "/"}.removable()
	for i := range found {
		d := &found[i]
		d.Free, d.Size, _ = space(d.Path)
	}
	return found, err
}

func space(path string) (free, size int64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, 0, &os.PathError{Op: "statfs", Path: path, Err: err}
	}
	return int64(s.Bavail) * s.Bsize, int64(s.Blocks) * s.Bsize, nil
}

// bell rings when it is time to look again: after a while, and at once when the
// kernel says that something was mounted or unmounted. Waiting costs nothing.
type bell struct {
	mounts     int // /proc/self/mountinfo; -1 where there is none
	stop, wake int // a pipe: wake is closed when the context is done
	each       time.Duration
	release    func() bool
}

func newBell(ctx context.Context, each time.Duration) *bell {
	if each <= 0 {
		each = defaultEach
	}
	b := &bell{each: each, mounts: -1, stop: -1, wake: -1, release: func() bool { return true }}
	var pipe [2]int
	if unix.Pipe2(pipe[:], unix.O_CLOEXEC) != nil {
		return b
	}
	// Not os.Open: Go would put the file under its own epoll, and a change is told
	// only once to whoever asks first.
	if fd, err := unix.Open("/proc/self/mountinfo", unix.O_RDONLY|unix.O_CLOEXEC, 0); err == nil {
		b.mounts = fd
	}
	b.stop, b.wake = pipe[0], pipe[1]
	b.release = context.AfterFunc(ctx, func() { unix.Close(b.wake) })
	return b
}

func (b *bell) close() {
	if b.release() && b.wake >= 0 {
		unix.Close(b.wake)
	}
	if b.stop >= 0 {
		unix.Close(b.stop)
	}
	if b.mounts >= 0 {
		unix.Close(b.mounts)
	}
}

// wait returns true when it is time to look, false when ctx is done.
func (b *bell) wait(ctx context.Context) bool {
	if b.stop < 0 || b.mounts < 0 {
		return pause(ctx, b.each)
	}
	// A change of the mounts is an exceptional condition of the open file.
	// Source: proc_pid_mounts(5).
	fds := []unix.PollFd{{Fd: int32(b.stop), Events: unix.POLLIN}, {Fd: int32(b.mounts), Events: unix.POLLPRI}}
	for end := time.Now().Add(b.each); ctx.Err() == nil; {
		left := time.Until(end)
		if left <= 0 {
			return true
		}
		n, err := unix.Poll(fds, int(left/time.Millisecond)+1)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return pause(ctx, left)
		case n > 0:
			return ctx.Err() == nil
		}
	}
	return false
}
