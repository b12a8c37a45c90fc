package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// keepOutput sets a variable to what the last command printed: keep ID.
func keepOutput(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: keep NAME")
	}
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile("stdout")))
}

// keepBatch sets variables to the first id that intake printed, and to its batch:
// keepbatch ENTRY BATCH.
func keepBatch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: keepbatch ENTRY BATCH")
	}
	ids := regexp.MustCompile(`[0-9a-f]{8}-[0-9]+`).FindAllString(ts.ReadFile("stdout"), -1)
	if len(ids) < 2 {
		ts.Fatalf("no batch was printed")
	}
	ts.Setenv(args[0], ids[0])
	ts.Setenv(args[1], ids[len(ids)-1])
}

// nothingIn fails unless a folder holds exactly the named files: holds DIR [NAME…].
func nothingIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: holds DIR [NAME…]")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	var have []string
	for _, e := range entries {
		have = append(have, e.Name())
	}
	if got, want := strings.Join(have, " "), strings.Join(args[1:], " "); got != want {
		ts.Fatalf("%s holds [%s], want [%s]", args[0], got, want)
	}
}

// exitCodeIs runs the program and wants an exit code and exactly one line on
// stderr: exitcode 1 taizhang …
func exitCodeIs(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exitcode N COMMAND …")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	stderr := ts.ReadFile("stderr")
	if got != want {
		ts.Fatalf("exit code %d, want %d\nstderr: %s", got, want, stderr)
	}
	if want != 0 && strings.Count(stderr, "\n") != 1 {
		ts.Fatalf("want one sentence on stderr, got %q", stderr)
	}
}
