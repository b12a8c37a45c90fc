package wall

import (
	"strconv"
	"strings"
)

// The words of keys. A key is a word and the ids it is about: item:12.
const (
	keyItem     = "item"
	keyChannel  = "channel"
	keyDay      = "day" // channel, day
	keyUnit     = "unit"
	keyUnits    = "units"
	keyToday    = "today"
	keyHeard    = "heard"
	keyUnheard  = "unheard"
	keyRooms    = "rooms"
	keySite     = "site"
	keyPlan     = "plan"
	keyCases    = "cases"
	keyState    = "state"
	keyOpen     = "open"
	keyOverdue  = "overdue"
	keyProblem  = "problem"
	keyProblems = "problems" // of a unit
	keyCoverage = "coverage"
	keyClosure  = "closure"
	keyAlerts   = "alerts"
)

func keyOf(word string, ids ...int64) string {
	for _, id := range ids {
		word += ":" + strconv.FormatInt(id, 10)
	}
	return word
}

// splitKey reads what keyOf wrote.
func splitKey(key string) (word string, ids [2]int64) {
	parts := strings.Split(key, ":")
	for i, p := range parts[1:] {
		if i < len(ids) {
			ids[i], _ = strconv.ParseInt(p, 10, 64)
		}
	}
	return parts[0], ids
}
