package intake

import (
	"math"
	"strconv"
	"strings"
)

// rate takes a percentage when it says how much of what was found is put right.
// 由88%提高到97.5% is the newer one.
func (w *walk) rate(i int, t token) {
	p := w.before(i)
	if w.planned || w.asked || w.compared || w.says(p, i, will|need) {
		return // also 整改率须达100%
	}
	headed := w.headed(t, rate)
	if i > 0 && (w.sheet.endsWith(t.start, "由") || w.sheet.endsWith(t.start, "从")) || !headed && !w.isRate(i) {
		return
	}
	if headed {
		p = w.heading(t.head)
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(folded(t.number.core), ",", ""), 64)
	if err != nil || math.IsInf(value, 0) {
		return
	}
	c := Candidate{Ledger: Supervision, Item: p.text(w.sheet), Known: -1, Measure: "%", Percent: value}
	c.Quantity.Approx = t.number.approx
	c.Start, c.End = w.span(p, t)
	w.add(c, t.end)
}

// isRate looks for 整改率 in the clause of token i, or for 占 behind a count of
// what was put right.
func (w *walk) isRate(i int) bool {
	for j := i - 1; j >= 0; j-- {
		t := w.tokens[j]
		if t.has(rate) {
			return true
		}
		if t.kind == stop || t.kind == semi || t.kind == comma || t.kind == count && t.measure.text != "%" {
			break
		}
	}
	return w.sheet.endsWith(w.tokens[i].start, "占") && w.verb&rectify != 0
}

// graded reports whether the count at token i is of those whose rate is so much: 整改率达到
// 100%的30个、80%以下的4个.
func (w *walk) graded(i int) bool {
	if !w.rated || i == 0 || !strings.HasSuffix(w.text(i-1), "的") {
		return false
	}
	for j := i - 1; j >= 0 && j > i-shortLook; j-- {
		if t := w.tokens[j]; t.kind == count {
			return t.measure.text == "%"
		}
	}
	return false
}
