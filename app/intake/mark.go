package intake

import (
	"archive/zip"
	"context"
	"strings"

	"github.com/xuri/excelize/v2"

	"taizhang/app/export"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// The bounds of a copy with marks: excelize holds a whole sheet in memory, and its
// comments get slow.
const (
	maxMarked   = 64 << 20 // bytes that a workbook unpacks to
	maxComments = 1_000
)

// markColor fills a cell that keeps its row from being taken.
const markColor = "FFC7CE"

// MarkErrors saves a copy of the workbook at in to out, in which each faulty cell is
// filled and says in a comment what is wrong and what to do. The copy of a table
// (.csv) is a workbook too. It returns the errors of OpenWorkbook and export.File,
// and CodeBookUnmarked for a workbook too large to be marked. The file at in is not
// changed.
func MarkErrors(ctx context.Context, in, out string, replace bool, faults []Fault) error {
	w, err := OpenWorkbook(in)
	if err != nil {
		return err
	}
	defer w.Close()
	book, err := copyOf(ctx, w)
	if err != nil {
		return err
	}
	defer book.Close()
	m := &marker{book: book, styles: map[int]int{}, comments: map[string]map[string]string{}}
	for i, f := range faults {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := m.mark(f, i < maxComments); err != nil {
			return ledger.Refuse(ledger.CodeBookUnmarked, "sheet", f.Sheet).Because(err)
		}
	}
	return export.Save(book, out, replace)
}

// copyOf is the workbook to be marked.
func copyOf(ctx context.Context, w *Workbook) (*excelize.File, error) {
	if _, table := w.reader.(*csvFile); table {
		return ofTable(ctx, w)
	}
	archive, err := zip.OpenReader(w.Path)
	if err != nil {
		return nil, named(errBook, w.Path)
	}
	defer archive.Close()
	size := uint64(0)
	for _, part := range archive.File {
		size += part.UncompressedSize64
	}
	if size > maxMarked {
		return nil, ledger.Refuse(ledger.CodeBookUnmarked, "sheet", w.Source.Name)
	}
	book, err := excelize.OpenFile(w.Path, excelize.Options{UnzipSizeLimit: maxMarked, UnzipXMLSizeLimit: maxMarked})
	if err != nil {
		return nil, named(errBook, w.Path)
	}
	return book, nil
}

// ofTable makes a workbook of a table.
func ofTable(ctx context.Context, w *Workbook) (*excelize.File, error) {
	book := excelize.NewFile()
	name := sheetTitle(w.Sheets[0])
	if err := book.SetSheetName(book.GetSheetName(0), name); err != nil {
		return nil, err
	}
	err := w.Rows(ctx, 0, nil, func(r SheetRow) error {
		texts := make([]string, len(r.Cells))
		for i, cell := range r.Cells {
			texts[i] = cell.Text
		}
		return book.SetSheetRow(name, CellName(0, r.Number), &texts)
	})
	return book, err
}

// sheetTitle is a file's name as a sheet may be called.
func sheetTitle(name string) string {
	runes := []rune(strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name), "' "))
	if len(runes) == 0 {
		return "Sheet1"
	}
	return string(runes[:min(len(runes), 31)])
}

// marker marks the cells of one workbook.
type marker struct {
	book     *excelize.File
	styles   map[int]int                  // filled, by the style that a cell had
	comments map[string]map[string]string // that stand already, by sheet and cell
}

func (m *marker) mark(f Fault, comment bool) error {
	sheet := f.Sheet
	if i, err := m.book.GetSheetIndex(sheet); err != nil || i < 0 {
		sheet = sheetTitle(f.Sheet)
	}
	if err := m.fill(sheet, f.Cell()); err != nil || !comment {
		return err
	}
	before, err := m.said(sheet)
	if err != nil {
		return err
	}
	text := words.Sentence(f.Err)
	if old, ok := before[f.Cell()]; ok {
		text = old + "\n" + text
		if err := m.book.DeleteComment(sheet, f.Cell()); err != nil {
			return err
		}
	}
	before[f.Cell()] = text
	return m.book.AddComment(sheet, excelize.Comment{Cell: f.Cell(), Author: words.T("shell.title"), Width: 320, Height: 90,
		Paragraph: []excelize.RichTextRun{{Text: text}}})
}

// fill gives a cell the colour of a fault, and leaves the rest of its style.
func (m *marker) fill(sheet, cell string) error {
	had, err := m.book.GetCellStyle(sheet, cell)
	if err != nil {
		return err
	}
	filled, ok := m.styles[had]
	if !ok {
		style, err := m.book.GetStyle(had)
		if err != nil {
			return err
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{markColor}}
		if filled, err = m.book.NewStyle(style); err != nil {
			return err
		}
		m.styles[had] = filled
	}
	return m.book.SetCellStyle(sheet, cell, cell, filled)
}

// said are the comments of a sheet.
func (m *marker) said(sheet string) (map[string]string, error) {
	if texts, ok := m.comments[sheet]; ok {
		return texts, nil
	}
	list, err := m.book.GetComments(sheet)
	texts := map[string]string{}
	for _, c := range list {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		texts[c.Cell] = text
	}
	m.comments[sheet] = texts
	return texts, err
}
