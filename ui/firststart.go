package ui

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/words"
	"taizhang/ui/look"
)

// FirstStart is what the first start needs from the program.
type FirstStart struct {
	// Path is where the new ledger will be.
	Path string
	// Create makes the ledger and opens it.
	Create func(ctx context.Context, a FirstAnswers) (*Session, error)
}

// FirstAnswers are the three answers that a new ledger needs.
type FirstAnswers struct {
	Office string // name of the district or unit
	Desk   string // name of this desk
	Sample bool   // start with the sample district
}

// firstStart asks the three questions. Each has a default, so that Enter three
// times is enough.
type firstStart struct {
	shell  *Shell
	first  FirstStart
	office *field
	desk   *field
	empty  *pressable
	sample *pressable
	dots   map[bool]*look.Label
	wrong  *paragraph
	create *look.Button
	chosen bool // the sample
	busy   bool
	typed  bool // somebody has changed the office's name
}

// ShowFirstStart asks the three questions and then shows the new ledger.
func (sh *Shell) ShowFirstStart(f FirstStart) {
	fs := &firstStart{shell: sh, first: f, dots: map[bool]*look.Label{}}
	fs.build("", "")
}

func (fs *firstStart) build(office, desk string) {
	fs.office, fs.desk = newField(""), newField("")
	fs.office.SetText(orElse(office, words.T("shell.first.office.default")))
	fs.desk.SetText(orElse(desk, words.T("shell.first.desk.default")))
	fs.office.onKey, fs.desk.onKey = fs.enterTo(func() fyne.Focusable { return fs.desk }), fs.enterTo(fs.choice)
	fs.empty = fs.option("empty", false)
	fs.sample = fs.option("sample", true)
	fs.wrong = newParagraph("", look.SizeBody, look.ColourRedText)
	fs.wrong.Hide()
	fs.create = look.NewButton(words.T("shell.first.create"), nil, look.Primary, fs.submit)
	fs.choose(fs.chosen)
	fs.shell.put(container.New(besides{}, fs.welcome(), container.NewBorder(fs.languages(), nil, nil, nil, container.NewCenter(fs.form()))))
	fs.shell.win.Canvas().Focus(fs.office)
	fs.office.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// welcome is the deep blue side: what the program is for.
func (fs *firstStart) welcome() fyne.CanvasObject {
	mark := canvas.NewImageFromResource(theme.NewColoredResource(iconMark, look.ColourStructureText))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(64))
	column := container.NewVBox(container.NewHBox(mark), space(0),
		look.Text(words.T("shell.title"), 34, true, look.ColourStructureText),
		newParagraph(words.T("shell.first.promise"), look.SizeHeading, look.ColourStructureText), space(0))
	for _, point := range []string{"offline", "live", "history"} {
		column.Add(newParagraph("·  "+words.T("shell.first."+point), look.SizeBody+1, look.ColourStructureQuiet))
	}
	inner := container.NewBorder(nil, look.Text(words.T("shell.first.private"), look.SizeSmall, false, look.ColourStructureQuiet).Truncated(), nil, nil,
		container.NewVBox(layout.NewSpacer(), column, layout.NewSpacer()))
	return container.NewStack(look.NewSurface(look.ColourStructure, "", 0), fixedWidth(420, look.Inset(inner, 48)))
}

// languages are buttons at the top: a person who cannot read this must find them.
func (fs *firstStart) languages() fyne.CanvasObject {
	names := make([]string, 0, len(words.Languages))
	at := 0
	for i, l := range words.Languages {
		names = append(names, l.Name())
		if l == words.Current() {
			at = i
		}
	}
	pick := look.NewSegments(names, at, func(i int) {
		fs.shell.setLanguage(string(words.Languages[i]))
		office, desk := fs.office.Text, fs.desk.Text
		if !fs.typed {
			office, desk = "", ""
		}
		fs.build(office, desk)
	})
	return look.Inset(container.NewHBox(layout.NewSpacer(), pick), look.Gap)
}

func (fs *firstStart) form() fyne.CanvasObject {
	typed := func(string) { fs.typed = true }
	fs.office.OnChanged, fs.desk.OnChanged = typed, typed
	question := func(n, key string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewVBox(look.Text(n+"  "+words.T("shell.first."+key), look.SizeBody+1, true, look.ColourText),
			o, look.Quiet(words.T("shell.first."+key+".hint")).Truncated(), space(0))
	}
	foot := container.NewBorder(nil, nil, nil, fs.create, look.Quiet(words.T("shell.first.path", "path", fs.first.Path)).Truncated())
	column := container.NewVBox(
		look.Text(words.T("shell.first.title"), look.SizeTitle, true, look.ColourText),
		look.Text(words.T("shell.first.lead"), look.SizeBody, false, look.ColourQuiet), space(0),
		question("1", "office", fs.office), question("2", "desk", fs.desk),
		question("3", "start", container.New(rowLayout{}, fs.empty, fs.sample)), fs.wrong, foot)
	return fixedWidth(540, column)
}

func (fs *firstStart) option(key string, sample bool) *pressable {
	dot := look.Text("○", look.SizeBody+1, true, look.ColourAccent)
	fs.dots[sample] = dot
	text := container.NewVBox(container.NewHBox(dot, look.Text(words.T("shell.first."+key), look.SizeBody+1, true, look.ColourText)),
		newParagraph(words.T("shell.first."+key+".about"), look.SizeSmall, look.ColourQuiet))
	p := newPressable(look.Inset(text, 12), look.ColourSurface, look.ColourHover, look.ColourLine, look.Radius, func() { fs.choose(sample) })
	p.chosen = look.ColourSelection
	p.onKey = func(e *fyne.KeyEvent) bool {
		switch e.Name {
		case fyne.KeyReturn, fyne.KeyEnter:
			fs.choose(sample)
			fs.submit()
		case fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown:
			fs.choose(!sample)
			fs.shell.win.Canvas().Focus(fs.choice())
		default:
			return false
		}
		return true
	}
	return p
}

func (fs *firstStart) choose(sample bool) {
	fs.chosen = sample
	for of, dot := range fs.dots {
		dot.SetText(map[bool]string{true: "◉", false: "○"}[of == sample])
	}
	fs.empty.choose(!sample)
	fs.sample.choose(sample)
}

func (fs *firstStart) choice() fyne.Focusable {
	if fs.chosen {
		return fs.sample
	}
	return fs.empty
}

func (fs *firstStart) enterTo(next func() fyne.Focusable) func(*fyne.KeyEvent) bool {
	return func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			return false
		}
		fs.shell.win.Canvas().Focus(next())
		if f, ok := next().(*field); ok {
			f.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
		return true
	}
}

func (fs *firstStart) submit() {
	if fs.busy {
		return
	}
	fs.busy = true
	fs.create.Disable()
	answers := FirstAnswers{Office: strings.TrimSpace(fs.office.Text), Desk: strings.TrimSpace(fs.desk.Text), Sample: fs.chosen}
	var s *Session
	var err error
	fs.shell.tasks.Do(func() { s, err = fs.first.Create(context.Background(), answers) }, func() {
		fs.busy = false
		fs.create.Enable()
		if err != nil {
			fs.wrong.SetText(words.Sentence(err))
			fs.wrong.Show()
			fs.shell.root.Refresh()
			return
		}
		fs.shell.ShowLedger(s)
	})
}
