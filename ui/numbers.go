package ui

import (
	"strings"
	"time"

	"taizhang/app/ledger"
)

// readCount reads a count as clerks write it; an empty field is not stated.
// name is the field's code name, for the sentence.
func readCount(text, name string) (ledger.Count, error) {
	if strings.TrimSpace(text) == "" {
		return ledger.Count{}, nil
	}
	q, err := ledger.ParseQuantity(text)
	switch {
	case ledger.CodeOf(err) == ledger.CodeQuantityNegative:
		return ledger.Count{}, ledger.Refuse(ledger.CodeCountNegative, "field", name, "count", text)
	case err != nil:
		return ledger.Count{}, err
	case q.IsApprox():
		// Rooms and problems are counted, never about so many.
		return ledger.Count{}, ledger.Refuse(ledger.CodeQuantitySyntax, "text", text)
	}
	return ledger.Stated(q.Value), nil
}

// readCounts reads several fields; an empty one is 0.
func readCounts(values map[string]string, names ...string) (map[string]int64, error) {
	counts := make(map[string]int64, len(names))
	for _, name := range names {
		c, err := readCount(values[name], name)
		if err != nil {
			return nil, err
		}
		counts[name] = c.N
	}
	return counts, nil
}

// timeLayouts are the ways a moment may be written; without a date it is today.
var timeLayouts = []string{"2006-01-02 15:04", "2006-1-2 15:04", "2006/1/2 15:04", "01-02 15:04", "1-2 15:04", "15:04"}

// readTime reads a moment; an empty field is the zero time, which means now.
func readTime(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(strings.ReplaceAll(text, "：", ":"))
	if text == "" {
		return time.Time{}, nil
	}
	for i, layout := range timeLayouts {
		t, err := time.ParseInLocation(layout, text, now.Location())
		if err != nil {
			continue
		}
		switch {
		case i == len(timeLayouts)-1:
			t = time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, now.Location())
		case t.Year() == 0:
			t = t.AddDate(now.Year(), 0, 0)
		}
		return t, nil
	}
	return time.Time{}, ledger.Refuse(ledger.CodeTimeSyntax, "text", text)
}

// countText fills a field with a count; what is not stated stays empty.
func countText(c ledger.Count) string {
	if !c.Known {
		return ""
	}
	return ledger.GroupDigits(c.N)
}
