package ui

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
)

// reportKinds are the endings of files that hold the text of a report, or a sheet.
const reportKinds = ".docx .txt .xlsx .csv"

// pasteReport takes what the clipboard holds to the intake page; an empty clipboard
// shows the page with its empty field.
func (d *desk) pasteReport() {
	text := fyne.CurrentApp().Clipboard().Content()
	d.intake(report{text: text})
}

// openReport asks for a file.
func (d *desk) openReport() {
	folder := d.session.Settings.Get().ReportFolder
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		folder = documents()
	}
	c := &fileChoice{s: d.session, title: words.T("paste.open.title"), submit: words.T("paste.open.submit"),
		ext: reportKinds, folder: folder, absent: ledger.CodeIntakeMissing}
	c.start = func(file string) (func() error, func(), error) {
		return nil, func() {
			d.rememberFolder(filepath.Dir(file))
			d.intake(report{file: file})
		}, nil
	}
	c.show()
}

// rememberFolder keeps where reports are, for the next one.
func (d *desk) rememberFolder(folder string) {
	if d.session.Settings.Get().ReportFolder == folder {
		return
	}
	if err := d.session.Settings.Change(func(v *settings.Values) { v.ReportFolder = folder }); err != nil {
		d.session.Refuse(err)
	}
}

// dropped takes a file that was dropped on the window; several at once are one too
// many, for each is confirmed by itself.
func (d *desk) dropped(files []fyne.URI) {
	if d.feed.closed || d.shell.win.Canvas().Overlays().Top() != nil || len(files) == 0 {
		return // the ledger is closed, or a form is open and not finished yet
	}
	if len(files) > 1 {
		d.shell.notices.say(words.T("paste.one"), nil)
	}
	d.intake(report{file: files[0].Path()})
}

// intake shows the page with a report.
func (d *desk) intake(r report) {
	d.entries.Hide()
	if d.place != PlaceIntake {
		d.open(Opening{Place: PlaceIntake})
	}
	d.shell.root.Refresh()
	if p, ok := d.screens[PlaceIntake].(*intakeScreen); ok {
		p.accept(r)
	}
}

// openBook shows the page of a workbook in place of the report's.
func (p *intakeScreen) openBook(path string) {
	p.busy.begin()
	b := newWorkbookPage(p.s)
	p.opening = b
	b.open(path, func() {
		if p.opening == b {
			p.busy.end()
			p.showBook(b)
		}
	}, func(err error) {
		if p.opening == b {
			p.busy.end()
			p.unread(report{file: path}, err)
		}
	})
}

func (p *intakeScreen) showBook(b *workbookPage) {
	p.book, p.opening = b, nil
	p.stage.Objects = []fyneObject{b.root}
	p.stage.Refresh()
	relayout(b.root)
	b.show()
	b.focus()
}

// closeBook shows the report's page again.
func (p *intakeScreen) closeBook() {
	if p.opening != nil {
		p.opening.close()
		p.opening = nil
	}
	if p.book == nil {
		return
	}
	p.book.close()
	p.book = nil
	p.stage.Objects = []fyneObject{p.root}
	p.stage.Refresh()
}

// resumeBook goes on with the workbook of another page, whose words were of another
// language.
func (p *intakeScreen) resumeBook(old *workbookPage) {
	old.close()
	b := newWorkbookPage(p.s)
	b.path, b.source, b.dir, b.names, b.layouts, b.known = old.path, old.source, old.dir, old.names, old.layouts, old.known
	b.at, b.mapping, b.settled, b.batch = old.at, old.mapping, old.settled, old.batch
	b.checked, b.again, b.takeBoth, b.touched = old.checked, old.again, old.takeBoth, old.touched
	if b.checked != nil {
		b.preview.note(b.checked, b.again, b.layout().Sheet)
	}
	p.showBook(b)
	if b.checked == nil {
		b.checkNow()
	}
}
