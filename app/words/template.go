package words

import (
	"fmt"
	"strings"
	"time"

	"taizhang/app/ledger"
)

// template is a parsed text. Its notation:
//
//	{n}                 the value of n
//	{n|entry|entries}   a word for one, and for any other number
//	[, try {nearest}]   left out when a place inside has no value or an empty one
type template struct{ parts []part }

// part is plain text, a place, or (with inner) a piece that may be left out.
type part struct {
	text      string
	name      string
	one, many string // the plural words, for a place of that form
	inner     []part
}

// parseTemplate reads a text. It never fails: what is no notation is text, and
// the test of the translations looks for unbalanced signs.
func parseTemplate(s string) template { return template{parts: parseParts(s)} }

func parseParts(s string) []part {
	var parts []part
	for s != "" {
		i := strings.IndexAny(s, "{[")
		if i < 0 {
			return append(parts, part{text: s})
		}
		if i > 0 {
			parts = append(parts, part{text: s[:i]})
		}
		end := map[byte]string{'{': "}", '[': "]"}[s[i]]
		body, rest, ok := strings.Cut(s[i+1:], end)
		switch {
		case !ok:
			return append(parts, part{text: s[i:]})
		case s[i] == '[':
			parts = append(parts, part{inner: parseParts(body)})
		default:
			parts = append(parts, parsePlace(body))
		}
		s = rest
	}
	return parts
}

func parsePlace(body string) part {
	name, forms, plural := strings.Cut(body, "|")
	if !plural {
		return part{name: name}
	}
	one, many, _ := strings.Cut(forms, "|")
	return part{name: name, one: one, many: many}
}

func (t template) fill(pairs []any) string {
	var b strings.Builder
	write(&b, t.parts, pairs)
	return b.String()
}

// write fills parts in and reports whether every place had something to say.
func write(b *strings.Builder, parts []part, pairs []any) (full bool) {
	full = true
	for _, p := range parts {
		switch {
		case p.inner != nil:
			var inner strings.Builder
			if write(&inner, p.inner, pairs) {
				b.WriteString(inner.String())
			}
		case p.name == "":
			b.WriteString(p.text)
		default:
			v, ok := value(pairs, p.name)
			text := p.of(v)
			full = full && ok && text != ""
			if ok {
				b.WriteString(text)
			}
		}
	}
	return full
}

func (p part) of(v any) string {
	text := show(v)
	if p.many == "" {
		return text
	}
	if text == "1" {
		return p.one
	}
	return p.many
}

// show writes a value the way people read it.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return ledger.GroupDigits(int64(v))
	case int64:
		return ledger.GroupDigits(v)
	case ledger.Count:
		return Count(v)
	case ledger.Quantity:
		return Quantity(v)
	case ledger.Sum:
		return Sum(v)
	case []string:
		return join(v)
	case time.Time:
		return v.Format("2006-01-02 15:04")
	case error:
		return Sentence(v)
	}
	return fmt.Sprint(v)
}
