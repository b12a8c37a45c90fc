package intake

import (
	"cmp"
	"strings"

	"taizhang/app/ledger"
)

// walk goes through the tokens of a text once and keeps what the sentence has
// said so far.
type walk struct {
	reader *Reader
	sheet  *sheet
	tokens []token
	found  []Candidate

	catalogue catalogue
	mentions  []mention
	mention   int  // how many of them lie behind
	begun     int  // where the sentence began, in the sheet
	date      Date // the last one named

	head           class  // of the first verb since the last comma
	caption        phrase // what stands before a colon, for a list of who did how much
	verb           class  // of the verb that rules the list
	verbAt         int    // its token
	far            bool   // a comma stands between it and here
	room           bool   // the sentence spoke of isolation rooms
	gate           bool   // the sentence spoke of a checkpoint
	look           bool   // the paragraph spoke of inspection
	topic          Ledger
	subject        phrase // of a count that was no result, for the one behind it
	subjectMeasure string // the measure word of that count
	first          int    // where the sentence's candidates begin
	prev           int    // the candidate before in this sentence, -1 for none
	last           int    // where the candidates of the part of a sentence before begin

	share share // of the last row of units

	base    ledger.Day // of the report: the day in its title; 0 when none is named
	title   Date       // named before anything is counted
	running bool       // the sentence spoke of counts that are kept up
	rated   bool       // the sentence spoke of a rate of supervision

	abroad bool // the sentence speaks of another place
	goal   bool // the sentence lists goals or plans

	toward, planned, asked, often, compared, absent, part bool
}

func (w *walk) read() []Candidate {
	w.sentence(0)
	for i, t := range w.tokens {
		switch t.kind {
		case stop:
			w.sentence(t.end)
		case semi:
			w.semicolon()
		case colon:
			w.clause()
			w.colon(i)
		case comma, cell:
			w.clause()
		case word:
			w.word(i, t)
		case count:
			w.count(i, t)
		case figure:
			if d := w.sheet.dated(t.start, t.end, w.reader.Today); !d.Empty() {
				w.day(d)
			}
		}
	}
	w.slogans()
	w.parts()
	w.totals()
	return w.found
}

// sentence forgets all but what the paragraph is about.
func (w *walk) sentence(at int) {
	w.semicolon()
	w.begun, w.goal, w.caption, w.running, w.rated = at, false, phrase{}, false, false
	if w.date.From != w.date.To && len(w.found) > 0 {
		w.date = w.title // a period is of its sentence
	}
	w.room, w.gate, w.abroad = false, false, false
}

// day takes the day or days that the text names.
func (w *walk) day(d Date) {
	if w.date = d; len(w.found) > 0 {
		return
	}
	if w.title = d; w.base == 0 && d.From == d.To {
		w.base = d.From
	}
}

// told takes 今日 and 昨日, told from the day of the report.
func (w *walk) told(t token) {
	base := cmp.Or(w.base, w.reader.Today)
	if base == 0 {
		return
	}
	switch {
	case t.has(today):
		w.date = Date{base, base}
	case t.has(yesterday):
		w.date = Date{base - 1, base - 1}
	}
}

func (w *walk) semicolon() {
	w.clause()
	w.verb, w.verbAt, w.prev, w.subject = 0, -1, -1, phrase{}
	w.last, w.first = w.first, len(w.found)
	w.planned, w.part = w.goal, false
}

// clause ends what reaches no further than a comma.
func (w *walk) clause() {
	w.far, w.head = true, 0
	w.toward, w.asked, w.often, w.compared, w.absent = false, false, false, false, false
}

// word notes what a word does to the counts behind it.
func (w *walk) word(i int, t token) {
	w.speaks(t)
	if w.sheet.isTop(t.start) || w.inTitle(i) {
		return // a heading rules its column, and 《希望之光》 hopes for nothing
	}
	switch {
	case t.has(plan) && (w.ofNoun(i) || w.text(i) == "在建" && !w.builds(i)):
		w.asked = true // 扣除在建的3处，现有20处: of what the noun names alone
	case t.has(plan):
		w.planned = true
	case t.has(will) && w.promises(i):
		w.planned = true
	case t.has(done):
		w.planned = false
	}
	switch {
	case t.has(elsewhere) && w.begins(i):
		w.abroad = true
	case t.has(here):
		w.abroad = false
	}
	w.asked = w.asked || t.has(need)
	w.often = w.often || t.has(each)
	w.compared = w.compared || t.has(compare)
	w.absent = w.absent || t.has(negate)
	w.part = w.part || t.has(part)
	w.toward = w.toward || t.has(toward)
	w.rated = w.rated || t.has(rate)
	w.running = w.running || t.has(cumulative)
	w.told(t)
	if w.examples(i) && w.head != 0 {
		w.verb, w.far = w.head, false
	}
	if t.has(verbs) && !w.inside(i) && (w.verb == 0 || !t.has(attributive) || !t.has(nouns)) {
		w.verb, w.verbAt, w.far = t.class&verbs, i, false
		w.head = cmp.Or(w.head, w.verb)
	}
}

// inTitle reports whether token i stands in 《》.
func (w *walk) inTitle(i int) bool {
	at := w.tokens[i].start
	for j := at - 1; j >= max(0, at-longestName); j-- {
		switch w.sheet.runes[j] {
		case '《':
			return true
		case '》', '。', '\n':
			return false
		}
	}
	return false
}

// speaks notes what a word says the sentence and the paragraph are about.
func (w *walk) speaks(t token) {
	w.room = w.room || t.has(isolation)
	w.gate = w.gate || t.has(gate)
	w.look = w.look || t.has(inspect|supervision)
}

// colon notes what stands before the one at token i: the thing of which a list says how
// much each has (条幅：临江街道26条), or that goals follow (下周重点：).
func (w *walk) colon(i int) {
	p := w.before(i)
	if w.says(p, i, plan) || w.sheet.endsWith(w.tokens[i].start, "目标") || w.sheet.endsWith(w.tokens[i].start, "计划") {
		w.goal, w.planned = true, true
	}
	if p.noun&(publicity|output|isolation|supervision|finding) == 0 || w.isPaper(i) {
		return
	}
	for j := i - 1; j >= p.first; j-- {
		if w.tokens[j].has(nouns) {
			p.start, p.end, p.verb, p.away = w.tokens[j].start, w.tokens[j].end, 0, true
			w.caption = p
			return
		}
	}
}

// isPaper reports whether the text before the colon at token i ends with the name of the
// paper itself: 巡河简报：.
func (w *walk) isPaper(i int) bool {
	for _, name := range []string{"简报", "快报", "专报", "通报", "报告", "信息", "消息"} {
		if w.sheet.endsWith(w.tokens[i].start, name) {
			return true
		}
	}
	return false
}

// listed gives a count that names only a place the thing of the heading it stands under.
func (w *walk) listed(p phrase, t token, i int) phrase {
	acts := class(0)
	if w.caption.noun&(publicity|output) != 0 {
		acts = spread | light
	}
	if w.caption.noun == 0 || p.right || p.away || p.verb&^acts != 0 || t.measure.kind&(units|people) != 0 || w.says(p, i, nouns&^thing) {
		return p
	}
	return w.caption
}

// begins reports whether a clause begins at token i.
func (w *walk) begins(i int) bool {
	return i == 0 || w.tokens[i-1].kind != plain && !w.tokens[i-1].has(verbs) && w.tokens[i-1].kind != count
}

// count decides about one number with its measure word.
func (w *walk) count(i int, t token) {
	if t.measure.text == "%" {
		w.rate(i, t)
		return
	}
	if !t.number.whole || t.number.value == 0 {
		return
	}
	if t.measure.kind&sizes == 0 && w.each(i, t) {
		return
	}
	p := w.item(i)
	if t.measure.kind&sizes != 0 && (p.noun&publicity == 0 || !strings.HasPrefix(t.measure.text, "平")) {
		return // what is painted on walls alone is told by its size: 文化墙3000平方米
	}
	if w.numbers(i, t, p) {
		return
	}
	if w.absent && i > 0 && w.text(i-1) == "的" {
		w.absent = false // 未发现异常的41家 were inspected
	}
	if w.blocked(i) || w.former(i) {
		w.subject, w.subjectMeasure = p, t.measure.text
		return
	}
	p = w.resume(p, t)
	who := p
	p = w.listed(p, t, i)
	if p.verb&^hold == 0 && (t.measure.least && w.verb&^hold == 0 || w.promised(i)) {
		return // 设有宣传栏3处以上 is a standard, 300张床位即将启用 a promise
	}
	w.record(p, t, i)
	if p.away && !who.away && who.end > who.start {
		c := &w.found[len(w.found)-1]
		c.Start = min(c.Start, w.sheet.at[who.start]) // 东镇26条 is marked, not 26条 alone
	}
}

// record adds the candidate of a count and the phrase of its thing.
func (w *walk) record(p phrase, t token, i int) {
	l, sure := w.ledgerOf(p, t, i)
	graded := w.graded(i)
	if graded && l == Other {
		l = Supervision
	}
	c := w.candidate(p, t)
	c.Ledger = l
	if !sure {
		c.Doubt |= UnsureLedger
	}
	if graded && w.prev >= 0 {
		c.Item = w.found[w.prev].Item
	}
	if l == Publicity && w.onlyActs(p) {
		if at := w.same(t); at >= 0 && w.found[at].Ledger == Publicity {
			c.Item = w.found[at].Item // 悬挂26幅，累计悬挂312幅
		}
	}
	if w.running {
		c.Doubt |= Cumulative
	}
	c.Total = w.sums(i)
	w.identify(&c, p, w.around(p, i))
	w.add(c, t.end)
	if w.stranger(i) || c.Total && c.Heading != "" {
		last := &w.found[len(w.found)-1]
		last.Unit, last.Doubt = -1, last.Doubt|UnsureUnit
	}
}

// onlyActs reports whether a phrase says only what was done.
func (w *walk) onlyActs(p phrase) bool {
	if p.noun != 0 || p.away || p.end == p.start {
		return false
	}
	for j := p.first; j < len(w.tokens) && w.tokens[j].start < p.end; j++ {
		if !w.tokens[j].has(verbs | done | particle | sum | today | yesterday) {
			return false
		}
	}
	return true
}

// numbers reports whether the number at token i puts in order or gives marks: 前3名,
// 连续2次, 扣2分, 方舱医院一期.
func (w *walk) numbers(i int, t token, p phrase) bool {
	switch t.measure.text {
	case "位", "名":
		return w.sheet.endsWith(t.start, "前") && (i == 0 || w.tokens[i-1].kind == plain) || w.sheet.endsWith(t.start, "后")
	case "次", "天":
		return w.sheet.endsWith(t.start, "连续")
	case "分":
		return p.noun == 0 || w.sheet.endsWith(t.start, "扣") || w.sheet.endsWith(t.start, "得") || w.sheet.endsWith(t.start, "加")
	case "篇":
		return w.sheet.startsWith(t.end, "大关")
	case "批":
		return t.number.max > 0 && t.number.value == 1 // 1-11批信访件
	case "期":
		return p.noun&isolation != 0
	}
	return false
}

// resume gives a count that names nothing the thing of a count that was no
// result: 计划讲座12场，已完成8场.
func (w *walk) resume(p phrase, t token) phrase {
	waiting := w.subject
	w.subject = phrase{}
	if p.noun == 0 && !p.known && waiting.noun != 0 && w.subjectMeasure == t.measure.text {
		waiting.away = true
		return waiting
	}
	return p
}

// candidate says what the text says of a count, ledger and known item aside.
func (w *walk) candidate(p phrase, t token) Candidate {
	c := Candidate{Item: p.text(w.sheet), Measure: t.measure.text, Max: t.number.max, Part: w.part,
		Quantity: ledger.Quantity{Value: t.number.value, Approx: t.number.approx, Wan: t.number.wan}}
	c.Start, c.End = w.span(p, t)
	if p.headed {
		if c.Heading = w.columnTitle(t); p.noun == 0 {
			c.Item = c.Heading
		}
	}
	if c.Item == "" && w.prev >= 0 {
		c.Item = w.found[w.prev].Item // 会议4次90人次
	}
	if c.Approx() || c.Max > 0 {
		c.Doubt |= Approximate
	}
	return c
}

// add ends a candidate with what the text around it says of unit and day.
func (w *walk) add(c Candidate, end int) {
	w.unit(&c, end)
	c.Date = w.date
	w.prev = len(w.found)
	w.found = append(w.found, c)
	if c.Ledger != Other {
		w.topic = c.Ledger
	}
}

// span is where a candidate stands in the text, item and number together.
func (w *walk) span(p phrase, t token) (start, end int) {
	from, to := min(t.start, t.number.start), max(t.end, t.measure.end)
	if p.end > p.start && t.head.end == 0 && !p.away {
		from, to = min(from, p.start), max(to, p.end)
	}
	return w.sheet.at[from], w.sheet.at[to-1] + 1
}
