package plot

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"taizhang/app/chart"
	"taizhang/app/wall"
	"taizhang/app/wall/trial"
	texts "taizhang/app/words"
)

// TestPicturesOfPages compares every page, empty, of the sample, with a red alert and
// stale, with its picture. After a wanted change look at testdata/failed/wall and copy
// what is right over testdata/wall. Pictures are kept in the wall's colours and three
// steps between each and the ground: a quarter of the bytes, and every edge and shade
// that a room can tell apart.
func TestPicturesOfPages(t *testing.T) {
	test.NewApp()
	defer texts.Use(texts.Current())
	texts.Use(texts.Simplified)
	for _, c := range trial.Cases()[:4] {
		for _, p := range wall.Pages {
			for _, d := range [][2]int{{1920, 1080}, {3840, 1080}} {
				img, pic := hang(t, page(p, c.View), d[0], d[1])
				name := fmt.Sprintf("%s-%s-%dx%d.png", p, c.Name, d[0], d[1])
				picture(t, name, stepped(img))
				if d[0] == 1920 && (c.Name != "empty" || p == wall.PageSituation) {
					readable(t, name, img, pic)
				}
			}
		}
	}
	img, _ := hang(t, listed(rows(), 2, trial.Cases()[1].View), 1920, 1080)
	picture(t, "rows-1920x1080.png", stepped(img))
}

// steps are the colours that pictures are kept in.
func steps() color.Palette {
	var list color.Palette
	seen := map[color.NRGBA]bool{}
	add := func(c color.NRGBA) {
		if c.A = 0xff; !seen[c] {
			seen[c] = true
			list = append(list, c)
		}
	}
	ground := wallColours.fill[chart.RoleGround]
	for _, opacity := range []float64{1, 0.75, 0.5, 0.25, chart.MarkVeil, 0.08} {
		for r := range chart.Roles {
			add(over(wallColours.fill[r], ground, opacity))
			add(over(wallColours.word[r], ground, opacity))
		}
	}
	return list[:min(len(list), 256)]
}

// stepped is a picture with each colour replaced by the nearest of steps.
func stepped(img image.Image) *image.Paletted {
	out := image.NewPaletted(img.Bounds(), steps())
	nearest := map[color.NRGBA]uint8{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := at(img, x, y)
			i, ok := nearest[c]
			if !ok {
				i = uint8(out.Palette.Index(c))
				nearest[c] = i
			}
			out.SetColorIndex(x, y, i)
		}
	}
	return out
}

// picture compares img with its master, and leaves it in failed where they differ.
func picture(t *testing.T, name string, img *image.Paletted) {
	t.Helper()
	if master, err := os.ReadFile(filepath.Join("testdata", "wall", name)); err == nil {
		if want, err := png.Decode(bytes.NewReader(master)); err == nil && alike(img, want) {
			return
		}
	}
	failed := filepath.Join("testdata", "failed", "wall")
	if err := os.MkdirAll(failed, 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(failed, name), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Errorf("%s is not what it was: see %s", name, failed)
}

// alike compares the pixels of a picture with a master's.
func alike(img *image.Paletted, master image.Image) bool {
	want, ok := master.(*image.Paletted)
	if !ok || want.Bounds() != img.Bounds() {
		return false
	}
	colours := make([]color.Color, len(want.Palette))
	for i, c := range want.Palette {
		colours[i] = color.NRGBAModel.Convert(c)
	}
	for i, c := range img.Pix {
		if img.Palette[c] != colours[want.Pix[i]] {
			return false
		}
	}
	return true
}
