package main

import (
	"archive/zip"
	"encoding/hex"
	"io"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// writeBinary writes bytes: binary FILE HEX.
func writeBinary(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: binary FILE HEX")
	}
	content, err := hex.DecodeString(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), content, 0o600))
}

// writeZip packs files: zip FILE NAME=SOURCE….
func writeZip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zip FILE NAME=SOURCE…")
	}
	packed(ts, args[0], func(z *zip.Writer) {
		for _, part := range args[1:] {
			name, source, _ := strings.Cut(part, "=")
			w, err := z.Create(name)
			ts.Check(err)
			_, err = io.WriteString(w, ts.ReadFile(source))
			ts.Check(err)
		}
	})
}

// writeCells fills in cells of a workbook's first sheet: cell FILE CELL TEXT ….
func writeCells(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 || len(args)%2 == 0 {
		ts.Fatalf("usage: cell FILE CELL TEXT …")
	}
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	for i := 1; i < len(args); i += 2 {
		ts.Check(f.SetCellStr(f.GetSheetName(0), args[i], args[i+1]))
	}
	ts.Check(f.Save())
}

// writeBomb packs a document of a hundred million characters: bomb FILE.
func writeBomb(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: bomb FILE")
	}
	packed(ts, args[0], func(z *zip.Writer) {
		w, err := z.Create("word/document.xml")
		ts.Check(err)
		_, err = io.WriteString(w, "<document><body><p><t>")
		ts.Check(err)
		line := strings.Repeat("1份", 1<<18)
		for range 100 {
			_, err = io.WriteString(w, line)
			ts.Check(err)
		}
		_, err = io.WriteString(w, "</t></p></body></document>")
		ts.Check(err)
	})
}

func packed(ts *testscript.TestScript, name string, fill func(*zip.Writer)) {
	f, err := os.Create(ts.MkAbs(name))
	ts.Check(err)
	defer f.Close()
	z := zip.NewWriter(f)
	fill(z)
	ts.Check(z.Close())
}

// toGB18030 writes a file again in the encoding of older systems: gb18030 FROM TO.
func toGB18030(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: gb18030 FROM TO")
	}
	text, err := simplifiedchinese.GB18030.NewEncoder().String(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}
