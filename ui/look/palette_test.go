package look

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
)

// luminance and contrast are WCAG 2's definitions.
func luminance(c color.NRGBA) float64 {
	r, g, b := linear(c)
	return 0.2126*r + 0.7152*g + 0.0722*b
}

func linear(c color.NRGBA) (r, g, b float64) {
	f := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return f(c.R), f(c.G), f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrastOfKnownPairs(t *testing.T) {
	if c := contrast(rgb(0), rgb(0xFFFFFF)); math.Abs(c-21) > 0.01 {
		t.Errorf("black on white is %.2f, want 21", c)
	}
	if c := contrast(rgb(0x767676), rgb(0xFFFFFF)); math.Abs(c-4.54) > 0.01 {
		t.Errorf("#767676 on white is %.2f, want 4.54", c)
	}
}

func TestTextCanBeRead(t *testing.T) {
	texts := []fyne.ThemeColorName{
		ColourText, ColourQuiet, ColourAccent, ColourGreenText, ColourAmberText, ColourRedText,
	}
	grounds := []fyne.ThemeColorName{ColourGround, ColourSurface}
	for _, isDark := range []bool{false, true} {
		least := 4.5
		if isDark {
			least = 7 // the wall is read from ten metres
		}
		for _, text := range texts {
			for _, ground := range grounds {
				checkContrast(t, isDark, text, ground, least)
			}
			for _, ground := range []fyne.ThemeColorName{ColourInset, ColourHover, ColourSelection} {
				checkContrast(t, isDark, text, ground, 4.5)
			}
		}
	}
}

func TestTextOnColouredGroundsCanBeRead(t *testing.T) {
	pairs := [][2]fyne.ThemeColorName{
		{ColourStructureText, ColourStructure},
		{ColourStructureText, ColourStructureHover},
		{ColourStructureText, ColourStructureSelected},
		{ColourStructureQuiet, ColourStructure},
		{ColourStructureQuiet, ColourStructureHover},
		{ColourOnAccent, ColourAccent},
		{ColourOnAccent, ColourAccentHover},
	}
	for s := Neutral; s <= Bad; s++ {
		pairs = append(pairs, [2]fyne.ThemeColorName{s.Ink(), s.Tint()})
	}
	for _, isDark := range []bool{false, true} {
		for _, p := range pairs {
			checkContrast(t, isDark, p[0], p[1], 4.5)
		}
	}
}

func TestShapesCanBeSeen(t *testing.T) {
	for _, isDark := range []bool{false, true} {
		for _, name := range []fyne.ThemeColorName{ColourGreen, ColourRed, ColourFaint} {
			checkContrast(t, isDark, name, ColourSurface, 2.9)
		}
		for i := range SeriesCount {
			// Values are written on or beside bars, so 2.5 is enough to see the shape.
			if c := contrast(SeriesIn(isDark, i), In(isDark, ColourSurface)); c < 2.5 {
				t.Errorf("dark=%v: series %d on a card is %.2f:1", isDark, i, c)
			}
		}
	}
}

func checkContrast(t *testing.T, isDark bool, text, ground fyne.ThemeColorName, least float64) {
	t.Helper()
	if c := contrast(In(isDark, text), In(isDark, ground)); c < least {
		t.Errorf("dark=%v: %s on %s is %.2f:1, want %.1f:1", isDark, text, ground, c, least)
	}
}

// How dichromats see a linear RGB colour: Machado, Oliveira and Fernandes 2009, severity 1.
var sight = map[string][3][3]float64{
	"full": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protan": {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998}},
	"deutan": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881}},
}

func lab(c color.NRGBA, m [3][3]float64) [3]float64 {
	r, g, b := linear(c)
	var v [3]float64
	for i := range v {
		v[i] = min(max(m[i][0]*r+m[i][1]*g+m[i][2]*b, 0), 1)
	}
	f := func(x float64) float64 {
		if x > 0.008856 {
			return math.Cbrt(x)
		}
		return 7.787*x + 16.0/116
	}
	x := f((0.4124*v[0] + 0.3576*v[1] + 0.1805*v[2]) / 0.9505)
	y := f(0.2126*v[0] + 0.7152*v[1] + 0.0722*v[2])
	z := f((0.0193*v[0] + 0.1192*v[1] + 0.9505*v[2]) / 1.089)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func apart(a, b [3]float64) float64 {
	return math.Sqrt(math.Pow(a[0]-b[0], 2) + math.Pow(a[1]-b[1], 2) + math.Pow(a[2]-b[2], 2))
}

// TestSeriesStayApartForColourBlindEyes wants neighbours well apart and no two alike.
func TestSeriesStayApartForColourBlindEyes(t *testing.T) {
	for _, isDark := range []bool{false, true} {
		for eyes, m := range sight {
			for i := range SeriesCount {
				for j := i + 1; j < SeriesCount; j++ {
					least := 11.0
					if j == i+1 {
						least = 24
					}
					d := apart(lab(SeriesIn(isDark, i), m), lab(SeriesIn(isDark, j), m))
					if d < least {
						t.Errorf("dark=%v %s: series %d and %d are %.1f apart, want %.0f", isDark, eyes, i, j, d, least)
					}
				}
			}
		}
	}
}

func TestPalettesNameTheSameColours(t *testing.T) {
	for name := range light.named {
		if _, ok := dark.named[name]; !ok {
			t.Errorf("%s is missing in the dark palette", name)
		}
	}
	if len(light.named) != len(dark.named) {
		t.Errorf("%d light colours, %d dark", len(light.named), len(dark.named))
	}
	if In(false, "nonsense") != rgb(0xFF00FF) {
		t.Error("an unknown name must be loud")
	}
}
