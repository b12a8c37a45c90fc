package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"fyne.io/fyne/v2"

	"taizhang/app/ledger"
)

// traced says on stderr, when TAIZHANG_TRACE=1, at which moment figures came
// onto the screen: "trace figures", then microseconds since 1970. make bench
// measures the window by these lines.
func traced(r ledger.Reader, stderr io.Writer) ledger.Reader {
	if os.Getenv("TAIZHANG_TRACE") != "1" {
		return r
	}
	return tracedReader{r, stderr}
}

type tracedReader struct {
	ledger.Reader
	stderr io.Writer
}

// Figures reads figures and waits, on a goroutine of its own, until they have
// been painted.
func (t tracedReader) Figures(ctx context.Context, scope ledger.Scope) (ledger.Figures, error) {
	f, err := t.Reader.Figures(ctx, scope)
	if err == nil {
		// Two turns on the UI goroutine: by the second, whoever asked has shown them.
		go fyne.Do(func() { go fyne.Do(t.sayWhenPainted) })
	}
	return f, err
}

// sayWhenPainted counts frames by the ticks of an animation, each of which comes
// before its frame: when the second begins, one has been painted.
func (t tracedReader) sayWhenPainted() {
	ticks := 0
	var frames *fyne.Animation
	frames = fyne.NewAnimation(time.Minute, func(float32) {
		if ticks++; ticks == 2 {
			frames.Stop()
			fmt.Fprintf(t.stderr, "trace figures %d\n", time.Now().UnixMicro())
		}
	})
	frames.Start()
}
