package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/settings"
	"taizhang/app/wall"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// wallTurns are how long a page of the wall may be set to stay, in seconds.
var wallTurns = []int{10, 20, 30, 60}

// wallCard chooses the display of the wall and how fast its pages turn. Both hold
// from the next time that it is opened.
func (v *settingsScreen) wallCard() fyne.CanvasObject {
	s := v.session
	values := s.Settings.Get()
	every := int(wallEvery(values) / time.Second)
	var turns []string
	for _, n := range wallTurns {
		turns = append(turns, words.T("settings.wall.seconds", "n", n))
	}
	turn := look.NewSegments(turns, slices.Index(wallTurns, every), func(i int) {
		s.shell.change(func(v *settings.Values) { v.WallEvery = wallTurns[i] })
	})
	open := look.NewButton(words.T("shell.key.wall"), iconWall, look.Secondary, func() { s.shell.desk.run("wall") })
	rows := []fyne.CanvasObject{settingRow(words.T("settings.wall.every"), container.NewHBox(turn)),
		settingRow(words.T("settings.wall.display"), v.wallDisplays()),
		container.NewHBox(s.tips.tipped(open, tipOf("wall")))}
	return look.CardTitled(words.T("settings.wall"), nil, container.NewVBox(rows...))
}

// wallDisplays are the displays that are plugged in, by name.
func (v *settingsScreen) wallDisplays() fyne.CanvasObject {
	s := v.session
	var list []Display
	if s.Services.Displays != nil {
		list = s.Services.Displays()
	}
	if len(list) < 2 {
		return look.Text(words.T("settings.wall.one"), look.SizeBody, false, look.ColourQuiet).Truncated()
	}
	chosen := wallDisplay(list, s.Settings.Get().WallDisplay)
	var names []string
	at := -1
	for i, d := range list {
		names = append(names, d.String())
		if d.Name == chosen.Name {
			at = i
		}
	}
	return container.NewHBox(look.NewSegments(names, at, func(i int) {
		s.shell.change(func(v *settings.Values) { v.WallDisplay = list[i].Name })
	}))
}

// wallEvery is how long a page stays by the settings.
func wallEvery(v settings.Values) time.Duration {
	if v.WallEvery <= 0 {
		return wall.DefaultEvery
	}
	return time.Duration(v.WallEvery) * time.Second
}
