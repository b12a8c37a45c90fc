package ui

import (
	"fyne.io/fyne/v2/container"

	"taizhang/app/ledger"
	"taizhang/app/words"
	"taizhang/ui/look"
)

// pendingScreen stands for a place that is being built.
type pendingScreen struct{ place Place }

func newSupervisionScreen(*Session) screen { return pendingScreen{PlaceSupervision} }

func (p pendingScreen) content() fyneObject {
	return container.NewCenter(look.Heading(words.T("shell.place." + string(p.place))))
}
func (p pendingScreen) update(ledger.Figures) {}
func (p pendingScreen) open(Opening)          {}
func (p pendingScreen) focus()                {}
