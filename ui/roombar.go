package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// roomState is one of the four things a room can be.
type roomState struct {
	key  string // of the words, and of the fields of a report
	fill fyne.ThemeColorName
}

// roomStates are in the order a room goes through them; the colour never stands
// without its word.
var roomStates = [4]roomState{
	{"ready", look.ColourGreen}, {"occupied", look.ColourAccent},
	{"cleaning", look.ColourAmber}, {"unavailable", look.ColourFaint},
}

func (r roomState) word() string { return words.T("isolation.room." + r.key) }

// roomCounts are the rooms of a site by state; known is false without a report.
type roomCounts struct {
	rooms int64
	by    [4]int64
	known bool
}

func countsOf(s ledger.SiteFigure) roomCounts {
	return roomCounts{rooms: s.Rooms.N, known: s.Ready.Known,
		by: [4]int64{s.Ready.N, s.Occupied.N, s.Cleaning.N, s.Unavailable.N}}
}

// roomBar shows rooms as a bar of four states, with each state's word and
// number below.
type roomBar struct {
	widget.BaseWidget
	counts roomCounts
}

func newRoomBar() *roomBar {
	b := &roomBar{}
	b.ExtendBaseWidget(b)
	return b
}

func (b *roomBar) set(c roomCounts) {
	if c != b.counts {
		b.counts = c
		b.Refresh()
	}
}

// AccessibilityLabel reads the states and numbers.
func (b *roomBar) AccessibilityLabel() string {
	if !b.counts.known {
		return words.T("count.unstated")
	}
	label := ""
	for i, s := range roomStates {
		label += s.word() + " " + ledger.GroupDigits(b.counts.by[i]) + " "
	}
	return label
}

// AccessibilityRole says that this is text.
func (b *roomBar) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

const (
	roomBarHigh   = 14
	roomBarGap    = 2
	roomLegendBox = 9
)

// CreateRenderer is part of fyne.Widget.
func (b *roomBar) CreateRenderer() fyne.WidgetRenderer {
	r := &roomBarRenderer{bar: b, track: canvas.NewRectangle(nil)}
	for i := range roomStates {
		r.part[i], r.box[i] = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
		r.word[i], r.number[i] = canvas.NewText("", nil), canvas.NewText("", nil)
	}
	r.apply()
	return r
}

type roomBarRenderer struct {
	bar          *roomBar
	track        *canvas.Rectangle
	part, box    [4]*canvas.Rectangle
	word, number [4]*canvas.Text
}

func (r *roomBarRenderer) apply() {
	c := r.bar.counts
	r.track.FillColor, r.track.StrokeColor = look.Colour(look.ColourInset), look.Colour(look.ColourLine)
	r.track.StrokeWidth, r.track.CornerRadius = look.Rule, 4
	r.track.Hidden = c.known && c.rooms > 0
	for i, s := range roomStates {
		r.part[i].FillColor, r.part[i].CornerRadius = look.Colour(s.fill), 3
		r.part[i].Hidden = !c.known || c.by[i] <= 0
		r.box[i].FillColor, r.box[i].CornerRadius = look.Colour(s.fill), 2
		r.word[i].Text, r.word[i].TextSize, r.word[i].Color = s.word(), look.SizeSmall, look.Colour(look.ColourQuiet)
		r.number[i].Text, r.number[i].Color = words.T("count.unstated"), look.Colour(look.ColourQuiet)
		r.number[i].TextSize, r.number[i].TextStyle.Bold = look.SizeSmall, false
		if c.known {
			r.number[i].Text, r.number[i].Color = ledger.GroupDigits(c.by[i]), look.Colour(look.ColourText)
			r.number[i].TextSize, r.number[i].TextStyle.Bold = look.SizeHeading, true
		}
	}
}

func (r *roomBarRenderer) Layout(size fyne.Size) {
	r.track.Resize(fyne.NewSize(size.Width, roomBarHigh))
	r.layoutParts(size.Width)
	cell, y := size.Width/4, float32(roomBarHigh+look.Unit)
	for i := range roomStates {
		x := float32(int(cell * float32(i)))
		word := r.word[i].MinSize()
		r.box[i].Move(fyne.NewPos(x, y+(word.Height-roomLegendBox)/2))
		r.box[i].Resize(fyne.NewSquareSize(roomLegendBox))
		r.word[i].Move(fyne.NewPos(x+roomLegendBox+5, y))
		r.word[i].Resize(word)
		number := r.number[i].MinSize()
		r.number[i].Move(fyne.NewPos(x+roomLegendBox+5, y+word.Height+(numberHigh()-number.Height)/2))
		r.number[i].Resize(number)
	}
}

func numberHigh() float32 {
	return fyne.MeasureText("0", look.SizeHeading, fyne.TextStyle{Bold: true}).Height
}

// layoutParts shares the width out by rooms. Even one room of many stays seen.
func (r *roomBarRenderer) layoutParts(width float32) {
	c := r.bar.counts
	sum, shown := int64(0), 0
	for _, n := range c.by {
		sum += max(n, 0)
		if n > 0 {
			shown++
		}
	}
	if sum == 0 {
		return
	}
	const least = 4
	free := width - float32(shown-1)*roomBarGap - float32(shown)*least
	x := float32(0)
	for i, n := range c.by {
		if n <= 0 {
			continue
		}
		w := least + free*float32(n)/float32(sum)
		r.part[i].Move(fyne.NewPos(float32(int(x+0.5)), 0))
		r.part[i].Resize(fyne.NewSize(float32(int(x+w+0.5))-float32(int(x+0.5)), roomBarHigh))
		x += w + roomBarGap
	}
}

func (r *roomBarRenderer) MinSize() fyne.Size {
	word := fyne.MeasureText("间", look.SizeSmall, fyne.TextStyle{})
	return fyne.NewSize(240, roomBarHigh+look.Unit+word.Height+numberHigh())
}

func (r *roomBarRenderer) Refresh() {
	r.apply()
	r.Layout(r.bar.Size())
	canvas.Refresh(r.bar)
}

func (r *roomBarRenderer) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{r.track}
	for i := range roomStates {
		objects = append(objects, r.part[i], r.box[i], r.word[i], r.number[i])
	}
	return objects
}

func (r *roomBarRenderer) Destroy() {}
