package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// State is how things stand, for Badge and for charts that show states.
type State int

// The states.
const (
	Neutral State = iota // nothing to say: not reported yet, not started
	Info                 // worth knowing, nothing to do
	Good                 // done, on time, enough
	Warn                 // soon due, late, nearly too little
	Bad                  // overdue, missing, too little
)

// Sign is the mark that stands beside a state's colour, so that it is never colour alone.
func (s State) Sign() string {
	return [...]string{"○", "●", "✓", "▲", "×"}[s]
}

// Fill is the colour name for shapes in this state.
func (s State) Fill() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColourFaint, ColourAccent, ColourGreen, ColourAmber, ColourRed}[s]
}

// Ink is the colour name for words in this state.
func (s State) Ink() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColourQuiet, ColourAccent, ColourGreenText, ColourAmberText, ColourRedText}[s]
}

// Tint is the colour name to lie behind words in this state.
func (s State) Tint() fyne.ThemeColorName {
	return [...]fyne.ThemeColorName{ColourInset, ColourBlueTint, ColourGreenTint, ColourAmberTint, ColourRedTint}[s]
}

// Badge is a state in a word: sign and word on a tinted, rounded ground.
type Badge struct {
	widget.BaseWidget

	state State
	word  string
}

// NewBadge returns a badge.
func NewBadge(state State, word string) *Badge {
	b := &Badge{state: state, word: word}
	b.ExtendBaseWidget(b)
	return b
}

// Set changes state and word.
func (b *Badge) Set(state State, word string) {
	if state != b.state || word != b.word {
		b.state, b.word = state, word
		b.Refresh()
	}
}

// AccessibilityLabel is the word.
func (b *Badge) AccessibilityLabel() string { return b.word }

// AccessibilityRole says that this is text.
func (b *Badge) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is part of fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	r := &badgeRenderer{badge: b, ground: canvas.NewRectangle(nil), text: canvas.NewText("", nil)}
	r.text.Alignment = fyne.TextAlignCenter
	r.apply()
	return r
}

type badgeRenderer struct {
	badge  *Badge
	ground *canvas.Rectangle
	text   *canvas.Text
}

func (r *badgeRenderer) apply() {
	b := r.badge
	r.text.Text = b.state.Sign() + " " + b.word
	r.text.TextSize = scaled(b, SizeSmall)
	r.text.Color = colourFor(b, b.state.Ink())
	r.ground.FillColor = colourFor(b, b.state.Tint())
}

// Layout keeps the badge as high as its line, in the middle of a higher place.
func (r *badgeRenderer) Layout(size fyne.Size) {
	least := r.MinSize()
	y := (size.Height - least.Height) / 2
	r.ground.CornerRadius = least.Height / 2
	for _, o := range []fyne.CanvasObject{r.ground, r.text} {
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, least.Height))
	}
}

func (r *badgeRenderer) MinSize() fyne.Size {
	text := r.text.MinSize()
	return fyne.NewSize(text.Width+scaled(r.badge, 2*Unit), text.Height+scaled(r.badge, Half))
}

func (r *badgeRenderer) Refresh() {
	r.apply()
	r.Layout(r.badge.Size())
	r.ground.Refresh()
	r.text.Refresh()
}

func (r *badgeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.text}
}
func (r *badgeRenderer) Destroy() {}
