//go:build linux && x11 && !wayland

#include "shim_x11.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"

extern void *__real_dlsym(void *module, const char *name);

// ---- Input contexts that have a spot, by window. A program has few windows. ----

enum { MAX_CONTEXTS = 32 };

typedef struct {
	Window window; // None: this place is free
	XIC ic;
	int x, y;
	// The last key that went to the input method and is not known to be answered; type
	// 0: none.
	struct {
		int type;
		unsigned keycode;
		Time time; // milliseconds, wraps round
	} awaited;
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
static void on_destroyed(XIC ic, XPointer client, XPointer call) {
	context *c = (context *)client;
	XIMCallback theirs = c->destroyed;
	c->window = None;
	if (theirs.callback)
		((XICProc)theirs.callback)(ic, theirs.client_data, call);
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
		c->awaited.type = 0;
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

static int came_back(const context *c, const XKeyEvent *key) {
	return c->awaited.type == key->type && c->awaited.keycode == key->keycode &&
		c->awaited.time == key->time;
}

// none_under_way is asked when a key comes that was not sent before.
static int none_under_way(const context *c, const XKeyEvent *key) {
	return c->awaited.type == 0 || (int)(unsigned)(key->time - c->awaited.time) > PATIENCE;
}

static void await(context *c, const XKeyEvent *key) {
	c->awaited.type = key->type;
	c->awaited.keycode = key->keycode;
	c->awaited.time = key->time;
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
	int back = c && came_back(c, &key);
	if (c && press && !back && none_under_way(c, &key))
		taizhangKeyComing(key.window);
	Bool filtered = XFilterEvent(event, window);
	if (c && filtered)
		await(c, &key);
	else if (back) {
		c->awaited.type = 0;
		if (release) // its text has been taken in: the caret is where typing goes on
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
