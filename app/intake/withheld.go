package intake

import "strings"

// What is planned, asked for, still to come or of others is no result.

// ofNoun reports whether the word at token i belongs to what a 的 says of a noun, in front
// of any number.
func (w *walk) ofNoun(i int) bool {
	for _, t := range w.tokens[i+1 : min(i+1+shortLook, len(w.tokens))] {
		if t.kind != plain && t.kind != word {
			return false
		}
		if t.kind == word && w.sheet.startsWith(t.start, "的") {
			return true
		}
	}
	return false
}

// builds reports whether sites, rooms or beds are what the clause says is being built.
func (w *walk) builds(i int) bool {
	for _, t := range w.tokens[i+1 : min(i+1+longestClause, len(w.tokens))] {
		switch {
		case t.has(isolation | apart):
			return true
		case t.kind == stop, t.kind == semi, t.kind == comma:
			return false
		}
	}
	return false
}

// promises reports whether the 将 at token i stands before a verb.
func (w *walk) promises(i int) bool {
	if i > 0 && w.tokens[i-1].has(find) {
		return false // 发现需改进事项6项: found, not promised
	}
	for _, t := range w.tokens[i+1 : min(i+3, len(w.tokens))] {
		if t.has(verbs | into) {
			return true
		}
		if !t.has(particle) {
			return false
		}
	}
	return false
}

// blocked reports whether what is counted here is no result: planned, asked
// for, so often a day, a difference, another place's, or one for each. The heading of a
// column plans and asks too; 80%以下的4个 asks for nothing.
func (w *walk) blocked(i int) bool {
	if w.graded(i) {
		return false
	}
	return w.withheld() || i > 0 && w.tokens[i-1].has(apiece) || w.headed(w.tokens[i], plan|need|compare)
}

// withheld reports whether nothing that the clause counts is a result.
func (w *walk) withheld() bool {
	return w.abroad || w.planned || w.asked || w.often || w.compared || w.absent
}

// former reports whether the count at token i is the old one of 由20间增加到35间.
func (w *walk) former(i int) bool {
	if i+1 >= len(w.tokens) || !w.tokens[i+1].has(verbs) {
		return false
	}
	j := i - 1
	for j > 0 && i-j < shortLook && strings.HasPrefix(w.text(j), "原") {
		j--
	}
	return j >= 0 && (w.text(j) == "由" || w.text(j) == "从")
}

// shortLook is how many tokens away a word may stand that is as close as the 由 of an old
// count.
const shortLook = 4

// promised reports whether the clause goes on to say that what is counted at
// token i is still to come: 300张床位即将启用.
func (w *walk) promised(i int) bool {
	for j := i + 1; j < min(i+sight, len(w.tokens)) && (w.tokens[j].kind == plain || w.tokens[j].kind == word); j++ {
		if w.tokens[j].has(plan) || w.tokens[j].has(will) && w.promises(j) {
			return true
		}
	}
	return false
}
