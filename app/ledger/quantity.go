package ledger

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// MaxQuantity is the largest count one entry may carry. It is far above any
// district's figure and leaves room for millions of entries in a 64-bit sum.
const MaxQuantity = 1_000_000_000_000

// maxQuantityRunes bounds what is read as a quantity. No honest one is longer,
// and pasted paragraphs are turned away before any parsing.
const maxQuantityRunes = 40

// Approx says how the writer qualified a quantity. The numbers are stored in
// ledgers and bundles: never renumber them.
type Approx uint8

// The qualifications of a quantity.
const (
	Exact  Approx = 0 // as counted
	About  Approx = 1 // 约, 左右: may be more or less
	Nearly Approx = 2 // 近, 不到: a little less
	Over   Approx = 3 // 余, 多, 超: a little more
)

// Quantity is a count as a clerk wrote it, 0 to MaxQuantity. The zero value is
// an exact 0.
type Quantity struct {
	Value  int64
	Approx Approx
	Wan    bool // written in 万 (ten thousands), and printed so again
}

// IsApprox reports whether the quantity is anything but exact.
func (q Quantity) IsApprox() bool { return q.Approx != Exact }

// String prints the quantity the way it was written: 3,681, 35万, 1.2万余,
// 近3,000, 约700. ParseQuantity reads every such text back to the same Quantity.
func (q Quantity) String() string {
	digits := GroupDigits(q.Value)
	if q.Wan {
		digits = inWan(q.Value)
	}
	switch q.Approx {
	case About:
		return "约" + digits
	case Nearly:
		return "近" + digits
	case Over:
		return digits + "余"
	}
	return digits
}

// inWan prints n as a multiple of 万 without loss: 12000 is 1.2万.
func inWan(n int64) string {
	whole, rest := n/10000, n%10000
	if rest == 0 {
		return GroupDigits(whole) + "万"
	}
	frac := strconv.FormatInt(10000+rest, 10)[1:]
	return GroupDigits(whole) + "." + strings.TrimRight(frac, "0") + "万"
}

// GroupDigits prints n with a comma between thousands: 3,681. Any int64 will do.
func GroupDigits(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Sum adds up quantities of one measure word; adding different measure words
// is the caller's mistake. It is approximate as soon as any part is. The zero
// value is an empty sum.
type Sum struct {
	Value  int64
	Approx bool
}

// Add returns the sum with q added.
func (s Sum) Add(q Quantity) Sum {
	return s.Plus(Sum{Value: q.Value, Approx: q.IsApprox()})
}

// Plus returns the sum of two sums. Past the largest int64 the value stays
// there and the sum calls itself approximate, since it no longer is the truth.
func (s Sum) Plus(t Sum) Sum {
	approx := s.Approx || t.Approx
	if t.Value > 0 && s.Value > math.MaxInt64-t.Value {
		return Sum{Value: math.MaxInt64, Approx: true}
	}
	return Sum{Value: s.Value + t.Value, Approx: approx}
}

// String prints 361,000, or 约361,000 when any part was approximate.
func (s Sum) String() string {
	if s.Approx {
		return "约" + GroupDigits(s.Value)
	}
	return GroupDigits(s.Value)
}

// ParseQuantity reads a count as clerks write it: Arabic digits (full width,
// grouped in threes by a comma or a space, decimals before 万 or 亿), Chinese
// numerals (simple, formal and traditional, 廿, 一百二 for 120), a mixture of
// both (3千, 3万5千), and one of the usual words for "about", "nearly" and
// "over" around it. A measure word is not accepted: see SplitQuantity.
//
// It returns an *Error with CodeQuantitySyntax, CodeQuantityNegative,
// CodeQuantityFraction (the result is not whole), CodeQuantityGrouping (3,68)
// or CodeQuantityAbsurd (above MaxQuantity).
func ParseQuantity(s string) (Quantity, error) {
	text := tidyNumber(s)
	if text == "" {
		return Quantity{}, refuse(CodeQuantitySyntax, "text", s)
	}
	body, approx := cutApprox(text)
	if rest, ok := cutMinus(body); ok {
		code := CodeQuantityNegative
		if _, bad := numeral(rest); bad == CodeQuantitySyntax {
			code = bad
		}
		return Quantity{}, refuse(code, "text", s)
	}
	value, code := numeral(body)
	if code == CodeQuantityAbsurd {
		return Quantity{}, refuse(code, "text", s, "max", int64(MaxQuantity))
	}
	if code != "" {
		return Quantity{}, refuse(code, "text", s)
	}
	if value == 0 {
		return Quantity{}, nil // "about nothing" and "0万" are plainly nothing
	}
	return Quantity{Value: value, Approx: approx, Wan: strings.HasSuffix(body, "万")}, nil
}

// approxPrefixes and approxSuffixes are tried in order, so longer words come
// before the words they start or end with.
var approxPrefixes = []struct {
	word   string
	approx Approx
}{
	{"大约", About}, {"大概", About}, {"约为", About}, {"约", About}, {"~", About},
	{"将近", Nearly}, {"接近", Nearly}, {"不到", Nearly}, {"近", Nearly},
	{"超过", Over}, {"超", Over}, {"逾", Over}, {"上", Over},
}

var approxSuffixes = []struct {
	word   string
	approx Approx
}{
	{"左右", About}, {"上下", About}, {"来", About},
	{"以上", Over}, {"有余", Over}, {"余", Over}, {"多", Over}, {"+", Over},
}

// cutApprox takes the qualifying words off a tidied text. The word in front
// outweighs the one behind: 约3000余 is "about".
func cutApprox(text string) (body string, approx Approx) {
	body, before, approx := cutApproxPrefix(text)
	for _, suffix := range approxSuffixes {
		if rest, ok := strings.CutSuffix(body, suffix.word); ok {
			body = rest
			if approx == Exact {
				approx = suffix.approx
			}
			break
		}
	}
	if before != "" && onlyUnits(body) {
		return "一" + body, approx // 上百, 近万: the word stands for the missing 一
	}
	if before == "上" {
		return text, Exact // 上3000 is no quantity; numeral refuses it
	}
	if cut, inner := cutInnerApprox(body); inner != Exact {
		body = cut
		if approx == Exact {
			approx = inner
		}
	}
	return body, approx
}

// cutApproxPrefix takes one qualifying word off the front.
func cutApproxPrefix(text string) (body, word string, approx Approx) {
	for _, prefix := range approxPrefixes {
		if rest, ok := strings.CutPrefix(text, prefix.word); ok {
			return rest, prefix.word, prefix.approx
		}
	}
	return text, "", Exact
}

// cutInnerApprox finds the 余 of 30余万, which stands before the unit.
func cutInnerApprox(body string) (string, Approx) {
	for _, inner := range []struct {
		word   string
		approx Approx
	}{{"余", Over}, {"多", Over}, {"来", About}} {
		head, unit, ok := strings.Cut(body, inner.word)
		if ok && head != "" && onlyUnits(unit) {
			return head + unit, inner.approx
		}
	}
	return body, Exact
}

// onlyUnits reports whether s is 百, 千, 万, 亿 or a row of them.
func onlyUnits(s string) bool {
	return s != "" && strings.Trim(s, "百千万亿") == ""
}

// cutMinus takes a minus sign or 负 off the front.
func cutMinus(body string) (rest string, ok bool) {
	if rest, ok = strings.CutPrefix(body, "-"); ok {
		return rest, true
	}
	return strings.CutPrefix(body, "负")
}

// SplitQuantity reads a quantity followed by its measure word: 3681幅,
// 1.2万余份, 28.1万份余, 80人余次 (80, over, 人次), 约700个. The measure word is
// returned as written, without spaces, and is empty when there is none. Errors
// are those of ParseQuantity; a tail that cannot be a measure word is
// CodeQuantitySyntax.
func SplitQuantity(s string) (Quantity, string, error) {
	runes := []rune(strings.TrimSpace(s))
	if len(runes) > 2*maxQuantityRunes {
		return Quantity{}, "", refuse(CodeQuantitySyntax, "text", s)
	}
	cut := quantityEnd(runes)
	tail, tailApprox := cutTailApprox(string(runes[cut:]))
	if !isMeasure(tail) {
		return Quantity{}, "", refuse(CodeQuantitySyntax, "text", s)
	}
	q, err := ParseQuantity(string(runes[:cut]))
	if err != nil {
		return Quantity{}, "", err
	}
	if q.Approx == Exact && q.Value > 0 {
		q.Approx = tailApprox
	}
	return q, tail, nil
}

// quantityEnd finds where the measure word begins, counted in runes.
func quantityEnd(runes []rune) int {
	text := make([]rune, len(runes))
	for i, r := range runes {
		text[i] = foldNumberRune(r)
	}
	body, _, _ := cutApproxPrefix(string(text))
	i := len(text) - len([]rune(body))
	for i < len(text) && inQuantity(text, i) {
		i++
	}
	if i < 2 || i > len(text) {
		return i
	}
	last, numberBefore := text[i-1], isNumberRune(text[i-2])
	if last == '两' && runes[i-1] != '俩' && numberBefore {
		return i - 1 // 3两 is a weight
	}
	if last == '千' && numberBefore && i < len(text) && strings.ContainsRune("克米瓦", text[i]) {
		return i - 1 // 3千克 is three of the measure word 千克
	}
	return i
}

// inQuantity reports whether text[i] still belongs to the number.
func inQuantity(text []rune, i int) bool {
	switch r := text[i]; r {
	case '.', ',', '点', ' ':
		return i > 0 && i+1 < len(text) && (isNumberRune(text[i+1]) || text[i+1] == ' ' || onlyUnits(string(text[i+1])))
	case '-', '负':
		return i == 0
	case '余', '多', '来', '+':
		return i > 0 && isNumberRune(text[i-1])
	default:
		return isNumberRune(r)
	}
}

// cutTailApprox takes 左右, 以上 and 余 out of what follows the number.
func cutTailApprox(tail string) (string, Approx) {
	tail = strings.Join(strings.Fields(tail), "")
	approx := Exact
	for _, suffix := range []struct {
		word   string
		approx Approx
	}{{"左右", About}, {"上下", About}, {"以上", Over}} {
		if rest, ok := strings.CutSuffix(tail, suffix.word); ok {
			tail, approx = rest, suffix.approx
			break
		}
	}
	for _, word := range []string{"余", "馀", "餘"} {
		if i := strings.Index(tail, word); i >= 0 {
			return tail[:i] + tail[i+len(word):], Over
		}
	}
	return tail, approx
}

// isMeasure reports whether s can be a measure word: nothing, or a few letters
// with the signs of 人/次 and 个（条）.
func isMeasure(s string) bool {
	n := 0
	for _, r := range s {
		if n++; n > 12 || !unicode.IsLetter(r) && !strings.ContainsRune("/()（）／", r) {
			return false
		}
	}
	return true
}
