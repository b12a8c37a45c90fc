package pinyin

import (
	"cmp"
	"slices"
	"strings"
)

// Named is a thing with a name to be found by.
type Named struct {
	ID   int64
	Name string
	// Initials, when given, finds the thing besides its own initials: a short
	// name the desk has chosen.
	Initials string
}

// Finder finds things by name while a person types. It does not change after
// NewFinder, so several goroutines may use it at once.
type Finder struct {
	names []Named
	keys  []key
	extra []key // by the chosen initials; name "" when there are none
}

// NewFinder prepares the names. Among names that match equally well, the ones
// given first are found first.
func NewFinder(names []Named) *Finder {
	f := &Finder{names: slices.Clone(names), keys: make([]key, len(names)), extra: make([]key, len(names))}
	for i, n := range f.names {
		f.keys[i] = newKey(n.Name)
		if own := tidy(n.Initials); own != "" && own != f.keys[i].initials {
			f.extra[i] = key{name: f.keys[i].name, initials: own}
		}
	}
	return f
}

func newKey(name string) key {
	k := key{name: tidy(name), syllables: syllables(name)}
	var initials, full strings.Builder
	for _, s := range k.syllables {
		initials.WriteByte(s.text[0])
		full.WriteString(s.text)
	}
	k.initials, k.full = initials.String(), full.String()
	return k
}

// Find returns the names that query finds, best first, at most limit of them
// (0 or less: all). An empty query returns the first names as they were given.
func (f *Finder) Find(query string, limit int) []Named {
	if limit <= 0 || limit > len(f.names) {
		limit = len(f.names)
	}
	q := newQuery(query)
	if q.text == "" {
		return slices.Clone(f.names[:limit])
	}
	type hit struct{ at, score int }
	var hits []hit
	for i, k := range f.keys {
		score, ok := q.match(k)
		if f.extra[i].initials != "" {
			if other, found := q.match(f.extra[i]); found && other > score {
				score, ok = other, true
			}
		}
		if ok {
			hits = append(hits, hit{i, score})
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	found := make([]Named, min(limit, len(hits)))
	for i := range found {
		found[i] = f.names[hits[i].at]
	}
	return found
}

// Exact returns the thing whose name is written just so, but for case, width
// and spaces.
func (f *Finder) Exact(name string) (Named, bool) {
	text := tidy(name)
	for i, k := range f.keys {
		if k.name == text && text != "" {
			return f.names[i], true
		}
	}
	return Named{}, false
}

// Nearest offers up to n names that look or sound like name, for a sentence
// about an unknown one.
func (f *Finder) Nearest(name string, n int) []string {
	return nearest(newKey(name), f.keys, func(i int) string { return f.names[i].Name }, n)
}
