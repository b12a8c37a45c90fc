package data

import (
	"context"
	"sync"

	"taizhang/app/ledger"
)

// deskTable resolves local desk numbers to DeskIDs. Another process may add
// desks or restore a backup, so an unknown number is looked up again.
type deskTable struct {
	s  *Store
	mu sync.RWMutex
	id map[int64]ledger.DeskID
}

func newDeskTable(s *Store) *deskTable {
	return &deskTable{s: s, id: map[int64]ledger.DeskID{}}
}

func (d *deskTable) add(number int64, id ledger.DeskID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.id[number] = id
}

func (d *deskTable) replace(heads map[int64]*chainHead) {
	d.mu.Lock()
	defer d.mu.Unlock()
	clear(d.id)
	for n, h := range heads {
		d.id[n] = h.id
	}
}

func (d *deskTable) lookup(number int64) ledger.DeskID {
	d.mu.RLock()
	id, ok := d.id[number]
	d.mu.RUnlock()
	if ok {
		return id
	}
	if err := d.s.loadDesks(context.Background()); err != nil {
		return ledger.DeskID{}
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.id[number]
}

func (d *deskTable) byShort(short string) (int64, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for n, id := range d.id {
		if id.Short() == short {
			return n, true
		}
	}
	return 0, false
}

func (s *Store) loadDesks(ctx context.Context) error {
	heads, err := readHeads(ctx, s.reader)
	if err != nil {
		return err
	}
	s.desks.replace(heads)
	return nil
}
