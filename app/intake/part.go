package intake

import "sync"

// The parts that a count can be, named as the sections of assets/intake/parts.txt.
const (
	roomsReady class = 1 << iota
	roomsOccupied
	roomsCleaning
	roomsUnavailable
	roomsAll
	visits
	teams
	problems
	directives
	settled
)

var partSections = map[string]class{
	"ready": roomsReady, "occupied": roomsOccupied, "cleaning": roomsCleaning, "unavailable": roomsUnavailable, "rooms": roomsAll,
	"visits": visits, "teams": teams, "problems": problems, "directives": directives, "settled": settled,
}

const (
	ofRooms       = roomsReady | roomsOccupied | roomsCleaning | roomsUnavailable | roomsAll
	ofInspections = visits | teams | problems | directives | settled
)

var parts = sync.OnceValue(func() *lexicon { return newLexicon("parts.txt", partSections) })

// lookBack is how far before a count the words may stand that say what it is, in
// characters.
const lookBack = 40

// role is what the count of a candidate is, by the heading of its column, or the words
// since the count before it, which ended at from: the last that is one of wanted, 0 when
// none is.
func role(text []rune, from int, c Candidate, wanted class) class {
	said := c.Heading
	if said == "" {
		said = string(text[min(max(from, c.Start-lookBack), c.Start):c.End])
	}
	runes := []rune(folded(said))
	var found class
	for i := 0; i < len(runes); {
		end, kind := parts().longest(runes, i)
		if kind&wanted != 0 {
			found = kind & wanted
		}
		i = max(end, i+1)
	}
	return found
}

// kindOf is what a measure word counts: units, people, occasions.
func kindOf(measure string) class {
	runes := []rune(folded(measure))
	if end, kind := known().measures.longest(runes, 0); end == len(runes) {
		return kind
	}
	return 0
}
