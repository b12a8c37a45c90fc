package pinyin

import "strings"

// The ways a name can match, best first. A score is the way's rank times
// rankStep, less one for every character the name has beyond the query, so that
// the nearest name comes first within one way.
const (
	rankExact            = 10 // 宣传单 for 宣传单
	rankPrefix           = 9  // 宣传
	rankInitialsPrefix   = 8  // xc
	rankContains         = 7  // 传单
	rankInitialsContains = 6  // cd
	rankFullPrefix       = 5  // xuanch; also 萱传, a slip among characters that sound the same
	rankFullContains     = 4  // chuandan
	rankOtherReading     = 3  // an initial of a rarer reading
	rankSubsequence      = 2  // xd
	rankMixed            = 1  // 宣td, xuanchd
)

const rankStep = 1000

// Match tells whether query finds a name with the given initials and full
// pinyin (as Initials and Full return them), and how well: a higher score is a
// better match. Case, width and spaces do not count. An empty query finds
// nothing. The order of the ways is exact, prefix, prefix of the initials, part
// of the name, part of the initials, pinyin from its start, part of the
// pinyin, initials in order with gaps.
func Match(query, name, initials, full string) (score int, ok bool) {
	return newQuery(query).match(key{name: tidy(name), initials: initials, full: full})
}

// key is what a name is found by.
type key struct {
	name      string // tidied
	initials  string
	full      string
	syllables []syllable // optional: finds other readings and mixed queries
}

// query is a prepared search text.
type query struct {
	text  string // tidied
	latin bool   // all letters and digits: may be pinyin
	full  string // its own pinyin, for characters that sound the same
	runes int    // in text
}

func newQuery(s string) query {
	text := tidy(s)
	q := query{text: text, latin: true, runes: len([]rune(text))}
	for _, r := range text {
		q.latin = q.latin && isLatin(r)
	}
	q.full = text
	if !q.latin {
		q.full = Full(text)
	}
	return q
}

// tidy folds width and case and drops spaces and the ' of xi'an; ü becomes v.
func tidy(s string) string {
	return strings.Map(func(r rune) rune {
		switch r = fold(r); r {
		case ' ', '\u00a0', '\u3000', '\t', '\n', '\r', '\'', '’':
			return -1
		case 'ü':
			return 'v'
		}
		return r
	}, s)
}

func (q query) match(k key) (score int, ok bool) {
	rank := q.rank(k)
	if rank == 0 {
		return 0, false
	}
	extra := len([]rune(k.name)) - q.runes
	return rank*rankStep - min(max(extra, 0), rankStep-1), true
}

// rank returns the best way q finds k, 0 for none.
func (q query) rank(k key) int {
	switch {
	case q.text == "":
		return 0
	case q.text == k.name:
		return rankExact
	case strings.HasPrefix(k.name, q.text):
		return rankPrefix
	case q.latin && strings.HasPrefix(k.initials, q.text):
		return rankInitialsPrefix
	case strings.Contains(k.name, q.text):
		return rankContains
	case q.latin && strings.Contains(k.initials, q.text):
		return rankInitialsContains
	case q.full != "" && strings.HasPrefix(k.full, q.full):
		return rankFullPrefix
	case len(q.full) > 1 && strings.Contains(k.full, q.full):
		return rankFullContains
	}
	return q.looseRank(k)
}

// longestLoose is the longest query worth guessing at, in characters. Nobody
// types more initials, and a pasted text must not cost a search per character.
const longestLoose = 63

// looseRank tries the ways that find more than a person may mean.
func (q query) looseRank(k key) int {
	switch {
	case q.runes > longestLoose:
		return 0
	case q.latin && len(q.text) > 1 && otherReading(q.text, k.syllables):
		return rankOtherReading
	case q.latin && len(q.text) > 1 && subsequence(q.text, k.initials):
		return rankSubsequence
	case q.runes > 1 && mixed([]rune(q.text), []rune(k.name)):
		return rankMixed
	}
	return 0
}

// otherReading reports whether initials stand in a row in the name when each
// character may be read in any of its ways.
func otherReading(initials string, name []syllable) bool {
	for i := 0; i+len(initials) <= len(name); i++ {
		j := 0
		for j < len(initials) && name[i+j].starts(initials[j:]) {
			j++
		}
		if j == len(initials) {
			return true
		}
	}
	return false
}

// starts reports whether some reading of the syllable starts with the first
// letter of initials.
func (s syllable) starts(initials string) bool {
	return s.text[0] == initials[0] || s.letters&letterBit(initials) != 0
}

// subsequence reports whether the bytes of part come in s in order.
func subsequence(part, s string) bool {
	i := 0
	for j := 0; j < len(s) && i < len(part); j++ {
		if s[j] == part[i] {
			i++
		}
	}
	return i == len(part)
}

// mixed reports whether a query of characters, syllables and initials follows
// the name from its start, as 宣传tf and xuanctf follow 宣传条幅.
func mixed(query, name []rune) bool {
	starts := uint64(1) // bit n: the name so far can account for n runes of the query, at most longestLoose
	for _, r := range name {
		sound := read(r)
		next := uint64(0)
		for at := range query {
			if starts&(1<<at) != 0 {
				next |= reach(query, at, r, sound)
			}
		}
		if next&(1<<len(query)) != 0 {
			return true
		}
		if sound == "" {
			next |= starts // a sign in the name may be left out
		}
		if starts = next; starts == 0 {
			return false
		}
	}
	return false
}

// reach returns, as bits, how far into the query a character takes it from at:
// over the character itself, or over one letter or more of its sound.
func reach(query []rune, at int, r rune, sound string) uint64 {
	bits := uint64(0)
	if r == query[at] {
		bits |= 1 << (at + 1)
	}
	for n := 0; n < len(sound) && at+n < len(query) && query[at+n] == rune(sound[n]); n++ {
		bits |= 1 << (at + n + 1)
	}
	return bits
}
