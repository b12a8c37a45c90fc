package pinyin

import (
	"strings"
	"testing"

	dictionary "github.com/mozillazg/go-pinyin"
)

func TestInitialsAndFull(t *testing.T) {
	for _, c := range []struct{ name, initials, full string }{
		{"宣传条幅", "xctf", "xuanchuantiaofu"},
		{"宣傳條幅", "xctf", "xuanchuantiaofu"},
		{"宣传单", "xcd", "xuanchuandan"},
		{"传单", "cd", "chuandan"},
		{"电子屏", "dzp", "dianziping"},
		{"居家隔离观察告知书", "jjglgcgzs", "jujiageliguanchagaozhishu"},
		{"四姑娘山镇卫生院", "sgnszwsy", "siguniangshanzhenweishengyuan"},
		{"县委党校", "xwdx", "xianweidangxiao"},
		{"重庆路街道", "cqljd", "chongqinglujiedao"},
		{"重慶", "cq", "chongqing"},
		{"重大项目办", "zdxmb", "zhongdaxiangmuban"},
		{"行政服务中心", "xzfwzx", "xingzhengfuwuzhongxin"},
		{"农业银行", "nyyh", "nongyeyinhang"},
		{"督导组", "ddz", "dudaozu"},
		{"调查组", "dcz", "diaochazu"},
		{"人民调解委员会", "rmtjwyh", "renmintiaojieweiyuanhui"},
		{"长安镇", "caz", "changanzhen"},
		{"镇长办公室", "zzbgs", "zhenzhangbangongshi"},
		{"朝阳社区", "cysq", "chaoyangshequ"},
		{"成都路", "cdl", "chengdulu"},
		{"厦门路", "xml", "xiamenlu"},
		{"金城大厦", "jcds", "jinchengdasha"},
		{"登记率", "djl", "dengjilv"},
		{"会计", "kj", "kuaiji"},
		{"第2批A组（试行）", "d2pazsx", "di2piazushixing"},
		{"Ｌｅｄ 屏", "ledp", "ledping"},
		{"！、—", "", ""},
		{"", "", ""},
		{"\xff", "", ""},
	} {
		if got := Initials(c.name); got != c.initials {
			t.Errorf("initials of %s are %s, want %s", c.name, got, c.initials)
		}
		if got := Full(c.name); got != c.full {
			t.Errorf("pinyin of %s is %s, want %s", c.name, got, c.full)
		}
	}
}

// TestDictionaryReadsPlain checks that no reading of the dictionary keeps a
// mark that nobody can type.
func TestDictionaryReadsPlain(t *testing.T) {
	for r, readings := range dictionary.PinyinDict {
		for reading := range strings.SplitSeq(readings, ",") {
			if p := plain(reading); p == "" || strings.Trim(p, "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%c: %q becomes %q", rune(r), reading, p)
			}
		}
	}
}

// TestTablesEarnTheirPlace checks that every entry has a syllable a character,
// each a reading the dictionary knows, and that it changes something.
func TestTablesEarnTheirPlace(t *testing.T) {
	for word, readings := range words {
		runes := []rune(word)
		if len(runes) != len(readings) || len(runes) > longestWord {
			t.Errorf("%s has %d syllables", word, len(readings))
			continue
		}
		changes := false
		for i, r := range runes {
			if !knows(r, readings[i]) {
				t.Errorf("%s: %c is never read %s", word, r, readings[i])
			}
			changes = changes || read(r) != readings[i]
		}
		if !changes {
			t.Errorf("%s is read so without its line", word)
		}
	}
	for r, reading := range usual {
		first, _, _ := strings.Cut(dictionary.PinyinDict[int(r)], ",")
		if plain(first) == reading || !knows(r, reading) {
			t.Errorf("%c read %s changes nothing or is unknown", r, reading)
		}
	}
}

func knows(r rune, reading string) bool {
	for known := range strings.SplitSeq(dictionary.PinyinDict[int(r)], ",") {
		if plain(known) == reading {
			return true
		}
	}
	return false
}

func FuzzReading(f *testing.F) {
	for _, s := range []string{"宣传条幅", "重庆A1", "ｘｃ　tf", "\xff行", "率先"} {
		f.Add(s, "xc")
	}
	f.Fuzz(func(t *testing.T, s, query string) {
		initials, full := Initials(s), Full(s)
		if len(initials) > len(full) || strings.Trim(full, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			t.Fatalf("%q reads %q, %q", s, initials, full)
		}
		if !subsequence(initials, full) {
			t.Fatalf("%q: initials %q are not in %q", s, initials, full)
		}
		finder := NewFinder([]Named{{ID: 1, Name: s}, {ID: 2, Name: "宣传单"}})
		_, matches := Match(query, s, initials, full)
		found := false
		for _, n := range finder.Find(query, 0) {
			found = found || n.ID == 1
		}
		if matches && !found {
			t.Fatalf("%q matches %q but is not found", query, s)
		}
		if tidy(s) != "" && len(finder.Find(s, 0)) == 0 {
			t.Fatalf("%q does not find itself", s)
		}
		Nearest(query, []string{s, "宣传单"}, 3)
	})
}
