package intake

import "strings"

// phrase is what stands beside a number: the thing that is counted, and the verb
// of its own.
type phrase struct {
	start, end int   // of the item, in the sheet
	noun       class // of the last noun
	nouns      class // of all nouns
	verb       class // of the last verb; 0 when it has none
	leads      class // of the first verb
	known      bool  // there is something at all
	right      bool  // behind the number
	acts       bool  // a verb stands at its end, so that its object comes behind the number
	first, at  int   // the tokens where the phrase begins and where its item does
	turn       int   // the token behind its last verb
	away       bool  // it is the phrase of a count before
	headed     bool  // it is the heading of a column
}

// text is the item as written, without the signs around it.
func (p phrase) text(s *sheet) string {
	return strings.Trim(s.written(p.start, p.end), " \t\n\r|:：.．、")
}

// item finds what the count at token i counts: behind it when a noun follows
// (46辆宣传车), else before it (宣传车46辆).
func (w *walk) item(i int) phrase {
	if p, ok := w.under(i); ok {
		return p
	}
	left, right := w.before(i), w.behind(i)
	if !left.known && !right.known {
		left = w.summed(i, left)
	}
	if both, ok := w.bothOf(i, left, right); ok {
		return both
	}
	switch {
	case !right.known:
		return left
	case !left.known, left.acts, right.noun == 0 && right.verb != 0:
		right.first = left.first
		if right.verb == 0 {
			right.verb = left.verb
		}
		return right
	case w.countFollows(right), right.noun == 0 && left.noun != 0:
		return left
	}
	right.first = left.first
	if right.verb == 0 {
		right.verb = left.verb
	}
	return right
}

// bothOf is the phrase that the count at token i shares with the next one, right behind
// it: 4个52间隔离点, 2轮9次监督检查.
func (w *walk) bothOf(i int, left, right phrase) (phrase, bool) {
	next := w.at(i + 1)
	if right.known || left.noun != 0 || next.kind != count {
		return right, false
	}
	p := w.behind(i + 1)
	if p.noun&isolation == 0 && (p.verb&inspect == 0 || next.measure.kind&w.tokens[i].measure.kind&occasions == 0) {
		return right, false
	}
	p.away = true
	return p, true
}

// summed is the phrase before the comma of 只报隔离用房，共2处.
func (w *walk) summed(i int, none phrase) phrase {
	at := i - 1
	for at > 0 && w.tokens[at].has(sum) {
		at--
	}
	if at == i-1 || at < 1 || w.tokens[at].kind != comma || !w.tokens[at-1].has(nouns) {
		return none
	}
	return w.before(at)
}

// countFollows reports whether the next count begins where the phrase ends: the
// phrase is then that one's.
func (w *walk) countFollows(p phrase) bool {
	for j := p.at; j < len(w.tokens); j++ {
		if w.tokens[j].start >= p.end {
			return w.tokens[j].kind == count
		}
	}
	return false
}

// before reads the phrase that ends at token i, back to the last sign or number.
func (w *walk) before(i int) phrase { return w.between(w.back(i), i) }

// between reads the phrase from token first to token i.
func (w *walk) between(first, i int) phrase {
	p := phrase{first: first, at: first}
	for j := first; j < i; j++ {
		if w.tokens[j].kind == open {
			for j < i && w.tokens[j].kind != shut {
				j++
			}
			continue
		}
		w.take(&p, j, w.tokens[j])
	}
	if i > first && w.tokens[i-1].kind == word && w.text(i-1) == "的" {
		p.noun, p.verb = 0, p.leads // 发现未登记的12家: the thing itself is left out
	}
	if p.noun&person != 0 && i > first && w.tokens[i-1].kind == plain && w.tokens[i].measure.kind&people == 0 {
		p.noun = 0 // 致家长书: the last word is the thing, the person only its reader
	}
	w.trim(&p, i)
	w.join(&p, i)
	return p
}

// back finds the token where the phrase before token i begins.
func (w *walk) back(i int) int {
	first := i
	for first > 0 {
		last := w.tokens[first-1]
		switch {
		case last.kind == plain, last.kind == word:
			first--
		case last.kind == shut:
			at := w.opening(first - 1)
			if at < 0 {
				return first
			}
			first = at
		case w.onlySums(first, i) && last.kind == figure && last.measure.kind&nothing != 0:
			first-- // 宣传册12种8000份: the kinds stand between
		case first == i && (last.kind == colon || last.kind == cell) && first > 1:
			first-- // 宣传车：12辆
		default:
			return first
		}
	}
	return first
}

// onlySums reports whether from token first to i stand words like 共计 alone.
func (w *walk) onlySums(first, i int) bool {
	for _, t := range w.tokens[first:i] {
		if !t.has(sum) {
			return false
		}
	}
	return true
}

// examples reports whether token j is the 等 behind examples of what a noun names.
func (w *walk) examples(j int) bool {
	return w.tokens[j].has(sum) && w.at(j+1).has(nouns) && w.text(j) == "等"
}

// join takes in the things before that one number counts together:
// 围裙、纸杯共计600个.
func (w *walk) join(p *phrase, i int) {
	if p.end == 0 || i == 0 || !w.tokens[i-1].has(sum) {
		return
	}
	start := p.first
	for j := p.first - 1; j >= 0 && p.first-j < longestClause; j-- {
		t := w.tokens[j]
		if t.kind != list && t.kind != plain && t.kind != word || t.has(verbs) && !t.has(nouns) && !w.inside(j) {
			break
		}
		start = j
	}
	if start < p.first && p.at == p.first {
		p.start = w.tokens[start].start
	}
}

// at is token i, an empty one behind the last.
func (w *walk) at(i int) token {
	if i >= len(w.tokens) {
		return token{}
	}
	return w.tokens[i]
}

// text is token i as it was read.
func (w *walk) text(i int) string {
	return string(w.sheet.runes[w.tokens[i].start:w.tokens[i].end])
}

// opening finds the bracket that the one at token i shuts, a few tokens back.
func (w *walk) opening(i int) int {
	for j := i - 1; j >= 0 && j > i-8; j-- {
		switch w.tokens[j].kind {
		case open:
			return j
		case plain, word, list:
		default:
			return -1
		}
	}
	return -1
}

// take adds a token to the phrase.
func (w *walk) take(p *phrase, j int, t token) {
	switch {
	case t.has(plan|need) && p.noun == 0:
		p.known, p.at = false, j+1
	case t.has(nouns):
		p.acts, p.known = false, true
		w.name(p, j)
		p.at = max(p.at, p.turn)                                // 督查组检查乡镇: the object is counted
		names := t.class&verbs == reset && w.at(j+1).has(nouns) // 检测通告 tests nothing
		if t.has(verbs) && !t.has(attributive) && !names {
			p.verb = t.class & verbs
		}
	case w.inside(j):
		p.known, p.acts = true, false
	case t.has(verbs):
		p.verb, p.acts, p.turn = t.class&verbs, true, j+1
		if p.leads == 0 {
			p.leads = p.verb
		}
		if p.noun&^(thing|person|team) == 0 || p.noun == output && t.has(faults) && !t.has(spread) {
			p.noun, p.at = 0, j+1 // who did it is not what is counted, nor is the notice of 通知整改12家
		}
	case w.text(j) == "的" && p.leads&(inspect|spread|faults|deal) != 0:
		p.verb = p.leads // 查封不落实规定的场所: the clause between rules nothing
	case w.examples(j):
		// 发现登记不全等问题: what is named before 等 are examples, which rule nothing.
		p.verb, p.acts, p.known, p.at = p.leads, false, true, j+1
		if p.first > 0 && w.tokens[p.first-1].kind == list {
			p.verb = 0
		}
	case t.has(toward) && p.noun&^(thing|person) == 0:
		p.noun, p.known, p.at = 0, false, j+1 // 街道对36家商铺: who did it
	case t.has(fault) && p.acts && strings.HasPrefix(w.text(j), "不"):
		p.acts, p.known, p.at = false, true, j-1 // 登记不全: the act itself is what went wrong
	case t.kind == plain, t.has(fixed):
		p.known, p.acts = true, false
	}
}

// name gives the phrase the noun at token j. A place behind 隔离 is one of
// isolation, and a paper behind 整改 one of supervision.
func (w *walk) name(p *phrase, j int) {
	t := w.tokens[j]
	p.noun = t.class & nouns
	if t.has(thing) && j > 0 && w.tokens[j-1].has(apart) {
		p.noun = isolation
	}
	if t.has(team) && j > 0 && w.tokens[j-1].has(inspect) {
		p.noun, p.at, p.turn = supervision, j-1, j-1 // 驻点督导组 is one name
	}
	if t.has(publicity|output) && j > 0 && w.tokens[j-1].has(rectify) && !w.tokens[j-1].has(spread) && (p.verb&spread == 0 || p.verb&rectify != 0) {
		p.noun = supervision
	}
	p.nouns |= p.noun | t.class&vehicle
}

// ends knows by its last character what an item is that no word is known for.
func (w *walk) ends(p *phrase) {
	if p.noun != 0 || p.end-p.start < 2 || p.verb&inspect != 0 {
		return
	}
	if _, c := known().words.longest(w.sheet.runes[:p.end], p.end-1); c&ending != 0 {
		p.noun = other
	}
}

// inside reports whether the verb at token j stands within the name of a thing,
// as in 药品生产企业, and rules nothing. Inspecting does so only before inspectors:
// 卫生监督执法人员.
func (w *walk) inside(j int) bool {
	t := w.tokens[j]
	if !t.has(attributive) || j == 0 || !w.nounFollows(j) {
		return false
	}
	if t.has(inspect) && !w.tokens[j+1].has(supervision|attributive) {
		return false
	}
	before := w.tokens[j-1]
	return before.kind == plain || before.kind == count || before.has(nouns|attributive) || before.has(verbs) && !before.has(light)
}

// trim sets the item of a phrase before the count at token i: behind its leading
// verbs and particles.
func (w *walk) trim(p *phrase, i int) {
	end := i
	for end > p.at && (w.tokens[end-1].has(particle|done|sum) || w.tokens[end-1].kind == figure) {
		end--
	}
	if p.at >= end {
		p.at = p.first
	}
	for p.at < end && w.tokens[p.at].has(particle|done|sum|part|toward) && !w.tokens[p.at].has(verbs) {
		p.at++
	}
	if p.at < end {
		p.start, p.end = w.tokens[p.at].start, w.tokens[end-1].end
		if !w.tokens[end-1].has(verbs) {
			w.ends(p)
		}
	}
}

// behind reads the phrase after token i, up to the next sign, number, or verb
// that tells what the counted did.
func (w *walk) behind(i int) phrase {
	p := phrase{right: true, first: i, at: i + 1}
	j := i + 1
	if j < len(w.tokens) && w.text(j) == "的" {
		j++
	}
	begin := j
	verb := j
	for w.at(verb).has(particle|done) && w.at(verb+1).has(verbs) {
		verb++ // 3个正使用的检疫中心
	}
	if p, ok := w.relative(p, verb, i); ok {
		return p
	}
	for ; j < len(w.tokens); j++ {
		t := w.tokens[j]
		if !w.inName(j, begin, i) || w.acted(p, j) {
			break
		}
		if t.has(nouns) {
			w.name(&p, j)
		} else if t.has(inspect | spread) {
			p.verb = t.class & verbs
		}
		p.known = true
		p.end = t.end
	}
	if p.known {
		p.at, p.start = begin, w.tokens[begin].start
	}
	p.verb |= w.passive(j)
	if p.noun == 0 && p.known {
		p.noun = w.shared(i, j)
		w.ends(&p)
	}
	return p
}

// passive is what the clause goes on to say was done to the counted: 9名干部被问责.
// Token j ends its name.
func (w *walk) passive(j int) class {
	if j+1 >= len(w.tokens) || w.text(j) != "被" && w.text(j) != "受到" && w.text(j) != "均被" && w.text(j) != "已被" {
		return 0
	}
	if t := w.tokens[j+1]; t.has(verbs) {
		return t.class & verbs
	}
	return 0
}

// acted reports whether the name is complete before token j, and what follows is
// where the counted went: 6辆宣传车走村串户.
func (w *walk) acted(p phrase, j int) bool {
	if w.text(j) == "作" && p.noun != 0 {
		return true // 两间空房作返乡人员隔离用
	}
	return p.noun&(publicity|supervision|isolation) != 0 && w.tokens[j].has(thing) && w.tokens[j-1].kind == plain
}

// longestClause bounds, in tokens, the clause that a 的 may join to its noun.
const longestClause = 10

// relative reads 8家加工粮油的企业: a verb, and the noun behind its 的.
func (w *walk) relative(p phrase, begin, i int) (phrase, bool) {
	if begin >= len(w.tokens) || !w.tokens[begin].has(verbs) || w.tokens[i].measure.kind&occasions != 0 {
		return p, false
	}
	for j := begin + 1; j < len(w.tokens) && j < begin+longestClause; j++ {
		t := w.tokens[j]
		if t.kind != plain && t.kind != word {
			break
		}
		if w.text(j) != "的" {
			continue
		}
		for j++; j < len(w.tokens) && w.tokens[j].kind == plain; j++ {
		}
		if j < len(w.tokens) && w.tokens[j].has(nouns) {
			p.noun, p.known = w.tokens[j].class&nouns, true
			p.nouns, p.at, p.start, p.end = p.noun, begin, w.tokens[begin].start, w.tokens[j].end
			return p, true
		}
		break
	}
	return p, false
}

// shared is the noun of the next count when the list leaves it to that one:
// 1个市级、6个县级督导组. Token j ends the phrase of the count at token i.
func (w *walk) shared(i, j int) class {
	if j+1 >= len(w.tokens) || w.tokens[j].kind != list || w.tokens[j+1].kind != count ||
		w.tokens[j+1].measure.text != w.tokens[i].measure.text {
		return 0
	}
	return w.behind(j + 1).noun
}

// inName reports whether token j still belongs to the name that begins at token
// begin behind the count at token i.
func (w *walk) inName(j, begin, i int) bool {
	t := w.tokens[j]
	switch {
	case t.kind == plain, t.has(fixed):
		return true
	case t.kind != word:
		return false
	case t.has(nouns) && !(j == begin && t.has(verbs) && !t.has(attributive)):
		return true
	case t.has(inspect) && w.at(j+1).has(team):
		return true // 4个专项督查组
	case t.has(attributive) && !t.has(inspect), w.inside(j):
		return w.nounFollows(j) || w.tokens[i].measure.kind&occasions != 0
	case t.has(verbs):
		// 三轮创卫工作督导: of occasions the verb is the name.
		return w.tokens[i].measure.kind&occasions != 0
	}
	return w.text(j) == "的" && j > begin && w.nounFollows(j)
}

// nounFollows reports whether a noun stands behind token j in the same breath.
func (w *walk) nounFollows(j int) bool {
	for _, t := range w.tokens[j+1 : min(j+1+longestClause, len(w.tokens))] {
		switch {
		case t.has(nouns):
			return true
		case t.kind == plain, t.has(attributive), t.kind == word && w.sheet.startsWith(t.start, "的"):
		default:
			return false
		}
	}
	return false
}
