package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"taizhang/app/ledger"
)

// BenchmarkRead reads 50 KB of reports, which a clerk pastes at the worst, and as
// much of what would cost most if anything were read twice. The bound is what a
// person does not notice.
func BenchmarkRead(b *testing.B) {
	const size, bound = 50 << 10, 200 * time.Millisecond
	r := &Reader{Items: ledger.Catalogue, Units: []string{"临江街道", "新区街道"}, Today: 9822}
	text := repeated(district+"截至3月10日，检查商户126家，发现问题19个，已整改17个；隔离点3个，房间210间，剩余84间。\n", size)
	worst := []string{text}
	for _, piece := range []string{" ", "\n", "1", "一", "百", "3份", "1份、", "检查", "生产", "对", "将", "“", "(", "1 ", "的", "宣传品", "12家企业、", "为", "1|份|"} {
		worst = append(worst, repeated(piece, size), "12家企业"+repeated(piece, size))
	}
	worst = append(worst, "单位\t检查\t发现问题\n"+repeated("合计\t9家\t3个\n", size), "单位\t检查\n"+repeated("9家\t", size))
	var reports, most time.Duration
	for b.Loop() {
		for i, text := range worst {
			began := time.Now()
			r.Read(text)
			took := time.Since(began)
			if most = max(most, took); i == 0 {
				reports = max(reports, took)
			}
		}
	}
	told("a pasted report of 50 KB, read", reports, bound)
	told("the worst 50 KB we know, read", most, bound)
}

func repeated(piece string, size int) string {
	return strings.ToValidUTF8(strings.Repeat(piece, 1+size/len(piece))[:size], "")
}

// told prints a row of what make bench shows.
func told(name string, took, bound time.Duration) {
	mark := "yes"
	if took > bound {
		mark = "NO"
	}
	fmt.Printf("| %s | %v | %v | %s |\n", name, took.Round(time.Millisecond), bound, mark)
}
