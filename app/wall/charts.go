package wall

import (
	"slices"

	"taizhang/app/chart"
	"taizhang/app/figures"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// charts are those of the overview, with marks instead of tooltips: nobody has a pointer
// over there.
func (b *brush) charts() figures.Charts {
	return figures.Charts{Figures: b.Figures, Now: b.now(), Words: chartWords(),
		Marked: func(key string) (string, bool) { return "", b.moot[key] }}
}

func chartWords() chart.Words {
	return figures.Words(func(n int) string { return words.T("wall.more", "n", n) })
}

// unitBars rank the reporting units by their entries.
func (b *brush) unitBars() chart.Bars {
	g := chart.BarGroup{Role: chart.RoleStructure, Key: keyUnits}
	for _, u := range b.Figures.Publicity.Units {
		key := chart.KeyOf(keyUnit, int64(u.ID))
		row := chart.Bar{Key: key, Label: u.Name, Name: u.Name, Now: chart.Amount{Value: float64(u.Entries), Known: u.Entries > 0},
			Changed: b.moot[key]}
		if b.Figures.Compared && u.Before > 0 {
			row.Last = chart.Known(float64(u.Before))
		}
		g.Rows = append(g.Rows, row)
	}
	return chart.Bars{Groups: []chart.BarGroup{g}, Words: unitWords()}
}

// unitWords are chartWords for rows that are units.
func unitWords() chart.Words {
	w := chartWords()
	w.Other = func(n int) string { return words.T("wall.more.units", "n", n) }
	return w
}

// siteBars are the rooms of the sites of some plans by state.
func (b *brush) siteBars(plans ...ledger.Plan) chart.Sites {
	s := b.charts().Sites()
	s.Groups = slices.DeleteFunc(s.Groups, func(g chart.SiteGroup) bool {
		_, ids := chart.SplitKey(g.Key)
		return !slices.Contains(plans, ledger.Plan(ids[0]))
	})
	if len(plans) == 1 && len(s.Groups) == 1 {
		s.Groups[0].Name = "" // the part of the page has it
	}
	if !anyReported(s) {
		s.States = nil
	}
	return s
}

func anyReported(s chart.Sites) bool {
	for _, g := range s.Groups {
		for _, site := range g.Sites {
			if site.Reported {
				return true
			}
		}
	}
	return false
}
