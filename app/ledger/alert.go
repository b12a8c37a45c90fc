package ledger

import (
	"cmp"
	"slices"
	"time"
)

// AlertKind says what an alert is about; its sentence is "alert.<kind>" of the
// translations.
type AlertKind string

// The alerts.
const (
	AlertReserve      AlertKind = "reserve"       // cases, rooms, limit
	AlertOverdue      AlertKind = "overdue"       // unit, text, days
	AlertDueSoon      AlertKind = "due-soon"      // unit, text, days
	AlertReserveStale AlertKind = "reserve-stale" // site, hours
	AlertReserveNone  AlertKind = "reserve-none"  // site
	AlertUnheard      AlertKind = "unheard"       // count, all, unit
	AlertClashes      AlertKind = "clashes"       // count
)

// Level orders alerts: red needs somebody now.
type Level uint8

// The levels.
const (
	LevelRed   Level = 1
	LevelAmber Level = 2
)

// Alert is something a person should look at.
type Alert struct {
	Kind   AlertKind
	Level  Level
	Args   []any // name, value pairs for the sentence
	Record ID    // the record to open, or 0
}

// StaleReserve is the age past which a reserve report no longer counts as
// live: reports are due daily.
const StaleReserve = 24 * time.Hour

// CutOffHour is the hour of the day by which units should have been heard.
const CutOffHour = 17

func alerts(fig Figures, f Facts) []Alert {
	list := slices.Concat(reserveAlerts(fig.Isolation, f.Now), problemAlerts(f, fig.Today))
	if f.Now.Hour() >= CutOffHour && len(fig.Heard.Missing) > 0 {
		list = append(list, Alert{Kind: AlertUnheard, Level: LevelAmber,
			Args: []any{"count", len(fig.Heard.Missing), "all", fig.Heard.All, "unit", fig.Heard.Missing[0].Value.Name}})
	}
	if f.Clashes > 0 {
		list = append(list, Alert{Kind: AlertClashes, Level: LevelAmber, Args: []any{"count", f.Clashes}})
	}
	slices.SortStableFunc(list, func(a, b Alert) int { return cmp.Compare(a.Level, b.Level) })
	return list
}

func reserveAlerts(iso IsolationFigures, now time.Time) []Alert {
	var list []Alert
	if iso.Cases.Known && iso.Reserve.Known && NeedsSupport(iso.Cases.N, iso.Reserve.N) {
		list = append(list, Alert{Kind: AlertReserve, Level: LevelRed,
			Args: []any{"cases", iso.Cases.N, "rooms", iso.Reserve.N, "limit", iso.Reserve.N * ReserveShare / 100}})
	}
	for _, s := range iso.Sites {
		if !s.Site.InUse() {
			continue
		}
		if s.At.IsZero() {
			list = append(list, Alert{Kind: AlertReserveNone, Level: LevelAmber, Args: []any{"site", s.Site.Name}, Record: s.ID})
		} else if age := now.Sub(s.At); age > StaleReserve {
			list = append(list, Alert{Kind: AlertReserveStale, Level: LevelAmber,
				Args: []any{"site", s.Site.Name, "hours", int(age.Hours())}, Record: s.ID})
		}
	}
	return list
}

func problemAlerts(f Facts, today Day) []Alert {
	names := make(map[ID]string, len(f.Units))
	for _, u := range f.Units {
		names[u.ID] = u.Value.Name
	}
	var list []Alert
	for _, p := range f.Live {
		a := Alert{Record: p.ID}
		switch {
		case p.Value.Overdue(today):
			a.Kind, a.Level = AlertOverdue, LevelRed
			a.Args = []any{"unit", names[p.Value.Unit], "text", p.Value.Text, "days", int(today - p.Value.Deadline)}
		case p.Value.DueSoon(today):
			a.Kind, a.Level = AlertDueSoon, LevelAmber
			a.Args = []any{"unit", names[p.Value.Unit], "text", p.Value.Text, "days", int(p.Value.Deadline - today)}
		default:
			continue
		}
		list = append(list, a)
	}
	return list
}
