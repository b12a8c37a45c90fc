package ledger

import (
	"strings"
	"unicode"
)

// This file reads the number inside a quantity: digits, Chinese numerals and
// mixtures. Its functions return a Code instead of an error, "" when all is
// well, because only ParseQuantity knows the text the clerk typed.

// numberFolds maps the many shapes of one numeral to the one the parser knows.
var numberFolds = map[rune]rune{
	'〇': '零', '○': '零', '◯': '零',
	'壹': '一', '弌': '一', '贰': '二', '貳': '二', '弍': '二', '叁': '三', '參': '三', '叄': '三', '弎': '三',
	'肆': '四', '伍': '五', '陆': '六', '陸': '六', '柒': '七', '捌': '八', '玖': '九',
	'拾': '十', '佰': '百', '仟': '千', '萬': '万', '億': '亿', '兩': '两', '俩': '两',
	'餘': '余', '馀': '余', '約': '约', '過': '过', '將': '将', '來': '来', '負': '负', '點': '点',
	'。': '.', '﹒': '.', '﹐': ',', '≈': '~', '〜': '~',
	'−': '-', '–': '-', '—': '-', '﹣': '-',
}

// foldNumberRune gives the plain form of r: half width, simplified, lower case.
func foldNumberRune(r rune) rune {
	if plain, ok := numberFolds[r]; ok {
		return plain
	}
	if r >= '！' && r <= '～' { // full-width ASCII
		return r - '！' + '!'
	}
	if unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) {
		return ' '
	}
	return r
}

// tidyNumber folds s and drops spaces, keeping one where it parts two digits:
// there it groups thousands. It returns "" for what is too long to be a number.
func tidyNumber(s string) string {
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > maxQuantityRunes {
		return ""
	}
	var out []rune
	spaced := false
	for _, r := range runes {
		if r = foldNumberRune(r); r == ' ' {
			spaced = true
			continue
		}
		if spaced && isDigit(r) && len(out) > 0 && isDigit(out[len(out)-1]) {
			out = append(out, ' ')
		}
		spaced = false
		out = append(out, r)
	}
	return strings.NewReplacer("廿", "二十", "卅", "三十", "卌", "四十").Replace(string(out))
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// isNumberRune reports whether r, folded, can stand inside a number.
func isNumberRune(r rune) bool {
	return isDigit(r) || strings.ContainsRune("零一二三四五六七八九两十百千万亿廿卅卌", r)
}

// digitValue returns the value of one Arabic or Chinese digit, or -1.
func digitValue(r rune) int64 {
	if isDigit(r) {
		return int64(r - '0')
	}
	if r == '两' {
		return 2
	}
	for i, d := range []rune("零一二三四五六七八九") {
		if r == d {
			return int64(i)
		}
	}
	return -1
}

// unitValue returns 10, 100 or 1000 for 十, 百, 千, and 0 for anything else.
func unitValue(r rune) int64 {
	switch r {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	}
	return 0
}

// numeral reads a tidied number without sign or qualifying words.
func numeral(body string) (int64, Code) {
	if body == "" {
		return 0, CodeQuantitySyntax
	}
	if i := strings.IndexAny(body, ".点"); i >= 0 {
		_, fraction, _ := strings.Cut(body[i:], string([]rune(body[i:])[0]))
		return decimalNumeral(body[:i], fraction)
	}
	if value, ok := spelledDigits([]rune(body)); ok {
		return value, above(value)
	}
	return wholeNumeral(body)
}

// above is CodeQuantityAbsurd for a value out of range.
func above(value int64) Code {
	if value > MaxQuantity {
		return CodeQuantityAbsurd
	}
	return ""
}

// times multiplies and refuses what passes MaxQuantity, before it overflows.
func times(value, unit int64) (int64, Code) {
	if value > MaxQuantity/unit {
		return 0, CodeQuantityAbsurd
	}
	return value * unit, ""
}

// spelledDigits reads digit-by-digit Chinese, as in 三六八一. Two digits
// without a zero (三四) are left alone: they mean "three or four".
func spelledDigits(body []rune) (value int64, ok bool) {
	zero := false
	for _, r := range body {
		d := digitValue(r)
		if d < 0 || isDigit(r) || r == '两' {
			return 0, false
		}
		zero = zero || d == 0
		if value = value*10 + d; value > MaxQuantity {
			value = MaxQuantity + 1
		}
	}
	return value, len(body) > 2 || zero
}

// decimalNumeral reads 1.2万 or 一点二万 from what stands on both sides of the
// point. The result must be whole.
func decimalNumeral(left, right string) (int64, Code) {
	digits := []rune(strings.TrimRight(right, "百千万亿"))
	zeros, ok := unitZeros(right[len(string(digits)):])
	if len(digits) == 0 || !ok || !allDigits(digits) || strings.ContainsAny(left, "百千万亿") {
		return 0, CodeQuantitySyntax // among them 1万.5
	}
	whole, code := wholeNumeral(left)
	if code != "" {
		return 0, code
	}
	fraction := int64(0)
	for i := range max(len(digits), zeros) {
		d := int64(0)
		if i < len(digits) {
			d = digitValue(digits[i])
		}
		if i >= zeros && d > 0 {
			return 0, CodeQuantityFraction
		}
		if i < zeros {
			fraction = fraction*10 + d
		}
	}
	if zeros == 0 && len(digits) > 2 {
		return 0, CodeQuantityGrouping // 1.000 may well mean a thousand
	}
	return scaled(whole, fraction, zeros)
}

func allDigits(runes []rune) bool {
	for _, r := range runes {
		if digitValue(r) < 0 {
			return false
		}
	}
	return true
}

// scaled returns whole*10^zeros + fraction within MaxQuantity.
func scaled(whole, fraction int64, zeros int) (int64, Code) {
	for range zeros {
		var code Code
		if whole, code = times(whole, 10); code != "" {
			return 0, code
		}
	}
	return whole + fraction, above(whole + fraction)
}

// unitZeros counts the zeros a row of units stands for: 千万 is 7. The units
// must come as they are spoken, 亿 last.
func unitZeros(units string) (zeros int, ok bool) {
	for _, unit := range []struct {
		word  string
		zeros int
	}{{"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}} {
		if rest, found := strings.CutPrefix(units, unit.word); found {
			units = rest
			zeros += unit.zeros
		}
	}
	return zeros, units == "" && zeros <= 12
}

// wholeNumeral reads a whole number, cut first at 亿 and then at 万.
func wholeNumeral(s string) (int64, Code) {
	return cutNumeral(s, "亿", 100_000_000, func(part string) (int64, Code) {
		return cutNumeral(part, "万", 10_000, section)
	})
}

// cutNumeral reads s as (before)×unit + after, each side with read. Without
// the unit's word it is read whole.
func cutNumeral(s, word string, unit int64, read func(string) (int64, Code)) (int64, Code) {
	i := strings.LastIndex(s, word)
	if i < 0 {
		return read(s)
	}
	high, code := read(s[:i])
	if code != "" {
		return 0, code
	}
	if high, code = times(high, unit); code != "" {
		return 0, code
	}
	low, code := afterUnit(s[i+len(word):], unit, read)
	if code != "" {
		return 0, code
	}
	return high + low, above(high + low)
}

// afterUnit reads what follows a unit. One bare digit counts the next lower
// unit: 两万五 is 25,000.
func afterUnit(s string, unit int64, read func(string) (int64, Code)) (int64, Code) {
	if s == "" {
		return 0, ""
	}
	runes := []rune(s)
	if d := digitValue(runes[0]); len(runes) == 1 && d > 0 && runes[0] != '两' {
		return d * unit / 10, ""
	}
	low, code := read(strings.TrimPrefix(s, "零"))
	if code == "" && low >= unit {
		code = CodeQuantitySyntax
	}
	return low, code
}

// section reads a number without 万 and 亿: Arabic digits, one Chinese digit,
// or a row such as 三千零五十 or 3千5百.
func section(s string) (int64, Code) {
	if strings.Trim(s, "0123456789, ") == "" {
		return groupedDigits(s)
	}
	rest := []rune(s)
	if len(rest) == 1 && digitValue(rest[0]) >= 0 {
		return digitValue(rest[0]), ""
	}
	total, last := int64(0), int64(10_000)
	for len(rest) > 0 {
		value, unit, n := sectionPart(rest, total, last)
		if n == 0 {
			return 0, CodeQuantitySyntax
		}
		total, last, rest = total+value, unit, rest[n:]
		if total > MaxQuantity {
			return 0, CodeQuantityAbsurd
		}
	}
	return total, ""
}

// sectionPart reads the next "digit unit" of a section, where total is what
// stands before and last its unit. It returns the value, its unit and how many
// runes it took; none means there is no number here.
func sectionPart(rest []rune, total, last int64) (value, unit int64, n int) {
	zero := rest[0] == '零' && total > 0
	if zero {
		n++
	}
	digits, value := 0, int64(0)
	for n < len(rest) && digitValue(rest[n]) >= 0 && (digits == 0 || isDigit(rest[n]) && isDigit(rest[n-1])) {
		value = min(value*10+digitValue(rest[n]), MaxQuantity)
		digits++
		n++
	}
	if n == len(rest) { // the ones, or the short form of 一百二 (120)
		if digits == 1 && !zero && last >= 100 && total > 0 && rest[n-1] != '两' {
			return value * last / 10, 1, n
		}
		return value, 1, fits(digits > 0 && value < last && total > 0 && rest[n-1] != '两', n)
	}
	if unit = unitValue(rest[n]); digits == 0 && unit == 10 {
		value, digits = 1, 1 // 十二, 一百十二
	}
	counted := value > 0 && (value < 10 || total == 0) && value <= MaxQuantity/1000
	return value * unit, unit, fits(digits > 0 && counted && unit > 0 && unit < last, n+1)
}

// fits returns n when ok and 0, "no number here", when not.
func fits(ok bool, n int) int {
	if ok {
		return n
	}
	return 0
}

// groupedDigits reads Arabic digits, whole or parted in threes by one kind of
// separator.
func groupedDigits(s string) (int64, Code) {
	if strings.Trim(s, ", ") == "" {
		return 0, CodeQuantitySyntax
	}
	if i := strings.IndexAny(s, ", "); i >= 0 && !groupedInThrees(s, s[i:i+1]) {
		return 0, CodeQuantityGrouping
	}
	value := int64(0)
	for _, r := range s {
		if !isDigit(r) {
			continue
		}
		if value = value*10 + digitValue(r); value > MaxQuantity {
			return 0, CodeQuantityAbsurd
		}
	}
	return value, ""
}

// groupedInThrees reports whether every group after the first has three digits
// and the first has one to three, not starting with 0.
func groupedInThrees(s, separator string) bool {
	groups := strings.Split(s, separator)
	first := groups[0]
	if len(first) < 1 || len(first) > 3 || first[0] == '0' {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != 3 || strings.Trim(group, "0123456789") != "" {
			return false
		}
	}
	return strings.Trim(first, "0123456789") == ""
}
