package wall

import "taizhang/app/figures"

// The words of keys, which chart.KeyOf writes: those of the charts, and the wall's own.
const (
	keyItem     = figures.KeyItem
	keyChannel  = figures.KeyChannel
	keyDay      = figures.KeyDay
	keySite     = figures.KeySite
	keyPlan     = figures.KeyPlan
	keyState    = figures.KeyState
	keyOverdue  = figures.KeyOverdue
	keyUnit     = "unit"
	keyUnits    = "units"
	keyToday    = "today"
	keyHeard    = "heard"
	keyUnheard  = "unheard"
	keyRooms    = "rooms"
	keyCases    = "cases"
	keyOpen     = "open"
	keyProblem  = "problem"
	keyProblems = "problems" // of a unit
	keyCoverage = "coverage"
	keyClosure  = "closure"
	keyAlerts   = "alerts"
)
