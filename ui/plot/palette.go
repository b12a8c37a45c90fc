package plot

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/chart"
	"taizhang/ui/look"
)

// colours is one palette by role: fills for shapes, words for text. They differ
// because an amber that shows as a bar is too weak to be read as a word.
type colours struct {
	fill, word [chart.Roles]color.NRGBA
	// ink is the text colour with more contrast on the fill of the same role.
	ink [chart.Roles]color.NRGBA
}

var lightColours, darkColours, wallColours = newColours(false), newColours(true), newWallColours()

// newWallColours are the dark colours as they must be eight metres away: the ground
// without cards on it, fills bright enough that words on them have 7:1.
func newWallColours() *colours {
	c := newColours(true)
	ground := look.In(true, look.ColourGround)
	c.fill[chart.RoleGround], c.word[chart.RoleGround] = ground, ground
	for r, fill := range map[chart.Role]uint32{
		chart.RoleQuiet: 0x9DACC6, chart.RoleLine: 0x2E4368, chart.RoleBad: 0xFF7A6E,
		chart.RoleStructure: 0x93BFFF, chart.RoleHighlight: 0x93BFFF,
		chart.Series(0): 0x7DB1FF, chart.Series(2): 0x35B8A1, chart.Series(4): 0x6CAEEC, chart.Series(6): 0xB49DF6,
	} {
		c.fill[r] = color.NRGBA{R: uint8(fill >> 16), G: uint8(fill >> 8), B: uint8(fill), A: 0xff}
	}
	for i := range chart.SeriesCount {
		c.word[chart.Series(i)] = c.fill[chart.Series(i)]
	}
	c.word[chart.RoleBad] = color.NRGBA{R: 0xFF, G: 0xAD, B: 0xA6, A: 0xff}
	c.word[chart.RoleStructure], c.word[chart.RoleHighlight] = c.fill[chart.RoleStructure], c.fill[chart.RoleHighlight]
	c.setInks(7)
	return c
}

func newColours(dark bool) *colours {
	c := &colours{}
	set := func(r chart.Role, fill, word fyne.ThemeColorName) {
		c.fill[r], c.word[r] = look.In(dark, fill), look.In(dark, word)
	}
	set(chart.RoleGround, look.ColourSurface, look.ColourSurface)
	set(chart.RoleText, look.ColourText, look.ColourText)
	set(chart.RoleQuiet, look.ColourFaint, look.ColourQuiet)
	set(chart.RoleLine, look.ColourLine, look.ColourQuiet)
	set(chart.RoleGood, look.ColourGreen, look.ColourGreenText)
	set(chart.RoleWarn, look.ColourAmber, look.ColourAmberText)
	set(chart.RoleBad, look.ColourRed, look.ColourRedText)
	set(chart.RoleStructure, look.ColourAccent, look.ColourAccent)
	set(chart.RoleHighlight, look.ColourAccent, look.ColourAccent)
	for i := range chart.SeriesCount {
		s := look.SeriesIn(dark, i)
		c.fill[chart.Series(i)], c.word[chart.Series(i)] = s, s
	}
	c.setInks(4.5)
	return c
}

// setInks chooses the text colour on each fill: of the palette's own where they have
// the contrast least, else black or white.
func (c *colours) setInks(least float64) {
	inks := [...]color.NRGBA{c.word[chart.RoleText], c.fill[chart.RoleGround], {A: 0xff}, {0xff, 0xff, 0xff, 0xff}}
	for r, fill := range c.fill {
		c.ink[r] = color.NRGBA{}
		for _, ink := range inks {
			if now := contrast(c.ink[r], fill); c.ink[r].A == 0 || (now < least && contrast(ink, fill) > now) {
				c.ink[r] = ink
			}
		}
	}
}

// coloursFor are the colours under the theme that w stands under; those of the wall
// are always the same.
func coloursFor(w *Chart) *colours {
	if w.wall {
		return wallColours
	}
	dark := fyne.CurrentApp().Settings().ThemeVariant() == theme.VariantDark
	if ours, ok := theme.CurrentForWidget(w).(*look.Theme); ok && ours.Variant() != look.FollowSystem {
		dark = ours.Variant() == look.Dark
	}
	if dark {
		return darkColours
	}
	return lightColours
}

// of is the colour of one shape.
func (c *colours) of(s chart.Shape) color.NRGBA {
	role := s.Role
	if int(role) >= chart.Roles {
		role = chart.RoleText
	}
	out := c.fill[role]
	if s.Kind == chart.KindText {
		out = c.word[role]
		if s.On != chart.RoleGround && int(s.On) < chart.Roles {
			out = c.ink[s.On]
		}
	}
	if s.Opacity > 0 && s.Opacity < 1 {
		out.A = uint8(math.Round(s.Opacity * 255))
	}
	return out
}

// contrast is the WCAG contrast ratio, 1 to 21, of two opaque colours.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
