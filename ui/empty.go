package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// newEmptyOverview is the overview of a ledger without any record: what to do
// first, and what that looks like.
func newEmptyOverview(s *Session) fyne.CanvasObject {
	mark := canvas.NewImageFromResource(theme.NewColoredResource(iconMark, look.ColourAccent))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(56))
	title := look.Text(words.T("overview.empty.title"), look.SizeTitle, true, look.ColourText).Aligned(fyne.TextAlignCenter)
	lead := look.Text(words.T("overview.empty.lead"), look.SizeBody+1, false, look.ColourQuiet).Aligned(fyne.TextAlignCenter)
	record := look.NewButton(words.T("overview.empty.record"), iconPlus, look.Primary, s.Record)
	site := look.NewButton(words.T("overview.empty.site"), nil, look.Secondary, func() { s.Open(Opening{Place: PlaceIsolation}) })
	unit := look.NewButton(words.T("overview.empty.units"), nil, look.Secondary, func() { s.Open(Opening{Place: PlaceSettings}) })
	buttons := container.NewHBox(layout.NewSpacer(), s.tips.tipped(record, tipOf("record")), space(look.Half), unit, space(look.Half), site, layout.NewSpacer())
	column := container.NewVBox(mark, gap(), title, lead, gap(), exampleLine(), gap(), buttons)
	return container.NewCenter(look.Card(look.Inset(column, look.Gap*1.5)))
}

// exampleLine shows one entry as it is typed and what it becomes.
func exampleLine() fyne.CanvasObject {
	row := container.NewHBox(layout.NewSpacer())
	for i, part := range []string{"unit", "day", "item", "quantity"} {
		if i > 0 {
			row.Add(space(look.Half))
		}
		row.Add(exampleField(words.T("overview.empty."+part), words.T("overview.empty."+part+".typed"), words.T("overview.empty."+part+".found")))
	}
	row.Add(layout.NewSpacer())
	return container.NewStack(look.NewSurface(look.ColourInset, "", look.Radius), look.Inset(row, look.Gap))
}

func exampleField(name, typed, found string) fyne.CanvasObject {
	box := container.NewStack(look.NewSurface(look.ColourSurface, look.ColourLine, 6),
		fixedHeight(look.RowHigh, container.New(layout.NewCustomPaddedLayout(0, 0, 10, 10), look.Text(typed, look.SizeBody, true, look.ColourText))))
	return fixedWidth(148, container.NewVBox(look.Quiet(name), box, look.Text(found, look.SizeSmall, false, look.ColourAccent)))
}
