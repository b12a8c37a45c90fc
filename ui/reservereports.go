package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// reportsShown is how many reports of a site are read: about two weeks of
// daily reports with their steps.
const reportsShown = 100

// reserveReports are the newest reports of one site, and the history of the
// one chosen, or of the site itself.
type reserveReports struct {
	session *Session
	latest  func(work func(context.Context), done func())
	site    ledger.SiteFigure
	rows    []ledger.Row[ledger.Reserve]
	dir     *directory
	travel  handoff.Standing
	met     bool // this ledger has met another

	onResized func()         // a part of the column has come or gone
	onMet     func(met bool) // the reports need more room, or less

	title   *look.Label
	table   *grid.Grid
	panel   *historyPanel
	box     fyneObject
	history fyneObject
}

func newReserveReports(s *Session) *reserveReports {
	r := &reserveReports{session: s, latest: s.Tasks.Latest(), dir: emptyDirectory(),
		title: look.Text("", look.SizeBody+2, true, look.ColourText).Truncated()}
	r.table = grid.New(reportColumns(104, 56))
	r.table.SetEmpty(words.T("isolation.no-reports"))
	r.table.SetSource(r)
	r.table.OnSelect = func(row int) {
		r.history.Show()
		r.panel.show(r.rows[row].ID)
		r.onResized()
	}
	r.table.OnActivate = func(row int) { r.correct(r.rows[row]) }
	r.table.OnContext = r.menu
	r.panel = newHistoryPanel(s)
	r.panel.onClosed = func() { r.onResized() }
	r.box = look.Card(container.NewBorder(gapBelow(r.title), nil, nil, nil, r.table))
	r.history = r.panel.content()
	return r
}

// reportColumns are when a report is of, at wide, and its rooms by state, each at
// least width wide and as wide as its title.
func reportColumns(at, width float32) []grid.Column {
	columns := []grid.Column{{ID: "at", Title: words.T("isolation.report-time"), Width: at}}
	for _, st := range roomStates {
		title := words.T("isolation.column." + st.key)
		wide := fyne.MeasureText(title, look.SizeSmall, fyne.TextStyle{Bold: true}).Width + 2*look.Unit + 2
		columns = append(columns, grid.Column{ID: st.key, Title: title, Width: max(width, float32(int(wide))), Align: grid.Trailing})
	}
	return columns
}

// meet shows how far reports have travelled once this ledger has met another.
func (r *reserveReports) meet(met bool) {
	if met == r.met {
		return
	}
	r.met = met
	r.onMet(met)
	if !met {
		r.table.SetColumns(reportColumns(104, 56))
		return
	}
	travel := travelColumn(travelWide(r.dir))
	travel.Flex = true // the column beside the sites is narrow
	r.table.SetColumns(append(reportColumns(94, 40), travel))
}

// Len is part of grid.Source.
func (r *reserveReports) Len() int { return len(r.rows) }

// Row is part of grid.Source.
func (r *reserveReports) Row(i int, cells []grid.Cell) bool {
	v := r.rows[i].Value
	tone := grid.Normal
	if r.rows[i].Voided {
		tone = grid.Struck
	}
	cells[0] = grid.Cell{Text: reportTime(v.At, r.session.Now()), Tone: tone}
	for n, count := range []int64{v.Ready, v.Occupied, v.Cleaning, v.Unavailable} {
		cells[n+1] = grid.Cell{Text: ledger.GroupDigits(count), Tone: tone}
	}
	if r.met {
		cells[len(cells)-1] = travelCell(r.travel, r.dir, r.rows[i].Revision)
	}
	return true
}

// show reads the reports of a site; without a site there is nothing to see.
func (r *reserveReports) show(f ledger.SiteFigure) {
	other := f.ID != r.site.ID
	r.site = f
	if f.ID == 0 {
		r.rows = nil
		r.box.Hide()
		r.history.Hide()
		return
	}
	r.box.Show()
	if other {
		r.history.Show() // also when it was closed over another site
	}
	r.title.SetText(words.T("isolation.reports-of", "site", f.Site.Name))
	var read reportsRead
	r.latest(func(ctx context.Context) { read = readReports(ctx, r.session, f.ID) }, func() {
		if read.err != nil {
			r.session.Refuse(read.err)
			return
		}
		r.dir, r.travel = read.dir, read.travel
		r.meet(read.travel.Exchanged)
		r.put(read.rows, other)
	})
}

// reportsRead is what is read aside of a site's reports.
type reportsRead struct {
	rows   []ledger.Row[ledger.Reserve]
	dir    *directory
	travel handoff.Standing
	err    error
}

func readReports(ctx context.Context, s *Session, site ledger.ID) (read reportsRead) {
	if read.rows, read.err = s.Reader.Reserves(ctx, site, reportsShown); read.err != nil {
		return read
	}
	if read.travel, read.err = readStanding(ctx, s); read.err != nil {
		return read
	}
	read.dir, read.err = readDirectory(ctx, s.Reader)
	return read
}

// put shows rows and keeps the chosen report chosen.
func (r *reserveReports) put(rows []ledger.Row[ledger.Reserve], other bool) {
	var kept ledger.ID
	if at := r.table.Selected(); !other && at >= 0 && at < len(r.rows) {
		kept = r.rows[at].ID
	}
	r.rows = rows
	if other {
		r.table.SetSource(r)
	} else {
		r.table.Refresh()
	}
	for i, row := range rows {
		if kept != 0 && row.ID == kept {
			r.table.Select(i)
			r.panel.show(kept)
			return
		}
	}
	r.panel.show(r.site.ID)
}

func (r *reserveReports) menu(row int, at fyne.Position) {
	report := r.rows[row]
	menu := fyne.NewMenu("",
		fyne.NewMenuItem(words.T("forms.correct"), func() { r.correct(report) }),
		fyne.NewMenuItem(words.T("forms.void"), func() { r.void(report) }))
	widget.ShowPopUpMenuAtPosition(menu, r.session.Window.Canvas(), at)
}

func (r *reserveReports) void(report ledger.Row[ledger.Reserve]) {
	if r.refused(report) {
		return
	}
	voidRecord(r.session, words.T("isolation.void-report.title", "site", r.site.Site.Name, "time", report.Value.At),
		report.ID, words.T("forms.voided"))
}

// refused tells that a voided report is not changed any more.
func (r *reserveReports) refused(report ledger.Row[ledger.Reserve]) bool {
	if report.Voided {
		r.session.Refuse(ledger.Refuse(ledger.CodeRecordVoided, "id", r.session.Reader.IDText(report.ID)))
	}
	return report.Voided
}

// correct opens a report's numbers with a reason.
func (r *reserveReports) correct(report ledger.Row[ledger.Reserve]) {
	if r.refused(report) {
		return
	}
	v := report.Value
	field := func(key string, n int64) sheetField {
		return sheetField{Key: key, Label: words.T("field." + key), Value: ledger.GroupDigits(n), Kind: fieldNumber,
			Measure: words.T("forms.room")}
	}
	fields := []sheetField{field("rooms", v.Rooms), field("occupied", v.Occupied), field("cleaning", v.Cleaning),
		field("unavailable", v.Unavailable), {Key: "note", Label: words.T("field.note"), Value: v.Note}}
	showCorrection(r.session, words.T("isolation.correct-report.title", "site", r.site.Site.Name, "time", v.At), fields,
		report.ID, func(values map[string]string) (ledger.Record, error) {
			next, err := readReserve(values, v.Site)
			if err != nil {
				return nil, err
			}
			next.At = v.At
			return next, nil
		})
}
