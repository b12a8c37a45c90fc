package drives

import (
	"encoding/binary"
	"strings"
	"sync"

	"golang.org/x/sys/windows"
)

// quiet keeps Windows from asking for a disk when a card reader is empty.
var quiet = sync.OnceFunc(func() { windows.SetErrorMode(windows.SEM_FAILCRITICALERRORS) })

func list() ([]Drive, error) {
	quiet()
	letters, err := windows.GetLogicalDrives()
	if err != nil {
		return nil, err
	}
	var found []Drive
	for i := 2; i < 26; i++ { // A: and B: are floppy drives, which rattle when asked
		if letters&(1<<i) == 0 {
			continue
		}
		if d, ok := look(byte('A' + i)); ok {
			found = append(found, d)
		}
	}
	return found, nil
}

// look describes one drive letter; ok is false when it is not removable or has no
// medium in it.
func look(letter byte) (d Drive, ok bool) {
	root := string(letter) + `:\`
	at, err := windows.UTF16PtrFromString(root)
	if err != nil {
		return d, false
	}
	switch windows.GetDriveType(at) {
	case windows.DRIVE_REMOVABLE, windows.DRIVE_CDROM:
	case windows.DRIVE_FIXED: // USB disks say that they are fixed
		if !onUSB(letter) {
			return d, false
		}
	default:
		return d, false
	}
	var label, fileSystem [windows.MAX_PATH + 1]uint16
	var flags uint32
	if windows.GetVolumeInformation(at, &label[0], uint32(len(label)), nil, nil, &flags,
		&fileSystem[0], uint32(len(fileSystem))) != nil {
		return d, false
	}
	d = Drive{Path: root, Label: windows.UTF16ToString(label[:]), Removable: true,
		ReadOnly: flags&windows.FILE_READ_ONLY_VOLUME != 0, FileSystem: windows.UTF16ToString(fileSystem[:])}
	if strings.TrimSpace(d.Label) == "" {
		d.Label = root[:2]
	}
	d.Free, d.Size, _ = space(root)
	return d, true
}

// onUSB asks the disk under a drive letter which bus it is on.
// Source: STORAGE_PROPERTY_QUERY and STORAGE_DEVICE_DESCRIPTOR in winioctl.h.
func onUSB(letter byte) bool {
	const (
		queryProperty = 0x2D1400 // IOCTL_STORAGE_QUERY_PROPERTY
		busTypeAt     = 28       // offset of BusType
		busTypeUSB    = 7
	)
	name, err := windows.UTF16PtrFromString(`\\.\` + string(letter) + `:`)
	if err != nil {
		return false
	}
	const share = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE
	disk, err := windows.CreateFile(name, 0, share, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(disk)
	var query [12]byte // all zero: the device's own property, the standard query
	var answer [1024]byte
	var n uint32
	err = windows.DeviceIoControl(disk, queryProperty, &query[0], uint32(len(query)), &answer[0], uint32(len(answer)), &n, nil)
	return err == nil && n >= busTypeAt+4 && binary.LittleEndian.Uint32(answer[busTypeAt:]) == busTypeUSB
}

func space(path string) (free, size int64, err error) {
	at, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, 0, err
	}
	var mine, all uint64
	if err := windows.GetDiskFreeSpaceEx(at, &mine, &all, nil); err != nil {
		return 0, 0, err
	}
	return int64(min(mine, 1<<62)), int64(min(all, 1<<62)), nil
}
