package chart

import (
	"math"
	"strconv"
)

// Group writes n with a comma between groups of three digits: 350,000.
func Group(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	out := make([]byte, 0, len(digits)+len(digits)/3+1)
	out = append(out, sign...)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out = append(out, ',')
		}
		out = append(out, digits[i])
	}
	return string(out)
}

// Amount is a figure that may be unknown. The zero value is unknown, so a
// figure nobody reported can never turn into a 0 by accident.
type Amount struct {
	// Value is 0 or more; a negative or non-finite value is drawn as 0.
	Value float64
	// Known is false for "not reported", which is drawn as a gap.
	Known bool
	// About says that the figure is approximate.
	About bool
	// Text replaces the formatted Value, for a figure shown as it was written
	// (35万). Empty: Words.Format.
	Text string
}

// Known returns the exact, known amount v.
func Known(v float64) Amount { return Amount{Value: v, Known: true} }

// size is the length behind the amount: 0 when unknown, negative or not finite.
func (a Amount) size() float64 {
	if !a.Known || a.Value < 0 || math.IsNaN(a.Value) || math.IsInf(a.Value, 0) {
		return 0
	}
	return a.Value
}

// Words are the caller's words and number format: the package has no language.
type Words struct {
	// About is written before an approximate figure (约).
	About string
	// Missing stands where a figure is unknown (未报).
	Missing string
	// Other labels the row that stands for n rows without room (其他 n 项 →);
	// nil leaves the label empty.
	Other func(n int) string
	// Format writes a figure; nil rounds it and writes it with Group.
	Format func(v float64) string
}

func (w Words) format(a Amount) string {
	switch {
	case !a.Known:
		return w.Missing
	case a.Text != "":
		return a.Text
	case w.Format != nil:
		return w.Format(a.Value)
	}
	return Group(int64(math.Round(a.Value)))
}

func (w Words) other(n int) string {
	if w.Other == nil {
		return ""
	}
	return w.Other(n)
}

func abs(v float64) float64 { return math.Abs(v) }
