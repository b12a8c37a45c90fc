package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/settings"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// settingsScreen is the place for what belongs to this PC and to the office:
// language, names, catalogue, backups, and what the program is.
type settingsScreen struct {
	session *Session
	box     fyne.CanvasObject

	author  *field
	desk    *field
	office  *field
	above   *field
	unit    ledger.Row[ledger.Unit] // the office
	over    string                  // name of the unit that it belongs to
	own     string                  // this desk's name
	met     bool                    // other desks have this ledger's records
	backups *backupCard
	check   *checkCard
	names   *namesCard
}

var _ screen = (*settingsScreen)(nil)

func newSettingsScreen(s *Session) *settingsScreen {
	v := &settingsScreen{session: s}
	v.backups, v.check, v.names = newBackupCard(s), newCheckCard(s), newNamesCard(s)
	left := container.NewVBox(v.displayCard(), gap(), v.wallCard(), gap(), v.whoCard(), gap(), v.backups.box, gap(), v.check.box)
	right := container.NewVBox(v.names.box, gap(), v.aboutCard())
	columns := container.New(columnsLayout{}, left, right)
	title := look.Text(words.T("shell.place.settings"), look.SizeTitle, true, look.ColourText)
	page := container.New(layout.NewCustomPaddedLayout(12, look.Gap, look.Gap, look.Gap), container.NewVBox(title, columns))
	v.box = container.NewVScroll(page)
	return v
}

func gap() fyne.CanvasObject { return fixedHeight(look.Unit, space(1)) }

func (v *settingsScreen) content() fyneObject { return v.box }
func (v *settingsScreen) open(Opening)        {}

func (v *settingsScreen) focus() {}

// update reads names again: they may have been changed at another desk.
func (v *settingsScreen) update(ledger.Figures) {
	v.names.read()
	v.backups.read()
	v.readOffice()
}

// settingRow puts a setting's name before it.
func settingRow(name string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(nil, nil, fixedWidth(110, look.Text(name, look.SizeBody, false, look.ColourQuiet)), nil, o)
}

var themeNames = []string{"", "light", "dark"}

func (v *settingsScreen) displayCard() fyne.CanvasObject {
	values := v.session.Settings.Get()
	var languages []string
	chosen := 0
	for i, l := range words.Languages {
		languages = append(languages, l.Name())
		if l == words.Current() {
			chosen = i
		}
	}
	language := look.NewSegments(languages, chosen, func(i int) { v.session.shell.setLanguage(string(words.Languages[i])) })
	var themes []string
	at := 0
	for i, name := range themeNames {
		themes = append(themes, words.T("settings.theme."+orElse(name, "system")))
		if name == values.Theme {
			at = i
		}
	}
	variants := look.NewSegments(themes, at, func(i int) { v.session.shell.setTheme(themeNames[i]) })
	return look.CardTitled(words.T("settings.display"), nil, container.NewVBox(
		settingRow(words.T("settings.language"), container.NewHBox(language)),
		settingRow(words.T("settings.theme"), container.NewHBox(variants))))
}

// whoCard holds the names that stand beside every record.
func (v *settingsScreen) whoCard() fyne.CanvasObject {
	v.author, v.desk, v.office = newField(words.T("settings.author.hint")), newField(""), newField("")
	v.above = newField(words.T("settings.above.hint"))
	v.author.SetText(v.session.Settings.Get().Author)
	v.author.OnChanged = func(text string) {
		v.session.shell.change(func(s *settings.Values) { s.Author = strings.TrimSpace(text) })
	}
	return look.CardTitled(words.T("settings.who"), nil, container.NewVBox(
		settingRow(words.T("settings.author"), v.author),
		settingRow(words.T("settings.desk"), v.saved(v.desk, v.renameDesk)),
		settingRow(words.T("settings.office"), v.saved(v.office, v.renameOffice)),
		settingRow(words.T("settings.above"), v.saved(v.above, v.moveOffice)),
		newParagraph(words.T("settings.who.about"), look.SizeSmall, look.ColourQuiet)))
}

// saved is a field with a button that records its text; Enter does the same.
func (v *settingsScreen) saved(f *field, save func(name string)) fyne.CanvasObject {
	run := func() { save(strings.TrimSpace(f.Text)) }
	f.onKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyReturn && e.Name != fyne.KeyEnter {
			return false
		}
		run()
		return true
	}
	return container.NewBorder(nil, nil, nil, look.NewButton(words.T("settings.save"), nil, look.Secondary, run), f)
}

// aboutCard says what the program is, where its data lives, and the licences.
func (v *settingsScreen) aboutCard() fyne.CanvasObject {
	s := v.session
	copyPath := look.NewButton(words.T("settings.copy"), theme.ContentCopyIcon(), look.Plain, func() {
		v.session.shell.app.Clipboard().SetContent(s.Services.LedgerPath)
		s.Notify(words.T("settings.copied"), nil)
	})
	path := newParagraph(s.Services.LedgerPath, look.SizeBody, look.ColourText)
	licences := look.NewButton(words.T("settings.licences"), nil, look.Secondary, func() { showLicences(s) })
	return look.CardTitled(words.T("settings.about"), look.Quiet(words.T("settings.version", "version", s.Services.Version)), container.NewVBox(
		look.Quiet(words.T("settings.path")), container.NewBorder(nil, nil, nil, copyPath, path),
		newParagraph(words.T("settings.about.text"), look.SizeSmall, look.ColourQuiet),
		container.NewHBox(licences)))
}

// byteSize writes a file's size, as the free space of a stick is written.
func byteSize(n int64) string { return handoff.Bytes(n).String() }

// columnsLayout places two columns beside each other, each as high as it needs.
type columnsLayout struct{}

func (columnsLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+b.Width+look.Gap, max(a.Height, b.Height))
}

func (columnsLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const widest = 880 // longer lines are hard to read
	w := min((size.Width-look.Gap)/2, widest)
	for i, c := range o {
		c.Move(fyne.NewPos(float32(i)*(w+look.Gap), 0))
		c.Resize(fyne.NewSize(w, c.MinSize().Height))
	}
}
