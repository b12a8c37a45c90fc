package intake

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// sheetReader reads the rows of one sheet of a workbook.
type sheetReader struct {
	*xlsx
	ctx      context.Context
	xml      *tokens
	merges   *merges
	visit    func(SheetRow) error
	progress func()
	row      SheetRow
	seen     int
	data     bool // within sheetData
}

func (s *sheetReader) read() error {
	err := walkXML(s.xml, s.start, func(name string) error {
		switch {
		case name == "sheetData":
			s.data = false
		case name == "row" && s.data:
			return s.end()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.ctx.Err()
}

// start begins an element; skipped tells that it was read to its end.
func (s *sheetReader) start(e xml.StartElement) (skipped bool, err error) {
	switch e.Name.Local {
	case "sheetData":
		s.data = true
	case "row":
		if !s.data {
			return false, nil
		}
		number := s.row.Number + 1
		if text := attribute(e, "r"); text != "" {
			if number, err = strconv.Atoi(text); err != nil || number <= s.row.Number || number > 1<<20 {
				return false, errBook
			}
		}
		s.row = SheetRow{Number: number, Cells: s.row.Cells[:0]}
	case "c":
		if s.data {
			return true, s.cell(e)
		}
	}
	return false, nil
}

// cell reads one cell and puts it into its column.
func (s *sheetReader) cell(e xml.StartElement) error {
	column := len(s.row.Cells)
	if name := attribute(e, "r"); name != "" {
		var ok bool
		if column, _, ok = columnOf(name); !ok || column < len(s.row.Cells) {
			return errBook
		}
	}
	value, inline, err := s.value()
	if err != nil {
		return err
	}
	cell, err := s.cellOf(attribute(e, "t"), value, inline)
	if err != nil || cell.Text == "" {
		return err
	}
	for len(s.row.Cells) < column {
		s.row.Cells = append(s.row.Cells, Cell{})
	}
	s.row.Cells = append(s.row.Cells, cell)
	return nil
}

// value reads a cell to its end: what v holds, and the text that stands in the cell
// itself.
func (s *sheetReader) value() (value, inline string, err error) {
	for {
		t, err := s.xml.Token()
		if err != nil {
			return "", "", because(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "v":
				value, err = s.plain()
			case "is":
				inline, err = richText(s.xml)
			default:
				err = s.xml.Skip()
			}
			if err != nil {
				return "", "", because(err)
			}
		case xml.EndElement:
			return value, inline, nil
		}
	}
}

// plain reads the text of an element that holds no other.
func (s *sheetReader) plain() (string, error) {
	text := ""
	for {
		t, err := s.xml.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			if text == "" {
				text = string(t)
			} else {
				text += string(t)
			}
			if len(text) > MaxCell*4 {
				return "", errBook
			}
		case xml.StartElement:
			return "", errBook
		case xml.EndElement:
			return text, nil
		}
	}
}

func (s *sheetReader) cellOf(kind, value, inline string) (Cell, error) {
	switch kind {
	case "s":
		if value == "" {
			return Cell{}, nil
		}
		i, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || i < 0 || i >= len(s.shared) {
			return Cell{}, errBook
		}
		return Cell{Text: s.shared[i]}, nil
	case "inlineStr":
		return Cell{Text: inline}, nil
	case "e":
		return Cell{Text: strings.TrimSpace(value), Kind: CellError}, nil
	case "str", "d", "b":
		text, ok := tidyCell(value)
		if !ok {
			return Cell{}, errBook
		}
		return Cell{Text: text}, nil
	}
	return Cell{Text: strings.TrimSpace(value), Kind: CellNumber}, nil
}

// end hands a row on.
func (s *sheetReader) end() error {
	if s.seen++; s.seen%checkEvery == 0 {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		s.progress()
	}
	if err := s.merges.fill(&s.row); err != nil {
		return err
	}
	if len(s.row.Cells) == 0 {
		return nil
	}
	return s.visit(s.row)
}
