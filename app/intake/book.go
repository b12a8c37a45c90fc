package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"taizhang/app/ledger"
)

// The bounds of a workbook. A year of a district's daily reports stays below them.
const (
	MaxBook    = 128 << 20 // bytes of the file
	MaxRows    = 500_000   // rows of a sheet that hold something
	MaxColumns = 500       // columns of a sheet that hold something
	MaxCell    = 32_767    // characters of a cell, as in Excel
)

// CellKind is what a cell holds.
type CellKind uint8

// The kinds of cell.
const (
	CellText   CellKind = 0
	CellNumber CellKind = 1 // Text is a number with a point: 46346, 1.2E7
	CellError  CellKind = 2 // Text is what the workbook shows: #REF!
)

// Cell is one cell of a sheet. The zero value is a blank.
type Cell struct {
	Text   string
	Kind   CellKind
	Merged bool // Text stands in another cell, which this one is merged with
}

// SheetRow is one row of a sheet.
type SheetRow struct {
	Number int    // from 1, as the sheet shows it
	Cells  []Cell // from column A; to be copied if it is kept
}

// at is the cell of a column, from 0; a blank beyond the last.
func (r SheetRow) at(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// Workbook is an opened workbook (.xlsx) or table (.csv). Its file stays open until
// Close. It is not safe for concurrent use.
type Workbook struct {
	Path   string
	Source Source
	Sheets []string // names in their order; of a table, the file's name
	reader sheets
}

// sheets are what kinds of file have in common.
type sheets interface {
	// rows visits the rows of a sheet that hold something, in order. It calls
	// progress with how much of all has been read, in bytes.
	rows(ctx context.Context, sheet int, progress func(done, all int64), visit func(SheetRow) error) error
	epoch1904() bool
	Close() error
}

// IsWorkbook reports whether a file is to be read as a workbook rather than as a
// report. For archives what they hold decides, for others the name.
func IsWorkbook(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".xlsx", ".xlsm", ".xls", ".et":
		return true
	case ".docx", ".txt":
		return false
	}
	return holdsWorkbook(path)
}

// OpenWorkbook opens a .xlsx file, or a .csv in UTF-8, UTF-16 or GB18030. What it
// is, its content says. It returns an *ledger.Error with CodeIntakeMissing,
// CodeIntakeEmpty, CodeBookTooBig (the file, or a sheet once it is unpacked),
// CodeBookOld (.xls, .et, or one with a password), CodeBookBad (damaged, or made to swell),
// or CodeBookTable (no table of text).
func OpenWorkbook(path string) (*Workbook, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(err)
	}
	w, err := openBook(f, path)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

func openBook(f *os.File, path string) (*Workbook, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(errors.Join(err, errors.New("no regular file")))
	}
	if info.Size() > MaxBook {
		return nil, ledger.Refuse(ledger.CodeBookTooBig, "path", path, "max", int64(MaxBook>>20))
	}
	if info.Size() == 0 {
		return nil, ledger.Refuse(ledger.CodeIntakeEmpty, "path", path)
	}
	w := &Workbook{Path: path, Source: Source{Name: filepath.Base(path)}}
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(err)
	}
	hash.Sum(w.Source.Hash[:0])
	head := make([]byte, 8)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, ledger.Refuse(ledger.CodeIntakeMissing, "path", path).Because(err)
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, oldWord):
		return nil, ledger.Refuse(ledger.CodeBookOld, "path", path)
	case bytes.HasPrefix(head, []byte("PK")):
		w.reader, w.Sheets, err = openXLSX(f, info.Size())
	default:
		w.reader, err = openCSV(f)
		w.Sheets = []string{strings.TrimSuffix(w.Source.Name, filepath.Ext(path))}
	}
	if err != nil {
		return nil, named(err, path)
	}
	return w, nil
}

// errSwollen is what a sheet is refused with that unpacks to more than is read;
// errBook a damaged workbook.
var (
	errSwollen = errors.New("unpacks to more than is read")
	errBook    = errors.New("no readable workbook")
)

// named makes the refusal of an error that a file was read with.
func named(err error, path string) error {
	var own *ledger.Error
	switch {
	case errors.As(err, &own), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errSwollen):
		return ledger.Refuse(ledger.CodeBookTooBig, "path", path, "max", int64(MaxBook>>20)).Because(err)
	case errors.Is(err, errTable):
		return ledger.Refuse(ledger.CodeBookTable, "path", path).Because(err)
	}
	return ledger.Refuse(ledger.CodeBookBad, "path", path).Because(err)
}

// Close closes the file.
func (w *Workbook) Close() error { return w.reader.Close() }

// Rows visits the rows of a sheet that hold something, in order, with one row in
// memory at a time. progress, which may be nil, is told how much of all has been
// read. It ends with the context's error, with visit's, or with an *ledger.Error as
// OpenWorkbook's, and CodeBookWide or CodeBookLong for a sheet beyond MaxColumns or
// MaxRows.
func (w *Workbook) Rows(ctx context.Context, sheet int, progress func(done, all int64), visit func(SheetRow) error) error {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	held := 0
	var stop error
	err := w.reader.rows(ctx, sheet, progress, func(r SheetRow) error {
		if held++; held > MaxRows {
			return ledger.Refuse(ledger.CodeBookLong, "sheet", w.Sheets[sheet], "max", int64(MaxRows))
		}
		if len(r.Cells) > MaxColumns {
			return ledger.Refuse(ledger.CodeBookWide, "sheet", w.Sheets[sheet], "max", int64(MaxColumns))
		}
		stop = visit(r)
		return stop
	})
	if err == nil || stop != nil {
		return stop
	}
	return named(err, w.Path)
}

// checkEvery is after how many rows the context is asked, and progress told.
const checkEvery = 256

// tidyCell is the text of a cell without the blanks around it; ok is false for one
// that is longer than a cell can be.
func tidyCell(text string) (string, bool) {
	text = strings.Trim(text, " \t\r\n\u00a0\u3000\ufeff\u200b")
	if len(text) > MaxCell && utf8.RuneCountInString(text) > MaxCell {
		return "", false
	}
	return text, true
}

// CellName is a cell as a sheet names it: CellName(2, 14) is C14. The column is
// counted from 0, the row from 1.
func CellName(column, row int) string {
	return ColumnName(column) + itoa(row)
}

// ColumnName is a column as a sheet names it, counted from 0: A, Z, AA.
func ColumnName(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
