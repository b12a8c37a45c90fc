package ledger

import "testing"

// An entry of an item that the same batch adds; one that points nowhere is unknown, and then nothing of the
// batch stands.
func TestBatchAddsItemsThatItsEntriesAreOf(t *testing.T) {
	w := newWorld(t)
	item := &Item{Name: "马克杯", Measure: "个", Channel: ChannelCommunity}
	entry := w.entry(w.linjiang, "宣传单", "10", 0)
	entry.Item = Earlier(1)
	before := len(w.revisions)
	if _, _, err := w.book.RecordBatch(background, &Batch{}, []Record{item, entry}); CodeOf(err) != CodeItemUnknown || len(w.revisions) != before {
		t.Errorf("an entry of what is not there: %v, %d revisions more", err, len(w.revisions)-before)
	}
	entry.Item = Earlier(0)
	_, ids, err := w.book.RecordBatch(background, &Batch{}, []Record{item, entry})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.current(ids[1]).Value.(*Publicity); got.Item != ids[0] {
		t.Errorf("the entry is of %v, not of %v", got.Item, ids[0])
	}
	if entry.Item != Earlier(0) {
		t.Error("the caller's entry was changed")
	}
}
