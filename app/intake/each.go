package intake

// each finds what the count at token i says of several things at once: 宣传画、标语各36张
// are 36 of each. It reports false where 各 means something else: of 社区各36张 nobody
// knows how many communities there are.
func (w *walk) each(i int, t token) bool {
	if i == 0 || !w.tokens[i-1].has(apiece) || w.withheld() {
		return false
	}
	things := w.things(i - 1)
	if len(things) < 2 {
		return false
	}
	for at := len(things) - 1; at >= 0; at-- {
		w.record(things[at], t, i)
	}
	return true
}

// things are the phrases of a list that ends before token end, the last one first; nil
// when one of them has no noun.
func (w *walk) things(end int) []phrase {
	var list []phrase
	for {
		begin := w.back(end)
		first := w.behindAnd(begin, end)
		p := w.between(first, end)
		if p.noun == 0 || first == end {
			return nil
		}
		list = append(list, p)
		if end = first - 1; first == begin && !w.isList(end) || len(list) > longestClause {
			return list
		}
	}
}

// isList reports whether token i is the 、 of a list.
func (w *walk) isList(i int) bool { return i > 0 && w.tokens[i].kind == list }

// behindAnd is the token behind the last 和 from begin to end, begin where there is none.
func (w *walk) behindAnd(begin, end int) int {
	for j := end - 1; j > begin; j-- {
		switch w.text(j) {
		case "和", "及", "与", "以及":
			return j + 1
		}
	}
	return begin
}
