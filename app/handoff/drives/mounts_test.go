//go:build !windows

package drives

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestParseMounts(t *testing.T) {
	got := parseMounts(strings.Join([]string{
		`22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw`,
		`36 22 8:17 / /media/clerk/MY\040STICK\134a\0411 rw,nosuid shared:7 master:3 - vfat /dev/sdb1 rw,fmask=0022`,
		`37 22 0:50 / /mnt/ntfs ro - fuseblk /dev/sdc1 rw`,
		`38 22 11:0 / /media/cd rw - iso9660 /dev/sr0 ro`,
		`39 22 0:21 /sub /run rw - tmpfs none`,
		``, `garbage`, `1 2 3:4 / /x rw -`, `1 2 3:4 / relative rw - a b c`, `- - - - - - - -`,
	}, "\n"))
	want := []mount{
		{"8:2", "/", "/", false, "ext4", "/dev/sda2"},
		{"8:17", "/", `/media/clerk/MY STICK\a!1`, false, "vfat", "/dev/sdb1"},
		{"0:50", "/", "/mnt/ntfs", true, "fuseblk", "/dev/sdc1"},
		{"11:0", "/", "/media/cd", true, "iso9660", "/dev/sr0"},
		{"0:21", "/sub", "/run", false, "tmpfs", "none"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestUnescape(t *testing.T) {
	for in, want := range map[string]string{`a\040b`: "a b", `\011\012\134`: "\t\n\\", `\04`: `\04`, `\`: `\`, `\\040`: `\ `,
		`\777`: `\777`, `\08x`: `\08x`, `U盘\040一`: "U盘 一", ``: ``} {
		if got := unescape(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{`a\x20b`: "a b", `\xe7\x9b\x98`: "盘", `\xZZ`: `\xZZ`, `\x2`: `\x2`, ``: ``} {
		if got := unhex(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// fakeMachine builds the files by which Linux tells of its drives.
type fakeMachine struct {
	t *testing.T
	machine
	mounts []string
}

func newFakeMachine(t *testing.T) *fakeMachine {
	return &fakeMachine{t: t, machine: machine{t.TempDir()}}
}

func (f *fakeMachine) write(path, content string) {
	f.t.Helper()
	path = f.at(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fakeMachine) link(path, target string) {
	f.t.Helper()
	path = f.at(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		f.t.Fatal(err)
	}
}

// disk makes a disk with one partition, below the bus.
func (f *fakeMachine) disk(bus, disk, partition, number, removable string) {
	f.t.Helper()
	home := "devices/" + bus + "/block/" + disk
	f.write("sys/"+home+"/removable", removable+"\n")
	f.write("sys/"+home+"/"+partition+"/partition", "1\n")
	f.link("sys/class/block/"+partition, "../../"+home+"/"+partition)
	f.link("sys/class/block/"+disk, "../../"+home)
	f.link("sys/dev/block/"+number, "../../"+home+"/"+partition)
}

func (f *fakeMachine) mount(line string) { f.mounts = append(f.mounts, line) }

func (f *fakeMachine) list() []Drive {
	f.t.Helper()
	f.write("proc/self/mountinfo", strings.Join(f.mounts, "\n")+"\n")
	found, err := f.removable()
	if err != nil {
		f.t.Fatal(err)
	}
	return found
}

const (
	onSATA = "pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0"
	onUSB1 = "pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0"
	onMMC  = "pci0000:00/0000:00:1c.0/mmc_host/mmc0/mmc0:0001"
)

func TestRemovable(t *testing.T) {
	f := newFakeMachine(t)
	f.disk(onSATA, "sda", "sda2", "8:2", "0")
	f.disk(onUSB1, "sdb", "sdb1", "8:17", "1")
	f.disk(onUSB1, "sdc", "sdc1", "8:33", "0") // a USB disk does not call itself removable
	f.disk(onUSB1, "sdd", "sdd1", "8:49", "1")
	f.disk(onMMC, "mmcblk0", "mmcblk0p1", "179:1", "0")
	f.write("sys/devices/"+onMMC+"/block/mmcblk0/device/type", "SD\n")
	f.disk(onSATA, "sr0", "sr0p", "11:9", "1")
	f.link("sys/dev/block/11:0", "../../devices/"+onSATA+"/block/sr0")
	f.disk(onUSB1, "sde", "sde1", "8:65", "0")
	f.write("sys/devices/virtual/block/dm-0/removable", "0\n")
	f.link("sys/devices/virtual/block/dm-0/slaves/sde1", "../../../../"+onUSB1+"/block/sde/sde1")
	f.link("sys/class/block/dm-0", "../../devices/virtual/block/dm-0")
	f.link("sys/dev/block/253:0", "../../devices/virtual/block/dm-0")
	f.link("dev/disk/by-label/MY\\x20STICK", "../../sdb1")
	f.link("dev/mapper/luks-1", "../dm-0")

	f.mount(`22 1 8:2 / / rw - ext4 /dev/sda2 rw`)
	f.mount(`23 1 0:5 / /proc rw - proc proc rw`)
	f.mount(`24 1 8:2 / /media/inside rw - ext4 /dev/sda2 rw`)
	f.mount(`30 1 8:17 / /media/clerk/MY\040STICK rw - vfat /dev/sdb1 rw`)
	f.mount(`31 1 8:17 / /media/again rw - vfat /dev/sdb1 rw`)       // the same once more
	f.mount(`32 1 8:17 /sub /media/part rw - vfat /dev/sdb1 rw`)     // a folder of it
	f.mount(`33 1 0:60 / /run/media/disk rw - fuseblk /dev/sdc1 rw`) // NTFS
	f.mount(`34 1 179:1 / /media/card ro - exfat /dev/mmcblk0p1 ro`)
	f.mount(`35 1 11:0 / /media/cd rw - iso9660 /dev/sr0 ro`)
	f.mount(`36 1 253:0 / /media/secret rw - ext4 /dev/mapper/luks-1 rw`)
	f.mount(`37 1 8:49 / /boot/efi rw - vfat /dev/sdd1 rw`) // the system's own
	f.mount(`38 1 0:70 / /mnt/net rw - nfs4 host:/share rw`)
	f.mount(`39 1 0:71 / /mnt/odd rw - fuse /dev/../etc rw`)
	want := []Drive{
		{Path: "/media/card", Label: "card", Removable: true, ReadOnly: true, FileSystem: "exfat"},
		{Path: "/media/cd", Label: "cd", Removable: true, ReadOnly: true, FileSystem: "iso9660"},
		{Path: "/media/clerk/MY STICK", Label: "MY STICK", Removable: true, FileSystem: "vfat"},
		{Path: "/media/secret", Label: "secret", Removable: true, FileSystem: "ext4"},
		{Path: "/run/media/disk", Label: "disk", Removable: true, FileSystem: "fuseblk"},
	}
	if got := f.list(); !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
	// Something mounted over the stick hides it.
	f.mount(`40 1 0:99 / /media/clerk/MY\040STICK rw - tmpfs none rw`)
	for _, d := range f.list() {
		if d.Path == "/media/clerk/MY STICK" {
			t.Error("a hidden mount is listed")
		}
	}
}

func TestNoMachine(t *testing.T) {
	if _, err := (machine{t.TempDir()}).removable(); err == nil {
		t.Error("no list of mounts, and no error")
	}
}

func FuzzParseMounts(f *testing.F) {
	f.Add(`36 22 8:17 / /media/clerk/MY\040STICK rw shared:7 - vfat /dev/sdb1 rw`)
	f.Add("- - - - - - -\n1 2 3:4 \\ /\\134 ro - a b")
	f.Fuzz(func(t *testing.T, text string) {
		mounts := parseMounts(text)
		for _, m := range mounts {
			if !strings.HasPrefix(m.path, "/") {
				t.Fatalf("a mount at %q", m.path)
			}
		}
		if len(mounts) > strings.Count(text, "\n")+1 {
			t.Fatal("more mounts than lines")
		}
		for _, m := range shown(mounts) {
			(machine{"/nowhere"}).device(m)
		}
		unhex(text)
	})
}
