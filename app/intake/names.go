package intake

import (
	"strings"

	"taizhang/app/ledger"
)

// mention is a unit or a site named in the text, by its index.
type mention struct{ end, unit int }

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
		list = append(list, mention{end, int(unit) - 1})
		i = end
	}
	return list
}

// folded is a name as a sheet has it.
func folded(name string) string { return string(newSheet(strings.TrimSpace(name)).runes) }

// unit names the unit of a candidate that ends at end: the last one named in its
// sentence, or, unsure, the last before.
func (w *walk) unit(c *Candidate, end int) {
	c.Unit = -1
	for w.mention < len(w.mentions) && w.mentions[w.mention].end <= end {
		w.mention++
	}
	if w.mention > 0 {
		last := w.mentions[w.mention-1]
		c.Unit = last.unit
		if last.end > w.begun {
			return
		}
	}
	c.Doubt |= UnsureUnit
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
