// What shim_x11.c offers to ime_x11.go.
#include <X11/Xlib.h>
#include <X11/Xutil.h>

// taizhang_ime_spot moves the candidates of an X11 window to (x, y), in pixels from the
// window's top left corner. Returns 0 if the window has no input context that has a spot.
int taizhang_ime_spot(unsigned long window, int x, int y);

// taizhang_ime_ready says how many windows have an input context with a spot.
int taizhang_ime_ready(void);
