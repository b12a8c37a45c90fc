package xtest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Memory is the program's resident memory, in bytes.
func (p *Program) Memory() int64 {
	p.d.t.Helper()
	for line := range strings.Lines(p.about("status")) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kilobytes, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
			return kilobytes << 10
		}
	}
	p.d.t.Fatalf("%s has no resident memory", p.name)
	return 0
}

// Processor is the time the program has computed for, on all cores together.
// Source: proc(5), stat, fields 14 and 15, in hundredths of a second.
func (p *Program) Processor() time.Duration {
	p.d.t.Helper()
	_, rest, _ := strings.Cut(p.about("stat"), ") ") // the name before it may hold spaces
	fields := strings.Fields(rest)
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (p *Program) about(what string) string {
	p.d.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, what))
	if err != nil {
		p.d.t.Fatalf("%s has ended: %v", p.name, err)
	}
	return string(text)
}

// Busy holds the program still while something happens, as a machine that is doing other
// things does, and lets it go on.
func (p *Program) Busy(meanwhile func()) {
	p.d.t.Helper()
	if err := syscall.Kill(p.cmd.Process.Pid, syscall.SIGSTOP); err != nil {
		p.d.t.Fatalf("%s cannot be held: %v", p.name, err)
	}
	defer func() { _ = syscall.Kill(p.cmd.Process.Pid, syscall.SIGCONT) }() // it may have ended
	meanwhile()
}
