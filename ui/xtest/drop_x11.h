// A source of drag and drop: what a file manager does when files are let go over a window.
// Protocol: https://www.freedesktop.org/wiki/Specifications/XDND/

#ifndef TAIZHANG_DROP_X11_H
#define TAIZHANG_DROP_X11_H

// taizhang_drop drops a list of file: addresses, as text/uri-list has them, onto a window at
// a place of the screen. It returns NULL once the window has taken them, and otherwise which
// step it did not answer within five seconds.
const char *taizhang_drop(const char *display, unsigned long window, int x, int y, const char *list);

#endif
