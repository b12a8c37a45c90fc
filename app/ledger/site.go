package ledger

import "time"

// Plan says whether an isolation site is held ready or stands by.
type Plan uint8

// The plans.
const (
	PlanReady   Plan = 1 // 第一方案: held ready
	PlanStandby Plan = 2 // 第二方案: standby
)

// Site is an isolation site: a place with rooms.
type Site struct {
	Name      string
	Plan      Plan
	Rooms     Count // not stated is 未报, never 0
	Activated bool  // a standby site that was brought into use counts as reserve
}

// Kind is KindSite.
func (*Site) Kind() Kind { return KindSite }

func (s *Site) check() error {
	if s.Plan != PlanReady && s.Plan != PlanStandby {
		return refuse(CodePlan, "text", int(s.Plan))
	}
	return firstError(checkName(s.Name), checkCount("rooms", s.Rooms.N))
}

// InUse reports whether the site's rooms count as reserve.
func (s *Site) InUse() bool { return s.Plan == PlanReady || s.Activated }

func (s *Site) encode(e *encoder) {
	e.text(s.Name)
	e.uint(uint64(s.Plan))
	e.count(s.Rooms)
	e.bool(s.Activated)
}

func (s *Site) decode(r *decoder) {
	s.Name, s.Plan, s.Rooms, s.Activated = r.text(), Plan(r.small()), r.count(), r.bool()
}

// Reserve is a reserve report: one site's rooms at one moment. Ready, occupied,
// cleaning and unavailable rooms always add up to Rooms.
type Reserve struct {
	Site                                          ID
	At                                            time.Time // to the second
	Rooms, Ready, Occupied, Cleaning, Unavailable int64     // rooms
	Note                                          string
}

// Kind is KindReserve.
func (*Reserve) Kind() Kind { return KindReserve }

func (r *Reserve) check() error {
	if err := firstError(checkCount("rooms", r.Rooms), checkCount("occupied", r.Occupied),
		checkCount("cleaning", r.Cleaning), checkCount("unavailable", r.Unavailable)); err != nil {
		return err
	}
	if used := r.Occupied + r.Cleaning + r.Unavailable; used > r.Rooms {
		return refuse(CodeRoomsOver, "rooms", r.Rooms, "used", used, "over", used-r.Rooms)
	}
	if err := checkCount("ready", r.Ready); err != nil {
		return err
	}
	if sum := r.Ready + r.Occupied + r.Cleaning + r.Unavailable; sum != r.Rooms {
		return refuse(CodeRoomsDoNotAdd, "rooms", r.Rooms, "ready", r.Ready, "occupied", r.Occupied,
			"cleaning", r.Cleaning, "unavailable", r.Unavailable, "sum", sum, "difference", sum-r.Rooms)
	}
	return checkText("note", r.Note, MaxText)
}

func (r *Reserve) encode(e *encoder) {
	e.id(r.Site)
	e.int(r.At.Unix())
	for _, n := range []int64{r.Rooms, r.Ready, r.Occupied, r.Cleaning, r.Unavailable} {
		e.int(n)
	}
	e.text(r.Note)
}

func (r *Reserve) decode(d *decoder) {
	r.Site, r.At = d.id(), time.Unix(d.int(), 0)
	for _, n := range []*int64{&r.Rooms, &r.Ready, &r.Occupied, &r.Cleaning, &r.Unavailable} {
		*n = d.int()
	}
	r.Note = d.text()
}

// Step is one click on a site's card.
type Step uint8

// The steps: a room goes ready → occupied → cleaning → ready.
const (
	StepAdmit     Step = 1 // 入住
	StepDischarge Step = 2 // 退房, to cleaning
	StepCleaned   Step = 3 // 消毒完成, to ready
)

// After returns the report that follows r when one room takes the step at the
// given time. site is the site's name, for the sentence.
func (r Reserve) After(step Step, site string, at time.Time) (*Reserve, error) {
	next := r
	next.At, next.Note = at, ""
	var from, to *int64
	var code Code
	switch step {
	case StepAdmit:
		from, to, code = &next.Ready, &next.Occupied, CodeNoRoomReady
	case StepDischarge:
		from, to, code = &next.Occupied, &next.Cleaning, CodeNoRoomOccupied
	default:
		from, to, code = &next.Cleaning, &next.Ready, CodeNoRoomCleaning
	}
	if *from == 0 {
		return nil, refuse(code, "site", site)
	}
	*from--
	*to++
	return &next, nil
}

// Cases is the number of current cases at one moment, which the reserve rule
// holds against the rooms.
type Cases struct {
	At    time.Time // to the second
	Count int64
	Note  string
}

// Kind is KindCases.
func (*Cases) Kind() Kind { return KindCases }

func (c *Cases) check() error {
	return firstError(checkCount("cases", c.Count), checkText("note", c.Note, MaxText))
}

func (c *Cases) encode(e *encoder) { e.int(c.At.Unix()); e.int(c.Count); e.text(c.Note) }
func (c *Cases) decode(d *decoder) { c.At, c.Count, c.Note = time.Unix(d.int(), 0), d.int(), d.text() }

// ReserveShare is the share of the reserve that current cases may reach, in
// percent. Source: the county plan in the sample (52 rooms).
const ReserveShare = 10

// NeedsSupport is the reserve rule: true when cases exceed ReserveShare percent
// of the rooms held as reserve. With 52 rooms it holds from the 6th case on.
func NeedsSupport(cases, rooms int64) bool { return cases*100 > rooms*ReserveShare }
