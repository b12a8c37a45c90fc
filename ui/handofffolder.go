package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// noFiles is an ending that no file has: the list then shows folders only.
const noFiles = "\x00"

// chooseFolder asks for a folder: walk to it in the list, or write its path.
func chooseFolder(s *Session, title, submit, folder string, then func(path string)) {
	c := &fileChoice{s: s, title: title, submit: submit, ext: noFiles, folder: folder}
	c.sheet = newSheet(s, s.Window.Canvas(), title,
		[]sheetField{{Key: "name", Label: words.T("handoffui.folder"), Hint: words.T("handoffui.folder.hint")}}, submit)
	c.sheet.start = func(values map[string]string) (func() error, func(), error) {
		path := c.folder
		if text := values["name"]; text != "" {
			path = text
			if !filepath.IsAbs(path) {
				path = filepath.Join(c.folder, path)
			}
		}
		if !isFolder(path) {
			return nil, nil, ledger.Refuse(ledger.CodeStickGone, "path", path)
		}
		return nil, func() { then(filepath.Clean(path)) }, nil
	}
	c.where = look.Text("", look.SizeBody, true, look.ColourText).Truncated()
	c.places = inRow(look.Half)
	c.table = c.newTable()
	area := canvas.NewRectangle(nil)
	area.SetMinSize(fyne.NewSize(filesWide, filesHigh-60))
	frame := container.NewStack(area, look.NewSurface(look.ColourSurface, look.ColourLine, 6), look.Inset(c.table, 1))
	c.sheet.head.Objects = []fyneObject{c.places, c.where, gapBelow(frame)}
	c.sheet.show()
	c.goTo(c.folder)
	s.Window.Canvas().Focus(c.table)
}
