package ui

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/assets"
	"taizhang/ui/look"
)

// backupCard lists the automatic backups, makes one anywhere, and restores one.
type backupCard struct {
	session *Session
	box     fyne.CanvasObject
	list    *fyne.Container
	scroll  *container.Scroll
	count   *look.Label
}

// backupRows is how many backups are seen at once.
const backupRows = 4

func newBackupCard(s *Session) *backupCard {
	b := &backupCard{session: s, list: container.NewVBox(), count: look.Quiet("")}
	now := look.NewButton(words.T("settings.backup.now"), nil, look.Secondary, b.save)
	other := look.NewButton(words.T("settings.backup.other"), nil, look.Plain, b.restoreOther)
	b.scroll = container.NewVScroll(b.list)
	b.scroll.SetMinSize(fyne.NewSize(200, look.RowHigh))
	foot := container.NewHBox(now, other)
	b.box = look.CardTitled(words.T("settings.backup"), b.count, container.NewBorder(nil, foot, nil, nil, b.scroll))
	return b
}

func (b *backupCard) read() {
	if b.session.Services.Backups == nil {
		return
	}
	var files []BackupFile
	var err error
	b.session.Tasks.Do(func() { files, err = b.session.Services.Backups() }, func() {
		if err != nil {
			b.session.Refuse(err)
			return
		}
		b.show(files)
	})
}

func (b *backupCard) show(files []BackupFile) {
	b.list.RemoveAll()
	for _, f := range files {
		b.list.Add(b.row(f))
	}
	rows := float32(max(1, min(len(files), backupRows)))
	b.scroll.SetMinSize(fyne.NewSize(200, rows*(look.RowHigh+look.Half)))
	b.count.SetText(words.T("settings.backup.count", "n", len(files)))
	if len(files) == 0 {
		b.list.Add(look.Inset(look.Quiet(words.T("settings.backup.none")), look.Unit))
	}
	b.box.Refresh()
}

func (b *backupCard) row(f BackupFile) fyne.CanvasObject {
	name := look.Body(f.At.Format("2006-01-02 15:04"))
	age := look.Quiet(words.T("settings.backup.row", "age", words.Age(b.session.Now().Sub(f.At)), "size", byteSize(f.Bytes)))
	restore := look.NewButton(words.T("settings.backup.restore"), nil, look.Plain, func() { b.confirm(f.Path, f.At.Format("2006-01-02 15:04"), f.At) })
	row := container.NewBorder(nil, nil, container.NewHBox(name, space(look.Unit), age), restore)
	return fixedHeight(look.RowHigh, row)
}

// save asks for a file and copies the ledger to it.
func (b *backupCard) save() {
	s := b.session
	c := newFile(s, words.T("settings.backup.now"), words.T("settings.backup.make"),
		words.T("files.backup.name", "day", s.Now().Format("20060102")), ".db")
	c.start = func(file string) (func() error, func(), error) {
		return func() error { return s.Services.Backup(s.context(), file) },
			func() { s.Notify(words.T("settings.backup.done", "path", file), nil) }, nil
	}
	c.show()
}

// restoreOther asks for the file of a backup kept elsewhere.
func (b *backupCard) restoreOther() {
	c := &fileChoice{s: b.session, title: words.T("settings.backup.other"), submit: words.T("settings.backup.choose"),
		ext: ".db", folder: documents()}
	c.start = func(file string) (func() error, func(), error) {
		info, err := os.Stat(file)
		if err != nil {
			return nil, nil, ledger.Refuse(ledger.CodeLedgerMissing, "path", file).Because(err)
		}
		return nil, func() { b.confirm(file, filepath.Base(file), info.ModTime()) }, nil
	}
	c.show()
}

// homeFolder is where a person keeps files of their own.
func homeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}

// confirm says what will happen and restores when the person agrees.
func (b *backupCard) confirm(path, name string, at time.Time) {
	s := b.session
	about := words.T("settings.backup.ask.about", "time", at.Format("2006-01-02 15:04"), "age", words.Age(s.Now().Sub(at)))
	sh := newSheet(s, s.Window.Canvas(), words.T("settings.backup.ask", "name", name), nil, words.T("settings.backup.restore"))
	sh.head.Add(newParagraph(about, look.SizeBody, look.ColourText))
	sh.start = func(map[string]string) (func() error, func(), error) {
		return func() error { return s.Services.Restore(context.Background(), path) },
			func() { s.Notify(words.T("settings.backup.restored"), nil) }, nil
	}
	sh.show()
}

// checkCard verifies the whole ledger, with progress, and can be cancelled.
type checkCard struct {
	session  *Session
	box      fyne.CanvasObject
	bar      *widget.ProgressBar
	start    *look.Button
	sentence *paragraph
	cancel   context.CancelFunc
}

func newCheckCard(s *Session) *checkCard {
	c := &checkCard{session: s, bar: widget.NewProgressBar(), sentence: newParagraph(words.T("settings.check.about"), look.SizeBody, look.ColourQuiet)}
	c.bar.Hide()
	c.start = look.NewButton(words.T("settings.check.start"), nil, look.Secondary, c.toggle)
	foot := container.NewBorder(nil, nil, c.start, nil, container.New(layout.NewCustomPaddedLayout(0, 0, look.Unit, 0), c.bar))
	c.box = look.CardTitled(words.T("settings.check"), nil, container.NewVBox(c.sentence, foot))
	return c
}

func (c *checkCard) toggle() {
	if c.cancel != nil {
		c.cancel()
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	c.start.SetText(words.T("settings.check.cancel"))
	c.bar.SetValue(0)
	c.bar.Show()
	c.say(words.T("settings.check.running"), look.ColourQuiet)
	var report string
	var err error
	tasks := c.session.Tasks
	progress := func(done, total int64) {
		if total > 0 {
			tasks.UI(func() { c.bar.SetValue(float64(done) / float64(total)) })
		}
	}
	tasks.Do(func() { report, err = c.session.Services.Verify(ctx, progress) }, func() {
		stopped := ctx.Err() != nil
		cancel()
		c.finish(report, err, stopped)
	})
}

func (c *checkCard) finish(report string, err error, stopped bool) {
	c.cancel = nil
	c.start.SetText(words.T("settings.check.start"))
	c.bar.Hide()
	switch {
	case stopped:
		c.say(words.T("settings.check.stopped"), look.ColourQuiet)
	case err != nil:
		c.say("× "+words.Sentence(err), look.ColourRedText)
	default:
		c.say("✓ "+report, look.ColourGreenText)
	}
}

func (c *checkCard) say(text string, colour fyne.ThemeColorName) {
	c.sentence.SetText(text)
	c.sentence.SetColour(colour)
	c.box.Refresh()
}

// showLicences shows the licences of the program and of its typeface.
func showLicences(s *Session) {
	text := widget.NewLabel(words.T("settings.licences.text") + "\n\n" + assets.TypefaceLicence)
	text.Wrapping = fyne.TextWrapWord
	scroll := container.NewVScroll(text)
	scroll.SetMinSize(fyne.NewSize(680, 420))
	var pop *widget.PopUp
	shut := look.NewButton(words.T("shell.help.shut"), nil, look.Primary, func() { pop.Hide() })
	foot := gapAbove(container.NewHBox(layout.NewSpacer(), shut))
	body := container.NewBorder(gapBelow(look.Heading(words.T("settings.licences"))), foot, nil, nil, scroll)
	pop = widget.NewModalPopUp(look.Inset(body, look.Gap), s.Window.Canvas())
	pop.Show()
}
