// Package drivetest lets tests mount drives of their own: in a process where only
// it can see them, which needs no privileges where the system lets users have
// namespaces.
package drivetest

import (
	"errors"
	"os"
	"syscall"
)

// OwnMounts is how to start a process that may mount what nobody else sees.
func OwnMounts() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
}

// Refused reports whether a process could not be started because the system gives
// no namespaces: the test has to be skipped.
func Refused(err error) bool {
	return errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EACCES)
}
