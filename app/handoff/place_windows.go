package handoff

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/windows"

	"taizhang/app/ledger"
)

// mediumFault names the errors by which Windows says what is wrong with a medium,
// "" for any other.
func mediumFault(err error) ledger.Code {
	for _, f := range []struct {
		code   ledger.Code
		errors []error
	}{
		{ledger.CodeStickFull, []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL}},
		{ledger.CodeStickReadOnly, []error{windows.ERROR_WRITE_PROTECT, windows.ERROR_ACCESS_DENIED}},
		{ledger.CodeStickGone, []error{windows.ERROR_NOT_READY, windows.ERROR_DEVICE_NOT_CONNECTED, windows.ERROR_IO_DEVICE,
			windows.ERROR_PATH_NOT_FOUND, windows.ERROR_FILE_NOT_FOUND, windows.ERROR_INVALID_DRIVE, windows.ERROR_NO_SUCH_DEVICE,
			windows.ERROR_FILE_INVALID, windows.ERROR_CRC, windows.ERROR_DEV_NOT_EXIST, windows.ERROR_GEN_FAILURE}},
	} {
		for _, e := range f.errors {
			if errors.Is(err, e) {
				return f.code
			}
		}
	}
	return ""
}

// forget does nothing: a file that was flushed and closed on a removable drive
// is read from the drive, unless its write cache was switched on by hand.
func forget(*os.File) {}

// renameNew renames without replacing a file of the new name.
func renameNew(from, to string) error {
	old, err := windows.UTF16PtrFromString(from)
	if err != nil {
		return err
	}
	name, err := windows.UTF16PtrFromString(to)
	if err != nil {
		return err
	}
	if err := windows.MoveFileEx(old, name, windows.MOVEFILE_WRITE_THROUGH); err != nil {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: err}
	}
	return nil
}

// hold does nothing: Windows does not remove a file that is open, and a file is
// open here while it is written and while it is read back.
func hold(string) io.Closer { return io.NopCloser(nil) }

// removeIdle removes a file unless somebody holds it.
func removeIdle(path string) error { return os.Remove(path) }
