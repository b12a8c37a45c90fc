package intake

// What stands together tells more of each candidate than the words beside it.

// slogans drops what only sounds like results: 发现一起、查处一起、曝光一起.
func (w *walk) slogans() {
	kept := w.found[:0]
	for i := 0; i < len(w.found); {
		end := i
		for end < len(w.found) && w.found[end].Quantity.Value == 1 && w.found[end].Known < 0 && w.found[end].Measure == w.found[i].Measure &&
			(end == i || w.found[end].Start == w.found[end-1].End+1) && w.found[end].End-w.found[end].Start <= longestSlogan {
			end++
		}
		if end-i < 3 {
			kept = append(kept, w.found[i:max(end, i+1)]...)
		}
		i = max(end, i+1)
	}
	w.found = kept
}

// longestSlogan is the longest 查处一起, in characters.
const longestSlogan = 5

// parts keeps 其中 for what can be a part: quantities of different measure words never
// are one of the other, and 活动5场，其中条幅20幅 tells what the five were made of.
func (w *walk) parts() {
	whole := "" // the measure word that parts are of
	for i := range w.found {
		c := &w.found[i]
		if measure := folded(c.Measure); !c.Part || measure != whole {
			c.Part, whole = false, measure
		}
	}
}

// totals keeps 合计 for what is a sum.
func (w *walk) totals() {
	for i := range w.found {
		w.found[i].Total = w.found[i].Total && w.isTotal(i)
	}
}

// isTotal reports whether candidate i is the sum of two or more right before it. What a
// table calls so is believed.
func (w *walk) isTotal(i int) bool {
	c := w.found[i]
	if c.Heading != "" {
		return true
	}
	n, sum := 0, int64(0)
	for j := i - 1; j >= 0 && i-j < longestClause; j-- {
		before := w.found[j]
		if before.Measure != c.Measure || before.Ledger != c.Ledger || before.Part || before.Total {
			break
		}
		n++
		if sum += before.Quantity.Value; sum >= c.Quantity.Value {
			return n > 1 && sum == c.Quantity.Value
		}
	}
	return false
}
