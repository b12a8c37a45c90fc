package main

import (
	"os"

	"github.com/godbus/dbus/v5"
)

// stayAwake asks the desktop not to blank or lock the display while the wall is
// shown, until release is called. GLFW stills X11's own screen saver; desktops have
// one of their own behind this name. Where there is no bus or nobody answers there
// is nothing to still, so that failing is no error.
// Source: the Idle Inhibition Service of freedesktop.org.
func stayAwake(reason string) (release func()) {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		return func() {}
	}
	bus, err := dbus.ConnectSessionBus() // closing it ends the request, also in a crash
	if err != nil {
		return func() {}
	}
	saver := bus.Object("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver")
	saver.Go("org.freedesktop.ScreenSaver.Inhibit", dbus.FlagNoAutoStart, nil, "taizhang", reason)
	return func() { _ = bus.Close() }
}
