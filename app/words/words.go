// Package words turns keys, codes and figures into the sentences a person reads,
// in the language chosen. The texts are in assets/translations.
package words

import (
	"fmt"
	"strings"
	"sync/atomic"
)

// Language is a BCP 47 tag of a language the program speaks.
type Language string

// The languages.
const (
	Simplified  Language = "zh-Hans"
	Traditional Language = "zh-Hant"
	English     Language = "en"
)

// Languages lists the languages in the order they are offered.
var Languages = []Language{Simplified, Traditional, English}

// Name is the language's own name for itself.
func (l Language) Name() string {
	switch l {
	case Traditional:
		return "繁體中文"
	case English:
		return "English"
	}
	return "简体中文"
}

type table struct {
	language Language
	texts    map[string]template
}

var current atomic.Pointer[table]

func init() { Use(System()) }

// Use switches to a language; one that the program does not speak means
// Simplified. It is safe while other goroutines read.
func Use(l Language) {
	t := load(l)
	current.Store(&t)
}

// Current is the language in use.
func Current() Language { return current.Load().language }

// T is the text of key with its {name} places filled from name, value pairs.
// Whole numbers are grouped in threes, days and times written as numbers. A key
// without text gives ⟨key⟩, so that it is seen.
func T(key string, pairs ...any) string {
	text, ok := current.Load().texts[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	return text.fill(pairs)
}

// Has reports whether the current language has a text for key.
func Has(key string) bool {
	_, ok := current.Load().texts[key]
	return ok
}

// value finds name in name, value pairs; the last one given counts.
func value(pairs []any, name string) (any, bool) {
	for i := len(pairs) - 2; i >= 0; i -= 2 {
		if fmt.Sprint(pairs[i]) == name {
			return pairs[i+1], true
		}
	}
	return nil, false
}

// join writes names as a list: 甲、乙 or A, B.
func join(names []string) string {
	if Current() == English {
		return strings.Join(names, ", ")
	}
	return strings.Join(names, "、")
}
