//go:build linux && x11

package xtest

// #cgo LDFLAGS: -lX11
// #include <stdlib.h>
// #include "drop_x11.h"
import "C"

import (
	"net/url"
	"strconv"
	"strings"
	"unsafe"
)

// Drop drops files onto the middle of the window, as a file manager does. It returns once
// the window has taken them.
func (w *Window) Drop(paths ...string) {
	w.d.t.Helper()
	id, err := strconv.ParseUint(w.ID, 10, 64)
	if err != nil {
		w.d.t.Fatal(err)
	}
	var list strings.Builder
	for _, path := range paths {
		list.WriteString((&url.URL{Scheme: "file", Path: path}).String() + "\r\n")
	}
	display, files := C.CString(w.d.Name), C.CString(list.String())
	defer C.free(unsafe.Pointer(display))
	defer C.free(unsafe.Pointer(files))
	g := w.Geometry()
	at := g.Min.Add(g.Size().Div(2))
	if step := C.taizhang_drop(display, C.ulong(id), C.int(at.X), C.int(at.Y), files); step != nil {
		w.d.t.Fatalf("the window does not answer %s", C.GoString(step))
	}
}
