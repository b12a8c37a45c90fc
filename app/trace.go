package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/metrics"
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

// tracePauses says on stderr, when TAIZHANG_TRACE=pauses, how long the window
// kept a person waiting: a line "trace pause" with the longest wait for the UI
// goroutine in each tenth of a second, in microseconds.
func tracePauses(stderr io.Writer) {
	if os.Getenv("TAIZHANG_TRACE") != "pauses" {
		return
	}
	go func() {
		for {
			var longest time.Duration
			for until := time.Now().Add(100 * time.Millisecond); time.Now().Before(until); time.Sleep(3 * time.Millisecond) {
				asked := time.Now()
				fyne.DoAndWait(func() {})
				longest = max(longest, time.Since(asked))
			}
			fmt.Fprintf(stderr, "trace pause %d\n", longest.Microseconds())
		}
	}()
}

// tracedTurns says on stderr, when TAIZHANG_TRACE=turns, once a second how the wall
// does: a line "trace turns" with how many pages have turned, the latest of them in
// microseconds after its time, and how many goroutines wait for something. make soak
// reads it.
func tracedTurns(stderr io.Writer) func(late time.Duration) {
	if os.Getenv("TAIZHANG_TRACE") != "turns" {
		return nil
	}
	turns, latest, said := 0, time.Duration(0), time.Now()
	return func(late time.Duration) {
		turns++
		latest = max(latest, late)
		if time.Since(said) >= time.Second {
			fmt.Fprintf(stderr, "trace turns %d %d %d\n", turns, latest.Microseconds(), waiting())
			latest, said = 0, time.Now()
		}
	}
}

// waiting is how many goroutines wait: a leaked one does for ever. Those about to run,
// of which every read of the ledger makes some dozens, are none.
func waiting() uint64 {
	sample := []metrics.Sample{{Name: "/sched/goroutines/waiting:goroutines"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
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
