package chart

import (
	"strconv"
	"strings"
)

// KeyOf writes the key of a part of a chart: a word and the ids that it is about,
// item:12.
func KeyOf(word string, ids ...int64) string {
	for _, id := range ids {
		word += ":" + strconv.FormatInt(id, 10)
	}
	return word
}

// SplitKey reads what KeyOf wrote, of up to two ids.
func SplitKey(key string) (word string, ids [2]int64) {
	parts := strings.Split(key, ":")
	for i, p := range parts[1:] {
		if i < len(ids) {
			ids[i], _ = strconv.ParseInt(p, 10, 64)
		}
	}
	return parts[0], ids
}
