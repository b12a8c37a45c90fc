package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// Trouble is a ledger that could not be opened, and what can be done about it.
type Trouble struct {
	Err  error
	Path string
	// Backup is the newest good backup; nil when there is none.
	Backup *BackupFile
	// Restore puts Backup in the ledger's place and opens it.
	Restore func(ctx context.Context) (*Session, error)
	// Retry opens the ledger again.
	Retry func(ctx context.Context) (*Session, error)
	// Begin makes a new ledger where there is none; nil offers nothing.
	Begin func()
}

// ShowTrouble says why the ledger was not opened and offers the way on.
func (sh *Shell) ShowTrouble(t Trouble) {
	v := &troubleView{shell: sh, trouble: t, busy: look.Quiet("")}
	sh.put(container.NewCenter(fixedWidth(620, look.Card(look.Inset(v.build(), look.Unit)))))
}

type troubleView struct {
	shell   *Shell
	trouble Trouble
	busy    *look.Label
	buttons []*look.Button
}

func (v *troubleView) build() fyne.CanvasObject {
	t := v.trouble
	column := container.NewVBox(
		container.NewHBox(look.NewBadge(look.Bad, words.T("shell.trouble.badge"))),
		look.Text(troubleTitle(t.Err), look.SizeTitle, true, look.ColourText),
		newParagraph(troubleSentence(t), look.SizeBody+1, look.ColourText),
		newParagraph(troubleDetail(t), look.SizeSmall, look.ColourQuiet).limited(3), gap())
	row := container.NewHBox(v.busy, layout.NewSpacer())
	v.add(row, words.T("shell.trouble.quit"), look.Secondary, v.shell.close)
	v.add(row, words.T("shell.trouble.retry"), look.Secondary, func() { v.run("shell.trouble.opening", t.Retry) })
	if t.Begin != nil {
		v.add(row, words.T("shell.trouble.begin"), look.Primary, t.Begin)
	}
	if t.Backup != nil {
		column.Add(v.offer())
		v.add(row, words.T("shell.trouble.restore"), look.Primary, func() { v.run("shell.trouble.restoring", t.Restore) })
	}
	column.Add(row)
	return column
}

// offer describes the backup and says what becomes of the damaged file.
func (v *troubleView) offer() fyne.CanvasObject {
	b := v.trouble.Backup
	text := container.NewVBox(
		look.Text(words.T("shell.trouble.backup", "time", b.At, "size", byteSize(b.Bytes)), look.SizeBody, true, look.ColourText),
		newParagraph(words.T("shell.trouble.backup.about", "age", words.Age(v.shell.now().Sub(b.At))), look.SizeBody, look.ColourQuiet))
	return container.NewStack(look.NewSurface(look.ColourBlueTint, "", look.Radius), look.Inset(text, 12))
}

func (v *troubleView) add(row *fyne.Container, text string, style look.Style, f func()) {
	b := look.NewButton(text, nil, style, f)
	v.buttons = append(v.buttons, b)
	row.Add(b)
}

// run does one of the ways on aside and shows the ledger, or what is wrong now.
func (v *troubleView) run(doing string, work func(context.Context) (*Session, error)) {
	v.busy.SetText(words.T(doing))
	for _, b := range v.buttons {
		b.Disable()
	}
	var s *Session
	var err error
	v.shell.tasks.Do(func() { s, err = work(context.Background()) }, func() {
		if err == nil {
			v.shell.ShowLedger(s)
			return
		}
		next := v.trouble
		next.Err = err
		v.shell.ShowTrouble(next)
	})
}

func troubleTitle(err error) string {
	switch ledger.CodeOf(err) {
	case ledger.CodeLedgerDamaged, ledger.CodeVerifyFailed:
		return words.T("shell.trouble.damaged")
	case ledger.CodeLedgerNewer:
		return words.T("shell.trouble.newer")
	case ledger.CodeLedgerMissing, ledger.CodeDriveGone, ledger.CodeNotSetUp:
		return words.T("shell.trouble.missing")
	}
	return words.T("shell.trouble.other")
}

// troubleSentence is what happened. The sentence that a damaged ledger has on
// the command line names a command; here there is a button.
func troubleSentence(t Trouble) string {
	switch {
	case ledger.CodeOf(t.Err) != ledger.CodeLedgerDamaged:
		return words.Sentence(t.Err)
	case t.Backup != nil:
		return words.T("shell.trouble.damaged.backup")
	}
	return words.T("shell.trouble.damaged.none")
}

// troubleDetail is for whoever is called for help: the file, and what is wrong
// with it in technical words.
func troubleDetail(t Trouble) string {
	var e *ledger.Error
	if !errors.As(t.Err, &e) || e.Code != ledger.CodeLedgerDamaged {
		return t.Path
	}
	for i := 0; i+1 < len(e.Args); i += 2 {
		if e.Args[i] == "detail" {
			return t.Path + " · " + strings.Join(strings.Fields(fmt.Sprint(e.Args[i+1])), " ")
		}
	}
	return t.Path
}
