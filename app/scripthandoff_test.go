package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// useHome makes one PC of several the one that commands run on: home NAME.
func useHome(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: home NAME")
	}
	folder := ts.Getenv("WORK") + "/home/" + args[0]
	ts.Check(os.MkdirAll(folder, 0o700))
	ts.Setenv("TAIZHANG_HOME", folder)
}

// keepFingerprint sets a variable to the fingerprint of a PC's desk and stays on
// this one: fingerprint NAME VARIABLE.
func keepFingerprint(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fingerprint NAME VARIABLE")
	}
	here := ts.Getenv("TAIZHANG_HOME")
	useHome(ts, false, args[:1])
	ts.Check(ts.Exec("taizhang", "card", "--json"))
	ts.Setenv("TAIZHANG_HOME", here)
	var card struct{ Fingerprint string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &card))
	ts.Setenv(args[1], card.Fingerprint)
}

// keepHeads sets variables to the statements of the first clash that the last
// command printed, the one that stands first: heads VARIABLE VARIABLE.
func keepHeads(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: heads VARIABLE VARIABLE")
	}
	var clashes []struct{ Heads []struct{ Revision string } }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &clashes))
	if len(clashes) != 1 || len(clashes[0].Heads) != 2 {
		ts.Fatalf("not one clash of two statements")
	}
	for i, name := range args {
		ts.Setenv(name, clashes[0].Heads[i].Revision)
	}
}

// keepSums sets a variable to every item's sum: sums VARIABLE.
func keepSums(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: sums VARIABLE")
	}
	ts.Check(ts.Exec("taizhang", "figures", "--json"))
	var figures struct {
		Publicity []struct {
			Item     string
			Quantity int64
		}
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("stdout")), &figures))
	var list []string
	for _, i := range figures.Publicity {
		list = append(list, fmt.Sprint(i.Item, i.Quantity))
	}
	slices.Sort(list)
	ts.Setenv(args[0], strings.Join(list, ","))
}

// sameText fails unless two texts are equal and not empty: same A B.
func sameText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 || args[0] == "" || args[0] != args[1] {
		ts.Fatalf("not the same: %q", args)
	}
}
