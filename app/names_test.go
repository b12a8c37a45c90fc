package main

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/data"
)

// TestNamesOfTwoOffices finds and describes what two offices wrote down, and what
// has not come yet.
func TestNamesOfTwoOffices(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	s, err := data.Create(ctx, filepath.Join(dir, "s.db"), data.Options{Home: dir}, data.Office{District: "宁江区", Unit: "临江街道", Desk: "01"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	write := func(r ledger.Record) (id ledger.ID) {
		if err := s.Write(ctx, func(tx ledger.Tx) error {
			rev := ledger.Revision{Op: ledger.OpCreate, Author: "李明", Fields: r}
			err := tx.Append(&rev)
			id = rev.ID
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return id
	}
	first, err := unitNamed(ctx, s, "临江街道")
	if err != nil {
		t.Fatal(err)
	}
	second := write(&ledger.Unit{Name: "临江街道", Parent: write(&ledger.Unit{Name: "宁江区"})})
	site := write(&ledger.Site{Name: "党校", Plan: ledger.PlanReady})
	write(&ledger.Site{Name: "党校", Plan: ledger.PlanReady})
	if id, err := unitNamed(ctx, s, "临江街道"); err != nil || id != first {
		t.Errorf("the name finds %d, %v, want %d", id, err, first)
	}
	if id, err := siteNamed(ctx, s, "党校"); err != nil || id != site {
		t.Errorf("the site's name finds %d, %v, want %d", id, err, site)
	}
	if ids, err := subtree(ctx, s, "临江街道"); err != nil || len(ids) != 2 {
		t.Errorf("listed by unit: %v, %v", ids, err)
	}
	d, err := newDirectory(ctx, s)
	if err != nil {
		t.Fatal(err)
	}
	far := ledger.MakeID(9, 1)
	for _, c := range []struct {
		r    ledger.Record
		want string
	}{
		{&ledger.Inspection{Unit: second}, "临江街道"},
		{&ledger.Inspection{Unit: far}, words.T("unknown.unit", "id", s.IDText(far))},
		{&ledger.Publicity{Item: far, Day: ledger.DayOf(time.Now())}, words.T("unknown.item", "id", s.IDText(far))},
		{&ledger.Reserve{Site: far}, words.T("unknown.site", "id", s.IDText(far))},
	} {
		if line := d.describe(c.r).line(); !strings.Contains(line, c.want) {
			t.Errorf("described as %q, without %q", line, c.want)
		}
	}
	if parent := d.describe(&ledger.Unit{Name: "宁江区"})[1].value; parent != "" {
		t.Errorf("a root has the parent %v", parent)
	}
}
