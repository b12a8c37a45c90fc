package ui

import (
	"context"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

func siteFields(v ledger.Site) []sheetField {
	return []sheetField{
		{Key: "name", Label: words.T("field.name"), Value: v.Name},
		{Key: "plan", Label: words.T("forms.site.plan"), Kind: fieldChoice, Value: choiceText(int(v.Plan) - 1),
			Options: []string{words.Plan(ledger.PlanReady), words.Plan(ledger.PlanStandby)}},
		{Key: "rooms", Label: words.T("field.rooms"), Kind: fieldNumber, Value: countText(v.Rooms),
			Measure: words.T("forms.room"), Hint: words.T("count.unstated")},
	}
}

// readSite reads the form; a plan-1 site needs no activation.
func readSite(v map[string]string, before ledger.Site) (*ledger.Site, error) {
	rooms, err := readCount(v["rooms"], "rooms")
	if err != nil {
		return nil, err
	}
	site := &ledger.Site{Name: v["name"], Plan: ledger.PlanReady, Rooms: rooms}
	if choice(v["plan"]) == 1 {
		site.Plan, site.Activated = ledger.PlanStandby, before.Activated
	}
	return site, nil
}

// showSiteForm adds a site.
func showSiteForm(s *Session, plan ledger.Plan) {
	sh := newSheet(s, s.Window.Canvas(), words.T("isolation.add-site"), siteFields(ledger.Site{Plan: plan}), words.T("forms.add"))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		site, err := readSite(v, ledger.Site{})
		if err != nil {
			return nil, nil, err
		}
		var id ledger.ID
		work := func() (err error) {
			id, err = s.Book.Record(context.Background(), site)
			return err
		}
		return work, func() { recorded(s, id, words.T("isolation.add-site.done", "site", site.Name)) }, nil
	}
	sh.show()
}

// showSiteCorrection corrects a site's name, plan or rooms, with a reason.
func showSiteCorrection(s *Session, f ledger.SiteFigure) {
	showCorrection(s, words.T("isolation.correct-site.title", "site", f.Site.Name), siteFields(f.Site), f.ID,
		func(v map[string]string) (ledger.Record, error) { return readSite(v, f.Site) })
}

// switchSite takes a standby site into use, or out of it, with a reason.
func switchSite(s *Session, f ledger.SiteFigure) {
	next := f.Site
	next.Activated = !next.Activated
	keys := switchKeys(f.Site)
	sh := newSheet(s, s.Window.Canvas(), words.T(keys[1], "site", f.Site.Name), []sheetField{reasonField()}, words.T(keys[0]))
	sh.start = func(v map[string]string) (func() error, func(), error) {
		work := func() error { return s.Book.Correct(context.Background(), f.ID, &next, v["reason"]) }
		return work, func() { revised(s, words.T(keys[2], "site", f.Site.Name)) }, nil
	}
	sh.show()
}
