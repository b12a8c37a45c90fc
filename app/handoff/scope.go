package handoff

import "strings"

// ranks are the endings of names of administrative units, from the lowest up.
// Source: 中华人民共和国行政区划: 省级, 地级, 县级, 乡级, and villages below them.
var ranks = []string{"村社区居委会", "乡镇街道办事处", "县区旗", "市州盟", "省"}

// rank is how high a unit's name says it stands; 0 when it does not say.
func rank(name string) int {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "指挥部"), "应急")
	runes := []rune(name)
	for i := len(runes) - 1; i >= 0 && i >= len(runes)-4; i-- {
		for n, endings := range ranks {
			if strings.ContainsRune(endings, runes[i]) {
				return n + 1
			}
		}
	}
	return 0
}

// ScopeOf is what a desk of unit own sends to a desk of unit peer, both written
// from the top down (宁江区/临江街道): everything when peer stands above own or is
// of the same unit, else its own chains. Two trees that do not know each other are compared by what
// their topmost names are: 市 above 区 above 街道.
func ScopeOf(own, peer string) Scope {
	if peer == "" {
		return ScopeOwn
	}
	if own == peer || strings.HasPrefix(own, peer+"/") {
		return ScopeAll
	}
	a, b := strings.Split(own, "/"), strings.Split(peer, "/")
	if a[0] != b[0] {
		// The lowest name is where the desk sits.
		if up, at := rank(b[len(b)-1]), rank(a[len(a)-1]); up > at && at > 0 {
			return ScopeAll
		}
	}
	return ScopeOwn
}
