// Package monitor lists the displays of this PC. It asks GLFW, beneath Fyne, and so
// needs a window system: only package main imports it.
package monitor

import (
	"fmt"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// Monitor is one display that is plugged in and lit.
type Monitor struct {
	// Name is what the system calls it, such as HDMI-1. Of several with one name the
	// second is called "name (2)".
	Name string
	// X, Y, Width and Height are its place on the desktop, in pixels.
	X, Y, Width, Height int
	// Primary is the one with the task bar.
	Primary bool
}

// List returns the displays, the primary one first. It is called on the UI goroutine,
// while Fyne runs; before and after there are none.
func List() (list []Monitor) {
	// GLFW panics when it has ended: a program that is asked to end may still have a
	// look at the displays under way.
	defer func() {
		if recover() != nil {
			list = nil
		}
	}()
	seen := map[string]int{}
	for i, m := range glfw.GetMonitors() {
		mode := m.GetVideoMode()
		if mode == nil {
			continue // unplugged just now
		}
		name := m.GetName()
		if seen[name]++; seen[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[name])
		}
		x, y := m.GetPos()
		list = append(list, Monitor{Name: name, X: x, Y: y, Width: mode.Width, Height: mode.Height, Primary: i == 0})
	}
	return list
}
