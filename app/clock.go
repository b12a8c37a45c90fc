package main

import (
	"strconv"
	"strings"
	"time"
)

// clock is what time the program takes it to be.
type clock struct {
	at    time.Time // what it showed when the program began; zero: the PC's clock
	began time.Time
	speed float64 // seconds of the clock in one second; 0: it stands still
}

// maxSpeed bounds how fast a clock may be made to run: beyond it a day is over
// before anything can be drawn.
const maxSpeed = 100_000

// parseClock reads TAIZHANG_NOW: a moment (RFC 3339) at which the clock stands still,
// for tests and demonstrations, or a moment and a speed (2026-11-22T17:05:00+08:00x60)
// from which it runs so many times as fast, to see a day pass on the wall.
func parseClock(text string) (clock, error) {
	moment, factor, runs := strings.Cut(text, "x")
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return clock{}, usage("usage.now", "text", text)
	}
	c := clock{at: at, began: time.Now()}
	if !runs {
		return c, nil
	}
	c.speed, err = strconv.ParseFloat(factor, 64)
	if err != nil || !(c.speed > 0 && c.speed <= maxSpeed) {
		return clock{}, usage("usage.now", "text", text)
	}
	return c, nil
}

func (c clock) now() time.Time {
	if c.at.IsZero() {
		return time.Now()
	}
	return c.at.Add(time.Duration(c.speed * float64(time.Since(c.began))))
}

// fixed reports whether the clock stands still.
func (c clock) fixed() bool { return !c.at.IsZero() && c.speed == 0 }

// pace is how many times as fast as the PC's clock what waits on this one goes on; a
// clock that stands still holds nothing up.
func (c clock) pace() float64 {
	if c.speed == 0 {
		return 1
	}
	return c.speed
}
