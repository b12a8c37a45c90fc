package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/pinyin"
	"taizhang/data"
)

// nearestNames is how many names a sentence about an unknown one offers.
const nearestNames = 3

// named finds the record of a name: written in full, or by pinyin initials that
// only one has. code is refused otherwise, with the nearest names.
func named(text string, names []pinyin.Named, code ledger.Code) (ledger.ID, error) {
	text = strings.TrimSpace(text)
	finder := pinyin.NewFinder(names)
	if n, ok := finder.Exact(text); ok {
		return ledger.ID(n.ID), nil
	}
	var found []pinyin.Named
	for _, n := range names {
		if strings.EqualFold(n.Initials, text) && text != "" {
			found = append(found, n)
		}
	}
	if len(found) == 1 {
		return ledger.ID(found[0].ID), nil
	}
	nearest := finder.Nearest(text, nearestNames)
	if len(found) > 1 {
		nearest = nearest[:0]
		for _, n := range found[:min(len(found), nearestNames)] {
			nearest = append(nearest, n.Name)
		}
	}
	return 0, ledger.Refuse(code, "name", text, "nearest", nearest)
}

// rowNamed finds the standing row that text names, in full or by initials, which
// are the row's own where it keeps them. Of rows that are the same it is the
// canonical one.
func rowNamed[T any](rows []ledger.Row[T], text string, code ledger.Code, names func(T) (name, initials string)) (ledger.ID, error) {
	var list []pinyin.Named
	for _, r := range rows {
		if r.Voided || r.Same != 0 {
			continue
		}
		name, initials := names(r.Value)
		if initials == "" {
			initials = pinyin.Initials(name)
		}
		list = append(list, pinyin.Named{ID: int64(r.ID), Name: name, Initials: initials})
	}
	return named(text, list, code)
}

func unitNamed(ctx context.Context, s *data.Store, text string) (ledger.ID, error) {
	rows, err := s.Units(ctx)
	if err != nil {
		return 0, err
	}
	return rowNamed(rows, text, ledger.CodeUnitUnknown, func(u ledger.Unit) (string, string) { return u.Name, u.Initials })
}

func itemNamed(ctx context.Context, s *data.Store, text string) (ledger.ID, error) {
	rows, err := s.Items(ctx)
	if err != nil {
		return 0, err
	}
	return rowNamed(rows, text, ledger.CodeItemUnknown, func(i ledger.Item) (string, string) { return i.Name, i.Initials })
}

func siteNamed(ctx context.Context, s *data.Store, text string) (ledger.ID, error) {
	rows, err := s.Sites(ctx)
	if err != nil {
		return 0, err
	}
	return rowNamed(rows, text, ledger.CodeSiteUnknown, func(site ledger.Site) (string, string) { return site.Name, "" })
}

// number reads a count as a clerk writes it. A negative one passes: the ledger
// says which figure it is.
func number(text string) (int64, error) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	q, err := ledger.ParseQuantity(text)
	if err == nil && q.IsApprox() {
		err = ledger.Refuse(ledger.CodeQuantitySyntax, "text", text)
	}
	return q.Value, err
}

// wholeNumber reads a number that is the command's own, from 1.
func wholeNumber(name, text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return 0, usage("usage.number", "name", name, "text", text)
	}
	return n, nil
}

// moment reads 2026-11-22 17:05 in the PC's zone, or RFC 3339.
func (p *program) moment(text string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05"} {
		if t, err := time.ParseInLocation(layout, text, p.now().Location()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, ledger.Refuse(ledger.CodeTimeSyntax, "text", text)
}
