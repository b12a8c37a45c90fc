package ui

import (
	"time"

	"taizhang/app/chart"
	"taizhang/app/figures"
	"taizhang/app/ledger"
	"taizhang/app/words"
)

// markTime is how long a changed figure stays marked.
const markTime = 4 * time.Second

// figureChanges are the differences that are still to be seen between the figures
// shown and those before. Differences of commits in quick succession add up.
type figureChanges struct {
	items    map[ledger.ID]int64
	days     map[dayChannel]int64
	sites    map[ledger.ID]bool
	states   map[ledger.State]int64
	heard    int64
	ready    int64
	problems int64
}

type dayChannel struct {
	day     ledger.Day
	channel ledger.Channel
}

func newChanges() figureChanges {
	return figureChanges{items: map[ledger.ID]int64{}, days: map[dayChannel]int64{}, sites: map[ledger.ID]bool{}, states: map[ledger.State]int64{}}
}

// any reports whether something is marked.
func (c *figureChanges) any() bool {
	return len(c.items)+len(c.days)+len(c.sites)+len(c.states) > 0 || c.heard != 0 || c.ready != 0 || c.problems != 0
}

// compare adds what is different in now. Figures of different scopes are never
// compared: a person who changes the period is not told that figures changed.
func (c *figureChanges) compare(old, now ledger.Figures) (found bool) {
	if old.Scope != now.Scope {
		*c = newChanges()
		return false
	}
	d := newChanges()
	d.compareItems(old.Publicity, now.Publicity)
	d.compareSites(old.Isolation, now.Isolation)
	a, b := old.Supervision, now.Supervision
	d.put(ledger.StateOpen, b.Open-a.Open)
	d.put(ledger.StateRectified, b.Rectified-a.Rectified)
	d.put(ledger.StateClosed, b.Closed-a.Closed)
	d.heard = int64(now.Heard.Reached - old.Heard.Reached)
	d.ready = now.Isolation.Ready.N - old.Isolation.Ready.N
	d.problems = b.LiveOpen - a.LiveOpen
	if !d.any() {
		return false
	}
	c.add(d)
	return true
}

func (c *figureChanges) put(s ledger.State, delta int64) {
	if delta != 0 {
		c.states[s] = delta
	}
}

func (c *figureChanges) compareItems(old, now ledger.PublicityFigures) {
	before := map[ledger.ID]int64{}
	for _, it := range old.Items {
		before[it.ID] = it.Sum.Value
	}
	for _, it := range now.Items {
		if delta := it.Sum.Value - before[it.ID]; delta != 0 {
			c.items[it.ID] = delta
		}
	}
	for i := range min(len(old.Days), len(now.Days)) {
		if old.Days[i].Day != now.Days[i].Day {
			return // the day has rolled over
		}
		for k, channel := range ledger.Channels {
			if delta := now.Days[i].Entries[k] - old.Days[i].Entries[k]; delta != 0 {
				c.days[dayChannel{now.Days[i].Day, channel}] = delta
			}
		}
	}
}

func (c *figureChanges) compareSites(old, now ledger.IsolationFigures) {
	before := map[ledger.ID]ledger.ID{}
	for _, s := range old.Sites {
		before[s.ID] = s.Report
	}
	for _, s := range now.Sites {
		if before[s.ID] != s.Report {
			c.sites[s.ID] = true
		}
	}
}

func (c *figureChanges) add(d figureChanges) {
	for k, v := range d.items {
		c.items[k] += v
	}
	for k, v := range d.days {
		c.days[k] += v
	}
	for k := range d.sites {
		c.sites[k] = true
	}
	for k, v := range d.states {
		c.states[k] += v
	}
	c.heard += d.heard
	c.ready += d.ready
	c.problems += d.problems
}

// mark says of a part of a chart whether it has just changed, and by how much.
func (c *figureChanges) mark(key string) (delta string, changed bool) {
	word, ids := chart.SplitKey(key)
	n := int64(0)
	switch word {
	case figures.KeyItem:
		n = c.items[ledger.ID(ids[0])]
	case figures.KeyDay:
		n = c.days[dayChannel{ledger.Day(ids[1]), ledger.Channel(ids[0])}]
	case figures.KeyState:
		n = c.states[ledger.State(ids[0])]
	case figures.KeySite:
		return "", c.sites[ledger.ID(ids[0])]
	}
	return words.Signed(n), n != 0
}
