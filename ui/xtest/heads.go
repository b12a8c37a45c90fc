package xtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// headsConfig is an X server that draws into memory, with outputs DUMMY0 to DUMMY15, as
// large a desktop as two heads need.
const headsConfig = `Section "Device"
	Identifier "memory"
	Driver "dummy"
	VideoRam 256000
EndSection
Section "Monitor"
	Identifier "any"
	HorizSync 5-1000
	VertRefresh 5-200
EndSection
Section "Screen"
	Identifier "desktop"
	Device "memory"
	Monitor "any"
	DefaultDepth 24
	SubSection "Display"
		Depth 24
		Virtual 5760 2160
	EndSubSection
EndSection
`

// The two heads of StartHeads.
const (
	FirstHead  = "DUMMY0" // 1280x800, primary, at the left
	SecondHead = "DUMMY1" // plugged in with Plug
)

// StartHeads starts a display to which monitors can be plugged in and from which they can
// be pulled out; at first there is FirstHead alone. Only root may start the server.
func StartHeads(t testing.TB) *Display {
	t.Helper()
	Need(t, "Xorg", "openbox", "dbus-daemon", "xdotool", "xprop", "xrandr", "import")
	d := &Display{t: t, Home: t.TempDir()}
	d.makeFolders()
	config := filepath.Join(d.Home, "xorg.conf")
	if err := os.WriteFile(config, []byte(headsConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	for n := 140; d.Name == "" && n < 240; n++ {
		if _, err := os.Stat(fmt.Sprintf("/tmp/.X%d-lock", n)); err == nil {
			continue
		}
		if _, ok := d.startTelling("Xorg", fmt.Sprintf(":%d", n), "-config", config, "-logfile", filepath.Join(d.Home, "xorg.log"),
			"-noreset", "-novtswitch", "-sharevts", "-nolisten", "tcp", "-displayfd", "3"); ok {
			d.Name = fmt.Sprintf(":%d", n)
			d.env["DISPLAY"] = d.Name
		}
	}
	if d.Name == "" {
		t.Fatal("no X server with several heads could be started")
	}
	d.Must("xrandr", "--output", FirstHead, "--mode", "1280x800", "--pos", "0x0", "--primary")
	d.startBus()
	d.Start("openbox", "--sm-disable")
	d.Until("the window manager is there", func() bool {
		return strings.Contains(d.Output("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "0x")
	})
	return d
}

// Plug plugs SecondHead in at the right of the first, or gives it another mode, such as
// 1920x1080.
func (d *Display) Plug(mode string) {
	d.t.Helper()
	d.Output("xrandr", "--addmode", SecondHead, mode) // it may have it already
	d.Must("xrandr", "--output", SecondHead, "--mode", mode, "--pos", "1280x0")
	d.Must("xrandr") // has the server look what is plugged in, as an interrupt would
}

// Unplug takes SecondHead off the desktop, as pulling it out does.
func (d *Display) Unplug() {
	d.t.Helper()
	d.Must("xrandr", "--output", SecondHead, "--off")
	d.Must("xrandr")
}

// Place is where the window that is seen of this title is on the desktop, and its size.
func (d *Display) Place(title string) (x, y, width, height int, ok bool) {
	ids := strings.Fields(d.Output("xdotool", "search", "--onlyvisible", "--name", title))
	if len(ids) == 0 {
		return 0, 0, 0, 0, false
	}
	values := map[string]int{}
	for line := range strings.Lines(d.Output("xdotool", "getwindowgeometry", "--shell", ids[len(ids)-1])) {
		if name, value, found := strings.Cut(strings.TrimSpace(line), "="); found {
			values[name], _ = strconv.Atoi(value)
		}
	}
	return values["X"], values["Y"], values["WIDTH"], values["HEIGHT"], values["WIDTH"] > 0
}
