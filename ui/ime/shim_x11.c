//go:build linux && x11 && !wayland

#include "shim_x11.h"

#include <X11/Xatom.h>
#include <X11/Xproto.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "_cgo_export.h"

extern void *__real_dlsym(void *module, const char *name);

// ---- Input contexts that have a spot, by window. A program has few windows. ----

enum { MAX_CONTEXTS = 32, MAX_SENT = 64 };

typedef struct {
	Window window; // None: this place is free
	XIC ic;
	int x, y;
	// The keys that went to the input method and are not known to be answered, in their
	// order; beyond MAX_SENT only the last is kept.
	XKeyEvent sent[MAX_SENT];
	int count;
	Atom server; // the selection that the input method owns; None: not known
	Time now; // of the last key
	XIMCallback destroyed; // GLFW's own
} context;

static context contexts[MAX_CONTEXTS];

static context *find_window(Window window) {
	for (int i = 0; i < MAX_CONTEXTS; i++)
		if (contexts[i].window == window)
			return &contexts[i];
	return NULL;
}

static void forget(XIC ic) {
	for (int i = 0; i < MAX_CONTEXTS; i++)
		if (contexts[i].window != None && contexts[i].ic == ic)
			contexts[i].window = None;
}

// The input method went away (it was restarted, or crashed): the context is already gone.
// What it never answered is typed once more, and is letters now.
static void on_destroyed(XIC ic, XPointer client, XPointer call) {
	context *c = (context *)client;
	XIMCallback theirs = c->destroyed;
	while (c->count > 0) {
		XEvent event = {.xkey = c->sent[--c->count]};
		XPutBackEvent(event.xkey.display, &event);
	}
	c->window = None;
	if (theirs.callback)
		((XICProc)theirs.callback)(ic, theirs.client_data, call);
}

// ---- Windows of others ----

static XErrorHandler others_errors;

// An input method that crashes, or a program that something is dragged from or pasted into,
// may be gone when a message to its window arrives. Without this that would end ours.
static int on_error(Display *display, XErrorEvent *error) {
	if (error->error_code == BadWindow &&
		(error->request_code == X_SendEvent || error->request_code == X_ChangeProperty))
		return 0;
	return others_errors ? others_errors(display, error) : 0;
}

// ---- Does the input method answer? ----
//
// XSetICValues waits for the input method without end: if that hangs, so does the program, and
// for good if it then crashes. So it is asked something else just before, and that answer is
// waited for only so long. By the protocol an input method owns the selection @server=NAME,
// and tells its locales and transports to whoever asks.
// Source: The Input Method Protocol 1.0, Preconnection.

// How long the input method may take, in milliseconds: one that works needs about one.
enum { ANSWER = 200 };

// server_of finds the selection of the input method that XMODIFIERS names, or of the first.
static Atom server_of(Display *display) {
	static const char PREFIX[] = "@server=";
	Atom list = XInternAtom(display, "XIM_SERVERS", False), type, found = None;
	int format;
	unsigned long count, left;
	unsigned char *data = NULL;
	const char *modifiers = XSetLocaleModifiers(NULL);
	const char *wanted = modifiers ? strstr(modifiers, "@im=") : NULL;
	size_t length = 0;
	if (wanted) {
		wanted += strlen("@im=");
		length = strcspn(wanted, "@");
	}
	if (XGetWindowProperty(display, DefaultRootWindow(display), list, 0, 256, False, XA_ATOM,
		&type, &format, &count, &left, &data) != Success)
		return None;
	for (unsigned long i = 0; format == 32 && i < count && found == None; i++) {
		Atom server = ((Atom *)data)[i];
		char *name = XGetAtomName(display, server);
		if (!name)
			continue;
		const char *own = name + strlen(PREFIX);
		if (!strncmp(name, PREFIX, strlen(PREFIX)) && XGetSelectionOwner(display, server) != None &&
			(length == 0 || (strlen(own) == length && !strncmp(own, wanted, length))))
			found = server;
		XFree(name);
	}
	if (data)
		XFree(data);
	return found;
}

static Bool is_answer(Display *display, XEvent *event, XPointer client) {
	const context *c = (context *)client;
	return event->type == SelectionNotify && event->xselection.requestor == c->window &&
		event->xselection.selection == c->server && event->xselection.time == c->now;
}

static long milliseconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

// answers reports whether the input method of a window works, or is not known.
static int answers(context *c) {
	if (c->server == None)
		return 1;
	Display *display = XDisplayOfIM(XIMOfIC(c->ic));
	Atom locales = XInternAtom(display, "LOCALES", False);
	XConvertSelection(display, c->server, locales, locales, c->window, c->now);
	long end = milliseconds() + ANSWER;
	XEvent event;
	while (!XCheckIfEvent(display, &event, is_answer, (XPointer)c)) { // sends what is to be sent
		long left = end - milliseconds();
		if (left <= 0)
			return 0;
		struct pollfd connection = {ConnectionNumber(display), POLLIN, 0};
		poll(&connection, 1, (int)left);
	}
	XDeleteProperty(display, c->window, locales);
	return event.xselection.property != None;
}

// ---- Our XCreateIC ----

enum { MAX_ARGS = 16 };

static const XIMStyle SPOT = XIMPreeditPosition | XIMStatusNothing;

static int offers_spot(XIM im) {
	XIMStyles *styles = NULL;
	int found = 0;
	if (XGetIMValues(im, XNQueryInputStyle, &styles, NULL) != NULL || !styles)
		return 0;
	for (int i = 0; i < styles->count_styles; i++)
		found |= styles->supported_styles[i] == SPOT;
	XFree(styles);
	return found;
}

// Xlib insists on a font set with this style, although no input method of today draws
// with it. Made once and kept.
static XFontSet font_set(Display *display) {
	static XFontSet set;
	if (!set) {
		char **missing = NULL;
		int count = 0;
		set = XCreateFontSet(display, "-*-*-*-*-*-*-*-*-*-*-*-*-*-*,*", &missing, &count, NULL);
		if (missing)
			XFreeStringList(missing);
	}
	return set;
}

static XIC create_with_spot(XIM im, Window window, XIMCallback *destroyed) {
	context *c = find_window(window);
	if (!c)
		c = find_window(None);
	if (!c || !offers_spot(im))
		return NULL;
	XPoint spot = {0, 0};
	XFontSet set = font_set(XDisplayOfIM(im));
	XVaNestedList preedit = set
		? XVaCreateNestedList(0, XNSpotLocation, &spot, XNFontSet, set, NULL)
		: XVaCreateNestedList(0, XNSpotLocation, &spot, NULL);
	XIMCallback ours = {(XPointer)c, (XIMProc)on_destroyed};
	XIC ic = XCreateIC(im, XNInputStyle, SPOT, XNClientWindow, window, XNFocusWindow, window,
		XNPreeditAttributes, preedit, XNDestroyCallback, &ours, NULL);
	XFree(preedit);
	if (ic) {
		c->window = window;
		c->ic = ic;
		c->x = c->y = 0;
		c->count = 0;
		c->server = server_of(XDisplayOfIM(im));
		memset(&c->destroyed, 0, sizeof c->destroyed);
		if (destroyed)
			c->destroyed = *destroyed;
	}
	return ic;
}

// GLFW passes at most four name-value pairs; all values are as wide as a pointer.
static XIC our_XCreateIC(XIM im, ...) {
	char *names[MAX_ARGS] = {NULL};
	void *values[MAX_ARGS] = {NULL};
	Window window = None;
	XIMCallback *destroyed = NULL;
	va_list args;
	va_start(args, im);
	for (int i = 0; i < MAX_ARGS - 1; i++) {
		names[i] = va_arg(args, char *);
		if (!names[i])
			break;
		values[i] = va_arg(args, void *);
		if (!strcmp(names[i], XNClientWindow))
			window = (Window)values[i];
		if (!strcmp(names[i], XNDestroyCallback))
			destroyed = values[i];
	}
	va_end(args);
	if (!others_errors)
		others_errors = XSetErrorHandler(on_error);
	XIC ic = window != None ? create_with_spot(im, window, destroyed) : NULL;
	if (ic)
		return ic;
	// As GLFW asked: this input method has no spot, and still works.
	return XCreateIC(im, names[0], values[0], names[1], values[1], names[2], values[2],
		names[3], values[3], names[4], values[4], names[5], values[5], NULL);
}

static void our_XDestroyIC(XIC ic) {
	forget(ic);
	XDestroyIC(ic);
}

// ---- Our XFilterEvent ----

static int is_modifier(XKeyEvent *key) {
	return IsModifierKey(XLookupKeysym(key, 0));
}

// ---- When the spot may be set ----
//
// XSetICValues waits for an answer and meanwhile takes what else the input method sends. Keys
// that come back then are put in front of one another, and Xlib, which remembers only that
// one key came back, sends the others a second time: letters typed while the machine is busy
// would arrive in another order. So the spot is set only while no key is under way. Answers
// come in the order of the keys, and a key's release comes back even if its press was
// composed; hence all is answered when the last key sent has come back.

// An input method may keep a key's release (Shift alone, which switches it). After this many
// milliseconds a key counts as answered.
enum { PATIENCE = 3000 };

static int is_key(const XKeyEvent *a, const XKeyEvent *b) {
	return a->type == b->type && a->keycode == b->keycode && a->time == b->time;
}

// came_back says which of the keys under way this is, from 1; 0: none.
static int came_back(const context *c, const XKeyEvent *key) {
	for (int i = 0; i < c->count; i++)
		if (is_key(&c->sent[i], key))
			return i + 1;
	return 0;
}

// none_under_way is asked when a key comes that was not sent before. Times are the X
// server's, in milliseconds, and wrap round.
static int none_under_way(const context *c, const XKeyEvent *key) {
	return c->count == 0 ||
		(int)(unsigned)(key->time - c->sent[c->count - 1].time) > PATIENCE;
}

static void await(context *c, const XKeyEvent *key) {
	if (c->count == MAX_SENT)
		c->count--;
	c->sent[c->count++] = *key;
}

// answered takes the first count keys out: what comes back answers all that went before.
static void answered(context *c, int count) {
	c->count -= count;
	memmove(c->sent, c->sent + count, c->count * sizeof c->sent[0]);
}

static Bool our_XFilterEvent(XEvent *event, Window window) {
	int press = event->type == KeyPress, release = event->type == KeyRelease;
	if (!press && !release)
		return XFilterEvent(event, window);
	// Read before: some input methods clear the event while filtering it.
	XKeyEvent key = event->xkey;
	int modifier = release && is_modifier(&key);
	// Key code 0 is text from the input method.
	context *c = key.keycode != 0 ? find_window(key.window) : NULL;
	int back = c ? came_back(c, &key) : 0;
	if (c)
		c->now = key.time;
	if (c && press && !back && none_under_way(c, &key))
		taizhangKeyComing(key.window);
	Bool filtered = XFilterEvent(event, window);
	if (c && filtered)
		await(c, &key);
	else if (back) {
		answered(c, back);
		if (release && c->count == 0) // its text has been taken in: the caret is where typing goes on
			taizhangKeyComing(key.window);
	}
	// A release waits for its press to come back, or the key would seem held down. Only
	// a modifier's release always counts: Shift alone switches the input method, which
	// then keeps the release to itself.
	if (filtered && !modifier)
		event->type = NoExpose;
	return filtered;
}

// ---- Where GLFW gets its functions ----

void *__wrap_dlsym(void *module, const char *name) {
	if (name && name[0] == 'X') {
		if (!strcmp(name, "XFilterEvent"))
			return (void *)our_XFilterEvent;
		if (!strcmp(name, "XCreateIC"))
			return (void *)our_XCreateIC;
		if (!strcmp(name, "XDestroyIC"))
			return (void *)our_XDestroyIC;
	}
	return __real_dlsym(module, name);
}

// ---- For Go ----

int taizhang_ime_spot(unsigned long window, int x, int y) {
	context *c = window ? find_window(window) : NULL;
	if (!c)
		return 0;
	if (c->x == x && c->y == y)
		return 1;
	if (!answers(c))
		return 0;
	XPoint spot = {(short)x, (short)y};
	XVaNestedList preedit = XVaCreateNestedList(0, XNSpotLocation, &spot, NULL);
	XSetICValues(c->ic, XNPreeditAttributes, preedit, NULL);
	XFree(preedit);
	c->x = x;
	c->y = y;
	return 1;
}

int taizhang_ime_ready(void) {
	int count = 0;
	for (int i = 0; i < MAX_CONTEXTS; i++)
		count += contexts[i].window != None;
	return count;
}
