package intake

import (
	"encoding/json"

	"taizhang/app/ledger"
)

// Remembering gives the layout the mapping that a clerk has set for sheets with
// these headings, as JSON: the columns, what the sheet is about and its unit. Where
// the sheet and its headings stand, and its day, are this file's own. What is none, or
// is of more columns than a sheet has, is passed over.
func (l Layout) Remembering(mapping []byte) Layout {
	var m Mapping
	if len(mapping) == 0 || json.Unmarshal(mapping, &m) != nil || len(m.Columns) > MaxColumns {
		return l
	}
	if m.Kind != ledger.KindPublicity && m.Kind != ledger.KindReserve && m.Kind != ledger.KindInspection {
		return l
	}
	l.Mapping.Kind, l.Mapping.Columns, l.Mapping.Unit = m.Kind, m.Columns, m.Unit
	l.Sure = len(l.Mapping.Missing()) == 0
	return l
}
