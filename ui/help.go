package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// helpGroups are the parts of the help sheet that hold keys of the whole window.
var helpGroups = map[string][]string{
	"shell.help.everywhere": {"record", "paste", "openreport", "undo", "redo", "search", "alerts", "unit", "period", "back", "wall", "refresh", "close", "help"},
	"shell.help.places":     {"overview", "publicity", "isolation", "supervision", "handoff", "settings"},
}

// helpKeys are keys that belong to a part of the window.
var helpKeys = []struct{ group, name, keys string }{
	{"shell.help.entry", "accept", "Tab / Enter"},
	{"shell.help.entry", "save", "Enter"},
	{"shell.help.entry", "leave", "Esc"},
	{"shell.help.intake", "choose", "↑ ↓"},
	{"shell.help.intake", "taken", "Space"},
	{"shell.help.intake", "edit", "Enter / F2"},
	{"shell.help.intake", "confirm", "Ctrl+Enter"},
	{"shell.help.intake", "drop", "Esc"},
	{"shell.help.table", "rows", "↑ ↓"},
	{"shell.help.table", "page", "PgUp PgDn"},
	{"shell.help.table", "ends", "Home End"},
	{"shell.help.table", "extend", "Shift+↑ ↓"},
	{"shell.help.table", "all", "Ctrl+A"},
	{"shell.help.table", "copy", "Ctrl+C"},
	{"shell.help.table", "correct", "F2 / Enter"},
	{"shell.help.table", "void", "Delete"},
	{"shell.help.table", "export", "Ctrl+E"},
	{"shell.help.wall", "turn", "← → / PgUp PgDn"},
	{"shell.help.wall", "pages", "1 … 5"},
	{"shell.help.wall", "hold", "Space"},
	{"shell.help.wall", "behind", "Tab Enter"},
	{"shell.help.wall", "away", "Esc"},
	{"shell.help.isolation", "site", "← → ↑ ↓"},
	{"shell.help.isolation", "report", "Enter"},
	{"shell.help.isolation", "admit", "1"},
	{"shell.help.isolation", "discharge", "2"},
	{"shell.help.isolation", "cleaned", "3"},
	{"shell.help.isolation", "change", "F2 / Delete"},
	{"shell.help.isolation", "more", "Space"},
	{"shell.help.supervision", "problem", "← → ↑ ↓"},
	{"shell.help.supervision", "next", "Enter"},
	{"shell.help.supervision", "rectify", "1"},
	{"shell.help.supervision", "settle", "2"},
	{"shell.help.supervision", "add", "3"},
	{"shell.help.supervision", "inspect", "Insert"},
	{"shell.help.supervision", "change", "F2 / Delete"},
	{"shell.help.supervision", "view", "Ctrl+T"},
}

// helpColumns are the parts of the sheet, column by column.
var helpColumns = [][]string{
	{"shell.help.everywhere", "shell.help.places"},
	{"shell.help.entry", "shell.help.intake", "shell.help.table"},
	{"shell.help.isolation", "shell.help.supervision", "shell.help.wall"},
}

const (
	helpWide float32 = 300 // of a column
	helpRow  float32 = 26
)

// help shows every key on one sheet; F1 or Esc closes it.
func (d *desk) help() {
	c := d.shell.win.Canvas()
	if d.sheet != nil && d.sheet.Visible() {
		d.sheet.Hide() // F1 again
		return
	}
	columns := inRow(look.Gap * 2)
	for _, titles := range helpColumns {
		column := stacked(0)
		for i, title := range titles {
			if i > 0 {
				column.Add(fixedHeight(look.Unit, space(1)))
			}
			column.Add(helpGroup(title))
		}
		columns.Add(fixedWidth(helpWide, column))
	}
	wide := float32(len(helpColumns))*(helpWide+2*look.Gap) - 2*look.Gap
	quantities := fixedWidth(wide, newParagraph(words.T("shell.help.quantities"), look.SizeBody, look.ColourQuiet))
	var pop *widget.PopUp
	shut := look.NewButton(words.T("shell.help.shut"), nil, look.Primary, func() { pop.Hide() })
	head := container.NewBorder(nil, nil, nil, shut, look.Text(words.T("shell.help.title"), look.SizeTitle, true, look.ColourText))
	pop = widget.NewModalPopUp(look.Inset(stacked(look.Unit, head, columns, quantities), look.Gap), c)
	d.sheet = pop
	pop.Show()
}

type keyLine struct{ name, keys string }

// keysIn are the keys of one part of the sheet.
func keysIn(group string) (lines []keyLine) {
	for _, name := range helpGroups[group] {
		lines = append(lines, keyLine{words.T("shell.key." + name), shortcutOf(name)})
	}
	for _, k := range helpKeys {
		if k.group == group {
			lines = append(lines, keyLine{words.T("shell.help.key." + k.name), k.keys})
		}
	}
	return lines
}

func helpGroup(title string) fyne.CanvasObject {
	box := stacked(0, look.Text(words.T(title), look.SizeBody, true, look.ColourAccent))
	for _, l := range keysIn(title) {
		row := container.NewBorder(nil, nil, nil, keyCap(l.keys), look.Body(l.name).Truncated())
		box.Add(fixedHeight(helpRow, row))
	}
	return box
}

// keyCap draws keys the way they look on a keyboard.
func keyCap(keys string) fyne.CanvasObject {
	label := look.Text(keys, look.SizeSmall, true, look.ColourText)
	pad := container.New(layout.NewCustomPaddedLayout(2, 2, look.Unit, look.Unit), label)
	return container.NewCenter(container.NewStack(look.NewSurface(look.ColourInset, look.ColourLine, 4), pad))
}
