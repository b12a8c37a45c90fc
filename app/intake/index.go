package intake

import (
	"strings"

	"taizhang/app/ledger"
	"taizhang/app/pinyin"
)

// index finds the records that the cells of a sheet name. It remembers what it was
// asked, because a sheet asks the same a hundred thousand times.
type index struct {
	names              Names
	units, items, sits map[string]int // by folded name, where each stands in names
	initials           map[string]int // of units; -1 where several share them
	refused            map[string]*ledger.Error
}

func newIndex(n Names) *index {
	x := &index{names: n, units: map[string]int{}, items: map[string]int{}, sits: map[string]int{},
		initials: map[string]int{}, refused: map[string]*ledger.Error{}}
	for i, u := range n.Units {
		first(x.units, u.Value.Name, i)
		if _, ok := x.initials[u.Value.Initials]; ok {
			i = -1
		}
		x.initials[u.Value.Initials] = i
	}
	for i, item := range n.Items {
		first(x.items, item.Value.Name, i)
	}
	for i, s := range n.Sites {
		first(x.sits, s.Value.Name, i)
	}
	return x
}

func first(at map[string]int, name string, i int) {
	if _, ok := at[folded(name)]; !ok {
		at[folded(name)] = i
	}
}

// unit finds a unit by its name, or by initials that only one has.
func (x *index) unit(text string) (ledger.ID, bool) {
	i, ok := x.units[text]
	if !ok {
		i, ok = x.units[folded(text)]
	}
	if !ok && text != "" {
		i, ok = x.initials[strings.ToLower(text)]
	}
	if !ok || i < 0 {
		return 0, false
	}
	return x.names.Units[i].ID, true
}

// unitWithin is the name of the unit that a title begins with or names, "" for none.
func (x *index) unitWithin(title string) string {
	best := ""
	for name, i := range x.units {
		if strings.Contains(folded(title), name) && len(name) > len(best) && name != "" {
			best = x.names.Units[i].Value.Name
		}
	}
	return best
}

// item finds an item by its name, with or without its measure word in brackets.
func (x *index) item(text string) (int, bool) {
	i, ok := x.items[text]
	if !ok {
		i, ok = x.items[folded(text)]
	}
	if !ok && (strings.HasSuffix(text, ")") || strings.HasSuffix(text, "）")) {
		if name, measure, cut := bracketed(folded(text)); cut {
			if i, ok = x.items[name]; ok {
				ok = folded(x.names.Items[i].Value.Measure) == measure
			}
		}
	}
	return i, ok
}

// itemHeading is the item that heads a column of a cross-tab.
func (x *index) itemHeading(text string) (name string, ok bool) {
	i, ok := x.item(text)
	if !ok {
		return "", false
	}
	return x.names.Items[i].Value.Name, true
}

// itemLike is the one item whose name begins or ends with a heading, 条幅, or stands
// within it, 悬挂宣传条幅数; ok is false when none or several are so.
func (x *index) itemLike(heading string) (name string, ok bool) {
	text := withoutBrackets(heading)
	if len([]rune(text)) < 2 {
		return "", false
	}
	found := 0
	for folded, i := range x.items {
		if strings.HasPrefix(folded, text) || strings.HasSuffix(folded, text) || strings.Contains(text, folded) && folded != "" {
			name = x.names.Items[i].Value.Name
			found++
		}
	}
	return name, found == 1
}

func (x *index) site(text string) (int, bool) {
	i, ok := x.sits[folded(text)]
	return i, ok
}

// nearestNames is how many names a refusal offers.
const nearestNames = 3

// unknown refuses a name, with those that are nearest to it.
func (x *index) unknown(code ledger.Code, text string) *ledger.Error {
	if e, ok := x.refused[string(code)+text]; ok {
		return e
	}
	if len(x.refused) >= maxRefused {
		return ledger.Refuse(code, "name", text, "nearest", "")
	}
	e := ledger.Refuse(code, "name", text, "nearest", pinyin.Nearest(text, x.namesFor(code), nearestNames))
	x.refused[string(code)+text] = e
	return e
}

// namesFor are the names that a code refuses others than.
func (x *index) namesFor(code ledger.Code) (names []string) {
	switch code {
	case ledger.CodeUnitUnknown:
		for _, r := range x.names.Units {
			names = append(names, r.Value.Name)
		}
	case ledger.CodeItemUnknown:
		for _, r := range x.names.Items {
			names = append(names, r.Value.Name)
		}
	default:
		for _, r := range x.names.Sites {
			names = append(names, r.Value.Name)
		}
	}
	return names
}

// maxRefused is how many names are refused with those that are nearest to them.
// Beyond it the wrong column is read, and looking for more takes its time.
const maxRefused = 1_000
