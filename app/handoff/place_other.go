//go:build !linux && !windows

package handoff

import (
	"errors"
	"io"
	"os"
	"syscall"

	"taizhang/app/ledger"
)

// mediumFault names the errors by which the system says what is wrong with a
// medium, "" for any other.
func mediumFault(err error) ledger.Code {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return ledger.CodeStickFull
	case errors.Is(err, syscall.EROFS), errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return ledger.CodeStickReadOnly
	case errors.Is(err, syscall.EIO), errors.Is(err, syscall.ENXIO), errors.Is(err, syscall.ENOENT), errors.Is(err, syscall.ENOTDIR):
		return ledger.CodeStickGone
	}
	return ""
}

// forget does nothing: here nothing drops one file from memory.
func forget(*os.File) {}

// renameNew renames without replacing a file of the new name.
func renameNew(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: os.ErrExist}
	}
	return os.Rename(from, to)
}

// hold does nothing: only the age of a file tells that it is written.
func hold(string) io.Closer { return io.NopCloser(nil) }

// removeIdle removes a file.
func removeIdle(path string) error { return os.Remove(path) }
