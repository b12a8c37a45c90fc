package ui

import (
	"context"

	"fyne.io/fyne/v2"

	"taizhang/app/handoff"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/grid"
	"taizhang/ui/look"
)

// Travels tells how revisions came into this ledger, how far this desk's own have
// gone, and which records several desks state differently.
type Travels interface {
	// Clashes lists the records that clash; of each, the statement that counts for
	// now comes first.
	Clashes(ctx context.Context) ([]handoff.Clash, error)
	// Origins says of revisions which merge brought them.
	Origins(ctx context.Context, revisions []ledger.ID) (map[ledger.ID]handoff.Origin, error)
	// Standing is how far the revisions that this desk wrote have gone.
	Standing(ctx context.Context) (handoff.Standing, error)
}

// columnTravel is the column that says how far a row has travelled. Tables have it
// only in a ledger that has met another, so that a lone desk's stay calm.
const columnTravel = "travel"

// readStanding is the ledger's standing; the zero one, which shows nothing, where
// nobody keeps any.
func readStanding(ctx context.Context, s *Session) (handoff.Standing, error) {
	if s.Travels == nil {
		return handoff.Standing{}, nil
	}
	return s.Travels.Standing(ctx)
}

// travelColumn is the column of a table.
func travelColumn(width float32) grid.Column {
	return grid.Column{ID: columnTravel, Title: words.T("travel.column"), Width: width, MinWidth: 48}
}

// travelCell says how far the revision that states a row has travelled, or which
// desk it came from.
func travelCell(st handoff.Standing, dir *directory, revision ledger.ID) grid.Cell {
	switch stage := st.Travel(revision); stage {
	case handoff.TravelReceived:
		return grid.Cell{Text: words.T("travel.received", "name", dir.deskName(revision.Desk())), Tone: grid.Quiet}
	case handoff.TravelDelivered:
		return grid.Cell{Text: words.T("travel.delivered"), Tone: grid.Good}
	case handoff.TravelSent:
		return grid.Cell{Text: words.T("travel.sent"), Tone: grid.Quiet}
	}
	return grid.Cell{Text: words.T("travel.unsent")}
}

// travelWide is the width of the column that fits its words and the names of desks.
func travelWide(dir *directory) float32 {
	wide := float32(0)
	texts := []string{words.T("travel.unsent"), words.T("travel.sent"), words.T("travel.delivered")}
	for _, k := range dir.desk {
		if !k.Own && k.ID != ledger.CatalogueDesk {
			texts = append(texts, words.T("travel.received", "name", dir.deskName(k.Number)))
		}
	}
	for _, t := range texts {
		wide = max(wide, fyne.MeasureText(t, look.SizeBody, fyne.TextStyle{}).Width)
	}
	return min(float32(int(wide))+2*look.Unit+2, 160)
}

// readOrigins says which merge brought each revision; nothing where nobody keeps
// that.
func readOrigins(ctx context.Context, s *Session, revisions []ledger.Revision) (map[ledger.ID]handoff.Origin, error) {
	if s.Travels == nil || len(revisions) == 0 {
		return nil, nil
	}
	ids := make([]ledger.ID, len(revisions))
	for i, r := range revisions {
		ids[i] = r.ID
	}
	return s.Travels.Origins(ctx, ids)
}

// originText says how a revision came in: 第 3 次并入 …; "" for one that was
// written here.
func originText(s *Session, o handoff.Origin) string {
	if o.Merge == 0 {
		return ""
	}
	return words.T("travel.came", "n", o.Merge, "file", o.File, "name", o.Sender,
		"at", o.At.In(s.Now().Location()).Format("2006-01-02 15:04"))
}
