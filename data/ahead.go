package data

import "context"

// batch is a run of what a reading goroutine hands over; err is why it ended.
type batch[T any] struct {
	list []T
	err  error
}

// batchSize is large enough that handing over costs nothing beside reading.
const batchSize = 512

// readInBatches runs read on a goroutine of its own. read calls put for each
// value, in order, and returns the fault that ends it. The channel is closed
// when the goroutine has ended; cancel ctx to end it early.
func readInBatches[T any](ctx context.Context, read func(put func(*T) error) error) <-chan batch[T] {
	out := make(chan batch[T], 4)
	go func() {
		defer close(out)
		list := make([]T, 0, batchSize)
		send := func(b batch[T]) error {
			select {
			case out <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		err := read(func(v *T) error {
			list = append(list, *v)
			if len(list) < batchSize {
				return nil
			}
			err := send(batch[T]{list: list})
			list = make([]T, 0, batchSize)
			return err
		})
		_ = send(batch[T]{list: list, err: err}) // nobody is waiting when it fails
	}()
	return out
}

// readAhead visits what read puts, in order, while read goes on with what
// follows on a goroutine of its own, which has ended when readAhead returns. The
// fault that comes first in that order ends it. visit may keep what it gets.
func readAhead[T any](ctx context.Context, read func(ctx context.Context, put func(*T) error) error, visit func(*T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	batches := readInBatches(ctx, func(put func(*T) error) error { return read(ctx, put) })
	defer func() {
		cancel()
		for range batches {
		}
	}()
	for b := range batches {
		for i := range b.list {
			if err := visit(&b.list[i]); err != nil {
				return err
			}
		}
		if b.err != nil {
			return b.err
		}
	}
	return ctx.Err() // where the end could not be handed over
}
