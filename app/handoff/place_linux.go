package handoff

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/unix"

	"taizhang/app/ledger"
)

// mediumFault names the errors by which Linux says what is wrong with a medium,
// "" for any other.
func mediumFault(err error) ledger.Code {
	for _, f := range []struct {
		code   ledger.Code
		errors []error
	}{
		{ledger.CodeStickFull, []error{unix.ENOSPC, unix.EDQUOT}},
		{ledger.CodeStickReadOnly, []error{unix.EROFS, unix.EACCES, unix.EPERM}},
		{ledger.CodeStickGone, []error{unix.EIO, unix.ENODEV, unix.ENXIO, unix.ENOENT, unix.ENOTDIR, unix.ESTALE,
			unix.ENOTCONN, unix.ESHUTDOWN, unix.ENOMEDIUM}},
	} {
		for _, e := range f.errors {
			if errors.Is(err, e) {
				return f.code
			}
		}
	}
	return ""
}

// forget drops what the system keeps of a file in memory, so that reading it
// asks the medium. Only a hint; a file system in memory has no other place.
func forget(f *os.File) { _ = unix.Fadvise(int(f.Fd()), 0, 0, unix.FADV_DONTNEED) }

// renameNew renames without replacing a file of the new name.
func renameNew(from, to string) error {
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_NOREPLACE)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EOPNOTSUPP):
		// Some file systems in user space know no such rename.
		if _, err := os.Lstat(to); err == nil {
			return &os.LinkError{Op: "rename", Old: from, New: to, Err: unix.EEXIST}
		}
		return os.Rename(from, to)
	}
	return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
}

// hold marks a file as being written, for as long as it is not closed and this
// process lives.
func hold(path string) io.Closer {
	f, err := os.Open(path)
	if err != nil {
		return io.NopCloser(nil)
	}
	_ = unix.Flock(int(f.Fd()), unix.LOCK_SH|unix.LOCK_NB)
	return f
}

// removeIdle removes a file unless somebody holds it.
func removeIdle(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); errors.Is(err, unix.EWOULDBLOCK) {
		return err
	}
	return os.Remove(path)
}
