package ui

import (
	"taizhang/app/ledger"
	"taizhang/app/pinyin"
)

// nameFinder finds names by what a person types: characters of the name, its
// pinyin or its initials. Add names, then call ready.
type nameFinder struct {
	names  []suggestion
	named  []pinyin.Named
	byID   map[ledger.ID]suggestion
	finder *pinyin.Finder
	keys   []nameKey
}

// nameKey is what a name is searched by.
type nameKey struct{ initials, full string }

func (f *nameFinder) add(s suggestion, initials string) {
	f.names = append(f.names, s)
	f.named = append(f.named, pinyin.Named{ID: int64(s.ID), Name: s.Name, Initials: initials})
	if initials == "" {
		initials = pinyin.Initials(s.Name)
	}
	f.keys = append(f.keys, nameKey{initials, pinyin.Full(s.Name)})
}

func (f *nameFinder) ready() {
	f.finder = pinyin.NewFinder(f.named)
	f.byID = make(map[ledger.ID]suggestion, len(f.names))
	for _, s := range f.names {
		f.byID[s.ID] = s
	}
}

// find gives names for text, best first, all of them for "".
func (f *nameFinder) find(text string) []suggestion {
	found := f.finder.Find(text, 0)
	out := make([]suggestion, len(found))
	for i, n := range found {
		out[i] = f.byID[ledger.ID(n.ID)]
	}
	return out
}

// plainMatch is the least score of a match in which the word stands in one piece
// in the name, its initials or its pinyin (see pinyin.Match). Completing a name
// may guess more boldly than filtering rows.
const plainMatch = 3000

// holding gives the names in which a search word occurs.
func (f *nameFinder) holding(word string) []suggestion {
	var out []suggestion
	for i, s := range f.names {
		if score, ok := pinyin.Match(word, s.Name, f.keys[i].initials, f.keys[i].full); ok && score > plainMatch {
			out = append(out, s)
		}
	}
	return out
}

// nearest gives names that look or sound like text, for "did you mean".
func (f *nameFinder) nearest(text string) []string { return f.finder.Nearest(text, 3) }
