// Package plot shows the pictures of package chart in a window: it draws them,
// and lets the pointer and the keyboard open the rows behind each part.
package plot

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/chart"
	"taizhang/ui/look"
)

// Layout lays a chart out in a space of w by h Fyne units, measuring text with
// m. It is called on the UI goroutine at every resize and refresh.
type Layout func(w, h float64, m chart.Measure) chart.Picture

// Chart is one chart in a window. Its parts open what lies behind them by click
// or, once Tab has reached the chart, by the arrow keys and Enter.
type Chart struct {
	widget.BaseWidget

	// OnOpen is called with the Key of the part that was opened; nil: nothing.
	OnOpen func(key string)
	// OnPointer is called when the pointer moves over the chart; nil: nothing.
	OnPointer func()

	wall    bool
	hidden  bool // the pointer rests
	walked  bool // the ring is shown without the keyboard
	layout  Layout
	min     fyne.Size
	picture chart.Picture
	hover   int // index into picture.Hits, -1 for none
	cursor  int // the part that the keyboard is at, -1 for none
	focused bool
	shown   *renderer // the newest, nil before the chart is first shown
}

var (
	_ fyne.Tappable      = (*Chart)(nil)
	_ fyne.Focusable     = (*Chart)(nil)
	_ fyne.Tabbable      = (*Chart)(nil)
	_ desktop.Hoverable  = (*Chart)(nil)
	_ desktop.Cursorable = (*Chart)(nil)
)

// NewChart shows what layout lays out; nil shows nothing until SetLayout.
func NewChart(layout Layout) *Chart {
	c := &Chart{layout: layout, min: fyne.NewSize(120, 40), hover: -1, cursor: -1}
	c.ExtendBaseWidget(c)
	return c
}

// NewWall shows a page of the wall, in the wall's colours whatever the theme. Its
// parts have no tips: nobody stands near enough to read them.
func NewWall(layout Layout) *Chart {
	c := NewChart(layout)
	c.wall = true
	return c
}

// SetLayout shows another chart or newer figures. The pointer's and keyboard's
// places are kept where the new picture has a part with the same key.
func (c *Chart) SetLayout(layout Layout) {
	c.layout = layout
	c.Refresh()
}

// SetMinSize sets the smallest size of the chart, 120 by 40 at first. Charts
// have no natural size of their own: they fill what they are given.
func (c *Chart) SetMinSize(size fyne.Size) {
	c.min = size
	c.Refresh()
}

// MinSize returns the smallest size of the chart.
func (c *Chart) MinSize() fyne.Size { return c.min }

// Picture returns what is shown now. Its slices must not be changed.
func (c *Chart) Picture() chart.Picture { return c.picture }

// CreateRenderer is called by Fyne.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	c.shown = newRenderer(c)
	return c.shown
}

// measure is chart.Measure with the theme's font; Fyne keeps the results.
func measure(text string, size float64, bold bool) (w, h float64) {
	s := fyne.MeasureText(text, float32(size), fyne.TextStyle{Bold: bold})
	return float64(s.Width), float64(s.Height)
}

// relayout makes the picture anew for the widget's size.
func (c *Chart) relayout(size fyne.Size) {
	hover, cursor := c.key(c.hover), c.key(c.cursor)
	c.picture = chart.Picture{}
	if c.layout != nil && size.Width >= 1 && size.Height >= 1 {
		c.picture = c.layout(float64(size.Width), float64(size.Height), measure)
	}
	c.hover, c.cursor = c.find(hover, c.hover), c.find(cursor, c.cursor)
}

func (c *Chart) key(i int) string {
	if i < 0 || i >= len(c.picture.Hits) {
		return ""
	}
	return c.picture.Hits[i].Key
}

// find returns the part with the key, at index guess if it is still there.
func (c *Chart) find(key string, guess int) int {
	if key == "" {
		return -1
	}
	if c.key(guess) == key {
		return guess
	}
	for i, h := range c.picture.Hits {
		if h.Key == key {
			return i
		}
	}
	return -1
}

func (c *Chart) open(i int) {
	if key := c.key(i); key != "" && c.OnOpen != nil {
		c.OnOpen(key)
	}
}

// Tapped opens the part under the pointer.
func (c *Chart) Tapped(e *fyne.PointEvent) {
	c.open(c.picture.At(float64(e.Position.X), float64(e.Position.Y)))
}

// MouseIn marks the part under the pointer.
func (c *Chart) MouseIn(e *desktop.MouseEvent) { c.MouseMoved(e) }

// MouseMoved marks the part under the pointer.
func (c *Chart) MouseMoved(e *desktop.MouseEvent) {
	c.hidden = false
	if c.OnPointer != nil {
		c.OnPointer()
	}
	c.point(c.picture.At(float64(e.Position.X), float64(e.Position.Y)), c.cursor)
}

// MouseOut takes the mark away.
func (c *Chart) MouseOut() { c.point(-1, c.cursor) }

// Rest hides the pointer and what it marks, until it moves again.
func (c *Chart) Rest() {
	c.hidden = true
	c.point(-1, c.cursor)
}

// Walk moves the ring n parts on, or back, in reading order and around the end. It
// shows the ring also while the chart does not have the keyboard.
func (c *Chart) Walk(n int) {
	hits := len(c.picture.Hits)
	if hits == 0 {
		return
	}
	at := c.cursor + n
	if c.cursor < 0 && n < 0 {
		at = hits - 1
	}
	c.walked = true
	c.point(c.hover, (at+hits)%hits)
}

// Chosen is the key of the part that Walk has reached, "" for none.
func (c *Chart) Chosen() string {
	if !c.walked {
		return ""
	}
	return c.key(c.cursor)
}

// Unchoose takes the ring of Walk away.
func (c *Chart) Unchoose() {
	c.walked = false
	c.point(c.hover, -1)
}

// Cursor is a hand over whatever can be opened.
func (c *Chart) Cursor() desktop.Cursor {
	if c.hidden {
		return desktop.HiddenCursor
	}
	if c.hover >= 0 && c.OnOpen != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AcceptsTab is part of fyne.Tabbable: the wall is alone in its window.
func (c *Chart) AcceptsTab() bool { return c.wall }

// FocusGained shows where the keyboard is.
func (c *Chart) FocusGained() {
	if c.wall {
		return // a click gives it the keyboard; whoever wants the ring asks for it
	}
	c.focused = true
	cursor := c.cursor
	if cursor < 0 && len(c.picture.Hits) > 0 {
		cursor = 0
	}
	c.cursor = -1 // the ring is new even where the place is not
	c.point(c.hover, cursor)
}

// FocusLost takes the ring away; the place is kept for the next time.
func (c *Chart) FocusLost() {
	c.focused = false
	c.overlay()
}

// TypedRune passes the rune on to the window.
func (c *Chart) TypedRune(r rune) { look.PassRune(c, r) }

// TypedKey moves among the parts and opens them; the rest goes on to the window.
func (c *Chart) TypedKey(e *fyne.KeyEvent) {
	if c.wall {
		look.PassKey(c, e)
		return
	}
	at := c.cursor
	switch e.Name {
	case fyne.KeyLeft:
		at = c.picture.Step(at, -1, 0)
	case fyne.KeyRight:
		at = c.picture.Step(at, 1, 0)
	case fyne.KeyUp:
		at = c.picture.Step(at, 0, -1)
	case fyne.KeyDown:
		at = c.picture.Step(at, 0, 1)
	case fyne.KeyHome:
		at = min(0, len(c.picture.Hits)-1)
	case fyne.KeyEnd:
		at = len(c.picture.Hits) - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.open(at)
		return
	default:
		look.PassKey(c, e)
		return
	}
	c.point(c.hover, at)
}

// point sets what is marked and redraws the marks when that changed.
func (c *Chart) point(hover, cursor int) {
	if hover == c.hover && cursor == c.cursor {
		return
	}
	c.hover, c.cursor = hover, cursor
	c.overlay()
}
