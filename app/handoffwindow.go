package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"taizhang/app/handoff"
	"taizhang/app/handoff/drives"
	"taizhang/app/words"
	"taizhang/data"
	"taizhang/ui"
)

// windowHandoff is what the window's handoff place asks of an exchange and the
// ledger behind it. Peers, pairing and the logs are the store's own.
type windowHandoff struct {
	*handoff.Exchange
	*data.Store
}

var _ ui.Handoff = windowHandoff{}

// Merge is the exchange's: it checks, backs up and leaves a receipt.
func (h windowHandoff) Merge(ctx context.Context, m handoff.Merge) (*handoff.Outcome, error) {
	return h.Exchange.Merge(ctx, m)
}

// Watch follows the sticks, the folders chosen in the window and those of
// TAIZHANG_STICKS, a list of paths as in PATH.
func (h windowHandoff) Watch(ctx context.Context, folders []string, changed func([]drives.Drive)) {
	all := append([]string{}, folders...)
	for _, folder := range filepath.SplitList(os.Getenv("TAIZHANG_STICKS")) {
		if folder != "" {
			all = append(all, folder)
		}
	}
	drives.Watch(ctx, all, 0, changed)
}

// Slip writes the page that travels with the stick on paper.
func (h windowHandoff) Slip(ctx context.Context, done *handoff.Exported, to []handoff.Peer, folder string) (string, error) {
	name := strings.TrimSuffix(done.File(), filepath.Ext(done.File())) + "-" + words.T("slip.title") + ".html"
	return writeSlip(ctx, h.Exchange, done, to, filepath.Join(folder, name))
}

// SaveCard writes this desk's card into a folder.
func (h windowHandoff) SaveCard(ctx context.Context, folder string) (string, error) {
	card, err := h.Card(ctx)
	if err != nil {
		return "", err
	}
	name := words.T("handoffui.card.file", "name", fileSafe(card.Name))
	return writeCard(ctx, card, filepath.Join(folder, name))
}

// fileSafe replaces what FAT32 and Windows do not take in a file's name.
func fileSafe(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`<>:"/\|?*. `, r) || r < ' ' {
			return '_'
		}
		return r
	}, name)
}
