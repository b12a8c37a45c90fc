package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes this test binary the program itself when a script runs it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"taizhang": main})
}

// TestScripts runs testdata/script: the program as people and other programs
// call it. Each script has a home of its own and stands at a Sunday evening.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "TAIZHANG_LEDGER"} {
				e.Setenv(name, "")
			}
			e.Setenv("TAIZHANG_HOME", e.WorkDir+"/home")
			e.Setenv("TAIZHANG_LANG", "zh-Hans")
			e.Setenv("TAIZHANG_NOW", "2026-11-22T20:30:00+08:00")
			return os.MkdirAll(e.WorkDir+"/home", 0o700)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"keep":        keepOutput,
			"keepbatch":   keepBatch,
			"binary":      writeBinary,
			"zip":         writeZip,
			"bomb":        writeBomb,
			"cell":        writeCells,
			"gb18030":     toGB18030,
			"holds":       nothingIn,
			"exitcode":    exitCodeIs,
			"home":        useHome,
			"fingerprint": keepFingerprint,
			"heads":       keepHeads,
			"sums":        keepSums,
			"same":        sameText,
		},
	})
}
