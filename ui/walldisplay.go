package ui

import (
	"fmt"
	"strconv"
	"strings"

	"taizhang/app/ledger"
	"taizhang/app/settings"
)

// Display is one display of this PC.
type Display struct {
	Name string // of the system, such as HDMI-1; no two are the same
	// X, Y, Width and Height are its place on the desktop, in pixels.
	X, Y, Width, Height int
	Primary             bool // the one with the task bar
}

// String names the display with its size: HDMI-1 (3840×2160).
func (d Display) String() string { return fmt.Sprintf("%s (%d×%d)", d.Name, d.Width, d.Height) }

// DisplayNamed finds the display that a person has named: by its name, or by its
// number from 1 in the order of the list.
func DisplayNamed(list []Display, name string) (Display, bool) {
	for _, d := range list {
		if d.Name == name {
			return d, true
		}
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(list) {
		return list[n-1], true
	}
	return Display{}, false
}

// wallDisplay is where the wall goes: onto the display that was chosen, or, as long as
// that is not plugged in or none was, onto the first that is not the primary one. The
// zero Display, where the list is empty, leaves the choice to the system.
func wallDisplay(list []Display, chosen string) Display {
	if d, ok := DisplayNamed(list, chosen); ok {
		return d
	}
	for _, d := range list {
		if !d.Primary {
			return d
		}
	}
	if len(list) > 0 {
		return list[0]
	}
	return Display{}
}

func (w *Wall) displays() []Display {
	if w.place.Displays == nil {
		return nil
	}
	return w.place.Displays()
}

// chosen is the display that a person wants the wall on.
func (w *Wall) chosen() string {
	if w.place.Display != "" {
		return w.place.Display
	}
	return w.settings.Get().WallDisplay
}

// CheckDisplay refuses a display that was asked for and is not there, and remembers by
// its name one that is, for the next time. A number would mean another one then.
func (w *Wall) CheckDisplay() error {
	if w.place.Display == "" {
		return nil
	}
	list := w.displays()
	d, ok := DisplayNamed(list, w.place.Display)
	if !ok {
		var names []string
		for _, d := range list {
			names = append(names, d.String())
		}
		return ledger.Refuse(ledger.CodeDisplayUnknown, "name", w.place.Display, "displays", strings.Join(names, ", "))
	}
	w.place.Display = d.Name
	if err := w.settings.Change(func(v *settings.Values) { v.WallDisplay = d.Name }); err != nil {
		w.report(err) // no reason not to show the wall
	}
	return nil
}

// watchDisplays moves the wall when its display has gone, is back, or has another
// size.
func (w *Wall) watchDisplays() {
	w.tasks.After(wallLook, w.stopped, func() {
		w.lookAtDisplays()
		w.watchDisplays()
	})
}

func (w *Wall) lookAtDisplays() {
	list := w.displays()
	next := wallDisplay(list, w.chosen())
	// While no display is lit at all the window stays where it is.
	if len(list) == 0 || next == w.display || w.closed {
		return
	}
	w.display = next
	w.raise()
}
