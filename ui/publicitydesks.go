package ui

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"taizhang/app/ledger"
	"taizhang/app/words"
)

// chainsOf are the chains of the desk that a chain is of: restoring a backup makes a
// desk begin another.
func (d *directory) chainsOf(number int64) []int64 {
	chains := []int64{number}
	key := d.desk[number].Desk.PublicKey
	for n, k := range d.desk {
		if n != number && len(key) > 0 && bytes.Equal(k.Desk.PublicKey, key) {
			chains = append(chains, n)
		}
	}
	return chains
}

// deskChoice names a desk to filter by.
func deskChoice(dir *directory, number int64) string {
	if dir.desk[number].Own {
		return words.T("travel.here.desk", "name", dir.deskName(number))
	}
	return dir.deskName(number)
}

// origins are the desks to choose from: this one first, then the others by name, each
// once.
func (d *directory) origins() []int64 {
	ownFirst := func(a, b int64) int {
		if d.desk[a].Own != d.desk[b].Own {
			if d.desk[a].Own {
				return -1
			}
			return 1
		}
		return 0
	}
	var list []int64
	for n, k := range d.desk {
		first := slices.MinFunc(d.chainsOf(n), func(a, b int64) int { return cmp.Or(ownFirst(a, b), cmp.Compare(a, b)) })
		if k.ID != ledger.CatalogueDesk && first == n {
			list = append(list, n)
		}
	}
	slices.SortFunc(list, func(a, b int64) int {
		return cmp.Or(ownFirst(a, b), strings.Compare(d.deskName(a), d.deskName(b)), cmp.Compare(a, b))
	})
	return list
}

// chooseDesk lists the desks under the button; one of them is then the only one
// whose rows are shown.
func (p *publicityScreen) chooseDesk() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.table)
	if c == nil {
		return
	}
	only := func(text string, desk int64) *fyne.MenuItem {
		item := fyne.NewMenuItem(text, func() { p.filter.desk = desk; p.filtered() })
		item.Checked = p.filter.desk == desk
		return item
	}
	items := []*fyne.MenuItem{only(words.T("publicity.desks.all"), 0)}
	for _, n := range p.rows.dir.origins() {
		items = append(items, only(deskChoice(p.rows.dir, n), n))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.origin)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.AddXY(0, p.origin.Size().Height+2))
}
