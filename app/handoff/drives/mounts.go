package drives

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// mount is one line of /proc/self/mountinfo.
// Source of the fields: proc_pid_mountinfo(5).
type mount struct {
	device     string // major:minor
	root       string // what of the file system is mounted: / for all of it
	path       string
	readOnly   bool
	fileSystem string
	source     string // /dev/sdb1
}

// parseMounts reads mountinfo. Lines it does not understand are left out: one
// strange mount must not hide the others.
func parseMounts(text string) []mount {
	var mounts []mount
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		// Any number of optional fields stands before the dash.
		dash := slices.Index(fields, "-")
		if dash < 6 || len(fields) < dash+3 {
			continue
		}
		m := mount{device: fields[2], root: unescape(fields[3]), path: unescape(fields[4]),
			readOnly: hasOption(fields[5], "ro"), fileSystem: fields[dash+1], source: unescape(fields[dash+2])}
		if len(fields) > dash+3 {
			m.readOnly = m.readOnly || hasOption(fields[dash+3], "ro")
		}
		if strings.HasPrefix(m.path, "/") {
			mounts = append(mounts, m)
		}
	}
	return mounts
}

func hasOption(options, name string) bool {
	return slices.Contains(strings.Split(options, ","), name)
}

// unescape reads the octal escapes that mountinfo has for space, tab, line end
// and backslash.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) && octal(s[i+1:i+4]) {
			b.WriteByte((s[i+1]-'0')<<6 | (s[i+2]-'0')<<3 | (s[i+3] - '0'))
			i += 3
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// octal reports whether three digits are those of a byte.
func octal(s string) bool {
	return s[0] >= '0' && s[0] <= '3' && s[1] >= '0' && s[1] <= '7' && s[2] >= '0' && s[2] <= '7'
}

// machine is a Linux system below root: / or, in tests, a folder that looks like
// one.
type machine struct{ root string }

func (m machine) at(elements ...string) string {
	return filepath.Join(append([]string{m.root}, elements...)...)
}

// removable lists the mounts of removable drives, without their space: the whole
// file system once, where the person sees it.
func (m machine) removable() ([]Drive, error) {
	text, err := os.ReadFile(m.at("proc/self/mountinfo"))
	if err != nil {
		return nil, err
	}
	labels := m.labels()
	var found []Drive
	devices := map[string]bool{}
	for _, mount := range shown(parseMounts(string(text))) {
		name := m.device(mount)
		if name == "" || mount.root != "/" || ofSystem(mount.path) || devices[name] || !m.isRemovable(name, 4) {
			continue
		}
		devices[name] = true
		label := labels[name]
		if label == "" {
			label = path.Base(mount.path)
		}
		found = append(found, Drive{Path: mount.path, Label: label, Removable: true,
			ReadOnly: mount.readOnly, FileSystem: mount.fileSystem})
	}
	return sorted(found), nil
}

// shown leaves out mounts that a later one on the same folder hides.
func shown(mounts []mount) []mount {
	last := map[string]int{}
	for i, m := range mounts {
		last[m.path] = i
	}
	var list []mount
	for i, m := range mounts {
		if last[m.path] == i {
			list = append(list, m)
		}
	}
	return list
}

// ofSystem reports whether a mount point belongs to the system itself, which may
// run from a USB drive.
func ofSystem(point string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(point, "/"), "/")
	switch first {
	case "", "boot", "efi", "etc", "home", "nix", "opt", "snap", "srv", "sysroot", "usr", "var":
		return true
	}
	return false
}

// device is the kernel's name of a mount's block device, such as sdb1; "" when
// it is on none. File systems in user space (NTFS, often exFAT) have a number of
// their own, and only their source says which device they are on.
func (m machine) device(mount mount) string {
	if !strings.HasPrefix(mount.device, "0:") {
		if target, err := os.Readlink(m.at("sys/dev/block", mount.device)); err == nil {
			return path.Base(filepath.ToSlash(target))
		}
	}
	name, ok := strings.CutPrefix(mount.source, "/dev/")
	if !ok || strings.Contains(name, "..") {
		return ""
	}
	if target, err := os.Readlink(m.at("dev", name)); err == nil {
		name = path.Base(filepath.ToSlash(target)) // /dev/mapper/luks-… → ../dm-0
	}
	if _, err := os.Lstat(m.at("sys/class/block", name)); err != nil {
		return ""
	}
	return name
}

// isRemovable reports whether a block device is on a medium that people plug in:
// the kernel says so, or it hangs on USB (USB disks do not call themselves
// removable), or it is an SD card. depth bounds the layers of encryption below.
func (m machine) isRemovable(name string, depth int) bool {
	target, err := os.Readlink(m.at("sys/class/block", name))
	if err != nil || depth == 0 {
		return false
	}
	full := filepath.Clean(m.at("sys/class/block", target))
	for _, element := range strings.Split(filepath.ToSlash(full), "/") {
		if number, ok := strings.CutPrefix(element, "usb"); ok && number != "" && strings.Trim(number, "0123456789") == "" {
			return true
		}
	}
	for _, disk := range []string{full, filepath.Dir(full)} { // a partition lies inside its disk
		if firstWord(filepath.Join(disk, "removable")) == "1" || firstWord(filepath.Join(disk, "device/type")) == "SD" {
			return true
		}
	}
	below, _ := os.ReadDir(filepath.Join(full, "slaves"))
	return slices.ContainsFunc(below, func(e os.DirEntry) bool { return m.isRemovable(e.Name(), depth-1) })
}

func firstWord(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

// labels finds the volume labels by device name.
func (m machine) labels() map[string]string {
	labels := map[string]string{}
	folder := m.at("dev/disk/by-label")
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		if target, err := os.Readlink(filepath.Join(folder, e.Name())); err == nil {
			labels[path.Base(filepath.ToSlash(target))] = unhex(e.Name())
		}
	}
	return labels
}

// unhex reads udev's \x20 escapes.
func unhex(s string) string {
	const digits = "0123456789abcdef"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if i+3 < len(s) && s[i] == '\\' && s[i+1] == 'x' {
			high, low := strings.IndexByte(digits, s[i+2]|0x20), strings.IndexByte(digits, s[i+3]|0x20)
			if high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
