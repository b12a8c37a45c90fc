// Package pinyin finds Chinese names by what a person types: the characters,
// the pinyin, or its initials (xctf finds 宣传条幅).
//
// A character can have several readings. Words known to the package (重庆, 银行,
// 校长) are read as words; elsewhere the most usual reading stands, and a
// Finder also tries the others, ranked lower.
package pinyin

import (
	"strings"
	"unicode"

	dictionary "github.com/mozillazg/go-pinyin"
)

// Initials returns the first letters of a name's pinyin, lower case: 宣传条幅
// gives xctf. ASCII letters and digits are kept, of either width; other signs
// are dropped.
func Initials(s string) string {
	var b strings.Builder
	for _, syllable := range syllables(s) {
		b.WriteByte(syllable.text[0])
	}
	return b.String()
}

// Full returns a name's pinyin without tones, spaces or signs: 宣传条幅 gives
// xuanchuantiaofu. ü is written v, as it is typed.
func Full(s string) string {
	var b strings.Builder
	for _, syllable := range syllables(s) {
		b.WriteString(syllable.text)
	}
	return b.String()
}

// syllable is the sound of one character, or one ASCII letter or digit.
type syllable struct {
	text    string // never empty, a to z and 0 to 9
	letters uint32 // the first letters of all readings, bit 0 for a
}

// syllables reads a name, longest known word first.
func syllables(s string) []syllable {
	runes := []rune(s)
	out := make([]syllable, 0, len(runes))
	for i := 0; i < len(runes); {
		if readings := wordAt(runes[i:]); readings != nil {
			for _, reading := range readings {
				out = append(out, syllable{reading, letterMask(runes[i]) | letterBit(reading)})
				i++
			}
			continue
		}
		if reading := read(runes[i]); reading != "" {
			out = append(out, syllable{reading, letterMask(runes[i]) | letterBit(reading)})
		}
		i++
	}
	return out
}

// read returns the most usual sound of r, r itself for an ASCII letter or digit
// of either width, and "" for any other sign.
func read(r rune) string {
	r = fold(r)
	if isLatin(r) {
		return string(r)
	}
	if reading, ok := usual[r]; ok {
		return reading
	}
	first, _, _ := strings.Cut(dictionary.PinyinDict[int(r)], ",")
	return plain(first)
}

// letterMask collects the first letters of all readings of r.
func letterMask(r rune) uint32 {
	var mask uint32
	for reading := range strings.SplitSeq(dictionary.PinyinDict[int(fold(r))], ",") {
		mask |= letterBit(plain(reading))
	}
	return mask
}

// letterBit is the bit of a reading's first letter, 0 when it is no letter.
func letterBit(reading string) uint32 {
	if reading == "" || reading[0] < 'a' || reading[0] > 'z' {
		return 0
	}
	return 1 << (reading[0] - 'a')
}

// fold gives the half-width, lower-case form of r.
func fold(r rune) rune {
	if r >= '！' && r <= '～' { // full-width ASCII
		r = r - '！' + '!'
	}
	return unicode.ToLower(r)
}

func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }

// toneless maps the dictionary's letters with tone marks to plain ones. Marks
// that stand alone, after a letter, map to nothing.
var toneless = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a",
	"ē", "e", "é", "e", "ě", "e", "è", "e", "ê", "e", "ế", "e", "ề", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i",
	"ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u",
	"ü", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v",
	"ń", "n", "ň", "n", "ǹ", "n", "ḿ", "m",
	"\u0300", "", "\u0304", "", "\u030c", "",
)

// plain takes the tone off one reading.
func plain(reading string) string { return toneless.Replace(reading) }
