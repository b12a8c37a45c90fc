package xtest

import (
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Program is something running on a display.
type Program struct {
	d     *Display
	name  string
	cmd   *exec.Cmd
	out   lockedBuffer
	ended chan struct{}
	err   error
}

// faults are words that a program must never print. The first is Fyne's report of a widget
// changed from the wrong goroutine, which only a development build of the real window gives.
var faults = []string{"Error in Fyne call thread", "panic:", "fatal error:", "DATA RACE"}

// Start starts a program. When the test ends the program is asked to end and, when it does
// not, killed. Its output is shown if the test fails.
func (d *Display) Start(name string, args ...string) *Program {
	d.t.Helper()
	return d.start(name, args, nil)
}

// StartChecked is Start for the program under test: words of a fault in its output (a thread
// error, a panic, a race) fail the test.
func (d *Display) StartChecked(name string, args ...string) *Program {
	d.t.Helper()
	p := d.start(name, args, nil)
	d.t.Cleanup(p.checkFaults)
	return p
}

func (d *Display) start(name string, args []string, files []*os.File) *Program {
	d.t.Helper()
	p := &Program{d: d, name: name, ended: make(chan struct{})}
	p.cmd = exec.Command(name, args...)
	p.cmd.Env, p.cmd.Dir, p.cmd.ExtraFiles = d.Env(), d.Home, files
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	// A group of its own, so that its children end with it; and it must not outlive a
	// test process that is killed.
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	p.cmd.WaitDelay = 2 * time.Second
	if err := p.cmd.Start(); err != nil {
		d.t.Fatalf("%s does not start: %v", name, err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	d.t.Cleanup(func() {
		p.Stop()
		if d.t.Failed() && p.Printed() != "" {
			d.t.Logf("%s printed:\n%s", p.name, p.Printed())
		}
	})
	return p
}

// Stop asks the program to end (SIGTERM) and kills it when it does not within 5 seconds.
func (p *Program) Stop() {
	group := -p.cmd.Process.Pid
	_ = syscall.Kill(group, syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.ended:
	case <-time.After(5 * time.Second):
	}
	_ = syscall.Kill(group, syscall.SIGKILL) // and what it started
	<-p.ended
}

// Kill ends the program at once, as a crash does: it lets go of nothing in order.
func (p *Program) Kill() {
	_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) // it may have ended by itself
	<-p.ended
}

func (p *Program) checkFaults() {
	for _, fault := range faults {
		if strings.Contains(p.Printed(), fault) {
			p.d.t.Errorf("%s printed %q:\n%s", p.name, fault, p.Printed())
			return
		}
	}
}

// Printed is all the program has printed so far, errors included.
func (p *Program) Printed() string { return p.out.String() }

// Since is what the program has printed after the first mark bytes; a mark is an earlier
// len(Printed()).
func (p *Program) Since(mark int) string { return p.Printed()[mark:] }

// Running says whether the program still runs.
func (p *Program) Running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// UntilPrinted waits until the program has printed some words.
func (p *Program) UntilPrinted(words string) {
	p.d.t.Helper()
	p.d.Until(p.name+" prints "+words, func() bool {
		return strings.Contains(p.Printed(), words) || !p.Running()
	})
	if !strings.Contains(p.Printed(), words) {
		p.d.t.Fatalf("%s ended without printing %q: %v\n%s", p.name, words, p.err, p.Printed())
	}
}

// UntilEnded waits until the program has ended by itself and returns its error, nil for
// exit code 0.
func (p *Program) UntilEnded() error {
	p.d.t.Helper()
	p.d.Until(p.name+" ends", func() bool { return !p.Running() })
	return p.err
}

// lockedBuffer is written by the goroutine that copies output and read by the test.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
