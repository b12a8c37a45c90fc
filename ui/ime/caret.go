package ime

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// writer is what an entry, and every widget that embeds one, can tell.
type writer interface {
	fyne.Focusable
	fyne.CanvasObject
	CursorPosition() fyne.Position
}

// caret is the lower end of the caret of the entry that has the focus, in pixels from the
// window's top left corner; ok is false when no entry has the focus.
func caret(c fyne.Canvas) (x, y int, ok bool) {
	entry, ok := c.Focused().(writer)
	if !ok {
		return 0, 0, false
	}
	at := entry.CursorPosition()
	line := fyne.MeasureText("中", theme.TextSize(), fyne.TextStyle{}).Height
	at.Y += line
	// An entry that has scrolled does not tell how far; its edge is near enough.
	size := entry.Size()
	at.X = min(max(at.X, 0), size.Width)
	at.Y = min(max(at.Y, line), size.Height)
	corner := fyne.CurrentApp().Driver().AbsolutePositionForObject(entry)
	x, y = c.PixelCoordinateForPosition(corner.Add(at))
	return x, y, true
}
