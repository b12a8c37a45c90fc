// Command probe is a window with two entries for the end-to-end test of package ime. It
// prints what happens to them, one line an event.
package main

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/ime"
	"taizhang/ui/look"
)

func main() {
	ime.Install()
	a := app.NewWithID("taizhang.probe")
	a.Settings().SetTheme(look.New(look.Light))
	w := a.NewWindow("probe")
	first, second := follow("first", w), follow("second", w)
	column := container.NewVBox(look.Heading("输入法"), first, look.Body("备注"), second)
	w.SetContent(container.NewVBox(look.Inset(column, 120)))
	w.Resize(fyne.NewSize(800, 400))
	w.Canvas().Focus(first)
	a.Lifecycle().SetOnStarted(func() { fmt.Println("started") })
	w.ShowAndRun()
	fmt.Println("ended")
}

func follow(name string, w fyne.Window) *widget.Entry {
	e := widget.NewEntry()
	e.OnChanged = func(s string) { fmt.Printf("%s=%q.\n", name, s) }
	e.OnSubmitted = func(s string) { fmt.Printf("%s submitted %q.\n", name, s) }
	e.OnCursorChanged = func() {
		if w.Canvas().Focused() != e {
			return
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Add(e.CursorPosition())
		x, y := w.Canvas().PixelCoordinateForPosition(at)
		fmt.Printf("%s caret %d %d.\n", name, x, y)
	}
	return e
}
