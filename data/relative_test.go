package data_test

import (
	"context"
	"testing"

	"taizhang/data"
)

// TestRelativeBackup: commands pass paths as they were typed.
func TestRelativeBackup(t *testing.T) {
	d := newDesk(t)
	t.Chdir(d.home)
	if err := d.store.Backup(context.Background(), "copy.db"); err != nil {
		t.Fatal(err)
	}
	s, err := data.Open(context.Background(), "copy.db", d.options())
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
}
