package intake

import (
	"fmt"
	"strings"
	"sync"

	"taizhang/assets"
)

// class is what a word can be in a sentence; a word may be several things.
type class uint64

// The classes of words, named as the sections of assets/intake/words.txt.
const (
	spread class = 1 << iota
	inspect
	survey
	find
	rectify
	punish
	hold
	reset
	dispatch
	light
	plan
	need
	will
	apiece
	toward
	done
	each
	compare
	negate
	part
	publicity
	output
	isolation
	supervision
	finding
	other
	person
	patient
	thing
	hospital
	rate
	fixed
	attributive
	particle
	news
	online
	into
	apart
	sum
	team
	takeover
	event
	reach
	vehicle
	gate
	deal
	ending
	fault
	elsewhere
	here
	removal
	cumulative
	today
	yesterday
)

// The classes of measure words, named as the sections of measures.txt.
const (
	things class = 1 << iota
	units
	people
	occasions
	sizes
	nothing
)

const (
	verbs = spread | inspect | survey | find | rectify | punish | hold | reset | dispatch | light | takeover | deal
	nouns = publicity | output | isolation | supervision | finding | other | person | patient | thing | hospital | team | event | reach
)

var wordSections = map[string]class{
	"spread": spread, "inspect": inspect, "survey": survey, "find": find, "rectify": rectify, "punish": punish,
	"hold": hold, "reset": reset, "dispatch": dispatch, "plan": plan, "need": need, "will": will, "apiece": apiece,
	"toward": toward, "done": done, "each": each, "compare": compare, "negate": negate, "part": part,
	"publicity": publicity, "output": output, "isolation": isolation, "supervision": supervision, "finding": finding,
	"other": other, "person": person, "patient": patient, "thing": thing, "hospital": hospital, "rate": rate, "fixed": fixed,
	"attributive": attributive, "particle": particle, "light": light, "team": team, "ending": ending, "deal": deal, "event": event, "reach": reach, "vehicle": vehicle, "gate": gate, "takeover": takeover, "into": into, "sum": sum, "apart": apart, "news": news, "online": online,
	"fault": fault, "elsewhere": elsewhere, "here": here, "removal": removal, "cumulative": cumulative, "today": today, "yesterday": yesterday,
}

var measureSections = map[string]class{
	"things": things, "units": units, "people": people, "occasions": occasions, "sizes": sizes, "nothing": nothing,
}

// vocabulary is all that is known about words.
type vocabulary struct {
	words    *lexicon
	measures *lexicon
	folds    map[rune]rune
}

// known is the vocabulary of the program. Its files are part of the program and
// tests read them all, so a broken one is a programming error and panics.
var known = sync.OnceValue(func() *vocabulary {
	v := &vocabulary{words: newLexicon("words.txt", wordSections), measures: newLexicon("measures.txt", measureSections),
		folds: map[rune]rune{}}
	for _, line := range lines("fold.txt") {
		for _, pair := range strings.Fields(line) {
			r := []rune(pair)
			if len(r) != 2 {
				panic(fmt.Sprintf("fold.txt: %q is no pair", pair))
			}
			v.folds[r[0]] = r[1]
		}
	}
	return v
})

// lines reads a file of assets/intake without its comments.
func lines(file string) []string {
	text, err := assets.Intake.ReadFile("intake/" + file)
	if err != nil {
		panic(err)
	}
	var list []string
	for line := range strings.Lines(string(text)) {
		line, _, _ = strings.Cut(line, "#")
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// lexicon finds the longest known word at a place, rune by rune.
type lexicon struct {
	next  map[rune]*lexicon
	class class // 0 where no word ends
}

func newLexicon(file string, sections map[string]class) *lexicon {
	root := &lexicon{}
	var section class
	for _, line := range lines(file) {
		if name, ok := strings.CutPrefix(line, "["); ok {
			if section = sections[strings.TrimSuffix(name, "]")]; section == 0 {
				panic(fmt.Sprintf("%s: no section %s is known", file, line))
			}
			continue
		}
		for _, word := range strings.Fields(line) {
			root.add(word, section)
		}
	}
	return root
}

func (l *lexicon) add(word string, c class) {
	for _, r := range word {
		if l.next == nil {
			l.next = map[rune]*lexicon{}
		}
		if l.next[r] == nil {
			l.next[r] = &lexicon{}
		}
		l = l.next[r]
	}
	l.class |= c
}

// longest returns where the longest word that begins at runes[i] ends, and its
// class; i and 0 when none does.
func (l *lexicon) longest(runes []rune, i int) (end int, c class) {
	end = i
	for at := i; at < len(runes); at++ {
		if l = l.next[runes[at]]; l == nil {
			break
		}
		if l.class != 0 {
			end, c = at+1, l.class
		}
	}
	return end, c
}
