package pinyin

import "strings"

// usual overrides the dictionary's first reading where names of units and items
// mostly use another one. The short list is a judgement about this program's
// words, not about the language.
var usual = map[rune]string{
	'长': "chang", '長': "chang", '都': "du", '曾': "zeng", '了': "liao", '薄': "bo",
}

// words are read whole. Each line is a word and its syllables; a word in
// traditional characters has its own line where it differs.
var words = wordTable(`
重庆 chong qing
重慶 chong qing
重复 chong fu
重新 chong xin
重建 chong jian
重阳 chong yang
重叠 chong die
银行 yin hang
銀行 yin hang
农商行 nong shang hang
商行 shang hang
分行 fen hang
支行 zhi hang
总行 zong hang
农行 nong hang
工行 gong hang
建行 jian hang
央行 yang hang
行业 hang ye
行業 hang ye
行长 hang zhang
行列 hang lie
同行 tong hang
调整 tiao zheng
調整 tiao zheng
调解 tiao jie
調解 tiao jie
调处 tiao chu
调节 tiao jie
调理 tiao li
调料 tiao liao
协调 xie tiao
協調 xie tiao
空调 kong tiao
镇长 zhen zhang
乡长 xiang zhang
县长 xian zhang
区长 qu zhang
市长 shi zhang
村长 cun zhang
组长 zu zhang
組長 zu zhang
局长 ju zhang
院长 yuan zhang
校长 xiao zhang
园长 yuan zhang
站长 zhan zhang
所长 suo zhang
队长 dui zhang
隊長 dui zhang
科长 ke zhang
处长 chu zhang
部长 bu zhang
会长 hui zhang
家长 jia zhang
家長 jia zhang
楼长 lou zhang
楼栋长 lou dong zhang
网格长 wang ge zhang
指挥长 zhi hui zhang
指揮長 zhi hui zhang
街长 jie zhang
路长 lu zhang
河长 he zhang
点长 dian zhang
片长 pian zhang
长官 zhang guan
首长 shou zhang
成长 cheng zhang
生长 sheng zhang
增长 zeng zhang
会计 kuai ji
會計 kuai ji
财会 cai kuai
音乐 yin yue
音樂 yin yue
乐清 yue qing
厦门 xia men
廈門 xia men
校对 jiao dui
校验 jiao yan
校正 jiao zheng
传记 zhuan ji
供给 gong ji
补给 bu ji
给养 ji yang
给水 ji shui
出差 chu chai
差旅 chai lv
邮差 you chai
西藏 xi zang
藏族 zang zu
藏羌 zang qiang
藏医 zang yi
藏乡 zang xiang
宝藏 bao zang
朝霞 zhao xia
六安 lu an
单县 shan xian
蚌埠 beng bu
番禺 pan yu
蔚县 yu xian
东阿 dong e
阿胶 e jiao
铅山 yan shan
洪洞 hong tong
浒墅关 xu shu guan
荥经 ying jing
犍为 qian wei
什邡 shi fang
莘庄 xin zhuang
尉犁 yu li
大埔 da bu
涡阳 guo yang
泌阳 bi yang
泊头 bo tou
率先 shuai xian
率领 shuai ling
大夫 dai fu
关卡 guan qia
便宜 pian yi
参差 cen ci
人参 ren shen
党参 dang shen
投降 tou xiang
弹性 tan xing
模板 mu ban
模具 mu ju
星宿 xing xiu
还清 huan qing
归还 gui huan
返还 fan huan
扎实 za shi
包扎 bao za
角色 jue se
勒索 le suo
秘鲁 bi lu
尉迟 yu chi
单于 chan yu
仇家 qiu jia
解家 xie jia
查家 zha jia
曾经 ceng jing
着装 zhuo zhuang
给予 ji yu
`)

// longestWord is the length of the longest entry, in characters.
const longestWord = 3

func wordTable(lines string) map[string][]string {
	table := make(map[string][]string)
	for line := range strings.Lines(lines) {
		if fields := strings.Fields(line); len(fields) > 1 {
			table[fields[0]] = fields[1:]
		}
	}
	return table
}

// wordAt returns the syllables of the longest known word that runes start with,
// or nil.
func wordAt(runes []rune) []string {
	for n := min(longestWord, len(runes)); n > 1; n-- {
		if readings, ok := words[string(runes[:n])]; ok {
			return readings
		}
	}
	return nil
}
