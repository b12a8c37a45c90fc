//go:build linux && x11 && !wayland

package ime

// #cgo LDFLAGS: -Wl,--wrap=dlsym -lX11 -ldl
// #include "shim_x11.h"
import "C"

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// installed is read and written on the UI goroutine only: Install is called before the
// first window is shown, keys come while the program's event loop runs.
var installed bool

// Install begins to follow the caret. Call it once, before the first window is shown. Keys
// are withheld from composing text whether or not it was called.
func Install() { installed = true }

// taizhangKeyComing is called on the UI goroutine before a key goes to the input method and
// after one has been answered, when no other is under way. Only now, rather than whenever the
// caret moves, the spot is set: whatever moved the caret (typing, scrolling, a resized
// window), it is right when the candidates appear.
//
//export taizhangKeyComing
func taizhangKeyComing(handle C.ulong) {
	if !installed {
		return
	}
	if w := windowOf(uintptr(handle)); w != nil {
		if x, y, ok := caret(w.Canvas()); ok {
			C.taizhang_ime_spot(handle, C.int(x), C.int(y))
		}
	}
}

func windowOf(handle uintptr) fyne.Window {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		native, ok := w.(driver.NativeWindow)
		if !ok {
			continue
		}
		found := false
		native.RunNative(func(context any) {
			x11, ok := context.(driver.X11WindowContext)
			found = ok && x11.WindowHandle == handle
		})
		if found {
			return w
		}
	}
	return nil
}
