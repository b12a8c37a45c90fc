package ui

import (
	"taizhang/app/chart"
	"taizhang/app/figures"
	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
	"taizhang/ui/plot"
)

// layouter is any chart of package chart.
type layouter interface {
	Layout(chart.Frame) chart.Picture
}

// typed lays a chart out in body text, a step larger where there is much room
// and a step smaller where rows would be folded away.
func typed(l layouter) plot.Layout {
	return func(w, h float64, m chart.Measure) chart.Picture {
		size := float64(look.SizeBody)
		switch {
		case w > 640 && h > 380:
			size += 2
		case h < 250:
			size--
		}
		return l.Layout(chart.Frame{W: w, H: h, Type: size, Measure: m})
	}
}

// chartsOf are those of some figures with what has just changed in them.
func chartsOf(f ledger.Figures, c *figureChanges) figures.Charts {
	return figures.Charts{Figures: f, Now: f.AsOf, Marked: c.mark,
		Words: figures.Words(func(n int) string { return words.T("overview.other", "n", n) })}
}

// leading is the item with the most entries in the period, the first of equals;
// ok is false when the period has none.
func leading(p ledger.PublicityFigures) (item ledger.ItemFigure, ok bool) {
	for _, it := range p.Items {
		if it.Entries > item.Entries {
			item, ok = it, true
		}
	}
	return item, ok
}

// itemSpark is how an item ran over the last days.
func itemSpark(p ledger.PublicityFigures, item ledger.ID) chart.Spark {
	s := chart.Spark{Role: chart.RoleStructure}
	for _, day := range p.Days {
		point := chart.Point{Key: "item", Label: day.Day.String()}
		if day.Known {
			point.Now = chart.Known(0)
		}
		for _, t := range day.Items {
			if t.Item == item {
				point.Now = chart.Known(float64(t.Quantity))
			}
		}
		s.Points = append(s.Points, point)
	}
	return s
}

// openingFor is what a part of the overview's charts opens.
func openingFor(key string, f ledger.Figures) (Opening, bool) {
	word, ids := chart.SplitKey(key)
	period := f.Scope.Period
	o := Opening{Unit: f.Scope.Unit, Period: &period}
	switch word {
	case figures.KeyItem:
		o.Place, o.Item = PlacePublicity, ledger.ID(ids[0])
	case figures.KeyChannel:
		o.Place, o.Channel = PlacePublicity, ledger.Channel(ids[0])
	case figures.KeyDay:
		o.Place, o.Channel = PlacePublicity, ledger.Channel(ids[0])
		o.Period = &ledger.Period{From: ledger.Day(ids[1]), To: ledger.Day(ids[1])}
	case figures.KeySite:
		return Opening{Place: PlaceIsolation, Record: ledger.ID(ids[0])}, true
	case figures.KeyPlan:
		return Opening{Place: PlaceIsolation}, true
	case figures.KeyState:
		o.Place, o.State = PlaceSupervision, ledger.State(ids[0])
	case figures.KeyOverdue:
		return Opening{Place: PlaceSupervision, Overdue: true, Unit: f.Scope.Unit}, true
	case "problem":
		return Opening{Place: PlaceSupervision, Record: ledger.ID(ids[0])}, true
	default:
		return Opening{}, false
	}
	return o, true
}
