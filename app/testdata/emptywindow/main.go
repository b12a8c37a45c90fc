// Command emptywindow is the least that a Fyne program with the ledger's
// typeface can be: what the ledger's memory is compared with.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"taizhang/ui/look"
)

func main() {
	a := app.NewWithID("taizhang-empty")
	a.Settings().SetTheme(look.New(look.Light))
	w := a.NewWindow("emptywindow")
	label := widget.NewLabel("台账 35万")
	label.TextStyle = fyne.TextStyle{Bold: true}
	w.SetContent(label)
	w.Resize(fyne.NewSize(1280, 720))
	w.ShowAndRun()
}
