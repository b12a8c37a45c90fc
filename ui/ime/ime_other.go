//go:build !linux || !x11 || wayland

package ime

// Install does nothing here.
func Install() {}
