package intake

import (
	"archive/zip"
	"bufio"
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// merge is a block of merged cells. Columns are counted from 0, rows from 1.
type merge struct {
	left, top, right, bottom int
	cell                     Cell // what stands at the top left, once that row was read
}

// merges are the merged cells of a sheet, by their first row.
type merges struct {
	list []merge
	next int   // the first that has not begun
	open []int // those that the row in hand may lie in
}

// The bounds of merged cells: of a sheet, and of one row.
const (
	maxMerges  = 100_000
	maxAbreast = 2_000
)

// mergesOf finds the merged cells of a sheet. They stand behind its rows, but must
// be known before: so the rows are passed over once, without reading them.
func mergesOf(ctx context.Context, part *zip.File) (*merges, error) {
	r, err := unpack(part, maxSheet)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	rest := bufio.NewReaderSize(r, 1<<16)
	if err := passRows(ctx, r, rest); errors.Is(err, io.EOF) {
		return &merges{}, nil // a sheet without rows, or a damaged one, which reading it will tell
	} else if err != nil {
		return nil, because(err)
	}
	m := &merges{}
	d := newTokens(r, rest)
	d.Strict = false
	for {
		t, err := d.RawToken()
		if err != nil {
			if errors.Is(err, errSwollen) || errors.Is(err, errBook) {
				return nil, err
			}
			break
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "mergeCell" {
			if err := m.add(attribute(e, "ref")); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(m.list, func(a, b merge) int { return cmp.Compare(a.top, b.top) })
	return m, nil
}

// passRows reads up to the end of sheetData.
func passRows(ctx context.Context, part *unpacked, r *bufio.Reader) error {
	for tags := 0; ; tags++ {
		if tags%(64*checkEvery) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		part.token = 0
		text, err := r.ReadSlice('>')
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return err
		}
		tag := string(text[max(0, len(text)-40):])
		if strings.HasSuffix(tag, "sheetData>") && strings.Contains(tag, "</") || strings.HasSuffix(tag, "sheetData/>") {
			return nil
		}
	}
}

func (m *merges) add(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	left, top, okFrom := columnOf(from)
	right, bottom, okTo := columnOf(to)
	if !ok || !okFrom || !okTo || right < left || bottom < top || len(m.list) >= maxMerges {
		return errBook
	}
	m.list = append(m.list, merge{left: left, top: top, right: right, bottom: bottom})
	return nil
}

// fill puts what merged cells hold into the blanks of a row that belong to them.
// Without it a unit that is written once for five rows would be missing in four.
func (m *merges) fill(r *SheetRow) error {
	for ; m.next < len(m.list) && m.list[m.next].top <= r.Number; m.next++ {
		m.open = append(m.open, m.next)
	}
	m.open = slices.DeleteFunc(m.open, func(i int) bool { return m.list[i].bottom < r.Number })
	if len(m.open) > maxAbreast {
		return errBook
	}
	held := len(r.Cells)
	for _, i := range m.open {
		one := &m.list[i]
		if one.top == r.Number && one.left < held {
			one.cell = r.Cells[one.left]
			one.cell.Merged = true
		}
		if one.cell.Text == "" {
			continue
		}
		for column := one.left; column <= min(one.right, MaxColumns-1); column++ {
			for len(r.Cells) <= column {
				r.Cells = append(r.Cells, Cell{})
			}
			if r.Cells[column].Text == "" {
				r.Cells[column] = one.cell
			}
		}
	}
	return nil
}
