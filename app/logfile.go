package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime/debug"

	"taizhang/app/words"
)

// logLimit is the size from which the log is begun anew; one old one is kept.
const logLimit = 1 << 20

// noWindow are Fyne's words for a screen it cannot open a window on. It says no
// more about it and then fails somewhere else.
var noWindow = [][]byte{[]byte("failed to initialise GLFW"), []byte("window creation error")}

// logFile takes what the program and its libraries log, and the report of a
// crash, into home/log; lines go to stderr as well.
type logFile struct {
	file   *os.File
	stderr io.Writer
}

func openLog(home string, stderr io.Writer) *logFile {
	l := &logFile{stderr: stderr}
	log.SetOutput(l)
	folder := filepath.Join(home, "log")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return l // a log that cannot be kept stops nobody
	}
	path := filepath.Join(folder, "taizhang.log")
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		os.Rename(path, filepath.Join(folder, "taizhang.old.log"))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return l
	}
	l.file = file
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		l.keep(err)
	}
	return l
}

// Write is where package log writes. A window that cannot be opened becomes
// one plain sentence and the end of the program.
func (l *logFile) Write(line []byte) (int, error) {
	if l.file != nil {
		l.file.Write(line)
	}
	for _, sign := range noWindow {
		if bytes.Contains(line, sign) {
			fmt.Fprintln(l.stderr, words.T("shell.nodisplay"))
			os.Exit(1)
		}
	}
	return l.stderr.Write(line)
}

// keep logs an error; nil is fine. Only the file gets it: the person has read
// its sentence in the window.
func (l *logFile) keep(err error) {
	if err != nil && l.file != nil {
		log.New(l.file, "", log.LstdFlags).Println(err)
	}
}

func (l *logFile) close() {
	log.SetOutput(l.stderr)
	if l.file != nil {
		l.file.Close()
	}
}
