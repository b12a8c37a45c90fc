package xtest

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"strconv"
	"strings"
)

// Window is a window on a display, found by Display.Window.
type Window struct {
	ID string // as xdotool writes it, a decimal number

	d *Display
}

// Window waits until a visible window whose title contains title is there, gives it the
// keyboard and returns it.
func (d *Display) Window(title string) *Window {
	d.t.Helper()
	w := &Window{d: d}
	d.Until("a window titled "+title+" is there", func() bool {
		ids := strings.Fields(d.Output("xdotool", "search", "--onlyvisible", "--name", title))
		if len(ids) > 0 {
			w.ID = ids[len(ids)-1]
		}
		return w.ID != ""
	})
	w.Focus()
	return w
}

// HasWindow says whether a visible window whose title contains title is there now.
func (d *Display) HasWindow(title string) bool {
	return strings.TrimSpace(d.Output("xdotool", "search", "--onlyvisible", "--name", title)) != ""
}

// Focus gives the window the keyboard and waits until it has it.
func (w *Window) Focus() {
	w.d.t.Helper()
	w.d.Until("the window has the keyboard", func() bool {
		w.d.Output("xdotool", "windowactivate", w.ID)
		return strings.TrimSpace(w.d.Output("xdotool", "getwindowfocus")) == w.ID
	})
}

// Geometry is the window's content on the screen, in pixels.
func (w *Window) Geometry() image.Rectangle {
	w.d.t.Helper()
	return w.d.geometry(w.ID)
}

func (d *Display) geometry(id string) image.Rectangle {
	d.t.Helper()
	v := map[string]int{}
	for line := range strings.Lines(d.Must("xdotool", "getwindowgeometry", "--shell", id)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			v[name], _ = strconv.Atoi(value)
		}
	}
	return image.Rect(v["X"], v["Y"], v["X"]+v["WIDTH"], v["Y"]+v["HEIGHT"])
}

// Key presses keys one after another, in xdotool's names: "Return", "ctrl+n", "BackSpace".
func (d *Display) Key(keys ...string) {
	d.t.Helper()
	// The pause lets an input method, which is another process, keep up as it does with
	// a person's fingers. Each key is a call of its own, which ends when the server has had
	// the key: a busy server gives keys sent together the same millisecond, and GLFW takes
	// two presses of one key in one millisecond for one.
	for _, key := range keys {
		d.Must("xdotool", "key", "--delay", "30", key)
	}
}

// Type types text with the keyboard; only what a US keyboard has goes through an input
// method as a person's typing would.
func (d *Display) Type(text string) {
	d.t.Helper()
	d.Must("xdotool", "type", "--delay", "30", "--", text)
}

// Click presses the left button at a point of the window's content.
func (w *Window) Click(x, y int) {
	w.d.t.Helper()
	w.Move(x, y)
	w.d.Must("xdotool", "click", "1")
}

// Move moves the pointer to a point of the window's content.
func (w *Window) Move(x, y int) {
	w.d.t.Helper()
	w.d.Must("xdotool", "mousemove", "--window", w.ID, strconv.Itoa(x), strconv.Itoa(y))
}

// Resize makes the content width x height pixels and waits until it is.
func (w *Window) Resize(width, height int) {
	w.d.t.Helper()
	w.d.Must("xdotool", "windowsize", w.ID, strconv.Itoa(width), strconv.Itoa(height))
	w.d.Until(fmt.Sprintf("the window is %dx%d", width, height), func() bool {
		size := w.Geometry().Size()
		return size.X == width && size.Y == height
	})
}

// Close asks the window to close, as its close button does.
func (w *Window) Close() {
	w.d.t.Helper()
	w.d.Key("alt+F4") // openbox's key; it sends WM_DELETE_WINDOW, unlike xdotool windowkill
}

// Screenshot writes a picture of the whole display to a PNG file and returns it.
func (d *Display) Screenshot(path string) image.Image {
	d.t.Helper()
	d.Must("import", "-window", "root", path)
	file, err := os.Open(path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		d.t.Fatal(err)
	}
	return img
}
