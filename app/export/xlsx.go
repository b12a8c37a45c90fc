// Package export writes tables as xlsx workbooks, in one pass and without
// holding their rows in memory.
package export

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"taizhang/app/ledger"
)

// Sheet is one table. Rows yields its rows in order; cells are string, int,
// int64, float64, bool, time.Time, ledger.Day, or nil for an empty one. The
// slice may be used again after yield.
type Sheet struct {
	Name    string
	Columns []string
	Rows    func(yield func(cells []any) error) error
}

// maxRows is the most rows a worksheet holds, its header included; what is over
// goes to further sheets. Source: Excel specifications and limits.
var maxRows = 1 << 20

// File writes the sheets to path. The file appears whole or not at all. An
// existing one is refused with CodeFileExists unless replace is set. Other
// errors are CodeDiskFull and CodeFileWrite, and ctx's own when it ends first.
func File(ctx context.Context, path string, replace bool, sheets ...Sheet) error {
	if _, err := os.Lstat(path); err == nil && !replace {
		return ledger.Refuse(ledger.CodeFileExists, "path", path)
	}
	book := excelize.NewFile()
	defer book.Close()
	if err := fill(ctx, book, sheets); err != nil {
		return refusal(path, err)
	}
	return Save(book, path, replace)
}

// Save writes a workbook to path as File does, with the same errors.
func Save(book *excelize.File, path string, replace bool) error {
	if _, err := os.Lstat(path); err == nil && !replace {
		return ledger.Refuse(ledger.CodeFileExists, "path", path)
	}
	return refusal(path, save(book, path, replace))
}

func refusal(path string, err error) error {
	var own *ledger.Error
	switch {
	case err == nil, errors.As(err, &own), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, fs.ErrExist):
		return ledger.Refuse(ledger.CodeFileExists, "path", path).Because(err)
	case errors.Is(err, syscall.ENOSPC):
		return ledger.Refuse(ledger.CodeDiskFull, "path", path).Because(err)
	}
	detail := err
	var where *fs.PathError
	if errors.As(err, &where) {
		detail = where.Err // the sentence names the path itself
	}
	return ledger.Refuse(ledger.CodeFileWrite, "path", path, "detail", detail.Error()).Because(err)
}

// save writes beside path, flushes to the drive and renames.
func save(book *excelize.File, path string, replace bool) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".export-*.xlsx")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone after the rename
	err = errors.Join(book.Write(f), f.Chmod(0o644), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if !replace {
		// A link fails where the name was taken meanwhile; FAT has no links.
		if err := os.Link(f.Name(), path); err == nil || errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return os.Rename(f.Name(), path)
}

// styles are the numbers of the workbook's cell styles.
type styles struct{ header, number, day, moment int }

func newStyles(book *excelize.File) (s styles, err error) {
	format := func(code string) *excelize.Style {
		return &excelize.Style{CustomNumFmt: &code, Alignment: &excelize.Alignment{Vertical: "top"}}
	}
	header := &excelize.Style{
		Font:      &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F4E79"}},
		Alignment: &excelize.Alignment{Vertical: "center"},
	}
	for _, one := range []struct {
		to    *int
		style *excelize.Style
	}{{&s.header, header}, {&s.number, format("#,##0")}, {&s.day, format("yyyy-mm-dd")}, {&s.moment, format("yyyy-mm-dd hh:mm")}} {
		if *one.to, err = book.NewStyle(one.style); err != nil {
			return s, err
		}
	}
	return s, nil
}

func fill(ctx context.Context, book *excelize.File, sheets []Sheet) error {
	// A new workbook has a sheet of its own, which must go last: there is
	// always one.
	const own = "-"
	if err := book.SetSheetName(book.GetSheetName(0), own); err != nil {
		return err
	}
	style, err := newStyles(book)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		p := &page{ctx: ctx, book: book, style: style, sheet: s}
		if err := p.begin(); err != nil {
			return err
		}
		if err := s.Rows(p.row); err != nil {
			return err
		}
		if err := p.stream.Flush(); err != nil {
			return err
		}
	}
	return book.DeleteSheet(own)
}

// page writes the rows of one sheet, over several worksheets if need be.
type page struct {
	ctx    context.Context
	book   *excelize.File
	style  styles
	sheet  Sheet
	stream *excelize.StreamWriter
	pages  int // worksheets begun
	rows   int // on this one
	cells  []any
}

func (p *page) begin() (err error) {
	p.pages++
	p.rows = 0
	name := title(p.sheet.Name, p.pages)
	if _, err := p.book.NewSheet(name); err != nil {
		return err
	}
	if p.stream, err = p.book.NewStreamWriter(name); err != nil {
		return err
	}
	for i, column := range p.sheet.Columns {
		if err := p.stream.SetColWidth(i+1, i+1, width(column)); err != nil {
			return err
		}
	}
	if err := p.stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	header := make([]any, len(p.sheet.Columns))
	for i, column := range p.sheet.Columns {
		header[i] = excelize.Cell{StyleID: p.style.header, Value: column}
	}
	p.rows++
	return p.stream.SetRow("A1", header, excelize.RowOpts{Height: 22})
}

// title is a worksheet's name: at most 31 characters and without the signs that
// Excel refuses.
func title(name string, n int) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\`, r) {
			return ' '
		}
		return r
	}, name)
	suffix := ""
	if n > 1 {
		suffix = " (" + strconv.Itoa(n) + ")"
	}
	runes := []rune(name)
	return string(runes[:min(len(runes), 31-len(suffix))]) + suffix
}

// width gives a column room for its title, at least 14 digits wide. A Chinese
// character takes two.
func width(title string) float64 {
	return max(14, 4+float64(utf8.RuneCountInString(title))*2)
}

func (p *page) row(cells []any) error {
	if p.rows%1024 == 0 && p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	if p.rows == maxRows {
		if err := p.stream.Flush(); err != nil {
			return err
		}
		if err := p.begin(); err != nil {
			return err
		}
	}
	p.rows++
	p.cells = p.cells[:0]
	for _, c := range cells {
		p.cells = append(p.cells, p.cell(c))
	}
	return p.stream.SetRow("A"+strconv.Itoa(p.rows), p.cells)
}

func (p *page) cell(v any) any {
	switch v := v.(type) {
	case int:
		return excelize.Cell{StyleID: p.style.number, Value: v}
	case int64:
		return excelize.Cell{StyleID: p.style.number, Value: v}
	case ledger.Count:
		if !v.Known {
			return nil
		}
		return excelize.Cell{StyleID: p.style.number, Value: v.N}
	case ledger.Day:
		return excelize.Cell{StyleID: p.style.day, Value: v.Time(time.UTC)}
	case time.Time:
		// A workbook knows no zones: the digits people see are kept.
		_, offset := v.Zone()
		return excelize.Cell{StyleID: p.style.moment, Value: v.UTC().Add(time.Duration(offset) * time.Second)}
	}
	return v
}
