//go:build linux && x11

#include "drop_x11.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <poll.h>
#include <string.h>
#include <time.h>

enum { version = 5, patience_ms = 5000 };

typedef struct {
	Display *d;
	Window self, target;
	const char *list;
} source;

static Atom named(source *s, const char *name) { return XInternAtom(s->d, name, False); }

// tell sends the target a message of the protocol.
static void tell(source *s, const char *what, long a, long b, long c, long d) {
	XEvent e = {0};
	e.xclient.type = ClientMessage;
	e.xclient.window = s->target;
	e.xclient.message_type = named(s, what);
	e.xclient.format = 32;
	long data[5] = {(long)s->self, a, b, c, d};
	memcpy(e.xclient.data.l, data, sizeof data);
	XSendEvent(s->d, s->target, False, NoEventMask, &e);
	XFlush(s->d);
}

// hand gives the list to who asks for it.
static void hand(source *s, XSelectionRequestEvent *asked) {
	XChangeProperty(s->d, asked->requestor, asked->property, asked->target, 8, PropModeReplace,
		(const unsigned char *)s->list, (int)strlen(s->list));
	XEvent e = {0};
	e.xselection.type = SelectionNotify;
	e.xselection.requestor = asked->requestor;
	e.xselection.selection = asked->selection;
	e.xselection.target = asked->target;
	e.xselection.property = asked->property;
	e.xselection.time = asked->time;
	XSendEvent(s->d, asked->requestor, False, NoEventMask, &e);
	XFlush(s->d);
}

static long now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

// answered waits for a message of the protocol, and hands the list over when it is asked for.
static Bool answered(source *s, const char *what, XClientMessageEvent *message) {
	Atom wanted = named(s, what);
	for (long until = now_ms() + patience_ms; now_ms() < until;) {
		while (XPending(s->d)) {
			XEvent e;
			XNextEvent(s->d, &e);
			if (e.type == SelectionRequest) {
				hand(s, &e.xselectionrequest);
			} else if (e.type == ClientMessage && e.xclient.message_type == wanted) {
				*message = e.xclient;
				return True;
			}
		}
		struct pollfd connection = {.fd = ConnectionNumber(s->d), .events = POLLIN};
		poll(&connection, 1, 50);
	}
	return False;
}

static const char *drop(source *s, int x, int y) {
	XClientMessageEvent answer;
	Atom copy = named(s, "XdndActionCopy");
	XSetSelectionOwner(s->d, named(s, "XdndSelection"), s->self, CurrentTime);
	tell(s, "XdndEnter", (long)version << 24, (long)named(s, "text/uri-list"), None, None);
	tell(s, "XdndPosition", 0, (long)x << 16 | y, CurrentTime, (long)copy);
	if (!answered(s, "XdndStatus", &answer)) {
		return "XdndPosition";
	}
	if (!(answer.data.l[1] & 1)) {
		return "XdndPosition with a yes";
	}
	tell(s, "XdndDrop", 0, CurrentTime, 0, 0);
	return answered(s, "XdndFinished", &answer) ? NULL : "XdndDrop";
}

const char *taizhang_drop(const char *display, unsigned long window, int x, int y, const char *list) {
	source s = {.d = XOpenDisplay(display), .target = window, .list = list};
	if (s.d == NULL) {
		return "XOpenDisplay";
	}
	s.self = XCreateSimpleWindow(s.d, DefaultRootWindow(s.d), 0, 0, 1, 1, 0, 0, 0);
	const char *failed = drop(&s, x, y);
	XCloseDisplay(s.d);
	return failed;
}
