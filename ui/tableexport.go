package ui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
)

// exportChunk is how many rows are read at a time for copying and exporting.
const exportChunk = 1000

// mostExported is what a worksheet holds, less its header.
const mostExported = 1<<20 - 1

// eachPublicity reads entries by id, in order, a chunk at a time. The ids are
// not changed.
func eachPublicity(ctx context.Context, r ledger.Reader, ids []ledger.ID,
	yield func(ledger.Row[ledger.Publicity]) error) error {
	for len(ids) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(exportChunk, len(ids))
		rows, err := r.PublicityRows(ctx, ids[:n])
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := yield(row); err != nil {
				return err
			}
		}
		ids = ids[n:]
	}
	return nil
}

func (p *publicityScreen) copySelected() {
	first, last := p.table.SelectionRange()
	if first < 0 {
		p.s.Notify(words.T("publicity.choose"), nil)
		return
	}
	p.copyRows(first, last)
}

// copyRows puts rows first to last on the clipboard, headed by the column
// titles; of a huge selection the first grid.MaxCopy.
func (p *publicityScreen) copyRows(first, last int) {
	list := p.rows.list()
	selected := last - first + 1
	picked := list[first:min(last+1, first+grid.MaxCopy, len(list))]
	rows := p.rows.frozen()
	var titles []string
	for _, c := range p.table.Columns() {
		titles = append(titles, c.Title)
	}
	var text string
	var err error
	p.s.Tasks.Do(func() {
		var cells [][]grid.Cell
		err = eachPublicity(context.Background(), p.s.Reader, picked, func(row ledger.Row[ledger.Publicity]) error {
			line := make([]grid.Cell, len(titles))
			rows.fill(row, line)
			cells = append(cells, line)
			return nil
		})
		text = publicityTSV(titles, cells)
	}, func() {
		if err != nil {
			p.s.Refuse(err)
			return
		}
		fyne.CurrentApp().Clipboard().SetContent(text)
		if selected > len(picked) {
			p.s.Notify(words.T("publicity.copied.part", "n", len(picked), "all", selected), nil)
			return
		}
		p.s.Notify(words.T("publicity.copied", "n", len(picked)), nil)
	})
}

// publicityTSV names the column of measure words, which the table has no title
// for.
func publicityTSV(titles []string, cells [][]grid.Cell) string {
	at := -1
	for i, c := range publicityColumns() {
		if c.ID == columnQuantity {
			at = i
		}
	}
	head := make([]grid.Cell, len(titles))
	for i, t := range titles {
		head[i] = grid.Cell{Text: t}
	}
	if at >= 0 {
		head[at].Suffix = words.T("publicity.column.measure")
	}
	return grid.TSV(nil, append([][]grid.Cell{head}, cells...))
}

// export asks for the file and writes the rows shown to it.
func (p *publicityScreen) export() {
	if p.s.Window == nil || p.s.Services.ExportXLSX == nil {
		return
	}
	if len(p.rows.list()) == 0 {
		p.s.Notify(words.T("publicity.export.none"), nil)
		return
	}
	name := words.T("publicity.export.file", "day", ledger.DayOf(p.s.Now()).String())
	c := newFile(p.s, words.T("publicity.export.title", "n", len(p.rows.list())), words.T("publicity.export.save"), name, ".xlsx")
	c.start = func(file string) (func() error, func(), error) {
		return nil, func() { p.runExport(file) }, nil
	}
	c.show()
}

// runExport writes the file aside, with progress that can be cancelled.
func (p *publicityScreen) runExport(file string) {
	ids, rows := p.rows.list(), p.rows.frozen()
	var err error
	p.writing.begin()
	p.exports(func(ctx context.Context) {
		err = p.s.Services.ExportXLSX(ctx, file, p.sheet(ctx, ids, rows))
	}, func() {
		p.writing.end()
		if err != nil {
			p.s.Refuse(err)
			return
		}
		p.s.Notify(words.T("publicity.exported", "n", min(len(ids), mostExported), "file", file), nil)
	})
}

// cancelExport gives an export up; the file is not left half written, which is
// up to the service.
func (p *publicityScreen) cancelExport() {
	p.exports(func(context.Context) {}, func() {})
	p.writing.end()
}

// sheet is the table for the spreadsheet: figures as numbers, measure word and
// qualification in columns of their own.
func (p *publicityScreen) sheet(ctx context.Context, ids []ledger.ID, rows *publicityRows) Sheet {
	names := []string{columnDay, columnUnit, columnItem, columnChannel, columnQuantity, "measure", "approx",
		columnNote, columnAuthor, columnRecorded, columnNumber, "state"}
	sh := Sheet{Name: words.T("kind.publicity")}
	for _, n := range names {
		sh.Columns = append(sh.Columns, words.T("publicity.column."+n))
	}
	if rows.travel.Exchanged {
		sh.Columns = append(sh.Columns, words.T("travel.column"))
	}
	ids = ids[:min(len(ids), mostExported)]
	sh.Rows = func(yield func([]any) error) error {
		done := 0
		return eachPublicity(ctx, p.s.Reader, ids, func(row ledger.Row[ledger.Publicity]) error {
			if done++; done%exportChunk == 0 {
				n := done
				p.s.Tasks.UI(func() { p.writing.say(words.T("publicity.writing.part", "n", n, "all", len(ids))) })
			}
			return yield(rows.sheetCells(row))
		})
	}
	return sh
}

func (r *publicityRows) sheetCells(row ledger.Row[ledger.Publicity]) []any {
	v := row.Value
	item := r.dir.item[v.Item].Value
	state := ""
	if row.Voided {
		state = words.T("publicity.isvoided")
	}
	cells := []any{v.Day.String(), r.dir.unitName(v.Unit), r.dir.itemName(v.Item), words.Channel(item.Channel), v.Quantity.Value,
		item.Measure, approxWord(v.Quantity.Approx), v.Note, row.Author,
		row.Clock.Time().In(r.s.Now().Location()).Truncate(time.Second), r.s.Reader.IDText(row.ID), state}
	if r.travel.Exchanged {
		cells = append(cells, travelCell(r.travel, r.dir, row.Revision).Text)
	}
	return cells
}

func approxWord(a ledger.Approx) string {
	switch a {
	case ledger.About:
		return words.T("publicity.approx.about")
	case ledger.Nearly:
		return words.T("publicity.approx.nearly")
	case ledger.Over:
		return words.T("publicity.approx.over")
	}
	return ""
}

// documents is where a person looks for files: the folder the desktop names,
// else Documents, else the home folder.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	for _, name := range []string{"Documents", "文档", "文檔"} {
		if info, err := os.Stat(filepath.Join(home, name)); err == nil && info.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// freeName is name in folder, numbered when there is such a file already.
func freeName(folder, name, ext string) string {
	file := filepath.Join(folder, name+ext)
	for i := 2; i < 1000; i++ {
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			break
		}
		file = filepath.Join(folder, name+" "+strconv.Itoa(i)+ext)
	}
	return file
}
