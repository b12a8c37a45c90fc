package ui

import (
	"net/url"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// removeSize is the size of the words that the clerk waits for.
const removeSize float32 = 40

// showState shows how far the export is, at the right of its form.
func (v *exportView) showState() {
	var content fyneObject
	switch {
	case v.work.busy():
		content = v.writing()
	case v.done != nil:
		content = v.exported()
	case v.err == errStopped:
		content = newColumn(300, look.Gap, said(look.Neutral, words.T("handoffui.stopped.export")))
	case v.err != nil:
		content = newColumn(300, look.Gap, refusedBox(v.err))
	default:
		content = v.about()
	}
	v.state.Objects = []fyne.CanvasObject{content}
	v.state.Refresh()
	relayout(v.state)
}

// about says what will happen, while nothing has.
func (v *exportView) about() fyneObject {
	mark := canvas.NewImageFromResource(theme.NewColoredResource(iconHandoff, look.ColourFaint))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSquareSize(48))
	parts := []fyne.CanvasObject{mark, newParagraph(words.T("handoffui.export.about"), look.SizeBody, look.ColourQuiet)}
	if v.last != nil {
		parts = append(parts, newParagraph(v.lastSays(), look.SizeBody, look.ColourText),
			inRow(0, newKeyButton(words.T("handoffui.slip.print"), look.Secondary, v.printSlip)))
		parts = append(parts, v.slipSays()...)
	}
	return container.NewCenter(newColumn(420, look.Gap, parts...))
}

// lastSays names the last export, and how much of this desk's it does not carry.
func (v *exportView) lastSays() string {
	at := minute(v.last.Manifest.Created)
	if n := v.sc.facts.unsent; n > 0 {
		return look.Warn.Sign() + " " + words.T("handoffui.export.last.unsent", "file", v.last.File(), "at", at, "n", n)
	}
	return words.T("handoffui.export.last", "file", v.last.File(), "at", at)
}

// writing is the progress. It says in so many words not to pull the stick.
func (v *exportView) writing() fyneObject {
	stay := look.Text(look.Warn.Sign()+" "+words.T("handoffui.export.stay"), look.SizeTitle, true, look.ColourAmberText)
	return newColumn(300, look.Gap, tinted(look.Warn, newColumn(200, look.Gap, stay,
		newParagraph(words.T("handoffui.export.stay.about"), look.SizeBody, look.ColourText), v.work.box)))
}

// exported is the outcome: the stick can be taken out.
func (v *exportView) exported() fyneObject {
	d, m := v.done, &v.done.Manifest
	out := look.Text(look.Good.Sign()+" "+words.T("handoffui.export.remove"), removeSize, true, look.ColourGreenText).Aligned(fyne.TextAlignCenter)
	checked := look.Text(words.T("handoffui.export.checked"), look.SizeBody, false, look.ColourText).Aligned(fyne.TextAlignCenter)
	parts := []fyne.CanvasObject{tinted(look.Good, container.New(insets{0, look.Gap, 0, look.Gap}, stacked(look.Unit, out, checked)))}
	facts := fact(words.T("handoffui.export.file"), d.File()+exportedParts(len(d.Paths)))
	facts = append(facts, fact(words.T("handoffui.export.size"), handoff.Bytes(d.Size).String())...)
	facts = append(facts, fact(words.T("handoffui.covers"), words.T("handoffui.covers.of", "days", carriedDays(m.First, m.Last), "n", m.Revisions))...)
	facts = append(facts, fact(words.T("handoffui.export.counts"), words.T("handoffui.export.counted", "new", ledger.GroupDigits(d.New),
		"corrected", ledger.GroupDigits(d.Corrected), "voided", ledger.GroupDigits(d.Voided)))...)
	facts = append(facts, fact(words.T("handoffui.export.for"), v.receiverNames())...)
	if len(d.LeftOut) > 0 {
		facts = append(facts, fact(words.T("handoffui.export.leftout"), words.T("handoffui.export.leftout.of", "names", strings.Join(d.LeftOut, words.T("list.comma"))))...)
	}
	facts = append(facts, newParagraph(words.T("handoffui.export.next"), look.SizeBody, look.ColourQuiet))
	parts = append(parts, look.Card(newColumn(300, look.Unit, facts...)))
	v.print = newKeyButton(words.T("handoffui.slip.print"), look.Primary, v.printSlip)
	row := inRow(look.Unit, layout.NewSpacer(), v.print)
	parts = append(parts, row)
	parts = append(parts, v.slipSays()...)
	return container.NewVScroll(newColumn(300, look.Gap, parts...))
}

// slipSays says where the printed page is, or why there is none.
func (v *exportView) slipSays() []fyne.CanvasObject {
	switch {
	case v.slipErr != nil:
		return []fyne.CanvasObject{refusedBox(v.slipErr)}
	case v.slip != "":
		return []fyne.CanvasObject{said(look.Info, words.T("handoffui.slip.done", "path", v.slip))}
	}
	return nil
}

// exportedParts says into how many files a bundle was split; nothing for one.
func exportedParts(n int) string {
	if n < 2 {
		return ""
	}
	return " " + words.T("handoffui.export.parts", "n", n)
}

func (v *exportView) receiverNames() string {
	if len(v.receivers) == 0 {
		return words.T("handoffui.export.bysecret")
	}
	var names []string
	for i := range v.receivers {
		names = append(names, v.receivers[i].Name())
	}
	return strings.Join(names, words.T("list.comma"))
}

// printSlip writes the paper that goes with the stick among the documents and
// opens it in the program that shows web pages, from which it is printed.
func (v *exportView) printSlip() {
	s, done, to := v.s, v.done, v.receivers
	if done == nil {
		done = v.last
	}
	var path string
	var err error
	s.Tasks.Do(func() { path, err = s.Handoff.Slip(s.context(), done, to, documents()) }, func() {
		if v.done != done && v.last != done {
			return
		}
		v.slip, v.slipErr = path, err
		if err == nil {
			if err := openFile(path); err != nil && s.Services.Log != nil {
				s.Services.Log(err) // its path is on the screen
			}
		}
		v.showState()
	})
}

// openFile opens a file in the system's program for it.
func openFile(path string) error {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: path})
}
