package assets

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// TestTypefaceHasEveryHan: a character of GBK or Big5 that is missing would show as a box.
func TestTypefaceHasEveryHan(t *testing.T) {
	for weight, data := range map[string][]byte{"regular": RegularTypeface, "bold": BoldTypeface} {
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", weight, err)
		}
		var buf sfnt.Buffer
		for name, set := range map[string]encoding.Encoding{
			"GBK": simplifiedchinese.GBK, "Big5": traditionalchinese.Big5,
		} {
			count, missing := 0, 0
			for r := rune(0x4E00); r <= 0x9FA5; r++ {
				if _, err := set.NewEncoder().String(string(r)); err != nil {
					continue
				}
				count++
				if glyph, err := face.GlyphIndex(&buf, r); err != nil || glyph == 0 {
					missing++
				}
			}
			if count < 13000 || missing > 0 {
				t.Errorf("%s: %d of %d characters of %s are missing", weight, missing, count, name)
			}
		}
	}
}

func TestTypefaceIsNamedAndLicensed(t *testing.T) {
	face, err := sfnt.Parse(BoldTypeface)
	if err != nil {
		t.Fatal(err)
	}
	family, err := face.Name(nil, sfnt.NameIDFamily)
	if err != nil || family != "Taizhang Sans" {
		t.Errorf("family %q, %v", family, err)
	}
	if !strings.Contains(TypefaceLicence, "SIL OPEN FONT LICENSE Version 1.1") {
		t.Error("the licence text is not the OFL")
	}
}

func TestIconIsPNG(t *testing.T) {
	img, err := png.DecodeConfig(bytes.NewReader(Icon))
	if err != nil || img.Width != 512 || img.Height != 512 {
		t.Errorf("icon is %dx%d, %v", img.Width, img.Height, err)
	}
}
