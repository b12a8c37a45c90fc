package ui

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"taizhang/app/intake"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// workbookKinds are what a sheet can be about, in the order of the ledgers.
var workbookKinds = []ledger.Kind{ledger.KindPublicity, ledger.KindReserve, ledger.KindInspection}

// kindRoles are the roles that a column can have in a sheet of each kind.
var kindRoles = map[ledger.Kind][]intake.Role{
	ledger.KindPublicity: {intake.RoleUnit, intake.RoleDay, intake.RoleItem, intake.RoleQuantity, intake.RoleMeasure, intake.RoleNote},
	ledger.KindReserve: {intake.RoleSite, intake.RoleAt, intake.RoleRooms, intake.RoleReady, intake.RoleOccupied, intake.RoleCleaning,
		intake.RoleUnavailable, intake.RoleNote},
	ledger.KindInspection: {intake.RoleUnit, intake.RoleDay, intake.RoleForm, intake.RoleVisits, intake.RoleProblems, intake.RoleDirectives,
		intake.RoleNote},
}

func kindAt(k ledger.Kind) int { return slices.Index(workbookKinds, k) }

func ledgerOf(k ledger.Kind) intake.Ledger {
	switch k {
	case ledger.KindReserve:
		return intake.Isolation
	case ledger.KindInspection:
		return intake.Supervision
	}
	return intake.Publicity
}

// roleName is the word for a role.
func roleName(role intake.Role) string {
	if role == intake.RoleIgnored {
		return words.T("book.ignored")
	}
	return words.T("column." + string(role))
}

// roleColumn is the first column of a role, -1 for none.
func roleColumn(m intake.Mapping, role intake.Role) int {
	return slices.IndexFunc(m.Columns, func(c intake.Column) bool { return c.Role == role })
}

// role is what a column is taken for.
func (b *workbookPage) role(i int) intake.Role {
	if i < len(b.mapping.Columns) {
		return b.mapping.Columns[i].Role
	}
	return intake.RoleIgnored
}

// columnName is the word for what a column is taken for; of a cross-tab its item.
func (b *workbookPage) columnName(i int) string {
	if b.role(i) == intake.RoleCount {
		return b.mapping.Columns[i].Item
	}
	return roleName(b.role(i))
}

// titleWide is how much of a title above the headings makes its column wider.
const titleWide = 140

// columnWide is wide enough for a column's head and what stands in its first rows.
func (b *workbookPage) columnWide(i int) float32 {
	wide := fyne.MeasureText(headMark+b.titleOf(i), look.SizeSmall, fyne.TextStyle{Bold: true}).Width
	for _, row := range b.layout().Preview {
		if i >= len(row.Cells) || row.Cells[i].Merged {
			continue
		}
		text := fyne.MeasureText(b.preview.text(i, row.Cells[i]), look.SizeBody, fyne.TextStyle{Bold: row.Number == b.mapping.Header}).Width
		if row.Number < b.mapping.Header {
			text = min(text, titleWide)
		}
		wide = max(wide, text)
	}
	return min(float32(int(wide))+20, 240)
}

// set takes a column for something. What can be only once in a sheet is taken from
// the column that had it.
func (b *workbookPage) set(i int, to intake.Column) {
	b.mapping.Columns = slices.Clone(b.mapping.Columns)
	for len(b.mapping.Columns) <= i {
		b.mapping.Columns = append(b.mapping.Columns, intake.Column{})
	}
	for at, c := range b.mapping.Columns {
		same := c.Role == to.Role && to.Role != intake.RoleIgnored && (to.Role != intake.RoleCount || c.Item == to.Item)
		across := to.Role == intake.RoleCount && (c.Role == intake.RoleItem || c.Role == intake.RoleQuantity)
		along := (to.Role == intake.RoleItem || to.Role == intake.RoleQuantity) && c.Role == intake.RoleCount
		if at != i && (same || across || along) {
			b.mapping.Columns[at], b.settled[at] = intake.Column{}, true
		}
	}
	to.Left = to.Role == intake.RoleIgnored
	b.mapping.Columns[i], b.settled[i] = to, true
	if to.Role == intake.RoleUnit {
		b.mapping.Unit = ""
	}
	b.changed()
}

// setKind reads the sheet as one of another ledger: roles that it does not have are
// taken away.
func (b *workbookPage) setKind(at int) {
	if b.closed() {
		return
	}
	b.mapping.Kind = workbookKinds[at]
	b.mapping.Columns = slices.Clone(b.mapping.Columns)
	for i, c := range b.mapping.Columns {
		if !slices.Contains(kindRoles[b.mapping.Kind], c.Role) {
			b.mapping.Columns[i] = intake.Column{}
		}
	}
	b.changed()
}

// setCross reads each column without a role as one of the item that its heading
// names, or none as such.
func (b *workbookPage) setCross(cross bool) {
	if b.closed() || cross == b.mapping.Cross() {
		return
	}
	b.mapping.Columns = slices.Clone(b.mapping.Columns)
	for i, c := range b.mapping.Columns {
		switch c.Role {
		case intake.RoleUnit, intake.RoleDay, intake.RoleNote:
			continue
		}
		b.mapping.Columns[i] = intake.Column{}
		if name := b.heading(i); cross && name != "" {
			b.mapping.Columns[i] = intake.Column{Role: intake.RoleCount, Item: name}
		}
		b.settled[i] = false
	}
	b.changed()
}

// heading is what the row of headings says above a column.
func (b *workbookPage) heading(i int) string {
	for _, row := range b.layout().Preview {
		if row.Number == b.mapping.Header && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i].Text)
		}
	}
	return ""
}

// move puts the keyboard at a column.
func (b *workbookPage) move(to int) {
	b.preview.chosen = max(0, min(to, b.width()-1))
	b.showColumns()
	b.sheet.ShowColumn(strconv.Itoa(b.preview.chosen))
}

// pressed answers a click on a column; one on its head opens the choice.
func (b *workbookPage) pressed(id string, head bool) {
	at, err := strconv.Atoi(id)
	if err != nil {
		return
	}
	if at != b.preview.chosen {
		row := b.sheet.Selected()
		b.move(at)
		b.sheet.Select(row)
	}
	if head {
		b.chooseRole()
	}
}

// columnKey answers the keys that go along the columns.
func (b *workbookPage) columnKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		b.move(b.preview.chosen - 1)
	case fyne.KeyRight:
		b.move(b.preview.chosen + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.chooseRole()
	case fyne.KeyDelete, fyne.KeyBackspace:
		if !b.closed() {
			b.set(b.preview.chosen, intake.Column{})
		}
	default:
		return false
	}
	return true
}

// letter opens the choice with what is typed on the sheet.
func (b *workbookPage) letter(r rune, focused fyne.Focusable) bool {
	if focused != fyne.Focusable(b.sheet) || r <= ' ' {
		return false
	}
	if list := b.chooseRole(); list != nil {
		list.find.SetText(string(r))
		list.find.CursorColumn = 1
	}
	return true
}

// chooseRole asks what the column with the keyboard is.
func (b *workbookPage) chooseRole() *choiceList {
	if b.s.Window == nil || b.closed() || b.width() == 0 {
		return nil
	}
	at := b.preview.chosen
	var list []choiceRow
	for _, role := range append(slices.Clone(kindRoles[b.mapping.Kind]), intake.RoleIgnored) {
		list = append(list, choiceRow{name: roleName(role), chosen: b.role(at) == role, pick: func() { b.set(at, intake.Column{Role: role}) }})
	}
	if b.mapping.Kind == ledger.KindPublicity {
		for _, item := range b.names.Items {
			name := item.Value.Name
			list = append(list, choiceRow{id: item.ID, name: name, hint: item.Value.Measure,
				chosen: b.role(at) == intake.RoleCount && b.mapping.Columns[at].Item == name,
				pick:   func() { b.set(at, intake.Column{Role: intake.RoleCount, Item: name}) }})
		}
	}
	b.sheet.ShowColumn(strconv.Itoa(at))
	return openChoices(b.s, words.T("book.choose", "column", intake.ColumnName(at)), list,
		func(text string) []suggestion { return b.dir.itemNames.holding(text) }, b.sheet.HeadPosition(strconv.Itoa(at)), b.focus)
}

// chooseSheet asks for another sheet of the workbook.
func (b *workbookPage) chooseSheet() {
	if b.s.Window == nil || b.batch != 0 || b.stop != nil {
		return
	}
	var list []choiceRow
	for i, l := range b.layouts {
		list = append(list, choiceRow{name: l.Sheet, chosen: i == b.at, pick: func() { b.choose(i) }})
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.sheets).AddXY(0, b.sheets.Size().Height)
	openChoices(b.s, words.T("book.choose.sheet"), list, func(string) []suggestion { return nil }, at, b.focus)
}
