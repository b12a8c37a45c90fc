// Package ime cures Chinese input methods in Fyne windows on Linux with X11.
//
// Without it GLFW, on which Fyne stands, reports a key to the window although the input
// method has taken that key for itself: Backspace while composing 中文 also deletes text that
// was there before, Enter while composing submits the form, and the candidates stand in a
// corner of the screen rather than at the caret.
//
// How: GLFW finds Xlib's functions with dlsym. The program is linked with --wrap=dlsym (the
// flag is in this package, a plain go build has it), so that GLFW gets our XFilterEvent,
// XCreateIC and XDestroyIC, which stand in front of the real ones (shim_x11.c):
//
//   - a key the input method took is turned into an event that GLFW ignores; if the input
//     method gives the key back, Xlib delivers it again and then it counts;
//   - the input context asks for candidates at a spot, and while no key is under way to
//     the input method or back the spot is set to the caret of whatever entry has the focus.
//
// Nothing has to be done for a single entry: every widget.Entry, and every widget that
// embeds one, is followed. On other systems Install does nothing (Windows' GLFW already
// withholds such keys).
package ime
