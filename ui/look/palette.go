// Package look is how the program looks: the theme, the palette, text sizes and the few
// small pieces (cards, figures, badges, buttons) that every screen is made of.
//
// Colours are named, never written as numbers in screens: a name is looked up in the light
// palette for desks or the dark one for the wall. Widgets of this package look their names
// up again whenever they are refreshed, so they follow a theme change by themselves;
// a bare canvas object does not.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Names of colours, to be used with Colour, In, Label and the other widgets here.
// Those called ...Text are safe to read: at least 4.5:1 on Ground, Surface and their own
// tint in the light palette and 7:1 on Ground and Surface in the dark one.
const (
	// ColourStructure is the deep blue of the navigation rail and other structure.
	ColourStructure fyne.ThemeColorName = "look.structure"
	// ColourStructureHover lies behind the pointer on structure.
	ColourStructureHover fyne.ThemeColorName = "look.structureHover"
	// ColourStructureSelected marks the chosen place on structure.
	ColourStructureSelected fyne.ThemeColorName = "look.structureSelected"
	// ColourStructureText is text on structure.
	ColourStructureText fyne.ThemeColorName = "look.structureText"
	// ColourStructureQuiet is less important text on structure.
	ColourStructureQuiet fyne.ThemeColorName = "look.structureQuiet"

	// ColourGround is the window behind the cards.
	ColourGround fyne.ThemeColorName = "look.ground"
	// ColourSurface is a card.
	ColourSurface fyne.ThemeColorName = "look.surface"
	// ColourInset is a field or header sunk into a card.
	ColourInset fyne.ThemeColorName = "look.inset"
	// ColourLine is a thin edge or rule.
	ColourLine fyne.ThemeColorName = "look.line"
	// ColourText is ordinary text.
	ColourText fyne.ThemeColorName = "look.text"
	// ColourQuiet is less important text: measure words, dates, captions.
	ColourQuiet fyne.ThemeColorName = "look.quiet"
	// ColourFaint is for signs and disabled things; too weak for text that must be read.
	ColourFaint fyne.ThemeColorName = "look.faint"
	// ColourSelection lies behind a selected row.
	ColourSelection fyne.ThemeColorName = "look.selection"
	// ColourHover lies behind the row or button under the pointer.
	ColourHover fyne.ThemeColorName = "look.hover"

	// ColourAccent is what can be pressed: primary buttons, links, the caret.
	ColourAccent fyne.ThemeColorName = "look.accent"
	// ColourAccentHover is ColourAccent under the pointer.
	ColourAccentHover fyne.ThemeColorName = "look.accentHover"
	// ColourOnAccent is text on ColourAccent.
	ColourOnAccent fyne.ThemeColorName = "look.onAccent"

	// ColourGreen, ColourAmber and ColourRed fill shapes that show a state. Never alone:
	// a word or sign always stands with them.
	ColourGreen fyne.ThemeColorName = "look.green"
	ColourAmber fyne.ThemeColorName = "look.amber"
	ColourRed   fyne.ThemeColorName = "look.red"
	// ColourGreenText, ColourAmberText and ColourRedText are for words.
	ColourGreenText fyne.ThemeColorName = "look.greenText"
	ColourAmberText fyne.ThemeColorName = "look.amberText"
	ColourRedText   fyne.ThemeColorName = "look.redText"
	// ColourGreenTint, ColourAmberTint, ColourRedTint and ColourBlueTint lie behind words.
	ColourGreenTint fyne.ThemeColorName = "look.greenTint"
	ColourAmberTint fyne.ThemeColorName = "look.amberTint"
	ColourRedTint   fyne.ThemeColorName = "look.redTint"
	ColourBlueTint  fyne.ThemeColorName = "look.blueTint"
)

// palette is one set of named colours and the ordered colours of chart series.
type palette struct {
	named  map[fyne.ThemeColorName]color.NRGBA
	series [SeriesCount]color.NRGBA
}

// SeriesCount is how many chart series have a colour of their own.
const SeriesCount = 8

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

var light = palette{
	named: map[fyne.ThemeColorName]color.NRGBA{
		ColourStructure:         rgb(0x14336B),
		ColourStructureHover:    rgb(0x1D4284),
		ColourStructureSelected: rgb(0x2A559F),
		ColourStructureText:     rgb(0xFFFFFF),
		ColourStructureQuiet:    rgb(0xB9CBEA),
		ColourGround:            rgb(0xF4F6FA),
		ColourSurface:           rgb(0xFFFFFF),
		ColourInset:             rgb(0xF0F3F8),
		ColourLine:              rgb(0xDDE3EC),
		ColourText:              rgb(0x17233A),
		ColourQuiet:             rgb(0x56627A),
		ColourFaint:             rgb(0x8B96AB),
		ColourSelection:         rgb(0xDCE8FB),
		ColourHover:             rgb(0xEAF0F9),
		ColourAccent:            rgb(0x1F56A8),
		ColourAccentHover:       rgb(0x18478E),
		ColourOnAccent:          rgb(0xFFFFFF),
		ColourGreen:             rgb(0x2E9E5B),
		ColourAmber:             rgb(0xDB9300),
		ColourRed:               rgb(0xD0382E),
		ColourGreenText:         rgb(0x176B39),
		ColourAmberText:         rgb(0x825300),
		ColourRedText:           rgb(0xAE231B),
		ColourGreenTint:         rgb(0xE2F4E9),
		ColourAmberTint:         rgb(0xFCF0D4),
		ColourRedTint:           rgb(0xFBE6E4),
		ColourBlueTint:          rgb(0xE4EDFA),
	},
	series: [SeriesCount]color.NRGBA{
		rgb(0x1F56A8), rgb(0xE08F1E), rgb(0x30806A), rgb(0xA04B98),
		rgb(0x4DA9E5), rgb(0x7D4D17), rgb(0x867ADF), rgb(0x5A6D7B),
	},
}

var dark = palette{
	named: map[fyne.ThemeColorName]color.NRGBA{
		ColourStructure:         rgb(0x0D2249),
		ColourStructureHover:    rgb(0x163264),
		ColourStructureSelected: rgb(0x20437F),
		ColourStructureText:     rgb(0xFFFFFF),
		ColourStructureQuiet:    rgb(0xB4C6E6),
		ColourGround:            rgb(0x0A1424),
		ColourSurface:           rgb(0x122038),
		ColourInset:             rgb(0x0E1A2E),
		ColourLine:              rgb(0x27395A),
		ColourText:              rgb(0xEDF2FA),
		ColourQuiet:             rgb(0xB3C1D8),
		ColourFaint:             rgb(0x7485A2),
		ColourSelection:         rgb(0x1F3C6B),
		ColourHover:             rgb(0x1A2C4A),
		ColourAccent:            rgb(0x7FB2FF),
		ColourAccentHover:       rgb(0xA3C8FF),
		ColourOnAccent:          rgb(0x0A1424),
		ColourGreen:             rgb(0x3FBF77),
		ColourAmber:             rgb(0xF0B429),
		ColourRed:               rgb(0xF2665B),
		ColourGreenText:         rgb(0x6FDB9C),
		ColourAmberText:         rgb(0xF6C65B),
		ColourRedText:           rgb(0xFFA199),
		ColourGreenTint:         rgb(0x123A2B),
		ColourAmberTint:         rgb(0x3D3113),
		ColourRedTint:           rgb(0x46222A),
		ColourBlueTint:          rgb(0x1B335B),
	},
	series: [SeriesCount]color.NRGBA{
		rgb(0x6FA8FF), rgb(0xF8A146), rgb(0x2A9E8A), rgb(0xFFAADD),
		rgb(0x3F81BF), rgb(0xE5C38A), rgb(0x8D73E7), rgb(0x9CACB9),
	},
}

func paletteFor(isDark bool) *palette {
	if isDark {
		return &dark
	}
	return &light
}

// In gives a named colour of the light or the dark palette, whatever the theme: for the
// wall, which is always dark, and for pictures on paper, always light. A name that is
// neither ours nor Fyne's comes back as a loud magenta, so that a typing error is seen.
func In(isDark bool, name fyne.ThemeColorName) color.NRGBA {
	if ours, ok := aliases[name]; ok {
		name = ours
	}
	if c, ok := paletteFor(isDark).named[name]; ok {
		return c
	}
	return rgb(0xFF00FF)
}

// SeriesIn gives the colour of chart series i (0 is the first) in the light or dark palette.
// Neighbours stay apart for colour-blind eyes; from SeriesCount on the colours begin again.
func SeriesIn(isDark bool, i int) color.NRGBA {
	return paletteFor(isDark).series[((i%SeriesCount)+SeriesCount)%SeriesCount]
}
