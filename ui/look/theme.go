package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"taizhang/assets"
)

// Variant says which palette a Theme uses.
type Variant int

// The variants.
const (
	// FollowSystem uses light or dark as the desktop does.
	FollowSystem Variant = iota
	// Light is for desks.
	Light
	// Dark is for the wall.
	Dark
)

// Text sizes, in Fyne's units (pixels at scale 1).
const (
	SizeSmall   float32 = 12 // captions, measure words beside body text, badges
	SizeBody    float32 = 14 // everything else
	SizeHeading float32 = 18 // the head of a card or dialog
	SizeTitle   float32 = 22 // the head of a screen
	SizeFigure  float32 = 34 // the number a card is about
)

// Distances, in Fyne's units: one grid of 8, halved where things belong together.
const (
	Half     float32 = 4
	Unit     float32 = 8
	Gap      float32 = 16 // between cards, and inside a card from its edge
	RowHigh  float32 = 32 // a table row, a list line, a button
	Radius   float32 = 8  // of a card's corners
	Rule     float32 = 1  // thickness of a line
	RailWide float32 = 88 // width of the navigation rail
)

var (
	regular = fyne.NewStaticResource("TaizhangSans-Regular.otf", assets.RegularTypeface)
	bold    = fyne.NewStaticResource("TaizhangSans-Bold.otf", assets.BoldTypeface)
)

// RegularFace and BoldFace give the embedded typeface as Fyne resources, for canvas.Text
// with a source of its own.
func RegularFace() fyne.Resource { return regular }

// BoldFace is the bold of RegularFace.
func BoldFace() fyne.Resource { return bold }

// Theme is the program's fyne.Theme.
type Theme struct {
	variant Variant
	scale   float32
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme in one variant. Set it once at start with
// fyne.App.Settings().SetTheme, again when the person changes the setting.
func New(v Variant) *Theme { return &Theme{variant: v, scale: 1} }

// Scaled returns the same theme with every text and distance k times as large, for
// container.NewThemeOverride around one window's content. k below 0.5 counts as 0.5.
func (t *Theme) Scaled(k float32) *Theme { return &Theme{variant: t.variant, scale: max(k, 0.5)} }

// Variant says which variant the theme was made with.
func (t *Theme) Variant() Variant { return t.variant }

func (t *Theme) isDark(system fyne.ThemeVariant) bool {
	switch t.variant {
	case Dark:
		return true
	case Light:
		return false
	}
	return system == theme.VariantDark
}

// aliases say which of our colours stand for Fyne's own names.
var aliases = map[fyne.ThemeColorName]fyne.ThemeColorName{
	theme.ColorNameBackground:                ColourGround,
	theme.ColorNameButton:                    ColourInset,
	theme.ColorNameDisabledButton:            ColourInset,
	theme.ColorNameDisabled:                  ColourFaint,
	theme.ColorNameError:                     ColourRedText,
	theme.ColorNameForeground:                ColourText,
	theme.ColorNameForegroundOnError:         ColourSurface,
	theme.ColorNameForegroundOnPrimary:       ColourOnAccent,
	theme.ColorNameForegroundOnSuccess:       ColourSurface,
	theme.ColorNameForegroundOnWarning:       ColourSurface,
	theme.ColorNameHeaderBackground:          ColourInset,
	theme.ColorNameHyperlink:                 ColourAccent,
	theme.ColorNameInnerWindowBorder:         ColourSurface,
	theme.ColorNameInnerWindowBorderInactive: ColourInset,
	theme.ColorNameInputBackground:           ColourSurface,
	theme.ColorNameInputBorder:               ColourLine,
	theme.ColorNameMenuBackground:            ColourSurface,
	theme.ColorNameOverlayBackground:         ColourSurface,
	theme.ColorNamePlaceHolder:               ColourQuiet,
	theme.ColorNamePrimary:                   ColourAccent,
	theme.ColorNameScrollBar:                 ColourFaint,
	theme.ColorNameScrollBarBackground:       ColourGround,
	theme.ColorNameSelection:                 ColourSelection,
	theme.ColorNameSeparator:                 ColourLine,
	theme.ColorNameSuccess:                   ColourGreenText,
	theme.ColorNameWarning:                   ColourAmberText,
}

// Color looks up one of our names or Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	isDark := t.isDark(system)
	// These lie over what they mark, so they are see-through rather than a palette colour.
	switch name {
	case theme.ColorNameHover:
		return veil(isDark, 0x12)
	case theme.ColorNamePressed:
		return veil(isDark, 0x26)
	case theme.ColorNameFocus:
		c := In(isDark, ColourAccent)
		c.A = 0x40
		return c
	case theme.ColorNameShadow:
		return color.NRGBA{R: 0x0A, G: 0x14, B: 0x24, A: 0x33}
	}
	if _, ok := paletteFor(isDark).named[name]; !ok && aliases[name] == "" {
		return theme.DefaultTheme().Color(name, variantOf(isDark))
	}
	return In(isDark, name)
}

func veil(isDark bool, alpha uint8) color.NRGBA {
	c := In(isDark, ColourAccent)
	c.A = alpha
	return c
}

func variantOf(isDark bool) fyne.ThemeVariant {
	if isDark {
		return theme.VariantDark
	}
	return theme.VariantLight
}

// Font gives the embedded faces for every style: the default monospace has no Chinese, and
// Chinese has no italic.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return theme.DefaultSymbolFont()
	case style.Bold:
		return bold
	}
	return regular
}

// Icon gives Fyne's icons.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               SizeBody,
	theme.SizeNameCaptionText:        SizeSmall,
	theme.SizeNameSubHeadingText:     SizeHeading,
	theme.SizeNameHeadingText:        SizeTitle,
	theme.SizeNamePadding:            Half,
	theme.SizeNameInnerPadding:       7, // with a 14 text line an entry is 33 high, a button likewise
	theme.SizeNameInlineIcon:         18,
	theme.SizeNameLineSpacing:        Half,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    5,
	theme.SizeNameInputRadius:        6,
	theme.SizeNameButtonRadius:       6,
	theme.SizeNameSelectionRadius:    Half,
	theme.SizeNameCardRadius:         Radius,
	theme.SizeNameDialogRadius:       12,
	theme.SizeNamePopupRadius:        Radius,
	theme.SizeNameMenuRadius:         Radius,
	theme.SizeNameSeparatorThickness: Rule,
}

// Size gives our distances and Fyne's for the rest, times the theme's scale.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if name == sizeNameScale {
		return t.scale
	}
	if v, ok := sizes[name]; ok {
		return v * t.scale
	}
	return theme.DefaultTheme().Size(name) * t.scale
}

// Colour looks a name up in the theme the application uses now.
func Colour(name fyne.ThemeColorName) color.Color {
	return colourOf(theme.Current(), name)
}

// Series is SeriesIn for the theme the application uses now.
func Series(i int) color.Color { return SeriesIn(IsDark(), i) }

// IsDark says whether the application uses the dark palette now.
func IsDark() bool { return darkTheme(theme.Current()) }

func darkTheme(th fyne.Theme) bool {
	ground := colourOf(th, ColourGround)
	return ground == color.Color(In(true, ColourGround))
}

// colourFor is Colour for one widget, which may stand under a theme of its own.
func colourFor(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	return colourOf(theme.CurrentForWidget(w), name)
}

// colourOf asks the theme by name rather than by type, because an override wraps it. A theme
// that does not know our names (Fyne's test theme) gets our colours of its own variant.
func colourOf(th fyne.Theme, name fyne.ThemeColorName) color.Color {
	system := fyne.CurrentApp().Settings().ThemeVariant()
	if th.Size(sizeNameScale) > 0 {
		return th.Color(name, system)
	}
	return In(system == theme.VariantDark, name)
}

// sizeNameScale asks a theme for its scale; 0 from a theme that is not ours.
const sizeNameScale fyne.ThemeSizeName = "look.scale"

// scaled is a text size or distance under the theme of one widget, see Theme.Scaled.
func scaled(w fyne.Widget, size float32) float32 {
	if k := theme.CurrentForWidget(w).Size(sizeNameScale); k > 0 {
		return size * k
	}
	return size
}
