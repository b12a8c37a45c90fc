package intake

import (
	"strconv"
	"strings"
	"unicode"

	"taizhang/app/ledger"
)

// number is a quantity as it stands in a text, without its measure word.
type number struct {
	start, end int    // in the sheet, with the words around it (约, 余)
	core       string // as written, without those words
	value      int64  // the lower one of a range
	whole      bool   // value holds; false for fractions, blanks and nonsense
	max        int64  // the upper one of a range, else 0
	wan        bool   // written in 万
	approx     ledger.Approx
}

// Numerals: 一 to 九 are simple, those of cheques only count in a row of two.
const (
	simpleNumerals = "零一二三四五六七八九两十百千万亿廿卅卌"
	formalNumerals = "〇○壹贰貳叁參叄参肆伍陆陸柒捌玖拾佰仟"
	onlyNumerals   = "壹贰貳叁肆柒捌玖" // those of cheques that stand in no other word
	scales         = "百千万亿"
	innerWords     = "余多来" // 30余万, 两千多万
)

// masks are signs by which reports are made anonymous. A number that touches one
// is a blank.
const masks = "_×*＊□■xX?？某"

// before and after are the words by which a writer qualifies a number, the
// longer ones first.
var before = []struct {
	word   string
	approx ledger.Approx
}{
	{"超过了", ledger.Over}, {"大约", ledger.About}, {"大概", ledger.About}, {"约为", ledger.About}, {"约有", ledger.About}, {"约计", ledger.About},
	{"将近", ledger.Nearly}, {"接近", ledger.Nearly}, {"不到", ledger.Nearly}, {"超过", ledger.Over}, {"多达", ledger.Exact},
	{"约", ledger.About}, {"近", ledger.Nearly}, {"逾", ledger.Over}, {"超", ledger.Over}, {"上", ledger.Over}, {"~", ledger.About}, {"≈", ledger.About},
}

var after = []struct {
	word   string
	approx ledger.Approx
}{
	{"有余", ledger.Over}, {"多余", ledger.Over}, {"余", ledger.Over}, {"多", ledger.Over}, {"来", ledger.About}, {"+", ledger.Over},
}

var behind = []struct {
	word   string
	approx ledger.Approx
}{
	{"左右", ledger.About}, {"上下", ledger.About}, {"以上", ledger.Over}, {"之多", ledger.Exact}, {"有余", ledger.Over}, {"余", ledger.Over},
}

// numberAt reads the number that begins at i with its digits or numerals.
func (s *sheet) numberAt(i int) (n number, ok bool) {
	end, core := s.core(i)
	if end == i {
		return number{}, false
	}
	n = number{start: i, end: end, core: core}
	if s.masked(i, end) {
		n.core = "" // a blank: consumed, and worth nothing
		return n, true
	}
	n.inner(s)
	n.read()
	n.range_(s)
	n.qualify(s)
	return n, true
}

// core goes over digits and numerals and returns where they end, and what they
// are as written. 余 and its like stay outside, also before 万.
func (s *sheet) core(i int) (end int, core string) {
	var b strings.Builder
	for end = i; end < len(s.runes); end++ {
		r := s.runes[end]
		switch {
		case isDigit(r), strings.ContainsRune(simpleNumerals, r), strings.ContainsRune(formalNumerals, r):
			b.WriteRune(s.text[s.at[end]])
		case (r == ',' || r == ' ' || r == '.') && end > i && isDigit(s.runes[end-1]) && s.grouped(end):
			b.WriteRune(r)
		case (r == ' ' || r == '\n' && s.midLine(i)) && end > i && isDigit(s.runes[end-1]) && s.torn(end):
		case strings.ContainsRune(innerWords, r) && end > i && strings.ContainsRune(scales, s.peek(end+1)):
		case (r == ' ' || r == '\n') && end > i && strings.ContainsRune(scales, s.peek(end+1)):
		default:
			return s.trimCore(i, end, b.String())
		}
	}
	return s.trimCore(i, end, b.String())
}

// numeralAt reports whether a number begins at i: 用30间余20间.
func (s *sheet) numeralAt(i int) bool {
	r := s.peek(i)
	return isDigit(r) || r != 0 && strings.ContainsRune(simpleNumerals, r)
}

// trimCore gives up a lone formal numeral (参加, 陆续) unless it can be nothing else
// (肆处), and 千 and 两 that begin a weight or a length: 3千克 is three of 千克.
func (s *sheet) trimCore(i, end int, core string) (int, string) {
	if end == i+1 && strings.ContainsRune(formalNumerals, s.runes[i]) {
		_, kind := known().measures.longest(s.runes, end)
		if kind&^nothing == 0 || !strings.ContainsRune(onlyNumerals, s.runes[i]) {
			return i, ""
		}
	}
	if end > i+1 && s.runes[end-1] == '千' && strings.ContainsRune("克米瓦", s.peek(end)) {
		return end - 1, strings.TrimSuffix(core, string(s.text[s.at[end-1]]))
	}
	return end, core
}

// grouped reports whether the sign at i parts thousands, or is a decimal point.
func (s *sheet) grouped(i int) bool {
	digits := 0
	for isDigit(s.peek(i + 1 + digits)) {
		digits++
	}
	if s.runes[i] == '.' {
		return digits > 0
	}
	lead := 0
	for isDigit(s.peek(i - 1 - lead)) {
		lead++
	}
	return digits == 3 && lead <= 3
}

// maxTorn is into how many pieces layout is believed to tear a number.
const maxTorn = 6

// torn reports whether the space at i stands in the midst of one number, whose
// measure word follows: 2 40幅.
func (s *sheet) torn(i int) bool {
	end := s.digits(i + 1)
	if end == i+1 {
		return false
	}
	for parts := 0; parts < maxTorn && (s.peek(end) == ' ' || s.peek(end) == '\n') && isDigit(s.peek(end+1)); parts++ {
		end = s.digits(end + 1)
	}
	if r := s.peek(end); r == ' ' || r == '余' || r == '多' {
		end++
	}
	_, kind := known().measures.longest(s.runes, end)
	return kind&^nothing != 0 || strings.ContainsRune(scales, s.peek(end))
}

// midLine reports whether the number that begins at i stands behind other words
// of its line. One that begins a line is a row's or a page's.
func (s *sheet) midLine(i int) bool { return unicode.Is(unicode.Han, s.peek(i-1)) }

// masked reports whether the number at start touches a sign that stands for
// digits which are not told, or belongs to a name like H5 or 3-2.
func (s *sheet) masked(start, end int) bool {
	prev, next := s.peek(start-1), s.peek(end)
	if strings.ContainsRune(masks, prev) && prev != 0 || strings.ContainsRune(masks, next) && next != 0 {
		return true
	}
	if !isDigit(s.runes[start]) {
		return false
	}
	single := isLatin(prev) && !isLatin(s.peek(start-2))
	return single || prev == '.' || prev == ':' && isDigit(s.peek(start-2)) || next == ':' && isDigit(s.peek(end+1)) || next == '.' && isDigit(s.peek(end+1)) ||
		(prev == '-' || prev == '+' || prev == '/') && (isLatin(s.peek(start-2)) || isDigit(s.peek(start-2)))
}

// inner notes the 余 of 30余万, which core has left out.
func (n *number) inner(s *sheet) {
	for i := n.start; i < n.end; i++ {
		if strings.ContainsRune(innerWords, s.runes[i]) {
			n.approx = ledger.Over
			if s.runes[i] == '来' {
				n.approx = ledger.About
			}
		}
	}
}

// read finds the value. 三四百 is the range of 300 and 400.
func (n *number) read() {
	if value, err := strconv.ParseInt(n.core, 10, 64); err == nil && value <= ledger.MaxQuantity {
		n.value, n.whole = value, true // most numbers, at a tenth of the cost
		return
	}
	n.wan = strings.HasSuffix(n.core, "万") || strings.HasSuffix(n.core, "萬")
	if low, high, ok := neighbours([]rune(n.core)); ok {
		a, errA := ledger.ParseQuantity(low)
		b, errB := ledger.ParseQuantity(high)
		if n.whole = errA == nil && errB == nil && a.Value < b.Value; n.whole {
			n.value, n.max, n.approx = a.Value, b.Value, ledger.About
		}
		return
	}
	if q, err := ledger.ParseQuantity(n.core); err == nil {
		n.value, n.whole = q.Value, true
	}
}

// neighbours splits numerals that name two numbers at once: 三四百, 十七八, 两三.
func neighbours(core []rune) (low, high string, ok bool) {
	const digits = "一二三四五六七八九"
	rank := func(r rune) int {
		if r == '两' || r == '兩' {
			return 2
		}
		at := strings.IndexRune(digits, r)
		if at < 0 {
			return 0
		}
		return at/len("一") + 1
	}
	for i := 1; i < len(core); i++ {
		a, b := rank(core[i-1]), rank(core[i])
		if a < 1 || b != a+1 || i > 1 && rank(core[i-2]) > 0 || i+1 < len(core) && rank(core[i+1]) > 0 {
			continue
		}
		return string(core[:i]) + string(core[i+1:]), string(core[:i-1]) + string(core[i:]), true
	}
	return "", "", false
}

// range_ reads the second number of 4至6 and 100-120.
func (n *number) range_(s *sheet) {
	sign := s.peek(n.end)
	if !n.whole || n.max > 0 || sign == 0 || !strings.ContainsRune("至到-~", sign) {
		return
	}
	at := n.end + 1
	for s.peek(at) == sign {
		at++
	}
	end, core := s.core(at)
	q, err := ledger.ParseQuantity(core)
	if end == at || err != nil || q.Value <= n.value {
		return
	}
	if scale := strings.TrimLeft(core, "0123456789."); q.Value >= 10000 && scale != "" && n.value < 10000 {
		// 3至5万 means 3万 to 5万.
		if low, err := ledger.ParseQuantity(n.core + scale); err == nil && low.Value < q.Value {
			n.value = low.Value
		}
	}
	n.max, n.end, n.approx = q.Value, end, ledger.About
}

// qualify takes in the words around the number that say how exact it is.
func (n *number) qualify(s *sheet) {
	bare := strings.Trim(n.core, "百千万亿佰仟萬億") == ""
	scaled := false
	for _, b := range before {
		if !s.endsWith(n.start, b.word) {
			continue
		}
		if b.word == "上" && !bare {
			break
		}
		n.start -= len([]rune(b.word))
		if b.approx != ledger.Exact {
			n.approx, scaled = b.approx, true
		}
		break
	}
	for _, a := range after {
		if s.startsWith(n.end, a.word) {
			n.end += len([]rune(a.word))
			if n.approx == ledger.Exact {
				n.approx = a.approx
			}
			scaled = true
			break
		}
	}
	if bare {
		// 上百, 近万, 千余: the word stands for a missing 一. Without one it is 千家万户.
		q, err := ledger.ParseQuantity("一" + n.core)
		n.value, n.whole = q.Value, err == nil && scaled
	}
}

func (s *sheet) startsWith(i int, word string) bool {
	for _, r := range word {
		if s.peek(i) != r {
			return false
		}
		i++
	}
	return true
}

func (s *sheet) endsWith(end int, word string) bool {
	start := end - len([]rune(word))
	return start >= 0 && s.startsWith(start, word)
}
