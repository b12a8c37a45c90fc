package intake

import (
	"context"
	"errors"
	"slices"
	"strings"

	"taizhang/app/ledger"
)

// Layout is what the beginning of a sheet looks like, and how it can be read.
type Layout struct {
	Sheet       string
	Preview     []SheetRow // the first rows that hold something, for a clerk to point at
	Headings    []string   // by column, as written; empty when no row of headings was found
	Fingerprint string     // of the headings: see FingerprintAt
	Mapping     Mapping    // the guess
	Sure        bool       // the guess misses nothing, and knows every column that it reads
	Guessed     []bool     // by column: its heading does not say as much as Mapping does

	from04 bool // days are counted from 1904
}

// previewRows is how many rows of a sheet are looked at. Titles and headings stand
// within them.
const previewRows = 50

// errEnough ends a look at the beginning of a sheet.
var errEnough = errors.New("enough rows")

// Layouts looks at the beginning of each sheet and guesses how it is read, the sheet
// that can be read best first.
func (w *Workbook) Layouts(ctx context.Context, n Names, today ledger.Day) ([]Layout, error) {
	list := make([]Layout, 0, len(w.Sheets))
	scores := map[string]int{}
	for i, name := range w.Sheets {
		l := Layout{Sheet: name}
		err := w.Rows(ctx, i, nil, func(r SheetRow) error {
			l.Preview = append(l.Preview, SheetRow{Number: r.Number, Cells: slices.Clone(r.Cells)})
			if len(l.Preview) == previewRows {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
		l.from04 = w.reader.epoch1904()
		g := &guesser{names: newIndex(n), layout: &l, today: today, from04: l.from04}
		l.Mapping.Sheet = i
		scores[name] = g.guess()
		list = append(list, l)
	}
	slices.SortStableFunc(list, func(a, b Layout) int { return scores[b.Sheet] - scores[a.Sheet] })
	return list, nil
}

// Headed guesses the layout anew with the headings that end in row header, to which a
// person has pointed. Where no row of the preview is, it only keeps the number.
func (l Layout) Headed(n Names, today ledger.Day, header int) Layout {
	at := slices.IndexFunc(l.Preview, func(r SheetRow) bool { return r.Number == header })
	if at > 0 && measuresOnly(l.Preview[at]) {
		at--
	}
	if at < 0 {
		l.Mapping.Header, l.Headings, l.Fingerprint = header, nil, ""
		return l
	}
	l.Mapping = Mapping{Kind: ledger.KindPublicity, Sheet: l.Mapping.Sheet}
	g := &guesser{names: newIndex(n), layout: &l, today: today, from04: l.from04}
	g.guessAt(at, 0)
	return l
}

// guesser guesses how one sheet is read.
type guesser struct {
	names  *index
	layout *Layout
	today  ledger.Day
	from04 bool
}

// guess fills the layout in and returns how well the sheet is understood.
func (g *guesser) guess() int {
	best, at := 1, -1 // one heading alone is a word that happens to stand there
	for i, row := range g.layout.Preview {
		if n := g.recognised(row); n > best {
			best, at = n, i
		}
	}
	m := &g.layout.Mapping
	m.Kind = ledger.KindPublicity
	if at < 0 {
		best, at = 0, g.unknownHeadings()
	}
	if at < 0 {
		return 0
	}
	return g.guessAt(at, best)
}

// guessAt is guess with the headings in the row at index at of the preview, of which
// best are known.
func (g *guesser) guessAt(at, best int) int {
	m := &g.layout.Mapping
	for _, cell := range g.layout.Preview[at].Cells {
		m.Columns = append(m.Columns, g.column(cell))
	}
	g.layout.head(at)
	g.layout.Guessed = make([]bool, len(m.Columns))
	g.contest(m, RoleItem, at, func(text string) bool { _, ok := g.names.item(text); return ok })
	g.contest(m, RoleUnit, at, func(text string) bool { _, ok := g.names.unit(text); return ok })
	g.settle(m)
	g.unnamed(m, at)
	g.alike(m, at)
	g.stated(m, g.layout.Preview[:at])
	g.layout.Sure = len(m.Missing()) == 0 && !slices.Contains(g.layout.Guessed, true)
	if g.layout.Sure {
		return sureScore
	}
	return best
}

// headingOf is what stands above a column; under a heading that spans several, the one
// below it.
func (g *guesser) headingOf(at, column int) string {
	cell := g.layout.Preview[at].at(column)
	if (cell.Merged || cell.Text == "") && at+1 < len(g.layout.Preview) {
		cell = g.layout.Preview[at+1].at(column)
	}
	return folded(cell.Text)
}

// unknownHeadings is the row that stands above the rows of a table, told by its shape
// where its words are not known: two texts or more, none of them a name that rows have,
// and a number below. It is -1 where there is none.
func (g *guesser) unknownHeadings() int {
	for i, row := range g.layout.Preview {
		if fingerprintOf(row) == "" || slices.ContainsFunc(row.Cells, g.isValue) {
			continue
		}
		if next := i + 1; next < len(g.layout.Preview) && slices.ContainsFunc(g.layout.Preview[next].Cells, g.isNumber) {
			return i
		}
	}
	return -1
}

// isValue reports whether a cell is what stands in the rows of a table.
func (g *guesser) isValue(cell Cell) bool {
	if cell.Text == "" {
		return false
	}
	_, unit := g.names.unit(cell.Text)
	_, err := dayOf(cell, g.today, g.from04)
	return unit || err == nil || g.isNumber(cell)
}

func (g *guesser) isNumber(cell Cell) bool {
	if cell.Kind == CellNumber {
		return true
	}
	_, _, err := ledger.SplitQuantity(cell.Text)
	return cell.Text != "" && err == nil
}

// sureScore is above that of any sheet that must be asked about: of several sheets
// that are understood, the first is meant.
const sureScore = MaxColumns + 1

// recognised counts the cells of a row that are headings.
func (g *guesser) recognised(row SheetRow) int {
	n := 0
	seen := map[Column]bool{}
	for _, cell := range row.Cells {
		if c := g.column(cell); c.Role != RoleIgnored && !cell.Merged && !seen[c] {
			n++
			seen[c] = true
		}
	}
	return n
}

// column is what a heading says of its column.
func (g *guesser) column(cell Cell) Column {
	if cell.Kind != CellText || len([]rune(cell.Text)) > maxHeading {
		return Column{}
	}
	text := folded(cell.Text)
	if name, ok := g.names.itemHeading(text); ok {
		return Column{Role: RoleCount, Item: name}
	}
	for _, text := range []string{strings.ToLower(text), strings.ToLower(withoutBrackets(text))} {
		if role, ok := roleOf[whole(text)&^(totals|footnotes|blanks)]; ok {
			return Column{Role: role}
		}
	}
	if name, measure, ok := bracketed(text); ok && kindOf(measure) != 0 && kindOf(measure)&nothing == 0 && whole(name)&totals == 0 {
		return Column{Role: RoleCount, Item: name} // of an item that is not known
	}
	return Column{}
}

// maxHeading is the longest heading, in characters.
const maxHeading = 40

// settle decides what the sheet is about, and drops roles that do not belong there.
func (g *guesser) settle(m *Mapping) {
	switch {
	case m.column(RoleSite) >= 0 && (m.column(RoleOccupied) >= 0 || m.column(RoleReady) >= 0):
		m.Kind = ledger.KindReserve
	case m.column(RoleVisits) >= 0 && (m.column(RoleProblems) >= 0 || m.column(RoleDirectives) >= 0 || m.column(RoleForm) >= 0):
		m.Kind = ledger.KindInspection
	}
	// In a cross-tab 项目 and 数量 head other columns, such as one of sums.
	drops := map[ledger.Kind][]Role{
		ledger.KindReserve:    {RoleUnit, RoleItem, RoleQuantity, RoleMeasure, RoleCount, RoleForm, RoleVisits, RoleProblems, RoleDirectives},
		ledger.KindInspection: {RoleItem, RoleQuantity, RoleMeasure, RoleCount, RoleSite},
		ledger.KindPublicity: {RoleSite, RoleRooms, RoleReady, RoleOccupied, RoleCleaning, RoleUnavailable, RoleForm, RoleVisits,
			RoleProblems, RoleDirectives},
	}[m.Kind]
	if m.column(RoleItem) >= 0 && m.column(RoleQuantity) >= 0 {
		drops = append(drops, RoleCount)
	} else if m.Cross() {
		drops = append(drops, RoleItem, RoleQuantity, RoleMeasure)
	}
	seen := map[Column]bool{}
	for i, c := range m.Columns {
		if c.Role == RoleAt && m.Kind != ledger.KindReserve || c.Role == RoleDay && m.Kind == ledger.KindReserve {
			c.Role = map[Role]Role{RoleAt: RoleDay, RoleDay: RoleAt}[c.Role]
		}
		if slices.Contains(drops, c.Role) {
			c = Column{Left: c.Role != RoleIgnored}
		} else if seen[c] {
			c = Column{}
		}
		m.Columns[i] = c
		seen[c] = true
	}
}

// contest leaves a role to one column where several headings claim it, 类别 and 项目:
// to the one in which most is known.
func (g *guesser) contest(m *Mapping, role Role, at int, known func(text string) bool) {
	best, most := -1, -1
	for i, c := range m.Columns {
		if c.Role != role {
			continue
		}
		n := 0
		for _, row := range g.layout.Preview[at+1:] {
			if known(row.at(i).Text) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	for i, c := range m.Columns {
		if c.Role == role && i != best {
			m.Columns[i] = Column{}
		}
	}
}

// unnamed finds the column of units by what stands in it, where no heading says so.
func (g *guesser) unnamed(m *Mapping, at int) {
	if m.Kind == ledger.KindReserve || m.column(RoleUnit) >= 0 {
		return
	}
	counts := make([]int, len(m.Columns))
	rows := g.layout.Preview[at+1:]
	for _, row := range rows {
		for i := range m.Columns {
			if _, ok := g.names.unit(row.at(i).Text); ok && m.Columns[i].Role != RoleItem {
				counts[i]++
			}
		}
	}
	for i, n := range counts {
		if n > 0 && n*2 >= len(rows) && m.Columns[i].Role != RoleCount {
			m.Columns[i], g.layout.Guessed[i] = Column{Role: RoleUnit}, true
			return
		}
	}
}

// stated finds the day and the unit that are written above the headings for the whole
// sheet: 填报日期：2026-11-20, 临江街道11月20日宣传情况统计表.
func (g *guesser) stated(m *Mapping, above []SheetRow) {
	for _, row := range above {
		for i, cell := range row.Cells {
			if cell.Text == "" || cell.Merged {
				continue
			}
			if next := row.at(i + 1); roleOf[whole(labelOf(cell.Text))] == RoleDay {
				if day, err := dayOf(next, g.today, g.from04); err == nil && next.Text != "" {
					m.Day, m.Dated = day, true
				}
			} else if day, ok := dayWithin(cell.Text, g.today); ok && !m.Dated {
				m.Day, m.Dated = day, true
			}
			if m.Unit == "" && m.column(RoleUnit) < 0 {
				m.Unit = g.names.unitWithin(cell.Text)
			}
		}
	}
	if m.column(RoleDay) >= 0 {
		m.Day, m.Dated = 0, false
	}
}

// labelOf is a cell's text without the colon behind it.
func labelOf(text string) string { return strings.TrimRight(folded(text), ":") }

// dayWithin is the one day that a title names.
func dayWithin(text string, today ledger.Day) (ledger.Day, bool) {
	s := newSheet(text)
	for i := 0; i < len(s.runes); i++ {
		if end := s.date(i); end > i {
			d := s.dated(i, end, today)
			if !d.Empty() && d.From == d.To && d.To <= today {
				return d.To, true
			}
			i = end
		}
	}
	return 0, false
}

// alike finds what the columns of a cross-tab are whose headings are no names: the item
// that 条幅 or 悬挂宣传条幅数 means, when it can be only one; sums and numbers of rows are
// left. A column of an item that the ledger does not have is a guess too.
func (g *guesser) alike(m *Mapping, at int) {
	if m.Kind != ledger.KindPublicity || m.column(RoleItem) >= 0 || m.column(RoleQuantity) >= 0 {
		return
	}
	taken := map[string]bool{}
	for _, c := range m.Columns {
		taken[c.Item] = c.Role == RoleCount
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		heading := g.headingOf(at, i)
		if _, known := g.names.item(c.Item); c.Role == RoleCount && !known {
			g.layout.Guessed[i] = true
		}
		if c.Role != RoleIgnored {
			continue
		}
		if name, ok := g.names.itemLike(heading); ok && !taken[name] {
			*c, g.layout.Guessed[i], taken[name] = Column{Role: RoleCount, Item: name}, true, true
		} else {
			c.Left = c.Left || isTotal(heading) || whole(heading)&serials != 0
		}
	}
}

// measuresOnly reports whether a row says the measure words of the headings above it.
func measuresOnly(row SheetRow) bool {
	n := 0
	for _, cell := range row.Cells {
		text := strings.Trim(folded(cell.Text), "()")
		switch {
		case cell.Merged, text == "":
		case cell.Kind == CellText && kindOf(text) != 0:
			n++
		default:
			return false
		}
	}
	return n > 0
}

// bracketed parts a heading from the measure word in brackets behind it.
func bracketed(text string) (name, measure string, ok bool) {
	rest, ok := strings.CutSuffix(text, ")")
	i := strings.LastIndexByte(rest, '(')
	if !ok || i <= 0 {
		return text, "", false
	}
	return rest[:i], rest[i+1:], true
}

func withoutBrackets(text string) string {
	name, _, _ := bracketed(text)
	return name
}
