package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// rail is the deep blue column of places at the left.
type rail struct {
	box   fyne.CanvasObject
	items map[Place]*pressable
	words map[Place]*look.Label
}

func newRail(d *desk) *rail {
	r := &rail{items: map[Place]*pressable{}, words: map[Place]*look.Label{}}
	list := container.NewVBox(railMark())
	for i, p := range places[:len(places)-1] {
		list.Add(r.item(d, p, fmt.Sprintf("Ctrl+%d", i+1)))
	}
	foot := container.NewVBox(demoClock(d.session),
		r.item(d, PlaceSettings, fmt.Sprintf("Ctrl+%d", len(places))),
		railButton(d, theme.QuestionIcon(), words.T("shell.help"), tipOf("help"), d.help))
	column := container.New(layout.NewCustomPaddedLayout(0, look.Unit, 6, 6), container.NewBorder(list, foot, nil, nil))
	r.box = container.NewStack(look.NewSurface(look.ColourStructure, "", 0), fixedWidth(look.RailWide, column))
	return r
}

// railMark is the program's sign at the head of the rail.
func railMark() fyne.CanvasObject {
	mark := canvas.NewImageFromResource(theme.NewColoredResource(iconMark, look.ColourStructureText))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(26))
	name := look.Text(words.T("shell.mark"), look.SizeSmall, true, look.ColourStructureText).Aligned(fyne.TextAlignCenter)
	return container.New(layout.NewCustomPaddedLayout(look.Gap, 12, 0, 0), container.NewVBox(mark, name))
}

// demoClock says that the clock stands still, so that nobody takes a
// demonstration for the live ledger; nothing while the clock runs.
func demoClock(s *Session) fyne.CanvasObject {
	if !s.Services.FixedClock {
		return space(0)
	}
	now, lines := s.Now(), stacked(0)
	for _, line := range []string{words.T("shell.demo"), now.Format("2006-01-02"), now.Format("15:04")} {
		lines.Add(look.Text(line, look.SizeSmall, false, look.ColourStructureText).Aligned(fyne.TextAlignCenter))
	}
	plate := look.NewSurface(look.ColourStructureHover, look.ColourStructureSelected, look.Radius)
	return withTip(s, container.NewStack(plate, container.New(layout.NewCustomPaddedLayout(6, 6, 0, 0), lines)), words.T("shell.demo.tip"))
}

func (r *rail) item(d *desk, p Place, keys string) fyne.CanvasObject {
	word := words.T("shell.place." + string(p))
	item, label := railEntry(iconFor(p), word, func() { d.goTo(p) })
	item.withTip(d.shell.tips, word+"  "+keys)
	r.items[p], r.words[p] = item, label
	return item
}

func railButton(d *desk, icon fyne.Resource, word, tip string, onTap func()) fyne.CanvasObject {
	item, _ := railEntry(icon, word, onTap)
	return item.withTip(d.shell.tips, tip)
}

func railEntry(icon fyne.Resource, word string, onTap func()) (*pressable, *look.Label) {
	image := canvas.NewImageFromResource(theme.NewColoredResource(icon, look.ColourStructureText))
	image.FillMode = canvas.ImageFillContain
	image.SetMinSize(fyne.NewSquareSize(24))
	label := look.Text(word, look.SizeSmall+1, false, look.ColourStructureQuiet).Aligned(fyne.TextAlignCenter)
	inner := container.New(layout.NewCustomPaddedLayout(9, 7, 0, 0), container.NewVBox(image, label))
	item := newPressable(inner, look.ColourStructure, look.ColourStructureHover, "", look.Radius, onTap)
	item.chosen = look.ColourStructureSelected
	return item, label
}

func (r *rail) choose(p Place) {
	for place, item := range r.items {
		item.choose(place == p)
		r.words[place].SetBold(place == p)
		colour := look.ColourStructureQuiet
		if place == p {
			colour = look.ColourStructureText
		}
		r.words[place].SetColour(colour)
	}
}

func (r *rail) update(ledger.Figures) {}

// fixedWidth gives content a width of its own.
func fixedWidth(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(widthLayout(width), content)
}

type widthLayout float32

func (w widthLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(w), o[0].MinSize().Height)
}

func (w widthLayout) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
