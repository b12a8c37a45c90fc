package intake

import (
	"strings"

	"taizhang/app/ledger"
)

// mention is a unit or a site named in the text, by its index.
type mention struct{ start, end, unit int }

// mentions finds the names that are written, the longest first, in the order in
// which they stand.
func (s *sheet) mentions(known []string) []mention {
	if len(known) == 0 {
		return nil
	}
	names := &lexicon{}
	for i, name := range known {
		text := folded(name)
		if end, taken := names.longest([]rune(text), 0); text != "" && (taken == 0 || end < len([]rune(text))) {
			names.add(text, class(i+1))
		}
	}
	var list []mention
	for i := 0; i < len(s.runes); {
		end, unit := names.longest(s.runes, i)
		if end == i {
			i++
			continue
		}
		list = append(list, mention{i, end, int(unit) - 1})
		i = end
	}
	return list
}

// folded is a name as a sheet has it.
func folded(name string) string { return string(newSheet(strings.TrimSpace(name)).runes) }

// unit names the unit of a candidate that ends at end: the last one named in its
// sentence, or, unsure, the last before. Of several in a row it is none, unless 分别
// says that each has its own number.
func (w *walk) unit(c *Candidate, end int) {
	c.Unit = -1
	for w.mention < len(w.mentions) && w.mentions[w.mention].end <= end {
		w.mention++
	}
	if w.mention > 0 {
		last := w.mentions[w.mention-1]
		c.Unit = last.unit
		if n := w.row(w.mention - 1); n > 1 {
			c.Unit = w.dealt(c, last, n)
		}
		if last.end > w.begun && c.Unit >= 0 {
			return
		}
	}
	c.Doubt |= UnsureUnit
}

// row is how many names stand in a row up to the mention at index at: 甲镇、乙镇和丙镇.
func (w *walk) row(at int) int {
	n := 1
	for ; at > 0; at-- {
		switch w.sheet.written(w.mentions[at-1].end, w.mentions[at].start) {
		case "、", "和", "与", "及", "以及":
			n++
		default:
			return n
		}
	}
	return n
}

// share is how the numbers of 分别 are dealt out to a row of units.
type share struct {
	end     int    // of the last unit
	measure string // of the numbers
	dealt   int
}

// dealt is the unit, of n in a row that ends with last, whose turn it is, -1 when
// nothing says so.
func (w *walk) dealt(c *Candidate, last mention, n int) int {
	if !strings.Contains(string(w.sheet.runes[last.end:min(last.end+shareSight, len(w.sheet.runes))]), "分别") {
		return -1
	}
	if w.share.end != last.end || w.share.measure != c.Measure {
		w.share = share{end: last.end, measure: c.Measure}
	}
	if w.share.dealt == n {
		return -1
	}
	w.share.dealt++
	return w.mentions[w.mention-1-n+w.share.dealt].unit
}

// shareSight is how far behind the units 分别 may stand, in characters.
const shareSight = 8

// stranger reports whether the count at token i is said of a township that is none of
// the known units: 无名街道悬挂条幅3幅.
func (w *walk) stranger(i int) bool {
	first := w.back(i)
	for first < i && w.tokens[first].has(today|yesterday|done|particle) {
		first++
	}
	if first+1 >= i || w.tokens[first].kind != plain || w.tokens[first].end-w.tokens[first].start < 2 {
		return false
	}
	switch w.text(first + 1) {
	case "街道", "镇", "乡":
	default:
		return false
	}
	if w.at(first + 2).has(thing | hospital | isolation | person | team) {
		return false // 柳林镇卫生院 is no township
	}
	return w.mention == 0 || w.mentions[w.mention-1].end != w.tokens[first+1].end
}

// catalogue is the known items, made ready for comparing.
type catalogue []knownItem

type knownItem struct{ name, measure []rune }

func newCatalogue(items []ledger.Item) catalogue {
	list := make(catalogue, len(items))
	for i, item := range items {
		list[i] = knownItem{[]rune(folded(item.Name)), []rune(folded(item.Measure))}
	}
	return list
}

// match finds the known item that an item of a text is: of the same measure word
// and with its characters in their order within what is written around it
// (电视台播发稿件 is 电视稿件), or the end of whose name is written (条幅). The
// longest name wins. It returns -1 when there is none.
func (c catalogue) match(item, around, measure string) int {
	best := -1
	short, long, word := []rune(folded(item)), []rune(folded(around)), folded(measure)
	for i, k := range c {
		if string(k.measure) != word || best >= 0 && len(c[best].name) >= len(k.name) {
			continue
		}
		if within(k.name, long) || len(short) > 1 && endsIn(k.name, short) {
			best = i
		}
	}
	return best
}

// within reports whether the characters of name stand in text in their order.
func within(name, text []rune) bool {
	for _, r := range text {
		if len(name) > 0 && r == name[0] {
			name = name[1:]
		}
	}
	return len(name) == 0
}

func endsIn(name, end []rune) bool {
	return len(end) <= len(name) && string(name[len(name)-len(end):]) == string(end)
}

// identify matches a candidate with the known items, or proposes a new one.
func (w *walk) identify(c *Candidate, p phrase, around string) {
	c.Known = w.catalogue.match(c.Item, around, c.Measure)
	if c.Ledger != Publicity || c.Known >= 0 {
		return
	}
	c.Doubt |= NewItem
	c.Proposed = ledger.Item{Name: c.Item, Measure: c.Measure, Channel: w.channel(p)}
}

// channel is the one that the words of a phrase go by.
func (w *walk) channel(p phrase) ledger.Channel {
	channel := ledger.ChannelCommunity
	for j := p.first; j < len(w.tokens) && w.tokens[j].start < p.end; j++ {
		switch t := w.tokens[j]; {
		case t.has(news):
			channel = ledger.ChannelNews
		case t.has(online):
			channel = ledger.ChannelOnline
		}
	}
	return channel
}

// around is what stands before a count since the one before it or the last
// strong sign, and its item: 省、市报刊采用.
func (w *walk) around(p phrase, i int) string {
	first := i
	for first > 0 && i-first < longestClause {
		switch w.tokens[first-1].kind {
		case plain, word, list:
			first--
			continue
		}
		break
	}
	return w.sheet.written(w.tokens[first].start, max(p.end, w.tokens[i].end))
}
