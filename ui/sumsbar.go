package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// sumsBar is the line of sums at the foot of a table: one for each item, as many
// as there is room for, and the number of the others, which a press shows.
// Quantities of different items are never added.
type sumsBar struct {
	root  *fyne.Container
	parts []fyne.CanvasObject
	more  *look.Button
}

// itemSum is one sum as people read it.
type itemSum struct {
	name, number, measure string
	entries               int64
}

func newSumsBar(onMore func()) *sumsBar {
	b := &sumsBar{}
	b.more = look.NewButton("", nil, look.Plain, onMore)
	b.root = container.New(sumsLayout{b}, b.more)
	return b
}

// namedSums puts sums into words, in the order of the catalogue.
func namedSums(dir *directory, sums []ledger.ItemSum) []itemSum {
	at := make(map[ledger.ID]ledger.ItemSum, len(sums))
	for _, s := range sums {
		at[s.Item] = s
	}
	var list []itemSum
	for _, i := range dir.items {
		s, ok := at[i.ID]
		if !ok || s.Entries == 0 {
			continue
		}
		delete(at, i.ID)
		list = append(list, itemSum{name: i.Value.Name, number: words.Sum(s.Sum), measure: i.Value.Measure, entries: s.Entries})
	}
	for _, s := range sums { // of items whose records have not come yet
		if _, left := at[s.Item]; left && s.Entries > 0 {
			list = append(list, itemSum{name: dir.itemName(s.Item), number: words.Sum(s.Sum), entries: s.Entries})
		}
	}
	return list
}

func (b *sumsBar) set(sums []itemSum) {
	b.parts = nil
	for _, s := range sums {
		b.parts = append(b.parts, inRow(look.Half,
			look.Text(s.name, look.SizeBody, false, look.ColourQuiet),
			look.Text(s.number, look.SizeBody, true, look.ColourText),
			look.Text(s.measure, look.SizeSmall, false, look.ColourQuiet)))
	}
	b.root.Objects = append(append([]fyne.CanvasObject{}, b.parts...), b.more)
	b.root.Refresh()
}

// sumsButton is the room kept for the button, in any language.
const sumsButton float32 = 112

// sumsLayout shows as many sums as fit; sumsBar.more says how many do not.
type sumsLayout struct{ b *sumsBar }

func (sumsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, look.RowHigh)
}

func (l sumsLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b := l.b
	x, shown := float32(0), 0
	for i, p := range b.parts {
		wide := p.MinSize().Width
		fits := shown == i && x+wide <= size.Width-sumsButton
		p.Hide()
		if fits {
			p.Move(fyne.NewPos(x, 0))
			p.Resize(fyne.NewSize(wide, size.Height))
			p.Show()
			x += wide + look.Gap
			shown++
		}
	}
	b.showMore(len(b.parts)-shown, x, size)
}

func (b *sumsBar) showMore(hidden int, x float32, size fyne.Size) {
	b.more.Hidden = len(b.parts) == 0
	if hidden > 0 {
		b.more.SetText(words.T("publicity.sums.more", "n", hidden))
	} else {
		b.more.SetText(words.T("publicity.sums.all"))
	}
	least := b.more.MinSize()
	b.more.Resize(fyne.NewSize(least.Width, size.Height))
	b.more.Move(fyne.NewPos(min(x, size.Width-least.Width), 0))
}
