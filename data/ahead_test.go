package data

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// TestReadAheadEndsWithTheFirstFault: what was read before a fault is visited, in
// order, whichever side the fault is on, and the reading goroutine has ended. It
// fails where a fault overtakes values or is lost with the last batch.
func TestReadAheadEndsWithTheFirstFault(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 1, batchSize - 1, batchSize, batchSize + 1, 20 * batchSize} {
		for _, end := range []struct {
			read, visit error // faults after n values
		}{{nil, nil}, {broken, nil}, {nil, broken}, {broken, broken}} {
			t.Run(fmt.Sprintf("%d, reading: %v, visiting: %v", n, end.read, end.visit), func(t *testing.T) {
				var got []int
				reading := true
				err := readAhead(context.Background(), func(_ context.Context, put func(*int) error) error {
					defer func() { reading = false }()
					more := 0
					if end.visit != nil {
						more = 10 * batchSize // that nobody takes
					}
					for i := range n + more {
						if err := put(&i); err != nil {
							return err
						}
					}
					return end.read
				}, func(i *int) error {
					if *i == n {
						return end.visit
					}
					got = append(got, *i)
					return nil
				})
				if reading {
					t.Error("the reader goes on")
				}
				if want := errors.Join(end.read, end.visit) != nil; (err != nil) != want || err != nil && !errors.Is(err, broken) {
					t.Errorf("ends with %v", err)
				}
				if len(got) != n || !slices.IsSorted(got) {
					t.Errorf("visited %d of %d, in order: %v", len(got), n, slices.IsSorted(got))
				}
			})
		}
	}
}

// TestReadAheadIsCancelled: cancelling ends both sides, and is told as such even
// when the reader had nothing to hand over any more.
func TestReadAheadIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	err := readAhead(ctx, func(ctx context.Context, put func(*int) error) error {
		for i := 0; ; i++ {
			if err := put(&i); err != nil {
				return err
			}
		}
	}, func(i *int) error {
		if *i == 3*batchSize {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ends with %v", err)
	}
}
