package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
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
// does: a line "trace turns" with how many pages have turned and the latest of them in
// microseconds after its time, and a line "trace goroutines" with how many there are of
// each kind. make soak reads them.
func tracedTurns(stderr io.Writer) func(late time.Duration) {
	if os.Getenv("TAIZHANG_TRACE") != "turns" {
		return nil
	}
	turns, latest, said := 0, time.Duration(0), time.Now()
	return func(late time.Duration) {
		turns++
		latest = max(latest, late)
		if time.Since(said) >= time.Second {
			fmt.Fprintf(stderr, "trace turns %d %d\n", turns, latest.Microseconds())
			fmt.Fprintf(stderr, "trace goroutines %s\n", goroutines())
			latest, said = 0, time.Now()
		}
	}
}

// goroutines tells the goroutines of the program by the functions they began with, "name=3
// name=1", by name. The runtime's own, for collecting garbage, are not among them.
func goroutines() string {
	records := make([]runtime.StackRecord, 100)
	n, ok := runtime.GoroutineProfile(records)
	for !ok {
		records = make([]runtime.StackRecord, n+10)
		n, ok = runtime.GoroutineProfile(records)
	}
	count := map[string]int{}
	for _, r := range records[:n] {
		count[beginning(r.Stack())]++
	}
	var list []string
	for name, n := range count {
		list = append(list, fmt.Sprintf("%s=%d", name, n))
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// beginning is the function that a goroutine began with.
func beginning(stack []uintptr) (first string) {
	for frames := runtime.CallersFrames(stack); ; {
		frame, more := frames.Next()
		if frame.Function != "" && frame.Function != "runtime.goexit" {
			first = frame.Function
		}
		if !more {
			return first
		}
	}
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
