package ui

import (
	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// reportKinds are the endings of files that hold the text of a report.
const reportKinds = ".docx .txt"

// pasteReport takes what the clipboard holds to the intake page; an empty clipboard
// shows the page with its empty field.
func (d *desk) pasteReport() {
	text := fyne.CurrentApp().Clipboard().Content()
	d.intake(report{text: text})
}

// openReport asks for a file.
func (d *desk) openReport() {
	c := &fileChoice{s: d.session, title: words.T("paste.open.title"), submit: words.T("paste.open.submit"),
		ext: reportKinds, folder: documents(), absent: ledger.CodeIntakeMissing}
	c.start = func(file string) (func() error, func(), error) {
		return nil, func() { d.intake(report{file: file}) }, nil
	}
	c.show()
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
