package main

import (
	"context"
	"fmt"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// figuresJSON is what figures prints with --json. null means not stated.
type figuresJSON struct {
	From        string              `json:"from"`
	To          string              `json:"to"`
	AsOf        any                 `json:"as_of"`
	Publicity   []itemJSON          `json:"publicity"`
	Isolation   isolationJSON       `json:"isolation"`
	Supervision supervisionJSON     `json:"supervision"`
	Alerts      []map[string]string `json:"alerts"`
}

type itemJSON struct {
	Item     string `json:"item"`
	Channel  string `json:"channel"`
	Measure  string `json:"measure"`
	Quantity int64  `json:"quantity"`
	Approx   bool   `json:"approx"`
}

type isolationJSON struct {
	Sites []siteJSON `json:"sites"`
	Plans []planJSON `json:"plans"`
}

type roomsJSON struct {
	Rooms       ledger.Count `json:"rooms"`
	Ready       ledger.Count `json:"ready"`
	Occupied    ledger.Count `json:"occupied"`
	Cleaning    ledger.Count `json:"cleaning"`
	Unavailable ledger.Count `json:"unavailable"`
}

type siteJSON struct {
	Site string `json:"site"`
	Plan int    `json:"plan"`
	roomsJSON
	AsOf any `json:"as_of"`
}

type planJSON struct {
	Plan int `json:"plan"`
	roomsJSON
}

type supervisionJSON struct {
	Inspections int64 `json:"inspections"`
	Problems    int64 `json:"problems"`
	Directives  int64 `json:"directives"`
	Open        int64 `json:"open"`
	Rectified   int64 `json:"rectified"`
	Closed      int64 `json:"closed"`
	Overdue     int64 `json:"overdue"`
}

// runFigures prints the figures of a period, everything when none is given.
func runFigures(ctx context.Context, p *program, args []string) error {
	fs := p.flags("figures")
	from, to := fs.String("from", "", ""), fs.String("to", "", "")
	unit := fs.String("unit", "", "")
	if _, err := p.arguments(fs, args); err != nil {
		return err
	}
	period, err := p.period(*from, *to)
	if err != nil {
		return err
	}
	s, err := p.openToRead(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	scope, err := p.scope(ctx, s, period, *unit)
	if err != nil {
		return err
	}
	fig, err := s.Figures(ctx, scope)
	if err != nil {
		return err
	}
	if p.json {
		return p.printJSON(asJSON(fig))
	}
	p.printFigures(fig)
	return nil
}

// period reads the days of --from and --to; nil when neither is given.
func (p *program) period(from, to string) (*ledger.Period, error) {
	if from == "" && to == "" {
		return nil, nil
	}
	period := ledger.Period{From: 0, To: p.today()}
	for _, end := range []struct {
		text string
		to   *ledger.Day
	}{{from, &period.From}, {to, &period.To}} {
		if end.text == "" {
			continue
		}
		day, err := ledger.ParseDeadline(end.text, p.today())
		if err != nil {
			return nil, err
		}
		*end.to = day
	}
	if period.Days() == 0 {
		return nil, usage("usage.period", "from", period.From, "to", period.To)
	}
	return &period, nil
}

func (p *program) scope(ctx context.Context, s *data.Store, period *ledger.Period, unit string) (scope ledger.Scope, err error) {
	scope = ledger.Scope{Kind: ledger.PeriodAll, Period: ledger.PeriodOf(ledger.PeriodAll, p.today())}
	if period != nil {
		scope.Kind, scope.Period = ledger.PeriodCustom, *period
	}
	if unit != "" {
		scope.Unit, err = unitNamed(ctx, s, unit)
	}
	return scope, err
}

func asJSON(fig ledger.Figures) figuresJSON {
	sup := fig.Supervision
	out := figuresJSON{From: fig.Scope.Period.From.String(), To: fig.Scope.Period.To.String(), AsOf: stamp(fig.AsOf),
		Publicity: []itemJSON{}, Alerts: []map[string]string{},
		Isolation: isolationJSON{Sites: []siteJSON{}, Plans: []planJSON{}},
		Supervision: supervisionJSON{Inspections: sup.Visits, Problems: sup.Problems, Directives: sup.Directives,
			Open: sup.Open, Rectified: sup.Rectified, Closed: sup.Closed, Overdue: sup.Overdue}}
	for _, i := range fig.Publicity.Items {
		if i.Entries > 0 {
			out.Publicity = append(out.Publicity, itemJSON{Item: i.Item.Name, Channel: i.Item.Channel.String(),
				Measure: i.Item.Measure, Quantity: i.Sum.Value, Approx: i.Sum.Approx})
		}
	}
	for _, s := range fig.Isolation.Sites {
		out.Isolation.Sites = append(out.Isolation.Sites, siteJSON{Site: s.Site.Name, Plan: int(s.Site.Plan), AsOf: stamp(s.At),
			roomsJSON: roomsJSON{s.Rooms, s.Ready, s.Occupied, s.Cleaning, s.Unavailable}})
	}
	for _, p := range fig.Isolation.Plans {
		out.Isolation.Plans = append(out.Isolation.Plans, planJSON{Plan: int(p.Plan),
			roomsJSON: roomsJSON{p.Rooms, p.Ready, p.Occupied, p.Cleaning, p.Unavailable}})
	}
	for _, a := range fig.Alerts {
		out.Alerts = append(out.Alerts, map[string]string{"kind": string(a.Kind), "text": words.Alert(a)})
	}
	return out
}

// printFigures writes the figures for reading.
func (p *program) printFigures(fig ledger.Figures) {
	fmt.Fprintln(p.stdout, words.T("figures.period", "from", fig.Scope.Period.From, "to", fig.Scope.Period.To, "at", fig.AsOf))
	var channel ledger.Channel
	for _, i := range fig.Publicity.Items {
		if i.Entries == 0 {
			continue
		}
		if i.Item.Channel != channel {
			channel = i.Item.Channel
			fmt.Fprintf(p.stdout, "\n%s\n", words.Channel(channel))
		}
		fmt.Fprintf(p.stdout, "  %s %s %s\n", i.Item.Name, words.Sum(i.Sum), i.Item.Measure)
	}
	fmt.Fprintln(p.stdout)
	for _, s := range fig.Isolation.Sites {
		if !s.Ready.Known {
			fmt.Fprintln(p.stdout, words.T("figures.unreported", "plan", words.Plan(s.Site.Plan), "site", s.Site.Name))
			continue
		}
		fmt.Fprintln(p.stdout, words.T("figures.site", "plan", words.Plan(s.Site.Plan), "site", s.Site.Name, "rooms", s.Rooms,
			"ready", s.Ready, "occupied", s.Occupied, "cleaning", s.Cleaning, "unavailable", s.Unavailable))
	}
	sup := fig.Supervision
	fmt.Fprintf(p.stdout, "\n%s\n", words.T("figures.supervision", "visits", sup.Visits, "problems", sup.Problems, "directives", sup.Directives,
		"open", sup.Open, "rectified", sup.Rectified, "closed", sup.Closed, "overdue", sup.Overdue))
	for _, a := range fig.Alerts {
		fmt.Fprintf(p.stdout, "! %s\n", words.Alert(a))
	}
}
