package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// palette is the theme's colours, looked up once a Refresh: looking them up for every
// cell would be felt while scrolling.
type palette struct {
	header, line, hover, selected, structure, idle color.Color
	text, quiet, good, warn, bad                   color.Color
	bar, barHover                                  color.Color
}

func paletteOf(th fyne.Theme) palette {
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	c := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	return palette{
		header:    c(theme.ColorNameHeaderBackground),
		line:      c(theme.ColorNameSeparator),
		hover:     c(theme.ColorNameHover),
		selected:  c(theme.ColorNameSelection),
		structure: c(theme.ColorNamePrimary),
		idle:      c(theme.ColorNameDisabled),
		text:      c(theme.ColorNameForeground),
		quiet:     c(theme.ColorNamePlaceHolder),
		good:      c(theme.ColorNameSuccess),
		warn:      c(theme.ColorNameWarning),
		bad:       c(theme.ColorNameError),
		bar:       c(theme.ColorNameScrollBar),
		barHover:  c(theme.ColorNamePlaceHolder),
	}
}

func (p *palette) tone(t Tone) color.Color {
	switch t {
	case Quiet, Struck:
		return p.quiet
	case Good:
		return p.good
	case Warn:
		return p.warn
	case Bad:
		return p.bad
	}
	return p.text
}
