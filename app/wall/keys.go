package wall

// The words of keys, which chart.KeyOf writes.
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
