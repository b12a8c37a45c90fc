package intake

import (
	"slices"
	"strings"
)

// faults are the verbs of finding, putting right and punishing.
const faults = find | rectify | punish

// sight is how many tokens the grammar looks ahead; a sentence is shorter.
const sight = 60

// ledgerOf decides where a count belongs: the noun first, since most nouns are
// of one ledger, and the verb where the noun leaves it open. sure is false when
// neither said so, and what stands around decided.
func (w *walk) ledgerOf(p phrase, t token, i int) (l Ledger, sure bool) {
	verb, own := w.ruling(p, i)
	crowd := t.measure.kind&people != 0
	if p.right && w.look && w.faulty(i) {
		return Supervision, true // 督查发现，有3个村台账不全: what is wrong is a finding
	}
	if !p.right && w.says(p, i, fault) && !crowd && (verb&(spread|reset|hold) == 0 || w.failed(p, i)) {
		return Supervision, w.look // 登记不全5处
	}
	if l, sure, ok := w.byNoun(p, t, i, verb, own); ok {
		return l, sure
	}
	switch {
	case p.noun&patient != 0:
		return Other, true
	case crowd && !p.known && w.adjoins(t):
		return supervised(w.found[w.prev].Ledger == Supervision), true // 3起9人
	case crowd && own && verb&(find|punish) != 0:
		return Supervision, true
	case p.noun&other != 0 && p.leads&hold != 0 && w.says(p, i, gate):
		return Other, true // 设置检查卡点17个
	case p.noun&other != 0 && verb&spread != 0 && own && t.measure.kind&occasions != 0:
		return Publicity, true // 推送政策20次: the act is counted
	case p.noun&other != 0:
		return supervised(verb&(inspect|punish) != 0 && !crowd && own), true
	case p.noun&person != 0 || crowd:
		return w.people(verb, own, i), true
	}
	return w.open(p, t, verb, own, i)
}

// byNoun decides by the nouns that belong to a ledger; ok is false for others.
func (w *walk) byNoun(p phrase, t token, i int, verb class, own bool) (l Ledger, sure, ok bool) {
	switch {
	case w.room && isRooms(t.measure.text) && verb&hold != 0 && own && p.noun&(finding|person|patient) != 0:
		return Isolation, false, true // 返乡人员已用9间: what is counted in rooms is rooms
	case p.noun&reach != 0:
		return supervised(own && verb&punish != 0), true, true
	case p.noun&event != 0:
		if p.nouns&other == 0 && w.tells(i) {
			return Publicity, false, true
		}
		return Other, false, true
	case w.gate && verb&(inspect|survey) != 0 && (p.nouns&vehicle != 0 || p.noun&person != 0 || t.measure.kind&people != 0):
		return Other, false, true // who passes a checkpoint is not inspected
	case p.noun&hospital != 0:
		return supervised(verb&inspect != 0), true, true
	case p.noun&supervision != 0:
		return supervised(!own || verb != hold || t.measure.kind&people == 0), true, true // 现有执法人员24名: staff
	case p.noun&finding != 0:
		return w.finding(verb, own), true, true
	case p.noun&(publicity|output) != 0:
		return w.publicity(p, t, i, verb, own), true, true
	case p.noun&isolation != 0:
		return rooms(t, verb, own), true, true
	case p.noun&team != 0:
		return supervised(w.errand(i)), true, true
	}
	return 0, false, false
}

// failed reports whether the phrase before the count at token i says of an act itself that
// it went wrong: 登记不全5处, and not 清理过期药品5盒.
func (w *walk) failed(p phrase, i int) bool {
	for j := p.first + 1; j < i; j++ {
		if w.tokens[j].has(fault) && w.tokens[j-1].has(reset) && strings.HasPrefix(w.text(j), "不") {
			return true
		}
	}
	return false
}

// says reports whether the phrase before the count at token i has a word of a class.
func (w *walk) says(p phrase, i int, c class) bool {
	return !p.right && !p.away && slices.ContainsFunc(w.tokens[p.first:i], func(t token) bool { return t.has(c) })
}

// faulty reports whether the clause says something wrong of what is counted at
// token i.
func (w *walk) faulty(i int) bool {
	for _, t := range w.tokens[i+1 : min(i+sight, len(w.tokens))] {
		if t.kind != plain && t.kind != word {
			return false
		}
		if t.has(fault) || t.has(verbs) && w.sheet.endsWith(t.start, "未") {
			return true
		}
	}
	return false
}

// adjoins reports whether nothing stands between a count and the one before.
func (w *walk) adjoins(t token) bool {
	return w.prev >= 0 && w.found[w.prev].End == w.sheet.at[t.start]
}

func supervised(yes bool) Ledger {
	if yes {
		return Supervision
	}
	return Other
}

// ruling is the verb that rules the count at token i, and whether it is the
// count's own or that of the list.
func (w *walk) ruling(p phrase, i int) (verb class, own bool) {
	if w.toward && p.verb&(inspect|survey|spread|faults) == 0 {
		if v := w.deed(i); v != 0 {
			return v, true
		}
	}
	if p.verb != 0 {
		return p.verb, true
	}
	if w.verb == 0 {
		return w.ahead(i, comma), true
	}
	return w.verb, false
}

// deed is what is done to the things at token i that a 对 puts before the verb.
func (w *walk) deed(i int) class {
	for j := i + 1; j < min(i+sight, len(w.tokens)); j++ {
		t := w.tokens[j]
		if t.kind == stop || t.kind == semi {
			break
		}
		if t.has(inspect|faults|spread) && !w.inside(j) {
			return t.class & verbs
		}
	}
	return 0
}

// ahead is the next verb behind token i that tells more than that something was
// done, before a sign as strong as until.
func (w *walk) ahead(i int, until kind) class {
	for _, t := range w.tokens[i+1 : min(i+sight, len(w.tokens))] {
		if t.kind == stop || t.kind == semi || t.kind == cell || t.kind == until {
			return 0
		}
		if t.has(verbs) && !t.has(light) && !t.has(attributive) {
			return t.class & verbs
		}
		if t.kind == word && t.class&(inspect|spread) != 0 {
			return t.class & verbs
		}
	}
	return 0
}

// finding: problems and opinions are supervision's, unless other work says that
// they are the people's: 解决群众问题30个.
func (w *walk) finding(verb class, own bool) Ledger {
	if verb&(inspect|survey|faults|hold|deal) != 0 || verb == 0 {
		return Supervision
	}
	return supervised((!own || verb&light != 0) && (w.look || w.topic == Supervision || w.head&(inspect|faults) != 0))
}

// publicity: output and means. People and households are whom it reached, and
// what is inspected is inspected.
func (w *walk) publicity(p phrase, t token, i int, verb class, own bool) Ledger {
	switch {
	case verb&(inspect|find|punish) != 0 && verb&spread == 0 && own:
		return Supervision
	case own && p.nouns&finding != 0 && verb&reset != 0:
		return Supervision // 拆除违规广告12块
	case w.says(p, i, removal):
		return Other
	case t.measure.kind&(people|units) != 0:
		return Other
	case p.nouns&publicity != 0, verb&spread != 0, verb == 0:
		return Publicity
	case own:
		return Other
	case w.topic == Publicity:
		return Publicity
	}
	return Other
}

// rooms: sites, rooms and beds stand ready, unless someone came to inspect them.
func rooms(t token, verb class, own bool) Ledger {
	switch {
	case (verb&inspect != 0 || verb&punish != 0 && own) && t.measure.kind&people == 0:
		return Supervision
	case verb&survey != 0 && own && t.measure.kind&occasions != 0:
		return Supervision // 巡查病区4次
	case t.measure.kind&(people|occasions) != 0 || strings.HasSuffix(t.measure.text, "次"):
		return Other
	}
	return Isolation
}

// people are supervision's when they were punished or found out, or were sent to
// inspect.
func (w *walk) people(verb class, own bool, i int) Ledger {
	switch {
	case verb&(faults|inspect) != 0 && own:
		return Supervision
	case verb&punish != 0 && !w.far, w.suffers(i), w.ofWhole(i):
		return Supervision
	case verb&dispatch != 0:
		return supervised(w.errand(i))
	case verb&deal != 0:
		return supervised(w.topic == Supervision || w.looks(i))
	}
	return Other
}

// suffers reports whether those counted at token i were punished: 2人因脱岗被约谈.
func (w *walk) suffers(i int) bool {
	passive := false
	for _, t := range w.tokens[i+1 : min(i+sight, len(w.tokens))] {
		if t.kind != plain && t.kind != word {
			return false
		}
		passive = passive || w.sheet.endsWith(t.end, "被") || w.sheet.endsWith(t.end, "受到")
		if passive && (t.has(punish|deal) || w.sheet.startsWith(t.start, "约谈")) {
			return true
		}
	}
	return false
}

// ofWhole reports whether the count at token i is said to be part of one of
// supervision: 处分10人，其中干部4人.
func (w *walk) ofWhole(i int) bool {
	at := w.same(w.tokens[i])
	return w.part && at >= 0 && w.found[at].Ledger == Supervision
}

// errand reports whether those sent out by the count at token i went to inspect.
func (w *walk) errand(i int) bool {
	for j := i + 1; j < min(i+sight, len(w.tokens)); j++ {
		t := w.tokens[j]
		switch {
		case t.kind == stop, t.kind == semi:
			return false
		case w.inside(j):
		case t.has(inspect | punish), t.has(supervision) && w.tokens[j-1].has(dispatch):
			return true // 抽调36人组成检查组
		case t.has(spread), t.has(reset) && !t.has(light):
			return false
		}
	}
	return false
}

// tells reports whether the sentence of token i speaks of publicity, before it or
// behind.
func (w *walk) tells(i int) bool {
	for j := max(0, i-sight); j < min(i+sight, len(w.tokens)); j++ {
		t := w.tokens[j]
		if t.kind == stop && j > i {
			return false
		}
		if t.start >= w.begun && t.has(spread|publicity) {
			return true
		}
	}
	return false
}

// charges reports whether the sentence goes on from token i to a punishment or a
// paper of inspection: who was on patrol was inspecting.
func (w *walk) charges(i int) bool {
	for _, t := range w.tokens[i+1 : min(i+sight, len(w.tokens))] {
		if t.kind == stop || t.kind == semi {
			return false
		}
		if t.has(punish | supervision) {
			return true
		}
	}
	return false
}

// looks reports whether the sentence or what came before it speaks of inspecting
// or punishing.
func (w *walk) looks(i int) bool {
	if w.look {
		return true
	}
	for j, t := range w.tokens[i+1 : min(i+sight, len(w.tokens))] {
		if t.kind == stop {
			return false
		}
		if t.has(inspect|punish) || t.has(find) && w.at(i+2+j).has(finding|supervision) {
			return true
		}
	}
	return false
}

// open decides where the noun tells nothing.
func (w *walk) open(p phrase, t token, verb class, own bool, i int) (Ledger, bool) {
	switch {
	case w.room && t.measure.text == "個" && p.noun&thing != 0 && p.right && w.text(p.at) == "单位" && verb&(inspect|faults|spread) == 0:
		return Isolation, false // 檢疫中心30個單位: flats, where traditional script is written
	case p.right && i > 0 && w.text(i-1) == "在" && verb&inspect == 0:
		return Other, true // 在9个路口悬挂横幅: where it was done
	case t.measure.text == "篇" && verb&(inspect|faults) == 0:
		return Publicity, false // what is counted so was written
	case w.continues(p, t, verb):
		return w.found[w.same(t)].Ledger, false
	case verb&(inspect|faults) != 0:
		return Supervision, own
	case verb&dispatch != 0 && verb&light == 0:
		return supervised(w.errand(i)), false
	case verb&survey != 0:
		return supervised(w.charges(i) || w.looks(i) && t.measure.kind&occasions == 0), false
	case w.part && w.prev >= 0 && w.found[w.prev].Ledger == Publicity && w.says(p, i, news|online):
		return Publicity, false // 广告90条，其中报纸7条、电视40次
	case verb&spread != 0 && !own && w.far:
		return Other, false
	case verb&spread != 0 && t.measure.kind&units == 0:
		if p.noun&thing != 0 && p.nouns&(publicity|output) == 0 && t.measure.kind&occasions == 0 {
			return Other, false
		}
		return Publicity, own
	case own && verb&hold != 0 && w.goesOnWithRooms(t):
		return Isolation, false
	case own && verb&hold != 0 && w.roomsBefore(t), w.part && w.roomsBefore(t):
		return Isolation, false
	case w.room && isRooms(t.measure.text) && t.head.end > 0:
		return Isolation, true
	case w.room && isRooms(t.measure.text), verb&hold != 0 && w.becomes(i), verb&takeover != 0 && (p.noun&thing != 0 && p.nouns&vehicle == 0 || isRooms(t.measure.text)):
		return Isolation, false
	case w.listsOn(p, i):
		return w.found[w.prev].Ledger, false
	}
	return Other, true
}

// shortPart is the longest name, in characters, by which a list tells its parts
// apart: 市内30间、市外60间.
const shortPart = 2

// continues reports whether a count goes on with the thing of the one before:
// it says nothing of its own, or which part, or what became of it (交办问题86个，
// 办结81个).
func (w *walk) continues(p phrase, t token, verb class) bool {
	if w.same(t) < 0 || p.right || p.noun&^thing != 0 {
		return false
	}
	if p.verb&^hold != 0 {
		return (w.part || !p.known) && verb&(inspect|spread|faults|dispatch) == 0
	}
	return !p.known || w.part && verb&(inspect|spread|faults) == 0 || p.noun == 0 && p.end-p.start <= shortPart || w.place(p)
}

// places are the last characters of the names of places.
const places = "区县市镇乡村省州旗"

// place reports whether a phrase names a place, or which of several by number: 甲区3家、
// 乙区5家; 第一批三处、第二批四处.
func (w *walk) place(p phrase) bool {
	if p.end-p.start < 2 || p.noun != 0 && !strings.ContainsRune("镇乡", w.sheet.peek(p.end-1)) {
		return false // 小区 is no name
	}
	return strings.ContainsRune(places, w.sheet.peek(p.end-1)) || w.sheet.endsWith(p.end, "街道") || w.sheet.startsWith(p.start, "第")
}

// listsOn reports whether the count at token i is one more of a list of numbers:
// 海报、折页分别600张、2400份.
func (w *walk) listsOn(p phrase, i int) bool {
	return w.prev >= 0 && !p.known && i > 1 && w.tokens[i-1].kind == list && w.tokens[i-2].kind == count
}

// goesOnWithRooms reports whether the measure word of t counted sites or rooms
// before in the sentence: 启用隔离酒店4家、预备酒店6家.
func (w *walk) goesOnWithRooms(t token) bool {
	at := w.same(t)
	return at >= 0 && w.found[at].Ledger == Isolation
}

// roomsBefore reports whether the part of the sentence before counted sites or rooms
// with the measure word of t: 储备隔离点20家。其中：A类6家；已启用3家.
func (w *walk) roomsBefore(t token) bool {
	for i := w.first - 1; i >= w.last && i > w.first-longestClause; i-- {
		if w.found[i].Measure == t.measure.text {
			return w.found[i].Ledger == Isolation
		}
	}
	return false
}

// same is the last candidate of the sentence with the measure word of t, -1 for
// none: 酒店46家，房间5210间，使用31家.
func (w *walk) same(t token) int {
	for i := w.prev; i >= w.first && i > w.prev-longestClause; i-- {
		if w.found[i].Measure == t.measure.text {
			return i
		}
	}
	return -1
}

// becomes reports whether what is counted at token i is turned into rooms or
// sites further on in the sentence.
func (w *walk) becomes(i int) bool {
	turned := false
	for j := i + 1; j < min(i+sight, len(w.tokens)); j++ {
		t := w.tokens[j]
		if t.kind == stop {
			break
		}
		turned = turned || t.has(into)
		turned = turned || (w.text(j) == "为" || w.text(j) == "作") && j+1 < len(w.tokens) && w.tokens[j+1].has(isolation)
		if turned && (t.has(isolation) || t.has(thing) && w.tokens[j-1].has(apart)) {
			return true
		}
	}
	return false
}

// isRooms reports whether rooms and beds are counted by the measure word.
func isRooms(measure string) bool {
	switch measure {
	case "间", "間", "房", "床", "张", "張", "张床", "套":
		return true
	}
	return false
}
