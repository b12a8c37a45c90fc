package ui

import (
	"os"
	"runtime"
)

// systemTheme reports whether the desktop can say if it is light or dark. On
// Linux it is asked over D-Bus; where there is none Fyne takes dark, but desks
// are light.
func systemTheme() bool {
	if runtime.GOOS != "linux" {
		return true
	}
	return os.Getenv("DBUS_SESSION_BUS_ADDRESS") != ""
}
