//go:build !linux

package drives

import (
	"context"
	"time"
)

// bell rings when it is time to look again.
type bell struct{ each time.Duration }

func newBell(_ context.Context, each time.Duration) *bell {
	if each <= 0 {
		each = defaultEach
	}
	return &bell{each: each}
}

func (b *bell) close() {}

// wait returns true when it is time to look, false when ctx is done.
func (b *bell) wait(ctx context.Context) bool { return pause(ctx, b.each) }
