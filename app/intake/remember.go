package intake

import (
	"encoding/json"

	"taizhang/app/ledger"
)

// Remembering gives the layout the mapping that a clerk has set for sheets with
// these headings: the columns, what the sheet is about and its unit. Where the sheet and
// its headings stand, and its day, are this file's own. find knows mappings, as JSON, by
// Layout.FingerprintAt; any of the first rows may be the headings, because a clerk may
// have pointed at another than was guessed. What is none, or is of more columns than a
// sheet has, is passed over.
func (l Layout) Remembering(find func(fingerprint string) []byte) Layout {
	if l.Fingerprint != "" && l.remember(find(l.Fingerprint)) {
		return l
	}
	for i, row := range l.Preview {
		if print := fingerprintOf(row); print != "" && l.remember(find(print)) {
			l.head(i)
			break
		}
	}
	return l
}

// remember takes a mapping, unless it is none.
func (l *Layout) remember(mapping []byte) bool {
	var m Mapping
	if len(mapping) == 0 || json.Unmarshal(mapping, &m) != nil || len(m.Columns) > MaxColumns {
		return false
	}
	if m.Kind != ledger.KindPublicity && m.Kind != ledger.KindReserve && m.Kind != ledger.KindInspection {
		return false
	}
	l.Mapping.Kind, l.Mapping.Columns, l.Mapping.Unit = m.Kind, m.Columns, m.Unit
	l.Sure, l.Guessed = len(l.Mapping.Missing()) == 0, nil
	return true
}

// FingerprintAt names the headings when header is the number of their last row; "" when
// no headings stand there.
func (l Layout) FingerprintAt(header int) string {
	if header == l.Mapping.Header {
		return l.Fingerprint
	}
	for i, row := range l.Preview {
		if row.Number != header {
			continue
		}
		if i > 0 && measuresOnly(row) {
			row = l.Preview[i-1]
		}
		return fingerprintOf(row)
	}
	return ""
}

// head takes the row at index at of the preview for the headings; a row below that
// says their measure words belongs to them.
func (l *Layout) head(at int) {
	row := l.Preview[at]
	l.Headings, l.Fingerprint, l.Mapping.Header = headings(row), fingerprintOf(row), row.Number
	if next := at + 1; next < len(l.Preview) && measuresOnly(l.Preview[next]) {
		l.Mapping.Header = l.Preview[next].Number
	}
}

// headings are the texts of a row, by column.
func headings(row SheetRow) []string {
	var list []string
	for _, cell := range row.Cells {
		list = append(list, cell.Text)
	}
	return list
}

// fingerprintOf names the headings that a row is, "" for a row of fewer than two texts.
func fingerprintOf(row SheetRow) string {
	texts := 0
	for _, cell := range row.Cells {
		if cell.Kind == CellText && cell.Text != "" && !cell.Merged {
			texts++
		}
	}
	if texts < 2 {
		return ""
	}
	return fingerprint(headings(row))
}
