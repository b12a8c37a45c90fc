package intake

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"taizhang/app/ledger"
)

// entry judges a row that states one quantity of one item.
func (c *checker) entry(r SheetRow) {
	cell := r.at(c.quantityAt)
	if cell.Merged || isBlank(cell) {
		c.out.Blank++ // of merged cells, the first states the quantity
		return
	}
	q, measure, err := quantityOf(cell)
	if err != nil {
		c.fault(c.quantityAt, r.Number, err)
	}
	unit, okUnit := c.unitOf(r)
	day, okDay := c.dayOf(r)
	item, okItem := c.itemOf(r)
	if err != nil || !okUnit || !okDay || !okItem {
		return
	}
	if stated := r.at(c.measureAt); !isBlank(stated) {
		measure = folded(stated.Text)
	}
	if c.zero(q) || !c.fits(r, c.quantityAt, item, measure) {
		return
	}
	c.keep(c.quantityAt, r, &ledger.Publicity{Unit: unit, Item: c.index.names.Items[item].ID, Day: day, Quantity: q, Note: r.at(c.noteAt).Text})
}

// itemOf is the item of a row, by index.
func (c *checker) itemOf(r SheetRow) (int, bool) {
	cell, ok := c.filled(r, c.itemAt, RoleItem)
	if !ok {
		return 0, false
	}
	item, ok := c.index.item(cell.Text)
	if !ok {
		c.fault(c.itemAt, r.Number, c.index.unknown(ledger.CodeItemUnknown, cell.Text))
	}
	return item, ok
}

// zero counts a quantity of nothing, which makes no entry.
func (c *checker) zero(q ledger.Quantity) bool {
	if q.Value == 0 {
		c.out.Zero++
	}
	return q.Value == 0
}

// fits refuses a measure word that is not the item's.
func (c *checker) fits(r SheetRow, column, item int, measure string) bool {
	want := c.index.names.Items[item].Value
	if measure == "" || measure == folded(want.Measure) {
		return true
	}
	c.fault(column, r.Number, ledger.Refuse(ledger.CodeIntakeMeasure, "item", want.Name, "measure", measure, "counted", want.Measure))
	return false
}

// across judges a row of a cross-tab: quantities of many items for one unit.
func (c *checker) across(r SheetRow) {
	held := false
	for _, column := range c.counts {
		cell := r.at(column.at)
		held = held || !cell.Merged && !isBlank(cell)
	}
	if !held {
		c.out.Blank++
		return
	}
	c.unread(r)
	unit, okUnit := c.unitOf(r)
	day, okDay := c.dayOf(r)
	for _, column := range c.counts {
		cell := r.at(column.at)
		if cell.Merged || isBlank(cell) {
			c.out.Blank++
			continue
		}
		q, measure, err := quantityOf(cell)
		switch {
		case err != nil:
			c.fault(column.at, r.Number, err)
		case column.item < 0:
			c.unknownColumn(column)
		case c.zero(q) || !c.fits(r, column.at, column.item, measure) || !okUnit || !okDay:
		default:
			c.keep(column.at, r, &ledger.Publicity{Unit: unit, Item: c.index.names.Items[column.item].ID, Day: day, Quantity: q,
				Note: r.at(c.noteAt).Text})
		}
	}
}

// unknownColumn refuses a column of an item that is not known, once, at its heading.
func (c *checker) unknownColumn(column countColumn) {
	if !c.headed[column.at] {
		c.headed[column.at] = true
		c.fault(column.at, max(c.mapping.Header, 1), c.index.unknown(ledger.CodeItemUnknown, column.name))
	}
}

// unread refuses columns of a cross-tab in which numbers stand that nobody has said
// what they are, once, at their headings: what is not read would be lost without a word.
func (c *checker) unread(r SheetRow) {
	for i, cell := range r.Cells {
		if i < len(c.mapping.Columns) && (c.mapping.Columns[i].Role != RoleIgnored || c.mapping.Columns[i].Left) || c.headed[i] || isBlank(cell) {
			continue
		}
		if _, _, err := quantityOf(cell); err == nil {
			c.headed[i] = true
			c.fault(i, max(c.mapping.Header, 1), ledger.Refuse(ledger.CodeBookUnread, "at", ColumnName(i)))
		}
	}
}

// number reads a count that must be exact; ok is false when a fault was noted.
func (c *checker) number(r SheetRow, role Role) (n int64, stated, ok bool) {
	at := c.mapping.column(role)
	cell := r.at(at)
	if at < 0 || cell.Merged || isBlank(cell) {
		return 0, false, true
	}
	q, _, err := quantityOf(cell)
	if err == nil && q.IsApprox() {
		err = ledger.Refuse(ledger.CodeQuantitySyntax, "text", cell.Text)
	}
	if err != nil {
		c.fault(at, r.Number, err)
	}
	return q.Value, true, err == nil
}

// stated is what a row says of a site's rooms.
type stated struct {
	report  ledger.Reserve
	sum     int64
	missing int    // how many of the four say nothing
	open    *int64 // the last of them
}

// roomsOf reads what a row says of a site's rooms; ok is false when a fault was noted.
func (c *checker) roomsOf(r SheetRow) (s *stated, ok bool) {
	s = &stated{report: ledger.Reserve{Note: r.at(c.noteAt).Text}}
	for _, one := range []struct {
		role Role
		to   *int64
	}{{RoleReady, &s.report.Ready}, {RoleOccupied, &s.report.Occupied}, {RoleCleaning, &s.report.Cleaning}, {RoleUnavailable, &s.report.Unavailable}} {
		n, said, ok := c.number(r, one.role)
		if !ok {
			return s, false
		}
		if *one.to = n; !said {
			s.missing, s.open = s.missing+1, one.to
		}
		s.sum += n
	}
	return s, true
}

// reserve judges a row that states a site's rooms.
func (c *checker) reserve(r SheetRow) {
	s, ok := c.roomsOf(r)
	if !ok {
		return
	}
	if s.missing == 4 {
		c.out.Blank++
		return
	}
	cell := r.at(c.siteAt)
	at, ok := c.index.site(cell.Text)
	if !ok {
		c.fault(c.siteAt, r.Number, c.index.unknown(ledger.CodeSiteUnknown, cell.Text))
		return
	}
	site := c.index.names.Sites[at]
	all, said, okRooms := c.number(r, RoleRooms)
	moment, okMoment := c.momentOf(r)
	if !okRooms || !okMoment {
		return
	}
	if !said && site.Value.Rooms.Known {
		all, said = site.Value.Rooms.N, true
	}
	s.report.Site, s.report.At, s.report.Rooms = site.ID, moment, all
	// One that is not stated is what the others leave; of two nobody knows.
	if said && s.missing == 1 && s.sum < all {
		*s.open, s.sum = all-s.sum, all
	}
	if err := addsUp(site.Value, &s.report, said && (s.sum == all || s.missing == 0)); err != nil {
		c.fault(max(c.mapping.column(RoleRooms), c.siteAt), r.Number, err)
		return
	}
	c.keep(c.siteAt, r, &s.report)
}

// addsUp refuses a report whose rooms are not all spoken of, or that the site does
// not have so many of.
func addsUp(site ledger.Site, r *ledger.Reserve, whole bool) error {
	switch {
	case r.Rooms == 0:
		return ledger.Refuse(ledger.CodeRoomsNotStated, "site", site.Name)
	case !whole:
		return ledger.Refuse(ledger.CodeIntakeRooms, "site", site.Name, "stated", r.Ready+r.Occupied+r.Cleaning+r.Unavailable, "rooms", r.Rooms)
	case site.Rooms.Known && site.Rooms.N != r.Rooms:
		return ledger.Refuse(ledger.CodeRoomsNotSite, "site", site.Name, "stated", site.Rooms.N, "rooms", r.Rooms,
			"difference", r.Rooms-site.Rooms.N)
	}
	return nil
}

// inspection judges a row that states visits with what they found.
func (c *checker) inspection(r SheetRow) {
	visits, stated, okVisits := c.number(r, RoleVisits)
	problems, some, okProblems := c.number(r, RoleProblems)
	directives, more, okDirectives := c.number(r, RoleDirectives)
	if !okVisits || !okProblems || !okDirectives {
		return
	}
	if !stated && !some && !more {
		c.out.Blank++
		return
	}
	if visits == 0 && problems == 0 && directives == 0 {
		c.out.Zero++
		return
	}
	if !stated {
		c.blank(r, c.mapping.column(RoleVisits), RoleVisits)
		return
	}
	unit, okUnit := c.unitOf(r)
	day, okDay := c.dayOf(r)
	form := ledger.FormAnnounced
	at := c.mapping.column(RoleForm)
	if cell := r.at(at); at >= 0 && !isBlank(cell) {
		var err error
		if form, err = ledger.ParseForm(strings.ToLower(folded(cell.Text))); err != nil {
			c.fault(at, r.Number, ledger.Refuse(ledger.CodeVisitForm, "text", cell.Text))
			return
		}
	}
	if okUnit && okDay {
		c.keep(c.mapping.column(RoleVisits), r, &ledger.Inspection{Unit: unit, Day: day, Form: form, Visits: visits,
			Problems: problems, Directives: directives, Note: r.at(c.noteAt).Text})
	}
}

// written is a time of day behind a date.
var written = regexp.MustCompile(`(\d{1,2}):(\d{2})(?::(\d{2}))?`)

// clockOf is the time of day of a cell, 0 when it names none.
func clockOf(c Cell) time.Duration {
	if c.Kind == CellNumber {
		f, err := strconv.ParseFloat(c.Text, 64)
		if err != nil || math.IsNaN(f) || f != math.Abs(f) || f > serialLast {
			return 0
		}
		return time.Duration(math.Round((f-math.Floor(f))*86400)) * time.Second
	}
	m := written.FindStringSubmatch(strings.ReplaceAll(c.Text, "：", ":"))
	if m == nil {
		return 0
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi(m[3])
	if hour > 23 || minute > 59 || second > 59 {
		return 0
	}
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
}
