package intake

import (
	"strings"
	"testing"
)

// A word that is written twice, or in a shape that no sheet has, is a slip: the
// second can never be found.
func TestVocabularyIsTidy(t *testing.T) {
	for file, sections := range map[string]map[string]class{"words.txt": wordSections, "measures.txt": measureSections,
		"parts.txt": partSections, "columns.txt": columnSections} {
		used := map[string]bool{}
		section, words := "", map[string]bool{}
		for _, line := range lines(file) {
			if strings.HasPrefix(line, "[") {
				section, words = strings.Trim(line, "[]"), map[string]bool{}
				if used[section] {
					t.Errorf("%s: section %s twice", file, section)
				}
				used[section] = true
				continue
			}
			for _, word := range strings.Fields(line) {
				if words[word] {
					t.Errorf("%s: %s stands twice in [%s]", file, word, section)
				}
				words[word] = true
				if plain := folded(word); plain != word {
					t.Errorf("%s: %s in [%s] is read as %s", file, word, section, plain)
				}
			}
		}
		for name := range sections {
			if !used[name] {
				t.Errorf("%s has no section %s", file, name)
			}
		}
	}
}

func TestFoldIsOneWay(t *testing.T) {
	folds := known().folds
	if len(folds) < 2000 {
		t.Fatalf("only %d characters", len(folds))
	}
	for from, to := range folds {
		if again, ok := folds[to]; ok {
			t.Errorf("%c is read as %c, and that as %c", from, to, again)
		}
	}
}
