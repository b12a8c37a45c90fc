package look

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Label is one line of text in a named colour that follows the theme. It is centred on its
// height. It is much cheaper than widget.Label, which shapes its text as rich text.
type Label struct {
	widget.BaseWidget

	text     string
	size     float32
	bold     bool
	colour   fyne.ThemeColorName
	align    fyne.TextAlign
	ellipsis bool
}

// Text returns a Label. size is one of the Size constants, colour one of the Colour names.
func Text(s string, size float32, bold bool, colour fyne.ThemeColorName) *Label {
	l := &Label{text: s, size: size, bold: bold, colour: colour}
	l.ExtendBaseWidget(l)
	return l
}

// Body is ordinary text.
func Body(s string) *Label { return Text(s, SizeBody, false, ColourText) }

// Quiet is small, less important text: captions, "as of" lines.
func Quiet(s string) *Label { return Text(s, SizeSmall, false, ColourQuiet) }

// Heading is the head of a card.
func Heading(s string) *Label { return Text(s, SizeHeading, true, ColourText) }

// Aligned sets where the text stands in a wider space and returns the label itself.
func (l *Label) Aligned(a fyne.TextAlign) *Label {
	l.align = a
	l.Refresh()
	return l
}

// Truncated lets the label become narrower than its text, which then ends in "…", and
// returns the label itself.
func (l *Label) Truncated() *Label {
	l.ellipsis = true
	l.Refresh()
	return l
}

// Text is the whole text, also while it is drawn shortened.
func (l *Label) Text() string { return l.text }

// Cut reports whether there is no room for the whole text.
func (l *Label) Cut() bool {
	size := scaled(l, l.size)
	return Shorten(l.text, size, l.bold, l.Size().Width) != l.text
}

// SetText changes the text.
func (l *Label) SetText(s string) {
	if s != l.text {
		l.text = s
		l.Refresh()
	}
}

// SetColour changes the colour to another name.
func (l *Label) SetColour(name fyne.ThemeColorName) {
	if name != l.colour {
		l.colour = name
		l.Refresh()
	}
}

// SetBold changes the weight.
func (l *Label) SetBold(b bool) {
	if b != l.bold {
		l.bold = b
		l.Refresh()
	}
}

// AccessibilityLabel is the text, for screen readers.
func (l *Label) AccessibilityLabel() string { return l.text }

// AccessibilityRole says that this is text.
func (l *Label) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	r := &labelRenderer{label: l, drawn: canvas.NewText("", nil)}
	r.apply()
	return r
}

type labelRenderer struct {
	label *Label
	drawn *canvas.Text
}

func (r *labelRenderer) apply() {
	l := r.label
	r.drawn.TextSize = scaled(l, l.size)
	r.drawn.TextStyle.Bold = l.bold
	r.drawn.Alignment = l.align
	r.drawn.Color = colourFor(l, l.colour)
	r.drawn.Text = l.text
	if l.ellipsis && l.Size().Width > 0 {
		r.drawn.Text = Shorten(l.text, r.drawn.TextSize, l.bold, l.Size().Width)
	}
}

func (r *labelRenderer) Layout(size fyne.Size) {
	r.apply()
	r.drawn.Resize(size)
}

func (r *labelRenderer) MinSize() fyne.Size {
	l := r.label
	text := l.text
	if l.ellipsis {
		text = "…"
	}
	return fyne.MeasureText(text, scaled(l, l.size), fyne.TextStyle{Bold: l.bold})
}

func (r *labelRenderer) Refresh() {
	r.apply()
	r.drawn.Refresh()
}

func (r *labelRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.drawn} }
func (r *labelRenderer) Destroy()                     {}

// Shorten cuts s so that it fits width at a text size, ending it in "…" when something was
// cut off. A width too small even for the mark gives the mark alone.
func Shorten(s string, size float32, bold bool, width float32) string {
	style := fyne.TextStyle{Bold: bold}
	// Sizes are rounded on their way through layouts, so half a unit is not too long.
	fits := func(text string) bool { return fyne.MeasureText(text, size, style).Width <= width+0.5 }
	if fits(s) {
		return s
	}
	runes := []rune(s)
	tooLong := sort.Search(len(runes), func(n int) bool { return !fits(string(runes[:n]) + "…") })
	return string(runes[:max(tooLong-1, 0)]) + "…"
}
