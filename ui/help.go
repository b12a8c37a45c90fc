package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// helpGroups are the columns of the help sheet; the last two hold keys that
// belong to a part of the window rather than to the whole of it.
var helpGroups = []struct {
	title string
	names []string
}{
	{"shell.help.everywhere", []string{"record", "undo", "search", "alerts", "unit", "period", "back", "refresh", "close", "help"}},
	{"shell.help.places", []string{"overview", "publicity", "isolation", "supervision", "settings"}},
}

// helpKeys are keys that the window does not answer itself.
var helpKeys = []struct{ group, name, keys string }{
	{"shell.help.entry", "accept", "Tab / Enter"},
	{"shell.help.entry", "save", "Enter"},
	{"shell.help.entry", "leave", "Esc"},
	{"shell.help.table", "rows", "↑ ↓"},
	{"shell.help.table", "page", "PgUp PgDn"},
	{"shell.help.table", "ends", "Home End"},
	{"shell.help.table", "history", "Enter"},
	{"shell.help.table", "copy", "Ctrl+C"},
	{"shell.help.table", "all", "Ctrl+A"},
}

// help shows every key on one sheet; F1 or Esc closes it.
func (d *desk) help() {
	c := d.shell.win.Canvas()
	if d.sheet != nil && d.sheet.Visible() {
		d.sheet.Hide() // F1 again
		return
	}
	left := container.NewVBox(helpGroup(helpGroups[0].title, keysOf(helpGroups[0].names)), gap(),
		helpGroup("shell.help.entry", keysIn("shell.help.entry")))
	right := container.NewVBox(helpGroup(helpGroups[1].title, keysOf(helpGroups[1].names)), gap(),
		helpGroup("shell.help.table", keysIn("shell.help.table")))
	columns := container.NewHBox(fixedWidth(330, left), space(look.Gap*2), fixedWidth(330, right))
	quantities := fixedWidth(700, newParagraph(words.T("shell.help.quantities"), look.SizeBody, look.ColourQuiet))
	var pop *widget.PopUp
	shut := look.NewButton(words.T("shell.help.shut"), nil, look.Primary, func() { pop.Hide() })
	body := container.NewVBox(look.Text(words.T("shell.help.title"), look.SizeTitle, true, look.ColourText),
		columns, quantities, container.NewHBox(layout.NewSpacer(), shut))
	pop = widget.NewModalPopUp(look.Inset(body, look.Gap+look.Unit), c)
	d.sheet = pop
	pop.Show()
}

type keyLine struct{ name, keys string }

func keysOf(names []string) (lines []keyLine) {
	for _, name := range names {
		lines = append(lines, keyLine{words.T("shell.key." + name), shortcutOf(name)})
	}
	return lines
}

func keysIn(group string) (lines []keyLine) {
	for _, k := range helpKeys {
		if k.group == group {
			lines = append(lines, keyLine{words.T("shell.help.key." + k.name), k.keys})
		}
	}
	return lines
}

func helpGroup(title string, lines []keyLine) fyne.CanvasObject {
	box := container.NewVBox(look.Text(words.T(title), look.SizeBody, true, look.ColourAccent))
	for _, l := range lines {
		row := container.NewBorder(nil, nil, nil, keyCap(l.keys), look.Body(l.name).Truncated())
		box.Add(fixedHeight(26, row))
	}
	return box
}

// keyCap draws keys the way they look on a keyboard.
func keyCap(keys string) fyne.CanvasObject {
	label := look.Text(keys, look.SizeSmall, true, look.ColourText)
	pad := container.New(layout.NewCustomPaddedLayout(2, 2, look.Unit, look.Unit), label)
	return container.NewCenter(container.NewStack(look.NewSurface(look.ColourInset, look.ColourLine, 4), pad))
}
