package handoff

import (
	"math"
	"strings"
	"unicode"

	"taizhang/app/ledger"
)

// strongEnough is the least strength of a passphrase, in bits as guess counts
// them. With the work that scrypt puts on every try, 12 unconnected letters or 6
// unconnected Chinese characters last for years against a lost stick.
const strongEnough = 45

// CheckPassphrase refuses a passphrase that a program would guess, with
// CodePassphraseWeak: shorter than 12 letters or 6 Chinese characters, of digits
// only unless there are 20, or made of repeats, runs and words everybody uses.
func CheckPassphrase(text string) error {
	if guess(text) < strongEnough {
		return ledger.Refuse(ledger.CodePassphraseWeak)
	}
	return nil
}

// Weight of what a passphrase is made of, in bits: less than chance would give,
// because people do not choose by chance.
const (
	weightDigit  = 2.3
	weightLetter = 4.0
	weightOther  = 4.5
	weightHan    = 8.0
	weightWord   = 5.0 // one of the words everybody uses
	weightRepeat = 2.0 // any run, row of keys or repeat of what stood before
)

// guess estimates the strength of a passphrase in bits. It reads from the left
// and takes at each place the longest piece that it knows how to guess whole.
func guess(text string) float64 {
	runes := []rune(strings.ToLower(strings.Join(strings.Fields(text), " ")))
	bits := 0.0
	for i := 0; i < len(runes); {
		n, piece := 1, weight(runes[i])
		if word := commonAt(i, runes); word > 0 {
			n, piece = word, weightWord
		} else if run := max(runAt(i, runes), repeatAt(i, runes), rowAt(i, runes)); run > 2 {
			n, piece = run, weightRepeat+math.Log2(float64(run))
		}
		bits += min(piece, weigh(runes[i:i+n]))
		i += n
	}
	return min(bits, distinct(runes)*8)
}

// weigh is the weight of characters that have nothing to do with each other.
func weigh(runes []rune) float64 {
	bits := 0.0
	for _, r := range runes {
		bits += weight(r)
	}
	return bits
}

// distinct counts the different characters: aabbaabbaabb has two.
func distinct(runes []rune) float64 {
	seen := map[rune]bool{}
	for _, r := range runes {
		seen[r] = true
	}
	return float64(len(seen))
}

func weight(r rune) float64 {
	switch {
	case unicode.IsDigit(r):
		return weightDigit
	case unicode.Is(unicode.Han, r):
		return weightHan
	case unicode.IsSpace(r):
		return 1
	case unicode.IsLetter(r):
		return weightLetter
	}
	return weightOther
}

// runAt is the length of a run with one step from i: aaaa, 1234, gfed.
func runAt(i int, runes []rune) int {
	if i+1 >= len(runes) {
		return 0
	}
	step := runes[i+1] - runes[i]
	if step < -1 || step > 1 {
		return 0
	}
	n := 2
	for i+n < len(runes) && runes[i+n]-runes[i+n-1] == step {
		n++
	}
	return n
}

// repeatAt is the length of what stands at i and has stood before.
func repeatAt(i int, runes []rune) int {
	best := 0
	for j := range i {
		n := 0
		for i+n < len(runes) && runes[j+n] == runes[i+n] {
			n++
		}
		best = max(best, n)
	}
	return best
}

// rows are keys that lie beside each other, with the same backwards.
var rows = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik", "!@#$%^&*()",
	"poiuytrewq", "lkjhgfdsa", "mnbvcxz", "一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "0987654321", "7418529630", "147258369"}

// rowAt is the length of the row of keys at i.
func rowAt(i int, runes []rune) int {
	n := 0
	for i+n < len(runes) && strings.ContainsRune(strings.Join(rows, " "), runes[i+n]) {
		n++
	}
	for ; n > 2; n-- {
		for _, row := range rows {
			if strings.Contains(row, string(runes[i:i+n])) {
				return n
			}
		}
	}
	return 0
}

// common are pieces of the passphrases that lists of stolen ones begin with, and
// the words of this trade.
var common = strings.Fields(`password passwd p@ssw0rd passw0rd pass word admin administrator root user guest
	welcome hello letmein login master secret dragon monkey sunshine princess football iloveyou iloveu love
	superman batman shadow killer computer internet windows office default system test changeme taizhang
	woaini woaiwojia wodemima mima nihao zhongguo beijing shanghai ceshi guanliyuan zhihuibu ningjiang linjiang
	520 1314 5201314 521 888 666 168 123 abc 110 120 12345 19 20 2020 2021 2022 2023 2024 2025 2026 2027
	台账 密码 口令 管理员 指挥部 我爱你 中国 你好 测试 交接 疫情 防控 街道 社区 单位 宁江区 临江街道`)

// commonAt is the length of the common word at i.
func commonAt(i int, runes []rune) int {
	best := 0
	rest := string(runes[i:min(len(runes), i+16)])
	for _, word := range common {
		if strings.HasPrefix(rest, word) {
			best = max(best, len([]rune(word)))
		}
	}
	return best
}
