package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Surface is a filled rectangle in named colours that follow the theme, to lie behind other
// things in a stack.
type Surface struct {
	widget.BaseWidget

	fill, line fyne.ThemeColorName
	radius     float32
}

// NewSurface returns a rectangle filled with one colour name and edged with another ("" for
// no edge), with rounded corners if radius is above 0.
func NewSurface(fill, line fyne.ThemeColorName, radius float32) *Surface {
	s := &Surface{fill: fill, line: line, radius: radius}
	s.ExtendBaseWidget(s)
	return s
}

// SetFill changes the colour name of the inside.
func (s *Surface) SetFill(name fyne.ThemeColorName) {
	if name != s.fill {
		s.fill = name
		s.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := &surfaceRenderer{surface: s, rect: canvas.NewRectangle(nil)}
	r.apply()
	return r
}

type surfaceRenderer struct {
	surface *Surface
	rect    *canvas.Rectangle
}

func (r *surfaceRenderer) apply() {
	s := r.surface
	r.rect.FillColor = colourFor(s, s.fill)
	r.rect.CornerRadius = scaled(s, s.radius)
	r.rect.StrokeWidth = 0
	if s.line != "" {
		r.rect.StrokeColor = colourFor(s, s.line)
		r.rect.StrokeWidth = Rule
	}
}

func (r *surfaceRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *surfaceRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *surfaceRenderer) Refresh()                     { r.apply(); r.rect.Refresh() }
func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *surfaceRenderer) Destroy()                     {}

// Card puts content on a rounded surface with a thin edge and a Gap of space all round.
func Card(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(NewSurface(ColourSurface, ColourLine, Radius), Inset(content, Gap))
}

// CardTitled is a Card with a heading, something at its right end (nil for nothing) and the
// content, which takes the rest of the height.
func CardTitled(title string, trailing, content fyne.CanvasObject) fyne.CanvasObject {
	heading := Text(title, SizeBody+2, true, ColourText).Truncated()
	head := container.NewBorder(nil, nil, nil, trailing, heading)
	spaced := container.New(layout.NewCustomPaddedLayout(0, Half, 0, 0), head)
	return Card(container.NewBorder(spaced, nil, nil, nil, content))
}

// Inset leaves d units of space on every side of content.
func Inset(content fyne.CanvasObject, d float32) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(d, d, d, d), content)
}

// OnGround puts a screen's content on the window's ground.
func OnGround(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(NewSurface(ColourGround, "", 0), content)
}
