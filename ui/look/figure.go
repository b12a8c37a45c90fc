package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// baseline is where letters stand in a line of the embedded typeface, as a share of the
// text size from the top: its ascent, set in make_typeface.py.
const baseline = 1.06

// Figure is a number with its measure word after it on the same baseline, smaller and
// quieter: 3,681 幅.
type Figure struct {
	widget.BaseWidget

	number, measure string
	size            float32
	colour          fyne.ThemeColorName
	stale           bool
	align           fyne.TextAlign
}

// NewFigure returns a figure. number is already grouped ("3,681", or "未报" when nothing was
// reported), measure may be empty, size is the number's text size (SizeFigure on a card).
func NewFigure(number, measure string, size float32) *Figure {
	f := &Figure{number: number, measure: measure, size: size, colour: ColourText}
	f.ExtendBaseWidget(f)
	return f
}

// SetFigure changes what is shown.
func (f *Figure) SetFigure(number, measure string) {
	if number != f.number || measure != f.measure {
		f.number, f.measure = number, measure
		f.Refresh()
	}
}

// SetColour changes the number's colour to another name.
func (f *Figure) SetColour(name fyne.ThemeColorName) {
	if name != f.colour {
		f.colour = name
		f.Refresh()
	}
}

// SetStale turns the number grey: it is older than its period's cut-off.
func (f *Figure) SetStale(stale bool) {
	if stale != f.stale {
		f.stale = stale
		f.Refresh()
	}
}

// Aligned sets where the figure stands in a wider space and returns the figure itself.
func (f *Figure) Aligned(a fyne.TextAlign) *Figure {
	f.align = a
	f.Refresh()
	return f
}

// AccessibilityLabel reads number and measure word together.
func (f *Figure) AccessibilityLabel() string { return f.number + f.measure }

// AccessibilityRole says that this is text.
func (f *Figure) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	r := &figureRenderer{figure: f, number: canvas.NewText("", nil), measure: canvas.NewText("", nil)}
	r.apply()
	return r
}

type figureRenderer struct {
	figure          *Figure
	number, measure *canvas.Text
}

func (r *figureRenderer) apply() {
	f := r.figure
	size := scaled(f, f.size)
	colour := f.colour
	if f.stale {
		colour = ColourQuiet
	}
	r.number.Text, r.number.TextSize, r.number.TextStyle.Bold = f.number, size, true
	r.number.Color = colourFor(f, colour)
	r.measure.Text, r.measure.TextSize = f.measure, max(size*0.42, scaled(f, SizeSmall))
	r.measure.Color = colourFor(f, ColourQuiet)
}

func (r *figureRenderer) gap() float32 {
	if r.figure.measure == "" {
		return 0
	}
	return r.number.TextSize * 0.16
}

func (r *figureRenderer) Layout(size fyne.Size) {
	r.apply()
	number, measure := r.number.MinSize(), r.measure.MinSize()
	free := size.Width - (number.Width + r.gap() + measure.Width)
	x := float32(0)
	switch r.figure.align {
	case fyne.TextAlignCenter:
		x = free / 2
	case fyne.TextAlignTrailing:
		x = free
	}
	y := (size.Height - number.Height) / 2
	r.number.Move(fyne.NewPos(x, y))
	r.number.Resize(number)
	drop := baseline * (r.number.TextSize - r.measure.TextSize)
	r.measure.Move(fyne.NewPos(x+number.Width+r.gap(), y+drop))
	r.measure.Resize(measure)
}

func (r *figureRenderer) MinSize() fyne.Size {
	number, measure := r.number.MinSize(), r.measure.MinSize()
	return fyne.NewSize(number.Width+r.gap()+measure.Width, number.Height)
}

func (r *figureRenderer) Refresh() {
	r.Layout(r.figure.Size())
	r.number.Refresh()
	r.measure.Refresh()
}

func (r *figureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.number, r.measure}
}
func (r *figureRenderer) Destroy() {}
