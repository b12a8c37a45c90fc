package pinyin

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// minLikeness is the least likeness, of 1, worth offering. Below it a person
// asks why the name is there at all.
const minLikeness = 0.4

// maxCompared bounds the characters compared, so that a pasted paragraph costs
// no more than a long name.
const maxCompared = 64

// Nearest returns up to n of names that look or sound like name, the most alike
// first and equally alike ones as given. Names that are not alike are left out.
func Nearest(name string, names []string, n int) []string {
	keys := make([]key, len(names))
	for i, candidate := range names {
		keys[i] = newKey(candidate)
	}
	return nearest(newKey(name), keys, func(i int) string { return names[i] }, n)
}

func nearest(name key, keys []key, nameAt func(int) string, n int) []string {
	type candidate struct {
		at       int
		likeness float64
	}
	var found []candidate
	wanted := newShape(name)
	for i, k := range keys {
		if l := wanted.likeness(newShape(k)); l >= minLikeness {
			found = append(found, candidate{i, l})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.likeness, a.likeness) })
	out := make([]string, 0, min(max(n, 0), len(found)))
	for _, c := range found {
		if len(out) >= n {
			break
		}
		if s := nameAt(c.at); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// shape is a name cut down to what likeness looks at.
type shape struct {
	runes    []rune
	initials []rune
	full     string
}

func newShape(k key) shape {
	c := shape{[]rune(k.name), []rune(k.initials), k.full}
	c.runes = c.runes[:min(len(c.runes), maxCompared)]
	c.initials = c.initials[:min(len(c.initials), maxCompared)]
	return c
}

// likeness is 0 for nothing in common to 1 for the same. It mixes the edits
// between the names, the characters they share in any order, and the edits
// between their initials. One name inside the other, or the same sound, is
// worth more than any mixture: 美兴 means 美兴镇.
func (a shape) likeness(b shape) float64 {
	if len(a.runes) == 0 || len(b.runes) == 0 {
		return 0
	}
	shared := sharedRunes(a.runes, b.runes)
	mixture := 0.4*closeness(a.runes, b.runes) + 0.4*shared + 0.2*closeness(a.initials, b.initials)
	short, long := a.runes, b.runes
	if len(short) > len(long) {
		short, long = long, short
	}
	switch {
	case a.full == b.full && a.full != "":
		return 0.9 + 0.1*mixture
	case len(short) > 1 && within(short, long):
		return 0.6 + 0.4*mixture
	case shared == 0 && closeness(a.initials, b.initials) < 1:
		return 0
	}
	return mixture
}

// closeness is 1 less the edit distance's share of the longer text.
func closeness(a, b []rune) float64 {
	longest := max(len(a), len(b))
	if longest == 0 {
		return 0
	}
	return 1 - float64(edits(a, b))/float64(longest)
}

// edits counts the insertions, removals and replacements that turn a into b.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, ra := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, rb := range b {
			cost := diagonal
			if ra != rb {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

// sharedRunes is the share of characters the two have in common, in any order.
func sharedRunes(a, b []rune) float64 {
	left := slices.Clone(b)
	common := 0
	for _, r := range a {
		if i := slices.Index(left, r); i >= 0 {
			left[i] = utf8.RuneError // taken
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

// within reports whether short stands in long as it is.
func within(short, long []rune) bool {
	for i := 0; i+len(short) <= len(long); i++ {
		if slices.Equal(short, long[i:i+len(short)]) {
			return true
		}
	}
	return false
}
