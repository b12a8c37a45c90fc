package ui

import (
	"cmp"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// fileChoice asks for a file of one kind in a sheet: folders to walk through, the
// files of that kind, and a field for the name, which also takes a whole path.
type fileChoice struct {
	s      *Session
	title  string
	submit string      // of the button
	ext    string      // with its dot: .db; several are parted by spaces
	folder string      // shown at first
	name   string      // offered for a new file; "" asks for a file that is there
	absent ledger.Code // of a file that is not there; CodeLedgerMissing if nothing else

	// start says what to do with the file: as sheet.start.
	start func(file string) (work func() error, done func(), err error)

	sheet  *sheet
	table  *grid.Grid
	where  *look.Label
	places *fyne.Container
	rows   []fileRow
	read   uint // numbers the readings, so that only the newest is shown
}

// fileRow is a folder or a file as listed.
type fileRow struct {
	name   string
	folder bool
	size   int64
	at     time.Time
}

// upRow is the row that leads to the folder above.
const upRow = ".."

// errGone keeps a sheet open without a sentence: the person went into a folder.
var errGone = errors.New("went into a folder")

// The size of the list of files.
const (
	filesWide float32 = 640
	filesHigh float32 = 330
)

// newFile asks for a new file among the person's documents; name is without ext.
func newFile(s *Session, title, submit, name, ext string) *fileChoice {
	folder := documents()
	return &fileChoice{s: s, title: title, submit: submit, ext: ext, folder: folder,
		name: filepath.Base(freeName(folder, name, ext))}
}

// show opens the sheet.
func (c *fileChoice) show() {
	c.sheet = newSheet(c.s, c.s.Window.Canvas(), c.title,
		[]sheetField{{Key: "name", Label: words.T("files.name"), Value: c.name, Hint: words.T("files.hint", "ext", c.ext)}}, c.submit)
	c.sheet.start = c.chosen
	c.where = look.Text("", look.SizeBody, true, look.ColourText).Truncated()
	c.places = inRow(look.Half)
	c.table = c.newTable()
	area := canvas.NewRectangle(nil)
	area.SetMinSize(fyne.NewSize(filesWide, filesHigh))
	frame := container.NewStack(area, look.NewSurface(look.ColourSurface, look.ColourLine, 6), look.Inset(c.table, 1))
	c.sheet.head.Objects = []fyneObject{c.places, c.where, gapBelow(frame)}
	c.sheet.show()
	c.goTo(c.folder)
	if c.name == "" {
		c.s.Window.Canvas().Focus(c.table)
	}
}

func (c *fileChoice) newTable() *grid.Grid {
	t := grid.New([]grid.Column{
		{ID: "name", Title: words.T("files.column.name"), Width: 360, Flex: true},
		{ID: "size", Title: words.T("files.column.size"), Width: 90, Align: grid.Trailing},
		{ID: "at", Title: words.T("files.column.time"), Width: 150},
	})
	t.SetEmpty(words.T("files.reading"))
	t.OnSelect = func(i int) {
		if r, ok := c.row(i); ok && !r.folder {
			c.setName(r.name)
		}
	}
	t.OnActivate = func(i int) {
		switch r, ok := c.row(i); {
		case !ok:
		case r.folder:
			c.goTo(filepath.Join(c.folder, r.name))
		default:
			c.setName(r.name)
			c.sheet.submit()
		}
	}
	return t
}

func (c *fileChoice) row(i int) (fileRow, bool) {
	if i < 0 || i >= len(c.rows) {
		return fileRow{}, false
	}
	return c.rows[i], true
}

func (c *fileChoice) setName(name string) {
	if in, ok := c.sheet.fields[0].(*textInput); ok {
		in.entry.SetText(name)
	}
}

// goTo lists a folder. It is read aside: a drive may be slow.
func (c *fileChoice) goTo(folder string) {
	c.read++
	n := c.read
	var rows []fileRow
	var places []filePlace
	var err error
	c.s.Tasks.Do(func() {
		places = filePlaces()
		rows, err = listFolder(folder, c.ext)
	}, func() {
		if n != c.read {
			return
		}
		if err != nil {
			c.sheet.say(words.T("files.unreadable", "folder", folder))
		} else {
			c.sheet.say("")
			c.folder, c.rows = folder, rows
		}
		c.shown(places)
	})
}

// shown puts the folder on the screen.
func (c *fileChoice) shown(places []filePlace) {
	c.where.SetText(c.folder)
	c.places.Objects = nil
	for _, p := range places {
		b := newKeyButton(p.name, look.Secondary, func() { c.goTo(p.path) })
		b.onKey = c.sheet.key
		c.places.Add(b)
	}
	c.table.SetEmpty(words.T("files.none", "ext", c.ext))
	c.table.SetSource(fileSource{c})
	c.table.Select(0)
	relayout(c.sheet.overlay)
}

// chosen answers the sheet's button. A folder typed or pasted is gone into.
func (c *fileChoice) chosen(values map[string]string) (func() error, func(), error) {
	file, err := fileIn(c.folder, values["name"], c.ext)
	if err != nil {
		return nil, nil, err
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		c.setName(c.name)
		c.goTo(file)
		return nil, nil, errGone
	}
	if err := c.check(file); err != nil {
		return nil, nil, err
	}
	return c.start(file)
}

// check refuses a new file that is there already, which is never overwritten, and
// an old one that is not.
func (c *fileChoice) check(file string) error {
	_, err := os.Stat(file)
	switch {
	case err == nil && c.name != "":
		return ledger.Refuse(ledger.CodeFileExists, "path", file)
	case err != nil && c.name == "":
		return ledger.Refuse(cmp.Or(c.absent, ledger.CodeLedgerMissing), "path", file).Because(err)
	case c.name != "" && !isFolder(filepath.Dir(file)):
		return ledger.Refuse(ledger.CodeFileWrite, "path", file, "detail", words.T("files.nofolder")).Because(err)
	}
	return nil
}

// fileIn is the path a person means by text in folder; a name without ending gets
// ext.
func fileIn(folder, text, ext string) (string, error) {
	if text = strings.TrimSpace(text); text == "" {
		return "", ledger.Refuse(ledger.CodeNameEmpty)
	}
	if rest, ok := strings.CutPrefix(text, "~"); ok {
		text = homeFolder() + rest
	}
	if !filepath.IsAbs(text) {
		text = filepath.Join(folder, text)
	}
	if info, err := os.Stat(text); err == nil && info.IsDir() {
		return text, nil
	}
	if filepath.Ext(text) == "" || (ext == ".xlsx" && !strings.EqualFold(filepath.Ext(text), ext)) {
		text += strings.Fields(ext)[0]
	}
	return text, nil
}

// isOfKind reports whether a file's name ends in one of some endings.
func isOfKind(name, ext string) bool {
	return slices.ContainsFunc(strings.Fields(ext), func(e string) bool { return strings.EqualFold(filepath.Ext(name), e) })
}

// listFolder gives the way up, the folders by name, then the files of a kind,
// newest first.
func listFolder(folder, ext string) ([]fileRow, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var rows []fileRow
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(folder, e.Name())) // follows links to folders
		if err != nil || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if info.IsDir() || isOfKind(e.Name(), ext) {
			rows = append(rows, fileRow{e.Name(), info.IsDir(), info.Size(), info.ModTime()})
		}
	}
	slices.SortStableFunc(rows, func(a, b fileRow) int {
		switch {
		case a.folder != b.folder:
			return map[bool]int{true: -1, false: 1}[a.folder]
		case a.folder:
			return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
		}
		return b.at.Compare(a.at)
	})
	if filepath.Dir(folder) != folder {
		rows = slices.Insert(rows, 0, fileRow{name: upRow, folder: true})
	}
	return rows, nil
}

// fileSource shows the rows in the table.
type fileSource struct{ c *fileChoice }

// Len is part of grid.Source.
func (f fileSource) Len() int { return len(f.c.rows) }

// Row is part of grid.Source.
func (f fileSource) Row(i int, cells []grid.Cell) bool {
	r := f.c.rows[i]
	switch {
	case r.name == upRow:
		cells[0] = grid.Cell{Text: words.T("files.up"), Tone: grid.Quiet}
	case r.folder:
		cells[0] = grid.Cell{Text: r.name + string(filepath.Separator), Bold: true}
	default:
		cells[0].Text = r.name
		cells[1] = grid.Cell{Text: byteSize(r.size), Tone: grid.Quiet}
		cells[2] = grid.Cell{Text: r.at.Format("2006-01-02 15:04"), Tone: grid.Quiet}
	}
	return true
}
