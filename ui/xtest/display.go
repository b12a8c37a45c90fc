// Package xtest drives the real program in a real window for end-to-end tests: a display of
// its own (Xvfb), a window manager, a session bus, and a Chinese input method if wanted.
//
// Everything lives in the test's temporary folder and ends with the test. A tool that is not
// installed fails the test with the name of the package to install: a skipped test would
// look like a passed one.
package xtest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long anything may take before the test fails. It is long because it is
// never waited out when things go well.
const patience = 60 * time.Second

// Display is one X display with a window manager and a session bus.
type Display struct {
	Name string // as in the environment variable DISPLAY, ":140"
	Home string // HOME of everything that runs on it, empty at first

	t      testing.TB
	env    map[string]string
	frames string // folder of the frame buffer, "" where it is not shared
}

// StartDisplay starts a display of width x height pixels, 24 bits deep, with openbox as its
// window manager. It ends when the test ends.
func StartDisplay(t testing.TB, width, height int) *Display {
	t.Helper()
	return startDisplay(t, width, height, "")
}

// StartFramedDisplay is StartDisplay with pixels that Frame can look at.
func StartFramedDisplay(t testing.TB, width, height int) *Display {
	t.Helper()
	return startDisplay(t, width, height, t.TempDir())
}

func startDisplay(t testing.TB, width, height int, frames string) *Display {
	t.Helper()
	Need(t, "Xvfb", "openbox", "dbus-daemon", "xdotool", "xprop", "import")
	d := &Display{t: t, Home: t.TempDir(), frames: frames}
	d.makeFolders()
	d.startServer(width, height)
	d.startBus()
	d.Start("openbox", "--sm-disable")
	d.Until("the window manager is there", func() bool {
		return strings.Contains(d.Output("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "0x")
	})
	return d
}

// packages says which Debian package brings a tool.
var packages = map[string]string{
	"Xvfb": "xvfb", "openbox": "openbox", "dbus-daemon": "dbus-daemon", "xdotool": "xdotool",
	"Xorg": "xserver-xorg-core xserver-xorg-video-dummy", "xrandr": "x11-xserver-utils",
	"xprop": "x11-utils", "xwininfo": "x11-utils", "import": "imagemagick",
	"fcitx5": "fcitx5", "fcitx5-remote": "fcitx5", "localedef": "libc-bin", "xclip": "xclip",
}

// Need fails the test when one of the tools is not installed, and says how to install it.
func Need(t testing.TB, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("%s is not installed: apt install %s", tool, packages[tool])
		}
	}
}

func (d *Display) makeFolders() {
	d.env = map[string]string{
		"HOME": d.Home, "LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1",
		"XDG_SESSION_TYPE": "x11", "WAYLAND_DISPLAY": "", "SESSION_MANAGER": "",
	}
	for name, folder := range map[string]string{
		"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share",
		"XDG_CACHE_HOME": ".cache", "XDG_STATE_HOME": ".local/state", "XDG_RUNTIME_DIR": ".run",
	} {
		path := filepath.Join(d.Home, folder)
		if err := os.MkdirAll(path, 0o700); err != nil {
			d.t.Fatal(err)
		}
		d.env[name] = path
	}
}

// startServer takes the first free display number from 140 on.
func (d *Display) startServer(width, height int) {
	d.t.Helper()
	screen := fmt.Sprintf("%dx%dx24", width, height)
	for n := 140; n < 240; n++ {
		if _, err := os.Stat(fmt.Sprintf("/tmp/.X%d-lock", n)); err == nil {
			continue
		}
		d.Name = fmt.Sprintf(":%d", n)
		args := []string{d.Name, "-screen", "0", screen, "-noreset", "-nolisten", "tcp", "-displayfd", "3"}
		if d.frames != "" {
			args = append(args, "-fbdir", d.frames)
		}
		if _, ok := d.startTelling("Xvfb", args...); ok {
			d.env["DISPLAY"] = d.Name
			return
		}
	}
	d.t.Fatal("no X display could be started")
}

func (d *Display) startBus() {
	d.t.Helper()
	address, ok := d.startTelling("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=3")
	if !ok {
		d.t.Fatal("the session bus does not start")
	}
	d.env["DBUS_SESSION_BUS_ADDRESS"] = strings.TrimSpace(address)
}

// startTelling starts a server that writes a line to file 3 once it can be used, and
// returns what it wrote; ok is false when it ended without a word.
func (d *Display) startTelling(name string, args ...string) (line string, ok bool) {
	d.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	defer read.Close()
	d.start(name, args, []*os.File{write})
	write.Close()
	// To the end of the line: Xvfb dies when the pipe closes before it has written all.
	line, err = bufio.NewReader(read).ReadString('\n')
	return line, err == nil
}

// SetEnv sets a variable for everything that is started on the display from now on.
func (d *Display) SetEnv(name, value string) { d.env[name] = value }

// Env is the environment for programs on the display.
func (d *Display) Env() []string {
	env := []string{"PATH=" + os.Getenv("PATH")}
	for name, value := range d.env {
		if value != "" {
			env = append(env, name+"="+value)
		}
	}
	return env
}

// Until waits until something is so, and fails the test when it does not become so.
func (d *Display) Until(what string, so func() bool) {
	d.t.Helper()
	if !d.Within(patience, so) {
		d.t.Fatalf("waited %v in vain until %s", patience, what)
	}
}

// Within says whether something becomes so within a time. To check that a thing does NOT
// happen wait for something later that does, rather than for time to pass.
func (d *Display) Within(limit time.Duration, so func() bool) bool {
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		if so() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}

// Output runs a tool on the display and returns what it printed, "" when it failed.
func (d *Display) Output(name string, args ...string) string {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = d.Env()
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// Must runs a tool on the display and fails the test when the tool fails.
func (d *Display) Must(name string, args ...string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = d.Env()
	out, err := cmd.CombinedOutput()
	if err != nil {
		d.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}
