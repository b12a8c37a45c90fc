package handoff

import (
	"testing"

	"taizhang/app/ledger"
)

func TestCheckPassphrase(t *testing.T) {
	for _, weak := range []string{
		"", "a", "password", "Password1234", "P@ssw0rd2026", "123456789012", "111111111111", "abcdefghijkl",
		"qwertyuiopas", "1qaz2wsx3edc", "qazqazqazqazqaz", "abcabcabcabcabc", "woaini1314520", "13843812345", "220702199001011234",
		"2026112220261123", "taizhang2026", "台账台账台账台账", "宁江区指挥部", "我爱你中国", "啊啊啊啊啊啊啊啊", "一二三四五六七八",
		"aabbaabbaabbaabb", "kdmwzqxt", "3kd9x", "            ", "zxcvbnmasdfghjkl", "adminadmin123456",
	} {
		if CheckPassphrase(weak) == nil {
			t.Errorf("%q is accepted with %.1f bits", weak, guess(weak))
		}
	}
	for _, strong := range []string{
		"kdmwzqxtbrvp", "correct horse battery staple", "T7#kq9Wz!m2Lp", "河边三头黄牛喝茶", "橘子火车不睡觉", "雪落 旧桥 十七 灯",
		"wo3jia1men2kou3you3liang3ke1zao3shu4", "80417395261840926375",
	} {
		if err := CheckPassphrase(strong); err != nil {
			t.Errorf("%q is refused with %.1f bits", strong, guess(strong))
		}
	}
	wantCode(t, CheckPassphrase("abc"), ledger.CodePassphraseWeak)
}
